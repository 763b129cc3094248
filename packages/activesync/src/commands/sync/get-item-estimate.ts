import { collectionPlace } from '../../collections.ts';
import { defineCommand } from '../../command.ts';
import type { CommandContext } from '../../context.ts';
import { commonStatus, EasStatusError } from '../../errors.ts';
import { itemClasses } from '../../item-classes.ts';
import { GetItemEstimateRequest, GetItemEstimateResponse } from '../../schema/get-item-estimate.ts';
import { isConversationMode, readOptions } from '../../sync/collection-options.ts';
import { ServerChanges } from '../../sync/server-changes.ts';
import type { ValueOf } from '@fauxchange/wbxml';

/** [MS-ASCMD] 2.2.3.177.7. */
const estimateStatus = { success: 1, invalidCollection: 2, notPrimed: 3, invalidSyncKey: 4 } as const;
/** Collections of one request, [MS-ASCMD] 3.1.5.10. */
const mostCollections = 1000;

type Asked = ValueOf<typeof GetItemEstimateRequest>['Collections'][number];
type Answer = ValueOf<typeof GetItemEstimateResponse>['Response'][number];

/** [MS-ASCMD] 2.2.1.9 GetItemEstimate */
export const getItemEstimate = defineCommand({ request: GetItemEstimateRequest, response: GetItemEstimateResponse }, async ({ Collections }, context) => {
  if (context.profile.limitsRequests && Collections.length > mostCollections) throw new EasStatusError(commonStatus.InvalidXML, `More than ${mostCollections} collections.`);
  const answers: Answer[] = [];
  for (const collection of Collections) answers.push(await estimate(collection, context));
  return { Response: answers };
});

async function estimate(asked: Asked, context: CommandContext): Promise<Answer> {
  const { CollectionId = '', 'AirSync:SyncKey': key } = asked;
  const head = { Class: asked.Class, CollectionId };
  // Without an Estimate, which Microsoft's schema allows to be absent: of several collections the client has to know which one failed.
  const failure = (Status: number): Answer => ({ Status, ...(CollectionId !== '' && { Collection: head }) });
  const place = await collectionPlace(CollectionId, context);
  if (!place) return failure(estimateStatus.invalidCollection);
  const state = context.device.collections.get(CollectionId);
  if (!state) return failure(estimateStatus.notPrimed);
  // The estimate of a key that the client has is what its next Sync brings; asking takes nothing forward.
  if (key === undefined || key !== state.current.key) return failure(estimateStatus.invalidSyncKey);
  const from = state.resume(key);
  if (!from) return failure(estimateStatus.invalidSyncKey);
  const before = state.options;
  const { 'AirSync:FilterType': FilterType } = asked;
  const options = [...asked['AirSync:Options'], ...(FilterType === undefined ? [] : [{ ...noOptions, FilterType: [FilterType] }])];
  // Conversations are of mail, [MS-ASCMD] 2.2.3.36.1.
  if (asked['AirSync:ConversationMode'] !== undefined && place.className !== 'Email') return failure(commonStatus.InvalidXML);
  try {
    const read = readOptions({ Options: options }, place.className, before, context, { unknown: commonStatus.InvalidXML, ofOtherClass: commonStatus.ServerError });
    state.options = { ...read, conversationMode: isConversationMode(asked['AirSync:ConversationMode']) };
    return { Status: estimateStatus.success, Collection: { ...head, Estimate: await new ServerChanges(state, from, from, itemClasses[place.className], context).count() } };
  } catch (thrown) {
    if (thrown instanceof EasStatusError && thrown.status === commonStatus.InvalidXML) return failure(thrown.status);
    throw thrown;
  } finally {
    state.options = before;
  }
}

const noOptions = { Class: [], 'AirSyncBase:BodyPreference': [], 'AirSyncBase:BodyPartPreference': [], Conflict: [], MIMESupport: [], MIMETruncation: [], Truncation: [], RTFTruncation: [], MaxItems: [] };
