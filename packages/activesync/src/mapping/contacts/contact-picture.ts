import { attachmentId, type Attachment, type FileAttachment, type MailboxSession } from '@fauxchange/mailbox';
import { conversionError } from '../conversion-error.ts';

/** Of base64 text, [MS-ASCNTC] 2.2.2.58: a picture of 36 KB. */
const longest = 48 * 1024;

const isPicture = (one: Attachment): one is FileAttachment => one.isContactPhoto === true && one.kind === 'file';

export async function encodePicture(attachments: readonly Attachment[]): Promise<string | undefined> {
  const picture = attachments.find(isPicture);
  const text = picture && Buffer.from(await picture.content.read()).toString('base64');
  // What somebody else made larger than the protocol can carry is not told.
  return text !== undefined && text.length <= longest ? text : undefined;
}

/** The attachments of the contact with this picture in place of the one it had; an empty text takes it away. @throws EasStatusError 6 */
export async function withPicture(attachments: readonly Attachment[], base64: string, session: MailboxSession): Promise<readonly Attachment[]> {
  const others = attachments.filter((one) => !isPicture(one));
  if (base64.trim() === '') return others;
  if (base64.length > longest) conversionError(`A picture of ${base64.length} characters is too large.`);
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(base64)) conversionError('A picture is not base64.');
  const bytes = Buffer.from(base64, 'base64');
  const id = attachmentId(1 + Math.max(0, ...attachments.map((one) => one.id)));
  return [...others, {
    kind: 'file', id, name: 'ContactPicture.jpg', contentType: 'image/jpeg', isInline: false, isContactPhoto: true,
    lastModified: session.mailbox.clock.now(), size: bytes.length, content: await session.keep(bytes),
  }];
}
