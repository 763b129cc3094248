import type { DirectoryEntry, NewEntry, RecipientType } from './directory.ts';
import { DirectoryError } from './directory-error.ts';
import type { EntryIdentity } from './entry-identity.ts';

/** Kinds of entries that have a mailbox. */
const withMailbox: ReadonlySet<RecipientType> = new Set(['UserMailbox', 'SharedMailbox', 'RoomMailbox', 'EquipmentMailbox', 'PublicFolderMailbox'] as const);
export function hasMailbox(type: RecipientType): boolean { return withMailbox.has(type); }

/** A public folder mailbox has no inbox: it is there for its folders. */
export function receivesMail(type: RecipientType): boolean { return hasMailbox(type) && type !== 'PublicFolderMailbox'; }

/** Lower-case, without the `smtp:` with which Active Directory stores it; undefined when it is no address. */
export function normalizeAddress(address: string): string | undefined {
  const plain = address.trim().replace(/^smtp:/i, '').toLowerCase();
  // RFC 5321 4.5.3.1: 64 octets before the @, 255 behind it.
  return plain.length <= 320 && /^[^\s@<>"(),;:\\]{1,64}@[^\s@<>"(),;:\\]{1,255}$/.test(plain) ? plain : undefined;
}

function required(address: string): string {
  const normal = normalizeAddress(address);
  if (normal === undefined) throw new DirectoryError('InvalidEntry', `not an SMTP address: ${address.slice(0, 80)}`, address.slice(0, 320));
  return normal;
}

const plainTexts = ['givenName', 'surname', 'jobTitle', 'department', 'company', 'officeLocation', 'businessPhone', 'mobilePhone', 'phoneticDisplayName'] as const;
type PlainText = (typeof plainTexts)[number];
/** Longest text that the schema of Active Directory takes for a display name ([MS-ADA1] displayName). */
const LONGEST_TEXT = 256;
const MOST_ADDRESSES = 500;
const MOST_MEMBERS = 100_000;
const MOST_OWNERS = 500;
const MOST_CERTIFICATES = 100;
/** Bytes: what the schema of Active Directory takes for one. */
const LARGEST_CERTIFICATE = 32_768;

function checkedText(field: string, text: string): string {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > LONGEST_TEXT) throw new DirectoryError('InvalidEntry', `${field} has 1 to ${LONGEST_TEXT} characters`, trimmed.slice(0, 40));
  return trimmed;
}

function texts(from: Pick<NewEntry, PlainText>): { [N in PlainText]?: string | undefined } {
  const out: { [N in PlainText]?: string | undefined } = {};
  for (const field of plainTexts) {
    const value = from[field];
    if (value !== undefined) out[field] = value.trim() === '' ? undefined : checkedText(field, value);
  }
  return out;
}

