import type { OccurrenceException } from '@fauxchange/calendar';
import { seriesOf, timesOf } from '../calendar/appointment.ts';
import { placeProperties } from '../calendar/place.ts';
import { MailboxError } from '../errors.ts';
import { bagOf } from '../items/bag.ts';
import type { EmbeddedItem, Item, ItemDraft, Properties } from '../items/item.ts';
import { valueOf } from '../items/value-of.ts';
import type { MailboxSession } from '../session/mailbox-session.ts';
import { calendarOf, changeMeeting, findMaster, findMeeting, identityOf } from './calendar-item.ts';
import { sharedOf } from './compose.ts';
import { busy, meetingTypes, responseStatuses, stateFlags } from './meeting-facts.ts';

/** A message on its way in, as something to read properties of. */
export function asItem({ properties, ...content }: ItemDraft): EmbeddedItem {
  return { ...content, bag: bagOf(properties) };
}

const numberIn = (item: EmbeddedItem | Item, name: 'PidLidAppointmentSequence' | 'PidLidOwnerCriticalChange' | 'PidLidIntendedBusyStatus' | 'PidLidReminderDelta'): number | undefined => {
  const value = valueOf(item, name);
  return typeof value === 'number' ? value : undefined;
};

/** Whether a message tells of an older state of the meeting than is known: by its sequence, then by its time ([MS-OXOCAL] 3.1.5.2). */
export function isOutOfDate(message: EmbeddedItem, meeting: Item | undefined): boolean {
  if (!meeting) return false;
  const [known, told] = [numberIn(meeting, 'PidLidAppointmentSequence') ?? 0, numberIn(message, 'PidLidAppointmentSequence') ?? 0];
  if (known !== told) return told < known;
  return (numberIn(message, 'PidLidOwnerCriticalChange') ?? Infinity) < (numberIn(meeting, 'PidLidOwnerCriticalChange') ?? -Infinity);
}

/** What the organizer intends, as the one who has not answered shows it: tentative, unless it takes no time. */
function tentativeStatus(message: EmbeddedItem): number {
  return (numberIn(message, 'PidLidIntendedBusyStatus') ?? busy.busy) === busy.free ? busy.free : busy.tentative;
}

const organizerNames = ['PidTagSentRepresentingName', 'PidTagSentRepresentingEmailAddress', 'PidTagSentRepresentingAddressType', 'PidTagSentRepresentingSmtpAddress', 'PidTagSentRepresentingEntryId'] as const;

function organizerOf(message: EmbeddedItem): Properties {
  return Object.fromEntries(organizerNames.flatMap((name) => {
    const value = message.bag.get(name);
    return value === undefined ? [] : [[name, value]];
  }));
}

/** What an update takes away when it does not say it. */
const cleared: Properties = {
  PidLidLocation: undefined, PidLidAppointmentRecur: undefined, PidLidRecurring: false, PidLidIsRecurring: undefined, PidLidRecurrenceType: undefined, PidLidRecurrencePattern: undefined,
  ...Object.fromEntries(Object.values(placeProperties).map((name) => [name, undefined])),
};

function receivedProperties(message: EmbeddedItem): Properties {
  return {
    ...sharedOf(message), ...organizerOf(message),
    PidLidAppointmentStateFlags: stateFlags.meeting | stateFlags.received,
    PidLidIntendedBusyStatus: numberIn(message, 'PidLidIntendedBusyStatus') ?? busy.busy,
    PidLidFInvited: true,
  };
}

function unanswered(message: EmbeddedItem): Properties {
  return { PidLidResponseStatus: responseStatuses.notResponded, PidLidBusyStatus: tentativeStatus(message), PidLidAppointmentReplyTime: undefined, PidLidAppointmentReplyName: undefined };
}

function reminder(message: EmbeddedItem): Properties {
  const start = timesOf(message)?.start;
  if (valueOf(message, 'PidLidReminderSet') !== true || start === undefined) return { PidLidReminderSet: false };
  const delta = numberIn(message, 'PidLidReminderDelta') ?? 15;
  return { PidLidReminderSet: true, PidLidReminderDelta: delta, PidLidReminderTime: start, PidLidReminderSignalTime: start - delta * 60_000 };
}

async function newMeeting(session: MailboxSession, message: EmbeddedItem): Promise<Item> {
  const calendarId = calendarOf(session);
  if (calendarId === undefined) throw new MailboxError('FolderNotFound', 'The mailbox has no calendar.', 'calendar');
  return session.createItem(calendarId, {
    itemClass: 'IPM.Appointment', isRead: true, isAssociated: false, recipients: message.recipients, attachments: message.attachments, body: message.body,
    properties: { ...receivedProperties(message), ...unanswered(message), ...reminder(message), PidTagMessageFlags: 0 },
  });
}

