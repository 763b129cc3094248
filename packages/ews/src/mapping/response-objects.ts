import type { NonEmptyArrayOfResponseObjectsType } from '../schema/types.generated.ts';
import { kindOfClass } from './item-kind.ts';
import { get, type ItemView } from './item-view.ts';

const unsent = 0x8;

/** What one may answer an item with, [MS-OXWSCORE] 2.2.4.36 ResponseObjects. */
export function responseObjects(view: ItemView): NonEmptyArrayOfResponseObjectsType | undefined {
  const kind = kindOfClass(view.item.itemClass);
  const isDraft = ((get(view, 'PidTagMessageFlags') ?? 0) & unsent) !== 0;
  if (kind === 'PostItem') return [['PostReplyItem', {}], ['ReplyToItem', {}], ['ReplyAllToItem', {}], ['ForwardItem', {}]];
  if (kind !== 'Message') return [['ForwardItem', {}]];
  if (isDraft) return [['ForwardItem', {}]];
  const isReceiptPending = get(view, 'PidTagReadReceiptRequested') === true && get(view, 'PidTagReceiptTime') === undefined;
  return [['ReplyToItem', {}], ['ReplyAllToItem', {}], ['ForwardItem', {}], ...(isReceiptPending ? ([['SuppressReadReceipt', {}]] as const) : [])];
}
