import type { IllegalCharacters } from './escape.ts';
import { escapeAttribute, escapeText } from './escape.ts';

/** An element without a schema. A name is `Local` or `prefix:Local`; prefixes are declared by `namespaces` here or further out. */
export interface XmlNode {
  readonly name: string;
  /** Prefix to URI; the empty prefix is the default namespace. */
  readonly namespaces?: Readonly<Record<string, string>> | undefined;
  readonly attributes?: Readonly<Record<string, string | number | boolean | undefined>> | undefined;
  /** Undefined children are left out. */
  readonly children?: readonly (XmlNode | string | undefined)[] | undefined;
}

/**
 * Writes a small element as text: fault details, MessageXml.
 *
 * @example
 * renderXml({ name: 't:Value', attributes: { Name: 'BackOffMilliseconds' }, children: ['1000'] });
 */
export function renderXml(node: XmlNode, illegal: IllegalCharacters = 'reference'): string {
  const namespaces = Object.entries(node.namespaces ?? {}).map(([prefix, uri]) => ` xmlns${prefix && `:${prefix}`}="${escapeAttribute(uri, illegal)}"`);
  const attributes = Object.entries(node.attributes ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [` ${name}="${escapeAttribute(String(value), illegal)}"`]));
  const content = (node.children ?? []).map((child) => (child === undefined ? '' : typeof child === 'string' ? escapeText(child, illegal) : renderXml(child, illegal))).join('');
  const start = `<${node.name}${namespaces.join('')}${attributes.join('')}`;
  return content === '' ? `${start}/>` : `${start}>${content}</${node.name}>`;
}
