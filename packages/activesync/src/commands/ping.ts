import { collectionPlace } from '../collections.ts';
import { defineCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { commonStatus, EasStatusError } from '../errors.ts';
import { itemClasses } from '../item-classes.ts';
import { PingRequest, PingResponse } from '../schema/ping.ts';
import type { Collection } from '../sync/collection.ts';
import { ServerChanges, StateLost } from '../sync/server-changes.ts';
import { waitForChanges } from '../sync/wait-for-changes.ts';

/** [MS-ASCMD] 2.2.3.177.11. */
const pingStatus = { expired: 1, changed: 2, incomplete: 3, syntaxError: 4, invalidInterval: 5, tooManyFolders: 6, hierarchyChanged: 7, serverError: 8 } as const;
/** Seconds; MinHeartbeatInterval and MaxHeartbeatInterval of Exchange's web.config. */
const heartbeat = { least: 60, most: 3540 } as const;
/** EasMaxNumberOfFolders of web.config ([K]). */
const mostFolders = 1000;

/** [MS-ASCMD] 2.2.1.13 Ping */
export const ping = defineCommand({ request: PingRequest, response: PingResponse, mayBeEmpty: true, statusOfViolation: () => pingStatus.syntaxError }, async (request, context) => {
  const { device } = context;
  const HeartbeatInterval = request?.HeartbeatInterval ?? device.cachedPing?.HeartbeatInterval;
  const Folders = request?.Folders ?? device.cachedPing?.Folders;
  if (HeartbeatInterval === undefined || !Folders || Folders.length === 0) return { Status: pingStatus.incomplete };
  if (HeartbeatInterval < heartbeat.least) return { Status: pingStatus.invalidInterval, HeartbeatInterval: heartbeat.least };
  if (HeartbeatInterval > heartbeat.most) return { Status: pingStatus.invalidInterval, HeartbeatInterval: heartbeat.most };
  if (Folders.length > mostFolders) return { Status: pingStatus.tooManyFolders, MaxFolders: mostFolders };
  device.cachedPing = { HeartbeatInterval, Folders };
  const watched: Watched[] = [];
  for (const { Id } of Folders) {
    const place = await collectionPlace(Id, context);
    const state = device.collections.get(Id);
    if (!place) return { Status: pingStatus.hierarchyChanged };
    // What was never synchronized cannot be told to have changed, [MS-ASCMD] 3.1.5.8.
    if (state) watched.push({ id: Id, state });
  }
  return watch(watched, HeartbeatInterval, context);
});

interface Watched {
  readonly id: string;
  readonly state: Collection;
}

async function watch(watched: readonly Watched[], seconds: number, context: CommandContext) {
  const deadline = context.clock.now() + seconds * 1000;
  for (;;) {
    const changed: string[] = [];
    for (const one of watched) if (await hasChanges(one, context)) changed.push(one.id);
    if (changed.length > 0) return { Status: pingStatus.changed, Folders: changed };
    const outcome = await waitForChanges(watched.map(({ state }) => state.folderId), deadline - context.clock.now(), context);
    if (outcome === 'closed') throw new EasStatusError(commonStatus.ServerErrorRetryLater, 'The server closes.');
    if (outcome === 'expired') return { Status: pingStatus.expired };
  }
}

/** Whether a Sync with the newest key would be told something. */
async function hasChanges({ state }: Watched, context: CommandContext): Promise<boolean> {
  const { current } = state;
  try {
    const from = { ...current };
    return await new ServerChanges(state, from, current, itemClasses[state.className], context).hasAny();
  } catch (thrown) {
    if (thrown instanceof StateLost) return true;
    throw thrown;
  }
}
