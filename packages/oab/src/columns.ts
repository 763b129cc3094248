import type { BookLink, BookProperty } from '@fauxchange/mailbox';
import { propFlag, type PropRec } from './file/details-file.ts';

/** A property of the records: what the directory calls it, and as what the file has it. */
export interface Column extends PropRec {
  readonly name: BookProperty | BookLink;
}

const column = (name: Column['name'], ulPropId: number, ulFlags = 0): Column => ({ name, ulPropId, ulFlags });

/**
 * Those of Exchange's default properties that the directory knows, in Exchange's order: [MS-OXOAB] 2.9.2.2; which of them take part in
 * ambiguous names is the default of Set-OfflineAddressBook ([K]). What is 8-bit there is 8-bit here: other ways have it as Unicode. Members
 * and groups are texts in the schema and objects elsewhere, as the files of real servers have them; no record has values of them.
 */
export const columns: readonly Column[] = [
  column('PidTagEmailAddress', 0x3003_001e, propFlag.PrimaryKey),
  column('PidTagSmtpAddress', 0x39fe_001f, propFlag.PrimaryKey),
  column('PidTagDisplayName', 0x3001_001f, propFlag.Anr),
  column('PidTagAddressBookPhoneticDisplayName', 0x8c92_001f, propFlag.Anr),
  column('PidTagAccount', 0x3a00_001f, propFlag.Anr),
  column('PidTagSurname', 0x3a11_001f, propFlag.Anr),
  column('PidTagGivenName', 0x3a06_001f, propFlag.Anr),
  column('PidTagAddressBookProxyAddresses', 0x800f_101f, propFlag.Anr),
  column('PidTagOfficeLocation', 0x3a19_001f, propFlag.Anr),
  column('PidTagDisplayType', 0x3900_0003),
  column('PidTagObjectType', 0x0ffe_0003),
  column('PidTagSendRichInfo', 0x3a40_000b),
  column('PidTagBusinessTelephoneNumber', 0x3a08_001f),
  column('PidTagTitle', 0x3a17_001f),
  column('PidTagCompanyName', 0x3a16_001f),
  column('PidTagDepartmentName', 0x3a18_001f),
  column('PidTagAddressBookTargetAddress', 0x8011_001f),
  column('PidTagMobileTelephoneNumber', 0x3a1c_001f),
  column('PidTagUserX509Certificate', 0x3a70_1102),
  column('PidTagAddressBookX509Certificate', 0x8c6a_1102),
  column('PidTagAddressBookHomeMessageDatabase', 0x8006_001e),
  column('PidTagAddressBookDisplayNamePrintable', 0x39ff_001e),
  column('PidTagDisplayTypeEx', 0x3905_0003),
  column('PidTagAddressBookObjectGuid', 0x8c6d_0102),
  column('PidTagAddressBookDistributionListMemberCount', 0x8ce2_0003),
  column('PidTagAddressBookDistributionListExternalMemberCount', 0x8ce3_0003),
  column('PidTagAddressBookMember', 0x8009_101e),
  column('PidTagAddressBookIsMemberOfDistributionList', 0x8008_101e),
];

/** PidTagOfflineAddressBookTruncatedProperties: the last one. */
export const truncatedProperties: PropRec = { ulPropId: 0x6805_1003, ulFlags: 0 };

/** The header record's: [MS-OXOAB] 2.9.2.1. */
export const headerTags = { Name: 0x6800_001f, DistinguishedName: 0x6804_001e, Sequence: 0x6801_0003, ContainerGuid: 0x6802_001e } as const;
