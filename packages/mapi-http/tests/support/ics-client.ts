import {
  decode, encode, FastTransferReader, FastTransferWriter, gid, globalCounter, GlobSet, idSetByReplGuid, idSetByReplId, metaTagOfStream, predecessorChangeList, streamRoots, xid,
  type ContentsSync, type HierarchySync, type PropList, type RopRequestValue, type StreamElement, type StreamRoot, type TaggedValue,
} from '@fauxchange/mapi-wire';
import type { RopClient } from './rop-client.ts';

const { IdsetGiven, CnsetSeen, CnsetSeenFAI, CnsetRead } = metaTagOfStream;

/** The state of a replica: what the server gave, as its bytes. */
export interface ReplicaState {
  readonly given?: Uint8Array | undefined;
  readonly seen?: Uint8Array | undefined;
  readonly seenFai?: Uint8Array | undefined;
  readonly read?: Uint8Array | undefined;
}

export const valueIn = (list: PropList | undefined, tag: number): unknown => list?.find((one) => one.tag === tag)?.value;
export const tagsOf = (list: PropList): readonly number[] => list.map(({ tag }) => tag);
const bytesIn = (list: PropList, tag: number): Uint8Array | undefined => valueIn(list, tag) as Uint8Array | undefined;
export const stateIn = (list: PropList): ReplicaState => ({ given: bytesIn(list, IdsetGiven), seen: bytesIn(list, CnsetSeen), seenFai: bytesIn(list, CnsetSeenFAI), read: bytesIn(list, CnsetRead) });

/** The counters of a set of the state; there is one replica. */
export function countersIn(bytes: Uint8Array | undefined): GlobSet {
  const [set = GlobSet.empty] = bytes ? [...decode(bytes, idSetByReplGuid).values()] : [];
  return set;
}
/** The counters of a set of deletions or of read states. */
export function idsIn(list: PropList | undefined, tag: number): readonly number[] {
  const bytes = list && bytesIn(list, tag);
  return bytes ? [...decode(bytes, idSetByReplId).values()].flatMap((set) => [...set.counters()]) : [];
}

export interface Downloaded<T> {
  readonly elements: readonly StreamElement[];
  readonly bytes: Uint8Array;
  readonly value: T;
  /** What each RopFastTransferSourceGetBuffer said. */
  readonly buffers: readonly { readonly TransferStatus: number; readonly InProgressCount: number; readonly TotalStepCount: number; readonly size: number }[];
}

type Configure = Partial<RopRequestValue<'RopSynchronizationConfigure'>>;
export const all = 0x38;
export const unicode = 0x1;
export const eid = 0x1;

/** Speaks FastTransfer and synchronization as a client that works offline does. */
export class IcsClient {
  readonly rops: RopClient;

  constructor(rops: RopClient) {
    this.rops = rops;
  }

  async configure(folder: number, asked: Configure = {}): Promise<number> {
    return (await this.rops.ok('RopSynchronizationConfigure', { SynchronizationType: 1, SendOptions: unicode, SynchronizationFlags: all | unicode, RestrictionData: null, SynchronizationExtraFlags: eid, PropertyTags: [], ...asked }, folder)).opened;
  }

  async uploadState(context: number, { given, seen, seenFai, read }: ReplicaState): Promise<void> {
    for (const [StateProperty, bytes] of [[IdsetGiven, given], [CnsetSeen, seen], [CnsetSeenFAI, seenFai], [CnsetRead, read]] as const) {
      if (!bytes || bytes.length === 0) continue;
      await this.rops.ok('RopSynchronizationUploadStateStreamBegin', { StateProperty, TransferBufferSize: bytes.length }, context);
      for (let at = 0; at < bytes.length; at += 4_000) await this.rops.ok('RopSynchronizationUploadStateStreamContinue', { StreamData: bytes.subarray(at, at + 4_000) }, context);
      await this.rops.ok('RopSynchronizationUploadStateStreamEnd', {}, context);
    }
  }

  /** All that there is to download, in buffers of a size; 0xBABE leaves it to the server. */
  async download<T>(context: number, root: StreamRoot<T>, BufferSize = 0xbabe, MaximumBufferSize = 0x7000): Promise<Downloaded<T>> {
    const reader = new FastTransferReader({ codePage: 1252 });
    const elements: StreamElement[] = [];
    const pieces: Uint8Array[] = [];
    const buffers: { TransferStatus: number; InProgressCount: number; TotalStepCount: number; size: number }[] = [];
    for (;;) {
      const { body } = await this.rops.ok('RopFastTransferSourceGetBuffer', { BufferSize, ...(BufferSize === 0xbabe && { MaximumBufferSize }) }, context);
      const { TransferBuffer, TransferStatus, InProgressCount, TotalStepCount } = body;
      elements.push(...reader.read(TransferBuffer));
      pieces.push(Uint8Array.from(TransferBuffer));
      buffers.push({ TransferStatus, InProgressCount, TotalStepCount, size: TransferBuffer.length });
      if (TransferStatus === 3) break;
      if (TransferStatus !== 1) throw new Error(`TransferStatus ${TransferStatus}`);
    }
    reader.end();
    return { elements, bytes: Buffer.concat(pieces), value: root.parse(elements), buffers };
  }

