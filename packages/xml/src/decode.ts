import { expectedNames, findNext, incompleteFrom } from './content-model.ts';
import type { XmlAttribute, XmlLimits, XmlSource, XmlTag } from './parse.ts';
import { defaultLimits, readXml } from './parse.ts';
import { fieldOf } from './plan.ts';
import type { AttributeField, Field, Plan, QName, Schema, Target } from './plan.ts';
import { RawXml } from './raw-xml.ts';
import type { Scalar } from './scalars.ts';
import { ScalarFault } from './scalars.ts';
import { attributeOffset, derivesFrom, findNamespaced } from './tag-attributes.ts';
import { decodeText } from './text-encoding.ts';
import { describeName, EnvelopeError, EnvelopeFault, qualifiedName, SchemaViolation, XmlLimitError } from './violation.ts';

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
const XMLNS = 'http://www.w3.org/2000/xmlns/';
export const SOAP11 = 'http://schemas.xmlsoap.org/soap/envelope/';

type Values = Record<string, unknown>;

/** One open element. */
interface Frame {
  readonly field: Field;
  readonly plan: Plan | undefined;
  readonly scalar: Scalar | undefined;
  readonly out: Values;
  readonly pairs: [string, unknown][] | undefined;
  readonly isNil: boolean;
  readonly nameOffset: number;
  readonly contentOffset: number;
  slot: number;
  count: number;
  group: string;
  seen: Set<string> | undefined;
  text: string;
  hasContent: boolean;
}

const BLANK = /^[ \t\r\n]*$/;

/** Turns the events of one element into its value, checking as it goes. Reused for header blocks and bodies: `start`, events, `isDone`. */
export class ElementReader {
  readonly #schema: Schema;
  readonly #frames: Frame[] = [];
  readonly #soapAttributes: boolean;
  #skipped = 0;
  value: unknown;
  isDone = false;

  /** @param soapAttributes whether the first element may carry mustUnderstand and actor */
  constructor(schema: Schema, soapAttributes = false) {
    this.#schema = schema;
    this.#soapAttributes = soapAttributes;
  }

  start(field: Field, tag: XmlTag, source: XmlSource): void {
    this.#enter(field, tag, source);
  }

