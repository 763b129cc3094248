import { attachmentId } from '../ids.ts';
import type { FolderId } from '../ids.ts';
import { MailboxError } from '../errors.ts';
import type { FileAttachment, Item, ItemDraft } from '../items/item.ts';
import type { Mailbox } from '../mailbox.ts';
import type { MailboxSession } from '../session/mailbox-session.ts';

/** The photo of a mailbox's owner. */
export interface UserPhoto {
  readonly bytes: Uint8Array;
  readonly contentType: 'image/jpeg' | 'image/png' | 'image/gif';
  /** ms since 1970: changes with the photo. */
  readonly changedAt: number;
}

/** Exchange keeps photos as hidden items of this class in the root of the mailbox ([K]); here one item with the picture attached. */
const PHOTO_CLASS = 'IPM.UserPhoto';
/** What Set-UserPhoto takes at most ([K]). */
const MOST_BYTES = 20 * 1024 * 1024;

/** The photo, which everybody may see; undefined where there is none. Pictures are not scaled: there is one size. */
export async function photoOf(mailbox: Mailbox): Promise<UserPhoto | undefined> {
  const item = await photoItem(mailbox.openAsSystem());
  const file = item?.attachments.find((one): one is FileAttachment => one.kind === 'file');
  if (!item || !file) return undefined;
  const bytes = file.content.peek?.() ?? (await file.content.read());
  return { bytes, contentType: imageType(bytes) ?? 'image/jpeg', changedAt: file.lastModified };
}

/** Sets the photo, or removes it. MailboxError InvalidProperty for what is no picture, MessageTooLarge, AccessDenied. */
export async function setPhoto(session: MailboxSession, bytes: Uint8Array | undefined): Promise<void> {
  const before = await photoItem(session);
  if (bytes) {
    const draft = await photoDraft(session, bytes);
    if (before) await session.updateItem(before.id, { attachments: draft.attachments });
    else await session.createItem(root(session), draft);
  } else if (before) {
    const [removed] = await session.removeItems([before.id], 'hard');
    if (removed instanceof MailboxError) throw removed;
  }
}

async function photoDraft(session: MailboxSession, bytes: Uint8Array): Promise<ItemDraft> {
  const contentType = imageType(bytes);
  if (contentType === undefined) throw new MailboxError('InvalidProperty', 'A photo is a JPEG, PNG or GIF picture.', 'photo');
  if (bytes.length > MOST_BYTES) throw new MailboxError('MessageTooLarge', `A photo has at most ${MOST_BYTES} bytes.`, String(bytes.length));
  const content = await session.keep(bytes);
  const picture: FileAttachment = { kind: 'file', id: attachmentId(1), name: 'UserPhoto', contentType, isInline: false, lastModified: session.mailbox.clock.now(), size: bytes.length, content };
  return { itemClass: PHOTO_CLASS, properties: {}, recipients: [], attachments: [picture], isRead: true, isAssociated: true };
}

/** By the first bytes, which every reader of pictures goes by. */
function imageType(bytes: Uint8Array): UserPhoto['contentType'] | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 8)).toString('latin1');
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (head === '\x89PNG\r\n\x1a\n') return 'image/png';
  return head.startsWith('GIF8') ? 'image/gif' : undefined;
}

async function photoItem(session: MailboxSession): Promise<Item | undefined> {
  const page = await session.query([root(session)], { table: 'associated', limit: 1, restriction: { kind: 'compare', property: 'PidTagMessageClass', operator: 'eq', value: PHOTO_CLASS } });
  return page.items[0];
}

function root({ mailbox }: MailboxSession): FolderId {
  const id = mailbox.wellKnown('root');
  if (id === undefined) throw new MailboxError('FolderNotFound', 'The mailbox has no root.', 'root');
  return id;
}
