import type { Accessor } from '../permissions/accessor.ts';
import type { WellKnownFolderName } from '../folders/distinguished.ts';
import type { Folder, FolderChanges, FolderDraft } from '../folders/folder.ts';
import type { MailboxError } from '../errors.ts';
import type { FolderId, ItemId } from '../ids.ts';
import type { Item, ItemChanges, ItemDraft, StoredBytes } from '../items/item.ts';
import type { EffectiveRights } from '../permissions/rights.ts';
import type { Mailbox } from '../mailbox.ts';
import type { OrderSpec, Restriction } from '../search/restriction.ts';
import type { ChangesPage, Cursor, LogPage, Table } from '../store/mailbox-store.ts';

/** EWS DisposalType. `soft` and a second deletion end in recoverable items, `hard` in nothing. */
export type Disposal = 'moveToDeletedItems' | 'soft' | 'hard';
export type Traversal = 'shallow' | 'deep' | 'softDeleted';

export interface ItemQuery {
  readonly table?: Table | undefined;
  readonly restriction?: Restriction | undefined;
  /** Default: PidTagMessageDeliveryTime, newest first. Texts are compared without case and accents; what is absent comes first when ascending. */
  readonly order?: OrderSpec | undefined;
  readonly offset?: number | undefined;
  readonly limit: number;
  /** Count the offset from the end, and page towards the beginning (EWS BasePoint="End"); the items of a page stay in the order of the folder. */
  readonly fromEnd?: boolean | undefined;
  /** Start behind this item, instead of `offset`. InvalidCursor where it is not among them. */
  readonly after?: ItemId | undefined;
  /** Fractional view: start at numerator/denominator of the rows, instead of `offset`. */
  readonly fraction?: { readonly numerator: number; readonly denominator: number } | undefined;
}
export interface ItemPage {
  readonly items: readonly Item[];
  readonly total: number;
  /** Where the next page starts, as EWS IndexedPagingOffset / NumeratorOffset. */
  readonly nextOffset: number;
  readonly isLast: boolean;
}
export type PerItem<T> = readonly (T | MailboxError)[];

/** Where moved or copied things go: perhaps into another mailbox. */
export interface Destination {
  readonly session: MailboxSession;
  readonly folderId: FolderId;
}

export interface FolderCopyOptions {
  /** Of the copy; default: that of the folder. */
  readonly displayName?: string | undefined;
  /** Only the folder and what is in it, not the folders below. */
  readonly isShallow?: boolean | undefined;
}

export interface SubmitOptions {
  /** Folder for the copy of what was sent; undefined: keep none. */
  readonly saveIn?: Destination | undefined;
}

export interface CreateItemOptions {
  /** One that was reserved; ItemExists when it is not free. */
  readonly id?: ItemId | undefined;
  /** It arrives rather than being made, so that watchers hear of new mail. */
  readonly isDelivery?: boolean | undefined;
  /** Times, author and sender stay those of the draft. */
  readonly isRestored?: boolean | undefined;
  /** Times stay those of the draft: the author made it offline. */
  readonly isImported?: boolean | undefined;
}
export interface UpdateItemOptions {
  /** Change number the caller knows; a different one is refused as ItemChanged. */
  readonly expected?: number | undefined;
  /** Nothing is computed that the changes do not say. */
  readonly isRestored?: boolean | undefined;
  /** The time of the change is the one that the changes say: the author made it offline. */
  readonly isImported?: boolean | undefined;
}
export interface MovedAs {
  readonly id: ItemId;
  readonly changes?: ItemChanges | undefined;
}

/**
 * One mailbox as one accessor may see and change it: the only door that protocols use. Every method checks the
 * accessor's rights and throws MailboxError; the `PerItem` ones go on after a failed item and return the refusal in its place.
 */
export interface MailboxSession {
  readonly mailbox: Mailbox;
  readonly accessor: Accessor;

