import fc from 'fast-check';
import {
  createSeries, firstOccurrence, indexOf, lastOccurrence, occurrenceAt, occurrenceCount, occurrences, RecurrenceError, SeriesError, timeZone, wholeDays, withException, withoutException, withoutOccurrence,
} from '../index.ts';
import type { OccurrenceException, RecurrencePattern, RecurrenceRange, Series, TimeZone } from '../index.ts';

const zoneOf = (id: string): TimeZone => {
  const zone = timeZone(id);
  if (!zone) throw new Error(id);
  return zone;
};
const berlin = zoneOf('W. Europe Standard Time');
const at = (iso: string): number => Date.parse(iso);
const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 16);
const daily: RecurrencePattern = { kind: 'daily', interval: 1 };
const numbered = (count: number): RecurrenceRange => ({ kind: 'numbered', count });

/** Times are of the zone's clock. */
function series(first: string, minutes: number, pattern: RecurrencePattern = daily, range: RecurrenceRange = numbered(5), zone: TimeZone = berlin): Series {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = first.split(/\D/).map(Number);
  const start = zone.toUtc({ year, month, day, hour, minute });
  return createSeries({ recurrence: { pattern, start: { year, month, day }, range }, start, end: start + minutes * 60_000, zone });
}
const all = { from: -Infinity, to: Infinity };
const starts = (of: Series): readonly string[] => occurrences(of, all, 1000).map((each) => iso(each.start));
const faultOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof SeriesError || error instanceof RecurrenceError) return error.reason;
    throw error;
  }
  return 'none';
};

describe('occurrences', () => {
  it.each<[string, Series, readonly string[]]>([
    ['keep the time of the clock over its change', series('2026-03-28 08:00', 60), ['2026-03-28T07:00', '2026-03-29T06:00', '2026-03-30T06:00', '2026-03-31T06:00', '2026-04-01T06:00']],
    ['are moved on out of the gap', series('2026-03-28 02:30', 60, daily, numbered(3)), ['2026-03-28T01:30', '2026-03-29T01:30', '2026-03-30T00:30']],
    ['are at the second of two equal times', series('2026-10-24 02:30', 60, daily, numbered(3)), ['2026-10-24T00:30', '2026-10-25T01:30', '2026-10-26T01:30']],
  ])('%s', (_, of, expected) => expect(starts(of)).toEqual(expected));

  it('last as long by the clock: a whole day in its zone, be it 23 hours or 25', () => {
    const days = occurrences(series('2026-03-28 00:00', 1440), all, 10).map(({ start, end }) => (end - start) / 3_600_000);
    expect(days).toEqual([24, 23, 24, 24, 24]);
    expect(occurrences(series('2026-10-25 00:00', 1500, daily, numbered(1)), all, 10).map(({ start, end }) => (end - start) / 3_600_000)).toEqual([25]);
  });

  it('never end before they start', () => {
    const [, inGap] = occurrences(series('2026-03-28 02:30', 10, daily, numbered(3)), all, 10);
    expect(inGap && inGap.end - inGap.start).toBe(600_000);
  });

  it('start with the first date of the pattern', () => {
    const of = series('2026-09-01 09:00', 30, { kind: 'weekly', interval: 1, days: ['Thursday'], firstDayOfWeek: 'Monday' });
    expect(iso(of.start)).toBe('2026-09-03T07:00');
    expect(iso(of.end)).toBe('2026-09-03T07:30');
  });

  it.each<[string, string, string, readonly string[]]>([
    ['what overlaps', '2026-06-02T07:30Z', '2026-06-03T07:00Z', ['2026-06-02T07:00']],
    ['not what ends there', '2026-06-02T08:00Z', '2026-06-03T07:01Z', ['2026-06-03T07:00']],
    ['nothing before', '2020-01-01T00:00Z', '2026-06-01T07:00Z', []],
    ['nothing after', '2026-06-05T08:00Z', '2030-06-01T07:00Z', []],
  ])('in a window: %s', (_, from, to, expected) => {
    expect(occurrences(series('2026-06-01 09:00', 60), { from: at(from), to: at(to) }, 100).map((each) => iso(each.start))).toEqual(expected);
  });

  it('without duration are in the window that has their start', () => {
    const of = series('2026-06-01 09:00', 0);
    expect(occurrences(of, { from: of.start, to: of.start + 1 }, 9)).toHaveLength(1);
    expect(occurrences(of, { from: of.start + 1, to: of.start + 2 }, 9)).toHaveLength(0);
  });

  it('cost what they answer, not how long the series has run', () => {
    const of = series('1990-01-01 09:00', 60, daily, { kind: 'noEnd' });
    const counted: TimeZone = { ...berlin, toUtc: (local) => (calls++, berlin.toUtc(local)) };
    let calls = 0;
    const found = occurrences({ ...of, zone: counted }, { from: at('2026-06-01T00:00Z'), to: at('2026-06-08T00:00Z') }, 100);
    expect(found).toHaveLength(7);
    expect(found[0]?.index).toBe(13_301);
    expect(calls).toBeLessThan(40);
    expect(occurrences(of, all, 3).map(({ index }) => index)).toEqual([1, 2, 3]);
  });

  it('are the same by window, by index and by day', () => {
    const zones = ['UTC', 'W. Europe Standard Time', 'Lord Howe Standard Time', 'Samoa Standard Time', 'Newfoundland Standard Time'].map(zoneOf);
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 0, max: 1440 }), fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 6 }), (zone, minute, length, from, size) => {
        const start = zone.toUtc({ year: 2026, month: 1, day: 1, minute });
        const of = createSeries({ recurrence: { pattern: daily, start: { year: 2026, month: 1, day: 1 }, range: { kind: 'noEnd' } }, start, end: start + length * 60_000, zone });
        const first = occurrenceAt(of, from);
        const last = occurrenceAt(of, from + size);
        if (typeof first === 'string' || typeof last === 'string') throw new Error('there is one');
        expect(indexOf(of, first.originalStart)).toBe(from);
        const found = occurrences(of, { from: first.start, to: last.start + 1 }, 100).filter((each) => each.start >= first.start);
        expect(found.map(({ index }) => index)).toEqual(Array.from({ length: size + 1 }, (_, i) => from + i));
      }),
      { numRuns: 150 },
    );
  });
});

