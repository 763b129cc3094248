import type { Folder, FolderId, MailboxSession } from '@fauxchange/mailbox';
import { GlobSet } from '@fauxchange/mapi-wire';
import type { SyncState } from './sync-state.ts';

export interface HierarchyChanges {
  readonly asOf: number;
  /** Parents before their children. */
  readonly changed: readonly Folder[];
  readonly live: GlobSet;
  /** Ids that the client has and that are not below the root any more. */
  readonly deleted: GlobSet;
}

/** What differs between the folders below one and those that a client has: [MS-OXCFXICS] 3.2.5.3. */
export async function hierarchyChanges(session: MailboxSession, rootId: FolderId, { given, seen }: SyncState): Promise<HierarchyChanges> {
  const asOf = await session.changeNumber();
  const folders = await session.folders(rootId, 'deep');
  // Nobody can have seen what has not happened: the mailbox was set back.
  const isAnew = (seen.ranges.at(-1)?.high ?? 0) > asOf;
  const live = GlobSet.of(folders.map(({ id }) => id));
  return { asOf, changed: folders.filter(({ cn }) => isAnew || !seen.has(cn)), live, deleted: given.difference(live) };
}
