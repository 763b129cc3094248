import { escapeHtml } from './escape.ts';
import { attributeForm, closing, decode, rawText, readTag, skipMarkup } from './tags.ts';

/** Elements that go with all that is in them. */
const removed = new Set(['script', 'noscript', 'object', 'applet', 'iframe', 'frameset', 'noframes', 'audio', 'video', 'canvas', 'svg', 'math', 'template', 'title', 'xml', 'select', 'textarea', 'button', 'portal', 'noembed', 'plaintext', 'xmp', 'listing']);
/** Elements whose tags go and whose content stays. */
const unwrapped = new Set(['form', 'input', 'embed', 'frame', 'link', 'meta', 'base', 'basefont', 'bgsound', 'param', 'source', 'track', 'label', 'fieldset', 'legend', 'option', 'optgroup', 'isindex', 'keygen', 'layer', 'ilayer', 'blink', 'marquee', 'dialog', 'slot']);
const links = new Set(['href', 'src', 'background', 'cite', 'longdesc', 'usemap', 'lowsrc', 'dynsrc', 'action', 'formaction', 'data', 'codebase', 'poster', 'manifest', 'xlink:href', 'classid', 'profile']);
const dropped = new Set(['srcdoc', 'srcset', 'ping', 'formaction', 'action', 'http-equiv', 'autofocus', 'contenteditable', 'target', 'xmlns', 'is', 'nonce', 'integrity']);
const safeScheme = /^(?:https?|ftp|mailto|tel|sip|sips|callto|im|cid|news|nntp|file|notes|onenote|outlook|webcal):/i;
const dangerousStyle = /expression\s*\(|javascript\s*:|vbscript\s*:|-moz-binding|behaviou?r\s*:|@import|position\s*:\s*fixed/i;

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
