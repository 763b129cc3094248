import { CalendarTextError, parseCalendar, renderCalendar, type CalendarEvent } from '@fauxchange/calendar';
import { identityOfEvent, propertiesOfEvent, recipientsOfEvent, responseStatusOf } from '../calendar/from-events.ts';
import { eventsOfItem, personIn, type EventOptions } from '../calendar/to-events.ts';
import type { EmbeddedItem, Item, Properties, Recipient } from '../items/item.ts';
import { valueOf } from '../items/value-of.ts';
import { answers, busy, meetingClasses, meetingKindOf, meetingTypes, stateFlags, type MeetingAnswer } from './meeting-facts.ts';

/** What a text/calendar part makes of a message, [MS-OXCICAL] 2.1.3.1.1.1. */
export interface MeetingContent {
  readonly itemClass: string;
  /** Beside those of the message's header fields. */
  readonly properties: Properties;
  /** Those of the properties that count more than what the header fields say: the organizer, who may not be the sender. */
  readonly settled: Properties;
  /** The attendees; undefined: the recipients are those of the message. */
  readonly recipients: readonly Recipient[] | undefined;
}

function parsedEvents(text: string): { readonly method: string | undefined; readonly events: readonly CalendarEvent[] } | undefined {
  try {
    return { method: undefined, ...parseCalendar(text) };
  } catch (error) {
    // What cannot be read makes no meeting: the message stays a message.
    if (error instanceof CalendarTextError) return undefined;
    throw error;
  }
}

/** The meeting message that a text/calendar part of that method stands for; undefined for a part that is none. */
export function meetingFromCalendar({ method: named, text }: { readonly method: string; readonly text: string }): MeetingContent | undefined {
  const calendar = parsedEvents(text);
  const event = calendar?.events.find(({ recurrenceId }) => recurrenceId === undefined) ?? calendar?.events[0];
  if (!calendar || !event?.uid) return undefined;
  switch ((calendar.method ?? named).toUpperCase()) {
    case 'REQUEST': return requestFrom(event, calendar.events);
    case 'CANCEL': return cancellationFrom(event, calendar.events);
    case 'REPLY': return replyFrom(event, false);
    case 'COUNTER': return replyFrom(event, true);
    default: return undefined;
  }
}

function settledOf({ organizer, classification }: CalendarEvent, properties: Properties): Properties {
  const names = ['PidTagSentRepresentingName', 'PidTagSentRepresentingEmailAddress', 'PidTagSentRepresentingAddressType', 'PidTagSentRepresentingSmtpAddress'] as const;
  return {
    ...(organizer && Object.fromEntries(names.map((name) => [name, properties[name]]))),
    ...(classification !== undefined && classification !== 'PUBLIC' && { PidTagSensitivity: properties.PidTagSensitivity }),
  };
}

function requestFrom(event: CalendarEvent, all: readonly CalendarEvent[]): MeetingContent {
  const properties = propertiesOfEvent(event, all);
  const intended = event.intendedBusyStatus ?? event.busyStatus ?? (event.isTransparent === true ? busy.free : busy.busy);
  return {
    itemClass: meetingClasses.request,
    properties: {
      ...properties, PidLidMeetingType: meetingTypes.request, PidLidIntendedBusyStatus: intended, PidLidBusyStatus: intended === busy.free ? busy.free : busy.tentative,
      PidLidAppointmentStateFlags: stateFlags.meeting | stateFlags.received,
    },
    settled: settledOf(event, properties),
    recipients: recipientsOfEvent(event).map(({ type, name, address, addressType }) => ({ type, name, address, addressType })),
  };
}

function cancellationFrom(event: CalendarEvent, all: readonly CalendarEvent[]): MeetingContent {
  const properties = propertiesOfEvent(event, all);
  return {
    itemClass: meetingClasses.cancellation,
    settled: settledOf(event, properties),
    properties: {
      ...properties, PidLidMeetingType: meetingTypes.empty, PidLidIntendedBusyStatus: busy.free, PidLidBusyStatus: busy.free,
      PidLidAppointmentStateFlags: stateFlags.meeting | stateFlags.received | stateFlags.canceled,
    },
    recipients: undefined,
  };
}

function replyFrom(event: CalendarEvent, isCounter: boolean): MeetingContent | undefined {
  const [attendee] = event.attendees ?? [];
  const status = isCounter ? answers.tentative.status : responseStatusOf(attendee?.status);
  const found = (Object.keys(answers) as MeetingAnswer[]).find((answer) => answers[answer].status === status);
  if (!found || !attendee) return undefined;
  const { PidTagSentRepresentingName: _n, PidTagSentRepresentingEmailAddress: _e, PidTagSentRepresentingAddressType: _t, PidTagSentRepresentingSmtpAddress: _s, ...own } = propertiesOfEvent(event);
  return {
    itemClass: meetingClasses[found],
    settled: {},
    properties: {
      ...own, ...identityOfEvent(event), PidLidResponseStatus: status, PidLidAttendeeCriticalChange: event.stamp, PidLidReminderSet: undefined,
      ...(isCounter && { PidLidAppointmentCounterProposal: true, PidLidAppointmentProposedStartWhole: event.start, PidLidAppointmentProposedEndWhole: event.end }),
    },
    recipients: undefined,
  };
}

const methods = { request: 'REQUEST', cancellation: 'CANCEL' } as const;

/** The text/calendar part of a meeting message; undefined for other messages, and for those without a time. */
export async function calendarPart(item: EmbeddedItem | Item, options: EventOptions): Promise<{ readonly method: string; readonly text: string } | undefined> {
  const kind = meetingKindOf(item.itemClass);
  const events = kind === undefined ? [] : await eventsOfItem(item, options);
  if (kind === undefined || events.length === 0) return undefined;
  if (kind === 'request' || kind === 'cancellation') {
    const status = kind === 'cancellation' ? 'CANCELLED' : undefined;
    return { method: methods[kind], text: renderCalendar({ method: methods[kind], events: events.map((event) => ({ ...event, status })), language: 'en-US' }) };
  }
  const isCounter = valueOf(item, 'PidLidAppointmentCounterProposal') === true;
  const method = isCounter ? 'COUNTER' : 'REPLY';
  return { method, text: renderCalendar({ method, events: events.map((event) => replyEvent(item, event, kind, isCounter, options)), language: 'en-US' }) };
}

/** An answer names the one attendee who gives it, and goes to the organizer (RFC 5546 3.2.3). */
function replyEvent(item: EmbeddedItem | Item, event: CalendarEvent, answer: MeetingAnswer, isCounter: boolean, options: EventOptions): CalendarEvent {
  const attendee = personIn((name) => valueOf(item, name), 'PidTagSentRepresenting', options);
  const [to] = event.attendees ?? [];
  const time = (name: 'PidLidAppointmentProposedStartWhole' | 'PidLidAppointmentProposedEndWhole', otherwise: number): number => Number(valueOf(item, name) ?? otherwise);
  return {
    ...event,
    ...(isCounter && { start: time('PidLidAppointmentProposedStartWhole', event.start), end: time('PidLidAppointmentProposedEndWhole', event.end) }),
    organizer: to && { email: to.email, name: to.name },
    attendees: attendee ? [{ ...attendee, status: answers[answer].participation }] : [],
    stamp: Number(valueOf(item, 'PidLidAttendeeCriticalChange') ?? event.stamp ?? 0),
  };
}
