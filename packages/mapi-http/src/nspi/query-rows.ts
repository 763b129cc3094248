import { defineOperation, needed } from './define-operation.ts';
import { NspiError } from './nspi-error.ts';
import { checkCodePage, columnsOrUsual, mostCells, retrieveFlag, rowsOf } from './rows.ts';
import { at, moved, positionOf } from './stat-position.ts';

/** [MS-OXCMAPIHTTP] 2.2.5.12, [MS-OXNSPI] 3.1.4.1.8: from an Explicit Table, or from where the STAT stands on. */
export const queryRows = defineOperation('QueryRows', ({ State }) => ({ State, ColumnsAndRows: null }), ({ Flags, State, ExplicitTable, RowCount, Columns }, { server }) => {
  const stat = needed(State);
  checkCodePage(stat);
  if (RowCount === 0) throw new NspiError('InvalidParameter');
  const tags = columnsOrUsual(Columns);
  const options = { isEphemeral: (Flags & retrieveFlag.EphemeralIds) !== 0 };
  if (ExplicitTable.length > 0) {
    const entries = ExplicitTable.slice(0, RowCount).map((minimalId) => server.entryOf(minimalId));
    return { State: stat, ColumnsAndRows: rowsOf(entries, tags, server, options) };
  }
  const rows = server.table(stat);
  const first = moved(positionOf(stat, rows), stat.Delta, rows);
  // Fewer rows than asked for are no error: clients come again.
  const count = Math.min(RowCount, Math.max(1, Math.floor(mostCells / Math.max(1, tags.length))));
  const entries = rows.table.entries.slice(first, first + count);
  return { State: at(stat, first + entries.length, rows), ColumnsAndRows: rowsOf(entries, tags, server, options) };
});
