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
  #atoms: Atom[] = [];

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
    const writer = new ByteWriter();
    for (let next = this.#peek(); next; next = this.#peek()) {
      const room = size - writer.size;
      const taken = next.bytes.length <= room ? next.bytes.length : next.isDivisible ? room : 0;
      if (taken === 0 && next.bytes.length > 0) break;
      writer.bytes(next.bytes.subarray(0, taken));
      this.#atoms.shift();
      if (taken < next.bytes.length) this.#atoms.unshift({ ...next, bytes: next.bytes.subarray(taken) });
    }
    return writer.finish();
  }

  #peek(): Atom | undefined {
    while (this.#atoms.length === 0) {
      const { value, done } = this.#elements.next();
      if (done) return undefined;
      this.#atoms = [...atomsOf(value, this.#scope)];
    }
    return this.#atoms[0];
  }
}
