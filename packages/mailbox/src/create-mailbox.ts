import type { Clock, IdSource } from '@fauxchange/kernel';
import { EventRing } from './changes/event-ring.ts';
import type { MailboxEvents } from './changes/events.ts';
import type { Directory, DirectoryEntry } from './directory/directory.ts';
import { MailboxError } from './errors.ts';
import type { WellKnownFolderName } from './folders/distinguished.ts';
import { newFolderCount, newFolders, type MailboxKind } from './folders/new-mailbox.ts';
import type { FolderId } from './ids.ts';
import type { Item } from './items/item.ts';
import type { Mailbox, MailboxSnapshot } from './mailbox.ts';
import { accessorOf } from './permissions/accessor-of.ts';
import { systemAccessor } from './permissions/accessor.ts';
import type { MailboxSession } from './session/mailbox-session.ts';
import type { MailboxCore } from './session/scope.ts';
import { SearchFolderCounts } from './session/search-folder.ts';
import { Session } from './session/session.ts';
import { createMemoryStore } from './store/memory/memory-store.ts';
import type { MailboxStore } from './store/mailbox-store.ts';
import type { Transport } from './transport/transport.ts';

/** 36 MiB: what an Exchange connector takes by default ([K]). */
export const MAX_MESSAGE_BYTES: number = 36 * 1024 * 1024;

export interface MailboxOptions {
  readonly guid: string;
  readonly replicaGuid: string;
  /** Directory id of the owner, who must be in the directory as long as the mailbox is used. */
  readonly ownerId: string;
  readonly directory: Directory;
  readonly transport: Transport;
  readonly clock: Clock;
  /** A source for this mailbox alone: its state goes into snapshots. */
  readonly ids: IdSource;
  /** Default: a new one in memory. One that has folders already is taken as it is. */
  readonly store?: MailboxStore | undefined;
  /** Which folders it is born with; default `primary`. */
  readonly kind?: MailboxKind | undefined;
  readonly maxMessageBytes?: number | undefined;
  /** Which items of it a hold keeps; undefined where none is on it, as by default. */
  readonly hold?: (() => ((item: Item) => boolean) | undefined) | undefined;
  /** How many events are kept for readers that fall behind; default 10,000. */
  readonly maxEvents?: number | undefined;
}

class StoredMailbox implements Mailbox {
  readonly #options: MailboxOptions;
  readonly #events: EventRing;
  readonly #core: MailboxCore;
  #wellKnown: ReadonlyMap<WellKnownFolderName, FolderId>;
  readonly store: MailboxStore;

  constructor(options: MailboxOptions, store: MailboxStore, facts: { readonly cn: number; readonly wellKnown: ReadonlyMap<WellKnownFolderName, FolderId> }) {
    const { clock, ids, directory, transport } = options;
    this.#options = options;
    this.#wellKnown = facts.wellKnown;
    this.#events = new EventRing({ latest: facts.cn, capacity: options.maxEvents });
    this.store = store;
    this.#core = {
      mailbox: this, store, events: this.#events, clock, ids, directory, transport,
      maxMessageBytes: options.maxMessageBytes ?? MAX_MESSAGE_BYTES,
      counts: new SearchFolderCounts(store),
      hold: options.hold ?? (() => undefined),
      addWellKnown: (name, id) => { this.#wellKnown = new Map([...this.#wellKnown, [name, id]]); },
    };
  }

  get guid(): string {
    return this.#options.guid;
  }

  get replicaGuid(): string {
    return this.#options.replicaGuid;
  }

  get clock(): Clock {
    return this.#options.clock;
  }

  get events(): MailboxEvents {
    return this.#events;
  }

  get isPublic(): boolean {
    return this.#wellKnown.has('publicroot');
  }

  get owner(): DirectoryEntry {
    const entry = this.#options.directory.byId(this.#options.ownerId);
    if (entry === undefined) throw new MailboxError('MailboxNotFound', 'The owner of the mailbox has left the directory.', this.#options.ownerId);
    return entry;
  }

  wellKnown(name: WellKnownFolderName): FolderId | undefined {
    return this.#wellKnown.get(name);
  }

  openAs(entry: DirectoryEntry): MailboxSession {
    return new Session({ ...this.#core, accessor: accessorOf(this.#options.directory, this.owner, entry) });
  }

  openAsSystem(): MailboxSession {
    return new Session({ ...this.#core, accessor: systemAccessor });
  }

  async snapshot(): Promise<MailboxSnapshot> {
    return { store: await this.store.snapshot(), ids: this.#options.ids.state() };
  }

  async restore(snapshot: MailboxSnapshot): Promise<void> {
    await this.store.restore(snapshot.store);
    this.#wellKnown = await wellKnownIn(this.store);
    this.#options.ids.restore(snapshot.ids);
    this.#events.rewind(snapshot.store.cn);
    this.#core.counts.forget();
  }

  async clear(): Promise<void> {
    const system = this.openAsSystem();
    const folders = await this.store.folders();
    // The folders it was born with have the first ids, the root the very first.
    const kind: MailboxKind = this.isPublic ? 'public' : this.#wellKnown.has('archiveroot') ? 'withArchive' : 'primary';
    const lastBorn = (this.#wellKnown.get(this.isPublic ? 'publicroot' : 'root') ?? 0) + newFolderCount(kind) - 1;
    for (const { id, wellKnown } of folders) {
      if (id > lastBorn && wellKnown === undefined && (await this.store.folder(id)) !== undefined) await system.removeFolder(id, 'hard');
    }
    const left = await this.store.folders();
    const items = await this.store.find({ folderIds: left.map(({ id }) => id), table: 'both', restriction: { kind: 'always' } });
    await system.removeItems(items.map(({ id }) => id), 'hard');
  }

  close(): Promise<void> {
    return this.store.close();
  }
}

/**
 * Opens a mailbox over its store; a store that is empty gets the folders that a new mailbox of Exchange has.
 *
 * @example
 * const mailbox = await createMailbox({ guid, replicaGuid, ownerId: alice.id, directory, transport, clock, ids });
 * const inbox = await mailbox.openAs(alice).distinguished('inbox');
 */
export async function createMailbox(options: MailboxOptions): Promise<Mailbox> {
  const store = options.store ?? createMemoryStore({ clock: options.clock });
  if ((await store.folders()).length === 0) {
    const kind = options.kind ?? 'primary';
    const result = await store.commitFolders(newFolders(await store.reserveIds(newFolderCount(kind)), kind));
    if (!('cn' in result)) throw new Error('A new mailbox could not be given its folders.');
  }
  return new StoredMailbox(options, store, { cn: await store.currentCn(), wellKnown: await wellKnownIn(store) });
}

async function wellKnownIn(store: MailboxStore): Promise<ReadonlyMap<WellKnownFolderName, FolderId>> {
  const wellKnown = new Map<WellKnownFolderName, FolderId>();
  for (const folder of await store.folders()) if (folder.wellKnown !== undefined) wellKnown.set(folder.wellKnown, folder.id);
  return wellKnown;
}
