import { MailboxError, type Item, type ItemId } from '@fauxchange/mailbox';
import { ShapeViolation } from '@fauxchange/wbxml';
import { parseServerId } from '../../collections.ts';
import type { CommandContext } from '../../context.ts';
import { EasStatusError } from '../../errors.ts';
import type { ApplicationData } from '../../schema/application-data.ts';
import type { ClientCommand, CommandResponse } from '../../schema/sync.ts';
import type { Collection, SyncGeneration } from '../../sync/collection.ts';
import { serverIdOf, type ItemClass } from '../../sync/item-class.ts';
import { syncStatus } from '../../sync/sync-status.ts';

/** What the client's commands of one request did. */
export interface Applied {
  readonly responses: readonly CommandResponse[];
  /** Change numbers that the client caused. */
  readonly own: ReadonlyMap<ItemId, number>;
  readonly added: ReadonlySet<ItemId>;
  readonly removed: ReadonlySet<ItemId>;
  readonly addedByClient: ReadonlyMap<string, string>;
  readonly deletedByClient: ReadonlySet<string>;
}

type Part<N extends ClientCommand[0]> = Extract<ClientCommand, readonly [N, unknown]>[1];

/** Does what the client asks of one collection; what fails is told, and the rest goes on. */
export class ClientCommands {
  readonly #collection: Collection;
  readonly #from: SyncGeneration;
  readonly #itemClass: ItemClass;
  readonly #context: CommandContext;
  readonly #deletesAsMoves: boolean;
  readonly #responses: CommandResponse[] = [];
  readonly #own = new Map<ItemId, number>();
  readonly #added = new Set<ItemId>();
  readonly #removed = new Set<ItemId>();
  readonly #addedByClient = new Map<string, string>();
  readonly #deletedByClient = new Set<string>();

  constructor(collection: Collection, from: SyncGeneration, itemClass: ItemClass, context: CommandContext, deletesAsMoves: boolean) {
    this.#collection = collection;
    this.#from = from;
    this.#itemClass = itemClass;
    this.#context = context;
    this.#deletesAsMoves = deletesAsMoves;
  }

  async apply(commands: readonly ClientCommand[]): Promise<Applied> {
    for (const command of commands) {
      if (command[0] === 'Add') await this.#add(command[1]);
      else if (command[0] === 'Change') await this.#change(command[1]);
      else if (command[0] === 'Delete') await this.#delete(command[1]);
      else await this.#fetch(command[1]);
    }
    return { responses: this.#responses, own: this.#own, added: this.#added, removed: this.#removed, addedByClient: this.#addedByClient, deletedByClient: this.#deletedByClient };
  }

  async #add({ Class, ClientId, ApplicationData, 'Email2:Send': send }: Part<'Add'>): Promise<void> {
    const before = this.#from.addedByClient.get(ClientId) ?? this.#addedByClient.get(ClientId);
    if (before !== undefined) return this.#repeatAdd(ClientId, before);
    await this.#answer((Status) => this.#responses.push(['Add', { Class, ClientId, Status }]), async () => {
      const { item, told } = await this.#itemClass.create(wellFormed(ApplicationData), this.#place, send === true, Class);
      const ServerId = serverIdOf(this.#collection.collectionId, item.id);
      this.#mine(item);
      if (item.folderId === this.#collection.folderId) this.#added.add(item.id);
      this.#addedByClient.set(ClientId, ServerId);
      this.#responses.push(['Add', { Class: this.#itemClass.otherClass?.(item), ClientId, ServerId, Status: syncStatus.success, ApplicationData: told }]);
    });
  }

