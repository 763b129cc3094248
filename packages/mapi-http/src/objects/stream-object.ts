import { binary, type Binary, type Property, type PropertyValue } from '@fauxchange/properties';
import { decodeText, encodeText, errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../errors.ts';
import type { Logon } from '../logon/logon.ts';
import type { PendingValue, PropertyObject } from './property-object.ts';
import { ServerObject } from './server-object.ts';

/** Bytes of a stream: what a message of the model may have. [K] Exchange's own bound is the organization's. */
const mostStreamBytes: number = 36 * 1024 * 1024;
/** Bytes of all streams of a session together. */
const mostSessionBytes = 8 * mostStreamBytes;
/** [MS-OXCPRPT] 3.2.5.18: no place is beyond. */
const mostPosition = 0x8000_0000;

/** What the streams of a session take in memory. */
export interface StreamBudget {
  bytes: number;
}

/** The bytes of a value as a stream has them: texts in UTF-16, or in the code page that the tag asks for. */
export interface StreamForm {
  readonly codePage?: number | undefined;
}

function bytesOf(property: Property, value: PropertyValue, { codePage }: StreamForm): Uint8Array {
  if (property.type !== 'String') return binary.toBytes(value as Binary);
  return codePage === undefined ? Buffer.from(String(value), 'utf16le') : encodeText(String(value), { codePage });
}

function valueOf(property: Property, bytes: Uint8Array, { codePage }: StreamForm): PropertyValue {
  if (property.type !== 'String') return binary.from(bytes);
  const text = codePage === undefined ? Buffer.from(bytes).toString('utf16le') : decodeText(bytes, { codePage });
  // Clients write the zero that ends a text, or do not.
  return text.replace(/\0$/, '');
}

/** A property read and written in pieces, [MS-OXCPRPT] 3.1.4.3. */
export class StreamObject extends ServerObject implements PendingValue {
  override readonly logon: Logon;
  readonly isWritable: boolean;
  readonly #object: PropertyObject;
  readonly #property: Property;
  readonly #form: StreamForm;
  readonly #budget: StreamBudget;
  #bytes: Uint8Array;
  #size = 0;
  #position = 0;

  constructor(object: PropertyObject, property: Property, { value, isWritable, form, budget }: { readonly value: PropertyValue | undefined; readonly isWritable: boolean; readonly form: StreamForm; readonly budget: StreamBudget }) {
    super();
    this.logon = object.logon;
    this.#object = object;
    this.#property = property;
    this.#form = form;
    this.#budget = budget;
    this.isWritable = isWritable;
    this.#bytes = value === undefined ? new Uint8Array(0) : bytesOf(property, value, form);
    this.#size = this.#bytes.length;
    budget.bytes += this.#size;
  }

  get size(): number {
    return this.#size;
  }

  read(most: number): Uint8Array {
    const start = Math.min(this.#position, this.#size);
    const data = this.#bytes.subarray(start, Math.min(this.#size, start + most));
    this.#position = start + data.length;
    return data;
  }

  /** @throws RopError ecTooBig for what goes beyond the bound: nothing is written then */
  write(data: Uint8Array): void {
    this.#checkWritable();
    const end = this.#position + data.length;
    this.#grow(Math.max(end, this.#size));
    this.#bytes.set(data, this.#position);
    this.#position = end;
    this.#object.pending.add(this);
  }

  resize(size: number): void {
    this.#checkWritable();
    this.#grow(size);
    this.#size = size;
    this.#position = Math.min(this.#position, size);
    this.#object.pending.add(this);
  }

  /** Makes it as long as that, with zeros; or as short. */
  #grow(size: number): void {
    if (size > mostStreamBytes) throw new RopError(errorCode.TooBig, `A stream may have ${mostStreamBytes} bytes.`);
    if (size > this.#bytes.length) {
      const room = Math.min(mostStreamBytes, Math.max(size, this.#bytes.length * 2));
      if (this.#budget.bytes + room - this.#bytes.length > mostSessionBytes) throw new RopError(errorCode.OutOfMemory, 'The streams of the session take too much memory.');
      const bytes = new Uint8Array(room);
      bytes.set(this.#bytes.subarray(0, this.#size));
      this.#budget.bytes += room - this.#bytes.length;
      this.#bytes = bytes;
    } else if (size < this.#size) this.#bytes.fill(0, size, this.#size);
    this.#size = size;
  }

  /** @returns the new place. Beyond the end the stream is extended, [MS-OXCPRPT] 3.2.5.18 */
  seek(origin: number, offset: bigint): number {
    const starts: readonly (number | undefined)[] = [0, this.#position, this.#size];
    const start = starts[origin];
    if (start === undefined) throw new RopError(errorCode.StreamInvalidParameter, `No origin of a seek is ${origin}.`);
    const to = BigInt(start) + offset;
    if (to < 0n || to >= BigInt(mostPosition)) throw new RopError(errorCode.StreamSeekError, 'A place before the beginning or beyond all streams.');
    const place = Number(to);
    if (place > this.#size && this.isWritable) {
      this.#grow(place);
      this.#object.pending.add(this);
    }
    this.#position = place;
    return place;
  }

  #checkWritable(): void {
    if (!this.isWritable) throw new RopError(errorCode.StreamAccessDenied, 'The stream was opened for reading only.');
  }

  /** Sets the property to what has been written: [MS-OXCPRPT] 3.2.5.15. */
  async commit(): Promise<void> {
    if (!this.#object.pending.delete(this)) return;
    const [problem] = await this.#object.change(new Map([[this.#property, valueOf(this.#property, this.#bytes.slice(0, this.#size), this.#form)]]));
    if (problem) throw new RopError(problem.code, `${this.#property.name} was not set.`);
  }

  /** What was written is the object's, even if the stream is closed without a word: for a folder too, [MS-OXCPRPT] 3.2.5.13. */
  override async released(isLast: boolean): Promise<void> {
    this.#budget.bytes -= this.#bytes.length;
    // What a message or an attachment has not saved goes with it.
    if (isLast && !this.#object.isImmediate) this.#object.pending.delete(this);
    else await this.commit();
    this.#bytes = new Uint8Array(0);
  }
}
