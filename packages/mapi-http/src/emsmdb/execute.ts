import { decodeExtendedBuffers, decodeRops, emsmdbRequestTypes, encodeExtendedBuffers, errorCode, executeFlag, mostPayload, responseCode, WireError, type DecodedRopBuffer, type LayoutValue } from '@fauxchange/mapi-wire';
import { codeOf } from '../errors.ts';
import { answerChained } from './chained-answers.ts';
import { defineRequestType, type Answer, type RequestContext, type RequestType } from '../request-type.ts';
import { ResponseCodeError } from '../response-code.ts';
import type { RopHandlers } from '../rop/define-rop.ts';
import { RopProcessor, type RopResult } from '../rop/rop-processor.ts';
import type { EmsmdbSession } from '../session/emsmdb-session.ts';

type Asked = LayoutValue<typeof emsmdbRequestTypes.Execute.request>;
type Answered = LayoutValue<typeof emsmdbRequestTypes.Execute.response>;

/** [MS-OXCRPC] 3.1.4.2: more is no request that a client may send. */
const mostRequest = 0x4_0000;
const mostAuxiliary = 0x1008;
/** A payload with its header: several of them in one request are for servers that say they take them. */
const mostBuffer = 0x8007;
/** Bytes of RPC_HEADER_EXT. */
const headerSize = 8;
const noBytes = new Uint8Array(0);

/** [MS-OXCMAPIHTTP] 2.2.4.2 Execute: ROPs and their answers. */
export const execute = (handlers: RopHandlers): RequestType => defineRequestType({ name: 'Execute', use: 'inTurn', ...emsmdbRequestTypes.Execute }, async (asked, context) => {
  const session = context.session?.emsmdb;
  if (!session) throw new ResponseCodeError(responseCode.ContextNotFound, 'The session has no logon to any mailbox.');
  return carryOut(asked, session, handlers, context);
});

/** The ROPs of a request, whichever way it came. */
export async function carryOut(asked: Asked, session: EmsmdbSession, handlers: RopHandlers, context: Pick<RequestContext, 'environment' | 'caller'>): Promise<Answer<Done>> {
  const buffer = read(asked, session);
  if (typeof buffer === 'number') return { value: failed(buffer) };
  try {
    const { value, results } = await run(asked, buffer, session, handlers, context);
    const { rops, handles } = buffer;
    return { value, decoded: { request: { ...asked, RopBuffer: { rops, handles } }, response: { ...value, RopBuffer: results } } };
  } catch (thrown) {
    const code = codeOf(thrown);
    if (code === undefined) throw thrown;
    return { value: failed(code) };
  }
}

/** What the journal keeps of a payload. */
type Told = Omit<RopResult, 'payload'>;
type Done = Extract<Answered, { readonly ErrorCode: number }>;
const failed = (ErrorCode: number): Done => ({ StatusCode: 0, ErrorCode, Flags: 0, RopBuffer: noBytes, AuxiliaryBuffer: noBytes });

/** The ROPs of a request, or the code of what is wrong with it. */
function read({ RopBuffer, AuxiliaryBuffer }: Asked, session: EmsmdbSession): DecodedRopBuffer | number {
  if (RopBuffer.length > mostRequest || AuxiliaryBuffer.length > mostAuxiliary) return errorCode.BadStubData;
  const isTorn = ({ length }: Uint8Array): boolean => length > 0 && length < headerSize;
  if (RopBuffer.length < headerSize || RopBuffer.length > mostBuffer || isTorn(AuxiliaryBuffer)) return errorCode.NetworkError;
  try {
    const [payload, ...more] = decodeExtendedBuffers(RopBuffer);
    if (!payload || more.length > 0) return errorCode.RpcFormat;
    return decodeRops(payload, { codePage: session.codePage, isPublic: (logonId) => session.objects.logon(logonId)?.isPublic ?? false });
  } catch (thrown) {
    if (thrown instanceof WireError) return errorCode.RpcFormat;
    throw thrown;
  }
}

async function run({ Flags, MaxRopOut }: Asked, buffer: DecodedRopBuffer, session: EmsmdbSession, handlers: RopHandlers, { environment, caller }: Pick<RequestContext, 'environment' | 'caller'>): Promise<{ readonly value: Done; readonly results: readonly Told[] }> {
  const processed = (what: DecodedRopBuffer, most: number): Promise<RopResult> => new RopProcessor(what, { environment, session, handlers, user: caller.primarySmtpAddress, mostBytes: Math.min(most - headerSize, mostPayload) }).run();
  // No room for a header: no ROP is carried out, [MS-OXCRPC] 3.1.4.2.
  const first = await processed(MaxRopOut < headerSize ? { ...buffer, rops: [], starts: [] } : buffer, MaxRopOut);
  const payloads = [first.payload];
  const told = ({ responses, handles }: RopResult): Told => ({ responses, handles });
  const results = [told(first)];
  let left = MaxRopOut - headerSize - first.payload.length;
  if ((Flags & executeFlag.Chain) !== 0) {
    await answerChained(buffer, first, left, async (again) => {
      const result = await processed(again, left);
      const size = headerSize + result.payload.length;
      payloads.push(result.payload);
      results.push(told(result));
      left -= size;
      return { result, size };
    });
  }
  const RopBuffer = encodeExtendedBuffers(payloads, { isCompressed: (Flags & executeFlag.NoCompression) === 0, isObfuscated: (Flags & executeFlag.NoXorMagic) === 0 });
  return { value: { StatusCode: 0, ErrorCode: errorCode.Success, Flags: 0, RopBuffer, AuxiliaryBuffer: noBytes }, results };
}
