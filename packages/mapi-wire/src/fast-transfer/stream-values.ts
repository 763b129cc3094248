import { WireEncodeError } from '../errors.ts';
import { layout, type Layout, type Scope } from '../layout/layout.ts';
import { f32, f64, i16, i32, i64, u32, u64 } from '../layout/numbers.ts';
import { decodeText, decodeUtf16, encodeText, encodeUtf16, guid } from '../layout/text.ts';
import type { ByteReader } from '../byte-reader.ts';
import { ByteWriter } from '../byte-writer.ts';
import { multipleFlag, propertyType } from '../properties/property-type.ts';
import type { PropertyValue } from '../properties/property-value.ts';

/** A piece of a stream; buffers may end behind it, and within it only where it is the content of a text or of binary: [MS-OXCFXICS] 2.2.4.1. */
export interface Atom {
  readonly bytes: Uint8Array;
  readonly isDivisible: boolean;
}
export const atom = (bytes: Uint8Array): Atom => ({ bytes, isDivisible: false });
/** Streams are full of these: written without a writer. */
export const u32Bytes = (value: number): Uint8Array => Uint8Array.of(value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24);

const bool16: Layout<boolean> = layout(2, (reader) => reader.u16() !== 0, (writer, value) => writer.u16(value ? 1 : 0));
const entry = <T extends PropertyValue>(type: number, of: Layout<T>): readonly [number, Layout<PropertyValue>] => [type, of as unknown as Layout<PropertyValue>];
/** [MS-OXCFXICS] 2.2.4.1.1, fixedPropType, and 2.2.4.1.3: as in ROPs, but a boolean is of two bytes. */
const fixedValues: ReadonlyMap<number, Layout<PropertyValue>> = new Map([
  entry(propertyType.Integer16, i16), entry(propertyType.Integer32, i32), entry(propertyType.Floating32, f32), entry(propertyType.Floating64, f64), entry(propertyType.Currency, i64),
  entry(propertyType.FloatingTime, f64), entry(propertyType.ErrorCode, u32), entry(propertyType.Boolean, bool16), entry(propertyType.Integer64, i64), entry(propertyType.Time, u64),
  entry(propertyType.Guid, guid),
]);

const binaryTypes: ReadonlySet<number> = new Set([propertyType.Binary, propertyType.ServerId, propertyType.Object]);
/** [MS-OXCFXICS] 2.2.4.1.1.1: marks a text in the code page that the type names. */
const codePageFlag = 0x8000;
const unicode = 1200;

/** The code page of a text's type; undefined for the one of the scope, and for types of no text. */
function codePageOf(type: number): number | undefined {
  if (type & codePageFlag) return type & ~codePageFlag;
  return type === propertyType.String ? unicode : undefined;
}
const isText = (type: number): boolean => codePageOf(type) !== undefined || type === propertyType.String8;
const scopeOf = (type: number, scope: Scope): Scope => ({ ...scope, codePage: codePageOf(type) ?? scope.codePage });

function readText(reader: ByteReader, bytes: Uint8Array, type: number, scope: Scope): string {
  const end = codePageOf(type) === unicode ? 2 : 1;
  if (bytes.length % end !== 0 || bytes.length < end || bytes.subarray(-end).some((byte) => byte !== 0)) reader.fail('invalid', 'a text has no end');
  const own = bytes.subarray(0, -end);
  return end === 2 ? decodeUtf16(own) : decodeText(own, scopeOf(type, scope));
}

function textBytes(value: string, type: number, scope: Scope): Uint8Array {
  return codePageOf(type) === unicode ? encodeUtf16(`${value}\0`) : encodeText(`${value}\0`, scopeOf(type, scope));
}

/** `least` is all of them. */
function fixedBytes(of: Layout<PropertyValue>, value: PropertyValue, scope: Scope): Uint8Array {
  const writer = new ByteWriter(of.least);
  of.write(writer, value, scope);
  return writer.finish();
}

const noType = (type: number): string => `no property type 0x${type.toString(16).padStart(4, '0')} in a stream`;

function readSingle(reader: ByteReader, type: number, scope: Scope): PropertyValue {
  const fixed = fixedValues.get(type);
  if (fixed) return fixed.read(reader, scope);
  if (!isText(type) && !binaryTypes.has(type)) reader.fail('invalid', noType(type));
  const bytes = reader.bytes(reader.u32());
  return isText(type) ? readText(reader, bytes, type, scope) : bytes;
}

function singleAtoms(type: number, value: PropertyValue, scope: Scope): readonly Atom[] {
  const fixed = fixedValues.get(type);
  if (fixed) return [atom(fixedBytes(fixed, value, scope))];
  if (!isText(type) && !binaryTypes.has(type)) throw new WireEncodeError(noType(type));
  const bytes = isText(type) ? textBytes(value as string, type, scope) : (value as Uint8Array);
  return [atom(u32Bytes(bytes.length)), { bytes, isDivisible: true }];
}

/** The type of one value among many; undefined where there is one only. */
const typeOfEach = (type: number): number | undefined => ((type & (codePageFlag | multipleFlag)) === multipleFlag ? type & ~multipleFlag : undefined);

/** The value of a type as a stream has it. @throws WireError invalid, for a type that no stream has */
export function readStreamValue(reader: ByteReader, type: number, scope: Scope): PropertyValue {
  const each = typeOfEach(type);
  if (each === undefined) return readSingle(reader, type, scope);
  const count = reader.count(reader.u32(), fixedValues.get(each)?.least ?? u32.least);
  return Array.from({ length: count }, () => readSingle(reader, each, scope)) as unknown as PropertyValue;
}

/** @throws WireEncodeError */
export function streamValueAtoms(type: number, value: PropertyValue, scope: Scope): readonly Atom[] {
  const each = typeOfEach(type);
  if (each === undefined) return singleAtoms(type, value, scope);
  const values = value as readonly PropertyValue[];
  return [atom(u32Bytes(values.length)), ...values.flatMap((one) => singleAtoms(each, one, scope))];
}
