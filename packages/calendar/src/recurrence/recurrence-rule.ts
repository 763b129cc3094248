import { day, daysOf, wallTime, weekdayOf } from '../civil.ts';
import { weekdays } from '../definition.ts';
import type { Weekday } from '../definition.ts';
import type { TimeZone } from '../time-zone.ts';
import { checkRecurrence, civilDate, dayIndexes, dayNumber, RecurrenceError } from './recurrence.ts';
import type { CivilDate, DayIndex, DayKind, Recurrence, RecurrencePattern, RecurrenceRange } from './recurrence.ts';

/** Of the days of the week, Sunday first. */
export const codes = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;
const codeOf = (weekday: Weekday): string => codes[weekdays.indexOf(weekday)] ?? 'MO';

const workDays = 'MO,TU,WE,TH,FR';
const weekendDays = 'SU,SA';
const sets: { readonly [K in DayKind]?: string } = { Day: `SU,${workDays},SA`, Weekday: workDays, WeekendDay: weekendDays };

const unsupported = (message: string): RecurrenceError => new RecurrenceError('unsupportedPattern', message);

export const pad = (value: number, size = 2): string => String(value).padStart(size, '0');
/** `20261231`. */
export const formatDate = (date: CivilDate): string => `${pad(date.year, 4)}${pad(date.month)}${pad(date.day)}`;

export interface RuleOptions {
  /** UNTIL of an end date; by default the date itself. Exchange writes the UTC time of the last start. */
  readonly until?: ((end: CivilDate) => string) | undefined;
  /**
   * Exchange moves the 30th of a month to its last day when it has none, but writes `BYMONTHDAY=30`, which
   * leaves such months out. `exact` writes what really happens.
   */
  readonly exact?: boolean | undefined;
}

function monthDay(dayOfMonth: number, exact: boolean): string {
  if (dayOfMonth === 31) return 'BYMONTHDAY=-1';
  if (!exact || dayOfMonth <= 28) return `BYMONTHDAY=${dayOfMonth}`;
  return `BYMONTHDAY=${[28, 29, 30].filter((each) => each <= dayOfMonth).join(',')};BYSETPOS=-1`;
}

function relative(index: DayIndex, kind: DayKind): string {
  const position = index === 'Last' ? -1 : dayIndexes.indexOf(index) + 1;
  const set = sets[kind];
  return set === undefined ? `BYDAY=${position}${codeOf(kind as Weekday)}` : `BYDAY=${set};BYSETPOS=${position}`;
}

function ruleParts(pattern: RecurrencePattern, exact: boolean): readonly [frequency: string, rest: string] {
  switch (pattern.kind) {
    case 'daily':
      return ['DAILY', ''];
    case 'weekly':
      return ['WEEKLY', `BYDAY=${[...pattern.days].sort((a, b) => weekdays.indexOf(a) - weekdays.indexOf(b)).map(codeOf).join(',')};WKST=${codeOf(pattern.firstDayOfWeek)}`];
    case 'absoluteMonthly':
      return ['MONTHLY', monthDay(pattern.dayOfMonth, exact)];
    case 'relativeMonthly':
      return ['MONTHLY', relative(pattern.index, pattern.day)];
    case 'absoluteYearly':
      // Only February lacks days that another year, or the number 31, does not say already.
      return ['YEARLY', `${monthDay(exact && pattern.month === 2 && pattern.dayOfMonth > 28 ? 31 : pattern.dayOfMonth, false)};BYMONTH=${pattern.month}`];
    case 'relativeYearly':
      return ['YEARLY', `${relative(pattern.index, pattern.day)};BYMONTH=${pattern.month}`];
    case 'regenerating':
      throw unsupported('iCalendar has no regenerating recurrence');
  }
}

/**
 * The value of an RRULE, its parts in the order in which Exchange writes them.
 *
 * @throws RecurrenceError `unsupportedPattern` for a regenerating one
 * @example
 * formatRecurrenceRule(recurrence); // 'FREQ=WEEKLY;COUNT=12;INTERVAL=1;BYDAY=MO,TH,FR;WKST=SU'
 */
export function formatRecurrenceRule({ pattern, range }: Recurrence, { until = formatDate, exact = false }: RuleOptions = {}): string {
  const [frequency, rest] = ruleParts(pattern, exact);
  const end = range.kind === 'numbered' ? `COUNT=${range.count};` : range.kind === 'endDate' ? `UNTIL=${until(range.end)};` : '';
  return `FREQ=${frequency};${end}INTERVAL=${pattern.interval}${rest ? `;${rest}` : ''}`;
}

