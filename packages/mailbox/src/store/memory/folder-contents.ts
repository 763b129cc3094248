import type { FolderId, ItemId } from '../../ids.ts';
import type { Item } from '../../items/item.ts';
import { valueOf } from '../../items/value-of.ts';
import type { OrderSpec } from '../../search/restriction.ts';
import { prepareOrder, type PreparedOrder, type SortKeys } from '../../search/sort.ts';
import type { LogEntry } from '../changes-page.ts';
import type { LoggedItem, LogPage, Table } from '../mailbox-store.ts';
import { OrderedIndex } from '../ordered-index.ts';

const MAX_ORDERS = 8;

export interface RowState {
  readonly cn: number;
  readonly createdCn: number;
  readonly contentCn: number;
  readonly isAssociated: boolean;
  /** Undefined: gone; the row is its tombstone. */
  readonly item: Item | undefined;
}

/** A stable cell that orders hold, so that a change which leaves their key alone does not touch them. Never handed out. */
export class Row implements LogEntry<ItemId> {
  readonly id: ItemId;
  readonly folderId: FolderId;
  cn = 0;
  createdCn = 0;
  contentCn = 0;
  isAssociated = false;
  item: Item | undefined = undefined;

  constructor(id: ItemId, folderId: FolderId) {
    this.id = id;
    this.folderId = folderId;
  }

  get isGone(): boolean {
    return this.item === undefined;
  }

  get readCn(): number {
    return this.item?.readCn ?? 0;
  }

  state(): RowState {
    return { cn: this.cn, createdCn: this.createdCn, contentCn: this.contentCn, isAssociated: this.isAssociated, item: this.item };
  }
}

interface Entry {
  readonly row: Row;
  readonly keys: SortKeys;
}

/** One maintained order of a folder's rows. */
class Order {
  readonly prepared: PreparedOrder<Item>;
  readonly index: OrderedIndex<Entry>;
  readonly #accepts: (item: Item) => boolean;

  constructor(prepared: PreparedOrder<Item>, table: Table, rows: Iterable<Row>) {
    this.prepared = prepared;
    this.#accepts = table === 'both' ? () => true : ({ isAssociated }) => isAssociated === (table === 'associated');
    const entries: Entry[] = [];
    for (const row of rows) if (row.item && this.#accepts(row.item)) entries.push({ row, keys: prepared.keys(row.item) });
    this.index = new OrderedIndex<Entry>((a, b) => prepared.compare(a.keys, b.keys) || a.row.id - b.row.id, entries);
  }

  entry(row: Row, item: Item | undefined): Entry | undefined {
    return item && this.#accepts(item) ? { row, keys: this.prepared.keys(item) } : undefined;
  }

  replace(row: Row, before: Item | undefined, after: Item | undefined): void {
    const [old, next] = [this.entry(row, before), this.entry(row, after)];
    if (old && next && this.prepared.compare(old.keys, next.keys) === 0) return;
    if (old) this.index.delete(old);
    if (next) this.index.insert(next);
  }

  rowsFrom(offset: number, limit: number, isReversed: boolean): Row[] {
    const entries = isReversed ? this.index.sliceFromEnd(offset, limit) : this.index.slice(offset, limit);
    return entries.map(({ row }) => row);
  }

  *rows(isReversed: boolean): IterableIterator<Row> {
    if (isReversed) for (const { row } of this.index.sliceFromEnd(0, this.index.size)) yield row;
    else for (const { row } of this.index) yield row;
  }

  /** Where the row stands in the walk; undefined when it is not in this order. */
  offsetOf(row: Row, isReversed: boolean): number | undefined {
    const entry = this.entry(row, row.item);
    if (entry === undefined) return undefined;
    const rank = this.index.rank(entry);
    return isReversed ? this.index.size - 1 - rank : rank;
  }
}

/** What is in one folder: rows in the order of their changes (the log), counters, orders asked for. */
export class FolderContents {
  readonly log: OrderedIndex<Row> = new OrderedIndex<Row>((a, b) => a.cn - b.cn || a.id - b.id);
  readonly #orders = new Map<string, Order>();
  totalCount = 0;
  unreadCount = 0;
  associatedCount = 0;
  size = 0;
  deletedCount = 0;
  changedAt = 0;
  highestItemId = 0;
  hierarchyChangeNumber = 0;
  hierarchyChangedAt = 0;
  /** Highest change number among the tombstones dropped. */
  trimmedTo = 0;

  get lastCn(): number {
    return Math.max(this.log.last()?.cn ?? 0, this.trimmedTo);
  }

  /** Rows that changed behind a number, as they are now. */
  logAfter(after: number, limit: number): Omit<LogPage, 'asOf'> {
    const isWhole = after >= this.trimmedTo;
    const entries: LoggedItem[] = [];
    for (const { id, cn, contentCn, readCn, isGone, isAssociated } of this.log.beyond((row) => row.cn > after)) {
      if (entries.length >= limit) return { entries, more: true, isWhole };
      entries.push({ id, cn, contentCn, readCn, isGone, isAssociated });
    }
    return { entries, more: false, isWhole };
  }

  /** The one primitive by which rows change. Undefined: the row leaves without a trace. */
  put(row: Row, next: RowState | undefined): void {
    const before = row.item;
    if (row.cn > 0) this.log.delete(row);
    for (const order of this.#orders.values()) order.replace(row, before, next?.item);
    this.#count(before, -1);
    this.#count(next?.item, 1);
    row.item = next?.item;
    row.cn = next?.cn ?? 0;
    if (next === undefined) return;
    row.createdCn = next.createdCn;
    row.contentCn = next.contentCn;
    row.isAssociated = next.isAssociated;
    this.log.insert(row);
  }

  /** The maintained order of a kind; both of its directions share one structure. Made on first use, the least recently used one dropped. */
  order(spec: OrderSpec, table: Table): { readonly order: Order; readonly isReversed: boolean } {
    const prepared = prepareOrder<Item>(spec, valueOf);
    const key = `${table}\n${prepared.name}`;
    const order = this.#orders.get(key) ?? new Order(prepared, table, this.log);
    this.#orders.delete(key);
    this.#orders.set(key, order);
    const [oldest] = this.#orders.keys();
    if (this.#orders.size > MAX_ORDERS && oldest !== undefined) this.#orders.delete(oldest);
    return { order, isReversed: prepared.isReversed };
  }

  hierarchyChanged(now: number): void {
    this.hierarchyChangeNumber++;
    this.hierarchyChangedAt = now;
  }

  #count(item: Item | undefined, sign: 1 | -1): void {
    if (item === undefined) return;
    this.size += sign * Number(item.bag.get('PidTagMessageSize') ?? 0);
    if (item.isAssociated) this.associatedCount += sign;
    else {
      this.totalCount += sign;
      if (!item.isRead) this.unreadCount += sign;
    }
  }
}
