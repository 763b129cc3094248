import { draftFromMime } from '../items/from-mime.ts';
import type { FromMimeOptions } from '../items/from-mime.ts';
import type { Item } from '../items/item.ts';
import type { Mailbox } from '../mailbox.ts';
import { folderNamed } from './fill-mailbox.ts';

/**
 * Puts a message from a file into a mailbox as if it had always been there: no delivery, no copies, dated as it says itself.
 * `folder` is a distinguished name (`inbox`) or a path of display names (`Projects/Alpha`), made where it is missing.
 *
 * @example
 * await importMessage(mailbox, 'Inbox', await readFile('hello.eml'));
 * @throws MailboxError MimeInvalid, MessageTooLarge, InvalidFolderName
 */
export async function importMessage(mailbox: Mailbox, folder: string, mime: Uint8Array, options: FromMimeOptions = {}): Promise<Item> {
  const session = mailbox.openAsSystem();
  const draft = await draftFromMime((bytes) => mailbox.store.keep(bytes), mime, { receivedAt: 'asDated', ...options });
  return session.createItem(await folderNamed(session, folder), draft);
}
