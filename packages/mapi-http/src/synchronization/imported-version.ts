import { binary } from '@fauxchange/properties';
import type { Item, Folder, Properties } from '@fauxchange/mailbox';
import { decode, errorCode, gid, WireError, type Gid, type TaggedValue, type Xid } from '@fauxchange/mapi-wire';
import { RopError } from '../errors.ts';
import { timeOf } from '../mapping/wire-values.ts';
import type { IdOwner } from '../mapping/entry-ids.ts';
import { changeKey, changeList, changeListIn, includes, listBytes, merged } from '../mapping/versions.ts';

const malformed = (what: string): RopError => new RopError(errorCode.InvalidParameter, what);

/** A GID of 22 bytes. @throws RopError ecInvalidParameter */
export function gidOf(bytes: Uint8Array): Gid {
  try {
    return decode(bytes, gid);
  } catch (thrown) {
    if (thrown instanceof WireError) throw malformed(`A source key is a GID: ${thrown.message}`);
    throw thrown;
  }
}

/** Whether the version of a client is newer than that of the server, older or the same, or whether each has changes that the other one lacks. */
export type Relation = 'newer' | 'known' | 'conflict';

/** A version that a client made: [MS-OXCFXICS] 3.1.5.6. */
export class ImportedVersion {
  readonly sourceKey: Gid;
  readonly lastModified: number;
  readonly #changeKey: Uint8Array;
  readonly #key: Xid;
  /** What the client told, and that with its own key. */
  readonly #told: readonly Xid[];
  readonly #list: readonly Xid[];

  constructor(sourceKey: Uint8Array, lastModified: number, changeKeyBytes: Uint8Array, list: Uint8Array) {
    this.sourceKey = gidOf(sourceKey);
    this.lastModified = lastModified;
    this.#changeKey = changeKeyBytes;
    const key = changeKey(changeKeyBytes);
    const predecessors = changeList(list);
    if (!key || !predecessors) throw malformed('A change key is an XID, a predecessor change list many of them.');
    this.#key = key;
    this.#told = predecessors;
    this.#list = merged(predecessors, [key]);
  }

  relationTo(owner: IdOwner, { bag, cn }: Pick<Folder, 'bag' | 'cn'>): Relation {
    const server = changeList(binary.toBytes(changeListIn(owner, { bag, cn }))) ?? [];
    if (includes(server, this.#list)) return 'known';
    return includes(this.#list, server) ? 'newer' : 'conflict';
  }

  /** Whether the client has changes that the server has not, besides the one that its key stands for. */
  hasMoreThan(owner: IdOwner, { bag, cn }: Pick<Folder, 'bag' | 'cn'>): boolean {
    return !includes(changeList(binary.toBytes(changeListIn(owner, { bag, cn }))) ?? [], this.#told);
  }

  /** The last writer wins: [MS-OXCFXICS] 3.1.5.6.2.2. Of messages of one moment, the one with the larger namespace. */
  wins(owner: IdOwner, lastModified: number, isMessage: boolean): boolean {
    if (this.lastModified !== lastModified) return this.lastModified > lastModified;
    return isMessage && Buffer.compare(guidOrder(this.#key.NamespaceGuid), guidOrder(owner.replicaGuid)) > 0;
  }

  /** What the object keeps of this version: its key, and a list that has it. */
  properties(): Properties {
    return { PidTagLastModificationTime: this.lastModified, PidTagChangeKey: binary.from(this.#changeKey), PidTagPredecessorChangeList: listBytes(this.#list) };
  }

  /** The list of what comes of a conflict: a successor of both versions. */
  mergedList(owner: IdOwner, { bag, cn }: Pick<Folder, 'bag' | 'cn'>): Properties {
    const server = changeList(binary.toBytes(changeListIn(owner, { bag, cn }))) ?? [];
    return { PidTagPredecessorChangeList: listBytes(merged(server, this.#list)) };
  }
}

/** As its bytes are compared. */
const guidOrder = (guid: string): Buffer => Buffer.from(guid.replace(/^(..)(..)(..)(..)-(..)(..)-(..)(..)-(..)(..)-(.{12})$/, '$4$3$2$1$6$5$8$7$9$10$11'), 'hex');

/** A version of an item is one of its content. */
export const contentOf = ({ bag, contentCn: cn }: Item): Pick<Folder, 'bag' | 'cn'> => ({ bag, cn });

/** The values of tags that have to stand in this order, and nothing else. @throws RopError ecInvalidParameter */
export function fixedValues(values: readonly TaggedValue[], tags: readonly number[]): readonly unknown[] {
  if (values.length !== tags.length || values.some(({ tag }, at) => tag !== tags[at])) throw malformed('Other properties were given than those that have to be, or in another order.');
  return values.map(({ value }) => value);
}
export const moment = (value: unknown): number => timeOf(value as bigint);
