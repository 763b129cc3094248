import { WireEncodeError } from '../errors.ts';
import { layout, type Layout, type Scope } from '../layout/layout.ts';
import { bool8, f32, f64, i16, i32, i64, u16, u32, u64 } from '../layout/numbers.ts';
import { blob, counted } from '../layout/sequences.ts';
import { astr, guid, wstr } from '../layout/text.ts';
import type { ByteReader } from '../byte-reader.ts';
import { propertyType, typeOfTag } from './property-type.ts';
import type { Restriction } from './restriction-form.ts';
import type { RuleAction } from './rule-action-form.ts';

/**
 * A property's value on the wire, by its type: numbers; `bigint` for 64 bits (Integer64, Currency in ten-thousandths, Time in
 * 100 nanoseconds since 1601); text; a GUID as text; bytes; arrays for multiple values. An ErrorCode is its number.
 */
export type PropertyValue =
  | number | bigint | boolean | string | Uint8Array | null
  | readonly number[] | readonly bigint[] | readonly string[] | readonly Uint8Array[]
  | Restriction | readonly RuleAction[] | TypedValue;

/** [MS-OXCDATA] 2.11.3: a value of a type that only it says. */
export interface TypedValue {
  readonly type: number;
  readonly value: PropertyValue;
}

/** [MS-OXCDATA] 2.11.4. */
export interface TaggedValue {
  readonly tag: number;
  readonly value: PropertyValue;
}

/** How values stand in one of the contexts: ROPs, the address book, extended rules, FastTransfer. */
export type ValueLayouts = ReadonlyMap<number, Layout<PropertyValue>>;

type Entry = readonly [number, Layout<PropertyValue>];
export const entry = <T extends PropertyValue>(type: number, of: Layout<T>): Entry => [type, of as unknown as Layout<PropertyValue>];
export const nothing: Layout<null> = layout(0, () => null, (_writer, value) => {
  if (value !== null) throw new WireEncodeError('nothing can stand there but null');
});

/** [MS-OXCDATA] 2.11.1: what stands alike in all contexts. */
export const singleValues: readonly Entry[] = [
  entry(propertyType.Null, nothing),
  entry(propertyType.Integer16, i16), entry(propertyType.Integer32, i32), entry(propertyType.Floating32, f32), entry(propertyType.Floating64, f64), entry(propertyType.Currency, i64),
  entry(propertyType.FloatingTime, f64), entry(propertyType.ErrorCode, u32), entry(propertyType.Boolean, bool8), entry(propertyType.Integer64, i64), entry(propertyType.String8, astr), entry(propertyType.String, wstr),
  entry(propertyType.Time, u64), entry(propertyType.Guid, guid), entry(propertyType.ServerId, blob(u16)),
];

const multipleNumbers: readonly Entry[] = [
  entry(propertyType.MultipleInteger16, counted(u32, i16)), entry(propertyType.MultipleInteger32, counted(u32, i32)), entry(propertyType.MultipleFloating32, counted(u32, f32)),
  entry(propertyType.MultipleFloating64, counted(u32, f64)), entry(propertyType.MultipleCurrency, counted(u32, i64)), entry(propertyType.MultipleFloatingTime, counted(u32, f64)),
  entry(propertyType.MultipleInteger64, counted(u32, i64)), entry(propertyType.MultipleTime, counted(u32, u64)), entry(propertyType.MultipleGuid, counted(u32, guid)),
];

/** Many of each, by what stands for a text and for bytes among others. */
export const multipleValues = (string8: Layout<string>, string: Layout<string>, binary: Layout<Uint8Array>): readonly Entry[] => [
  ...multipleNumbers,
  entry(propertyType.MultipleString8, counted(u32, string8)), entry(propertyType.MultipleString, counted(u32, string)), entry(propertyType.MultipleBinary, counted(u32, binary)),
];

const unknown = (type: number): string => `no property type 0x${type.toString(16).padStart(4, '0')}`;

/** The value of a type. @throws WireError invalid, for a type that there is not */
export function readValueOf(values: ValueLayouts, reader: ByteReader, type: number, scope: Scope): PropertyValue {
  const of = values.get(type) ?? reader.fail('invalid', unknown(type));
  return of.read(reader, scope);
}

export function layoutOf(values: ValueLayouts, type: number): Layout<PropertyValue> {
  const of = values.get(type);
  if (!of) throw new WireEncodeError(unknown(type));
  return of;
}

/** The type, then the value. The values may be declared later. */
export const typedValueOf = (values: () => ValueLayouts): Layout<TypedValue> => layout(2, (reader, scope) => {
  const type = reader.u16();
  return { type, value: readValueOf(values(), reader, type, scope) };
}, (writer, { type, value }, scope) => {
  writer.u16(type);
  layoutOf(values(), type).write(writer, value, scope);
});

/** The tag, then the value as its type has it. The values may be declared later. */
export const taggedValueOf = (values: () => ValueLayouts): Layout<TaggedValue> => layout(4, (reader, scope) => {
  const tag = reader.u32();
  return { tag, value: readValueOf(values(), reader, typeOfTag(tag), scope) };
}, (writer, { tag, value }, scope) => {
  writer.u32(tag);
  layoutOf(values(), typeOfTag(tag)).write(writer, value, scope);
});
