import type { Directory, DirectoryEntry, Recipient } from '@fauxchange/mailbox';
import { EwsError } from '../errors.ts';
import type { EmailAddressType } from '../schema/types.generated.ts';

/** A recipient, or whoever is named in a header, as EWS writes it. */
export function mailboxElement(name: string | undefined, address: string | undefined, addressType = 'SMTP', mailboxType?: EmailAddressType['MailboxType']): EmailAddressType {
  return {
    Name: name || address || undefined,
    EmailAddress: address || undefined,
    RoutingType: address ? addressType : undefined,
    MailboxType: mailboxType,
  };
}

/** MailboxType of a directory entry; one-off addresses are OneOff. */
export function mailboxTypeOf(entry: DirectoryEntry | undefined): NonNullable<EmailAddressType['MailboxType']> {
  if (!entry) return 'OneOff';
  if (entry.recipientType === 'MailUniversalDistributionGroup') return 'PublicDL';
  if (entry.recipientType === 'MailContact') return 'Contact';
  if (entry.recipientType === 'PublicFolder') return 'PublicFolder';
  return 'Mailbox';
}

/**
 * A recipient of a request; the name defaults to the address, as Exchange does it. ErrorMissingInformationEmailAddress without
 * an address, ErrorInvalidRoutingType for what is no type of addresses.
 */
export function recipientOf(type: Recipient['type'], sent: EmailAddressType): Recipient {
  const address = sent.EmailAddress ?? '';
  if (address === '' && !sent.ItemId) throw new EwsError('ErrorMissingInformationEmailAddress');
  if (sent.RoutingType !== undefined && !/^[A-Za-z0-9]{1,9}$/.test(sent.RoutingType)) throw new EwsError('ErrorInvalidRoutingType');
  const addressType = (sent.RoutingType ?? 'SMTP').toUpperCase();
  return { type, name: sent.Name ?? address, address, addressType };
}

/** A recipient of an item: somebody of the address book by their SMTP address, others as they were written. */
export function recipientElement({ name, address, addressType }: Recipient, directory: Directory): EmailAddressType {
  const entry = addressType === 'EX' ? directory.byLegacyDN(address) : directory.byAddress(address);
  return mailboxElement(name, entry?.primarySmtpAddress ?? address, entry ? 'SMTP' : addressType, mailboxTypeOf(entry));
}
