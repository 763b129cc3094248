import { codePages, elementAt, knownTokens } from './code-pages.ts';
import type { CodePageElement } from './code-pages.ts';
import { WbxmlError, WbxmlFault } from './errors.ts';
import { Utf8Reader } from './utf8.ts';

export interface WbxmlLimits {
  /** Bytes of the document; 64 MiB by default. */
  readonly bytes?: number | undefined;
  /** Open elements at a time; 64 by default. */
  readonly depth?: number | undefined;
  /** Elements of the document; 1,000,000 by default. */
  readonly elements?: number | undefined;
}

export interface TokenReaderOptions {
  readonly limits?: WbxmlLimits | undefined;
  /** Whether the tokens that only ActiveSync 2.5 had are known; false by default. */
  readonly legacyTokens?: boolean | undefined;
}

export const TokenKind = {
  /** A tag with content; a Close follows in time. */
  Open: 1,
  /** A tag without content, which no Close follows. */
  Empty: 2,
  Close: 3,
  /** Text, inline or from the string table. */
  Text: 4,
  /** Opaque bytes. */
  Opaque: 5,
  /** The end of the document. */
  End: 6,
} as const;
export type TokenKind = (typeof TokenKind)[keyof typeof TokenKind];

/** Global tokens, [WBXML1.3] 7.1. */
const SWITCH_PAGE = 0x00;
const END = 0x01;
const ENTITY = 0x02;
const STR_I = 0x03;
const LITERAL = 0x04;
const PI = 0x43;
const STR_T = 0x83;
const OPAQUE = 0xc3;

const HAS_CONTENT = 0x40;
const HAS_ATTRIBUTES = 0x80;
const FIRST_TOKEN = 0x05;

/** MIBenum numbers of IANA: UTF-8, and US-ASCII, which is a part of it; 0 leaves it to the transport. */
const CHARSETS: readonly number[] = [106, 3, 0];

/** The byte's own text is looked through so far before its end is searched for by the machine's means. */
const NEAR = 24;

/**
 * Reads a document token by token, and refuses what is not WBXML as ActiveSync uses it: [MS-ASWBXML] 2.1.3 knows no entities,
 * processing instructions and attributes. String tables it does not use either, but other encoders of WBXML do: they are read.
 *
 * @throws WbxmlError from the constructor and from `next`, `text`
 * @example
 * const reader = new TokenReader(new Uint8Array([0x03, 0x01, 0x6a, 0x00, 0x45, 0x5c, 0x01, 0x01]));
 * for (let kind = reader.next(); kind !== TokenKind.End; kind = reader.next()) console.log(kind, reader.depth);
 */
export class TokenReader {
  readonly bytes: Uint8Array;
  /** Of the token that `next` read last. */
  tokenOffset = 0;
  /** Page and token of the tag that was read last. */
  page = 0;
  token = 0;
  /** The bytes of the text or the opaque content that was read last. */
  contentStart = 0;
  contentEnd = 0;
  /** Open elements. */
  depth = 0;
  #offset = 0;
  #currentPage = 0;
  #elements = 0;
  #hasRoot = false;
  #tableStart = 0;
  #tableEnd = 0;
  readonly #utf8: Utf8Reader;
  readonly #maxDepth: number;
  readonly #maxElements: number;
  readonly #mostKnown: number;

  constructor(bytes: Uint8Array, { limits = {}, legacyTokens = false }: TokenReaderOptions = {}) {
    this.bytes = bytes;
    this.#utf8 = new Utf8Reader(bytes);
    this.#maxDepth = limits.depth ?? 64;
    this.#maxElements = limits.elements ?? 1_000_000;
    this.#mostKnown = legacyTokens ? 2 : 1;
    const maxBytes = limits.bytes ?? 64 * 1024 * 1024;
    if (bytes.length > maxBytes) throw new WbxmlError(WbxmlFault.TooLarge, maxBytes, `more than the ${maxBytes} bytes allowed`);
    this.#readHeader();
  }

  /** Where the next token begins. */
  get offset(): number {
    return this.#offset;
  }

  /** The element of the tag that was read last. */
  get element(): CodePageElement {
    return elementAt(this.page, this.token) as CodePageElement;
  }

