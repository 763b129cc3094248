import { day, daysOf, minute, nthWeekday, wallTime } from './civil.ts';
import { weekdays } from './definition.ts';
import type { PeriodTransition, TimeZoneDefinition, TransitionsGroup } from './definition.ts';
import { parseMinutes } from './duration.ts';
import { timeZone, toUtc } from './time-zone.ts';
import type { TimeZone } from './time-zone.ts';

/** A definition that says nothing, or refers to what it does not have. */
export class TimeZoneError extends Error {
  override readonly name = 'TimeZoneError';
}

const mostEntries = 1000;

interface Yearly {
  readonly offset: number;
  /** Milliseconds since 1970 on the wall clock before the change. */
  wallOf(year: number): number;
}

interface Group {
  /** From which year on. */
  readonly from: number;
  /** Where no change falls into the year. */
  readonly fixed: number;
  readonly changes: readonly Yearly[];
}

function yearly(transition: Exclude<PeriodTransition, { kind: 'Transition' }>, offset: number): Yearly {
  const time = parseMinutes(transition.timeOffset);
  const { month } = transition;
  if (time === undefined || time < 0 || time > 1440 || month < 1 || month > 12) throw new TimeZoneError('a transition has no valid month or time');
  if (transition.kind === 'RecurringDateTransition') {
    return { offset, wallOf: (year) => daysOf(year, month, transition.day) * day + time * minute };
  }
  const weekday = weekdays.indexOf(transition.dayOfWeek);
  const { occurrence } = transition;
  if (weekday < 0 || occurrence === 0 || Math.abs(occurrence) > 5) throw new TimeZoneError('a transition has no valid weekday');
  return { offset, wallOf: (year) => nthWeekday(year, month, weekday, occurrence === 5 ? -1 : occurrence) * day + time * minute };
}

function groupOf(group: TransitionsGroup, from: number, offsets: ReadonlyMap<string, number>): Group {
  const offsetOf = (to: string): number => {
    const offset = offsets.get(to);
    if (offset === undefined) throw new TimeZoneError(`no period '${to.slice(0, 80)}'`);
    return offset;
  };
  const changes = group.transitions.flatMap((each) => (each.kind === 'Transition' ? [] : [yearly(each, offsetOf(each.to))]));
  const first = group.transitions.find((each) => each.kind === 'Transition') ?? group.transitions[group.transitions.length - 1];
  if (!first) throw new TimeZoneError(`group '${group.id.slice(0, 80)}' has no transitions`);
  return { from, fixed: offsetOf(first.to), changes };
}

function offsetIn(group: Group, milliseconds: number): number {
  const { year } = wallTime(milliseconds + group.fixed * minute);
  const inOrder = (of: number): { at: number; offset: number }[] =>
    group.changes.map(({ wallOf, offset }) => ({ at: wallOf(of), offset })).sort((a, b) => a.at - b.at);
  // The year begins with what the year before ended with.
  let offset = inOrder(year - 1).at(-1)?.offset ?? group.fixed;
  for (const change of inOrder(year)) {
    if (milliseconds + offset * minute < change.at) break;
    offset = change.offset;
  }
  return offset;
}

/**
 * The time zone that a client's definition means: one of Windows when it gives no periods and its id is
 * known, else what the periods and transitions say.
 *
 * @throws TimeZoneError when it is neither
 */
export function customTimeZone(definition: TimeZoneDefinition): TimeZone {
  if (definition.periods.length === 0) {
    const known = timeZone(definition.id);
    if (known) return known;
    throw new TimeZoneError(`no time zone '${definition.id.slice(0, 80)}'`);
  }
  if (definition.periods.length + definition.groups.length + definition.transitions.length > mostEntries) throw new TimeZoneError('too many periods');
  const offsets = new Map<string, number>();
  for (const { id, bias } of definition.periods) {
    const minutes = parseMinutes(bias);
    if (minutes === undefined || Math.abs(minutes) > 1440) throw new TimeZoneError(`no bias '${bias.slice(0, 80)}'`);
    offsets.set(id, minutes === 0 ? 0 : -minutes);
  }
  const groups = definition.transitions.map((each): Group => {
    const group = definition.groups.find(({ id }) => id === each.to);
    const from = each.kind === 'Transition' ? -Infinity : Number.parseInt(each.dateTime, 10);
    // A transition may go straight to a period.
    return groupOf(group ?? { id: each.to, transitions: [{ kind: 'Transition', to: each.to }] }, from, offsets);
  });
  const [only = { from: 0, fixed: [...offsets.values()][0] ?? 0, changes: [] }] = groups;
  const offsetAt = (milliseconds: number): number => {
    const { year } = wallTime(milliseconds + only.fixed * minute);
    return offsetIn(groups.findLast(({ from }) => from <= year) ?? only, milliseconds);
  };
  return {
    id: definition.id,
    name: definition.name,
    offsetAt,
    toUtc: (local) => toUtc(local, offsetAt),
    toLocal: (milliseconds) => wallTime(milliseconds + offsetAt(milliseconds) * minute),
    definition: () => definition,
  };
}
