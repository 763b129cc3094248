import type { AddressList, DirectoryEntry } from '@fauxchange/mailbox';
import { midOfName } from '@fauxchange/mapi-wire';
import type { AddressBookServer } from './address-book-server.ts';
import { defineOperation, needed } from './define-operation.ts';
import { NspiError } from './nspi-error.ts';
import { checkCodePage, columnsOrUsual, rowsOf } from './rows.ts';

/** Names in one request. */
const mostNames = 10_000;

/**
 * [MS-OXCMAPIHTTP] 2.2.5.14, [MS-OXNSPI] 3.1.4.1.17: ambiguous name resolution. Rows are there for the names that mean one entry.
 *
 * @NOTE Reserved is not looked at: every Outlook sends something there.
 */
export const resolveNames = defineOperation('ResolveNames', ({ State }) => ({ CodePage: State?.CodePage ?? 0, MinimalIds: null, RowsAndCols: null }), ({ State, PropertyTags, Names }, { server }) => {
  const stat = needed(State);
  checkCodePage(stat);
  const list = server.container(stat);
  const asked = needed(Names);
  if (asked.length > mostNames) throw new NspiError('TableTooBig');
  const found = asked.map((name) => resolve(name, list, server));
  const resolved = found.flatMap((entries) => (entries.length === 1 ? entries : []));
  return {
    CodePage: stat.CodePage,
    MinimalIds: found.map(({ length }) => (length === 0 ? midOfName.Unresolved : length === 1 ? midOfName.Resolved : midOfName.Ambiguous)),
    RowsAndCols: rowsOf(resolved, columnsOrUsual(PropertyTags), server, { isEphemeral: false }),
  };
});

/** [MS-OXNSPI] 3.1.4.7, in no order. An empty name means nobody. */
export function resolve(name: string, list: AddressList, { directory }: AddressBookServer, most: number = 2): readonly DirectoryEntry[] {
  if (name === '') return [];
  return list.isGlobal ? directory.resolveSome(name, most) : directory.resolveSome(name, Number.POSITIVE_INFINITY).filter((entry) => list.holds(entry)).slice(0, most);
}
