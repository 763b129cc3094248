import { createClock, createIdSource, createLifecycle } from '@fauxchange/kernel';
import type { Clock, IdSource, Lifecycle } from '@fauxchange/kernel';
import { applyConversationAction } from './conversations/conversation-actions.ts';
import { createMailbox, MAX_MESSAGE_BYTES } from './create-mailbox.ts';
import { createDirectory } from './directory/create-directory.ts';
import type { DirectorySnapshot, RestorableDirectory } from './directory/create-directory.ts';
import type { Directory, DirectoryEntry, NewEntry } from './directory/directory.ts';
import { createDiscoverySearches, type DiscoverySearches, type DiscoverySnapshot, type NewDiscoverySearch, type RestorableDiscoverySearches } from './discovery/discovery-searches.ts';
import { DirectoryError } from './directory/directory-error.ts';
import { MailboxError } from './errors.ts';
import { managedFolders, type ManagedFolder } from './folders/managed-folders.ts';
import type { MailboxKind } from './folders/new-mailbox.ts';
import type { ItemDraft } from './items/item.ts';
import type { Mailbox, MailboxSnapshot } from './mailbox.ts';
import { answerAbsence } from './oof/answer-absence.ts';
import type { Organization, OrganizationOptions, OrganizationSnapshot, UserAccount } from './organization.ts';
import { accountsSeed, defaultSeed } from './seed/default/default-seed.ts';
import { receiveMeeting } from './meetings/receive-meeting.ts';
import { receiveFolderOf } from './folders/receive-folders.ts';
import type { RuleSurroundings } from './rules/rule-mail.ts';
import { runRules } from './rules/run-rules.ts';
import type { Seed } from './seed/seed.ts';
import { createOutbox } from './transport/create-outbox.ts';
import type { RestorableOutbox } from './transport/create-outbox.ts';
import { createMessageTracking, type MessageTracking, type MessageTrackingLog, type TrackingSnapshot } from './transport/message-tracking.ts';
import { createTransport } from './transport/create-transport.ts';
import type { OrganizationTransport } from './transport/create-transport.ts';
import type { OutboundMessage, Outbox } from './transport/outbox.ts';

const DEFAULT_DOMAIN = 'example.test';
const DEFAULT_ID_SEED = 'fauxchange';

/**
 * Makes an organization and fills it with its seed.
 *
 * @example
 * const organization = await createOrganization();
 * await organization.deliver('Subject: Hello\r\n\r\nHello Alice\r\n', { to: ['alice@example.test'] });
 * await organization.close();
 */
export async function createOrganization(options: OrganizationOptions = {}): Promise<Organization> {
  const organization = new SeededOrganization(options);
  await organization.fill(seedOf(options.seed));
  return organization;
}

function seedOf(seed: OrganizationOptions['seed']): Seed | undefined {
  if (seed === false) return undefined;
  if (seed === 'empty') return accountsSeed;
  return seed ?? defaultSeed;
}

/** What a snapshot stands for; the snapshot itself is opaque. */
interface Moment {
  readonly directory: DirectorySnapshot;
  readonly mailboxes: ReadonlyMap<string, MailboxSnapshot>;
  readonly outbox: readonly OutboundMessage[];
  readonly tracking: TrackingSnapshot;
  readonly discovery: DiscoverySnapshot;
  readonly ids: string;
  readonly transportIds: string;
}

class SeededOrganization implements Organization {
  readonly domain: string;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly maxMessageBytes: number;
  readonly managedFolders: readonly ManagedFolder[];
  readonly #options: OrganizationOptions;
  readonly #directory: RestorableDirectory;
  readonly #outbox: RestorableOutbox = createOutbox();
  readonly #tracking: MessageTrackingLog = createMessageTracking();
  readonly #discovery: RestorableDiscoverySearches;
  readonly #transportIds: IdSource;
  readonly #transport: OrganizationTransport;
  readonly #lifecycle: Lifecycle = createLifecycle();
  readonly #mailboxes = new Map<string, Mailbox>();
  readonly #moments = new WeakMap<OrganizationSnapshot, Moment>();
  #seeded: OrganizationSnapshot | undefined;

