import { daysOf, wallTime, weekdayOf } from '../civil.ts';
import { weekdays } from '../definition.ts';
import type { Weekday } from '../definition.ts';
import { dateSequence } from '../recurrence/date-sequence.ts';
import { checkRecurrence, civilDate, dayIndexes, dayKinds, dayNumber, RecurrenceError, regenerationUnits } from '../recurrence/recurrence.ts';
import type { DayKind, Recurrence, RecurrencePattern, RecurrenceRange } from '../recurrence/recurrence.ts';
import type { RecurrencePatternFields } from './appointment-recur.ts';

const minutesADay = 1440;
const epoch: number = daysOf(1601, 1, 1);

/** Midnight of a day (since 1970) as minutes since 1601. */
export const midnightOf = (days: number): number => (days - epoch) * minutesADay;
/** The day, since 1970, of minutes since 1601. */
export const dayOfMinutes = (minutes: number): number => Math.floor(minutes / minutesADay) + epoch;

const frequencies = { daily: 0x200a, weekly: 0x200b, monthly: 0x200c, yearly: 0x200d } as const;
const endTypes = { endDate: 0x2021, numbered: 0x2022, noEnd: 0x2023 } as const;
/** EndDate of what does not end: 31 December 4500, 23:59. */
const never = 0x5ae980df;
/** What Outlook writes for the number of occurrences of what does not end. */
const countWithoutEnd = 10;

/** [MS-OXOCAL] 2.2.1.44.1.2: bit 0 is Sunday. */
const bitsOf = (days: readonly Weekday[]): number => days.reduce((bits, each) => bits | (1 << weekdays.indexOf(each)), 0);
const kindBits: readonly (readonly [DayKind, number])[] = dayKinds.map((kind) => {
  const single = weekdays.indexOf(kind as Weekday);
  return [kind, single >= 0 ? 1 << single : kind === 'Day' ? 0x7f : kind === 'Weekday' ? 0x3e : 0x41];
});

/** Calendars with the months and days of the Gregorian one, whatever they call the year. */
const gregorian = new Set([0, 1, 2, 3, 4, 5, 7, 9, 10, 11, 12]);

const unsupported = (message: string): RecurrenceError => new RecurrenceError('unsupportedPattern', message);

function regenerating({ recurFrequency, patternType, period }: RecurrencePatternFields): RecurrencePattern {
  const unit = regenerationUnits[recurFrequency - frequencies.daily];
  if (!unit) throw unsupported(`no frequency 0x${recurFrequency.toString(16)}`);
  const size = unit === 'Day' ? minutesADay : unit === 'Week' && patternType === 0 ? 7 * minutesADay : unit === 'Year' ? 12 : 1;
  return { kind: 'regenerating', unit, interval: period / size };
}

function monthPattern(fields: RecurrencePatternFields): RecurrencePattern {
  const { recurFrequency, patternType, period, patternTypeSpecific } = fields;
  const isYearly = recurFrequency === frequencies.yearly;
  const interval = isYearly ? period / 12 : period;
  // Which month it is, is the first one ever: [MS-OXOCAL] 2.2.1.44.1.1.
  const { month } = wallTime(dayOfMinutes(fields.firstDateTime) * 86_400_000);
  if (patternType === 2 || patternType === 4) {
    const dayOfMonth = patternType === 4 ? 31 : (patternTypeSpecific[0] ?? 0);
    return isYearly ? { kind: 'absoluteYearly', interval, month, dayOfMonth } : { kind: 'absoluteMonthly', interval, dayOfMonth };
  }
  const [bits = 0, nth = 0] = patternTypeSpecific;
  const day = kindBits.find(([, each]) => each === (bits & 0x7f))?.[0];
  const index = dayIndexes[nth - 1];
  if (!day) throw unsupported(`a set of weekdays 0x${bits.toString(16)} in a month`);
  if (!index) throw new RecurrenceError('dayIndex', `no index ${nth}`);
  return isYearly ? { kind: 'relativeYearly', interval, month, index, day } : { kind: 'relativeMonthly', interval, index, day };
}

function patternOf(fields: RecurrencePatternFields): RecurrencePattern {
  const { calendarType, patternType, period, patternTypeSpecific, firstDow } = fields;
  if (!gregorian.has(calendarType) || patternType >= 0xa) throw new RecurrenceError('unsupportedCalendar', `calendar ${calendarType} has months of its own`);
  if (fields.slidingFlag !== 0) return regenerating(fields);
  if (patternType === 0) return { kind: 'daily', interval: period / minutesADay };
  if (patternType !== 1) return monthPattern(fields);
  const days = weekdays.filter((_, i) => ((patternTypeSpecific[0] ?? 0) & (1 << i)) !== 0);
  return { kind: 'weekly', interval: period, days, firstDayOfWeek: weekdays[firstDow] ?? 'Sunday' };
}

