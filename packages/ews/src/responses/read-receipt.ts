import { longTime, personOf, localTime, MailboxError, valueOf, type Item, type ItemDraft, type MailboxSession, type Properties } from '@fauxchange/mailbox';
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

/** Tells the sender that the message was read, or that it was deleted unread. One who may not send from the mailbox says nothing. */
export async function sendReadReceipt(item: Item, session: MailboxSession, isRead: boolean, context: EwsContext): Promise<void> {
  const receiver = personOf(item, 'PidTagReadReceipt') ?? personOf(item, 'PidTagSentRepresenting') ?? personOf(item, 'PidTagSender');
  if (!receiver) return;
  try {
    await session.send(await receiptDraft(item, { type: 'to', ...receiver }, session, isRead, context), {});
  } catch (thrown) {
    if (!(thrown instanceof MailboxError)) throw thrown;
  }
}

/** REPORT.IPM.Note.IPNRN and REPORT.IPM.Note.IPNNRN, [MS-OXOMSG] 2.2.2. */
async function receiptDraft(item: Item, receiver: ItemDraft['recipients'][number], session: MailboxSession, isRead: boolean, { clock, localOffset }: EwsContext): Promise<ItemDraft> {
  const read = (name: Parameters<typeof valueOf>[1]): Properties[keyof Properties] => valueOf(item, name);
  const subject = String(read('PidTagSubject') ?? '');
  const time = (at: unknown): string => longTime(localTime(Number(at ?? 0), localOffset));
  const outcome = isRead ? ` was read on ${time(clock.now())}.` : ` was deleted without being read on ${time(clock.now())}.`;
  const text = ['Your message', '', `   To: ${String(read('PidTagDisplayTo') ?? '')}`, `   Subject: ${subject}`, `   Sent: ${time(read('PidTagClientSubmitTime'))}`, '', outcome, ''].join('\r\n');
  const prefix = isRead ? 'Read: ' : 'Not read: ';
  const messageId = read('PidTagInternetMessageId');
  return {
    itemClass: isRead ? 'REPORT.IPM.Note.IPNRN' : 'REPORT.IPM.Note.IPNNRN',
    properties: {
      PidTagSubject: `${prefix}${subject}`, PidTagSubjectPrefix: prefix, PidTagConversationTopic: read('PidTagConversationTopic'),
      PidTagInReplyToId: messageId, PidTagInternetReferences: messageId,
      PidTagOriginalSubject: subject, PidTagOriginalSubmitTime: read('PidTagClientSubmitTime'), PidTagOriginalDisplayTo: read('PidTagDisplayTo'),
      PidTagOriginalSearchKey: read('PidTagSearchKey'), PidTagReceiptTime: clock.now(), PidTagReportTime: clock.now(),
    },
    recipients: [receiver],
    attachments: [],
    body: { native: 'text', text: await session.keep(Buffer.from(text)) },
    isRead: true,
    isAssociated: false,
  };
}
