import { binary, namedProperty, PropertyNameError, propertySets, taggedProperty, type Property, type PropertyName, type PropertyType, type PropertyValue } from '@fauxchange/properties';
import { EwsError } from '../errors.ts';
import type { ExtendedPropertyType, PathToExtendedFieldType } from '../schema/types.generated.ts';
import { formatDateTime, readDateTime } from './date-time.ts';

/** MapiPropertyTypeType of the schema and the property types of the model, [MS-OXWSXPROP] 2.1.7. */
const typesByMapiName: Readonly<Record<string, PropertyType>> = {
  ApplicationTime: 'FloatingTime', ApplicationTimeArray: 'MultipleFloatingTime', Binary: 'Binary', BinaryArray: 'MultipleBinary', Boolean: 'Boolean',
  CLSID: 'Guid', CLSIDArray: 'MultipleGuid', Currency: 'Currency', CurrencyArray: 'MultipleCurrency', Double: 'Floating64', DoubleArray: 'MultipleFloating64',
  Float: 'Floating32', FloatArray: 'MultipleFloating32', Integer: 'Integer32', IntegerArray: 'MultipleInteger32', Long: 'Integer64', LongArray: 'MultipleInteger64',
  Short: 'Integer16', ShortArray: 'MultipleInteger16', SystemTime: 'Time', SystemTimeArray: 'MultipleTime', String: 'String', StringArray: 'MultipleString',
};

const setsByDistinguishedName: Readonly<Record<string, string>> = {
  Meeting: propertySets.PSETID_Meeting, Appointment: propertySets.PSETID_Appointment, Common: propertySets.PSETID_Common,
  PublicStrings: propertySets.PS_PUBLIC_STRINGS, Address: propertySets.PSETID_Address, InternetHeaders: propertySets.PS_INTERNET_HEADERS,
  CalendarAssistant: propertySets.PSETID_CalendarAssistant, UnifiedMessaging: propertySets.PSETID_UnifiedMessaging, Task: propertySets.PSETID_Task,
  Sharing: propertySets.PSETID_Sharing,
};

/**
 * The property that an ExtendedFieldURI means. Allowed combinations ([MS-OXWSXPROP] 2.1.5): PropertyTag alone, or one of
 * the two property set attributes with one of PropertyName and PropertyId.
 */
export function propertyOfPath(path: PathToExtendedFieldType): Property {
  const type = typesByMapiName[path.PropertyType];
  if (!type) throw new EwsError('ErrorUnsupportedMapiPropertyType');
  const set = setOfPath(path);
  if (path.PropertyTag !== undefined) {
    if (set !== undefined || path.PropertyName !== undefined || path.PropertyId !== undefined) throw invalid();
    return taggedProperty(parseTag(path.PropertyTag), type);
  }
  if (set === undefined || (path.PropertyName === undefined) === (path.PropertyId === undefined)) throw invalid();
  const name = path.PropertyName ?? (path.PropertyId as number);
  try {
    return namedProperty(set, name, type);
  } catch (thrown) {
    throw thrown instanceof PropertyNameError ? invalid() : thrown;
  }
}

/** The path as it is written in answers: the attributes of the request, the tag in the form that Exchange writes. */
export function pathOfRequest(path: PathToExtendedFieldType): PathToExtendedFieldType {
  return path.PropertyTag === undefined ? path : { ...path, PropertyTag: `0x${parseTag(path.PropertyTag).toString(16)}` };
}

function setOfPath(path: PathToExtendedFieldType): string | undefined {
  if (path.DistinguishedPropertySetId !== undefined) {
    if (path.PropertySetId !== undefined) throw invalid();
    const set = setsByDistinguishedName[path.DistinguishedPropertySetId];
    if (set === undefined) throw invalid();
    return set;
  }
  return path.PropertySetId?.toLowerCase();
}

