import type { Clock } from '@fauxchange/kernel';
import { MailboxError } from '../../errors.ts';
import type { Folder } from '../../folders/folder.ts';
import { folderId, itemId, type FolderId, type ItemId } from '../../ids.ts';
import { BagMaker } from '../../items/bag.ts';
import type { Item, StoredBytes } from '../../items/item.ts';
import { itemTest } from '../../search/evaluate.ts';
import { sortBy } from '../../search/sort.ts';
import { valueOf } from '../../items/value-of.ts';
import { Branch } from '../branch.ts';
import { changesPage, type LogEntry } from '../changes-page.ts';
import type {
  ChangesPage, CommitResult, Cursor, FindQuery, FolderCommitResult, FolderOp, LogPage, MailboxStore, Op, ScanQuery, StoreSnapshot,
} from '../mailbox-store.ts';
import { UndoLog } from '../undo-log.ts';
import { BytesInMemory } from './stored-bytes.ts';
import { folderValue } from './folder-value.ts';
import { FolderContents, Row, type RowState } from './folder-contents.ts';
import { changedFacts, Hierarchy, newFacts, versionedBag, type FolderFacts, type FolderRow, type FolderState } from './hierarchy.ts';
import { changedItem, newItem, transferredItem } from './new-item.ts';
import { refusal } from './refusal.ts';

type Undo =
  | { readonly of: 'item'; readonly id: ItemId; readonly folderId: FolderId; readonly state: RowState | undefined }
  | { readonly of: 'folder'; readonly id: FolderId; readonly state: FolderState | undefined }
  | { readonly of: 'contents'; readonly id: FolderId; readonly figures: Pick<FolderContents, 'changedAt' | 'deletedCount' | 'highestItemId' | 'hierarchyChangeNumber' | 'hierarchyChangedAt' | 'trimmedTo'> };

/** What the changes of a folder and those of the hierarchy are read from. */
interface ChangeLog<Id> {
  readonly log: { beyond(isBeyond: (entry: LogEntry<Id>) => boolean): Iterable<LogEntry<Id>> };
  readonly trimmedTo: number;
}

