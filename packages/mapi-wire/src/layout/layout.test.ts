import { decode, encode, type Layout } from './layout.ts';
import { bool8, boolFF, f32, f64, i16, i32, i64, u16, u32, u64, u8 } from './numbers.ts';
import { blob, counted, fixed, lazy, repeated, rest, sized, toTheEnd } from './sequences.ts';
import { struct, when } from './struct.ts';
import { astr, guid, wstr, isCodePage } from './text.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const caught = (action: () => unknown): unknown => {
  try {
    return action();
  } catch (thrown) {
    return thrown;
  }
};

interface Tree {
  readonly name: number;
  readonly children: readonly Tree[];
}
const tree: Layout<Tree> = struct({ name: u8, children: counted(u8, lazy<Tree>(2, () => tree)) });
const conditional = struct({ has: bool8, rows: when(({ has }) => has === true, counted(u16, u16)), end: u8 });

const rows: readonly (readonly [string, Layout<unknown>, unknown, string])[] = [
  ['u8', u8, 254, 'fe'],
  ['u16', u16, 0x1234, '34 12'],
  ['u32', u32, 0xfedcba98, '98 ba dc fe'],
  ['u64', u64, 0xfedcba9876543210n, '10 32 54 76 98 ba dc fe'],
  ['i16', i16, -2, 'fe ff'],
  ['i32', i32, -2, 'fe ff ff ff'],
  ['i64', i64, -2n, 'fe ff ff ff ff ff ff ff'],
  ['f32', f32, 1.5, '00 00 c0 3f'],
  ['f64', f64, 1.5, '00 00 00 00 00 00 f8 3f'],
  ['bool8', bool8, true, '01'],
  ['boolFF', boolFF, true, 'ff'],
  ['astr', astr, 'Grüße', '47 72 fc df 65 00'], ['astr', astr, '€ “x”', '80 20 93 78 94 00'],
  ['wstr', wstr, 'a😀', '61 00 3d d8 00 de 00 00'],
  ['guid', guid, 'dca740c8-c042-101a-b4b9-08002b2fe182', 'c8 40 a7 dc 42 c0 1a 10 b4 b9 08 00 2b 2f e1 82'],
  ['fixed', fixed(3), bytes('01 02 03'), '01 02 03'],
  ['blob', blob(u16), bytes('01 02'), '02 00 01 02'],
  ['counted', counted(u16, u8), [1, 2], '02 00 01 02'],
  ['repeated', repeated(2, u16), [1, 2], '01 00 02 00'],
  ['sized', sized(u16, struct({ a: u8, b: rest })), { a: 1, b: bytes('02 03') }, '03 00 01 02 03'],
  ['sized by four', sized(u32, toTheEnd(u16)), [1, 2], '04 00 00 00 01 00 02 00'],
  ['a tree', tree, { name: 1, children: [{ name: 2, children: [] }] }, '01 01 02 00'],
  ['with a condition', conditional, { has: true, rows: [7], end: 9 }, '01 01 00 07 00 09'],
  ['without', conditional, { has: false, end: 9 }, '00 09'],
];

it.each(rows)('%s', (_what, of, value, wire) => {
  expect(hex(encode(of, value))).toBe(wire.replaceAll(' ', ''));
  expect(decode(bytes(wire), of)).toEqual(value);
});

it.each(rows)('%s, cut anywhere, is refused', (_what, of, _value, wire) => {
  const whole = bytes(wire);
  // What takes all that is left takes less.
  for (let length = 0; length < whole.length; length++) expect(caught(() => decode(whole.subarray(0, length), of))).toMatchObject({ name: 'WireError', code: 'truncated' });
});

it.each<[string, Layout<unknown>, string, object]>([
  ['bytes behind the end', u8, '01 02', { code: 'trailing', offset: 1 }],
  ['bytes left of a size', struct({ Body: sized(u16, u8) }), '02 00 01 02', { code: 'trailing', offset: 3, path: '/Body' }],
  ['a count that cannot be', counted(u32, u8), 'ff ff ff ff 00', { code: 'truncated', offset: 4 }],
  ['a place far inside', struct({ Rows: counted(u8, struct({ Id: u8, Name: astr })) }), '02 01 41 00 02 42', { code: 'truncated', path: '/Rows/1/Name' }],
  ['what is too deep', tree, '01'.repeat(200), { code: 'limit' }],
])('%s', (_what, of, wire, error) => expect(caught(() => decode(bytes(wire), of))).toMatchObject({ name: 'WireError', ...error }));

it.each<[string, Layout<never>, unknown]>([
  ['a number too large', u8 as Layout<never>, 256],
  ['a fraction', u16 as Layout<never>, 1.5],
  ['text with its own end', wstr as Layout<never>, 'a\0b'],
  ['no GUID', guid as Layout<never>, 'x'],
  ['a member that is missing', conditional as Layout<never>, { has: true, end: 1 }],
  ['a member without a place', conditional as Layout<never>, { has: false, rows: [], end: 1 }],
  ['too many for their size', sized(u16, rest) as Layout<never>, new Uint8Array(0x1_0000)],
])('is not written: %s', (_what, of, value) => expect(() => encode(of, value as never)).toThrow(expect.objectContaining({ name: 'WireEncodeError' }) as Error));

it('more than the writer began with is written', () => {
  const many = Array.from({ length: 1000 }, (_, index) => index);
  expect(decode(encode(counted(u16, u32), many), counted(u16, u32))).toEqual(many);
});

it.each([
  [1251, 'Привет', 'cf f0 e8 e2 e5 f2 00'],
  [65001, 'ü', 'c3 bc 00'],
  [932, '日', '93 fa 00'],
])('8-bit text is of code page %d', (codePage, text, wire) => {
  expect(decode(bytes(wire), astr, { codePage })).toBe(text);
  expect(hex(encode(astr, text, { codePage }))).toBe(codePage === 932 ? '3f00' : wire.replaceAll(' ', ''));
});

it.each<[number, boolean]>([[1252, true], [1251, true], [932, true], [65001, true], [20261, true], [0, false], [1200, false], [3, false], [0xffff_ffff, false]])('code page %d is known: %s', (codePage, isKnown) => {
  expect(isCodePage(codePage)).toBe(isKnown);
});
