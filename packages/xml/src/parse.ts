import { SaxesParser } from 'saxes';
import { malformed } from './malformed.ts';
import type { Place } from './violation.ts';
import { MalformedXmlError, placeOf, XmlLimitError } from './violation.ts';

export interface XmlLimits {
  /** Bytes of the document; 64 MiB by default. */
  readonly bytes?: number | undefined;
  /** Open elements at a time; 64 by default. */
  readonly depth?: number | undefined;
  /** Attributes of one element; 64 by default. */
  readonly attributes?: number | undefined;
}

export const defaultLimits: Required<{ [K in keyof XmlLimits]: number }> = { bytes: 64 * 1024 * 1024, depth: 64, attributes: 64 };

export interface XmlAttribute {
  readonly name: string;
  readonly local: string;
  readonly uri: string;
  readonly value: string;
}

export interface XmlTag {
  readonly name: string;
  readonly local: string;
  readonly uri: string;
  readonly attributes: Readonly<Record<string, XmlAttribute>>;
  readonly isSelfClosing: boolean;
}

/** Where the reader stands, for those who receive its events. Offsets count UTF-16 units of `text`. */
export interface XmlSource {
  readonly text: string;
  /** Of the name in the start tag that was opened last. */
  readonly nameOffset: number;
  /** Of the first character after the last event. */
  readonly offset: number;
  /** Of the first character that no event has told of yet, where a text began. */
  readonly textOffset: number;
  /** The namespace of a prefix that is in scope. */
  resolve(prefix: string): string | undefined;
  place(offset: number): Place;
}

export interface XmlEvents {
  open(tag: XmlTag, source: XmlSource): void;
  text(text: string, source: XmlSource): void;
  close(tag: XmlTag, source: XmlSource): void;
}

class Source implements XmlSource {
  readonly text: string;
  nameOffset = 0;
  textOffset = 0;
  readonly #parser: SaxesParser<{ xmlns: true }>;

  constructor(text: string, parser: SaxesParser<{ xmlns: true }>) {
    this.text = text;
    this.#parser = parser;
  }

  get offset(): number {
    return this.#parser.position;
  }

  resolve(prefix: string): string | undefined {
    return this.#parser.resolve(prefix);
  }

  place(offset: number): Place {
    return placeOf(this.text, offset);
  }
}

const ATTRIBUTE = /[^"'>]*(?:"[^"]*"|'[^']*')/y;

/** Counts the attributes of a start tag before they are parsed, and gives up early. */
function hasMoreAttributes(text: string, from: number, allowed: number): boolean {
  ATTRIBUTE.lastIndex = from;
  for (let count = 0; count <= allowed; count += 1) if (!ATTRIBUTE.test(text)) return false;
  return true;
}

/** saxes would change to the rules of XML 1.1, which .NET does not know. */
const VERSION = /^(<\?xml\s+version\s*=\s*["'])([^"']{0,20})["']/;

/** Whether the end tag that was just read has this name. */
function endsWithTag(text: string, end: number, name: string): boolean {
  const start = end - 1 - name.length;
  if (text.charCodeAt(start - 1) === 0x2f && text.startsWith(name, start)) return true;
  const tag = text.slice(text.lastIndexOf('</', end - 1) + 2, end - 1);
  return tag.startsWith(name) && /^\s*$/.test(tag.slice(name.length));
}

/**
 * Reads a document with saxes and passes its events on.
 *
 * Six handlers, never more: with the seventh, V8 turns the parser into a dictionary and everything becomes four times slower.
 *
 * @throws MalformedXmlError | XmlLimitError, and whatever the receiver throws
 */
export function readXml(text: string, events: XmlEvents, limits: XmlLimits = {}): void {
  const maxDepth = limits.depth ?? defaultLimits.depth;
  const maxAttributes = limits.attributes ?? defaultLimits.attributes;
  const parser = new SaxesParser({ xmlns: true, position: false });
  const source = new Source(text, parser);
  const open: { name: string; offset: number }[] = [];
  const version = VERSION.exec(text);
  if (version && version[2] !== '1.0') throw new MalformedXmlError(`Version number '${version[2] ?? ''}' is invalid.`, placeOf(text, version[1]?.length ?? 0));
  parser.on('doctype', () => {
    throw malformed('doctype', { text, position: parser.position, from: 0, open });
  });
  parser.on('opentagstart', (tag) => {
    // The parser has read one character past the name.
    source.nameOffset = parser.position - 1 - tag.name.length;
    if (open.length >= maxDepth) throw new XmlLimitError('depth', maxDepth);
    open.push({ name: tag.name, offset: source.nameOffset });
    const next = text.charCodeAt(parser.position - 1);
    if (next !== 0x3e && next !== 0x2f && hasMoreAttributes(text, parser.position, maxAttributes)) throw new XmlLimitError('attributes', maxAttributes);
  });
  parser.on('opentag', (tag) => {
    events.open(tag, source);
    source.textOffset = parser.position;
  });
  parser.on('text', (data) => events.text(data, source));
  parser.on('cdata', (data) => {
    source.textOffset += '<![CDATA['.length;
    events.text(data, source);
    source.textOffset = parser.position;
  });
  parser.on('closetag', (tag) => {
    // saxes tells of the end of an element even when the end tag has another name, and fails only then.
    if (!tag.isSelfClosing && !endsWithTag(text, parser.position, tag.name)) throw malformed('unexpected close tag', { text, position: parser.position, from: source.textOffset, open });
    open.pop();
    events.close(tag, source);
    source.textOffset = parser.position;
  });
  try {
    parser.write(text).close();
  } catch (error) {
    throw error instanceof Error && error.constructor === Error ? malformed(error.message, { text, position: parser.position, from: source.textOffset, open }) : error;
  }
}
