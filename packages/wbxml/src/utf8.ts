// Text without Node's API, and with it where it is there: the standard decoder costs more than all other work on the short
// texts that documents are made of.

/** The little of Node's Buffer that is used. */
interface FastBytes {
  utf8Slice(start: number, end: number): string;
  utf8Write(text: string, offset: number): number;
}
interface FastBuffer {
  from(buffer: ArrayBufferLike, offset: number, length: number): FastBytes;
  byteLength(text: string): number;
  readonly prototype: Partial<FastBytes>;
}

/** Named on globalThis, so that bundlers do not bring a Buffer of their own; without its inner functions it is of no use. */
const found = (globalThis as unknown as { Buffer?: FastBuffer }).Buffer;
const fastBuffer = typeof found?.prototype.utf8Slice === 'function' && typeof found.prototype.utf8Write === 'function' ? found : undefined;

const REPLACEMENT = '\ufffd';

/** Texts of up to so many bytes are put together by hand. */
const SHORT = 24;

/** Decodes pieces of one array of bytes. */
export class Utf8Reader {
  readonly #bytes: Uint8Array;
  #fast: FastBytes | undefined;
  #decoder: InstanceType<typeof TextDecoder> | undefined;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The text of these bytes; undefined when they are not UTF-8. */
  read(start: number, end: number): string | undefined {
    if (end - start <= SHORT) {
      const text = shortAscii(this.#bytes, start, end);
      if (text !== undefined) return text;
    }
    if (!fastBuffer) return this.#strictly(start, end);
    const bytes = this.#bytes;
    this.#fast ??= fastBuffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const text = this.#fast.utf8Slice(start, end);
    // Either the sign itself was written, or it stands for what is not UTF-8.
    return text.includes(REPLACEMENT) ? this.#strictly(start, end) : text;
  }

  #strictly(start: number, end: number): string | undefined {
    this.#decoder ??= new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    try {
      return this.#decoder.decode(this.#bytes.subarray(start, end));
    } catch {
      return undefined;
    }
  }
}

function shortAscii(bytes: Uint8Array, start: number, end: number): string | undefined {
  let text = '';
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] as number;
    if (byte >= 0x80) return undefined;
    text += String.fromCharCode(byte);
  }
  return text;
}

/** Writes texts into arrays of bytes. */
export class Utf8Writer {
  #encoder: InstanceType<typeof TextEncoder> | undefined;
  #fast: FastBytes | undefined;
  #bytes: Uint8Array | undefined;

  /** The most bytes that a text can need. */
  mostBytes(text: string): number {
    return text.length > 4096 && fastBuffer ? fastBuffer.byteLength(text) : text.length * 3;
  }

  /** Writes the text, for which there must be room, and says how many bytes it took; lone surrogates become U+FFFD. */
  write(text: string, bytes: Uint8Array, offset: number): number {
    if (!fastBuffer) return (this.#encoder ??= new TextEncoder()).encodeInto(text, bytes.subarray(offset)).written;
    if (this.#bytes !== bytes) {
      this.#bytes = bytes;
      this.#fast = fastBuffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    return (this.#fast as FastBytes).utf8Write(text, offset);
  }
}