/** Whether a message gives a meeting another time than it has: of a series, another pattern, or other times for some of it. */
function isElsewhen(known: Item, message: EmbeddedItem): boolean {
  const [before, after] = [timesOf(known), timesOf(message)];
  if (before?.start !== after?.start || before?.end !== after?.end) return true;
  const [old, now] = [seriesOf(known), seriesOf(message)];
  if (!old || !now) return (old === undefined) !== (now === undefined);
  const isSame = JSON.stringify(old.recurrence) === JSON.stringify(now.recurrence) && old.zone.id === now.zone.id;
  // An occurrence that differs in something else, be it in who has answered, is where it was.
  const isKnown = ({ originalStart, start, end }: OccurrenceException): boolean => (start === originalStart && end - start === now.end - now.start) || old.exceptions.some((each) => each.originalStart === originalStart && each.start === start && each.end === end);
  return !isSame || now.deleted.some((each) => !old.deleted.includes(each)) || !now.exceptions.every(isKnown);
}

const timeNames = [
  'PidLidAppointmentRecur', 'PidLidRecurring', 'PidLidIsRecurring', 'PidLidRecurrenceType', 'PidLidRecurrencePattern', 'PidLidClipStart', 'PidLidClipEnd', 'PidLidTimeZoneStruct',
  'PidLidAppointmentTimeZoneDefinitionRecur',
] as const;

function timesAsKnown(known: Item): Properties {
  return Object.fromEntries(timeNames.map((name) => [name, valueOf(known, name)]));
}

export interface PlacedRequest {
  readonly meeting: Item;
  /** PidLidMeetingType that the message deserves. */
  readonly meetingType: number;
}

/**
 * Puts what a request asks for into the calendar, tentatively; an update changes what is there, and asks anew where
 * the time is another ([MS-OXOCAL] 3.1.4.7.6). Undefined for what has no id or no time.
 */
export async function placeRequest(session: MailboxSession, message: EmbeddedItem): Promise<PlacedRequest | undefined> {
  if (!identityOf(message) || !timesOf(message)) return undefined;
  const known = await findMeeting(session, message);
  if (!known) return { meeting: await newMeeting(session, message), meetingType: meetingTypes.request };
  if (isOutOfDate(message, known)) return { meeting: known, meetingType: meetingTypes.outOfDate };
  const isMoved = isElsewhen(known, message);
  const isAnswered = ([responseStatuses.tentative, responseStatuses.accepted, responseStatuses.declined] as readonly unknown[]).includes(valueOf(known, 'PidLidResponseStatus'));
  const { PidLidReminderSet: _set, PidLidReminderDelta: _delta, PidLidGlobalObjectId: _id, PidTagSensitivity: _own, ...told } = receivedProperties(message);
  // Where the time is the same, occurrences that the attendee has answered or changed alone stay as they are.
  const times: Properties = isMoved ? {} : timesAsKnown(known);
  const properties: Properties = { ...cleared, ...told, ...(isMoved || !isAnswered ? unanswered(message) : {}), ...times };
  const meeting = await changeMeeting(session, known, { properties, recipients: message.recipients, ...(message.body && { body: message.body }) });
  if (!isMoved && isAnswered) return { meeting, meetingType: meetingTypes.informationalUpdate };
  // Whoever has not answered yet is asked anew by any change: [MS-OXWSMTGS] 2.2.5.9 FullUpdate.
  return { meeting, meetingType: isMoved || isUpdate(known, message) ? meetingTypes.fullUpdate : meetingTypes.request };
}

/** Whether a request tells of a change, and is not the same one again. */
function isUpdate(known: Item, message: EmbeddedItem): boolean {
  const type = Number(valueOf(message, 'PidLidMeetingType') ?? meetingTypes.request);
  return type !== meetingTypes.request || numberIn(message, 'PidLidOwnerCriticalChange') !== numberIn(known, 'PidLidOwnerCriticalChange');
}

/** Marks what was called off: it stays in the calendar, free, until its owner removes it ([MS-OXOCAL] 3.1.4.9). False where the message is older than what is known. */
export async function placeCancellation(session: MailboxSession, message: EmbeddedItem): Promise<boolean> {
  const known = await findMeeting(session, message);
  if (!known) return (await findMaster(session, message)) !== undefined;
  if (isOutOfDate(message, known)) return false;
  await changeMeeting(session, known, {
    properties: {
      PidTagSubject: String(valueOf(message, 'PidTagSubject') ?? ''),
      PidLidAppointmentStateFlags: stateFlags.meeting | stateFlags.received | stateFlags.canceled,
      PidLidBusyStatus: busy.free,
      PidLidAppointmentSequence: numberIn(message, 'PidLidAppointmentSequence') ?? 0,
      PidLidOwnerCriticalChange: numberIn(message, 'PidLidOwnerCriticalChange'),
      PidLidReminderSet: false,
    },
  });
  return true;
}
