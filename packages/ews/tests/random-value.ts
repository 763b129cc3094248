import { rawXml } from '@fauxchange/xml';
import type { ComplexLine, SchemaTable, SlotTokens } from '@fauxchange/xml';

/** A small seeded generator (mulberry32): the same documents in every run. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const BUILT_IN: Readonly<Record<string, readonly unknown[]>> = {
  string: ['text', 'a < b & "c"', 'line\nbreak\r', ' blank '], anyURI: ['urn:x'], language: ['de-CH', 'en'], boolean: [true, false],
  int: [0, -1, 2147483647], short: [7, -32768], long: [4294967296, -5], integer: [12], unsignedInt: [1], unsignedShort: [3], nonNegativeInteger: [0, 9],
  double: [1.5, -2, Infinity], dateTime: ['2026-11-25T15:00:00Z', '2024-02-29T00:00:00.123+01:00', '2026-01-01T00:00:00'],
  date: ['2026-11-25', '2026-11-25Z'], time: ['08:00:00'], duration: ['PT30M', 'P1DT2H', '-PT5H'], base64Binary: [new Uint8Array([1, 2, 3, 4]), new Uint8Array()],
};

/** One text for each pattern in the schemas; a new pattern needs a new line here. */
const PATTERNS: readonly string[] = ['0e9a1c5d-1111-2222-3333-444455556666', '0x3fe4', 'ab_cd', '15.2.1', '17'];

const MAX_DEPTH = 7;

/** Makes values that fit the schema, each as it likes within what is allowed. */
export class RandomValues {
  readonly #table: SchemaTable;
  readonly #random: () => number;
  readonly #derived = new Map<string, string[]>();

  constructor(table: SchemaTable, seed: number) {
    this.#table = table;
    this.#random = seededRandom(seed);
    for (const [name, { base }] of table.complexTypes) if (base !== undefined) this.#derived.set(base, [...(this.#derived.get(base) ?? []), name]);
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.#random() * list.length)] as T;
  }

  chance(probability: number): boolean {
    return this.#random() < probability;
  }

  element(name: string): unknown {
    return this.#value(this.#table.elements.get(name) ?? '', 0);
  }

  #value(type: string, depth: number): unknown {
    if (type.startsWith('#')) return this.pick(BUILT_IN[type.slice(1)] ?? []);
    const line = this.#table.complexTypes.get(type);
    return line ? this.#complex(line, depth) : this.#simple(type);
  }

  #simple(type: string): unknown {
    const line = this.#table.simpleTypes.get(type);
    if (line === undefined) throw new Error(`no type ${type}`);
    if (line.form === 'enum') return this.pick(line.values).value;
    if (line.form === 'list') return Array.from({ length: 1 + Math.floor(this.#random() * 2) }, () => this.#value(line.item, 0));
    if (line.form === 'union') {
      const value = this.#value(this.pick(line.members), 0);
      return type === 't:PropertyTagType' ? String(value) : value;
    }
    const facet = (name: string): string | undefined => line.facets.find(([key]) => key === name)?.[1];
    const pattern = facet('pattern');
    if (pattern !== undefined) return PATTERNS.find((text) => new RegExp(`^(?:${pattern})$`).test(text));
    if (facet('length') === '0') return '';
    const low = facet('minInclusive');
    if (low !== undefined) return this.pick([Number(low), Number(facet('maxInclusive') ?? low)]);
    return this.#value(line.base, 0);
  }

  #concrete(type: string): string[] {
    const own = this.#table.complexTypes.get(type)?.abstract ? [] : [type];
    return [...own, ...(this.#derived.get(type) ?? []).flatMap((derived) => this.#concrete(derived))];
  }

  /** A type with what it inherits; the groups of base and heir never meet in these schemas. */
  #whole(line: ComplexLine): ComplexLine {
    const base = line.base === undefined ? undefined : this.#table.complexTypes.get(line.base);
    if (!base) return line;
    const whole = this.#whole(base);
    if (line.restriction) return { ...line, attributes: [...whole.attributes.filter(({ name }) => !line.prohibited.includes(name)), ...line.attributes] };
    return { ...line, any: line.any ?? whole.any, text: line.text ?? whole.text, attributes: [...whole.attributes, ...line.attributes], slots: [...whole.slots, ...line.slots] };
  }

  #complex(declared: ComplexLine, depth: number): unknown {
    const name = declared.abstract ? this.pick(this.#concrete(declared.name)) : declared.name;
    const line = this.#whole(this.#table.complexTypes.get(name) ?? declared);
    if (line.any !== undefined) return rawXml(line.any === 'other' ? '<x:y xmlns:x="urn:x">1</x:y>' : '');
    const out: Record<string, unknown> = name === declared.name ? {} : { 'xsi:type': name.slice(2) };
    for (const attribute of line.attributes) {
      const key = attribute.prefix ? `${attribute.prefix}:${attribute.name}` : attribute.name;
      if (attribute.required || this.chance(0.5)) out[key] = this.#value(attribute.type, depth);
    }
    if (line.text !== undefined) return { ...out, $: this.#value(line.text, depth) };
    const pairs = this.#slots(line, depth);
    if (line.slots.some((slot) => slot.max > 1 && slot.alternatives.length > 1)) return line.attributes.length || out['xsi:type'] ? { ...out, $: pairs } : pairs;
    for (const [key, value, isRepeated] of pairs) {
      if (isRepeated) out[key] = [...((out[key] as unknown[] | undefined) ?? []), value];
      else out[key] = value;
    }
    return out;
  }

  #slots(line: ComplexLine, depth: number): [string, unknown, boolean?][] {
    const groups = new Map<string, boolean>([['', true]]);
    const pairs: [string, unknown, boolean?][] = [];
    const isOrdered = line.slots.some((slot) => slot.max > 1 && slot.alternatives.length > 1);
    for (const slot of line.slots) {
      const outer = slot.group.slice(0, Math.max(0, slot.group.lastIndexOf('.')));
      if (!groups.has(slot.group)) groups.set(slot.group, (groups.get(outer) ?? false) && depth < MAX_DEPTH && this.chance(0.5));
      if (!groups.get(slot.group)) continue;
      for (let count = this.#count(slot, depth); count > 0; count -= 1) {
        const { name, type } = depth < MAX_DEPTH ? this.pick(slot.alternatives) : (slot.alternatives[0] as (typeof slot.alternatives)[number]);
        pairs.push(isOrdered ? [name, this.#value(type, depth + 1)] : [name, this.#value(type, depth + 1), slot.max > 1]);
      }
    }
    return pairs;
  }

  #count(slot: SlotTokens, depth: number): number {
    if (slot.min === 0 && (depth >= MAX_DEPTH || this.chance(0.3 + depth * 0.1))) return 0;
    return Math.min(slot.max, Math.max(slot.min, 1 + Math.floor(this.#random() * 2)));
  }
}
