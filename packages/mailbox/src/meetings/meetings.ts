import type { Item } from '../items/item.ts';
import type { MailboxSession } from '../session/mailbox-session.ts';
import { answerMeeting } from './answer-meeting.ts';
import { isCanceled, isMeeting, isOrganizer, sendCancellations, sendInvitations, sendUpdates, type MeetingSendOptions } from './organize.ts';

/** What has happened to an appointment, or to one occurrence of it. */
export interface MeetingChange {
  /** Undefined where it has just been made. */
  readonly before: Item | undefined;
  /** Undefined where it is about to be deleted. */
  readonly after: Item | undefined;
}

export interface InvitationOptions extends MeetingSendOptions {
  /** Attendees to be told: none, all, or those alone who came or went. */
  readonly to: 'none' | 'all' | 'changed';
}

/**
 * Tells the attendees of a meeting what has happened to it: a request, an update, a cancellation; of what an attendee
 * deletes the organizer is told that they decline. The answer is the appointment as it is afterwards.
 *
 * @example
 * const meeting = await invitationsFor(session, { before: undefined, after: created }, { to: 'all', saveIn });
 */
export async function invitationsFor(session: MailboxSession, { before, after }: MeetingChange, options: InvitationOptions): Promise<Item | undefined> {
  if (options.to === 'none') return after;
  if (!after) {
    if (before) await leave(session, before, options);
    return undefined;
  }
  if (!isOrganizer(after) || isCanceled(after)) return after;
  if (before && (isMeeting(before) || isMeeting(after))) return sendUpdates(session, after, { ...options, before, audience: options.to });
  return after.recipients.length > 0 ? sendInvitations(session, after, options) : after;
}

async function leave(session: MailboxSession, item: Item, options: InvitationOptions): Promise<void> {
  if (!isMeeting(item) || isCanceled(item)) return;
  if (isOrganizer(item)) await sendCancellations(session, item, options);
  else await answerMeeting(session, item, { answer: 'declined', isPlaced: false, ...options });
}

