import type { Item, MailboxSession } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError, instead } from '../../errors.ts';
import { itemIdElement } from '../../items.ts';
import { attachmentIdOf, attachmentKind } from '../../mapping/attachment.ts';
import { kindOfClass, type ItemKind } from '../../mapping/item-kind.ts';
import type { ItemElement } from '../../mapping/item-shape.ts';
import { viewOf } from '../../mapping/item-view.ts';
import { draftOf, gather } from '../../mapping/item-write.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { ownSession } from '../../resolve.ts';
import { forEachEntry, success } from '../../response-messages.ts';
import type { CreateItemType, ItemType, NonEmptyArrayOfAllItemsType } from '../../schema/types.generated.ts';
import { responses, sendNew } from './create-response.ts';
import { checkSending, invite, signAppointment } from './meeting-sending.ts';
import { folderForNew } from './new-item-folder.ts';

/** Kinds that are created; meeting messages are not: [MS-OXWSMTGS] 3.1.4.2.1. */
const createdKinds: ReadonlySet<string> = new Set<ItemKind>(['Message', 'PostItem', 'Item', 'Contact', 'DistributionList', 'Task', 'CalendarItem']);

/** @see [MS-OXWSCORE] 3.1.4.2 CreateItem */
export const createItem: Operation<'CreateItem'> = defineOperation('CreateItem', async (request, context) => ({
  ResponseMessages: await forEachEntry(context, 'CreateItemResponseMessage', request.Items, (head) => ({ ...head, Items: [] }), async (entry) => ({ ...success, Items: await create(entry, request, context) })),
}));

async function create([kind, sent]: NonEmptyArrayOfAllItemsType[number], request: CreateItemType, context: EwsContext): Promise<ItemElement[]> {
  if (kind === 'CalendarItem' && request.SendMeetingInvitations === undefined) throw new EwsError('ErrorSendMeetingInvitationsRequired');
  const respond = responses[kind];
  if (respond) return respond(sent as never, request, context);
  if (!createdKinds.has(kind)) throw new EwsError('ErrorInvalidItemForOperationCreateItem');
  const isMessage = kind === 'Message';
  if (isMessage && request.MessageDisposition === undefined) throw new EwsError('ErrorMessageDispositionRequired');
  const target = gather(sent as ItemType, kind as ItemKind, context);
  if (isMessage && request.MessageDisposition !== 'SaveOnly') {
    await sendNew(await draftOf(target, ownSession(context)), request, context);
    return [];
  }
  const { session, folderId } = await folderForNew(kind as ItemKind, request, context);
  if (kind === 'CalendarItem') {
    checkSending(session, request.SendMeetingInvitations, target);
    signAppointment(target, session);
  }
  const draft = await draftOf(target, session);
  const item = await session.createItem(folderId, draft).catch(instead('AccessDenied', () => new EwsError('ErrorCreateItemAccessDenied')));
  // The change key is that of the meeting with its invitations sent.
  return [created(kind === 'CalendarItem' ? await invite(item, session, request, context) : item, session, context)];
}

/** The id, and those of the attachments that came with it. */
function created(item: Item, session: MailboxSession, context: EwsContext): ItemElement {
  const view = viewOf(item, session, { BaseShape: 'IdOnly' }, context);
  const attachments = item.attachments.map((attachment) => [attachmentKind(attachment), { AttachmentId: { Id: attachmentIdOf(attachment, view) } }] as const);
  return [kindOfClass(item.itemClass), { ItemId: itemIdElement(item, session), Attachments: attachments.length > 0 ? attachments : undefined }];
}
