import type { Field, Plan, QName, Schema, Slot, Target } from './plan.ts';
import type { Scalar } from './scalars.ts';
import { builtinScalar, enumScalar, facetScalar, listScalar, typeCode, unionScalar } from './scalars.ts';
import type { ComplexLine, SchemaIndex, SlotTokens } from './schema-lines.ts';
import { indexLines, isSimple, lineAt, parseComplex, parseElement, parseSimple } from './schema-lines.ts';
import { qualifiedName } from './violation.ts';

class CompiledField implements Field {
  readonly name: string;
  readonly uri: string;
  readonly slot: number;
  readonly repeated: boolean;
  readonly nillable: boolean;
  readonly open: string;
  readonly close: string;
  readonly #type: QName;
  readonly #schema: VersionedSchema;
  #target: Target | undefined;

  constructor(schema: VersionedSchema, prefix: string, name: string, type: QName, slot: number, repeated: boolean, nillable: boolean) {
    this.name = name;
    this.uri = schema.uri(prefix);
    this.slot = slot;
    this.repeated = repeated;
    this.nillable = nillable;
    this.open = `<${prefix}:${name}`;
    this.close = `</${prefix}:${name}>`;
    this.#type = type;
    this.#schema = schema;
  }

  get target(): Target {
    return (this.#target ??= this.#schema.resolve(this.#type));
  }
}

class VersionedSchema implements Schema {
  readonly namespaces: Readonly<Record<string, string>>;
  readonly levels: readonly string[];
  readonly level: number;
  readonly #family: SchemaFamily;
  readonly #targets = new Map<QName, Target>();
  readonly #elements = new Map<QName, Field | undefined>();
  readonly #prefixes: ReadonlyMap<string, string>;

  constructor(family: SchemaFamily, level: number) {
    this.#family = family;
    this.level = level;
    this.levels = family.index.levels;
    this.namespaces = Object.fromEntries(family.index.namespaces);
    this.#prefixes = new Map([...family.index.namespaces].map(([prefix, uri]) => [uri, prefix]));
  }

  knows(version: string): boolean {
    return this.#family.index.versions.has(version);
  }

  at(version: string): Schema {
    return this.#family.at(this.#family.index.versions.get(version) ?? this.levels.length - 1);
  }

  uri(prefix: string): string {
    const uri = prefix === 'xml' ? 'http://www.w3.org/XML/1998/namespace' : this.namespaces[prefix];
    if (uri === undefined) throw new SyntaxError(`schema table: prefix ${prefix} is not declared`);
    return uri;
  }

  plan(type: QName): Plan {
    const target = this.resolve(type);
    if (target.kind !== 'plan') throw new SyntaxError(`schema table: ${type} is a simple type`);
    return target;
  }

