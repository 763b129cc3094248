import { binary, type Binary, type PropertyName, type PropertyValue } from '@fauxchange/properties';
import type { IdSource } from '@fauxchange/kernel';
import type { DirectoryEntry } from '../directory/directory.ts';
import { addressBookEntryId } from './entry-id.ts';
import type { Item, ItemChanges, ItemContent, ItemDraft, Properties, Recipient } from './item.ts';
import { conversationGuid, conversationId, newConversationIndex } from './conversation.ts';
import { subjectParts } from './subject.ts';
import { computedFlags, displayNames, messageFlags, valueOf } from './value-of.ts';

export interface FinishContext {
  readonly now: number;
  readonly ids: IdSource;
  /** Who writes; undefined for the system, which may set what is otherwise computed. */
  readonly author: DirectoryEntry | undefined;
  readonly owner: DirectoryEntry;
  /** It was written elsewhere, at the times that it says: what a client made offline. */
  readonly isImported?: boolean | undefined;
}
type MutableProperties = { -readonly [N in keyof Properties]: Properties[N] };

/** Facts of the item that `valueOf` answers from elsewhere: what a client writes under these names is dropped. */
const neverStored: readonly PropertyName[] = ['PidTagRead', 'PidTagHasAttachments', 'PidTagMessageClass', 'PidTagAssociated', 'PidTagNativeBody', 'PidTagRtfInSync', 'PidTagMessageSize', 'PidTagMessageSizeExtended'];

/** What is written in the MIME form of a message: a change of any of it makes kept MIME untrue. */
const carriedByMime: ReadonlySet<string> = new Set<PropertyName>([
  'PidTagSubject', 'PidTagNormalizedSubject', 'PidTagSubjectPrefix', 'PidTagImportance', 'PidTagPriority', 'PidTagSensitivity', 'PidTagInternetMessageId',
  'PidTagInReplyToId', 'PidTagInternetReferences', 'PidTagClientSubmitTime', 'PidTagConversationIndex', 'PidTagConversationTopic',
  'PidTagSenderName', 'PidTagSenderEmailAddress', 'PidTagSenderSmtpAddress', 'PidTagSentRepresentingName', 'PidTagSentRepresentingEmailAddress',
  'PidTagSentRepresentingSmtpAddress', 'PidTagReplyRecipientNames', 'PidTagReplyRecipientEntries', 'PidTagReadReceiptRequested',
  'PidTagOriginatorDeliveryReportRequested',
]);

function displayLists(content: Pick<ItemContent, 'recipients'>): Properties {
  const names = (type: Recipient['type']): string | undefined => displayNames(type)(content) || undefined;
  return { PidTagDisplayTo: names('to'), PidTagDisplayCc: names('cc'), PidTagDisplayBcc: names('bcc') };
}

const isMail = (itemClass: string): boolean => /^(ipm\.(note|post|schedule)|report\.)/i.test(itemClass);

const isPost = (itemClass: string): boolean => /^ipm\.post(\.|$)/i.test(itemClass);

/** Who a message is from, in the two forms that Exchange keeps: the one who did it and the one it was done for. */
export function senderProperties(sender: DirectoryEntry, representing: DirectoryEntry): Properties {
  return {
    PidTagSenderName: sender.displayName,
    PidTagSenderAddressType: 'EX',
    PidTagSenderEmailAddress: sender.legacyExchangeDN,
    PidTagSenderSmtpAddress: sender.primarySmtpAddress,
    PidTagSentRepresentingName: representing.displayName,
    PidTagSentRepresentingAddressType: 'EX',
    PidTagSentRepresentingEmailAddress: representing.legacyExchangeDN,
    PidTagSentRepresentingSmtpAddress: representing.primarySmtpAddress,
  };
}

/** A map while it is worked on: a plain object that names come and go in is ten times as slow. */
type Draft = Map<PropertyName, PropertyValue>;

function put(properties: Draft, values: Properties): void {
  for (const name in values) {
    const value = values[name as PropertyName];
    if (value !== undefined) properties.set(name as PropertyName, value);
  }
}

