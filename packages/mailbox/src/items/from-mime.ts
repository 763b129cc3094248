import { MimeError, parseDate, parseMessage } from '@fauxchange/mime';
import type { Address, ParsedAttachment, ParsedMessage } from '@fauxchange/mime';
import { binary } from '@fauxchange/properties';
import { MailboxError } from '../errors.ts';
import { attachmentId } from '../ids.ts';
import { meetingFromCalendar } from '../meetings/calendar-part.ts';
import { bagOf } from './bag.ts';
import type { Attachment, EmbeddedItem, ItemBody, ItemDraft, Properties, Recipient, StoredBytes } from './item.ts';
import { smtpPerson } from './person.ts';
import { encodeReplyRecipients } from './reply-recipients.ts';
import { messageFlags } from './value-of.ts';

/** Keeps bytes in the store that the draft is for: `(bytes) => mailbox.store.keep(bytes)`. */
export type KeepBytes = (bytes: Uint8Array) => Promise<StoredBytes>;

export interface FromMimeOptions {
  /** Written here and not yet sent; default: a message that came. */
  readonly isDraft?: boolean | undefined;
  readonly isRead?: boolean | undefined;
  /** PidTagMessageDeliveryTime, ms; `asDated`: of the topmost Received header, else of Date. Absent: left to whoever saves it. */
  readonly receivedAt?: number | 'asDated' | undefined;
  /** Bytes of the whole; default: what packages/mime takes. */
  readonly maxBytes?: number | undefined;
}

/** Messages within messages that are opened; deeper ones stay files. */
const MOST_NESTED = 16;

/**
 * Makes an item of an RFC 5322 message, as [MS-OXCMAIL] 2.2.3 has it; the bytes stay beside it, verbatim.
 *
 * @example
 * const draft = await draftFromMime((bytes) => mailbox.store.keep(bytes), mime);
 * await mailbox.openAsSystem().createItem(inboxId, draft);
 * @throws MailboxError MimeInvalid for what cannot be read, MessageTooLarge
 */
export async function draftFromMime(keep: KeepBytes, mime: Uint8Array, options: FromMimeOptions = {}): Promise<ItemDraft> {
  const content = await contentFromMime(keep, mime, options, 0);
  return { ...content, isRead: options.isRead ?? options.isDraft ?? false, isAssociated: false };
}

type Content = Omit<ItemDraft, 'isRead' | 'isAssociated'>;

async function contentFromMime(keep: KeepBytes, mime: Uint8Array, options: FromMimeOptions, depth: number): Promise<Content> {
  const parsed = await parse(mime, options.maxBytes);
  const receivedAt = options.receivedAt === 'asDated' ? (receivedHeaderTime(parsed) ?? parsed.date) : options.receivedAt;
  const meeting = parsed.calendar && !parsed.secure ? meetingFromCalendar(parsed.calendar) : undefined;
  return {
    itemClass: meeting?.itemClass ?? classOf(parsed),
    properties: { ...meeting?.properties, ...present(propertiesFromMime(parsed)), ...meeting?.settled, PidTagMessageDeliveryTime: receivedAt, PidTagMessageFlags: options.isDraft ? messageFlags.unsent : messageFlags.unmodified },
    recipients: meeting?.recipients ?? [...recipients('to', parsed.to), ...recipients('cc', parsed.cc), ...recipients('bcc', parsed.bcc)],
    attachments: await attachmentsFromMime(keep, parsed, receivedAt ?? parsed.date ?? 0, depth),
    body: await bodyOf(keep, parsed),
    mime: await keep(mime),
  };
}

/** Without what is undefined, which would take away what the calendar says. */
function present(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}

async function parse(mime: Uint8Array, maxBytes: number | undefined): Promise<ParsedMessage> {
  try {
    return await parseMessage(mime, { bytes: maxBytes });
  } catch (error) {
    if (!(error instanceof MimeError)) throw error;
    throw new MailboxError(error.reason === 'TooLarge' ? 'MessageTooLarge' : 'MimeInvalid', error.message);
  }
}

const importances = { Low: [0, -1], Normal: [1, 0], High: [2, 1] } as const;
const sensitivities = { Normal: 0, Personal: 1, Private: 2, Confidential: 3 } as const;

/** Everything of a message's headers that has a property. */
function propertiesFromMime(parsed: ParsedMessage): Properties {
  const header = headersOf(parsed);
  const [importance, priority] = importances[parsed.importance];
  const author = parsed.from ?? parsed.sender;
  const flag = header('x-message-flag');
  return {
    PidTagSubject: parsed.subject,
    ...smtpPerson('PidTagSender', parsed.sender ?? parsed.from),
    ...smtpPerson('PidTagSentRepresenting', author),
    ...replyTo(parsed.replyTo),
    PidTagClientSubmitTime: parsed.date,
    PidTagInternetMessageId: parsed.messageId,
    PidTagInReplyToId: parsed.inReplyTo,
    PidTagInternetReferences: parsed.references.length > 0 ? parsed.references.join(' ') : undefined,
    PidTagImportance: importance,
    PidTagPriority: priority,
    PidTagSensitivity: sensitivities[parsed.sensitivity],
    PidTagTransportMessageHeaders: parsed.headerText,
    PidTagInternetCodepage: 65_001,
    PidTagConversationTopic: parsed.threadTopic,
    ...(parsed.threadIndex && parsed.threadIndex.length >= 22 && { PidTagConversationIndex: binary.from(parsed.threadIndex), PidTagConversationIndexTracking: true }),
    ...(parsed.categories.length > 0 && { PidNameKeywords: parsed.categories }),
    ...(parsed.readReceiptTo && { PidTagReadReceiptRequested: true, ...smtpPerson('PidTagReadReceipt', parsed.readReceiptTo) }),
    ...(parsed.deliveryReceiptRequested && { PidTagOriginatorDeliveryReportRequested: true }),
    PidTagListHelp: header('list-help'),
    PidTagListSubscribe: header('list-subscribe'),
    PidTagListUnsubscribe: header('list-unsubscribe'),
    PidNameContentClass: header('content-class'),
    PidTagAutoResponseSuppress: autoResponseSuppress(header('x-auto-response-suppress')),
    ...(flag !== undefined && { PidLidFlagRequest: flag, PidTagFlagStatus: 2 }),
  };
}

