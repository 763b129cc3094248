import { folderId, itemId, type FolderId, type ItemId, type MailboxEvent } from '@fauxchange/mailbox';
import { notificationFlag, notificationType, tableEvent } from '@fauxchange/mapi-wire';
import { encodeTableRow } from '../mapping/table-rows.ts';
import { ContentsSource } from '../objects/contents-source.ts';
import { FolderRow } from '../objects/hierarchy-source.ts';
import { itemKey, ItemRow } from '../objects/item-row.ts';
import { ListedRows, type Rows, type TableRow, type TableView } from '../objects/row-source.ts';
import type { TableObject, TableWatch } from '../objects/table-object.ts';
import { tableChanged, type NotificationData } from './notification-queue.ts';
import type { Listener, Notifications } from './notifications.ts';

/** A row that is longer is not sent with its notification: the table has changed. */
const mostRowBytes = 0x4000;

/** What becomes of a row. */
interface RowChange {
  readonly key: string;
  readonly kind: 'added' | 'deleted' | 'modified';
}

interface RowIds {
  readonly folder: bigint;
  readonly message: bigint;
  readonly instance: number;
}
const rowMembers = ['TableRowFolderID', 'TableRowMessageID', 'TableRowInstance'] as const;
const previousMembers = ['InsertAfterTableRowFolderID', 'InsertAfterTableRowID', 'InsertAfterTableRowInstance'] as const;

/** The notifications of one table, from when its rows are looked at: [MS-OXCNOTIF] 3.1.4.3. */
export class TableWatcher implements TableWatch, Listener {
  readonly #table: TableObject;
  readonly #notifications: Notifications;
  readonly #suppressesOwn: boolean;
  readonly #stop: () => void;
  /** The rows as the client knows them; undefined as long as it has seen none. */
  #known: Rows | undefined;
  /** Something was passed over: what the client knows is not known any more. */
  #isStale = false;

  constructor(table: TableObject, notifications: Notifications, { suppressesOwn }: { readonly suppressesOwn: boolean }) {
    this.#table = table;
    this.#notifications = notifications;
    this.#suppressesOwn = suppressesOwn;
    this.#stop = notifications.listen(table.logon.mailbox, this);
  }

  viewed(rows: Rows): void {
    this.#known ??= rows;
  }

  reset(): void {
    this.#known = undefined;
    this.#isStale = false;
    this.#notifications.queue.drop(this.#table);
  }

  released(): void {
    this.#stop();
    this.#notifications.queue.drop(this.#table);
  }

