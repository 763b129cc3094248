import fc from 'fast-check';
import ICAL from 'ical.js';
import { day } from '../civil.ts';
import { checkRecurrence, civilDate, dateSequence, dayIndexes, dayKinds, dayNumber, formatRecurrenceRule, parseRecurrenceRule, RecurrenceError, regeneratedDate, timeZone, weekdays } from '../index.ts';
import type { CivilDate, Recurrence, RecurrencePattern, RecurrenceRange } from '../index.ts';

const date = (text: string): CivilDate => {
  const [year = 0, month = 0, dayOfMonth = 0] = text.split('-').map(Number);
  return { year, month, day: dayOfMonth };
};
const text = (days: number): string => new Date(days * day).toISOString().slice(0, 10);
const noEnd: RecurrenceRange = { kind: 'noEnd' };
const recur = (pattern: RecurrencePattern, start: string, range: RecurrenceRange = noEnd): Recurrence => ({ pattern, start: date(start), range });
const reasonOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof RecurrenceError) return error.reason;
    throw error;
  }
  return 'none';
};

const patterns: fc.Arbitrary<RecurrencePattern> = fc.oneof(
  fc.record({ kind: fc.constant('daily' as const), interval: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ kind: fc.constant('weekly' as const), interval: fc.integer({ min: 1, max: 9 }), days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }), firstDayOfWeek: fc.constantFrom(...weekdays) }),
  fc.record({ kind: fc.constant('absoluteMonthly' as const), interval: fc.integer({ min: 1, max: 14 }), dayOfMonth: fc.integer({ min: 1, max: 31 }) }),
  fc.record({ kind: fc.constant('relativeMonthly' as const), interval: fc.integer({ min: 1, max: 14 }), index: fc.constantFrom(...dayIndexes), day: fc.constantFrom(...dayKinds) }),
  fc.record({ kind: fc.constant('absoluteYearly' as const), interval: fc.integer({ min: 1, max: 4 }), month: fc.integer({ min: 1, max: 12 }), dayOfMonth: fc.integer({ min: 1, max: 31 }) }),
  fc.record({ kind: fc.constant('relativeYearly' as const), interval: fc.integer({ min: 1, max: 4 }), month: fc.integer({ min: 1, max: 12 }), index: fc.constantFrom(...dayIndexes), day: fc.constantFrom(...dayKinds) }),
);
const starts = fc.integer({ min: dayNumber(date('1975-01-01')), max: dayNumber(date('2060-12-31')) });

/** What ical.js makes of a rule. */
function expandedByIcal(rule: string, first: number, count: number): readonly string[] {
  const iterator = ICAL.Recur.fromString(rule).iterator(ICAL.Time.fromDateString(text(first)));
  const dates: string[] = [];
  // ical.js 2.2.1 leaves BYSETPOS out of account beside BYMONTHDAY: the last of each month is taken here.
  const isLastOnly = /BYMONTHDAY=.*BYSETPOS=-1/.test(rule);
  for (let next = iterator.next(); next && dates.length <= count; next = iterator.next()) {
    if (isLastOnly && dates.at(-1)?.slice(0, 7) === next.toString().slice(0, 7)) dates.pop();
    dates.push(next.toString());
  }
  return dates.slice(0, count);
}

