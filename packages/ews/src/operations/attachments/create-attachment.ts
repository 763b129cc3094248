import { attachmentId, isOccurrence, updateOccurrence, type Attachment, type AttachmentId, type Item, type OccurrenceItem } from '@fauxchange/mailbox';
import { embeddedView, findAttachment, replaceAt } from '../../attachments.ts';
import { openItem } from '../../calendar-items.ts';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { getItem } from '../../items.ts';
import { attachmentIdOf, attachmentKind, photoProperties, rootIdOf } from '../../mapping/attachment.ts';
import { attachmentOf } from '../../mapping/attachment-write.ts';
import { viewOf, type ItemView } from '../../mapping/item-view.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { openId } from '../../resolve.ts';
import { forEachEntry, success } from '../../response-messages.ts';
import type { ItemIdType, NonEmptyArrayOfAttachmentsType } from '../../schema/types.generated.ts';

const idOnly = { BaseShape: 'IdOnly' } as const;

/** Each attachment gets its own answer with the item's new change key. @see [MS-OXWSATT] 3.1.4.1 CreateAttachment */
export const createAttachment: Operation<'CreateAttachment'> = defineOperation('CreateAttachment', async ({ ParentItemId, Attachments }, context) => ({
  ResponseMessages: await forEachEntry(context, 'CreateAttachmentResponseMessage', Attachments, (head) => ({ ...head, Attachments: [] }), async (sent) => {
    const parent = await parentOf(ParentItemId, context);
    const { session, root } = parent;
    if (parent.placed && isOccurrence(parent.placed)) return { ...success, Attachments: [await attachToOccurrence(sent, parent.placed, parent, context)] };
    const item = await getItem(session, root.itemId);
    const attachment = await attachmentOf(sent, newId(parent.item.attachments, item), session, context);
    const attachments = replaceAt(item.attachments, root.path, (siblings) => [...siblings, attachment]);
    const updated = await session.updateItem(root.itemId, { attachments, properties: photoProperties(item, attachments), mime: 'none' });
    const AttachmentId = { Id: attachmentIdOf(attachment, parent), ...rootIdOf(viewOf(updated, session, idOnly, context)) };
    return { ...success, Attachments: [[attachmentKind(attachment), { AttachmentId }]] };
  }),
}));

/** What one occurrence alone has attached to it makes it an exception; what the series has attached stays with it. */
async function attachToOccurrence(sent: NonEmptyArrayOfAttachmentsType[number], occurrence: OccurrenceItem, { session }: ItemView, context: EwsContext): Promise<NonEmptyArrayOfAttachmentsType[number]> {
  const attachment = await attachmentOf(sent, newId(occurrence.attachments, occurrence.master), session, context);
  const updated = await updateOccurrence(session, occurrence, { attachments: [...occurrence.attachments, attachment] });
  const view = viewOf(updated, session, idOnly, context);
  const AttachmentId = { Id: attachmentIdOf(attachment, view), ...rootIdOf(view) };
  return [attachmentKind(attachment), { AttachmentId }];
}

/** The item that gets the attachment: one in a folder, or an attached one. */
async function parentOf(id: ItemIdType, context: EwsContext): Promise<ItemView> {
  if (openId(id.Id).kind !== 'attachment') {
    const { session, item } = await openItem(['ItemId', id], context);
    return viewOf(item, session, idOnly, context);
  }
  const { attachment, holder } = await findAttachment(id.Id, idOnly, context);
  if (attachment.kind !== 'item') throw new EwsError('ErrorInvalidIdNotAnItemAttachmentId');
  return embeddedView(attachment, holder);
}

/** An id that no attachment of the item has or had: ids of deleted ones must not find another. The item's change number has grown since. */
export function newId(siblings: readonly Attachment[], { cn }: Item): AttachmentId {
  const highest = siblings.reduce((most, { id }) => Math.max(most, id), 0);
  return attachmentId(Math.max(highest + 1, cn % 2 ** 31));
}
