import { seriesOf, timesOf } from '../calendar/appointment.ts';
import { isOccurrence } from '../calendar/occurrence-item.ts';
import type { Item, ItemBody, ItemDraft, Properties, Recipient } from '../items/item.ts';
import { entryPerson } from '../items/person.ts';
import { valueOf } from '../items/value-of.ts';
import type { Destination, MailboxSession } from '../session/mailbox-session.ts';
import { Session } from '../session/session.ts';
import { attendeeKey, attendeesBeyond, withoutResponses } from './attendees.ts';
import { changeMeeting } from './calendar-item.ts';
import { composeCancellation, composeRequest } from './compose.ts';
import { responseStatuses, stateFlags } from './meeting-facts.ts';

export interface MeetingSendOptions {
  /** Who sends, where it is not the owner of the calendar: a delegate's own session. */
  readonly sender?: MailboxSession | undefined;
  /** Where the copy of each message goes; undefined: none is kept. */
  readonly saveIn?: Destination | undefined;
}

export interface UpdateOptions extends MeetingSendOptions {
  /** As the meeting was before the change. */
  readonly before: Item;
  /** `changed`: only those who came or went hear of it. */
  readonly audience: 'all' | 'changed';
}

const flagsOf = (item: Item): number => Number(valueOf(item, 'PidLidAppointmentStateFlags') ?? 0);

/** A meeting is an appointment with attendees. */
export function isMeeting(item: Item): boolean {
  return (flagsOf(item) & stateFlags.meeting) !== 0 || item.recipients.length > 0;
}

/** Whether the mailbox's owner is who called the meeting; of appointments everybody is. */
export function isOrganizer(item: Item): boolean {
  return (flagsOf(item) & stateFlags.received) === 0;
}

export function isCanceled(item: Item): boolean {
  return (flagsOf(item) & stateFlags.canceled) !== 0;
}

/** What makes an appointment a meeting of its owner, [MS-OXOCAL] 3.1.4.7. */
function organizerProperties(session: MailboxSession, item: Item, sequence: number, now: number): Properties {
  return {
    ...entryPerson('PidTagSentRepresenting', session.mailbox.owner),
    PidLidAppointmentStateFlags: flagsOf(item) | stateFlags.meeting,
    PidLidFInvited: true,
    PidLidResponseStatus: responseStatuses.organized,
    PidLidAppointmentSequence: sequence,
    PidLidOwnerCriticalChange: now,
    PidTagOwnerAppointmentId: valueOf(item, 'PidTagOwnerAppointmentId') ?? Math.floor(now / 60_000) & 0x7fffffff,
  };
}

/** Who hears of a meeting: nobody invites themselves. */
export function invited(session: MailboxSession, recipients: readonly Recipient[]): readonly Recipient[] {
  const { directory } = Session.scopeOf(session);
  return recipients.filter((one) => attendeeKey(one, directory) !== session.mailbox.owner.id);
}

async function send(session: MailboxSession, draft: ItemDraft, { sender = session, saveIn }: MeetingSendOptions): Promise<Item | undefined> {
  return draft.recipients.length === 0 ? undefined : sender.send(draft, { saveIn });
}

/**
 * Invites the attendees of an appointment, which is a meeting from then on. The answer is the appointment as it is now.
 *
 * @throws MailboxError as `MailboxSession.send` and `updateItem` do
 * @example
 * const meeting = await sendInvitations(session, await session.createItem(calendar.id, draft), { saveIn });
 */
export async function sendInvitations(session: MailboxSession, item: Item, options: MeetingSendOptions = {}): Promise<Item> {
  const now = session.mailbox.clock.now();
  const meeting = await changeMeeting(session, item, { properties: organizerProperties(session, item, Number(valueOf(item, 'PidLidAppointmentSequence') ?? 0), now) });
  const recipients = invited(session, meeting.recipients);
  await send(session, composeRequest(meeting, { recipients, organizer: session.mailbox.owner, now, isUpdate: false, isFull: true }), options);
  return meeting;
}

/** Whether a change moves the meeting: then everybody is asked anew ([MS-OXOCAL] 3.1.4.7.4). */
function isSignificant(before: Item, after: Item): boolean {
  const [old, now] = [timesOf(before), timesOf(after)];
  if (old?.start !== now?.start || old?.end !== now?.end) return true;
  return seriesOf(before) !== undefined || seriesOf(after) !== undefined ? valueOf(before, 'PidLidAppointmentRecur') !== valueOf(after, 'PidLidAppointmentRecur') : false;
}

/**
 * Tells attendees of a change: those who are new are invited, those who are no longer asked get a cancellation, and
 * the others, unless `audience` says otherwise, an update.
 */
export async function sendUpdates(session: MailboxSession, item: Item, options: UpdateOptions): Promise<Item> {
  const { directory } = Session.scopeOf(session);
  const { before, audience } = options;
  const organizer = session.mailbox.owner;
  const now = session.mailbox.clock.now();
  const wasSent = valueOf(before, 'PidLidFInvited') === true;
  const isFull = isSignificant(before, item);
  const isAnew = wasSent && isFull && audience === 'all';
  const sequence = Number(valueOf(item, 'PidLidAppointmentSequence') ?? 0) + (isAnew ? 1 : 0);
  const recipients = isAnew ? withoutResponses(item.recipients) : undefined;
  const meeting = await changeMeeting(session, item, { properties: organizerProperties(session, item, sequence, now), ...(recipients && { recipients }) });
  const gone = invited(session, attendeesBeyond(before.recipients, meeting.recipients, directory));
  const added = wasSent ? invited(session, attendeesBeyond(meeting.recipients, before.recipients, directory)) : invited(session, meeting.recipients);
  const stayed = invited(session, meeting.recipients).filter((one) => !added.includes(one));
  if (wasSent) await send(session, composeCancellation(meeting, { recipients: gone, organizer, now }), options);
  await send(session, composeRequest(meeting, { recipients: added, organizer, now, isUpdate: false, isFull: true }), options);
  if (audience === 'all') await send(session, composeRequest(meeting, { recipients: stayed, organizer, now, isUpdate: true, isFull }), options);
  return meeting;
}

/**
 * Calls the meeting off: the organizer's own appointment says so ([MS-OXOCAL] 2.2.1.10); whether it goes is the caller's
 * business. The copy that was kept is the answer.
 */
export async function sendCancellations(session: MailboxSession, item: Item, options: MeetingSendOptions & { readonly body?: ItemBody | undefined } = {}): Promise<Item | undefined> {
  const now = session.mailbox.clock.now();
  const sequence = Number(valueOf(item, 'PidLidAppointmentSequence') ?? 0) + 1;
  const draft = composeCancellation(item, { recipients: invited(session, item.recipients), organizer: session.mailbox.owner, now, body: options.body });
  const kept = await send(session, { ...draft, properties: { ...draft.properties, PidLidAppointmentSequence: sequence } }, options);
  // An occurrence that is called off is one no more: nothing of it is left to say so.
  if (!isOccurrence(item)) await changeMeeting(session, item, { properties: { PidLidAppointmentStateFlags: flagsOf(item) | stateFlags.meeting | stateFlags.canceled } });
  return kept;
}
