import type { Rows, TableRow } from './row-source.ts';

/** Rows on either side that a place holds on to: when all of them are gone, the number has to do. */
const reach = 8;

/** A place between rows. */
export interface Place {
  readonly offset: number;
  /** Rows around it, the nearest first. */
  readonly near: readonly { readonly row: TableRow; readonly isBefore: boolean }[];
}

export const isInBounds = (offset: number, count: number): boolean => offset >= 0 && offset <= count;

export async function placeAt(rows: Rows, offset: number): Promise<Place> {
  // In front of everything there is nothing to hold on to, and what comes there is to be read.
  if (offset === 0) return { offset, near: [] };
  const start = Math.max(0, offset - reach);
  const around = await rows.slice(start, offset - start + reach);
  const near = around.map((row, at) => ({ row, isBefore: start + at < offset, distance: start + at < offset ? offset - (start + at) : start + at - offset + 1 }));
  return { offset, near: near.sort((a, b) => a.distance - b.distance || Number(b.isBefore) - Number(a.isBefore)) };
}

/** Where the place is now. */
export async function resolved({ offset, near }: Place, rows: Rows): Promise<number> {
  for (const { row, isBefore } of near) {
    const at = await rows.indexOf(row);
    if (at !== undefined) return isBefore ? at + 1 : at;
  }
  return Math.min(offset, rows.count);
}
