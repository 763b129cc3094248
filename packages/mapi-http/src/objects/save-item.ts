import { MailboxError, type Item } from '@fauxchange/mailbox';
import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../errors.ts';
import type { Logon } from '../logon/logon.ts';
import { itemValue } from '../mapping/item-values.ts';
import { isReadOnlyOfMessage } from '../mapping/message-values.ts';
import type { SaveOptions } from './message-place.ts';
import type { OpenContent } from './open-content.ts';

/**
 * Saves what has changed of an item since it was opened.
 *
 * @throws RopError ecObjectModified where somebody else has saved meanwhile, ecObjectDeleted, GeneralFailure for changes of what no client may change
 */
export async function saveItem(logon: Logon, content: OpenContent, opened: Item, { isForced = false, isRestored = false }: SaveOptions): Promise<Item> {
  // Exchange 2010 and above take a save of nothing as done, whatever others have saved: [MS-OXCMSG] 3.2.5.3, note 25.
  if (!content.isDirty) return await current(logon, opened).catch(() => opened);
  if (!isRestored) checkReadOnly(logon, content, opened);
  for (;;) {
    const now = await current(logon, opened);
    // The read flag, and what is like it, is no content: it may have changed.
    if (!isForced && now.contentCn !== opened.contentCn) throw new RopError(errorCode.ObjectChanged, 'The message has been saved by somebody else since it was opened.');
    try {
      return await logon.session.updateItem(opened.id, content.changes(), { expected: now.cn, isRestored });
    } catch (thrown) {
      if (!(thrown instanceof MailboxError) || thrown.code !== 'ItemChanged') throw thrown;
    }
  }
}

async function current({ session }: Logon, { id }: Item): Promise<Item> {
  const [item] = await session.items([id]);
  if (item instanceof MailboxError && item.code !== 'ItemNotFound') throw item;
  if (!item || item instanceof MailboxError) throw new RopError(errorCode.ObjectDeleted, 'The message has been deleted.');
  return item;
}

/** Exchange 2010 and above refuse to save what no client may change: [MS-OXCMSG] 3.2.5.3, note 26. */
function checkReadOnly(logon: Logon, { changed }: OpenContent, opened: Item): void {
  for (const [name, value] of changed) {
    if (!isReadOnlyOfMessage(name)) continue;
    const isSame = name === 'PidTagMessageFlags' && value === itemValue(opened, logon, { name });
    if (!isSame) throw new RopError(errorCode.GeneralFailure, `${name} cannot be changed once the message is saved.`);
  }
}
