import { htmlToText, sanitizeHtml, textToHtml } from '@fauxchange/mime';
import { mimeFromItem } from '@fauxchange/mailbox';
import type { StoredBytes } from '@fauxchange/mailbox';
import type { BodyType, MimeContentType } from '../schema/types.generated.ts';
import { calendarMimeOf } from './calendar-mime.ts';
import { kindOfClass } from './item-kind.ts';
import type { ItemView } from './item-view.ts';
import { uniqueHtml, uniqueText } from './quoted-body.ts';

const decode = async (bytes: StoredBytes | undefined): Promise<string | undefined> => {
  if (!bytes) return undefined;
  const raw = bytes.peek?.() ?? (await bytes.read());
  return Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('utf8');
};

/** The body as plain text: kept, or made of the HTML. */
export async function textBodyOf({ item }: ItemView): Promise<string | undefined> {
  if (item.body?.text) return decode(item.body.text);
  const html = await decode(item.body?.html);
  return html === undefined ? undefined : htmlToText(html);
}

/** The body as HTML: kept, or made of the text. */
export async function htmlBodyOf({ item }: ItemView): Promise<string | undefined> {
  if (item.body?.html) return decode(item.body.html);
  const text = await decode(item.body?.text);
  return text === undefined ? undefined : textToHtml(text);
}

/** Body in the form asked for; an item without body has an empty one ([MS-OXWSCORE] 2.2.4.24). */
export function readBody(view: ItemView): Promise<BodyType> {
  return bodyAs(view, (content) => content);
}

/** The same without what it quotes of the conversation. */
export function readUniqueBody(view: ItemView): Promise<BodyType> {
  return bodyAs(view, (content, isHtml) => (isHtml ? uniqueHtml(content) : uniqueText(content)));
}

async function bodyAs(view: ItemView, part: (content: string, isHtml: boolean) => string): Promise<BodyType> {
  const { bodyType, filterHtml, maximumSize } = view.body;
  const isHtml = bodyType === 'HTML' || (bodyType === 'Best' && view.item.body?.native === 'html');
  const content = part((isHtml ? await htmlBodyOf(view) : await textBodyOf(view)) ?? '', isHtml);
  const shown = isHtml && filterHtml ? sanitizeHtml(content) : content;
  const isTruncated = maximumSize !== undefined && maximumSize > 0 && shown.length > maximumSize;
  return { BodyType: isHtml ? 'HTML' : 'Text', IsTruncated: isTruncated, $: isTruncated ? shown.slice(0, maximumSize) : shown };
}

/** The first 255 characters of the text. */
export async function previewOf(view: ItemView): Promise<string | undefined> {
  const text = await textBodyOf(view);
  return text?.replaceAll(/\s+/g, ' ').trim().slice(0, 255);
}

/** The message as MIME: what came, verbatim, or rendered. */
export async function mimeContentOf(view: ItemView): Promise<MimeContentType> {
  const { item, placed } = view;
  if (kindOfClass(item.itemClass) === 'CalendarItem') return calendarMimeOf(view);
  const mime = await mimeFromItem(placed ?? item);
  return { CharacterSet: 'UTF-8', $: Buffer.from(mime).toString('base64') };
}
