// XSD files to plain models. Only the constructs that Microsoft's EWS schemas use are understood;
// anything else throws, so that a new schema cannot be misread in silence.
import { SaxesParser } from 'saxes';

/** @typedef {{ tag: string, attributes: Record<string, string>, children: Node[] }} Node */
/** @typedef {{ name: string, type: string, nillable: boolean }} Alternative  name is `Local` or `p:Local` when its namespace differs from the type's */
/** @typedef {{ alternatives: Alternative[], min: number, max: number, group: string }} Slot  group: path of optional inner sequences, `1.2` */
/** @typedef {{ name: string, type: string, required: boolean, prohibited?: boolean }} Attribute */
/**
 * @typedef {{ kind: 'complex', name: string, base?: string, restriction: boolean, abstract: boolean, all: boolean, any?: string,
 *   anyAttribute: boolean, text?: string, attributes: Attribute[], slots: Slot[] }} ComplexType
 */
/** @typedef {{ kind: 'simple', name: string, form: 'enum' | 'list' | 'union' | 'facets', base?: string, values: string[], facets: string[] }} SimpleType */
/** @typedef {{ types: Map<string, ComplexType | SimpleType>, elements: Map<string, string> }} SchemaModel */

/** @param {string} text @returns {Node} */
export function parseXml(text) {
  const parser = new SaxesParser({ xmlns: true });
  /** @type {Node} */
  const root = { tag: '', attributes: {}, children: [] };
  const stack = [root];
  parser.on('opentag', (tag) => {
    const attributes = Object.fromEntries(Object.values(tag.attributes).map((a) => [a.name, a.value]));
    const node = { tag: tag.local, attributes, children: [] };
    stack[stack.length - 1].children.push(node);
    stack.push(node);
  });
  parser.on('closetag', () => stack.pop());
  parser.write(text.replace(/^\uFEFF/, '')).close();
  return root.children[0];
}

const count = (value, otherwise) => (value === undefined ? otherwise : value === 'unbounded' ? Infinity : Number(value));

/** Reads types.xsd and messages.xsd into one model. */
export class SchemaReader {
  types = new Map();
  elements = new Map();
  #groups = new Map();
  #attributeGroups = new Map();
  #substitutes = new Map();
  #abstractElements = new Set();
  #prefix = 't';

  /** @param {Record<'t' | 'm', string>} sources XSD text by prefix @returns {SchemaModel} */
  static read(sources) {
    const reader = new SchemaReader();
    const roots = Object.entries(sources).map(([prefix, text]) => ({ prefix, root: parseXml(text) }));
    for (const step of ['collect', 'define']) for (const { prefix, root } of roots) {
      reader.#prefix = prefix;
      for (const node of root.children) {
        if (step === 'collect') reader.#collect(node);
        else reader.#define(node);
      }
    }
    for (const type of reader.types.values()) reader.#settle(type);
    return { types: reader.types, elements: reader.elements };
  }

