import { checkRecurrence, civilDate, dateSequence, dayIndexes, dayKinds, RecurrenceError, weekdays, type CivilDate, type DayIndex, type DayKind, type RecurrencePattern, type RecurrenceRange, type Recurrence, type Weekday } from '@fauxchange/calendar';
import type { PropertyName } from '@fauxchange/properties';
import type { Properties, PropertyBag } from '@fauxchange/mailbox';
import type { CommandContext } from '../context.ts';
import { conversionError, within } from './conversion-error.ts';

/** What the recurrences of appointments and of tasks have in common, [MS-ASCAL] 2.2.2.37 and [MS-ASTASK] 2.2.2.20. */
export interface SentRecurrence {
  readonly Type?: number | undefined;
  readonly Occurrences?: number | undefined;
  readonly Interval?: number | undefined;
  readonly WeekOfMonth?: number | undefined;
  readonly DayOfWeek?: number | undefined;
  readonly MonthOfYear?: number | undefined;
  readonly Until?: string | undefined;
  readonly DayOfMonth?: number | undefined;
  readonly CalendarType: readonly number[];
  readonly IsLeapMonth?: number | undefined;
  readonly FirstDayOfWeek?: number | undefined;
}

/** Values of Type, [MS-ASCAL] 2.2.2.45. */
export const recurrenceTypes = { daily: 0, weekly: 1, monthly: 2, monthlyNth: 3, yearly: 5, yearlyNth: 6 } as const;
const { daily, weekly, monthly, monthlyNth, yearly, yearlyNth } = recurrenceTypes;
const types: readonly number[] = Object.values(recurrenceTypes);

/** Which elements stand with which types; more is status 6, [MS-ASCAL] 3.2.5.3. */
const typesOf = { DayOfMonth: [monthly, yearly], DayOfWeek: [daily, weekly, monthlyNth, yearlyNth], MonthOfYear: [yearly, yearlyNth], WeekOfMonth: [monthlyNth, yearlyNth] } as const;
/** Types with a CalendarType. */
const withCalendar: readonly number[] = [monthly, monthlyNth, yearly, yearlyNth];
/** Calendars that are named and must not be used, [MS-ASCAL] 2.2.2.10. */
const unusableCalendars: ReadonlySet<number> = new Set([13, 16, 17, 18, 19, 21, 22, 23]);
/** Calendars whose months are not those of the Gregorian one: Hijri, Hebrew, and the lunar ones. */
const foreignCalendars: ReadonlySet<number> = new Set([6, 8, 14, 15, 20]);
const most = { occurrences: 999, interval: 999, calendar: 23 } as const;

const bitsOf = (days: readonly Weekday[]): number => days.reduce((bits, day) => bits | (1 << weekdays.indexOf(day)), 0);
const bitsOfKind = (kind: DayKind): number => (kind === 'Day' ? 127 : kind === 'Weekday' ? 62 : kind === 'WeekendDay' ? 65 : bitsOf([kind]));
const daysOf = (bits: number): Weekday[] => weekdays.filter((_, index) => (bits & (1 << index)) !== 0);

/**
 * The pattern of a request.
 *
 * @throws EasStatusError 6 for what does not go together
 */
export function decodePattern(sent: SentRecurrence, context: CommandContext): RecurrencePattern {
  const { Type } = sent;
  if (Type === undefined || !types.includes(Type)) return conversionError(`There is no recurrence of type ${Type ?? 'none'}.`);
  for (const [name, allowed] of Object.entries(typesOf)) {
    if (sent[name as keyof typeof typesOf] !== undefined && !(allowed as readonly number[]).includes(Type)) conversionError(`${name} is not for a recurrence of type ${Type}.`);
  }
  if (sent.FirstDayOfWeek !== undefined) within('FirstDayOfWeek', sent.FirstDayOfWeek, 0, 6);
  if (sent.Occurrences !== undefined) within('Occurrences', sent.Occurrences, 1, most.occurrences);
  checkCalendar(sent);
  return patternOf(Type, sent, intervalOf(sent, context));
}

function checkCalendar({ CalendarType, IsLeapMonth }: SentRecurrence): void {
  if (CalendarType.length > 1) conversionError('A recurrence has one calendar.');
  const [calendar = 0] = CalendarType;
  within('CalendarType', calendar, 0, most.calendar);
  if (unusableCalendars.has(calendar)) conversionError(`Calendar ${calendar} is not supported.`);
  if (IsLeapMonth !== undefined) within('IsLeapMonth', IsLeapMonth, 0, 1);
}

/** Exchange 2007 refuses 0, [MS-ASCAL] 7; all that came after take it for 1. */
function intervalOf({ Interval = 1 }: SentRecurrence, { profile }: CommandContext): number {
  return within('Interval', Interval, profile.name === 'exchange2007' ? 1 : 0, most.interval) || 1;
}

