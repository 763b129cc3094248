import { MailboxError } from '../errors.ts';
import type { Folder, FolderChanges, FolderDraft, SearchCriteria } from '../folders/folder.ts';
import { folderId, type FolderId } from '../ids.ts';
import { copiedProperties } from '../items/version.ts';
import { validateProperties } from '../items/validate.ts';
import { isVisible, rightsIn } from '../permissions/check.ts';
import { rights } from '../permissions/rights.ts';
import { itemTest } from '../search/evaluate.ts';
import { fold } from '../search/text.ts';
import { checkNotFixed, commitFolder, placeFolder, removeWholeFolder } from './folder-commits.ts';
import { copyAllItems } from './item-copies.ts';
import type { FolderCopyOptions, Traversal } from './mailbox-session.ts';
import { searchedFolders } from './search-folder.ts';
import { folderWith, readableFolder, visibleFolder, type Scope } from './scope.ts';

const MAX_NAME_LENGTH = 250;

/** Names that Exchange refuses: empty, too long, with a NUL. Slashes are allowed. */
function checkName(name: string): void {
  if (name.trim() === '' || name.length > MAX_NAME_LENGTH || name.includes('\0')) {
    throw new MailboxError('InvalidFolderName', `A folder's name has 1 to ${MAX_NAME_LENGTH} characters.`, name.slice(0, 100));
  }
}

/** A parent first, then all below it; siblings by name. */
function inHierarchyOrder(all: readonly Folder[], parentId: FolderId, isDeep: boolean): Folder[] {
  const children = new Map<FolderId, Folder[]>();
  for (const folder of all) {
    const siblings = children.get(folder.parentId);
    if (siblings) siblings.push(folder);
    else children.set(folder.parentId, [folder]);
  }
  const sorted = (id: FolderId): Folder[] => {
    const keyed = (children.get(id) ?? []).map((folder) => ({ folder, key: fold(folder.displayName) }));
    return keyed.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)) || a.folder.id - b.folder.id).map(({ folder }) => folder);
  };
  if (!isDeep) return sorted(parentId);
  const found: Folder[] = [];
  const open = sorted(parentId).reverse();
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    found.push(folder);
    open.push(...sorted(folder.id).reverse());
  }
  return found;
}

export async function listFolders(scope: Scope, parentId: FolderId, traversal: Traversal): Promise<readonly Folder[]> {
  await visibleFolder(scope, parentId);
  // Removed folders are not kept: only what was in them is ([K] Exchange keeps the folders too, for a while).
  if (traversal === 'softDeleted') return [];
  const all = await scope.store.folders();
  const visible = inHierarchyOrder(all, parentId, traversal === 'deep').filter((folder) => isVisible(rightsIn(folder, scope.accessor)));
  return Promise.all(visible.map((folder) => scope.counts.counted(folder)));
}

export async function createFolder(scope: Scope, parentId: FolderId, draft: FolderDraft, { id: wanted, isRestored = false }: { readonly id?: FolderId | undefined; readonly isRestored?: boolean | undefined } = {}): Promise<Folder> {
  checkName(draft.displayName);
  validateProperties(draft.properties ?? {});
  if (draft.searchCriteria) itemTest(draft.searchCriteria.restriction);
  const parent = await parentFor(scope, parentId);
  if (wanted !== undefined && !(await scope.store.isFree(wanted))) throw new MailboxError('ItemExists', 'The id has not been reserved, or something has it.', String(wanted));
  const id = wanted ?? folderId(await scope.store.reserveIds(1));
  const now = scope.clock.now();
  const whole: FolderDraft = {
    ...draft,
    kind: draft.kind ?? (draft.searchCriteria ? 'search' : 'generic'),
    wellKnown: scope.accessor.entry ? undefined : draft.wellKnown,
    // A new folder takes its parent's permissions over, and who makes it becomes its owner ([MS-OXCPERM] 3.2.5).
    permissions: draft.permissions ?? inherited(scope, parent),
    properties: { PidTagLastModificationTime: now, ...draft.properties, ...(!isRestored && { PidTagLastModificationTime: now }) },
  };
  const created = await commitFolder(scope, { op: 'create', id, parentId, draft: whole }, (cn) => [{ subject: 'folder', kind: 'created', cn, id, parentId, ...searched(whole) }]);
  return created as Folder;
}

/** A search folder is filled as soon as it knows what to search for. */
const searched = ({ searchCriteria }: Pick<FolderDraft, 'searchCriteria'>): { readonly isSearchCompleted?: true } => (searchCriteria && !searchCriteria.isStopped ? { isSearchCompleted: true } : {});

