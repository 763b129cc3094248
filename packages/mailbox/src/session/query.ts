import { MailboxError } from '../errors.ts';
import type { Folder } from '../folders/folder.ts';
import type { FolderId, ItemId } from '../ids.ts';
import type { Item } from '../items/item.ts';
import { valueOf } from '../items/value-of.ts';
import { isVisible, rightsIn, viewsPrivate } from '../permissions/check.ts';
import { rights } from '../permissions/rights.ts';
import type { OrderSpec, Restriction } from '../search/restriction.ts';
import { itemTest } from '../search/evaluate.ts';
import { sortBy } from '../search/sort.ts';
import type { ChangesPage, Cursor, LogPage } from '../store/mailbox-store.ts';
import type { ItemPage, ItemQuery } from './mailbox-session.ts';
import { isPrivate, notPrivate } from './private-items.ts';
import { readableFolder, type Scope } from './scope.ts';
import { searchedFolders } from './search-folder.ts';

const newestFirst: OrderSpec = [{ property: 'PidTagMessageDeliveryTime', descending: true }];

/** One part of a query: folders that share what they are searched for. */
interface Part {
  readonly folderIds: readonly FolderId[];
  readonly restriction: Restriction;
  /** What a search that is over has found: looked at instead of folders. */
  readonly found?: readonly Item[] | undefined;
}
const and = (...restrictions: readonly Restriction[]): Restriction => {
  const needed = restrictions.filter(({ kind }) => kind !== 'always');
  if (needed.length > 1) return { kind: 'and', restrictions: needed };
  return needed[0] ?? { kind: 'always' };
};

/** The folder as parts to be searched, with what the accessor must not see taken out. */
async function partsOf(scope: Scope, id: FolderId): Promise<readonly Part[]> {
  const { folder, granted } = await readableFolder(scope, id);
  const hidden = (own: number): Restriction => (viewsPrivate(own, scope.accessor) ? { kind: 'always' } : notPrivate);
  if (folder.kind !== 'search') return [{ folderIds: [id], restriction: hidden(granted) }];
  const found = folder.searchCriteria?.found;
  if (found) return [{ folderIds: [], restriction: { kind: 'always' }, found: await visibleOf(scope, found) }];
  const { folderIds, restriction } = await searchedFolders(scope.store, folder);
  if (scope.accessor.hasFullAccess) return [{ folderIds, restriction }];
  const parts: Part[] = [];
  for (const inner of folderIds) {
    const searched = (await scope.store.folder(inner)) as Folder;
    const own = rightsIn(searched, scope.accessor);
    if ((own & rights.readAny) !== 0) parts.push({ folderIds: [inner], restriction: and(restriction, hidden(own)) });
  }
  return parts;
}

/** As they are now; what is gone, as it was. Less what the accessor may not read. */
async function visibleOf(scope: Scope, found: readonly Item[]): Promise<readonly Item[]> {
  const now = await scope.store.getMany(found.map(({ id }) => id));
  const items = found.map((item, at) => now[at] ?? item);
  if (scope.accessor.hasFullAccess) return items;
  const granted = new Map<FolderId, number>();
  for (const { folderId } of items) {
    const folder = granted.has(folderId) ? undefined : await scope.store.folder(folderId);
    if (folder) granted.set(folderId, rightsIn(folder, scope.accessor));
  }
  return items.filter((item) => {
    const own = granted.get(item.folderId) ?? 0;
    return (own & rights.readAny) !== 0 && (viewsPrivate(own, scope.accessor) || !isPrivate(item));
  });
}

/** Folders that are looked at in one go: one part if all have the same restriction. */
function joined(parts: readonly Part[]): Part | undefined {
  const [first] = parts;
  if (parts.some(({ found }) => found)) return undefined;
  const isSame = (one: Restriction, other: Restriction): boolean => one === other || (one.kind === 'always' && other.kind === 'always');
  if (first === undefined || !parts.every(({ restriction }) => isSame(restriction, first.restriction))) return undefined;
  return { folderIds: [...new Set(parts.flatMap(({ folderIds }) => folderIds))], restriction: first.restriction };
}

export async function queryItems(scope: Scope, folderIds: readonly FolderId[], query: ItemQuery): Promise<ItemPage> {
  if (query.restriction) itemTest(query.restriction);
  const parts: Part[] = [];
  for (const id of folderIds) parts.push(...(await partsOf(scope, id)));
  const order = query.order ?? newestFirst;
  const limit = Math.max(0, query.limit);
  const one = joined(parts);
  if (one?.folderIds.length === 1 && one.restriction.kind === 'always' && (query.restriction?.kind ?? 'always') === 'always') {
    return pageOfFolder(scope, one.folderIds[0] as FolderId, { ...query, order, limit });
  }
  const all = one ? await findIn(scope, one, query, order) : await findApart(scope, parts, query, order);
  const total = all.length;
  const offset = query.after === undefined ? offsetIn(total, query) : offsetAfter(all, query.after);
  const start = query.fromEnd ? Math.max(0, total - offset - limit) : offset;
  const items = query.fromEnd ? all.slice(start, Math.max(0, total - offset)) : all.slice(offset, offset + limit);
  return pageAt(items, total, offset);
}

