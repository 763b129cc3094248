import { present } from '../present.ts';
import { createSeries } from '../recurrence/series.ts';
import type { OccurrenceException, Series } from '../recurrence/series.ts';
import type { CalendarEvent } from './calendar-event.ts';

function exceptionOf(event: CalendarEvent, originalStart: number, master: CalendarEvent): OccurrenceException {
  const changes = {
    subject: event.summary === master.summary ? undefined : event.summary,
    location: event.location === master.location ? undefined : event.location,
    busyStatus: event.busyStatus === master.busyStatus ? undefined : event.busyStatus,
    reminderMinutes: event.reminderMinutes === master.reminderMinutes ? undefined : event.reminderMinutes,
    isReminderSet: (event.reminderMinutes === undefined) === (master.reminderMinutes === undefined) ? undefined : event.reminderMinutes !== undefined,
    isAllDay: event.isAllDay === master.isAllDay ? undefined : event.isAllDay,
    hasOwnBody: event.description === master.description ? undefined : true,
  };
  return { originalStart, start: event.start, end: event.end, ...present(changes) };
}

/**
 * The series of an event with a recurrence and of those events of the same UID that have a RECURRENCE-ID; a
 * cancelled one of these is a deletion. Undefined for an event that does not recur.
 *
 * @throws RecurrenceError, SeriesError
 */
export function seriesOfEvents(master: CalendarEvent, others: readonly CalendarEvent[] = []): Series | undefined {
  if (!master.recurrence) return undefined;
  const instances = others.filter(({ uid, recurrenceId }) => uid === master.uid && recurrenceId !== undefined);
  const cancelled = instances.filter(({ status }) => status === 'CANCELLED').map(({ recurrenceId = 0 }) => recurrenceId);
  return createSeries({
    recurrence: master.recurrence,
    start: master.start,
    end: master.end,
    zone: master.zone,
    exceptions: instances.filter(({ status }) => status !== 'CANCELLED').map((each) => exceptionOf(each, each.recurrenceId ?? 0, master)),
    deleted: [...(master.deleted ?? []), ...cancelled],
  });
}
