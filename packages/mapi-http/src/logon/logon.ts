import { folderId, isAway, itemId, oofSettings, setOofSettings, type Folder, type FolderId, type ItemId, type Mailbox, type MailboxSession } from '@fauxchange/mailbox';
import { errorCode, globalCounterOf, objectId, replIdOf } from '@fauxchange/mapi-wire';
import { RopError } from '../errors.ts';
import { isStoreFact, storeNames, storeValue, type StoreSums } from '../mapping/store-values.ts';
import type { Property, PropertyName, PropertyValue } from '@fauxchange/properties';
import { PropertyObject, type Problem } from '../objects/property-object.ts';
import type { LocalIds } from './local-ids.ts';
import type { MailboxFacts } from './mailbox-facts.ts';
import type { NamedProperties } from './named-properties.ts';
import { ownReplId, type ReplicaIds } from './replica-ids.ts';

/** [MS-OXCSTOR] 2.2.2.1.2; they last as long as the logon. */
const settable: ReadonlySet<PropertyName> = new Set<PropertyName>(['PidTagLocaleId', 'PidTagSortLocaleId', 'PidTagSentMailSvrEID']);

export interface LogonOptions {
  readonly maxMessageBytes: number;
  /** PidTagLocaleId, PidTagSortLocaleId, PidTagCodePageId: [MS-OXCSTOR] 2.2.2.1. */
  readonly settings: Iterable<readonly [PropertyName, PropertyValue]>;
}

/** A logon to a mailbox or to public folders, [MS-OXCSTOR] 3.2.1. */
export class Logon extends PropertyObject {
  override readonly logon: Logon = this;
  /** LogonId: the client chooses it. */
  readonly id: number;
  readonly mailbox: Mailbox;
  readonly session: MailboxSession;
  readonly names: NamedProperties;
  readonly replicas: ReplicaIds;
  readonly localIds: LocalIds;
  /** Of RopWritePerUserInformation: what has come of a set so far. */
  perUserWriting: { readonly folder: string; readonly replGuid: string; readonly data: Buffer } | undefined;

  /** Bytes of a message that may be sent. */
  readonly maxMessageBytes: number;
  /** What a client may set: languages and code page. */
  readonly settings: Map<PropertyName, PropertyValue>;
  #sums: StoreSums = { contentCount: 0, size: 0, isOut: false };

  constructor(id: number, session: MailboxSession, { names, replicas, localIds }: MailboxFacts, { maxMessageBytes, settings }: LogonOptions) {
    super();
    this.id = id;
    this.session = session;
    this.mailbox = session.mailbox;
    this.names = names;
    this.replicas = replicas;
    this.localIds = localIds;
    this.maxMessageBytes = maxMessageBytes;
    this.settings = new Map(settings);
  }

  get isPublic(): boolean {
    return this.mailbox.isPublic;
  }

  /** The FID, MID or change number of a number of the model. */
  wireId(counter: number): bigint {
    return objectId(ownReplId, BigInt(counter));
  }

  /** The same as the value of a property: those are signed. */
  idValue(counter: number): bigint {
    return BigInt.asIntN(64, this.wireId(counter));
  }

  /** The model's number of a FID. @throws RopError ecNotFound for another replica's */
  folderId(fid: bigint): FolderId {
    return folderId(counterOf(fid));
  }

  itemId(mid: bigint): ItemId {
    return itemId(counterOf(mid));
  }

  override value(property: Property): PropertyValue | undefined {
    return storeValue(this, property);
  }

  override properties(): Iterable<PropertyName> {
    return storeNames(this);
  }

  /** Of the mailbox's folders, when they were last counted. */
  get sums(): StoreSums {
    return this.#sums;
  }

  override async refreshed(): Promise<void> {
    if (this.isPublic) return;
    const folders = await this.mailbox.store.folders();
    const sum = (read: (folder: Folder) => number): number => folders.reduce((total, folder) => total + read(folder), 0);
    const settings = await oofSettings(this.mailbox.openAsSystem());
    this.#sums = { contentCount: sum(({ totalCount }) => totalCount), size: sum(({ size }) => size), isOut: isAway(settings, this.mailbox.clock.now()) };
  }

  override async change(changes: ReadonlyMap<Property, PropertyValue | undefined>): Promise<readonly Problem[]> {
    const problems: Problem[] = [];
    for (const [property, value] of changes) {
      const code = await this.#set(property.name, value);
      if (code !== undefined) problems.push({ property, code });
    }
    return problems;
  }

  /** The code of a refusal. What servers before 2013 let clients set, these do not: [MS-OXCSTOR] notes 14 to 16. */
  async #set(name: PropertyName, value: PropertyValue | undefined): Promise<number | undefined> {
    if (!this.session.accessor.hasFullAccess || this.isPublic) return errorCode.AccessDenied;
    if (name === 'PidTagOutOfOfficeState' && typeof value === 'boolean') {
      await setOofSettings(this.session, { ...(await oofSettings(this.session)), state: value ? 'enabled' : 'disabled' });
      return undefined;
    }
    if (isStoreFact(name) && name !== 'PidTagDisplayName') return errorCode.ComputedValue;
    if (value === undefined) return void this.settings.delete(name);
    if (!settable.has(name)) return errorCode.AccessDenied;
    this.settings.set(name, value);
    return undefined;
  }
}

function counterOf(id: bigint): number {
  const counter = globalCounterOf(id);
  if (replIdOf(id) !== ownReplId || counter > BigInt(Number.MAX_SAFE_INTEGER)) throw new RopError(errorCode.NotFound, `No object has the id 0x${id.toString(16)}.`);
  return Number(counter);
}

