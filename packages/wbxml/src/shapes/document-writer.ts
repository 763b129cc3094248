import { WbxmlEncodeError } from '../errors.ts';
import { versionBit } from '../protocol-version.ts';
import type { ProtocolVersion, VersionSet } from '../protocol-version.ts';
import { TokenWriter } from '../token-writer.ts';
import type { CodePageElement } from '../code-pages.ts';
import type { Slot } from './shape.ts';

/** What all shapes write to: the tokens, the version, and the way from the root for the words of errors. */
export class DocumentWriter {
  readonly tokens: TokenWriter = new TokenWriter();
  readonly version: VersionSet;
  /** Whether large binary content is to stay apart. */
  readonly apart: boolean;
  /** Members of the open structs with their values, in the order in which they will be written; each struct has a stretch of its own. */
  readonly slots: Slot[] = [];
  readonly values: unknown[] = [];
  used = 0;
  readonly #elements: CodePageElement[] = [];
  readonly #numbers: number[] = [];
  #depth = 0;

  constructor(version: ProtocolVersion, apart: boolean) {
    this.version = versionBit(version);
    this.apart = apart;
  }

  /** An element with its content. */
  element(slot: Slot, value: unknown, number: number): void {
    this.#elements[this.#depth] = slot.element;
    this.#numbers[this.#depth] = number;
    this.#depth += 1;
    this.tokens.open(slot.page, slot.token);
    slot.shape.write(this, value);
    this.tokens.close();
    this.#depth -= 1;
  }

  /** The value of the element in which the writer stands is wrong, or that of its member `key`. */
  fail(reason: string, key?: string): never {
    const path = this.#elements.slice(0, this.#depth).map(({ local }, depth) => `/${local}${(this.#numbers[depth] ?? 0) > 0 ? `[${this.#numbers[depth]}]` : ''}`).join('');
    throw new WbxmlEncodeError(reason, key === undefined ? path : `${path}/${key}`);
  }
}
