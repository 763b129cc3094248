import { sortKey, type Item } from '@fauxchange/mailbox';
import { binary, type Property, type PropertyValue } from '@fauxchange/properties';
import type { Logon } from '../logon/logon.ts';
import { itemValue } from '../mapping/item-values.ts';
import type { TableOrder } from '../mapping/table-order.ts';
import type { TableRow } from './row-source.ts';

/** One value of a property of many, for which the row stands: [MS-OXCTABL] 2.2.1.2. */
export interface Instance {
  readonly property: Property;
  readonly number: number;
  readonly value: PropertyValue | undefined;
}

/** A message in a contents table. */
export class ItemRow implements TableRow {
  readonly key: string;
  readonly item: Item;
  readonly depth: number;
  readonly #logon: Logon;
  readonly #order: TableOrder;
  readonly #instance: Instance | undefined;

  constructor(item: Item, logon: Logon, order: TableOrder, depth = 0, instance?: Instance) {
    this.item = item;
    this.#logon = logon;
    this.#order = order;
    this.depth = depth;
    this.#instance = instance;
    this.key = itemKey(item.id, this.instanceNumber);
  }

  get id(): number {
    return this.item.id;
  }

  get instanceNumber(): number {
    return this.#instance?.number ?? 0;
  }

  value(property: Pick<Property, 'name'>): PropertyValue | undefined {
    const { name } = property;
    if (name === 'PidTagDepth') return this.depth;
    if (!this.#instance) return itemValue(this.item, this.#logon, property);
    if (name === this.#instance.property.name) return this.#instance.value;
    if (name === 'PidTagInstanceNum') return this.#instance.number;
    if (name === 'PidTagInstanceKey') return instanceKey(this.#logon.wireId(this.item.id), this.#instance.number);
    return itemValue(this.item, this.#logon, property);
  }

  isSame(now: TableRow): boolean {
    return now instanceof ItemRow && now.item === this.item;
  }

  standsLike(now: TableRow): boolean {
    if (!(now instanceof ItemRow)) return false;
    return now.item === this.item || this.#order.keys.every(({ property }) => sortKey(now.value(property)) === sortKey(this.value(property)));
  }
}

export const itemKey = (id: number, instance: number): string => `${id}/${instance}`;

/** PidTagInstanceKey: the id, then the number of the instance. */
export function instanceKey(id: bigint, instance: number): ReturnType<typeof binary.from> {
  const bytes = Buffer.alloc(12);
  bytes.writeBigInt64LE(BigInt.asIntN(64, id));
  bytes.writeInt32LE(instance, 8);
  return binary.from(bytes);
}