async function parentFor(scope: Scope, id: FolderId): Promise<Folder> {
  const folder = await folderWith(scope, id, rights.createSubfolder, 'create folders here').catch((error: unknown) => {
    if (error instanceof MailboxError && error.code === 'FolderNotFound') throw new MailboxError('ParentFolderNotFound', 'The parent folder does not exist.', String(id));
    throw error;
  });
  if (folder.kind === 'search') throw new MailboxError('InvalidFolderType', 'There are no folders below a search folder.', String(id));
  return folder;
}

function inherited({ accessor }: Scope, parent: Folder): Folder['permissions'] {
  const { entry, hasFullAccess } = accessor;
  if (hasFullAccess || entry === undefined) return parent.permissions;
  const others = parent.permissions.filter(({ member }) => typeof member === 'string' || member.directoryId !== entry.id);
  return [...others, { member: { directoryId: entry.id }, rights: rightsIn(parent, accessor) | rights.folderOwner | rights.folderVisible }];
}

export async function updateFolder(scope: Scope, id: FolderId, changes: FolderChanges, { expected, isRestored = false }: { readonly expected?: number | undefined; readonly isRestored?: boolean | undefined }): Promise<Folder> {
  const folder = await folderWith(scope, id, rights.folderOwner, 'change the folder');
  validateProperties(changes.properties ?? {});
  if (changes.displayName !== undefined && changes.displayName !== folder.displayName) {
    checkName(changes.displayName);
    checkNotFixed(folder);
  }
  if (changes.searchCriteria) {
    if (folder.kind !== 'search') throw new MailboxError('InvalidFolderType', 'Only search folders have search criteria.', String(id));
    itemTest(changes.searchCriteria.restriction);
  }
  const searchCriteria = changes.searchCriteria && await filled(scope, changes.searchCriteria);
  const now = { PidTagLastModificationTime: scope.clock.now() };
  const properties = { ...now, ...changes.properties, ...(!isRestored && now) };
  const changed = await commitFolder(scope, { op: 'change', id, changes: { ...changes, ...(searchCriteria && { searchCriteria }), properties }, expected }, (cn) => [
    { subject: 'folder', kind: 'modified', cn, id, parentId: folder.parentId, ...searched(changes) },
  ]);
  scope.counts.forget();
  return changed as Folder;
}

/** A search that goes no further is filled here, with what there is now. */
async function filled({ store }: Scope, criteria: SearchCriteria): Promise<SearchCriteria> {
  if ((!criteria.isStatic && !criteria.isStopped) || criteria.found) return criteria;
  return { ...criteria, found: await store.find(await searchedFolders(store, { searchCriteria: criteria })) };
}

export async function moveFolder(scope: Scope, id: FolderId, target: Scope, toId: FolderId, displayName?: string): Promise<Folder> {
  if (displayName !== undefined) checkName(displayName);
  const folder = await folderWith(scope, id, rights.folderOwner, 'move the folder');
  checkNotFixed(folder);
  if (target.store === scope.store) {
    await parentFor(target, toId);
    return (await placeFolder(scope, folder, toId, displayName)) as Folder;
  }
  const copy = await copyFolder(scope, id, target, toId, { displayName });
  await removeWholeFolder(scope, folder);
  return copy;
}

/** With everything in it and, unless it is shallow, below it. */
export async function copyFolder(scope: Scope, id: FolderId, target: Scope, toId: FolderId, { displayName, isShallow = false }: FolderCopyOptions = {}): Promise<Folder> {
  if (displayName !== undefined) checkName(displayName);
  const { folder } = await readableFolder(scope, id);
  if (folder.kind === 'root') checkNotFixed(folder);
  await parentFor(target, toId);
  const all = inHierarchyOrder(await scope.store.folders(), id, true);
  if (target.store === scope.store && (toId === id || all.some((below) => below.id === toId))) {
    throw new MailboxError('FolderCycle', 'A folder cannot be copied below itself.', String(id));
  }
  const copies = new Map<FolderId, Folder>();
  for (const source of isShallow ? [folder] : [folder, ...all]) {
    const parentId = source === folder ? toId : copies.get(source.parentId)?.id;
    if (parentId === undefined || !isVisible(rightsIn(source, scope.accessor))) continue;
    const copy = await createFolder(target, parentId, {
      displayName: source === folder ? (displayName ?? source.displayName) : source.displayName,
      folderClass: source.folderClass,
      kind: source.kind === 'search' && target.store === scope.store ? 'search' : 'generic',
      searchCriteria: target.store === scope.store ? source.searchCriteria : undefined,
      properties: copiedProperties(source.bag),
    });
    copies.set(source.id, copy);
    if (source.kind !== 'search') await copyAllItems(scope, source, target, copy.id);
  }
  const copied = copies.get(id) as Folder;
  return (await target.store.folder(copied.id)) as Folder;
}
