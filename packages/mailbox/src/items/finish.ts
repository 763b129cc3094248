import type { Binary, PropertyName } from '@fauxchange/properties';
import { binary } from '@fauxchange/properties';
import type { IdSource } from '@fauxchange/kernel';
import type { DirectoryEntry } from '../directory/directory.ts';
import { addressBookEntryId } from './entry-id.ts';
import type { Item, ItemChanges, ItemContent, ItemDraft, Properties } from './item.ts';
import { conversationId, newConversationIndex } from './conversation.ts';
import { subjectParts } from './subject.ts';
import { computedFlags, messageFlags } from './value-of.ts';

export interface FinishContext {
  readonly now: number;
  readonly ids: IdSource;
  /** Who writes; undefined for the system, which may set what is otherwise computed. */
  readonly author: DirectoryEntry | undefined;
  readonly owner: DirectoryEntry;
}
type MutableProperties = { -readonly [N in keyof Properties]: Properties[N] };

/** Facts of the item that `valueOf` answers from elsewhere: what a client writes under these names is dropped. */
const neverStored: readonly PropertyName[] = ['PidTagRead', 'PidTagHasAttachments', 'PidTagMessageClass', 'PidTagAssociated', 'PidTagNativeBody', 'PidTagMessageSize', 'PidTagMessageSizeExtended'];

/** What is written in the MIME form of a message: a change of any of it makes kept MIME untrue. */
const carriedByMime: ReadonlySet<string> = new Set<PropertyName>([
  'PidTagSubject', 'PidTagNormalizedSubject', 'PidTagSubjectPrefix', 'PidTagImportance', 'PidTagPriority', 'PidTagSensitivity', 'PidTagInternetMessageId',
  'PidTagInReplyToId', 'PidTagInternetReferences', 'PidTagClientSubmitTime', 'PidTagConversationIndex', 'PidTagConversationTopic',
  'PidTagSenderName', 'PidTagSenderEmailAddress', 'PidTagSenderSmtpAddress', 'PidTagSentRepresentingName', 'PidTagSentRepresentingEmailAddress',
  'PidTagSentRepresentingSmtpAddress', 'PidTagReplyRecipientNames', 'PidTagReplyRecipientEntries', 'PidTagReadReceiptRequested',
  'PidTagOriginatorDeliveryReportRequested',
]);

function displayLists({ recipients }: Pick<ItemContent, 'recipients'>): Properties {
  const names = (type: 'to' | 'cc' | 'bcc'): string | undefined =>
    recipients.filter((one) => one.type === type).map(({ name, address }) => name || address).join('; ') || undefined;
  return { PidTagDisplayTo: names('to'), PidTagDisplayCc: names('cc'), PidTagDisplayBcc: names('bcc') };
}

export const isMail = (itemClass: string): boolean => /^(ipm\.(note|post|schedule)|report\.)/i.test(itemClass);

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

/** Sets the second in the first where it is absent. */
function byDefault(properties: MutableProperties, defaults: Properties): void {
  const target = properties as Record<string, unknown>;
  for (const [name, value] of Object.entries(defaults)) if (target[name] === undefined) target[name] = value;
}

function conversationDefaults(properties: MutableProperties, { now, ids }: FinishContext): void {
  const { normalized } = subjectParts(String(properties.PidTagSubject ?? ''), properties.PidTagSubjectPrefix as string | undefined);
  // The same string as the subject where there is no prefix: it costs no memory then.
  byDefault(properties, { PidTagConversationTopic: normalized });
  if (properties.PidTagConversationIndex === undefined) {
    properties.PidTagConversationIndex = newConversationIndex(now, ids.bytes(16));
    byDefault(properties, { PidTagConversationIndexTracking: true });
  }
  byDefault(properties, {
    PidTagConversationId: conversationId({
      index: properties.PidTagConversationIndex as Binary | undefined,
      isTracked: properties.PidTagConversationIndexTracking === true,
      topic: properties.PidTagConversationTopic as string | undefined,
    }),
  });
}

