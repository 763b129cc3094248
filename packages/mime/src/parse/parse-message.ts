import { parseAddresses } from '../addresses.ts';
import type { Address } from '../addresses.ts';
import { parseDate } from '../dates.ts';
import { decodeWords, headerValue, readHeaderBlock } from '../headers.ts';
import type { HeaderBlock } from '../headers.ts';
import { defaultLimits, MimeError } from '../mime-error.ts';
import type { MimeLimits } from '../mime-error.ts';
import { sortParts } from './bodies.ts';
import type { Bodies, CalendarPart, ParsedAttachment } from './bodies.ts';
import { readTree } from './tree.ts';
import type { Part } from './tree.ts';

/** A message as plain values. Times are milliseconds since 1970 UTC; message ids keep their brackets. */
export interface ParsedMessage {
  /** Unfolded, not decoded, in order. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /** The header block as it stands (for PidTagTransportMessageHeaders), without the empty line after it. */
  readonly headerText: string;
  /** Of the whole, lower-case: `multipart/report` … */
  readonly contentType: string;
  readonly contentTypeParams: Readonly<Record<string, string>>;
  readonly subject: string;
  readonly from?: Address;
  readonly sender?: Address;
  readonly replyTo: readonly Address[];
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  readonly bcc: readonly Address[];
  readonly date?: number;
  readonly messageId?: string;
  readonly inReplyTo?: string;
  readonly references: readonly string[];
  readonly text?: string;
  readonly html?: string;
  readonly importance: 'Low' | 'Normal' | 'High';
  readonly sensitivity: 'Normal' | 'Personal' | 'Private' | 'Confidential';
  readonly readReceiptTo?: Address;
  readonly deliveryReceiptRequested: boolean;
  readonly attachments: readonly ParsedAttachment[];
  /** The text/calendar part. */
  readonly calendar?: CalendarPart;
  /** S/MIME, left whole as the one attachment `smime.p7m`; of a signed message the bodies are given as well. */
  readonly secure?: 'signed' | 'opaque';
  readonly threadTopic?: string;
  readonly threadIndex?: Uint8Array;
  readonly categories: readonly string[];
}

function importanceOf(header: (name: string) => string | undefined): ParsedMessage['importance'] {
  const word = (header('Importance') ?? header('X-MSMail-Priority') ?? header('Priority') ?? '').toLowerCase();
  if (word === 'high' || word === 'urgent') return 'High';
  if (word === 'low' || word === 'non-urgent') return 'Low';
  if (header('Importance') !== undefined) return 'Normal';
  const number = Number.parseInt(header('X-Priority') ?? '3', 10);
  return number <= 2 ? 'High' : number >= 4 ? 'Low' : 'Normal';
}

function sensitivityOf(header: string | undefined): ParsedMessage['sensitivity'] {
  switch (header?.toLowerCase().replace(/[\s-]/g, '')) {
    case 'personal': return 'Personal';
    case 'private': return 'Private';
    case 'companyconfidential': return 'Confidential';
    default: return 'Normal';
  }
}

function messageIds(header: string | undefined): string[] {
  return header?.match(/<[^<>\s]{1,998}>/g) ?? [];
}

/** What may be absent is absent, not undefined. */
function present<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
}