/** Sets what is absent. */
function byDefault(properties: Draft, defaults: Properties): void {
  for (const name in defaults) {
    const value = defaults[name as PropertyName];
    if (value !== undefined && !properties.has(name as PropertyName)) properties.set(name as PropertyName, value);
  }
}

function conversationDefaults(properties: Draft, { now, ids }: FinishContext): void {
  const { normalized } = subjectParts(String(properties.get('PidTagSubject') ?? ''), properties.get('PidTagSubjectPrefix') as string | undefined);
  // The same string as the subject where there is no prefix: it costs no memory then.
  byDefault(properties, { PidTagConversationTopic: normalized });
  if (!properties.has('PidTagConversationIndex')) {
    const guid = conversationGuid({
      references: properties.get('PidTagInternetReferences') as string | undefined,
      inReplyTo: properties.get('PidTagInReplyToId') as string | undefined,
      messageId: properties.get('PidTagInternetMessageId') as string | undefined,
    });
    properties.set('PidTagConversationIndex', newConversationIndex(now, guid ?? ids.bytes(16)));
    byDefault(properties, { PidTagConversationIndexTracking: true });
  }
  if (properties.has('PidTagConversationId')) return;
  const id = conversationId({
    index: properties.get('PidTagConversationIndex') as Binary | undefined,
    isTracked: properties.get('PidTagConversationIndexTracking') === true,
    topic: properties.get('PidTagConversationTopic') as string | undefined,
  });
  if (id !== undefined) properties.set('PidTagConversationId', id);
}

/** A subject given in two parts becomes a whole one; a whole one needs no parts, they are computed. */
function wholeSubject(properties: Draft): void {
  const [prefix, normalized] = [properties.get('PidTagSubjectPrefix'), properties.get('PidTagNormalizedSubject')];
  if (!properties.has('PidTagSubject') && normalized !== undefined) properties.set('PidTagSubject', `${String(prefix ?? '')}${String(normalized)}`);
  properties.delete('PidTagNormalizedSubject');
}

/** Adds what Exchange adds when an item is saved for the first time ([MS-OXCMSG] 3.2.5.2 and what its clients read afterwards). */
export function finishDraft(draft: ItemDraft, context: FinishContext): ItemDraft {
  const { now, ids, author, owner, isImported = false } = context;
  const properties: Draft = new Map();
  put(properties, draft.properties);
  const flags = properties.get('PidTagMessageFlags') as number | undefined;
  const itemClass = String(properties.get('PidTagMessageClass') ?? draft.itemClass);
  for (const name of neverStored) properties.delete(name);
  wholeSubject(properties);
  if (author) put(properties, { ...(!isImported && { PidTagCreationTime: now, PidTagLastModificationTime: now }), ...authorship(author, true) });
  byDefault(properties, { PidTagCreationTime: now, PidTagLastModificationTime: now, PidTagImportance: 1, PidTagSensitivity: 0 });
  byDefault(properties, displayLists(draft));
  if (!properties.has('PidTagSearchKey')) properties.set('PidTagSearchKey', binary.from(ids.bytes(16)));
  if (isMail(itemClass)) {
    if (author && !properties.has('PidTagInternetMessageId')) properties.set('PidTagInternetMessageId', `<${ids.uuid()}@${owner.primarySmtpAddress.replace(/^.*@/, '')}>`);
    conversationDefaults(properties, context);
    byDefault(properties, { PidTagMessageDeliveryTime: now, PidTagClientSubmitTime: now });
    const isDraft = author !== undefined && ((flags ?? 0) & messageFlags.unsent) !== 0;
    const isSigned = properties.has('PidTagSenderName') || properties.has('PidTagSentRepresentingSmtpAddress');
    if (isDraft && !isSigned) byDefault(properties, senderProperties(author, owner));
    // A post is not sent: it is from whoever put it there ([K] that the server says so where the client does not; clients have From as read-only).
    if (author && !isSigned && isPost(itemClass)) byDefault(properties, senderProperties(author, author));
  } else if (!draft.isAssociated) {
    // Everything that a view lists has a delivery time in Exchange; it is what views are sorted by.
    byDefault(properties, { PidTagMessageDeliveryTime: now });
  }
  const isNew = author && !isImported ? messageFlags.unmodified : 0;
  properties.set('PidTagMessageFlags', ((flags ?? 0) & ~computedFlags) | isNew | receiptFlags(properties.get('PidTagReadReceiptRequested'), properties.get('PidTagNonReceiptNotificationRequested')));
  const isRead = draft.isRead || ((flags ?? 0) & messageFlags.read) !== 0;
  return { ...draft, itemClass, properties: Object.fromEntries(properties) as Properties, isRead };
}

