import { refreshRecipientCache, type ItemId } from '@fauxchange/mailbox';
import { collectionPlace, type CollectionPlace } from '../../collections.ts';
import type { CommandContext } from '../../context.ts';
import { itemClasses } from '../../item-classes.ts';
import type { RequestCollection, ResponseCollection } from '../../schema/sync.ts';
import { ClientCommands, type Applied } from './client-commands.ts';
import { Collection, type SyncGeneration } from '../../sync/collection.ts';
import { defaultOptions, isConversationMode, readOptions } from '../../sync/collection-options.ts';
import { ServerChanges, StateLost } from '../../sync/server-changes.ts';
import { syncStatus } from '../../sync/sync-status.ts';

/** The answer for one collection; undefined when there is nothing to say of it. `told`: server commands in it. */
export interface CollectionAnswer {
  readonly collection: ResponseCollection | undefined;
  readonly told: number;
}

/** What WindowSize may be; 0 and more than that mean the most, [MS-ASCMD] 2.2.3.199. */
const windowSizes = { byDefault: 100, most: 512 } as const;

/** @param room server commands that the whole answer may still take */
export async function syncCollection(request: RequestCollection, room: number, context: CommandContext): Promise<CollectionAnswer> {
  const { CollectionId = '', SyncKey } = request;
  const head = { Class: context.isAtLeast('12.1') ? undefined : request.Class, CollectionId };
  const refuse = (Status: number): CollectionAnswer => ({ collection: { ...head, SyncKey: Status === syncStatus.invalidSyncKey ? '0' : SyncKey, Status }, told: 0 });
  const place = await collectionPlace(CollectionId, context);
  if (!place) return refuse(syncStatus.hierarchyChanged);
  try {
    if (place.isRecipientInformation) await refreshRecipientCache(context.session);
    if (SyncKey === '0') return { collection: { ...head, SyncKey: begin(request, place, context), Status: syncStatus.success }, told: 0 };
    const state = context.device.collections.get(CollectionId);
    const from = SyncKey === undefined ? undefined : state?.resume(SyncKey);
    if (!state || !from) return refuse(syncStatus.invalidSyncKey);
    const answer = await exchange(request, place, state, from, room, context);
    return { ...answer, collection: answer.collection && { ...head, ...answer.collection } };
  } catch (thrown) {
    if (thrown instanceof StateLost) {
      context.device.collections.delete(CollectionId);
      return refuse(syncStatus.invalidSyncKey);
    }
    throw thrown;
  }
}

/** Key 0: a new state, and nothing else. */
function begin(request: RequestCollection, place: CollectionPlace, context: CommandContext): string {
  const firstKey = 1 + Math.floor(context.ids.fraction() * 0x3fff_ffff);
  const state = new Collection({ ...place, options: readOptions(request, place.className, defaultOptions, context), firstKey });
  state.supported = request.Supported && new Set(Object.keys(request.Supported));
  context.device.collections.set(place.collectionId, state);
  return state.current.key;
}

async function exchange(request: RequestCollection, place: CollectionPlace, state: Collection, from: SyncGeneration, room: number, context: CommandContext): Promise<CollectionAnswer> {
  const commands = request.Commands ?? [];
  state.options = { ...readOptions(request, place.className, state.options, context), conversationMode: isConversationMode(request.ConversationMode) };
  const itemClass = itemClasses[place.className];
  const applied = await new ClientCommands(state, from, itemClass, context, request.DeletesAsMoves !== '0').apply(commands);
  const own = new Map([...from.own, ...applied.own]);
  if (request.GetChanges === '0') return finish(state, applied, { ...from, own, added: applied.added, removed: applied.removed, addedByClient: applied.addedByClient, deletedByClient: applied.deletedByClient }, [], false);
  const window = request.WindowSize === undefined ? windowSizes.byDefault : request.WindowSize <= 0 ? windowSizes.most : Math.min(request.WindowSize, windowSizes.most);
  const told = await new ServerChanges(state, from, { ...applied, own }, itemClass, context).tell(Math.min(window, room));
  const isSettled = told.next.firstRound === undefined && !told.hasMore;
  const next = {
    ...told.next,
    // What the cursor has passed is not met again.
    own: isSettled ? new Map<ItemId, number>() : own,
    added: told.added,
    removed: told.removed,
    addedByClient: applied.addedByClient,
    deletedByClient: applied.deletedByClient,
  };
  if (commands.length === 0 && told.commands.length === 0 && !told.hasMore && from.cursor !== undefined && context.isAtLeast('12.1')) {
    state.current = { ...state.current, cursor: told.next.cursor, asOf: told.next.asOf, filterFrom: told.next.filterFrom };
    return { collection: undefined, told: 0 };
  }
  return finish(state, applied, next, told.commands, told.hasMore);
}

function finish(state: Collection, { responses }: Applied, next: Omit<SyncGeneration, 'key'>, commands: NonNullable<ResponseCollection['Commands']>, hasMore: boolean): CollectionAnswer {
  const { key } = state.advance(next);
  return {
    collection: {
      SyncKey: key, Status: syncStatus.success, MoreAvailable: hasMore || undefined,
      Responses: responses.length > 0 ? responses : undefined, Commands: commands.length > 0 ? commands : undefined,
    },
    told: commands.length,
  };
}