  #settle(type) {
    if (type.kind !== 'complex' || !type.text || this.types.get(type.text)?.kind !== 'complex') return;
    type.base = type.text;
    delete type.text;
  }

  #collect(node) {
    const name = `${this.#prefix}:${node.attributes.name}`;
    if (node.tag === 'group') this.#groups.set(name, node);
    if (node.tag === 'attributeGroup') this.#attributeGroups.set(name, node);
    if (node.tag !== 'element') return;
    const head = node.attributes.substitutionGroup;
    if (head) this.#substitutes.set(this.#reference(head), [...(this.#substitutes.get(this.#reference(head)) ?? []), name]);
    if (node.attributes.abstract === 'true') this.#abstractElements.add(name);
    this.elements.set(name, node.attributes.type ? this.#reference(node.attributes.type) : `${name}$`);
  }

  #define(node) {
    const name = `${this.#prefix}:${node.attributes.name}`;
    if (node.tag === 'complexType') this.#complex(name, node);
    else if (node.tag === 'simpleType') this.#simple(name, node);
    else if (node.tag === 'element') {
      const inner = node.children.find((child) => child.tag !== 'annotation');
      if (inner) this.#anonymous(`${name}$`, inner);
    } else if (!['group', 'attributeGroup', 'import', 'annotation'].includes(node.tag)) throw new Error(`${node.tag} at the top of a schema`);
  }

  #reference(name) {
    const [prefix, local] = name.includes(':') ? name.split(':') : [this.#prefix, name];
    if (prefix === 'tns') return `${this.#prefix}:${local}`;
    return prefix === 'xs' || prefix === 'xsd' ? `#${local}` : `${prefix}:${local}`;
  }

  /** An anonymous type gets its owner's name and a dollar sign. */
  #anonymous(name, node) {
    if (node.tag === 'complexType') this.#complex(name, node);
    else if (node.tag === 'simpleType') this.#simple(name, node);
    else throw new Error(`${node.tag} inside ${name}`);
    return name;
  }

  #complex(name, node) {
    const type = { kind: 'complex', name, restriction: false, abstract: node.attributes.abstract === 'true', all: false, anyAttribute: false, attributes: [], slots: [] };
    if (node.attributes.mixed === 'true') throw new Error(`${name} is mixed`);
    this.types.set(name, type);
    this.#content(type, node.children, { group: 0 });
    const names = type.slots.flatMap((slot) => slot.alternatives.map((a) => a.name)).concat(type.attributes.map((a) => a.name));
    if (new Set(names).size !== names.length) throw new Error(`${name} names one thing twice`);
  }

  #content(type, children, counter) {
    for (const child of children) {
      if (['sequence', 'choice', 'group', 'all'].includes(child.tag)) {
        type.all ||= child.tag === 'all';
        type.slots.push(...this.#particle(type, child, counter, ''));
      } else if (child.tag === 'attribute') type.attributes.push(this.#attribute(type, child));
      else if (child.tag === 'attributeGroup') this.#content(type, this.#attributeGroups.get(this.#reference(child.attributes.ref)).children, counter);
      else if (child.tag === 'anyAttribute') type.anyAttribute = true;
      else if (child.tag === 'complexContent' || child.tag === 'simpleContent') this.#derivation(type, child, counter);
      else if (child.tag !== 'annotation') throw new Error(`${child.tag} in ${type.name}`);
    }
  }

  #derivation(type, content, counter) {
    const step = content.children.find((child) => child.tag !== 'annotation');
    const base = this.#reference(step.attributes.base);
    if (content.tag === 'simpleContent') {
      if (step.tag !== 'extension') throw new Error(`${type.name}: simple content by restriction`);
      type.text = base; // a complex base is told apart when all types are known: #settle
    } else {
      type.base = base;
      type.restriction = step.tag === 'restriction';
    }
    this.#content(type, step.children, counter);
  }

  #attribute(type, node) {
    if (node.attributes.ref) return { name: node.attributes.ref, type: '#language', required: node.attributes.use === 'required' };
    const { name } = node.attributes;
    if (node.attributes.use === 'prohibited') return { name, type: '', required: false, prohibited: true };
    const inner = node.children.find((child) => child.tag !== 'annotation');
    const target = inner ? this.#anonymous(`${type.name}$${name}`, inner) : this.#reference(node.attributes.type ?? 'xs:string');
    return { name, type: target, required: node.attributes.use === 'required' };
  }

  /** @returns {Slot[]} */
  #particle(type, node, counter, group) {
    const min = count(node.attributes.minOccurs, 1);
    const max = count(node.attributes.maxOccurs, 1);
    if (max === 0) return [];
    if (node.tag === 'element') return [{ alternatives: this.#elements(type, node), min, max, group }];
    if (node.tag === 'any') {
      type.any = node.attributes.namespace === '##other' ? 'other' : 'any';
      return [];
    }
    if (node.tag === 'group') {
      const inner = this.#groups.get(this.#reference(node.attributes.ref)).children.find((child) => child.tag !== 'annotation');
      return this.#particle(type, { ...inner, attributes: { ...inner.attributes, ...node.attributes } }, counter, group);
    }
    const parts = node.children.filter((child) => child.tag !== 'annotation');
    if (node.tag === 'choice') return this.#choice(type, parts, min, max, counter, group);
    return this.#sequence(type, parts, min, max, counter, group);
  }

  #sequence(type, parts, min, max, counter, group) {
    const own = min === 0 && parts.length > 1 ? `${group && `${group}.`}${++counter.group}` : group;
    const slots = parts.flatMap((part) => this.#particle(type, part, counter, own));
    if (max !== 1) {
      if (slots.length !== 1) throw new Error(`${type.name}: a repeated sequence of several`);
      return [{ ...slots[0], min: min * slots[0].min, max: Infinity }];
    }
    if (min === 0 && slots.length === 1) return [{ ...slots[0], min: 0 }];
    // Where nothing inside is required, the optional sequence says nothing.
    if (own !== group && slots.every((slot) => slot.min === 0)) return slots.map((slot) => ({ ...slot, group }));
    return slots;
  }

  #choice(type, parts, min, max, counter, group) {
    const inner = parts.map((part) => this.#particle(type, part, counter, group)).filter((slots) => slots.length > 0);
    if (inner.length === 0) return [];
    if (inner.some((slots) => slots.length !== 1)) return this.#choiceOfSequences(type, inner, min, max);
    const slots = inner.map(([slot]) => slot);
    const most = Math.max(...slots.map((slot) => slot.max)) === Infinity && slots.length === 1 ? Infinity : max;
    if (slots.some((slot) => slot.max !== 1 && max === 1 && slots.length > 1)) return this.#choiceOfSequences(type, inner, min, max);
    return [{ alternatives: slots.flatMap((slot) => slot.alternatives), min: slots.some((slot) => slot.min === 0) ? 0 : min, max: most, group }];
  }

  #choiceOfSequences(type, inner) {
    throw new Error(`${type.name}: a choice of sequences: ${inner.map((slots) => slots.map((s) => `${s.alternatives.map((a) => a.name)}{${s.min},${s.max}}`).join(' ')).join(' | ')}`);
  }

  /** @returns {Alternative[]} */
  #elements(type, node) {
    const own = type.name.slice(0, 2);
    const nillable = node.attributes.nillable === 'true';
    if (!node.attributes.ref) {
      const inner = node.children.find((child) => child.tag !== 'annotation');
      const { name } = node.attributes;
      const target = inner ? this.#anonymous(`${type.name}$${name}`, inner) : this.#reference(node.attributes.type ?? 'xs:anyType');
      return [{ name, type: target, nillable }];
    }
    const head = this.#reference(node.attributes.ref);
    const names = [...(this.#abstractElements.has(head) ? [] : [head]), ...(this.#substitutes.get(head) ?? [])];
    return names.map((name) => ({ name: name.startsWith(own) ? name.slice(2) : name, type: this.elements.get(name), nillable }));
  }

  #simple(name, node) {
    const step = node.children.find((child) => child.tag !== 'annotation');
    const parts = step.children.filter((child) => child.tag !== 'annotation');
    if (step.tag === 'list') {
      const inner = parts[0] ? this.#anonymous(`${name}$item`, parts[0]) : this.#reference(step.attributes.itemType);
      this.types.set(name, { kind: 'simple', name, form: 'list', base: inner, values: [], facets: [] });
    } else if (step.tag === 'union') {
      const members = (step.attributes.memberTypes ?? '').split(/\s+/).filter(Boolean).map((member) => this.#reference(member));
      parts.forEach((part, index) => members.push(this.#anonymous(`${name}$${index}`, part)));
      this.types.set(name, { kind: 'simple', name, form: 'union', values: members, facets: [] });
    } else {
      const values = parts.filter((part) => part.tag === 'enumeration').map((part) => part.attributes.value);
      const facets = parts.filter((part) => part.tag !== 'enumeration').map((part) => `${part.tag}=${part.attributes.value}`);
      if (values.length && facets.length) throw new Error(`${name} has values and facets`);
      const base = this.#reference(step.attributes.base);
      this.types.set(name, { kind: 'simple', name, form: values.length ? 'enum' : 'facets', base, values: [...new Set(values)], facets });
    }
  }
}
