import { itIsNotWritten, itIsRefused, itIsWrittenAndRead } from '../../tests/wire-table.ts';
import { boolFF, u16, u8 } from './numbers.ts';
import { nullable, repeated, scoped, sized, sizedOrNull, toTheEnd } from './sequences.ts';
import { conditional, constant, depending, reserved, struct } from './struct.ts';
import { astr, hex, wstr } from './text.ts';
import { variants } from './variants.ts';

const shape = variants(u8, { Point: [0, struct({})], Circle: [1, struct({ Radius: u16 })], Name: [9, struct({ Text: astr })] });
const list = struct({ Count: u8, Kind: u8, Items: depending(({ Count }) => repeated(Count as number, u8)), Text: conditional(({ Kind }) => [undefined, astr, wstr][Kind as number]) });
const header = struct({ Version: constant(u16, 3), Reserved: reserved(u8, 0), Id: hex(2) });

itIsWrittenAndRead([
  ['a variant', shape, { kind: 'Circle', Radius: 5 }, '01 05 00'],
  ['a variant of nothing', shape, { kind: 'Point' }, '00'],
  ['a member as others say', list, { Count: 2, Kind: 1, Items: [1, 2], Text: 'a' }, '02 01 01 02 61 00'],
  ['as others say otherwise', list, { Count: 0, Kind: 2, Items: [], Text: 'a' }, '00 02 61 00 00 00'],
  ['not there, as others say', list, { Count: 0, Kind: 0, Items: [] }, '00 00'],
  ['members without a value', header, { Id: 'ab01' }, '03 00 00 ab 01'],
  ['what is there', nullable(boolFF, u8), 7, 'ff 07'],
  ['what is not', nullable(boolFF, u8), null, '00'],
  ['a size and something', sizedOrNull(u16, u8), 7, '01 00 07'],
  ['a size of nothing', sizedOrNull(u16, u8), null, '00 00'],
  ['a size of one byte', sized(u8, toTheEnd(u16)), [1, 2], '04 01 00 02 00'],
  ['a change of scope', scoped({ codePage: 1251 }, astr), 'П', 'cf 00'],
]);

itIsRefused([
  ['a variant that there is not', shape, '02', { code: 'invalid', offset: 1 }],
  ['another value than the only one', header, '04 00 00 ab 01', { code: 'invalid', path: '/Version' }],
]);

itIsNotWritten([
  ['a variant that there is not', shape, { kind: 'constructor' }],
  ['a member that others have no place for', list, { Count: 0, Kind: 0, Items: [], Text: 'a' }, { path: '/Text' }],
  ['another number than others say', list, { Count: 1, Kind: 0, Items: [] }, { path: '/Items' }],
  ['no hexadecimal digits', hex(1), 'AB'],
  ['too many for one byte', sized(u8, astr), 'a'.repeat(255)],
]);

it('a member that depends on others stands in a struct only', () => expect(() => depending(() => u8).read(undefined as never, {})).toThrow(TypeError));
