import { WireEncodeError } from '../errors.ts';
import { layout, type Layout, type Scope } from './layout.ts';

const utf16 = new TextDecoder('utf-16le', { ignoreBOM: true });
const decodeUnits = (bytes: Uint8Array): string => utf16.decode(bytes);
export { decodeUnits as decodeUtf16 };

export function encodeUtf16(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < text.length; index++) view.setUint16(index * 2, text.charCodeAt(index), true);
  return bytes;
}

interface CodePage {
  decode(bytes: Uint8Array): string;
  encode(text: string): Uint8Array;
}
const codePages = new Map<number, CodePage>();
/** Labels of the WHATWG encoding standard, where they are not `windows-` and the number. */
const labels: Readonly<Record<number, string>> = { 65001: 'utf-8', 20127: 'windows-1252', 28591: 'windows-1252', 932: 'shift_jis', 936: 'gbk', 949: 'euc-kr', 950: 'big5', 20866: 'koi8-r', 874: 'windows-874' };
const isSingleByte = (codePage: number): boolean => !['utf-8', 'shift_jis', 'gbk', 'euc-kr', 'big5'].includes(labels[codePage] ?? '');

/** What 8-bit text means in a code page; the Western one where it is not known, as Windows falls back. */
function codePageOf({ codePage = 1252 }: Scope): CodePage {
  const known = codePages.get(codePage);
  if (known) return known;
  const made = makeCodePage(codePage);
  // Numbers that are none come from outside, and there are many.
  if (codePage === 1252 || made !== codePages.get(1252)) codePages.set(codePage, made);
  return made;
}

/** Bytes from 0x80 to 0x9f of the Western code page. Some versions of node decode `windows-1252` as Latin 1, which has none of them. */
const western = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

function makeWestern(): CodePage {
  const characters = Array.from({ length: 256 }, (_, byte) => (byte >= 0x80 && byte < 0xa0 ? (western[byte - 0x80] as string) : String.fromCharCode(byte)));
  const byCharacter = new Map(characters.map((character, byte) => [character, byte]));
  return { decode: (bytes) => Array.from(bytes, (byte) => characters[byte]).join(''), encode: (text) => Uint8Array.from(text, (character) => byCharacter.get(character) ?? 0x3f) };
}

function makeCodePage(codePage: number): CodePage {
  if (codePage === 1252) return makeWestern();
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder(labels[codePage] ?? `windows-${codePage}`, { ignoreBOM: true });
  } catch {
    return codePageOf({});
  }
  if (codePage === 65001) return { decode: (bytes) => decoder.decode(bytes), encode: (text) => new TextEncoder().encode(text) };
  // Those that take two bytes for a character are read; their letters are written as question marks.
  const size = isSingleByte(codePage) ? 256 : 128;
  const byCharacter = new Map(Array.from(decoder.decode(Uint8Array.from({ length: size }, (_, byte) => byte)), (character, byte) => [character, byte]));
  return { decode: (bytes) => decoder.decode(bytes), encode: (text) => Uint8Array.from(text, (character) => byCharacter.get(character) ?? 0x3f) };
}

/** CP_TELETEX, [MS-OXNSPI] 2.2.1.4: what every address book has to know. No platform does any more: read as the Western one. */
const teletex = 20261;
/** Whether 8-bit text of that code page is understood; that of others is taken for Western. */
export function isCodePage(codePage: number): boolean {
  return codePage === 1252 || codePage === teletex || makeCodePage(codePage) !== codePageOf({});
}

export const decodeText = (bytes: Uint8Array, scope: Scope): string => codePageOf(scope).decode(bytes);
export const encodeText = (text: string, scope: Scope): Uint8Array => codePageOf(scope).encode(text);

function withoutZero(text: string): string {
  if (text.includes('\0')) throw new WireEncodeError('a character of the text is its end');
  return text;
}

/** 8-bit text of the scope's code page up to a byte that is 0. */
export const astr: Layout<string> = layout(1, (reader, scope) => decodeText(reader.untilZero(), scope), (writer, value, scope) => {
  writer.bytes(encodeText(withoutZero(value), scope));
  writer.u8(0);
});

/** UTF-16LE up to a unit that is 0. */
export const wstr: Layout<string> = layout(2, (reader) => decodeUnits(reader.untilZeroUnit()), (writer, value) => {
  writer.bytes(encodeUtf16(withoutZero(value)));
  writer.u16(0);
});

const digits = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** A GUID as Windows has it in memory: `dca740c8-c042-101a-b4b9-08002b2fe182`. */
export const guid: Layout<string> = layout(16, (reader) => {
  const hex = Array.from(reader.bytes(16), (byte) => byte.toString(16).padStart(2, '0'));
  const part = (...places: readonly number[]): string => places.map((place) => hex[place]).join('');
  return `${part(3, 2, 1, 0)}-${part(5, 4)}-${part(7, 6)}-${part(8, 9)}-${part(10, 11, 12, 13, 14, 15)}`;
}, (writer, value) => {
  if (!digits.test(value)) throw new WireEncodeError(`${value} is no GUID`);
  const [first = '', second = '', third = '', ...last] = value.split('-');
  writer.u32(parseInt(first, 16));
  writer.u16(parseInt(second, 16));
  writer.u16(parseInt(third, 16));
  const tail = last.join('');
  for (let place = 0; place < 16; place += 2) writer.u8(parseInt(tail.slice(place, place + 2), 16));
});

/** So many bytes, as hexadecimal digits. */
export function hex(size: number): Layout<string> {
  return layout(size, (reader) => Array.from(reader.bytes(size), (byte) => byte.toString(16).padStart(2, '0')).join(''), (writer, value) => {
    if (value.length !== size * 2 || !/^[0-9a-f]*$/.test(value)) throw new WireEncodeError(`${value} is not ${size} bytes in hexadecimal digits`);
    for (let place = 0; place < value.length; place += 2) writer.u8(parseInt(value.slice(place, place + 2), 16));
  });
}
