import { emsmdbRequestTypes, errorCode } from '@fauxchange/mapi-wire';
import { defineRequestType, type RequestType } from '../request-type.ts';

/** Milliseconds, [MS-OXCMAPIHTTP] 3.2.5.5. */
const mostWaiting = 300_000;

/** [MS-OXCMAPIHTTP] 2.2.4.4 NotificationWait: beside the other requests of its session, until something happens or five minutes are over. */
export const notificationWait: RequestType = defineRequestType({ name: 'NotificationWait', use: 'beside', ...emsmdbRequestTypes.NotificationWait }, async (_asked, { environment, session, signal }) => {
  const over = new AbortController();
  const timer = environment.clock.setTimeout(() => over.abort(), mostWaiting);
  const isPending = (await session?.emsmdb?.notifications.pending(AbortSignal.any([signal, over.signal]))) ?? false;
  timer.cancel();
  return { value: { StatusCode: 0, ErrorCode: errorCode.Success, EventPending: isPending ? 1 : 0, AuxiliaryBuffer: new Uint8Array(0) } };
});
