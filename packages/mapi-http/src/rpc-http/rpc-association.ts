import {
  bindAckBody, bindBody, ByteReader, bindNakBody, contextResult, decode, decodePdu, encode, encodePdu, faultBody, ndr32, pduFlag, pduType, providerReason, rejectReason, requestBody, rpcResponseBody, WireError,
  type Pdu, type PresentationContext,
} from '@fauxchange/mapi-wire';
import { faultStatus, RpcFault, type RpcCall, type RpcContext, type RpcInterface } from './rpc-call.ts';

/** Bytes of one PDU, [MS-RPCE] 3.3.1.5.2: what servers propose. */
const mostFragment = 5840;
const leastFragment = 1432;
/** Bytes of one call's arguments, all fragments together. */
const mostStub = 512 * 1024;
/** Heads of a PDU and of a response. */
const responseHeads = 24;
const mostContexts = 16;
/** [MS-RPCE] 2.2.2.14: the first eight bytes of a UUID that asks for features and is no transfer syntax. */
const featureNegotiation = /^6cb71c2c-9812-4540-/;

interface Call {
  readonly contextId: number;
  readonly operationNumber: number;
  readonly parts: Uint8Array[];
  size: number;
}

/** One DCE/RPC connection: binds interfaces, puts calls together, answers them. Calls are answered as they end, whatever their order. */
export class RpcAssociation {
  readonly #interfaces: readonly RpcInterface[];
  readonly #context: RpcContext;
  readonly #send: (pdu: Uint8Array) => void;
  readonly #onBug: (error: unknown) => void;
  readonly #bound = new Map<number, RpcInterface>();
  readonly #calls = new Map<number, Call>();
  #transmit = mostFragment;

  constructor(interfaces: readonly RpcInterface[], context: RpcContext, send: (pdu: Uint8Array) => void, onBug: (error: unknown) => void) {
    this.#interfaces = interfaces;
    this.#context = context;
    this.#send = send;
    this.#onBug = onBug;
  }

  /** One whole PDU. @throws WireError for what is none: the connection has to end then */
  take(bytes: Uint8Array): void {
    const pdu = decodePdu(bytes);
    switch (pdu.PacketType) {
      case pduType.Bind: return this.#bind(pdu, pduType.BindAck);
      case pduType.AlterContext: return this.#bind(pdu, pduType.AlterContextResponse);
      case pduType.Request: return this.#request(pdu);
      case pduType.Cancel: case pduType.Orphaned: return void this.#calls.delete(pdu.CallId);
      default: throw new WireError('invalid', `no PDU of type ${pdu.PacketType} comes from a client`, 0);
    }
  }

