/**
 * The table of a schema: one text line a type. The grammar, by example:
 *
 * ```
 * !ns t http://…/types               a namespace and its prefix
 * !levels 2007SP1 2010SP1 SE         names of the versions, oldest first; `^1` marks what came with 2010SP1
 * !versions Exchange2010=1 …         the level that a version name asks for
 * m:GetItem>GetItemType              a global element; a type without prefix is of the line's own namespace
 * t:ItemType!<BaseType Subject:#string? Size:#int Items:ArrayOf…    `!` abstract, `<` extends, `<<` restricts, `#` built-in
 *   (A:#string|B:#int^1)+            a choice; `?` `*` `+` `{1,5}` say how often, `%` that xsi:nil is allowed
 *   (A:#string|m:A:#string)          one name in two namespaces: both are read as A, the first is written
 *   A:#string/1 B:#int/1.2           members of an optional inner sequence, by its path
 *   @Id:#string @Key:#string?        attributes, inherited by restrictions too, but for `@-Key`; `@...` any of the SOAP namespace
 *   $:#string                        text content; `$~` text between the children is let pass and dropped
 *   &                                the children in any order; `...`, `...other` any element
 * t:Colour=Red Green^1               an enumeration
 * t:Colours=[]Colour                 a list     t:AorB=|A B   a union     t:Short=:#string minLength=1   a restriction
 * ~2 t:ItemType …                    how the type was up to level 2
 * ```
 */
export interface SchemaIndex {
  readonly namespaces: ReadonlyMap<string, string>;
  readonly levels: readonly string[];
  readonly versions: ReadonlyMap<string, number>;
  /** Lines of a name: those that end at a level first, in order. */
  readonly types: ReadonlyMap<string, readonly SchemaLine[]>;
  readonly elements: ReadonlyMap<string, readonly SchemaLine[]>;
}

export interface SchemaLine {
  readonly until: number;
  readonly text: string;
}

/** The first of ` !<=>^`; a name is all before it. */
function endOfName(text: string): number {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x20 || code === 0x21 || code === 0x5e || (code >= 0x3c && code <= 0x3e)) return index;
  }
  return text.length;
}

/** Splits and indexes a table; costs about a millisecond for a thousand lines. */
export function indexLines(source: string): SchemaIndex {
  const namespaces = new Map<string, string>();
  const versions = new Map<string, number>();
  const types = new Map<string, SchemaLine[]>();
  const elements = new Map<string, SchemaLine[]>();
  let levels: readonly string[] = ['newest'];
  for (const raw of source.split('\n')) {
    const line = raw.charCodeAt(0) > 0x20 && raw.charCodeAt(raw.length - 1) > 0x20 ? raw : raw.trim();
    if (line === '') continue;
    if (line.startsWith('!')) {
      const [directive, ...words] = line.split(' ');
      if (directive === '!ns') namespaces.set(words[0] ?? '', words[1] ?? '');
      else if (directive === '!levels') levels = words;
      else if (directive === '!versions') for (const word of words) versions.set(word.split('=')[0] ?? '', Number(word.split('=')[1]));
      else throw new SyntaxError(`schema table: unknown directive ${line}`);
      continue;
    }
    const isOld = line.charCodeAt(0) === 0x7e;
    const blank = isOld ? line.indexOf(' ') : -1;
    const text = isOld ? line.slice(blank + 1) : line;
    const end = endOfName(text);
    const into = text.charCodeAt(end) === 0x3e ? elements : types;
    const name = text.slice(0, end);
    const entry = { until: isOld ? Number(line.slice(1, blank)) : Infinity, text };
    const known = into.get(name);
    if (known) known.push(entry);
    else into.set(name, [entry]);
  }
  return { namespaces, levels, versions, types, elements };
}

/** The line that holds at a level. A mark on its head may still say that the name is younger. */
export function lineAt(lines: readonly SchemaLine[] | undefined, level: number): string | undefined {
  return lines?.find((line) => level <= line.until)?.text;
}

export interface Token {
  readonly name: string;
  readonly prefix: string;
  readonly type: string;
  readonly nillable: boolean;
  readonly since: number;
}

export interface SlotTokens {
  readonly alternatives: readonly Token[];
  readonly min: number;
  readonly max: number;
  readonly group: string;
}

