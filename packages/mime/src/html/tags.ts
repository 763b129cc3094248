/** Elements whose content is text up to their end tag, whatever it looks like (HTML 13.2.5.2, 13.2.5.4). */
export const rawText: ReadonlySet<string> = new Set(['script', 'style', 'textarea', 'title', 'xmp', 'iframe', 'noembed', 'noframes', 'noscript', 'plaintext', 'listing']);
export const attributeForm: RegExp = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", colon: ':', tab: '\t', newline: '\n', nbsp: '\u00a0', lpar: '(', rpar: ')' };

/** Reads the character references that matter to a check; what is unknown stays. */
export function decode(value: string): string {
  return value.replace(/&(?:#x([0-9a-f]{1,8})|#(\d{1,9})|([a-z]{2,8}));?/gi, (whole, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
    if (name !== undefined) return entities[name.toLowerCase()] ?? whole;
    const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

/** The end of the tag that begins at `at`: behind its `>`, quotes heeded; the end of the text when it has none. */
function tagEnd(html: string, at: number): number {
  let quote = '';
  for (let i = at; i < html.length; i++) {
    const character = html[i];
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if ((character === '"' || character === "'") && /=\s*$/.test(html.slice(Math.max(at, i - 8), i))) quote = character;
    else if (character === '>') return i + 1;
  }
  return html.length;
}

export function closing(html: string, lower: string, name: string, at: number): { start: number; end: number } {
  for (let start = lower.indexOf(`</${name}`, at); start >= 0; start = lower.indexOf(`</${name}`, start + 2)) {
    if (/[\s/>]/.test(html[start + name.length + 2] ?? '>')) return { start, end: tagEnd(html, start) };
  }
  return { start: html.length, end: html.length };
}

/** Behind a comment, declaration or processing instruction. */
export function skipMarkup(html: string, at: number): number {
  const close = html.startsWith('<!--', at) && !html.startsWith('<!-->', at) && !html.startsWith('<!--->', at) ? '-->' : '>';
  const end = html.indexOf(close, at + 2);
  return end < 0 ? html.length : end + close.length;
}

export interface Tag {
  readonly name: string;
  readonly isEnd: boolean;
  readonly attributes: string;
  readonly end: number;
}

export function readTag(html: string, at: number): Tag | undefined {
  const match = /^<(\/?)([a-zA-Z][^\s/>]{0,60})/.exec(html.slice(at, at + 64));
  if (!match) return undefined;
  const end = tagEnd(html, at + match[0].length);
  return { name: (match[2] ?? '').toLowerCase(), isEnd: match[1] === '/', attributes: html.slice(at + match[0].length, html[end - 1] === '>' ? end - 1 : end), end };
}
