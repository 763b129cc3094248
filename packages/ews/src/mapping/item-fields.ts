import { htmlOfBody, messageFlags, previewOfBody, textOfBody } from '@fauxchange/mailbox';
import { binary } from '@fauxchange/properties';
import type { BodyType, EffectiveRightsType, FlagType, MimeContentType, NonEmptyArrayOfAttachmentsType, NonEmptyArrayOfInternetHeadersType } from '../schema/types.generated.ts';
import { EwsError } from '../errors.ts';
import { bareChangeKey, encodeChangeKey } from '../ids/change-key.ts';
import { encodeConversationId, encodeFolderId } from '../ids/ews-id.ts';
import { encodeMessageEntryId } from '../ids/entry-id.ts';
import { lookup } from '@fauxchange/kernel';
import { attachmentElements } from './attachment.ts';
import { hasBlockedImages, mimeContentOf, readBody, readNormalizedBody, readUniqueBody } from './body.ts';
import { formatDateTime, parseDateTime } from './date-time.ts';
import { readEntities } from './entity-extraction.ts';
import { boolean, choice, computed, integer, strings, text, time } from './field-builders.ts';
import type { ItemField } from './fields.ts';
import { encodeRights } from './folder-fields.ts';
import { iconIndex } from './icon-index.ts';
import { rowOfClass, type ItemKind } from './item-kind.ts';
import { get, idOf, type ItemView } from './item-view.ts';
import { responseObjects } from './response-objects.ts';
import { itemTag } from './retention-fields.ts';

const flag = (bit: number): ItemField['read'] => (view) => ((get(view, 'PidTagMessageFlags') ?? 0) & bit) !== 0;

const sensitivities = { Normal: 0, Personal: 1, Private: 2, Confidential: 3 } as const;
const importances = { Low: 0, Normal: 1, High: 2 } as const;
/** What takes no MIME: documentation of ErrorUnsupportedMimeConversion. */
const withoutMime: ReadonlySet<ItemKind> = new Set<ItemKind>(['Contact', 'DistributionList', 'Task']);
const flagStatuses = { NotFlagged: 0, Complete: 1, Flagged: 2 } as const;

