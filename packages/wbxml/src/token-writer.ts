import { Utf8Writer } from './utf8.ts';

/** WBXML 1.3, public identifier unknown, UTF-8, no string table: how every message of ActiveSync begins. */
const HEADER: readonly number[] = [0x03, 0x01, 0x6a, 0x00];

const SWITCH_PAGE = 0x00;
const END = 0x01;
const STR_I = 0x03;
const OPAQUE = 0xc3;
const HAS_CONTENT = 0x40;

/** Opaque content from this size on is not copied into the buffer when chunks are asked for. */
const APART = 16 * 1024;

/** What XML 1.0 forbids; NUL, the first of them, would end an inline string. */
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;
const EVERY_FORBIDDEN = new RegExp(FORBIDDEN.source, 'g');

/**
 * Writes a document token by token: inline strings, opaque content where it is asked for, a SWITCH_PAGE where the page changes.
 * Tags that get no content are written without it.
 *
 * @example
 * const writer = new TokenWriter();
 * writer.open(0, 0x05); // AirSync:Sync
 * writer.close();
 * writer.finish(); // 03 01 6a 00 05
 */
export class TokenWriter {
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(1024);
  #offset = 0;
  #page = 0;
  /** Where the tag ends that is the last thing written; -1 when something else is. */
  #tagEnd = -1;
  readonly #chunks: Uint8Array[] = [];
  readonly #utf8 = new Utf8Writer();

  constructor() {
    this.#bytes.set(HEADER);
    this.#offset = HEADER.length;
  }

  /** A tag, by page and token. */
  open(page: number, token: number): void {
    this.#reserve(3);
    if (page !== this.#page) {
      this.#bytes[this.#offset++] = SWITCH_PAGE;
      this.#bytes[this.#offset++] = page;
      this.#page = page;
    }
    this.#bytes[this.#offset++] = token | HAS_CONTENT;
    this.#tagEnd = this.#offset;
  }

  /** The end of the element that was opened last. */
  close(): void {
    if (this.#tagEnd === this.#offset) {
      (this.#bytes[this.#offset - 1] as number) &= ~HAS_CONTENT;
      this.#tagEnd = -1;
      return;
    }
    this.#reserve(1);
    this.#bytes[this.#offset++] = END;
  }

  /** An inline string. Characters that XML 1.0 forbids are left out, as Exchange leaves them out; lone surrogates become U+FFFD. */
  text(text: string): void {
    const written = FORBIDDEN.test(text) ? text.replace(EVERY_FORBIDDEN, '') : text;
    if (written === '') return;
    this.#reserve(this.#utf8.mostBytes(written) + 2);
    this.#bytes[this.#offset++] = STR_I;
    this.#offset += this.#utf8.write(written, this.#bytes, this.#offset);
    this.#bytes[this.#offset++] = 0;
  }

  /** Opaque content. With `apart`, large content becomes a chunk of its own, uncopied: do not change it before the chunks are sent. */
  opaque(content: Uint8Array, apart = false): void {
    this.#reserve(6);
    this.#bytes[this.#offset++] = OPAQUE;
    this.#integer(content.length);
    if (apart && content.length >= APART) {
      this.#flush();
      this.#chunks.push(content);
      return;
    }
    this.#reserve(content.length);
    this.#bytes.set(content, this.#offset);
    this.#offset += content.length;
  }

  /** The document; nothing may be written afterwards. */
  finish(): Uint8Array {
    const chunks = this.finishChunks();
    if (chunks.length === 1) return chunks[0] as Uint8Array;
    const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
    let offset = 0;
    for (const chunk of chunks) {
      whole.set(chunk, offset);
      offset += chunk.length;
    }
    return whole;
  }

  /** The document in pieces. */
  finishChunks(): Uint8Array[] {
    this.#flush();
    return this.#chunks;
  }

  /** [WBXML1.3] 5.1, the shortest form. */
  #integer(value: number): void {
    let shift = 28;
    while (shift > 0 && value >>> shift === 0) shift -= 7;
    for (; shift > 0; shift -= 7) this.#bytes[this.#offset++] = ((value >>> shift) & 0x7f) | 0x80;
    this.#bytes[this.#offset++] = value & 0x7f;
  }

  #flush(): void {
    const used = this.#bytes.subarray(0, this.#offset);
    // What is kept should not hold a buffer much larger than itself.
    const isTight = used.length > (this.#bytes.length >> 2) * 3;
    if (used.length > 0) this.#chunks.push(isTight ? used : used.slice());
    if (isTight) this.#bytes = new Uint8Array(1024);
    this.#offset = 0;
    this.#tagEnd = -1;
  }

  #reserve(room: number): void {
    const needed = this.#offset + room;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#offset));
    this.#bytes = larger;
  }
}