function aliasOf(entry: NewEntry, primary: string): string {
  const alias = entry.alias ?? primary.slice(0, primary.indexOf('@'));
  if (!/^[^\s@"(),:;<>[\\\]]{1,64}$/.test(alias)) throw new DirectoryError('InvalidEntry', `not an alias: ${alias.slice(0, 80)}`, alias.slice(0, 80));
  return alias;
}

export interface EntryDomain {
  readonly netbiosName: string;
  readonly acceptedDomains: readonly string[];
}

function checkDomain(type: RecipientType, primary: string, domain: EntryDomain): void {
  const host = primary.slice(primary.indexOf('@') + 1);
  if (type !== 'MailContact' && !domain.acceptedDomains.includes(host)) {
    throw new DirectoryError('DomainNotAccepted', `${host} is not an accepted domain: ${domain.acceptedDomains.join(', ')}`, primary);
  }
}

/** The entry as the directory will hold it. */
export function newEntry(entry: NewEntry, domain: EntryDomain, issue: (address: string, alias: string) => EntryIdentity): DirectoryEntry {
  const primary = required(entry.primarySmtpAddress);
  checkDomain(entry.recipientType, primary, domain);
  const alias = aliasOf(entry, primary);
  const { id, mailboxGuid, legacyExchangeDN, sid } = issue(primary, alias);
  const isMailbox = hasMailbox(entry.recipientType);
  const isAccount = entry.recipientType === 'User';
  return {
    id,
    recipientType: entry.recipientType,
    displayName: checkedText('displayName', entry.displayName),
    alias,
    primarySmtpAddress: primary,
    // An account without mailbox receives nothing: its address is a name to sign in with.
    proxyAddresses: isAccount ? [] : proxies(primary, entry.proxyAddresses ?? []),
    legacyExchangeDN,
    ...texts(entry),
    ...(entry.manager !== undefined && entry.manager !== '' && { manager: entry.manager }),
    ...certificates(entry),
    isHiddenFromAddressLists: entry.isHiddenFromAddressLists ?? (isAccount || entry.recipientType === 'PublicFolderMailbox'),
    ...((isMailbox || isAccount) && {
      ...(isMailbox && { mailboxGuid }),
      userPrincipalName: primary,
      // Active Directory takes 20 characters ([MS-SAMR] 3.1.1.6).
      samAccountName: alias.slice(0, 20),
      sid,
      hasArchive: isMailbox && (entry.hasArchive ?? false),
      isDisabled: entry.isDisabled ?? !(isAccount || entry.recipientType === 'UserMailbox'),
    }),
    ...(entry.recipientType === 'MailUniversalDistributionGroup' && { members: members(entry.members ?? []), ...(entry.owners && { owners: owners(entry.owners) }), sid, ...(entry.isRoomList && { isRoomList: true }) }),
    ...(entry.recipientType === 'MailContact' && { targetAddress: required(entry.targetAddress ?? primary) }),
    ...(entry.roomCapacity !== undefined && { roomCapacity: capacity(entry.roomCapacity) }),
  };
}

/** The entry after a change; identity and kind stay. */
export function changedEntry(before: DirectoryEntry, changes: Partial<NewEntry>, domain: EntryDomain): DirectoryEntry {
  const primary = changes.primarySmtpAddress === undefined ? before.primarySmtpAddress : required(changes.primarySmtpAddress);
  checkDomain(before.recipientType, primary, domain);
  if (changes.recipientType !== undefined && changes.recipientType !== before.recipientType) {
    throw new DirectoryError('InvalidEntry', `a ${before.recipientType} cannot become a ${changes.recipientType}: remove it and add it anew`, primary);
  }
  return {
    ...before,
    displayName: changes.displayName === undefined ? before.displayName : checkedText('displayName', changes.displayName),
    alias: changes.alias === undefined ? before.alias : aliasOf({ ...changes, alias: changes.alias } as NewEntry, primary),
    primarySmtpAddress: primary,
    proxyAddresses: before.recipientType === 'User' ? [] : proxies(primary, changes.proxyAddresses ?? before.proxyAddresses),
    ...texts(changes),
    ...(changes.manager !== undefined && { manager: changes.manager === '' ? undefined : changes.manager }),
    ...certificates(changes),
    isHiddenFromAddressLists: changes.isHiddenFromAddressLists ?? before.isHiddenFromAddressLists,
    ...(before.userPrincipalName !== undefined && { userPrincipalName: primary, isDisabled: changes.isDisabled ?? before.isDisabled }),
    ...(before.members !== undefined && changes.members !== undefined && { members: members(changes.members) }),
    ...(before.members !== undefined && changes.owners !== undefined && { owners: owners(changes.owners) }),
    ...(before.members !== undefined && changes.isRoomList !== undefined && { isRoomList: changes.isRoomList }),
    ...(before.targetAddress !== undefined && changes.targetAddress !== undefined && { targetAddress: required(changes.targetAddress) }),
    ...(changes.roomCapacity !== undefined && { roomCapacity: capacity(changes.roomCapacity) }),
  };
}

function proxies(primary: string, others: readonly string[]): readonly string[] {
  const all = [...new Set([primary, ...others.map(required)])];
  if (all.length > MOST_ADDRESSES) throw new DirectoryError('InvalidEntry', `an entry has at most ${MOST_ADDRESSES} addresses`, primary);
  return all;
}

function members(given: readonly string[]): readonly string[] {
  if (given.length > MOST_MEMBERS) throw new DirectoryError('InvalidEntry', `a group has at most ${MOST_MEMBERS} members`, String(given.length));
  return [...new Set(given.map((member) => (member.includes('@') ? required(member) : member.toLowerCase())))];
}

function owners(given: readonly string[]): readonly string[] {
  if (given.length > MOST_OWNERS) throw new DirectoryError('InvalidEntry', `a group has at most ${MOST_OWNERS} owners`, String(given.length));
  return [...new Set(given.map((id) => id.toLowerCase()))];
}

function certificates(given: Partial<NewEntry>): Pick<DirectoryEntry, 'certificates' | 'smimeCertificates'> {
  const out: { certificates?: readonly string[]; smimeCertificates?: readonly string[] } = {};
  for (const field of ['certificates', 'smimeCertificates'] as const) {
    const list = given[field];
    if (list === undefined) continue;
    if (list.length > MOST_CERTIFICATES || list.some((each) => !isCertificate(each))) {
      throw new DirectoryError('InvalidEntry', `${field} are at most ${MOST_CERTIFICATES}, in base64, of at most ${LARGEST_CERTIFICATE} bytes`, String(list.length));
    }
    out[field] = [...new Set(list)];
  }
  return out;
}

const isCertificate = (text: string): boolean => text !== '' && text.length <= (LARGEST_CERTIFICATE * 4) / 3 + 4 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);

function capacity(value: number): number {
  if (!Number.isInteger(value) || value < 0 || value > 0x7fffffff) throw new DirectoryError('InvalidEntry', 'roomCapacity is a whole number of seats', String(value));
  return value;
}
