import { valueTest, type Restriction } from '@fauxchange/mailbox';
import type { Property, PropertyName, PropertyValue } from '@fauxchange/properties';
import type { TableOrder } from '../mapping/table-order.ts';
import type { CategoryState } from './category-state.ts';

/** Which ROPs a table knows: [MS-OXCTABL] 3.2.5. */
export type TableKind = 'contents' | 'hierarchy' | 'rules' | 'permissions' | 'attachments' | 'receiveFolders';

/** One row of a table. */
export interface TableRow {
  /** What it is known by as long as it stays in the table. */
  readonly key: string;
  value(property: Pick<Property, 'name'>): PropertyValue | undefined;
  /** Whether the row of the same key stands now where this one stood; without it, it does. */
  standsLike?(now: TableRow): boolean;
  /** Whether nothing has changed in the row of the same key; without it, nothing is known of that. */
  isSame?(now: TableRow): boolean;
}

/** What a client has asked of a table: which rows, in which order. */
export interface TableView {
  readonly restriction: Restriction;
  readonly order: TableOrder;
  /** Of its categories: which of them stand open. */
  readonly categories: CategoryState;
}

/** The rows of a view as they are now. */
export interface Rows {
  readonly count: number;
  slice(offset: number, limit: number): Promise<readonly TableRow[]>;
  /** Where a row that was read before stands now; undefined when it is gone, or has gone elsewhere in the order. */
  indexOf(row: TableRow): Promise<number | undefined>;
}

/** Where a table has its rows from. */
export interface RowSource {
  readonly kind: TableKind;
  /** Everything that a column may be: of RopQueryColumnsAll. */
  columns(): Promise<readonly Property[]>;
  /** @throws MailboxError for what is gone */
  rows(view: TableView): Promise<Rows>;
  /** A restriction made ready for rows of this source: of RopFindRow. */
  test(restriction: Restriction): (row: TableRow) => boolean;
}

/** Rows that are all in memory. */
export class ListedRows implements Rows {
  readonly #rows: readonly TableRow[];
  /** By key; made when it is first asked for. */
  #places: Map<string, number> | undefined;

  constructor(rows: readonly TableRow[]) {
    this.#rows = rows;
  }

  get count(): number {
    return this.#rows.length;
  }

  async slice(offset: number, limit: number): Promise<readonly TableRow[]> {
    return this.#rows.slice(offset, offset + limit);
  }

  async indexOf(row: TableRow): Promise<number | undefined> {
    const at = this.placeOf(row.key);
    const now = at === undefined ? undefined : this.#rows[at];
    return now && (row.standsLike?.(now) ?? true) ? at : undefined;
  }

  *[Symbol.iterator](): IterableIterator<TableRow> {
    yield* this.#rows;
  }

  at(place: number): TableRow | undefined {
    return this.#rows[place];
  }

  placeOf(key: string): number | undefined {
    this.#places ??= new Map(this.#rows.map((row, at) => [row.key, at]));
    return this.#places.get(key);
  }
}

export interface ArrayRowsOptions<T> {
  /** Those of now, in their order. */
  readonly rows: () => readonly T[] | Promise<readonly T[]>;
  readonly key: (row: T) => string | number;
  readonly value: (row: T, property: Pick<Property, 'name'>) => PropertyValue | undefined;
  /** What every row may have. */
  readonly columns: readonly Property[];
}

/**
 * A source over a few rows that are read whole: attachments, permissions, rules, receive folders.
 *
 * @example
 * new TableObject(logon, new ArrayRows('attachments', { rows: () => message.attachments, key: ({ number }) => number, value: attachmentValue, columns }))
 */
export class ArrayRows<T> implements RowSource {
  readonly kind: TableKind;
  readonly #options: ArrayRowsOptions<T>;

  constructor(kind: TableKind, options: ArrayRowsOptions<T>) {
    this.kind = kind;
    this.#options = options;
  }

  async columns(): Promise<readonly Property[]> {
    return this.#options.columns;
  }

  async rows({ restriction }: TableView): Promise<Rows> {
    const { rows, key, value } = this.#options;
    const all = (await rows()).map((row): TableRow => ({ key: String(key(row)), value: (property) => value(row, property) }));
    return new ListedRows(restriction.kind === 'always' ? all : all.filter(this.test(restriction)));
  }

  test(restriction: Restriction): (row: TableRow) => boolean {
    return valueTest<TableRow>(restriction, (row, name: PropertyName) => row.value({ name }));
  }
}
