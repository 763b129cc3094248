import type { Environment } from '@fauxchange/emulator';
import { ByteReader, encode, encodeRopResponse, errorCode, noHandle, ropBuffer, rops, type AnyRopResponse, type DecodedRopBuffer, type DecodedRopRequest, type Rop, type RopResponse } from '@fauxchange/mapi-wire';
import { codeOf, RopError } from '../errors.ts';
import type { ServerObject } from '../objects/server-object.ts';
import type { EmsmdbSession } from '../session/emsmdb-session.ts';
import { BufferTooSmallError, type RopAnswer, type RopContext, type RopHandler, type RopHandlers } from './define-rop.ts';

/** What came of a list of ROPs. */
export interface RopResult {
  readonly responses: readonly AnyRopResponse[];
  readonly handles: readonly number[];
  /** Both of them as they go out. */
  readonly payload: Uint8Array;
}

/** RopId, handle index, ReturnValue. */
const headSize = 6;
/** RopId and SizeNeeded of RopBufferTooSmall. */
const tooSmallHeadSize = 3;
/** RopId and SessionIndex of RopPending. */
const pendingSize = 3;
const handleSize = 4;
const ropSizeSize = 2;
/** So many zeros make the members of any failure: their texts are empty, their lists too. */
const zeros = new Uint8Array(64);

export interface ProcessorOptions {
  readonly environment: Environment;
  readonly session: EmsmdbSession;
  readonly handlers: RopHandlers;
  readonly user: string;
  /** Bytes of the payload that answers. */
  readonly mostBytes: number;
}

/** The requests of one buffer, one after the other; a failed one stops none of those behind it. [MS-OXCROPS] 3.2.5.1 */
export class RopProcessor {
  readonly #options: ProcessorOptions;
  readonly #buffer: DecodedRopBuffer;
  readonly #handles: number[];
  readonly #responses: AnyRopResponse[] = [];
  readonly #encoded: Uint8Array[] = [];
  readonly #isReserving: boolean;
  readonly #capacity: number;
  #left: number;

  constructor(buffer: DecodedRopBuffer, options: ProcessorOptions) {
    this.#options = options;
    this.#buffer = buffer;
    this.#handles = [...buffer.handles];
    this.#left = options.mostBytes - ropSizeSize - handleSize * buffer.handles.length;
    this.#capacity = this.#left;
    this.#isReserving = tooSmallHeadSize + buffer.list.length <= this.#left;
  }

  async run(): Promise<RopResult> {
    for (const [at, request] of this.#buffer.rops.entries()) {
      const response = await this.#answer(request, at);
      if (response === undefined) continue;
      const needed = typeof response === 'number' ? response : this.#push(response, this.#reserveBehind(at));
      if (needed === undefined) continue;
      this.#tooSmall(at, needed);
      break;
    }
    await this.#notify();
    return { responses: this.#responses, handles: this.#handles, payload: encode(ropBuffer, { RopsList: Buffer.concat(this.#encoded), ServerObjectHandleTable: this.#handles }) };
  }

  /** What the requests behind one would take if they came back; nothing where all of them never had the room. */
  #reserveBehind(at: number): number {
    const { starts, list } = this.#buffer;
    const next = starts[at + 1];
    return next === undefined || !this.#isReserving ? 0 : tooSmallHeadSize + list.length - next;
  }

