import { decodeEnvelope, encodeEnvelope } from '@fauxchange/xml';
import { post } from '@fauxchange/kernel';
import type { SendNotification } from '../notifications/push.ts';
import { ewsSchema } from '../schema/ews-schema.ts';
import type { SendNotificationResultType } from '../schema/types.generated.ts';
import { contentType } from './headers.ts';

const action = '"http://schemas.microsoft.com/exchange/services/2006/messages/SendNotification"';

/** Posts a notification and reads the client's SendNotificationResult, [MS-OXWSPSNTIF] 3.1.4.1. */
export function notificationSender(serverVersion: Readonly<Record<string, unknown>>, signal: AbortSignal): SendNotification {
  return async (url, message) => {
    try {
      const body = encodeEnvelope(ewsSchema(), 'm:SendNotification', message, { header: { ServerVersionInfo: serverVersion } });
      const answer = await post(url, { headers: { 'Content-Type': contentType, SOAPAction: action }, body, signal });
      if (answer.status !== 200) return 'failed';
      const { name, value } = decodeEnvelope(answer.body, ewsSchema(), { bytes: 65_536 });
      return name === 'm:SendNotificationResult' ? (value as SendNotificationResultType).SubscriptionStatus : 'failed';
    } catch {
      return 'failed';
    }
  };
}
