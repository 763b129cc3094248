import { ByteWriter } from '../byte-writer.ts';
import { WireEncodeError } from '../errors.ts';
import type { Scope } from '../layout/layout.ts';
import { atomsOf, type StreamElement } from './stream-element.ts';
import type { Atom } from './stream-values.ts';

/**
 * A stream in buffers of the sizes that are asked for, as [MS-OXCFXICS] 2.2.4.1 lets it be split: between atoms, or within the content
 * of a text or of binary. Elements are taken when they are needed; where none is left there may be some later.
 *
 * @example
 * const writer = new FastTransferWriter(elements);
 * while (!writer.isDone) send(writer.next(size));
 */
export class FastTransferWriter {
  readonly #elements: Iterator<StreamElement>;
  readonly #scope: Scope;
  #atoms: readonly Atom[] = [];
  #at = 0;
  /** What is left of an atom that was split. */
  #rest: Atom | undefined;

  constructor(elements: Iterable<StreamElement>, scope: Scope = {}) {
    this.#elements = elements[Symbol.iterator]();
    this.#scope = scope;
  }

  /** Whether all was written. */
  get isDone(): boolean {
    return this.#peek() === undefined;
  }

  /** At most so many bytes; none when all was written. @throws WireEncodeError, if what comes next cannot be split and is larger */
  next(size: number): Uint8Array {
    const bytes = this.take(size);
    const left = bytes.length === 0 ? this.#peek() : undefined;
    if (left) throw new WireEncodeError(`${left.bytes.length} bytes that stand together are more than ${size}`);
    return bytes;
  }

  /** The same, but none where what comes next has no room. */
  take(size: number): Uint8Array {
    const writer = new ByteWriter(Math.min(Math.max(0, size), 0x8000));
    for (let next = this.#peek(); next; next = this.#peek()) {
      const room = size - writer.size;
      const taken = next.bytes.length <= room ? next.bytes.length : next.isDivisible ? room : 0;
      if (taken === 0 && next.bytes.length > 0) break;
      if (taken === next.bytes.length) {
        writer.bytes(next.bytes);
        if (this.#rest) this.#rest = undefined;
        else this.#at++;
      } else {
        writer.bytes(next.bytes.subarray(0, taken));
        if (!this.#rest) this.#at++;
        this.#rest = { ...next, bytes: next.bytes.subarray(taken) };
      }
    }
    return writer.finish();
  }

  #peek(): Atom | undefined {
    if (this.#rest) return this.#rest;
    while (this.#at >= this.#atoms.length) {
      const { value, done } = this.#elements.next();
      if (done) return undefined;
      this.#atoms = atomsOf(value, this.#scope);
      this.#at = 0;
    }
    return this.#atoms[this.#at];
  }
}