  open(tag: XmlTag, source: XmlSource): void {
    if (this.#skipped > 0) {
      this.#skipped += 1;
      return;
    }
    const frame = this.#frames[this.#frames.length - 1] as Frame;
    if (frame.isNil) this.#fail(`Element ${describeName(frame.field.uri, frame.field.name)} must have no character or element children.`, source.nameOffset, source);
    const plan = frame.plan;
    if (plan === undefined || plan.text) this.#fail(this.#childInText(frame, tag, 'text only'), source.nameOffset, source);
    if (plan.any) return this.#openAny(frame, plan, tag, source);
    if (plan.isEmpty) this.#fail(this.#childInText(frame, tag, 'empty'), source.nameOffset, source);
    const field = fieldOf(plan, tag);
    if (field === undefined || !this.#advance(frame, plan, field, source)) this.#unexpected(frame, plan, tag, source);
    this.#enter(field, tag, source);
  }

  text(data: string, source: XmlSource): void {
    if (this.#skipped > 0) return;
    const frame = this.#frames[this.#frames.length - 1] as Frame;
    const { plan } = frame;
    if (frame.isNil && data !== '') this.#fail(`Element ${describeName(frame.field.uri, frame.field.name)} must have no character or element children.`, source.textOffset, source);
    if (plan === undefined || plan.text !== undefined) {
      frame.text = frame.text === '' ? data : frame.text + data;
      return;
    }
    if (plan.isEmpty) this.#fail(`The element cannot contain ${BLANK.test(data) ? 'white space' : 'text'}. Content model is empty.`, source.textOffset, source);
    if (plan.dropsText || BLANK.test(data)) return;
    const list = expectedNames(plan, frame);
    this.#fail(`The element ${describeName(frame.field.uri, frame.field.name)} cannot contain text.${list && ` List of possible elements expected: ${list}.`}`, source.textOffset, source);
  }

  close(tag: XmlTag, source: XmlSource): void {
    if (this.#skipped > 1) {
      this.#skipped -= 1;
      return;
    }
    if (this.#skipped === 1) {
      this.#skipped = 0;
      return;
    }
    const frame = this.#frames[this.#frames.length - 1] as Frame;
    // .NET stands on the name of the end tag; an element without one is reported where it began.
    const value = this.#value(frame, tag, source);
    this.#frames.pop();
    const parent = this.#frames[this.#frames.length - 1];
    if (parent === undefined) {
      this.value = value;
      this.isDone = true;
    } else this.#add(parent, frame.field, value);
  }

  #add(parent: Frame, field: Field, value: unknown): void {
    if (parent.pairs) parent.pairs.push([field.name, value]);
    else if (field.repeated) {
      const list = parent.out[field.name] as unknown[] | undefined;
      if (list) list.push(value);
      else parent.out[field.name] = [value];
    } else parent.out[field.name] = value;
  }

  #value(frame: Frame, tag: XmlTag, source: XmlSource): unknown {
    if (frame.isNil) return null;
    const { plan, scalar } = frame;
    if (scalar) return this.#read(scalar, frame, tag, source);
    if (plan === undefined) return undefined;
    if (plan.any) {
      if (plan.any === 'other' && !frame.hasContent) this.#incomplete(frame, "any element in namespace '##other'", tag, source);
      return new RawXml(tag.isSelfClosing ? '' : source.text.slice(frame.contentOffset, source.text.lastIndexOf('</', source.offset - 1)));
    }
    if (plan.text) {
      frame.out['$'] = this.#read(plan.text, frame, tag, source);
      return frame.out;
    }
    const missing = incompleteFrom(plan, frame);
    if (missing) this.#incomplete(frame, missing, tag, source);
    if (!frame.pairs) return frame.out;
    if (plan.attributes.size === 0 && frame.out['xsi:type'] === undefined) return frame.pairs;
    frame.out['$'] = frame.pairs;
    return frame.out;
  }

