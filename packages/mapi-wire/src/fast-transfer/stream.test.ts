import fc from 'fast-check';
import { WireError } from '../errors.ts';
import { decode, encode } from '../layout/layout.ts';
import { propertyType, tagOf } from '../properties/property-type.ts';
import type { PropertyValue } from '../properties/property-value.ts';
import { FastTransferReader } from './fast-transfer-reader.ts';
import { FastTransferWriter } from './fast-transfer-writer.ts';
import { marker, markerName, type MarkerName } from './markers.ts';
import { fastTransferStream, streamElement, type StreamElement } from './stream-element.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const caught = (action: () => unknown): unknown => {
  try {
    return action();
  } catch (thrown) {
    return thrown;
  }
};
const Guid = '00062008-0000-0000-c000-000000000046';
const guidOnWire = '08 20 06 00 00 00 00 00 c0 00 00 00 00 00 00 46';

const rows: readonly (readonly [string, StreamElement, string])[] = [
  ['MS-OXCFXICS_R1016: a marker', { marker: 'IncrSyncChg' }, '03 00 12 40'],
  ['MS-OXCFXICS_R1023: a marker that looks like a boolean', { marker: 'IncrSyncProgressMode' }, '0b 00 74 40'],
  ['MS-OXCFXICS_R991: true', { tag: 0x67aa000b, value: true }, '0b 00 aa 67 01 00'],
  ['MS-OXCFXICS_R3261: Integer16', { tag: 0x30010002, value: 0x1234 }, '02 00 01 30 34 12'],
  ['Integer32', { tag: 0x0e080003, value: -1 }, '03 00 08 0e ff ff ff ff'],
  ['Floating32', { tag: 0x30010004, value: 1.5 }, '04 00 01 30 00 00 c0 3f'],
  ['Floating64', { tag: 0x30010005, value: 1.5 }, '05 00 01 30 00 00 00 00 00 00 f8 3f'],
  ['Currency', { tag: 0x30010006, value: 10000n }, '06 00 01 30 10 27 00 00 00 00 00 00'],
  ['Time', { tag: 0x30080040, value: 0x01d0000000000001n }, '40 00 08 30 01 00 00 00 00 00 d0 01'],
  ['Guid', { tag: 0x30010048, value: Guid }, `48 00 01 30 ${guidOnWire}`],
  ['String', { tag: 0x3001001f, value: 'aé' }, '1f 00 01 30 06 00 00 00 61 00 e9 00 00 00'],
  ['String8', { tag: 0x3001001e, value: 'aé' }, '1e 00 01 30 03 00 00 00 61 e9 00'],
  ['an empty text', { tag: 0x3001001f, value: '' }, '1f 00 01 30 02 00 00 00 00 00'],
  ['MS-OXCFXICS_R3255: a text of code page 1200', { tag: 0x300184b0, value: 'a' }, 'b0 84 01 30 04 00 00 00 61 00 00 00'],
  ['MS-OXCFXICS_R3255: a text of code page 1250', { tag: 0x300184e2, value: 'ł' }, 'e2 84 01 30 02 00 00 00 b3 00'],
  ['Binary', { tag: 0x65e00102, value: bytes('01 02') }, '02 01 e0 65 02 00 00 00 01 02'],
  ['no bytes', { tag: 0x65e10102, value: bytes('') }, '02 01 e1 65 00 00 00 00'],
  ['Object', { tag: 0x3701000d, value: bytes('ff') }, '0d 00 01 37 01 00 00 00 ff'],
  ['MultipleInteger32', { tag: 0x30011003, value: [1, 2] }, '03 10 01 30 02 00 00 00 01 00 00 00 02 00 00 00'],
  ['MultipleString', { tag: 0x3001101f, value: ['a', ''] }, '1f 10 01 30 02 00 00 00 04 00 00 00 61 00 00 00 02 00 00 00 00 00'],
  ['MultipleBinary', { tag: 0x30011102, value: [bytes('01'), bytes('')] }, '02 11 01 30 02 00 00 00 01 00 00 00 01 00 00 00 00'],
  ['a property with a number', { tag: 0x80010003, name: { Guid, Lid: 0x8503 }, value: 5 }, `03 00 01 80 ${guidOnWire} 00 03 85 00 00 05 00 00 00`],
  ['a property with a name', { tag: 0x8002000b, name: { Guid, Name: 'ab' }, value: false }, `0b 00 02 80 ${guidOnWire} 01 61 00 62 00 00 00 00 00`],
  ['MetaTagIdsetGiven, which is binary', { tag: 0x40170003, value: bytes('aa') }, '03 00 17 40 01 00 00 00 aa'],
];

it.each(rows)('%s', (_what, value, wire) => {
  expect(hex(encode(streamElement, value))).toBe(wire.replaceAll(' ', ''));
  expect(decode(bytes(wire), streamElement)).toEqual(value);
});

it.each(rows)('%s, cut anywhere, is refused', (_what, _value, wire) => {
  const whole = bytes(wire);
  for (let length = 0; length < whole.length; length++) expect(caught(() => decode(whole.subarray(0, length), streamElement))).toMatchObject({ name: 'WireError', code: 'truncated' });
});

it('each marker has one name', () => {
  for (const [name, tag] of Object.entries(marker)) expect(markerName(tag)).toBe(name);
  expect(markerName(0x3001001f)).toBeUndefined();
});

