import { createHash } from 'node:crypto';
import { previewOfBody, sizeOfItem, textOfBody, valueOf, type Item, type OrderSpec, type Recipient } from '@fauxchange/mailbox';
import type { PropertyName, PropertyValue } from '@fauxchange/properties';
import { bareChangeKey } from '../ids/change-key.ts';
import { encodeFolderId } from '../ids/ews-id.ts';
import { itemIdElement } from '../items.ts';
import { formatDateTime } from '../mapping/date-time.ts';
import { askedProperties } from '../mapping/im-list.ts';
import type { ArrayOfSmtpAddressType, PreviewItemResponseShapeType, SearchPreviewItemType } from '../schema/types.generated.ts';
import type { FoundItem } from '../searched-folders.ts';

const previewLength = 255;
const importances = ['Low', 'Normal', 'High'] as const;

export const sizeOfDiscovered = ({ item }: FoundItem): number => Number(valueOf(item, 'PidTagMessageSize') ?? sizeOfItem(item, item.bag));
export const sizeOfAll = (found: readonly FoundItem[]): number => found.reduce((sum, one) => sum + sizeOfDiscovered(one), 0);

/**
 * The same for copies of one message, whose folders, mailboxes and states may differ. What was never sent has no message id and is
 * nobody's copy. What Exchange makes the text of is not documented; these are facts that no copy changes.
 */
export async function uniqueHash({ item, session }: FoundItem): Promise<string> {
  const messageId = valueOf(item, 'PidTagInternetMessageId');
  const own = messageId === undefined ? `${session.mailbox.guid} ${item.id}` : `${String(messageId)}\n${String(valueOf(item, 'PidTagConversationTopic') ?? '')}\n${(await textOfBody(item)) ?? ''}`;
  return createHash('sha256').update(own).digest('base64');
}

/** The value that results are sorted by, and behind it what makes it the item's own: PageItemReference takes it up. */
export function sortValue({ item, session }: FoundItem, order: OrderSpec): string {
  const [{ property } = { property: 'PidTagMessageDeliveryTime' as PropertyName }] = order;
  return `${textOf(valueOf(item, property))} ${session.mailbox.guid.replaceAll('-', '')}${item.id.toString(16)}`;
}

function textOf(value: PropertyValue | undefined): string {
  if (typeof value === 'number' && value > 1e11) return new Date(value).toISOString();
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value).slice(0, previewLength);
  return '';
}

/** SearchPreviewItemType. Compact has "fewer properties" by its documentation, which does not say which: those that identify it, its class and size ([K]). */
export async function previewItem(found: FoundItem, order: OrderSpec, { BaseShape, AdditionalProperties }: PreviewItemResponseShapeType): Promise<SearchPreviewItemType> {
  const { item, session } = found;
  const { mailbox } = session;
  const asked = askedProperties(AdditionalProperties && { ExtendedProperty: AdditionalProperties.ExtendedFieldURI })(item);
  const time = (name: PropertyName): string | undefined => momentOf(item, name);
  const head = {
    Id: itemIdElement(item, session),
    Mailbox: { MailboxId: mailbox.owner.legacyExchangeDN, PrimarySmtpAddress: mailbox.owner.primarySmtpAddress },
    ParentId: { Id: encodeFolderId(mailbox, item.folderId), ChangeKey: bareChangeKey('folder') },
    ItemClass: item.itemClass, UniqueHash: await uniqueHash(found), SortValue: sortValue(found, order),
  };
  const tail = { ExtendedProperties: asked && { ExtendedProperty: asked } };
  if (BaseShape === 'Compact') return { ...head, Size: sizeOfDiscovered(found), ...tail };
  return {
    ...head,
    Sender: String(valueOf(item, 'PidTagSentRepresentingName') ?? valueOf(item, 'PidTagSenderName') ?? ''),
    ToRecipients: addresses(item, 'to'), CcRecipients: addresses(item, 'cc'), BccRecipients: addresses(item, 'bcc'),
    CreatedTime: time('PidTagCreationTime'), ReceivedTime: time('PidTagMessageDeliveryTime'), SentTime: time('PidTagClientSubmitTime'),
    Subject: String(valueOf(item, 'PidTagSubject') ?? ''), Size: sizeOfDiscovered(found), Preview: (await previewOfBody(item, previewLength)) ?? '',
    Importance: importances[Number(valueOf(item, 'PidTagImportance') ?? 1)] ?? 'Normal', Read: item.isRead, HasAttachment: valueOf(item, 'PidTagHasAttachments') === true,
    ...tail,
  };
}

function momentOf(item: Item, name: PropertyName): string | undefined {
  const value = valueOf(item, name);
  return typeof value === 'number' ? formatDateTime(value) : undefined;
}

function addresses({ recipients }: Item, type: Recipient['type']): ArrayOfSmtpAddressType | undefined {
  const found = recipients.filter((one) => one.type === type && one.address !== '').map(({ address }) => address);
  return found.length > 0 ? { SmtpAddress: found } : undefined;
}