  element(name: QName): Field | undefined {
    if (this.#elements.has(name)) return this.#elements.get(name);
    const line = lineAt(this.#family.index.elements.get(name), this.level);
    const { type, since } = line === undefined ? { type: '', since: Infinity } : parseElement(line);
    const [prefix = '', local = ''] = name.split(':');
    const field = since <= this.level ? new CompiledField(this, prefix, local, type, 0, false, false) : undefined;
    if (this.#family.index.elements.has(name)) this.#elements.set(name, field);
    return field;
  }

  findElement(uri: string, local: string): Field | undefined {
    const prefix = this.#prefixes.get(uri);
    return prefix === undefined ? undefined : this.element(`${prefix}:${local}`);
  }

  findType(uri: string, local: string): Target | undefined {
    const prefix = this.#prefixes.get(uri);
    try {
      if (uri === 'http://www.w3.org/2001/XMLSchema') return builtinScalar(local);
      return prefix === undefined ? undefined : this.resolve(`${prefix}:${local}`);
    } catch (error) {
      if (error instanceof SyntaxError) return undefined;
      throw error;
    }
  }

  elementNames(): readonly QName[] {
    return [...this.#family.index.elements.keys()].filter((name) => this.element(name) !== undefined);
  }

  typeNames(): readonly QName[] {
    return [...this.#family.index.types.keys()].filter((name) => {
      const line = lineAt(this.#family.index.types.get(name), this.level);
      return line !== undefined && (isSimple(line) ? parseSimple(line).since : parseComplex(line).since) <= this.level;
    });
  }

  resolve(type: QName): Target {
    const known = this.#targets.get(type);
    if (known) return known;
    const target = type.startsWith('#') ? builtinScalar(type.slice(1)) : this.#compile(type);
    this.#targets.set(type, target);
    return target;
  }

  #compile(type: QName): Target {
    const line = lineAt(this.#family.index.types.get(type), this.level);
    if (line === undefined) throw new SyntaxError(`schema table: no type ${type} in ${this.levels[this.level] ?? ''}`);
    return isSimple(line) ? this.#compileSimple(line) : this.#compileComplex(parseComplex(line));
  }

  #label(name: QName): string {
    const [prefix = '', local = ''] = name.split(':');
    return qualifiedName(this.uri(prefix), local);
  }

  #compileSimple(line: string): Scalar {
    const simple = parseSimple(line);
    const isAnonymous = simple.name.includes('$');
    const label = (anonymous: string): string => (isAnonymous ? anonymous : this.#label(simple.name));
    if (simple.form === 'enum') {
      const values = simple.values.filter(({ since }) => since <= this.level).map(({ value }) => value);
      const newest = this.#family.newestValues(simple.name);
      return enumScalar(label('String'), new Set(values), new Set([...values, ...newest]));
    }
    if (simple.form === 'list') return listScalar(label('String'), this.#scalar(simple.item));
    if (simple.form === 'union') return unionScalar(label('String'), simple.members.map((member) => this.#scalar(member)));
    const base = this.#scalar(simple.base);
    return facetScalar(label(typeCode(base)), base, simple.facets);
  }

  #scalar(type: QName): Scalar {
    const target = this.resolve(type);
    if (target.kind !== 'scalar') throw new SyntaxError(`schema table: ${type} is not a simple type`);
    return target;
  }

  #compileComplex(line: ComplexLine): Plan {
    const base = line.base === undefined ? undefined : this.plan(line.base);
    const inherited = line.restriction ? undefined : base;
    const attributes = new Map(base?.attributes);
    for (const name of line.prohibited) attributes.delete(name);
    for (const token of line.attributes) {
      if (token.since > this.level) continue;
      const lexicalName = token.prefix ? `${token.prefix}:${token.name}` : token.name;
      attributes.set(lexicalName, { name: token.name, uri: token.prefix ? this.uri(token.prefix) : '', lexicalName, required: token.required, scalar: this.#scalar(token.type) });
    }
    const fields = new Map(inherited?.fields);
    const slots = [...(inherited?.slots ?? [])];
    // Groups of the heir are told from those of its base by the type's name.
    const groupPrefix = inherited?.hasGroups ? `${line.name}.` : '';
    for (const tokens of line.slots) this.#addSlot(tokens, fields, slots, groupPrefix);
    const any = line.any ?? inherited?.any;
    const text = line.text === undefined ? inherited?.text : this.#scalar(line.text);
    return {
      kind: 'plan', name: line.name, label: line.name.includes('$') ? '' : this.#label(line.name), uri: this.uri(line.name.split(':')[0] ?? ''),
      isAbstract: line.abstract, base: line.base, fields, attributes, required: [...attributes.values()].filter((attribute) => attribute.required),
      slots, nextRequired: nextRequired(slots), hasGroups: slots.some(({ group }) => group !== ''), text, dropsText: line.dropsText || (inherited?.dropsText ?? false), isAll: line.all || (inherited?.isAll ?? false), any,
      soapAttributes: line.anyAttribute || (inherited?.soapAttributes ?? false), ordered: slots.some((slot) => slot.max > 1 && slot.fields.length > 1),
      isEmpty: slots.length === 0 && any === undefined && text === undefined, later: this.#family.laterNames(line.name, this.level),
    };
  }

  #addSlot(tokens: SlotTokens, fields: Map<string, Field>, slots: Slot[], groupPrefix: string): void {
    const alternatives = tokens.alternatives.filter(({ since }) => since <= this.level);
    if (alternatives.length === 0) return;
    const group = tokens.group && groupPrefix + tokens.group;
    const own = alternatives.map((token) => new CompiledField(this, token.prefix, token.name, token.type, slots.length, tokens.max > 1, token.nillable));
    slots.push({ fields: own, min: tokens.min, max: tokens.max, group });
    // Of alternatives of one name, in several namespaces, the first is the one that is written.
    for (const field of [...own].reverse()) fields.set(field.name, field);
  }
}

function nextRequired(slots: readonly Slot[]): readonly number[] {
  const next = new Array<number>(slots.length + 1).fill(slots.length);
  for (let index = slots.length - 1; index >= 0; index -= 1) {
    const slot = slots[index];
    next[index] = slot && slot.min > 0 && slot.group === '' ? index : (next[index + 1] ?? slots.length);
  }
  return next;
}

/** All versions of one table. */
class SchemaFamily {
  readonly #lines: string;
  readonly #levels = new Map<number, VersionedSchema>();
  #index: SchemaIndex | undefined;

  constructor(lines: string) {
    this.#lines = lines;
  }

  get index(): SchemaIndex {
    return (this.#index ??= indexLines(this.#lines));
  }

  at(level: number): VersionedSchema {
    const known = this.#levels.get(level);
    if (known) return known;
    const schema = new VersionedSchema(this, level);
    this.#levels.set(level, schema);
    return schema;
  }

  #newest(type: QName): string | undefined {
    return this.index.types.get(type)?.at(-1)?.text;
  }

  newestValues(type: QName): readonly string[] {
    const line = this.#newest(type);
    const simple = line !== undefined && isSimple(line) ? parseSimple(line) : undefined;
    return simple?.form === 'enum' ? simple.values.map(({ value }) => value) : [];
  }

  /** What the newest form of a type names and an older one does not. */
  laterNames(type: QName, level: number): ReadonlySet<string> {
    if (level === this.index.levels.length - 1) return new Set();
    const names = new Set<string>();
    const now = new Set<string>();
    for (const [into, at] of [[names, this.index.levels.length - 1], [now, level]] as const) this.#collectNames(type, at, into);
    return new Set([...names].filter((name) => !now.has(name)));
  }

  #collectNames(type: QName, level: number, into: Set<string>): void {
    const text = lineAt(this.index.types.get(type), level) ?? this.#newest(type);
    if (text === undefined || isSimple(text)) return;
    const line = parseComplex(text);
    if (line.base !== undefined && !line.restriction) this.#collectNames(line.base, level, into);
    for (const { name, since } of [...line.attributes, ...line.slots.flatMap((slot) => slot.alternatives)]) if (since <= level) into.add(name);
  }
}

/**
 * Opens a table of types. Nothing is compiled, and the lines are not even split, before the first use.
 *
 * @param lines the table; its grammar stands in `schema-lines.ts`
 * @param version a version name of the table; the newest by default
 * @example
 * const schema = openSchema('!ns n urn:notes\nn:Note>NoteType\nn:NoteType @Id:#int? Title:#string Tag:#string*');
 * decodeDocument(Buffer.from('<Note xmlns="urn:notes"><Title>x</Title></Note>'), schema).value; // { Title: 'x' }
 */
export function openSchema(lines: string, version?: string): Schema {
  return new LazySchema(new SchemaFamily(lines), version);
}

/** Delays the index until somebody asks. */
class LazySchema implements Schema {
  readonly #family: SchemaFamily;
  readonly #version: string | undefined;
  #schema: VersionedSchema | undefined;

  constructor(family: SchemaFamily, version: string | undefined) {
    this.#family = family;
    this.#version = version;
  }

  get #it(): VersionedSchema {
    if (this.#schema) return this.#schema;
    const { levels, versions } = this.#family.index;
    const level = this.#version === undefined ? levels.length - 1 : versions.get(this.#version);
    if (level === undefined) throw new SyntaxError(`schema table: no version ${this.#version ?? ''}`);
    return (this.#schema = this.#family.at(level));
  }

  get namespaces(): Readonly<Record<string, string>> {
    return this.#it.namespaces;
  }

  get levels(): readonly string[] {
    return this.#it.levels;
  }

  get level(): number {
    return this.#it.level;
  }

  knows(version: string): boolean {
    return this.#it.knows(version);
  }

  at(version: string): Schema {
    return this.#it.at(version);
  }

  plan(type: QName): Plan {
    return this.#it.plan(type);
  }

  element(name: QName): Field | undefined {
    return this.#it.element(name);
  }

  findElement(uri: string, local: string): Field | undefined {
    return this.#it.findElement(uri, local);
  }

  findType(uri: string, local: string): Target | undefined {
    return this.#it.findType(uri, local);
  }

  elementNames(): readonly QName[] {
    return this.#it.elementNames();
  }

  typeNames(): readonly QName[] {
    return this.#it.typeNames();
  }
}