it.each([
  ['MS-OXCFXICS_R995: a text without an end', '1f 00 01 30 02 00 00 00 61 00'],
  ['MS-OXCFXICS_R995: an 8-bit text without an end', '1e 00 01 30 01 00 00 00 61'],
  ['a text of half a unit', '1f 00 01 30 03 00 00 00 61 00 00'],
  ['a text of nothing', '1e 00 01 30 00 00 00 00'],
  ['a type that no stream has', 'fd 00 01 30 00 00'],
  ['a kind of name that there is not', `03 00 01 80 ${guidOnWire} 02 00 00 00 00`],
])('is refused: %s', (_what, wire) => expect(caught(() => decode(bytes(wire), streamElement))).toMatchObject({ name: 'WireError', code: 'invalid' }));

it.each<[string, StreamElement]>([
  ['a named property without its name', { tag: 0x80010003, value: 1 }],
  ['a name where none stands', { tag: 0x30010003, name: { Guid, Lid: 1 }, value: 1 }],
  ['a marker with a value', { tag: marker.IncrSyncChg, value: 1 }],
  ['a type that no stream has', { tag: 0x300100fd, value: 1 }],
])('is not written: %s', (_what, value) => expect(() => encode(streamElement, value)).toThrow(expect.objectContaining({ name: 'WireEncodeError' }) as Error));

const valued = <T extends PropertyValue>(type: number, value: fc.Arbitrary<T>): fc.Arbitrary<StreamElement> =>
  fc.tuple(fc.integer({ min: 0x6000, max: 0x62ff }), value).map(([id, of]) => ({ tag: tagOf(id, type), value: of }));
const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const blobs = fc.uint8Array({ maxLength: 200 });
const element = fc.oneof(
  fc.constantFrom(...(Object.keys(marker) as MarkerName[])).map((name): StreamElement => ({ marker: name })),
  valued(propertyType.Integer32, fc.integer()), valued(propertyType.Boolean, fc.boolean()), valued(propertyType.String, text), valued(propertyType.Binary, blobs),
  valued(propertyType.MultipleString, fc.array(text, { maxLength: 5 })), valued(propertyType.MultipleBinary, fc.array(blobs, { maxLength: 5 })),
  fc.tuple(fc.string({ unit: fc.constantFrom('a', 'ü', '日'), maxLength: 8 }), fc.integer()).map(([Name, value]): StreamElement => ({ tag: 0x80010003, name: { Guid, Name }, value })),
);
const stream = fc.array(element, { maxLength: 20 });

it('MS-OXCFXICS_R981: a stream in buffers is the stream, and is read from them', () => fc.assert(fc.property(stream, fc.integer({ min: 40, max: 300 }), (elements, size) => {
  const writer = new FastTransferWriter(elements);
  const reader = new FastTransferReader();
  const buffers: Uint8Array[] = [];
  const read: StreamElement[] = [];
  while (!writer.isDone) {
    const buffer = writer.next(size);
    expect(buffer.length).toBeGreaterThan(0);
    expect(buffer.length).toBeLessThanOrEqual(size);
    buffers.push(buffer);
    read.push(...reader.read(buffer));
  }
  reader.end();
  expect(hex(Buffer.concat(buffers))).toBe(hex(encode(fastTransferStream, elements)));
  expect(read).toEqual(elements);
})));

it('a stream is read wherever it is cut', () => fc.assert(fc.property(stream, fc.integer({ min: 1, max: 50 }), (elements, size) => {
  const whole = encode(fastTransferStream, elements);
  const reader = new FastTransferReader();
  const read: StreamElement[] = [];
  for (let from = 0; from < whole.length; from += size) read.push(...reader.read(whole.subarray(from, from + size)));
  reader.end();
  expect(read).toEqual(elements);
})));

it('MS-OXCFXICS_R982: a buffer ends within a value only where it is long', () => {
  const writer = new FastTransferWriter([{ tag: 0x30010003, value: 1 }, { tag: 0x65e00102, value: bytes('01 02 03 04 05') }]);
  expect([7, 4, 6, 6, 9].map((size) => hex(writer.next(size)))).toEqual(['03000130', '01000000', '0201e065', '050000000102', '030405']);
  expect(writer.isDone).toBe(true);
  expect(writer.next(10)).toHaveLength(0);
  expect(() => new FastTransferWriter([{ marker: 'IncrSyncEnd' }]).next(3)).toThrow(expect.objectContaining({ name: 'WireEncodeError' }) as Error);
});

it('what has no room is left where it is, and elements may come later', () => {
  const more: StreamElement[] = [{ marker: 'IncrSyncChg' }];
  const queue: Iterable<StreamElement> = { [Symbol.iterator]: () => ({ next: () => { const value = more.shift(); return value ? { value } : { value: undefined, done: true }; } }) };
  const writer = new FastTransferWriter(queue);
  expect([writer.take(3).length, writer.isDone, hex(writer.take(4)), writer.isDone]).toEqual([0, false, '03001240', true]);
  more.push({ marker: 'IncrSyncEnd' });
  expect([writer.isDone, hex(writer.take(9))]).toEqual([false, '03001440']);
});

it('an element that waits for too much is not waited for', () => {
  const reader = new FastTransferReader({}, { mostPending: 16 });
  expect(reader.read(bytes('02 01 e0 65 ff ff 00 00'))).toEqual([]);
  expect(caught(() => reader.read(new Uint8Array(9)))).toMatchObject({ name: 'WireError', code: 'limit', offset: 0 });
});

it('a stream that ends too early says so', () => {
  const reader = new FastTransferReader();
  expect(reader.read(bytes('03 00 12 40 03 00'))).toEqual([{ marker: 'IncrSyncChg' }]);
  expect(reader.pending).toBe(2);
  expect(caught(() => reader.end())).toMatchObject({ name: 'WireError', code: 'truncated', offset: 6 });
});

it('any bytes are a stream or a WireError', () => fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (wire) => {
  const read = caught(() => decode(wire, fastTransferStream));
  expect(read instanceof WireError || Array.isArray(read)).toBe(true);
}), { numRuns: 1000 }));
