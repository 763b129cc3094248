import { occurrences } from '@fauxchange/calendar';
import { calendarEntries } from '../availability/calendar-entries.ts';
import { seriesOf, timesOf } from '../calendar/appointment.ts';
import type { DirectoryEntry } from '../directory/directory.ts';
import type { EmbeddedItem, Item, ItemBody, StoredBytes } from '../items/item.ts';
import { valueOf } from '../items/value-of.ts';
import type { MailboxSession } from '../session/mailbox-session.ts';
import { answerMeeting, organizerRecipient } from './answer-meeting.ts';
import { placeRequest } from './attend.ts';
import { calendarOf, changeMeeting, findMeeting } from './calendar-item.ts';
import type { MeetingAnswer } from './meeting-facts.ts';

const DAY = 86_400_000;
/** Set-CalendarProcessing: defaults of BookingWindowInDays and MaximumDurationInMinutes ([K]). */
const bookingWindow = 180 * DAY;
const maximumDuration = 1440 * 60_000;
/** Occurrences of a series that are compared with the calendar. */
const MOST_OCCURRENCES = 1_000;

export function isResource({ recipientType }: DirectoryEntry): boolean {
  return recipientType === 'RoomMailbox' || recipientType === 'EquipmentMailbox';
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function spansOf(message: EmbeddedItem, now: number): readonly Span[] {
  const times = timesOf(message);
  const series = seriesOf(message);
  if (series) return occurrences(series, { from: Math.max(series.start, now), to: now + bookingWindow }, MOST_OCCURRENCES);
  return times ? [times] : [];
}

type Refusal = 'taken' | 'tooLong' | 'tooFar';
const reasons: Readonly<Record<Refusal, string>> = {
  taken: 'The resource is taken at that time.',
  tooLong: 'The meeting is longer than the resource may be booked for.',
  tooFar: 'The meeting lies beyond the days for which the resource may be booked.',
};

/** Why the resource does not come; undefined where it does. */
async function refusalOf(session: MailboxSession, message: EmbeddedItem, own: Item | undefined): Promise<Refusal | undefined> {
  const now = session.mailbox.clock.now();
  const calendarId = calendarOf(session);
  const spans = spansOf(message, now);
  const [first, last] = [spans[0], spans.at(-1)];
  if (!first || !last || calendarId === undefined) return undefined;
  if (first.start > now + bookingWindow) return 'tooFar';
  if (spans.some(({ start, end }) => end - start > maximumDuration)) return 'tooLong';
  const from = Math.min(...spans.map(({ start }) => start));
  const to = Math.max(...spans.map(({ end }) => end));
  const taken = (await calendarEntries(session, calendarId, { from, to })).filter(({ status, itemId }) => status !== 'Free' && itemId !== own?.id);
  return spans.some((span) => taken.some(({ start, end }) => start < span.end && end > span.start)) ? 'taken' : undefined;
}

/**
 * What a room or a piece of equipment does with a request: it comes if it is free, for a day at most and within half a
 * year, and tells the organizer so; else it declines and its calendar stays as it was. In its calendar the meeting
 * has the organizer's name ([K] defaults of Set-CalendarProcessing: AutoAccept, AddOrganizerToSubject, DeleteSubject, DeleteComments).
 */
export async function bookResource(session: MailboxSession, message: EmbeddedItem, keep: (bytes: Uint8Array) => Promise<StoredBytes>): Promise<MeetingAnswer> {
  const own = await findMeeting(session, message);
  const refusal = await refusalOf(session, message, own);
  const body = async (text: string): Promise<ItemBody> => ({ native: 'text', text: await keep(Buffer.from(text, 'utf8')) });
  if (refusal) {
    await answerMeeting(session, message, { answer: 'declined', isPlaced: false, body: await body(reasons[refusal]) });
    return 'declined';
  }
  const placed = await placeRequest(session, message);
  if (!placed) return 'declined';
  const named = await changeMeeting(session, placed.meeting, { properties: { PidTagSubject: organizerRecipient(message).name, PidLidReminderSet: false }, body: 'none', attachments: placed.meeting.attachments });
  const { draft } = await answerMeeting(session, named, { answer: 'accepted', isSent: false, body: await body('The resource has been booked for your meeting.') });
  const subject = String(valueOf(message, 'PidTagSubject') ?? '');
  await session.send({ ...draft, properties: { ...draft.properties, PidTagSubject: `Accepted: ${subject}`, PidTagSubjectPrefix: 'Accepted: ', PidTagConversationTopic: subject } }, {});
  return 'accepted';
}
