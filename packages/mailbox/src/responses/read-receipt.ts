import { MailboxError } from '../errors.ts';
import type { Item, ItemDraft, Properties } from '../items/item.ts';
import { personOf } from '../items/person.ts';
import { valueOf } from '../items/value-of.ts';
import type { MailboxSession } from '../session/mailbox-session.ts';
import { localTime, type LocalOffset } from '../tasks/task-days.ts';
import { longTime } from './answering.ts';

export interface ReceiptOptions {
  /** Or it was deleted unread. */
  readonly isRead: boolean;
  /** Of the reader, in whose time the receipt speaks. */
  readonly localOffset: LocalOffset;
}

/** Tells the sender that the message was read, or that it was deleted unread. One who may not send from the mailbox says nothing. */
export async function sendReadReceipt(item: Item, session: MailboxSession, options: ReceiptOptions): Promise<void> {
  const receiver = personOf(item, 'PidTagReadReceipt') ?? personOf(item, 'PidTagSentRepresenting') ?? personOf(item, 'PidTagSender');
  if (!receiver) return;
  try {
    await session.send(await receiptDraft(item, { type: 'to', ...receiver }, session, options), {});
  } catch (thrown) {
    if (!(thrown instanceof MailboxError)) throw thrown;
  }
}

/** REPORT.IPM.Note.IPNRN and REPORT.IPM.Note.IPNNRN, [MS-OXOMSG] 2.2.2. */
async function receiptDraft(item: Item, receiver: ItemDraft['recipients'][number], session: MailboxSession, { isRead, localOffset }: ReceiptOptions): Promise<ItemDraft> {
  const { clock } = session.mailbox;
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
