import type { DirectoryEntry } from '@fauxchange/mailbox';
import { type Restriction, type Stat } from '@fauxchange/mapi-wire';
import { sortType, type AddressBookServer } from './address-book-server.ts';
import { defineOperation, needed, type NspiRequest } from './define-operation.ts';
import { entriesThatMatch } from './filter.ts';
import { NspiError } from './nspi-error.ts';
import { checkCodePage, rowsOf } from './rows.ts';

/** Links whose tables may be opened for writing. */
const writable: readonly string[] = ['PidTagAddressBookMember', 'PidTagAddressBookPublicDelegates'];

/** [MS-OXCMAPIHTTP] 2.2.5.5, [MS-OXNSPI] 3.1.4.1.10: the rows of a list that a filter lets through, or those that a property of one entry leads to. */
export const getMatches = defineOperation('GetMatches', ({ State }) => ({ State, MinimalIds: null, ColumnsAndRows: null }), (asked, { server }) => {
  const stat = needed(asked.State);
  checkCodePage(stat);
  // A table to look in, which the parameter once was, is nothing that servers take.
  if (asked.MinimalIds) throw new NspiError('TooComplex');
  const entries = asked.Filter ? filtered(stat, asked.Filter, asked.RowCount, server) : linked(stat, asked, server);
  if (entries.length > asked.RowCount) throw new NspiError('TableTooBig');
  return {
    State: { ...stat, ContainerID: stat.CurrentRec },
    MinimalIds: entries.map((entry) => server.minimalIdOf(entry)),
    ColumnsAndRows: asked.Columns && rowsOf(entries, asked.Columns, server, { isEphemeral: true }),
  };
});

function filtered(stat: Stat, filter: Restriction, most: number, server: AddressBookServer): readonly DirectoryEntry[] {
  if (stat.SortType !== sortType.DisplayName && stat.SortType !== sortType.PhoneticDisplayName) throw new NspiError('NotSupported');
  const list = server.container(stat);
  return entriesThatMatch(filter, list, server.table(stat).table, most, server);
}

/**
 * The property stands where else the container does. One that leads nowhere finds the entry itself: so clients read properties of somebody
 * whom they know by number, and Exchange lets them ([K], Microsoft's own tests do).
 */
function linked(stat: Stat, { PropertyName }: NspiRequest<'GetMatches'>, server: AddressBookServer): readonly DirectoryEntry[] {
  const entry = server.entryOf(stat.CurrentRec);
  if (!entry) throw new NspiError('GeneralFailure');
  const link = server.columns.linkOf(stat.ContainerID);
  // There are no named properties in this address book.
  if (PropertyName || (stat.SortType === sortType.DisplayNameWritable && !(link && writable.includes(link)))) throw new NspiError('NotSupported');
  return link ? server.sorted(server.book.links(entry, link), stat) : [entry];
}
