import { decodeUtf7, encodingOf, repairWindows1252 } from '../charset.ts';
import { postalMime } from '../libraries.ts';
import { MimeError } from '../mime-error.ts';
import type { MimeLimits } from '../mime-error.ts';
import { decodeBase64, decodeQuotedPrintable } from './transfer-encoding.ts';

/** A part of a message. */
export interface Part {
  /** `type/subtype`, lower-case. */
  readonly type: string;
  readonly params: Readonly<Record<string, string>>;
  /** Lower-case, '' when there is none. */
  readonly disposition: string;
  readonly fileName: string;
  readonly contentId?: string;
  readonly contentLocation?: string;
  readonly children: readonly Part[];
  /** The decoded body. */
  content(): Uint8Array;
  /** The decoded body as text, CRLF between lines. */
  text(): string;
}

type Structured = { readonly parsed: { readonly value: string; readonly params: Record<string, string> } };

/**
 * What we use of postal-mime beyond its documented face: its nodes and the machine that makes them. Its
 * answer has no tree, no Content-Location and no encodings; it gives every line its own line end, which
 * breaks signatures, nested messages and files, and takes 15 µs for each. So the lines of bodies never
 * reach it: we note where they stand and decode the whole.
 */
interface Node {
  readonly childNodes: readonly Node[];
  readonly state: 'header' | 'body' | 'finished';
  readonly contentType: Structured;
  readonly contentTransferEncoding: { readonly encoding: string };
  readonly contentDisposition: Structured;
  readonly contentId?: string | undefined;
  readonly headers: readonly { readonly key: string; readonly value: string }[];
  content: ArrayBuffer | null;
  getTextContent(): string;
  setupContentDecoder(): void;
}

interface Parser {
  readonly root: Node;
  readonly currentNode: Node;
  readonly boundaries: readonly unknown[];
  processLine(line: Uint8Array, isFinal: boolean): Promise<void>;
  finalize(): Promise<void>;
}

interface Extent {
  readonly start: number;
  end: number;
}

type Bounds = { readonly [K in keyof MimeLimits]-?: number };

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const dash = 0x2d;

function translate(error: unknown): MimeError {
  if (error instanceof MimeError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (/nesting depth/.test(message)) return new MimeError('TooDeep', message);
  if (/header size/.test(message)) return new MimeError('HeadersTooLarge', message);
  return new MimeError('Unreadable', message, { cause: error });
}

function startParser(bounds: Bounds): Parser {
  const PostalMime = postalMime();
  const parser = new PostalMime({ maxNestingDepth: bounds.depth, maxHeadersSize: bounds.headerBytes }) as unknown as Parser;
  if (typeof parser.processLine !== 'function' || typeof parser.root?.setupContentDecoder !== 'function' || !Array.isArray(parser.boundaries)) {
    throw new MimeError('Unreadable', 'this version of postal-mime is not the one @fauxchange/mime was made for');
  }
  return parser;
}

/** Where the next line that may be a boundary begins: `--` at the head of a line. */
function nextDashes(bytes: Buffer, at: number): number {
  if (bytes[at] === dash && bytes[at + 1] === dash) return at;
  const found = bytes.indexOf('\n--', at, 'latin1');
  return found < 0 ? bytes.length : found + 1;
}

/** Drives the parser over header lines and possible boundaries; answers where each part's body stands. */
async function scan(parser: Parser, bytes: Buffer, bounds: Bounds): Promise<ReadonlyMap<Node, Extent>> {
  const extents = new Map<Node, Extent>();
  const extend = (node: Node, start: number, end: number): void => {
    const extent = extents.get(node);
    if (extent) extent.end = end;
    else if (end > start) extents.set(node, { start, end });
  };
  parser.root.setupContentDecoder = () => undefined;
  let parts = 1;
  let at = 0;
  while (at < bytes.length) {
    const node = parser.currentNode;
    if (node.state !== 'header') {
      const next = parser.boundaries.length === 0 ? bytes.length : nextDashes(bytes, at);
      extend(node, at, next);
      at = next;
      if (at >= bytes.length) break;
    }
    const found = bytes.indexOf(lineFeed, at);
    const next = found < 0 ? bytes.length : found + 1;
    let end = found < 0 ? next : found;
    while (end > at && bytes[end - 1] === carriageReturn) end -= 1;
    const wasHeader = node.state === 'header';
    await parser.processLine(bytes.subarray(at, end), false);
    if (parser.currentNode === node) {
      if (!wasHeader) extend(node, at, next);
    } else if (parser.currentNode.state === 'header') {
      // A boundary that opened a part; the others close one and go back to its parent.
      parts += 1;
      if (parts > bounds.parts) throw new MimeError('TooManyParts', `more than ${bounds.parts} parts`);
      parser.currentNode.setupContentDecoder = () => undefined;
    }
    at = next;
  }
  await parser.finalize();
  return extents;
}

/** The body between two boundaries: the line end before the second belongs to that one (RFC 2046 5.1.1). */
function rawBody(bytes: Uint8Array, extent: Extent | undefined): Uint8Array {
  if (!extent) return bytes.subarray(0, 0);
  let { end } = extent;
  if (end < bytes.length && bytes[end - 1] === lineFeed) {
    end -= 1;
    if (end > extent.start && bytes[end - 1] === carriageReturn) end -= 1;
  }
  return bytes.subarray(extent.start, end);
}

/** Without a label, text is UTF-8 when it can be, else what Windows mailers sent. HTML may name its own. */
function chooseCharset(type: string, content: Uint8Array): string {
  const head = Buffer.from(content.subarray(0, 4096)).toString('latin1');
  const named = type === 'text/html' ? /<meta[^>]{0,200}charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(head)?.[1] : undefined;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(content);
    return named && !['windows-1252', undefined].includes(encodingOf(named)) ? named : 'utf-8';
  } catch {
    return named && encodingOf(named) !== 'utf-8' ? named : 'windows-1252';
  }
}