  async hear(events: readonly MailboxEvent[], isOwn: boolean): Promise<void> {
    const { source, view } = this.#table;
    const known = this.#known;
    if (!known) return;
    const changes = source instanceof ContentsSource ? contentsChanges(events, source) : hierarchyChanges(events);
    if (changes.length === 0) return;
    if (this.#notifications.queue.hasChanged(this.#table)) {
      this.#isStale = true;
      return;
    }
    const now = await source.rows(view);
    // Another ROP may have set the table up anew meanwhile.
    if (this.#known !== known || this.#table.view !== view) return;
    this.#known = now;
    if (isOwn && this.#suppressesOwn) return;
    if (this.#isStale || !isTold(view) || !this.#table.setColumns) {
      this.#isStale = false;
      return this.#tell(tableChanged);
    }
    for (const change of changes) {
      const data = await this.#notification(change, known, now);
      if (data) this.#tell(data);
    }
  }

  searchCompleted(folderId: FolderId): void {
    const { source } = this.#table;
    if (this.#known && source instanceof ContentsSource && source.of.folderId === folderId) this.#tell(tableChanged);
  }

  #tell(data: NotificationData): void {
    this.#notifications.tell({ about: this.#table, data });
  }

  /** Undefined where the table did not have the row and has it not. */
  async #notification({ key, kind }: RowChange, known: Rows, now: Rows): Promise<NotificationData | undefined> {
    const { source } = this.#table;
    const at = await placeOf(source, now, key);
    const before = known instanceof ListedRows ? known.placeOf(key) !== undefined : kind !== 'added';
    if (at === undefined) return before && (kind === 'deleted' || known instanceof ListedRows) ? this.#deleted(key, known) : undefined;
    if (kind === 'deleted') return undefined;
    const [row] = await now.slice(at, 1);
    const [previous] = at > 0 ? await now.slice(at - 1, 1) : [];
    return row && this.#changed(row, previous, before ? tableEvent.TableRowModified : tableEvent.TableRowAdded);
  }

  #changed(row: TableRow, previous: TableRow | undefined, TableEventType: number): NotificationData {
    const { logon: { names }, columns } = this.#table;
    const TableRowData = encodeTableRow(row, columns, { names, codePage: this.#codePage });
    if (TableRowData.length > mostRowBytes) return tableChanged;
    return { NotificationFlags: this.#flags, TableEventType, ...this.#ids(rowMembers, this.#named(row)), ...this.#ids(previousMembers, this.#named(previous)), TableRowData } as NotificationData;
  }

  async #deleted(key: string, known: Rows): Promise<NotificationData> {
    const at = known instanceof ListedRows ? known.placeOf(key) : undefined;
    const [row] = at === undefined ? [] : await known.slice(at, 1);
    return { NotificationFlags: this.#flags, TableEventType: tableEvent.TableRowDeleted, ...this.#ids(rowMembers, row ? this.#named(row) : this.#namedByKey(key)) } as NotificationData;
  }

  /** Of a folder there is but one id. */
  #ids([folder, message, instance]: typeof rowMembers | typeof previousMembers, ids: RowIds): Readonly<Record<string, bigint | number>> {
    return { [folder]: ids.folder, ...(this.#table.kind === 'contents' && { [message]: ids.message, [instance]: ids.instance }) };
  }

  get #codePage(): number {
    return this.#notifications.codePage;
  }

  get #flags(): number {
    return notificationType.TableModified | (this.#table.kind === 'contents' ? notificationFlag.Message : 0);
  }

  /** The ids of a row; zeros in front of the first one. */
  #named(row: TableRow | undefined): RowIds {
    const { logon } = this.#table;
    if (row instanceof ItemRow) return { folder: logon.wireId(row.item.folderId), message: logon.wireId(row.item.id), instance: row.instanceNumber };
    return { folder: row instanceof FolderRow ? logon.wireId(row.folder.id) : 0n, message: 0n, instance: 0 };
  }

  #namedByKey(key: string): RowIds {
    const { logon, source } = this.#table;
    const [id = '0', instance = '0'] = key.split('/');
    if (!(source instanceof ContentsSource)) return { folder: logon.wireId(folderId(Number(id))), message: 0n, instance: 0 };
    return { folder: logon.wireId(source.of.folderId), message: logon.wireId(itemId(Number(id))), instance: Number(instance) };
  }
}

/** Of categories and of rows for single values it is only said that they have changed. */
const isTold = ({ order: { categories, instances } }: TableView): boolean => categories === 0 && !instances;

const placeOf = (source: TableObject['source'], rows: Rows, key: string): number | undefined | Promise<number | undefined> => {
  if (rows instanceof ListedRows) return rows.placeOf(key);
  return source instanceof ContentsSource ? source.placeOf(rows, key) : undefined;
};

function contentsChanges(events: readonly MailboxEvent[], { of }: ContentsSource): readonly RowChange[] {
  const changes: RowChange[] = [];
  const isHere = (id: FolderId | undefined): boolean => of.isDeep || of.isSearch || id === of.folderId;
  const change = (id: ItemId | undefined, kind: RowChange['kind']): void => void (id !== undefined && changes.push({ key: itemKey(id, 0), kind }));
  for (const event of events) {
    if (event.subject !== 'item' || (event.isAssociated ?? false) !== of.isAssociated || event.kind === 'newMail') continue;
    const { kind, id, oldId, parentId, oldParentId } = event;
    if (kind === 'moved' && isHere(oldParentId)) change(oldId, 'deleted');
    if (isHere(parentId)) change(id, kind === 'deleted' || kind === 'modified' ? kind : 'added');
  }
  return changes;
}

function hierarchyChanges(events: readonly MailboxEvent[]): readonly RowChange[] {
  const changes = events.filter((event) => event.subject === 'folder').map(({ id, kind }): RowChange => ({ key: String(id), kind: kind === 'deleted' ? 'deleted' : 'modified' }));
  return [...new Map(changes.map((change) => [change.key, change])).values()];
}
