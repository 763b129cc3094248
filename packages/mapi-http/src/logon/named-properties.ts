import { propertySets } from '@fauxchange/properties';
import type { PropertyName } from '@fauxchange/mapi-wire';

/** The ids that stand for names, [MS-OXCPRPT] 3.2.5.9: those from 0x8000 on, but for the last. */
export const firstNamedId = 0x8000;
const lastNamedId = 0xfffe;

/** PS_INTERNET_HEADERS alone has names that are the same in capitals: [MS-OXCPRPT] 3.2.5.10. */
function keyOf(name: PropertyName): string {
  if (name.kind === 'Lid') return `${name.Guid}:${name.Lid}`;
  if (name.kind === 'None') return name.Guid;
  return `${name.Guid}=${name.Guid === propertySets.PS_INTERNET_HEADERS ? name.Name.toLowerCase() : name.Name}`;
}

/** The names that one mailbox has given ids, each for good. */
export class NamedProperties {
  readonly #ids = new Map<string, number>();
  readonly #names: PropertyName[] = [];

  /** All of them, with their ids. */
  *entries(): IterableIterator<readonly [number, PropertyName]> {
    for (const [at, name] of this.#names.entries()) yield [firstNamedId + at, name];
  }

  nameOf(id: number): PropertyName | undefined {
    return this.#names[id - firstNamedId];
  }

  /** The id of a name: undefined where it has none, and gets none (`creates`, or no id is left). Numbers in PS_MAPI are ids themselves. */
  idOf(name: PropertyName, { creates }: { readonly creates: boolean }): number | undefined {
    if (name.kind === 'None') return undefined;
    if (name.kind === 'Lid' && name.Guid === propertySets.PS_MAPI) return name.Lid < firstNamedId ? name.Lid : undefined;
    const key = keyOf(name);
    const known = this.#ids.get(key);
    if (known !== undefined || !creates) return known;
    const id = firstNamedId + this.#names.length;
    if (id > lastNamedId) return undefined;
    this.#ids.set(key, id);
    this.#names.push(name);
    return id;
  }
}
