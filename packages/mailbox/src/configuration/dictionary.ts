import { renderXml } from '@fauxchange/xml';

/**
 * Types of keys and values, by the numbers with which the stream names them. [MS-OXOCFG] 2.2.5.1 has 3, 9 and 18; they are
 * .NET's TypeCode, and so are the others here. Bytes (base64) and lists of texts have no code there: 1 and 64 ([K]).
 */
const dictionaryTypes = {
  Boolean: 3, Byte: 6, Integer32: 9, UnsignedInteger32: 10, Integer64: 11, UnsignedInteger64: 12, DateTime: 16, String: 18, ByteArray: 1, StringArray: 64,
} as const;
export type DictionaryType = keyof typeof dictionaryTypes;

/** A key or a value in its lexical form; only a StringArray has several texts. */
export interface DictionaryObject {
  readonly type: DictionaryType;
  readonly texts: readonly string[];
}

export interface DictionaryEntry {
  readonly key: DictionaryObject;
  /** Undefined: there is a key and no value. */
  readonly value: DictionaryObject | undefined;
}

const MAX_ENTRIES = 10_000;
const MAX_LENGTH = 4 * 1024 * 1024;

/** PidTagRoamingDictionary: entries as XML, [MS-OXOCFG] 2.2.5.1. */
export function encodeDictionary(entries: readonly DictionaryEntry[]): Uint8Array {
  const data = entries.map(({ key, value }) => ({ name: 'e', attributes: { k: encodeObject(key), v: value && encodeObject(value) } }));
  const document = renderXml({
    name: 'UserConfiguration', namespaces: { '': 'dictionary.xsd' },
    children: [{ name: 'Info', attributes: { version: 'Exchange.12' } }, { name: 'Data', children: data }],
  });
  return Buffer.from(`<?xml version="1.0" encoding="utf-8"?>${document}`, 'utf8');
}

/** The entries of a dictionary stream; undefined where it is none. Entries of unknown types are left out. */
export function decodeDictionary(bytes: Uint8Array): readonly DictionaryEntry[] | undefined {
  if (bytes.length > MAX_LENGTH) return undefined;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  if (!/<(?:\w+:)?UserConfiguration[\s>]/.test(text)) return undefined;
  const entries: DictionaryEntry[] = [];
  // Nothing but flat elements with two attributes: a scan reads it in linear time, whoever wrote it.
  for (const [, attributes = ''] of text.matchAll(/<(?:\w{1,32}:)?e\s([^<>]*)>/g)) {
    const key = decodeObject(attributeOf(attributes, 'k'));
    if (key) entries.push({ key, value: decodeObject(attributeOf(attributes, 'v')) });
    if (entries.length >= MAX_ENTRIES) break;
  }
  return entries;
}

function attributeOf(attributes: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  return found ? unescape(found[1] ?? found[2] ?? '') : undefined;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescape(text: string): string {
  return text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/g, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return named[name] as string;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

function encodeObject({ type, texts }: DictionaryObject): string {
  const code = dictionaryTypes[type];
  if (type === 'StringArray') return `${code}-${texts.map((text) => `${text.length}:${text}`).join('')}`;
  const [text = ''] = texts;
  // The stream writes truth as .NET does: True, False.
  return `${code}-${type === 'Boolean' ? (/^(true|1)$/i.test(text) ? 'True' : 'False') : text}`;
}

function decodeObject(text: string | undefined): DictionaryObject | undefined {
  const found = /^(\d{1,2})-/.exec(text ?? '');
  const type = Object.entries(dictionaryTypes).find(([, code]) => code === Number(found?.[1]))?.[0] as DictionaryType | undefined;
  if (!found || text === undefined || type === undefined) return undefined;
  const rest = text.slice(found[0].length);
  if (type === 'StringArray') return { type, texts: counted(rest) };
  return { type, texts: [type === 'Boolean' ? rest.toLowerCase() : rest] };
}

/** `3:one3:two`: each text behind its length. */
function counted(text: string): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < text.length;) {
    const head = /^(\d{1,7}):/.exec(text.slice(at, at + 8));
    if (!head) break;
    const from = at + head[0].length;
    found.push(text.slice(from, from + Number(head[1])));
    at = from + Number(head[1]);
  }
  return found;
}
