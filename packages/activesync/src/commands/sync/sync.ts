import { defineCommand, emptyAnswer } from '../../command.ts';
import { collectionPlace } from '../../collections.ts';
import type { CommandContext } from '../../context.ts';
import { commonStatus, EasStatusError } from '../../errors.ts';
import { SyncRequest, SyncResponse, type RequestCollection, type ResponseCollection } from '../../schema/sync.ts';
import { defaultOptions, readOptions } from '../../sync/collection-options.ts';
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

/** Client commands of one collection, [MS-ASCMD] 3.1.5.10. */
const mostCommands = 200;

/** What makes the whole request wrong, so that nothing of it is done: [MS-ASCMD] 2.2.3.177.17, 4. */
async function check(collection: RequestCollection, context: CommandContext): Promise<void> {
  const { CollectionId, SyncKey, Class, Commands, GetChanges, ConversationMode } = collection;
  const refuse = (message: string): never => {
    throw new EasStatusError(syncStatus.protocolError, message);
  };
  if (CollectionId === undefined || SyncKey === undefined) return refuse('A collection has no id or no key.');
  if (!context.isAtLeast('12.1') && Class === undefined) refuse('A collection has no class.');
  if (!context.device.folders) throw new EasStatusError(syncStatus.hierarchyChanged, 'The hierarchy was never synchronized.');
  if (SyncKey === '0' && (GetChanges === '' || GetChanges === '1' || Commands)) refuse('With key 0 nothing is told and nothing is taken.');
  if (context.profile.limitsRequests && (Commands?.length ?? 0) > mostCommands) refuse(`More than ${mostCommands} commands.`);
  const place = await collectionPlace(CollectionId, context);
  if (!place) return;
  if (place.isRecipientInformation && Commands) refuse('The recipient information cache cannot be changed.');
  if (ConversationMode !== undefined && place.className !== 'Email') refuse('Only mail has conversations.');
  // [MS-ASNOTE] 3.2.5.3
  if (collection.Supported && place.className === 'Notes') refuse('Notes have nothing to ghost.');
  readOptions(collection, place.className, defaultOptions, context);
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
