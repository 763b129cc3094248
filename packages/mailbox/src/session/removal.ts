import { MailboxError } from '../errors.ts';
import type { WellKnownFolderName } from '../folders/distinguished.ts';
import type { Folder } from '../folders/folder.ts';
import type { FolderId, ItemId } from '../ids.ts';
import type { Item } from '../items/item.ts';
import { mayDelete, rightsIn } from '../permissions/check.ts';
import { systemAccessor } from '../permissions/accessor.ts';
import { rights } from '../permissions/rights.ts';
import { commitItems, type Plan } from './commit-items.ts';
import { createFolder } from './folder-actions.ts';
import { checkNotFixed, placeFolder, removeWholeFolder } from './folder-commits.ts';
import { deletionPlan, transferPlan } from './item-copies.ts';
import { readableItems } from './item-actions.ts';
import type { Disposal, PerItem } from './mailbox-session.ts';
import { accessDenied, folderWith, wellKnownId, type Scope } from './scope.ts';
import { withSubfolders } from './search-folder.ts';

/** Where deleted things of a folder go: of the archive's into the archive's, of public folders into their dumpster. */
interface Bins {
  /** Public folders have none. */
  readonly deletedItems: FolderId | undefined;
  readonly deletions: FolderId;
  /** Where what is held is kept; public folders are never held. */
  readonly holds: { readonly name: WellKnownFolderName; readonly parentId: FolderId } | undefined;
  /** Whether the folder is Deleted Items or below. */
  readonly isInDeletedItems: boolean;
  /** Whether it is in recoverable items. */
  readonly isInDumpster: boolean;
}

/** The folder and all above it. */
async function lineOf({ store }: Scope, folderId: FolderId): Promise<ReadonlySet<FolderId>> {
  const line = new Set([folderId]);
  for (const id of line) {
    const parentId = (await store.folder(id))?.parentId ?? 0;
    if (parentId !== 0) line.add(parentId);
  }
  return line;
}

async function binsFor(scope: Scope, folderId: FolderId): Promise<Bins> {
  const line = await lineOf(scope, folderId);
  const dumpster = scope.mailbox.wellKnown('publicdumpsterroot');
  if (dumpster !== undefined) return { deletedItems: undefined, deletions: dumpster, holds: undefined, isInDeletedItems: false, isInDumpster: line.has(dumpster) };
  const archiveRoot = scope.mailbox.wellKnown('archiveroot');
  const isArchive = archiveRoot !== undefined && line.has(archiveRoot);
  const id = (name: WellKnownFolderName): FolderId => wellKnownId(scope, (isArchive ? `archive${name}` : name) as WellKnownFolderName);
  return {
    deletedItems: id('deleteditems'),
    deletions: id('recoverableitemsdeletions'),
    holds: { name: isArchive ? 'archiverecoverableitemsdiscoveryholds' : 'recoverableitemsdiscoveryholds', parentId: id('recoverableitemsroot') },
    isInDeletedItems: line.has(id('deleteditems')),
    isInDumpster: line.has(id('recoverableitemsroot')),
  };
}

/**
 * What a disposal comes to for something in a folder: deleting from Deleted Items, or softly, leads to recoverable items;
 * from there, or hard, to nothing, unless it is held.
 */
function goesTo(bins: Bins, disposal: Disposal): FolderId | undefined {
  if (disposal === 'hard' || bins.isInDumpster) return undefined;
  return disposal === 'soft' || bins.isInDeletedItems ? bins.deletions : deletedItemsOf(bins);
}

function deletedItemsOf({ deletedItems }: Bins): FolderId {
  if (deletedItems === undefined) throw new MailboxError('NoDeletedItems', 'Public folders have no Deleted Items to move things to.');
  return deletedItems;
}

/**
 * DiscoveryHolds, which keeps what fits the query of an In-Place Hold and would be gone ("Recoverable Items folder in Exchange Server").
 * It is made with the first such item; what is deleted from it while it is held goes nowhere else. What the system itself removes is not kept.
 */
async function holdsFor(scope: Scope, item: Item, { holds }: Bins): Promise<FolderId | undefined> {
  if (!holds || !scope.accessor.entry || scope.hold()?.(item) !== true) return undefined;
  return scope.mailbox.wellKnown(holds.name) ?? (await folderNamed(scope, holds.parentId)) ?? makeHolds(scope, holds);
}

const HOLDS_NAME = 'DiscoveryHolds';

async function folderNamed({ store }: Scope, parent: FolderId): Promise<FolderId | undefined> {
  return (await store.folders()).find(({ parentId, displayName }) => parentId === parent && displayName === HOLDS_NAME)?.id;
}

async function makeHolds(scope: Scope, { name, parentId }: NonNullable<Bins['holds']>): Promise<FolderId | undefined> {
  try {
    const { id } = await createFolder({ ...scope, accessor: systemAccessor }, parentId, { displayName: HOLDS_NAME, wellKnown: name });
    scope.addWellKnown(name, id);
    return id;
  } catch (thrown) {
    // Somebody else's deletion has made it meanwhile.
    if (thrown instanceof MailboxError && thrown.code === 'FolderExists') return folderNamed(scope, parentId);
    throw thrown;
  }
}