  /** One synchronization of contents. */
  async contents(folder: number, state: ReplicaState = {}, asked: Configure = {}): Promise<Downloaded<ContentsSync>> {
    const context = await this.configure(folder, asked);
    await this.uploadState(context, state);
    const downloaded = await this.download(context, streamRoots.contentsSync);
    await this.rops.rop('RopRelease', {}, context);
    return downloaded;
  }

  async hierarchy(folder: number, state: ReplicaState = {}, asked: Configure = {}): Promise<Downloaded<HierarchySync>> {
    const context = await this.configure(folder, { SynchronizationType: 2, SynchronizationFlags: unicode, ...asked });
    await this.uploadState(context, state);
    const downloaded = await this.download(context, streamRoots.hierarchySync);
    await this.rops.rop('RopRelease', {}, context);
    return downloaded;
  }

  async transferState(context: number): Promise<PropList> {
    const { opened } = await this.rops.ok('RopSynchronizationGetTransferState', {}, context);
    return (await this.download(opened, streamRoots.state)).value;
  }

  async collector(folder: number, IsContentsCollector = true, state: ReplicaState = {}): Promise<number> {
    const { opened } = await this.rops.ok('RopSynchronizationOpenCollector', { IsContentsCollector }, folder);
    await this.uploadState(opened, state);
    return opened;
  }

  /** Ids for what the client makes. */
  async reserve(logon: number, IdCount = 1): Promise<{ readonly guid: string; readonly first: number }> {
    const { body } = await this.rops.ok('RopGetLocalReplicaIds', { IdCount }, logon);
    return { guid: body.ReplGuid, first: Number(body.GlobalCount) };
  }

  /** One message, with the properties that it has. @returns what RopSynchronizationImportMessageChange answered, and the handle of the message that was saved */
  async importMessage(collector: number, version: Version, properties: readonly TaggedValue[] = [], ImportFlag = 0): Promise<{ readonly returnValue: number; readonly message: number }> {
    const { returnValue, opened } = await this.rops.rop('RopSynchronizationImportMessageChange', { ImportFlag, PropertyValues: headerOf(version) }, collector);
    if (returnValue !== 0) return { returnValue, message: opened };
    if (properties.length > 0) await this.upload(opened, 1, properties.map(({ tag, value }) => ({ tag, value })));
    await this.rops.ok('RopSaveChangesMessage', { InputHandleIndex: 0, SaveFlags: 0xa }, opened);
    return { returnValue, message: opened };
  }

  async importFolder(collector: number, version: Version, { parent, name, properties = [] }: { readonly parent?: Uint8Array; readonly name: string; readonly properties?: readonly TaggedValue[] }): Promise<number> {
    const [sourceKey, ...others] = headerOf(version);
    const HierarchyValues = [{ tag: 0x65e1_0102, value: parent ?? new Uint8Array(0) }, sourceKey as TaggedValue, ...others, { tag: 0x3001_001f, value: name }];
    return this.rops.fails('RopSynchronizationImportHierarchyChange', { HierarchyValues, PropertyValues: properties }, collector);
  }

  /** A stream into an object, in pieces. */
  async upload(object: number, SourceOperation: number, elements: Iterable<StreamElement>, { size = 10_000, rop = 'RopFastTransferDestinationPutBuffer' }: { readonly size?: number; readonly rop?: 'RopFastTransferDestinationPutBuffer' | 'RopFastTransferDestinationPutBufferExtended' } = {}): Promise<readonly unknown[]> {
    const { opened } = await this.rops.ok('RopFastTransferDestinationConfigure', { SourceOperation, CopyFlags: 0 }, object);
    const writer = new FastTransferWriter(elements, { codePage: 1252 });
    const answers: unknown[] = [];
    while (!writer.isDone) answers.push((await this.rops.ok(rop, { TransferData: writer.next(size) }, opened)).body);
    await this.rops.rop('RopRelease', {}, opened);
    return answers;
  }
}

/** A version of an object that a client made. */
export interface Version {
  readonly sourceKey: Uint8Array;
  readonly lastModified: bigint;
  readonly changeKey: Uint8Array;
  readonly changeList: Uint8Array;
}
/** PidTagSourceKey, PidTagLastModificationTime, PidTagChangeKey, PidTagPredecessorChangeList. */
export const headerOf = ({ sourceKey, lastModified, changeKey, changeList }: Version): readonly TaggedValue[] => [{ tag: 0x65e0_0102, value: sourceKey }, { tag: 0x3008_0040, value: lastModified }, { tag: 0x65e2_0102, value: changeKey }, { tag: 0x65e3_0102, value: changeList }];

/** The namespace of the client's own changes. */
export const clientGuid = '11111111-2222-4333-8444-555555555555';
export const localId = (number: number): Uint8Array => encode(globalCounter, BigInt(number));
export const keyOf = (NamespaceGuid: string, number: number): Uint8Array => encode(xid, { NamespaceGuid, LocalId: localId(number) });
export const sourceKey = (DatabaseGuid: string, number: number): Uint8Array => encode(gid, { DatabaseGuid, GlobalCounter: BigInt(number) });
/** What the client knows: changes by their namespaces. */
export const listOf = (...known: readonly (readonly [string, number])[]): Uint8Array => encode(predecessorChangeList, known.map(([NamespaceGuid, number]) => ({ NamespaceGuid, LocalId: localId(number) })));
