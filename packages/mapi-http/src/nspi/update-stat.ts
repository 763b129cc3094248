import { defineOperation, needed } from './define-operation.ts';
import { checkCodePage } from './rows.ts';
import { at, moved, positionOf } from './stat-position.ts';

/** [MS-OXCMAPIHTTP] 2.2.5.17, [MS-OXNSPI] 3.1.4.1.4. */
export const updateStat = defineOperation('UpdateStat', ({ State }) => ({ State, Delta: null }), ({ State, DeltaRequested }, { server }) => {
  const stat = needed(State);
  checkCodePage(stat);
  const rows = server.table(stat);
  const before = positionOf(stat, rows);
  const position = moved(before, stat.Delta, rows);
  return { State: at(stat, position, rows), Delta: DeltaRequested ? position - before : null };
});
