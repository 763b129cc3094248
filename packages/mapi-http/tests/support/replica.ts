import { objectId, globalCounterOf, GlobSet, idSetByReplGuid, encode, metaTagOfStream, type ContentsSync } from '@fauxchange/mapi-wire';
import { clientGuid, countersIn, idsIn, keyOf, listOf, sourceKey, stateIn, valueIn, type IcsClient, type ReplicaState } from './ics-client.ts';

const tag = { subject: 0x0037_001f, mid: 0x674a_0014, associated: 0x67aa_000b, flags: 0x0e07_0003, changeKey: 0x65e2_0102, changeList: 0x65e3_0102, lastModified: 0x3008_0040 } as const;
const { IdsetDeleted, IdsetNoLongerInScope, IdsetRead, IdsetUnread } = metaTagOfStream;
const read = 0x1;

export interface Kept {
  readonly subject: string;
  readonly isRead: boolean;
  readonly isAssociated: boolean;
  /** Of the version that the client has. */
  readonly changeList: Uint8Array;
}

/** One folder as a client has it offline: it downloads, applies, changes by itself and uploads. Strict: what makes no sense to it is a failure. */
export class Replica {
  readonly #ics: IcsClient;
  readonly #folder: number;
  readonly #logon: number;
  readonly messages = new Map<number, Kept>();
  #state: ReplicaState = {};
  #changes = 0;
  #reserved: { guid: string; next: number; last: number } = { guid: '', next: 0, last: -1 };
  /** Messages, deletions and read states that were told. */
  readonly told = { changes: 0, deletions: 0, readStates: 0 };

  constructor(ics: IcsClient, folder: number, logon: number) {
    this.#ics = ics;
    this.#folder = folder;
    this.#logon = logon;
  }

  get guid(): string {
    return this.#reserved.guid;
  }

  async download(asked: Parameters<IcsClient['contents']>[2] = {}): Promise<void> {
    const { value } = await this.#ics.contents(this.#folder, this.#state, asked);
    this.#apply(value);
    this.#state = stateIn(value.state);
  }

