import { MailboxError } from '../errors.ts';
import type { WellKnownFolderName } from '../folders/distinguished.ts';
import type { Folder, FolderChanges, FolderDraft } from '../folders/folder.ts';
import type { FolderId, ItemId } from '../ids.ts';
import type { Item, ItemChanges, ItemDraft, StoredBytes } from '../items/item.ts';
import type { Mailbox } from '../mailbox.ts';
import type { Accessor } from '../permissions/accessor.ts';
import { folderRights, itemRights, rightsIn } from '../permissions/check.ts';
import type { EffectiveRights } from '../permissions/rights.ts';
import type { ChangesPage, Cursor, LogPage } from '../store/mailbox-store.ts';
import { copyFolder, createFolder, listFolders, moveFolder, updateFolder } from './folder-actions.ts';
import { copyItems, createItem, markAllAsRead, moveItems, readableItems, updateItem } from './item-actions.ts';
import type { CreateItemOptions, Destination, Disposal, FolderCopyOptions, ItemPage, ItemQuery, MailboxSession, MovedAs, PerItem, SubmitOptions, Traversal, UpdateItemOptions } from './mailbox-session.ts';
import { folderChanges, itemChanges, itemLog, queryItems } from './query.ts';
import { emptyFolder, removeFolder, removeItems } from './removal.ts';
import { visibleFolder, wellKnownId, type Scope } from './scope.ts';
import { sendDraft, submitItem, type SendTarget } from './sending.ts';

/** The session of every mailbox: a thin face before the actions, which are functions of a scope. */
export class Session implements MailboxSession {
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  get mailbox(): Mailbox {
    return this.#scope.mailbox;
  }

  get accessor(): Accessor {
    return this.#scope.accessor;
  }

  keep(bytes: Uint8Array): Promise<StoredBytes> {
    return this.#scope.store.keep(bytes);
  }

  async folder(id: FolderId): Promise<Folder> {
    return this.#scope.counts.counted((await visibleFolder(this.#scope, id)).folder);
  }

  async distinguished(name: WellKnownFolderName): Promise<Folder> {
    return this.folder(wellKnownId(this.#scope, name));
  }

  folders(parentId: FolderId, traversal: Traversal): Promise<readonly Folder[]> {
    return listFolders(this.#scope, parentId, traversal);
  }

  createFolder(parentId: FolderId, draft: FolderDraft, options: { readonly id?: FolderId | undefined; readonly isRestored?: boolean | undefined } = {}): Promise<Folder> {
    return createFolder(this.#scope, parentId, draft, options);
  }

  async updateFolder(id: FolderId, changes: FolderChanges, options: { readonly expected?: number | undefined; readonly isRestored?: boolean | undefined } = {}): Promise<Folder> {
    return this.#scope.counts.counted(await updateFolder(this.#scope, id, changes, options));
  }

  moveFolder(id: FolderId, to: Destination, options?: { readonly displayName?: string | undefined }): Promise<Folder> {
    return moveFolder(this.#scope, id, scopeOf(to), to.folderId, options?.displayName);
  }

  copyFolder(id: FolderId, to: Destination, options?: FolderCopyOptions): Promise<Folder> {
    return copyFolder(this.#scope, id, scopeOf(to), to.folderId, options);
  }

  removeFolder(id: FolderId, disposal: Disposal): Promise<void> {
    return removeFolder(this.#scope, id, disposal);
  }

  emptyFolder(id: FolderId, disposal: Disposal, options: { readonly withSubfolders: boolean }): Promise<void> {
    return emptyFolder(this.#scope, id, disposal, options.withSubfolders);
  }

  folderRights(folder: Folder): EffectiveRights {
    return folderRights(rightsIn(folder, this.accessor), this.accessor);
  }

  async itemRights(item: Item): Promise<EffectiveRights> {
    const folder = await this.#scope.store.folder(item.folderId);
    return itemRights(item, folder ? rightsIn(folder, this.accessor) : 0, this.accessor);
  }

  items(ids: readonly ItemId[]): Promise<PerItem<Item>> {
    return readableItems(this.#scope, ids);
  }

  createItem(folderId: FolderId, draft: ItemDraft, options: CreateItemOptions = {}): Promise<Item> {
    return createItem(this.#scope, folderId, draft, options);
  }

  updateItem(id: ItemId, changes: ItemChanges, options: UpdateItemOptions = {}): Promise<Item> {
    return updateItem(this.#scope, id, changes, options);
  }

  moveItems(ids: readonly ItemId[], to: Destination, options: { readonly as?: readonly MovedAs[] | undefined } = {}): Promise<PerItem<Item>> {
    return moveItems(this.#scope, ids, { target: scopeOf(to), toId: to.folderId, ...options });
  }

  copyItems(ids: readonly ItemId[], to: Destination): Promise<PerItem<Item>> {
    return copyItems(this.#scope, ids, scopeOf(to), to.folderId);
  }

  removeItems(ids: readonly ItemId[], disposal: Disposal): Promise<PerItem<Item | undefined>> {
    return removeItems(this.#scope, ids, disposal);
  }

  markAllAsRead(folderId: FolderId, isRead: boolean): Promise<number> {
    return markAllAsRead(this.#scope, folderId, isRead);
  }

  query(folderIds: readonly FolderId[], query: ItemQuery): Promise<ItemPage> {
    return queryItems(this.#scope, folderIds, query);
  }

  changes(folderId: FolderId, cursor: Cursor | undefined, limit: number): Promise<ChangesPage> {
    return itemChanges(this.#scope, folderId, cursor, limit);
  }

  log(folderId: FolderId, after: number, limit: number): Promise<LogPage> {
    return itemLog(this.#scope, folderId, after, limit);
  }

  changeNumber(): Promise<number> {
    return this.#scope.store.currentCn();
  }

  reserveIds(count: number): Promise<number> {
    return this.#scope.store.reserveIds(count);
  }

  isFree(id: number): Promise<boolean> {
    return this.#scope.store.isFree(id);
  }

  latest(): Promise<Cursor> {
    return this.#scope.store.latest();
  }

  hierarchyChanges(cursor: Cursor | undefined, limit: number): Promise<ChangesPage<FolderId>> {
    return folderChanges(this.#scope, cursor, limit);
  }

  submit(id: ItemId, options: SubmitOptions): Promise<Item | undefined> {
    return submitItem(this.#scope, id, targetOf(options));
  }

  send(draft: ItemDraft, options: SubmitOptions): Promise<Item | undefined> {
    return sendDraft(this.#scope, draft, targetOf(options));
  }

  /** What is behind a session, for actions that reach from one mailbox into another. */
  static scopeOf(session: MailboxSession): Scope {
    if (!(session instanceof Session)) throw new MailboxError('InvalidFolderType', 'The destination is not a session of this package.');
    return session.#scope;
  }
}

const scopeOf = ({ session }: Destination): Scope => Session.scopeOf(session);
const targetOf = ({ saveIn }: SubmitOptions): SendTarget | undefined => saveIn && { scope: scopeOf(saveIn), folderId: saveIn.folderId };