export interface ComplexLine {
  readonly name: string;
  readonly since: number;
  readonly abstract: boolean;
  readonly base: string | undefined;
  readonly restriction: boolean;
  readonly all: boolean;
  readonly any: 'any' | 'other' | undefined;
  readonly anyAttribute: boolean;
  readonly text: string | undefined;
  /** Whether character data between the children is dropped rather than refused. */
  readonly dropsText: boolean;
  readonly attributes: readonly (Token & { readonly required: boolean })[];
  /** Attributes of the base that a restriction takes away. */
  readonly prohibited: readonly string[];
  readonly slots: readonly SlotTokens[];
}

const HEAD = /^([^ !<^]+)(!?)(?:\^(\d+))?(?:(<<?)([^ ]+))?$/;
const PART = /^(.*?)(%?)([?*+]|\{\d+,\d*\})?(?:\/([\d.]+))?(?:\^(\d+))?$/;

const qualify = (type: string, prefix: string): string => (type.startsWith('#') || type.includes(':') ? type : `${prefix}:${type}`);

/** `Name:Type`, `Name:t:Type`, `t:Name:Type`; the first word is a prefix only if it is one letter or `xml`. */
function splitName(text: string, prefix: string): { name: string; prefix: string; type: string } {
  const words = text.split(':');
  const foreign = words.length > 2 && /^([a-z]|xml)$/.test(words[0] ?? '');
  const [name = '', ...type] = foreign ? words.slice(1) : words;
  return { name, prefix: foreign ? (words[0] ?? '') : prefix, type: qualify(type.join(':'), prefix) };
}

function range(quantity: string | undefined): { min: number; max: number } {
  if (quantity === undefined) return { min: 1, max: 1 };
  if (quantity === '?') return { min: 0, max: 1 };
  if (quantity === '*') return { min: 0, max: Infinity };
  if (quantity === '+') return { min: 1, max: Infinity };
  const [min = '', max = ''] = quantity.slice(1, -1).split(',');
  return { min: Number(min), max: max === '' ? Infinity : Number(max) };
}

function part(text: string, prefix: string): Token & { quantity: string | undefined; group: string } {
  const [, body = '', nil, quantity, group = '', since] = PART.exec(text) ?? [];
  return { ...splitName(body, prefix), nillable: nil === '%', since: Number(since ?? 0), quantity, group };
}

function slot(text: string, prefix: string): SlotTokens {
  if (!text.startsWith('(')) {
    const { quantity, group, ...token } = part(text, prefix);
    return { alternatives: [token], ...range(quantity), group };
  }
  const end = text.lastIndexOf(')');
  const { quantity, group } = part(text.slice(end + 1), prefix);
  return { alternatives: text.slice(1, end).split('|').map((alternative) => part(alternative, prefix)), ...range(quantity), group };
}

/** Takes the line of a complex type apart. */
export function parseComplex(line: string): ComplexLine {
  const [head = '', ...words] = line.split(' ');
  const match = HEAD.exec(head);
  if (!match) throw new SyntaxError(`schema table: ${line}`);
  const [, name = '', abstract, since, derivation, base] = match;
  const prefix = name.slice(0, name.indexOf(':'));
  let text: string | undefined;
  let any: 'any' | 'other' | undefined;
  const attributes: (Token & { required: boolean })[] = [];
  const prohibited: string[] = [];
  const slots: SlotTokens[] = [];
  for (const word of words) {
    if (word === '&' || word === '$~' || word === '@...') continue;
    if (word.startsWith('$:')) text = qualify(word.slice(2), prefix);
    else if (word.startsWith('...')) any = word === '...other' ? 'other' : 'any';
    else if (word.startsWith('@-')) prohibited.push(word.slice(2));
    else if (word.startsWith('@')) {
      const token = part(word.slice(1), prefix);
      attributes.push({ ...token, prefix: token.prefix === prefix ? '' : token.prefix, required: token.quantity === undefined });
    } else slots.push(slot(word, prefix));
  }
  return {
    name, since: Number(since ?? 0), abstract: abstract === '!', base: base === undefined ? undefined : qualify(base, prefix), restriction: derivation === '<<',
    all: words.includes('&'), dropsText: words.includes('$~'), any, anyAttribute: words.includes('@...'), text, attributes, prohibited, slots,
  };
}

