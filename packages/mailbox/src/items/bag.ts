import type { PropertyName, PropertyValue } from '@fauxchange/properties';
import type { Properties, PropertyBag } from './item.ts';

const MAX_SLOTS = 96;
const MAX_WATCHED = 512;
const MAX_LAYOUTS = 64;

/** Present in nearly every item, so that the first items of a class already share slots. */
const usual: readonly PropertyName[] = [
  'PidTagSubject', 'PidTagConversationTopic', 'PidTagConversationIndex', 'PidTagConversationId', 'PidTagSearchKey',
  'PidTagCreationTime', 'PidTagLastModificationTime', 'PidTagMessageDeliveryTime', 'PidTagClientSubmitTime',
  'PidTagMessageSize', 'PidTagMessageFlags', 'PidTagImportance', 'PidTagSensitivity', 'PidTagInternetMessageId',
  'PidTagSenderName', 'PidTagSenderEmailAddress', 'PidTagSenderAddressType', 'PidTagSenderSmtpAddress',
  'PidTagSentRepresentingName', 'PidTagSentRepresentingEmailAddress', 'PidTagSentRepresentingAddressType',
  'PidTagSentRepresentingSmtpAddress', 'PidTagDisplayTo', 'PidTagCreatorName', 'PidTagCreatorEntryId',
  'PidTagLastModifierName',
];

/**
 * Property to slot, for the items of one class: append-only, so that bags made earlier stay right. A slot costs 8
 * bytes in every bag made after it, so a property gets one only once it has shown itself to be common.
 */
class Layout {
  readonly slots = new Map<PropertyName, number>(usual.map((name, slot) => [name, slot]));
  readonly #seen = new Map<PropertyName, number>();
  #made = 0;

  begin(): void {
    this.#made++;
  }

  slotFor(name: PropertyName): number | undefined {
    const slot = this.slots.get(name);
    if (slot !== undefined || this.slots.size >= MAX_SLOTS) return slot;
    const seen = (this.#seen.get(name) ?? 0) + 1;
    if (seen >= 16 && seen * 4 >= this.#made) {
      this.#seen.delete(name);
      this.slots.set(name, this.slots.size);
      return this.slots.size - 1;
    }
    if (seen > 1 || this.#seen.size < MAX_WATCHED) this.#seen.set(name, seen);
    return undefined;
  }
}

class LayoutBag implements PropertyBag {
  readonly #layout: Layout;
  readonly #values: readonly (PropertyValue | undefined)[];
  readonly #overflow: ReadonlyMap<PropertyName, PropertyValue> | undefined;

  constructor(layout: Layout, source: ReadonlyMap<PropertyName, PropertyValue>) {
    this.#layout = layout;
    layout.begin();
    let last = -1;
    for (const name of source.keys()) last = Math.max(last, layout.slotFor(name) ?? -1);
    // Exactly as long as needed: growing by assignment over-allocates by half.
    const values = new Array<PropertyValue | undefined>(last + 1).fill(undefined);
    let overflow: Map<PropertyName, PropertyValue> | undefined;
    for (const [name, value] of source) {
      const slot = layout.slots.get(name);
      if (slot === undefined) (overflow ??= new Map()).set(name, value);
      else values[slot] = value;
    }
    this.#values = values;
    this.#overflow = overflow;
  }

  get(name: PropertyName): PropertyValue | undefined {
    const slot = this.#layout.slots.get(name);
    // The slot may be younger than this bag: then the value is in the overflow.
    return (slot === undefined ? undefined : this.#values[slot]) ?? this.#overflow?.get(name);
  }

  has(name: PropertyName): boolean {
    return this.get(name) !== undefined;
  }

  *entries(): IterableIterator<readonly [PropertyName, PropertyValue]> {
    for (const [name, slot] of this.#layout.slots) {
      const value = slot < this.#values.length ? this.#values[slot] : undefined;
      if (value !== undefined) yield [name, value];
    }
    if (this.#overflow) yield* this.#overflow.entries();
  }
}

class MapBag implements PropertyBag {
  readonly #values: ReadonlyMap<PropertyName, PropertyValue>;
  constructor(values: ReadonlyMap<PropertyName, PropertyValue>) {
    this.#values = values;
  }
  get(name: PropertyName): PropertyValue | undefined {
    return this.#values.get(name);
  }
  has(name: PropertyName): boolean {
    return this.#values.has(name);
  }
  entries(): IterableIterator<readonly [PropertyName, PropertyValue]> {
    return this.#values.entries();
  }
}

function merged(base: PropertyBag | undefined, changes: Properties | undefined): Map<PropertyName, PropertyValue> {
  const values = new Map<PropertyName, PropertyValue>(base?.entries());
  for (const name in changes) {
    const value = changes[name as PropertyName];
    if (value === undefined) values.delete(name as PropertyName);
    else values.set(name as PropertyName, value);
  }
  return values;
}

/** Property bags of one engine: items of one class share a layout (`specs/store-measurements.md`: 1.7 kB an item instead of 3). */
export class BagMaker {
  readonly #layouts = new Map<string, Layout>();

  /** `measure` may add to the whole of the properties what follows from it. */
  make(itemClass: string, properties: Properties, base?: PropertyBag, measure?: (values: Map<PropertyName, PropertyValue>) => void): PropertyBag {
    const values = merged(base, properties);
    measure?.(values);
    return new LayoutBag(this.#layout(itemClass), values);
  }

  #layout(itemClass: string): Layout {
    // Classes are free text of clients: beyond a bound they share one layout.
    const known = this.#layouts.get(itemClass) ?? (this.#layouts.size < MAX_LAYOUTS ? undefined : this.#layouts.get(''));
    if (known) return known;
    const layout = new Layout();
    this.#layouts.set(this.#layouts.size < MAX_LAYOUTS - 1 ? itemClass : '', layout);
    return layout;
  }
}

/**
 * A bag of its own, for what is not in a folder: embedded items, folders.
 *
 * @example
 * const bag = bagOf({ PidTagSubject: 'Lunch' });
 */
export function bagOf(properties: Properties, base?: PropertyBag): PropertyBag {
  return new MapBag(merged(base, properties));
}

/** The plain properties of a bag: its inverse. */
export function propertiesOf(bag: PropertyBag): Properties {
  return Object.fromEntries(bag.entries()) as Properties;
}
