import { binary, type PropertyName } from '@fauxchange/properties';
import { itemId, MailboxError, valueOf, type Item, type ItemChanges, type ItemDraft, type ItemId, type Properties } from '@fauxchange/mailbox';
import { encode, errorCode, gid } from '@fauxchange/mapi-wire';
import { RopError } from '../errors.ts';
import type { CollectorObject } from '../objects/collector-object.ts';
import { contentOf, type ImportedVersion } from './imported-version.ts';

/** Kept where the client does not say otherwise: a server sets them, once. */
const kept: ReadonlySet<PropertyName> = new Set<PropertyName>([
  'PidTagCreationTime', 'PidTagCreatorName', 'PidTagCreatorEntryId', 'PidTagSearchKey', 'PidTagMessageStatus', 'PidTagConversationId', 'PidTagMessageSize', 'PidTagSourceKey', 'PidTagPredecessorChangeList',
]);
const MAX_ATTEMPTS = 16;

/** A message that a client uploads: where it goes, and what it replaces. */
export class MessageImport {
  readonly #collector: CollectorObject;
  readonly #version: ImportedVersion;
  readonly isAssociated: boolean;
  /** The id that the client gave it; undefined for one from another store. */
  readonly #id: ItemId | undefined;
  /** The item that there was when the import began. */
  #existing: Item | undefined;

  constructor(collector: CollectorObject, version: ImportedVersion, isAssociated: boolean, { id, existing }: { readonly id: ItemId | undefined; readonly existing: Item | undefined }) {
    this.#collector = collector;
    this.#version = version;
    this.isAssociated = isAssociated;
    this.#id = id;
    this.#existing = existing;
  }

  /** RopSaveChangesMessage of the message: [MS-OXCFXICS] 3.1.5.3 and 3.1.5.6.2. */
  async save(draft: ItemDraft): Promise<Item> {
    return this.#existing ? this.#update(draft, this.#existing.id) : this.#create(draft);
  }

  async #create(draft: ItemDraft): Promise<Item> {
    const { logon: { session, mailbox }, folderId } = this.#collector;
    const { sourceKey } = this.#version;
    const foreign: Properties = sourceKey.DatabaseGuid === mailbox.replicaGuid ? {} : { PidTagSourceKey: binary.from(encode(gid, sourceKey)) };
    const properties = { ...draft.properties, ...this.#version.properties(), ...foreign };
    const item = await session.createItem(folderId, { ...draft, properties, isAssociated: this.isAssociated }, { id: this.#id, isImported: true });
    this.#existing = item;
    this.#collector.imported(item);
    return item;
  }

  async #update(draft: ItemDraft, id: ItemId): Promise<Item> {
    const { logon: { session, mailbox } } = this.#collector;
    for (let attempt = 1; ; attempt++) {
      const [item] = await session.items([id]);
      if (!item || item instanceof MailboxError || item.folderId !== this.#collector.folderId) throw new RopError(errorCode.SyncObjectDeleted, 'The message has been deleted.');
      const relation = this.#version.relationTo(mailbox, contentOf(item));
      const isConflict = relation !== 'newer';
      const changes = isConflict ? this.#resolved(draft, item) : replacing(item, draft, this.#version.properties());
      try {
        const saved = await session.updateItem(item.id, changes, { expected: item.cn, isImported: true });
        // What came of a conflict is downloaded: the client has not seen it.
        if (!isConflict) this.#collector.imported(saved);
        return saved;
      } catch (thrown) {
        if (!(thrown instanceof MailboxError) || thrown.code !== 'ItemChanged' || attempt >= MAX_ATTEMPTS) throw thrown;
      }
    }
  }

  /** @NOTE The last writer wins; the version that loses is not kept as an attachment ([MS-OXCFXICS] 3.1.5.6.2.1). */
  #resolved(draft: ItemDraft, item: Item): ItemChanges {
    const { logon: { mailbox } } = this.#collector;
    const list = this.#version.mergedList(mailbox, contentOf(item));
    const lastModified = Number(valueOf(item, 'PidTagLastModificationTime') ?? 0);
    if (!this.#version.wins(mailbox, lastModified, true)) return { properties: { PidTagLastModificationTime: lastModified, ...list } };
    return replacing(item, draft, { PidTagLastModificationTime: this.#version.lastModified, ...list });
  }
}

/** Changes that leave nothing of the item but what the draft says: all of a message is uploaded. */
function replacing(item: Item, draft: ItemDraft, version: Properties): ItemChanges {
  const gone = [...item.bag.entries()].map(([name]) => name).filter((name) => !kept.has(name));
  const properties: Properties = { ...Object.fromEntries(gone.map((name) => [name, undefined])), ...draft.properties, ...version };
  return { itemClass: draft.itemClass, properties, recipients: draft.recipients, attachments: draft.attachments, body: draft.body ?? 'none', mime: 'none' };
}

/** The id and the item of a source key, in the folder of the collector. @throws RopError ecSyncObjectDeleted where what had it is gone */
export async function imported({ logon: { session, mailbox, localIds }, folderId }: CollectorObject, { sourceKey: { DatabaseGuid, GlobalCounter } }: ImportedVersion): Promise<{ readonly id: ItemId | undefined; readonly existing: Item | undefined }> {
  if (DatabaseGuid !== mailbox.replicaGuid) {
    const value = binary.from(encode(gid, { DatabaseGuid, GlobalCounter }));
    const { items: [existing] } = await session.query([folderId], { table: 'both', restriction: { kind: 'compare', property: 'PidTagSourceKey', operator: 'eq', value }, limit: 1 });
    return { id: undefined, existing };
  }
  const id = itemId(Number(GlobalCounter));
  const [item] = await session.items([id]);
  if (item && !(item instanceof MailboxError) && item.folderId === folderId) return { id, existing: item };
  if (localIds.isNeverUsed(folderId, id) || !(await session.isFree(id))) throw new RopError(errorCode.SyncObjectDeleted, 'What had the id has been deleted, or moved.');
  return { id, existing: undefined };
}
