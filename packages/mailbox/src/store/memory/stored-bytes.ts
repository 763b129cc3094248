import type { StoredBytes } from '../../items/item.ts';

/** Bytes that stay in memory. */
export class BytesInMemory implements StoredBytes {
  readonly #bytes: Uint8Array;

  /** Copies a view on a larger buffer, which would be kept alive whole; otherwise takes the bytes over. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes.byteLength === bytes.buffer.byteLength ? bytes : Uint8Array.prototype.slice.call(bytes);
  }

  get size(): number {
    return this.#bytes.byteLength;
  }

  peek(): Uint8Array {
    return this.#bytes;
  }

  read(): Promise<Uint8Array> {
    return Promise.resolve(this.#bytes);
  }
}
