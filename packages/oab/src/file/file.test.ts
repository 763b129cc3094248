import { anyCharacter } from '@fauxchange/arbitraries';
import { decode, encode, WireError } from '@fauxchange/mapi-wire';
import fc from 'fast-check';
import { decodeContainer, decodeDetails, encodeContainer, encodeDetails } from '../index.ts';
import { crc } from './crc.ts';
import { recordOf, type DetailsFile } from './details-file.ts';
import { oabInteger, oabValue, type OabValue } from './oab-value.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytesOf = (text: string): Uint8Array => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('numbers', () => {
  it.each([
    [0, '00'], [0x7f, '7f'], [0x80, '8180'], [0xff, '81ff'], [0x100, '820001'], [0xffff, '82ffff'], [0x1_0000, '83000001'], [0xff_ffff, '83ffffff'], [0x100_0000, '8400000001'],
    [0x8009_000d, '840d000980'], [0xffff_ffff, '84ffffffff'],
  ])('%d takes as few bytes as it needs', (value, bytes) => {
    expect(hex(encode(oabInteger, value))).toBe(bytes);
    expect(decode(bytesOf(bytes), oabInteger)).toBe(value);
  });
  it('what is negative is written as its bits', () => expect(hex(encode(oabInteger, -1))).toBe('84ffffffff'));
  it.each(['80', '85 0000000000', 'ff', '82 01'])('%s is no number', (bytes) => expect(() => decode(bytesOf(bytes), oabInteger)).toThrow(WireError));
});

describe('values', () => {
  it.each<[string, number, OabValue, string]>([
    ['Integer32', 0x3900_0003, 6, '06'],
    ['Boolean', 0x3a40_000b, true, '01'],
    ['String', 0x3001_001f, 'Dürr', '44c3bc727200'],
    ['String8', 0x3003_001e, '/o=X', '2f6f3d5800'],
    ['Binary', 0x8c6d_0102, bytesOf('0a0b'), '020a0b'],
    ['MultipleInteger32', 0x6805_1003, [1, 0x8009_000d], '0201840d000980'],
    ['MultipleString', 0x800f_101f, ['a', 'b'], '0261006200'],
    ['MultipleBinary', 0x8c6a_1102, [bytesOf('01'), bytesOf('')], '02010100'],
  ])('%s', (_, tag, value, bytes) => {
    const of = oabValue(tag);
    if (!of) throw new Error('no layout');
    expect(hex(encode(of, value))).toBe(bytes);
    expect(decode(bytesOf(bytes), of)).toEqual(value);
  });
  it('of objects there are none', () => expect(oabValue(0x8009_000d)).toBeUndefined());
});

const table = [0x3001_001f, 0x8009_000d, 0x3900_0003, 0x3a40_000b, 0x3a11_001f, 0x3a06_001f, 0x3a19_001f, 0x3a08_001f, 0x8c6d_0102].map((ulPropId) => ({ ulPropId, ulFlags: 0 }));
const small: DetailsFile = {
  headerProperties: [{ ulPropId: 0x6801_0003, ulFlags: 0 }],
  properties: [{ ulPropId: 0x3003_001e, ulFlags: 2 }, { ulPropId: 0x3001_001f, ulFlags: 1 }],
  header: new Map([[0x6801_0003, 1]]),
  records: [new Map([[0x3003_001e, '/cn=a'], [0x3001_001f, 'A']])],
};

describe('records', () => {
  it('a size that counts itself, a bit for each property beginning with the highest, the values in the order of the table', () => {
    const record = new Map<number, OabValue>([[0x8c6d_0102, bytesOf('ff')], [0x3900_0003, 1], [0x3001_001f, 'A']]);
    expect(hex(encode(recordOf(table), record))).toBe('0b000000a08041000101ff');
    expect(decode(bytesOf('0b000000a08041000101ff'), recordOf(table))).toEqual(record);
  });
  it.each([
    ['a size of less than itself', '03000000'],
    ['a bit whose property has no values', '0600000040 80 00'],
    ['bytes behind the values', '0900000080 00 4100 00'],
    ['a value that does not end', '0800000080 00 4142'],
  ])('%s is refused', (_, bytes) => expect(() => decode(bytesOf(bytes), recordOf(table))).toThrow(WireError));

  const text = fc.string({ unit: anyCharacter }).map((any) => any.replaceAll('\0', ''));
  const anyRecord = fc.tuple(fc.option(text), fc.option(fc.nat({ max: 0xffff_ffff })), fc.option(fc.boolean()), fc.option(fc.uint8Array({ maxLength: 300 }))).map(([name, type, flag, id]) => {
    const values: readonly (readonly [number, OabValue | null])[] = [[0x3001_001f, name], [0x3900_0003, type], [0x3a40_000b, flag], [0x8c6d_0102, id]];
    return new Map<number, OabValue>(values.filter((pair): pair is readonly [number, OabValue] => pair[1] !== null));
  });
  it('any of them come back from the file, through the container', () => {
    fc.assert(fc.property(fc.array(anyRecord, { maxLength: 5 }), (records) => {
      const file: DetailsFile = { ...small, properties: table, records };
      expect(decodeDetails(decodeContainer(encodeContainer(encodeDetails(file))))).toEqual(file);
    }), { numRuns: 100 });
  });
});

