import { binary, property, type PropertyName, type PropertyType, type PropertyValue } from '@fauxchange/properties';

/** A value as JSON has it: 64-bit numbers and bytes as texts; the property's type says which they are. */
export type JsonValue = string | number | boolean | readonly JsonValue[];

const memberType = (name: string): PropertyType | undefined => property(name)?.type.replace('Multiple', '') as PropertyType | undefined;
const isBytes = (type: PropertyType | undefined): boolean => type === 'Binary' || type === 'Object' || type === ('ServerId' as PropertyType);

export function toJson(name: PropertyName, value: PropertyValue): JsonValue {
  const type = memberType(name);
  const one = (member: PropertyValue): JsonValue => {
    if (typeof member === 'bigint') return String(member);
    return isBytes(type) ? binary.toBase64(member as never) : (member as JsonValue);
  };
  return Array.isArray(value) ? value.map(one) : one(value);
}

export function fromJson(name: PropertyName, json: JsonValue): PropertyValue {
  const type = memberType(name);
  const one = (member: JsonValue): PropertyValue => {
    if (type === 'Integer64' || type === 'Currency') return BigInt(member as string);
    return isBytes(type) ? binary.fromBase64(member as string) : (member as PropertyValue);
  };
  return (Array.isArray(json) ? json.map(one) : one(json)) as PropertyValue;
}
