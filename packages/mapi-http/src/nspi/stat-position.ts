import { midOfTable, type Stat } from '@fauxchange/mapi-wire';
import { NspiError } from './nspi-error.ts';

/** A table by its rows' numbers: what positioning asks of it. */
export interface Rows {
  readonly total: number;
  positionOf(minimalId: number): number | undefined;
  minimalIdAt(position: number): number;
}

/** The row that a STAT stands at, before its Delta: [MS-OXNSPI] 3.1.4.5. @throws NspiError NotFound */
export function positionOf({ CurrentRec, NumPos, TotalRecs }: Stat, rows: Rows): number {
  if (CurrentRec === midOfTable.Current) return fraction(NumPos, TotalRecs, rows.total);
  if (CurrentRec === midOfTable.BeginningOfTable) return 0;
  if (CurrentRec === midOfTable.EndOfTable) return rows.total;
  const position = rows.positionOf(CurrentRec);
  if (position === undefined) throw new NspiError('NotFound');
  return position;
}

/** 3.1.4.5.2: so far through the table as the client says. Nothing of nothing is its beginning. */
const fraction = (numPos: number, totalRecs: number, total: number): number => (totalRecs === 0 ? 0 : Math.min(total, Math.floor((total * numPos) / totalRecs)));

/** The row after Delta: neither before the first, nor behind the one after the last. */
export const moved = (position: number, delta: number, { total }: Rows): number => Math.min(total, Math.max(0, position + delta));

/** A STAT that stands at a row; behind the last one it says so. */
export function at(stat: Stat, position: number, rows: Rows): Stat {
  const CurrentRec = position < rows.total ? rows.minimalIdAt(position) : midOfTable.EndOfTable;
  return { ...stat, CurrentRec, Delta: 0, NumPos: position, TotalRecs: rows.total };
}
