import { escapeHtml } from './escape.ts';
import { attributeForm, closing, decode, rawText, readTag, skipMarkup } from './tags.ts';

/** What a reader wants changed in HTML that otherwise stays as it is, byte by byte. */
export interface HtmlRetouches {
  /** Pictures of elsewhere lose their source, which is kept as `blockedimagesrc`. */
  readonly blockExternalImages?: boolean | undefined;
  /** Links open a new window. */
  readonly addBlankTarget?: boolean | undefined;
  /** The address to put for a picture by its content id; undefined leaves it. */
  readonly inlineImage?: ((contentId: string) => string | undefined) | undefined;
  /** The character set that the document says it is in. */
  readonly charset?: string | undefined;
}

export interface RetouchedHtml {
  readonly html: string;
  readonly hasBlockedImages: boolean;
}

interface Attribute {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

function attributesOf(source: string): Attribute[] {
  return [...source.matchAll(attributeForm)].map(({ 0: whole, 1: name = '', 2: double, 3: single, 4: bare, index }) => (
    { name: name.toLowerCase(), value: decode(double ?? single ?? bare ?? ''), start: index, end: index + whole.length }
  ));
}

function replace(source: string, { start, end }: Attribute, text: string): string {
  return source.slice(0, start) + text + source.slice(end);
}

const isExternal = (address: string): boolean => /^\s*(?:https?|ftp):/i.test(address) || address.trimStart().startsWith('//');

function retouchImage(source: string, { blockExternalImages, inlineImage }: HtmlRetouches): { readonly source: string; readonly isBlocked: boolean } {
  const attribute = attributesOf(source).find(({ name }) => name === 'src');
  const nothing = { source, isBlocked: false };
  if (!attribute) return nothing;
  if (blockExternalImages && isExternal(attribute.value)) return { source: replace(source, attribute, `blockedimagesrc="${escapeHtml(attribute.value)}"`), isBlocked: true };
  const inline = /^\s*cid:/i.test(attribute.value) ? inlineImage?.(attribute.value.trim().slice(4)) : undefined;
  return inline === undefined ? nothing : { source: replace(source, attribute, `src="${escapeHtml(inline)}"`), isBlocked: false };
}

function retouchLink(source: string): string {
  const attributes = attributesOf(source);
  if (!attributes.some(({ name }) => name === 'href')) return source;
  const target = attributes.find(({ name }) => name === 'target');
  return target ? replace(source, target, 'target="_blank"') : `${source} target="_blank"`;
}

function retouchMeta(source: string, charset: string): string {
  return source.replace(/(charset\s*=\s*["']?)[^\s"';>]+/i, (_, before: string) => before + charset);
}

/**
 * The HTML with its tags changed as asked and everything else untouched; for ItemShape of EWS.
 *
 * @example
 * retouchHtml('<a href="http://x.test">x</a>', { addBlankTarget: true }).html; // '<a href="http://x.test" target="_blank">x</a>'
 */
export function retouchHtml(html: string, retouches: HtmlRetouches): RetouchedHtml {
  const lower = html.replace(/[A-Z]+/g, (run) => run.toLowerCase());
  const out: string[] = [];
  let hasBlockedImages = false;
  let written = 0;
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at)) {
    const tag = readTag(html, at);
    if (!tag) {
      at = /[!?/]/.test(html[at + 1] ?? '') ? skipMarkup(html, at) : at + 1;
      continue;
    }
    const start = tag.end - tag.attributes.length - (html[tag.end - 1] === '>' ? 1 : 0);
    at = tag.end;
    if (tag.isEnd) continue;
    let source = tag.attributes;
    if (tag.name === 'img') {
      const image = retouchImage(source, retouches);
      source = image.source;
      hasBlockedImages ||= image.isBlocked;
    } else if ((tag.name === 'a' || tag.name === 'area') && retouches.addBlankTarget) source = retouchLink(source);
    else if (tag.name === 'meta' && retouches.charset !== undefined) source = retouchMeta(source, retouches.charset);
    if (source !== tag.attributes) {
      out.push(html.slice(written, start), source);
      written = start + tag.attributes.length;
    }
    if (rawText.has(tag.name)) at = tag.name === 'plaintext' ? html.length : closing(html, lower, tag.name, at).end;
  }
  return { html: written === 0 ? html : out.join('') + html.slice(written), hasBlockedImages };
}
