import { binary, type Binary, type KnownPropertyName, type ValueOf } from '@fauxchange/properties';
import type { Directory, DirectoryEntry } from '../directory/directory.ts';
import { databaseDN } from '../directory/legacy-dn.ts';
import { addressBookProvider } from '../items/entry-id.ts';
import { guidBytes } from '../items/store-entry-ids.ts';
import { displayTypeExOf, displayTypeOf, isGroup, objectTypes } from './display-types.ts';

/** The name of a server: since 2013 the mailbox itself, by GUID. */
const serverNameOf = (mailboxGuid: string, directory: Directory): string => `${mailboxGuid}@${directory.acceptedDomains[0] ?? ''}`;

type Read<N extends KnownPropertyName> = (entry: DirectoryEntry, directory: Directory) => ValueOf<N> | undefined;

/** Whether a group has members only, and cannot be changed as a container: AB_RECIPIENTS and AB_UNMODIFIABLE, [MS-OXOABK] 2.2.2.1. */
const groupContainerFlags = 0x9;

/** Those properties of the address book that an entry tells of itself. */
export type BookProperty =
  | 'PidTagDisplayName' | 'PidTagObjectType' | 'PidTagDisplayType' | 'PidTagDisplayTypeEx' | 'PidTagAddressType' | 'PidTagEmailAddress' | 'PidTagSmtpAddress' | 'PidTagAccount'
  | 'PidTagAddressBookProxyAddresses' | 'PidTagAddressBookTargetAddress' | 'PidTagAddressBookDisplayNamePrintable' | 'PidTagTransmittableDisplayName'
  | 'PidTagAddressBookPhoneticDisplayName' | 'PidTagGivenName' | 'PidTagSurname' | 'PidTagTitle' | 'PidTagDepartmentName' | 'PidTagCompanyName' | 'PidTagOfficeLocation'
  | 'PidTagPrimaryTelephoneNumber' | 'PidTagBusinessTelephoneNumber' | 'PidTagMobileTelephoneNumber' | 'PidTagSearchKey' | 'PidTagMappingSignature'
  | 'PidTagAddressBookObjectDistinguishedName' | 'PidTagAddressBookObjectGuid' | 'PidTagAddressBookHomeMessageDatabase' | 'PidTagInitialDetailsPane' | 'PidTagSendRichInfo'
  | 'PidTagAddressBookRoomCapacity' | 'PidTagContainerFlags' | 'PidTagAddressBookDistributionListMemberCount' | 'PidTagAddressBookDistributionListExternalMemberCount'
  | 'PidTagAddressBookX509Certificate' | 'PidTagUserX509Certificate';

/** What they are, in the order in which lists name them: [MS-OXOABK] 2.2. */
const properties: { readonly [N in BookProperty]: Read<N> } = {
  PidTagDisplayName: ({ displayName }) => displayName,
  PidTagObjectType: (entry) => (isGroup(entry) ? objectTypes.DistributionList : objectTypes.MailUser),
  PidTagDisplayType: displayTypeOf,
  PidTagDisplayTypeEx: displayTypeExOf,
  PidTagAddressType: () => 'EX',
  PidTagEmailAddress: ({ legacyExchangeDN }) => legacyExchangeDN,
  PidTagSmtpAddress: ({ primarySmtpAddress }) => primarySmtpAddress,
  PidTagAccount: ({ alias }) => alias,
  PidTagAddressBookProxyAddresses: ({ proxyAddresses, primarySmtpAddress }) => proxyAddresses.map((address) => `${address === primarySmtpAddress ? 'SMTP' : 'smtp'}:${address}`),
  PidTagAddressBookTargetAddress: ({ targetAddress }) => targetAddress && `SMTP:${targetAddress}`,
  PidTagAddressBookDisplayNamePrintable: ({ displayName }) => printable(displayName),
  PidTagTransmittableDisplayName: ({ displayName }) => displayName,
  PidTagAddressBookPhoneticDisplayName: ({ phoneticDisplayName }) => phoneticDisplayName,
  PidTagGivenName: ({ givenName }) => givenName,
  PidTagSurname: ({ surname }) => surname,
  PidTagTitle: ({ jobTitle }) => jobTitle,
  PidTagDepartmentName: ({ department }) => department,
  PidTagCompanyName: ({ company }) => company,
  PidTagOfficeLocation: ({ officeLocation }) => officeLocation,
  PidTagPrimaryTelephoneNumber: ({ businessPhone }) => businessPhone,
  PidTagBusinessTelephoneNumber: ({ businessPhone }) => businessPhone,
  PidTagMobileTelephoneNumber: ({ mobilePhone }) => mobilePhone,
  PidTagSearchKey: ({ legacyExchangeDN }) => binary.from(Buffer.from(`EX:${legacyExchangeDN.toUpperCase()}\0`, 'latin1')),
  PidTagMappingSignature: () => addressBookProvider,
  PidTagAddressBookObjectDistinguishedName: ({ legacyExchangeDN }) => legacyExchangeDN,
  PidTagAddressBookObjectGuid: ({ id }) => binary.from(guidBytes(id)),
  PidTagAddressBookHomeMessageDatabase: ({ mailboxGuid }, directory) => mailboxGuid && databaseDN(serverNameOf(mailboxGuid, directory)),
  PidTagInitialDetailsPane: () => 0,
  PidTagSendRichInfo: ({ recipientType }) => recipientType !== 'MailContact',
  PidTagAddressBookRoomCapacity: ({ roomCapacity }) => roomCapacity,
  PidTagContainerFlags: (entry) => (isGroup(entry) ? groupContainerFlags : undefined),
  PidTagAddressBookDistributionListMemberCount: (entry, directory) => (isGroup(entry) ? directory.members(entry.id).length : undefined),
  PidTagAddressBookDistributionListExternalMemberCount: (entry, directory) => (isGroup(entry) ? directory.members(entry.id).filter((member) => isOutside(member, directory)).length : undefined),
  PidTagAddressBookX509Certificate: ({ certificates }) => bytesOf(certificates),
  PidTagUserX509Certificate: ({ smimeCertificates }) => bytesOf(smimeCertificates),
};

export type BookValue = string | number | boolean | Binary | readonly string[] | readonly Binary[];
export const bookProperties: readonly BookProperty[] = Object.keys(properties) as BookProperty[];
export const isBookProperty = (name: string): name is BookProperty => Object.hasOwn(properties, name);

/** A property of an entry; undefined where it has no value. */
export const bookValue = (entry: DirectoryEntry, name: BookProperty, directory: Directory): BookValue | undefined => (properties[name] as (entry: DirectoryEntry, directory: Directory) => BookValue | undefined)(entry, directory);

/** What can be printed with the 95 characters of ASCII. */
const printable = (text: string): string => text.normalize('NFKD').replace(/\p{M}+/gu, '').replace(/[^\x20-\x7e]/gu, '?');

const bytesOf = (list: readonly string[] | undefined): readonly Binary[] | undefined => (list && list.length > 0 ? list.map(binary.fromBase64) : undefined);
const isOutside = (member: DirectoryEntry | { readonly address: string }, directory: Directory): boolean => {
  const address = 'address' in member ? member.address : member.targetAddress;
  return address !== undefined && !directory.acceptedDomains.includes(address.slice(address.indexOf('@') + 1));
};
