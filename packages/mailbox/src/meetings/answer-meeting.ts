import { MailboxError } from '../errors.ts';
import type { EmbeddedItem, Item, ItemBody, ItemDraft, Recipient } from '../items/item.ts';
import { valueOf } from '../items/value-of.ts';
import type { MailboxSession } from '../session/mailbox-session.ts';
import { placeRequest } from './attend.ts';
import { changeMeeting, findMeeting } from './calendar-item.ts';
import { composeResponse } from './compose.ts';
import { answers, busy, meetingKindOf, type MeetingAnswer } from './meeting-facts.ts';
import type { MeetingSendOptions } from './organize.ts';

export interface AnswerOptions extends MeetingSendOptions {
  readonly answer: MeetingAnswer;
  /** Words for the organizer. */
  readonly body?: ItemBody | undefined;
  /** A time that the attendee would prefer: both or none. */
  readonly proposedStart?: number | undefined;
  readonly proposedEnd?: number | undefined;
  /** False: the appointment stays as it is. Default true. */
  readonly isPlaced?: boolean | undefined;
  /** False: the response is made and not sent; `draft` is what would have been. Default true. */
  readonly isSent?: boolean | undefined;
}

export interface AnsweredMeeting {
  /** The appointment as it is now; undefined where there is none. */
  readonly meeting: Item | undefined;
  readonly draft: ItemDraft;
  /** The copy of the response that was kept. */
  readonly kept: Item | undefined;
}

/** The organizer that a request or an appointment names; MailboxError InvalidRecipients where it names none. */
export function organizerRecipient(item: EmbeddedItem): Omit<Recipient, 'type'> {
  const read = (suffix: string): string | undefined => valueOf(item, `PidTagSentRepresenting${suffix}` as 'PidTagSentRepresentingName') as string | undefined;
  const smtp = read('SmtpAddress');
  const address = smtp || read('EmailAddress');
  if (!address) throw new MailboxError('InvalidRecipients', 'The meeting has no organizer who could be answered.');
  return { name: read('Name') || address, address, addressType: smtp ? 'SMTP' : (read('AddressType') ?? 'SMTP') };
}

/** What an answer makes of the time in the calendar: who declines is free, who accepts is what the organizer intends. */
function busyStatus(answer: MeetingAnswer, item: EmbeddedItem): number {
  if (answer === 'declined') return busy.free;
  const intended = Number(valueOf(item, 'PidLidIntendedBusyStatus') ?? busy.busy);
  return answer === 'tentative' ? Math.min(intended, busy.tentative) : intended;
}

/**
 * Answers a meeting request, or the appointment that it became: the appointment says so, and the organizer hears of it
 * ([MS-OXOCAL] 3.1.4.8). What becomes of the request, and of an appointment that was declined, is the caller's business.
 *
 * @throws MailboxError InvalidRecipients for a meeting without an organizer, and as `MailboxSession.send` does
 * @example
 * await answerMeeting(session, request, { answer: 'accepted', saveIn });
 */
export async function answerMeeting(session: MailboxSession, item: Item | EmbeddedItem, options: AnswerOptions): Promise<AnsweredMeeting> {
  const { answer, sender = session, saveIn, body, proposedStart, proposedEnd } = options;
  const { mailbox } = session;
  const now = mailbox.clock.now();
  const isRequest = meetingKindOf(item.itemClass) === 'request';
  const isPlaced = options.isPlaced !== false;
  const found = isRequest ? ((await findMeeting(session, item)) ?? (isPlaced ? (await placeRequest(session, item))?.meeting : undefined)) : (item as Item);
  const draft = composeResponse(isRequest ? item : (found ?? item), { answer, attendee: mailbox.owner, organizer: organizerRecipient(item), now, body, proposedStart, proposedEnd });
  const meeting = found && isPlaced
    ? await changeMeeting(session, found, {
        properties: {
          PidLidResponseStatus: answers[answer].status, PidLidBusyStatus: busyStatus(answer, found), PidLidAppointmentReplyTime: now,
          PidLidAppointmentReplyName: session.accessor.entry?.displayName ?? mailbox.owner.displayName,
        },
      })
    : found;
  const kept = options.isSent === false ? undefined : await sender.send(draft, { saveIn });
  return { meeting, draft, kept };
}
