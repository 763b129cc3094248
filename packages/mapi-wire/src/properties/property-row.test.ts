import fc from 'fast-check';
import { valueByType } from '../../tests/arbitraries.ts';
import { itIsNotWritten, itIsRefused, itIsWrittenAndRead } from '../../tests/wire-table.ts';
import { decode, encode } from '../layout/layout.ts';
import { addressBookPropertyRow } from './address-book-values.ts';
import { propertyRow, type Cell } from './property-row.ts';
import { tagOf } from './property-type.ts';

const two = { columns: [0x0e080003, 0x3001001f] };
const untyped = { columns: [0x30010000] };

itIsWrittenAndRead([
  ['MS-OXCDATA_R72, R73, R75: a row of values', propertyRow, [{ value: 7 }, { value: 'a' }], '00 07 00 00 00 61 00 00 00', two],
  ['MS-OXCDATA_R76, R77, R81, R473, R476: a row with flags', propertyRow, [{ error: 0x8004010f }, { value: 'a' }], '01 0a 0f 01 04 80 00 61 00 00 00', two],
  ['MS-OXCDATA_R479: a row with nothing', propertyRow, [{ isAbsent: true }, { value: 'a' }], '01 01 00 61 00 00 00', two],
  ['a value that says its type', propertyRow, [{ type: 0x3, value: 7 }], '00 03 00 07 00 00 00', untyped],
  ['an error without a type', propertyRow, [{ error: 5 }], '01 0a 00 0a 05 00 00 00', untyped],
  ['nothing without a type', propertyRow, [{ isAbsent: true }], '01 00 00 01', untyped],
  ['one of several values', propertyRow, [{ value: 'a' }], '00 61 00 00 00', { columns: [0x6666301f] }],
  ['a row of no columns', propertyRow, [], '00'],
  ['MS-OXCMAPIHTTP_R450: values of the address book', addressBookPropertyRow, [{ value: 7 }, { value: 'a' }], '00 07 00 00 00 ff 61 00 00 00', two],
  ['MS-OXCMAPIHTTP_R1298: a value of the address book that says its type', addressBookPropertyRow, [{ type: 0x1f, value: 'a' }], '00 1f 00 ff 61 00 00 00', untyped],
  ['MS-OXCMAPIHTTP_R453, R2022, R2024: values of the address book with flags', addressBookPropertyRow, [{ error: 0x8004010f }, { value: 'a' }], '01 0a 0f 01 04 80 00 ff 61 00 00 00', two],
  ['MS-OXCMAPIHTTP_R2023: a flag of the address book without a value', addressBookPropertyRow, [{ value: 7 }, { isAbsent: true }], '01 00 07 00 00 00 01', two],
  ['MS-OXCMAPIHTTP_R1299, R2033: flags of the address book with types', addressBookPropertyRow, [{ type: 0x1f, value: 'a' }, { isAbsent: true }], '01 1f 00 00 ff 61 00 00 00 00 00 01', { columns: [0x30010000, 0x30020000] }],
]);

itIsRefused([
  ['a flag of a row that there is not', propertyRow, '02', { code: 'invalid', offset: 1 }],
  ['MS-OXCDATA_R475: a flag of a cell that there is not', propertyRow, '01 00 07 00 00 00 02', { code: 'invalid', path: '/1' }, two],
  ['a type that there is not', propertyRow, '00 99 00', { code: 'invalid', path: '/0' }, untyped],
]);

itIsNotWritten([
  ['too few cells', propertyRow, [{ value: 1 }], {}, two],
  ['a value that does not say its type', propertyRow, [{ value: 1 }], { path: '/0' }, untyped],
  ['a value among others that does not say its type', propertyRow, [{ value: 1 }, { isAbsent: true }], { path: '/0' }, { columns: [0x30010000, 0x30020000] }],
]);

const cell = fc.tuple(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(...valueByType), fc.boolean(), fc.constantFrom('value', 'absent', 'error')).chain(([id, [type, value], isTyped, what]) =>
  value.map((made) => {
    const column = tagOf(id, isTyped ? type : 0);
    const content: Cell = what === 'absent' ? { isAbsent: true } : what === 'error' ? { error: 0x8004010f } : isTyped ? { value: made } : { type, value: made };
    return { column, content };
  }),
);
it.each([['ROPs', propertyRow], ['the address book', addressBookPropertyRow]])('any row survives, in %s', (_where, of) =>
  fc.assert(
    fc.property(fc.array(cell), (cells) => {
      const scope = { columns: cells.map(({ column }) => column) };
      const row = cells.map(({ content }) => content);
      expect(decode(encode(of, row, scope), of, scope)).toEqual(row);
    }),
  ),
);
