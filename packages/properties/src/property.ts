import type { KnownProperties } from './known-properties.generated.ts';
import { propertySets } from './property-sets.ts';
import { isPropertyType } from './property-types.ts';
import type { PropertyType, PropertyValue, ValuesByType } from './property-types.ts';
import { vocabulary } from './vocabulary.ts';

/** A canonical name of [MS-OXPROPS]. */
export type KnownPropertyName = keyof KnownProperties;
/** A tagged property without a canonical name: `0x6666:Integer32`. */
export type TaggedPropertyName<T extends PropertyType = PropertyType> = `0x${string}:${T}`;
/** A named property without a canonical name: `{guid}:0x8222:Boolean`, `{guid}:some text:String`. */
export type NamedPropertyName<T extends PropertyType = PropertyType> = `{${string}}:${string}:${T}`;

/**
 * The one address of a property everywhere. Everything that makes names makes them canonical, so
 * that they may be compared and used as keys.
 */
export type PropertyName = KnownPropertyName | TaggedPropertyName | NamedPropertyName;

/** The type of the value that goes with a name. */
export type ValueOf<N extends PropertyName> = N extends KnownPropertyName
  ? KnownProperties[N]
  : { [T in PropertyType]: N extends TaggedPropertyName<T> | NamedPropertyName<T> ? ValuesByType[T] : never }[PropertyType];

/** Values by name, any of them absent. */
export type PropertyBag = { readonly [N in KnownPropertyName]?: KnownProperties[N] | undefined } & {
  readonly [N in TaggedPropertyName | NamedPropertyName]?: PropertyValue | undefined;
};

/** What a property is: a tag, or a set with a number or a text, and always a type. */
export interface Property {
  readonly name: PropertyName;
  readonly type: PropertyType;
  /** The 16-bit id of a tagged property. */
  readonly tag?: number;
  /** The GUID, lower-case, of a named property's set. */
  readonly set?: string;
  /** The number of a named property (LID), 32 bits. */
  readonly id?: number;
  /** The string of a named property. */
  readonly text?: string;
}

/** A set, an id or a text that no property can have. */
export class PropertyNameError extends Error {
  override readonly name = 'PropertyNameError';
}

/** Longest text of a named property: its size on the wire is one byte of UTF-16 bytes ([MS-OXCDATA] 2.6.1). */
export const maximumTextLength = 127;

const guidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const numberForm = /^0x[0-9a-f]{1,8}$/;

function hex(value: number): string {
  return `0x${value.toString(16).padStart(4, '0')}`;
}

/**
 * The property of a tag: the canonical one where id and type both match, else one under its number.
 * Ids from 0x8000 are the address book's; in a mailbox they stand for names and mean nothing here.
 *
 * @example
 * taggedProperty(0x0037, 'String').name; // 'PidTagSubject'
 * taggedProperty(0x6666, 'Integer32').name; // '0x6666:Integer32'
 * @throws PropertyNameError for an id outside 0 to 0xffff
 */
export function taggedProperty(tag: number, type: PropertyType): Property {
  if (!Number.isInteger(tag) || tag < 0 || tag > 0xffff) throw new PropertyNameError(`no property tag: ${tag}`);
  const known = vocabulary().byTag.get(tag)?.find((each) => each.type === type);
  return known ?? { name: `${hex(tag)}:${type}` as TaggedPropertyName, type, tag };
}

/** All known properties of one 16-bit id, whatever their type: `[]` when there is none. */
export function propertiesWithTag(tag: number): readonly Property[] {
  return vocabulary().byTag.get(tag) ?? [];
}

/**
 * The property of a set and a number or text: the canonical one where the type matches too. Numbers
 * in PS_MAPI are tags; texts in PS_INTERNET_HEADERS are taken in lower case ([MS-OXCPRPT] 3.2.5.10).
 *
 * @example
 * namedProperty(propertySets.PSETID_Common, 0x8503, 'Boolean').name; // 'PidLidReminderSet'
 * @throws PropertyNameError for a set that is no GUID, a number beyond 32 bits, an empty or overlong text
 */
export function namedProperty(set: string, idOrText: number | string, type: PropertyType): Property {
  const guid = set.toLowerCase();
  if (!guidForm.test(guid)) throw new PropertyNameError(`no property set: ${set.slice(0, 60)}`);
  if (typeof idOrText === 'number') {
    if (!Number.isInteger(idOrText) || idOrText < 0 || idOrText > 0xffffffff) throw new PropertyNameError(`no property id: ${idOrText}`);
    if (guid === propertySets.PS_MAPI) return taggedProperty(idOrText, type);
  } else if (idOrText === '' || idOrText.length > maximumTextLength) {
    throw new PropertyNameError(`a property's text has 1 to ${maximumTextLength} characters, not ${idOrText.length}`);
  }
  const key = typeof idOrText === 'string' && guid === propertySets.PS_INTERNET_HEADERS ? idOrText.toLowerCase() : idOrText;
  const known = vocabulary().bySet.get(guid)?.get(key);
  if (known?.type === type) return known;
  if (typeof key === 'number') return { name: `{${guid}}:${hex(key)}:${type}`, type, set: guid, id: key };
  // A text that could be read as a number, or begins like an escaped one, is escaped by '='.
  const shown = numberForm.test(key) || key.startsWith('=') ? `=${key}` : key;
  return { name: `{${guid}}:${shown}:${type}`, type, set: guid, text: key };
}

function parseNumbered(name: string): Property | undefined {
  const match = /^0x([0-9a-f]{1,4}):([A-Za-z0-9]+)$/i.exec(name);
  if (!match?.[1] || !match[2] || !isPropertyType(match[2])) return undefined;
  return taggedProperty(Number.parseInt(match[1], 16), match[2]);
}

function parseNamed(name: string): Property | undefined {
  const end = name.lastIndexOf(':');
  const type = name.slice(end + 1);
  const set = name.slice(1, 37).toLowerCase();
  const middle = name.slice(39, end);
  if (name.slice(37, 39) !== '}:' || end < 39 || !isPropertyType(type) || !guidForm.test(set)) return undefined;
  if (numberForm.test(middle)) {
    const id = Number.parseInt(middle.slice(2), 16);
    return set === propertySets.PS_MAPI && id > 0xffff ? undefined : namedProperty(set, id, type);
  }
  const text = middle.startsWith('=') ? middle.slice(1) : middle;
  return text === '' || text.length > maximumTextLength ? undefined : namedProperty(set, text, type);
}

/**
 * Reads any property name; the answer's `name` is the canonical one. Undefined when it is none.
 *
 * @example
 * property('0x0037:String')?.name; // 'PidTagSubject'
 * property('{00062008-0000-0000-c000-000000000046}:0x8503:Boolean')?.name; // 'PidLidReminderSet'
 */
export function property(name: string): Property | undefined {
  const known = vocabulary().byName.get(name);
  if (known) return known;
  if (name.startsWith('{')) return parseNamed(name);
  return name.startsWith('0x') ? parseNumbered(name) : undefined;
}

/** Every property that has a canonical name. */
export function knownProperties(): readonly Property[] {
  return [...vocabulary().byName.values()];
}
