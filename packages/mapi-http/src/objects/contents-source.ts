import { itemId, itemTest, sortBy, type Folder, type FolderId, type Item, type MailboxSession, type Restriction } from '@fauxchange/mailbox';
import { property as propertyNamed, type Property, type PropertyName, type PropertyValue } from '@fauxchange/properties';
import type { Logon } from '../logon/logon.ts';
import { itemFactNames, itemValue } from '../mapping/item-values.ts';
import { noOrder, orderSpecOf, type TableOrder } from '../mapping/table-order.ts';
import { CategorizedRows } from './categorized-rows.ts';
import { headerKey, HeaderRow } from './header-row.ts';
import { itemKey, ItemRow } from './item-row.ts';
import { ListedRows, type RowSource, type Rows, type TableRow, type TableView } from './row-source.ts';

/** What a contents table is of: [MS-OXCFOLD] 2.2.1.14.1. */
export interface ContentsOf {
  readonly folderId: FolderId;
  readonly isAssociated: boolean;
  /** Of the messages that were deleted softly: those are not in their folder any more, but among recoverable items. */
  readonly isSoftDeleted: boolean;
  /** Of all folders below, as conversations are. */
  readonly isDeep: boolean;
  /** The folder is a search folder: what is in it may be anywhere. */
  readonly isSearch: boolean;
}

/** Rows whose columns are looked at to tell which there are. */
const sampleSize = 100;
const tableNames: readonly PropertyName[] = ['PidTagDepth', 'PidTagContentCount', 'PidTagContentUnreadCount'];

interface Listed {
  readonly view: TableView;
  readonly version: number;
  readonly stamp: string;
  readonly rows: ListedRows;
}

/** The messages of a folder. Without restriction and categories a page costs what is in it, whatever is in the folder. */
export class ContentsSource implements RowSource {
  readonly kind = 'contents';
  readonly of: ContentsOf;
  readonly #logon: Logon;
  /** The rows of the last view, good as long as nothing changes. */
  #listed: Listed | undefined;

  constructor(logon: Logon, of: ContentsOf) {
    this.#logon = logon;
    this.of = of;
  }

