import { emsmdbCalls, errorCode, noContextHandle, rpcInterface } from '@fauxchange/mapi-wire';
import type { AllMailboxFacts } from '../logon/mailbox-facts.ts';
import { polling, refusalOf } from '../emsmdb/connect.ts';
import { carryOut } from '../emsmdb/execute.ts';
import type { RopHandlers } from '../rop/define-rop.ts';
import { EmsmdbSession } from '../session/emsmdb-session.ts';
import { defineCall, faultStatus, RpcFault, type RpcInterface } from './rpc-call.ts';
import { versionWords } from './version-words.ts';

const noBytes = new Uint8Array(0);
/** The ranges of SMALL_RANGE_ULONG and BIG_RANGE_ULONG, [MS-OXCRPC] 2.2.1. */
const mostAuxiliary = 0x1008;
const mostPayload = 0x4_0000;
const mostIndex = 0xffff;

/** EMSMDB, [MS-OXCRPC] 3.1.4: what MAPI over HTTP has as Connect, Execute and Disconnect. */
export function emsmdbInterface(facts: AllMailboxFacts, handlers: RopHandlers): RpcInterface {
  let sessionIndex = 0;
  const connect = defineCall('EcDoConnectEx', emsmdbCalls.EcDoConnectEx, async (asked, { environment, caller, sessions, profile }) => {
    if (asked.AuxiliaryOutSize > mostAuxiliary || asked.AuxiliaryIn.length > mostAuxiliary) throw new RpcFault(faultStatus.BadStubData, 'The auxiliary buffer is too long.');
    const torn = asked.AuxiliaryIn.length > 0 && asked.AuxiliaryIn.length < 8;
    const ReturnValue = torn ? errorCode.NetworkError : refusalOf(asked, { caller, environment });
    const isIn = ReturnValue === errorCode.Success;
    const session = isIn ? new EmsmdbSession(caller, { DefaultCodePage: asked.CodePage, LcidSort: asked.LcidSort, LcidString: asked.LcidString }, facts, (error) => environment.reportBug(error)) : undefined;
    sessionIndex = (sessionIndex % mostIndex) + 1;
    return {
      ContextHandle: session ? sessions.add(session) : noContextHandle, ...(isIn ? polling : { PollsMax: 0, RetryCount: 0, RetryDelay: 0 }), SessionIndex: isIn ? sessionIndex : 0, DnPrefix: isIn ? '' : null,
      DisplayName: isIn ? caller.displayName : null, ServerVersion: versionWords(profile.serverApplication), BestVersion: asked.ClientVersion, TimeStamp: asked.TimeStamp, AuxiliaryOut: noBytes, AuxiliaryOutSize: 0, ReturnValue,
    };
  });

  const execute = defineCall('EcDoRpcExt2', emsmdbCalls.EcDoRpcExt2, async ({ ContextHandle, Flags, In, OutSize, AuxiliaryIn, AuxiliaryOutSize }, { environment, caller, sessions }) => {
    const session = sessions.get(ContextHandle);
    if (OutSize > mostPayload || AuxiliaryOutSize > mostAuxiliary || In.length > mostPayload || AuxiliaryIn.length > mostAuxiliary) throw new RpcFault(faultStatus.BadStubData, 'A buffer is longer than any may be.');
    const { value: { ErrorCode, RopBuffer } } = await carryOut({ Flags, RopBuffer: In, MaxRopOut: OutSize, AuxiliaryBuffer: AuxiliaryIn }, session, handlers, { environment, caller });
    return { ContextHandle, Flags: 0, Out: RopBuffer, OutSize: RopBuffer.length, AuxiliaryOut: noBytes, AuxiliaryOutSize: 0, TransTime: 0, ReturnValue: ErrorCode };
  });

  const disconnect = defineCall('EcDoDisconnect', emsmdbCalls.EcDoDisconnect, async ({ ContextHandle }, { sessions }) => {
    sessions.get(ContextHandle);
    sessions.end(ContextHandle);
    return { ContextHandle: noContextHandle, ReturnValue: errorCode.Success };
  });

  const dummy = defineCall('EcDummyRpc', emsmdbCalls.EcDummyRpc, async () => ({ ReturnValue: errorCode.Success }));

  const asyncConnect = defineCall('EcDoAsyncConnectEx', emsmdbCalls.EcDoAsyncConnectEx, async ({ ContextHandle }, { sessions }) => ({
    AsyncContextHandle: sessions.addWaiting(sessions.get(ContextHandle)), ReturnValue: errorCode.Success,
  }));

  return { syntax: rpcInterface.Emsmdb, calls: [connect, execute, disconnect, dummy, asyncConnect] };
}
