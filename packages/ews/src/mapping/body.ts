import { sanitizeHtml, uniqueHtml, uniqueText } from '@fauxchange/mime';
import { htmlOfBody, mimeFromItem, textOfBody } from '@fauxchange/mailbox';
import type { BodyType, MimeContentType } from '../schema/types.generated.ts';
import { calendarMimeOf } from './calendar-mime.ts';
import { kindOfClass } from './item-kind.ts';
import type { ItemView } from './item-view.ts';

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
  const content = part((isHtml ? await htmlOfBody(view.item) : await textOfBody(view.item)) ?? '', isHtml);
  const shown = isHtml && filterHtml ? sanitizeHtml(content) : content;
  const isTruncated = maximumSize !== undefined && maximumSize > 0 && shown.length > maximumSize;
  return { BodyType: isHtml ? 'HTML' : 'Text', IsTruncated: isTruncated, $: isTruncated ? shown.slice(0, maximumSize) : shown };
}


/** The message as MIME: what came, verbatim, or rendered. */
export async function mimeContentOf(view: ItemView): Promise<MimeContentType> {
  const { item, placed } = view;
  if (kindOfClass(item.itemClass) === 'CalendarItem') return calendarMimeOf(view);
  const mime = await mimeFromItem(placed ?? item);
  return { CharacterSet: 'UTF-8', $: Buffer.from(mime).toString('base64') };
}
