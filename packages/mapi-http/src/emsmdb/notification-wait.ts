import type { Clock } from '@fauxchange/kernel';
import { emsmdbRequestTypes, errorCode } from '@fauxchange/mapi-wire';
import { defineRequestType, type RequestType } from '../request-type.ts';
import type { EmsmdbSession } from '../session/emsmdb-session.ts';

/** Milliseconds, [MS-OXCMAPIHTTP] 3.2.5.5. */
const mostWaiting = 300_000;

/** True as soon as there is something to tell; false after five minutes, or when the signal aborts. */
export async function untilPending({ notifications }: EmsmdbSession, clock: Clock, signal: AbortSignal): Promise<boolean> {
  const over = new AbortController();
  const timer = clock.setTimeout(() => over.abort(), mostWaiting);
  const isPending = await notifications.pending(AbortSignal.any([signal, over.signal]));
  timer.cancel();
  return isPending;
}

/** [MS-OXCMAPIHTTP] 2.2.4.4 NotificationWait: beside the other requests of its session, until something happens or five minutes are over. */
export const notificationWait: RequestType = defineRequestType({ name: 'NotificationWait', use: 'beside', ...emsmdbRequestTypes.NotificationWait }, async (_asked, { environment, session, signal }) => {
  const isPending = session?.emsmdb ? await untilPending(session.emsmdb, environment.clock, signal) : false;
  return { value: { StatusCode: 0, ErrorCode: errorCode.Success, EventPending: isPending ? 1 : 0, AuxiliaryBuffer: new Uint8Array(0) } };
});
