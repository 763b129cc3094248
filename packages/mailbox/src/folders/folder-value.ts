import type { PropertyName, PropertyValue } from '@fauxchange/properties';
import type { Folder } from './folder.ts';

/** PidTagFolderType, [MS-OXCFOLD] 2.2.2.2.2.1. */
const folderTypes = { root: 0, generic: 1, search: 2 } as const;

const facts: { readonly [N in PropertyName]?: (folder: Folder) => PropertyValue | undefined } = {
  PidTagDisplayName: ({ displayName }) => displayName,
  PidTagContainerClass: ({ folderClass }) => folderClass,
  PidTagFolderType: ({ kind }) => folderTypes[kind],
  PidTagContentCount: ({ totalCount }) => totalCount,
  PidTagContentUnreadCount: ({ unreadCount }) => unreadCount,
  PidTagAssociatedContentCount: ({ associatedCount }) => associatedCount,
  PidTagSubfolders: ({ childFolderCount }) => childFolderCount > 0,
  PidTagMessageSize: ({ size }) => Math.min(size, 0x7fffffff),
  PidTagMessageSizeExtended: ({ size }) => BigInt(size),
  PidTagCreationTime: ({ createdAt }) => createdAt,
  PidTagLocalCommitTimeMax: ({ contentsChangedAt }) => contentsChangedAt,
  PidTagDeletedCountTotal: ({ deletedCount }) => deletedCount,
};

/** Reads any property of a folder, computed ones too. What is made of ids or of the accessor's rights is left to protocols. */
export function folderValueOf(folder: Folder, name: PropertyName): PropertyValue | undefined {
  const fact = facts[name];
  return fact ? fact(folder) : folder.bag.get(name);
}
