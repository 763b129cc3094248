import { createCipheriv, createHash } from 'node:crypto';

/**
 * Where a server takes its ids, keys and nonces from: the same seed gives the same sequence.
 *
 * @example
 * const ids = createIdSource('my test');
 * ids.uuid();                 // the same in every run
 * ids.fork('mailbox alice');  // a sequence of its own, whatever was drawn before
 */
export interface IdSource {
  /** A UUID of version 4, lower case. */
  uuid(): string;
  /** `length` bytes, at most 1 MiB. */
  bytes(length: number): Uint8Array;
  /** A fraction in [0, 1). */
  fraction(): number;
  /** An independent source. Depends on this one's seed and the label only; the same label gives the same source. */
  fork(label: string): IdSource;
  /** Where the sequence stands, for a snapshot; forks are not in it. */
  state(): string;
  /** Takes up a sequence again; throws RangeError on a text that state() did not write. */
  restore(state: string): void;
}

const CHUNK = 1024;
const BLOCK = 16;
const LARGEST = 1 << 20;

/** Makes a deterministic source from any text. Not for secrets: whoever knows the seed knows every id. */
export function createIdSource(seed: string): IdSource {
  return new SeededIds(createHash('sha256').update('fauxchange ids\0').update(seed).digest());
}

// AES in counter mode over zeros: fast, and any position can be found again from its number alone.
class SeededIds implements IdSource {
  #key: Buffer;
  #position = 0;
  #chunk: Buffer | undefined;
  #chunkNumber = -1;

  constructor(key: Buffer) { this.#key = key; }

  uuid(): string {
    const sixteen = this.#take(16);
    sixteen[6] = ((sixteen[6] as number) & 0x0f) | 0x40;
    sixteen[8] = ((sixteen[8] as number) & 0x3f) | 0x80;
    const hex = sixteen.toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }

  bytes(length: number): Uint8Array {
    if (!Number.isInteger(length) || length < 0 || length > LARGEST) throw new RangeError(`between 0 and ${String(LARGEST)} bytes can be drawn, not ${String(length)}`);
    return new Uint8Array(this.#take(length));
  }

  fraction(): number { return this.#take(6).readUIntBE(0, 6) / 2 ** 48; }

  fork(label: string): IdSource {
    return new SeededIds(createHash('sha256').update(this.#key).update('fork\0').update(label).digest());
  }

  state(): string { return `${this.#key.toString('hex')}:${String(this.#position)}`; }

  restore(state: string): void {
    const [, key, position] = /^([0-9a-f]{64}):(\d{1,15})$/.exec(state) ?? [];
    if (key === undefined || position === undefined) throw new RangeError('not the state of an id source');
    this.#key = Buffer.from(key, 'hex');
    this.#position = Number(position);
    this.#chunkNumber = -1;
  }

  /** A fresh buffer: callers may change it. */
  #take(length: number): Buffer {
    const out = Buffer.allocUnsafe(length);
    for (let done = 0; done < length;) {
      const within = this.#position % CHUNK;
      const copied = this.#chunkAt(Math.floor(this.#position / CHUNK)).copy(out, done, within);
      done += copied;
      this.#position += copied;
    }
    return out;
  }

  #chunkAt(number: number): Buffer {
    if (this.#chunk === undefined || this.#chunkNumber !== number) {
      const counter = Buffer.alloc(BLOCK);
      counter.writeBigUInt64BE(BigInt(number) * BigInt(CHUNK / BLOCK), 8);
      this.#chunk = createCipheriv('aes-256-ctr', this.#key, counter).update(Buffer.alloc(CHUNK));
      this.#chunkNumber = number;
    }
    return this.#chunk;
  }
}
