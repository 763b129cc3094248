import type { Folder, FolderChanges, FolderDraft } from '../folders/folder.ts';
import type { FolderId, ItemId } from '../ids.ts';
import type { Item, ItemChanges, ItemDraft, StoredBytes } from '../items/item.ts';
import type { OrderSpec, Restriction } from '../search/restriction.ts';

/** Which rows of a folder: the normal contents table, the hidden one, or both. */
export type Table = 'normal' | 'associated' | 'both';

/**
 * A place in the changes of a folder, or of the hierarchy. Plain data; the protocol that holds it may serialise it but
 * must not look inside. `base` is what the client had when the round began, `given` the new ids that earlier
 * pages of the round have told it.
 */
export interface Cursor {
  readonly epoch: number;
  readonly asOf: number;
  readonly base: number;
  readonly cn: number;
  /** Ranges of ids, flat: [first, last, first, last, …]. */
  readonly given?: readonly number[] | undefined;
}

export type ChangeKind = 'created' | 'updated' | 'readFlag' | 'removed';
export interface Change<Id = ItemId> {
  readonly kind: ChangeKind;
  readonly id: Id;
  readonly cn: number;
  readonly isAssociated?: boolean | undefined;
}
export type ChangesPage<Id = ItemId> = { readonly changes: readonly Change<Id>[]; readonly cursor: Cursor; readonly more: boolean } | { readonly expired: true };

/** What the log of a folder tells of one item: its last change, and the last ones of its parts. */
export interface LoggedItem {
  readonly id: ItemId;
  readonly cn: number;
  readonly contentCn: number;
  readonly readCn: number;
  readonly isGone: boolean;
  readonly isAssociated: boolean;
}
export interface LogPage {
  /** In the order of `cn`. */
  readonly entries: readonly LoggedItem[];
  readonly more: boolean;
  /** False where entries of what is gone have been dropped behind the number that was asked for. */
  readonly isWhole: boolean;
  /** The highest change number so far: what has a higher one on later pages came after this one. */
  readonly asOf: number;
}

export type Op =
  | { readonly op: 'create'; readonly id: ItemId; readonly folderId: FolderId; readonly draft: ItemDraft }
  /** The same item under a new id in a folder: `keep` leaves the old one (a copy), otherwise it goes in the same commit (a move). Keeps the bag as it is, with `changes` applied. */
  | { readonly op: 'transfer'; readonly id: ItemId; readonly folderId: FolderId; readonly from: ItemId; readonly keep: boolean; readonly changes?: ItemChanges | undefined; readonly expected?: number | undefined }
  | { readonly op: 'change'; readonly id: ItemId; readonly changes: ItemChanges; readonly expected?: number | undefined }
  | { readonly op: 'remove'; readonly id: ItemId; readonly expected?: number | undefined };

export type FolderOp =
  | { readonly op: 'create'; readonly id: FolderId; readonly parentId: FolderId; readonly draft: FolderDraft }
  | { readonly op: 'change'; readonly id: FolderId; readonly changes: FolderChanges; readonly expected?: number | undefined }
  | { readonly op: 'move'; readonly id: FolderId; readonly parentId: FolderId; readonly displayName?: string | undefined }
  /** Removes the folder with all that is in it and below it. */
  | { readonly op: 'remove'; readonly id: FolderId };

export type CommitResult = { readonly cn: number; readonly items: readonly (Item | undefined)[] } | { readonly conflict: ItemId } | { readonly missing: ItemId | FolderId };
export type FolderCommitResult = { readonly cn: number; readonly folders: readonly (Folder | undefined)[] } | { readonly conflict: FolderId } | { readonly missing: FolderId };

export interface ScanQuery {
  readonly folderId: FolderId;
  readonly table?: Table | undefined;
  readonly order: OrderSpec;
  readonly from?: { readonly offset: number } | { readonly after: ItemId } | undefined;
  readonly limit: number;
  /** Walk the order backwards from its end. */
  readonly backwards?: boolean | undefined;
}
export interface FindQuery {
  readonly folderIds: readonly FolderId[];
  readonly table?: Table | undefined;
  readonly restriction: Restriction;
  readonly order?: OrderSpec | undefined;
  /** Upper bound of items looked for; the walk stops there. */
  readonly limit?: number | undefined;
}

export interface StoreSnapshot {
  readonly epoch: number;
  readonly cn: number;
}

/**
 * The port behind which an engine keeps one mailbox. Asynchronous and batch-shaped: an await a batch is free, an
 * iterator an item is not. What it returns is never changed later. Costs are part of the contract.
 */
export interface MailboxStore {
  /** First of `count` fresh ids, of items or folders. */
  reserveIds(count: number): Promise<number>;
  /** Whether an id has been reserved and nothing has it, nor is known to have had it. */
  isFree(id: number): Promise<boolean>;
  /** Highest change number so far. */
  currentCn(): Promise<number>;
  /** Keeps bytes and gives the handle to put into a draft. */
  keep(bytes: Uint8Array): Promise<StoredBytes>;

  /** O(n), in the order asked. */
  getMany(ids: readonly ItemId[]): Promise<readonly (Item | undefined)[]>;
  /** O(chunks + limit); the first use of an order O(n log n), afterwards it is maintained. */
  scan(query: ScanQuery): Promise<{ readonly items: readonly Item[]; readonly total: number; readonly offset: number; readonly asOf: number }>;
  /** O(n); evaluated inside the engine. */
  find(query: FindQuery): Promise<readonly Item[]>;
  /** O(log n + limit). Undefined cursor: from the beginning. */
  changes(folderId: FolderId, cursor: Cursor | undefined, limit: number): Promise<ChangesPage>;
  /**
   * One entry an item that changed behind a change number, those that are gone too, however it became known: for clients that
   * say by themselves what they have, as sets of ids and change numbers. O(log n + limit).
   */
  log(folderId: FolderId, after: number, limit: number): Promise<LogPage>;
  /** A cursor behind everything that has happened, for folders and for the hierarchy: for a client that learns what there is in another way. O(1). */
  latest(): Promise<Cursor>;
  /**
   * All or nothing; O(log n) an op and order. Change numbers rise in the order of the ops, one for every item touched (a
   * `transfer` that does not `keep` touches two). Validates first, then applies without an await between.
   */
  commit(ops: readonly Op[]): Promise<CommitResult>;

  folders(): Promise<readonly Folder[]>;
  folder(id: FolderId): Promise<Folder | undefined>;
  folderChanges(cursor: Cursor | undefined, limit: number): Promise<ChangesPage<FolderId>>;
  /**
   * All or nothing, one change number a folder touched. Keeps what the hierarchy promises: names that differ among siblings, case ignored
   * (MailboxError FolderExists), no cycles (FolderCycle), a bounded depth (InvalidFolderName when too deep).
   */
  commitFolders(ops: readonly FolderOp[]): Promise<FolderCommitResult>;

  /** Drops tombstones up to the horizon (a change number); cursors that would need one of them are expired from then on. */
  trim(horizon: number): Promise<void>;
  snapshot(): Promise<StoreSnapshot>;
  /** Any number of times; snapshots that are newer are forgotten. MailboxError InvalidCursor for one that is. */
  restore(snapshot: StoreSnapshot): Promise<void>;
  close(): Promise<void>;
}