const known = new Set(['FREQ', 'UNTIL', 'COUNT', 'INTERVAL', 'BYDAY', 'BYMONTHDAY', 'BYMONTH', 'BYSETPOS', 'WKST']);
/** With one value they say again when the event starts: [MS-OXCICAL] 2.1.3.2.2 has them in its examples. */
const timesOfDay = new Set(['BYHOUR', 'BYMINUTE', 'BYSECOND']);

type Parts = ReadonlyMap<string, string>;

function split(rule: string): Parts {
  if (rule.length > 2000) throw unsupported('a recurrence rule of more than 2000 characters');
  const parts = new Map<string, string>();
  for (const part of rule.split(';')) {
    const [name = '', value = ''] = part.trim().toUpperCase().split('=', 2);
    if (name === '') continue;
    // What is unknown is refused when it would change the days, and passed over when it is somebody's extension.
    if (name === 'RSCALE' && value !== 'GREGORIAN') throw new RecurrenceError('unsupportedCalendar', `the calendar ${value.slice(0, 40)}`);
    const isPassedOver = name.startsWith('X-') || name === 'RSCALE' || (timesOfDay.has(name) && /^\d{1,2}$/.test(value));
    if (!known.has(name) && !isPassedOver) throw unsupported(`no counterpart of ${name.slice(0, 40)}`);
    parts.set(name, value);
  }
  return parts;
}

function numbers(parts: Parts, name: string): readonly number[] | undefined {
  const text = parts.get(name);
  if (text === undefined) return undefined;
  const values = text.split(',').map(Number);
  if (!/^[+-]?\d{1,6}(,[+-]?\d{1,6})*$/.test(text)) throw unsupported(`${name} of ${text.slice(0, 40)}`);
  return values;
}

function only(parts: Parts, name: string): number | undefined {
  const values = numbers(parts, name);
  if (values && values.length > 1) throw unsupported(`more than one ${name}`);
  return values?.[0];
}

interface ByDay {
  readonly days: readonly Weekday[];
  readonly position?: number | undefined;
}

function byDay(parts: Parts): ByDay | undefined {
  const text = parts.get('BYDAY');
  if (text === undefined) return undefined;
  const days = text.split(',').map((each) => {
    const [, position, code = ''] = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(each.trim()) ?? [];
    const weekday = weekdays[codes.indexOf(code as (typeof codes)[number])];
    if (!weekday) throw unsupported(`BYDAY of ${text.slice(0, 40)}`);
    return { weekday, position: position === undefined ? undefined : Number(position) };
  });
  const positions = new Set(days.map(({ position }) => position));
  if (positions.size > 1 || (days.length > 1 && days[0]?.position !== undefined)) throw unsupported('days of different positions');
  return { days: days.map(({ weekday }) => weekday), position: days[0]?.position };
}

function indexAt(position: number): DayIndex {
  const index = position === -1 ? 'Last' : position >= 1 && position <= 4 ? dayIndexes[position - 1] : undefined;
  if (!index) throw unsupported(`position ${position}`);
  return index;
}

function kindOf(days: readonly Weekday[]): DayKind {
  const [single] = days;
  if (days.length === 1 && single) return single;
  const text = (list: readonly string[]): string => [...list].sort().join();
  const given = text([...new Set(days)].map(codeOf));
  const found = Object.entries(sets).find(([, set]) => text(set.split(',')) === given)?.[0];
  if (!found) throw unsupported('a set of weekdays in a month');
  return found as DayKind;
}

/** The day of a month that BYMONTHDAY means: the last of it is the 31st of Exchange. */
function dayOfMonth(parts: Parts, start: CivilDate): number {
  const list = numbers(parts, 'BYMONTHDAY');
  if (!list) return start.day;
  const [first = 0] = list;
  if (list.length === 1) {
    if (first === -1) return 31;
    if (first < 1 || first > 31) throw unsupported(`day ${first} of a month`);
    return first;
  }
  const sorted = [...list].sort((a, b) => a - b);
  const isRun = sorted[0] === 28 && sorted.every((each, i) => each === 28 + i) && sorted.length <= 4;
  if (!isRun || only(parts, 'BYSETPOS') !== -1) throw unsupported('more than one day of a month');
  return sorted[sorted.length - 1] ?? 31;
}

