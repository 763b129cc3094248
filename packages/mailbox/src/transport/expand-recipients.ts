import type { Directory, DirectoryEntry } from '../directory/directory.ts';
import { receivesMail, normalizeAddress } from '../directory/new-entry.ts';
import type { Recipient } from '../items/item.ts';

/** Where a message goes in the end: every mailbox and every address once. */
export interface Expansion {
  readonly mailboxes: readonly DirectoryEntry[];
  /** Addresses outside the organization, lower-case. */
  readonly external: readonly string[];
  /** Recipients that nobody here is: for the non-delivery report. */
  readonly unknown: readonly string[];
}

/** Groups within groups, and members in all, beyond which an expansion stops counting: a directory may be hostile, too. */
const MOST_RECIPIENTS = 100_000;

/** The entry behind an address, whatever its type. */
export function entryOf(directory: Directory, address: { readonly address: string; readonly addressType: string }): DirectoryEntry | undefined {
  return address.addressType.toUpperCase() === 'EX' ? directory.byLegacyDN(address.address) : directory.byAddress(address.address);
}

/** Follows groups to their members; cycles and repetitions end where somebody comes up again. */
export function expandRecipients(directory: Directory, recipients: readonly Pick<Recipient, 'address' | 'addressType'>[]): Expansion {
  const mailboxes = new Map<string, DirectoryEntry>();
  const external = new Set<string>();
  const unknown = new Set<string>();
  const groups = new Set<DirectoryEntry>();

  const addAddress = (address: string): void => {
    const normal = normalizeAddress(address);
    const isOurs = normal !== undefined && directory.acceptedDomains.includes(normal.slice(normal.lastIndexOf('@') + 1));
    (normal === undefined || isOurs ? unknown : external).add(normal ?? address);
  };
  const addEntry = (entry: DirectoryEntry): void => {
    if (entry.recipientType === 'MailUniversalDistributionGroup') groups.add(entry);
    else if (receivesMail(entry.recipientType)) mailboxes.set(entry.id, entry);
    else if (entry.targetAddress !== undefined) followTarget(entry.targetAddress);
    else unknown.add(entry.primarySmtpAddress);
  };
  // A contact may point back into the organization, but not at another contact: that could go round for ever.
  const followTarget = (address: string): void => {
    const target = directory.byAddress(address);
    if (target && receivesMail(target.recipientType)) mailboxes.set(target.id, target); else addAddress(address);
  };

  for (const recipient of recipients) {
    const entry = entryOf(directory, recipient);
    if (entry) addEntry(entry); else addAddress(recipient.address);
  }
  for (const group of groups) {
    for (const member of directory.members(group.id)) {
      if (mailboxes.size + external.size > MOST_RECIPIENTS) break;
      if ('id' in member) addEntry(member); else addAddress(member.address);
    }
  }
  return { mailboxes: [...mailboxes.values()], external: [...external], unknown: [...unknown] };
}
