// Models of several schema versions to one table, a line a type. The grammar is told in packages/xml/src/schema-lines.ts.
/** @typedef {import('./xsd.mjs').SchemaModel} SchemaModel */

const quantity = ({ min, max }) => {
  if (max === Infinity) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  if (max === 1) return min === 0 ? '?' : '';
  return `{${min},${max}}`;
};

/** Renders one type or element; `since(part)` gives a mark such as `^3`, or nothing for the plain text of one version. */
class LineWriter {
  #prefix;
  #since;

  constructor(name, since) {
    this.#prefix = name.slice(0, 2);
    this.#since = since;
  }

  #type(name) {
    return name.startsWith(this.#prefix) ? name.slice(2) : name;
  }

  head(type) {
    const derivation = type.base ? `${type.restriction ? '<<' : '<'}${this.#type(type.base)}` : '';
    return `${type.name}${type.abstract ? '!' : ''}${this.#since('')}${derivation}`;
  }

  complex(type) {
    const parts = [this.head(type)];
    if (type.all) parts.push('&');
    if (type.text) parts.push(`$:${this.#type(type.text)}`);
    for (const { name, type: target, required, prohibited } of type.attributes) parts.push(prohibited ? `@-${name}` : `@${name}:${this.#type(target)}${required ? '' : '?'}${this.#since(name)}`);
    if (type.anyAttribute) parts.push('@...');
    for (const slot of type.slots) parts.push(this.#slot(slot));
    if (type.any) parts.push(type.any === 'other' ? '...other' : '...');
    return parts.join(' ');
  }

  #slot(slot) {
    const group = slot.group ? `/${slot.group}` : '';
    if (slot.alternatives.length === 1) return this.#alternative(slot.alternatives[0], quantity(slot) + group);
    return `(${slot.alternatives.map((alternative) => this.#alternative(alternative, '')).join('|')})${quantity(slot)}${group}`;
  }

  #alternative({ name, type, nillable }, tail) {
    return `${name}:${this.#type(type)}${nillable ? '%' : ''}${tail}${this.#since(name)}`;
  }

  simple(type) {
    const head = `${type.name}${this.#since('')}=`;
    if (type.form === 'list') return `${head}[]${this.#type(type.base)}`;
    if (type.form === 'union') return `${head}|${type.values.map((value) => this.#type(value)).join(' ')}`;
    if (type.form === 'facets') return `${head}:${[this.#type(type.base), ...type.facets].join(' ')}`;
    return head + type.values.map((value) => value + this.#since(value)).join(' ');
  }

  static write(type, since = () => '') {
    const writer = new LineWriter(type.name, since);
    return type.kind === 'complex' ? writer.complex(type) : writer.simple(type);
  }
}

/** Names of the parts of a type that can carry a mark of their own. */
const partsOf = (type) => type.kind === 'complex'
  ? [...type.attributes.map((a) => a.name), ...type.slots.flatMap((slot) => slot.alternatives.map((a) => a.name))]
  : type.form === 'enum' ? type.values : [];

/** What is left of a type when only some of its parts are there. */
function project(type, has) {
  if (type.kind === 'simple') return type.form === 'enum' ? { ...type, values: type.values.filter(has) } : type;
  const slots = type.slots.map((slot) => ({ ...slot, alternatives: slot.alternatives.filter((a) => has(a.name)) })).filter((slot) => slot.alternatives.length > 0);
  return { ...type, attributes: type.attributes.filter((a) => has(a.name)), slots };
}

/** The first level from which on a thing is in every later one. */
function firstLevel(present) {
  let level = present.length - 1;
  while (level > 0 && present[level - 1]) level -= 1;
  return level;
}

/** All lines of one type: those of old versions that marks cannot express, then the newest one. */
function linesOfType(name, models) {
  const versions = models.map((model) => model.types.get(name));
  const newest = versions.findLastIndex(Boolean);
  const type = versions[newest];
  const parts = new Map(partsOf(type).map((part) => [part, firstLevel(versions.slice(0, newest + 1).map((v) => v !== undefined && partsOf(v).includes(part)))]));
  const born = firstLevel(versions.slice(0, newest + 1).map(Boolean));
  const mark = (level, floor) => (level > floor ? `^${level}` : '');
  const main = LineWriter.write(type, (part) => (part === '' ? mark(born, 0) : mark(parts.get(part), born)));

  const texts = versions.map((version, level) => {
    if (!version || level > newest) return undefined;
    const plain = LineWriter.write(version, (part) => (part === '' ? mark(born, 0) : ''));
    const projected = LineWriter.write(project(type, (part) => parts.get(part) <= level), (part) => (part === '' ? mark(born, 0) : ''));
    return projected === plain ? main : plain;
  });
  if (versions.slice(0, born).some(Boolean)) throw new Error(`${name} came, went and came again`);
  return withEnds(texts, born, newest, models.length - 1);
}

/** A line of each run of levels that share a text; `~2 ` says that it holds up to level 2, none that it is the newest. */
function withEnds(texts, born, newest, top) {
  const lines = [];
  for (let level = born; level <= newest; level += 1) {
    if (level === top) lines.push(texts[level]);
    else if (texts[level] !== texts[level + 1]) lines.push(`~${level} ${texts[level]}`);
  }
  return lines;
}

/** @param {SchemaModel[]} models oldest first @param {string[]} header @returns {string[]} */
export function renderLines(models, header) {
  const union = (pick) => [...new Set(models.toReversed().flatMap((model) => [...pick(model).keys()]))].sort();
  const elements = union((model) => model.elements).flatMap((name) => {
    const targets = models.map((model) => model.elements.get(name));
    const newest = targets.findLastIndex(Boolean);
    const born = firstLevel(targets.slice(0, newest + 1).map(Boolean));
    const texts = targets.map((target) => target && `${name}>${target.startsWith(name.slice(0, 2)) ? target.slice(2) : target}${born > 0 ? `^${born}` : ''}`);
    return withEnds(texts, born, newest, models.length - 1);
  });
  return [...header, ...elements, ...union((model) => model.types).flatMap((name) => linesOfType(name, models))];
}
