import { checkRecurrence, dateSequence, RecurrenceError, weekdays, type CivilDate, type Recurrence, type RecurrenceFault, type RecurrencePattern, type RecurrenceRange, type Weekday } from '@fauxchange/calendar';
import { EwsError } from '../errors.ts';
import type { MonthNamesType, ResponseCodeType, TaskRecurrenceType } from '../schema/types.generated.ts';

const months: readonly MonthNamesType[] = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

const codes: { readonly [F in RecurrenceFault]?: ResponseCodeType } = {
  noOccurrences: 'ErrorRecurrenceHasNoOccurrence', endDate: 'ErrorRecurrenceEndDateTooBig', endBeforeStart: 'ErrorCalendarEndDateIsEarlierThanStartDate',
};

/**
 * The recurrence of a request. RecurrenceType of appointments is a part of TaskRecurrenceType.
 *
 * @throws EwsError ErrorCalendarInvalidRecurrence and what is more exact than that
 */
export function decodeRecurrence(sent: TaskRecurrenceType): Recurrence {
  const pattern = patternOf(sent);
  const range = sent.NoEndRecurrence ?? sent.EndDateRecurrence ?? sent.NumberedRecurrence;
  if (!pattern || !range) throw new EwsError('ErrorCalendarInvalidRecurrence');
  const recurrence: Recurrence = { pattern, start: decodeDate(range.StartDate), range: rangeOf(sent) };
  try {
    checkRecurrence(recurrence);
  } catch (thrown) {
    throw thrown instanceof RecurrenceError ? new EwsError(codes[thrown.reason] ?? 'ErrorCalendarInvalidRecurrence', thrown.message) : thrown;
  }
  if (dateSequence(recurrence).length < 1) throw new EwsError('ErrorRecurrenceHasNoOccurrence');
  return recurrence;
}

