import { isOpen } from './content-model.ts';
import type { IllegalCharacters } from './escape.ts';
import { escapeAttribute, escapeText } from './escape.ts';
import { RawXml } from './raw-xml.ts';
import type { Scalar } from './scalars.ts';
import { ScalarFault } from './scalars.ts';
import type { Field, Plan, QName, Schema, Slot, Target } from './plan.ts';
import { XmlEncodeError } from './violation.ts';
import { XmlWriter } from './writer.ts';

export interface EncodeOptions {
  /** Default `reference`: `&#x1;`, as Exchange writes; such a document is not well-formed XML 1.0. */
  readonly illegalCharacters?: IllegalCharacters | undefined;
  /**
   * What stands for a value of an enumeration that only later versions have: one of this version's, or undefined to leave the element
   * out. By default it is left out where it may be. `type`: what the type is called in a violation, `uri:Name`.
   */
  readonly laterValue?: ((type: string, value: string) => string | undefined) | undefined;
}

type Values = Readonly<Record<string, unknown>>;
type Entry = readonly [Field, unknown];

/** Writes values in the order of the schema, and refuses those that do not fit it. */
export class ElementWriter {
  readonly out: XmlWriter;
  readonly #schema: Schema;
  readonly #illegal: IllegalCharacters;
  readonly #laterValue: EncodeOptions['laterValue'];
  readonly #path: string[] = [];

  constructor(schema: Schema, out: XmlWriter, options: EncodeOptions = {}) {
    this.#schema = schema;
    this.out = out;
    this.#illegal = options.illegalCharacters ?? 'reference';
    this.#laterValue = options.laterValue;
  }

  /** @param open the start tag without its end: `<m:GetItemResponse xmlns:m="…"` */
  element(field: Field, value: unknown, open: string = field.open, close: string = field.close): void {
    this.#path.push(field.name);
    if (value === null) {
      if (!field.nillable) this.#fail('null, and xsi:nil is not allowed');
      this.out.write(`${open} xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>`);
    } else this.#typed(field.target, value, open, close);
    this.#path.pop();
    this.out.relieve();
  }

