import { MailboxError, type Cursor, type Item, type ItemId, type MailboxSession } from '@fauxchange/mailbox';
import type { PropertyValue } from '@fauxchange/properties';
import type { CommandContext } from '../context.ts';
import type { ServerCommand } from '../schema/sync.ts';
import type { Collection, FirstRound, SyncGeneration } from './collection.ts';
import { filterStart } from './filter-time.ts';
import { serverIdOf, type ItemClass, type ItemFilter } from './item-class.ts';

/** What the client is told in one answer, and the state after it. */
export interface Told {
  readonly commands: readonly ServerCommand[];
  readonly hasMore: boolean;
  readonly next: Pick<SyncGeneration, 'cursor' | 'firstRound' | 'asOf' | 'filterFrom'>;
  readonly added: ReadonlySet<ItemId>;
  readonly removed: ReadonlySet<ItemId>;
}

type Finding = { readonly kind: 'Add' | 'Change' | 'ReadFlag'; readonly item: Item } | { readonly kind: 'Delete' | 'SoftDelete'; readonly id: ItemId };

/** Changes that are looked at in one go. */
const page = 256;
/** Filters are looked at again when their beginning has moved by as much: it moves with the clock. */
const filterStep = 3_600_000;

/** Walks what the server has to tell about one collection, as much as the window takes. */
export class ServerChanges {
  readonly #collection: Collection;
  readonly #from: SyncGeneration;
  readonly #own: ReadonlyMap<ItemId, number>;
  readonly #itemClass: ItemClass;
  readonly #context: CommandContext;
  readonly #session: MailboxSession;
  readonly #filterFrom: number | undefined;
  readonly #filter: ItemFilter;
  /** Conversations that reach into the filter's time: all of them belongs into it. */
  #recent: ReadonlySet<PropertyValue> | undefined;
  /** What the client has got and lost since the key that it named, by its own commands and by this answer. */
  readonly #added: Set<ItemId>;
  readonly #removed: Set<ItemId>;
  readonly #found = new Set<ItemId>();
  readonly #findings: Finding[] = [];
  #cursor: Cursor | undefined;
  #firstRound: FirstRound | undefined;
  #expiredUpTo: number | undefined;

  /** @param applied the client's own changes: those not to be told back, and the items that it made and deleted by them */
  constructor(collection: Collection, from: SyncGeneration, applied: Pick<SyncGeneration, 'own' | 'added' | 'removed'>, itemClass: ItemClass, context: CommandContext) {
    this.#collection = collection;
    this.#added = new Set(applied.added);
    this.#removed = new Set(applied.removed);
    this.#from = from;
    this.#own = applied.own;
    this.#itemClass = itemClass;
    this.#context = context;
    this.#session = context.session;
    this.#filterFrom = filterStart(collection.options.filterType, context.clock.now());
    this.#filter = itemClass.filter(collection.options, this.#filterFrom);
    this.#cursor = from.cursor;
    this.#firstRound = from.firstRound;
    this.#expiredUpTo = from.filterFrom;
  }

