import { addressSortKey, foldName } from '@fauxchange/mailbox';
import { idOfTag, propertyType, typeOfTag, type Stat, type TaggedValue } from '@fauxchange/mapi-wire';
import { sortType, type AddressBookServer } from './address-book-server.ts';
import { defineOperation, needed } from './define-operation.ts';
import { NspiError } from './nspi-error.ts';
import { checkCodePage, rowsOf } from './rows.ts';

const displayName = 0x3001;
/** Rows that are told of a table without end: the protocol leaves the number to servers. */
const usualRows = 50;

/** [MS-OXCMAPIHTTP] 2.2.5.16, [MS-OXNSPI] 3.1.4.1.9: to the first row that is not less than a name. */
export const seekEntries = defineOperation('SeekEntries', ({ State }) => ({ State, ColumnsAndRows: null }), ({ State, Target, ExplicitTable, Columns }, { server }) => {
  const stat = needed(State);
  checkCodePage(stat);
  server.container(stat);
  const name = nameOf(stat, needed(Target));
  const { entries, State: found } = ExplicitTable ? inExplicitTable(ExplicitTable, name, stat, server) : inContainer(name, stat, server);
  return { State: found, ColumnsAndRows: Columns ? rowsOf(entries, Columns, server, { isEphemeral: true }) : null };
});

/** Names are all that tables are sought by. @throws NspiError GeneralFailure */
function nameOf({ SortType }: Stat, { tag, value }: TaggedValue): string {
  const isText = typeOfTag(tag) === propertyType.String || typeOfTag(tag) === propertyType.String8;
  if (SortType !== sortType.DisplayName || idOfTag(tag) !== displayName || !isText) throw new NspiError('GeneralFailure');
  if (typeof value !== 'string') throw new NspiError('InvalidParameter');
  return value;
}

function inContainer(name: string, stat: Stat, server: AddressBookServer) {
  const rows = server.table(stat);
  const position = rows.table.firstFrom(name);
  if (position >= rows.total) throw new NspiError('NotFound');
  return { entries: rows.table.entries.slice(position, position + usualRows), State: { ...stat, CurrentRec: rows.minimalIdAt(position), NumPos: position, TotalRecs: rows.total } };
}

/** The rows of the client's own table, from the one that was found to its end. */
function inExplicitTable(minimalIds: readonly number[], name: string, stat: Stat, server: AddressBookServer) {
  const key = foldName(name);
  const entries = minimalIds.map((minimalId) => server.entryOf(minimalId));
  const position = entries.findIndex((entry) => entry && addressSortKey(entry, 'displayName') >= key);
  const CurrentRec = minimalIds[position];
  if (CurrentRec === undefined) throw new NspiError('NotFound');
  return { entries: entries.slice(position), State: { ...stat, CurrentRec, NumPos: position, TotalRecs: minimalIds.length } };
}
