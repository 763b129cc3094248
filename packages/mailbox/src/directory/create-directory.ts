import type { IdSource } from '@fauxchange/kernel';
import { AmbiguousNames } from './ambiguous-names.ts';
import type { Directory, DirectoryEntry, MailboxGrant, NewEntry, PasswordCheck } from './directory.ts';
import { DirectoryError } from './directory-error.ts';
import { IdentityIssuer } from './entry-identity.ts';
import { changedEntry, newEntry } from './new-entry.ts';
import type { EntryDomain } from './new-entry.ts';

/** A moment of a directory; worth something only to the directory that gave it. */
export interface DirectorySnapshot {
  readonly position: number;
  readonly branch: symbol;
}

/** A directory that can go back. */
export interface RestorableDirectory extends Directory {
  snapshot(): DirectorySnapshot;
  /** Costs what changed since; snapshots taken later are worth nothing from then on. Throws DirectoryError SnapshotExpired. */
  restore(snapshot: DirectorySnapshot): void;
}

/**
 * Makes an empty directory. `domain` is the one accepted domain; its first label is the NetBIOS name.
 *
 * @example
 * const directory = createDirectory({ ids: createIdSource('test'), domain: 'example.test' });
 * directory.add({ recipientType: 'UserMailbox', displayName: 'Alice Ashe', primarySmtpAddress: 'alice@example.test', password: 'secret' });
 * directory.resolve('ash'); // [Alice Ashe]
 */
export function createDirectory(options: { readonly ids: IdSource; readonly domain: string }): RestorableDirectory {
  return new MemoryDirectory(options.ids, options.domain.toLowerCase());
}

interface AccountRecord {
  /** Place in listings: a restored entry goes back to where it was. */
  readonly order: number;
  readonly entry: DirectoryEntry;
  readonly password: string | undefined;
  readonly mayImpersonate: boolean;
  /** What others were granted over this entry, by their ids. */
  readonly grants: ReadonlyMap<string, readonly MailboxGrant[]>;
}

class MemoryDirectory implements RestorableDirectory {
  readonly netbiosName: string;
  readonly acceptedDomains: readonly string[];
  readonly #domain: EntryDomain;
  readonly #issuer: IdentityIssuer;
  readonly #records = new Map<string, AccountRecord>();
  /** Exact keys of an entry (addresses, logon names, DN, SID), each with a prefix of its kind, to the entry's id. */
  readonly #keys = new Map<string, string>();
  readonly #names = new AmbiguousNames();
  /** A member (id or address) to the groups that name it. */
  readonly #groupsOf = new Map<string, Set<string>>();
  /** Ids are not used twice, not even after a removal; only after going back. */
  /** The security identifier of everyone that there ever was. */
  readonly #issued = new Map<string, string | undefined>();
  #listed: readonly DirectoryEntry[] | undefined;
  #order = 0;
  #undo: (readonly [id: string, before: AccountRecord | undefined])[] = [];
  #branches: { readonly position: number; readonly branch: symbol }[] = [];

  constructor(ids: IdSource, domain: string) {
    this.acceptedDomains = [domain];
    this.netbiosName = (domain.split('.')[0] as string).slice(0, 15).toUpperCase();
    this.#domain = { netbiosName: this.netbiosName, acceptedDomains: this.acceptedDomains };
    this.#issuer = new IdentityIssuer(ids, domain);
  }

  list(): readonly DirectoryEntry[] {
    this.#listed ??= [...this.#records.values()].sort((a, b) => a.order - b.order).map(({ entry }) => entry);
    return this.#listed;
  }