/** xs:date; its zone is that of nobody: a day is a day. */
function decodeDate(text: string): CivilDate {
  const match = /^(\d{4})-(\d\d)-(\d\d)/.exec(text.trim());
  if (!match) throw new EwsError('ErrorInvalidValueForProperty');
  return { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
}

function rangeOf({ EndDateRecurrence, NumberedRecurrence }: TaskRecurrenceType): RecurrenceRange {
  if (EndDateRecurrence) return { kind: 'endDate', end: decodeDate(EndDateRecurrence.EndDate) };
  return NumberedRecurrence ? { kind: 'numbered', count: NumberedRecurrence.NumberOfOccurrences } : { kind: 'noEnd' };
}

const monthOf = (name: MonthNamesType): number => months.indexOf(name) + 1;

function patternOf(sent: TaskRecurrenceType): RecurrencePattern | undefined {
  const { RelativeYearlyRecurrence: yearlyDay, AbsoluteYearlyRecurrence: yearly, RelativeMonthlyRecurrence: monthlyDay, AbsoluteMonthlyRecurrence: monthly } = sent;
  if (yearlyDay) return { kind: 'relativeYearly', interval: 1, month: monthOf(yearlyDay.Month), index: yearlyDay.DayOfWeekIndex, day: yearlyDay.DaysOfWeek };
  if (yearly) return { kind: 'absoluteYearly', interval: 1, month: monthOf(yearly.Month), dayOfMonth: yearly.DayOfMonth };
  if (monthlyDay) return { kind: 'relativeMonthly', interval: monthlyDay.Interval, index: monthlyDay.DayOfWeekIndex, day: monthlyDay.DaysOfWeek };
  if (monthly) return { kind: 'absoluteMonthly', interval: monthly.Interval, dayOfMonth: monthly.DayOfMonth };
  const { WeeklyRecurrence: weekly, DailyRecurrence: daily } = sent;
  if (weekly) return { kind: 'weekly', interval: weekly.Interval, days: weekdaysOf(weekly.DaysOfWeek), firstDayOfWeek: (weekly.FirstDayOfWeek as Weekday | undefined) ?? 'Sunday' };
  return daily ? { kind: 'daily', interval: daily.Interval } : regenerationOf(sent);
}

function regenerationOf({ DailyRegeneration, WeeklyRegeneration, MonthlyRegeneration, YearlyRegeneration }: TaskRecurrenceType): RecurrencePattern | undefined {
  if (DailyRegeneration) return { kind: 'regenerating', unit: 'Day', interval: DailyRegeneration.Interval };
  if (WeeklyRegeneration) return { kind: 'regenerating', unit: 'Week', interval: WeeklyRegeneration.Interval };
  if (MonthlyRegeneration) return { kind: 'regenerating', unit: 'Month', interval: MonthlyRegeneration.Interval };
  return YearlyRegeneration && { kind: 'regenerating', unit: 'Year', interval: YearlyRegeneration.Interval };
}

/** Day, Weekday and WeekendDay are no days of a week: documentation of ErrorCalendarInvalidDayForWeeklyRecurrence. */
function weekdaysOf(sent: readonly string[]): Weekday[] {
  const wanted = new Set(sent);
  const days = weekdays.filter((one) => wanted.delete(one));
  if (wanted.size > 0) throw new EwsError('ErrorCalendarInvalidDayForWeeklyRecurrence');
  return days;
}

/** Minutes east of UTC at a local time. */
type LocalOffset = (localMs: number) => number;
const inUtc: LocalOffset = () => 0;

/** The recurrence as EWS writes it; its days are days in UTC, or in the zone of the caller. */
export function encodeRecurrence({ pattern, start, range }: Recurrence, localOffset: LocalOffset = inUtc): TaskRecurrenceType {
  return { ...encodePattern(pattern), ...encodeRange(range, formatDate(start, localOffset), localOffset) };
}

function encodePattern(pattern: RecurrencePattern): TaskRecurrenceType {
  const { interval: Interval } = pattern;
  switch (pattern.kind) {
    case 'relativeYearly': return { RelativeYearlyRecurrence: { DaysOfWeek: pattern.day, DayOfWeekIndex: pattern.index, Month: months[pattern.month - 1] as MonthNamesType } };
    case 'absoluteYearly': return { AbsoluteYearlyRecurrence: { DayOfMonth: pattern.dayOfMonth, Month: months[pattern.month - 1] as MonthNamesType } };
    case 'relativeMonthly': return { RelativeMonthlyRecurrence: { Interval, DaysOfWeek: pattern.day, DayOfWeekIndex: pattern.index } };
    case 'absoluteMonthly': return { AbsoluteMonthlyRecurrence: { Interval, DayOfMonth: pattern.dayOfMonth } };
    case 'weekly': return { WeeklyRecurrence: { Interval, DaysOfWeek: pattern.days, FirstDayOfWeek: pattern.firstDayOfWeek } };
    case 'daily': return { DailyRecurrence: { Interval } };
    case 'regenerating': return { [regenerations[pattern.unit]]: { Interval } };
  }
}
const regenerations = { Day: 'DailyRegeneration', Week: 'WeeklyRegeneration', Month: 'MonthlyRegeneration', Year: 'YearlyRegeneration' } as const;

function encodeRange(range: RecurrenceRange, StartDate: string, localOffset: LocalOffset): TaskRecurrenceType {
  if (range.kind === 'endDate') return { EndDateRecurrence: { StartDate, EndDate: formatDate(range.end, localOffset) } };
  return range.kind === 'numbered' ? { NumberedRecurrence: { StartDate, NumberOfOccurrences: range.count } } : { NoEndRecurrence: { StartDate } };
}

function formatDate({ year, month, day }: CivilDate, localOffset: LocalOffset): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const offset = localOffset(Date.UTC(year, month - 1, day));
  const size = Math.abs(offset);
  const zone = offset === 0 ? 'Z' : `${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}${zone}`;
}
