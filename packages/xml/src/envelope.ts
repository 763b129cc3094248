import type { DecodeOptions } from './decode.ts';
import { boundedText, ElementReader, SOAP11 } from './decode.ts';
import type { EncodeOptions } from './encode.ts';
import { DECLARATION, ElementWriter, namespaceDeclarations } from './encode.ts';
import { escapeAttribute, escapeText } from './escape.ts';
import type { XmlSource, XmlTag } from './parse.ts';
import { readXml } from './parse.ts';
import type { Field, QName, Schema } from './plan.ts';
import { attributeOffset } from './tag-attributes.ts';
import { EnvelopeError, EnvelopeFault, qualifiedName, SchemaViolation, XmlEncodeError } from './violation.ts';
import type { XmlNode } from './xml-node.ts';
import { renderXml } from './xml-node.ts';
import { XmlWriter } from './writer.ts';

/** Header blocks by local name, decoded by the schema. */
export type SoapHeader = Readonly<Record<string, unknown>>;

export interface DecodedEnvelope {
  readonly header: SoapHeader;
  /** The element in soap:Body, with the schema's prefix: `m:GetItem`. */
  readonly name: QName;
  readonly value: unknown;
  /** The schema that the body was read with. */
  readonly schema: Schema;
  /** The whole document, and where in it the body's element stands, in UTF-16 units. */
  readonly text: string;
  readonly offsets: readonly [start: number, end: number];
}

export interface DecodeEnvelopeOptions extends DecodeOptions {
  /**
   * Chooses the schema for the body when the header has been read; may throw. By default the version that the header
   * `RequestServerVersion` names, or the schema given when it names none.
   */
  readonly chooseSchema?: ((header: SoapHeader, schema: Schema) => Schema) | undefined;
}

const byVersion = (header: SoapHeader, schema: Schema): Schema => {
  const block = header['RequestServerVersion'] as { Version?: unknown } | undefined;
  return typeof block?.Version === 'string' && schema.knows(block.Version) ? schema.at(block.Version) : schema;
};

const State = { Start: 0, Envelope: 1, Header: 2, Body: 3, Block: 4, Skip: 5, Operation: 6, AfterHeader: 7, AfterBody: 8 } as const;
type State = (typeof State)[keyof typeof State];

/** Walks through Envelope, Header and Body and hands what is inside to element readers. */
class EnvelopeReader {
  readonly header: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  schema: Schema;
  operation: Field | undefined;
  reader: ElementReader | undefined;
  start = 0;
  end = 0;
  #state: State = State.Start;
  #skipped = 0;
  #block = '';
  readonly #choose: (header: SoapHeader, schema: Schema) => Schema;

  constructor(schema: Schema, options: DecodeEnvelopeOptions) {
    this.schema = schema;
    this.#choose = options.chooseSchema ?? byVersion;
  }

  open(tag: XmlTag, source: XmlSource): void {
    switch (this.#state) {
      case State.Operation:
      case State.Block:
        return this.reader?.open(tag, source);
      case State.Skip:
        this.#skipped += 1;
        return;
      case State.Header:
        return this.#openBlock(tag, source);
      case State.Body:
        return this.#openOperation(tag, source);
      default:
        return this.#openSoap(tag, source);
    }
  }

  #openSoap(tag: XmlTag, source: XmlSource): void {
    const isSoap = tag.uri === SOAP11;
    if (this.#state === State.Start) {
      if (tag.local !== 'Envelope') this.#fail(EnvelopeFault.NotAnEnvelope, tag, source);
      if (!isSoap) this.#fail(EnvelopeFault.VersionMismatch, tag, source);
      this.#state = State.Envelope;
    } else if (isSoap && tag.local === 'Header' && this.#state === State.Envelope) this.#state = State.Header;
    else if (isSoap && tag.local === 'Body' && this.#state !== State.AfterBody) this.#state = State.Body;
    else this.#fail(EnvelopeFault.UnexpectedChild, tag, source);
  }

  #openBlock(tag: XmlTag, source: XmlSource): void {
    // The version is read before anything is checked against it: an unknown one is a fault of its own, not a violation.
    if (tag.local === 'RequestServerVersion') return this.#openVersion(tag, source);
    const field = this.schema.findElement(tag.uri, tag.local);
    if (field) {
      if (tag.local in this.header) this.#fail(EnvelopeFault.DuplicateBlock, tag, source);
      this.#block = tag.local;
      this.#state = State.Block;
      this.reader = new ElementReader(this.schema, true);
      return this.reader.start(field, tag, source);
    }
    const must = Object.values(tag.attributes).find(({ uri, local }) => uri === SOAP11 && local === 'mustUnderstand')?.value;
    if (must === '1') this.#fail(EnvelopeFault.MustUnderstand, tag, source);
    this.#skip();
  }

