/** Where something stands in a document: both 1-based, as .NET's XmlReader counts. */
export interface Place {
  readonly line: number;
  readonly position: number;
}

/** Line and position of an offset, counting `\r\n`, `\n` and `\r` as ends of line. */
export function placeOf(text: string, offset: number): Place {
  let line = 1;
  let start = 0;
  const newline = /\r\n|\n|\r/g;
  for (let match = newline.exec(text); match && newline.lastIndex <= offset; match = newline.exec(text)) {
    line += 1;
    start = newline.lastIndex;
  }
  return { line, position: offset - start + 1 };
}

/**
 * The document is well-formed but not what the schema says. Exchange answers it with ErrorSchemaValidation.
 *
 * `violation` is the sentence that .NET's validator would say, `line` and `position` where it would say it,
 * `path` the names of the open elements, for people.
 */
export class SchemaViolation extends Error {
  override readonly name = 'SchemaViolation';
  readonly violation: string;
  readonly line: number;
  readonly position: number;
  readonly path: string;

  constructor(violation: string, place: Place, path: string) {
    super(`${violation} (line ${place.line}, position ${place.position}, ${path})`);
    this.violation = violation;
    this.line = place.line;
    this.position = place.position;
    this.path = path;
  }
}

/** The bytes are not an XML document. `violation` is .NET's sentence, which ends in line and position where .NET gives them (else they are 0). */
export class MalformedXmlError extends Error {
  override readonly name = 'MalformedXmlError';
  readonly violation: string;
  readonly line: number;
  readonly position: number;

  constructor(reason: string, place: Place | undefined) {
    const violation = place ? `${reason} Line ${place.line}, position ${place.position}.` : reason;
    super(violation);
    this.violation = violation;
    this.line = place?.line ?? 0;
    this.position = place?.position ?? 0;
  }
}

/** The document is larger, deeper or wider than allowed; it was not read to its end. */
export class XmlLimitError extends Error {
  override readonly name = 'XmlLimitError';
  readonly limit: 'bytes' | 'depth' | 'attributes';
  readonly allowed: number;

  constructor(limit: 'bytes' | 'depth' | 'attributes', allowed: number) {
    super(`the document has more ${limit} than the ${allowed} allowed`);
    this.limit = limit;
    this.allowed = allowed;
  }
}

export const EnvelopeFault = {
  NotAnEnvelope: 'not-an-envelope',
  VersionMismatch: 'version-mismatch',
  UnexpectedChild: 'unexpected-child',
  NoBody: 'no-body',
  EmptyBody: 'empty-body',
  SeveralOperations: 'several-operations',
  UnknownOperation: 'unknown-operation',
  MustUnderstand: 'must-understand',
  /** A header block that was there already. */
  DuplicateBlock: 'duplicate-block',
} as const;
export type EnvelopeFault = (typeof EnvelopeFault)[keyof typeof EnvelopeFault];

/** The document is XML but no SOAP 1.1 envelope with one known operation; `element` is the name that was in the way, as `uri:local`. */
export class EnvelopeError extends Error {
  override readonly name = 'EnvelopeError';
  readonly reason: EnvelopeFault;
  readonly element: string;
  readonly line: number;
  readonly position: number;

  constructor(reason: EnvelopeFault, element: string, place: Place) {
    super(`${reason}: ${element || '(nothing)'} (line ${place.line}, position ${place.position})`);
    this.reason = reason;
    this.element = element;
    this.line = place.line;
    this.position = place.position;
  }
}

/** A value of ours does not fit the schema: a bug in the code that made it, never the client's fault. */
export class XmlEncodeError extends Error {
  override readonly name = 'XmlEncodeError';
  readonly path: string;

  constructor(reason: string, path: string) {
    super(`${path}: ${reason}`);
    this.path = path;
  }
}

/** `uri:local`, as .NET writes a qualified name in a sentence. */
export const qualifiedName = (uri: string, local: string): string => (uri ? `${uri}:${local}` : local);

/** `'local' in namespace 'uri'`, as .NET describes an element. */
export const describeName = (uri: string, local: string): string => (uri ? `'${local}' in namespace '${uri}'` : `'${local}'`);
