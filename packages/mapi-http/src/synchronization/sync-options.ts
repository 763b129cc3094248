/** SynchronizationType, [MS-OXCFXICS] 2.2.3.2.1.1.1. */
export const syncType = { Contents: 0x1, Hierarchy: 0x2 } as const;
export const syncFlag = {
  Unicode: 0x1, NoDeletions: 0x2, IgnoreNoLongerInScope: 0x4, ReadState: 0x8, FAI: 0x10, Normal: 0x20, OnlySpecifiedProperties: 0x80, NoForeignIdentifiers: 0x100, Reserved: 0x1000, BestBody: 0x2000,
  IgnoreSpecifiedOnFAI: 0x4000, Progress: 0x8000,
} as const;
export const knownSyncFlags: number = Object.values(syncFlag).reduce((sum, one) => sum | one, 0) & ~syncFlag.Reserved;
export const syncExtraFlag = { Eid: 0x1, MessageSize: 0x2, CN: 0x4, OrderByDeliveryTime: 0x8 } as const;
export const has = (flags: number, flag: number): boolean => (flags & flag) !== 0;
