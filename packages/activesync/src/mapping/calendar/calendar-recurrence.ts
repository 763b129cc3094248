import { dayNumber, type Recurrence, type Series, type TimeZone } from '@fauxchange/calendar';
import type { Properties, PropertyBag } from '@fauxchange/mailbox';
import type { ValueOf } from '@fauxchange/wbxml';
import type { CommandContext } from '../../context.ts';
import type { CalendarRecurrence } from '../../schema/calendar.ts';
import { conversionError } from '../conversion-error.ts';
import { formatCompact, parseTime } from '../date-time.ts';
import { calendarProperties, checkedRecurrence, dayAt, decodePattern, encodeCalendar, encodePattern, rangeOf, recurrenceTypes } from '../recurrence.ts';

type Sent = ValueOf<typeof CalendarRecurrence>;

/** Since 16.0 an empty element makes a series a single appointment, [MS-ASCAL] 2.2.2.37. */
export const isEmptyRecurrence = ({ CalendarType, ...others }: Sent): boolean => CalendarType.length === 0 && Object.values(others).every((value) => value === undefined);

export interface DecodedRecurrence {
  readonly recurrence: Recurrence;
  /** What the model has no place for. */
  readonly properties: Properties;
}

/** The recurrence of an appointment that starts then. `isFloating`: Until is a day without a zone. @throws EasStatusError 6 */
export function decodeCalendarRecurrence(sent: Sent, start: number, zone: TimeZone, isFloating: boolean, context: CommandContext): DecodedRecurrence {
  if (sent.Type === recurrenceTypes.daily && sent.DayOfWeek !== undefined && context.profile.name === 'exchange2007') conversionError('DayOfWeek is not for a daily recurrence.');
  const { year, month, day } = zone.toLocal(start);
  const until = sent.Until === undefined || sent.Until === '' ? undefined : parseTime(sent.Until, 'Until');
  const end = until === undefined ? undefined : isFloating ? dayAt(until) : zone.toLocal(until);
  return {
    recurrence: checkedRecurrence({ pattern: decodePattern(sent, context), start: { year, month, day }, range: rangeOf(sent, end && { year: end.year, month: end.month, day: end.day }) }),
    properties: calendarProperties(sent, context),
  };
}

/** [MS-ASCAL] 2.2.2.37. Until has the time of day at which the occurrences start. */
export function encodeCalendarRecurrence({ recurrence, start, zone }: Series, bag: Pick<PropertyBag, 'get'>, isFloating: boolean): Sent {
  const { pattern, range } = recurrence;
  const { hour, minute } = zone.toLocal(start);
  const elements = encodePattern(pattern);
  const end = range.kind !== 'endDate' ? undefined : isFloating ? dayNumber(range.end) * 86_400_000 : zone.toUtc({ ...range.end, hour, minute });
  return {
    ...elements,
    Occurrences: range.kind === 'numbered' ? range.count : undefined,
    Until: end === undefined ? undefined : formatCompact(end),
    ...encodeCalendar(elements.Type, bag),
  };
}