function headersOf(parsed: ParsedMessage): (name: string) => string | undefined {
  return (wanted) => parsed.headers.find(({ name }) => name.toLowerCase() === wanted)?.value;
}

function replyTo(people: readonly Address[]): Properties {
  if (people.length === 0) return {};
  return {
    PidTagReplyRecipientEntries: encodeReplyRecipients(people.map(({ name, address }) => ({ name: name || address, address }))),
    PidTagReplyRecipientNames: people.map(({ name, address }) => name || address).join('; '),
  };
}

/** [MS-OXCMAIL] 2.2.3.2.18: the words of X-Auto-Response-Suppress as bits of PidTagAutoResponseSuppress. */
const suppressions: Readonly<Record<string, number>> = { dr: 1, ndr: 2, rn: 4, nrn: 8, oof: 16, autoreply: 32, all: -1, none: 0 };
function autoResponseSuppress(header: string | undefined): number | undefined {
  return header?.toLowerCase().split(/[,;\s]+/).reduce((bits, word) => bits | (Object.hasOwn(suppressions, word) ? (suppressions[word] as number) : 0), 0);
}

function receivedHeaderTime(parsed: ParsedMessage): number | undefined {
  const date = headersOf(parsed)('received')?.split(';').at(-1);
  return date === undefined ? undefined : parseDate(date);
}

/** PidTagMessageClass of what came: [MS-OXOSMIME] 2.1.2 and 2.1.3, [MS-OXCMAIL] 2.2.3.9 for reports. */
function classOf(parsed: ParsedMessage): string {
  if (parsed.secure) return parsed.secure === 'signed' ? 'IPM.Note.SMIME.MultipartSigned' : 'IPM.Note.SMIME';
  if (parsed.contentType !== 'multipart/report') return 'IPM.Note';
  const report = parsed.attachments.map((part) => reportClass(part)).find((found) => found !== undefined);
  return report ?? 'IPM.Note';
}

const reportTypes: Readonly<Record<string, (text: string) => string>> = {
  'message/delivery-status': (text) => (/^action:\s*(?:delivered|relayed|expanded)/im.test(text) ? 'REPORT.IPM.Note.DR' : 'REPORT.IPM.Note.NDR'),
  'message/disposition-notification': (text) => (/^disposition:[^;]*;\s*displayed/im.test(text) ? 'REPORT.IPM.Note.IPNRN' : 'REPORT.IPM.Note.IPNNRN'),
};
function reportClass({ contentType, content }: ParsedAttachment): string | undefined {
  return Object.hasOwn(reportTypes, contentType) ? reportTypes[contentType]?.(Buffer.from(content).toString('latin1', 0, 65_536)) : undefined;
}

function recipients(type: Recipient['type'], addresses: readonly Address[]): readonly Recipient[] {
  return addresses.map(({ name, address }) => ({ type, name: name || address, address, addressType: 'SMTP' }));
}

/** The best form alone: of several that say the same, Exchange keeps one and makes the others of it ([MS-OXBBODY] 2.1). */
async function bodyOf(keep: KeepBytes, { text, html }: ParsedMessage): Promise<ItemBody | undefined> {
  if (html !== undefined) return { native: 'html', html: await keep(utf8(html)) };
  return text === undefined ? undefined : { native: 'text', text: await keep(utf8(text)) };
}

function utf8(text: string): Uint8Array { return new TextEncoder().encode(text); }

async function attachmentsFromMime(keep: KeepBytes, parsed: ParsedMessage, time: number, depth: number): Promise<readonly Attachment[]> {
  const out: Attachment[] = [];
  for (const part of parsed.attachments) {
    // What a report says to machines is in its properties and its MIME, not among its attachments.
    if (parsed.contentType === 'multipart/report' && Object.hasOwn(reportTypes, part.contentType)) continue;
    const facts = {
      id: attachmentId(out.length), name: part.name, contentType: part.contentType, contentId: part.contentId, contentLocation: part.contentLocation,
      isInline: part.isInline, lastModified: time, size: part.content.length,
    };
    const item = part.kind === 'message' && depth < MOST_NESTED ? await nestedItem(keep, part.content, depth + 1) : undefined;
    out.push(item ? { ...facts, kind: 'item', item } : { ...facts, kind: 'file', name: part.name || 'message.eml', content: await keep(part.content) });
  }
  return out;
}

/** Undefined for a nested message that cannot be read: it stays a file, as it came. */
async function nestedItem(keep: KeepBytes, mime: Uint8Array, depth: number): Promise<EmbeddedItem | undefined> {
  try {
    const { properties, ...content } = await contentFromMime(keep, mime, { receivedAt: 'asDated' }, depth);
    return { ...content, bag: bagOf(properties) };
  } catch (error) {
    if (error instanceof MailboxError) return undefined;
    throw error;
  }
}
