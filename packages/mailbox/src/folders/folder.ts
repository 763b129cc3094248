import type { Binary } from '@fauxchange/properties';
import type { Item, PropertyBag, Properties } from '../items/item.ts';
import type { FolderId } from '../ids.ts';
import type { FolderPermission } from '../permissions/rights.ts';
import type { Restriction } from '../search/restriction.ts';
import type { WellKnownFolderName } from './distinguished.ts';

export interface SearchCriteria {
  readonly folderIds: readonly FolderId[];
  readonly isDeep: boolean;
  readonly restriction: Restriction;
  /** The restriction as the client wrote it, where it has a form of its own: bytes, given back as they came. */
  readonly written?: Binary | undefined;
  /** Filled once, when it was set: what comes, changes or goes later is not seen, [MS-OXCFOLD] 3.2.5.4. */
  readonly isStatic?: boolean | undefined;
  /** Its client has stopped it: it is not filled any further. */
  readonly isStopped?: boolean | undefined;
  /** What was found when it was filled, of a search that is static or stopped. Kept by no dump: the search starts anew there. */
  readonly found?: readonly Item[] | undefined;
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
  /** How often folders have come to it or gone from it, ever: PidTagHierarchyChangeNumber. */
  readonly hierarchyChangeNumber: number;
  /** When the last of them did, ms; of a folder that never had any, when it was made. */
  readonly hierarchyChangedAt: number;
  /** It is the top of the folders that users see (Top of Information Store, IPM_SUBTREE), or below. */
  readonly isIpm: boolean;
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
