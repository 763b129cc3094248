import type { RopHandler } from '../../rop/define-rop.ts';
import { getAttachmentTable } from './attachment-table.ts';
import { createAttachment, deleteAttachment, openAttachment, saveChangesAttachment } from './attachments.ts';
import { openEmbeddedMessage } from './open-embedded-message.ts';

/** [MS-OXCROPS] 2.2.6.12 to 2.2.6.17. RopGetValidAttachments is of Exchange 2007 alone: [MS-OXCMSG] 2.2.3.18. */
export const attachmentRops: readonly RopHandler[] = [openAttachment, createAttachment, deleteAttachment, saveChangesAttachment, openEmbeddedMessage, getAttachmentTable];
