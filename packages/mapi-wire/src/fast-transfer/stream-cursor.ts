import { WireError } from '../errors.ts';
import type { MarkerName } from './markers.ts';
import { isMarker, type StreamElement, type StreamProperty } from './stream-element.ts';

/** Messages may be attached to each other as deep, and folders stand in each other. */
const mostDepth = 64;

/** [MS-OXCFXICS] 2.2.4.3.20. */
export type PropList = readonly StreamProperty[];

/** [MS-OXCFXICS] 2.2.4.3.4: ends whatever is being read, up to what can go on after it. */
export class ErrorInfoFound extends Error {
  override readonly name = 'ErrorInfoFound';
  readonly propList: PropList;

  constructor(propList: PropList) {
    super('a producer could not go on');
    this.propList = propList;
  }
}

/** Goes through the elements of a stream. @throws WireError whose offset counts elements */
export class StreamCursor {
  readonly #elements: readonly StreamElement[];
  #at = 0;
  #depth = 0;

  constructor(elements: readonly StreamElement[]) {
    this.#elements = elements;
  }

  get #next(): StreamElement | undefined {
    return this.#elements[this.#at];
  }

  isAt(...names: readonly MarkerName[]): boolean {
    const next = this.#next;
    return next !== undefined && isMarker(next) && names.includes(next.marker);
  }

  /** Whether the next one is a property with that tag. */
  isAtTag(...tags: readonly number[]): boolean {
    const next = this.#next;
    return next !== undefined && !isMarker(next) && tags.includes(next.tag);
  }

  /** Takes a marker if it is the next one. @throws ErrorInfoFound */
  skip(name: MarkerName): boolean {
    this.#checkErrorInfo();
    if (!this.isAt(name)) return false;
    this.#at++;
    return true;
  }

  /** Takes a marker that has to be there. */
  expect(name: MarkerName): void {
    if (!this.skip(name)) this.fail(`${name} has to stand`);
  }

  /** Takes a property if it is the next one and has that tag. */
  take(tag: number): StreamProperty | undefined {
    if (!this.isAtTag(tag)) return undefined;
    return this.#elements[this.#at++] as StreamProperty;
  }

  /** Takes properties up to a marker, or to one of those tags. @throws ErrorInfoFound */
  propList(...except: readonly number[]): PropList {
    const taken: StreamProperty[] = [];
    for (let next = this.#next; next && !isMarker(next) && !except.includes(next.tag); next = this.#next) {
      taken.push(next);
      this.#at++;
    }
    this.#checkErrorInfo();
    return taken;
  }

  /** Takes `read` again and again while one of the markers is the next. */
  many<T>(names: readonly MarkerName[], read: () => T): readonly T[] {
    const all: T[] = [];
    while (this.isAt(...names)) all.push(read());
    return all;
  }

  /** Reads something that may hold others of its kind. */
  deeper<T>(read: () => T): T {
    if (this.#depth >= mostDepth) throw new WireError('limit', `more than ${mostDepth} messages or folders in each other; counted in elements,`, this.#at);
    this.#depth++;
    const value = read();
    this.#depth--;
    return value;
  }

  /** What an error ended is left. */
  restart(): void {
    this.#depth = 0;
  }

  /** Nothing may be left. */
  end(): void {
    this.#checkErrorInfo();
    if (this.#next) this.fail('nothing has to stand');
  }

  fail(what: string): never {
    const next = this.#next;
    const found = next === undefined ? 'the stream ends' : isMarker(next) ? `${next.marker} stands` : `property 0x${next.tag.toString(16).padStart(8, '0')} stands`;
    throw new WireError(next === undefined ? 'truncated' : 'invalid', `${found} where ${what}; counted in elements,`, this.#at);
  }

  #checkErrorInfo(): void {
    if (!this.isAt('FXErrorInfo')) return;
    this.#at++;
    throw new ErrorInfoFound(this.propList());
  }
}
