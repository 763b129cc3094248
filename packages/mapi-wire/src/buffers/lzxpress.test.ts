import fc from 'fast-check';
import { bytesOf as bytes, caught, hexOf as hex } from '../../tests/wire-table.ts';
import { compressLz77, decompressLz77 } from './lzxpress.ts';

const text = (value: string): Uint8Array => Uint8Array.from(Buffer.from(value, 'latin1'));
const ofLength = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => (at * at * 31 + (at >> 8)) & 0xff);

/** Worked out by hand: a mask (least byte first), then its elements. */
const vectors: readonly (readonly [string, Uint8Array, string])[] = [
  ['nothing: only the end', text(''), 'ff ff ff ff'],
  ['letters alone', text('abc'), 'ff ff ff 1f 61 62 63'],
  ['a match of three', text('abcabc'), 'ff ff ff 1f 61 62 63 10 00'],
  ['a match that runs into itself', text('aaaaaa'), 'ff ff ff 7f 61 02 00'],
  ['a length of nine, the longest in three bits', text('a'.repeat(10)), 'ff ff ff 7f 61 06 00'],
  ['a length of ten, with half a byte', text('a'.repeat(11)), 'ff ff ff 7f 61 07 00 00'],
  ['a length of 24', text('a'.repeat(25)), 'ff ff ff 7f 61 07 00 0e'],
  ['a length of 25, with a byte', text('a'.repeat(26)), 'ff ff ff 7f 61 07 00 0f 00'],
  ['a length of 279', text('a'.repeat(280)), 'ff ff ff 7f 61 07 00 0f fe'],
  ['a length of 280, with two bytes', text('a'.repeat(281)), 'ff ff ff 7f 61 07 00 0f ff 15 01'],
  ['two lengths that share a byte', text(`${'a'.repeat(12)}${'b'.repeat(13)}`), 'ff ff ff 5f 61 07 00 21 62 07 00'],
];

it.each(vectors)('%s', (_what, plain, packed) => {
  expect(hex(compressLz77(plain))).toBe(packed.replaceAll(' ', ''));
  expect(decompressLz77(bytes(packed), plain.length)).toEqual(plain);
});

it.each(vectors.filter(([, plain]) => plain.length > 0))('%s, cut anywhere, is refused', (_what, plain, packed) => {
  const whole = bytes(packed);
  for (let length = 0; length < whole.length; length++) expect(caught(() => decompressLz77(whole.subarray(0, length), plain.length))).toMatchObject({ name: 'WireError', code: 'truncated' });
});

it('MS-OXCRPC_R889: a mask of 0x01000000 is seven bytes, a match, and 24 bytes', () => {
  const packed = bytes(`00000001 ${hex(text('abcdefg'))} 2000 ${hex(text('0123456789abcdefghijklmn'))}`);
  expect(Buffer.from(decompressLz77(packed, 34)).toString()).toBe('abcdefgcde0123456789abcdefghijklmn');
});
it('MS-OXCRPC_R905: an offset of 3 goes four bytes back', () => expect(hex(decompressLz77(bytes('ffffff0f 01020304 1800'), 7))).toBe('01020304010203'));
it('MS-OXCRPC_R1877: the bit behind the last element is set, if that takes another mask', () => expect(hex(compressLz77(text('0123456789abcdefghijklmnopqrstuv'))).slice(-8)).toBe('ffffffff'));

it.each([
  ['a match before the first byte', 'ff ff ff ff 00 00', 3],
  ['a match beyond what was written', 'ff ff ff 7f 61 08 00', 4],
  ['a match that makes too much', 'ff ff ff 7f 61 06 00', 5],
  ['a length that says less than it has to', 'ff ff ff 7f 61 07 00 0f ff 15 00', 5000],
  ['a length of four bytes that makes too much', 'ff ff ff 7f 61 07 00 0f ff 00 00 ff ff ff ff', 5000],
])('%s is refused', (_what, packed, size) => expect(caught(() => decompressLz77(bytes(packed), size))).toMatchObject({ name: 'WireError', code: 'invalid' }));

it('nothing that is written is further back than the window', () => {
  const far = new Uint8Array([...text('needle in a stack'), ...Uint8Array.from({ length: 0x2000 }, (_, at) => (at * 2654435761) >>> 24), ...text('needle in a stack')]);
  expect(decompressLz77(compressLz77(far), far.length)).toEqual(far);
});
it('what is longer than a number of two bytes can say is written', () => {
  const long = new Uint8Array(0x1_8000).fill(7);
  expect(compressLz77(long)).toHaveLength(15);
  expect(decompressLz77(compressLz77(long), long.length)).toEqual(long);
});
it('any bytes are the same again', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 2000 }), (plain) => void expect(decompressLz77(compressLz77(plain), plain.length)).toEqual(plain)));
  expect(decompressLz77(compressLz77(ofLength(0x8000)), 0x8000)).toEqual(ofLength(0x8000));
});
it('bytes that repeat are the same again, and fewer', () => {
  const repeated = fc.array(fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 400 })), { maxLength: 20 })
    .map((runs) => Uint8Array.from(runs.flatMap(([run, times]) => Array.from({ length: times }, () => [...run]).flat())));
  fc.assert(fc.property(repeated, (plain) => {
    const packed = compressLz77(plain);
    expect(decompressLz77(packed, plain.length)).toEqual(plain);
    if (plain.length > 2000) expect(packed.length).toBeLessThan(plain.length);
  }));
});
it('any bytes give bytes or a WireError', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 0, max: 5000 }), (packed, size) => {
    const result = caught(() => decompressLz77(packed, size));
    expect(result instanceof Uint8Array || (result as Error).name === 'WireError').toBe(true);
  }));
});
