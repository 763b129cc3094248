import fc from 'fast-check';
import { restriction as anyRestriction } from '../../tests/arbitraries.ts';
import { itIsNotWritten, itIsRefused, itIsWrittenAndRead } from '../../tests/wire-table.ts';
import { decode, encode } from '../layout/layout.ts';
import { addressBookRestriction, fuzzyLevel, relationalOperator, restriction, type Restriction } from './restriction.ts';

const subject = { tag: 0x0037001f, value: 'a' };
const exist: Restriction = { kind: 'Exist', PropTag: 0x0e070003 };
const existWire = '08 03 00 07 0e';

itIsWrittenAndRead([
  ['And', restriction, { kind: 'And', Restricts: [exist, { kind: 'Or', Restricts: [] }] }, `00 02 00 ${existWire} 01 00 00`],
  ['Or', restriction, { kind: 'Or', Restricts: [exist] }, `01 01 00 ${existWire}`],
  ['Not', restriction, { kind: 'Not', Restriction: exist }, `02 ${existWire}`],
  ['Content', restriction, { kind: 'Content', FuzzyLevelLow: fuzzyLevel.Substring, FuzzyLevelHigh: fuzzyLevel.IgnoreCase | fuzzyLevel.Loose, PropertyTag: 0x0037001f, TaggedValue: subject }, '03 01 00 05 00 1f 00 37 00 1f 00 37 00 61 00 00 00'],
  ['Property', restriction, { kind: 'Property', RelOp: relationalOperator.Equal, PropTag: 0x0e1b000b, TaggedValue: { tag: 0x0e1b000b, value: true } }, '04 04 0b 00 1b 0e 0b 00 1b 0e 01'],
  ['CompareProperties', restriction, { kind: 'CompareProperties', RelOp: relationalOperator.NotEqual, PropTag1: 0x30070040, PropTag2: 0x30080040 }, '05 05 40 00 07 30 40 00 08 30'],
  ['BitMask', restriction, { kind: 'BitMask', BitmapRelOp: 1, PropTag: 0x0e070003, Mask: 4 }, '06 01 03 00 07 0e 04 00 00 00'],
  ['Size', restriction, { kind: 'Size', RelOp: relationalOperator.GreaterThan, PropTag: 0x1000001f, Size: 1024 }, '07 02 1f 00 00 10 00 04 00 00'],
  ['Exist', restriction, exist, existWire],
  ['SubObject', restriction, { kind: 'SubObject', Subobject: 0x0e12000d, Restriction: exist }, `09 0d 00 12 0e ${existWire}`],
  ['Comment', restriction, { kind: 'Comment', TaggedValues: [{ tag: 0x00010003, value: 2 }], Restriction: exist }, `0a 01 03 00 01 00 02 00 00 00 01 ${existWire}`],
  ['Comment of nothing', restriction, { kind: 'Comment', TaggedValues: [], Restriction: null }, '0a 00 00'],
  ['Count', restriction, { kind: 'Count', Count: 10, SubRestriction: exist }, `0b 0a 00 00 00 ${existWire}`],
  ['bytes have a size of two', restriction, { kind: 'Property', RelOp: 4, PropTag: 0x0ff90102, TaggedValue: { tag: 0x0ff90102, value: Uint8Array.of(7) } }, '04 04 02 01 f9 0f 02 01 f9 0f 01 00 07'],
  ['a restriction as a value', restriction, { kind: 'Property', RelOp: 4, PropTag: 0x667900fd, TaggedValue: { tag: 0x667900fd, value: exist } }, `04 04 fd 00 79 66 fd 00 79 66 ${existWire}`],
  ['And of the address book', addressBookRestriction, { kind: 'And', Restricts: [exist] }, `00 01 00 00 00 ${existWire}`],
  ['Or of the address book', addressBookRestriction, { kind: 'Or', Restricts: [exist] }, `01 01 00 00 00 ${existWire}`],
  ['Content of the address book', addressBookRestriction, { kind: 'Content', FuzzyLevelLow: 2, FuzzyLevelHigh: 1, PropertyTag: 0x3001001f, TaggedValue: { tag: 0x3001001f, value: 'a' } }, '03 02 00 01 00 1f 00 01 30 ff 1f 00 01 30 ff 61 00 00 00'],
  ['Property of the address book', addressBookRestriction, { kind: 'Property', RelOp: 4, PropTag: 0x39000003, TaggedValue: { tag: 0x39000003, value: 0 } }, '04 04 03 00 00 39 ff 03 00 00 39 00 00 00 00'],
]);

itIsRefused([
  ['a kind that there is not', restriction, '0c 00 00 00 00', { code: 'invalid', offset: 1 }],
  ['one far inside', restriction, '00 02 00 08 03 00 07 0e 02 ff 00 00', { code: 'invalid', path: '/Restricts/1/Restriction' }],
  ['more than can be there', restriction, '00 ff ff 08 03 00 07 0e', { code: 'truncated', path: '/Restricts' }],
  ['one that is too deep', restriction, `${'02'.repeat(200)}${existWire}`, { code: 'limit' }],
  ['a value that is too deep', restriction, `04 04 00 00 01 00 00 00 01 00 ${'00'.repeat(400)}`, { code: 'limit' }],
  ['a value of no type', restriction, '04 04 99 00 01 00 99 00 01 00 00', { code: 'invalid', path: '/TaggedValue' }],
  ['bytes behind the end', restriction, `${existWire} 00`, { code: 'trailing' }],
  ['no operand in the address book', addressBookRestriction, '04 04 03 00 00 39 00', { code: 'invalid', path: '/TaggedValue' }],
]);

itIsNotWritten([
  ['a kind that there is not', restriction, { kind: 'Xor', Restricts: [] }],
  ['one without its members', restriction, { kind: 'Not', Restriction: { kind: 'Exist' } }, { path: '/Restriction/PropTag' }],
]);

it.each([['ROPs', restriction], ['the address book', addressBookRestriction]])('any restriction survives, in %s', (_where, of) => fc.assert(fc.property(anyRestriction, (value) => expect(decode(encode(of, value), of)).toEqual(value))));
