import type { IdSource } from '@fauxchange/kernel';
import type { Directory, DirectoryEntry } from '../directory/directory.ts';
import { addressLists, type AddressList } from './address-lists.ts';
import { AddressTable, type AddressOrder } from './address-table.ts';
import { linkedEntries, type BookLink, type LinkSource } from './book-links.ts';
import { bookValue, type BookProperty, type BookValue } from './book-properties.ts';

/**
 * The directory as address books show it: lists, in order, of entries with properties. What is sorted is kept until the directory changes.
 *
 * @example
 * const book = new AddressBook(organization.directory, organization.ids);
 * const [first] = book.table(book.global).entries;
 * book.value(first, 'PidTagSmtpAddress');
 */
export class AddressBook {
  /** Each parent before its children, the global one first. */
  readonly lists: readonly AddressList[];
  readonly global: AddressList;
  readonly #directory: Directory;
  readonly #source: LinkSource;
  /** A listing of the directory is the same array until something changes. */
  #listed: readonly DirectoryEntry[] | undefined;
  readonly #tables = new Map<string, AddressTable>();
  #backLinks: { readonly reports: ReadonlyMap<string, readonly string[]>; readonly owned: ReadonlyMap<string, readonly string[]> } | undefined;

  constructor(directory: Directory, ids: IdSource) {
    this.#directory = directory;
    this.#source = { directory, reportsOf: (id) => this.#linksBack().reports.get(id) ?? [], ownedBy: (id) => this.#linksBack().owned.get(id) ?? [] };
    this.lists = addressLists(ids);
    this.global = this.lists[0] as AddressList;
  }

  table(list: AddressList, order: AddressOrder = 'displayName'): AddressTable {
    const listed = this.#current();
    const key = `${order} ${list.id}`;
    const kept = this.#tables.get(key);
    if (kept) return kept;
    const made = new AddressTable(listed.filter((entry) => !entry.isHiddenFromAddressLists && list.holds(entry)), order);
    this.#tables.set(key, made);
    return made;
  }

  /** Undefined where the entry has no such value. */
  value(entry: DirectoryEntry, name: BookProperty): BookValue | undefined {
    return bookValue(entry, name, this.#directory);
  }

  links(entry: DirectoryEntry, link: BookLink): readonly DirectoryEntry[] {
    return linkedEntries(entry, link, this.#source);
  }

  #current(): readonly DirectoryEntry[] {
    const listed = this.#directory.list();
    if (listed !== this.#listed) {
      this.#listed = listed;
      this.#tables.clear();
      this.#backLinks = undefined;
    }
    return listed;
  }

  #linksBack() {
    const listed = this.#current();
    this.#backLinks ??= { reports: linksBack(listed, ({ manager }) => (manager === undefined ? [] : [manager])), owned: linksBack(listed, ({ owners }) => owners ?? []) };
    return this.#backLinks;
  }
}

function linksBack(entries: readonly DirectoryEntry[], of: (entry: DirectoryEntry) => readonly string[]): ReadonlyMap<string, readonly string[]> {
  const back = new Map<string, string[]>();
  for (const entry of entries) {
    for (const id of of(entry)) {
      const sources = back.get(id);
      if (sources) sources.push(entry.id);
      else back.set(id, [entry.id]);
    }
  }
  return back;
}
