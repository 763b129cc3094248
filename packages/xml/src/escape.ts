/** What to do with characters that XML 1.0 forbids: write them as references, as Exchange does, or leave them out. */
export type IllegalCharacters = 'reference' | 'strip';

const TEXT_NEEDS = /[&<>\r\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const TEXT = /[&<>\r\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const ATTRIBUTE_NEEDS = /["&<\r\n\t\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const ATTRIBUTE = /["&<\r\n\t\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#xD;', '\n': '&#xA;', '\t': '&#x9;' };

const reference = (character: string): string => NAMED[character] ?? `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`;
const strip = (character: string): string => NAMED[character] ?? '';

/**
 * A text as element content. Carriage returns become references, for a parser would make line feeds of them.
 *
 * @example
 * escapeText('a < b & c'); // 'a &lt; b &amp; c'
 */
export function escapeText(text: string, illegal: IllegalCharacters = 'reference'): string {
  return TEXT_NEEDS.test(text) ? text.replace(TEXT, illegal === 'strip' ? strip : reference) : text;
}

/** A text as the value of an attribute in double quotes; white space other than the blank becomes references. */
export function escapeAttribute(text: string, illegal: IllegalCharacters = 'reference'): string {
  return ATTRIBUTE_NEEDS.test(text) ? text.replace(ATTRIBUTE, illegal === 'strip' ? strip : reference) : text;
}
