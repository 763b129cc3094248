import { valueOf, type DirectoryEntry, type EmbeddedItem, type Item, type Organization, type Recipient } from '@fauxchange/mailbox';
import { parseAddresses } from '@fauxchange/mime';
import type { PropertyName } from '@fauxchange/properties';

type Directory = Organization['directory'];

/** Longest To and From, [MS-ASEMAIL] 2.2.2.36 and 79. */
const longest = 32_768;
const longestBcc = 1024;

/** `"Ann Lee" <ann@example.test>`; without a name the address alone. */
export function person(name: string, address: string): string {
  if (!address) return `"${name}"`;
  return name && name.toLowerCase() !== address.toLowerCase() ? `"${name.replaceAll('"', "'")}" <${address}>` : `<${address}>`;
}

/** The recipients of one kind, separated by commas; nobody is cut in two. */
export function recipientsText(item: Pick<EmbeddedItem, 'recipients'>, type: Recipient['type'], directory: Directory): string | undefined {
  const most = type === 'bcc' ? longestBcc : longest;
  let text = '';
  for (const recipient of item.recipients) {
    if (recipient.type !== type) continue;
    const next = `${text === '' ? '' : `${text}, `}${partyText(recipient, directory)}`;
    if (next.length > most) break;
    text = next;
  }
  return text || undefined;
}

function partyText({ name, address, addressType }: Pick<Recipient, 'name' | 'address' | 'addressType'>, directory: Directory): string {
  if (addressType.toUpperCase() === 'MOBILE') return `"${name.replaceAll('"', "'")}" [MOBILE:${address}]`;
  return person(name, smtpOf(address, addressType, directory));
}

function smtpOf(address: string, addressType: string, directory: Directory): string {
  return addressType.toUpperCase() === 'EX' ? (directory.byLegacyDN(address)?.primarySmtpAddress ?? '') : address;
}

/** Whoever properties name; undefined where nobody is. */
export function personText(item: EmbeddedItem | Item, prefix: 'PidTagSender' | 'PidTagSentRepresenting', directory: Directory): string | undefined {
  const part = (suffix: string): string => String(valueOf(item, `${prefix}${suffix}` as PropertyName) ?? '');
  const address = part('SmtpAddress');
  const party = { name: part('Name'), address: address || part('EmailAddress'), addressType: address ? 'SMTP' : part('AddressType') || 'SMTP' };
  return party.name || party.address ? partyText(party, directory) : undefined;
}

/** Whether the message came by Bcc: its recipients name neither the reader nor a group. */
export function isReceivedAsBcc({ recipients, bag }: Item, { directory }: Organization, owner: DirectoryEntry): boolean {
  if (bag.get('PidTagMessageRecipientMe') !== false || bag.get('PidTagSenderEmailAddress') === owner.legacyExchangeDN) return false;
  const reaches = ({ address, addressType }: Recipient): boolean => {
    const entry = addressType.toUpperCase() === 'EX' ? directory.byLegacyDN(address) : directory.byAddress(address);
    return entry?.id === owner.id || entry?.recipientType === 'MailUniversalDistributionGroup';
  };
  return !recipients.some(reaches);
}

/** The recipients that a client writes in one element. */
export function parseRecipients(text: string, type: Recipient['type']): readonly Recipient[] {
  return parseAddresses(text.replaceAll(';', ',')).map(({ name, address }) => ({ type, name: name || address, address, addressType: 'SMTP' }));
}
