import { createSeries, dayNumber, wholeDays, type Recurrence, type Series, type TimeZone } from '@fauxchange/calendar';
import { appointmentReminder, identityProperties, isOccurrence, newAppointmentProperties, propertiesOfAppointment, propertiesOfSeries, seriesOf, timesOf, utcZone, type AppointmentTimes } from '@fauxchange/mailbox';
import { EwsError } from '../errors.ts';
import { parseDateTime } from './date-time.ts';
import { currentValue, type CalendarDraft, type ItemTarget } from './fields.ts';
import { localOffsetIn } from './time-zone.ts';
import { takeCalendarMime } from './calendar-mime.ts';

const minute = 60_000;
const halfHour = 30 * minute;
/** Documentation of ErrorCalendarDurationIsTooLong: until five years after the start, by the calendar. */
const longestUntil = (start: number): number => new Date(start).setUTCFullYear(new Date(start).getUTCFullYear() + 5);

/** What an appointment gets with what was said of it: both times in all their properties, its zones, its recurrence, an identity, a reminder. */
export function completeCalendar(target: ItemTarget): void {
  const draft = target.calendar ?? {};
  const hasMime = takeCalendarMime(target, target.context.zone ?? utcZone());
  if (target.isNew) completeNew(target, draft);
  else if (draft.uid !== undefined) Object.assign(target.properties, identityProperties(target.context.ids, target.context.clock.now(), draft.uid));
  const made = touchesTimes(draft) || (target.isNew && !hasMime) ? completeTimes(target, draft) : undefined;
  completeReminder(target, made);
}

const touchesTimes = ({ start, end, startZone, endZone, isAllDay, recurrence }: CalendarDraft): boolean =>
  [start, end, startZone, endZone, isAllDay, recurrence].some((each) => each !== undefined);

function completeNew(target: ItemTarget, draft: CalendarDraft): void {
  const { properties, context } = target;
  const now = context.clock.now();
  if (draft.uid !== undefined || !('PidLidGlobalObjectId' in properties)) Object.assign(properties, identityProperties(context.ids, now, draft.uid));
  for (const [name, value] of Object.entries(newAppointmentProperties(now))) properties[name as keyof typeof properties] ??= value;
  // Microsoft's example of GetItem with a calendar item that was made with nothing said of its reminder.
  properties['PidLidReminderSet'] ??= true;
  properties['PidLidReminderDelta'] ??= 15;
}

interface Times extends AppointmentTimes {
  readonly endZone: TimeZone;
  readonly isAllDay: boolean;
}

/** A start that nobody gave is the next full or half hour, and an end half an hour later. */
function timesFor(target: ItemTarget, draft: CalendarDraft): Times {
  const { context } = target;
  const before = target.view && timesOf(target.view.item);
  const caller = context.zone;
  const zone = draft.startZone ?? before?.zone ?? caller ?? utcZone();
  const endZone = draft.endZone ?? draft.startZone ?? before?.endZone ?? zone;
  const read = (text: string | undefined, own: TimeZone | undefined): number | undefined => (text === undefined ? undefined : parseDateTime(text, localOffsetIn(own ?? caller ?? utcZone())));
  const start = read(draft.start, draft.startZone) ?? before?.start ?? Math.ceil(context.clock.now() / halfHour) * halfHour;
  const end = read(draft.end, draft.endZone ?? draft.startZone) ?? before?.end ?? start + halfHour;
  if (end < start) throw new EwsError('ErrorCalendarEndDateIsEarlierThanStartDate');
  if (end > longestUntil(start)) throw new EwsError('ErrorCalendarDurationIsTooLong');
  const isAllDay = draft.isAllDay ?? currentValue(target, 'PidLidAppointmentSubType') === true;
  return { ...(isAllDay ? wholeDays(start, end, zone) : { start, end }), zone, endZone, isAllDay };
}

/** The series that it now is the master of. */
function completeTimes(target: ItemTarget, draft: CalendarDraft): Series | undefined {
  const times = timesFor(target, draft);
  const { properties, view } = target;
  properties['PidLidAppointmentSubType'] = times.isAllDay;
  const isOfSeries = view !== undefined && isOccurrence(view.item);
  if (isOfSeries && draft.recurrence !== undefined) throw new EwsError('ErrorInvalidPropertySet', undefined, { paths: [['FieldURI', { FieldURI: 'calendar:Recurrence' }]] });
  const recurrence = isOfSeries ? undefined : recurrenceFor(target, draft, times);
  const series = recurrence && seriesFor(recurrence, times);
  Object.assign(properties, series ? propertiesOfSeries(series, times.endZone) : propertiesOfAppointment(times));
  // Exceptions are those of the series as it was.
  if (!isOfSeries && view?.item.attachments.some(({ isException }) => isException)) target.attachments = view.item.attachments.filter(({ isException }) => !isException);
  return series;
}

/** The recurrence given, else that which is there, begun on the day on which the first occurrence now is. */
function recurrenceFor({ view }: ItemTarget, draft: CalendarDraft, { start, zone }: Times): Recurrence | undefined {
  if (draft.recurrence === 'none') return undefined;
  const before: Series | undefined = view && seriesOf(view.item);
  if (draft.recurrence ?? !before) return draft.recurrence;
  const { year, month, day } = zone.toLocal(start);
  const isMoved = draft.start !== undefined && dayNumber({ year, month, day }) !== dayNumber(before.zone.toLocal(before.start));
  return isMoved ? { ...before.recurrence, start: { year, month, day } } : before.recurrence;
}

function seriesFor(recurrence: Recurrence, { start, end, zone }: Times): Series {
  return createSeries({ recurrence, start, end, zone });
}

/** The reminder goes off that long before the start; of a series, before its next occurrence: [MS-OXORMDR] 2.2.1.1 to 2.2.1.4. */
function completeReminder(target: ItemTarget, made: Series | undefined): void {
  const { properties, view, context } = target;
  const isTouched = ['PidLidAppointmentStartWhole', 'PidLidReminderDelta', 'PidLidReminderSet'].some((name) => name in properties);
  const start = currentValue(target, 'PidLidAppointmentStartWhole');
  if (!isTouched || typeof start !== 'number') return;
  const delta = Number(currentValue(target, 'PidLidReminderDelta') ?? 0);
  const series = made ?? (view && !('PidLidAppointmentStartWhole' in properties) && !isOccurrence(view.item) ? seriesOf(view.item) : undefined);
  Object.assign(properties, appointmentReminder({ start, minutesBefore: delta, isSet: currentValue(target, 'PidLidReminderSet') === true, series }, context.clock.now()));
}