  #incomplete(frame: Frame, list: string, tag: XmlTag, source: XmlSource): never {
    this.#fail(`The element ${describeName(frame.field.uri, frame.field.name)} has incomplete content. List of possible elements expected: ${list}.`, this.#endOffset(frame, tag, source), source);
  }

  /** Where .NET stands when an element ends: at the name in its end tag, or in its only tag. */
  #endOffset(frame: Frame, tag: XmlTag, source: XmlSource): number {
    return tag.isSelfClosing ? frame.nameOffset : source.text.lastIndexOf('</', source.offset - 1) + 2;
  }

  #read(scalar: Scalar, frame: Frame, tag: XmlTag, source: XmlSource): unknown {
    try {
      return scalar.read(frame.text);
    } catch (error) {
      if (!(error instanceof ScalarFault)) throw error;
      const name = qualifiedName(frame.field.uri, frame.field.name);
      this.#fail(`The '${name}' element is invalid - The value '${frame.text}' is invalid according to its datatype '${scalar.label}' - ${error.message}`, this.#endOffset(frame, tag, source), source);
    }
  }

  #childInText(frame: Frame, tag: XmlTag, content: string): string {
    const parent = qualifiedName(frame.field.uri, frame.field.name);
    return `The element '${parent}' cannot contain child element '${qualifiedName(tag.uri, tag.local)}' because the parent element's content model is ${content}.`;
  }

  #openAny(frame: Frame, plan: Plan, tag: XmlTag, source: XmlSource): void {
    if (plan.any === 'other' && (frame.hasContent || tag.uri === plan.uri || tag.uri === '')) {
      const list = frame.hasContent ? '' : " List of possible elements expected: any element in namespace '##other'.";
      this.#fail(`The element ${describeName(frame.field.uri, frame.field.name)} has invalid child element ${describeName(tag.uri, tag.local)}.${list}`, source.nameOffset, source);
    }
    frame.hasContent = true;
    this.#skipped = 1;
  }

  /** Moves to the slot of a child; false when it may not stand here. */
  #advance(frame: Frame, plan: Plan, field: Field, source: XmlSource): boolean {
    if (plan.isAll) {
      frame.seen ??= new Set();
      if (frame.seen.has(field.name)) this.#fail(`Element '${field.name}' cannot appear more than once if content model type is "all".`, source.nameOffset, source);
      frame.seen.add(field.name);
      return true;
    }
    return findNext(plan, frame, field.slot);
  }

  #unexpected(frame: Frame, plan: Plan, tag: XmlTag, source: XmlSource): never {
    const list = expectedNames(plan, frame);
    const tail = list && ` List of possible elements expected: ${list}.`;
    this.#fail(`The element ${describeName(frame.field.uri, frame.field.name)} has invalid child element ${describeName(tag.uri, tag.local)}.${tail}`, source.nameOffset, source);
  }

  #enter(field: Field, tag: XmlTag, source: XmlSource): void {
    const target = field.target;
    const isFirst = this.#frames.length === 0;
    const frame = this.#frame(field, target, false, source);
    this.#frames.push(frame);
    const { attributes } = tag;
    let derived: Target | undefined;
    let isNil = false;
    for (const key in attributes) {
      const attribute = attributes[key] as XmlAttribute;
      if (attribute.uri !== XSI) continue;
      if (attribute.local === 'type') derived = this.#derivedType(attribute, field, target, source);
      else if (attribute.local === 'nil') isNil = this.#isNil(attribute, field, source);
    }
    if (target.kind === 'plan' && target.isAbstract && derived === undefined) {
      this.#fail(`The element '${qualifiedName(field.uri, field.name)}' is abstract or its type is abstract.`, source.nameOffset, source);
    }
    const actual = derived ?? target;
    const settled = derived || isNil ? this.#frame(field, actual, isNil, source) : frame;
    if (settled !== frame) this.#frames[this.#frames.length - 1] = settled;
    if (derived?.kind === 'plan' && derived !== target) settled.out['xsi:type'] = derived.name.slice(derived.name.indexOf(':') + 1);
    this.#attributes(settled, actual.kind === 'plan' ? actual : undefined, tag, isFirst && this.#soapAttributes, source);
  }

  #frame(field: Field, target: Target, isNil: boolean, source: XmlSource): Frame {
    const plan = target.kind === 'plan' ? target : undefined;
    return {
      field, plan, scalar: target.kind === 'scalar' ? target : undefined, out: {}, pairs: plan?.ordered ? [] : undefined, isNil,
      nameOffset: source.nameOffset, contentOffset: source.offset, slot: 0, count: 0, group: '', seen: undefined, text: '', hasContent: false,
    };
  }

  #attributes(frame: Frame, plan: Plan | undefined, tag: XmlTag, soapAllowed: boolean, source: XmlSource): void {
    const { attributes } = tag;
    for (const key in attributes) {
      const attribute = attributes[key] as XmlAttribute;
      if (attribute.uri === XMLNS || (attribute.uri === XSI && /^(type|nil|schemaLocation|noNamespaceSchemaLocation)$/.test(attribute.local))) continue;
      const known = plan?.attributes.get(attribute.name) ?? (attribute.uri === '' ? undefined : findNamespaced(plan, attribute));
      if (known && known.uri === attribute.uri) frame.out[known.lexicalName] = this.#attribute(known, attribute, source);
      else if (attribute.uri !== SOAP11 || !(soapAllowed || plan?.soapAttributes)) {
        this.#fail(`The '${qualifiedName(attribute.uri, attribute.local)}' attribute is not declared.`, attributeOffset(attribute.name, source), source);
      }
    }
    if (plan) for (const { lexicalName, name } of plan.required) {
      if (frame.out[lexicalName] === undefined) this.#fail(`The required attribute '${name}' is missing.`, source.nameOffset, source);
    }
  }

  #attribute(known: AttributeField, attribute: XmlAttribute, source: XmlSource): unknown {
    try {
      return known.scalar.read(attribute.value);
    } catch (error) {
      if (!(error instanceof ScalarFault)) throw error;
      const sentence = `The '${qualifiedName(attribute.uri, attribute.local)}' attribute is invalid - The value '${attribute.value}' is invalid according to its datatype '${known.scalar.label}' - ${error.message}`;
      this.#fail(sentence, attributeOffset(attribute.name, source), source);
    }
  }

  #isNil(attribute: XmlAttribute, field: Field, source: XmlSource): boolean {
    const value = attribute.value.trim();
    const isNil = value === 'true' || value === '1';
    if (isNil && !field.nillable) {
      this.#fail("If the 'nillable' attribute is false in the schema, the 'xsi:nil' attribute must not be present in the instance.", attributeOffset(attribute.name, source), source);
    }
    if (!isNil && value !== 'false' && value !== '0') this.#fail(`The string '${attribute.value}' is not a valid Boolean value.`, attributeOffset(attribute.name, source), source);
    return isNil;
  }

  #derivedType(attribute: XmlAttribute, field: Field, declared: Target, source: XmlSource): Target {
    const value = attribute.value.trim();
    const colon = value.indexOf(':');
    const uri = source.resolve(colon < 0 ? '' : value.slice(0, colon)) ?? '';
    const local = value.slice(colon + 1);
    const target = this.#schema.findType(uri, local);
    const at = attributeOffset(attribute.name, source);
    const name = qualifiedName(uri, local);
    if (target === undefined) this.#fail(`This is an invalid xsi:type '${name}'.`, at, source);
    if (target.kind === 'plan' && target.isAbstract) this.#fail(`The xsi:type '${name}' cannot be abstract.`, at, source);
    if (!derivesFrom(target, declared, this.#schema)) {
      this.#fail(`The xsi:type attribute value '${name}' is not valid for the element '${qualifiedName(field.uri, field.name)}', either because it is not a type validly derived from the type in the schema, or because it has xsi:type derivation blocked.`, at, source);
    }
    return target;
  }

  #fail(violation: string, offset: number, source: XmlSource): never {
    throw new SchemaViolation(violation, source.place(offset), this.#frames.map(({ field }) => field.name).join('/'));
  }
}

