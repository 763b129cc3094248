import type { Clock, IdSource } from '@fauxchange/kernel';
import type { Directory, DirectoryEntry, NewEntry } from './directory/directory.ts';
import type { Mailbox } from './mailbox.ts';
import type { MailboxStore } from './store/mailbox-store.ts';
import type { DiscoverySearches, NewDiscoverySearch } from './discovery/discovery-searches.ts';
import type { Seed } from './seed/seed.ts';
import type { ManagedFolder, NewManagedFolder } from './folders/managed-folders.ts';
import type { MessageTracking } from './transport/message-tracking.ts';
import type { Outbox } from './transport/outbox.ts';

export interface OrganizationOptions {
  /** Default: `example.test`. */
  readonly domain?: string | undefined;
  readonly clock?: Clock | undefined;
  /** Everything that looks random comes from here; equal seeds give equal ids. Default `fauxchange`. */
  readonly idSeed?: string | undefined;
  /** Default: the seed that README describes. `'empty'`: users of the default seed without mail; false: nobody. */
  readonly seed?: Seed | 'empty' | false | undefined;
  readonly store?: ((mailboxGuid: string) => MailboxStore) | undefined;
  /** Bytes. Default 36 MiB, as Exchange's default connector limit ([K]). */
  readonly maxMessageBytes?: number | undefined;
  /** Managed custom folders that people may add to their mailboxes. Default none, as in a new organization. */
  readonly managedFolders?: readonly NewManagedFolder[] | undefined;
  /** Searches that discovery has saved, and its holds. Default none. */
  readonly discoverySearches?: readonly NewDiscoverySearch[] | undefined;
}

export interface UserAccount {
  readonly address: string;
  readonly password: string;
  readonly displayName: string;
}

/** Everything the emulators share: directory, mailboxes, transport, clock. */
export interface Organization {
  readonly domain: string;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly directory: Directory;
  readonly outbox: Outbox;
  /** What transport did with messages: who got them, who did not. */
  readonly messageTracking: MessageTracking;
  /** Users with their passwords, for printing and for tests. */
  readonly users: readonly UserAccount[];
  readonly maxMessageBytes: number;
  readonly managedFolders: readonly ManagedFolder[];
  readonly discovery: DiscoverySearches;

  mailboxes(): readonly Mailbox[];
  mailboxOf(entry: DirectoryEntry): Mailbox | undefined;
  mailboxByAddress(address: string): Mailbox | undefined;
  mailboxByGuid(guid: string): Mailbox | undefined;
  /**
   * The mailbox of the public folder hierarchy: the first public folder mailbox that was added, as in Exchange 2013 and later.
   * A public logon is `openAs` somebody. Undefined where the organization has no public folders.
   */
  readonly publicFolders: Mailbox | undefined;
  /** Adds the entry to the directory and, where it has one, makes its mailbox. */
  add(entry: NewEntry): Promise<DirectoryEntry>;

  /** An RFC 5322 message arrives from outside for these addresses, through the whole of transport. Resolves when it is there. Throws MailboxError MailboxNotFound for an address nobody has. */
  deliver(message: Uint8Array | string, envelope: { readonly to: readonly string[]; readonly from?: string | undefined }): Promise<void>;

  snapshot(): Promise<OrganizationSnapshot>;
  restore(snapshot: OrganizationSnapshot): Promise<void>;
  /** Back to the seed; costs what changed since. */
  reset(): Promise<void>;
  /** Every mailbox empty; users stay. */
  clear(): Promise<void>;
  /** Resolves when transport has nothing pending. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export interface OrganizationSnapshot {
  readonly kind: 'organization-snapshot';
}
