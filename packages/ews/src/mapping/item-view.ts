import type { AttachmentId, EmbeddedItem, FolderId, Item, MailboxSession } from '@fauxchange/mailbox';
import { dayNumber } from '@fauxchange/calendar';
import { isOccurrence, valueOf } from '@fauxchange/mailbox';
import type { KnownProperties, PropertyName, PropertyValue } from '@fauxchange/properties';
import type { EwsContext } from '../context.ts';
import type { IdOwner } from '../ids/entry-id.ts';
import { encodeItemId, encodeOccurrenceId } from '../ids/ews-id.ts';
import type { BodyTypeResponseType, ItemResponseShapeType } from '../schema/types.generated.ts';

/** How bodies are asked for. */
export interface BodyOptions {
  readonly bodyType: BodyTypeResponseType;
  readonly uniqueBodyType: BodyTypeResponseType;
  readonly normalizedBodyType: BodyTypeResponseType;
  readonly filterHtml: boolean;
  readonly maximumSize: number | undefined;
  /** Other changes of HTML. */
  readonly toUtf8: boolean;
  readonly blockExternalImages: boolean;
  readonly addBlankTarget: boolean;
  readonly inlineImageUrl: string | undefined;
}

/** An item as a request looks at it: in its folder, or inside an attachment. */
export interface ItemView {
  readonly item: EmbeddedItem;
  /** Set when the item is in a folder. */
  readonly placed: Item | undefined;
  /** Set when it is inside an attachment: where the root item is, and the way in. */
  readonly root: { readonly folderId: FolderId; readonly itemId: Item['id']; readonly path: readonly AttachmentId[] };
  readonly session: MailboxSession;
  readonly owner: IdOwner;
  readonly context: EwsContext;
  readonly body: BodyOptions;
  readonly isRead: boolean;
}

export function viewOf(item: Item, session: MailboxSession, shape: ItemResponseShapeType, context: EwsContext): ItemView {
  return { item, placed: item, root: { folderId: item.folderId, itemId: item.id, path: wayIn(item) }, session, owner: session.mailbox, context, body: bodyOptions(shape), isRead: item.isRead };
}

/** The attachments of an exception are inside the attachment that holds it. */
function wayIn(item: Item): readonly AttachmentId[] {
  return isOccurrence(item) && item.exception && item.attachments === item.exception.item.attachments ? [item.exception.id] : [];
}

export function bodyOptions(shape: ItemResponseShapeType): BodyOptions {
  const bodyType = shape.BodyType ?? 'Best';
  return {
    bodyType,
    uniqueBodyType: shape.UniqueBodyType ?? bodyType,
    normalizedBodyType: shape.NormalizedBodyType ?? bodyType,
    filterHtml: shape.FilterHtmlContent ?? false,
    maximumSize: shape.MaximumBodySize,
    // True where it is left out: reference of ConvertHtmlCodePageToUTF8.
    toUtf8: shape.ConvertHtmlCodePageToUTF8 ?? true,
    blockExternalImages: shape.BlockExternalImages ?? false,
    addBlankTarget: shape.AddBlankTargetToLinks ?? false,
    inlineImageUrl: shape.InlineImageUrlTemplate,
  };
}

/** The value of a property of the item, computed ones included. */
export function get<N extends keyof KnownProperties>(view: ItemView, name: N): KnownProperties[N] | undefined {
  return valueOf(view.placed ?? view.item, name as PropertyName) as KnownProperties[N] | undefined;
}
export function getAny(view: ItemView, name: PropertyName): PropertyValue | undefined {
  return valueOf(view.placed ?? view.item, name);
}

export function idOf(item: Item, owner: IdOwner): string {
  if (isOccurrence(item)) return encodeOccurrenceId(owner, item.folderId, item.id, dayNumber(item.series.zone.toLocal(item.occurrence.originalStart)));
  return encodeItemId(owner, item.folderId, item.id);
}
