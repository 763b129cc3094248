import type { CodePageElement } from '../code-pages.ts';
import { ShapeViolation, ViolationKind } from '../errors.ts';
import { versionBit } from '../protocol-version.ts';
import type { ProtocolVersion, VersionSet } from '../protocol-version.ts';
import { TokenKind, TokenReader } from '../token-reader.ts';
import type { WbxmlLimits } from '../token-reader.ts';
import type { Slot } from './shape.ts';

const BLANKS: readonly number[] = [0x20, 0x09, 0x0d, 0x0a];

/** A place to go on from when an element turns out to be wrong. */
export interface ReaderPlace {
  readonly tokens: number;
  readonly depth: number;
  readonly counts: number;
}

/** What all shapes read from: the tokens, the version, and the way from the root for the words of violations. */
export class DocumentReader {
  readonly tokens: TokenReader;
  readonly version: VersionSet;
  /** How often each slot of the open structs was met: one after the other, each struct in a stretch of its own. */
  counts: Uint32Array = new Uint32Array(256);
  #countsUsed = 0;
  /** The elements from the root to where the reader stands. */
  readonly #elements: CodePageElement[] = [];
  /** Which of its like each element is, counted from 1; 0 for those that stand once. */
  readonly #numbers: number[] = [];
  #depth = 0;

  constructor(bytes: Uint8Array, version: ProtocolVersion, limits: WbxmlLimits | undefined) {
    this.tokens = new TokenReader(bytes, { limits, legacyTokens: version === '2.5' });
    this.version = versionBit(version);
  }

  /** Zeroes for so many slots, at the offset that is returned; `giveBack` when done. */
  claim(slots: number): number {
    const base = this.#countsUsed;
    this.#countsUsed += slots;
    if (this.#countsUsed > this.counts.length) {
      const larger = new Uint32Array(this.#countsUsed * 2);
      larger.set(this.counts);
      this.counts = larger;
    }
    for (let at = base; at < this.#countsUsed; at += 1) this.counts[at] = 0;
    return base;
  }

  giveBack(base: number): void {
    this.#countsUsed = base;
  }

  enter(element: CodePageElement, number: number): void {
    this.#elements[this.#depth] = element;
    this.#numbers[this.#depth] = number;
    this.#depth += 1;
  }

  leave(): void {
    this.#depth -= 1;
  }

  /** Where the reader stands: behind the tag of an element. */
  place(hasContent: boolean): ReaderPlace {
    return { tokens: hasContent ? this.tokens.depth : Infinity, depth: this.#depth, counts: this.#countsUsed };
  }

  /** Passes over what is left of the element behind whose tag the reader stood. */
  skipTo({ tokens, depth, counts }: ReaderPlace): void {
    this.#depth = depth;
    this.#countsUsed = counts;
    while (this.tokens.depth >= tokens) this.tokens.next();
  }

  /** The text of the element in which the reader stands, up to its end; it may have no children. */
  readText(hasContent: boolean): string {
    if (!hasContent) return '';
    const { tokens } = this;
    let text = '';
    for (let kind = tokens.next(); kind !== TokenKind.Close; kind = tokens.next()) {
      if (kind < TokenKind.Close) this.unexpected();
      text = text === '' ? this.textOf(kind) : text + this.textOf(kind);
    }
    return text;
  }

  /** The content that was just read as text. Opaque bytes that are none are no fault of the WBXML, but no value either. */
  textOf(kind: TokenKind): string {
    const { tokens } = this;
    if (kind !== TokenKind.Opaque) return tokens.text();
    try {
      return tokens.text();
    } catch {
      return this.fail(ViolationKind.Value, 'holds bytes that are not UTF-8');
    }
  }

  /** Skips what may stand in an element without meaning anything: white space between its children. */
  refuseText(): void {
    const { bytes, contentStart, contentEnd } = this.tokens;
    for (let at = contentStart; at < contentEnd; at += 1) if (!BLANKS.includes(bytes[at] as number)) this.fail(ViolationKind.Content, 'text in an element that has none');
  }

  /** The tag that was just read may not stand here. */
  unexpected(): never {
    this.failAt(this.tokens.element, ViolationKind.Unexpected, 0, this.tokens.tokenOffset, 'is not expected here');
  }

  /** The element in which the reader stands is wrong. */
  fail(kind: ViolationKind, reason: string, offset: number = this.tokens.tokenOffset): never {
    throw new ShapeViolation(kind, this.#path(), this.#elements[this.#depth - 1]?.name ?? '', offset, reason);
  }

  /** A child of the element in which the reader stands is wrong. */
  failAt(element: CodePageElement, kind: ViolationKind, number: number, offset: number, reason: string): never {
    this.enter(element, number);
    this.fail(kind, reason, offset);
  }

  missing(slot: Slot, number: number): never {
    this.failAt(slot.element, ViolationKind.Missing, number, this.tokens.tokenOffset, 'is missing');
  }

  #path(): string {
    return this.#elements.slice(0, this.#depth).map(({ local }, depth) => `/${local}${(this.#numbers[depth] ?? 0) > 0 ? `[${this.#numbers[depth]}]` : ''}`).join('');
  }
}
