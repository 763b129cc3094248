import type { Restriction } from '@fauxchange/mailbox';
import type { Property } from '@fauxchange/properties';
import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../errors.ts';
import type { Logon } from '../logon/logon.ts';
import { noOrder, type TableOrder } from '../mapping/table-order.ts';
import { CategoryState } from './category-state.ts';
import type { RowSource, Rows, TableKind, TableRow, TableView } from './row-source.ts';
import { ServerObject } from './server-object.ts';
import { isInBounds, placeAt, resolved, type Place } from './table-place.ts';

/** Predefined bookmarks, [MS-OXCTABL] 2.2.2.1.1; 3 is a bookmark of the client's. */
export const origin = { beginning: 0, current: 1, end: 2, custom: 3 } as const;

/** Bookmarks that a table keeps; they cost memory until they are freed. */
const mostBookmarks = 1_000;
const bookmarkSize = 4;
const everything: Restriction = { kind: 'always' };
const beginning: Place = { offset: 0, near: [] };

/** What a seek came to. */
export interface Sought {
  /** Rows moved: negative towards the beginning. */
  readonly moved: number;
  readonly isLess: boolean;
}

/** Hears what becomes of a table: its notifications. */
export interface TableWatch {
  /** Its rows are looked at, in this view. */
  viewed(rows: Rows): void;
  /** The view is another one, or none any more. */
  reset(): void;
  released(): void;
}

/**
 * A table, [MS-OXCTABL] 3.2.1: columns, a view, a cursor, bookmarks. The cursor and bookmarks hold on to rows, so that rows which
 * come and go in front of them do not move them.
 */
export class TableObject extends ServerObject {
  override readonly logon: Logon;
  readonly source: RowSource;
  /** Texts that a client does not say the width of are Unicode. */
  readonly isUnicode: boolean;
  /** Undefined for tables that tell nothing of changes. */
  watch: TableWatch | undefined;
  #columns: readonly number[] | undefined;
  #view: TableView = { restriction: everything, order: noOrder, categories: new CategoryState(0) };
  /** The order as it was asked for, and what columns make of it. */
  #sorted: TableOrder = noOrder;
  #shown: Property | undefined;
  /** Why a restriction or an order was refused: until another one is taken, there are no rows. */
  readonly #faults = new Map<'order' | 'restriction', RopError>();
  #cursor: Place = beginning;
  readonly #bookmarks = new Map<number, { readonly place: Place; readonly row: TableRow | undefined }>();
  #lastBookmark = 0;

  constructor(logon: Logon, source: RowSource, { isUnicode = true }: { readonly isUnicode?: boolean } = {}) {
    super();
    this.logon = logon;
    this.source = source;
    this.isUnicode = isUnicode;
  }

  get kind(): TableKind {
    return this.source.kind;
  }

  get view(): TableView {
    return this.#view;
  }

  /** Columns as they were set; undefined before. */
  get setColumns(): readonly number[] | undefined {
    return this.#columns;
  }

