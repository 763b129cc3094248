import { errorCode, notificationType } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { ServerObject } from '../../objects/server-object.ts';
import { SubscriptionObject } from '../../notifications/subscription-object.ts';
import { defineRop } from '../../rop/define-rop.ts';

const known = Object.values(notificationType).reduce((sum, type) => sum | type, 0);

/** [MS-OXCNOTIF] 3.1.5.1. */
export const registerNotification = defineRop('RopRegisterNotification', [ServerObject], async ({ NotificationTypes, WantWholeStore, FolderId = 0n, MessageId = 0n }, { logon, session: { notifications } }) => {
  if (NotificationTypes === 0 || (NotificationTypes & ~known) !== 0) throw new RopError(errorCode.InvalidParameter, `Nothing happens of the types 0x${NotificationTypes.toString(16)}.`);
  const scope = WantWholeStore ? {} : { folderId: logon.folderId(FolderId), itemId: MessageId === 0n ? undefined : logon.itemId(MessageId) };
  const subscription = new SubscriptionObject(logon, { types: NotificationTypes, scope }, notifications);
  notifications.subscribe(subscription);
  return { opens: subscription };
});
