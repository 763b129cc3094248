import { MailboxError, valueOf, type Item, type LoggedItem } from '@fauxchange/mailbox';
import { property as propertyNamed, propertyTypes, type Property, type PropertyName, type PropertyValue } from '@fauxchange/properties';
import { GlobSet, metaTagOfStream, propertyType, streamRoots, type MessageChange, type PropList, type StreamElement } from '@fauxchange/mapi-wire';
import { sourceKeyOf } from '../mapping/entry-ids.ts';
import { idBytes } from '../mapping/id-sets.ts';
import { itemValue } from '../mapping/item-values.ts';
import { messageContentOf } from '../mapping/stream-message.ts';
import { streamProperty, TagFilter } from '../mapping/stream-properties.ts';
import { contentsChanges, type ContentsChanges } from '../synchronization/contents-changes.ts';
import { has, syncExtraFlag, syncFlag } from '../synchronization/sync-options.ts';
import { allUpTo, stateElement, type SyncState } from '../synchronization/sync-state.ts';
import { SynchronizationObject } from './synchronization-object.ts';

const BATCH = 50;
/** [MS-OXCFXICS] 2.2.4.3.14, in that order; then the conditional ones. */
const header: readonly PropertyName[] = ['PidTagSourceKey', 'PidTagLastModificationTime', 'PidTagChangeKey', 'PidTagPredecessorChangeList', 'PidTagAssociated'];
const ofHeader: ReadonlySet<PropertyName> = new Set(header);
/** Tags of progress: types and no ids, [MS-OXCFXICS] 2.2.4.3.18 and 2.2.4.3.19. */
const bare = { binary: propertyType.Binary, number: propertyType.Integer32, boolean: propertyType.Boolean } as const;
const progressSize = 32;

/** The synchronization of the messages of a folder. */
export class ContentsSynchronization extends SynchronizationObject {
  #count = 1;
  readonly #told = { normal: [] as number[], fai: [] as number[], read: [] as number[], ids: [] as number[] };

  protected override get stepCount(): number {
    return this.#count;
  }

