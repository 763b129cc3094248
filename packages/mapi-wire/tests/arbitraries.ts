import { anyCharacter } from '@fauxchange/arbitraries';
import fc from 'fast-check';
import { propertyType, tagOf } from '../src/properties/property-type.ts';
import type { Restriction } from '../src/properties/restriction-form.ts';
import type { PropertyValue, TaggedValue } from '../src/properties/value-layouts.ts';

const u8 = fc.integer({ min: 0, max: 0xff });
const u16 = fc.integer({ min: 0, max: 0xffff });
const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const i64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const text = fc.string({ unit: anyCharacter }).map((value) => value.replaceAll('\0', ''));
const ascii = fc.string({ unit: 'grapheme-ascii' });
const bytes = fc.uint8Array({ maxLength: 20 });
const guid = fc.uuid();
const double = fc.double({ noNaN: true });

/** What stands in rows of all contexts, by its type. */
export const valueByType: ReadonlyMap<number, fc.Arbitrary<PropertyValue>> = new Map<number, fc.Arbitrary<PropertyValue>>([
  [propertyType.Integer16, fc.integer({ min: -0x8000, max: 0x7fff })], [propertyType.Integer32, fc.integer()], [propertyType.Floating64, double], [propertyType.Currency, i64],
  [propertyType.ErrorCode, u32], [propertyType.Boolean, fc.boolean()], [propertyType.Integer64, i64], [propertyType.String8, ascii], [propertyType.String, text],
  [propertyType.Time, fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })], [propertyType.Guid, guid], [propertyType.Binary, bytes],
  [propertyType.MultipleInteger32, fc.array(fc.integer())], [propertyType.MultipleString, fc.array(text)], [propertyType.MultipleString8, fc.array(ascii)], [propertyType.MultipleBinary, fc.array(bytes)], [propertyType.MultipleGuid, fc.array(guid)],
]);

export const taggedValue: fc.Arbitrary<TaggedValue> = fc.tuple(u16, fc.constantFrom(...valueByType.keys())).chain(([id, type]) => {
  const value = valueByType.get(type);
  if (!value) throw new TypeError('no type');
  return value.map((made) => ({ tag: tagOf(id, type), value: made }));
});

export const restriction: fc.Arbitrary<Restriction> = fc.letrec<{ any: Restriction }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ kind: fc.constant('Exist' as const), PropTag: u32 }),
    fc.record({ kind: fc.constant('Content' as const), FuzzyLevelLow: u16, FuzzyLevelHigh: u16, PropertyTag: u32, TaggedValue: taggedValue }),
    fc.record({ kind: fc.constant('Property' as const), RelOp: u8, PropTag: u32, TaggedValue: taggedValue }),
    fc.record({ kind: fc.constant('CompareProperties' as const), RelOp: u8, PropTag1: u32, PropTag2: u32 }),
    fc.record({ kind: fc.constant('BitMask' as const), BitmapRelOp: u8, PropTag: u32, Mask: u32 }),
    fc.record({ kind: fc.constant('Size' as const), RelOp: u8, PropTag: u32, Size: u32 }),
    fc.record({ kind: fc.constantFrom('And' as const, 'Or' as const), Restricts: fc.array(tie('any'), { maxLength: 3 }) }),
    fc.record({ kind: fc.constant('Not' as const), Restriction: tie('any') }),
    fc.record({ kind: fc.constant('SubObject' as const), Subobject: u32, Restriction: tie('any') }),
    fc.record({ kind: fc.constant('Comment' as const), TaggedValues: fc.array(taggedValue, { maxLength: 3 }), Restriction: fc.option(tie('any')) }),
    fc.record({ kind: fc.constant('Count' as const), Count: u32, SubRestriction: tie('any') }),
  ),
})).any;
