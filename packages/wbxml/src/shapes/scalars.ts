import { fromBase64, toBase64 } from '../base64.ts';
import { concatenate } from '../bytes.ts';
import { ViolationKind } from '../errors.ts';
import { TokenKind } from '../token-reader.ts';
import type { DocumentReader } from './document-reader.ts';
import type { DocumentWriter } from './document-writer.ts';
import { ShapeNode } from './shape.ts';
import type { Shape } from './shape.ts';

export interface TextOptions<V extends string = string> {
  /** In UTF-16 code units, as .NET's validator counts. */
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  /** Tested as it stands: anchor it. */
  readonly pattern?: RegExp | undefined;
  readonly oneOf?: readonly V[] | undefined;
}

class TextShape extends ShapeNode<string> {
  readonly #minLength: number;
  readonly #maxLength: number;
  readonly #pattern: RegExp | undefined;
  readonly #oneOf: ReadonlySet<string> | undefined;

  constructor({ minLength, maxLength, pattern, oneOf }: TextOptions) {
    super();
    this.#minLength = minLength ?? 0;
    this.#maxLength = maxLength ?? Infinity;
    // Without the flags that make a RegExp remember where it was.
    this.#pattern = pattern && new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
    this.#oneOf = oneOf && new Set(oneOf);
  }

  override read(reader: DocumentReader, hasContent: boolean): string {
    const { tokens } = reader;
    const tag = tokens.tokenOffset;
    const text = reader.readText(hasContent);
    const fault = this.#faultOf(text);
    if (fault !== undefined) reader.fail(ViolationKind.Value, fault, tag);
    return text;
  }

  override write(writer: DocumentWriter, value: unknown): void {
    if (typeof value !== 'string') return writer.fail('is no string');
    const fault = this.#faultOf(value);
    if (fault !== undefined) writer.fail(fault);
    writer.tokens.text(value);
  }