/** Fields of every item, in the order of ItemType. */
export const itemFields: readonly ItemField[] = [
  {
    uri: 'item:MimeContent', element: 'MimeContent', shape: 'askedGet',
    read: mimeContentOf,
    set: (value: MimeContentType, target) => {
      // The suite of exchangelib completes a task by writing back all that was read, its MIME content too.
      if (target.kind === 'Task' && !target.isNew) return;
      if (withoutMime.has(target.kind)) throw new EwsError('ErrorUnsupportedMimeConversion');
      if (/[^A-Za-z0-9+/=\s]/.test(value.$)) throw new EwsError('ErrorMimeContentInvalidBase64String');
      target.mime = Buffer.from(value.$, 'base64');
    },
  },
  computed('item:ItemId', 'id', ({ placed, owner }: ItemView) => placed && { Id: idOf(placed, owner), ChangeKey: encodeChangeKey(rowOfClass(placed.itemClass).changeKey, owner, placed.cn) }),
  computed('item:ParentFolderId', 'all', ({ placed, owner }) => placed && { Id: encodeFolderId(owner, placed.folderId), ChangeKey: bareChangeKey('folder') }),
  {
    uri: 'item:ItemClass', element: 'ItemClass', shape: 'all', property: 'PidTagMessageClass',
    read: ({ item }) => item.itemClass,
    set: (value: string, target) => void (target.itemClass = value),
  },
  {
    ...text('item:Subject', 'PidTagSubject', { shape: 'default', canSet: true, canDelete: true }),
    set: (value: string, target) => void (target.properties.PidTagSubject = shortened(value)),
  },
  choice('item:Sensitivity', 'PidTagSensitivity', sensitivities, 'Normal', { shape: 'default', canSet: true }),
  {
    uri: 'item:Body', element: 'Body', shape: 'defaultGet', property: 'PidTagBody',
    read: readBody,
    set: (value: BodyType, target) => void (target.body = { type: value.BodyType, content: value.$ }),
    append: async (value: BodyType, target) => {
      const old = target.view && (value.BodyType === 'HTML' ? await htmlOfBody(target.view.item) : await textOfBody(target.view.item));
      target.body = { type: value.BodyType, content: (old ?? '') + value.$ };
    },
    remove: (target) => void (target.body = 'none'),
  },
  {
    uri: 'item:Attachments', element: 'Attachments', shape: 'allGet',
    read: attachmentElements,
    onlyNew: true,
    set: (value: NonEmptyArrayOfAttachmentsType, target) => void (target.sentAttachments = value),
  },
  time('item:DateTimeReceived', 'PidTagMessageDeliveryTime', { shape: 'all' }),
  integer('item:Size', 'PidTagMessageSize', { shape: 'default' }),
  strings('item:Categories', 'PidNameKeywords', { shape: 'all', canSet: true, canDelete: true }),
  choice('item:Importance', 'PidTagImportance', importances, 'Normal', { shape: 'all', canSet: true }),
  text('item:InReplyTo', 'PidTagInReplyToId', { shape: 'all', canSet: true, canDelete: true }),
  computed('item:IsSubmitted', 'all', flag(messageFlags.submitted)),
  computed('item:IsDraft', 'all', flag(messageFlags.unsent)),
  computed('item:IsFromMe', 'all', flag(messageFlags.fromMe)),
  computed('item:IsResend', 'all', flag(messageFlags.resend)),
  computed('item:IsUnmodified', 'all', flag(messageFlags.unmodified)),
  computed('item:InternetMessageHeaders', 'allGet', internetMessageHeaders),
  time('item:DateTimeSent', 'PidTagClientSubmitTime', { shape: 'default' }),
  time('item:DateTimeCreated', 'PidTagCreationTime', { shape: 'default' }),
  computed('item:ResponseObjects', 'defaultGet', responseObjects),
  time('item:ReminderDueBy', 'PidLidReminderTime', { shape: 'all', canSet: true }),
  boolean('item:ReminderIsSet', 'PidLidReminderSet', { shape: 'all', canSet: true }, false),
  time('item:ReminderNextTime', 'PidLidReminderSignalTime', { shape: 'asked' }),
  { ...integer('item:ReminderMinutesBeforeStart', 'PidLidReminderDelta', { shape: 'all', canSet: true }), read: (view) => get(view, 'PidLidReminderDelta') ?? 0 },
  { ...text('item:DisplayCc', 'PidTagDisplayCc', { shape: 'all' }), read: (view) => get(view, 'PidTagDisplayCc') ?? '' },
  { ...text('item:DisplayTo', 'PidTagDisplayTo', { shape: 'all' }), read: (view) => get(view, 'PidTagDisplayTo') ?? '' },
  text('item:DisplayBcc', 'PidTagDisplayBcc', { shape: 'asked' }),
  boolean('item:HasAttachments', 'PidTagHasAttachments', { shape: 'default' }, false),
  {
    ...text('item:Culture', 'PidNameAcceptLanguage', { shape: 'all', canSet: true, canDelete: true }),
    set: (value: string, target) => {
      if (!isCulture(value)) throw new EwsError('ErrorUnsupportedCulture', undefined, { paths: [['FieldURI', { FieldURI: 'item:Culture' }]] });
      target.properties['PidNameAcceptLanguage'] = value;
    },
  },
  computed('item:EffectiveRights', 'all', effectiveRights),
  text('item:LastModifiedName', 'PidTagLastModifierName', { shape: 'all' }),
  time('item:LastModifiedTime', 'PidTagLastModificationTime', { shape: 'all' }),
  {
    ...computed('item:IsAssociated', 'default', ({ placed }) => placed?.isAssociated ?? false, { property: 'PidTagAssociated' }),
    onlyNew: true,
    set: (value: boolean, target) => void (target.isAssociated = value),
  },
  computed('item:WebClientReadFormQueryString', 'all', (view) => webClientQuery(view, 'read')),
  computed('item:WebClientEditFormQueryString', 'asked', (view) => webClientQuery(view, 'edit')),
  computed('item:ConversationId', 'all', conversationId, { property: 'PidTagConversationId' }),
  computed('item:UniqueBody', 'askedGet', readUniqueBody),
  {
    uri: 'item:Flag', element: 'Flag', shape: 'all', property: 'PidTagFlagStatus',
    read: readFlag,
    set: setFlag,
    remove: (target) => setFlag({ FlagStatus: 'NotFlagged' }, target),
    constant: (name) => lookup<number>(flagStatuses, name),
  },
  {
    ...computed('item:StoreEntryId', 'asked', ({ placed, owner }) => placed && encodeMessageEntryId(owner, placed.folderId, placed.id)),
    // Taken and forgotten at creation; refused in updates: what Microsoft's suite expects of Exchange 2013 and later (MS-OXWSCORE_R204521, R204522).
    onlyNew: true,
    set: () => undefined,
  },
  computed('item:InstanceKey', 'all', instanceKey),
  computed('item:NormalizedBody', 'askedGet', readNormalizedBody),
  computed('item:EntityExtractionResult', 'allGet', readEntities),
  itemTag('PolicyTag'),
  itemTag('ArchiveTag'),
  time('item:RetentionDate', 'PidTagRetentionDate', { shape: 'asked', canSet: 'new' }),
  computed('item:Preview', 'asked', ({ item }) => previewOfBody(item, 255)),
  computed('item:BlockStatus', 'askedGet', hasBlockedImages),
  computed('item:HasBlockedImages', 'askedGet', hasBlockedImages),
  computed('item:TextBody', 'askedGet', async (view) => {
    const content = await textOfBody(view.item);
    return content === undefined ? undefined : { BodyType: 'Text', $: content };
  }),
  computed('item:IconIndex', 'asked', iconIndex),
];

