import { propertyTypes, type Property, type PropertyType, type PropertyValue } from '@fauxchange/properties';
import { errorCode, idOfTag, propertyType, typeOfTag, type Cell } from '@fauxchange/mapi-wire';
import type { NamedProperties } from '../logon/named-properties.ts';
import { propertiesOfId, propertyOfTag } from './property-tags.ts';
import { toWire } from './wire-values.ts';

/** Reads any property of something; undefined where it has none. */
export type ReadValue = (property: Property) => PropertyValue | undefined;

export const notFound: Cell = { error: errorCode.NotFound };
export const tooLarge: Cell = { error: errorCode.OutOfMemory };

/** Bytes that a value takes on the wire, more or less: those that can be long are counted. */
function sizeOfValue(value: PropertyValue): number {
  if (typeof value === 'string') return value.length;
  if (Array.isArray(value)) return (value as readonly PropertyValue[]).reduce<number>((sum, one) => sum + sizeOfValue(one), 0);
  return 8;
}

export interface CellOptions {
  readonly names: NamedProperties;
  /** Longer values are left out, as ecMemory: bytes, 0 for no limit but that of the answer. */
  readonly sizeLimit?: number | undefined;
  /** Texts of columns that have no type are in the code page: WantUnicode of a request that is 0. */
  readonly isInCodePage?: boolean | undefined;
}

/** The type in which a value stands where the column has none. */
function untyped(type: PropertyType, isInCodePage: boolean): number {
  if (!isInCodePage) return propertyTypes[type];
  return type === 'String' ? propertyType.String8 : type === 'MultipleString' ? propertyType.MultipleString8 : propertyTypes[type];
}

/**
 * The cell of one column, [MS-OXCDATA] 2.8.1: the value, ecNotFound, or ecMemory (PtypErrorCode 0x8007000E) for one that has to be read as a stream.
 */
export function cellOf(tag: number, read: ReadValue, { names, sizeLimit = 0, isInCodePage = false }: CellOptions): Cell {
  const isUntyped = typeOfTag(tag) === propertyType.Unspecified;
  const candidates = isUntyped ? propertiesOfId(idOfTag(tag), names) : [propertyOfTag(tag, names)];
  for (const property of candidates) {
    const value = property && read(property);
    if (value === undefined || property === undefined) continue;
    if (sizeLimit > 0 && sizeOfValue(value) * (property.type === 'String' && typeOfTag(tag) !== propertyType.String8 ? 2 : 1) > sizeLimit) return tooLarge;
    return isUntyped ? { type: untyped(property.type, isInCodePage), value: toWire(property.type, value) } : { value: toWire(property.type, value) };
  }
  return notFound;
}
