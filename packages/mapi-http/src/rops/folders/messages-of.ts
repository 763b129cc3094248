import { MailboxError, type Folder, type Item, type ItemId } from '@fauxchange/mailbox';
import { RopError } from '../../errors.ts';
import type { Logon } from '../../logon/logon.ts';
import type { FolderObject } from '../../objects/folder-object.ts';

export interface MessagesFound {
  readonly items: readonly Item[];
  /** Some of them are not there, or not in the folder. */
  readonly isPartial: boolean;
}

function itemIdOf(logon: Logon, mid: bigint): ItemId | undefined {
  try {
    return logon.itemId(mid);
  } catch (thrown) {
    if (thrown instanceof RopError) return undefined;
    throw thrown;
  }
}

/** A search folder shows messages of others, and they are taken from where they are. */
const shows = ({ id, kind }: Folder, item: Item): boolean => kind === 'search' || item.folderId === id;

/** The messages of MessageIds that are in the folder. @throws MailboxError FolderNotFound */
export async function messagesOf(object: FolderObject, mids: readonly bigint[]): Promise<MessagesFound> {
  const folder = await object.folder();
  const ids = mids.map((mid) => itemIdOf(object.logon, mid)).filter((id): id is ItemId => id !== undefined);
  const items = (await object.logon.session.items(ids)).filter((item): item is Item => !(item instanceof MailboxError) && shows(folder, item));
  return { items, isPartial: items.length < mids.length };
}