  /** Keeps bytes for a draft or a change of this mailbox: bodies, MIME, attachments. */
  keep(bytes: Uint8Array): Promise<StoredBytes>;

  folder(id: FolderId): Promise<Folder>;
  distinguished(name: WellKnownFolderName): Promise<Folder>;
  /** Children (shallow) or all below (deep), in hierarchy order, those the accessor may see. */
  folders(parentId: FolderId, traversal: Traversal): Promise<readonly Folder[]>;
  /** `id`: one that was reserved. `isRestored`: the time of the last change stays that of the draft. */
  createFolder(parentId: FolderId, draft: FolderDraft, options?: { readonly id?: FolderId | undefined; readonly isRestored?: boolean | undefined }): Promise<Folder>;
  /** `expected`: change number the caller knows; a different one is refused as ItemChanged. */
  updateFolder(id: FolderId, changes: FolderChanges, options?: { readonly expected?: number | undefined; readonly isRestored?: boolean | undefined }): Promise<Folder>;
  /** Under another name, where one is given. */
  moveFolder(id: FolderId, to: Destination, options?: { readonly displayName?: string | undefined }): Promise<Folder>;
  /** With all folders below it, unless told otherwise. */
  copyFolder(id: FolderId, to: Destination, options?: FolderCopyOptions): Promise<Folder>;
  removeFolder(id: FolderId, disposal: Disposal): Promise<void>;
  emptyFolder(id: FolderId, disposal: Disposal, options: { readonly withSubfolders: boolean }): Promise<void>;
  folderRights(folder: Folder): EffectiveRights;
  itemRights(item: Item): Promise<EffectiveRights>;

  items(ids: readonly ItemId[]): Promise<PerItem<Item>>;
  /** First of `count` ids for what a client makes before it tells: items and folders are then created with them. */
  reserveIds(count: number): Promise<number>;
  /** Whether something can be created with an id. */
  isFree(id: number): Promise<boolean>;
  createItem(folderId: FolderId, draft: ItemDraft, options?: CreateItemOptions): Promise<Item>;
  updateItem(id: ItemId, changes: ItemChanges, options?: UpdateItemOptions): Promise<Item>;
  /** `as`: the ids of the items there, ones that were reserved, and what is said of them (within one mailbox only). */
  moveItems(ids: readonly ItemId[], to: Destination, options?: { readonly as?: readonly MovedAs[] | undefined }): Promise<PerItem<Item>>;
  copyItems(ids: readonly ItemId[], to: Destination): Promise<PerItem<Item>>;
  /** The items where they are now (in Deleted Items, in recoverable items), or undefined for what is gone. */
  removeItems(ids: readonly ItemId[], disposal: Disposal): Promise<PerItem<Item | undefined>>;
  markAllAsRead(folderId: FolderId, isRead: boolean): Promise<number>;

  query(folderIds: readonly FolderId[], query: ItemQuery): Promise<ItemPage>;
  changes(folderId: FolderId, cursor: Cursor | undefined, limit: number): Promise<ChangesPage>;
  /** The highest change number so far. */
  changeNumber(): Promise<number>;
  /** The log of a folder: `MailboxStore.log`. What the accessor must not see is gone. */
  log(folderId: FolderId, after: number, limit: number): Promise<LogPage>;
  /** A cursor behind everything so far, for `changes` and `hierarchyChanges`: what there is was read by other means. */
  latest(): Promise<Cursor>;
  hierarchyChanges(cursor: Cursor | undefined, limit: number): Promise<ChangesPage<FolderId>>;

  /** Sends a saved draft: it leaves its folder. SendAsDenied, MissingRecipients, InvalidRecipients, AccessDenied. */
  submit(id: ItemId, options: SubmitOptions): Promise<Item | undefined>;
  /** Sends what was never saved. */
  send(draft: ItemDraft, options: SubmitOptions): Promise<Item | undefined>;
}
