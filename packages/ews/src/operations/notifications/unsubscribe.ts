import { defineOperation, type Operation } from '../../operation.ts';
import { forEachEntry, success } from '../../response-messages.ts';

/** @see [MS-OXWSNTIF] 3.1.4.3 Unsubscribe */
export const unsubscribe: Operation<'Unsubscribe'> = defineOperation('Unsubscribe', async ({ SubscriptionId }, context) => ({
  ResponseMessages: await forEachEntry(context, 'UnsubscribeResponseMessage', [SubscriptionId], (head) => head, async (id) => {
    context.subscriptions.remove(id, context.caller);
    return success;
  }),
}));
