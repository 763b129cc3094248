import { property as propertyNamed, propertyTypes, type Property, type PropertyName, type PropertyType, type PropertyValue } from '@fauxchange/properties';
import type { Comparison, ContainsMode, Restriction } from '@fauxchange/mailbox';
import { errorCode, fuzzyLevel, idOfTag, propertyType, relationalOperator, tagOf, typeOfTag, type Restriction as WireRestriction, type TaggedValue } from '@fauxchange/mapi-wire';
import { RopError } from '../errors.ts';
import type { NamedProperties } from '../logon/named-properties.ts';
import { tagOfProperty } from './property-tags.ts';
import { toWire } from './wire-values.ts';

const operators: Readonly<Record<Comparison, number>> = {
  eq: relationalOperator.Equal, ne: relationalOperator.NotEqual, lt: relationalOperator.LessThan, le: relationalOperator.LessThanOrEqual, gt: relationalOperator.GreaterThan, ge: relationalOperator.GreaterThanOrEqual,
};
/** FuzzyLevelLow, [MS-OXCDATA] 2.12.4.1: with the flags that servers since 2013 know. */
const levels: Readonly<Record<ContainsMode, number>> = { fullString: fuzzyLevel.FullString, substring: fuzzyLevel.Substring, prefix: fuzzyLevel.Prefix, prefixOnWords: 0x11, exactPhrase: 0x20 };

/** PidTagMessageRecipients and PidTagMessageAttachments. */
const recipientsTag = 0x0e12_000d;
const attachmentsTag = 0x0e13_000d;
const recipientTypeTag = 0x0c15_0003;
const recipientTypes = { to: 1, cc: 2, bcc: 3 } as const;
/** PidTagDisplayName, PidTagEmailAddress, PidTagSmtpAddress. */
const recipientNameTags: readonly number[] = [0x3001_001f, 0x3003_001f, 0x39fe_001f];
const attachmentNameTag = 0x3707_001f;
/** PidTagSubject, PidTagBody, PidTagSenderName, PidTagDisplayTo. */
const textTags: readonly number[] = [0x0037_001f, 0x1000_001f, 0x0c1a_001f, 0x0e04_001f];

type Kinds = Restriction['kind'];
type OfKind<K extends Kinds, R = Restriction> = R extends { readonly kind: infer Own } ? (K extends Own ? R : never) : never;
type Writers = { readonly [K in Kinds]: (restriction: OfKind<K>, names: NamedProperties) => WireRestriction };

function known(name: PropertyName): Property {
  const found = propertyNamed(name);
  if (!found) throw new RopError(errorCode.TooComplex, `Nobody knows a property ${name}.`);
  return found;
}

function tagNamed(name: PropertyName, names: NamedProperties): number {
  const tag = tagOfProperty(known(name), names);
  if (tag === undefined) throw new RopError(errorCode.TooComplex, 'The mailbox has no id left for a named property.');
  return tag;
}

/** A value beside the property that it is compared with: one of its values, where it has many. */
function tagged(name: PropertyName, value: PropertyValue, names: NamedProperties): TaggedValue {
  const own = known(name).type;
  const type = (Array.isArray(value) ? own : own.replace(/^Multiple/, '')) as PropertyType;
  return { tag: tagOf(idOfTag(tagNamed(name, names)), propertyTypes[type]), value: toWire(type, value) };
}

const content = (tag: number, text: string, mode: ContainsMode, ignoreCase: boolean): WireRestriction => (
  { kind: 'Content', FuzzyLevelLow: levels[mode], FuzzyLevelHigh: ignoreCase ? fuzzyLevel.IgnoreCase : 0, PropertyTag: tag, TaggedValue: { tag, value: text } });
const oneOf = (Restricts: readonly WireRestriction[]): WireRestriction => (Restricts.length === 1 ? Restricts[0] as WireRestriction : { kind: 'Or', Restricts });

