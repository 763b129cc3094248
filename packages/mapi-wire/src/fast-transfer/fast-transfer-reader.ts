import { ByteReader } from '../byte-reader.ts';
import { WireError } from '../errors.ts';
import type { Scope } from '../layout/layout.ts';
import { streamElement, type StreamElement } from './stream-element.ts';

/** Bytes that one element may take: more than a message may have. */
const mostPending = 0x1000_0000;

/**
 * Elements from a stream that comes in pieces, wherever it was cut.
 *
 * @example
 * const reader = new FastTransferReader();
 * for (const element of reader.read(piece)) apply(element);
 * reader.end();
 */
export class FastTransferReader {
  readonly #scope: Scope;
  readonly #mostPending: number;
  #bytes: Uint8Array = new Uint8Array(0);
  #begin = 0;
  #end = 0;
  /** Bytes of the stream before those at hand. */
  #before = 0;

  /** @param options `mostPending`: bytes that one element may take; default 256 MiB */
  constructor(scope: Scope = {}, options: { readonly mostPending?: number | undefined } = {}) {
    this.#scope = scope;
    this.#mostPending = options.mostPending ?? mostPending;
  }

  /** How many bytes wait for those that complete their element. */
  get pending(): number {
    return this.#end - this.#begin;
  }

  /** The elements that are complete now. @throws WireError, `limit` for an element that is larger than is read */
  read(piece: Uint8Array): readonly StreamElement[] {
    this.#append(piece);
    const elements: StreamElement[] = [];
    for (let element = this.#next(); element; element = this.#next()) elements.push(element);
    if (this.pending > this.#mostPending) throw new WireError('limit', `an element has more than ${this.#mostPending} bytes`, this.#before + this.#begin);
    return elements;
  }

  /** Says that no more pieces come. @throws WireError truncated, if the last element is not complete */
  end(): void {
    if (this.pending > 0) throw new WireError('truncated', `${this.pending} bytes are the beginning of an element`, this.#before + this.#end);
  }

  /** Values are views of what is kept: it is left behind when room is needed, never written over. */
  #append(piece: Uint8Array): void {
    if (this.#end + piece.length > this.#bytes.length) {
      const kept = this.#bytes.subarray(this.#begin, this.#end);
      this.#bytes = new Uint8Array(Math.max(kept.length * 2, kept.length + piece.length));
      this.#bytes.set(kept);
      this.#before += this.#begin;
      this.#begin = 0;
      this.#end = kept.length;
    }
    this.#bytes.set(piece, this.#end);
    this.#end += piece.length;
  }

  #next(): StreamElement | undefined {
    if (this.pending === 0) return undefined;
    const reader = new ByteReader(this.#bytes.subarray(this.#begin, this.#end), this.#before + this.#begin);
    try {
      const element = streamElement.read(reader, this.#scope);
      this.#begin = this.#end - reader.left;
      return element;
    } catch (thrown) {
      if (thrown instanceof WireError && thrown.code === 'truncated') return undefined;
      throw thrown;
    }
  }
}
