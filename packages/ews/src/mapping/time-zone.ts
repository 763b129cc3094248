import type { GroupTransition, PeriodTransition, TimeZone, TimeZoneDefinition } from '@fauxchange/calendar';
import type { ArrayOfTransitionsType, TimeZoneDefinitionType } from '../schema/types.generated.ts';

/** Minutes east of UTC at a local time of the zone. */
export function localOffsetIn(zone: TimeZone): (localMs: number) => number {
  return (localMs) => {
    const at = new Date(localMs);
    const utc = zone.toUtc({ year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate(), hour: at.getUTCHours(), minute: at.getUTCMinutes(), second: at.getUTCSeconds() });
    return zone.offsetAt(utc);
  };
}

/** A zone as EWS writes it, [MS-OXWSGTZ] 2.2.4. */
export function encodeTimeZone({ id, name, periods, groups, transitions }: TimeZoneDefinition): TimeZoneDefinitionType {
  return {
    Id: id,
    Name: name,
    Periods: { Period: periods.map((period) => ({ Bias: period.bias, Name: period.name, Id: period.id })) },
    TransitionsGroups: { TransitionsGroup: groups.map((group) => ({ Id: group.id, $: group.transitions.map(periodTransition) })) },
    Transitions: { $: transitions.map(groupTransition) },
  };
}
type Transition = ArrayOfTransitionsType['$'][number];

function periodTransition(transition: PeriodTransition): Transition {
  const To = { Kind: 'Period', $: transition.to } as const;
  if (transition.kind === 'Transition') return ['Transition', { To }];
  const yearly = { To, TimeOffset: transition.timeOffset, Month: transition.month };
  if (transition.kind === 'RecurringDateTransition') return ['RecurringDateTransition', { ...yearly, Day: transition.day }];
  return ['RecurringDayTransition', { ...yearly, DayOfWeek: transition.dayOfWeek, Occurrence: transition.occurrence }];
}

function groupTransition(transition: GroupTransition): Transition {
  const To = { Kind: 'Group', $: transition.to } as const;
  return transition.kind === 'Transition' ? ['Transition', { To }] : ['AbsoluteDateTransition', { To, DateTime: transition.dateTime }];
}