  #faultOf(text: string): string | undefined {
    if (text.length > this.#maxLength) return `is longer than ${this.#maxLength} characters`;
    if (text.length < this.#minLength) return `is shorter than ${this.#minLength} characters`;
    if (this.#pattern !== undefined && !this.#pattern.test(text)) return `does not match ${String(this.#pattern)}`;
    if (this.#oneOf !== undefined && !this.#oneOf.has(text)) return `is none of ${[...this.#oneOf].join(', ')}`;
    return undefined;
  }
}

/**
 * Text; opaque content is read as UTF-8.
 *
 * @example
 * const subject = text({ maxLength: 255 });
 * const klass = text({ oneOf: ['Email', 'Calendar'] }); // 'Email' | 'Calendar'
 */
export function text<const V extends string>(options: TextOptions<V> & { readonly oneOf: readonly V[] }): Shape<V>;
export function text(options?: TextOptions): Shape<string>;
export function text(options: TextOptions = {}): Shape<string> {
  return new TextShape(options);
}

export interface IntegerOptions {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

const INTEGER = /^[ \t\r\n]*[+-]?[0-9]+[ \t\r\n]*$/;

class IntegerShape extends ShapeNode<number> {
  readonly #min: number;
  readonly #max: number;

  constructor({ min, max }: IntegerOptions) {
    super();
    this.#min = min ?? Number.MIN_SAFE_INTEGER;
    this.#max = max ?? Number.MAX_SAFE_INTEGER;
  }

  override read(reader: DocumentReader, hasContent: boolean): number {
    const tag = reader.tokens.tokenOffset;
    const content = reader.readText(hasContent);
    // The white space and the sign of XSD's integers.
    const value = INTEGER.test(content) ? Number(content) + 0 : NaN;
    if (!(value >= this.#min && value <= this.#max)) reader.fail(ViolationKind.Value, this.#expected(), tag);
    return value;
  }

  override write(writer: DocumentWriter, value: unknown): void {
    if (!Number.isSafeInteger(value) || (value as number) < this.#min || (value as number) > this.#max) writer.fail(this.#expected());
    writer.tokens.text(String(value));
  }

  #expected(): string {
    return `is no integer from ${this.#min} to ${this.#max}`;
  }
}

/** An integer, of 53 bits unless told otherwise. */
export const integer = (options: IntegerOptions = {}): Shape<number> => new IntegerShape(options);

export interface FlagOptions {
  /** What the tag without content means, where it may stand so (`GetChanges`: true); by default it is no value. */
  readonly whenEmpty?: boolean | undefined;
}

class FlagShape extends ShapeNode<boolean> {
  readonly #whenEmpty: boolean | undefined;

  constructor({ whenEmpty }: FlagOptions) {
    super();
    this.#whenEmpty = whenEmpty;
  }

  override read(reader: DocumentReader, hasContent: boolean): boolean {
    const tag = reader.tokens.tokenOffset;
    const content = reader.readText(hasContent);
    if (content === '1') return true;
    if (content === '0') return false;
    if (content === '' && this.#whenEmpty !== undefined) return this.#whenEmpty;
    return reader.fail(ViolationKind.Value, 'is neither 0 nor 1', tag);
  }

  override write(writer: DocumentWriter, value: unknown): void {
    if (typeof value !== 'boolean') writer.fail('is no boolean');
    writer.tokens.text(value ? '1' : '0');
  }
}

/** A boolean, `0` or `1` on the wire: [MS-ASDTYPE] 2.1. */
export const flag = (options: FlagOptions = {}): Shape<boolean> => new FlagShape(options);

class EmptyTagShape extends ShapeNode<true> {
  override read(reader: DocumentReader, hasContent: boolean): true {
    if (!hasContent) return true;
    const kind = reader.tokens.next();
    if (kind === TokenKind.Close) return true;
    return kind < TokenKind.Close ? reader.unexpected() : reader.fail(ViolationKind.Content, 'content in a tag that is empty');
  }

  override write(writer: DocumentWriter, value: unknown): void {
    if (value !== true) writer.fail('is not true; leave the member out for false');
  }
}

/** A tag that says all by being there: `true`. */
export const emptyTag = (): Shape<true> => new EmptyTagShape();

class BinaryShape extends ShapeNode<Uint8Array> {
  override read(reader: DocumentReader, hasContent: boolean): Uint8Array {
    return concatenate(readPieces(reader, hasContent).map(({ bytes }) => bytes));
  }

  override write(writer: DocumentWriter, value: unknown): void {
    if (!(value instanceof Uint8Array)) return writer.fail('is no Uint8Array');
    writer.tokens.opaque(value, writer.apart);
  }
}

/** Bytes, opaque on the wire; inline text is read as its bytes. What is read is a view of the document. */
export const binary = (): Shape<Uint8Array> => new BinaryShape();

/** All content of an element without children: one piece, for all but the strangest encoders. */
function readPieces(reader: DocumentReader, hasContent: boolean): { readonly bytes: Uint8Array; readonly text: string | undefined }[] {
  const pieces: { readonly bytes: Uint8Array; readonly text: string | undefined }[] = [];
  if (!hasContent) return pieces;
  const { tokens } = reader;
  for (let kind = tokens.next(); kind !== TokenKind.Close; kind = tokens.next()) {
    if (kind < TokenKind.Close) reader.unexpected();
    pieces.push({ bytes: tokens.opaque(), text: kind === TokenKind.Text ? tokens.text() : undefined });
  }
  return pieces;
}

class TextOrBinaryShape extends ShapeNode<string | Uint8Array> {
  override read(reader: DocumentReader, hasContent: boolean): string | Uint8Array {
    const pieces = readPieces(reader, hasContent);
    if (pieces.some(({ text }) => text === undefined)) return concatenate(pieces.map(({ bytes }) => bytes));
    return pieces.map(({ text }) => text).join('');
  }

  override write(writer: DocumentWriter, value: unknown): void {
    if (typeof value === 'string') writer.tokens.text(value);
    else if (value instanceof Uint8Array) writer.tokens.opaque(value, writer.apart);
    else writer.fail('is neither a string nor a Uint8Array');
  }
}

/** As on the wire: a string for inline text, bytes for opaque content (`Mime`, which clients send in either form). */
export const textOrBinary = (): Shape<string | Uint8Array> => new TextOrBinaryShape();

class Base64Shape extends ShapeNode<Uint8Array> {
  override read(reader: DocumentReader, hasContent: boolean): Uint8Array {
    const tag = reader.tokens.tokenOffset;
    return fromBase64(reader.readText(hasContent)) ?? reader.fail(ViolationKind.Value, 'is not base64', tag);
  }

  override write(writer: DocumentWriter, value: unknown): void {
    if (!(value instanceof Uint8Array)) return writer.fail('is no Uint8Array');
    writer.tokens.text(toBase64(value));
  }
}

/** Bytes, base64 text on the wire. */
export const base64 = (): Shape<Uint8Array> => new Base64Shape();
