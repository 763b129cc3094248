import { MailboxError, mimeFromItem, type Attachment } from '@fauxchange/mailbox';
import { decodeFileReference } from '../../mapping/attachments.ts';
import type { CommandContext } from '../../context.ts';

export interface AttachmentContent {
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** What a FileReference stands for; undefined when there is no such thing (any more). An attached item is its message. */
export async function attachmentContent(reference: string, { session }: CommandContext): Promise<AttachmentContent | undefined> {
  const place = decodeFileReference(reference);
  const [item] = place ? await session.items([place.itemId]) : [];
  if (!place || !item || item instanceof MailboxError) return undefined;
  const attachment = item.attachments.find(({ id, isException }) => id === place.attachmentId && !isException);
  return attachment && contentOf(attachment);
}

async function contentOf(attachment: Attachment): Promise<AttachmentContent> {
  if (attachment.kind === 'item') return { contentType: 'message/rfc822', bytes: await mimeFromItem(attachment.item) };
  return { contentType: attachment.contentType || 'application/octet-stream', bytes: await attachment.content.read() };
}