function patternOf(type: number, sent: SentRecurrence, interval: number): RecurrencePattern {
  const needed = (name: keyof typeof typesOf, least: number, greatest: number): number => within(name, sent[name] ?? conversionError(`A recurrence of type ${type} needs ${name}.`), least, greatest);
  const days = (): Weekday[] => daysOf(needed('DayOfWeek', 1, 127));
  const month = (): number => needed('MonthOfYear', 1, 12);
  const dayOfMonth = (): number => needed('DayOfMonth', 1, 31);
  const nth = (): { readonly index: DayIndex; readonly day: DayKind } => ({ index: dayIndexes[needed('WeekOfMonth', 1, 5) - 1] as DayIndex, day: kindOf(needed('DayOfWeek', 1, 127)) });
  if (type === weekly || (type === daily && sent.DayOfWeek !== undefined)) return { kind: 'weekly', interval, days: days(), firstDayOfWeek: weekdays[sent.FirstDayOfWeek ?? 0] as Weekday };
  if (type === daily) return { kind: 'daily', interval };
  if (type === monthly) return { kind: 'absoluteMonthly', interval, dayOfMonth: dayOfMonth() };
  if (type === monthlyNth) return { kind: 'relativeMonthly', interval, ...nth() };
  return type === yearly ? { kind: 'absoluteYearly', interval, month: month(), dayOfMonth: dayOfMonth() } : { kind: 'relativeYearly', interval, month: month(), ...nth() };
}

function kindOf(bits: number): DayKind {
  return dayKinds.find((kind) => bitsOfKind(kind) === bits) ?? conversionError(`The days ${bits} are no one day of a month.`);
}

/** Occurrences counts for more than Until, [MS-ASCAL] 3.2.5.3. @param until the last day, where one is given */
export function rangeOf({ Occurrences }: SentRecurrence, until: CivilDate | undefined): RecurrenceRange {
  if (Occurrences !== undefined) return { kind: 'numbered', count: Occurrences };
  return until ? { kind: 'endDate', end: until } : { kind: 'noEnd' };
}

/** The recurrence, if it is one. @throws EasStatusError 6 */
export function checkedRecurrence(recurrence: Recurrence): Recurrence {
  try {
    checkRecurrence(recurrence);
  } catch (thrown) {
    if (thrown instanceof RecurrenceError) return conversionError(thrown.message);
    throw thrown;
  }
  return dateSequence(recurrence).length > 0 ? recurrence : conversionError('The recurrence has no occurrence.');
}

/** The day as an instant, at midnight as if it were UTC. */
export const dayAt = (at: number): CivilDate => civilDate(Math.floor(at / 86_400_000));

type PatternElements = Pick<SentRecurrence, 'Type' | 'Interval' | 'DayOfWeek' | 'DayOfMonth' | 'WeekOfMonth' | 'MonthOfYear' | 'FirstDayOfWeek'>;

/** Type and what belongs to it. What regenerates has the type of its unit. */
export function encodePattern(pattern: RecurrencePattern): PatternElements {
  const { interval: Interval } = pattern;
  switch (pattern.kind) {
    case 'daily': return { Type: daily, Interval };
    case 'weekly': return { Type: weekly, Interval, DayOfWeek: bitsOf(pattern.days), FirstDayOfWeek: weekdays.indexOf(pattern.firstDayOfWeek) };
    case 'absoluteMonthly': return { Type: monthly, Interval, DayOfMonth: pattern.dayOfMonth };
    case 'relativeMonthly': return { Type: monthlyNth, Interval, ...encodeNth(pattern) };
    case 'absoluteYearly': return { Type: yearly, Interval, MonthOfYear: pattern.month, DayOfMonth: pattern.dayOfMonth };
    case 'relativeYearly': return { Type: yearlyNth, Interval, MonthOfYear: pattern.month, ...encodeNth(pattern) };
    case 'regenerating': return { Type: { Day: daily, Week: weekly, Month: monthly, Year: yearly }[pattern.unit], Interval };
  }
}

const encodeNth = ({ index, day }: { readonly index: DayIndex; readonly day: DayKind }): PatternElements => ({ WeekOfMonth: dayIndexes.indexOf(index) + 1, DayOfWeek: bitsOfKind(day) });

/** Facts of a recurrence that the model, which counts by the Gregorian calendar, has no place for. */
const calendarFacts: Readonly<Record<'calendar' | 'isLeapMonth', PropertyName>> = {
  calendar: '{71035549-0739-4dcb-9163-00f0580dbbdf}:AS:CalendarType:Integer32', isLeapMonth: '{71035549-0739-4dcb-9163-00f0580dbbdf}:AS:IsLeapMonth:Boolean',
};

/**
 * What is kept of a calendar other than the default one. Exchange 2010 tells 1 (Gregorian) back as it came, since 2013 it is 0
 * ([MS-ASCAL] 7). A leap month is one of calendars that have some.
 */
export function calendarProperties({ Type, CalendarType, IsLeapMonth }: SentRecurrence, { profile }: CommandContext): Properties {
  const [sent] = CalendarType;
  const calendar = sent === 1 && profile.name !== 'exchange2007' && profile.name !== 'exchange2010' ? 0 : sent;
  const isKept = calendar !== undefined && calendar !== 0 && withCalendar.includes(Type ?? -1);
  return { [calendarFacts.calendar]: isKept ? calendar : undefined, [calendarFacts.isLeapMonth]: isKept && foreignCalendars.has(calendar) && IsLeapMonth === 1 ? true : undefined };
}

/** CalendarType of the types that have one, and of years whether it is a leap month. */
export function encodeCalendar(type: number | undefined, bag: Pick<PropertyBag, 'get'>): Pick<SentRecurrence, 'CalendarType' | 'IsLeapMonth'> {
  if (type === undefined || !withCalendar.includes(type)) return { CalendarType: [] };
  const isYearly = type === yearly || type === yearlyNth;
  return { CalendarType: [Number(bag.get(calendarFacts.calendar) ?? 0)], IsLeapMonth: isYearly ? Number(bag.get(calendarFacts.isLeapMonth) === true) : undefined };
}