  get #session(): MailboxSession {
    return this.#logon.session;
  }

  async rows(view: TableView): Promise<Rows> {
    const folder = await this.#session.folder(this.of.folderId);
    if (this.of.isSoftDeleted) return new ListedRows([]);
    return this.isScanned(folder, view) ? FolderScan.of(this.#logon, this.of, view.order) : this.#list(folder, view);
  }

  /** Whether the order that the store maintains is that of the table. */
  isScanned({ kind }: Folder, { restriction, order: { categories, instances } }: TableView): boolean {
    return kind !== 'search' && !this.of.isDeep && this.#session.accessor.hasFullAccess && restriction.kind === 'always' && categories === 0 && !instances;
  }

  async #list(folder: Folder, view: TableView): Promise<ListedRows> {
    const { mailbox } = this.#logon;
    const isOwn = folder.kind !== 'search' && !this.of.isDeep;
    const stamp = `${mailbox.events.generation}.${isOwn ? folder.contentsCn : await mailbox.store.currentCn()}`;
    const { version } = view.categories;
    if (this.#listed?.view === view && this.#listed.version === version && this.#listed.stamp === stamp) return this.#listed.rows;
    const leaves = await this.#leaves(folder, view);
    const rows = view.order.categories > 0 ? CategorizedRows.of(leaves, view) : new ListedRows(leaves);
    this.#listed = { view, version, stamp, rows };
    return rows;
  }

  async #leaves(folder: Folder, { restriction, order }: TableView): Promise<readonly ItemRow[]> {
    const folderIds = this.of.isDeep ? (await this.#session.folders(folder.id, 'deep')).filter(({ kind }) => kind !== 'search').map(({ id }) => id) : [folder.id];
    const spec = orderSpecOf(order);
    const { items } = await this.#session.query(folderIds, { table: this.of.isAssociated ? 'associated' : 'normal', order: order.instances ? [] : spec, limit: Number.POSITIVE_INFINITY });
    const rows = items.flatMap((item) => this.#rowsOf(item, order));
    const found = restriction.kind === 'always' ? rows : rows.filter(this.test(restriction));
    return order.instances ? sortBy(found, spec, (row, name) => row.value({ name })) : found;
  }

  /** One row, or one for each value of the property that has a row for each. */
  #rowsOf(item: Item, order: TableOrder): readonly ItemRow[] {
    const { instances, categories } = order;
    const values = instances && (itemValue(item, this.#logon, instances) as readonly PropertyValue[] | undefined);
    if (!instances) return [new ItemRow(item, this.#logon, order, categories)];
    const each = values && values.length > 0 ? [...values] : [undefined];
    return each.map((value, number) => new ItemRow(item, this.#logon, order, categories, { property: instances, number, value }));
  }

  test(restriction: Restriction): (row: TableRow) => boolean {
    let asked: TableRow | undefined;
    // What is computed by the protocol is asked of the row, what is in the message of the message.
    const test = itemTest(restriction, (item, name) => (asked instanceof ItemRow ? asked.value({ name }) : itemValue(item as Item, this.#logon, { name })));
    return (row) => {
      if (!(row instanceof ItemRow)) return false;
      asked = row;
      return test(row.item);
    };
  }

  async columns(): Promise<readonly Property[]> {
    const { folderId, isAssociated } = this.of;
    const { items } = await this.#session.query([folderId], { table: isAssociated ? 'associated' : 'normal', limit: sampleSize });
    const names = new Set<PropertyName>([...itemFactNames, ...tableNames]);
    for (const { bag } of items) for (const [name] of bag.entries()) names.add(name);
    return [...names].map((name) => propertyNamed(name)).filter((one) => one !== undefined);
  }

  /** What a row is named by that has this PidTagInstID and PidTagInstanceNum. */
  keyOf(rowId: bigint, instance: number): string {
    try {
      return itemKey(this.#logon.itemId(rowId), instance);
    } catch {
      return headerKey(rowId);
    }
  }

  /** Where the row of a name stands; undefined where it is not among these. */
  async placeOf(rows: Rows, key: string): Promise<number | undefined> {
    if (rows instanceof ListedRows) return rows.placeOf(key);
    const [item] = await this.#session.items([itemId(Number(key.split('/')[0]))]);
    return item && !(item instanceof Error) ? rows.indexOf(new ItemRow(item, this.#logon, noOrder)) : undefined;
  }

  /** A header row by its CategoryId, wherever it is hidden; undefined where there is none. */
  async header(view: TableView, id: bigint): Promise<HeaderRow | undefined> {
    const rows = await this.rows(view);
    const path = view.categories.pathOf(id);
    return rows instanceof CategorizedRows && path !== undefined ? rows.headers.get(path) : undefined;
  }
}

/** Rows straight from an order that the store keeps. */
class FolderScan implements Rows {
  readonly count: number;
  readonly #logon: Logon;
  readonly #of: ContentsOf;
  readonly #order: TableOrder;

  private constructor(logon: Logon, of: ContentsOf, order: TableOrder, count: number) {
    this.#logon = logon;
    this.#of = of;
    this.#order = order;
    this.count = count;
  }

  static async of(logon: Logon, of: ContentsOf, order: TableOrder): Promise<FolderScan> {
    const { total } = await logon.session.query([of.folderId], { table: tableOf(of), order: orderSpecOf(order), limit: 0 });
    return new FolderScan(logon, of, order, total);
  }

  async slice(offset: number, limit: number): Promise<readonly TableRow[]> {
    const { items } = await this.#logon.session.query([this.#of.folderId], { table: tableOf(this.#of), order: orderSpecOf(this.#order), offset, limit });
    return items.map((item) => new ItemRow(item, this.#logon, this.#order));
  }

  async indexOf(row: TableRow): Promise<number | undefined> {
    if (!(row instanceof ItemRow)) return undefined;
    const [now] = await this.#logon.session.items([row.item.id]);
    if (!now || now instanceof Error || now.folderId !== this.#of.folderId || now.isAssociated !== this.#of.isAssociated) return undefined;
    if (!row.standsLike(new ItemRow(now, this.#logon, this.#order))) return undefined;
    const { nextOffset } = await this.#logon.session.query([this.#of.folderId], { table: tableOf(this.#of), order: orderSpecOf(this.#order), after: now.id, limit: 0 });
    return nextOffset - 1;
  }
}

const tableOf = ({ isAssociated }: ContentsOf): 'associated' | 'normal' => (isAssociated ? 'associated' : 'normal');
