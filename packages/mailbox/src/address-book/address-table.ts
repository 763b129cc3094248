import type { DirectoryEntry } from '../directory/directory.ts';
import { foldName } from '../directory/name-index.ts';

/** What tables are sorted by: PidTagDisplayName, or PidTagAddressBookPhoneticDisplayName and, where it is missing, the display name. */
export type AddressOrder = 'displayName' | 'phonetic';

/** The entries of a list in their order. */
export class AddressTable {
  readonly entries: readonly DirectoryEntry[];
  readonly #keys: readonly string[];
  readonly #positions: ReadonlyMap<string, number>;

  constructor(entries: readonly DirectoryEntry[], order: AddressOrder) {
    const rows = keyed(entries, order);
    this.entries = rows.map(({ entry }) => entry);
    this.#keys = rows.map(({ key }) => key);
    this.#positions = new Map(this.entries.map(({ id }, at) => [id, at]));
  }

  /** Undefined for an entry that is not in it. */
  positionOf(id: string): number | undefined {
    return this.#positions.get(id);
  }

  /** The first row that is not less than the text; the number of rows where all are. */
  firstFrom(text: string): number {
    const key = foldName(text);
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(this.#keys[middle] ?? '', key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Entries in that order, and among those of one name always in the same one. */
export const inAddressOrder = (entries: readonly DirectoryEntry[], order: AddressOrder): readonly DirectoryEntry[] => keyed(entries, order).map(({ entry }) => entry);

function keyed(entries: readonly DirectoryEntry[], order: AddressOrder): readonly { readonly entry: DirectoryEntry; readonly key: string }[] {
  return entries.map((entry) => ({ entry, key: addressSortKey(entry, order) })).sort((a, b) => compare(a.key, b.key) || compare(a.entry.id, b.entry.id));
}

export const addressSortKey = ({ displayName, phoneticDisplayName }: DirectoryEntry, order: AddressOrder): string => foldName(order === 'phonetic' ? (phoneticDisplayName ?? displayName) : displayName);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
