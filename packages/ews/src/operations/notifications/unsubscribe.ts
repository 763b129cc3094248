import { EwsError } from '../../errors.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { forEachEntry, success } from '../../response-messages.ts';

/** @see [MS-OXWSNTIF] 3.1.4.3 Unsubscribe */
export const unsubscribe: Operation<'Unsubscribe'> = defineOperation('Unsubscribe', async ({ SubscriptionId }, context) => ({
  ResponseMessages: await forEachEntry(context, 'UnsubscribeResponseMessage', [SubscriptionId], (head) => head, async (id) => {
    // Pushing ends with the answer to a notification, and in no other way (seen on real servers: the suite of exchangelib).
    if (context.subscriptions.get(id, context.caller).kind === 'push') throw new EwsError('ErrorInvalidSubscription');
    context.subscriptions.remove(id, context.caller);
    return success;
  }),
}));