describe('dates of a recurrence', () => {
  it.each<[string, Recurrence, readonly string[]]>([
    ['every third day', recur({ kind: 'daily', interval: 3 }, '2011-04-07'), ['2011-04-07', '2011-04-10', '2011-04-13']],
    ['Monday, Thursday, Friday', recur({ kind: 'weekly', interval: 1, days: ['Friday', 'Monday', 'Thursday'], firstDayOfWeek: 'Sunday' }, '2007-03-26'), ['2007-03-26', '2007-03-29', '2007-03-30', '2007-04-02']],
    ['every other week from its middle', recur({ kind: 'weekly', interval: 2, days: ['Tuesday', 'Sunday'], firstDayOfWeek: 'Monday' }, '1997-08-06'), ['1997-08-10', '1997-08-19', '1997-08-24']],
    ['the same with weeks from Sunday', recur({ kind: 'weekly', interval: 2, days: ['Tuesday', 'Sunday'], firstDayOfWeek: 'Sunday' }, '1997-08-06'), ['1997-08-17', '1997-08-19', '1997-08-31']],
    ['the 31st, or the last', recur({ kind: 'absoluteMonthly', interval: 1, dayOfMonth: 31 }, '2026-01-31'), ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30']],
    ['a day that has passed', recur({ kind: 'absoluteMonthly', interval: 2, dayOfMonth: 5 }, '2026-01-06'), ['2026-03-05', '2026-05-05']],
    ['the second Tuesday', recur({ kind: 'relativeMonthly', interval: 1, index: 'Second', day: 'Tuesday' }, '2026-01-01'), ['2026-01-13', '2026-02-10']],
    ['the last weekday', recur({ kind: 'relativeMonthly', interval: 1, index: 'Last', day: 'Weekday' }, '2026-01-01'), ['2026-01-30', '2026-02-27']],
    ['the first weekend day', recur({ kind: 'relativeMonthly', interval: 1, index: 'First', day: 'WeekendDay' }, '2026-01-01'), ['2026-01-03', '2026-02-01']],
    ['29 February', recur({ kind: 'absoluteYearly', interval: 1, month: 2, dayOfMonth: 29 }, '2027-01-01'), ['2027-02-28', '2028-02-29']],
    ['the first Monday of September, next year', recur({ kind: 'relativeYearly', interval: 1, month: 9, index: 'First', day: 'Monday' }, '2026-09-08'), ['2027-09-06', '2028-09-04']],
  ])('%s', (_, recurrence, expected) => {
    const dates = dateSequence(recurrence);
    expect(expected.map((_each, i) => text(dates.dayAt(i)))).toEqual(expected);
  });

  it.each<[string, RecurrenceRange, number]>([
    ['by number', { kind: 'numbered', count: 10 }, 10],
    ['by date', { kind: 'endDate', end: date('2011-05-04') }, 10],
    ['by the date before', { kind: 'endDate', end: date('2011-05-03') }, 9],
    ['in the year 4500', noEnd, Math.floor((Date.UTC(4500, 11, 31) - Date.UTC(2011, 3, 7)) / day / 3) + 1],
  ])('end %s', (_, range, length) => expect(dateSequence(recur({ kind: 'daily', interval: 3 }, '2011-04-07', range)).length).toBe(length));

  it('are those that ical.js finds', () => {
    fc.assert(
      fc.property(patterns, starts, (pattern, start) => {
        const recurrence: Recurrence = { pattern, start: civilDate(start), range: noEnd };
        const dates = dateSequence(recurrence);
        const count = 12;
        // ical.js takes DTSTART for an occurrence in some rules, so it is started on one.
        const first = dates.dayAt(0);
        const ours = Array.from({ length: count }, (_each, i) => text(dates.dayAt(i)));
        // ical.js 2.2.1 passes over the first of a yearly BYMONTHDAY=-1: twelve months are the same.
        const rule = formatRecurrenceRule(recurrence, { exact: true }).replace(/^FREQ=YEARLY;INTERVAL=(\d+);BYMONTHDAY=-1;BYMONTH=\d+$/, (_all, years) => `FREQ=MONTHLY;INTERVAL=${Number(years) * 12};BYMONTHDAY=-1`);
        expect(ours).toEqual(expandedByIcal(rule, first, count));
      }),
      { numRuns: 800 },
    );
  });

  it('are found by date as by index', () => {
    fc.assert(
      fc.property(patterns, starts, fc.nat(400), fc.integer({ min: 0, max: 60 }), (pattern, start, index, before) => {
        const dates = dateSequence({ pattern, start: civilDate(start), range: noEnd });
        const at = dates.dayAt(index);
        expect(dates.indexFrom(at)).toBe(index);
        expect(dates.dayAt(index + 1)).toBeGreaterThan(at);
        const found = dates.indexFrom(at - before);
        expect(dates.dayAt(found)).toBeGreaterThanOrEqual(at - before);
        if (found > 0) expect(dates.dayAt(found - 1)).toBeLessThan(at - before);
      }),
    );
  });

  it.each<[RecurrencePattern & { kind: 'regenerating' }, string, string]>([
    [{ kind: 'regenerating', unit: 'Day', interval: 10 }, '2026-01-25', '2026-02-04'],
    [{ kind: 'regenerating', unit: 'Week', interval: 2 }, '2026-01-25', '2026-02-08'],
    [{ kind: 'regenerating', unit: 'Month', interval: 1 }, '2026-01-31', '2026-02-28'],
    [{ kind: 'regenerating', unit: 'Year', interval: 1 }, '2024-02-29', '2025-02-28'],
  ])('%j completed %s comes again %s', (pattern, completed, next) => expect(regeneratedDate(pattern, date(completed))).toEqual(date(next)));
});

describe('a recurrence is refused', () => {
  it.each<[string, Recurrence]>([
    ['interval', recur({ kind: 'daily', interval: 0 }, '2026-01-01')],
    ['interval', recur({ kind: 'daily', interval: 1000 }, '2026-01-01')],
    ['interval', recur({ kind: 'absoluteMonthly', interval: 1.5, dayOfMonth: 1 }, '2026-01-01')],
    ['interval', recur({ kind: 'weekly', interval: Number.NaN, days: ['Monday'], firstDayOfWeek: 'Monday' }, '2026-01-01')],
    ['daysOfWeek', recur({ kind: 'weekly', interval: 1, days: [], firstDayOfWeek: 'Monday' }, '2026-01-01')],
    ['daysOfWeek', recur({ kind: 'relativeMonthly', interval: 1, index: 'First', day: 'Someday' as 'Day' }, '2026-01-01')],
    ['dayOfMonth', recur({ kind: 'absoluteMonthly', interval: 1, dayOfMonth: 32 }, '2026-01-01')],
    ['month', recur({ kind: 'absoluteYearly', interval: 1, month: 13, dayOfMonth: 1 }, '2026-01-01')],
    ['dayIndex', recur({ kind: 'relativeMonthly', interval: 1, index: 'Fifth' as 'Last', day: 'Day' }, '2026-01-01')],
    ['startDate', recur({ kind: 'daily', interval: 1 }, '2026-02-30')],
    ['startDate', recur({ kind: 'daily', interval: 1 }, '1600-01-01')],
    ['count', recur({ kind: 'daily', interval: 1 }, '2026-01-01', { kind: 'numbered', count: 0 })],
    ['count', recur({ kind: 'daily', interval: 1 }, '2026-01-01', { kind: 'numbered', count: 1000 })],
    ['endDate', recur({ kind: 'daily', interval: 1 }, '2026-01-01', { kind: 'endDate', end: date('2026-13-01') })],
    ['endBeforeStart', recur({ kind: 'daily', interval: 1 }, '2026-01-02', { kind: 'endDate', end: date('2026-01-01') })],
  ])('for its %s', (reason, recurrence) => expect(reasonOf(() => checkRecurrence(recurrence))).toBe(reason));
});

describe('RRULE', () => {
  const start = date('2026-09-15');
  it.each<[string, string, Partial<RecurrencePattern>]>([
    ['days', 'FREQ=DAILY;COUNT=10;INTERVAL=3', { kind: 'daily', interval: 3 }],
    ['weeks', 'FREQ=WEEKLY;COUNT=12;INTERVAL=1;BYDAY=MO,TH,FR;WKST=SU', { kind: 'weekly', days: ['Monday', 'Thursday', 'Friday'], firstDayOfWeek: 'Sunday' }],
    ['a day of the month', 'FREQ=MONTHLY;UNTIL=20271231;INTERVAL=1;BYMONTHDAY=12', { kind: 'absoluteMonthly', dayOfMonth: 12 }],
    ['its last day', 'FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=-1', { kind: 'absoluteMonthly', dayOfMonth: 31 }],
    ['a weekday of the month', 'FREQ=MONTHLY;INTERVAL=1;BYDAY=2TU', { kind: 'relativeMonthly', index: 'Second', day: 'Tuesday' }],
    ['the last weekday', 'FREQ=MONTHLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', { kind: 'relativeMonthly', index: 'Last', day: 'Weekday' }],
    ['a date', 'FREQ=YEARLY;INTERVAL=1;BYMONTHDAY=24;BYMONTH=12', { kind: 'absoluteYearly', month: 12, dayOfMonth: 24 }],
    ['a weekday of a month', 'FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3', { kind: 'relativeYearly', month: 3, index: 'Last', day: 'Sunday' }],
  ])('of %s is read, and written as Exchange writes it', (_, rule, pattern) => {
    const recurrence = parseRecurrenceRule(rule, { start });
    expect(recurrence.pattern).toMatchObject(pattern);
    expect(formatRecurrenceRule(recurrence)).toBe(rule);
  });

  it.each<[string, string]>([
    ['FREQ=DAILY', 'FREQ=DAILY;INTERVAL=1'],
    ['freq=weekly', 'FREQ=WEEKLY;INTERVAL=1;BYDAY=TU;WKST=MO'],
    ['FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR', 'FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,TU,WE,TH,FR;WKST=MO'],
    ['FREQ=MONTHLY', 'FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=15'],
    ['FREQ=MONTHLY;BYDAY=TU;BYSETPOS=3', 'FREQ=MONTHLY;INTERVAL=1;BYDAY=3TU'],
    ['FREQ=YEARLY;BYMONTHDAY=10;BYMONTH=1;BYMINUTE=30;BYHOUR=15', 'FREQ=YEARLY;INTERVAL=1;BYMONTHDAY=10;BYMONTH=1'],
    ['FREQ=YEARLY', 'FREQ=YEARLY;INTERVAL=1;BYMONTHDAY=15;BYMONTH=9'],
    ['FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1', 'FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=30'],
    ['FREQ=DAILY;X-OWN=1;COUNT=3;', 'FREQ=DAILY;COUNT=3;INTERVAL=1'],
  ])('%s means %s', (rule, meant) => expect(formatRecurrenceRule(parseRecurrenceRule(rule, { start }))).toBe(meant));

  it('UNTIL is a date of the zone', () => {
    const zone = timeZone('Tokyo Standard Time');
    expect(parseRecurrenceRule('FREQ=DAILY;UNTIL=20261231T200000Z', { start, zone }).range).toEqual({ kind: 'endDate', end: date('2027-01-01') });
    const nine = 9 * 3_600_000;
    const until = (rule: string, timeOfDay: number): unknown => parseRecurrenceRule(rule, { start, zone, timeOfDay }).range;
    expect(until('FREQ=DAILY;UNTIL=20261231T000000Z', nine)).toEqual({ kind: 'endDate', end: date('2026-12-31') });
    expect(until('FREQ=DAILY;UNTIL=20261231T000000Z', nine + 1)).toEqual({ kind: 'endDate', end: date('2026-12-30') });
    expect(until('FREQ=DAILY;UNTIL=20260914T150000Z', nine)).toEqual({ kind: 'endDate', end: start });
    expect(parseRecurrenceRule('FREQ=DAILY;UNTIL=20261231T200000', { start, zone }).range).toEqual({ kind: 'endDate', end: date('2026-12-31') });
  });

  it.each([
    ['FREQ=HOURLY', 'unsupportedPattern'],
    ['', 'unsupportedPattern'],
    ['garbage', 'unsupportedPattern'],
    ['FREQ=DAILY;BYHOUR=8,9', 'unsupportedPattern'],
    ['FREQ=DAILY;BYYEARDAY=8', 'unsupportedPattern'],
    ['FREQ=DAILY;INTERVAL=2;BYDAY=MO', 'unsupportedPattern'],
    ['FREQ=MONTHLY;BYMONTHDAY=1,15', 'unsupportedPattern'],
    ['FREQ=MONTHLY;BYDAY=5FR', 'unsupportedPattern'],
    ['FREQ=MONTHLY;BYDAY=1MO,3MO', 'unsupportedPattern'],
    ['FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1', 'unsupportedPattern'],
    ['FREQ=YEARLY;BYMONTH=1,7', 'unsupportedPattern'],
    ['FREQ=YEARLY;BYDAY=20MO', 'unsupportedPattern'],
    ['FREQ=WEEKLY;BYDAY=XX', 'unsupportedPattern'],
    ['RSCALE=HEBREW;FREQ=YEARLY', 'unsupportedCalendar'],
    ['FREQ=DAILY;INTERVAL=0', 'interval'],
    ['FREQ=DAILY;COUNT=100000', 'count'],
    ['FREQ=DAILY;UNTIL=soon', 'endDate'],
    ['FREQ=DAILY;UNTIL=20260101', 'endBeforeStart'],
  ])('%s is refused: %s', (rule, reason) => expect(reasonOf(() => parseRecurrenceRule(rule, { start }))).toBe(reason));

  it('survives writing and reading', () => {
    fc.assert(
      fc.property(patterns, starts, fc.option(fc.integer({ min: 1, max: 999 })), (pattern, first, count) => {
        const recurrence: Recurrence = { pattern, start: civilDate(first), range: count === null ? { kind: 'endDate', end: civilDate(first + 1000) } : { kind: 'numbered', count } };
        const read = parseRecurrenceRule(formatRecurrenceRule(recurrence), { start: recurrence.start });
        const sorted = pattern.kind === 'weekly' ? { ...pattern, days: weekdays.filter((each) => pattern.days.includes(each)) } : pattern;
        expect(read.range).toEqual(recurrence.range);
        expect({ firstDayOfWeek: 0, ...read.pattern }).toEqual({ firstDayOfWeek: 0, ...sorted });
      }),
    );
  });

  it('of any text is read or refused, never more', () => {
    const pieces = fc.constantFrom('FREQ=', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY', ';', '=', 'BYDAY=', 'MO', '-1', '99999999', 'BYMONTHDAY=', 'BYSETPOS=', 'UNTIL=', '20260230', 'T', 'Z', ',', 'INTERVAL=', 'COUNT=', 'WKST=', '\0', '__proto__');
    fc.assert(fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => expect(typeof reasonOf(() => parseRecurrenceRule(parts.join(''), { start }))).toBe('string')));
  });
});
