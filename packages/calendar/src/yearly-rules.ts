import { day, daysOf, hour, minute, wallTime, weekdayOf } from './civil.ts';
import { weekdays } from './definition.ts';
import type { PeriodTransition, TimeZoneDefinition, TimeZonePeriod, TransitionsGroup } from './definition.ts';
import { formatMinutes } from './duration.ts';

/** The first year told; Windows begins its history with 2006 for most zones too. */
const firstYear = 2006;
/** The last year looked at: rules that change every year, as Morocco's, are told so far. */
const lastYear = 2035;

type OffsetAt = (milliseconds: number) => number;

/** One change of the clock within a year: where it falls, in every way in which a rule may say so. */
interface Change {
  readonly month: number;
  readonly weekday: number;
  /** The occurrences that name this day: its number in the month, and -1 when it is the last. */
  readonly occurrences: readonly number[];
  /** Minutes since midnight of the clock before the change. */
  readonly time: number;
}

/** A year as Windows knows years: a standard time, and perhaps a daylight time between two changes. */
interface YearRule {
  readonly year: number;
  readonly standard: number;
  readonly daylight?: { readonly offset: number; readonly begin: Change; readonly end: Change };
}

/** The first millisecond, to the minute, at which the offset is not what it was at `from`. */
function changeBetween(from: number, to: number, offsetAt: OffsetAt): number {
  const before = offsetAt(from);
  let low = from;
  let high = to;
  while (high - low > minute) {
    const middle = low + Math.floor((high - low) / 2 / minute) * minute;
    if (offsetAt(middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

function changeAt(at: number, before: number): Change {
  // Midnight is told as the day that begins, as Exchange does.
  const wall = wallTime(at + before * minute);
  const days = daysOf(wall.year, wall.month, wall.day);
  const isLast = wallTime((days + 7) * day).month !== wall.month;
  const number = Math.ceil(wall.day / 7);
  return { month: wall.month, weekday: weekdayOf(days), occurrences: [...(number <= 4 ? [number] : []), ...(isLast ? [-1] : [])], time: wall.hour * 60 + wall.minute };
}

function ruleOf(year: number, offsetAt: OffsetAt): YearRule {
  // By the clock of the zone, so that the first sample is not still the year before.
  const samples = Array.from({ length: 13 }, (_, i) => daysOf(year, 1 + i, 1) * day - (i === 12 ? 2 : -2) * day);
  const changes: { at: number; before: number; after: number }[] = [];
  samples.reduce((from, to) => {
    const before = offsetAt(from);
    const after = offsetAt(to);
    if (before !== after) changes.push({ at: changeBetween(from, to, offsetAt), before, after });
    return to;
  });
  const up = changes.find(({ before, after }) => after > before);
  const down = changes.findLast(({ before, after }) => after < before);
  const halfway = offsetAt((samples[6] ?? 0) + 15 * hour);
  // One change alone is a new standard time and no daylight time: the year is given the time it mostly had.
  if (!up || !down || up.before !== down.after) return { year, standard: changes.length === 0 ? offsetAt(samples[0] ?? 0) : halfway };
  return { year, standard: up.before, daylight: { offset: up.after, begin: changeAt(up.at, up.before), end: changeAt(down.at, down.before) } };
}

function meet(a: Change, b: Change): Change | undefined {
  const occurrences = a.occurrences.filter((each) => b.occurrences.includes(each));
  return a.month === b.month && a.weekday === b.weekday && a.time === b.time && occurrences.length > 0 ? { ...a, occurrences } : undefined;
}

/** The rule that says both, if there is one; named after the first year. */
function merge(a: YearRule, b: YearRule): YearRule | undefined {
  if (a.standard !== b.standard || a.daylight?.offset !== b.daylight?.offset) return undefined;
  if (!a.daylight || !b.daylight) return a;
  const begin = meet(a.daylight.begin, b.daylight.begin);
  const end = meet(a.daylight.end, b.daylight.end);
  return begin && end ? { ...a, daylight: { offset: a.daylight.offset, begin, end } } : undefined;
}

/** The rules of a zone, each with the first year for which it holds; the first one holds for all before. */
export function yearlyRules(offsetAt: OffsetAt): readonly YearRule[] {
  const rules: YearRule[] = [];
  for (let year = firstYear; year <= lastYear; year++) {
    const rule = ruleOf(year, offsetAt);
    const before = rules[rules.length - 1];
    const merged = before && merge(before, rule);
    if (merged) rules[rules.length - 1] = merged;
    else rules.push(rule);
  }
  return rules;
}

function recurring(change: Change, to: string): PeriodTransition {
  // `last` where both would do: rules that are made say the last Sunday, not the fourth.
  const occurrence = change.occurrences.includes(-1) ? -1 : (change.occurrences[0] ?? -1);
  return { kind: 'RecurringDayTransition', to, timeOffset: formatMinutes(change.time), month: change.month, dayOfWeek: weekdays[change.weekday] ?? 'Sunday', occurrence };
}

/**
 * The definition that Exchange's GetServerTimeZones gives: a Standard and perhaps a Daylight period and
 * one group for each rule. Periods of a zone with one rule for all years are named after year 1.
 */
export function defineTimeZone(id: string, name: string, offsetAt: OffsetAt): TimeZoneDefinition {
  const rules = yearlyRules(offsetAt);
  const periods: TimeZonePeriod[] = [];
  const groups: TransitionsGroup[] = rules.map((rule, i) => {
    const root = `trule:Microsoft/Registry/${id}/${rules.length === 1 ? 1 : rule.year}`;
    const standard = `${root}-Standard`;
    const daylight = `${root}-Daylight`;
    periods.push({ id: standard, name: 'Standard', bias: formatMinutes(-rule.standard) });
    if (!rule.daylight) return { id: String(i), transitions: [{ kind: 'Transition', to: standard }] };
    periods.push({ id: daylight, name: 'Daylight', bias: formatMinutes(-rule.daylight.offset) });
    const changes = [recurring(rule.daylight.begin, daylight), recurring(rule.daylight.end, standard)];
    return { id: String(i), transitions: rule.daylight.begin.month > rule.daylight.end.month ? changes.reverse() : changes };
  });
  return {
    id,
    name,
    periods,
    groups,
    transitions: rules.map((rule, i) => (i === 0 ? { kind: 'Transition', to: '0' } : { kind: 'AbsoluteDateTransition', to: String(i), dateTime: `${rule.year}-01-01T00:00:00` })),
  };
}

