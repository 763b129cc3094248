import { decodeBytes, repairWindows1252 } from './charset.ts';
import { mimeFunctions, postalMime } from './libraries.ts';

/** One header field: unfolded and not decoded, and the bytes it stood in. */
export interface HeaderField {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

export interface HeaderBlock {
  readonly fields: readonly HeaderField[];
  /** The fields as they stand, without the empty line. */
  readonly text: string;
  /** Bytes up to the empty line. */
  readonly end: number;
  /** Where the body begins. */
  readonly body: number;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

function findEnd(bytes: Uint8Array): { end: number; body: number } {
  let at = 0;
  while (at < bytes.length) {
    const next = bytes.indexOf(lineFeed, at);
    if (next === at) return { end: at, body: at + 1 };
    if (next === at + 1 && bytes[at] === carriageReturn) return { end: at, body: at + 2 };
    if (next < 0) break;
    at = next + 1;
  }
  return { end: bytes.length, body: bytes.length };
}

function readFields(bytes: Uint8Array, end: number, charset: string | undefined): HeaderField[] {
  const fields: HeaderField[] = [];
  let at = 0;
  while (at < end) {
    const start = at;
    do {
      const next = bytes.indexOf(lineFeed, at);
      at = next < 0 || next >= end ? end : next + 1;
    } while (at < end && (bytes[at] === 0x20 || bytes[at] === 0x09));
    // Unfolding takes the line breaks and leaves the white space (RFC 5322 2.2.3).
    const line = decodeBytes(bytes.subarray(start, at), charset).replace(/\r?\n/g, '').replace(/[\r\n]+/g, ' ');
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trimEnd();
    // What has no name is no field: an mbox `From ` line, rubbish, or a continuation of nothing.
    if (colon > 0 && /^[!-9;-~]+$/.test(name)) fields.push({ name, value: line.slice(colon + 1).trim(), start, end: at });
  }
  return fields;
}

/**
 * Reads the header block at the head of a message or part. Never fails: what is no field is left out.
 * Fields ought to be ASCII or UTF-8 (RFC 6532); older mailers send them in the charset of the message.
 */
export function readHeaderBlock(bytes: Uint8Array): HeaderBlock {
  const { end, body } = findEnd(bytes);
  const block = bytes.subarray(0, end);
  const charset = /^content-type:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*?charset\*?=\s*"?([\w.:-]{1,40})/im.exec(Buffer.from(block).toString('latin1'))?.[1];
  return { fields: readFields(bytes, end, charset), text: decodeBytes(block, charset), end, body };
}

/** The value of the first field of a name (case ignored). */
export function headerValue(fields: readonly { name: string; value: string }[], name: string): string | undefined {
  const wanted = name.toLowerCase();
  return fields.find((field) => field.name.toLowerCase() === wanted)?.value;
}

/** Decodes the encoded words (RFC 2047) of an unstructured header. Bad ones stay as they are. */
export function decodeWords(value: string): string {
  return repairWindows1252(postalMime().decodeWords(value));
}

/** Encodes and folds one field, CRLF at its end. Line breaks in the value become spaces. */
export function encodeField(name: string, value: string): string {
  const { encodeWords, foldLines } = mimeFunctions();
  return `${foldLines(`${name}: ${encodeWords(value.replace(/[\0\r\n]+/g, ' '), 'Q', 52)}`, 76)}\r\n`;
}

/**
 * A copy of a message with other headers; the body and all other fields stay byte for byte.
 * `undefined` removes every field of that name; a text takes the place of the first and removes the
 * rest, or is added at the end of the block. Names ignore case.
 *
 * @example
 * replaceHeaders(message, { Subject: 'Grüße', Bcc: undefined });
 */
export function replaceHeaders(bytes: Uint8Array, changes: Readonly<Record<string, string | undefined>>): Uint8Array {
  const { fields, end } = readHeaderBlock(bytes);
  const wanted = new Map(Object.entries(changes).map(([name, value]) => [name.toLowerCase(), { name, value }]));
  const placed = new Set<string>();
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const field of fields) {
    const key = field.name.toLowerCase();
    const change = wanted.get(key);
    if (!change) continue;
    pieces.push(bytes.subarray(at, field.start));
    if (change.value !== undefined && !placed.has(key)) pieces.push(Buffer.from(encodeField(field.name, change.value)));
    placed.add(key);
    at = field.end;
  }
  pieces.push(bytes.subarray(at, end));
  if (end > at && bytes[end - 1] !== lineFeed) pieces.push(Buffer.from('\r\n'));
  for (const [key, { name, value }] of wanted) {
    if (value !== undefined && !placed.has(key)) pieces.push(Buffer.from(encodeField(name, value)));
  }
  pieces.push(bytes.subarray(end));
  return new Uint8Array(Buffer.concat(pieces));
}

/** A copy of a message without Bcc fields, for those who may not see them. Without any, the same bytes. */
export function withoutBcc(bytes: Uint8Array): Uint8Array {
  const { fields } = readHeaderBlock(bytes);
  if (!fields.some(({ name }) => /^(?:resent-)?bcc$/i.test(name))) return bytes;
  return replaceHeaders(bytes, { Bcc: undefined, 'Resent-Bcc': undefined });
}
