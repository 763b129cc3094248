import type { DirectoryEntry } from '../directory/directory.ts';
import { addressBookEntryId } from './entry-id.ts';
import type { PropertyName } from '@fauxchange/properties';
import type { EmbeddedItem, Item, Properties, Recipient } from './item.ts';
import { valueOf } from './value-of.ts';

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

/** Somebody whom properties name, by the SMTP address where there is one. */
export function personOf(item: EmbeddedItem | Item, prefix: PersonPrefix): Omit<Recipient, 'type'> | undefined {
  const read = (suffix: string): string | undefined => valueOf(item, `${prefix}${suffix}` as PropertyName) as string | undefined;
  const smtp = read('SmtpAddress');
  const address = smtp || read('EmailAddress');
  if (!address) return undefined;
  return { name: read('Name') || address, address, addressType: smtp ? 'SMTP' : (read('AddressType') ?? 'SMTP') };
}
