import { htmlToText } from '../html/html-to-text.ts';
import { escapeHtml } from '../html/escape.ts';
import { decodeWords, headerValue, readHeaderBlock } from '../headers.ts';
import { mimeFunctions } from '../libraries.ts';
import type { Part } from './tree.ts';

export interface ParsedAttachment {
  /** `message`: `content` is a whole message (RFC 822). */
  readonly kind: 'file' | 'message';
  /** As the sender named it; for a message its subject; else `ATT00001.ext`. */
  readonly name: string;
  readonly contentType: string;
  /** Without the angle brackets. */
  readonly contentId?: string;
  readonly contentLocation?: string;
  /** Shown inside the HTML body. */
  readonly isInline: boolean;
  /** The decoded bytes. */
  readonly content: Uint8Array;
}

export interface CalendarPart {
  /** Upper-case; '' when the part names none. */
  readonly method: string;
  readonly text: string;
}

export interface Bodies {
  readonly text?: string;
  readonly html?: string;
  readonly calendar?: CalendarPart;
  readonly attachments: readonly ParsedAttachment[];
}

/** One piece of the body, in up to two forms. */
interface Segment {
  text?: string;
  html?: string;
}

interface Collected {
  readonly segments: Segment[];
  readonly attached: { part: Part; isRelated: boolean }[];
  calendar?: CalendarPart;
}

interface Place {
  readonly isRelated: boolean;
  /** The forms being gathered of the multipart/alternative around. */
  readonly alternative?: Segment | undefined;
}

const isMessage = (type: string): boolean => type === 'message/rfc822' || type === 'message/global';

function collectText(part: Part, form: 'text' | 'html', place: Place, into: Collected): void {
  if (!place.alternative) into.segments.push({ [form]: part.text() });
  else if (place.alternative[form] === undefined) place.alternative[form] = part.text();
  else into.segments.push({ [form]: part.text() });
}

function collectLeaf(part: Part, place: Place, into: Collected): void {
  const isAttached = part.disposition === 'attachment';
  if (part.type === 'text/calendar' && !isAttached && !into.calendar) {
    into.calendar = { method: (part.params['method'] ?? '').trim().toUpperCase(), text: part.text() };
    return;
  }
  const isBody = part.type === 'text/plain' || part.type === 'text/html' || part.type.startsWith('multipart/');
  // A named text behind the body is a file, whatever its disposition.
  const isNamedFile = part.fileName !== '' && (into.segments.length > 0 || place.alternative !== undefined);
  if (isBody && !isAttached && !isNamedFile) {
    collectText(part, part.type === 'text/html' ? 'html' : 'text', place, into);
    return;
  }
  // An unknown form of the same text (enriched, AMP, watch) is no attachment.
  if (place.alternative && part.type.startsWith('text/') && !isAttached && part.fileName === '') return;
  into.attached.push({ part, isRelated: place.isRelated });
}

function collect(part: Part, place: Place, into: Collected): void {
  if (part.children.length === 0) return collectLeaf(part, place, into);
  if (part.type === 'multipart/alternative') {
    const forms: Segment = {};
    for (const child of part.children) collect(child, { ...place, alternative: forms }, into);
    if (forms.text !== undefined || forms.html !== undefined) into.segments.push(forms);
    return;
  }
  const isRelated = place.isRelated || part.type === 'multipart/related';
  for (const child of part.children) collect(child, { ...place, isRelated }, into);
}

/** Joins the pieces; one that lacks a form that others have is converted. */
function join(segments: readonly Segment[]): Segment {
  const [only] = segments;
  if (segments.length <= 1) return only ?? {};
  const joined: Segment = {};
  if (segments.some(({ html }) => html !== undefined)) {
    joined.html = segments.map(({ html, text = '' }) => html ?? `<div>${escapeHtml(text).replace(/\r\n/g, '<br>\r\n')}</div>`).join('\r\n');
  }
  if (segments.some(({ text }) => text !== undefined)) {
    joined.text = segments.map(({ text, html = '' }) => text ?? htmlToText(html)).join('\r\n');
  }
  return joined;
}

function nameOf(part: Part, content: Uint8Array, count: number): string {
  // No control characters, no folders: a name, not a path.
  const given = decodeWords(part.fileName).replace(/[\0-\x1f\x7f]+/g, '').replace(/^.*[\\/]/, '').trim().slice(0, 255);
  if (given !== '') return given;
  if (isMessage(part.type)) return decodeWords(headerValue(readHeaderBlock(content.subarray(0, 65_536)).fields, 'Subject') ?? '');
  return `ATT${String(count).padStart(5, '0')}.${part.type === 'text/plain' ? 'txt' : mimeFunctions().detectExtension(part.type)}`;
}

/** Every `cid:` and location that the HTML names, as written. */
function referencesOf(html: string | undefined): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [, , value] of (html ?? '').matchAll(/\b(src|background|href)\s*=\s*["']?([^"'\s>]{1,998})/gi)) {
    if (value) found.add(value.replace(/^cid:/i, '').replace(/%40/g, '@'));
  }
  return found;
}

function attachmentOf(part: Part, isRelated: boolean, references: ReadonlySet<string>, count: number): ParsedAttachment {
  const { contentId, contentLocation } = part;
  const content = part.content();
  const isReferenced = (contentId !== undefined && references.has(contentId)) || (contentLocation !== undefined && references.has(contentLocation));
  return {
    kind: isMessage(part.type) ? 'message' : 'file',
    name: nameOf(part, content, count),
    contentType: part.type || 'application/octet-stream',
    ...(contentId !== undefined ? { contentId } : {}),
    ...(contentLocation !== undefined ? { contentLocation } : {}),
    isInline: isReferenced || (isRelated && contentId !== undefined && part.disposition !== 'attachment'),
    content,
  };
}

/** Sorts the parts into body, calendar and attachments ([MS-OXCMAIL] 2.2.3.2, 2.2.3.4). */
export function sortParts(root: Part): Bodies {
  const into: Collected = { segments: [], attached: [] };
  collect(root, { isRelated: false }, into);
  const { text, html } = join(into.segments);
  const references = referencesOf(html);
  return {
    ...(text !== undefined ? { text } : {}),
    ...(html !== undefined ? { html } : {}),
    ...(into.calendar ? { calendar: into.calendar } : {}),
    attachments: into.attached.map(({ part, isRelated }, i) => attachmentOf(part, isRelated, references, i + 1)),
  };
}
