import { bytesOf, itIsRefused, itIsWrittenAndRead, type WireRow } from '../../tests/wire-table.ts';
import { decode } from '../layout/layout.ts';
import { addressBookTaggedValue, addressBookValueList, largePropertyTagArray } from './address-book-values.ts';

const tagged = (what: string, tag: number, value: unknown, wire: string): WireRow => {
  const type = (tag & 0xffff).toString(16).padStart(4, '0');
  return [what, addressBookTaggedValue, { tag, value }, `${type.slice(2)} ${type.slice(0, 2)} 01 00 ${wire}`];
};
const tag = (type: number): number => 0x10000 | type;

itIsWrittenAndRead([
  tagged('a number', tag(0x3), 7, '07 00 00 00'),
  tagged('a boolean', tag(0xb), true, '01'),
  tagged('MS-OXCMAPIHTTP_R2001, R2005, R2006: text', tag(0x1f), 'a', 'ff 61 00 00 00'),
  tagged('MS-OXCMAPIHTTP_R2001, R2007: no text', tag(0x1f), null, '00'),
  tagged('MS-OXCMAPIHTTP_R2002: 8-bit text', tag(0x1e), 'a', 'ff 61 00'),
  tagged('MS-OXCMAPIHTTP_R2002, R2007: no 8-bit text', tag(0x1e), null, '00'),
  tagged('MS-OXCMAPIHTTP_R2003: bytes', tag(0x102), Uint8Array.of(1, 2), 'ff 02 00 00 00 01 02'),
  tagged('MS-OXCMAPIHTTP_R2003, R2007: no bytes', tag(0x102), null, '00'),
  tagged('MS-OXCMAPIHTTP_R2250: many of 16 bits', tag(0x1002), [1], 'ff 01 00 00 00 01 00'),
  tagged('MS-OXCMAPIHTTP_R2251: many of 32 bits', tag(0x1003), [1], 'ff 01 00 00 00 01 00 00 00'),
  tagged('MS-OXCMAPIHTTP_R2252: many floats', tag(0x1004), [1.5], 'ff 01 00 00 00 00 00 c0 3f'),
  tagged('MS-OXCMAPIHTTP_R2253: many doubles', tag(0x1005), [1.5], 'ff 01 00 00 00 00 00 00 00 00 00 f8 3f'),
  tagged('MS-OXCMAPIHTTP_R2254: many amounts', tag(0x1006), [1n], 'ff 01 00 00 00 01 00 00 00 00 00 00 00'),
  tagged('MS-OXCMAPIHTTP_R2255: many floating times', tag(0x1007), [1.5], 'ff 01 00 00 00 00 00 00 00 00 00 f8 3f'),
  tagged('MS-OXCMAPIHTTP_R2256: many of 64 bits', tag(0x1014), [1n], 'ff 01 00 00 00 01 00 00 00 00 00 00 00'),
  tagged('MS-OXCMAPIHTTP_R2257: many texts', tag(0x101f), ['a', ''], 'ff 02 00 00 00 ff 61 00 00 00 ff 00 00'),
  tagged('MS-OXCMAPIHTTP_R2258: many 8-bit texts', tag(0x101e), ['a'], 'ff 01 00 00 00 ff 61 00'),
  tagged('MS-OXCMAPIHTTP_R2259: many times', tag(0x1040), [1n], 'ff 01 00 00 00 01 00 00 00 00 00 00 00'),
  tagged('MS-OXCMAPIHTTP_R2260: many GUIDs', tag(0x1048), ['dca740c8-c042-101a-b4b9-08002b2fe182'], 'ff 01 00 00 00 c8 40 a7 dc 42 c0 1a 10 b4 b9 08 00 2b 2f e1 82'),
  tagged('MS-OXCMAPIHTTP_R2261: many byte strings', tag(0x1102), [Uint8Array.of(9)], 'ff 01 00 00 00 ff 01 00 00 00 09'),
  tagged('MS-OXCMAPIHTTP_R2004, R2007: not many', tag(0x1003), null, '00'),
  tagged('an object', tag(0xd), null, ''),
  tagged('an error', tag(0xa), 0x8004010f, '0f 01 04 80'),
  ['MS-OXCMAPIHTTP_R2012, R2013, R2014: the type, the id, the value', addressBookTaggedValue, { tag: 0x39000003, value: 6 }, '03 00 00 39 06 00 00 00'],
  ['MS-OXCMAPIHTTP_R11, R14: a list of values', addressBookValueList, [{ tag: 0x39000003, value: 6 }, { tag: 0x3001001f, value: null }], '02 00 00 00 03 00 00 39 06 00 00 00 1f 00 01 30 00'],
  ['MS-OXCMAPIHTTP_R24, R26: tags', largePropertyTagArray, [0x39000003, 0x3001001f], '02 00 00 00 03 00 00 39 1f 00 01 30'],
]);

itIsRefused([
  ['MS-OXCMAPIHTTP_R25: more than 100,000 tags', largePropertyTagArray, `a1 86 01 00 ${'00'.repeat(400_004)}`, { code: 'limit' }],
  ['a value of no type', addressBookTaggedValue, 'fd 00 01 00 00', { code: 'invalid' }],
]);

it('one of many that is not there is read as an empty one', () => {
  expect(decode(bytesOf('1f 10 01 00 ff 02 00 00 00 00 ff 61 00 00 00'), addressBookTaggedValue)).toEqual({ tag: 0x1001f | 0x1000, value: ['', 'a'] });
});

it('whether there is a value is said by any other byte than 0', () => {
  expect(decode(bytesOf('1f 00 01 00 01 61 00 00 00'), addressBookTaggedValue)).toEqual({ tag: 0x1001f, value: 'a' });
});
