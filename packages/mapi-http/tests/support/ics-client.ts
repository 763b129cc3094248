import { decode, FastTransferReader, GlobSet, idSetByReplGuid, idSetByReplId, metaTagOfStream, streamRoots, type ContentsSync, type HierarchySync, type PropList, type RopRequestValue, type StreamElement, type StreamRoot } from '@fauxchange/mapi-wire';
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
}
