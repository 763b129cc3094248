import type { Cursor, Folder, FolderId, MailboxSession } from '@fauxchange/mailbox';
import { folderType, folderTypes } from './folder-type.ts';

/** Names of folders are sorted as Exchange's English collation sorts them, near enough ([K]). */
const byName = new Intl.Collator('en');

/** A folder as the device knows it. */
export interface KnownFolder {
  readonly serverId: string;
  readonly parentId: string;
  readonly displayName: string;
  readonly type: number;
}
export type KnownFolders = ReadonlyMap<string, KnownFolder>;

/** The cache of people written to: a collection of no folder, since 14.0 ([MS-ASCMD] 2.2.3.30.5). */
export const recipientInformation: KnownFolder = { serverId: 'RI', parentId: '0', displayName: 'RecipientInfo', type: folderTypes.recipientInformation };

/** What the server keeps of one device's hierarchy. Ids of folders stay the same over every restart from key 0. */
export class FolderState {
  /** Numbers that stand for folders, as Exchange gives them: 1, 2, 3 … in the order in which the device hears of them. */
  readonly #serverIds = new Map<FolderId, string>();
  readonly #folderIds = new Map<string, FolderId>();
  #key = 0;
  current: Generation | undefined;
  previous: Generation | undefined;

  serverIdOf(id: FolderId): string {
    const known = this.#serverIds.get(id);
    if (known !== undefined) return known;
    const fresh = String(this.#serverIds.size + 1);
    this.#serverIds.set(id, fresh);
    this.#folderIds.set(fresh, id);
    return fresh;
  }

  folderIdOf(serverId: string): FolderId | undefined {
    return this.#folderIds.get(serverId);
  }

  /** The generation that a key of the client stands for: the last one told, or the one before, when the answer was lost. */
  at(key: string): Generation | undefined {
    if (this.current?.key === key) return this.current;
    return this.previous?.key === key ? this.previous : undefined;
  }

  /** The next generation: the client knows these folders now. `from`: what it built on, kept until the client has heard of the new key. */
  advance(known: KnownFolders, cursor: Cursor | undefined, from: Generation | undefined): Generation {
    this.#key += 1;
    this.previous = from;
    this.current = { key: String(this.#key), known, cursor };
    return this.current;
  }

  /** Everything but the names of folders is forgotten: the client has to begin with key 0. */
  restart(): void {
    this.current = undefined;
    this.previous = undefined;
  }
}

export interface Generation {
  readonly key: string;
  readonly known: KnownFolders;
  /** Up to where the hierarchy's changes are contained. */
  readonly cursor: Cursor | undefined;
}

/** What a device may see of the mailbox's folders: everything below the top that is neither hidden nor a search. Parents first, siblings by name. */
export async function visibleFolders(session: MailboxSession, state: FolderState, withRecipientInformation: boolean): Promise<KnownFolders> {
  const top = await session.distinguished('msgfolderroot');
  const shown = (await session.folders(top.id, 'deep')).filter((folder) => folder.kind === 'generic' && folder.bag.get('PidTagAttributeHidden') !== true);
  const children = new Map<FolderId, Folder[]>();
  for (const folder of shown) children.set(folder.parentId, [...(children.get(folder.parentId) ?? []), folder]);
  const known = new Map<string, KnownFolder>();
  const walk = (parent: FolderId, parentId: string): void => {
    for (const folder of (children.get(parent) ?? []).sort((a, b) => byName.compare(a.displayName, b.displayName))) {
      const serverId = state.serverIdOf(folder.id);
      known.set(serverId, { serverId, parentId, displayName: folder.displayName, type: folderType(folder) });
      walk(folder.id, serverId);
    }
  };
  walk(top.id, '0');
  if (withRecipientInformation) known.set(recipientInformation.serverId, recipientInformation);
  return known;
}

/** How one view of the hierarchy becomes another. */
export interface HierarchyChanges {
  readonly added: readonly KnownFolder[];
  readonly updated: readonly KnownFolder[];
  readonly deleted: readonly string[];
}

export function compareHierarchies(before: KnownFolders, after: KnownFolders): HierarchyChanges {
  const added: KnownFolder[] = [];
  const updated: KnownFolder[] = [];
  for (const folder of after.values()) {
    const old = before.get(folder.serverId);
    if (!old) added.push(folder);
    else if (old.parentId !== folder.parentId || old.displayName !== folder.displayName || old.type !== folder.type) updated.push(folder);
  }
  return { added, updated, deleted: [...before.keys()].filter((serverId) => !after.has(serverId)) };
}
