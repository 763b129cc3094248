import { valueOf, type Attachment, type AttachmentId, type EmbeddedItem, type Item, type ItemAttachment } from '@fauxchange/mailbox';
import type { EwsContext } from './context.ts';
import { EwsError } from './errors.ts';
import { getItem } from './items.ts';
import { viewOf, type ItemView } from './mapping/item-view.ts';
import { openId, openStore } from './resolve.ts';
import type { ItemResponseShapeType } from './schema/types.generated.ts';

/** An attachment where it is: in an item, perhaps inside further attached items. */
export interface AttachmentPlace {
  readonly attachment: Attachment;
  /** The item that has it. */
  readonly holder: ItemView;
  readonly root: Item;
  readonly path: readonly AttachmentId[];
}

/** ErrorInvalidAttachmentId, ErrorInvalidIdNotAnItemAttachmentId … and what opening the item may refuse. */
export async function findAttachment(id: string, shape: ItemResponseShapeType, context: EwsContext): Promise<AttachmentPlace> {
  const opened = openId(id);
  if (opened.kind !== 'attachment') throw new EwsError('ErrorInvalidAttachmentId');
  const session = openStore(opened, context);
  const root = await getItem(session, opened.itemId);
  let holder: ItemView = viewOf(root, session, shape, context);
  for (const [depth, wanted] of opened.path.entries()) {
    const attachment = holder.item.attachments.find((one) => one.id === wanted);
    if (!attachment) throw new EwsError('ErrorInvalidAttachmentId');
    if (depth === opened.path.length - 1) return { attachment, holder, root, path: opened.path };
    if (attachment.kind !== 'item') throw new EwsError('ErrorInvalidAttachmentId');
    holder = embeddedView(attachment, holder);
  }
  throw new EwsError('ErrorInvalidAttachmentId');
}

/** The attached item, seen from inside. */
export function embeddedView(attachment: ItemAttachment, holder: ItemView): ItemView {
  const item: EmbeddedItem = attachment.item;
  return { ...holder, item, placed: undefined, root: { ...holder.root, path: [...holder.root.path, attachment.id] }, isRead: valueOf(item, 'PidTagRead') === true };
}

/** The attachments of the root after a change deep inside: every item on the way is replaced. */
export function replaceAt(attachments: readonly Attachment[], path: readonly AttachmentId[], replacement: (siblings: readonly Attachment[]) => readonly Attachment[]): readonly Attachment[] {
  const [next, ...rest] = path;
  if (next === undefined) return replacement(attachments);
  return attachments.map((one) => (one.id === next && one.kind === 'item' ? { ...one, item: { ...one.item, mime: undefined, attachments: replaceAt(one.item.attachments, rest, replacement) } } : one));
}
