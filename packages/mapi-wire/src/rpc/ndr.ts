import { layout, type Layout } from '../layout/layout.ts';
import { u16, u32 } from '../layout/numbers.ts';
import { repeated } from '../layout/sequences.ts';
import { decodeText, encodeText, guid } from '../layout/text.ts';
import { aligned } from './dce-rpc.ts';

/*
 * NDR of 32 bits as far as the calls of a mailbox need it: C706 14. Each layout is aligned by itself, from the begin of the stub.
 */

const padded = <T>(multiple: number, inner: Layout<T>): Layout<T> => {
  const pad = aligned(multiple);
  return layout(inner.least, (reader, scope) => {
    pad.read(reader, scope);
    return inner.read(reader, scope);
  }, (writer, value, scope) => {
    pad.write(writer, undefined, scope);
    inner.write(writer, value, scope);
  });
};

export const ndrLong: Layout<number> = padded(4, u32);
export const ndrShort: Layout<number> = padded(2, u16);
/** Three numbers of a version. */
export const ndrVersion: Layout<readonly number[]> = padded(2, repeated(3, u16));

/** A context handle: attributes, and a GUID that is zeros where there is none. C706 14.3.12.2 */
export const ndrContextHandle: Layout<string> = padded(4, layout(20, (reader, scope) => {
  u32.read(reader, scope);
  return guid.read(reader, scope);
}, (writer, value, scope) => {
  u32.write(writer, 0, scope);
  guid.write(writer, value, scope);
}));
export const noContextHandle = '00000000-0000-0000-0000-000000000000';

/** Bytes of an array that says how many it has: C706 14.3.3.2. */
/** Bytes of an array that says how many it has: C706 14.3.3.2. */
export const ndrBytes: Layout<Uint8Array> = padded(4, layout(4, (reader) => reader.bytes(reader.u32()), (writer, value) => {
  writer.u32(value.length);
  writer.bytes(value);
}));

/** Bytes of an array that says how many it could have, and how many are there: C706 14.3.3.4. */
export const ndrVaryingBytes: Layout<Uint8Array> = padded(4, layout(12, (reader) => {
  const most = reader.u32();
  const [offset, length] = [reader.u32(), reader.u32()];
  if (offset !== 0 || length > most) reader.fail('invalid', `${length} bytes from ${offset} on of ${most}`);
  return reader.bytes(length);
}, (writer, value) => {
  writer.u32(value.length);
  writer.u32(0);
  writer.u32(value.length);
  writer.bytes(value);
}));

/** 8-bit text with its zero: C706 14.3.4.2. */
export const ndrString: Layout<string> = layout(12, (reader, scope) => {
  const bytes = ndrVaryingBytes.read(reader, scope);
  const end = bytes.indexOf(0);
  if (end < 0) reader.fail('invalid', 'a text has no end');
  return decodeText(bytes.subarray(0, end), scope);
}, (writer, value, scope) => ndrVaryingBytes.write(writer, Uint8Array.of(...encodeText(value, scope), 0), scope));

/** Any number that is not 0 stands for something. */
const somewhere = 0x0002_0000;
/** What a pointer leads to, which may be nothing: C706 14.3.11.1. */
export function ndrUnique<T>(inner: Layout<T>): Layout<T | null> {
  return layout<T | null>(4, (reader, scope) => (ndrLong.read(reader, scope) === 0 ? null : inner.read(reader, scope)), (writer, value, scope) => {
    ndrLong.write(writer, value === null ? 0 : somewhere, scope);
    if (value !== null) inner.write(writer, value, scope);
  });
}
