import { WireEncodeError } from '../errors.ts';
import { layout, type Layout, type Scope } from '../layout/layout.ts';
import { bool8, f32, f64, i16, i32, i64, u16, u32, u64 } from '../layout/numbers.ts';
import { blob, counted } from '../layout/sequences.ts';
import { struct } from '../layout/struct.ts';
import { astr, guid, wstr } from '../layout/text.ts';
import type { ByteReader } from '../byte-reader.ts';
import { propertyType, typeOfTag } from './property-type.ts';

/**
 * A property's value on the wire, by its type: numbers; `bigint` for 64 bits (Integer64, Currency in ten-thousandths, Time in
 * 100 nanoseconds since 1601); text; a GUID as text; bytes; arrays for multiple values. An ErrorCode is its number.
 */
export type PropertyValue = number | bigint | boolean | string | Uint8Array | null | readonly number[] | readonly bigint[] | readonly string[] | readonly Uint8Array[];

/** How values stand in one of the three contexts: ROPs, the address book, FastTransfer. */
export type ValueLayouts = ReadonlyMap<number, Layout<PropertyValue>>;

const entry = <T extends PropertyValue>(type: number, of: Layout<T>): readonly [number, Layout<PropertyValue>] => [type, of as unknown as Layout<PropertyValue>];
const nothing: Layout<PropertyValue> = layout<PropertyValue>(0, () => null, (_writer, value) => {
  if (value !== null) throw new WireEncodeError('nothing can stand there but null');
});

/** In the buffers of ROPs, [MS-OXCDATA] 2.11.1: sizes of binary are two bytes, counts of multiple values four. */
export const ropValues: ValueLayouts = new Map([
  [propertyType.Null, nothing],
  entry(propertyType.Integer16, i16), entry(propertyType.Integer32, i32), entry(propertyType.Floating32, f32), entry(propertyType.Floating64, f64), entry(propertyType.Currency, i64),
  entry(propertyType.FloatingTime, f64), entry(propertyType.ErrorCode, u32), entry(propertyType.Boolean, bool8), entry(propertyType.Integer64, i64), entry(propertyType.String8, astr), entry(propertyType.String, wstr),
  entry(propertyType.Time, u64), entry(propertyType.Guid, guid), entry(propertyType.ServerId, blob(u16)), entry(propertyType.Binary, blob(u16)), entry(propertyType.Object, blob(u16)),
  entry(propertyType.MultipleInteger16, counted(u32, i16)), entry(propertyType.MultipleInteger32, counted(u32, i32)), entry(propertyType.MultipleFloating32, counted(u32, f32)),
  entry(propertyType.MultipleFloating64, counted(u32, f64)), entry(propertyType.MultipleCurrency, counted(u32, i64)), entry(propertyType.MultipleFloatingTime, counted(u32, f64)),
  entry(propertyType.MultipleInteger64, counted(u32, i64)), entry(propertyType.MultipleString8, counted(u32, astr)), entry(propertyType.MultipleString, counted(u32, wstr)),
  entry(propertyType.MultipleTime, counted(u32, u64)), entry(propertyType.MultipleGuid, counted(u32, guid)), entry(propertyType.MultipleBinary, counted(u32, blob(u16))),
]);

/** The value of a type. @throws WireError invalid, for a type that there is not */
export function readValue(reader: ByteReader, type: number, scope: Scope, values: ValueLayouts = ropValues): PropertyValue {
  const of = values.get(type) ?? reader.fail('invalid', `no property type 0x${type.toString(16).padStart(4, '0')}`);
  return of.read(reader, scope);
}

export function valueLayout(type: number, values: ValueLayouts = ropValues): Layout<PropertyValue> {
  const of = values.get(type);
  if (!of) throw new WireEncodeError(`no property type 0x${type.toString(16).padStart(4, '0')}`);
  return of;
}

export interface TaggedValue {
  readonly tag: number;
  readonly value: PropertyValue;
}

/** [MS-OXCDATA] 2.11.4: the tag, then the value as its type has it. */
export const taggedValue: Layout<TaggedValue> = layout(4, (reader, scope) => {
  const tag = reader.u32();
  return { tag, value: readValue(reader, typeOfTag(tag), scope) };
}, (writer, { tag, value }, scope) => {
  writer.u32(tag);
  valueLayout(typeOfTag(tag)).write(writer, value, scope);
});

/** [MS-OXCROPS] 2.7: what could not be set, and why. */
export const propertyProblem = struct({ Index: u16, PropertyTag: u32, ErrorCode: u32 });
