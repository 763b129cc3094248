import type { Configuration, ConfigurationContent, DictionaryEntry, DictionaryObject, MailboxSession } from '@fauxchange/mailbox';
import { EwsError } from '../errors.ts';
import { itemIdElement } from '../items.ts';
import type { UserConfigurationDictionaryObjectType, UserConfigurationDictionaryType, UserConfigurationNameType, UserConfigurationPropertyType, UserConfigurationType } from '../schema/types.generated.ts';

/** What a request sets of a configuration. */
export function decodeConfiguration({ Dictionary, XmlData, BinaryData }: UserConfigurationType): ConfigurationContent {
  return { dictionary: Dictionary && decodeEntries(Dictionary), xml: XmlData, binary: BinaryData };
}

function decodeEntries({ DictionaryEntry: sent = [] }: UserConfigurationDictionaryType): readonly DictionaryEntry[] {
  const entries = sent.map(({ DictionaryKey, DictionaryValue }) => ({ key: decodeObject(DictionaryKey), value: DictionaryValue ? decodeObject(DictionaryValue) : undefined }));
  const keys = new Set(entries.map(({ key }) => `${key.type} ${key.texts.join('\0')}`));
  // Two values under one key are no dictionary.
  if (keys.size !== entries.length) throw new EwsError('ErrorInvalidArgument');
  return entries;
}

const lexical: { readonly [T in UserConfigurationDictionaryObjectType['Type']]?: RegExp } = {
  Boolean: /^(true|false|0|1)$/i,
  Byte: /^\d{1,3}$/, Integer32: /^[+-]?\d{1,10}$/, UnsignedInteger32: /^\d{1,10}$/, Integer64: /^[+-]?\d{1,19}$/, UnsignedInteger64: /^\d{1,20}$/,
  ByteArray: /^[A-Za-z0-9+/\s]*={0,2}\s*$/,
  DateTime: /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/,
};

/** A value that is none of its type: ErrorInvalidArgument. */
function decodeObject({ Type, Value }: UserConfigurationDictionaryObjectType): DictionaryObject {
  const isWell = Type === 'StringArray' || (Value.length === 1 && (lexical[Type]?.test(Value[0] ?? '') ?? true));
  if (!isWell) throw new EwsError('ErrorInvalidArgument');
  return { type: Type, texts: Value };
}

/** A configuration with the parts asked for; parts that it does not have are left out. */
export function encodeConfiguration(configuration: Configuration, name: UserConfigurationNameType, asked: UserConfigurationPropertyType, session: MailboxSession): UserConfigurationType {
  const isAsked = (part: UserConfigurationPropertyType[number]): boolean => asked.includes(part) || asked.includes('All');
  const { dictionary, xml, binary, item } = configuration;
  return {
    UserConfigurationName: name,
    ItemId: isAsked('Id') ? itemIdElement(item, session) : undefined,
    Dictionary: isAsked('Dictionary') && dictionary ? { DictionaryEntry: dictionary.map(({ key, value }) => ({ DictionaryKey: encodeObject(key), DictionaryValue: value ? encodeObject(value) : null })) } : undefined,
    XmlData: isAsked('XmlData') ? xml : undefined,
    BinaryData: isAsked('BinaryData') ? binary : undefined,
  };
}

function encodeObject({ type, texts }: DictionaryObject): UserConfigurationDictionaryObjectType {
  return { Type: type, Value: texts };
}
