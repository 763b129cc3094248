import { findAttachment, replaceAt } from '../../attachments.ts';
import { itemIdElement } from '../../items.ts';
import { photoProperties } from '../../mapping/attachment.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { forEachEntry, success } from '../../response-messages.ts';

/** @see [MS-OXWSATT] 3.1.4.2 DeleteAttachment */
export const deleteAttachment: Operation<'DeleteAttachment'> = defineOperation('DeleteAttachment', async ({ AttachmentIds }, context) => ({
  ResponseMessages: await forEachEntry(context, 'DeleteAttachmentResponseMessage', AttachmentIds.AttachmentId, (head) => head, async ({ Id }) => {
    const { attachment, holder, root, path } = await findAttachment(Id, { BaseShape: 'IdOnly' }, context);
    const without = replaceAt(root.attachments, path.slice(0, -1), (siblings) => siblings.filter((one) => one.id !== attachment.id));
    const item = await holder.session.updateItem(root.id, { attachments: without, properties: photoProperties(root, without), mime: 'none' });
    const changed = itemIdElement(item, holder.session);
    return { ...success, RootItemId: { RootItemId: changed.Id, RootItemChangeKey: changed.ChangeKey } };
  }),
}));
