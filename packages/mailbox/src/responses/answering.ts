import type { IdSource } from '@fauxchange/kernel';
import type { QuotedHeader } from '@fauxchange/mime';
import type { Binary } from '@fauxchange/properties';
import { attachmentId } from '../ids.ts';
import { childConversationIndex } from '../items/conversation.ts';
import type { Attachment, EmbeddedItem, Item, Properties } from '../items/item.ts';
import { personOf } from '../items/person.ts';
import { valueOf } from '../items/value-of.ts';

/** A subject with its prefix instead of the one that was there. */
export function prefixedSubject(prefix: string, item: Item): Properties {
  const normalized = String(valueOf(item, 'PidTagNormalizedSubject') ?? '');
  return { PidTagSubject: `${prefix}${normalized}`, PidTagSubjectPrefix: prefix };
}

/** What makes a message one of the conversation: headers of RFC 5322 3.6.4, and the conversation's index one level down. */
export function inConversation(item: Item, now: number, ids: IdSource): Properties {
  const read = (name: Parameters<typeof valueOf>[1]): unknown => valueOf(item, name);
  const messageId = read('PidTagInternetMessageId') as string | undefined;
  const references = [read('PidTagInternetReferences') ?? read('PidTagInReplyToId'), messageId].filter(Boolean).join(' ');
  const index = read('PidTagConversationIndex') as Binary | undefined;
  return {
    PidTagInReplyToId: messageId,
    PidTagInternetReferences: references || undefined,
    PidTagConversationTopic: (read('PidTagConversationTopic') ?? read('PidTagNormalizedSubject')) as string | undefined,
    ...(index !== undefined && {
      PidTagConversationIndex: childConversationIndex(index, now, ids.bytes(1)[0] ?? 0),
      PidTagConversationIndexTracking: read('PidTagConversationIndexTracking') as boolean | undefined,
    }),
  };
}

/** What stands above a quoted message. @param local the reader's time of a moment, as if it were UTC */
export function quotedHeaderOf(item: Item, local: (time: number) => number): QuotedHeader {
  const from = personOf(item, 'PidTagSentRepresenting') ?? personOf(item, 'PidTagSender');
  const sent = Number(valueOf(item, 'PidTagClientSubmitTime') ?? valueOf(item, 'PidTagMessageDeliveryTime') ?? 0);
  const text = (name: 'PidTagDisplayTo' | 'PidTagDisplayCc' | 'PidTagSubject'): string => String(valueOf(item, name) ?? '');
  return { from: from?.name ?? '', fromAddress: from?.address ?? '', sent: longTime(local(sent)), to: text('PidTagDisplayTo'), cc: text('PidTagDisplayCc'), subject: text('PidTagSubject') };
}

/** `Monday, January 5, 2026 9:00 AM`, of a local time as if it were UTC. */
export function longTime(local: number): string {
  const parts = (options: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', ...options }).format(local).replaceAll('\u202f', ' ');
  return `${parts({ weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' })} ${parts({ hour: 'numeric', minute: '2-digit' })}`;
}

/** A forward takes everything along; an answer only the pictures that the quoted HTML shows. */
export function keptAttachments(isForward: boolean, { attachments }: Item, isHtml: boolean): readonly Attachment[] {
  return isForward ? attachments : attachments.filter(({ isInline }) => isInline && isHtml);
}

/** What is no mail is forwarded as an attachment. */
export function itemAsAttachment(item: Item, now: number): Attachment {
  const { itemClass, recipients, attachments, body, bag } = item;
  const embedded: EmbeddedItem = { itemClass, recipients, attachments, body, bag };
  const name = String(valueOf(item, 'PidTagSubject') ?? '') || 'Untitled';
  return { id: attachmentId(1), kind: 'item', name, contentType: 'message/rfc822', isInline: false, lastModified: now, size: Number(valueOf(item, 'PidTagMessageSize') ?? 0), item: embedded };
}
