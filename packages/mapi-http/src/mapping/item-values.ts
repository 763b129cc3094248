import { binary, type Property, type PropertyName, type PropertyValue } from '@fauxchange/properties';
import { valueOf, type EffectiveRights, type Item } from '@fauxchange/mailbox';
import type { Logon } from '../logon/logon.ts';
import { folderEntryIdOf, guidBytes, messageEntryIdOf, sourceKeyOf, storeEntryIdOf } from './entry-ids.ts';
import { changeKeyIn, changeListIn } from './versions.ts';

/** PidTagAccess, [MS-OXCPRPT] 2.2.1.1. */
export const access = { modify: 0x1, read: 0x2, delete: 0x4, createHierarchy: 0x8, createContents: 0x10, createAssociated: 0x20 } as const;
/** PidTagObjectType, [MS-OXCPRPT] 2.2.1.7. */
export const objectType = { store: 1, folder: 3, message: 5, attachment: 7 } as const;

export function accessOf(allowed: EffectiveRights): number {
  const bits: Readonly<Record<keyof typeof access, boolean>> = { modify: allowed.modify, read: allowed.read, delete: allowed.delete, createHierarchy: allowed.createHierarchy, createContents: allowed.createContents, createAssociated: allowed.createAssociated };
  return Object.entries(bits).reduce((sum, [name, is]) => sum | (is ? access[name as keyof typeof access] : 0), 0);
}

/** What all objects of a store have alike: [MS-OXCPRPT] 2.2.1. */
export const storeFacts: { readonly [N in PropertyName]?: (logon: Logon) => PropertyValue } = {
  PidTagStoreEntryId: ({ mailbox }) => storeEntryIdOf(mailbox),
  PidTagStoreRecordKey: ({ mailbox }) => guidBytes(mailbox.guid),
  PidTagMappingSignature: ({ mailbox }) => guidBytes(mailbox.replicaGuid),
};

type Facts = { readonly [N in PropertyName]?: (item: Item, logon: Logon) => PropertyValue | undefined };

/** What is made of a stored item's ids: never in its bag. */
const facts: Facts = {
  PidTagEntryId: (item, { mailbox }) => messageEntryIdOf(mailbox, item.folderId, item.id),
  PidTagRecordKey: (item, { mailbox }) => messageEntryIdOf(mailbox, item.folderId, item.id),
  PidTagParentEntryId: (item, { mailbox }) => folderEntryIdOf(mailbox, item.folderId),
  // One of another store that a client has brought along is kept: [MS-OXCFXICS] 3.2.5.5.
  PidTagSourceKey: (item, { mailbox }) => item.bag.get('PidTagSourceKey') ?? sourceKeyOf(mailbox, item.id),
  PidTagParentSourceKey: (item, { mailbox }) => sourceKeyOf(mailbox, item.folderId),
  PidTagChangeKey: ({ bag, contentCn: cn }, { mailbox }) => changeKeyIn(mailbox, { bag, cn }),
  PidTagPredecessorChangeList: ({ bag, contentCn: cn }, { mailbox }) => changeListIn(mailbox, { bag, cn }),
  PidTagMid: (item, logon) => logon.idValue(item.id),
  PidTagFolderId: (item, logon) => logon.idValue(item.folderId),
  PidTagChangeNumber: (item, logon) => logon.idValue(item.contentCn),
  PidTagInstID: (item, logon) => logon.idValue(item.id),
  PidTagInstanceNum: () => 0,
  // The id as eight bytes, then the number of the instance ([K] its form is the server's).
  PidTagInstanceKey: (item, logon) => {
    const bytes = Buffer.alloc(12);
    bytes.writeBigUInt64LE(logon.wireId(item.id));
    return binary.from(bytes);
  },
  // TBL_LEAF_ROW, [MS-OXCTABL] 2.2.1.3.
  PidTagRowType: () => 1,
  PidTagObjectType: () => objectType.message,
};

/** Reads any property of a stored item but PidTagAccess and PidTagAccessLevel, which depend on how it was opened. */
export function itemValue(item: Item, logon: Logon, { name }: Pick<Property, 'name'>): PropertyValue | undefined {
  const fact = facts[name];
  if (fact) return fact(item, logon);
  return storeFacts[name]?.(logon) ?? valueOf(item, name);
}

/** The names that `itemValue` answers beside those of the bag, for lists of what an item has. */
export const itemFactNames: readonly PropertyName[] = [...Object.keys(facts), ...Object.keys(storeFacts)] as PropertyName[];
