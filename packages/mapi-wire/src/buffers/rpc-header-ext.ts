import { ByteReader } from '../byte-reader.ts';
import { ByteWriter } from '../byte-writer.ts';
import { WireEncodeError } from '../errors.ts';
import { at } from '../layout/layout.ts';
import { u16 } from '../layout/numbers.ts';
import { struct } from '../layout/struct.ts';
import { compressLz77, decompressLz77 } from './lzxpress.ts';

/** [MS-OXCRPC] 2.2.2.1. */
export const rpcHeaderExtFlag = { Compressed: 1, XorMagic: 2, Last: 4 } as const;
/** [MS-OXCRPC] 2.2.2.1. `Size` is what follows, `SizeActual` what becomes of it. */
export const rpcHeaderExt = struct({ Version: u16, Flags: u16, Size: u16, SizeActual: u16 });

/** A single payload has no more: [MS-OXCRPC] 3.1.4.2.1. */
export const mostPayload = 0x8000;
const magic = 0xa5;

const obfuscated = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => byte ^ magic);

/**
 * The payloads of extended buffers that stand one after the other, the last of them marked so: [MS-OXCRPC] 3.1.4.2.1.
 *
 * @throws WireError; `invalid` where a header contradicts itself, `limit` for a payload of more than 32 KB
 */
export function decodeExtendedBuffers(bytes: Uint8Array): readonly Uint8Array[] {
  const reader = new ByteReader(bytes);
  const payloads: Uint8Array[] = [];
  for (let isLast = false; !isLast;) isLast = at(payloads.length, () => readBuffer(reader, payloads));
  if (reader.left > 0) reader.fail('trailing', `${reader.left} bytes are left behind the last buffer`);
  return payloads;
}

function readBuffer(reader: ByteReader, payloads: Uint8Array[]): boolean {
  const { Version, Flags, Size, SizeActual } = rpcHeaderExt.read(reader, {});
  const isCompressed = (Flags & rpcHeaderExtFlag.Compressed) !== 0;
  if (Version !== 0) reader.fail('invalid', `no version ${Version} of an extended buffer`);
  if (SizeActual > mostPayload) reader.fail('limit', `a payload of ${SizeActual} bytes`);
  if (isCompressed ? Size >= SizeActual : Size !== SizeActual) reader.fail('invalid', `${Size} bytes cannot be ${SizeActual}, ${isCompressed ? '' : 'not '}compressed`);
  const sent = reader.bytes(Size);
  const plain = Flags & rpcHeaderExtFlag.XorMagic ? obfuscated(sent) : sent;
  payloads.push(isCompressed ? decompressLz77(plain, SizeActual) : plain);
  return (Flags & rpcHeaderExtFlag.Last) !== 0;
}

export interface ExtendedBufferOptions {
  /** Compress what becomes smaller by it; false by default. */
  readonly isCompressed?: boolean | undefined;
  /** Obfuscate; false by default. */
  readonly isObfuscated?: boolean | undefined;
}

/**
 * Payloads as extended buffers, one after the other.
 *
 * @throws WireEncodeError for a payload of more than 32 KB
 * @example
 * encodeExtendedBuffers([encodeRopResponses({ rops, handles })])
 */
export function encodeExtendedBuffers(payloads: readonly Uint8Array[], { isCompressed = false, isObfuscated = false }: ExtendedBufferOptions = {}): Uint8Array {
  const writer = new ByteWriter();
  payloads.forEach((payload, index) => at(index, () => {
    if (payload.length > mostPayload) throw new WireEncodeError(`a payload of ${payload.length} bytes`);
    const packed = isCompressed ? compressLz77(payload) : payload;
    const sent = packed.length < payload.length ? packed : payload;
    const Flags = (sent === payload ? 0 : rpcHeaderExtFlag.Compressed) | (isObfuscated ? rpcHeaderExtFlag.XorMagic : 0) | (index === payloads.length - 1 ? rpcHeaderExtFlag.Last : 0);
    rpcHeaderExt.write(writer, { Version: 0, Flags, Size: sent.length, SizeActual: payload.length }, {});
    writer.bytes(isObfuscated ? obfuscated(sent) : sent);
  }));
  return writer.finish();
}
