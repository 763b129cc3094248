import { answerMeeting, identityOf, isCanceled, isMeeting, isOccurrence, isOrganizer, meetingTypes, messageFlags, valueOf, type Item, type ItemBody, type ItemDraft, type MailboxSession, type MeetingAnswer } from '@fauxchange/mailbox';
import type { EwsContext } from '../context.ts';
import { EwsError } from '../errors.ts';
import { idOnly, oneOf } from '../items.ts';
import { parseDateTime } from '../mapping/date-time.ts';
import { kindOfClass } from '../mapping/item-kind.ts';
import type { ItemElement } from '../mapping/item-shape.ts';
import { draftOf, gather } from '../mapping/item-write.ts';
import { folderForNew } from '../operations/items/new-item-folder.ts';
import { keptIn } from '../operations/items/send-item.ts';
import { principalSession } from '../meeting-principal.ts';
import { refusePublic } from '../public-folders.ts';
import { ownSession } from '../resolve.ts';
import type { CreateItemType, ItemIdType, MeetingRegistrationResponseObjectType, MessageType, ResponseCodeType } from '../schema/types.generated.ts';
import { openReference } from './reference.ts';

export interface MeetingReference {
  /** The mailbox in whose calendar the meeting is: the caller's, or that of whom they act for. */
  readonly session: MailboxSession;
  readonly item: Item;
  /** Where the item itself is. */
  readonly home: MailboxSession;
}

/** The item that an answer is about: ErrorMissingInformationReferenceItemId, ErrorStaleObject. */
export async function openMeetingReference(id: ItemIdType | undefined, context: EwsContext): Promise<MeetingReference> {
  const { session, item } = await openReference(id, context);
  refusePublic(session, 'Answering meetings');
  return { session: principalSession(session.mailbox, item, context) ?? session, item, home: session };
}

export interface AnswerRow {
  readonly answer: MeetingAnswer;
  readonly notAnswerable: ResponseCodeType;
  readonly byOrganizer: ResponseCodeType;
  readonly cancelled: ResponseCodeType;
}
/** The elements of CreateItem and the errors that each has of its own. */
export const answerRows: Readonly<Record<'AcceptItem' | 'TentativelyAcceptItem' | 'DeclineItem', AnswerRow>> = {
  AcceptItem: { answer: 'accepted', notAnswerable: 'ErrorInvalidItemForOperationAcceptItem', byOrganizer: 'ErrorCalendarIsOrganizerForAccept', cancelled: 'ErrorCalendarIsCancelledForAccept' },
  TentativelyAcceptItem: { answer: 'tentative', notAnswerable: 'ErrorInvalidItemForOperationTentative', byOrganizer: 'ErrorCalendarIsOrganizerForTentative', cancelled: 'ErrorCalendarIsCancelledForTentative' },
  DeclineItem: { answer: 'declined', notAnswerable: 'ErrorInvalidItemForOperationDeclineItem', byOrganizer: 'ErrorCalendarIsOrganizerForDecline', cancelled: 'ErrorCalendarIsCancelledForDecline' },
};

function checkAnswerable(item: Item, row: AnswerRow): void {
  const kind = kindOfClass(item.itemClass);
  if (kind === 'MeetingRequest') {
    if (valueOf(item, 'PidLidMeetingType') === meetingTypes.outOfDate) throw new EwsError('ErrorCalendarMeetingRequestIsOutOfDate');
    if (identityOf(item)) return;
  }
  if (kind !== 'CalendarItem' || !isMeeting(item)) throw new EwsError(row.notAnswerable);
  if (isOrganizer(item)) throw new EwsError(row.byOrganizer);
  if (isCanceled(item)) throw new EwsError(row.cancelled);
}

interface Words {
  readonly body: ItemBody | undefined;
  readonly attachments: ItemDraft['attachments'];
}

/** What the request says beside the answer itself. */
export async function wordsOf({ ReferenceItemId: _reference, ...fields }: { readonly ReferenceItemId?: ItemIdType | undefined } & MessageType, session: MailboxSession, context: EwsContext): Promise<Words> {
  const { body, attachments } = await draftOf(gather(fields, 'Message', context), session);
  return { body, attachments };
}

function proposal({ ProposedStart, ProposedEnd }: MeetingRegistrationResponseObjectType, { localOffset }: EwsContext): { readonly proposedStart?: number; readonly proposedEnd?: number } {
  if (ProposedStart === undefined && ProposedEnd === undefined) return {};
  if (ProposedStart === undefined || ProposedEnd === undefined) throw new EwsError('ErrorInvalidArgument', 'A proposed time has a start and an end.');
  const [proposedStart, proposedEnd] = [parseDateTime(ProposedStart, localOffset), parseDateTime(ProposedEnd, localOffset)];
  if (proposedEnd < proposedStart) throw new EwsError('ErrorCalendarEndDateIsEarlierThanStartDate');
  return { proposedStart, proposedEnd };
}

/**
 * AcceptItem, TentativelyAcceptItem, DeclineItem. The answer tells of the appointment, of the request that went to Deleted
 * Items, and of the copy of the response: documentation of CalendarActionResults in the EWS Managed API.
 *
 * @see [MS-OXWSMTGS] 3.1.4.2
 */
export async function answerInvitation(row: AnswerRow, sent: MeetingRegistrationResponseObjectType, request: CreateItemType, context: EwsContext): Promise<ItemElement[]> {
  const saveIn = await keptIn(request, context);
  const { session, item, home } = await openMeetingReference(sent.ReferenceItemId, context);
  checkAnswerable(item, row);
  const { ProposedStart: _start, ProposedEnd: _end, ...fields } = sent;
  const times = proposal(sent, context);
  const sender = ownSession(context);
  const { body } = await wordsOf(fields as MessageType, sender, context);
  const isSent = request.MessageDisposition !== 'SaveOnly';
  const { meeting, draft, kept } = await answerMeeting(session, item, { answer: row.answer, sender, saveIn, body, isSent, ...times });
  const saved = isSent ? kept && idOnly(kept, saveIn?.session ?? sender) : await saveDraft(draft, request, context);
  const settled = meeting && (await settleMeeting(meeting, row.answer, session, kindOfClass(item.itemClass) === 'CalendarItem'));
  const moved = kindOfClass(item.itemClass) === 'MeetingRequest' ? await discard(item, home) : undefined;
  return [settled && idOnly(settled, session), moved && idOnly(moved, home), saved].filter((one) => one !== undefined);
}

async function saveDraft(draft: ItemDraft, request: CreateItemType, context: EwsContext): Promise<ItemElement> {
  const { session, folderId } = await folderForNew('Message', request, context);
  return idOnly(await session.createItem(folderId, { ...draft, properties: { ...draft.properties, PidTagMessageFlags: messageFlags.unsent } }), session);
}

/** What was declined goes to Deleted Items; what was accepted through the appointment is made anew, under another id. */
async function settleMeeting(meeting: Item, answer: MeetingAnswer, session: MailboxSession, isAppointment: boolean): Promise<Item | undefined> {
  if (isOccurrence(meeting)) return meeting;
  if (answer === 'declined') return discard(meeting, session);
  if (!isAppointment) return meeting;
  return oneOf(await session.moveItems([meeting.id], { session, folderId: meeting.folderId }));
}

/** Into Deleted Items; from there it is gone for good, and undefined is the answer. */
export async function discard(item: Item, session: MailboxSession): Promise<Item | undefined> {
  const isThere = item.folderId === session.mailbox.wellKnown('deleteditems');
  return oneOf(await session.removeItems([item.id], isThere ? 'hard' : 'moveToDeletedItems'));
}
