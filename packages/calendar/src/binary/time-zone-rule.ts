import { customTimeZone } from '../custom-time-zone.ts';
import { weekdays } from '../definition.ts';
import type { GroupTransition, PeriodTransition, TimeZoneDefinition, TimeZonePeriod, TransitionsGroup } from '../definition.ts';
import { formatMinutes, parseMinutes } from '../duration.ts';
import { timeZone, windowsTimeZones } from '../time-zone.ts';
import type { TimeZone } from '../time-zone.ts';

/**
 * SYSTEMTIME as time-zone structures use it: year 0 says every year, and then `day` is which of the weekdays
 * of the month, 5 the last. Month 0 says that there is no daylight time.
 */
export interface SystemTime {
  readonly year: number;
  readonly month: number;
  /** 0 is Sunday. */
  readonly dayOfWeek: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly milliseconds: number;
}

/** The rule of a zone as all the binary forms have it. Biases are minutes, UTC less local time; the last two come on top of the first. */
export interface ZoneRule {
  readonly bias: number;
  readonly standardBias: number;
  readonly daylightBias: number;
  /** When standard time begins, on the clock before. */
  readonly standardDate: SystemTime;
  readonly daylightDate: SystemTime;
}

export const noDate: SystemTime = { year: 0, month: 0, dayOfWeek: 0, day: 0, hour: 0, minute: 0, second: 0, milliseconds: 0 };

const yearOf = (transition: GroupTransition): number => (transition.kind === 'Transition' ? -Infinity : Number.parseInt(transition.dateTime, 10));

function systemTime(transition: Exclude<PeriodTransition, { kind: 'Transition' }>): SystemTime {
  const time = parseMinutes(transition.timeOffset) ?? 0;
  // The end of a day is its last moment, as Windows has it.
  const clock = time >= 1440 ? { hour: 23, minute: 59, second: 59, milliseconds: 999 } : { hour: Math.floor(time / 60), minute: time % 60, second: 0, milliseconds: 0 };
  if (transition.kind === 'RecurringDateTransition') return { year: 0, month: transition.month, dayOfWeek: 0, day: transition.day, ...clock };
  const { occurrence } = transition;
  return { year: 0, month: transition.month, dayOfWeek: weekdays.indexOf(transition.dayOfWeek), day: occurrence < 0 ? 5 : occurrence, ...clock };
}

function ruleOfGroup(group: TransitionsGroup | undefined, { periods }: TimeZoneDefinition): ZoneRule {
  const biasOf = (to: string | undefined): number => -(parseMinutes(periods.find(({ id }) => id === to)?.bias ?? 'PT0S') ?? 0);
  const isDaylight = (to: string): boolean => periods.find(({ id }) => id === to)?.name === 'Daylight';
  const changes = (group?.transitions ?? []).filter((each) => each.kind !== 'Transition');
  const begin = changes.find(({ to }) => isDaylight(to));
  const end = changes.find(({ to }) => !isDaylight(to));
  const standard = biasOf(end?.to ?? group?.transitions[0]?.to ?? periods[0]?.id);
  const none = { bias: standard === 0 ? 0 : -standard, standardBias: 0, daylightBias: 0, standardDate: noDate, daylightDate: noDate };
  if (!begin || !end) return none;
  return { ...none, daylightBias: standard - biasOf(begin.to), standardDate: systemTime(end), daylightDate: systemTime(begin) };
}

/** The rules of a zone, each with the first year for which it holds; -Infinity for the first. */
export function zoneRules(zone: TimeZone): readonly { readonly year: number; readonly rule: ZoneRule }[] {
  const definition = zone.definition();
  if (definition.transitions.length === 0) return [{ year: -Infinity, rule: ruleOfGroup(definition.groups[0], definition) }];
  return definition.transitions.map((each) => {
    const group = definition.groups.find(({ id }) => id === each.to) ?? { id: each.to, transitions: [{ kind: 'Transition', to: each.to } as const] };
    return { year: yearOf(each), rule: ruleOfGroup(group, definition) };
  });
}

/** The rule that holds in a year. */
export function zoneRuleOf(zone: TimeZone, year: number): ZoneRule {
  const rules = zoneRules(zone);
  const rule = (rules.findLast((each) => each.year <= year) ?? rules[0])?.rule;
  return rule ?? { bias: 0, standardBias: 0, daylightBias: 0, standardDate: noDate, daylightDate: noDate };
}