const writers: Writers = {
  and: ({ restrictions }, names) => ({ kind: 'And', Restricts: restrictions.map((one) => wireOfRestriction(one, names)) }),
  or: ({ restrictions }, names) => ({ kind: 'Or', Restricts: restrictions.map((one) => wireOfRestriction(one, names)) }),
  not: ({ restriction }, names) => ({ kind: 'Not', Restriction: wireOfRestriction(restriction, names) }),
  compare: ({ property, operator, value }, names) => ({ kind: 'Property', RelOp: operators[operator], PropTag: tagNamed(property, names), TaggedValue: tagged(property, value, names) }),
  compareProperties: ({ left, operator, right }, names) => ({ kind: 'CompareProperties', RelOp: operators[operator], PropTag1: tagNamed(left, names), PropTag2: tagNamed(right, names) }),
  contains: ({ property, text, mode, ignoreCase, ignoreNonSpacing }, names) => ({
    kind: 'Content', FuzzyLevelLow: levels[mode], FuzzyLevelHigh: (ignoreCase ? fuzzyLevel.IgnoreCase : 0) | (ignoreNonSpacing ? fuzzyLevel.IgnoreNonSpace : 0), PropertyTag: tagNamed(property, names), TaggedValue: tagged(property, text, names),
  }),
  bitmask: ({ property, mask, isZero }, names) => ({ kind: 'BitMask', BitmapRelOp: isZero ? 0 : 1, PropTag: tagNamed(property, names), Mask: mask >>> 0 }),
  exists: ({ property }, names) => ({ kind: 'Exist', PropTag: tagNamed(property, names) }),
  size: ({ property, operator, bytes }, names) => ({ kind: 'Size', RelOp: operators[operator], PropTag: tagNamed(property, names), Size: bytes }),
  recipient: ({ types, text, mode, ignoreCase }) => ({
    kind: 'SubObject', Subobject: recipientsTag, Restriction: {
      kind: 'And', Restricts: [
        oneOf(types.map((type) => ({ kind: 'Property', RelOp: relationalOperator.Equal, PropTag: recipientTypeTag, TaggedValue: { tag: recipientTypeTag, value: recipientTypes[type] } }))),
        oneOf(recipientNameTags.map((tag) => content(tag, text, mode, ignoreCase))),
      ],
    },
  }),
  attachment: ({ text, mode, ignoreCase }) => ({ kind: 'SubObject', Subobject: attachmentsTag, Restriction: content(attachmentNameTag, text, mode, ignoreCase) }),
  anyText: ({ text, mode }) => oneOf(textTags.map((tag) => content(tag, text, mode, true))),
  always: () => ({ kind: 'And', Restricts: [] }),
  never: () => ({ kind: 'Or', Restricts: [] }),
};

/**
 * A restriction of the model as the wire has it: of searches that another protocol has made.
 *
 * @throws RopError ecTooComplex
 * @see [MS-OXCDATA] 2.12
 */
export function wireOfRestriction(restriction: Restriction, names: NamedProperties): WireRestriction {
  return (writers[restriction.kind] as (one: Restriction, names: NamedProperties) => WireRestriction)(restriction, names);
}

const wide: ReadonlyMap<number, number> = new Map([[propertyType.String8, propertyType.String], [propertyType.MultipleString8, propertyType.MultipleString]]);
const narrow: ReadonlyMap<number, number> = new Map([...wide].map(([one, other]) => [other, one]));
const tagMembers: ReadonlySet<string> = new Set(['tag', 'PropertyTag', 'PropTag', 'PropTag1', 'PropTag2']);

/** The same with all its texts of two bytes a unit, or of one in the code page. */
export function withTextWidth(restriction: WireRestriction, isUnicode: boolean): WireRestriction {
  const types = isUnicode ? wide : narrow;
  const turned = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(turned);
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, tagMembers.has(name) ? tagOf(idOfTag(one as number), types.get(typeOfTag(one as number)) ?? typeOfTag(one as number)) : turned(one)]));
  };
  return turned(restriction) as WireRestriction;
}
