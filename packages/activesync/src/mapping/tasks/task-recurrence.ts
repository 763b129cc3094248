import { dayNumber, type Recurrence, type RecurrencePattern, type RegenerationUnit } from '@fauxchange/calendar';
import { notRecurringTask, recurringTask, taskRecurrence, type Properties, type PropertyBag } from '@fauxchange/mailbox';
import type { ValueOf } from '@fauxchange/wbxml';
import type { CommandContext } from '../../context.ts';
import type { ApplicationData } from '../../schema/application-data.ts';
import type { TaskRecurrence } from '../../schema/tasks.ts';
import { asFlag, conversionError } from '../conversion-error.ts';
import { formatDashed, parseTime } from '../date-time.ts';
import { calendarProperties, checkedRecurrence, dayAt, decodePattern, encodeCalendar, encodePattern, rangeOf, recurrenceTypes } from '../recurrence.ts';

type Sent = ValueOf<typeof TaskRecurrence>;
const msPerDay = 86_400_000;

/** What regenerates has a unit and no days of its own, [MS-ASTASK] 2.2.2.21. */
const units: Readonly<Record<number, RegenerationUnit>> = {
  [recurrenceTypes.daily]: 'Day', [recurrenceTypes.weekly]: 'Week', [recurrenceTypes.monthly]: 'Month', [recurrenceTypes.yearly]: 'Year',
};

/** [MS-ASTASK] 2.2.2.20. @throws EasStatusError 6 */
export function decodeTaskRecurrence(sent: Sent, context: CommandContext): Properties {
  const { Type, Start, Until } = sent;
  if (sent.CalendarType.length > 0 && (Type === recurrenceTypes.daily || Type === recurrenceTypes.weekly)) conversionError(`CalendarType is not for a recurrence of type ${Type}.`);
  if (Type === recurrenceTypes.daily && sent.DayOfWeek !== undefined && context.profile.name === 'exchange2007') conversionError('DayOfWeek is not for a daily recurrence.');
  const pattern = asFlag('Regenerate', sent.Regenerate ?? 0) ? regenerationOf(sent, context) : decodePattern(sent, context);
  if (Start === undefined) return conversionError('A recurrence has no start.');
  const recurrence = checkedRecurrence({
    pattern, start: dayAt(parseTime(Start, 'Start')), range: rangeOf(sent, Until === undefined || Until === '' ? undefined : dayAt(parseTime(Until, 'Until'))),
  });
  // Any value but 0 marks an occurrence that its owner is done with, [MS-ASTASK] 2.2.2.11.
  const isDead = (sent.DeadOccur ?? 0) !== 0;
  return { ...recurringTask(recurrence), PidLidTaskDeadOccurrence: isDead, ...calendarProperties(sent, context) };
}

function regenerationOf(sent: Sent, context: CommandContext): RecurrencePattern {
  const unit = units[sent.Type ?? -1] ?? conversionError(`A recurrence of type ${sent.Type ?? 'none'} does not regenerate.`);
  const { interval } = decodePattern({ ...sent, Type: recurrenceTypes.daily, DayOfMonth: undefined, DayOfWeek: undefined, MonthOfYear: undefined }, context);
  return { kind: 'regenerating', unit, interval };
}

export const noTaskRecurrence: Properties = notRecurringTask;

export function encodeTaskRecurrence(bag: Pick<PropertyBag, 'get'>): ApplicationData['Tasks:Recurrence'] {
  const recurrence = taskRecurrence(bag.get('PidLidTaskRecurrence'));
  if (!recurrence) return undefined;
  const pattern = encodePattern(recurrence.pattern);
  return {
    ...pattern,
    ...unitElements(recurrence),
    Start: formatDashed(dayNumber(recurrence.start) * msPerDay),
    Until: recurrence.range.kind === 'endDate' ? formatDashed(dayNumber(recurrence.range.end) * msPerDay) : undefined,
    Occurrences: recurrence.range.kind === 'numbered' ? recurrence.range.count : undefined,
    Regenerate: recurrence.pattern.kind === 'regenerating' ? 1 : 0,
    DeadOccur: bag.get('PidLidTaskDeadOccurrence') === true ? 1 : 0,
    ...encodeCalendar(pattern.Type, bag),
  };
}

/** The type of a unit asks for elements that mean nothing there; they are those of the day on which it began. */
function unitElements({ pattern, start }: Recurrence): Pick<Sent, 'DayOfWeek' | 'DayOfMonth' | 'MonthOfYear' | 'FirstDayOfWeek'> {
  if (pattern.kind !== 'regenerating') return {};
  if (pattern.unit === 'Week') return { DayOfWeek: 1 << new Date(dayNumber(start) * msPerDay).getUTCDay(), FirstDayOfWeek: 0 };
  if (pattern.unit === 'Month') return { DayOfMonth: start.day };
  return pattern.unit === 'Year' ? { DayOfMonth: start.day, MonthOfYear: start.month } : {};
}