  #typed(declared: Target, value: unknown, open: string, close: string): void {
    if (declared.kind === 'scalar') return this.#scalarElement(declared, value, open, close);
    const type = typeof value === 'object' ? (value as Values)['xsi:type'] : undefined;
    if (type === undefined) {
      if (declared.isAbstract) this.#fail(`${declared.name} is abstract: the value needs 'xsi:type'`);
      return this.#planElement(declared, value, open, close);
    }
    const plan = this.#derived(String(type), declared);
    const prefix = plan.name.slice(0, plan.name.indexOf(':'));
    this.#planElement(plan, value, `${open} xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="${prefix}:${plan.name.slice(prefix.length + 1)}"`, close);
  }

  #derived(type: string, declared: Plan): Plan {
    for (const prefix of Object.keys(this.#schema.namespaces)) {
      const target = this.#schema.findType(this.#schema.namespaces[prefix] ?? '', type);
      for (let plan = target?.kind === 'plan' ? target : undefined; plan; plan = plan.base === undefined ? undefined : this.#schema.plan(plan.base)) {
        if (plan === declared) return target as Plan;
      }
    }
    return this.#fail(`xsi:type ${type} does not derive from ${declared.name}`);
  }

  #scalarElement(scalar: Scalar, value: unknown, open: string, close: string): void {
    const lexical = this.#lexical(scalar, value);
    if (lexical.length === 0) return this.out.write(`${open}/>`);
    this.out.write(`${open}>`);
    this.#content(lexical);
    this.out.write(close);
  }

  #content(lexical: string | Uint8Array): void {
    if (typeof lexical === 'string') this.out.write(escapeText(lexical, this.#illegal));
    else this.out.base64(lexical);
  }

  #lexical(scalar: Scalar, value: unknown): string | Uint8Array {
    // MimeContent is declared as a string: bytes are welcome wherever text is.
    if (value instanceof Uint8Array) return value;
    try {
      return scalar.write(value);
    } catch (error) {
      if (error instanceof ScalarFault) return this.#fail(`${error.message} (${scalar.label})`);
      throw error;
    }
  }

  #planElement(plan: Plan, value: unknown, open: string, close: string): void {
    if (plan.any !== undefined) return this.#raw(value, open, close);
    if (plan.ordered) return this.#ordered(plan, value, open, close);
    // Content without attributes may be written as it is.
    if (plan.text !== undefined && typeof value === 'string') return this.#planElement(plan, { $: value }, open, close);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) this.#fail(`expected an object (${plan.name}), got ${Array.isArray(value) ? 'an array' : typeof value}`);
    const values = value as Values;
    const entries: Entry[] = [];
    let isSorted = true;
    let last = -1;
    let start = open;
    for (const key in values) {
      const one = values[key];
      if (one === undefined) continue;
      const field = plan.fields.get(key);
      if (field === undefined) {
        if (key !== '$' && key !== 'xsi:type') this.#checkAttribute(plan, key);
        continue;
      }
      const { target } = field;
      const told = target.kind === 'scalar' && target.isLater?.(one) ? this.#earlier(target, one, plan.slots[field.slot] as Slot) : one;
      if (told === undefined) continue;
      if (field.slot < last) isSorted = false;
      last = field.slot;
      entries.push([field, told]);
    }
    if (plan.attributes.size > 0) start += this.#attributes(plan, values);
    if (plan.text !== undefined) return this.#scalarElement(plan.text, values['$'], start, close);
    if (values['$'] !== undefined) this.#fail(`${plan.name} has no text`);
    if (!isSorted) entries.sort(([a], [b]) => a.slot - b.slot);
    this.#children(plan, entries, start, close);
  }

  /** What this version has for a value that it has not. */
  #earlier({ label }: Scalar, value: unknown, { min }: Slot): unknown {
    if (typeof value !== 'string') return value;
    return this.#laterValue?.(label, value) ?? (min > 0 ? value : undefined);
  }

  #checkAttribute(plan: Plan, key: string): void {
    if (!plan.attributes.has(key) && !plan.later.has(key)) this.#fail(`${plan.name} has no ${key}`);
  }

  #attributes(plan: Plan, values: Values): string {
    let text = '';
    for (const attribute of plan.attributes.values()) {
      const value = values[attribute.lexicalName];
      if (value !== undefined) text += ` ${attribute.lexicalName}="${escapeAttribute(String(this.#lexical(attribute.scalar, value)), this.#illegal)}"`;
      else if (attribute.required) this.#fail(`attribute ${attribute.lexicalName} is missing`);
    }
    return text;
  }

  #children(plan: Plan, entries: readonly Entry[], start: string, close: string): void {
    if (entries.length === 0) {
      this.#checkEnd(plan, -1, '');
      return this.out.write(`${start}/>`);
    }
    this.out.write(`${start}>`);
    let last = -1;
    let group = '';
    for (const [field, value] of entries) {
      if (field.slot === last) this.#fail(`${field.name} beside an alternative of it`);
      this.#checkGap(plan, last, field.slot, group);
      last = field.slot;
      if (plan.hasGroups) group = (plan.slots[last] as Slot).group;
      if (!field.repeated) this.element(field, value);
      else this.#repeat(field, value, plan.slots[last] as Slot);
    }
    this.#checkEnd(plan, last, group);
    this.out.write(close);
  }

  #repeat(field: Field, values: unknown, slot: Slot): void {
    if (!Array.isArray(values)) this.#fail(`${field.name} is repeated: expected an array`);
    if (values.length < slot.min || values.length > slot.max) this.#fail(`${field.name}: ${values.length} of them, allowed are ${slot.min} to ${slot.max}`);
    for (const value of values) this.element(field, value);
  }

  /** No required slot may lie between two that are filled. */
  #checkGap(plan: Plan, last: number, next: number, group: string): void {
    if (plan.isAll) return;
    const required = plan.nextRequired[last + 1] ?? plan.slots.length;
    if (required < next) this.#missing(plan, required);
    if (!plan.hasGroups) return;
    const entered = (plan.slots[next] as Slot).group;
    for (let index = last + 1; index < next; index += 1) {
      const between = plan.slots[index] as Slot;
      if (isOpen(between, 0, group) || isOpen(between, 0, entered)) this.#missing(plan, index);
    }
  }

  #checkEnd(plan: Plan, last: number, group: string): void {
    if (plan.isAll) return;
    const required = plan.nextRequired[last + 1] ?? plan.slots.length;
    if (required < plan.slots.length) this.#missing(plan, required);
    if (plan.hasGroups) for (let index = last + 1; index < plan.slots.length; index += 1) if (isOpen(plan.slots[index] as Slot, 0, group)) this.#missing(plan, index);
  }

  #missing(plan: Plan, index: number): never {
    this.#fail(`${(plan.slots[index] as Slot).fields.map(({ name }) => name).join(' or ')} is missing (${plan.name})`);
  }

  #ordered(plan: Plan, value: unknown, open: string, close: string): void {
    const isBare = Array.isArray(value);
    const pairs = isBare ? (value as unknown[]) : (value as Values | undefined)?.['$'];
    if (!Array.isArray(pairs)) this.#fail(`expected a list of [name, value] pairs (${plan.name})`);
    if (!isBare) for (const key in value as Values) if (key !== '$' && key !== 'xsi:type' && (value as Values)[key] !== undefined) this.#checkAttribute(plan, key);
    const start = plan.attributes.size === 0 ? open : open + this.#attributes(plan, isBare ? {} : (value as Values));
    let slot = -1;
    let count = 0;
    for (const pair of pairs as unknown[]) {
      if (!Array.isArray(pair) || pair.length !== 2) this.#fail(`expected [name, value] pairs (${plan.name})`);
      const [name, one] = pair as [string, unknown];
      const field = plan.fields.get(name);
      if (field === undefined) {
        if (plan.later.has(name)) continue;
        this.#fail(`${plan.name} has no ${name}`);
      }
      if (slot < 0) this.out.write(`${start}>`);
      if (field.slot < slot) this.#fail(`${name} is out of order (${plan.name})`);
      if (field.slot > slot) {
        this.#checkGap(plan, slot, field.slot, '');
        count = 0;
      }
      slot = field.slot;
      count += 1;
      if (count > (plan.slots[slot] as Slot).max) this.#fail(`${name}: too many (${plan.name})`);
      this.element(field, one);
    }
    this.#checkEnd(plan, slot, '');
    this.out.write(slot < 0 ? `${start}/>` : close);
  }

  #raw(value: unknown, open: string, close: string): void {
    if (!(value instanceof RawXml)) this.#fail('expected rawXml(…)');
    this.out.write(value.xml === '' ? `${open}/>` : `${open}>${value.xml}${close}`);
  }

  #fail(reason: string): never {
    throw new XmlEncodeError(reason, this.#path.join('/'));
  }
}

/** `xmlns:m="…" xmlns:t="…"`, with a blank before each. */
export function namespaceDeclarations(schema: Schema): string {
  return Object.entries(schema.namespaces).map(([prefix, uri]) => ` xmlns:${prefix}="${escapeAttribute(uri)}"`).join('');
}

export interface EncodeDocumentOptions extends EncodeOptions {
  /** Whether to begin with an XML declaration; yes by default. */
  readonly declaration?: boolean | undefined;
}

export const DECLARATION = '<?xml version="1.0" encoding="utf-8"?>';

/**
 * Writes one global element as a document, in chunks; its length is the sum of theirs.
 *
 * @throws XmlEncodeError when the value does not fit the schema: a bug of the caller
 * @example
 * Buffer.concat(encodeDocument(schema, 'n:Note', { Title: 'x' }));
 */
export function encodeDocument(schema: Schema, name: QName, value: unknown, options: EncodeDocumentOptions = {}): Uint8Array[] {
  const field = schema.element(name);
  if (!field) throw new XmlEncodeError('no such global element', name);
  const out = new XmlWriter();
  if (options.declaration !== false) out.write(DECLARATION);
  new ElementWriter(schema, out, options).element(field, value, field.open + namespaceDeclarations(schema));
  return out.finish();
}