  next(): TokenKind {
    const { bytes } = this;
    for (;;) {
      const at = this.#offset;
      if (at >= bytes.length) {
        if (this.#hasRoot && this.depth === 0) return TokenKind.End;
        this.#truncated(at);
      }
      this.tokenOffset = at;
      if (this.#hasRoot && this.depth === 0) this.#fail(WbxmlFault.Trailing, at, 'bytes after the end of the document');
      const byte = bytes[at] as number;
      this.#offset = at + 1;
      if ((byte & 0x3f) >= FIRST_TOKEN) return this.#tag(byte);
      if (byte === SWITCH_PAGE) this.#switchPage();
      else if (this.depth === 0) this.#fail(this.#refusalOf(byte), at, 'no element where the root should be');
      else if (byte === END) {
        this.depth -= 1;
        return TokenKind.Close;
      } else return this.#content(byte);
    }
  }

  /** The text, or the opaque content as text, that was read last. */
  text(): string {
    const text = this.#utf8.read(this.contentStart, this.contentEnd);
    if (text === undefined) this.#fail(WbxmlFault.Encoding, this.contentStart, 'text that is not UTF-8');
    return text;
  }

  /** The bytes of the text or of the opaque content that was read last: a view, not a copy. */
  opaque(): Uint8Array {
    return this.bytes.subarray(this.contentStart, this.contentEnd);
  }

  #tag(byte: number): TokenKind {
    const token = byte & 0x3f;
    const page = this.#currentPage;
    if (byte & HAS_ATTRIBUTES) this.#fail(WbxmlFault.Attributes, this.tokenOffset, 'a tag with attributes');
    const known = knownTokens[(page << 6) | token] as number;
    if (known === 0 || known > this.#mostKnown) this.#fail(WbxmlFault.UnknownToken, this.tokenOffset, `the token 0x${token.toString(16)} is not in the code page ${page}`);
    this.#elements += 1;
    if (this.#elements > this.#maxElements) this.#fail(WbxmlFault.TooMany, this.tokenOffset, `more than the ${this.#maxElements} elements allowed`);
    this.page = page;
    this.token = token;
    this.#hasRoot = true;
    if (!(byte & HAS_CONTENT)) return TokenKind.Empty;
    this.depth += 1;
    if (this.depth > this.#maxDepth) this.#fail(WbxmlFault.TooDeep, this.tokenOffset, `more than the ${this.#maxDepth} open elements allowed`);
    return TokenKind.Open;
  }

  #switchPage(): void {
    const page = this.bytes[this.#offset];
    if (page === undefined) this.#truncated(this.#offset);
    if (page >= codePages.length) this.#fail(WbxmlFault.UnknownPage, this.#offset, `there is no code page ${page}`);
    this.#currentPage = page;
    this.#offset += 1;
  }

  #content(byte: number): TokenKind {
    switch (byte) {
      case STR_I:
        this.contentStart = this.#offset;
        this.contentEnd = this.#endOfString(this.#offset);
        this.#offset = this.contentEnd + 1;
        return TokenKind.Text;
      case OPAQUE: {
        const length = this.#integer();
        if (length > this.bytes.length - this.#offset) this.#truncated(this.tokenOffset, `opaque content of ${length} bytes is longer than the document`);
        this.contentStart = this.#offset;
        this.contentEnd = this.#offset + length;
        this.#offset = this.contentEnd;
        return TokenKind.Opaque;
      }
      case STR_T:
        this.#readReference();
        return TokenKind.Text;
      default:
        return this.#fail(this.#refusalOf(byte), this.tokenOffset, `the global token 0x${byte.toString(16)} is not used by ActiveSync`);
    }
  }

  /** Of a global token that has no place: by its own name, or that there is no root. */
  #refusalOf(byte: number): WbxmlFault {
    if (byte === ENTITY) return WbxmlFault.Entity;
    if ((byte & 0x3f) === LITERAL) return WbxmlFault.Literal;
    if (byte === PI) return WbxmlFault.ProcessingInstruction;
    if ((byte & 0xc0) !== 0 && byte !== STR_T && byte !== OPAQUE) return WbxmlFault.Extension;
    return WbxmlFault.NoRoot;
  }

  #endOfString(start: number): number {
    const { bytes } = this;
    const near = Math.min(start + NEAR, bytes.length);
    for (let at = start; at < near; at += 1) if (bytes[at] === 0) return at;
    const end = bytes.indexOf(0, near);
    if (end < 0) this.#truncated(this.tokenOffset, 'a string without its end');
    return end;
  }

  /** A string of the table: [WBXML1.3] 5.8.4.1. */
  #readReference(): void {
    const start = this.#tableStart + this.#integer();
    const end = start < this.#tableEnd ? this.bytes.indexOf(0, start) : -1;
    if (end < 0 || end >= this.#tableEnd) this.#fail(WbxmlFault.StringReference, this.tokenOffset, 'a reference to a string that is not in the string table');
    this.contentStart = start;
    this.contentEnd = end;
  }

  /** Version, public identifier, character set, string table: [WBXML1.3] 5.4 to 5.7. */
  #readHeader(): void {
    const version = this.bytes[0];
    if (version === undefined) this.#truncated(0);
    // WBXML 1.0 had no character set in the header and other global tokens.
    if (version < 0x01 || version > 0x03) this.#fail(WbxmlFault.Version, 0, `0x${version.toString(16)} is not a version of WBXML that can be read`);
    this.#offset = 1;
    const publicId = this.#integer();
    const publicIdReference = publicId === 0 ? this.#integer() : undefined;
    const charsetOffset = this.#offset;
    const charset = this.#integer();
    if (!CHARSETS.includes(charset)) this.#fail(WbxmlFault.Charset, charsetOffset, `the character set ${charset} is not UTF-8 (106)`);
    const tableOffset = this.#offset;
    const length = this.#integer();
    if (length > this.bytes.length - this.#offset) this.#truncated(tableOffset, `a string table of ${length} bytes is longer than the document`);
    this.#tableStart = this.#offset;
    this.#tableEnd = this.#offset + length;
    this.#offset = this.#tableEnd;
    if (publicIdReference !== undefined && publicIdReference >= length) this.#fail(WbxmlFault.PublicId, 2, 'the public identifier is not in the string table');
  }

  /** A multi-byte integer: [WBXML1.3] 5.1. */
  #integer(): number {
    const start = this.#offset;
    let value = 0;
    for (let at = start; at < start + 5; at += 1) {
      const byte = this.bytes[at];
      if (byte === undefined) this.#truncated(start);
      value = value * 0x80 + (byte & 0x7f);
      if (byte & 0x80) continue;
      if (value > 0xffff_ffff) break;
      this.#offset = at + 1;
      return value;
    }
    return this.#fail(WbxmlFault.Integer, start, 'an integer of more than 32 bits');
  }

  #truncated(offset: number, reason = 'the document ends too early'): never {
    return this.#fail(WbxmlFault.Truncated, offset, reason);
  }

  #fail(code: WbxmlFault, offset: number, reason: string): never {
    throw new WbxmlError(code, offset, reason);
  }
}