  /** The bytes that it takes where it has no room, with so many left behind it. */
  #push(response: AnyRopResponse, reserve: number): number | undefined {
    const encoded = encodeRopResponse(response, { codePage: this.#options.session.codePage });
    if (encoded.length + reserve > this.#left) return encoded.length;
    this.#left -= encoded.length;
    this.#responses.push(response);
    this.#encoded.push(encoded);
    return undefined;
  }

  /** [MS-OXCROPS] 3.2.5.1: this request and those behind it come back, not executed. */
  #tooSmall(at: number, needed: number): void {
    const RequestBuffers = this.#buffer.list.subarray(this.#buffer.starts[at]);
    // The client sends its buffer again with so much room.
    const SizeNeeded = Math.min(0xffff, needed);
    const left = this.#left - tooSmallHeadSize - RequestBuffers.length;
    if (left < 0) throw new RopError(errorCode.BufferTooSmall, 'Not even the requests that are left have room in the answer.');
    this.#push({ name: 'RopBufferTooSmall', body: { SizeNeeded, RequestBuffers } }, 0);
    this.#left = 0;
  }

  /** A number: the bytes of a response that has no room. */
  async #answer(request: DecodedRopRequest, at: number): Promise<RopResponse | number | undefined> {
    if (request.name === 'RopRelease') {
      const handle = this.#handles[request.handleIndex];
      if (handle !== undefined) await this.#release(handle);
      return undefined;
    }
    const rop: Rop = rops[request.name];
    const handleIndex = rop.responseHead === 'OutputHandleIndex' && rop.requestHead !== 'OutputHandleIndex' ? (request.request as { readonly OutputHandleIndex: number }).OutputHandleIndex : request.handleIndex;
    const head = { name: request.name, handleIndex } as const;
    try {
      const { body, returnValue = 0, opens } = await this.#run(request, rop, at);
      if (opens) this.#handles[handleIndex] = opens.logon === opens ? this.#options.session.objects.addLogon(opens.logon) : this.#options.session.objects.add(opens);
      return { ...head, returnValue, body: body ?? (returnValue === 0 ? {} : this.#failureBody(rop, returnValue, request, undefined)) } as RopResponse;
    } catch (thrown) {
      if (thrown instanceof BufferTooSmallError) return headSize + thrown.needed;
      const returnValue = codeOf(thrown);
      if (returnValue === undefined) throw thrown;
      return { ...head, returnValue, body: this.#failureBody(rop, returnValue, request, thrown) } as RopResponse;
    }
  }

  /** Nothing answers a RopRelease: a stream whose bytes are refused goes without a word. */
  async #release(handle: number): Promise<void> {
    try {
      await this.#options.session.objects.release(handle);
    } catch (thrown) {
      if (codeOf(thrown) === undefined) throw thrown;
    }
  }

  async #run(request: DecodedRopRequest, rop: Rop, at: number): Promise<RopAnswer<never>> {
    const { environment, session, handlers, user } = this.#options;
    const struck = environment.faults.take({ protocol: 'mapi', operation: request.name, user, path: '/mapi/emsmdb' }, ['error']);
    if (struck?.effect.kind === 'error') throw new RopError(Number(struck.effect.code), 'A fault rule asks for this.');
    const handler = handlers.get(request.name);
    if (!handler) throw new RopError(errorCode.NotSupported, `${request.name} is not emulated.`);
    const object = this.#objectOf(request, rop, handler);
    const context: Omit<RopContext, 'object' | 'logon'> = {
      environment, session, logonId: request.logonId, room: this.#left - headSize - this.#reserveBehind(at), mostRoom: this.#capacity - headSize - this.#reserveBehind(at),
      destination: (index) => this.#at(index) ?? fail(errorCode.NullDestinationObject, 'Nothing has the second index.'),
    };
    return handler.handle(request.request as never, { ...context, object, logon: object?.logon } as RopContext) as Promise<RopAnswer<never>>;
  }

  #at(index: number): ServerObject | undefined {
    return this.#options.session.objects.get(this.#handles[index] ?? noHandle);
  }

  /** The object of the request, of a kind that the ROP works on. RopLogon has none. */
  #objectOf({ name, logonId, handleIndex, request }: DecodedRopRequest, { requestHead }: Rop, { on }: RopHandler): ServerObject | undefined {
    if (requestHead === 'OutputHandleIndex') return undefined;
    const index = requestHead === 'ResponseHandleIndex' ? (request as { readonly InputHandleIndex: number }).InputHandleIndex : handleIndex;
    const object = this.#at(index) ?? fail(errorCode.NullObject, `Nothing has the index ${index}.`);
    // [MS-OXCROPS] 3.2.5.4.
    if (object.logon.id !== logonId) throw new RopError(errorCode.AccessDenied, 'The handle is of another logon.');
    if (!on.some((kind) => object instanceof kind)) throw new RopError(errorCode.NotSupported, `${name} does nothing to a ${object.constructor.name}.`);
    return object;
  }

  /** The members of a failure: those that were said, else zeros. */
  #failureBody(rop: Rop, returnValue: number, { request }: DecodedRopRequest, thrown: unknown): unknown {
    const layout = rop.failure(returnValue);
    if (!layout) return undefined;
    const body = layout.read(new ByteReader(zeros), {}) as Record<string, unknown>;
    const { DestHandleIndex } = request as { readonly DestHandleIndex?: number };
    return { ...body, ...('DestHandleIndex' in body && { DestHandleIndex }), ...(thrown instanceof RopError ? thrown.body : undefined) };
  }

  /** What has happened meanwhile is told behind the answers, as long as there is room: [MS-OXCNOTIF] 3.1.4.2. */
  async #notify(): Promise<void> {
    const { session: { notifications, objects } } = this.#options;
    await notifications.settled();
    const { queue } = notifications;
    for (let next = queue.first(); next; next = queue.first()) {
      const { about, data } = next;
      const NotificationHandle = objects.handleOf(about);
      queue.shift();
      const rest = queue.isEmpty ? 0 : pendingSize;
      const told: AnyRopResponse | undefined = NotificationHandle === undefined ? undefined : { name: 'RopNotify', body: { NotificationHandle, LogonId: about.logon.id, NotificationData: data } };
      if (!told) continue;
      if (this.#push(told, rest) === undefined) continue;
      queue.putBack(next);
      this.#push({ name: 'RopPending', body: { SessionIndex: 0 } }, 0);
      return;
    }
  }
}

function fail(code: number, message: string): never {
  throw new RopError(code, message);
}
