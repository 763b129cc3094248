import { sendReadReceipt as send, valueOf, type Item, type MailboxSession, type Properties } from '@fauxchange/mailbox';
import type { EwsContext } from '../context.ts';
import { kindOfClass } from '../mapping/item-kind.ts';

/**
 * Whether the sender still waits to hear that the message was read. That the question has been answered, or will not be,
 * is told by a PidTagReceiptTime: the request itself stays, for it is part of the message.
 */
export function isReceiptPending(item: Item): boolean {
  return kindOfClass(item.itemClass) === 'Message' && valueOf(item, 'PidTagReadReceiptRequested') === true && valueOf(item, 'PidTagReceiptTime') === undefined;
}

export function receiptDone(now: number): Properties {
  return { PidTagReceiptTime: now };
}

/** Tells the sender that the message was read, or that it was deleted unread. */
export async function sendReadReceipt(item: Item, session: MailboxSession, isRead: boolean, { localOffset }: EwsContext): Promise<void> {
  await send(item, session, { isRead, localOffset });
}
