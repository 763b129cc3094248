import { day, daysOf, nthWeekday, wallTime, weekdayOf } from '../civil.ts';
import { weekdays } from '../definition.ts';
import type { Weekday } from '../definition.ts';
import { civilDate, dayIndexes, dayNumber, lastDay } from './recurrence.ts';
import type { CivilDate, DayIndex, DayKind, Recurrence, RecurrencePattern } from './recurrence.ts';

/** The dates of a recurrence, in closed form: nothing is walked. Dates are days since 1970. */
export interface DateSequence {
  /** How many there are; those without an end end in the year 4500. */
  readonly length: number;
  /** Of an index counted from 0, also beyond the length. */
  dayAt(index: number): number;
  /** The first index whose date is this or later; the length may lie before it. */
  indexFrom(days: number): number;
}

type Unbounded = Omit<DateSequence, 'length'>;

const isWeekend = (weekday: number): boolean => weekday === 0 || weekday === 6;

/** Days since 1970 of the nth such day of a month. */
export function relativeDay(year: number, month: number, index: DayIndex, kind: DayKind): number {
  const number = dayIndexes.indexOf(index) + 1;
  const weekday = weekdays.indexOf(kind as Weekday);
  if (weekday >= 0) return nthWeekday(year, month, weekday, number === 5 ? -1 : number);
  const fits = (days: number): boolean => kind === 'Day' || isWeekend(weekdayOf(days)) === (kind === 'WeekendDay');
  const step = number === 5 ? -1 : 1;
  let days = number === 5 ? daysOf(year, month + 1, 1) - 1 : daysOf(year, month, 1);
  for (let left = number === 5 ? 1 : number; ; days += step) {
    if (fits(days) && --left === 0) return days;
  }
}

const clampedDay = (year: number, month: number, dayOfMonth: number): number => Math.min(daysOf(year, month, dayOfMonth), daysOf(year, month + 1, 1) - 1);

function daily(start: number, interval: number): Unbounded {
  return { dayAt: (index) => start + index * interval, indexFrom: (days) => Math.max(0, Math.ceil((days - start) / interval)) };
}

function weekly(start: number, { interval, days, firstDayOfWeek }: RecurrencePattern & { kind: 'weekly' }): Unbounded {
  const first = weekdays.indexOf(firstDayOfWeek);
  const offsets = [...new Set(days.map((each) => (weekdays.indexOf(each) - first + 7) % 7))].sort((a, b) => a - b);
  const into = (weekdayOf(start) - first + 7) % 7;
  const week = start - into;
  const skipped = offsets.filter((offset) => offset < into).length;
  const span = 7 * interval;
  return {
    dayAt: (index) => {
      const position = index + skipped;
      return week + Math.floor(position / offsets.length) * span + (offsets[position % offsets.length] ?? 0);
    },
    indexFrom: (to) => {
      const turn = Math.floor((to - week) / span);
      const rest = to - week - turn * span;
      return Math.max(0, turn * offsets.length + offsets.filter((offset) => offset < rest).length - skipped);
    },
  };
}

/** Months are counted from the year 0. */
function monthly(start: number, firstMonth: number, interval: number, dayIn: (year: number, month: number) => number): Unbounded {
  const dayOf = (month: number): number => dayIn(Math.floor(month / 12), (month % 12) + 1);
  const skipped = dayOf(firstMonth) < start ? 1 : 0;
  return {
    dayAt: (index) => dayOf(firstMonth + (index + skipped) * interval),
    indexFrom: (days) => {
      const { year, month } = wallTime(days * day);
      const position = Math.ceil((year * 12 + month - 1 - firstMonth) / interval);
      return Math.max(0, position - skipped + (dayOf(firstMonth + position * interval) < days ? 1 : 0));
    },
  };
}

function unbounded({ pattern, start }: Recurrence): Unbounded {
  const from = dayNumber(start);
  switch (pattern.kind) {
    case 'daily':
      return daily(from, pattern.interval);
    case 'weekly':
      return weekly(from, pattern);
    case 'absoluteMonthly':
    case 'absoluteYearly': {
      const isYearly = pattern.kind === 'absoluteYearly';
      const firstMonth = start.year * 12 + (isYearly ? pattern.month : start.month) - 1;
      return monthly(from, firstMonth, pattern.interval * (isYearly ? 12 : 1), (year, month) => clampedDay(year, month, pattern.dayOfMonth));
    }
    case 'relativeMonthly':
    case 'relativeYearly': {
      const isYearly = pattern.kind === 'relativeYearly';
      const firstMonth = start.year * 12 + (isYearly ? pattern.month : start.month) - 1;
      return monthly(from, firstMonth, pattern.interval * (isYearly ? 12 : 1), (year, month) => relativeDay(year, month, pattern.index, pattern.day));
    }
    case 'regenerating':
      return { dayAt: () => from, indexFrom: (days) => (days <= from ? 0 : 1) };
  }
}

/**
 * The dates of a valid recurrence. Of a regenerating one only the first is known; see `regeneratedDate`.
 *
 * @example
 * const dates = dateSequence({ pattern: { kind: 'daily', interval: 3 }, start: { year: 2011, month: 4, day: 7 }, range: { kind: 'numbered', count: 10 } });
 * civilDate(dates.dayAt(dates.length - 1)); // { year: 2011, month: 5, day: 4 }
 */
export function dateSequence(recurrence: Recurrence): DateSequence {
  const { range } = recurrence;
  const dates = unbounded(recurrence);
  const most = (): number => {
    if (recurrence.pattern.kind === 'regenerating') return 1;
    if (range.kind === 'endDate') return dates.indexFrom(Math.min(dayNumber(range.end), lastDay) + 1);
    const untilTheEnd = dates.indexFrom(lastDay + 1);
    return range.kind === 'numbered' ? Math.min(range.count, untilTheEnd) : untilTheEnd;
  };
  return { ...dates, length: most() };
}

/** The date of the task that follows one that was completed on this date, a sliding recurrence of [MS-OXOTASK] 2.2.2.2.15. */
export function regeneratedDate({ interval, unit }: RecurrencePattern & { kind: 'regenerating' }, completed: CivilDate): CivilDate {
  if (unit === 'Day' || unit === 'Week') return civilDate(dayNumber(completed) + interval * (unit === 'Week' ? 7 : 1));
  const month = completed.month + interval * (unit === 'Year' ? 12 : 1);
  return civilDate(clampedDay(completed.year, month, completed.day));
}

/** The fewest days from one occurrence to the next. */
export function leastGap({ pattern, start, range }: Recurrence): number {
  if (pattern.kind === 'regenerating') return Infinity;
  // Weeks and months vary little: what comes early shows it, and months are never nearer than 28 days less the shift of a weekday.
  const dates = unbounded({ pattern, start, range });
  const count = pattern.kind === 'weekly' ? pattern.days.length + 1 : pattern.kind === 'daily' ? 1 : 48;
  let least = Infinity;
  for (let index = 0; index < count; index++) least = Math.min(least, dates.dayAt(index + 1) - dates.dayAt(index));
  return least;
}
