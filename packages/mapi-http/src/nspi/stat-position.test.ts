import type { Stat } from '@fauxchange/mapi-wire';
import { at, moved, positionOf, type Rows } from './stat-position.ts';

/** Ten rows, 0x20 to 0x29. */
const rows: Rows = { total: 10, positionOf: (minimalId) => (minimalId >= 0x20 && minimalId < 0x2a ? minimalId - 0x20 : undefined), minimalIdAt: (position) => 0x20 + position };
const empty: Rows = { total: 0, positionOf: () => undefined, minimalIdAt: () => 0 };
const stat = (changes: Partial<Stat>): Stat => ({ SortType: 0, ContainerID: 0, CurrentRec: 0, Delta: 0, NumPos: 0, TotalRecs: 0, CodePage: 1252, TemplateLocale: 1033, SortLocale: 1033, ...changes });

it.each<[string, Partial<Stat>, number]>([
  ['the beginning', { CurrentRec: 0, NumPos: 7, TotalRecs: 10 }, 0],
  ['the end', { CurrentRec: 2, NumPos: 7, TotalRecs: 10 }, 10],
  ['a row', { CurrentRec: 0x24, NumPos: 7, TotalRecs: 10 }, 4],
  ['a fraction', { CurrentRec: 1, NumPos: 1, TotalRecs: 2 }, 5],
  ['a fraction, truncated', { CurrentRec: 1, NumPos: 2, TotalRecs: 3 }, 6],
  ['a fraction beyond the end', { CurrentRec: 1, NumPos: 3, TotalRecs: 2 }, 10],
  ['a fraction of nothing', { CurrentRec: 1, NumPos: 3, TotalRecs: 0 }, 0],
  ['a fraction of very much', { CurrentRec: 1, NumPos: 0xffff_fffe, TotalRecs: 0xffff_ffff }, 9],
])('stands at %s', (_what, changes, position) => {
  expect(positionOf(stat(changes), rows)).toBe(position);
});

it('a row that is not there', () => {
  expect(() => positionOf(stat({ CurrentRec: 0x99 }), rows)).toThrow(expect.objectContaining({ code: 0x8004_010f }) as Error);
});

it.each([[4, 3, 7], [4, -3, 1], [4, 0, 4], [4, -5, 0], [4, 6, 10], [4, 2_147_483_647, 10], [0, -2_147_483_648, 0]])('from %i by %i to %i', (position, delta, expected) => {
  expect(moved(position, delta, rows)).toBe(expected);
});

it.each<[number, Rows, number]>([[0, rows, 0x20], [9, rows, 0x29], [10, rows, 2], [0, empty, 2]])('told at %i', (position, table, CurrentRec) => {
  expect(at(stat({ Delta: 3, SortType: 3 }), position, table)).toEqual(stat({ SortType: 3, CurrentRec, NumPos: position, TotalRecs: table.total }));
});
