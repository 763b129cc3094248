// The newest model to TypeScript: one file of types without run-time code. The rules are those of packages/xml's codec:
// attributes and children side by side, text under `$`, choices of several repeated names as pairs.
/** @typedef {import('./xsd.mjs').SchemaModel} SchemaModel */

const BUILT_IN = {
  boolean: 'boolean', base64Binary: 'Uint8Array', anyType: 'RawXml',
  ...Object.fromEntries(['int', 'long', 'short', 'integer', 'double', 'float', 'decimal', 'unsignedInt', 'unsignedShort', 'nonNegativeInteger'].map((name) => [name, 'number'])),
  ...Object.fromEntries(['string', 'anyURI', 'language', 'date', 'dateTime', 'time', 'duration'].map((name) => [name, 'string'])),
};

const identifier = (name) => name.slice(2).replaceAll('$', '_');
const key = (name) => (/^[A-Za-z_]\w*$/.test(name) ? name : `'${name}'`);

/** Breaks a union over lines of about 140 columns. */
function union(members) {
  const lines = [''];
  for (const member of members) {
    const last = lines[lines.length - 1];
    if (last.length + member.length > 140) lines.push(`  | ${member}`);
    else lines[lines.length - 1] = last ? `${last} | ${member}` : member;
  }
  return lines.join('\n');
}

class TypeWriter {
  #model;
  #derived = new Map();

  /** @param {SchemaModel} model */
  constructor(model) {
    this.#model = model;
    for (const type of model.types.values()) if (type.base && type.kind === 'complex') this.#derived.set(type.base, [...(this.#derived.get(type.base) ?? []), type]);
  }

  /** A type with everything it inherits. */
  #whole(type) {
    const base = type.base ? this.#whole(this.#model.types.get(type.base)) : undefined;
    if (!base) return type;
    if (type.restriction) {
      const own = type.attributes.map(({ name }) => name);
      return { ...type, attributes: [...base.attributes.filter(({ name }) => !own.includes(name)), ...type.attributes] };
    }
    return { ...type, text: type.text ?? base.text, any: type.any ?? base.any, attributes: [...base.attributes, ...type.attributes], slots: [...base.slots, ...type.slots] };
  }

  #isOrdered(type) {
    return type.kind === 'complex' && this.#whole(type).slots.some((slot) => slot.max > 1 && slot.alternatives.length > 1);
  }

  #concrete(type) {
    return [...(type.abstract ? [] : [type]), ...(this.#derived.get(type.name) ?? []).flatMap((derived) => this.#concrete(derived))];
  }

  #reference(name) {
    if (name.startsWith('#')) {
      const builtIn = BUILT_IN[name.slice(1)];
      if (!builtIn) throw new Error(`no TypeScript type for ${name}`);
      return builtIn;
    }
    const type = this.#model.types.get(name);
    if (!type) throw new Error(`${name} is not defined`);
    if (type.kind === 'simple' || !type.abstract) return identifier(name);
    const members = this.#concrete(type).map((member) => {
      const local = member.name.slice(2);
      return this.#isOrdered(member) ? `{ 'xsi:type': '${local}'; $: ${identifier(member.name)} }` : `({ 'xsi:type': '${local}' } & ${identifier(member.name)})`;
    });
    return members.length ? union(members) : 'never';
  }

  #simple(type) {
    if (type.form === 'list') return `readonly ${this.#reference(type.base)}[]`;
    if (type.form === 'union') {
      const members = new Set(type.values.map((value) => this.#root(value)));
      return members.size > 1 ? 'string' : [...members][0];
    }
    if (type.form === 'facets') return this.#reference(type.base);
    return union(type.values.map((value) => `'${value}'`));
  }

  /** The TypeScript type under the names. */
  #root(name) {
    const type = this.#model.types.get(name);
    return type?.form === 'facets' ? this.#root(type.base) : this.#reference(name);
  }

  #member(name, type, { required, repeated, nillable }) {
    const reference = this.#reference(type);
    const one = nillable ? `${reference} | null` : reference;
    const plain = repeated ? `readonly ${/^\w+$/.test(one) ? one : `(${one})`}[]` : one;
    return `  ${key(name)}${required ? `: ${plain}` : `?: ${plain} | undefined`};`;
  }

  #attributes(type) {
    return type.attributes.filter(({ prohibited }) => !prohibited).map(({ name, type: target, required }) => this.#member(name, target, { required }));
  }

  #pairs(type) {
    const members = this.#whole(type).slots.flatMap((slot) => slot.alternatives).map(({ name, type: target }) => `readonly ['${name.replace(/^\w:/, '')}', ${this.#reference(target)}]`);
    return `readonly (\n${members.map((member) => `  | ${member}`).join('\n')}\n)[]`;
  }

  #complex(type) {
    const name = identifier(type.name);
    if (type.any) return `export type ${name} = RawXml;`;
    if (this.#isOrdered(type)) {
      const attributes = this.#attributes(this.#whole(type));
      return attributes.length ? `export interface ${name} {\n${attributes.join('\n')}\n  $: ${this.#pairs(type)};\n}` : `export type ${name} = ${this.#pairs(type)};`;
    }
    const members = [...(type.text ? [`  $: ${this.#reference(type.text)};`] : []), ...this.#attributes(type.restriction ? this.#whole(type) : type), ...type.slots.flatMap((slot) => this.#slot(type, slot))];
    const heir = type.base && !type.restriction ? ` extends ${identifier(type.base)}` : '';
    return members.length ? `export interface ${name}${heir} {\n${members.join('\n')}\n}` : heir ? `export type ${name} = ${identifier(type.base)};` : `export type ${name} = Readonly<Record<never, never>>;`;
  }

  #slot(type, slot) {
    const required = slot.min > 0 && slot.group === '' && slot.alternatives.length === 1;
    return slot.alternatives.map(({ name, type: target, nillable }) => this.#member(name.replace(/^\w:/, ''), target, { required, repeated: slot.max > 1, nillable }));
  }

  /** @returns {string[]} one declaration an entry */
  declarations() {
    const names = [...this.#model.types.keys()].sort((a, b) => (identifier(a) < identifier(b) ? -1 : 1));
    const identifiers = names.map(identifier);
    if (new Set(identifiers).size !== identifiers.length) throw new Error('two types would get one TypeScript name');
    return names.map((name) => {
      const type = this.#model.types.get(name);
      return type.kind === 'simple' ? `export type ${identifier(name)} = ${this.#simple(type)};` : this.#complex(type);
    });
  }

  reference(name) {
    return this.#reference(name);
  }
}

