import { forwardMeeting, isMeeting, meetingKindOf, type Item, type ItemDraft } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { idOnly } from '../../items.ts';
import { kindOfClass } from '../../mapping/item-kind.ts';
import type { ItemElement } from '../../mapping/item-shape.ts';
import { ownSession } from '../../resolve.ts';
import { markResponded, rememberAnswer, type ResponseVerb } from '../../responses/last-verb.ts';
import { answerInvitation, answerRows } from '../../responses/meeting-answer.ts';
import { cancelCalendarItem, removeItem } from '../../responses/meeting-removal.ts';
import { postReplyDraft } from '../../responses/post-reply.ts';
import { isReceiptPending, receiptDone } from '../../responses/read-receipt.ts';
import { openReference, type Reference } from '../../responses/reference.ts';
import { answerDraft } from '../../responses/smart-response.ts';
import type { CreateItemType, MeetingRegistrationResponseObjectType, PostReplyItemType, SmartResponseType, SuppressReadReceiptType } from '../../schema/types.generated.ts';
import { folderForNew } from './new-item-folder.ts';
import { keptIn } from './send-item.ts';

type Respond = (sent: never, request: CreateItemType, context: EwsContext) => Promise<ItemElement[]>;

/** Response objects: elements of CreateItem that stand for what is made of another item. */
export const responses: { readonly [name: string]: Respond | undefined } = {
  ReplyToItem: answer('ReplyToItem'),
  ReplyAllToItem: answer('ReplyAllToItem'),
  ForwardItem: answer('ForwardItem'),
  PostReplyItem: postReply,
  SuppressReadReceipt: suppressReadReceipt,
  AcceptItem: invitationAnswer('AcceptItem'),
  TentativelyAcceptItem: invitationAnswer('TentativelyAcceptItem'),
  DeclineItem: invitationAnswer('DeclineItem'),
  CancelCalendarItem: cancelCalendarItem,
  RemoveItem: removeItem,
};

function invitationAnswer(element: keyof typeof answerRows): Respond {
  return (sent: MeetingRegistrationResponseObjectType, request: CreateItemType, context: EwsContext) => answerInvitation(answerRows[element], sent, request, context);
}

function answer(verb: ResponseVerb): Respond {
  return async (sent: SmartResponseType, request: CreateItemType, context: EwsContext) => {
    if (request.MessageDisposition === undefined) throw new EwsError('ErrorMessageDispositionRequired');
    const reference = await openReference(sent.ReferenceItemId, context);
    const draft = await answerDraft(verb, sent, reference, context);
    if (request.MessageDisposition === 'SaveOnly') {
      const { session, folderId } = await folderForNew('Message', request, context);
      // Only what is in the same mailbox can be marked once the draft is sent.
      const isSame = session.mailbox === reference.session.mailbox;
      const properties = isSame ? { ...draft.properties, ...rememberAnswer(verb, reference.item) } : draft.properties;
      return [idOnly(await session.createItem(folderId, { ...draft, properties }), session)];
    }
    if (verb === 'ForwardItem' && isInvitation(reference.item)) await sendInvitationOn(reference, draft, request, context);
    else await sendNew(draft, request, context);
    await markResponded(reference.session, reference.item, verb, context.clock.now());
    return [];
  };
}

function isInvitation(item: Item): boolean {
  return meetingKindOf(item.itemClass) === 'request' || (kindOfClass(item.itemClass) === 'CalendarItem' && isMeeting(item));
}

/** A meeting that is forwarded stays one: whoever gets it may answer its organizer. */
async function sendInvitationOn({ item }: Reference, draft: ItemDraft, request: CreateItemType, context: EwsContext): Promise<void> {
  if (draft.recipients.length === 0) throw new EwsError('ErrorInvalidRecipients');
  const saveIn = await keptIn(request, context);
  await forwardMeeting(ownSession(context), item, draft, { saveIn });
}

/** Sends what was never saved; ErrorInvalidRecipients for a message to nobody. */
export async function sendNew(draft: ItemDraft, request: CreateItemType, context: EwsContext): Promise<void> {
  if (draft.recipients.length === 0) throw new EwsError('ErrorInvalidRecipients');
  const saveIn = await keptIn(request, context);
  await ownSession(context).send(draft, { saveIn });
}

/** It goes where the post is that it answers, unless the request says otherwise. */
async function postReply(sent: PostReplyItemType, request: CreateItemType, context: EwsContext): Promise<ItemElement[]> {
  const reference = await openReference(sent.ReferenceItemId, context);
  const draft = await postReplyDraft(sent, reference, context);
  const { session, folderId } = request.SavedItemFolderId ? await folderForNew('PostItem', request, context) : { session: reference.session, folderId: reference.item.folderId };
  return [idOnly(await session.createItem(folderId, draft), session)];
}

/** The sender will not hear of it when the message is read. @see [MS-OXWSMSG] 2.2.4.10 SuppressReadReceiptType */
async function suppressReadReceipt({ ReferenceItemId }: SuppressReadReceiptType, _request: CreateItemType, context: EwsContext): Promise<ItemElement[]> {
  const { session, item } = await openReference(ReferenceItemId, context);
  if (!isReceiptPending(item)) throw new EwsError('ErrorReadReceiptNotPending');
  await session.updateItem(item.id, { properties: receiptDone(context.clock.now()) });
  return [];
}