  byId(id: string): DirectoryEntry | undefined { return this.#records.get(id)?.entry; }

  byAddress(address: string): DirectoryEntry | undefined { return this.#byKey(`smtp:${address.trim().replace(/^smtp:/i, '').toLowerCase()}`); }

  byLegacyDN(dn: string): DirectoryEntry | undefined { return this.#byKey(`dn:${dn.toLowerCase()}`); }

  bySid(sid: string): DirectoryEntry | undefined { return this.#byKey(`sid:${sid.toLowerCase()}`); }
  sidOf(id: string): string | undefined { return this.#issued.get(id); }

  byLogon(name: string): DirectoryEntry | undefined {
    const logon = name.trim().toLowerCase();
    const found = this.#byKey(`logon:${logon}`) ?? (logon.includes('@') ? this.byAddress(logon) : undefined);
    return found?.userPrincipalName === undefined ? undefined : found;
  }

  resolve(text: string, most: number = Number.POSITIVE_INFINITY): readonly DirectoryEntry[] {
    return this.#resolved(text, (query) => this.#names.resolve(query, most));
  }

  resolveSome(text: string, most: number): readonly DirectoryEntry[] {
    return this.#resolved(text, (query) => this.#names.resolveSome(query, most));
  }

  #resolved(text: string, ambiguous: (query: string) => readonly string[]): readonly DirectoryEntry[] {
    const query = text.trim();
    const exact = /^smtp:/i.test(query) ? this.byAddress(query) : /^\/o=/i.test(query) ? this.byLegacyDN(query) : 'ambiguous';
    if (exact === 'ambiguous') return ambiguous(query).map((id) => this.byId(id) as DirectoryEntry);
    return exact && !exact.isHiddenFromAddressLists ? [exact] : [];
  }

  verifyPassword(logon: string, password: string): PasswordCheck {
    const entry = this.byLogon(logon);
    if (!entry) return { outcome: 'unknown' };
    if (entry.isDisabled) return { outcome: 'disabled', entry };
    const known = this.passwordOf(entry.id);
    return { outcome: known !== undefined && known === password ? 'ok' : 'wrong', entry };
  }

  passwordOf(id: string): string | undefined { return this.#records.get(id)?.password; }

  members(groupId: string): readonly (DirectoryEntry | { readonly address: string })[] {
    const out: (DirectoryEntry | { readonly address: string })[] = [];
    for (const member of this.byId(groupId)?.members ?? []) {
      const entry = member.includes('@') ? this.byAddress(member) : this.byId(member);
      // A member that was removed since is no member.
      if (entry) out.push(entry); else if (member.includes('@')) out.push({ address: member });
    }
    return out;
  }

  groupsOf(id: string): readonly string[] {
    const groups = [id, ...(this.byId(id)?.proxyAddresses ?? [])].flatMap((name) => [...(this.#groupsOf.get(name) ?? [])]);
    return [...new Set(groups)];
  }

  memberships(id: string): ReadonlySet<string> {
    const found = new Set([id]);
    for (const each of found) for (const group of this.groupsOf(each)) found.add(group);
    return found;
  }

  grants(ownerId: string, granteeId: string): readonly MailboxGrant[] { return this.#records.get(ownerId)?.grants.get(granteeId) ?? []; }

  grantees(ownerId: string, grant: MailboxGrant): readonly string[] {
    return [...(this.#records.get(ownerId)?.grants ?? [])].filter(([, given]) => given.includes(grant)).map(([id]) => id);
  }

  mayImpersonate(callerId: string): boolean { return this.#records.get(callerId)?.mayImpersonate ?? false; }

  add(entry: NewEntry): DirectoryEntry {
    const made = newEntry(entry, this.#domain, (address, alias) => this.#issuer.issue(address, alias, ({ id, sid }) => this.#issued.has(id) || this.#keys.has(`sid:${sid.toLowerCase()}`)));
    this.#issued.set(made.id, made.sid);
    this.#set(made.id, { order: this.#order++, entry: made, password: entry.password, mayImpersonate: false, grants: new Map() });
    return made;
  }

  update(id: string, changes: Partial<NewEntry>): DirectoryEntry {
    const before = this.#record(id);
    const entry = changedEntry(before.entry, changes, this.#domain);
    this.#set(id, { ...before, entry, password: changes.password ?? before.password });
    return entry;
  }

  remove(id: string): void {
    this.#record(id);
    this.#set(id, undefined);
  }

  grant(ownerId: string, granteeId: string, grant: MailboxGrant): void {
    this.#record(granteeId);
    this.#setGrants(ownerId, granteeId, (before) => (before.includes(grant) ? before : [...before, grant]));
  }

  revoke(ownerId: string, granteeId: string, grant: MailboxGrant): void {
    this.#setGrants(ownerId, granteeId, (before) => before.filter((each) => each !== grant));
  }

  allowImpersonation(callerId: string): void { this.#set(callerId, { ...this.#record(callerId), mayImpersonate: true }); }

  snapshot(): DirectorySnapshot {
    const branch = { position: this.#undo.length, branch: Symbol('directory snapshot') };
    this.#branches.push(branch);
    return branch;
  }

  restore({ position, branch }: DirectorySnapshot): void {
    const at = this.#branches.findIndex((each) => each.branch === branch);
    if (at < 0) throw new DirectoryError('SnapshotExpired', 'this snapshot is of another directory, or an older one was restored after it was taken', 'snapshot');
    for (let undone = this.#undo.length - 1; undone >= position; undone -= 1) {
      const change = this.#undo[undone];
      if (!change) continue;
      this.#apply(...change);
      if (change[1] === undefined) this.#issued.delete(change[0]);
    }
    this.#undo.length = position;
    this.#branches.length = at + 1;
  }

  #byKey(key: string): DirectoryEntry | undefined {
    const id = this.#keys.get(key);
    return id === undefined ? undefined : this.byId(id);
  }

  #record(id: string): AccountRecord {
    const record = this.#records.get(id);
    if (!record) throw new DirectoryError('EntryNotFound', `no entry of the directory has the id ${id.slice(0, 40)}`, id.slice(0, 40));
    return record;
  }

  #setGrants(ownerId: string, granteeId: string, change: (before: readonly MailboxGrant[]) => readonly MailboxGrant[]): void {
    const owner = this.#record(ownerId);
    this.#set(ownerId, { ...owner, grants: new Map(owner.grants).set(granteeId, change(owner.grants.get(granteeId) ?? [])) });
  }

  #set(id: string, record: AccountRecord | undefined): void {
    if (record) this.#checkFree(record.entry);
    if (this.#branches.length > 0) this.#undo.push([id, this.#records.get(id)]);
    this.#apply(id, record);
  }

  #checkFree(entry: DirectoryEntry): void {
    for (const key of this.#exactKeys(entry)) {
      const holder = this.#keys.get(key);
      if (holder === undefined || holder === entry.id) continue;
      const name = key.slice(key.indexOf(':') + 1);
      throw new DirectoryError(key.startsWith('smtp:') ? 'AddressInUse' : 'NameInUse', `${name} belongs to ${this.byId(holder)?.primarySmtpAddress ?? holder} already`, name);
    }
  }

  /** The one place where the records and their indexes change. */
  #apply(id: string, record: AccountRecord | undefined): void {
    const before = this.#records.get(id);
    this.#listed = undefined;
    if (before?.entry !== record?.entry) {
      if (before) this.#unindex(before.entry);
      if (record) this.#index(record.entry);
    }
    if (record) this.#records.set(id, record); else this.#records.delete(id);
  }

  #index(entry: DirectoryEntry): void {
    for (const key of this.#exactKeys(entry)) this.#keys.set(key, entry.id);
    this.#names.add(entry);
    for (const member of entry.members ?? []) {
      const groups = this.#groupsOf.get(member) ?? new Set();
      this.#groupsOf.set(member, groups.add(entry.id));
    }
  }

  #unindex(entry: DirectoryEntry): void {
    for (const key of this.#exactKeys(entry)) this.#keys.delete(key);
    this.#names.remove(entry);
    for (const member of entry.members ?? []) this.#groupsOf.get(member)?.delete(entry.id);
  }

  #exactKeys(entry: DirectoryEntry): readonly string[] {
    const keys = [`dn:${entry.legacyExchangeDN.toLowerCase()}`, ...entry.proxyAddresses.map((address) => `smtp:${address}`)];
    if (entry.sid !== undefined) keys.push(`sid:${entry.sid.toLowerCase()}`);
    if (entry.userPrincipalName !== undefined) keys.push(`logon:${entry.userPrincipalName}`);
    const sam = entry.samAccountName?.toLowerCase();
    if (sam !== undefined) keys.push(`logon:${this.netbiosName.toLowerCase()}\\${sam}`, ...this.acceptedDomains.map((domain) => `logon:${domain}\\${sam}`));
    return keys;
  }
}