export type SimpleLine = { readonly name: string; readonly since: number } & (
  | { readonly form: 'enum'; readonly values: readonly { readonly value: string; readonly since: number }[] }
  | { readonly form: 'list'; readonly item: string }
  | { readonly form: 'union'; readonly members: readonly string[] }
  | { readonly form: 'facets'; readonly base: string; readonly facets: readonly (readonly [string, string])[] }
);

/** Whether a line is that of a simple type: its head ends in `=`. */
export const isSimple = (line: string): boolean => /^[^ <!]+=/.test(line);

/** Takes the line of a simple type apart. */
export function parseSimple(line: string): SimpleLine {
  const at = line.indexOf('=');
  const [name = '', mark] = line.slice(0, at).split('^');
  const head = { name, since: Number(mark ?? 0) };
  const prefix = name.slice(0, name.indexOf(':'));
  const body = line.slice(at + 1);
  if (body.startsWith('[]')) return { ...head, form: 'list', item: qualify(body.slice(2), prefix) };
  if (body.startsWith('|')) return { ...head, form: 'union', members: body.slice(1).split(' ').map((type) => qualify(type, prefix)) };
  if (body.startsWith(':')) {
    const [base = '', ...facets] = body.slice(1).split(' ');
    return { ...head, form: 'facets', base: qualify(base, prefix), facets: facets.map((facet) => [facet.slice(0, facet.indexOf('=')), facet.slice(facet.indexOf('=') + 1)] as const) };
  }
  return { ...head, form: 'enum', values: body.split(' ').map((word) => ({ value: word.split('^')[0] ?? '', since: Number(word.split('^')[1] ?? 0) })) };
}

/** The type and the mark of a global element's line. */
export function parseElement(line: string): { readonly type: string; readonly since: number } {
  const [name = '', rest = ''] = line.split('>');
  const [type = '', since] = rest.split('^');
  return { type: qualify(type, name.slice(0, name.indexOf(':'))), since: Number(since ?? 0) };
}

/** One version of everything in a table, taken apart: for those who write a schema rather than read documents by it. */
export interface SchemaTable {
  readonly namespaces: ReadonlyMap<string, string>;
  readonly complexTypes: ReadonlyMap<string, ComplexLine>;
  readonly simpleTypes: ReadonlyMap<string, SimpleLine>;
  /** Global elements and their types. */
  readonly elements: ReadonlyMap<string, string>;
}

/**
 * Reads a whole table as a version has it; by default the newest.
 *
 * @throws {RangeError} where no version has that name
 * @example
 * readSchemaTable(schemaLines, 'Exchange2010').elements.get('m:GetItem'); // 'm:GetItemType'
 */
export function readSchemaTable(lines: string, version?: string): SchemaTable {
  const index = indexLines(lines);
  const level = version === undefined ? index.levels.length - 1 : index.versions.get(version);
  if (level === undefined) throw new RangeError(`schema table: no version ${version}`);
  const isThere = ({ since }: { readonly since: number }): boolean => since <= level;
  const current = <T extends { readonly since: number }>(map: SchemaIndex['types'], parse: (line: string) => T): [string, T][] => [...map].flatMap(([name, candidates]) => {
    const line = lineAt(candidates, level);
    const parsed = line === undefined ? undefined : parse(line);
    return parsed && isThere(parsed) ? [[name, parsed] as [string, T]] : [];
  });
  const complex = (line: ComplexLine): ComplexLine => ({
    ...line,
    attributes: line.attributes.filter(isThere),
    slots: line.slots.map((one) => ({ ...one, alternatives: one.alternatives.filter(isThere) })).filter(({ alternatives }) => alternatives.length > 0),
  });
  const simple = (line: SimpleLine): SimpleLine => (line.form === 'enum' ? { ...line, values: line.values.filter(isThere) } : line);
  const types = current(index.types, (line) => (isSimple(line) ? simple(parseSimple(line)) : complex(parseComplex(line))));
  const isComplex = (entry: [string, SimpleLine | ComplexLine]): entry is [string, ComplexLine] => 'slots' in entry[1];
  return {
    namespaces: index.namespaces,
    complexTypes: new Map(types.filter(isComplex)),
    simpleTypes: new Map(types.filter((entry): entry is [string, SimpleLine] => !isComplex(entry))),
    elements: new Map(current(index.elements, parseElement).map(([name, { type }]) => [name, type])),
  };
}
