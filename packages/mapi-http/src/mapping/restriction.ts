import { propertyTypeOf, type Property } from '@fauxchange/properties';
import type { Comparison, ContainsMode, Restriction } from '@fauxchange/mailbox';
import { errorCode, fuzzyLevel, idOfTag, relationalOperator, typeOfTag, type PropertyValue as WireValue, type Restriction as WireRestriction, type TaggedValue } from '@fauxchange/mapi-wire';
import { RopError } from '../errors.ts';
import type { NamedProperties } from '../logon/named-properties.ts';
import { propertyOfTag } from './property-tags.ts';
import { propertyTag } from './property-types.ts';
import { fromWire } from './wire-values.ts';

const { Equal, NotEqual, LessThan, LessThanOrEqual, GreaterThan, GreaterThanOrEqual } = relationalOperator;
const comparisons: ReadonlyMap<number, Comparison> = new Map([[Equal, 'eq'], [NotEqual, 'ne'], [LessThan, 'lt'], [LessThanOrEqual, 'le'], [GreaterThan, 'gt'], [GreaterThanOrEqual, 'ge']]);
/** FuzzyLevelLow: the first three of [MS-OXCDATA] 2.12.4.1, the others are flags that servers since 2013 know. */
const modes: ReadonlyMap<number, ContainsMode> = new Map([
  [fuzzyLevel.FullString, 'fullString'], [fuzzyLevel.Substring, 'substring'], [fuzzyLevel.Prefix, 'prefix'], [0x11, 'prefixOnWords'], [0x10, 'prefixOnWords'], [0x20, 'exactPhrase'], [0x21, 'exactPhrase'],
]);
/** PidTagMessageRecipients and PidTagMessageAttachments, the sub-objects that a message has. */
const subObjects = { recipients: 0x0e12, attachments: 0x0e13 } as const;
const recipientTypeId = 0x0c15;
const recipientTypes = ['to', 'cc', 'bcc'] as const;
/** PidTagDisplayName, PidTagEmailAddress, PidTagSmtpAddress, PidTagRecipientDisplayName; PidTagAttachLongFilename, PidTagAttachFilename, PidTagDisplayName. */
const recipientNames: ReadonlySet<number> = new Set([0x3001, 0x3003, 0x39fe, 0x5ff6]);
const attachmentNames: ReadonlySet<number> = new Set([0x3707, 0x3704, 0x3001]);

const tooComplex = (what: string): RopError => new RopError(errorCode.TooComplex, what);
const always: Restriction = { kind: 'always' };
const never: Restriction = { kind: 'never' };

type Kinds = WireRestriction['kind'];
type OfKind<K extends Kinds, R = WireRestriction> = R extends { readonly kind: infer Own } ? (K extends Own ? R : never) : never;
type Readers = { readonly [K in Kinds]: (wire: OfKind<K>, names: NamedProperties) => Restriction };

/** What a tag of a restriction means; with MultivalueInstance it is the property all the same. Undefined where nothing can have it. */
const propertyOf = (tag: number, names: NamedProperties): Property | undefined => propertyOfTag(propertyTag(tag), names);

const compared = (RelOp: number): Comparison => {
  const operator = comparisons.get(RelOp);
  if (!operator) throw tooComplex(`No table compares by 0x${RelOp.toString(16)}.`);
  return operator;
};

function valueOf({ tag, value }: TaggedValue): ReturnType<typeof fromWire> {
  const type = propertyTypeOf(typeOfTag(tag));
  if (!type) throw new RopError(errorCode.InvalidParameter, `The value of a restriction is of the type 0x${typeOfTag(tag).toString(16)}.`);
  return fromWire(type, value as WireValue);
}

/** The text of a Content; bytes are compared by their digits, as the model has them. */
function textOf({ FuzzyLevelLow, FuzzyLevelHigh, TaggedValue }: OfKind<'Content'>): { readonly text: string; readonly mode: ContainsMode; readonly ignoreCase: boolean; readonly ignoreNonSpacing: boolean } {
  const mode = modes.get(FuzzyLevelLow);
  const text = valueOf(TaggedValue);
  if (!mode || typeof text !== 'string') throw tooComplex('A text is looked for in a way that no table knows.');
  const isLoose = (FuzzyLevelHigh & fuzzyLevel.Loose) !== 0;
  return { text, mode, ignoreCase: isLoose || (FuzzyLevelHigh & fuzzyLevel.IgnoreCase) !== 0, ignoreNonSpacing: isLoose || (FuzzyLevelHigh & fuzzyLevel.IgnoreNonSpace) !== 0 };
}

