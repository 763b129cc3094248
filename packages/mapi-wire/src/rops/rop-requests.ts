import { ropBuffer } from '../buffers/rop-buffer.ts';
import { ByteReader } from '../byte-reader.ts';
import { ByteWriter } from '../byte-writer.ts';
import { at, encode, type Layout, type Scope } from '../layout/layout.ts';
import { u8 } from '../layout/numbers.ts';
import type { Rop } from './rop.ts';
import { ropName, rops, type RopName, type RopRequestValue } from './rops.ts';

/** A ROP that is asked for. */
export type RopRequest<N extends RopName = RopName> = { readonly [M in N]: {
  readonly name: M;
  readonly logonId: number;
  /** Into the handles: of the object, but for RopLogon (where the logon goes) and those with a ResponseHandleIndex. */
  readonly handleIndex: number;
  readonly request: RopRequestValue<M>;
} }[N];
/** One that was read, with its RopId. */
export type DecodedRopRequest<N extends RopName = RopName> = RopRequest<N> & { readonly id: number };

/** What a request holds. */
export interface DecodedRopBuffer {
  readonly rops: readonly DecodedRopRequest[];
  readonly handles: readonly number[];
  /** The bytes of all ROPs, and where each begins in them. */
  readonly list: Uint8Array;
  readonly starts: readonly number[];
}

export interface RopRequestOptions {
  /** Windows code page of 8-bit text; 1252 by default. */
  readonly codePage?: number | undefined;
  /** Whether a logon is one to public folders: some ROPs have members more, or less. None is by default. */
  readonly isPublic?: ((logonId: number) => boolean) | undefined;
}

const firstRop = 2;

/**
 * The ROPs of a request, and its handles.
 *
 * @throws WireError; `invalid` for a RopId that no ROP has: an Execute is answered with ecRpcFormat then
 * @see [MS-OXCROPS] 2.2.1
 * @example
 * const { rops, handles } = decodeRops(decodeExtendedBuffers(body.RopBuffer)[0]);
 */
export function decodeRops(bytes: Uint8Array, options: RopRequestOptions = {}): DecodedRopBuffer {
  const whole = new ByteReader(bytes);
  const { RopsList, ServerObjectHandleTable } = ropBuffer.read(whole, {});
  const reader = new ByteReader(RopsList, firstRop);
  const found: DecodedRopRequest[] = [];
  const starts: number[] = [];
  // What follows a logon in the same list is of that logon.
  const logons = new Map<number, boolean>();
  const isPublic = (logonId: number): boolean => logons.get(logonId) ?? options.isPublic?.(logonId) ?? false;
  while (reader.left > 0) {
    starts.push(RopsList.length - reader.left);
    const one = at(found.length, () => readRequest(reader, { ...options, isPublic }));
    if (one.name === 'RopLogon') logons.set(one.logonId, (one.request.LogonFlags & privateLogon) === 0);
    found.push(one);
  }
  return { rops: found, handles: ServerObjectHandleTable, list: RopsList, starts };
}

/** [MS-OXCSTOR] 2.2.1.1.1. */
const privateLogon = 0x01;

const scopeOf = (logonId: number, { codePage, isPublic }: RopRequestOptions): Scope => ({ codePage, isPublic: isPublic?.(logonId) ?? false });

function readRequest(reader: ByteReader, options: RopRequestOptions): DecodedRopRequest {
  const id = reader.peek() ?? 0;
  const name = ropName(id) ?? reader.fail('invalid', `no ROP 0x${id.toString(16).padStart(2, '0')}`);
  reader.u8();
  const logonId = reader.u8();
  const handleIndex = reader.u8();
  const { request } = rops[name] as Rop;
  return { id, name, logonId, handleIndex, request: at(name, () => request.read(reader, scopeOf(logonId, options))) } as DecodedRopRequest;
}

/**
 * ROPs as a client sends them.
 *
 * @throws WireEncodeError
 * @example
 * encodeRops({ rops: [{ name: 'RopRelease', logonId: 0, handleIndex: 0, request: {} }], handles: [handle] })
 */
export function encodeRops(buffer: { readonly rops: readonly RopRequest[]; readonly handles: readonly number[] }, options: RopRequestOptions = {}): Uint8Array {
  const writer = new ByteWriter();
  buffer.rops.forEach(({ name, logonId, handleIndex, request }, index) => at(index, () => {
    const rop = rops[name] as Rop;
    u8.write(writer, rop.id, {});
    u8.write(writer, logonId, {});
    u8.write(writer, handleIndex, {});
    at(name, () => (rop.request as Layout<unknown>).write(writer, request, scopeOf(logonId, options)));
  }));
  return encode(ropBuffer, { RopsList: writer.finish(), ServerObjectHandleTable: buffer.handles });
}

