import { day, daysOf, wallTime } from '../civil.ts';
import { weekdays } from '../definition.ts';
import type { Weekday } from '../definition.ts';

/** A date of the Gregorian calendar without a time or a zone; month 1 to 12. */
export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Which of the days of a month that qualify. */
export const dayIndexes = ['First', 'Second', 'Third', 'Fourth', 'Last'] as const;
export type DayIndex = (typeof dayIndexes)[number];

/** Which days of a month qualify: one weekday, every day, Monday to Friday, Saturday and Sunday. */
export type DayKind = Weekday | 'Day' | 'Weekday' | 'WeekendDay';
export const dayKinds: readonly DayKind[] = [...weekdays, 'Day', 'Weekday', 'WeekendDay'];

export const regenerationUnits = ['Day', 'Week', 'Month', 'Year'] as const;
export type RegenerationUnit = (typeof regenerationUnits)[number];

/** Every pattern that EWS, ActiveSync and [MS-OXOCAL] 2.2.1.44.1 know of the Gregorian calendar. */
export type RecurrencePattern =
  | { readonly kind: 'daily'; readonly interval: number }
  | { readonly kind: 'weekly'; readonly interval: number; readonly days: readonly Weekday[]; /** Where weeks begin: it matters when the interval is not 1. */ readonly firstDayOfWeek: Weekday }
  | { readonly kind: 'absoluteMonthly'; readonly interval: number; /** 1 to 31; the last day of months that are shorter. */ readonly dayOfMonth: number }
  | { readonly kind: 'relativeMonthly'; readonly interval: number; readonly index: DayIndex; readonly day: DayKind }
  | { readonly kind: 'absoluteYearly'; readonly interval: number; readonly month: number; readonly dayOfMonth: number }
  | { readonly kind: 'relativeYearly'; readonly interval: number; readonly month: number; readonly index: DayIndex; readonly day: DayKind }
  /** Of tasks: the next one is made so long after the one before was completed. */
  | { readonly kind: 'regenerating'; readonly interval: number; readonly unit: RegenerationUnit };

export type RecurrenceRange =
  | { readonly kind: 'noEnd' }
  /** `end` is the last date on which an occurrence may start. */
  | { readonly kind: 'endDate'; readonly end: CivilDate }
  | { readonly kind: 'numbered'; readonly count: number };

export interface Recurrence {
  readonly pattern: RecurrencePattern;
  /** Occurrences fall on this date or later; months and weeks are counted from it. */
  readonly start: CivilDate;
  readonly range: RecurrenceRange;
}

export type RecurrenceFault =
  | 'interval'
  | 'daysOfWeek'
  | 'dayOfMonth'
  | 'month'
  | 'dayIndex'
  | 'count'
  | 'startDate'
  | 'endDate'
  | 'endBeforeStart'
  | 'noOccurrences'
  /** Hijri, Hebrew, lunar calendars. */
  | 'unsupportedCalendar'
  /** What has no counterpart among the patterns. */
  | 'unsupportedPattern';

/** A recurrence that Exchange would not take; protocols have their own words for each reason. */
export class RecurrenceError extends Error {
  override readonly name = 'RecurrenceError';
  readonly reason: RecurrenceFault;
  constructor(reason: RecurrenceFault, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Days since 1970. */
export const dayNumber = ({ year, month, day: ofMonth }: CivilDate): number => daysOf(year, month, ofMonth);

/** The other way. */
export function civilDate(days: number): CivilDate {
  const { year, month, day: ofMonth } = wallTime(days * day);
  return { year, month, day: ofMonth };
}

/** Where a series without an end does end, [MS-OXOCAL] 2.2.1.44.1 EndDate: 31 December 4500. */
export const lastDay: number = daysOf(4500, 12, 31);
const firstDay = daysOf(1601, 1, 1);

const fail = (reason: RecurrenceFault, message: string): never => {
  throw new RecurrenceError(reason, message);
};

const whole = (value: number, least: number, most: number): boolean => Number.isInteger(value) && value >= least && value <= most;

export function isCivilDate(date: CivilDate): boolean {
  if (!whole(date.year, 1601, 4500) || !whole(date.month, 1, 12) || !whole(date.day, 1, 31)) return false;
  const days = dayNumber(date);
  return days >= firstDay && civilDate(days).month === date.month;
}

/** The greatest intervals: what Outlook and Exchange take, 999 days and 99 of the others. */
const mostInterval: { readonly [K in RecurrencePattern['kind']]: number } = {
  daily: 999,
  weekly: 99,
  absoluteMonthly: 99,
  relativeMonthly: 99,
  absoluteYearly: 99,
  relativeYearly: 99,
  regenerating: 999,
};
const mostOccurrences = 999;

function checkPattern(pattern: RecurrencePattern): void {
  const most = mostInterval[pattern.kind];
  if (!whole(pattern.interval, 1, most)) fail('interval', `the interval ${pattern.interval} is not 1 to ${most}`);
  if (pattern.kind === 'weekly' && (pattern.days.length === 0 || !pattern.days.every((each) => weekdays.includes(each)) || !weekdays.includes(pattern.firstDayOfWeek))) {
    fail('daysOfWeek', 'a weekly recurrence needs one day of the week or more');
  }
  if ('dayOfMonth' in pattern && !whole(pattern.dayOfMonth, 1, 31)) fail('dayOfMonth', `no day ${pattern.dayOfMonth} of a month`);
  if ('month' in pattern && !whole(pattern.month, 1, 12)) fail('month', `no month ${pattern.month}`);
  if ('index' in pattern && !dayIndexes.includes(pattern.index)) fail('dayIndex', `no index ${String(pattern.index).slice(0, 40)}`);
  if ('day' in pattern && !dayKinds.includes(pattern.day)) fail('daysOfWeek', `no day ${String(pattern.day).slice(0, 40)}`);
}

/**
 * Says why a recurrence is none, if so. That at least one date lies within the range is for
 * `dateSequence(recurrence).length` to say.
 *
 * @throws RecurrenceError
 */
export function checkRecurrence({ pattern, start, range }: Recurrence): void {
  checkPattern(pattern);
  if (!isCivilDate(start)) fail('startDate', `no date ${start.year}-${start.month}-${start.day}`);
  if (range.kind === 'numbered' && !whole(range.count, 1, mostOccurrences)) fail('count', `${range.count} occurrences are not 1 to ${mostOccurrences}`);
  if (range.kind !== 'endDate') return;
  if (!isCivilDate(range.end)) fail('endDate', `no date ${range.end.year}-${range.end.month}-${range.end.day}`);
  if (dayNumber(range.end) < dayNumber(start)) fail('endBeforeStart', 'the series ends before it starts');
}