function rangeOf({ endType, occurrenceCount, endDate }: RecurrencePatternFields): RecurrenceRange {
  if (endType === endTypes.numbered) return { kind: 'numbered', count: occurrenceCount };
  return endType === endTypes.endDate ? { kind: 'endDate', end: civilDate(dayOfMinutes(endDate)) } : { kind: 'noEnd' };
}

/**
 * What the fields mean.
 *
 * @throws RecurrenceError, `unsupportedCalendar` for those of Hijri, Hebrew and lunar calendars
 */
export function recurrenceOfFields(fields: RecurrencePatternFields): Recurrence {
  const recurrence: Recurrence = { pattern: patternOf(fields), start: civilDate(dayOfMinutes(fields.startDate)), range: rangeOf(fields) };
  checkRecurrence(recurrence);
  return recurrence;
}

type Shape = Pick<RecurrencePatternFields, 'recurFrequency' | 'patternType' | 'period' | 'patternTypeSpecific'>;

function monthShape(pattern: Exclude<RecurrencePattern, { kind: 'daily' | 'weekly' | 'regenerating' }>): Shape {
  const isYearly = 'month' in pattern;
  const base = { recurFrequency: isYearly ? frequencies.yearly : frequencies.monthly, period: pattern.interval * (isYearly ? 12 : 1) };
  // The 31st is the last day of any month; Exchange does not write the type of its own for that: [MS-OXCICAL] 2.1.3.2.2.5.
  if ('dayOfMonth' in pattern) return { ...base, patternType: 2, patternTypeSpecific: [pattern.dayOfMonth] };
  const bits = kindBits.find(([kind]) => kind === pattern.day)?.[1] ?? 0;
  return { ...base, patternType: 3, patternTypeSpecific: [bits, dayIndexes.indexOf(pattern.index) + 1] };
}

/** Outlook keeps with a regenerating pattern the day on which it began, of which nothing depends. */
function regeneratingShape({ unit, interval }: RecurrencePattern & { kind: 'regenerating' }, start: number): Shape {
  const recurFrequency = frequencies.daily + regenerationUnits.indexOf(unit);
  if (unit === 'Day') return { recurFrequency, patternType: 0, period: interval * minutesADay, patternTypeSpecific: [] };
  if (unit === 'Week') return { recurFrequency, patternType: 1, period: interval, patternTypeSpecific: [1 << weekdayOf(start)] };
  return { recurFrequency, patternType: 2, period: interval * (unit === 'Year' ? 12 : 1), patternTypeSpecific: [civilDate(start).day] };
}

function shapeOf(pattern: RecurrencePattern, start: number): Shape {
  if (pattern.kind === 'regenerating') return regeneratingShape(pattern, start);
  if (pattern.kind === 'daily') return { recurFrequency: frequencies.daily, patternType: 0, period: pattern.interval * minutesADay, patternTypeSpecific: [] };
  if (pattern.kind === 'weekly') return { recurFrequency: frequencies.weekly, patternType: 1, period: pattern.interval, patternTypeSpecific: [bitsOf(pattern.days)] };
  return monthShape(pattern);
}

/** [MS-OXOCAL] 2.2.1.44.1.1: where the pattern would have begun had it begun in 1601. */
function firstDateTime({ patternType, period }: Shape, start: number, firstDow: number): number {
  if (patternType === 0) return midnightOf(start) % period;
  if (patternType === 1) return midnightOf(start - ((weekdayOf(start) - firstDow + 7) % 7)) % (period * 7 * minutesADay);
  const { year, month } = civilDate(start);
  return midnightOf(daysOf(1601, 1 + (((year - 1601) * 12 + month - 1) % period), 1));
}

/** The fields of a recurrence without exceptions; StartDate is its first date. */
export function fieldsOfRecurrence(recurrence: Recurrence): RecurrencePatternFields {
  checkRecurrence(recurrence);
  const { pattern, range } = recurrence;
  const dates = dateSequence(recurrence);
  const start = pattern.kind === 'regenerating' ? dayNumber(recurrence.start) : dates.dayAt(0);
  const firstDow = pattern.kind === 'weekly' ? weekdays.indexOf(pattern.firstDayOfWeek) : 0;
  const shape = shapeOf(pattern, start);
  const end = range.kind === 'endDate' ? dayNumber(range.end) : dates.dayAt(Math.max(0, dates.length - 1));
  return {
    readerVersion: 0x3004,
    writerVersion: 0x3004,
    ...shape,
    calendarType: 0,
    firstDateTime: firstDateTime(shape, start, firstDow),
    slidingFlag: pattern.kind === 'regenerating' ? 1 : 0,
    endType: endTypes[range.kind],
    occurrenceCount: range.kind === 'noEnd' ? countWithoutEnd : range.kind === 'numbered' ? range.count : dates.length,
    firstDow,
    deletedInstanceDates: [],
    modifiedInstanceDates: [],
    startDate: midnightOf(start),
    endDate: range.kind === 'noEnd' ? never : midnightOf(end),
  };
}
