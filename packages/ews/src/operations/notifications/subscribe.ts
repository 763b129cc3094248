import type { FolderId, Mailbox } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { startPushing } from '../../notifications/push.ts';
import type { Subscription } from '../../notifications/subscription.ts';
import { decodeWatermark, encodeWatermark } from '../../notifications/watermark.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { getFolder, ownSession } from '../../resolve.ts';
import { answerAlone, success } from '../../response-messages.ts';
import type { BaseSubscriptionRequestType, StreamingSubscriptionRequestType, SubscribeResponseMessageType, SubscribeType } from '../../schema/types.generated.ts';

const minute = 60_000;
/** A streaming subscription that nobody connects to is dropped after half an hour. */
const streamingLifetime = 30 * minute;

/** @see [MS-OXWSNTIF] 3.1.4.2 Subscribe */
export const subscribe: Operation<'Subscribe'> = defineOperation('Subscribe', async (request, context) => ({
  ResponseMessages: [['SubscribeResponseMessage', await answerAlone<SubscribeResponseMessageType>(context, (head) => head, () => make(request, context))]],
}));

async function make(request: SubscribeType, context: EwsContext): Promise<SubscribeResponseMessageType> {
  const { PullSubscriptionRequest: pull, PushSubscriptionRequest: push, StreamingSubscriptionRequest: streaming } = request;
  if (pull) {
    const subscription = await subscriptionOf('pull', pull, context);
    context.subscriptions.add(subscription, Number(pull.Timeout) * minute, context.limits.maxSubscriptions);
    return { ...success, SubscriptionId: subscription.id, Watermark: encodeWatermark(subscription.mailbox, subscription.place) };
  }
  if (push) {
    if (!URL.canParse(push.URL) || !/^https?:$/.test(new URL(push.URL).protocol)) throw new EwsError('ErrorInvalidPushSubscriptionUrl');
    const subscription = await subscriptionOf('push', push, context);
    const frequency = Number(push.StatusFrequency) * minute;
    context.subscriptions.add(subscription, Number.MAX_SAFE_INTEGER, context.limits.maxSubscriptions);
    const watermark = encodeWatermark(subscription.mailbox, subscription.place);
    startPushing({ subscription, url: push.URL, frequency }, context);
    return { ...success, SubscriptionId: subscription.id, Watermark: watermark };
  }
  const subscription = await subscriptionOf('streaming', streaming as StreamingSubscriptionRequestType, context);
  context.subscriptions.add(subscription, streamingLifetime, context.limits.maxSubscriptions);
  if (context.prefersAffinity) context.cookies.set('X-BackEndOverrideCookie', `${Buffer.from(subscription.mailbox.guid).toString('base64')}`);
  return { ...success, SubscriptionId: subscription.id };
}

/** Goes on from the watermark given, else from now. ErrorInvalidWatermark. */
async function subscriptionOf(kind: Subscription['kind'], request: StreamingSubscriptionRequestType | BaseSubscriptionRequestType, context: EwsContext): Promise<Subscription> {
  const { mailbox, folderIds } = await foldersOf(request, context);
  const { latest, generation } = mailbox.events;
  const place = 'Watermark' in request && request.Watermark !== undefined ? decodeWatermark(request.Watermark, mailbox) : latest;
  return { id: context.subscriptions.newId(mailbox.guid), kind, ownerId: context.caller.id, mailbox, folderIds, eventTypes: new Set(request.EventTypes.EventType), place, generation };
}

/** All folders of a subscription are in one mailbox, and it is the caller's own or one with full access; of public folders it is one that may be read (documentation of ErrorInvalidSubscriptionRequest). */
async function foldersOf({ SubscribeToAllFolders, FolderIds }: StreamingSubscriptionRequestType, context: EwsContext): Promise<{ mailbox: Mailbox; folderIds: ReadonlySet<FolderId> | undefined }> {
  if (SubscribeToAllFolders) {
    if (FolderIds?.length) throw new EwsError('ErrorInvalidSubscriptionRequest');
    return { mailbox: ownSession(context).mailbox, folderIds: undefined };
  }
  if (!FolderIds?.length) throw new EwsError('ErrorInvalidSubscriptionRequest');
  const folderIds = new Set<FolderId>();
  const mailboxes = new Set<Mailbox>();
  for (const entry of FolderIds) {
    const { session, folderId, folder } = await getFolder(entry, context);
    if (session.mailbox.isPublic && !session.folderRights(folder).read) throw new EwsError('ErrorAccessDenied');
    if (!session.mailbox.isPublic && !session.accessor.hasFullAccess) throw new EwsError('ErrorSubscriptionDelegateAccessNotSupported');
    mailboxes.add(session.mailbox);
    folderIds.add(folderId);
  }
  const [mailbox] = mailboxes;
  if (!mailbox || mailboxes.size > 1 || (mailbox.isPublic && folderIds.size > 1)) throw new EwsError('ErrorInvalidSubscriptionRequest');
  return { mailbox, folderIds };
}
