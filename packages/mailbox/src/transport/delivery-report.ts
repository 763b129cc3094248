import type { DirectoryEntry } from '../directory/directory.ts';
import type { ItemDraft, StoredBytes } from '../items/item.ts';
import { smtpPerson } from '../items/person.ts';
import { messageFlags } from '../items/value-of.ts';
import { reportSender } from './non-delivery-report.ts';

export interface DeliveryFacts {
  readonly domain: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly delivered: readonly DirectoryEntry[];
  readonly original: ItemDraft;
  /** ms since 1970 UTC. */
  readonly time: number;
  readonly messageId: string;
  keep(bytes: Uint8Array): Promise<StoredBytes>;
}

/** Tells a sender who asked for it into which mailboxes a message came: REPORT.IPM.Note.DR, [MS-OXOMSG] 2.2.2. */
export async function deliveryReport({ domain, to, delivered, original, time, messageId, keep }: DeliveryFacts): Promise<ItemDraft> {
  const { PidTagSubject: subject = '', PidTagInternetMessageId: originalId, PidTagClientSubmitTime: submitted, PidTagConversationTopic: topic, PidTagSearchKey: searchKey } = original.properties;
  const who = delivered.map(({ displayName, primarySmtpAddress }) => `${displayName} (${primarySmtpAddress})`);
  const text = ['Your message has been delivered to the following recipients:', '', ...who, '', `Subject: ${String(subject)}`, ''].join('\r\n');
  const sender = reportSender(domain);
  return {
    itemClass: 'REPORT.IPM.Note.DR',
    properties: {
      PidTagSubject: `Delivered: ${String(subject)}`, PidTagSubjectPrefix: 'Delivered: ', PidTagConversationTopic: topic,
      ...smtpPerson('PidTagSender', sender), ...smtpPerson('PidTagSentRepresenting', sender),
      PidTagClientSubmitTime: time, PidTagMessageFlags: messageFlags.unmodified, PidTagInternetMessageId: messageId,
      PidTagInReplyToId: originalId, PidTagInternetReferences: originalId,
      PidTagOriginalSubject: subject, PidTagOriginalSubmitTime: submitted, PidTagOriginalSearchKey: searchKey, PidTagReportTime: time,
    },
    recipients: [{ type: 'to', name: to.name || to.address, address: to.address, addressType: 'SMTP' }],
    attachments: [],
    body: { native: 'text', text: await keep(new TextEncoder().encode(text)) },
    isRead: false,
    isAssociated: false,
  };
}
