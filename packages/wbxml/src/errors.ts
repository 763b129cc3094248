/** Why bytes are not a WBXML document of ActiveSync. */
export const WbxmlFault = {
  /** The bytes end inside of something. */
  Truncated: 'truncated',
  /** The first byte is not WBXML 1.1, 1.2 or 1.3. */
  Version: 'version',
  /** The public identifier's string lies outside of the string table. */
  PublicId: 'public-id',
  /** The character set is neither UTF-8 nor US-ASCII. */
  Charset: 'charset',
  /** A multi-byte integer of more than 32 bits or five bytes. */
  Integer: 'integer',
  /** A string reference outside of the string table. */
  StringReference: 'string-reference',
  UnknownPage: 'unknown-page',
  UnknownToken: 'unknown-token',
  /** The attribute bit, which ActiveSync does not use. */
  Attributes: 'attributes',
  /** EXT_* tokens. */
  Extension: 'extension',
  ProcessingInstruction: 'processing-instruction',
  /** LITERAL* tokens: names outside of the code pages. */
  Literal: 'literal',
  /** ENTITY tokens, which ActiveSync does not use. */
  Entity: 'entity',
  /** Text that is not what its character set says. */
  Encoding: 'encoding',
  /** No element where the root should be: text or an end. */
  NoRoot: 'no-root',
  /** Bytes after the end of the root. */
  Trailing: 'trailing',
  /** More bytes than allowed. */
  TooLarge: 'too-large',
  /** More open elements than allowed. */
  TooDeep: 'too-deep',
  /** More elements than allowed. */
  TooMany: 'too-many',
} as const;
export type WbxmlFault = (typeof WbxmlFault)[keyof typeof WbxmlFault];

const hex = (offset: number): string => `offset ${offset} (0x${offset.toString(16)})`;

/** The bytes are not a WBXML document of ActiveSync; `offset` is that of the byte that was in the way. */
export class WbxmlError extends Error {
  override readonly name = 'WbxmlError';
  readonly code: WbxmlFault;
  readonly offset: number;

  constructor(code: WbxmlFault, offset: number, reason: string) {
    super(`${reason} at ${hex(offset)}`);
    this.code = code;
    this.offset = offset;
  }
}

/** What a document can do wrong against its declared shape. */
export const ViolationKind = {
  /** An element that may not stand here, or not in this version. */
  Unexpected: 'unexpected',
  /** A required element is not there, or there are fewer than the least. */
  Missing: 'missing',
  /** An element that may stand here once stands here twice, or more often than the most. */
  Repeated: 'repeated',
  /** The text is not a value of the element's type. */
  Value: 'value',
  /** Text in an element that has only children, or anything in a tag that is empty. */
  Content: 'content',
  /** An element stands after one that it has to precede. */
  Order: 'order',
  /** The document is another one. */
  Root: 'root',
} as const;
export type ViolationKind = (typeof ViolationKind)[keyof typeof ViolationKind];

/**
 * The document is well-formed but not what its shape says.
 *
 * `path` names the elements from the root, those that may be repeated with their number (`/Sync/Collections/Collection[2]/SyncKey`);
 * `element` is the one in question with its page; `offset` is that of its tag, of its content where that is wrong, and of the
 * parent's end where it is missing.
 */
export class ShapeViolation extends Error {
  override readonly name = 'ShapeViolation';
  readonly kind: ViolationKind;
  readonly path: string;
  readonly element: string;
  readonly offset: number;

  constructor(kind: ViolationKind, path: string, element: string, offset: number, reason: string) {
    super(`${path}: ${reason} at ${hex(offset)}`);
    this.kind = kind;
    this.path = path;
    this.element = element;
    this.offset = offset;
  }
}

/** A value of ours does not fit the shape: a bug in the code that made it, never the client's fault. */
export class WbxmlEncodeError extends Error {
  override readonly name = 'WbxmlEncodeError';
  readonly path: string;

  constructor(reason: string, path: string) {
    super(`${path}: ${reason}`);
    this.path = path;
  }
}
