import type { RopHandler } from '../../rop/define-rop.ts';
import { getAttachmentTable, getValidAttachments } from './attachment-table.ts';
import { createAttachment, deleteAttachment, openAttachment, saveChangesAttachment } from './attachments.ts';
import { openEmbeddedMessage } from './open-embedded-message.ts';

/** [MS-OXCROPS] 2.2.6.12 to 2.2.6.18. */
export const attachmentRops: readonly RopHandler[] = [openAttachment, createAttachment, deleteAttachment, saveChangesAttachment, openEmbeddedMessage, getAttachmentTable, getValidAttachments];