  constructor(options: OrganizationOptions) {
    this.#options = options;
    this.domain = (options.domain ?? DEFAULT_DOMAIN).toLowerCase();
    this.clock = options.clock ?? createClock();
    this.ids = createIdSource(options.idSeed ?? DEFAULT_ID_SEED);
    this.maxMessageBytes = options.maxMessageBytes ?? MAX_MESSAGE_BYTES;
    this.managedFolders = managedFolders(options.managedFolders ?? [], this.ids);
    this.#directory = createDirectory({ ids: this.ids, domain: this.domain });
    this.#discovery = createDiscoverySearches(this);
    this.#transportIds = this.ids.fork('transport');
    this.#transport = createTransport({
      directory: this.#directory, outbox: this.#outbox, tracking: this.#tracking, clock: this.clock, ids: this.#transportIds, domain: this.domain, maxMessageBytes: this.maxMessageBytes,
      mailboxOf: (entry) => this.mailboxOf(entry),
      deliver: (mailbox, draft) => deliver(mailbox, draft, { directory: this.#directory, transport: this.#transport, mailboxOf: (entry) => this.mailboxOf(entry) }),
    });
  }

  get directory(): Directory { return this.#directory; }

  get outbox(): Outbox { return this.#outbox; }

  get discovery(): DiscoverySearches { return this.#discovery; }

  get messageTracking(): MessageTracking { return this.#tracking; }

  get users(): readonly UserAccount[] {
    return this.#directory.list().flatMap(({ id, displayName, primarySmtpAddress, isDisabled }) => {
      const password = isDisabled ? undefined : this.#directory.passwordOf(id);
      return password === undefined ? [] : [{ address: primarySmtpAddress, password, displayName }];
    });
  }

  async fill(seed: Seed | undefined): Promise<void> {
    await seed?.(this);
    await this.settle();
    for (const search of this.#options.discoverySearches ?? []) this.#discovery.put(savedSearch(search, this.#directory));
    this.#seeded = await this.snapshot();
  }

  /** Those whose owners are in the directory: a removed user takes the mailbox along, and a restored one brings it back. */
  mailboxes(): readonly Mailbox[] {
    return this.#directory.list().flatMap((entry) => this.mailboxOf(entry) ?? []);
  }

  mailboxOf(entry: DirectoryEntry): Mailbox | undefined { return entry.mailboxGuid === undefined ? undefined : this.mailboxByGuid(entry.mailboxGuid); }

  mailboxByAddress(address: string): Mailbox | undefined {
    const entry = this.#directory.byAddress(address);
    return entry && this.mailboxOf(entry);
  }

  get publicFolders(): Mailbox | undefined {
    const holder = this.#directory.list().find(({ recipientType }) => recipientType === 'PublicFolderMailbox');
    return holder && this.mailboxOf(holder);
  }

  mailboxByGuid(guid: string): Mailbox | undefined { return this.#mailboxes.get(guid.toLowerCase()); }

  async add(entry: NewEntry): Promise<DirectoryEntry> {
    this.#checkOpen();
    const added = this.#directory.add(entry);
    if (added.mailboxGuid !== undefined) this.#mailboxes.set(added.mailboxGuid, await this.#openMailbox(added, added.mailboxGuid));
    return added;
  }

  async #openMailbox(owner: DirectoryEntry, guid: string): Promise<Mailbox> {
    const ids = this.ids.fork(`mailbox ${guid}`);
    return createMailbox({
      guid, ids, ownerId: owner.id, replicaGuid: ids.fork('replica').uuid(), kind: kindOf(owner), maxMessageBytes: this.maxMessageBytes,
      directory: this.#directory, transport: this.#transport, clock: this.clock, store: this.#options.store?.(guid),
      hold: () => this.#discovery.holdOn(owner.id),
    });
  }

  async deliver(message: Uint8Array | string, envelope: { readonly to: readonly string[]; readonly from?: string | undefined }): Promise<void> {
    this.#checkOpen();
    await this.#lifecycle.track(this.#transport.receive(message, envelope));
  }

  settle(): Promise<void> { return this.#transport.settle(); }

  async snapshot(): Promise<OrganizationSnapshot> {
    await this.settle();
    const mailboxes = new Map<string, MailboxSnapshot>();
    for (const [guid, mailbox] of this.#mailboxes) mailboxes.set(guid, await mailbox.snapshot());
    const snapshot: OrganizationSnapshot = { kind: 'organization-snapshot' };
    this.#moments.set(snapshot, {
      mailboxes, directory: this.#directory.snapshot(), outbox: this.#outbox.snapshot(), tracking: this.#tracking.snapshot(), discovery: this.#discovery.snapshot(), ids: this.ids.state(), transportIds: this.#transportIds.state(),
    });
    return snapshot;
  }

  async restore(snapshot: OrganizationSnapshot): Promise<void> {
    const moment = this.#moments.get(snapshot);
    if (!moment) throw new DirectoryError('SnapshotExpired', 'this snapshot is of another organization', 'snapshot');
    // What is on its way arrives before, and goes with the rest.
    const arrived = await Promise.allSettled([this.settle()]);
    this.#directory.restore(moment.directory);
    for (const [guid, mailbox] of this.#mailboxes) {
      const then = moment.mailboxes.get(guid);
      if (then) await mailbox.restore(then);
      else { this.#mailboxes.delete(guid); await mailbox.close(); }
    }
    this.#outbox.restore(moment.outbox);
    this.#tracking.restore(moment.tracking);
    this.#discovery.restore(moment.discovery);
    this.ids.restore(moment.ids);
    this.#transportIds.restore(moment.transportIds);
    if (arrived[0].status === 'rejected') throw arrived[0].reason;
  }

  async reset(): Promise<void> {
    if (this.#seeded) await this.restore(this.#seeded);
  }

  async clear(): Promise<void> {
    await this.settle();
    for (const mailbox of this.mailboxes()) await mailbox.clear();
    this.#outbox.clear();
    this.#tracking.clear();
  }

  async close(): Promise<void> {
    if (this.#lifecycle.isClosed) return this.#lifecycle.close();
    for (const mailbox of this.#mailboxes.values()) this.#lifecycle.defer(() => mailbox.close());
    // First to be done, being the last to be deferred: nothing may arrive in a closed store.
    this.#lifecycle.defer(() => this.settle());
    return this.#lifecycle.close();
  }

  #checkOpen(): void {
    if (this.#lifecycle.isClosed) throw new MailboxError('MailboxNotFound', 'the organization is closed');
  }
}

/** Throws DirectoryError EntryNotFound for an address that nobody has. */
function savedSearch({ name, query = '', mailboxes = [], isOnHold = false, language }: NewDiscoverySearch, directory: Directory): Parameters<DiscoverySearches['put']>[0] {
  const sources = mailboxes.map((address) => {
    const entry = directory.byAddress(address);
    if (!entry) throw new DirectoryError('EntryNotFound', 'a discovery search of an address that nobody has', address);
    return entry.id;
  });
  return { name, query, sources, language, hold: isOnHold ? {} : undefined };
}

function kindOf({ recipientType, hasArchive }: DirectoryEntry): MailboxKind {
  if (recipientType === 'PublicFolderMailbox') return 'public';
  return hasArchive ? 'withArchive' : 'primary';
}

interface Surroundings extends RuleSurroundings {
  mailboxOf(entry: DirectoryEntry): Mailbox | undefined;
}

/** The calendar first, and copies for delegates; into the inbox, and on from there: rules, then what was asked for the conversation. */
async function deliver(mailbox: Mailbox, draft: ItemDraft, surroundings: Surroundings): Promise<void> {
  const received = await receiveMeeting(mailbox, draft, surroundings.directory);
  for (const copy of received.copies) {
    const delegate = surroundings.mailboxOf(copy.receiver);
    const folderId = delegate?.wellKnown('inbox');
    if (delegate && folderId !== undefined) await delegate.openAsSystem().createItem(folderId, copy.draft, { isDelivery: true });
  }
  const place = mailbox.wellKnown(received.folder);
  if (place === undefined) throw new MailboxError('FolderNotFound', 'a mailbox without an inbox');
  const system = mailbox.openAsSystem();
  if (received.folder !== 'inbox') return void (await system.createItem(place, received.draft, { isDelivery: true }));
  const arrivesIn = (await receiveFolderOf(system, received.draft.itemClass))?.folderId ?? place;
  const item = await system.createItem(arrivesIn, received.draft, { isDelivery: true });
  const left = await runRules(mailbox, item, surroundings);
  if (left?.folderId === place) await applyConversationAction(mailbox, left);
  await answerAbsence(mailbox, item, surroundings.directory);
}