function textOf(node: Node, content: Uint8Array): string {
  const { value, params } = node.contentType.parsed;
  const charset = (params['charset'] ||= chooseCharset(value, content));
  if (/^(?:unicode-1-1-)?utf-?7$/i.test(charset)) return decodeUtf7(content).replace(/\r?\n/g, '\r\n');
  // Through the node, for its many labels of charsets and for format=flowed.
  node.content = new Uint8Array(content).buffer;
  const text = node.getTextContent();
  node.content = null;
  const isWindows = (encodingOf(charset) ?? 'windows-1252') === 'windows-1252' && /[\x80-\x9f]/.test(text);
  return (isWindows ? repairWindows1252(text) : text).replace(/^\ufeff/, '').replace(/\r?\n/g, '\r\n');
}

function partOf(node: Node, bytes: Uint8Array, extents: ReadonlyMap<Node, Extent>): Part {
  const raw = rawBody(bytes, extents.get(node));
  const { value, params } = node.contentType.parsed;
  const { encoding } = node.contentTransferEncoding;
  const content = (): Uint8Array => {
    if (encoding.includes('base64')) return decodeBase64(raw);
    return encoding.includes('quoted-printable') ? decodeQuotedPrintable(raw) : new Uint8Array(raw);
  };
  const location = node.headers.find(({ key }) => key === 'content-location')?.value;
  const contentId = node.contentId?.trim().replace(/^<|>$/g, '');
  return {
    type: value,
    params,
    disposition: node.contentDisposition.parsed.value,
    fileName: node.contentDisposition.parsed.params['filename'] || params['name'] || '',
    ...(contentId ? { contentId } : {}),
    ...(location ? { contentLocation: location } : {}),
    children: node.childNodes.map((child) => partOf(child, bytes, extents)),
    content,
    text: () => textOf(node, content()),
  };
}

/** The parts of a message. Throws MimeError and nothing else. */
export async function readTree(bytes: Uint8Array, bounds: Bounds): Promise<Part> {
  try {
    const parser = startParser(bounds);
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const extents = await scan(parser, buffer, bounds);
    return partOf(parser.root, buffer, extents);
  } catch (error) {
    throw translate(error);
  }
}