export interface DecodeOptions extends XmlLimits {
  /** The charset parameter of the Content-Type. */
  readonly charset?: string | undefined;
}

/** @throws XmlLimitError | MalformedXmlError */
export function boundedText(body: Uint8Array, options: DecodeOptions): string {
  const allowed = options.bytes ?? defaultLimits.bytes;
  if (body.byteLength > allowed) throw new XmlLimitError('bytes', allowed);
  return decodeText(body, options.charset);
}

export interface DecodedDocument {
  readonly name: QName;
  readonly value: unknown;
}

/**
 * Reads a document whose root is a global element of the schema.
 *
 * @throws SchemaViolation | MalformedXmlError | XmlLimitError | EnvelopeError (`unknown-operation`: no such root)
 * @example
 * const { name, value } = decodeDocument(body, openSchema(lines));
 */
export function decodeDocument(body: Uint8Array, schema: Schema, options: DecodeOptions = {}): DecodedDocument {
  const reader = new ElementReader(schema);
  let root: Field | undefined;
  const open = (tag: XmlTag, source: XmlSource): void => {
    if (root) return reader.open(tag, source);
    root = schema.findElement(tag.uri, tag.local);
    if (!root) throw new EnvelopeError(EnvelopeFault.UnknownOperation, qualifiedName(tag.uri, tag.local), source.place(source.nameOffset));
    reader.start(root, tag, source);
  };
  readXml(boundedText(body, options), {
    open,
    text: (data, source) => { if (root && !reader.isDone) reader.text(data, source); },
    close: (tag, source) => reader.close(tag, source),
  }, options);
  return { name: root?.open.slice(1) ?? '', value: reader.value };
}
