import { anyCharacter } from '@fauxchange/arbitraries';
import fc from 'fast-check';
import { bytesOf, hexOf, itIsNotWritten, itIsRefused, itIsWrittenAndRead } from '../../tests/wire-table.ts';
import { decode, encode } from '../layout/layout.ts';
import { propertyName } from './property-name.ts';
import { order, sortOrder, sortOrderSet } from './sort-order.ts';
import { typedString } from './typed-string.ts';

const guid = '00062008-0000-0000-c000-000000000046';
const guidWire = '08 20 06 00 00 00 00 00 c0 00 00 00 00 00 00 46';

itIsWrittenAndRead([
  ['MS-OXCDATA_R21, R25, R26: a name that is a number', propertyName, { kind: 'Lid', Guid: guid, Lid: 0x8503 }, `00 ${guidWire} 03 85 00 00`],
  ['MS-OXCDATA_R21, R27, R29, R30: a name that is a text', propertyName, { kind: 'Name', Guid: guid, Name: 'ab' }, `01 ${guidWire} 06 61 00 62 00 00 00`],
  ['no name', propertyName, { kind: 'None', Guid: guid }, `ff ${guidWire}`],
  ['an order', sortOrder, { PropertyTag: 0x0e060040, Order: order.Descending }, '40 00 06 0e 01'],
  ['orders with a group', sortOrderSet, { SortOrderCount: 1, CategorizedCount: 1, ExpandedCount: 0, SortOrders: [{ PropertyTag: 0x0e060040, Order: 0 }] }, '01 00 01 00 00 00 40 00 06 0e 00'],
  ['MS-OXCDATA_R490, R499: no text', typedString, null, '00'],
  ['an empty text', typedString, '', '01'],
  ['a text of characters below 0x100', typedString, 'Grüße', '03 47 72 fc df 65 00'],
  ['any other text', typedString, '€', '04 ac 20 00 00'],
]);

itIsRefused([
  ['MS-OXCDATA_R17: a kind of names that there is not', propertyName, `02 ${guidWire}`, { code: 'invalid' }],
  ['a name that is shorter than it says', propertyName, `01 ${guidWire} 08 61 00 62 00 00 00 00 00`, { code: 'trailing', path: '/Name' }],
  ['MS-OXCDATA_R489: a type of texts that there is not', typedString, '05', { code: 'invalid' }],
]);

itIsNotWritten([
  ['a name that is too long', propertyName, { kind: 'Name', Guid: guid, Name: 'a'.repeat(127) }, { path: '/Name' }],
  ['a text with its own end', typedString, 'a\0b'],
  ['orders that are not as many as they say', sortOrderSet, { SortOrderCount: 2, CategorizedCount: 0, ExpandedCount: 0, SortOrders: [] }, { path: '/SortOrders' }],
]);

it('8-bit text is of the code page, reduced text is not', () => {
  expect(decode(bytesOf('02 cf f0 00'), typedString, { codePage: 1251 })).toBe('Пр');
  expect(decode(bytesOf('03 80 00'), typedString)).toBe('\u0080');
  expect(hexOf(encode(typedString, '\u0080', { codePage: 1251 }))).toBe('038000');
});

it('any text survives', () =>
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), (any) => {
      const text = any.replaceAll('\0', '');
      expect(decode(encode(typedString, text), typedString)).toBe(text);
    }),
  ));
