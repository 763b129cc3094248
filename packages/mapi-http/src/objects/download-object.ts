import { FastTransferWriter, errorCode, type StreamElement } from '@fauxchange/mapi-wire';
import { RopError } from '../errors.ts';
import type { Logon } from '../logon/logon.ts';
import { ServerObject } from './server-object.ts';

/** TransferStatus, [MS-OXCFXICS] 2.2.3.1.1.5.2. */
export const transferStatus = { Error: 0x0, Partial: 0x1, NoRoom: 0x2, Done: 0x3 } as const;
const mostSteps = 0xffff;

export interface Portion {
  readonly bytes: Uint8Array;
  readonly isDone: boolean;
  /** Steps that are done and all of them, as far as they can be counted in two bytes. */
  readonly inProgress: number;
  readonly total: number;
}

/** Elements as they come: those at hand, until there are more. */
class ElementQueue implements Iterator<StreamElement>, Iterable<StreamElement> {
  #current: Iterator<StreamElement> = [][Symbol.iterator]();

  [Symbol.iterator](): this {
    return this;
  }

  put(elements: Iterable<StreamElement>): void {
    this.#current = elements[Symbol.iterator]();
  }

  next(): IteratorResult<StreamElement> {
    return this.#current.next();
  }
}

/** A FastTransfer download context: what RopFastTransferSourceGetBuffer reads. [MS-OXCFXICS] 3.2.1 */
export abstract class DownloadObject extends ServerObject {
  override readonly logon: Logon;
  readonly #queue = new ElementQueue();
  readonly #writer: FastTransferWriter;
  #source: AsyncIterator<Iterable<StreamElement>> | undefined;
  #done = 0;
  #isDone = false;
  #failure: unknown;

  /** @param codePage of texts of 8 bits */
  constructor(logon: Logon, codePage: number) {
    super();
    this.logon = logon;
    this.#writer = new FastTransferWriter(this.#queue, { codePage });
  }

  /** What the stream is made of, a step after the other; each is made when it is needed. */
  protected abstract steps(): AsyncIterable<Iterable<StreamElement>>;
  /** How many steps there are, as far as that is known. */
  protected abstract readonly stepCount: number;

  get isDone(): boolean {
    return this.#isDone;
  }

  get isStarted(): boolean {
    return this.#source !== undefined;
  }

  /** The next bytes, at most so many. What has failed once fails again, [MS-OXCFXICS] 3.2.5.8.1.5. */
  async next(size: number): Promise<Portion> {
    if (this.#failure !== undefined) throw this.#failure as Error;
    try {
      return await this.#next(size);
    } catch (thrown) {
      this.#failure = thrown;
      throw thrown;
    }
  }

  async #next(size: number): Promise<Portion> {
    const pieces: Uint8Array[] = [];
    let room = size;
    for (;;) {
      const piece = this.#writer.take(room);
      pieces.push(piece);
      room -= piece.length;
      if (!this.#writer.isDone || !(await this.#more())) break;
    }
    if (room === size && !this.#isDone) throw new RopError(errorCode.BufferTooSmall, `Not even what stands together has room in ${size} bytes.`);
    return { bytes: Buffer.concat(pieces), isDone: this.#isDone, ...this.#progress() };
  }

  async #more(): Promise<boolean> {
    if (this.#isDone) return false;
    this.#source ??= this.steps()[Symbol.asyncIterator]();
    const { value, done } = await this.#source.next();
    if (done === true) {
      this.#isDone = true;
      return false;
    }
    this.#done++;
    this.#queue.put(value);
    return true;
  }

  #progress(): Pick<Portion, 'inProgress' | 'total'> {
    const total = Math.max(1, this.stepCount, this.#done);
    const scale = Math.max(1, total / mostSteps);
    const done = this.#isDone ? total : Math.max(0, this.#done - 1);
    return { inProgress: Math.floor(done / scale), total: Math.floor(total / scale) };
  }

  override released(): void {
    void this.#source?.return?.();
  }
}
