import type { Directory } from '../directory/directory.ts';
import type { EmbeddedItem } from '../items/item.ts';
import { valueOf } from '../items/value-of.ts';
import type { MailboxSession } from '../session/mailbox-session.ts';
import { organizerRecipient } from './answer-meeting.ts';
import { withResponse } from './attendees.ts';
import { changeMeeting, findMeeting } from './calendar-item.ts';
import { answers, type MeetingAnswer } from './meeting-facts.ts';
import { isOrganizer } from './organize.ts';

/**
 * Notes an answer in the organizer's attendee table ([MS-OXOCAL] 3.1.4.8.2). False where there is no such meeting, or it
 * has moved since the attendee was asked.
 */
export async function recordResponse(session: MailboxSession, message: EmbeddedItem, answer: MeetingAnswer, directory: Directory): Promise<boolean> {
  const meeting = await findMeeting(session, message);
  if (!meeting || !isOrganizer(meeting)) return false;
  const number = (item: EmbeddedItem, name: 'PidLidAppointmentSequence' | 'PidLidAttendeeCriticalChange' | 'PidLidAppointmentProposedStartWhole' | 'PidLidAppointmentProposedEndWhole'): number | undefined => {
    const value = valueOf(item, name);
    return typeof value === 'number' ? value : undefined;
  };
  if ((number(message, 'PidLidAppointmentSequence') ?? 0) < (number(meeting, 'PidLidAppointmentSequence') ?? 0)) return false;
  const time = number(message, 'PidLidAttendeeCriticalChange') ?? session.mailbox.clock.now();
  const proposedStart = number(message, 'PidLidAppointmentProposedStartWhole');
  const proposedEnd = number(message, 'PidLidAppointmentProposedEndWhole');
  const isCounter = valueOf(message, 'PidLidAppointmentCounterProposal') === true && proposedStart !== undefined && proposedEnd !== undefined;
  // Who answers is who the message is from: a delegate answers in the name of somebody.
  const recipients = withResponse(meeting.recipients, organizerRecipient(message), { status: answers[answer].status, time, ...(isCounter && { proposedStart, proposedEnd }) }, directory);
  if (recipients !== meeting.recipients) await changeMeeting(session, meeting, { recipients, ...(isCounter && { properties: { PidLidAppointmentCounterProposal: true } }) });
  return true;
}