  #has(flag: number): boolean {
    return has(this.options.flags, flag);
  }

  protected override async *steps(): AsyncIterable<Iterable<StreamElement>> {
    const { options: { folderId, restriction }, logon } = this;
    const hasDeletions = !this.#has(syncFlag.NoDeletions);
    const changes = await contentsChanges(logon.session, this.initial, {
      folderId, restriction, hasDeletions, hasNormal: this.#has(syncFlag.Normal), hasFai: this.#has(syncFlag.FAI), hasReadState: this.#has(syncFlag.ReadState),
      hasOutOfScope: hasDeletions && !this.#has(syncFlag.IgnoreNoLongerInScope), neverUsed: logon.localIds.neverUsed(folderId),
    });
    this.#count = changes.changed.length + 1;
    const hasProgress = this.#has(syncFlag.Progress);
    const changed = await this.#ordered(changes.changed);
    if (hasProgress) yield [{ marker: 'IncrSyncProgressMode' }, ...await this.#progressTotal(changed)];
    for (let at = 0; at < changed.length; at += BATCH) {
      for (const item of await this.#read(changed.slice(at, at + BATCH))) yield this.#changeElements(await this.#messageChange(item, hasProgress));
    }
    yield this.#end(changes);
  }

  /** Items as they are now; those that have gone meanwhile are told the next time. */
  async #read(entries: readonly LoggedItem[]): Promise<readonly Item[]> {
    const items = await this.logon.session.items(entries.map(({ id }) => id));
    return items.filter((item): item is Item => !(item instanceof MailboxError) && item.folderId === this.options.folderId);
  }

  /** Newest first where that is asked for: [MS-OXCFXICS] 3.2.5.9.1.1. */
  async #ordered(entries: readonly LoggedItem[]): Promise<readonly LoggedItem[]> {
    if (!has(this.options.extraFlags, syncExtraFlag.OrderByDeliveryTime)) return entries;
    const times = new Map<number, number>();
    for (const item of await this.#read(entries)) times.set(item.id, Number(valueOf(item, 'PidTagMessageDeliveryTime') ?? valueOf(item, 'PidTagLastModificationTime') ?? 0));
    return entries.toSorted((one, other) => (times.get(other.id) ?? 0) - (times.get(one.id) ?? 0));
  }

  /** ProgressInformation, [MS-OXCFXICS] 2.2.2.7. */
  async #progressTotal(entries: readonly LoggedItem[]): Promise<PropList> {
    const items = await this.#read(entries);
    const [fai, normal] = [items.filter(({ isAssociated }) => isAssociated), items.filter(({ isAssociated }) => !isAssociated)];
    const bytes = Buffer.alloc(progressSize);
    const size = (all: readonly Item[]): bigint => BigInt(all.reduce((sum, item) => sum + sizeOf(item), 0));
    bytes.writeUInt32LE(fai.length, 4);
    bytes.writeBigUInt64LE(size(fai), 8);
    bytes.writeUInt32LE(normal.length, 16);
    bytes.writeBigUInt64LE(size(normal), 24);
    return [{ tag: bare.binary, value: bytes }];
  }

  async #messageChange(item: Item, hasProgress: boolean): Promise<MessageChange> {
    const { options: { form, filter, extraFlags, flags } } = this;
    const isWhole = item.isAssociated && filter.isOnly && has(flags, syncFlag.IgnoreSpecifiedOnFAI);
    const parent = this.#one('PidTagParentSourceKey', item);
    const content = await messageContentOf(item, { form, filter: isWhole ? TagFilter.all : filter, isFiltered: true, without: ofHeader });
    const hasParent = (isWhole ? TagFilter.all : filter).lets(parentKeyTag);
    const told: MessageChange = {
      ...content,
      propList: [...(hasParent ? parent : []), ...content.propList],
      header: [
        ...header.flatMap((name) => this.#one(name, item)),
        ...(has(extraFlags, syncExtraFlag.Eid) ? this.#one('PidTagMid', item) : []), ...(has(extraFlags, syncExtraFlag.MessageSize) ? this.#one('PidTagMessageSize', item) : []),
        ...(has(extraFlags, syncExtraFlag.CN) ? this.#one('PidTagChangeNumber', item) : []),
      ],
      ...(hasProgress && { progressPerMessage: [{ tag: bare.number, value: sizeOf(item) }, { tag: bare.boolean, value: item.isAssociated }] }),
    };
    this.#tell(item);
    return told;
  }

  #one(name: PropertyName, item: Item): PropList {
    const { logon, options: { form } } = this;
    const property = propertyNamed(name) as Property;
    // NoForeignIdentifiers: what a client has brought along is not told, [MS-OXCFXICS] 3.2.5.9.1.1.
    const value: PropertyValue | undefined = name === 'PidTagSourceKey' && this.#has(syncFlag.NoForeignIdentifiers) ? sourceKeyOf(logon.mailbox, item.id) : itemValue(item, logon, property);
    const element = value === undefined ? undefined : streamProperty(property, value, form);
    return element ? [element] : [];
  }

  #changeElements(change: MessageChange): Iterable<StreamElement> {
    const { progressPerMessage, header: head, propList } = change;
    return [...(progressPerMessage ? [{ marker: 'IncrSyncProgressPerMsg' } as const, ...progressPerMessage] : []), { marker: 'IncrSyncChg' }, ...head, { marker: 'IncrSyncMessage' }, ...streamRoots.messageContent.elements({ ...change, propList })];
  }

  #tell({ id, contentCn, readCn, isAssociated }: Item): void {
    (isAssociated ? this.#told.fai : this.#told.normal).push(contentCn);
    if (readCn > 0) this.#told.read.push(readCn);
    this.#told.ids.push(id);
  }

  #end({ asOf, deleted, outOfScope, read, unread, untold }: ContentsChanges): Iterable<StreamElement> {
    const { logon: { mailbox }, initial } = this;
    const told = this.#told;
    const isTold = (flag: number, before: GlobSet, except: readonly number[], also: readonly number[]): GlobSet => (this.#has(flag) ? allUpTo(asOf, except).union(GlobSet.of(also)) : before);
    const state: SyncState = {
      given: initial.given.union(GlobSet.of(told.ids)).difference(deleted).difference(outOfScope),
      seen: isTold(syncFlag.Normal, initial.seen, untold.normal, told.normal), seenFai: isTold(syncFlag.FAI, initial.seenFai, untold.fai, told.fai), read: isTold(syncFlag.ReadState, initial.read, [], told.read),
    };
    this.finish(state);
    const list = (sets: readonly (readonly [number, GlobSet])[]): PropList => sets.flatMap(([tag, set]) => (set.isEmpty ? [] : [{ tag, value: idBytes(set) }]));
    const deletions = list([[metaTagOfStream.IdsetDeleted, deleted], [metaTagOfStream.IdsetNoLongerInScope, outOfScope]]);
    const readStateChanges = list([[metaTagOfStream.IdsetRead, read], [metaTagOfStream.IdsetUnread, unread]]);
    return streamRoots.contentsSync.elements({
      messageChanges: [], errorInfos: [], state: stateElement(state, mailbox, 'contents'),
      ...(deletions.length > 0 && { deletions }), ...(readStateChanges.length > 0 && { readStateChanges }),
    });
  }
}

const sizeOf = (item: Item): number => Number(valueOf(item, 'PidTagMessageSize') ?? 0);
const parentKeyTag = ((((propertyNamed('PidTagParentSourceKey') as Property).tag ?? 0) << 16) | propertyTypes.Binary) >>> 0;
