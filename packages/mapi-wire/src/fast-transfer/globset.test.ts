import fc from 'fast-check';
import { WireError } from '../errors.ts';
import { decode, encode, type Layout } from '../layout/layout.ts';
import { GlobSet, mostCounter, type CounterRange } from './globset.ts';
import { globSet } from './globset-layout.ts';
import { idSetByReplGuid, idSetByReplId } from './idset.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const caught = (action: () => unknown): unknown => {
  try {
    return action();
  } catch (thrown) {
    return thrown;
  }
};
const set = (...ranges: readonly (readonly [number, number])[]): GlobSet => GlobSet.ofRanges(ranges.map(([low, high]) => ({ low, high })));

const sets: readonly (readonly [string, GlobSet, string])[] = [
  ['nothing', GlobSet.empty, '00'],
  ['one counter', GlobSet.of([0x0102030405]), '06 00 01 02 03 04 05 00'],
  ['a range of one byte', set([1, 0x10]), '05 00 00 00 00 00 52 01 10 50 00'],
  ['MS-OXCFXICS_R3379: ranges near each other', set([1, 3], [5, 5], [7, 9]), '05 00 00 00 00 00 42 01 eb 50 00'],
  ['counters far from each other', GlobSet.of([1, 0x20]), '05 00 00 00 00 00 01 01 01 20 50 00'],
  ['a range beyond a byte', set([0x10, 0x1234]), '04 00 00 00 00 52 00 10 12 34 50 00'],
  ['a range of everything', set([0, mostCounter]), '52 00 00 00 00 00 00 ff ff ff ff ff ff 00'],
  ['a stack of two', GlobSet.of([0x010101, 0x010102, 0x010201, 0x020101]), '03 00 00 00 01 01 01 01 52 01 02 50 02 02 01 50 03 02 01 01 50 00'],
  ['the end of a byte', GlobSet.of([0xf7, 0xff, 0x100]), '04 00 00 00 00 02 00 f7 52 00 ff 01 00 50 00'],
];

const rows: readonly (readonly [string, Layout<never>, unknown, string])[] = [
  ...sets.map(([what, value, wire]) => [what, globSet as Layout<never>, value, wire] as const),
  ['MS-OXCFXICS_R181: REPLIDs from the lowest', idSetByReplId as Layout<never>, new Map([[1, GlobSet.of([7])], [0x100, GlobSet.empty]]), '01 00 06 00 00 00 00 00 07 00 00 01 00'],
  [
    'MS-OXCFXICS_R186: REPLGUIDs in the order of their bytes', idSetByReplGuid as Layout<never>,
    new Map([['01000002-0000-0000-0000-000000000000', GlobSet.of([7])], ['02000001-0000-0000-0000-000000000000', GlobSet.of([8])]]),
    `01 00 00 02 ${'00'.repeat(12)} 06 00 00 00 00 00 08 00 02 00 00 01 ${'00'.repeat(12)} 06 00 00 00 00 00 07 00`,
  ],
];

it.each(rows)('%s', (_what, of, value, wire) => {
  expect(hex(encode(of, value as never))).toBe(wire.replaceAll(' ', ''));
  expect(decode(bytes(wire), of)).toEqual(value);
});

it.each(sets)('%s, cut anywhere, is refused', (_what, _value, wire) => {
  const whole = bytes(wire);
  for (let length = 0; length < whole.length; length++) expect(caught(() => decode(whole.subarray(0, length), globSet))).toMatchObject({ name: 'WireError', code: 'truncated' });
});

it.each([
  ['a pop of a push among pushes', '03 00 00 00 02 00 00 52 01 05 50 50 00', set([1, 5])],
  ['a push that is full twice', '05 00 00 00 00 00 01 03 01 09 50 00', GlobSet.of([3, 9])],
  ['ranges that overlap, in no order', '05 00 00 00 00 00 52 05 09 52 01 06 50 00', set([1, 9])],
  ['a counter that was there', '06 00 00 00 00 00 05 06 00 00 00 00 00 05 00', GlobSet.of([5])],
])('is read: %s', (_what, wire, value) => expect(decode(bytes(wire), globSet)).toEqual(value));

it.each([
  ['an unknown command', '07', 'invalid'],
  ['a push beyond six', '05 00 00 00 00 00 02 00 00', 'invalid'],
  ['a pop of nothing', '50 00', 'invalid'],
  ['MS-OXCFXICS_R1970: a bitmask without five bytes', '04 00 00 00 00 42 01 01 50 00', 'invalid'],
  ['a bitmask beyond its byte', '05 00 00 00 00 00 42 ff 01 50 00', 'invalid'],
  ['MS-OXCFXICS_R214: a range that ends before it begins', '05 00 00 00 00 00 52 02 01 50 00', 'invalid'],
  ['MS-OXCFXICS_R1992: an end with bytes in common', '05 00 00 00 00 00 00', 'invalid'],
  ['bytes behind the end', '00 00', 'trailing'],
])('is refused: %s', (_what, wire, code) => expect(caught(() => decode(bytes(wire), globSet))).toMatchObject({ name: 'WireError', code }));

it('what is no counter is not in a set', () => {
  for (const value of [-1, 0.5, mostCounter + 1]) expect(() => GlobSet.of([value])).toThrow(expect.objectContaining({ name: 'WireEncodeError' }) as Error);
  expect(() => set([2, 1])).toThrow(expect.objectContaining({ name: 'WireEncodeError' }) as Error);
});

const counter = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0x1_0000, max: 0x1_0200 }), fc.integer({ min: 0, max: mostCounter }));
const range: fc.Arbitrary<CounterRange> = fc.tuple(counter, fc.integer({ min: 0, max: 600 })).map(([low, length]) => ({ low, high: Math.min(mostCounter, low + length) }));
const anySet = fc.array(fc.oneof(range, counter.map((low) => ({ low, high: low }))), { maxLength: 40 }).map((ranges) => GlobSet.ofRanges(ranges));

it('any set survives', () => fc.assert(fc.property(anySet, (value) => expect(decode(encode(globSet, value), globSet)).toEqual(value)), { numRuns: 500 }));

it('any bytes are a set or a WireError', () => {
  const likely = fc.constantFrom(0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x42, 0x50, 0x52);
  fc.assert(fc.property(fc.array(fc.oneof(likely, fc.integer({ min: 0, max: 255 })), { maxLength: 60 }), (wire) => {
    const read = caught(() => decode(Uint8Array.from(wire), idSetByReplId));
    expect(read instanceof WireError || read instanceof Map).toBe(true);
  }), { numRuns: 2000 });
});

it('sets are what sets of numbers are', () => {
  const small = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 40 });
  fc.assert(fc.property(small, small, (one, other) => {
    const sorted = (values: Iterable<number>): readonly number[] => [...new Set(values)].sort((a, b) => a - b);
    const [left, right] = [GlobSet.of(one), GlobSet.of(other)];
    expect([...left.counters()]).toEqual(sorted(one));
    expect(left.size).toBe(new Set(one).size);
    expect([...left.union(right).counters()]).toEqual(sorted([...one, ...other]));
    expect([...left.difference(right).counters()]).toEqual(sorted(one.filter((value) => !other.includes(value))));
    expect(other.map((value) => left.has(value))).toEqual(other.map((value) => one.includes(value)));
    expect(other.reduce((all, value) => all.add(value), left)).toEqual(left.union(right));
  }));
});