/** mfNotifyRead and mfNotifyUnread: what the sender has asked for. */
const receiptFlags = (asksRead: unknown, asksUnread: unknown): number => (asksRead === true ? messageFlags.notifyRead : 0) | (asksUnread === true ? messageFlags.notifyUnread : 0);

function authorship(author: DirectoryEntry, isNew: boolean): Properties {
  const [name, entryId] = [author.displayName, addressBookEntryId(author.legacyExchangeDN)];
  const last: Properties = { PidTagLastModifierName: name, PidTagLastModifierEntryId: entryId };
  return isNew ? { ...last, PidTagCreatorName: name, PidTagCreatorEntryId: entryId } : last;
}

/** The same for a change: times, names, display lists, and whether kept MIME is still true. */
export function finishChanges(item: Item, changes: ItemChanges, { now, author, isImported = false }: FinishContext): ItemChanges {
  const { isRead, marks, ...content } = changes;
  if (Object.values(content).every((change) => change === undefined)) return changes;
  const properties: MutableProperties = { ...changes.properties };
  const itemClass = properties.PidTagMessageClass === undefined ? changes.itemClass : String(properties.PidTagMessageClass);
  for (const name of neverStored) delete (properties as Record<string, unknown>)[name];
  if ('PidTagSubject' in properties || 'PidTagNormalizedSubject' in properties) Object.assign(properties, changedSubject(item, properties));
  // Read-write before the first save only ([MS-OXCMSG] 2.2.1.6).
  if (author && !isImported) properties.PidTagMessageFlags = (Number(marks?.PidTagMessageFlags ?? item.bag.get('PidTagMessageFlags') ?? 0) & ~messageFlags.unmodified) | receiptFlags(properties.PidTagReadReceiptRequested, properties.PidTagNonReceiptNotificationRequested);
  else if (properties.PidTagMessageFlags !== undefined) properties.PidTagMessageFlags = Number(properties.PidTagMessageFlags) & ~computedFlags;
  if (changes.recipients) Object.assign(properties, displayLists({ recipients: changes.recipients }));
  if (author) Object.assign(properties, authorship(author, false));
  if (author && !isImported) properties.PidTagLastModificationTime = now;
  else properties.PidTagLastModificationTime ??= now;
  const isMimeUntrue = changes.recipients ?? changes.attachments ?? changes.body ?? Object.keys(changes.properties ?? {}).find((name) => carriedByMime.has(name));
  return { ...content, isRead, marks, itemClass, properties, mime: changes.mime ?? (isMimeUntrue === undefined ? undefined : 'none') };
}

/** A new subject forgets the old prefix; one given in parts is put together, with the old prefix if none is given. */
function changedSubject(item: Item, { PidTagSubject: whole, PidTagSubjectPrefix: prefix, PidTagNormalizedSubject: normalized }: Properties): Properties {
  const kept = whole === undefined && normalized !== undefined ? (prefix ?? valueOf(item, 'PidTagSubjectPrefix')) : prefix;
  const text = whole === undefined && normalized !== undefined ? `${String(kept ?? '')}${String(normalized)}` : whole;
  return { PidTagSubject: text, PidTagSubjectPrefix: kept, PidTagNormalizedSubject: undefined };
}
