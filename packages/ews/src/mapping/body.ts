import { retouchHtml, sanitizeHtml, uniqueHtml, uniqueText, type RetouchedHtml } from '@fauxchange/mime';
import { htmlOfBody, mimeFromItem, textOfBody } from '@fauxchange/mailbox';
import type { BodyType, BodyTypeResponseType, MimeContentType } from '../schema/types.generated.ts';
import { attachmentIdOf } from './attachment.ts';
import { calendarMimeOf } from './calendar-mime.ts';
import { kindOfClass } from './item-kind.ts';
import type { ItemView } from './item-view.ts';

/** Body in the form asked for; an item without body has an empty one ([MS-OXWSCORE] 2.2.4.24). */
export function readBody(view: ItemView): Promise<BodyType> {
  return bodyAs(view, view.body.bodyType, (content) => content);
}

export function readNormalizedBody(view: ItemView): Promise<BodyType> {
  return bodyAs(view, view.body.normalizedBodyType, (content) => content);
}

/** The same without what it quotes of the conversation. */
export function readUniqueBody(view: ItemView): Promise<BodyType> {
  return bodyAs(view, view.body.uniqueBodyType, (content, isHtml) => (isHtml ? uniqueHtml(content) : uniqueText(content)));
}

async function bodyAs(view: ItemView, asked: BodyTypeResponseType, part: (content: string, isHtml: boolean) => string): Promise<BodyType> {
  const { filterHtml, maximumSize } = view.body;
  const isHtml = isShownAsHtml(view, asked);
  const content = part((isHtml ? await htmlOfBody(view.item) : await textOfBody(view.item)) ?? '', isHtml);
  const shown = isHtml ? retouched(view, filterHtml ? sanitizeHtml(content) : content).html : content;
  const isTruncated = maximumSize !== undefined && maximumSize > 0 && shown.length > maximumSize;
  return { BodyType: isHtml ? 'HTML' : 'Text', IsTruncated: isTruncated, $: isTruncated ? shown.slice(0, maximumSize) : shown };
}

function isShownAsHtml({ item }: ItemView, asked: BodyTypeResponseType): boolean {
  return asked === 'HTML' || (asked === 'Best' && item.body?.native === 'html');
}

function retouched(view: ItemView, html: string): RetouchedHtml {
  const { toUtf8, blockExternalImages, addBlankTarget, inlineImageUrl } = view.body;
  const inlineImage = inlineImageUrl === undefined ? undefined : (contentId: string): string | undefined => {
    const attachment = view.item.attachments.find((one) => one.contentId === contentId);
    // The id of the attachment takes the place of {id} ([K]: what Outlook on the web sends is such a template).
    return attachment && inlineImageUrl.replaceAll('{id}', encodeURIComponent(attachmentIdOf(attachment, view)));
  };
  return retouchHtml(html, { charset: toUtf8 ? 'utf-8' : undefined, blockExternalImages, addBlankTarget, inlineImage });
}

/** Whether the body that this request is shown lacks pictures of elsewhere: a fact of the request, as Microsoft's suite sees it (MS-OXWSCORE_R1357, R1622). */
export async function hasBlockedImages(view: ItemView): Promise<boolean> {
  if (!view.body.blockExternalImages || !isShownAsHtml(view, view.body.bodyType)) return false;
  return retouched(view, (await htmlOfBody(view.item)) ?? '').hasBlockedImages;
}

/** The message as MIME: what came, verbatim, or rendered. */
export async function mimeContentOf(view: ItemView): Promise<MimeContentType> {
  const { item, placed } = view;
  if (kindOfClass(item.itemClass) === 'CalendarItem') return calendarMimeOf(view);
  const mime = await mimeFromItem(placed ?? item);
  return { CharacterSet: 'UTF-8', $: Buffer.from(mime).toString('base64') };
}
