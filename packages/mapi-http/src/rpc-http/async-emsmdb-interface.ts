import { asyncEmsmdbCalls, errorCode, rpcInterface } from '@fauxchange/mapi-wire';
import type { EmsmdbSession } from '../session/emsmdb-session.ts';
import { untilPending } from '../emsmdb/notification-wait.ts';
import { defineCall, type RpcInterface } from './rpc-call.ts';

/** NotificationPending, [MS-OXCRPC] 3.3.4.1. */
const notificationPending = 0x1;

/** AsyncEMSMDB, [MS-OXCRPC] 3.3.4: what MAPI over HTTP has as NotificationWait. One call a session waits; another is refused. */
export function asyncEmsmdbInterface(): RpcInterface {
  const waiting = new WeakSet<EmsmdbSession>();
  const wait = defineCall('EcDoAsyncWaitEx', asyncEmsmdbCalls.EcDoAsyncWaitEx, async ({ AsyncContextHandle }, { environment, sessions, signal }) => {
    const session = sessions.waiting(AsyncContextHandle);
    if (waiting.has(session)) return { FlagsOut: 0, ReturnValue: errorCode.Rejected };
    waiting.add(session);
    const isPending = await untilPending(session, environment.clock, signal).finally(() => waiting.delete(session));
    return { FlagsOut: isPending ? notificationPending : 0, ReturnValue: errorCode.Success };
  });
  return { syntax: rpcInterface.AsyncEmsmdb, calls: [wait] };
}