/** The engine that keeps one mailbox in memory. Costs and structures: `specs/store-measurements.md`. */
class MemoryStore implements MailboxStore {
  readonly #clock: Clock;
  readonly #bags = new BagMaker();
  readonly #rows = new Map<ItemId, Row>();
  readonly #contents = new Map<FolderId, FolderContents>();
  readonly #hierarchy = new Hierarchy();
  readonly #undo = new UndoLog<Undo>();
  readonly #branch = new Branch();
  #cn = 0;
  #nextId = 1;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async reserveIds(count: number): Promise<number> {
    const first = this.#nextId;
    this.#nextId += count;
    return first;
  }

  async currentCn(): Promise<number> {
    return this.#cn;
  }

  async latest(): Promise<Cursor> {
    return { epoch: this.#branch.epoch, asOf: this.#cn, base: this.#cn, cn: this.#cn };
  }

  async keep(bytes: Uint8Array): Promise<StoredBytes> {
    return new BytesInMemory(bytes);
  }

  async getMany(ids: readonly ItemId[]): Promise<readonly (Item | undefined)[]> {
    return ids.map((id) => this.#rows.get(id)?.item);
  }

  async scan(query: ScanQuery): Promise<{ items: readonly Item[]; total: number; offset: number; asOf: number }> {
    const { order, isReversed } = this.#contentsOf(query.folderId).order(query.order, query.table ?? 'normal');
    const reversed = isReversed !== (query.backwards ?? false);
    let offset = 0;
    if (query.from && 'offset' in query.from) offset = query.from.offset;
    else if (query.from) {
      const row = this.#rows.get(query.from.after);
      const at = row?.folderId === query.folderId ? order.offsetOf(row, reversed) : undefined;
      if (at === undefined) throw new MailboxError('InvalidCursor', 'The item to go on after is not there any more.', String(query.from.after));
      offset = at + 1;
    }
    const rows = order.rowsFrom(offset, query.limit, reversed);
    return { items: rows.map(({ item }) => item as Item), total: order.index.size, offset, asOf: this.#cn };
  }

  async find({ folderIds, table = 'normal', restriction, order, limit = Infinity }: FindQuery): Promise<readonly Item[]> {
    const test = itemTest(restriction);
    const found: Item[] = [];
    const isSorted = order !== undefined && folderIds.length > 1;
    for (const id of folderIds) {
      for (const { item } of this.#walk(id, table, isSorted ? undefined : order)) {
        if (!isSorted && found.length >= limit) return found;
        if (item && (table === 'both' || item.isAssociated === (table === 'associated')) && test(item)) found.push(item);
      }
    }
    if (!isSorted) return found;
    const sorted = sortBy(found, order, valueOf);
    return limit < sorted.length ? sorted.slice(0, limit) : sorted;
  }

  async changes(folderId: FolderId, cursor: Cursor | undefined, limit: number): Promise<ChangesPage> {
    return this.#changesOf(this.#contentsOf(folderId), cursor, limit);
  }

  async log(folderId: FolderId, after: number, limit: number): Promise<LogPage> {
    return { ...this.#contentsOf(folderId).logAfter(after, limit), asOf: this.#cn };
  }

  async isFree(id: number): Promise<boolean> {
    return id > 0 && id < this.#nextId && !this.#rows.has(itemId(id)) && this.#hierarchy.row(folderId(id)) === undefined;
  }

  async commit(ops: readonly Op[]): Promise<CommitResult> {
    const refused = refusal(ops, (id) => this.#rows.get(id)?.item, (id) => this.#hierarchy.facts(id) !== undefined);
    if (refused) return refused;
    const items = ops.map((op) => this.#apply(op));
    return { cn: this.#cn, items };
  }

  async folders(): Promise<readonly Folder[]> {
    return [...this.#hierarchy.live()].map((row) => this.#folder(row, row.facts)).sort((a, b) => a.id - b.id);
  }

  async folder(id: FolderId): Promise<Folder | undefined> {
    return this.#folderById(id);
  }

  async folderChanges(cursor: Cursor | undefined, limit: number): Promise<ChangesPage<FolderId>> {
    return this.#changesOf(this.#hierarchy, cursor, limit);
  }

  async commitFolders(ops: readonly FolderOp[]): Promise<FolderCommitResult> {
    const before: { readonly id: FolderId; readonly state: FolderState | undefined }[] = [];
    const removed: FolderId[] = [];
    const startCn = this.#cn;
    const change = (id: FolderId, facts: FolderFacts | undefined): void => {
      const row = this.#hierarchy.row(id);
      before.push({ id, state: row?.state() });
      // One number a folder, also when a whole tree goes: a page of changes may end between any two.
      this.#cn++;
      this.#putFolder(id, { cn: this.#cn, createdCn: row?.createdCn ?? this.#cn, facts });
    };
    const undone = (): void => {
      for (const { id, state } of before.reverse()) this.#hierarchy.put(id, state);
      this.#cn = startCn;
    };
    try {
      for (const op of ops) {
        const expected = op.op === 'change' ? op.expected : undefined;
        const missing = this.#hierarchy.missing(op);
        const isStale = expected !== undefined && this.#hierarchy.row(op.id)?.cn !== expected;
        if (missing !== undefined || isStale) {
          undone();
          return missing === undefined ? { conflict: op.id } : { missing };
        }
        const gone = op.op === 'remove' ? this.#hierarchy.subtree(op.id).reverse() : [];
        for (const id of gone) change(id, undefined);
        removed.push(...gone);
        if (op.op !== 'remove') change(op.id, this.#factsAfter(op));
      }
    } catch (error) {
      undone();
      throw error;
    }
    for (const id of removed) this.#dropContents(id);
    return { cn: this.#cn, folders: ops.map(({ id }) => this.#folderById(id)) };
  }

  async trim(horizon: number): Promise<void> {
    for (const [id, { log }] of this.#contents) {
      for (const row of [...log].filter(({ item, cn }) => item === undefined && cn <= horizon)) {
        const contents = this.#noted(id);
        contents.trimmedTo = Math.max(contents.trimmedTo, row.cn);
        this.#putRow(row.id, row.folderId, undefined);
      }
    }
    for (const { id, cn } of [...this.#hierarchy.log].filter(({ facts, cn }) => facts === undefined && cn <= horizon)) {
      this.#hierarchy.trimmedTo = Math.max(this.#hierarchy.trimmedTo, cn);
      this.#putFolder(id, undefined);
    }
  }

  async snapshot(): Promise<StoreSnapshot> {
    const snapshot = { epoch: this.#branch.epoch, cn: this.#cn };
    this.#undo.mark(snapshot, this.#nextId);
    return snapshot;
  }

  async restore(snapshot: StoreSnapshot): Promise<void> {
    const undo = this.#undo.rewind(snapshot);
    if (undo === undefined) throw new MailboxError('InvalidCursor', 'There is no such snapshot any more: it was forgotten when an older one was restored.');
    const folders = new Map<FolderId, FolderState | undefined>();
    for (const [, before] of undo.states) if (before.of === 'folder') folders.set(before.id, before.state);
    // Two passes: one folder may have the name now that another one had then.
    for (const id of folders.keys()) this.#hierarchy.put(id, undefined);
    for (const [id, state] of folders) this.#hierarchy.put(id, state);
    for (const [, before] of undo.states) {
      if (before.of === 'item') this.#putRow(before.id, before.folderId, before.state);
      else if (before.of === 'contents') Object.assign(this.#contentsOf(before.id), before.figures);
    }
    this.#hierarchy.trimmedTo = Math.min(this.#hierarchy.trimmedTo, snapshot.cn);
    this.#undo.forgetLatest();
    this.#cn = snapshot.cn;
    this.#nextId = undo.nextId;
    this.#branch.restored(snapshot);
  }

  async close(): Promise<void> {
    this.#rows.clear();
    this.#contents.clear();
  }

  #changesOf<Id extends number>({ log, trimmedTo }: ChangeLog<Id>, cursor: Cursor | undefined, limit: number): ChangesPage<Id> {
    if (cursor && (!this.#branch.holds(cursor) || cursor.cn < trimmedTo)) return { expired: true };
    const from = cursor?.cn ?? 0;
    return changesPage(log.beyond(({ cn }) => cn > from), cursor, limit, { epoch: this.#branch.epoch, cn: this.#cn });
  }

  #contentsOf(id: FolderId): FolderContents {
    const known = this.#contents.get(id);
    if (known) return known;
    const contents = new FolderContents();
    // A folder that does not exist is read as an empty one, but is not kept for it.
    if (this.#hierarchy.row(id)) this.#contents.set(id, contents);
    return contents;
  }

  #walk(id: FolderId, table: NonNullable<ScanQuery['table']>, order: ScanQuery['order'] | undefined): Iterable<Row> {
    if (order === undefined) return this.#contentsOf(id).log;
    const { order: found, isReversed } = this.#contentsOf(id).order(order, table);
    return found.rows(isReversed);
  }

  #apply(op: Op): Item | undefined {
    const cn = ++this.#cn;
    if (op.op === 'create') return this.#place(newItem(op, cn, this.#bags), cn);
    const row = this.#rows.get(op.op === 'transfer' ? op.from : op.id) as Row;
    const item = row.item as Item;
    if (op.op === 'transfer') {
      if (!op.keep) this.#change(row, undefined, cn);
      const placedAt = op.keep ? cn : ++this.#cn;
      return this.#place(transferredItem(item, op, placedAt, this.#bags), placedAt);
    }
    const next = op.op === 'change' ? changedItem(item, op.changes, cn, this.#bags) : undefined;
    this.#change(row, next, cn);
    return next;
  }

  #place(item: Item, cn: number): Item {
    this.#putRow(item.id, item.folderId, { cn, createdCn: cn, contentCn: cn, isAssociated: item.isAssociated, item });
    const contents = this.#touch(item.folderId, 0);
    contents.highestItemId = Math.max(contents.highestItemId, item.id);
    return item;
  }

  #change(row: Row, item: Item | undefined, cn: number): void {
    this.#putRow(row.id, row.folderId, { cn, createdCn: row.createdCn, contentCn: item?.contentCn ?? cn, isAssociated: row.isAssociated, item });
    this.#touch(row.folderId, item === undefined ? 1 : 0);
  }

  #touch(id: FolderId, deleted: number): FolderContents {
    const contents = this.#noted(id);
    const last = contents.changedAt || (this.#hierarchy.facts(id)?.createdAt ?? 0);
    contents.changedAt = Math.max(last + 1, this.#clock.now());
    contents.deletedCount += deleted;
    return contents;
  }

  #noted(id: FolderId): FolderContents {
    const contents = this.#contentsOf(id);
    const { changedAt, deletedCount, highestItemId, hierarchyChangeNumber, hierarchyChangedAt, trimmedTo } = contents;
    this.#undo.note(`c${id}`, () => ({ of: 'contents', id, figures: { changedAt, deletedCount, highestItemId, hierarchyChangeNumber, hierarchyChangedAt, trimmedTo } }));
    return contents;
  }

  #putRow(id: ItemId, folderId: FolderId, state: RowState | undefined): void {
    const row = this.#rows.get(id) ?? new Row(id, folderId);
    this.#undo.note(id, () => ({ of: 'item', id, folderId, state: row.cn > 0 ? row.state() : undefined }));
    this.#contentsOf(folderId).put(row, state);
    if (state === undefined) this.#rows.delete(id);
    else this.#rows.set(id, row);
  }

  #putFolder(id: FolderId, state: FolderState | undefined): void {
    const before = this.#hierarchy.row(id)?.state();
    this.#undo.note(`f${id}`, () => ({ of: 'folder', id, state: before }));
    this.#hierarchy.put(id, state);
    const [from, to] = [before?.facts?.parentId, state?.facts?.parentId];
    if (from === to) return;
    for (const parent of [from, to]) if (parent !== undefined && this.#hierarchy.facts(parent)) this.#noted(parent).hierarchyChanged(this.#clock.now());
  }

  #factsAfter(op: Exclude<FolderOp, { op: 'remove' }>): FolderFacts {
    if (op.op === 'create') return newFacts(op.parentId, op.draft, this.#clock.now());
    const facts = this.#hierarchy.facts(op.id) as FolderFacts;
    if (op.op === 'change') return changedFacts(facts, op.changes);
    return { ...facts, parentId: op.parentId, displayName: op.displayName ?? facts.displayName, bag: versionedBag(facts.bag, {}) };
  }

  /** Nobody can ask for the changes of a folder that is gone, so its rows need no tombstones. */
  #dropContents(id: FolderId): void {
    for (const row of [...this.#contentsOf(id).log]) this.#putRow(row.id, id, undefined);
  }

  #folderById(id: FolderId): Folder | undefined {
    const row = this.#hierarchy.row(id);
    return row?.facts && this.#folder(row, row.facts);
  }

  #folder({ id, cn }: FolderRow, facts: FolderFacts): Folder {
    return folderValue({ id, cn, facts, contents: this.#contentsOf(id), childFolderCount: this.#hierarchy.childCount(id), isIpm: this.#hierarchy.isIpm(id), now: this.#cn });
  }
}

/**
 * A mailbox kept in memory.
 *
 * @example
 * const store = createMemoryStore({ clock: createClock() });
 */
export function createMemoryStore(options: { readonly clock: Clock }): MailboxStore {
  return new MemoryStore(options.clock);
}
