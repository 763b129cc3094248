import { globalObjectIdOfUid, RecurrenceError, SeriesError, seriesOfEvents, type CalendarAddress, type CalendarEvent } from '@fauxchange/calendar';
import { binary } from '@fauxchange/properties';
import type { Properties, Recipient } from '../items/item.ts';
import { smtpPerson } from '../items/person.ts';
import { propertiesOfAppointment, propertiesOfSeries } from './appointment.ts';

const sensitivities: Readonly<Record<string, number>> = { PUBLIC: 0, PERSONAL: 1, PRIVATE: 2, CONFIDENTIAL: 3 };
/** PidTagRecipientTrackStatus by PARTSTAT. */
const statuses: Readonly<Record<string, number>> = { ACCEPTED: 3, TENTATIVE: 2, DECLINED: 4, 'NEEDS-ACTION': 0 };

/** What a participation says; 0 where it says nothing. */
export function responseStatusOf(participation: string | undefined): number {
  return statuses[participation?.toUpperCase() ?? ''] ?? 0;
}

function recipientType({ role, type }: CalendarAddress): Recipient['type'] {
  if (type === 'RESOURCE' || type === 'ROOM' || role === 'NON-PARTICIPANT') return 'bcc';
  return role === 'OPT-PARTICIPANT' ? 'cc' : 'to';
}

/** The attendees as recipients: required To, optional Cc, resources Bcc. */
export function recipientsOfEvent({ attendees = [], organizer }: CalendarEvent): readonly Recipient[] {
  const others = attendees.filter(({ email }) => email !== '' && email.toLowerCase() !== organizer?.email.toLowerCase());
  return others.map((attendee) => {
    const status = responseStatusOf(attendee.status);
    return { type: recipientType(attendee), name: attendee.name ?? attendee.email, address: attendee.email, addressType: 'SMTP', ...(status !== 0 && { response: { status } }) };
  });
}

/** The dates of a recurrence that Exchange has no pattern for are those of a single appointment: its first. */
function timeProperties(event: CalendarEvent, all: readonly CalendarEvent[]): Properties {
  try {
    const series = seriesOfEvents(event, all);
    if (series) return propertiesOfSeries(series, event.endZone);
  } catch (error) {
    if (!(error instanceof RecurrenceError || error instanceof SeriesError)) throw error;
  }
  return propertiesOfAppointment({ start: event.start, end: Math.max(event.start, event.end), zone: event.zone, endZone: event.endZone });
}

/** The ids of what an event is: those of its UID, dated for one occurrence. */
export function identityOfEvent({ uid, recurrenceId, zone }: CalendarEvent): Properties {
  if (uid === undefined || uid === '') return {};
  const date = recurrenceId === undefined ? undefined : zone.toLocal(recurrenceId);
  return {
    PidLidGlobalObjectId: binary.from(globalObjectIdOfUid(uid, date && { year: date.year, month: date.month, day: date.day })),
    PidLidCleanGlobalObjectId: binary.from(globalObjectIdOfUid(uid)),
    PidLidExceptionReplaceTime: recurrenceId,
  };
}

function reminderProperties({ start, reminderMinutes }: CalendarEvent): Properties {
  if (reminderMinutes === undefined) return { PidLidReminderSet: false };
  return { PidLidReminderSet: true, PidLidReminderDelta: reminderMinutes, PidLidReminderTime: start, PidLidReminderSignalTime: start - reminderMinutes * 60_000 };
}

/**
 * The properties of an appointment that an event tells of, [MS-OXCICAL] 2.1.3; `all`: the events beside it, of which
 * those of its UID are its exceptions.
 *
 * @example
 * const { events } = parseCalendar(text);
 * const [event] = events;
 * if (event) await session.createItem(calendar.id, { ...draft, properties: propertiesOfEvent(event, events), recipients: recipientsOfEvent(event) });
 */
export function propertiesOfEvent(event: CalendarEvent, all: readonly CalendarEvent[] = []): Properties {
  const { organizer, attendees = [], categories = [] } = event;
  const isMeeting = attendees.length > 0;
  return {
    ...timeProperties(event, all), ...identityOfEvent(event), ...reminderProperties(event),
    PidTagSubject: event.summary ?? '', PidLidLocation: event.location, PidLidAppointmentSubType: event.isAllDay,
    PidTagSensitivity: sensitivities[event.classification ?? 'PUBLIC'] ?? 0,
    PidTagImportance: event.importance ?? importanceOf(event.priority),
    PidLidBusyStatus: event.busyStatus ?? (event.isTransparent === true ? 0 : 2),
    PidLidIntendedBusyStatus: event.intendedBusyStatus,
    ...(categories.length > 0 && { PidNameKeywords: categories }),
    PidLidAppointmentSequence: event.sequence ?? 0,
    PidLidOwnerCriticalChange: event.stamp,
    PidTagOwnerAppointmentId: event.ownerAppointmentId,
    PidLidAppointmentNotAllowPropose: event.isCounterDisallowed,
    PidLidAppointmentStateFlags: isMeeting ? 1 : 0,
    ...(isMeeting && { PidTagResponseRequested: attendees.some(({ isResponseRequested }) => isResponseRequested === true) }),
    ...smtpPerson('PidTagSentRepresenting', organizer && { name: organizer.name ?? '', address: organizer.email }),
  };
}

/** [MS-OXCICAL] 2.1.3.1.1.20.17: 1 to 4 is high, 5 is normal, 6 to 9 is low. */
function importanceOf(priority: number | undefined): number {
  if (priority === undefined || priority === 0 || priority === 5) return 1;
  return priority < 5 ? 2 : 0;
}
