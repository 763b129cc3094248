import { customTimeZone, formatMinutes, parseMinutes, timeZone, TimeZoneError, type GroupTransition, type PeriodTransition, type TimeZone, type TimeZoneDefinition, type Weekday } from '@fauxchange/calendar';
import { EwsError } from '../errors.ts';
import type { ArrayOfTransitionsType, TimeZoneDefinitionType, TimeZoneType } from '../schema/types.generated.ts';
import { encodeTimeZone } from './time-zone.ts';

/** The zone that a definition in a request means: one of Windows by its id, else what it says itself. ErrorCalendarInvalidTimeZone for neither. */
export function decodeTimeZone(sent: TimeZoneDefinitionType): TimeZone {
  const known = sent.Id === undefined ? undefined : timeZone(sent.Id);
  // A definition that is sent in full is meant as it stands, whatever its name; without periods there is only the name.
  if (!sent.Periods) {
    if (known) return known;
    throw new EwsError('ErrorCalendarInvalidTimeZone');
  }
  try {
    return known ?? customTimeZone(definitionOf(sent));
  } catch (thrown) {
    throw thrown instanceof TimeZoneError ? new EwsError('ErrorCalendarInvalidTimeZone') : thrown;
  }
}

function definitionOf({ Id, Name, Periods, TransitionsGroups, Transitions }: TimeZoneDefinitionType): TimeZoneDefinition {
  const id = Id ?? 'tzone://Microsoft/Custom';
  return {
    id, name: Name ?? id,
    periods: (Periods?.Period ?? []).map((period) => ({ id: period.Id ?? '', name: period.Name ?? '', bias: period.Bias ?? '' })),
    groups: (TransitionsGroups?.TransitionsGroup ?? []).map((group) => ({ id: group.Id ?? '', transitions: group.$.map(periodTransition) })),
    transitions: (Transitions?.$ ?? []).map(groupTransition),
  };
}

type SentTransition = ArrayOfTransitionsType['$'][number];

function periodTransition([kind, sent]: SentTransition): PeriodTransition {
  const to = sent.To.$;
  if (kind === 'RecurringDayTransition') return { kind, to, timeOffset: sent.TimeOffset, month: sent.Month, dayOfWeek: sent.DayOfWeek as Weekday, occurrence: sent.Occurrence };
  if (kind === 'RecurringDateTransition') return { kind, to, timeOffset: sent.TimeOffset, month: sent.Month, day: sent.Day };
  return { kind: 'Transition', to };
}

function groupTransition([kind, sent]: SentTransition): GroupTransition {
  if (kind === 'AbsoluteDateTransition') return { kind, to: sent.To.$, dateTime: sent.DateTime };
  return { kind: 'Transition', to: sent.To.$ };
}

/** A zone as items show it: by its name if it is one of Windows, else in full. */
export function shownTimeZone(zone: TimeZone): TimeZoneDefinitionType {
  return timeZone(zone.id) ? { Id: zone.id, Name: zone.name } : encodeTimeZone(zone.definition());
}

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const dayIndexes: Readonly<Record<string, number>> = { First: 1, Second: 2, Third: 3, Fourth: 4, Last: -1 };

/** MeetingTimeZone, the form of Exchange 2007: a name of Windows, or two rules. */
export function decodeMeetingTimeZone(sent: TimeZoneType): TimeZone {
  const named = sent.TimeZoneName === undefined ? undefined : timeZone(sent.TimeZoneName);
  if (named) return named;
  const { BaseOffset, Standard, Daylight } = sent;
  if (BaseOffset === undefined) throw new EwsError('ErrorCalendarInvalidTimeZone');
  const id = sent.TimeZoneName ?? 'Customized Time Zone';
  const change = (each: NonNullable<typeof Standard>, to: string): PeriodTransition => {
    const rule = each.RelativeYearlyRecurrence;
    const occurrence = rule && dayIndexes[rule.DayOfWeekIndex];
    if (!rule || occurrence === undefined) throw new EwsError('ErrorCalendarInvalidTimeZone');
    // Day, Weekday and WeekendDay name no day on which a clock could be changed.
    if (['Day', 'Weekday', 'WeekendDay'].includes(rule.DaysOfWeek)) throw new EwsError('ErrorCalendarInvalidDayForTimeChangePattern');
    const [hours = '0', minutes = '0'] = each.Time.split(':');
    return { kind: 'RecurringDayTransition', to, timeOffset: `PT${Number(hours)}H${Number(minutes)}M`, month: months.indexOf(rule.Month) + 1, dayOfWeek: rule.DaysOfWeek as Weekday, occurrence };
  };
  const both = Standard && Daylight;
  try {
    return customTimeZone({
      id, name: id,
      periods: both ? [{ id: 'S', name: 'Standard', bias: added(BaseOffset, Standard.Offset) }, { id: 'D', name: 'Daylight', bias: added(BaseOffset, Daylight.Offset) }] : [{ id: 'S', name: 'Standard', bias: BaseOffset }],
      groups: [{ id: '0', transitions: both ? [change(Standard, 'S'), change(Daylight, 'D')] : [{ kind: 'Transition', to: 'S' }] }],
      transitions: [{ kind: 'Transition', to: '0' }],
    });
  } catch (thrown) {
    throw thrown instanceof TimeZoneError ? new EwsError('ErrorCalendarInvalidTimeZone') : thrown;
  }
}

/** The sum of two xs:durations, whole minutes. */
function added(base: string, offset: string): string {
  const [one, other] = [parseMinutes(base), parseMinutes(offset)];
  if (one === undefined || other === undefined) throw new EwsError('ErrorCalendarInvalidTimeZone');
  return formatMinutes(one + other);
}