/** Tags are written decimal or as 0x hexadecimal, with or without leading zeros; those of named properties have no meaning of their own. */
function parseTag(text: string): number {
  const tag = /^0x/i.test(text) ? Number.parseInt(text.slice(2), 16) : Number.parseInt(text, 10);
  if (!(tag > 0 && tag <= 0xffff)) throw invalid();
  if (tag >= 0x8000) throw new EwsError('ErrorNoPropertyTagForCustomProperties');
  return tag;
}

const invalid = (): EwsError => new EwsError('ErrorInvalidExtendedProperty');

/** Value or Values of an extended property, from the value that the model has; undefined where its type does not fit. */
export function encodeExtendedProperty(path: PathToExtendedFieldType, value: PropertyValue): ExtendedPropertyType {
  const type = typesByMapiName[path.PropertyType] as PropertyType;
  if (Array.isArray(value)) {
    const member = type.replace('Multiple', '') as PropertyType;
    return { ExtendedFieldURI: path, Values: { Value: value.map((one: PropertyValue) => encodeOne(member, one)) } };
  }
  return { ExtendedFieldURI: path, Value: encodeOne(type, value) };
}

function encodeOne(type: PropertyType, value: PropertyValue): string {
  if (type === 'Boolean') return value ? 'true' : 'false';
  if (type === 'Binary') return binary.toBase64(value as never);
  if (type === 'Time') return formatDateTime(value as number);
  return String(value);
}

/** The model's value of what a request sets. */
export function decodeExtendedProperty(sent: ExtendedPropertyType): readonly [PropertyName, PropertyValue] {
  const target = propertyOfPath(sent.ExtendedFieldURI);
  const isMultiple = target.type.startsWith('Multiple');
  if (isMultiple !== (sent.Values !== undefined)) throw new EwsError('ErrorInvalidExtendedPropertyValue');
  if (!isMultiple) return [target.name, decodeOne(target.type, sent.Value ?? '')];
  const member = target.type.replace('Multiple', '') as PropertyType;
  return [target.name, (sent.Values?.Value ?? []).map((one) => decodeOne(member, one)) as never];
}

/** The value of a text as the property's type has it, ErrorInvalidExtendedPropertyValue where it is none. */
export function decodeOne(type: PropertyType, text: string): PropertyValue {
  const decode = decoders[type];
  if (!decode) throw new EwsError('ErrorUnsupportedMapiPropertyType');
  const value = decode(text);
  if (value === undefined || (typeof value === 'number' && Number.isNaN(value))) throw new EwsError('ErrorInvalidExtendedPropertyValue');
  return value;
}

const whole = (bits: number) => (text: string): number | undefined => {
  const value = /^\s*[+-]?\d+\s*$/.test(text) ? Number(text) : Number.NaN;
  return value >= -(2 ** (bits - 1)) && value < 2 ** bits ? value : undefined;
};
const big = (text: string): bigint | undefined => {
  const value = /^\s*[+-]?\d{1,20}\s*$/.test(text) ? BigInt(text.trim().replace('+', '')) : undefined;
  return value !== undefined && BigInt.asIntN(64, value) === value ? value : undefined;
};
const booleans: Readonly<Record<string, boolean>> = { true: true, '1': true, false: false, '0': false };

const decoders: { readonly [T in PropertyType]?: (text: string) => PropertyValue | undefined } = {
  String: (text) => text,
  Boolean: (text) => booleans[text.trim().toLowerCase()],
  Integer16: whole(16),
  Integer32: whole(32),
  Integer64: big,
  Currency: big,
  Floating32: Number,
  Floating64: Number,
  FloatingTime: Number,
  Time: (text) => readDateTime(text),
  Guid: (text) => (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? text.toLowerCase() : undefined),
  Binary: (text) => (text.length % 4 === 0 && !/[^A-Za-z0-9+/=]/.test(text) ? binary.fromBase64(text) : undefined),
};