  /** @throws RopError ecNullObject before RopSetColumns: what servers since 2010 answer, [MS-OXCTABL] 3.2.5.2 */
  get columns(): readonly number[] {
    if (!this.#columns) throw new RopError(errorCode.NullObject, 'The table has no columns yet.');
    return this.#columns;
  }

  /** @throws RopError ecNullObject before RopSetColumns */
  needsColumns(): void {
    void this.columns;
  }

  set columns(tags: readonly number[] | undefined) {
    this.#columns = tags;
  }

  /** @throws RopError ecNotSupported for other kinds of table */
  needs(...kinds: readonly TableKind[]): void {
    if (!kinds.includes(this.kind)) throw new RopError(errorCode.NotSupported, `A table of ${this.kind} does not do that.`);
  }

  /** @throws RopError ecNotSupported, where columns show another property value by value */
  order(order: TableOrder): void {
    const shown = this.#shown;
    if (order.instances && shown && order.instances.name !== shown.name) throw new RopError(errorCode.NotSupported, 'A column shows another property value by value.');
    this.#sorted = order;
    this.#changeView('order', { ...this.#view, order: { ...order, instances: order.instances ?? shown }, categories: new CategoryState(order.expanded) });
  }

  /**
   * The property of which columns show one value a row: [MS-OXCTABL] 3.2.5.2.
   *
   * @throws RopError ecNotSupported where the order has another one
   */
  showInstances(property: Property | undefined): void {
    if (property) this.needs('contents');
    const { instances } = this.#sorted;
    if (instances && property && instances.name !== property.name) throw new RopError(errorCode.NotSupported, 'The table is sorted by another property value by value.');
    if (property?.name === this.#shown?.name) return;
    this.#shown = property;
    this.#changeView('order', { ...this.#view, order: { ...this.#sorted, instances: instances ?? property } });
  }

  restrict(restriction: Restriction | undefined): void {
    this.#changeView('restriction', { ...this.#view, restriction: restriction ?? everything });
  }

  /** An order or a restriction was refused. */
  spoiled(what: 'order' | 'restriction', fault: RopError): void {
    this.#faults.set(what, fault);
  }

  #changeView(what: 'order' | 'restriction', view: TableView): void {
    this.#faults.delete(what);
    this.#view = view;
    this.#bookmarks.clear();
    this.#cursor = beginning;
    this.watch?.reset();
  }

  reset(): void {
    this.#faults.clear();
    this.#columns = undefined;
    this.#sorted = noOrder;
    this.#shown = undefined;
    this.#changeView('order', { restriction: everything, order: noOrder, categories: new CategoryState(0) });
  }

  /** The rows of now. @throws RopError of what was refused */
  async rows(): Promise<Rows> {
    const [fault] = this.#faults.values();
    if (fault) throw fault;
    return this.source.rows(this.#view);
  }

  /** The rows of now, for the ROPs that make a view of the table: the client is told of changes from then on, [MS-OXCNOTIF] 3.1.4.3. */
  async look(): Promise<Rows> {
    const rows = await this.rows();
    this.watch?.viewed(rows);
    return rows;
  }

  /** Where the cursor stands. */
  position(rows: Rows): Promise<number> {
    return resolved(this.#cursor, rows);
  }

  async moveTo(rows: Rows, offset: number): Promise<void> {
    this.#cursor = await placeAt(rows, offset);
  }

  /** Moves the cursor by rows from an offset, to the beginning or end at most. */
  async seek(rows: Rows, from: number, by: number): Promise<Sought> {
    const to = Math.min(rows.count, Math.max(0, from + by));
    await this.moveTo(rows, to);
    return { moved: to - from, isLess: !isInBounds(from + by, rows.count) };
  }

  /** The offset of a predefined bookmark. @throws RopError ecInvalidParam */
  async offsetOf(rows: Rows, from: number): Promise<number> {
    if (from === origin.beginning) return 0;
    if (from === origin.end) return rows.count;
    if (from === origin.current) return this.position(rows);
    throw new RopError(errorCode.InvalidParameter, `There is no bookmark ${from}.`);
  }

  /** @throws RopError ecOutOfResources */
  async createBookmark(rows: Rows, offset: number): Promise<Uint8Array> {
    if (this.#bookmarks.size >= mostBookmarks) throw new RopError(errorCode.OutOfResources, `A table keeps ${mostBookmarks} bookmarks.`);
    const [row] = await rows.slice(offset, 1);
    this.#lastBookmark += 1;
    this.#bookmarks.set(this.#lastBookmark, { place: await placeAt(rows, offset), row });
    const bytes = Buffer.alloc(bookmarkSize);
    bytes.writeUInt32LE(this.#lastBookmark);
    return bytes;
  }

  /** Where the row of a bookmark stands, or that behind it when it is gone. @throws RopError ecInvalidBookmark */
  async bookmarked(rows: Rows, bookmark: Uint8Array): Promise<{ readonly offset: number; readonly isGone: boolean }> {
    const { place, row } = this.#bookmarks.get(numberOf(bookmark)) ?? unknownBookmark();
    const offset = row && (await rows.indexOf(row));
    return { offset: offset ?? (await resolved(place, rows)), isGone: row !== undefined && offset === undefined };
  }

  freeBookmark(bookmark: Uint8Array): void {
    if (!this.#bookmarks.delete(numberOf(bookmark))) unknownBookmark();
  }

  override released(): void {
    this.watch?.released();
  }
}

const numberOf = (bookmark: Uint8Array): number => (bookmark.length === bookmarkSize ? Buffer.from(bookmark.buffer, bookmark.byteOffset, bookmarkSize).readUInt32LE() : 0);
function unknownBookmark(): never {
  throw new RopError(errorCode.InvalidBookmark, 'The table has no such bookmark, or not any more.');
}