/** @param {SchemaModel} model */
export const writeTypes = (model) => `import type { RawXml } from '@fauxchange/xml';\n\n${new TypeWriter(model).declarations().join('\n\n')}\n`;

/** @param {SchemaModel} model @param {import('./operations.mjs').Operation[]} operations @param {string[]} headers */
export function writeOperationTypes(model, operations, headers) {
  const writer = new TypeWriter(model);
  const target = (element) => writer.reference(model.elements.get(element));
  const body = operations.map(({ name, request, response }) => `  ${name}: { request: ${target(`m:${request}`)}; response: ${target(`m:${response}`)} };`);
  const soap = headers.map((name) => `  ${name}?: ${target(`t:${name}`)} | undefined;`);
  const text = [...body, ...soap].join('\n');
  const used = [...new Set([...text.matchAll(/[:&] (\w+)(?= [;|}]|;)/g)].map((match) => match[1]))].filter((name) => !['string', 'number', 'boolean'].includes(name)).sort();
  return `import type {\n${used.map((name) => `  ${name},`).join('\n')}\n} from './types.generated.ts';

/** Request and response of every operation: those of the WSDL and those that only messages.xsd declares. */
export interface OperationTypes {
${body.join('\n')}
}

export type OperationName = keyof OperationTypes;

/** The elements of the SOAP header, request's and response's. */
export interface SoapHeaders {
${soap.join('\n')}
}

/** What travels in soap:Body, and the schema level from which on it is known. */
export const operationElements: Readonly<Record<OperationName, { readonly request: string; readonly response: string; readonly since: number; readonly inWsdl: boolean }>> = {
${operations.map((o) => `  ${o.name}: { request: '${o.request}', response: '${o.response}', since: ${o.since}, inWsdl: ${o.inWsdl} },`).join('\n')}
};
`;
}

/** For the WSDL only, which few programs ask for. @param {import('./operations.mjs').Operation[]} operations */
export const writeOperationHeaders = (operations) => `/** The header blocks that an operation of the WSDL takes. */
export const operationHeaders: Readonly<Record<string, readonly string[]>> = {
${operations.filter(({ inWsdl }) => inWsdl).map(({ name, headers }) => `  ${name}: [${headers.map((header) => `'${header}'`).join(', ')}],`).join('\n')}
};
`;
