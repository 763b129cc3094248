import type { Folder } from '../folders/folder.ts';
import type { FolderId } from '../ids.ts';
import type { Item } from '../items/item.ts';
import type { MailboxStore } from '../store/mailbox-store.ts';
import type { Restriction } from '../search/restriction.ts';

/** The folders and all below them. */
export function withSubfolders(all: readonly Folder[], roots: readonly FolderId[]): readonly FolderId[] {
  const children = new Map<FolderId, FolderId[]>();
  for (const { id, parentId } of all) {
    const siblings = children.get(parentId);
    if (siblings) siblings.push(id);
    else children.set(parentId, [id]);
  }
  const found = new Set<FolderId>();
  const open = [...roots];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    for (const child of children.get(id) ?? []) open.push(child);
  }
  return [...found];
}

/** Where a search folder looks. Search folders among them are left out: they have nothing of their own. */
export async function searchedFolders(store: MailboxStore, { searchCriteria }: Pick<Folder, 'searchCriteria'>): Promise<{ readonly folderIds: readonly FolderId[]; readonly restriction: Restriction }> {
  if (searchCriteria === undefined) return { folderIds: [], restriction: { kind: 'never' } };
  const all = await store.folders();
  const holding = new Set(all.filter(({ kind }) => kind !== 'search').map(({ id }) => id));
  const roots = searchCriteria.isDeep ? withSubfolders(all, searchCriteria.folderIds) : searchCriteria.folderIds;
  return { folderIds: roots.filter((id) => holding.has(id)), restriction: searchCriteria.restriction };
}

/** What it shows: of a search that is over what it has found, else what there is. */
export async function itemsOfSearch(store: MailboxStore, folder: Folder): Promise<readonly Item[]> {
  return folder.searchCriteria?.found ?? store.find(await searchedFolders(store, folder));
}

type Counts = Pick<Folder, 'totalCount' | 'unreadCount' | 'size'>;

/** What search folders find, counted when asked for and kept as long as nothing in the mailbox changes. */
export class SearchFolderCounts {
  readonly #store: MailboxStore;
  readonly #known = new Map<FolderId, { readonly cn: number; readonly epoch: number; readonly counts: Counts }>();
  #epoch = 0;

  constructor(store: MailboxStore) {
    this.#store = store;
  }

  forget(): void {
    this.#epoch++;
    this.#known.clear();
  }

  async counted(folder: Folder): Promise<Folder> {
    if (folder.kind !== 'search') return folder;
    const cn = await this.#store.currentCn();
    const epoch = this.#epoch;
    const known = this.#known.get(folder.id);
    if (known?.cn === cn && known.epoch === epoch) return { ...folder, ...known.counts };
    const found = await itemsOfSearch(this.#store, folder);
    const counts = {
      totalCount: found.length,
      unreadCount: found.filter(({ isRead }) => !isRead).length,
      size: found.reduce((sum, { bag }) => sum + Number(bag.get('PidTagMessageSize') ?? 0), 0),
    };
    this.#known.set(folder.id, { cn, epoch, counts });
    return { ...folder, ...counts };
  }
}