function monthly(parts: Parts, start: CivilDate, interval: number): RecurrencePattern {
  const days = byDay(parts);
  if (!days) return { kind: 'absoluteMonthly', interval, dayOfMonth: dayOfMonth(parts, start) };
  if (parts.has('BYMONTHDAY')) throw unsupported('BYDAY and BYMONTHDAY');
  const position = days.position ?? only(parts, 'BYSETPOS');
  if (position === undefined) throw unsupported('weekdays of a month without a position');
  return { kind: 'relativeMonthly', interval, index: indexAt(position), day: kindOf(days.days) };
}

function yearly(parts: Parts, start: CivilDate, interval: number): RecurrencePattern {
  const month = only(parts, 'BYMONTH') ?? start.month;
  const pattern = monthly(parts, start, interval);
  if (pattern.kind === 'relativeMonthly') {
    if (!parts.has('BYMONTH')) throw unsupported('weekdays of a year');
    return { ...pattern, kind: 'relativeYearly', month };
  }
  if (pattern.kind !== 'absoluteMonthly') throw unsupported('a yearly rule');
  return { ...pattern, kind: 'absoluteYearly', month };
}

function patternOf(parts: Parts, start: CivilDate): RecurrencePattern {
  const interval = only(parts, 'INTERVAL') ?? 1;
  const frequency = parts.get('FREQ');
  const weekStart = weekdays[codes.indexOf((parts.get('WKST') ?? 'MO') as (typeof codes)[number])] ?? 'Monday';
  if (frequency !== 'YEARLY' && parts.has('BYMONTH')) throw unsupported('BYMONTH in other than yearly rules');
  if (frequency === 'MONTHLY') return monthly(parts, start, interval);
  if (frequency === 'YEARLY') return yearly(parts, start, interval);
  const days = byDay(parts);
  if (parts.has('BYMONTHDAY') || parts.has('BYSETPOS') || days?.position !== undefined) throw unsupported('positions in daily and weekly rules');
  const given = days && [...new Set(days.days)];
  if (frequency === 'DAILY') {
    if (!given) return { kind: 'daily', interval };
    // Every day that is a Monday to Friday: a week's pattern.
    if (interval !== 1) throw unsupported('some of every few days');
    return { kind: 'weekly', interval, days: given, firstDayOfWeek: weekStart };
  }
  if (frequency !== 'WEEKLY') throw unsupported(`frequency ${String(frequency).slice(0, 40)}`);
  const startsOn = weekdays[weekdayOf(dayNumber(start))] ?? 'Monday';
  return { kind: 'weekly', interval, days: given ?? [startsOn], firstDayOfWeek: weekStart };
}

/** What a rule leaves to the event that has it. */
export interface RuleContext {
  /** The date of DTSTART, which fills what the rule leaves out. */
  readonly start: CivilDate;
  /** In which UNTIL is a date. */
  readonly zone?: TimeZone | undefined;
  /** Milliseconds after midnight at which occurrences start: the day of UNTIL is the last one only if that is not after it. */
  readonly timeOfDay?: number | undefined;
}

function rangeOf(parts: Parts, { start, zone, timeOfDay = 0 }: RuleContext): RecurrenceRange {
  const count = only(parts, 'COUNT');
  if (count !== undefined) return { kind: 'numbered', count };
  const text = parts.get('UNTIL');
  if (text === undefined) return { kind: 'noEnd' };
  const [, year, month, ofMonth, hour = '0', minute = '0', second = '0', utc] = /^(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d):?(\d\d)(Z)?)?$/.exec(text) ?? [];
  if (year === undefined) throw new RecurrenceError('endDate', `UNTIL of ${text.slice(0, 40)}`);
  const end: CivilDate = { year: Number(year), month: Number(month), day: Number(ofMonth) };
  if (!utc || !zone) return { kind: 'endDate', end };
  const at = daysOf(end.year, end.month, end.day) * day + (Number(hour) * 3600 + Number(minute) * 60 + Number(second)) * 1000;
  const local = zone.toLocal(at);
  const until = dayNumber(local);
  const isTooEarly = zone.toUtc(wallTime(until * day + timeOfDay)) > at;
  // The first occurrence is there whatever UNTIL says.
  return { kind: 'endDate', end: civilDate(isTooEarly && until > dayNumber(start) ? until - 1 : until) };
}

/**
 * The recurrence that an RRULE means, as far as Exchange has patterns for it.
 *
 * @throws RecurrenceError
 */
export function parseRecurrenceRule(rule: string, context: RuleContext): Recurrence {
  const parts = split(rule);
  const recurrence: Recurrence = { pattern: patternOf(parts, context.start), start: context.start, range: rangeOf(parts, context) };
  checkRecurrence(recurrence);
  return recurrence;
}
