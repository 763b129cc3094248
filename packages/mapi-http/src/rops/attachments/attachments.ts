import type { Attachment } from '@fauxchange/mailbox';
import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { AttachmentObject } from '../../objects/attachment-object.ts';
import { MessageObject } from '../../objects/message-object.ts';
import { defineRop } from '../../rop/define-rop.ts';
import { openMode } from '../messages/open-mode.ts';

/** What the model takes. */
const mostAttachments = 1_000;
const modeMask = 0x3;
/** SaveFlags that may stand together: [MS-OXCMSG] 3.2.5.14 refuses the others. */
const saveFlags: ReadonlySet<number> = new Set([0x0, 0x1, 0x2, 0x4, 0xc]);

function attachmentOf(message: MessageObject, number: number): Attachment {
  const attachment = message.attachment(number);
  if (!attachment) throw new RopError(errorCode.NotFound, `The message has no attachment ${number}.`);
  return attachment;
}

/** [MS-OXCMSG] 3.2.5.12. */
export const openAttachment = defineRop('RopOpenAttachment', [MessageObject], async ({ OpenAttachmentFlags, AttachmentID }, { object }) => {
  const mode = OpenAttachmentFlags & modeMask;
  const attachment = attachmentOf(object, AttachmentID);
  if (mode === openMode.readWrite) object.checkWritable();
  return { opens: AttachmentObject.of(object, attachment, mode === openMode.readOnly ? 'readOnly' : object.access) };
});

/** [MS-OXCMSG] 3.2.5.13. */
export const createAttachment = defineRop('RopCreateAttachment', [MessageObject], async (_asked, { object, environment: { clock } }) => {
  object.checkWritable();
  if (object.content.attachments.length >= mostAttachments) throw new RopError(errorCode.MaxAttachmentExceeded, `A message may have ${mostAttachments} attachments.`);
  const opens = await AttachmentObject.create(object, clock.now());
  return { opens, body: { AttachmentID: opens.number } };
});

/** [MS-OXCMSG] 3.2.5.15. */
export const deleteAttachment = defineRop('RopDeleteAttachment', [MessageObject], async ({ AttachmentID }, { object }) => {
  attachmentOf(object, AttachmentID);
  object.checkWritable();
  object.removeAttachment(AttachmentID);
  return {};
});

/** [MS-OXCMSG] 3.2.5.14. */
export const saveChangesAttachment = defineRop('RopSaveChangesAttachment', [AttachmentObject], async ({ SaveFlags }, { object, environment: { clock } }) => {
  if (!saveFlags.has(SaveFlags)) throw new RopError(errorCode.NotSupported, `SaveFlags 0x${SaveFlags.toString(16)} contradict each other.`);
  await object.save(clock.now());
  return {};
});