/** Subjects have at most 255 characters ([MS-OXWSCORE] 2.2.4.24); a longer one is cut and ends in dots (seen on real servers: nylas/exchangelib 68). */
function shortened(subject: string): string {
  return subject.length > longestSubject ? `${subject.slice(0, longestSubject - 3).replace(/[\ud800-\udbff]$/, '')}...` : subject;
}
const longestSubject = 255;

function internetMessageHeaders(view: ItemView): NonEmptyArrayOfInternetHeadersType | undefined {
  const headers = get(view, 'PidTagTransportMessageHeaders');
  if (!headers) return undefined;
  const unfolded = headers.replaceAll(/\r?\n(?=[ \t])/g, '').split(/\r?\n/);
  const parsed = unfolded.flatMap((line) => {
    const colon = line.indexOf(':');
    return colon > 0 ? [{ HeaderName: line.slice(0, colon), $: line.slice(colon + 1).trim() }] : [];
  });
  return parsed.length > 0 ? { InternetMessageHeader: parsed } : undefined;
}

async function effectiveRights({ placed, session }: ItemView): Promise<EffectiveRightsType | undefined> {
  return placed && encodeRights(await session.itemRights(placed));
}

/** The query string that opens the item in Outlook on the web. */
function webClientQuery({ placed, owner }: ItemView, form: 'read' | 'edit'): string | undefined {
  return placed && `?ItemID=${encodeURIComponent(idOf(placed, owner))}&exvsurl=1&viewmodel=${form === 'read' ? 'ReadMessageItem' : 'IDraftItemComposeViewModelFactory'}`;
}

function conversationId(view: ItemView): { Id: string } | undefined {
  const id = get(view, 'PidTagConversationId');
  return id === undefined ? undefined : { Id: encodeConversationId(view.owner, binary.toBytes(id)) };
}

/** Identifies the row in a contents table: made of the item's id here, as in the tables of the store. */
function instanceKey({ placed }: ItemView): Uint8Array | undefined {
  if (!placed) return undefined;
  const key = Buffer.alloc(16);
  key.writeUIntBE(placed.id, 2, 6);
  key.writeUIntBE(placed.folderId, 10, 6);
  return key;
}

/** Flags by [MS-OXOFLAG] 2.2.1 and 2.2.2. */
function readFlag(view: ItemView): FlagType {
  const status = get(view, 'PidTagFlagStatus') ?? flagStatuses.NotFlagged;
  const at = (ms: number | undefined): string | undefined => (ms === undefined ? undefined : formatDateTime(ms));
  if (status === flagStatuses.Flagged) return { FlagStatus: 'Flagged', StartDate: at(get(view, 'PidLidTaskStartDate')), DueDate: at(get(view, 'PidLidTaskDueDate')) };
  if (status === flagStatuses.Complete) return { FlagStatus: 'Complete', CompleteDate: at(get(view, 'PidTagFlagCompleteTime')) };
  return { FlagStatus: 'NotFlagged' };
}

/** Each status has its own dates, and start and due date come in pair: [MS-OXWSCORE] 2.2.4.23. */
function checkFlag({ FlagStatus, StartDate, DueDate, CompleteDate }: FlagType): void {
  const hasRange = StartDate !== undefined || DueDate !== undefined;
  const isWrong =
    (FlagStatus !== 'Complete' && CompleteDate !== undefined) ||
    (FlagStatus !== 'Flagged' && hasRange) ||
    (StartDate === undefined) !== (DueDate === undefined);
  if (isWrong) throw new EwsError('ErrorInvalidArgument');
}

function setFlag(value: FlagType, target: Parameters<NonNullable<ItemField['set']>>[1]): void {
  const at = (lexical: string | undefined): number | undefined => (lexical === undefined ? undefined : parseDateTime(lexical, target.context.localOffset));
  const status = flagStatuses[value.FlagStatus];
  const isFlagged = status === flagStatuses.Flagged;
  checkFlag(value);
  Object.assign(target.properties, {
    PidTagFlagStatus: status === flagStatuses.NotFlagged ? undefined : status,
    PidLidFlagRequest: status === flagStatuses.NotFlagged ? undefined : 'Follow up',
    PidLidTaskStartDate: isFlagged ? at(value.StartDate) : undefined,
    PidLidTaskDueDate: isFlagged ? at(value.DueDate) : undefined,
    PidTagFlagCompleteTime: status === flagStatuses.Complete ? (at(value.CompleteDate) ?? target.context.clock.now()) : undefined,
    PidTagToDoItemFlags: isFlagged ? 1 : undefined,
  });
}

/** Whether the name is that of a language, as System.Globalization.CultureInfo reads it: `en`, `de-AT`, `zh-Hant-TW`. */
function isCulture(name: string): boolean {
  try {
    return Intl.getCanonicalLocales(name).length === 1 && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(name);
  } catch {
    return false;
  }
}