  /** The same Add again, because its answer was lost: nothing is made twice. */
  #repeatAdd(ClientId: string, ServerId: string): void {
    const id = parseServerId(ServerId)?.id;
    const cn = id === undefined ? undefined : this.#from.own.get(id);
    if (id !== undefined) this.#added.add(id);
    if (id !== undefined && cn !== undefined) this.#own.set(id, cn);
    this.#addedByClient.set(ClientId, ServerId);
    this.#responses.push(['Add', { ClientId, ServerId, Status: syncStatus.success }]);
  }

  async #change({ Class, ServerId, ApplicationData, 'AirSyncBase:InstanceId': instanceId, 'Email2:Send': send }: Part<'Change'>): Promise<void> {
    const refuse = (Status: number): unknown => this.#responses.push(['Change', { Class, ServerId, 'AirSyncBase:InstanceId': instanceId, Status }]);
    await this.#answer(refuse, async () => {
      const item = await this.#item(ServerId);
      if (this.#isInConflict(item)) {
        if (this.#collection.options.conflict === 1) throw new EasStatusError(syncStatus.conflict, 'The server has a newer version.');
      }
      const { item: after, told } = await this.#itemClass.update(item, wellFormed(ApplicationData ?? {}), this.#place, { instanceId, isSent: send === true });
      this.#mine(after);
      // A draft that is sent leaves the folder.
      if (after.folderId !== this.#collection.folderId) this.#removed.add(item.id);
      if (told) this.#responses.push(['Change', { ServerId, 'AirSyncBase:InstanceId': instanceId, Status: syncStatus.success, ApplicationData: told }]);
    });
  }

  /** Changed by somebody else since the client last heard of it. */
  #isInConflict(item: Item): boolean {
    return this.#itemClass.hasConflicts && item.contentCn > this.#from.asOf && this.#from.own.get(item.id) !== item.cn && this.#own.get(item.id) !== item.cn;
  }

  async #delete({ ServerId, 'AirSyncBase:InstanceId': instanceId }: Part<'Delete'>): Promise<void> {
    if (instanceId === undefined && this.#from.deletedByClient.has(ServerId)) {
      const id = parseServerId(ServerId)?.id;
      if (id !== undefined) this.#removed.add(id);
      this.#deletedByClient.add(ServerId);
      return;
    }
    await this.#answer((Status) => this.#responses.push(['Delete', { ServerId, 'AirSyncBase:InstanceId': instanceId, Status }]), async () => {
      const item = await this.#item(ServerId);
      if (instanceId !== undefined) return this.#removeInstance(item, instanceId);
      await this.#itemClass.beforeRemoval?.(item, this.#place);
      const { session } = this.#context;
      const isInDeletedItems = session.mailbox.wellKnown('deleteditems') === this.#collection.folderId;
      const [result] = await session.removeItems([item.id], this.#deletesAsMoves && !isInDeletedItems ? 'moveToDeletedItems' : 'soft');
      if (result instanceof MailboxError) throw result;
      this.#removed.add(item.id);
      this.#deletedByClient.add(ServerId);
    });
  }

  async #removeInstance(item: Item, instanceId: string): Promise<void> {
    if (!this.#itemClass.removeInstance) throw new EasStatusError(syncStatus.protocolError, 'Only appointments have instances.');
    await this.#itemClass.removeInstance(item, instanceId, this.#place);
    await this.#mineAgain(item.id);
  }

  /** An item whole, as Options ask for it. */
  async #fetch({ ServerId }: Part<'Fetch'>): Promise<void> {
    await this.#answer((Status) => this.#responses.push(['Fetch', { ServerId, Status }]), async () => {
      const { collectionId, options } = this.#collection;
      const whole = { ...options, bodyPreferences: options.bodyPreferences.map((one) => ({ ...one, truncationSize: undefined })), mimeTruncation: undefined, truncation: undefined };
      const item = await this.#item(ServerId);
      const view = { item, session: this.#context.session, collectionId, options: whole, context: this.#context };
      this.#responses.push(['Fetch', { ServerId, Status: syncStatus.success, ApplicationData: await this.#itemClass.encode(view) }]);
    });
  }

  get #place(): { readonly session: CommandContext['session']; readonly collection: Collection; readonly context: CommandContext } {
    return { session: this.#context.session, collection: this.#collection, context: this.#context };
  }

  async #item(serverId: string): Promise<Item> {
    const place = parseServerId(serverId);
    const [item] = place?.collectionId === this.#collection.collectionId ? await this.#context.session.items([place.id]) : [];
    if (!item || item instanceof MailboxError || item.folderId !== this.#collection.folderId) throw new EasStatusError(syncStatus.notFound, `There is no item ${serverId}.`);
    return item;
  }

  #mine(item: Item): void {
    this.#own.set(item.id, item.cn);
    if (this.#itemClass.encodeChange) this.#collection.told.tell(item);
  }

  async #mineAgain(id: ItemId): Promise<void> {
    const [item] = await this.#context.session.items([id]);
    if (item && !(item instanceof MailboxError)) this.#mine(item);
  }

  async #answer(refuse: (status: number) => unknown, action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (thrown) {
      if (thrown instanceof EasStatusError) refuse(thrown.status);
      else if (thrown instanceof MailboxError) refuse(statusByCode[thrown.code] ?? syncStatus.serverError);
      else throw thrown;
    }
  }
}

function wellFormed(data: ApplicationData | ShapeViolation): ApplicationData {
  if (data instanceof ShapeViolation) throw new EasStatusError(syncStatus.conversionError, data.message);
  return data;
}

const statusByCode: Partial<Readonly<Record<MailboxError['code'], number>>> = {
  ItemNotFound: syncStatus.notFound, InvalidProperty: syncStatus.conversionError, QuotaExceeded: syncStatus.outOfSpace, MessageTooLarge: syncStatus.conversionError,
  ItemChanged: syncStatus.conflict,
};
