import type { Layout } from '../layout/layout.ts';
import { bool8, u16, u32, u8 } from '../layout/numbers.ts';
import { counted, lazy, nullable } from '../layout/sequences.ts';
import { struct } from '../layout/struct.ts';
import { variants } from '../layout/variants.ts';
import type { TaggedValue } from './value-layouts.ts';

/** What rows have to be: [MS-OXCDATA] 2.12. Members are named as there; counts and the bytes that say what is there go without saying. */
export type Restriction =
  | { readonly kind: 'And' | 'Or'; readonly Restricts: readonly Restriction[] }
  | { readonly kind: 'Not'; readonly Restriction: Restriction }
  /** Levels are of `fuzzyLevel`. The tag of the value says its type, `PropertyTag` the property that is compared. */
  | { readonly kind: 'Content'; readonly FuzzyLevelLow: number; readonly FuzzyLevelHigh: number; readonly PropertyTag: number; readonly TaggedValue: TaggedValue }
  /** `RelOp` is of `relationalOperator`. */
  | { readonly kind: 'Property'; readonly RelOp: number; readonly PropTag: number; readonly TaggedValue: TaggedValue }
  | { readonly kind: 'CompareProperties'; readonly RelOp: number; readonly PropTag1: number; readonly PropTag2: number }
  /** `BitmapRelOp` is 0 where the bits of the mask have to be zero, 1 where one of them must not. */
  | { readonly kind: 'BitMask'; readonly BitmapRelOp: number; readonly PropTag: number; readonly Mask: number }
  | { readonly kind: 'Size'; readonly RelOp: number; readonly PropTag: number; readonly Size: number }
  | { readonly kind: 'Exist'; readonly PropTag: number }
  /** `Subobject` is the tag of the message's recipients or attachments. */
  | { readonly kind: 'SubObject'; readonly Subobject: number; readonly Restriction: Restriction }
  | { readonly kind: 'Comment'; readonly TaggedValues: readonly TaggedValue[]; readonly Restriction: Restriction | null }
  | { readonly kind: 'Count'; readonly Count: number; readonly SubRestriction: Restriction };

/** [MS-OXCDATA] 2.12.4.1: the levels of Content, the low ones exclusive, the high ones flags. */
export const fuzzyLevel = { FullString: 0, Substring: 1, Prefix: 2, IgnoreCase: 1, IgnoreNonSpace: 2, Loose: 4 } as const;
/** [MS-OXCDATA] 2.12.5.1. */
export const relationalOperator = { LessThan: 0, LessThanOrEqual: 1, GreaterThan: 2, GreaterThanOrEqual: 3, Equal: 4, NotEqual: 5, Matches: 6, MemberOfDistributionList: 0x64 } as const;

interface Form {
  /** The number in front of the restrictions of And and Or: two bytes in ROPs, four elsewhere. */
  readonly count: Layout<number>;
  /** The values of Comment. */
  readonly taggedValue: Layout<TaggedValue>;
  /** The value of Content and Property. */
  readonly operand?: Layout<TaggedValue>;
}

/** Restrictions as one of the contexts has them. */
export function restrictionOf({ count, taggedValue, operand = taggedValue }: Form): Layout<Restriction> {
  const inner = lazy<Restriction>(3, () => restriction);
  const many = struct({ Restricts: counted(count, inner) });
  const restriction: Layout<Restriction> = variants(u8, {
    And: [0x0, many],
    Or: [0x1, many],
    Not: [0x2, struct({ Restriction: inner })],
    Content: [0x3, struct({ FuzzyLevelLow: u16, FuzzyLevelHigh: u16, PropertyTag: u32, TaggedValue: operand })],
    Property: [0x4, struct({ RelOp: u8, PropTag: u32, TaggedValue: operand })],
    CompareProperties: [0x5, struct({ RelOp: u8, PropTag1: u32, PropTag2: u32 })],
    BitMask: [0x6, struct({ BitmapRelOp: u8, PropTag: u32, Mask: u32 })],
    Size: [0x7, struct({ RelOp: u8, PropTag: u32, Size: u32 })],
    Exist: [0x8, struct({ PropTag: u32 })],
    SubObject: [0x9, struct({ Subobject: u32, Restriction: inner })],
    Comment: [0xa, struct({ TaggedValues: counted(u8, taggedValue), Restriction: nullable(bool8, inner) })],
    Count: [0xb, struct({ Count: u32, SubRestriction: inner })],
  });
  return restriction;
}