function readEnvelope(block: HeaderBlock): Omit<ParsedMessage, keyof Bodies | 'secure' | 'contentType' | 'contentTypeParams'> {
  const header = (name: string): string | undefined => headerValue(block.fields, name);
  const words = (name: string): string | undefined => {
    const value = header(name);
    return value === undefined ? undefined : decodeWords(value);
  };
  const all = (name: string): string[] => block.fields.filter((field) => field.name.toLowerCase() === name).map(({ value }) => value);
  const addresses = (name: string): Address[] => all(name).flatMap((value) => [...parseAddresses(value)]);
  const first = (name: string): Address | undefined => addresses(name)[0];
  const date = header('Date');
  const threadIndex = header('Thread-Index')?.replace(/\s+/g, '');
  return {
    headers: block.fields.map(({ name, value }) => ({ name, value })),
    headerText: block.text,
    subject: words('Subject') ?? '',
    ...present('from', first('from')),
    ...present('sender', first('sender')),
    replyTo: addresses('reply-to'),
    to: addresses('to'),
    cc: addresses('cc'),
    bcc: addresses('bcc'),
    ...present('date', date === undefined ? undefined : parseDate(date)),
    ...present('messageId', header('Message-ID')?.split(/\s/)[0] || undefined),
    ...present('inReplyTo', messageIds(header('In-Reply-To'))[0] ?? (header('In-Reply-To') || undefined)),
    references: messageIds(header('References')),
    importance: importanceOf(header),
    sensitivity: sensitivityOf(header('Sensitivity')),
    ...present('readReceiptTo', first('disposition-notification-to') ?? first('x-confirm-reading-to')),
    deliveryReceiptRequested: header('Return-Receipt-To') !== undefined,
    ...present('threadTopic', words('Thread-Topic')),
    ...present('threadIndex', threadIndex ? new Uint8Array(Buffer.from(threadIndex, 'base64')) : undefined),
    categories: all('keywords').flatMap((value) => decodeWords(value).split(/[,;]/)).map((word) => word.trim()).filter((word) => word !== ''),
  };
}

/** The header fields that describe the body, verbatim, an empty line, and the body: what a signature covers. */
function wholeBody(bytes: Uint8Array, block: HeaderBlock): Uint8Array {
  const described = block.fields.filter(({ name }) => /^content-/i.test(name)).map(({ start, end }) => bytes.subarray(start, end));
  return new Uint8Array(Buffer.concat([...described, Buffer.from('\r\n'), bytes.subarray(block.body)]));
}

function secureParts(bytes: Uint8Array, block: HeaderBlock, root: Part): Pick<ParsedMessage, 'secure' | keyof Bodies> | undefined {
  const name = 'smime.p7m';
  if (root.type === 'multipart/signed' && root.children.length > 0) {
    const { text, html } = sortParts(root);
    const whole: ParsedAttachment = { kind: 'file', name, contentType: root.type, isInline: false, content: wholeBody(bytes, block) };
    return { secure: 'signed', attachments: [whole], ...present('text', text), ...present('html', html) };
  }
  if (/^application\/(?:x-)?pkcs7-mime$/.test(root.type)) {
    const sealed: ParsedAttachment = { kind: 'file', name, contentType: root.type, isInline: false, content: root.content() };
    return { secure: 'opaque', attachments: [sealed] };
  }
  return undefined;
}

/**
 * Reads a message. Whatever can be read of a damaged one is given; what goes beyond the limits, which
 * default to {@link defaultLimits}, is refused. Nested messages are not opened.
 *
 * @example
 * const { subject, text, attachments } = await parseMessage(bytes);
 * @throws MimeError with `reason`, and nothing else
 */
export async function parseMessage(bytes: Uint8Array, limits: MimeLimits = {}): Promise<ParsedMessage> {
  const bounds = {
    bytes: limits.bytes ?? defaultLimits.bytes,
    depth: limits.depth ?? defaultLimits.depth,
    parts: limits.parts ?? defaultLimits.parts,
    headerBytes: limits.headerBytes ?? defaultLimits.headerBytes,
  };
  if (bytes.length > bounds.bytes) throw new MimeError('TooLarge', `${bytes.length} bytes, the limit is ${bounds.bytes}`);
  const root = await readTree(bytes, bounds);
  const block = readHeaderBlock(bytes);
  return {
    ...readEnvelope(block),
    contentType: root.type,
    contentTypeParams: { ...root.params },
    ...(secureParts(bytes, block, root) ?? sortParts(root)),
  };
}
