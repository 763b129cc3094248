import { midOfTable } from '@fauxchange/mapi-wire';
import { defineOperation, needed } from './define-operation.ts';
import { checkCodePage } from './rows.ts';

/**
 * [MS-OXCMAPIHTTP] 2.2.5.15, [MS-OXNSPI] 3.1.4.1.11: an Explicit Table in the order of its STAT.
 *
 * @NOTE Sort orders that there are not mean the display name: since Exchange 2013 they are no error, [MS-OXNSPI] note <6>.
 */
export const resortRestriction = defineOperation('ResortRestriction', ({ State }) => ({ State, MinimalIds: null }), ({ State, MinimalIds }, { server }) => {
  const stat = needed(State);
  checkCodePage(stat);
  const entries = needed(MinimalIds).flatMap((minimalId) => server.entryOf(minimalId) ?? []);
  const sorted = server.sorted(entries, stat).map((entry) => server.minimalIdOf(entry));
  const position = sorted.indexOf(stat.CurrentRec);
  const place = position < 0 ? { CurrentRec: midOfTable.BeginningOfTable, NumPos: 0 } : { NumPos: position };
  return { State: { ...stat, ...place, TotalRecs: sorted.length }, MinimalIds: sorted };
});
