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
  PidTagHierarchyChangeNumber: ({ hierarchyChangeNumber }) => hierarchyChangeNumber,
  PidTagHierRev: ({ hierarchyChangedAt }) => hierarchyChangedAt,
  PidTagDeletedCountTotal: ({ deletedCount }) => deletedCount,
  // Next and last article number: no canonical names, but DavMail reads its UIDNEXT here.
  '0x6751:Integer32': ({ highestItemId }) => highestItemId + 1,
  '0x6752:Integer32': ({ highestItemId }) => highestItemId,
};

/** PidTagDefaultPostMessageClass by container class, [MS-OXOSFLD] 2.2.5 and 2.2.8. */
const postClasses: readonly (readonly [string, string])[] = [
  ['ipf.appointment', 'IPM.Appointment'], ['ipf.contact', 'IPM.Contact'], ['ipf.task', 'IPM.Task'], ['ipf.stickynote', 'IPM.StickyNote'], ['ipf.journal', 'IPM.Activity'], ['ipf.note', 'IPM.Note'],
];

/** What follows from other facts unless the bag says otherwise. */
const fallbacks: { readonly [N in PropertyName]?: (folder: Folder) => PropertyValue | undefined } = {
  PidTagLastModificationTime: ({ createdAt }) => createdAt,
  PidTagDefaultPostMessageClass: ({ folderClass }) => {
    const own = folderClass?.toLowerCase() ?? '';
    return postClasses.find(([folded]) => own === folded || own.startsWith(`${folded}.`))?.[1];
  },
};

/** What a folder has beside its bag. */
export const folderFacts: readonly PropertyName[] = [...Object.keys(facts), ...Object.keys(fallbacks)] as PropertyName[];

/** Reads any property of a folder, computed ones too. What is made of ids or of the accessor's rights is left to protocols. */
export function folderValueOf(folder: Folder, name: PropertyName): PropertyValue | undefined {
  const fact = facts[name];
  return fact ? fact(folder) : (folder.bag.get(name) ?? fallbacks[name]?.(folder));
}
