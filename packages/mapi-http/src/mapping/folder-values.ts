import { binary, type Property, type PropertyName, type PropertyValue } from '@fauxchange/properties';
import { folderValueOf, rightsIn, type Folder } from '@fauxchange/mailbox';
import type { Logon } from '../logon/logon.ts';
import { folderEntryIdOf, sourceKeyOf } from './entry-ids.ts';
import { changeKeyIn, changeListIn } from './versions.ts';
import { accessOf, objectType, storeFacts } from './item-values.ts';
import { specialFolderValue } from './special-folders.ts';

/** PidTagFolderFlags, [MS-OXCFOLD] 2.2.2.2.1.5. */
export const folderFlag = { Ipm: 0x1, Search: 0x2, Normal: 0x4, Rules: 0x8 } as const;

/** What is made of a folder's ids and of what the caller may do there. */
const facts: { readonly [N in PropertyName]?: (folder: Folder, logon: Logon) => PropertyValue | undefined } = {
  PidTagEntryId: ({ id }, { mailbox }) => folderEntryIdOf(mailbox, id),
  PidTagRecordKey: ({ id }, { mailbox }) => folderEntryIdOf(mailbox, id),
  PidTagParentEntryId: ({ id, parentId }, { mailbox }) => folderEntryIdOf(mailbox, parentId === 0 ? id : parentId),
  PidTagSourceKey: ({ id }, { mailbox }) => sourceKeyOf(mailbox, id),
  PidTagParentSourceKey: ({ parentId }, { mailbox }) => (parentId === 0 ? undefined : sourceKeyOf(mailbox, parentId)),
  PidTagChangeKey: (folder, { mailbox }) => changeKeyIn(mailbox, folder),
  PidTagPredecessorChangeList: (folder, { mailbox }) => changeListIn(mailbox, folder),
  PidTagFolderId: ({ id }, logon) => logon.idValue(id),
  PidTagParentFolderId: ({ id, parentId }, logon) => logon.idValue(parentId === 0 ? id : parentId),
  PidTagChangeNumber: ({ cn }, logon) => logon.idValue(cn),
  PidTagInstanceKey: ({ id }, logon) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(logon.wireId(id));
    return binary.from(bytes);
  },
  PidTagRowType: () => 1,
  PidTagObjectType: () => objectType.folder,
  // [MS-OXCFOLD] 2.2.2.2.1.5; that it has rules is known to who has it open.
  PidTagFolderFlags: ({ isIpm, kind }) => (isIpm ? folderFlag.Ipm : 0) | (kind === 'search' ? folderFlag.Search : folderFlag.Normal),
  PidTagRights: (folder, { session }) => rightsIn(folder, session.accessor),
  PidTagAccess: (folder, { session }) => accessOf(session.folderRights(folder)),
  // [MS-OXCPRPT] 2.2.1.2: 1 where it may be changed.
  PidTagAccessLevel: (folder, { session }) => (session.folderRights(folder).modify ? 1 : 0),
};

/** Reads any property of a folder. */
export function folderValue(folder: Folder, logon: Logon, { name }: Pick<Property, 'name'>): PropertyValue | undefined {
  const fact = facts[name];
  if (fact) return fact(folder, logon);
  return storeFacts[name]?.(logon) ?? folderValueOf(folder, name) ?? specialFolderValue(folder, logon, name);
}

export const folderFactNames: readonly PropertyName[] = [...Object.keys(facts), ...Object.keys(storeFacts)] as PropertyName[];