function transitionTo(to: string, date: SystemTime): PeriodTransition {
  const time = date.hour * 60 + date.minute + (date.second >= 59 && date.minute === 59 && date.hour === 23 ? 1 : 0);
  const common = { to, timeOffset: formatMinutes(time), month: date.month };
  // An absolute date is taken for every year: such rules are given for one year each.
  if (date.year !== 0) return { ...common, kind: 'RecurringDateTransition', day: date.day };
  return { ...common, kind: 'RecurringDayTransition', dayOfWeek: weekdays[date.dayOfWeek] ?? 'Sunday', occurrence: date.day >= 5 ? -1 : date.day };
}

/** The definition that rules, by first year, amount to. */
export function definitionOfRules(id: string, rules: readonly { readonly year: number; readonly rule: ZoneRule }[]): TimeZoneDefinition {
  const periods: TimeZonePeriod[] = [];
  const groups = rules.map(({ rule }, i): TransitionsGroup => {
    const standard = `${i}-Standard`;
    const daylight = `${i}-Daylight`;
    const bias = (minutes: number): string => formatMinutes(minutes === 0 ? 0 : minutes);
    periods.push({ id: standard, name: 'Standard', bias: bias(rule.bias + rule.standardBias) });
    if (rule.standardDate.month === 0 || rule.daylightDate.month === 0) return { id: String(i), transitions: [{ kind: 'Transition', to: standard }] };
    periods.push({ id: daylight, name: 'Daylight', bias: bias(rule.bias + rule.daylightBias) });
    return { id: String(i), transitions: [transitionTo(daylight, rule.daylightDate), transitionTo(standard, rule.standardDate)] };
  });
  const transitions = rules.map(({ year }, i): GroupTransition => (i === 0 ? { kind: 'Transition', to: '0' } : { kind: 'AbsoluteDateTransition', to: String(i), dateTime: `${String(year).padStart(4, '0')}-01-01T00:00:00` }));
  return { id, name: id, periods, groups, transitions };
}

const sameDate = (a: SystemTime, b: SystemTime): boolean => a.month === b.month && (a.month === 0 || (a.day === b.day && a.dayOfWeek === b.dayOfWeek && a.hour === b.hour && a.minute === b.minute));

/** Whether two rules tell the same time: biases may be split differently, and without daylight time its bias says nothing. */
export function isSameRule(a: ZoneRule, b: ZoneRule): boolean {
  const hasDaylight = ({ standardDate, daylightDate }: ZoneRule): boolean => standardDate.month !== 0 && daylightDate.month !== 0;
  if (a.bias + a.standardBias !== b.bias + b.standardBias || hasDaylight(a) !== hasDaylight(b)) return false;
  return !hasDaylight(a) || (a.bias + a.daylightBias === b.bias + b.daylightBias && sameDate(a.standardDate, b.standardDate) && sameDate(a.daylightDate, b.daylightDate));
}

/**
 * The zone that a rule means: the zone of Windows of that id, or whose name begins so, if the rule is its rule in that year, else the
 * first one whose rule it is, else a zone of its own that knows this rule only.
 *
 * @throws TimeZoneError for a rule that is none
 */
export function timeZoneOfRule(rule: ZoneRule, year: number, name = ''): TimeZone {
  const isNamed = (displayName: string): boolean => name.length > 10 && displayName.startsWith(name);
  const named = timeZone(name) ?? timeZone(windowsTimeZones().find((each) => isNamed(each.name))?.id ?? '');
  if (named && isSameRule(zoneRuleOf(named, year), rule)) return named;
  const offset = -(rule.bias + rule.standardBias);
  const size = Math.abs(offset);
  const text = offset === 0 ? /^\(UTC(\+00:00)?\)/ : new RegExp(`^\\(UTC[${offset < 0 ? '-' : '+'}]${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}\\)`);
  const near = windowsTimeZones().filter((each) => text.test(each.name));
  // `Pacific Standard Time (Mexico)` has the rule of the zone that everybody means.
  for (const { id } of [...near.filter((each) => !each.id.includes('(')), ...near.filter((each) => each.id.includes('('))]) {
    const zone = timeZone(id);
    if (zone && isSameRule(zoneRuleOf(zone, year), rule)) return zone;
  }
  return customTimeZone(definitionOfRules(name || 'Customized Time Zone', [{ year: -Infinity, rule }]));
}