  #skip(): void {
    this.#state = State.Skip;
    this.#skipped = 1;
  }

  #openVersion(tag: XmlTag, source: XmlSource): void {
    if (tag.local in this.header) this.#fail(EnvelopeFault.DuplicateBlock, tag, source);
    for (const { name, local, uri } of Object.values(tag.attributes)) {
      if (uri !== '' || name === 'Version') continue;
      throw new SchemaViolation(`The '${local}' attribute is not declared.`, source.place(attributeOffset(name, source)), 'Envelope/Header/RequestServerVersion');
    }
    const version = tag.attributes['Version'];
    if (!version) throw new SchemaViolation("The required attribute 'Version' is missing.", source.place(source.nameOffset), 'Envelope/Header/RequestServerVersion');
    this.header['RequestServerVersion'] = { Version: version.value };
    this.#skip();
  }

  #openOperation(tag: XmlTag, source: XmlSource): void {
    if (this.operation) this.#fail(EnvelopeFault.SeveralOperations, tag, source);
    this.schema = this.#choose(this.header, this.schema);
    const field = this.schema.findElement(tag.uri, tag.local);
    if (!field) this.#fail(EnvelopeFault.UnknownOperation, tag, source);
    this.operation = field;
    this.start = source.nameOffset - 1;
    this.#state = State.Operation;
    this.reader = new ElementReader(this.schema);
    this.reader.start(field, tag, source);
  }

  text(data: string, source: XmlSource): void {
    if (this.#state === State.Operation || this.#state === State.Block) this.reader?.text(data, source);
    else if (this.#state !== State.Skip && this.#state !== State.Start && /[^ \t\r\n]/.test(data)) {
      throw new EnvelopeError(EnvelopeFault.UnexpectedChild, '#text', source.place(source.textOffset));
    }
  }

  close(tag: XmlTag, source: XmlSource): void {
    switch (this.#state) {
      case State.Operation:
      case State.Block:
        return this.#closeInside(tag, source);
      case State.Skip:
        this.#skipped -= 1;
        if (this.#skipped === 0) this.#state = State.Header;
        return;
      case State.Header:
        this.#state = State.AfterHeader;
        return;
      case State.Body:
        if (!this.operation) this.#fail(EnvelopeFault.EmptyBody, tag, source);
        this.#state = State.AfterBody;
        return;
      default:
        if (!this.operation) throw new EnvelopeError(EnvelopeFault.NoBody, '', source.place(source.nameOffset));
    }
  }

  #closeInside(tag: XmlTag, source: XmlSource): void {
    this.reader?.close(tag, source);
    if (!this.reader?.isDone) return;
    if (this.#state === State.Block) {
      this.header[this.#block] = this.reader.value;
      this.#state = State.Header;
    } else {
      this.end = source.offset;
      this.#state = State.Body;
    }
  }

  #fail(reason: EnvelopeFault, tag: XmlTag, source: XmlSource): never {
    throw new EnvelopeError(reason, qualifiedName(tag.uri, tag.local), source.place(source.nameOffset));
  }
}

/**
 * Reads a SOAP 1.1 request: header blocks that the schema knows, others ignored unless they must be understood, one operation.
 *
 * @throws SchemaViolation | MalformedXmlError | XmlLimitError | EnvelopeError, and what `chooseSchema` throws
 * @example
 * const { header, name, value } = decodeEnvelope(body, openSchema(schemaLines), { bytes: 1_000_000 });
 */
export function decodeEnvelope(body: Uint8Array, schema: Schema, options: DecodeEnvelopeOptions = {}): DecodedEnvelope {
  const envelope = new EnvelopeReader(schema, options);
  const text = boundedText(body, options);
  readXml(text, envelope, options);
  return {
    header: envelope.header, name: envelope.operation?.open.slice(1) ?? '', value: envelope.reader?.value,
    schema: envelope.schema, text, offsets: [envelope.start, envelope.end],
  };
}

export interface EncodeEnvelopeOptions extends EncodeOptions {
  /** Header blocks by their name in the schema, with or without its prefix: `{ ServerVersionInfo: { MajorVersion: 15, … } }`. */
  readonly header?: SoapHeader | undefined;
  /** `s` by default; empty for the form that GetStreamingEvents has: `<Envelope xmlns="…">`, its header and body as `soap11`. */
  readonly envelopePrefix?: 's' | '' | undefined;
  /** Whether to begin with an XML declaration; yes by default, no when the prefix is empty. */
  readonly declaration?: boolean | undefined;
}

