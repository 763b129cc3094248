import type { Environment } from '@fauxchange/emulator';
import { AddressBook, inAddressOrder, type AddressList, type AddressOrder, type AddressTable, type Directory, type DirectoryEntry } from '@fauxchange/mailbox';
import type { Stat } from '@fauxchange/mapi-wire';
import { BookColumns } from './columns.ts';
import { MinimalIds } from './minimal-ids.ts';
import { NspiError } from './nspi-error.ts';
import type { Rows } from './stat-position.ts';

/** [MS-OXNSPI] 2.2.1.10: how tables are sorted. */
export const sortType = { DisplayName: 0, PhoneticDisplayName: 3, DisplayNameReadOnly: 0x3e8, DisplayNameWritable: 0x3e9 } as const;
/** CP_WINUNICODE, [MS-OXNSPI] 2.2.1.4: no code page that text of 8 bits could have. */
export const unicodePage = 0x4b0;

/** A list's table with the numbers of its rows. */
export interface NumberedTable extends Rows {
  readonly table: AddressTable;
}

/** What the operations of the address book share: the book, and the numbers that clients call its entries by. */
export class AddressBookServer {
  readonly book: AddressBook;
  readonly directory: Directory;
  readonly environment: Environment;
  /** Of Bind, and in ephemeral entry ids. */
  readonly guid: string;
  readonly #minimalIds = new MinimalIds();
  #columns: BookColumns | undefined;

  constructor(environment: Environment) {
    this.environment = environment;
    this.directory = environment.organization.directory;
    this.book = new AddressBook(this.directory, environment.ids);
    this.guid = environment.ids.fork('address book server').uuid();
    this.#numberLists();
  }

  get columns(): BookColumns {
    this.#columns ??= new BookColumns();
    return this.#columns;
  }

  minimalIdOf({ id }: { readonly id: string }): number {
    return this.#minimalIds.of(id);
  }

  /** Undefined for a number that was never given, for one of a list, and for an entry that was removed. */
  entryOf(minimalId: number): DirectoryEntry | undefined {
    const guid = this.#minimalIds.guidOf(minimalId);
    return guid === undefined ? undefined : this.directory.byId(guid);
  }

  /** ContainerID of a list: 0 is the global one. */
  containerIdOf(list: AddressList): number {
    return list.isGlobal ? 0 : this.minimalIdOf(list);
  }

  /** @throws NspiError InvalidBookmark */
  container({ ContainerID }: Stat): AddressList {
    const guid = this.#minimalIds.guidOf(ContainerID);
    const list = ContainerID === 0 ? this.book.global : this.book.lists.find(({ id }) => id === guid);
    if (!list) throw new NspiError('InvalidBookmark');
    return list;
  }

  /** The table that a STAT speaks of. @throws NspiError InvalidBookmark */
  table(stat: Stat): NumberedTable {
    const table = this.book.table(this.container(stat), orderOf(stat));
    return {
      table,
      total: table.entries.length,
      positionOf: (minimalId) => {
        const entry = this.entryOf(minimalId);
        return entry && table.positionOf(entry.id);
      },
      minimalIdAt: (position) => this.minimalIdOf(table.entries[position] as DirectoryEntry),
    };
  }

  /** Entries in the order that a STAT asks for. */
  sorted(entries: readonly DirectoryEntry[], stat: Stat): readonly DirectoryEntry[] {
    return inAddressOrder(entries, orderOf(stat));
  }

  reset(): void {
    this.#minimalIds.clear();
    this.#numberLists();
  }

  /** Clients keep the numbers of lists for as long as the server has the same GUID, [MS-OXOABK] 2.2.2.3. */
  #numberLists(): void {
    for (const list of this.book.lists) if (!list.isGlobal) this.minimalIdOf(list);
  }
}

const orderOf = ({ SortType }: Stat): AddressOrder => (SortType === sortType.PhoneticDisplayName ? 'phonetic' : 'displayName');