describe('a whole file', () => {
  const whole = '20000000 ........ 01000000 24000000 01000000 03000168 00000000 02000000 1e000330 02000000 1f000130 01000000 06000000 80 01 0d000000 c0 2f636e3d6100 4100'.replaceAll(' ', '');
  const bytes = encodeDetails(small);
  it('header, schema, header record, records', () => {
    expect(hex(bytes)).toMatch(new RegExp(`^${whole}$`));
    expect(decodeDetails(bytes)).toEqual(small);
  });
  it('its serial number is the CRC of what stands behind the header', () => expect(Buffer.from(bytes).readUInt32LE(4)).toBe(crc(bytes.subarray(12))));
  it('cut anywhere, or with a bit turned over behind the number of records, it is refused', () => {
    for (let end = 0; end < bytes.length; end++) expect(() => decodeDetails(bytes.subarray(0, end))).toThrow(WireError);
    for (let at = 4; at < bytes.length; at++) expect(() => decodeDetails(bytes.map((byte, index) => (index === at ? byte ^ 1 : byte)))).toThrow(WireError);
  });
});

describe('the container', () => {
  // The register of IEEE 802.3 for "123456789", whose complement is 0xCBF43926.
  it('its CRC is not turned over at the end', () => expect(crc(Buffer.from('123456789'))).toBe(0x340b_c6d9));
  it('one block, of one chunk of LZX DELTA that is not compressed', () => {
    const head = '03000000 01000000 00000400 03000000';
    const block = `01000000 16000000 03000000 ${hex(Uint8Array.from([crc(Buffer.from('abc')) & 0xff, (crc(Buffer.from('abc')) >>> 8) & 0xff, (crc(Buffer.from('abc')) >>> 16) & 0xff, crc(Buffer.from('abc')) >>> 24]))}`;
    // 0 011 then 24 bits of 3 and 4 to the next word: two words of 16 bits.
    const chunk = '1400 0030 3000 010000000100000001000000 616263 00';
    expect(hex(encodeContainer(Buffer.from('abc')))).toBe(`${head}${block}${chunk}`.replaceAll(' ', ''));
  });
  it.each([0, 1, 32_767, 32_768, 32_769, 100_001])('%d bytes come back', (length) => {
    const content = Buffer.alloc(length, 'fauxchange');
    const packed = encodeContainer(content);
    expect(Buffer.compare(decodeContainer(packed), content)).toBe(0);
    expect(packed.length).toBe(16 + Array.from({ length: Math.ceil(length / 32_768) }, (_, at) => Math.min(32_768, length - at * 32_768)).reduce((sum, size) => sum + 16 + 18 + size + (size % 2), 0));
  });
  it('a block that says that it is stored is read too', () => {
    const stored = Buffer.alloc(16 + 16 + 3);
    [3, 1, 0x4_0000, 3, 0, 3, 3, crc(Buffer.from('abc'))].forEach((value, index) => stored.writeUInt32LE(value, index * 4));
    stored.write('abc', 32);
    expect(Buffer.from(decodeContainer(stored)).toString()).toBe('abc');
  });
  const sample = encodeContainer(Buffer.from('what is in it'));
  it.each<[string, number, number]>([['another version', 0, 2], ['a patch', 4, 2], ['another length', 12, 12], ['a block larger than the largest', 24, 0x10_0000], ['another CRC', 28, 0], ['a block that is really compressed', 34, 0x3010_0030]])('%s is refused', (_, at, value) => {
    const spoilt = Buffer.from(sample);
    spoilt.writeUInt32LE(value, at);
    expect(() => decodeContainer(spoilt)).toThrow(WireError);
  });
  it('cut anywhere it is refused, and any bytes are', () => {
    for (let end = 0; end < sample.length; end++) expect(() => decodeContainer(sample.subarray(0, end))).toThrow(WireError);
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      for (const read of [decodeContainer, decodeDetails]) expect(() => read(bytes)).toThrow(WireError);
    }), { numRuns: 200 });
  });
});
