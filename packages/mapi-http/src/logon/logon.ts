import type { FolderId, ItemId, Mailbox, MailboxSession } from '@fauxchange/mailbox';
import { folderId, itemId } from '@fauxchange/mailbox';
import { errorCode, globalCounterOf, objectId, replIdOf } from '@fauxchange/mapi-wire';
import { RopError } from '../errors.ts';
import { storeNames, storeValue } from '../mapping/store-values.ts';
import type { Property, PropertyName, PropertyValue } from '@fauxchange/properties';
import { PropertyObject, type Problem } from '../objects/property-object.ts';
import type { NamedProperties } from './named-properties.ts';

/** The replica of everything that a mailbox makes itself: REPLID 1 stands for its GUID, as in mailboxes of Exchange ([K] where nothing was moved in). */
export const ownReplId = 1;

/** A logon to a mailbox or to public folders, [MS-OXCSTOR] 3.2.1. */
export class Logon extends PropertyObject {
  override readonly logon: Logon = this;
  /** LogonId: the client chooses it. */
  readonly id: number;
  readonly mailbox: Mailbox;
  readonly session: MailboxSession;
  readonly names: NamedProperties;

  constructor(id: number, session: MailboxSession, names: NamedProperties) {
    super();
    this.id = id;
    this.session = session;
    this.mailbox = session.mailbox;
    this.names = names;
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

  override async change(changes: ReadonlyMap<Property, PropertyValue | undefined>): Promise<readonly Problem[]> {
    return [...changes.keys()].map((property) => ({ property, code: errorCode.ComputedValue }));
  }
}

function counterOf(id: bigint): number {
  const counter = globalCounterOf(id);
  if (replIdOf(id) !== ownReplId || counter > BigInt(Number.MAX_SAFE_INTEGER)) throw new RopError(errorCode.NotFound, `No object has the id 0x${id.toString(16)}.`);
  return Number(counter);
}

