import { connect, type Socket } from 'node:net';
import {
  bindAckBody, bindBody, decode, decodePdu, encode, encodePdu, faultBody, ndr32, pduFlag, pduHead, pduHeadSize, pduType, requestBody, rpcResponseBody, rtsFlag, rtsPdu, rtsType,
  type Layout, type LayoutValue, type Pdu, type RtsCommand, type RtsPdu, type SyntaxId,
} from '@fauxchange/mapi-wire';
import type { MapiHttpEmulator } from '../../src/index.ts';

const inCookie = '22222222-2222-4222-8222-222222222222';
const outCookie = '33333333-3333-4333-8333-333333333333';
const mostFragment = 5840;

/** One connection as bytes, with whoever waits for more of them. */
class ByteStream {
  readonly socket: Socket;
  #bytes = Buffer.alloc(0);
  #isOver = false;
  #wake: () => void = () => undefined;

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.on('error', () => undefined).on('close', () => {
      this.#isOver = true;
      this.#wake();
    }).on('data', (chunk: Buffer) => {
      this.#bytes = Buffer.concat([this.#bytes, chunk]);
      this.#wake();
    });
  }

  /** What `cut` takes from the begin, once it is whole. */
  async next(cut: (bytes: Buffer) => number | undefined): Promise<Buffer> {
    for (;;) {
      const size = cut(this.#bytes);
      if (size !== undefined) {
        const found = this.#bytes.subarray(0, size);
        this.#bytes = this.#bytes.subarray(size);
        return found;
      }
      if (this.#isOver) throw new Error(`the connection is over behind ${this.#bytes.length} bytes`);
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  head(): Promise<Buffer> {
    return this.next((bytes) => {
      const end = bytes.indexOf('\r\n\r\n');
      return end < 0 ? undefined : end + 4;
    });
  }
  pdu(): Promise<Buffer> {
    return this.next((bytes) => {
      if (bytes.length < pduHeadSize) return undefined;
      const { FragmentLength } = decode(bytes.subarray(0, pduHeadSize), pduHead);
      return bytes.length < FragmentLength ? undefined : FragmentLength;
    });
  }
}

export interface RpcClientOptions {
  readonly user?: string;
  readonly authorization?: string | undefined;
  readonly cookie?: string;
  readonly path?: string;
  readonly window?: number;
}

/** A client of Outlook Anywhere: two channels, and calls one after the other. */
export class RpcClient {
  readonly #port: number;
  readonly #options: RpcClientOptions;
  readonly #authorization: string | undefined;
  #in: ByteStream | undefined;
  #out: ByteStream | undefined;
  #calls = 0;
  readonly heard: RtsPdu[] = [];

  constructor(mapi: MapiHttpEmulator, options: RpcClientOptions = {}) {
    const { user = 'alice' } = options;
    this.#port = mapi.port;
    this.#options = options;
    this.#authorization = 'authorization' in options ? options.authorization : `Basic ${Buffer.from(`${user}@example.test:${user}-pass`).toString('base64')}`;
  }

  /** A request's head alone, and the head that answers it. */
  async ask(method: string, length: number, body: Uint8Array = new Uint8Array(0), more: readonly string[] = []): Promise<{ readonly stream: ByteStream; readonly head: string }> {
    const stream = this.#request(method, length, body, more);
    return { stream, head: (await stream.head()).toString('latin1') };
  }

  #request(method: string, length: number, body: Uint8Array, more: readonly string[] = []): ByteStream {
    const stream = new ByteStream(this.#port);
    const { path = '/rpc/rpcproxy.dll?server:6001' } = this.#options;
    const lines = [`${method} ${path} HTTP/1.1`, 'Host: localhost', 'Accept: application/rpc', 'User-Agent: MSRPC', `Content-Length: ${length}`, ...(this.#authorization === undefined ? [] : [`Authorization: ${this.#authorization}`]), ...more];
    stream.socket.write(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body]));
    return stream;
  }

  /** Both channels, up to CONN/C2. @returns the heads of what came on the OUT channel, and the RTS PDUs */
  async open(): Promise<{ readonly head: string; readonly a3: RtsPdu; readonly c2: RtsPdu }> {
    const { cookie = '11111111-1111-4111-8111-111111111111', window = 262_144 } = this.#options;
    const a1: RtsCommand[] = [{ kind: 'Version', Version: 1 }, { kind: 'Cookie', Cookie: cookie }, { kind: 'Cookie', Cookie: outCookie }, { kind: 'ReceiveWindowSize', Size: window }];
    const b1: RtsCommand[] = [{ kind: 'Version', Version: 1 }, { kind: 'Cookie', Cookie: cookie }, { kind: 'Cookie', Cookie: inCookie }, { kind: 'ChannelLifetime', Bytes: 2 ** 30 }, { kind: 'ClientKeepalive', Time: 300_000 }, { kind: 'AssociationGroupId', AssociationGroupId: cookie }];
    const { stream, head } = await this.ask('RPC_OUT_DATA', 76, encode(rtsPdu, { Flags: rtsFlag.None, Commands: a1 }));
    this.#out = stream;
    const a3 = decode(await stream.pdu(), rtsPdu);
    this.#in = this.#request('RPC_IN_DATA', 2 ** 30, encode(rtsPdu, { Flags: rtsFlag.None, Commands: b1 }));
    return { head, a3, c2: decode(await stream.pdu(), rtsPdu) };
  }

  /** A PDU as it is. */
  write(bytes: Uint8Array): void {
    this.#in?.socket.write(bytes);
  }

  /** The client has taken so many bytes, and takes so many more. */
  acknowledge(BytesReceived: number, AvailableWindow: number): void {
    this.write(encode(rtsPdu, { Flags: rtsFlag.OtherCommand, Commands: [{ kind: 'Destination', Destination: 3 }, { kind: 'FlowControlAck', BytesReceived, AvailableWindow, ChannelCookie: outCookie }] }));
  }

  /** The next PDU that is not of the proxy. */
  async hear(): Promise<Pdu> {
    for (;;) {
      const bytes = await this.#out?.pdu();
      if (!bytes) throw new Error('no channel');
      if (bytes[2] !== rtsType) return decodePdu(bytes);
      this.heard.push(decode(bytes, rtsPdu));
    }
  }

  async bind(AbstractSyntax: SyntaxId, TransferSyntaxes: readonly SyntaxId[] = [ndr32], ContextId = 0): Promise<{ readonly type: number; readonly results: LayoutValue<typeof bindAckBody>['Results'] }> {
    const Body = encode(bindBody, { MaxTransmitFragment: mostFragment, MaxReceiveFragment: mostFragment, AssociationGroupId: 0, ContextCount: 1, Contexts: [{ ContextId, TransferSyntaxCount: TransferSyntaxes.length, AbstractSyntax, TransferSyntaxes }] });
    this.write(encodePdu({ PacketType: pduType.Bind, PacketFlags: pduFlag.First | pduFlag.Last, CallId: ++this.#calls, Body }));
    const answer = await this.hear();
    return { type: answer.PacketType, results: answer.PacketType === pduType.BindAck ? decode(answer.Body, bindAckBody).Results : [] };
  }

  /** Sends a call, in fragments where it is long. */
  send(number: number, stub: Uint8Array, ContextId = 0, most = mostFragment - 24): number {
    const CallId = ++this.#calls;
    for (let at = 0; at === 0 || at < stub.length; at += most) {
      const PacketFlags = (at === 0 ? pduFlag.First : 0) | (at + most >= stub.length ? pduFlag.Last : 0);
      this.write(encodePdu({ PacketType: pduType.Request, PacketFlags, CallId, Body: encode(requestBody, { AllocationHint: stub.length - at, ContextId, OperationNumber: number, Stub: stub.subarray(at, at + most) }) }));
    }
    return CallId;
  }

  /** The stub that answers, or the status of the fault. */
  async answer(): Promise<Uint8Array | number> {
    const parts: Uint8Array[] = [];
    for (;;) {
      const { PacketType, PacketFlags, Body } = await this.hear();
      if (PacketType === pduType.Fault) return decode(Body, faultBody).Status;
      parts.push(decode(Body, rpcResponseBody).Stub);
      if ((PacketFlags & pduFlag.Last) !== 0) return Buffer.concat(parts);
    }
  }

  /** A call of an interface that is bound. */
  async call<Q, R>(call: { readonly number: number; readonly request: Layout<Q>; readonly response: Layout<R> }, asked: NoInfer<Q>): Promise<R | { readonly fault: number }> {
    this.send(call.number, encode(call.request, asked));
    const stub = await this.answer();
    return typeof stub === 'number' ? { fault: stub } : decode(stub, call.response);
  }

  close(): void {
    this.#in?.socket.destroy();
    this.#out?.socket.destroy();
  }
}
