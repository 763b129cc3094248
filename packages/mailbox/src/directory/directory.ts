/** Kinds of entries, by their Exchange names (RecipientTypeDetails). `User` is an account that can sign in and has no mailbox, as accounts of services often are. */
export type RecipientType =
  | 'User' | 'UserMailbox' | 'SharedMailbox' | 'RoomMailbox' | 'EquipmentMailbox' | 'PublicFolderMailbox' | 'MailUniversalDistributionGroup' | 'MailContact' | 'PublicFolder';

export interface DirectoryEntry {
  /** objectGuid, lower-case. */
  readonly id: string;
  readonly recipientType: RecipientType;
  readonly displayName: string;
  /** mailNickname. */
  readonly alias: string;
  readonly primarySmtpAddress: string;
  /** Every address at which it receives, the primary one first; lower-case, without prefix. */
  readonly proxyAddresses: readonly string[];
  readonly legacyExchangeDN: string;
  readonly givenName?: string | undefined;
  readonly surname?: string | undefined;
  readonly jobTitle?: string | undefined;
  readonly department?: string | undefined;
  readonly company?: string | undefined;
  readonly officeLocation?: string | undefined;
  readonly businessPhone?: string | undefined;
  readonly mobilePhone?: string | undefined;
  /** How the name is spoken: what Japanese address books are sorted by. */
  readonly phoneticDisplayName?: string | undefined;
  /** Directory id of who leads this person. */
  readonly manager?: string | undefined;
  readonly isHiddenFromAddressLists: boolean;
  /** Mailboxes only. */
  readonly mailboxGuid?: string | undefined;
  readonly userPrincipalName?: string | undefined;
  readonly samAccountName?: string | undefined;
  readonly sid?: string | undefined;
  readonly isDisabled?: boolean | undefined;
  /** Groups only: directory ids, or SMTP addresses of one-off members. */
  readonly members?: readonly string[] | undefined;
  /** Groups only: directory ids of those who may change its members (ManagedBy). */
  readonly owners?: readonly string[] | undefined;
  /** X.509 certificates, DER in base64: the attribute userCertificate. */
  readonly certificates?: readonly string[] | undefined;
  /** S/MIME certificates with their capabilities, PKCS #7 in base64: the attribute userSMIMECertificate. */
  readonly smimeCertificates?: readonly string[] | undefined;
  /** A group of rooms that clients offer to choose from (RecipientTypeDetails RoomList). */
  readonly isRoomList?: boolean | undefined;
  /** Contacts only: where mail for it goes. */
  readonly targetAddress?: string | undefined;
  readonly roomCapacity?: number | undefined;
  /** An archive mailbox beside the mailbox. */
  readonly hasArchive?: boolean | undefined;
}

export interface NewEntry {
  readonly recipientType: RecipientType;
  readonly displayName: string;
  readonly primarySmtpAddress: string;
  readonly alias?: string | undefined;
  readonly proxyAddresses?: readonly string[] | undefined;
  readonly password?: string | undefined;
  readonly givenName?: string | undefined;
  readonly surname?: string | undefined;
  readonly jobTitle?: string | undefined;
  readonly department?: string | undefined;
  readonly company?: string | undefined;
  readonly officeLocation?: string | undefined;
  readonly businessPhone?: string | undefined;
  readonly mobilePhone?: string | undefined;
  readonly phoneticDisplayName?: string | undefined;
  /** A directory id; an empty text removes. */
  readonly manager?: string | undefined;
  readonly isHiddenFromAddressLists?: boolean | undefined;
  readonly members?: readonly string[] | undefined;
  readonly owners?: readonly string[] | undefined;
  readonly certificates?: readonly string[] | undefined;
  readonly smimeCertificates?: readonly string[] | undefined;
  readonly isRoomList?: boolean | undefined;
  readonly targetAddress?: string | undefined;
  readonly roomCapacity?: number | undefined;
  readonly hasArchive?: boolean | undefined;
  /** An account that may not sign in. Default: true for all mailboxes but users', as Exchange makes them. */
  readonly isDisabled?: boolean | undefined;
}

/** Rights that are not a folder's: of one mailbox owner over another's mailbox or name. */
export type MailboxGrant =
  | 'fullAccess' | 'sendAs' | 'sendOnBehalf'
  /** Of a delegate who may see what is private; kept with the delegation, [MS-OXODLGT] 2.2.2.2.6. */
  | 'viewPrivate';

export interface PasswordCheck {
  readonly outcome: 'ok' | 'unknown' | 'wrong' | 'disabled';
  readonly entry?: DirectoryEntry | undefined;
}

export interface Directory {
  /** NetBIOS name of the domain, `EXAMPLE`. */
  readonly netbiosName: string;
  readonly acceptedDomains: readonly string[];
  list(): readonly DirectoryEntry[];
  byId(id: string): DirectoryEntry | undefined;
  /** By any proxy address, with or without `smtp:`. */
  byAddress(address: string): DirectoryEntry | undefined;
  byLegacyDN(dn: string): DirectoryEntry | undefined;
  bySid(sid: string): DirectoryEntry | undefined;
  /** The security identifier of an entry that is or has been here: permissions outlive whom they were given to. */
  sidOf(id: string): string | undefined;
  /** By what a person signs in with: UPN, SMTP address, `DOMAIN\sam`, `domain.tld\sam`. A bare sam name is not enough ([K] default of Exchange's Basic: it needs a domain unless one is configured). */
  byLogon(name: string): DirectoryEntry | undefined;
  /**
   * Ambiguous name resolution: prefix of display name, its words, alias, surname, given name, address; `smtp:` and a leading `=` (exact) understood. In
   * display-name order, hidden entries left out; no more than `most`, which is what it then costs where plenty match.
   */
  resolve(text: string, most?: number): readonly DirectoryEntry[];
  /** As `resolve`, in no order: whether a name means one or several costs no more than that. */
  resolveSome(text: string, most: number): readonly DirectoryEntry[];
  verifyPassword(logon: string, password: string): PasswordCheck;
  /** Clear-text password, for NTLM; a fake may know it. */
  passwordOf(id: string): string | undefined;
  /** Members with groups expanded one level: entries, or one-off addresses. */
  members(groupId: string): readonly (DirectoryEntry | { readonly address: string })[];
  /** Ids of the entry and of every group that holds it, directly or through other groups. */
  memberships(id: string): ReadonlySet<string>;
  /** Ids of the groups that hold this very entry. */
  groupsOf(id: string): readonly string[];
  /** What was granted to this very entry; see `memberships` for what groups bring. */
  grants(ownerId: string, granteeId: string): readonly MailboxGrant[];
  /** Ids of those who have this grant, in the order in which they got their first one. */
  grantees(ownerId: string, grant: MailboxGrant): readonly string[];
  mayImpersonate(callerId: string): boolean;

  /** Throws DirectoryError. */
  add(entry: NewEntry): DirectoryEntry;
  /** What is absent or undefined is left alone; an empty text removes. A former primary address stays as a proxy address, as in Exchange. */
  update(id: string, changes: Partial<NewEntry>): DirectoryEntry;
  remove(id: string): void;
  grant(ownerId: string, granteeId: string, grant: MailboxGrant): void;
  revoke(ownerId: string, granteeId: string, grant: MailboxGrant): void;
  /** ApplicationImpersonation role. */
  allowImpersonation(callerId: string): void;
  /** Capacity of listings is the caller's business; everything here is O(log n) or O(answer). */
}
