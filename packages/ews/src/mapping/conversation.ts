import { type Conversation, type Item, type MailboxSession, valueOf } from '@fauxchange/mailbox';
import { binary, type PropertyName } from '@fauxchange/properties';
import { EwsError } from '../errors.ts';
import { encodeConversationId } from '../ids/ews-id.ts';
import { itemIdElement } from '../items.ts';
import type { ConversationResponseShapeType, ConversationType, NonEmptyArrayOfFieldOrdersType } from '../schema/types.generated.ts';
import { formatDateTime } from './date-time.ts';

type Read = (items: readonly Item[], session: MailboxSession) => unknown;

const number = (item: Item, name: PropertyName): number => Number(valueOf(item, name) ?? 0);
const text = (item: Item, name: PropertyName): string => String(valueOf(item, name) ?? '');
/** Each once; nothing at all where there is none. */
const strings = (values: readonly string[]): { String: readonly string[] } | undefined => {
  const found = [...new Set(values.filter((value) => value !== ''))];
  return found.length > 0 ? { String: found } : undefined;
};
const senderOf = (item: Item): string => text(item, 'PidTagSentRepresentingName') || text(item, 'PidTagSenderName');
const importances = ['Low', 'Normal', 'High'] as const;
const latest = (items: readonly Item[], name: PropertyName): number => items.reduce((most, item) => Math.max(most, number(item, name)), 0);

/** What a conversation tells of messages: of those in the folder, and as Global… of all in the mailbox. In the schema's order. */
const told: readonly (readonly [name: string, read: Read])[] = [
  ['UniqueRecipients', (items) => strings(items.flatMap(({ recipients }) => recipients.map(({ name, address }) => name || address)))],
  ['UniqueUnreadSenders', (items) => strings(items.filter(({ isRead }) => !isRead).map(senderOf))],
  ['UniqueSenders', (items) => strings(items.map(senderOf))],
  ['LastDeliveryTime', (items) => formatDateTime(latest(items, 'PidTagMessageDeliveryTime'))],
  ['Categories', (items) => strings(items.flatMap((item) => (valueOf(item, 'PidNameKeywords') as readonly string[] | undefined) ?? []))],
  ['FlagStatus', (items) => { const states = items.map((item) => number(item, 'PidTagFlagStatus')); return states.includes(2) ? 'Flagged' : states.includes(1) ? 'Complete' : 'NotFlagged'; }],
  ['HasAttachments', (items) => items.some((item) => valueOf(item, 'PidTagHasAttachments') === true)],
  ['MessageCount', (items) => items.length],
  ['UnreadCount', (items) => items.filter(({ isRead }) => !isRead).length],
  ['Size', (items) => items.reduce((sum, item) => sum + number(item, 'PidTagMessageSize'), 0)],
  ['ItemClasses', (items) => ({ ItemClass: [...new Set(items.map(({ itemClass }) => itemClass))] })],
  ['Importance', (items) => importances[Math.max(...items.map((item) => number(item, 'PidTagImportance')))] ?? 'Normal'],
  ['ItemIds', (items, session) => items.map((item) => ['ItemId', itemIdElement(item, session)])],
];

/** A conversation as FindConversation shows it. Without a shape everything is told, as before there were shapes. */
export function conversationElement({ id, items }: Conversation, all: readonly Item[], shape: ConversationResponseShapeType | undefined, session: MailboxSession): ConversationType {
  const asked = new Set<string>((shape?.AdditionalProperties ?? []).flatMap(([name, path]) => (name === 'FieldURI' ? [path.FieldURI] : [])));
  const isTold = (name: string): boolean => shape?.BaseShape !== 'IdOnly' || asked.has(`conversation:${name}`);
  const element: Record<string, unknown> = { ConversationId: { Id: encodeConversationId(session.mailbox, binary.toBytes(id)) } };
  const [newest] = items;
  if (isTold('ConversationTopic') && newest) element['ConversationTopic'] = text(newest, 'PidTagConversationTopic');
  for (const [name, read] of told) {
    if (isTold(name)) element[name] = read(items, session);
    if (isTold(`Global${name}`)) element[`Global${name}`] = read(all, session);
  }
  if (isTold('LastModifiedTime')) element['LastModifiedTime'] = formatDateTime(latest(items, 'PidTagLastModificationTime'));
  if (isTold('InstanceKey')) element['InstanceKey'] = binary.toBytes(id);
  return element;
}

const sortable: Readonly<Record<string, (conversation: Conversation) => string | number>> = {
  'conversation:LastDeliveryTime': ({ items }) => latest(items, 'PidTagMessageDeliveryTime'),
  'conversation:ConversationTopic': ({ items: [newest] }) => (newest ? text(newest, 'PidTagConversationTopic').toLowerCase() : ''),
  'conversation:MessageCount': ({ items }) => items.length,
  'conversation:UnreadCount': ({ items }) => items.filter(({ isRead }) => !isRead).length,
  'conversation:Size': ({ items }) => items.reduce((sum, item) => sum + number(item, 'PidTagMessageSize'), 0),
  'conversation:Importance': ({ items }) => Math.max(...items.map((item) => number(item, 'PidTagImportance'))),
  'conversation:UniqueSenders': ({ items: [newest] }) => (newest ? senderOf(newest).toLowerCase() : ''),
};

/** In the order asked; newest first where none is. ErrorUnsupportedPathForSortGroup for what conversations cannot be sorted by. */
export function sortConversations(found: readonly Conversation[], order: NonEmptyArrayOfFieldOrdersType | undefined): readonly Conversation[] {
  const keys = (order?.FieldOrder ?? []).map(({ FieldURI, Order }) => {
    const read = sortable[FieldURI?.FieldURI ?? ''];
    if (!read) throw new EwsError('ErrorUnsupportedPathForSortGroup');
    return { read, sign: Order === 'Descending' ? -1 : 1 };
  });
  if (keys.length === 0) return found;
  const rows = found.map((conversation) => ({ conversation, values: keys.map(({ read }) => read(conversation)) }));
  rows.sort((a, b) => {
    for (const [at, { sign }] of keys.entries()) {
      const [left, right] = [a.values[at] ?? 0, b.values[at] ?? 0];
      if (left !== right) return left < right ? -sign : sign;
    }
    return 0;
  });
  return rows.map(({ conversation }) => conversation);
}
