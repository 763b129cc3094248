/** Bytes that are not what they should be; `offset` is where that was seen. */
export class CalendarBytesError extends Error {
  override readonly name = 'CalendarBytesError';
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(`${message} at byte ${offset}`);
    this.offset = offset;
  }
}

/** Reads little-endian structures; every read beyond the end throws. */
export class ByteReader {
  readonly #view: DataView;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get offset(): number {
    return this.#offset;
  }

  get left(): number {
    return this.#view.byteLength - this.#offset;
  }

  #take(size: number): number {
    if (size > this.left) throw new CalendarBytesError(`${size} bytes are missing`, this.#offset);
    const at = this.#offset;
    this.#offset += size;
    return at;
  }

  uint16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  int32(): number {
    return this.#view.getInt32(this.#take(4), true);
  }

  bytes(size: number): Uint8Array {
    const at = this.#take(size);
    return new Uint8Array(this.#view.buffer.slice(this.#view.byteOffset + at, this.#view.byteOffset + at + size));
  }

  /** UTF-16LE of so many units, whatever they are. */
  utf16(units: number): string {
    const at = this.#take(units * 2);
    let text = '';
    for (let i = 0; i < units; i++) text += String.fromCharCode(this.#view.getUint16(at + i * 2, true));
    return text;
  }

  /** One byte a character: what code page it is, the caller knows. */
  latin1(size: number): string {
    const at = this.#take(size);
    let text = '';
    for (let i = 0; i < size; i++) text += String.fromCharCode(this.#view.getUint8(at + i));
    return text;
  }

  /** A count of things that take at least `size` bytes each: more than can be there is refused before anything is made. */
  count(value: number, size: number): number {
    if (value * size > this.left) throw new CalendarBytesError(`${value} entries cannot follow`, this.#offset);
    return value;
  }

  fail(message: string): never {
    throw new CalendarBytesError(message, this.#offset);
  }
}

/** Writes little-endian structures. */
export class ByteWriter {
  #bytes = new Uint8Array(256);
  #size = 0;

  #room(size: number): DataView {
    if (this.#size + size > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#size + size));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    const view = new DataView(this.#bytes.buffer, this.#size, size);
    this.#size += size;
    return view;
  }

  uint16(...values: readonly number[]): this {
    for (const value of values) this.#room(2).setUint16(0, value, true);
    return this;
  }

  uint32(...values: readonly number[]): this {
    for (const value of values) this.#room(4).setUint32(0, value, true);
    return this;
  }

  bytes(bytes: Uint8Array): this {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#size - bytes.length);
    return this;
  }

  utf16(text: string): this {
    for (let i = 0; i < text.length; i++) this.uint16(text.charCodeAt(i));
    return this;
  }

  latin1(text: string): this {
    return this.bytes(Uint8Array.from(text, (each) => each.charCodeAt(0)));
  }

  done(): Uint8Array {
    return this.#bytes.slice(0, this.#size);
  }
}
