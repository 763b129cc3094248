import type { Folder, FolderId, Item, MailboxSession } from '@fauxchange/mailbox';

/** An item that a search has found, with where it is. */
export interface FoundItem {
  readonly id: Item['id'];
  readonly item: Item;
  readonly session: MailboxSession;
}

/** One item, however often it was found. */
export const keyOfFound = ({ item, session }: Pick<FoundItem, 'item' | 'session'>): string => `${session.mailbox.guid} ${item.id}`;

/** Folders below one that may be read; an unwanted folder goes with all that is below it, and search folders only show what is in others. */
export async function foldersBelow(session: MailboxSession, rootId: FolderId, isWanted: (folder: Folder) => boolean): Promise<readonly FolderId[]> {
  const leftOut = new Set<FolderId>();
  const found: FolderId[] = [];
  // Parents come before what is below them.
  for (const folder of await session.folders(rootId, 'deep')) {
    if (leftOut.has(folder.parentId) || !isWanted(folder)) leftOut.add(folder.id);
    else if (folder.kind !== 'search' && session.folderRights(folder).read) found.push(folder.id);
  }
  return found;
}
