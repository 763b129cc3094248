import type { DirectoryEntry } from '../directory/directory.ts';
import { addressBookEntryId } from './entry-id.ts';
import type { Properties } from './item.ts';

/** The groups of properties by which a message names somebody. */
export type PersonPrefix = 'PidTagSender' | 'PidTagSentRepresenting' | 'PidTagReadReceipt' | 'PidTagReceivedBy' | 'PidTagReceivedRepresenting';

/** Somebody with an SMTP address alone. A name that is missing is the address, as Exchange has it. */
export function smtpPerson(prefix: PersonPrefix, who: { readonly name: string; readonly address: string } | undefined): Properties {
  if (!who) return {};
  return { [`${prefix}Name`]: who.name || who.address, [`${prefix}EmailAddress`]: who.address, [`${prefix}AddressType`]: 'SMTP', [`${prefix}SmtpAddress`]: who.address };
}

/** An entry of the directory: its X.500 address, and the SMTP one beside it. */
export function entryPerson(prefix: PersonPrefix, entry: DirectoryEntry): Properties {
  return {
    [`${prefix}Name`]: entry.displayName,
    [`${prefix}EmailAddress`]: entry.legacyExchangeDN,
    [`${prefix}AddressType`]: 'EX',
    [`${prefix}SmtpAddress`]: entry.primarySmtpAddress,
    [`${prefix}EntryId`]: addressBookEntryId(entry.legacyExchangeDN),
  };
}
