import { WireError, type WireErrorCode } from './errors.ts';

/** Structures may be as deep in each other: restrictions, embedded messages. */
const mostDepth = 64;

/** Reads little-endian numbers and pieces of bytes; every read beyond the end throws a `WireError`. Pieces are views, not copies. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #base: number;
  readonly #depth: number;
  #offset = 0;

  /** @param base where the bytes stand in the whole, for errors */
  constructor(bytes: Uint8Array, base = 0, depth = 0) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#base = base;
    this.#depth = depth;
  }

  /** From the first byte of the whole. */
  get offset(): number {
    return this.#base + this.#offset;
  }

  get left(): number {
    return this.#bytes.length - this.#offset;
  }

  #take(size: number): number {
    if (size > this.left) this.fail('truncated', `${size} bytes are announced and ${this.left} are there`);
    const at = this.#offset;
    this.#offset += size;
    return at;
  }

  u8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  i16(): number {
    return this.#view.getInt16(this.#take(2), true);
  }

  i32(): number {
    return this.#view.getInt32(this.#take(4), true);
  }

  u64(): bigint {
    return this.#view.getBigUint64(this.#take(8), true);
  }

  i64(): bigint {
    return this.#view.getBigInt64(this.#take(8), true);
  }

  f32(): number {
    return this.#view.getFloat32(this.#take(4), true);
  }

  f64(): number {
    return this.#view.getFloat64(this.#take(8), true);
  }

  bytes(size: number): Uint8Array {
    const at = this.#take(size);
    return this.#bytes.subarray(at, at + size);
  }

  /** What is ahead, without taking it; undefined at the end. */
  peek(ahead = 0): number | undefined {
    return this.#bytes[this.#offset + ahead];
  }

  /** Bytes up to the next one that is 0, which is taken too. */
  untilZero(): Uint8Array {
    const end = this.#bytes.indexOf(0, this.#offset);
    if (end < 0) this.fail('truncated', 'the text has no end');
    const found = this.#bytes.subarray(this.#offset, end);
    this.#offset = end + 1;
    return found;
  }

  /** UTF-16 up to the next unit that is 0, which is taken too. */
  untilZeroUnit(): Uint8Array {
    for (let at = this.#offset; at + 1 < this.#bytes.length; at += 2) {
      if (this.#bytes[at] !== 0 || this.#bytes[at + 1] !== 0) continue;
      const found = this.#bytes.subarray(this.#offset, at);
      this.#offset = at + 2;
      return found;
    }
    return this.fail('truncated', 'the text has no end');
  }

  /** A count of things that take at least `least` bytes each: more than can be there is refused before anything is made. */
  count(value: number, least: number): number {
    if (value * least > this.left) this.fail('truncated', `${value} entries are announced and ${this.left} bytes are there`);
    return value;
  }

  /** Reads so many bytes as something of their own: nothing may be left of them. */
  within<T>(size: number, read: (inner: ByteReader) => T): T {
    if (this.#depth >= mostDepth) this.fail('limit', `more than ${mostDepth} structures in each other`);
    const base = this.offset;
    const inner = new ByteReader(this.bytes(size), base, this.#depth + 1);
    const value = read(inner);
    if (inner.left > 0) inner.fail('trailing', `${inner.left} bytes are left over`);
    return value;
  }

  /** Reads something that holds others of its kind. */
  deeper<T>(read: (inner: ByteReader) => T): T {
    if (this.#depth >= mostDepth) this.fail('limit', `more than ${mostDepth} structures in each other`);
    const inner = new ByteReader(this.#bytes.subarray(this.#offset), this.offset, this.#depth + 1);
    const value = read(inner);
    this.#offset += inner.#offset;
    return value;
  }

  /** The bytes that a read takes, taken: for something whose end is known only by reading it. */
  span(read: (inner: ByteReader) => void): Uint8Array {
    const inner = new ByteReader(this.#bytes.subarray(this.#offset), this.offset, this.#depth);
    read(inner);
    return this.bytes(inner.#offset);
  }

  fail(code: WireErrorCode, reason: string): never {
    throw new WireError(code, reason, this.offset);
  }
}
