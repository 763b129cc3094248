import type { CommandContext } from '../../context.ts';
import { EasStatusError } from '../../errors.ts';
import type { RequestCollection, SyncRequest } from '../../schema/sync.ts';
import { syncStatus } from '../../sync/sync-status.ts';

/** A Sync as it is meant, after what was cached has been put in its place. */
export interface WholeSync {
  readonly collections: readonly RequestCollection[];
  /** Seconds to wait for changes; undefined: answer at once. */
  readonly wait: number | undefined;
  readonly windowSize: number | undefined;
}

/** A refusal that tells what would be allowed. */
export class SyncLimitError extends Error {
  override readonly name = 'SyncLimitError';
  readonly status: number;
  readonly limit: number;

  constructor(status: number, limit: number) {
    super(`The limit is ${limit}.`);
    this.status = status;
    this.limit = limit;
  }
}

/** Minutes of Wait and seconds of HeartbeatInterval, [MS-ASCMD] 2.2.3.97. */
const waitMinutes = { least: 1, most: 59 } as const;
const heartbeatSeconds = { least: 60, most: 3540 } as const;
/** Collections of one request; [K]: EasMaxNumberOfFolders of Exchange's throttling. */
const mostCollections = 1000;

/** @throws EasStatusError | SyncLimitError */
export function readSync(request: SyncRequest | undefined, context: CommandContext): WholeSync {
  const { device } = context;
  const isPartial = request?.Partial === true;
  const cached = device.cachedSync;
  if (!request || isPartial) {
    if (!cached) throw new EasStatusError(syncStatus.incompleteRequest, 'There is no request to complete this one with.');
    if (!request) return { ...cached, collections: withCurrentKeys(cached.collections, context) };
  }
  const wait = waitOf(request) ?? (isPartial ? cached?.wait : undefined);
  const own = request.Collections ?? [];
  if (own.length > mostCollections) throw new SyncLimitError(syncStatus.tooManyCollections, mostCollections);
  const named = new Set(own.map(({ CollectionId }) => CollectionId));
  const others = isPartial && cached ? withCurrentKeys(cached.collections, context).filter(({ CollectionId }) => !named.has(CollectionId)) : [];
  if (own.length + others.length === 0) throw new EasStatusError(syncStatus.protocolError, 'The request names no collection.');
  return { collections: [...own, ...others], wait, windowSize: request.WindowSize ?? (isPartial ? cached?.windowSize : undefined) };
}

function waitOf({ Wait, HeartbeatInterval }: SyncRequest): number | undefined {
  if (Wait !== undefined && HeartbeatInterval !== undefined) throw new EasStatusError(syncStatus.protocolError, 'Wait and HeartbeatInterval exclude each other.');
  if (Wait !== undefined) return 60 * within(Wait, waitMinutes);
  return HeartbeatInterval === undefined ? undefined : within(HeartbeatInterval, heartbeatSeconds);
}

function within(value: number, { least, most }: { readonly least: number; readonly most: number }): number {
  if (value < least) throw new SyncLimitError(syncStatus.invalidInterval, least);
  if (value > most) throw new SyncLimitError(syncStatus.invalidInterval, most);
  return value;
}

/** What is cached is a request; the keys in it have moved on since. */
function withCurrentKeys(collections: readonly RequestCollection[], { device }: CommandContext): readonly RequestCollection[] {
  return collections.map((collection) => {
    const state = device.collections.get(collection.CollectionId ?? '');
    return state ? { ...collection, SyncKey: state.current.key } : collection;
  });
}

/** What an empty or partial request will mean from now on: this one without what was done by it. */
export function cacheSync({ collections, wait, windowSize }: WholeSync, { device }: CommandContext): void {
  device.cachedSync = collections.some(({ Commands }) => Commands) ? undefined : { collections: collections.map((one) => ({ ...one, Options: [], Commands: undefined })), wait, windowSize };
}