function findIn({ store }: Scope, { folderIds, restriction }: Part, { table, restriction: wanted = { kind: 'always' } }: ItemQuery, order: OrderSpec): Promise<ItemPage['items']> {
  return store.find({ folderIds, table, restriction: and(restriction, wanted), order });
}

/** Folders with restrictions of their own: the engine sorts the union, told apart by what each may show. */
async function findApart(scope: Scope, parts: readonly Part[], { table, restriction: wanted = { kind: 'always' } }: ItemQuery, order: OrderSpec): Promise<ItemPage['items']> {
  if (parts.some(({ found }) => found)) return findWithFound(scope, parts, { table, restriction: wanted, limit: 0 }, order);
  const ids = new Set<number>();
  for (const { folderIds, restriction } of parts) {
    for (const { id } of await scope.store.find({ folderIds, table, restriction: and(restriction, wanted) })) ids.add(id);
  }
  const all = await scope.store.find({ folderIds: [...new Set(parts.flatMap(({ folderIds }) => folderIds))], table, restriction: wanted, order });
  return all.filter(({ id }) => ids.has(id));
}

async function findWithFound(scope: Scope, parts: readonly Part[], { table = 'normal', restriction: wanted = { kind: 'always' } }: ItemQuery, order: OrderSpec): Promise<ItemPage['items']> {
  const test = itemTest(wanted);
  const all = new Map<number, Item>();
  for (const part of parts) {
    const items = part.found?.filter((item) => (table === 'both' || item.isAssociated === (table === 'associated')) && test(item)) ?? await findIn(scope, part, { table, restriction: wanted, limit: 0 }, order);
    for (const item of items) all.set(item.id, item);
  }
  return sortBy([...all.values()], order, valueOf);
}

function offsetIn(total: number, { offset = 0, fraction }: ItemQuery): number {
  if (fraction === undefined) return Math.max(0, offset);
  return fraction.denominator <= 0 ? 0 : Math.min(total, Math.max(0, Math.floor((total * fraction.numerator) / fraction.denominator)));
}

function offsetAfter(all: ItemPage['items'], after: ItemId): number {
  const at = all.findIndex(({ id }) => id === after);
  if (at < 0) throw new MailboxError('InvalidCursor', 'The item to go on after is not there any more.', String(after));
  return at + 1;
}

function pageAt(items: ItemPage['items'], total: number, offset: number): ItemPage {
  const nextOffset = Math.min(total, offset + items.length);
  return { items, total, nextOffset, isLast: nextOffset >= total };
}

async function pageOfFolder(scope: Scope, folderId: FolderId, query: ItemQuery & { readonly order: OrderSpec }): Promise<ItemPage> {
  const { table, order, limit, fromEnd: backwards, after } = query;
  if (after !== undefined) {
    const page = await scope.store.scan({ folderId, table, order, from: { after }, limit });
    return pageAt(page.items, page.total, page.offset);
  }
  let offset = offsetIn(0, query);
  if (query.fraction) offset = offsetIn((await scope.store.scan({ folderId, table, order, limit: 0 })).total, query);
  const { items, total } = await scope.store.scan({ folderId, table, order, from: { offset }, limit, backwards });
  return pageAt(backwards ? [...items].reverse() : items, total, Math.min(offset, total));
}

export async function itemChanges(scope: Scope, folderId: FolderId, cursor: Cursor | undefined, limit: number): Promise<ChangesPage> {
  const { folder, granted } = await readableFolder(scope, folderId);
  if (folder.kind === 'search') throw new MailboxError('InvalidFolderType', 'A search folder has no changes of its own.', String(folderId));
  const page = await scope.store.changes(folderId, cursor, limit);
  if ('expired' in page || viewsPrivate(granted, scope.accessor)) return page;
  const items = await scope.store.getMany(page.changes.map(({ id }) => id));
  return { ...page, changes: page.changes.filter((_, at) => items[at] === undefined || !isPrivate(items[at])) };
}

export async function itemLog(scope: Scope, folderId: FolderId, after: number, limit: number): Promise<LogPage> {
  const { folder, granted } = await readableFolder(scope, folderId);
  if (folder.kind === 'search') throw new MailboxError('InvalidFolderType', 'A search folder has no log of its own.', String(folderId));
  const page = await scope.store.log(folderId, after, limit);
  if (viewsPrivate(granted, scope.accessor)) return page;
  const items = await scope.store.getMany(page.entries.map(({ id }) => id));
  return { ...page, entries: page.entries.map((entry, at) => (items[at] && isPrivate(items[at]) ? { ...entry, isGone: true } : entry)) };
}

export async function folderChanges(scope: Scope, cursor: Cursor | undefined, limit: number): Promise<ChangesPage<FolderId>> {
  const page = await scope.store.folderChanges(cursor, limit);
  if ('expired' in page || scope.accessor.hasFullAccess) return page;
  const seen = await Promise.all(page.changes.map(({ id }) => scope.store.folder(id)));
  return { ...page, changes: page.changes.filter((_, at) => seen[at] === undefined || isVisible(rightsIn(seen[at], scope.accessor))) };
}
