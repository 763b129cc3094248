import { defineCommand, emptyAnswer } from '../../command.ts';
import { collectionPlace } from '../../collections.ts';
import type { CommandContext } from '../../context.ts';
import { commonStatus, EasStatusError } from '../../errors.ts';
import { SyncRequest, SyncResponse, type RequestCollection, type ResponseCollection } from '../../schema/sync.ts';
import { readBodyPreferences } from '../../sync/collection-options.ts';
import { syncStatus } from '../../sync/sync-status.ts';
import { waitForChanges } from '../../sync/wait-for-changes.ts';
import { cacheSync, readSync, SyncLimitError, type WholeSync } from './read-request.ts';
import { syncCollection } from './sync-collection.ts';

/** [MS-ASCMD] 2.2.1.21 Sync */
export const sync = defineCommand({
  request: SyncRequest,
  response: SyncResponse,
  mayBeEmpty: true,
  statusOfViolation: () => syncStatus.protocolError,
}, async (request, context) => {
  try {
    const whole = readSync(request, context);
    for (const collection of whole.collections) await check(collection, context);
    cacheSync(whole, context);
    const collections = await answerOrWait(whole, context);
    return collections.length === 0 ? emptyAnswer : { Collections: collections };
  } catch (thrown) {
    if (thrown instanceof SyncLimitError) return { Status: thrown.status, Limit: thrown.limit };
    throw thrown;
  }
});

/** What makes the whole request wrong. */
async function check({ CollectionId, SyncKey, Class, Commands, Options }: RequestCollection, context: CommandContext): Promise<void> {
  if (CollectionId === undefined || SyncKey === undefined) throw new EasStatusError(syncStatus.protocolError, 'A collection has no id or no key.');
  if (!context.isAtLeast('12.1') && Class === undefined) throw new EasStatusError(syncStatus.protocolError, 'A collection has no class.');
  for (const { 'AirSyncBase:BodyPreference': preferences } of Options) readBodyPreferences(preferences, context);
  if (!context.device.folders) throw new EasStatusError(syncStatus.hierarchyChanged, 'The hierarchy was never synchronized.');
  // [MS-ASCMD] 2.2.3.7.2
  const place = Commands && (await collectionPlace(CollectionId, context));
  if (place?.isRecipientInformation) throw new EasStatusError(syncStatus.protocolError, 'The recipient information cache cannot be changed.');
}

async function answerOrWait(whole: WholeSync, context: CommandContext): Promise<readonly ResponseCollection[]> {
  const answers = await answer(whole, context);
  if (answers.length > 0 || whole.wait === undefined || !context.isAtLeast('12.1')) return answers;
  const deadline = context.clock.now() + whole.wait * 1000;
  const folderIds = (await Promise.all(whole.collections.map(({ CollectionId = '' }) => collectionPlace(CollectionId, context)))).flatMap((place) => (place ? [place.folderId] : []));
  for (;;) {
    const outcome = await waitForChanges(folderIds, deadline - context.clock.now(), context);
    if (outcome === 'closed') throw new EasStatusError(commonStatus.ServerErrorRetryLater, 'The server closes.');
    const told = await answer({ ...whole, collections: whole.collections.map((one) => ({ ...one, Commands: undefined })) }, context);
    if (told.length > 0 || outcome === 'expired') return told;
  }
}

async function answer({ collections, windowSize }: WholeSync, context: CommandContext): Promise<readonly ResponseCollection[]> {
  let room = windowSize === undefined || windowSize <= 0 ? 512 : Math.min(windowSize, 512);
  const answers: ResponseCollection[] = [];
  for (const request of collections) {
    const { collection, told } = await syncCollection(request, room, context);
    room = Math.max(0, room - told);
    if (collection) answers.push(collection);
  }
  return answers;
}