  /** Up to `window` commands. */
  async tell(window: number): Promise<Told> {
    const asOf = this.#session.mailbox.events.latest;
    const hasMore = await this.#collect(window);
    return {
      commands: await this.#encode(),
      hasMore,
      next: { cursor: this.#cursor, firstRound: this.#firstRound, asOf, filterFrom: this.#expiredUpTo },
      added: this.#added,
      removed: this.#removed,
    };
  }

  /** How many changes wait. */
  async count(): Promise<number> {
    await this.#collect(Number.MAX_SAFE_INTEGER);
    return this.#findings.length;
  }

  /** Whether anything waits: as little as possible is looked at. */
  async hasAny(): Promise<boolean> {
    return (await this.#collect(0)) || this.#findings.length > 0;
  }

  /** Fills the window; true when something is left. */
  async #collect(window: number): Promise<boolean> {
    if (this.#context.device.access !== 'allowed') return false;
    this.#recent = await this.#recentConversations();
    if (!this.#firstRound && this.#walksFirst()) await this.#begin();
    if (this.#firstRound && (await this.#walkNewestFirst(window))) return true;
    if (await this.#expire(window)) return true;
    if (await this.#completeConversations(window)) return true;
    return this.#walkChanges(window);
  }

  /** Mail is told newest first, all else in the order of its changes; a filter that now reaches back further finds what it left out. */
  #walksFirst(): boolean {
    if (this.#cursor === undefined) return this.#collection.className === 'Email';
    const before = this.#from.filterFrom;
    return before !== undefined && (this.#filterFrom === undefined || this.#filterFrom < before - filterStep);
  }

  async #begin(): Promise<void> {
    const { deletedCount } = await this.#session.folder(this.#collection.folderId);
    this.#firstRound = { since: this.#cursor ?? (await this.#session.latest()), offset: 0, deletedCount };
    this.#expiredUpTo = this.#filterFrom;
  }

  async #walkNewestFirst(window: number): Promise<boolean> {
    const { folderId } = this.#collection;
    const round = this.#firstRound as FirstRound;
    const { deletedCount } = await this.#session.folder(folderId);
    let offset = Math.max(0, round.offset - (deletedCount - round.deletedCount));
    for (;;) {
      const { items, isLast } = await this.#session.query([folderId], { offset, limit: Math.min(page, window - this.#findings.length + 1) });
      for (const item of items) {
        const time = item.bag.get('PidTagMessageDeliveryTime');
        if (this.#collection.className === 'Email' && this.#filterFrom !== undefined && typeof time === 'number' && time < this.#filterFrom) return this.#endFirstRound(round);
        if (this.#has(item.id) || !this.#isShown(item)) offset += 1;
        else if (this.#findings.length >= window) {
          this.#firstRound = { ...round, offset, deletedCount };
          return true;
        } else {
          offset += 1;
          this.#find(item, false);
        }
      }
      if (isLast || items.length === 0) return this.#endFirstRound(round);
    }
  }

  #endFirstRound({ since }: FirstRound): false {
    this.#cursor = since;
    this.#firstRound = undefined;
    return false;
  }

  /** What has become too old for the filter leaves the device, [MS-ASCMD] 2.2.3.172. */
  async #expire(window: number): Promise<boolean> {
    const [before, now] = [this.#expiredUpTo, this.#filterFrom];
    if (now === undefined) this.#expiredUpTo = undefined;
    if (now === undefined || (before !== undefined && now - before < filterStep)) return false;
    if (before !== undefined || this.#collection.heldCount > 0) {
      const ids = [...this.#collection.held()].filter((id) => !this.#removed.has(id));
      for (let at = 0; at < ids.length; at += page) {
        for (const item of await this.#session.items(ids.slice(at, at + page))) {
          if (item instanceof MailboxError || item.folderId !== this.#collection.folderId || this.#accepts(item)) continue;
          if (this.#findings.length >= window) return true;
          this.#drop(item.id, 'SoftDelete');
        }
      }
    }
    this.#expiredUpTo = now;
    return false;
  }

  async #walkChanges(window: number): Promise<boolean> {
    const { folderId } = this.#collection;
    for (;;) {
      const room = window - this.#findings.length;
      const changes = await this.#session.changes(folderId, this.#cursor, Math.max(1, Math.min(page, room)));
      if ('expired' in changes) throw new StateLost();
      const items = new Map<ItemId, Item>();
      for (const item of await this.#session.items(changes.changes.filter(({ kind }) => kind !== 'removed').map(({ id }) => id))) if (!(item instanceof MailboxError)) items.set(item.id, item);
      const before = this.#findings.length;
      for (const { kind, id, isAssociated } of changes.changes) if (!isAssociated) this.#judge(kind, id, items.get(id));
      if (this.#findings.length > window) {
        // One more than there is room for: that there is more is all that is to be known of it.
        this.#takeBack(before);
        return true;
      }
      this.#cursor = changes.cursor;
      if (!changes.more) return false;
    }
  }

  /** Only a window that was full met one too many, so that page told one thing: it will be told again. */
  #takeBack(length: number): void {
    for (const finding of this.#findings.splice(length)) {
      const id = 'item' in finding ? finding.item.id : finding.id;
      this.#found.delete(id);
      if (finding.kind === 'Add') this.#added.delete(id);
      if (finding.kind === 'Delete' || finding.kind === 'SoftDelete') this.#removed.delete(id);
    }
  }

  #judge(kind: string, id: ItemId, item: Item | undefined): void {
    if (!item) {
      if (this.#has(id)) this.#drop(id, 'Delete');
      return;
    }
    if (this.#own.get(id) === item.cn) return;
    if (this.#isShown(item)) this.#find(item, kind === 'readFlag');
    else if (this.#has(id)) this.#drop(id, 'SoftDelete');
  }

  #isShown(item: Item): boolean {
    return this.#itemClass.shows(item) && this.#accepts(item);
  }

  #accepts(item: Item): boolean {
    return this.#filter.accepts(item) || this.#recent?.has(item.bag.get('PidTagConversationId') ?? '') === true;
  }

  /** [MS-ASCON] 3.1.4.9 */
  async #recentConversations(): Promise<ReadonlySet<PropertyValue> | undefined> {
    const { className, folderId, options } = this.#collection;
    if (!options.conversationMode || className !== 'Email' || this.#filterFrom === undefined) return undefined;
    const { items } = await this.#session.query([folderId], { restriction: { kind: 'compare', property: 'PidTagMessageDeliveryTime', operator: 'ge', value: this.#filterFrom }, limit: Number.MAX_SAFE_INTEGER });
    return new Set(items.flatMap(({ bag }) => bag.get('PidTagConversationId') ?? []));
  }

  /** What is older than the filter and not yet there, of conversations that reach into its time. */
  async #completeConversations(window: number): Promise<boolean> {
    if (!this.#recent || this.#filterFrom === undefined) return false;
    const { items } = await this.#session.query([this.#collection.folderId], { restriction: { kind: 'compare', property: 'PidTagMessageDeliveryTime', operator: 'lt', value: this.#filterFrom }, limit: Number.MAX_SAFE_INTEGER });
    for (const item of items) {
      if (this.#has(item.id) || !this.#isShown(item)) continue;
      if (this.#findings.length >= window) return true;
      this.#find(item, false);
    }
    return false;
  }

  #has(id: ItemId): boolean {
    return !this.#removed.has(id) && (this.#added.has(id) || this.#collection.holds(id));
  }

  #find(item: Item, isReadFlag: boolean): void {
    if (this.#found.has(item.id)) return;
    this.#found.add(item.id);
    const isNew = !this.#has(item.id);
    if (isNew) this.#added.add(item.id);
    this.#findings.push({ kind: isNew ? 'Add' : isReadFlag ? 'ReadFlag' : 'Change', item });
  }

  #drop(id: ItemId, kind: 'Delete' | 'SoftDelete'): void {
    this.#added.delete(id);
    this.#removed.add(id);
    this.#findings.push({ kind, id });
  }

  async #encode(): Promise<readonly ServerCommand[]> {
    const { collectionId, options } = this.#collection;
    const commands: ServerCommand[] = [];
    for (const finding of this.#findings) {
      if (!('item' in finding)) {
        this.#collection.told.drop(finding.id);
        commands.push([finding.kind as 'Delete', { ServerId: serverIdOf(collectionId, finding.id) }]);
        continue;
      }
      const { kind, item } = finding;
      const before = kind === 'Add' ? undefined : this.#collection.told.before(item.id);
      const view = { item, session: this.#session, collectionId, options, context: this.#context };
      const part = before && this.#itemClass.encodeChange?.(before, view);
      if (this.#itemClass.encodeChange) this.#collection.told.tell(item);
      if (part && Object.keys(part).length === 0) continue;
      const ApplicationData = part ?? (kind === 'ReadFlag' && !before ? this.#itemClass.encodeReadFlag?.(item) : undefined) ?? (await this.#itemClass.encode(view));
      const ServerId = serverIdOf(collectionId, item.id);
      // Microsoft's schema has no class in an Add: there the message's own class says what it is.
      commands.push(kind === 'Add' ? ['Add', { ServerId, ApplicationData }] : ['Change', { Class: this.#itemClass.otherClass?.(item), ServerId, ApplicationData }]);
    }
    return commands;
  }
}

/** The changes since the client's state are not known any more: it has to begin with key 0. */
export class StateLost extends Error {
  override readonly name = 'StateLost';
}
