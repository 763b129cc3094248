import { immutableMark, type Attachment, type FolderId, type Item, type ItemChanges, type MailboxSession } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { getItem, idOnly } from '../../items.ts';
import { attachmentIdOf, rootIdOf } from '../../mapping/attachment.ts';
import { attachmentOf } from '../../mapping/attachment-write.ts';
import { viewOf } from '../../mapping/item-view.ts';
import { changesOf } from '../../mapping/item-write.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { resolveItemId } from '../../resolve.ts';
import { forEachEntry, success } from '../../response-messages.ts';
import type { ArrayOfAttachmentsType, UpdateItemInRecoverableItemsType } from '../../schema/types.generated.ts';
import { newId } from '../attachments/create-attachment.ts';
import { gatherChanges } from './update-item.ts';

/**
 * Changes an item of recoverable items, attaches to it, makes it read-only. Its schema and the meaning of MakeItemImmutable are all
 * that is documented: the code for an item that is elsewhere is [K].
 *
 * @see UpdateItemInRecoverableItems, EWS reference
 */
export const updateItemInRecoverableItems: Operation<'UpdateItemInRecoverableItems'> = defineOperation('UpdateItemInRecoverableItems', async (request, context) => ({
  ResponseMessages: await forEachEntry(context, 'UpdateItemInRecoverableItemsResponseMessage', [request], (head) => ({ ...head, Items: [] }), async ({ ItemId }) => {
    const { session, itemId } = resolveItemId(ItemId, context);
    const item = await getItem(session, itemId);
    if (!(await isRecoverable(session, item.folderId))) throw new EwsError('ErrorInvalidOperation', 'The item is not in recoverable items.');
    const made = await attachmentsFor(request, item, session, context);
    const updated = await session.updateItem(itemId, await changesFor(request, item, made, session, context));
    const Attachments = attachmentElements(made, updated, session, context);
    return { ...success, Items: [idOnly(updated, session)], ...(Attachments && { Attachments }), ConflictResults: { Count: 0 } };
  }),
}));

/** Folders are nested at most so deep that their paths can be told; the bound is for a hierarchy that is broken. */
const mostAncestors = 300;

async function isRecoverable(session: MailboxSession, folderId: FolderId): Promise<boolean> {
  const roots = [session.mailbox.wellKnown('recoverableitemsroot'), session.mailbox.wellKnown('archiverecoverableitemsroot')];
  let at = folderId;
  for (let n = 0; n < mostAncestors && at !== 0; n++) {
    if (roots.includes(at)) return true;
    at = (await session.folder(at)).parentId;
  }
  return false;
}

async function attachmentsFor({ Attachments }: UpdateItemInRecoverableItemsType, item: Item, session: MailboxSession, context: EwsContext): Promise<readonly Attachment[]> {
  const made: Attachment[] = [];
  for (const sent of Attachments ?? []) made.push(await attachmentOf(sent, newId([...item.attachments, ...made], item), session, context));
  return made;
}

async function changesFor({ Updates, MakeItemImmutable }: UpdateItemInRecoverableItemsType, item: Item, made: readonly Attachment[], session: MailboxSession, context: EwsContext): Promise<ItemChanges> {
  const changes = Updates ? await changesOf(await gatherChanges(Updates, item, session, context), session, item) : {};
  return {
    ...changes,
    ...(MakeItemImmutable && { properties: { ...changes.properties, [immutableMark]: true } }),
    ...(made.length > 0 && { attachments: [...(changes.attachments ?? item.attachments), ...made], mime: 'none' as const }),
  };
}

function attachmentElements(made: readonly Attachment[], updated: Item, session: MailboxSession, context: EwsContext): ArrayOfAttachmentsType | undefined {
  if (made.length === 0) return undefined;
  const view = viewOf(updated, session, { BaseShape: 'IdOnly' }, context);
  return made.map((attachment) => {
    const AttachmentId = { Id: attachmentIdOf(attachment, view), ...rootIdOf(view) };
    return attachment.kind === 'file' ? ['FileAttachment', { AttachmentId }] : ['ItemAttachment', { AttachmentId }];
  });
}
