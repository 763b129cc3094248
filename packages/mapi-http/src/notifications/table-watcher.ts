import type { FolderId, ItemId, MailboxEvent } from '@fauxchange/mailbox';
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

/** What becomes of a message. */
interface RowChange {
  readonly id: ItemId;
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
    const changes = source instanceof ContentsSource ? contentsChanges(events, source) : [];
    const isInHierarchy = !(source instanceof ContentsSource) && events.some(({ subject }) => subject === 'folder');
    // What a search folder finds may be anything else by now.
    const isSearchedAnew = source instanceof ContentsSource && events.some((event) => event.subject === 'folder' && event.id === source.of.folderId && event.isSearchCompleted);
    if (changes.length === 0 && !isInHierarchy && !isSearchedAnew) return;
    if (this.#notifications.queue.hasChanged(this.#table)) {
      this.#isStale = true;
      return;
    }
    const now = await source.rows(view);
    // Another ROP may have set the table up anew meanwhile.
    if (this.#known !== known || this.#table.view !== view) return;
    this.#known = now;
    if (isOwn && this.#suppressesOwn) return;
    if (this.#isStale || isSearchedAnew || !isTold(view) || !this.#table.setColumns) {
      this.#isStale = false;
      return this.#tell(tableChanged);
    }
    for (const data of known instanceof ListedRows && now instanceof ListedRows ? this.#differences(known, now) : await this.#told(changes, now)) this.#tell(data);
  }

  #tell(data: NotificationData): void {
    this.#notifications.tell({ about: this.#table, data });
  }

  /** Between rows that are all in memory: what is told is what the client does not know, whatever happened in between. */
  #differences(known: ListedRows, now: ListedRows): readonly NotificationData[] {
    const all: NotificationData[] = [];
    for (const row of known) if (now.placeOf(row.key) === undefined) all.push(this.#deleted(this.#named(row)));
    let previous: TableRow | undefined;
    for (const row of now) {
      const place = known.placeOf(row.key);
      const before = place === undefined ? undefined : known.at(place);
      if (!before?.isSame?.(row)) all.push(this.#changed(row, previous, before ? tableEvent.TableRowModified : tableEvent.TableRowAdded));
      previous = row;
    }
    return all;
  }

  /** Of rows that are looked up in the folder: each change for itself. */
  async #told(changes: readonly RowChange[], now: Rows): Promise<readonly NotificationData[]> {
    const { source } = this.#table;
    const all: NotificationData[] = [];
    if (!(source instanceof ContentsSource)) return all;
    for (const { id, kind } of changes) {
      const at = await source.placeOf(now, itemKey(id, 0));
      if (kind === 'deleted' && at === undefined) all.push(this.#deleted({ folder: this.#table.logon.wireId(source.of.folderId), message: this.#table.logon.wireId(id), instance: 0 }));
      if (kind === 'deleted' || at === undefined) continue;
      const [previous, row] = at > 0 ? await now.slice(at - 1, 2) : [undefined, ...await now.slice(0, 1)];
      if (row) all.push(this.#changed(row, previous, kind === 'added' ? tableEvent.TableRowAdded : tableEvent.TableRowModified));
    }
    return all;
  }

  #changed(row: TableRow, previous: TableRow | undefined, TableEventType: number): NotificationData {
    const { logon: { names }, columns } = this.#table;
    const TableRowData = encodeTableRow(row, columns, { names, codePage: this.#codePage });
    if (TableRowData.length > mostRowBytes) return tableChanged;
    return { NotificationFlags: this.#flags, TableEventType, ...this.#ids(rowMembers, this.#named(row)), ...this.#ids(previousMembers, this.#named(previous)), TableRowData } as NotificationData;
  }

  #deleted(ids: RowIds): NotificationData {
    return { NotificationFlags: this.#flags, TableEventType: tableEvent.TableRowDeleted, ...this.#ids(rowMembers, ids) } as NotificationData;
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
}

/** Of categories and of rows for single values it is only said that they have changed. */
const isTold = ({ order: { categories, instances } }: TableView): boolean => categories === 0 && !instances;

function contentsChanges(events: readonly MailboxEvent[], { of }: ContentsSource): readonly RowChange[] {
  const changes: RowChange[] = [];
  const isHere = (id: FolderId | undefined): boolean => of.isDeep || of.isSearch || id === of.folderId;
  const change = (id: ItemId | undefined, kind: RowChange['kind']): void => void (id !== undefined && changes.push({ id, kind }));
  for (const event of events) {
    if (event.subject !== 'item' || (event.isAssociated ?? false) !== of.isAssociated || event.kind === 'newMail') continue;
    const { kind, id, oldId, parentId, oldParentId } = event;
    if (kind === 'moved' && isHere(oldParentId)) change(oldId, 'deleted');
    if (isHere(parentId)) change(id, kind === 'deleted' || kind === 'modified' ? kind : 'added');
  }
  return changes;
}
