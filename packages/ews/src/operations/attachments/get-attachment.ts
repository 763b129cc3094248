import { mimeFromItem } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { embeddedView, findAttachment } from '../../attachments.ts';
import { attachmentElement } from '../../mapping/attachment.ts';
import { lazily } from '../../lazily.ts';
import { compileItemShape, type ItemShape } from '../../mapping/item-shape.ts';
import { bodyOptions } from '../../mapping/item-view.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { forEachEntry, success } from '../../response-messages.ts';
import type { ArrayOfAttachmentsType, ItemResponseShapeType } from '../../schema/types.generated.ts';

/** @see [MS-OXWSATT] 3.1.4.3 GetAttachment */
export const getAttachment: Operation<'GetAttachment'> = defineOperation('GetAttachment', async ({ AttachmentShape, AttachmentIds }, context) => {
  const asked: ItemResponseShapeType = { BaseShape: 'AllProperties', ...AttachmentShape };
  const shape = lazily(() => compileItemShape(asked, 'get'));
  return {
    ResponseMessages: await forEachEntry(context, 'GetAttachmentResponseMessage', AttachmentIds.AttachmentId, (head) => ({ ...head, Attachments: [] }), async ({ Id }) => ({
      ...success,
      Attachments: [await load(Id, asked, shape(), context)],
    })),
  };
});

async function load(id: string, asked: ItemResponseShapeType, shape: ItemShape, context: EwsContext): Promise<ArrayOfAttachmentsType[number]> {
  const { attachment, holder } = await findAttachment(id, asked, context);
  const [kind, facts] = attachmentElement(attachment, holder);
  if (kind === 'ReferenceAttachment') return [kind, facts];
  if (attachment.kind === 'file') return [kind as 'FileAttachment', { ...facts, Content: attachment.content.peek?.() ?? (await attachment.content.read()) }];
  const view = { ...embeddedView(attachment, holder), body: bodyOptions(asked) };
  const [name, element] = await shape.render(view);
  const mime = asked.IncludeMimeContent ? { MimeContent: { CharacterSet: 'UTF-8', $: Buffer.from(await mimeFromItem(attachment.item)).toString('base64') } } : {};
  return ['ItemAttachment', { ...facts, [name]: { ...mime, ...element } }];
}