const readers: Readers = {
  And: ({ Restricts }, names) => ({ kind: 'and', restrictions: Restricts.map((one) => restrictionOfWire(one, names)) }),
  Or: ({ Restricts }, names) => ({ kind: 'or', restrictions: Restricts.map((one) => restrictionOfWire(one, names)) }),
  Not: ({ Restriction: inner }, names) => ({ kind: 'not', restriction: restrictionOfWire(inner, names) }),
  Content(wire, names) {
    const property = propertyOf(wire.PropertyTag, names);
    const text = textOf(wire);
    return property ? { kind: 'contains', property: property.name, ...text } : never;
  },
  Property({ RelOp, PropTag, TaggedValue }, names) {
    const operator = compared(RelOp);
    const property = propertyOf(PropTag, names);
    return property ? { kind: 'compare', property: property.name, operator, value: valueOf(TaggedValue) } : never;
  },
  CompareProperties({ RelOp, PropTag1, PropTag2 }, names) {
    const operator = compared(RelOp);
    const [left, right] = [propertyOf(PropTag1, names), propertyOf(PropTag2, names)];
    return left && right ? { kind: 'compareProperties', left: left.name, operator, right: right.name } : never;
  },
  BitMask({ BitmapRelOp, PropTag, Mask }, names) {
    const property = propertyOf(PropTag, names);
    return property ? { kind: 'bitmask', property: property.name, mask: Mask, isZero: BitmapRelOp === 0 } : never;
  },
  Size({ RelOp, PropTag, Size }, names) {
    const operator = compared(RelOp);
    const property = propertyOf(PropTag, names);
    return property ? { kind: 'size', property: property.name, operator, bytes: Size } : never;
  },
  Exist({ PropTag }, names) {
    const property = propertyOf(PropTag, names);
    return property ? { kind: 'exists', property: property.name } : never;
  },
  SubObject({ Subobject, Restriction: inner }) {
    const id = idOfTag(Subobject);
    if (id === subObjects.recipients) return recipientTest(inner, recipientTypes);
    if (id === subObjects.attachments) return attachmentTest(inner);
    throw new RopError(errorCode.InvalidParameter, `A message has no sub-objects 0x${Subobject.toString(16)}.`);
  },
  Comment: ({ Restriction: inner }, names) => (inner ? restrictionOfWire(inner, names) : always),
  Count: () => {
    throw tooComplex('A table does not count what a restriction finds.');
  },
};

type RecipientType = (typeof recipientTypes)[number];

/** What the model knows to ask of recipients: a text in their names and addresses, and which kind they are of. */
function recipientTest(inner: WireRestriction, types: readonly RecipientType[]): Restriction {
  if (inner.kind === 'Or') return { kind: 'or', restrictions: inner.Restricts.map((one) => recipientTest(one, types)) };
  if (inner.kind === 'Content' && recipientNames.has(idOfTag(inner.PropertyTag))) {
    const { text, mode, ignoreCase } = textOf(inner);
    return { kind: 'recipient', types, text, mode, ignoreCase };
  }
  if (inner.kind === 'Property' && inner.RelOp === Equal && recipientNames.has(idOfTag(inner.PropTag))) {
    return { kind: 'recipient', types, text: String(valueOf(inner.TaggedValue)), mode: 'fullString', ignoreCase: true };
  }
  if (inner.kind === 'And') {
    const asked = inner.Restricts.map(typesAsked);
    const others = inner.Restricts.filter((_one, at) => asked[at] === undefined);
    const [only] = others;
    const left = asked.reduce<readonly RecipientType[]>((found, one) => (one ? found.filter((type) => one.includes(type)) : found), types);
    if (only && others.length === 1) return recipientTest(only, left);
  }
  throw tooComplex('This cannot be asked of recipients.');
}

/** The kinds that a restriction on PidTagRecipientType lets through; undefined for another restriction. */
function typesAsked(one: WireRestriction): readonly RecipientType[] | undefined {
  if (one.kind === 'Or') {
    const all = one.Restricts.map(typesAsked);
    return all.every((types) => types !== undefined) ? all.flat() : undefined;
  }
  if (one.kind !== 'Property' || one.RelOp !== Equal || idOfTag(one.PropTag) !== recipientTypeId) return undefined;
  const type = recipientTypes[Number(one.TaggedValue.value) - 1];
  return type ? [type] : [];
}

function attachmentTest(inner: WireRestriction): Restriction {
  if (inner.kind === 'Or') return { kind: 'or', restrictions: inner.Restricts.map(attachmentTest) };
  if (inner.kind === 'Content' && attachmentNames.has(idOfTag(inner.PropertyTag))) {
    const { text, mode, ignoreCase } = textOf(inner);
    return { kind: 'attachment', text, mode, ignoreCase };
  }
  throw tooComplex('This cannot be asked of attachments.');
}

/**
 * The model's restriction that one of the wire is.
 *
 * @throws RopError ecTooComplex, for what no table can be asked
 * @see [MS-OXCDATA] 2.12
 */
export function restrictionOfWire(wire: WireRestriction, names: NamedProperties): Restriction {
  return (readers[wire.kind] as (one: WireRestriction, names: NamedProperties) => Restriction)(wire, names);
}