describe('changed and deleted occurrences', () => {
  const of = series('2026-06-01 09:00', 60);
  const [first, second, third] = occurrences(of, all, 3).map((each) => each.originalStart) as [number, number, number];
  const hour = 3_600_000;
  const moved = (by: number, length = hour): OccurrenceException => ({ originalStart: second, start: second + by, end: second + by + length });

  it('are found by index: deleted ones count', () => {
    const less = withoutOccurrence(of, first);
    expect(occurrenceAt(less, 1)).toBe('deleted');
    expect(occurrenceAt(less, 0)).toBe('outOfRange');
    expect(occurrenceAt(less, 6)).toBe('outOfRange');
    expect(occurrenceAt(less, 1.5)).toBe('outOfRange');
    expect(firstOccurrence(less)?.index).toBe(2);
    expect(lastOccurrence(less)?.index).toBe(5);
    expect(occurrenceCount(less)).toBe(5);
    expect(indexOf(less, first)).toBe(1);
    expect(occurrences(less, all, 10).map(({ index }) => index)).toEqual([2, 3, 4, 5]);
    expect(occurrences(withoutException(less, first), all, 10)).toHaveLength(5);
    expect(of.deleted).toEqual([]);
  });

  it('may all be deleted', () => {
    const none = occurrences(of, all, 10).reduce((left, each) => withoutOccurrence(left, each.originalStart), of);
    expect(firstOccurrence(none)).toBeUndefined();
    expect(lastOccurrence(none)).toBeUndefined();
  });

  it('are found where they were moved to', () => {
    const with2 = withException(of, { ...moved(5 * hour), subject: 'Later' });
    const found = occurrences(with2, { from: second + 5 * hour, to: second + 6 * hour }, 9);
    expect(found).toEqual([{ index: 2, originalStart: second, start: second + 5 * hour, end: second + 6 * hour, exception: { ...moved(5 * hour), subject: 'Later' } }]);
    expect(occurrences(with2, { from: second, to: second + hour }, 9)).toEqual([]);
    expect(occurrenceAt(with2, 2)).toEqual(found[0]);
    expect(starts(withoutException(with2, second))).toEqual(starts(of));
    expect(occurrences(withoutOccurrence(with2, second), all, 9)).toHaveLength(4);
  });

  it.each<[string, string, (base: Series) => Series]>([
    ['another time of its day', 'none', (base) => withException(base, moved(8 * hour))],
    ['the day of the one before', 'crossesNeighbour', (base) => withException(base, moved(-12 * hour))],
    ['the day of the one after', 'crossesNeighbour', (base) => withException(base, moved(22 * hour))],
    ['beyond the one after', 'crossesNeighbour', (base) => withException(base, moved(50 * hour))],
    ['lasting into the next', 'crossesNeighbour', (base) => withException(base, moved(0, 25 * hour))],
    ['a day whose occurrence was deleted', 'none', (base) => withException(withoutOccurrence(base, third), moved(24 * hour))],
    ['a day that a neighbour was moved to', 'crossesNeighbour', (base) => withException(withException(withoutOccurrence(base, second), { originalStart: third, start: third - 24 * hour, end: third - 23 * hour }), { originalStart: first, start: first + 24 * hour, end: first + 25 * hour })],
    ['an end before its start', 'endBeforeStart', (base) => withException(base, moved(0, -1))],
    ['a day without an occurrence', 'notAnOccurrence', (base) => withException(base, { ...moved(0), originalStart: second + 300 * 24 * hour })],
    ['a deleted one', 'deleted', (base) => withException(withoutOccurrence(base, second), moved(0))],
    ['deleting it twice', 'deleted', (base) => withoutOccurrence(withoutOccurrence(base, second), second)],
    ['deleting none', 'notAnOccurrence', (base) => withoutOccurrence(base, Number.NaN)],
  ])('%s: %s', (_, fault, change) => expect(faultOf(() => change(of))).toBe(fault));

  it.each<[string, string, () => Series]>([
    ['ends before it starts', 'endBeforeStart', () => createSeries({ ...of, end: of.start - 1 })],
    ['lasts longer than until the next', 'timeSpanTooBig', () => series('2026-06-01 09:00', 1441)],
    ['lasts a day each day', 'none', () => series('2026-06-01 09:00', 1440)],
    ['lasts two days where the gap is one', 'timeSpanTooBig', () => series('2026-06-01 09:00', 2000, { kind: 'weekly', interval: 1, days: ['Monday', 'Tuesday'], firstDayOfWeek: 'Monday' })],
    ['has no date in its range', 'noOccurrences', () => series('2026-06-02 09:00', 60, { kind: 'weekly', interval: 1, days: ['Monday'], firstDayOfWeek: 'Monday' }, { kind: 'endDate', end: { year: 2026, month: 6, day: 5 } })],
  ])('a series that %s: %s', (_, fault, make) => expect(faultOf(make)).toBe(fault));

  it('that belong to no occurrence are dropped with a new series', () => {
    const changed = createSeries({ ...of, deleted: [first, first, second + 400 * 24 * hour], exceptions: [moved(hour), { ...moved(hour), originalStart: 0 }] });
    expect(changed.deleted).toEqual([first]);
    expect(changed.exceptions).toHaveLength(1);
  });
});

it('an all-day event covers whole days of its zone', () => {
  expect(wholeDays(at('2026-07-01T10:00Z'), at('2026-07-01T11:00Z'), berlin)).toEqual({ start: at('2026-06-30T22:00Z'), end: at('2026-07-01T22:00Z') });
  expect(wholeDays(at('2026-06-30T22:00Z'), at('2026-07-01T22:00Z'), berlin)).toEqual({ start: at('2026-06-30T22:00Z'), end: at('2026-07-01T22:00Z') });
  expect(wholeDays(at('2026-06-30T22:00Z'), at('2026-06-30T22:00Z'), berlin)).toEqual({ start: at('2026-06-30T22:00Z'), end: at('2026-07-01T22:00Z') });
  expect(wholeDays(at('2026-10-24T22:00Z'), at('2026-10-25T22:59Z'), berlin).end).toBe(at('2026-10-25T23:00Z'));
});
