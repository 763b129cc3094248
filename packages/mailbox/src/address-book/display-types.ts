import type { DirectoryEntry, RecipientType } from '../directory/directory.ts';

/** PidTagObjectType, [MS-OXOABK] 2.2.3.10. */
export const objectTypes = { MailUser: 6, DistributionList: 8 } as const;

/** PidTagDisplayType, [MS-OXNSPI] 2.2.1.3: what every client knows. */
const displayTypes: Readonly<Record<RecipientType, number>> = {
  User: 0, UserMailbox: 0, SharedMailbox: 0, RoomMailbox: 0, EquipmentMailbox: 0, PublicFolderMailbox: 0, MailUniversalDistributionGroup: 1, PublicFolder: 2, MailContact: 6,
};

/** Permissions may be given to it: the flag DTE_FLAG_ACL_CAPABLE of [MS-OXOABK] 2.2.3.12. */
const aclCapable = 0x4000_0000;
/** PidTagDisplayTypeEx, [MS-OXOABK] 2.2.3.12: msExchRecipientDisplayType, as Exchange sets it for each kind ([K]). */
const extendedTypes: Readonly<Record<RecipientType, number>> = {
  User: 0, UserMailbox: aclCapable, SharedMailbox: 0, RoomMailbox: 7, EquipmentMailbox: 8, PublicFolderMailbox: 0, MailUniversalDistributionGroup: 1, PublicFolder: 2, MailContact: 6,
};

export const displayTypeOf = ({ recipientType }: DirectoryEntry): number => displayTypes[recipientType];
export const displayTypeExOf = ({ recipientType }: DirectoryEntry): number => extendedTypes[recipientType];
export const isGroup = ({ recipientType }: DirectoryEntry): boolean => recipientType === 'MailUniversalDistributionGroup';