function removalPlan(item: Item, isRecoverable: boolean, binId: FolderId | undefined, newId: number): Plan {
  const deletion = deletionPlan(item);
  if (binId === undefined) return deletion;
  const plan = transferPlan(item, newId, binId, false);
  // What is in recoverable items is deleted for those who watch, though it can be had again.
  return isRecoverable ? { ...plan, events: deletion.events } : plan;
}

async function removeAll(scope: Scope, items: readonly Item[], disposal: Disposal): Promise<PerItem<Item | undefined>> {
  const first = await scope.store.reserveIds(items.length);
  const bins = new Map<FolderId, Bins>();
  for (const { folderId } of items) if (!bins.has(folderId)) bins.set(folderId, await binsFor(scope, folderId));
  const plans: Plan[] = [];
  for (const [at, item] of items.entries()) {
    const own = bins.get(item.folderId) as Bins;
    const binId = goesTo(own, disposal);
    plans.push(binId === undefined ? removalPlan(item, true, await holdsFor(scope, item, own), first + at) : removalPlan(item, binId === own.deletions, binId, first + at));
  }
  return commitItems(scope, plans);
}

export async function removeItems(scope: Scope, ids: readonly ItemId[], disposal: Disposal): Promise<PerItem<Item | undefined>> {
  const items = await readableItems(scope, ids);
  const allowed: Item[] = [];
  const results: (Item | undefined | MailboxError)[] = [];
  const places: number[] = [];
  const taken = new Set<ItemId>();
  for (const [at, item] of items.entries()) {
    if (item instanceof MailboxError) {
      results[at] = item;
      continue;
    }
    const folder = (await scope.store.folder(item.folderId)) as Folder;
    const granted = rightsIn(folder, scope.accessor);
    if (!mayDelete(item, granted, scope.accessor)) results[at] = accessDenied('delete the item');
    else if (taken.has(item.id)) results[at] = new MailboxError('ItemNotFound', 'The item has been deleted earlier in the same request.', String(item.id));
    else {
      taken.add(item.id);
      places.push(at);
      allowed.push(item);
    }
  }
  (await removeAll(scope, allowed, disposal)).forEach((result, nth) => (results[places[nth] as number] = result));
  return results;
}

/** Items of these folders into recoverable items; what is to be gone for good, as far as it is held. */
async function saveContents(scope: Scope, folderIds: readonly FolderId[], isForGood: boolean): Promise<void> {
  const isSaved = isForGood ? scope.hold() : () => true;
  if (!isSaved) return;
  const items = await scope.store.find({ folderIds, table: 'normal', restriction: { kind: 'always' } });
  await removeAll(scope, items.filter(isSaved), isForGood ? 'hard' : 'soft');
}

export async function removeFolder(scope: Scope, id: FolderId, disposal: Disposal): Promise<void> {
  const folder = await folderWith(scope, id, rights.folderOwner, 'delete the folder');
  checkNotFixed(folder);
  const bins = await binsFor(scope, id);
  if (disposal === 'moveToDeletedItems' && !bins.isInDeletedItems) return moveToBin(scope, folder, deletedItemsOf(bins));
  await saveContents(scope, withSubfolders(await scope.store.folders(), [id]), disposal === 'hard' || bins.isInDumpster);
  await removeWholeFolder(scope, folder);
}

/** Under a name that is still free there: `Projects`, `Projects1`, `Projects2` … */
async function moveToBin(scope: Scope, folder: Folder, binId: FolderId): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await placeFolder(scope, folder, binId, attempt === 0 ? undefined : `${folder.displayName}${attempt}`);
      return;
    } catch (error) {
      if (!(error instanceof MailboxError) || error.code !== 'FolderExists' || attempt > 10_000) throw error;
    }
  }
}

/** Folders that Exchange does not empty ([K]: search folders, the calendar, the roots). */
const neverEmptied: readonly (WellKnownFolderName | undefined)[] = ['root', 'calendar', 'archiveroot', 'msgfolderroot', 'archivemsgfolderroot', 'searchfolders', 'publicfoldersroot'];

export async function emptyFolder(scope: Scope, id: FolderId, disposal: Disposal, withSubfoldersToo: boolean): Promise<void> {
  const folder = await folderWith(scope, id, rights.deleteAny, 'delete the items of the folder');
  if (folder.kind === 'search' || (folder.wellKnown !== undefined && neverEmptied.includes(folder.wellKnown))) {
    throw new MailboxError('FolderCannotBeEmptied', 'The folder cannot be emptied.', folder.wellKnown ?? String(id));
  }
  if (withSubfoldersToo) {
    const children = (await scope.store.folders()).filter(({ parentId, wellKnown }) => parentId === id && wellKnown === undefined);
    for (const { id: childId } of children) await removeFolder(scope, childId, disposal);
  }
  const items = await scope.store.find({ folderIds: [id], table: 'normal', restriction: { kind: 'always' } });
  await removeAll(scope, items, disposal);
}
