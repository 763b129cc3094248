import { ropBuffer } from '../buffers/rop-buffer.ts';
import { ByteReader } from '../byte-reader.ts';
import { ByteWriter } from '../byte-writer.ts';
import { WireEncodeError } from '../errors.ts';
import { at, encode, type Layout, type LayoutValue, type Scope } from '../layout/layout.ts';
import { u32, u8 } from '../layout/numbers.ts';
import type { Rop } from './rop.ts';
import { loneResponseName, loneResponses, ropName, rops, type LoneResponseName, type RopFailureValue, type RopName, type RopResponseValue } from './rops.ts';

/** The answer to a ROP. RopRelease has none. */
export type RopResponse<N extends RopName = RopName> = { readonly [M in N]: {
  readonly name: M;
  /** Into the handles: what the ROP says of its `responseHead`. */
  readonly handleIndex: number;
  readonly returnValue: number;
  /** Members behind a ReturnValue of 0; else those of the failure, undefined where it has none. */
  readonly body?: RopResponseValue<M> | RopFailureValue<M> | undefined;
} }[N];
/** RopNotify and others that answer no ROP. */
export type LoneResponse<N extends LoneResponseName = LoneResponseName> = { readonly [M in N]: {
  readonly name: M;
  readonly body: LayoutValue<(typeof loneResponses)[M]['body']>;
} }[N];
export type AnyRopResponse = RopResponse | LoneResponse;
/** One that was read, with its RopId. */
export type DecodedRopResponse = AnyRopResponse & { readonly id: number };

/** What a response is, before its members are read. */
export interface RopResponseHead {
  readonly id: number;
  readonly name: RopName;
  readonly handleIndex: number;
  /** Its place in the list. */
  readonly index: number;
}

export interface RopResponseOptions {
  /** Windows code page of 8-bit text; 1252 by default. */
  readonly codePage?: number | undefined;
  /**
   * The columns of the rows in a response: those of its table, or the tags that a RopGetPropertiesSpecific has asked for. Without
   * them, rows take all that is left of the list.
   */
  readonly columnsOf?: ((head: RopResponseHead) => readonly number[] | undefined) | undefined;
}

const firstRop = 2;

/**
 * The responses of a server, and the handles. RopGetMessageStatus is answered by a RopSetMessageStatus.
 *
 * @throws WireError; `invalid` for a RopId that no response has
 * @see [MS-OXCROPS] 2.2.1
 * @example
 * const { rops } = decodeRopResponses(payload, { columnsOf: ({ name, handleIndex }) => (name === 'RopQueryRows' ? columns.get(handleIndex) : undefined) });
 */
export function decodeRopResponses(bytes: Uint8Array, options: RopResponseOptions = {}): { readonly rops: readonly DecodedRopResponse[]; readonly handles: readonly number[] } {
  const { RopsList, ServerObjectHandleTable } = ropBuffer.read(new ByteReader(bytes), {});
  const reader = new ByteReader(RopsList, firstRop);
  const found: DecodedRopResponse[] = [];
  while (reader.left > 0) found.push(at(found.length, () => readResponse(reader, found.length, options)));
  return { rops: found, handles: ServerObjectHandleTable };
}

function readResponse(reader: ByteReader, index: number, { codePage, columnsOf }: RopResponseOptions): DecodedRopResponse {
  const id = reader.peek() ?? 0;
  const lone = loneResponseName(id);
  if (lone) {
    reader.u8();
    return { id, name: lone, body: at(lone, () => loneResponses[lone].body.read(reader, { codePage })) } as DecodedRopResponse;
  }
  const name = ropName(id);
  if (name === undefined || rops[name].responseHead === undefined) return reader.fail('invalid', `no response 0x${id.toString(16).padStart(2, '0')}`);
  reader.u8();
  const handleIndex = reader.u8();
  const returnValue = reader.u32();
  const of = bodyOf(rops[name], returnValue);
  if (!of) return { id, name, handleIndex, returnValue } as DecodedRopResponse;
  const columns = columnsOf?.({ id, name, handleIndex, index });
  return { id, name, handleIndex, returnValue, body: at(name, () => of.read(reader, { codePage, columns })) } as DecodedRopResponse;
}

const bodyOf = (rop: Rop, returnValue: number): Layout<unknown> | undefined => (returnValue === 0 ? rop.response : rop.failure(returnValue));

/**
 * Responses as a server sends them.
 *
 * @throws WireEncodeError
 * @example
 * encodeRopResponses({ rops: [{ name: 'RopOpenFolder', handleIndex: 1, returnValue: 0, body: { HasRules: false, IsGhosted: false } }], handles })
 */
export function encodeRopResponses(buffer: { readonly rops: readonly AnyRopResponse[]; readonly handles: readonly number[] }, options: Pick<RopResponseOptions, 'codePage'> = {}): Uint8Array {
  const writer = new ByteWriter();
  buffer.rops.forEach((response, index) => at(index, () => writeResponse(writer, response, options)));
  return encode(ropBuffer, { RopsList: writer.finish(), ServerObjectHandleTable: buffer.handles });
}

/** One response, without a buffer around it: to know how much room it takes. @throws WireEncodeError */
export function encodeRopResponse(response: AnyRopResponse, options: Pick<RopResponseOptions, 'codePage'> = {}): Uint8Array {
  const writer = new ByteWriter();
  writeResponse(writer, response, options);
  return writer.finish();
}

const isLone = (response: AnyRopResponse): response is LoneResponse => response.name in loneResponses;

function writeResponse(writer: ByteWriter, response: AnyRopResponse, scope: Scope): void {
  if (isLone(response)) {
    const { id, body } = loneResponses[response.name];
    u8.write(writer, id, scope);
    at(response.name, () => (body as Layout<unknown>).write(writer, response.body, scope));
    return;
  }
  const { name, handleIndex, returnValue } = response;
  const rop: Rop = rops[name];
  if (rop.responseHead === undefined) throw new WireEncodeError(`${name} has no response`);
  u8.write(writer, rop.responseId, scope);
  u8.write(writer, handleIndex, scope);
  u32.write(writer, returnValue, scope);
  const of = bodyOf(rop, returnValue);
  at(name, () => {
    if (!of && response.body !== undefined) throw new WireEncodeError(`has no members at a ReturnValue of 0x${returnValue.toString(16)}`);
    of?.write(writer, response.body ?? {}, scope);
  });
}
