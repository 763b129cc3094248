import type { DirectoryEntry } from '@fauxchange/mailbox';
import type { ContactItemType, EmailAddressType } from '../schema/types.generated.ts';
import { mailboxElement, mailboxTypeOf } from './address.ts';

export function entryMailbox(entry: DirectoryEntry): EmailAddressType {
  return mailboxElement(entry.displayName, entry.primarySmtpAddress, 'SMTP', mailboxTypeOf(entry));
}

/** An entry of the address book as the contact that ReturnFullContactData asks for. */
export function entryContact(entry: DirectoryEntry): ContactItemType {
  const phones = ([['BusinessPhone', entry.businessPhone], ['MobilePhone', entry.mobilePhone]] as const).flatMap(([Key, $]) => ($ ? [{ Key, $ }] : []));
  return {
    Culture: 'en-US',
    DisplayName: entry.displayName,
    GivenName: entry.givenName,
    CompanyName: entry.company,
    EmailAddresses: { Entry: entry.proxyAddresses.slice(0, 3).map((address, index) => ({ Key: `EmailAddress${index + 1}` as 'EmailAddress1', $: `${index === 0 ? 'SMTP' : 'smtp'}:${address}` })) },
    PhoneNumbers: phones.length > 0 ? { Entry: phones } : undefined,
    ContactSource: 'ActiveDirectory',
    Department: entry.department,
    JobTitle: entry.jobTitle,
    OfficeLocation: entry.officeLocation,
    Surname: entry.surname,
    Alias: entry.alias,
    DirectoryId: `<GUID=${entry.id}>`,
  };
}
