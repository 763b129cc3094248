import type { IllegalCharacters } from './escape.ts';
import type { XmlNode } from './xml-node.ts';

export interface BuildOptions {
  /** Whether to indent; text is not touched. */
  readonly pretty?: boolean | undefined;
  /** Whether to begin with an XML declaration; yes by default. */
  readonly declaration?: boolean | undefined;
  readonly illegalCharacters?: IllegalCharacters | undefined;
}

const XMLNS = 'http://www.w3.org/2000/xmlns/';
const XML = 'http://www.w3.org/XML/1998/namespace';

/** Stands before what xmlbuilder2 would spoil; itself it becomes `\uE000e`. */
const MARK = '\uE000';
const IN_TEXT = /[\uE000&\r\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const IN_ATTRIBUTE = /[\uE000&\r\n\t\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const LETTERS: Readonly<Record<string, string>> = { [MARK]: 'e', '&': 'a', '\r': 'r', '\n': 'n', '\t': 't' };
const WRITTEN: Readonly<Record<string, string>> = { e: MARK, a: '&amp;', r: '&#xD;', n: '&#xA;', t: '&#x9;' };

// xmlbuilder2 4.0.3 takes `&lt;` in data for an entity of its own, passes `&nbsp;` and control characters through and
// forgets to escape carriage returns. What it must not see is hidden from it and put back in its output.
const hide = (text: string, pattern: RegExp, illegal: IllegalCharacters): string =>
  text.replace(pattern, (character) => {
    const letter = LETTERS[character];
    if (letter !== undefined) return MARK + letter;
    return illegal === 'strip' ? '' : `${MARK}x${character.charCodeAt(0).toString(16).toUpperCase()};`;
  });

const reveal = (xml: string): string => xml.replace(/\uE000(?:x([0-9A-F]+);|([eartn]))/g, (_, hex: string | undefined, letter: string | undefined) => (hex === undefined ? (WRITTEN[letter ?? ''] ?? '') : `&#x${hex};`));

/** The part of xmlbuilder2 that is used, so that its types stay inside. */
interface Builder {
  ele(namespace: string | null, name: string): Builder;
  att(namespace: string | null, name: string, value: string): Builder;
  txt(text: string): Builder;
  up(): Builder;
  end(options: { prettyPrint: boolean; headless: boolean }): string;
}

type Scope = Readonly<Record<string, string>>;

function uriOf(name: string, scope: Scope, isAttribute: boolean): string | null {
  const prefix = name.includes(':') ? name.slice(0, name.indexOf(':')) : '';
  if (prefix === '') return isAttribute ? null : (scope[''] ?? null);
  const uri = prefix === 'xml' ? XML : scope[prefix];
  if (uri === undefined) throw new Error(`buildDocument: the prefix of ${name} is not declared`);
  return uri;
}

function add(parent: Builder, node: XmlNode, outer: Scope, illegal: IllegalCharacters): void {
  const scope = { ...outer, ...node.namespaces };
  const element = parent.ele(uriOf(node.name, scope, false) || null, node.name);
  for (const [prefix, uri] of Object.entries(node.namespaces ?? {})) if (prefix !== '' || !isOwn(node, scope, outer)) element.att(XMLNS, prefix === '' ? 'xmlns' : `xmlns:${prefix}`, hide(uri, IN_ATTRIBUTE, illegal));
  for (const [name, value] of Object.entries(node.attributes ?? {})) {
    if (value !== undefined) element.att(uriOf(name, scope, true), name, hide(String(value), IN_ATTRIBUTE, illegal));
  }
  for (const child of node.children ?? []) {
    if (typeof child === 'string') element.txt(hide(child, IN_TEXT, illegal));
    else if (child !== undefined) add(element, child, scope, illegal);
  }
}

/** The serializer declares the default namespace of an unprefixed element by itself; said twice it would be written twice. */
const isOwn = (node: XmlNode, scope: Scope, outer: Scope): boolean => !node.name.includes(':') && scope[''] !== outer[''];

/**
 * Builds a cold document: Autodiscover, WSDL. Slow beside `encodeDocument` (thirty times), and its library is loaded with the first call.
 *
 * @throws Error for a prefix that is not declared
 * @example
 * buildDocument({ name: 'Note', namespaces: { '': 'urn:notes' }, children: [{ name: 'Title', children: ['a & b'] }] });
 */
export function buildDocument(root: XmlNode, options: BuildOptions = {}): string {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- 159 modules that most programs never need
  const { create } = require('xmlbuilder2') as { create(options: { version: string; encoding: string }): Builder };
  const document = create({ version: '1.0', encoding: 'utf-8' });
  add(document, root, {}, options.illegalCharacters ?? 'reference');
  return reveal(document.end({ prettyPrint: options.pretty ?? false, headless: options.declaration === false }));
}
