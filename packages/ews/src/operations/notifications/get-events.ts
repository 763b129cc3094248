import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { eventElement } from '../../notifications/events.ts';
import { wants } from '../../notifications/subscription.ts';
import { decodeWatermark, encodeWatermark } from '../../notifications/watermark.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { forEachEntry, success } from '../../response-messages.ts';
import type { NotificationType } from '../../schema/types.generated.ts';

const eventsAnAnswer = 512;

/** @see [MS-OXWSNTIF] 3.1.4.1 GetEvents */
export const getEvents: Operation<'GetEvents'> = defineOperation('GetEvents', async ({ SubscriptionId, Watermark }, context) => ({
  ResponseMessages: await forEachEntry(context, 'GetEventsResponseMessage', [SubscriptionId], (head) => head, async (id) => ({ ...success, Notification: notification(id, Watermark, context) })),
}));

function notification(id: string, from: string, context: EwsContext): NotificationType {
  const subscription = context.subscriptions.get(id, context.caller);
  if (subscription.kind === 'push') throw new EwsError('ErrorInvalidPullSubscriptionId');
  if (subscription.kind !== 'pull') throw new EwsError('ErrorInvalidSubscription');
  const { mailbox } = subscription;
  const place = decodeWatermark(from, mailbox);
  const page = mailbox.events.since(place, eventsAnAnswer);
  if (page.missed) throw new EwsError('ErrorMissedNotificationEvents');
  const wanted = page.events.filter((event) => wants(subscription, event)).map((event) => eventElement(event, mailbox, true));
  const reached = page.more ? (page.events.at(-1)?.cn ?? place) : mailbox.events.latest;
  const status: NotificationType[number] = ['StatusEvent', { Watermark: encodeWatermark(mailbox, reached) }];
  return [['SubscriptionId', id], ['PreviousWatermark', from], ['MoreEvents', page.more], ...(wanted.length > 0 ? wanted : [status])];
}