function headerField(schema: Schema, key: string): Field {
  const names = key.includes(':') ? [key] : Object.keys(schema.namespaces).map((prefix) => `${prefix}:${key}`);
  for (const name of names) {
    const field = schema.element(name);
    if (field) return field;
  }
  throw new XmlEncodeError('no such header', key);
}

/** Attributes only, as ServerVersionInfo has in EWS: the prefix `h` is enough. With children the schema's prefixes are declared. */
function writeBlock(writer: ElementWriter, schema: Schema, key: string, value: unknown, prefix: 'h' | ''): void {
  const field = headerField(schema, key);
  const { target } = field;
  if (target.kind === 'plan' && !target.isEmpty) return writer.element(field, value, field.open + namespaceDeclarations(schema));
  const name = prefix ? `h:${field.name}` : field.name;
  writer.element(field, value, `<${name} xmlns${prefix && ':h'}="${escapeAttribute(field.uri)}"`, `</${name}>`);
}

/** The tags of an envelope around what `inside` writes. */
function wrapEnvelope(out: XmlWriter, options: EncodeEnvelopeOptions, header: (() => void) | undefined, inside: () => void): Uint8Array[] {
  const isPlain = options.envelopePrefix === '';
  if (options.declaration ?? !isPlain) out.write(DECLARATION);
  const [prefix, declared] = isPlain ? ['soap11', ` xmlns:soap11="${SOAP11}"`] : ['s', ''];
  out.write(isPlain ? `<Envelope xmlns="${SOAP11}">` : `<s:Envelope xmlns:s="${SOAP11}">`);
  if (header) {
    out.write(`<${prefix}:Header${declared}>`);
    header();
    out.write(`</${prefix}:Header>`);
  }
  out.write(`<${prefix}:Body${declared}>`);
  inside();
  out.write(`</${prefix}:Body></${isPlain ? '' : 's:'}Envelope>`);
  return out.finish();
}

/**
 * Writes a SOAP 1.1 answer in chunks; Content-Length is the sum of theirs.
 *
 * @throws XmlEncodeError when a value does not fit the schema: a bug of the caller
 * @example
 * encodeEnvelope(schema, 'm:GetFolderResponse', { ResponseMessages: [ … ] }, { header: { ServerVersionInfo: { MajorVersion: 15 } } });
 */
export function encodeEnvelope(schema: Schema, name: QName, value: unknown, options: EncodeEnvelopeOptions = {}): Uint8Array[] {
  const field = schema.element(name);
  if (!field) throw new XmlEncodeError('no such global element', name);
  const out = new XmlWriter();
  const writer = new ElementWriter(schema, out, options);
  const blocks = Object.entries(options.header ?? {}).filter(([, block]) => block !== undefined);
  const header = blocks.length === 0 ? undefined : () => {
    for (const [key, block] of blocks) writeBlock(writer, schema, key, block, options.envelopePrefix === '' ? '' : 'h');
  };
  return wrapEnvelope(out, options, header, () => writer.element(field, value, field.open + namespaceDeclarations(schema)));
}

export interface SoapFault {
  /** `Client`, `Server`, `MustUnderstand` or `VersionMismatch` of SOAP, or a code in a namespace of its own. */
  readonly code: string | { readonly prefix: string; readonly namespace: string; readonly local: string };
  readonly message: string;
  /** Of the message; `en-US` by default. */
  readonly language?: string | undefined;
  readonly detail?: readonly XmlNode[] | undefined;
}

/**
 * Writes a SOAP 1.1 fault.
 *
 * @example
 * encodeFault({ code: { prefix: 'a', namespace: TYPES, local: 'ErrorInvalidRequest' }, message: 'The request is invalid.' });
 */
export function encodeFault(fault: SoapFault, options: Omit<EncodeEnvelopeOptions, 'header'> = {}): Uint8Array[] {
  const out = new XmlWriter();
  const own = options.envelopePrefix === '' ? 'soap11' : 's';
  // Fault's children are in no namespace; under a default one that has to be said.
  const reset = own === 's' ? '' : ' xmlns=""';
  const { code } = fault;
  const [declared, name] = typeof code === 'string' ? ['', `${own}:${code}`] : [` xmlns:${code.prefix}="${escapeAttribute(code.namespace)}"`, `${code.prefix}:${code.local}`];
  return wrapEnvelope(out, options, undefined, () => {
    out.write(`<${own}:Fault><faultcode${reset}${declared}>${escapeText(name)}</faultcode>`);
    out.write(`<faultstring${reset} xml:lang="${escapeAttribute(fault.language ?? 'en-US')}">${escapeText(fault.message, options.illegalCharacters)}</faultstring>`);
    if (fault.detail) out.write(`<detail${reset}>${fault.detail.map((node) => renderXml(node, options.illegalCharacters)).join('')}</detail>`);
    out.write(`</${own}:Fault>`);
  });
}