  #bind({ CallId, Body, Auth }: Pdu, PacketType: number): void {
    const whole = { CallId, PacketFlags: pduFlag.First | pduFlag.Last };
    // Whoever is there has said so to the proxy; NTLM and Kerberos within RPC are not spoken here.
    if (Auth) return this.#send(encodePdu({ ...whole, PacketType: pduType.BindNak, Body: encode(bindNakBody, { RejectReason: rejectReason.AuthenticationTypeNotRecognized }) }));
    const { MaxReceiveFragment, AssociationGroupId, Contexts } = decode(Body, bindBody);
    this.#transmit = Math.max(leastFragment, Math.min(mostFragment, MaxReceiveFragment));
    const Results = Contexts.slice(0, mostContexts).map((one) => this.#bindContext(one));
    this.#send(encodePdu({ ...whole, PacketType, Body: encode(bindAckBody, {
      MaxTransmitFragment: this.#transmit, MaxReceiveFragment: mostFragment, AssociationGroupId: AssociationGroupId || 1, SecondaryAddress: PacketType === pduType.BindAck ? '6001' : null, ResultCount: Results.length, Results,
    }) }));
  }

  #bindContext({ ContextId, AbstractSyntax, TransferSyntaxes }: PresentationContext): { readonly Result: number; readonly Reason: number; readonly TransferSyntax: { readonly Uuid: string; readonly Version: number } } {
    const none = { Uuid: '00000000-0000-0000-0000-000000000000', Version: 0 };
    if (TransferSyntaxes.some(({ Uuid }) => featureNegotiation.test(Uuid))) return { Result: contextResult.NegotiateAck, Reason: 0, TransferSyntax: none };
    const found = this.#interfaces.find(({ syntax: { Uuid, Version } }) => Uuid === AbstractSyntax.Uuid && Version === AbstractSyntax.Version);
    if (!found) return { Result: contextResult.ProviderRejection, Reason: providerReason.AbstractSyntaxNotSupported, TransferSyntax: none };
    if (!TransferSyntaxes.some(({ Uuid }) => Uuid === ndr32.Uuid)) return { Result: contextResult.ProviderRejection, Reason: providerReason.TransferSyntaxesNotSupported, TransferSyntax: none };
    this.#bound.set(ContextId, found);
    return { Result: contextResult.Acceptance, Reason: 0, TransferSyntax: ndr32 };
  }

  #request({ CallId, PacketFlags, Body }: Pdu): void {
    if ((PacketFlags & pduFlag.ObjectUuid) !== 0) throw new WireError('invalid', 'no object is asked for', 0);
    const { ContextId, OperationNumber, Stub } = decode(Body, requestBody);
    if ((PacketFlags & pduFlag.First) !== 0) this.#calls.set(CallId, { contextId: ContextId, operationNumber: OperationNumber, parts: [], size: 0 });
    const call = this.#calls.get(CallId);
    if (!call) throw new WireError('invalid', 'a fragment has no first one', 0);
    call.parts.push(Stub);
    call.size += Stub.length;
    if (call.size > mostStub) throw new WireError('limit', `a call of more than ${mostStub} bytes`, 0);
    if ((PacketFlags & pduFlag.Last) === 0) return;
    this.#calls.delete(CallId);
    void this.#answer(CallId, call).catch(this.#onBug);
  }

  async #answer(CallId: number, { contextId, operationNumber, parts }: Call): Promise<void> {
    try {
      const found = this.#bound.get(contextId);
      if (!found) throw new RpcFault(faultStatus.UnknownInterface, 'No interface is bound there.');
      const call = found.calls.find(({ number }) => number === operationNumber);
      if (!call) throw new RpcFault(faultStatus.OperationRange, `The interface has no call ${operationNumber}.`);
      const asked = readArguments(call, Buffer.concat(parts));
      this.#respond(CallId, contextId, encode(call.response, await call.handle(asked, this.#context)));
    } catch (thrown) {
      const status = thrown instanceof RpcFault ? thrown.status : faultStatus.CallFailed;
      this.#send(encodePdu({ PacketType: pduType.Fault, PacketFlags: pduFlag.First | pduFlag.Last, CallId, Body: encode(faultBody, { AllocationHint: 32, ContextId: contextId, CancelCount: 0, Status: status }) }));
      if (!(thrown instanceof RpcFault)) throw thrown;
    }
  }

  #respond(CallId: number, ContextId: number, stub: Uint8Array): void {
    const most = this.#transmit - responseHeads;
    for (let at = 0; at === 0 || at < stub.length; at += most) {
      const Stub = stub.subarray(at, at + most);
      const PacketFlags = (at === 0 ? pduFlag.First : 0) | (at + most >= stub.length ? pduFlag.Last : 0);
      this.#send(encodePdu({ PacketType: pduType.Response, PacketFlags, CallId, Body: encode(rpcResponseBody, { AllocationHint: stub.length - at, ContextId, CancelCount: 0, Stub }) }));
    }
  }
}

/** @throws RpcFault for what are not the arguments of the call */
function readArguments({ request }: RpcCall, stub: Uint8Array): unknown {
  try {
    // Clients pad the stub to its alignment: what stands behind the arguments is not looked at.
    return request.read(new ByteReader(stub), {});
  } catch (thrown) {
    if (thrown instanceof WireError) throw new RpcFault(faultStatus.BadStubData, thrown.message);
    throw thrown;
  }
}
