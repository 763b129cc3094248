import { escapeHtml } from './escape.ts';

/** Elements that go with all that is in them. */
const removed = new Set(['script', 'noscript', 'object', 'applet', 'iframe', 'frameset', 'noframes', 'audio', 'video', 'canvas', 'svg', 'math', 'template', 'title', 'xml', 'select', 'textarea', 'button', 'portal', 'noembed', 'plaintext', 'xmp', 'listing']);
/** Elements whose tags go and whose content stays. */
const unwrapped = new Set(['form', 'input', 'embed', 'frame', 'link', 'meta', 'base', 'basefont', 'bgsound', 'param', 'source', 'track', 'label', 'fieldset', 'legend', 'option', 'optgroup', 'isindex', 'keygen', 'layer', 'ilayer', 'blink', 'marquee', 'dialog', 'slot']);
/** Elements whose content is text up to their end tag, whatever it looks like (HTML 13.2.5.2, 13.2.5.4). */
const rawText = new Set(['script', 'style', 'textarea', 'title', 'xmp', 'iframe', 'noembed', 'noframes', 'noscript', 'plaintext', 'listing']);
const links = new Set(['href', 'src', 'background', 'cite', 'longdesc', 'usemap', 'lowsrc', 'dynsrc', 'action', 'formaction', 'data', 'codebase', 'poster', 'manifest', 'xlink:href', 'classid', 'profile']);
const dropped = new Set(['srcdoc', 'srcset', 'ping', 'formaction', 'action', 'http-equiv', 'autofocus', 'contenteditable', 'target', 'xmlns', 'is', 'nonce', 'integrity']);
const safeScheme = /^(?:https?|ftp|mailto|tel|sip|sips|callto|im|cid|news|nntp|file|notes|onenote|outlook|webcal):/i;
const dangerousStyle = /expression\s*\(|javascript\s*:|vbscript\s*:|-moz-binding|behaviou?r\s*:|@import|position\s*:\s*fixed/i;
const attributeForm = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", colon: ':', tab: '\t', newline: '\n', nbsp: '\u00a0', lpar: '(', rpar: ')' };

/** Reads the character references that matter to a check; what is unknown stays. */
function decode(value: string): string {
  return value.replace(/&(?:#x([0-9a-f]{1,8})|#(\d{1,9})|([a-z]{2,8}));?/gi, (whole, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
    if (name !== undefined) return entities[name.toLowerCase()] ?? whole;
    const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

function isSafeLink(value: string): boolean {
  // Browsers ignore white space and control characters inside a scheme.
  const plain = value.replace(/[\0-\x20\x7f-\xa0\u200b\ufeff]+/g, '');
  if (/^data:image\/(?:png|gif|jpe?g|bmp|webp)[;,]/i.test(plain)) return true;
  return safeScheme.test(plain) || !/^[^/?#]*:/.test(plain);
}

/** By search and not by expression: comments that never end would cost a look to the end each. */
function withoutComments(style: string): string {
  let kept = '';
  let at = 0;
  for (let open = style.indexOf('/*'); open >= 0; open = style.indexOf('/*', at)) {
    const close = style.indexOf('*/', open + 2);
    kept += style.slice(at, open);
    at = close < 0 ? style.length : close + 2;
  }
  return kept + style.slice(at);
}

function isSafeStyle(value: string): boolean {
  const unescaped = value.replace(/\\([0-9a-f]{1,6})\s?/gi, (_, hex: string) => String.fromCodePoint(Math.min(Number.parseInt(hex, 16), 0x10ffff)));
  return !dangerousStyle.test(withoutComments(unescaped).replace(/\\/g, ''));
}

function attributes(source: string): string {
  let kept = '';
  for (const [, name = '', double, single, bare] of source.matchAll(attributeForm)) {
    const key = name.toLowerCase();
    if (key.startsWith('on') || dropped.has(key) || !/^[a-z][a-z0-9:_.-]*$/.test(key)) continue;
    const given = double ?? single ?? bare;
    if (given === undefined) {
      kept += ` ${key}`;
      continue;
    }
    const value = decode(given);
    if (links.has(key) && !isSafeLink(value)) continue;
    if (key === 'style' && !isSafeStyle(value)) continue;
    kept += ` ${key}="${escapeHtml(value)}"`;
  }
  return kept;
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

function closing(html: string, lower: string, name: string, at: number): { start: number; end: number } {
  for (let start = lower.indexOf(`</${name}`, at); start >= 0; start = lower.indexOf(`</${name}`, start + 2)) {
    if (/[\s/>]/.test(html[start + name.length + 2] ?? '>')) return { start, end: tagEnd(html, start) };
  }
  return { start: html.length, end: html.length };
}

/** Behind a comment, declaration or processing instruction. */
function skipMarkup(html: string, at: number): number {
  const close = html.startsWith('<!--', at) && !html.startsWith('<!-->', at) && !html.startsWith('<!--->', at) ? '-->' : '>';
  const end = html.indexOf(close, at + 2);
  return end < 0 ? html.length : end + close.length;
}

interface Tag {
  readonly name: string;
  readonly isEnd: boolean;
  readonly attributes: string;
  readonly end: number;
}

function readTag(html: string, at: number): Tag | undefined {
  const match = /^<(\/?)([a-zA-Z][^\s/>]{0,60})/.exec(html.slice(at, at + 64));
  if (!match) return undefined;
  const end = tagEnd(html, at + match[0].length);
  return { name: (match[2] ?? '').toLowerCase(), isEnd: match[1] === '/', attributes: html.slice(at + match[0].length, html[end - 1] === '>' ? end - 1 : end), end };
}

/**
 * The HTML without what could act: scripts, event handlers, forms, plug-ins, frames, meta and link
 * elements, links of unsafe schemes, styles that run code, comments and conditional comments. For
 * `FilterHtmlContent` of EWS. The result is written anew, so that nothing of the source's syntax remains.
 *
 * @example
 * sanitizeHtml('<p onclick="x()">Hi<script>y()</script></p>'); // '<p>Hi</p>'
 */
export function sanitizeHtml(html: string): string {
  const lower = html.replace(/[A-Z]+/g, (run) => run.toLowerCase());
  const out: string[] = [];
  let at = 0;
  let skipping = { name: '', depth: 0 };
  while (at < html.length) {
    const open = html.indexOf('<', at);
    const text = html.slice(at, open < 0 ? html.length : open);
    if (skipping.depth === 0) out.push(text.replace(/>/g, '&gt;'));
    if (open < 0) break;
    const tag = readTag(html, open);
    if (!tag) {
      const isMarkup = /[!?/]/.test(html[open + 1] ?? '');
      if (!isMarkup && skipping.depth === 0) out.push('&lt;');
      at = isMarkup ? skipMarkup(html, open) : open + 1;
      continue;
    }
    at = tag.end;
    if (skipping.depth > 0) {
      if (tag.name === skipping.name) skipping = { name: skipping.name, depth: skipping.depth + (tag.isEnd ? -1 : 1) };
      continue;
    }
    if (!tag.isEnd && rawText.has(tag.name)) {
      const { start, end } = tag.name === 'plaintext' ? { start: html.length, end: html.length } : closing(html, lower, tag.name, at);
      // Without `<` it stays text wherever it is put; the check comes after, for it sees what browsers will.
      const content = html.slice(at, start).replace(/<(?:!--)?/g, '');
      if (tag.name === 'style' && isSafeStyle(content)) out.push(`<style${attributes(tag.attributes)}>${content}</style>`);
      at = end;
    } else if (removed.has(tag.name)) {
      if (!tag.isEnd) skipping = { name: tag.name, depth: 1 };
    } else if (!unwrapped.has(tag.name) && /^[a-z][a-z0-9:-]*$/.test(tag.name)) {
      out.push(tag.isEnd ? `</${tag.name}>` : `<${tag.name}${attributes(tag.attributes)}>`);
    }
  }
  return out.join('');
}
