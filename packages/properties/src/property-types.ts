import type { Binary } from './binary.ts';

/**
 * The property types by name, with their codes on the wire ([MS-OXCDATA] 2.11.1). String8 (0x001E)
 * is a way of encoding, not a type of its own here: it is read as String.
 */
export const propertyTypes = {
  Integer16: 0x0002,
  Integer32: 0x0003,
  Floating32: 0x0004,
  Floating64: 0x0005,
  Currency: 0x0006,
  FloatingTime: 0x0007,
  ErrorCode: 0x000a,
  Boolean: 0x000b,
  Object: 0x000d,
  Integer64: 0x0014,
  String: 0x001f,
  Time: 0x0040,
  Guid: 0x0048,
  ServerId: 0x00fb,
  Restriction: 0x00fd,
  RuleAction: 0x00fe,
  Binary: 0x0102,
  MultipleInteger16: 0x1002,
  MultipleInteger32: 0x1003,
  MultipleFloating32: 0x1004,
  MultipleFloating64: 0x1005,
  MultipleCurrency: 0x1006,
  MultipleFloatingTime: 0x1007,
  MultipleInteger64: 0x1014,
  MultipleString: 0x101f,
  MultipleTime: 0x1040,
  MultipleGuid: 0x1048,
  MultipleBinary: 0x1102,
} as const;

export type PropertyType = keyof typeof propertyTypes;

/** The JavaScript value of each type. Time is milliseconds since 1970 UTC, FloatingTime days since 30 December 1899. */
export interface ValuesByType {
  Integer16: number;
  Integer32: number;
  Floating32: number;
  Floating64: number;
  Currency: bigint;
  FloatingTime: number;
  ErrorCode: number;
  Boolean: boolean;
  Object: Binary;
  Integer64: bigint;
  String: string;
  Time: number;
  Guid: string;
  ServerId: Binary;
  Restriction: Binary;
  RuleAction: Binary;
  Binary: Binary;
  MultipleInteger16: readonly number[];
  MultipleInteger32: readonly number[];
  MultipleFloating32: readonly number[];
  MultipleFloating64: readonly number[];
  MultipleCurrency: readonly bigint[];
  MultipleFloatingTime: readonly number[];
  MultipleInteger64: readonly bigint[];
  MultipleString: readonly string[];
  MultipleTime: readonly number[];
  MultipleGuid: readonly string[];
  MultipleBinary: readonly Binary[];
}

export type PropertyValue = ValuesByType[PropertyType];

export function isPropertyType(name: string): name is PropertyType {
  return Object.hasOwn(propertyTypes, name);
}

const string8 = { 0x001e: 'String', 0x101e: 'MultipleString' } as const;
const byCode: ReadonlyMap<number, PropertyType> = new Map([
  ...Object.entries(propertyTypes).map(([name, code]) => [code, name as PropertyType] as const),
  ...Object.entries(string8).map(([code, name]) => [Number(code), name] as const),
]);

/** The type of a code on the wire, String8 read as String; undefined for one that nobody knows. */
export function propertyTypeOf(code: number): PropertyType | undefined {
  return byCode.get(code);
}
