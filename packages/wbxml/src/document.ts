import { findElement } from './code-pages.ts';
import type { CodePageElement, ElementName } from './code-pages.ts';
import { ShapeViolation, ViolationKind } from './errors.ts';
import { newestVersion } from './protocol-version.ts';
import type { ProtocolVersion } from './protocol-version.ts';
import { DocumentReader } from './shapes/document-reader.ts';
import { DocumentWriter } from './shapes/document-writer.ts';
import { slotOf } from './shapes/shape.ts';
import type { Shape, ShapeNode, Slot, ValueOf } from './shapes/shape.ts';
import { TokenKind, TokenReader } from './token-reader.ts';
import type { WbxmlLimits } from './token-reader.ts';

/** A root element and what it holds. Made by `document`. */
export interface Document<T, N extends ElementName = ElementName> {
  readonly root: N;
  readonly shape: Shape<T>;
  /** Only there for the types. */
  readonly '~value'?: T;
}

/**
 * Declares a document.
 *
 * @example
 * const FolderSync = document('FolderHierarchy:FolderSync', struct('FolderHierarchy', { SyncKey: text() }));
 * type FolderSyncRequest = ValueOf<typeof FolderSync>; // { SyncKey: string }
 */
export const document = <N extends ElementName, T>(root: N, shape: Shape<T>): Document<T, N> => ({ root, shape });

export interface DecodeOptions {
  /** The version that the client speaks; the newest by default. */
  readonly version?: ProtocolVersion | undefined;
  readonly limits?: WbxmlLimits | undefined;
}

export interface EncodeOptions {
  /** The version that the client speaks; the newest by default. */
  readonly version?: ProtocolVersion | undefined;
}

/** Documents by the names of their roots. */
export type Documents = Readonly<Record<string, Document<unknown>>>;

/** `{ root: 'AirSync:Sync', value: … }`, one of several: narrows by `root`. */
export type DecodedAny<D extends Documents> = { [N in keyof D]: { readonly root: N; readonly value: ValueOf<D[N]> } }[keyof D];

/**
 * Reads a document of one kind. Bytes that are no WBXML are told of before anything that the shape forbids.
 *
 * @throws WbxmlError | ShapeViolation
 * @example
 * const FolderSync = document('FolderHierarchy:FolderSync', struct('FolderHierarchy', { SyncKey: text() }));
 * const { SyncKey } = decodeDocument(bytes, FolderSync, { version: '14.1' });
 */
export function decodeDocument<T>(bytes: Uint8Array, expected: Document<T>, options: DecodeOptions = {}): T {
  return read(bytes, { [expected.root]: expected }, options).value as T;
}

/**
 * Reads a document of one of several kinds, told apart by the root; a root that is none of them is a violation of the kind `root`.
 *
 * @throws WbxmlError | ShapeViolation
 * @example
 * const decoded = decodeAny(bytes, { 'FolderHierarchy:FolderSync': FolderSync, 'Ping:Ping': Ping });
 * if (decoded.root === 'Ping:Ping') console.log(decoded.value);
 */
export function decodeAny<D extends Documents>(bytes: Uint8Array, expected: D, options: DecodeOptions = {}): DecodedAny<D> {
  return read(bytes, expected, options) as DecodedAny<D>;
}

function read(bytes: Uint8Array, expected: Documents, { version = newestVersion, limits }: DecodeOptions): { root: string; value: unknown } {
  const reader = new DocumentReader(bytes, version, limits);
  const { tokens } = reader;
  try {
    const kind = tokens.next();
    const { element } = tokens;
    const found = Object.hasOwn(expected, element.name) ? expected[element.name] : undefined;
    if (!found) return reader.failAt(element, ViolationKind.Root, 0, tokens.tokenOffset, `is not ${Object.keys(expected).join(' or ')}`);
    reader.enter(element, 0);
    const value = (found.shape as ShapeNode<unknown>).read(reader, kind === TokenKind.Open);
    tokens.next();
    return { root: element.name, value };
  } catch (error) {
    // What follows may not be WBXML at all, which Exchange would have met first: it reads the whole before it looks at what it says.
    if (error instanceof ShapeViolation) while (tokens.next() !== TokenKind.End);
    throw error;
  }
}

/**
 * Writes a document: members in the declared order, those that the version does not know left out.
 *
 * @throws WbxmlEncodeError when the value is not of the shape
 * @example
 * const FolderSync = document('FolderHierarchy:FolderSync', struct('FolderHierarchy', { SyncKey: text() }));
 * const bytes = encodeDocument(FolderSync, { SyncKey: '0' }, { version: '14.1' });
 */
export function encodeDocument<T>(declared: Document<T>, value: NoInfer<T>, options: EncodeOptions = {}): Uint8Array {
  return write(declared, value, options, false).tokens.finish();
}

/**
 * Writes a document in pieces: binary content of 16 KiB or more is a piece of its own, the very array that was given.
 *
 * @throws WbxmlEncodeError when the value is not of the shape
 * @example
 * for (const chunk of encodeChunks(FolderSync, { SyncKey: '0' })) response.write(chunk);
 */
export function encodeChunks<T>(declared: Document<T>, value: NoInfer<T>, options: EncodeOptions = {}): readonly Uint8Array[] {
  return write(declared, value, options, true).tokens.finishChunks();
}

function write({ root, shape }: Document<unknown>, value: unknown, { version = newestVersion }: EncodeOptions, apart: boolean): DocumentWriter {
  const writer = new DocumentWriter(version, apart);
  writer.element(rootSlot(root, shape), value, 0);
  return writer;
}

function rootSlot(root: ElementName, shape: Shape<unknown>): Slot {
  const { name } = findElement(root) as CodePageElement;
  return slotOf('AirSync', name, shape, 0);
}

/**
 * The name of the document's root; nothing behind it is looked at.
 *
 * @throws WbxmlError
 * @example
 * peekRoot(new Uint8Array([0x03, 0x01, 0x6a, 0x00, 0x05])); // 'AirSync:Sync'
 */
export function peekRoot(bytes: Uint8Array): ElementName {
  const tokens = new TokenReader(bytes, { legacyTokens: true });
  tokens.next();
  return tokens.element.name;
}