  #apply({ messageChanges, deletions, readStateChanges }: ContentsSync): void {
    for (const { header, propList } of messageChanges) {
      const id = Number(globalCounterOf(BigInt.asUintN(64, valueIn(header, tag.mid) as bigint)));
      const flags = valueIn(propList, tag.flags) as number;
      this.messages.set(id, { subject: String(valueIn(propList, tag.subject)), isRead: (flags & read) !== 0, isAssociated: valueIn(header, tag.associated) === true, changeList: valueIn(header, tag.changeList) as Uint8Array });
      this.told.changes++;
    }
    for (const id of [...idsIn(deletions, IdsetDeleted), ...idsIn(deletions, IdsetNoLongerInScope)]) {
      if (!this.messages.delete(id)) throw new Error(`${id} is told as deleted, and is not there`);
      this.told.deletions++;
    }
    for (const [which, isRead] of [[IdsetRead, true], [IdsetUnread, false]] as const) {
      for (const id of idsIn(readStateChanges, which)) {
        const message = this.messages.get(id);
        if (!message) throw new Error(`${id} is told as read or unread, and is not there`);
        this.messages.set(id, { ...message, isRead });
        this.told.readStates++;
      }
    }
  }

  /** Ids that the client says it has are its own business: [MS-OXCFXICS] 3.3.5.6. */
  #given(change: (given: GlobSet) => GlobSet): void {
    const set = change(countersIn(this.#state.given));
    this.#state = { ...this.#state, given: encode(idSetByReplGuid, set.isEmpty ? new Map() : new Map([[this.guid, set]])) };
  }

  async #uploaded(collector: number): Promise<void> {
    const { seen, seenFai, read: readState } = stateIn(await this.#ics.transferState(collector));
    this.#state = { ...this.#state, seen, seenFai, read: readState };
    await this.#ics.rops.rop('RopRelease', {}, collector);
  }

  async reserve(): Promise<number> {
    if (this.#reserved.next > this.#reserved.last) {
      const { guid, first } = await this.#ics.reserve(this.#logon, 8);
      this.#reserved = { guid, next: first, last: first + 7 };
    }
    return this.#reserved.next++;
  }

  #version(id: number, changeList: Uint8Array) {
    this.#changes++;
    const own = listOf([clientGuid, this.#changes]);
    return { sourceKey: sourceKey(this.guid, id), lastModified: 134_300_000_000_000_000n + BigInt(this.#changes), changeKey: keyOf(clientGuid, this.#changes), changeList: merged(changeList, own) };
  }

  async #import(id: number, subject: string, changeList: Uint8Array, isAssociated: boolean, ImportFlag: number): Promise<number> {
    const version = this.#version(id, changeList);
    const collector = await this.#ics.collector(this.#folder, true, this.#state);
    const { returnValue } = await this.#ics.importMessage(collector, version, [{ tag: tag.subject, value: subject }, { tag: 0x001a_001f, value: 'IPM.Note' }], ImportFlag | (isAssociated ? 0x10 : 0));
    await this.#uploaded(collector);
    if (returnValue !== 0) return returnValue;
    this.#given((given) => given.add(id));
    return 0;
  }

  async create(subject: string, isAssociated: boolean): Promise<void> {
    const id = await this.reserve();
    const code = await this.#import(id, subject, new Uint8Array(0), isAssociated, 0);
    if (code !== 0) throw new Error(`a new message is refused with 0x${code.toString(16)}`);
    this.messages.set(id, { subject, isRead: true, isAssociated, changeList: listOf([clientGuid, this.#changes]) });
  }

  /** Changes a message; where the server has changed it too, it is the server's at the next download. @returns the code of the server */
  async change(id: number, subject: string): Promise<number> {
    const before = this.messages.get(id);
    if (!before) return 0;
    const code = await this.#import(id, subject, before.changeList, before.isAssociated, 0x40);
    if (code === 0) this.messages.set(id, { ...before, subject, changeList: merged(before.changeList, listOf([clientGuid, this.#changes])) });
    return code;
  }

  async remove(id: number): Promise<void> {
    const collector = await this.#ics.collector(this.#folder, true, this.#state);
    await this.#ics.rops.ok('RopSynchronizationImportDeletes', { ImportDeleteFlags: 0x2, PropertyValues: [{ tag: 0x0000_1102, value: [sourceKey(this.guid, id)] }] }, collector);
    await this.#uploaded(collector);
    this.messages.delete(id);
    this.#given((given) => given.difference(GlobSet.of([id])));
  }

  async mark(id: number, isRead: boolean): Promise<void> {
    const before = this.messages.get(id);
    if (!before || before.isAssociated) return;
    const collector = await this.#ics.collector(this.#folder, true, this.#state);
    await this.#ics.rops.ok('RopSynchronizationImportReadStateChanges', { MessageReadStates: [{ MessageId: sourceKey(this.guid, id), MarkAsRead: isRead }] }, collector);
    await this.#uploaded(collector);
    this.messages.set(id, { ...before, isRead });
  }
}

/** Both lists; of the same namespace the client's is the later one. */
function merged(list: Uint8Array, own: Uint8Array): Uint8Array {
  const size = own[0] as number;
  const others: Uint8Array[] = [];
  for (let at = 0; at < list.length; at += 1 + (list[at] as number)) {
    const one = list.subarray(at, at + 1 + (list[at] as number));
    if (Buffer.compare(one.subarray(1, 17), own.subarray(1, 17)) !== 0) others.push(one);
  }
  return Buffer.concat([...others, own.subarray(0, 1 + size)].sort((a, b) => Buffer.compare(a.subarray(1), b.subarray(1))));
}

export const midOf = (id: number): bigint => objectId(1, BigInt(id));
