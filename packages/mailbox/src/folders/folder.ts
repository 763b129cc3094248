import type { PropertyBag, Properties } from '../items/item.ts';
import type { FolderId } from '../ids.ts';
import type { FolderPermission } from '../permissions/rights.ts';
import type { Restriction } from '../search/restriction.ts';
import type { WellKnownFolderName } from './distinguished.ts';

export interface SearchCriteria {
  readonly folderIds: readonly FolderId[];
  readonly isDeep: boolean;
  readonly restriction: Restriction;
}

/** A folder as of one moment: an immutable value. */
export interface Folder {
  readonly id: FolderId;
  /** 0 for the root of the mailbox (and for the root of the archive). */
  readonly parentId: FolderId;
  readonly displayName: string;
  /** PidTagContainerClass, `IPF.Note`; absent for folders that Exchange makes without one. */
  readonly folderClass: string | undefined;
  readonly kind: 'root' | 'generic' | 'search';
  readonly wellKnown: WellKnownFolderName | undefined;
  /** Change number of the folder itself (name, place, properties), not of its contents. */
  readonly cn: number;
  readonly createdAt: number;
  readonly bag: PropertyBag;
  readonly permissions: readonly FolderPermission[];
  readonly searchCriteria: SearchCriteria | undefined;
  /** Items of the normal contents table, how many of them unread, hidden items, bytes. */
  readonly totalCount: number;
  readonly unreadCount: number;
  readonly associatedCount: number;
  readonly size: number;
  readonly childFolderCount: number;
  /** Highest change number among the folder's contents; moves with every change in it. */
  readonly contentsCn: number;
  /** PidTagLocalCommitTimeMax, ms: rises with every change of the contents, even while the clock stands still. */
  readonly contentsChangedAt: number;
  /** Items that were removed from it, ever: PidTagDeletedCountTotal. */
  readonly deletedCount: number;
  /** Highest id that an item ever had in it: UIDNEXT of IMAP is one more. */
  readonly highestItemId: number;
}

export interface FolderDraft {
  readonly displayName: string;
  readonly folderClass?: string | undefined;
  readonly kind?: 'generic' | 'search' | undefined;
  readonly wellKnown?: WellKnownFolderName | undefined;
  readonly properties?: Properties | undefined;
  readonly permissions?: readonly FolderPermission[] | undefined;
  readonly searchCriteria?: SearchCriteria | undefined;
}

export interface FolderChanges {
  readonly displayName?: string | undefined;
  readonly folderClass?: string | undefined;
  readonly properties?: Properties | undefined;
  readonly permissions?: readonly FolderPermission[] | undefined;
  readonly searchCriteria?: SearchCriteria | undefined;
}
