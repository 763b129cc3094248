import type { PropertyName, PropertyValue } from '@fauxchange/properties';
import type { SearchCriteria } from '../../folders/folder.ts';
import type { PropertyBag, Properties } from '../../items/item.ts';
import { bigAsText, bigFromText } from '../../search/big-numbers.ts';

export type JsonValue = string | number | boolean | { readonly bigint: string } | { readonly number: string } | readonly JsonValue[];

/** JSON has neither infinities nor a negative zero. */
const isPlain = (value: number): boolean => Number.isFinite(value) && !Object.is(value, -0);

function toJson(value: PropertyValue): JsonValue {
  if (typeof value === 'bigint') return { bigint: String(value) };
  if (typeof value === 'number' && !isPlain(value)) return { number: Object.is(value, -0) ? '-0' : String(value) };
  return Array.isArray(value) ? (value as readonly PropertyValue[]).map(toJson) : (value as JsonValue);
}

function fromJson(value: JsonValue): PropertyValue {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(fromJson) as unknown as PropertyValue;
  if (typeof value !== 'object') return value as PropertyValue;
  return 'number' in value ? Number(value.number) : BigInt((value as { readonly bigint: string }).bigint);
}

/** The properties of a bag as JSON has them: whole numbers beyond 2^53 as texts. */
export function bagToJson(bag: PropertyBag): Readonly<Record<string, JsonValue>> {
  return Object.fromEntries([...bag.entries()].map(([name, value]) => [name, toJson(value)]));
}

/** The same of further properties, where there are any. */
export function propertiesToJson(properties: Properties | undefined): Readonly<Record<string, JsonValue>> | undefined {
  return properties && Object.fromEntries(Object.entries(properties).flatMap(([name, value]) => (value === undefined ? [] : [[name, toJson(value)]])));
}

export function propertiesFromJson(json: Readonly<Record<string, JsonValue>>): Properties {
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name as PropertyName, fromJson(value)]));
}

/** What a search folder looks for; what it has found is looked for anew. */
export function criteriaToJson(criteria: SearchCriteria | undefined): SearchCriteria | undefined {
  return criteria && (JSON.parse(JSON.stringify({ ...criteria, found: undefined }, bigAsText)) as SearchCriteria);
}

export function criteriaFromJson(json: SearchCriteria | undefined): SearchCriteria | undefined {
  return json && (JSON.parse(JSON.stringify(json), bigFromText) as SearchCriteria);
}