/** Adds what Exchange adds when an item is saved for the first time ([MS-OXCMSG] 3.2.5.2 and what its clients read afterwards). */
export function finishDraft(draft: ItemDraft, context: FinishContext): ItemDraft {
  const { now, ids, author, owner } = context;
  const properties: MutableProperties = { ...draft.properties };
  const flags = properties.PidTagMessageFlags as number | undefined;
  const itemClass = String(properties.PidTagMessageClass ?? draft.itemClass);
  for (const name of neverStored) delete (properties as Record<string, unknown>)[name];
  splitSubject(properties);
  if (author) Object.assign(properties, { PidTagCreationTime: now, PidTagLastModificationTime: now });
  byDefault(properties, {
    PidTagCreationTime: now,
    PidTagLastModificationTime: now,
    PidTagImportance: 1,
    PidTagSensitivity: 0,
    PidTagSearchKey: binary.from(ids.bytes(16)),
    ...displayLists(draft),
  });
  if (author) {
    const entryId = addressBookEntryId(author.legacyExchangeDN);
    Object.assign(properties, {
      PidTagCreatorName: author.displayName, PidTagCreatorEntryId: entryId, PidTagLastModifierName: author.displayName, PidTagLastModifierEntryId: entryId,
    });
  }
  if (isMail(itemClass)) {
    conversationDefaults(properties, context);
    byDefault(properties, { PidTagMessageDeliveryTime: now, PidTagClientSubmitTime: now });
    const isDraft = author !== undefined && ((flags ?? 0) & messageFlags.unsent) !== 0;
    if (isDraft && properties.PidTagSenderName === undefined && properties.PidTagSentRepresentingSmtpAddress === undefined) byDefault(properties, senderProperties(author, owner));
  } else if (!draft.isAssociated) {
    // Everything that a view lists has a delivery time in Exchange; it is what views are sorted by.
    byDefault(properties, { PidTagMessageDeliveryTime: now });
  }
  properties.PidTagMessageFlags = (flags ?? 0) & ~computedFlags;
  return { ...draft, itemClass, properties, isRead: flags === undefined ? draft.isRead : draft.isRead || (flags & messageFlags.read) !== 0 };
}

/** A subject given in two parts becomes a whole one; a whole one needs no parts, they are computed. */
function splitSubject(properties: MutableProperties): void {
  const { PidTagSubject: whole, PidTagSubjectPrefix: prefix, PidTagNormalizedSubject: normalized } = properties;
  if (whole === undefined && normalized !== undefined) properties.PidTagSubject = `${String(prefix ?? '')}${String(normalized)}`;
  delete properties.PidTagNormalizedSubject;
}

/** The same for a change: times, names, display lists, and whether kept MIME is still true. */
export function finishChanges(item: Item, changes: ItemChanges, { now, author }: FinishContext): ItemChanges {
  const { isRead, ...content } = changes;
  if (Object.values(content).every((change) => change === undefined)) return changes;
  const properties: MutableProperties = { ...changes.properties };
  const itemClass = properties.PidTagMessageClass === undefined ? changes.itemClass : String(properties.PidTagMessageClass);
  for (const name of neverStored) delete (properties as Record<string, unknown>)[name];
  if ('PidTagSubject' in properties || 'PidTagNormalizedSubject' in properties) {
    byDefault(properties, 'PidTagSubject' in properties ? {} : { PidTagSubjectPrefix: item.bag.get('PidTagSubjectPrefix') });
    splitSubject(properties);
    if (!('PidTagSubjectPrefix' in properties)) properties.PidTagSubjectPrefix = undefined;
  }
  // Read-write before the first save only ([MS-OXCMSG] 2.2.1.6).
  if (author) delete properties.PidTagMessageFlags;
  else if (properties.PidTagMessageFlags !== undefined) properties.PidTagMessageFlags = Number(properties.PidTagMessageFlags) & ~computedFlags;
  if (changes.recipients) Object.assign(properties, displayLists({ recipients: changes.recipients }));
  Object.assign(properties, author ? { PidTagLastModificationTime: now, PidTagLastModifierName: author.displayName, PidTagLastModifierEntryId: addressBookEntryId(author.legacyExchangeDN) } : {});
  byDefault(properties, { PidTagLastModificationTime: now });
  const isMimeUntrue = changes.recipients ?? changes.attachments ?? changes.body ?? Object.keys(changes.properties ?? {}).find((name) => carriedByMime.has(name));
  return { ...content, isRead, itemClass, properties, mime: changes.mime ?? (isMimeUntrue === undefined ? undefined : 'none') };
}
