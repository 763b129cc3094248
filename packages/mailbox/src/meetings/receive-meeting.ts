import { RecurrenceError, SeriesError } from '@fauxchange/calendar';
import type { Directory } from '../directory/directory.ts';
import { MailboxError } from '../errors.ts';
import type { ItemDraft, Properties } from '../items/item.ts';
import type { Mailbox } from '../mailbox.ts';
import { entryOf } from '../transport/expand-recipients.ts';
import { organizerRecipient } from './answer-meeting.ts';
import { asItem, placeCancellation, placeRequest } from './attend.ts';
import { bookResource, isResource } from './book-resource.ts';
import { delegated, informedType, type DelegateCopy } from './delegate-copies.ts';
import { meetingKindOf, meetingTypes, responseStatuses } from './meeting-facts.ts';
import { recordResponse } from './record-response.ts';

/** A message as it is filed, and where. */
export interface ReceivedMessage {
  readonly draft: ItemDraft;
  readonly folder: 'inbox' | 'deleteditems';
  /** For the inboxes of those who act for the receiver. */
  readonly copies: readonly DelegateCopy[];
}

/**
 * What the calendar does with a message before it is filed ([MS-OXOCAL] 3.1.5): requests are placed tentatively, or
 * booked by what is a resource, cancellations and answers noted. Other messages are filed as they are.
 */
export async function receiveMeeting(mailbox: Mailbox, draft: ItemDraft, directory: Directory): Promise<ReceivedMessage> {
  const filed = await settled(() => fileMeeting(mailbox, draft, directory), { draft, folder: 'inbox' });
  const kind = meetingKindOf(draft.itemClass);
  if (kind === undefined || filed.folder !== 'inbox') return { ...filed, copies: [] };
  const { copies, own } = await delegated(mailbox, filed.draft, directory);
  if (own === 'putAway') return { ...filed, copies, folder: 'deleteditems' };
  if (own === 'kept' || kind !== 'request') return { ...filed, copies };
  return { ...filed, copies, draft: { ...filed.draft, properties: { ...filed.draft.properties, PidLidMeetingType: informedType } } };
}

/**
 * What the calendar cannot take, an occurrence beyond its neighbours or more attendees than there may be, comes as a
 * message that nothing was done with: whoever writes it must not stop the mail.
 */
async function settled(work: () => Promise<Filed>, otherwise: Filed): Promise<Filed> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MailboxError || error instanceof SeriesError || error instanceof RecurrenceError) return otherwise;
    throw error;
  }
}

type Filed = Omit<ReceivedMessage, 'copies'>;

async function fileMeeting(mailbox: Mailbox, draft: ItemDraft, directory: Directory): Promise<Filed> {
  const kind = meetingKindOf(draft.itemClass);
  if (kind === undefined) return { draft, folder: 'inbox' };
  const session = mailbox.openAsSystem();
  const message = asItem(draft);
  const filed = (properties: Properties, folder: Filed['folder'] = 'inbox'): Filed => ({ folder, draft: { ...draft, properties: { ...draft.properties, PidTagProcessed: true, ...properties } } });
  if (kind === 'request' || kind === 'cancellation') {
    // Whoever called the meeting has it already: a group brought the message back.
    if (isFromOwner(mailbox, draft, directory)) return filed({});
    if (kind === 'cancellation') return filed((await placeCancellation(session, message)) ? {} : { PidLidMeetingType: meetingTypes.outOfDate }, isResource(mailbox.owner) ? 'deleteditems' : 'inbox');
    if (isResource(mailbox.owner)) {
      await bookResource(session, message, (bytes) => session.keep(bytes));
      return filed({}, 'deleteditems');
    }
    const placed = await placeRequest(session, message);
    return placed ? filed({ PidLidMeetingType: placed.meetingType, PidLidResponseStatus: responseStatuses.notResponded }) : { draft, folder: 'inbox' };
  }
  await recordResponse(session, message, kind, directory);
  return filed({});
}

function isFromOwner({ owner }: Mailbox, draft: ItemDraft, directory: Directory): boolean {
  const message = asItem(draft);
  return message.bag.has('PidTagSentRepresentingEmailAddress') && entryOf(directory, organizerRecipient(message))?.id === owner.id;
}
