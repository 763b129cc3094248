import { createHash } from 'node:crypto';
import { renderMessage } from '@fauxchange/mime';
import type { Address, AttachmentToRender, MessageToRender } from '@fauxchange/mime';
import { binary } from '@fauxchange/properties';
import type { PropertyName, PropertyValue } from '@fauxchange/properties';
import { MailboxError } from '../errors.ts';
import { calendarPart } from '../meetings/calendar-part.ts';
import type { Attachment, EmbeddedItem, Item, StoredBytes } from './item.ts';
import { decodeReplyRecipients } from './reply-recipients.ts';
import { valueOf } from './value-of.ts';

export interface ToMimeOptions {
  /** SMTP address of an X.500 one; without it, or for one it does not know, the address is encapsulated (IMCEAEX). */
  readonly smtpAddressOf?: ((legacyExchangeDN: string) => string | undefined) | undefined;
  /** Header fields to go before all others. */
  readonly headers?: MessageToRender['headers'];
}

/** Messages within messages that are rendered; deeper ones are refused. */
const MOST_NESTED = 32;

/**
 * An item as an RFC 5322 message: as it came, or rendered ([MS-OXCMAIL] 2.1). The same item gives the same bytes.
 *
 * @example
 * const mime = await mimeFromItem(item);
 * @throws MailboxError AttachmentNestingTooDeep
 */
export function mimeFromItem(item: EmbeddedItem | Item, options: ToMimeOptions = {}): Promise<Uint8Array> {
  return render(item, options, 0);
}

async function render(item: EmbeddedItem | Item, options: ToMimeOptions, depth: number): Promise<Uint8Array> {
  if (item.mime) return read(item.mime);
  if (depth > MOST_NESTED) throw new MailboxError('AttachmentNestingTooDeep', `messages are nested more than ${MOST_NESTED} deep`);
  return renderMessage({
    ...envelopeOf(item, options),
    ...await bodiesOf(item),
    calendar: await calendarPart(item, options),
    attachments: await Promise.all(item.attachments.filter((one) => !one.isException).map((attachment) => attachmentOf(attachment, options, depth))),
    secure: secureOf(item),
    ...(depth === 0 && { headers: [...(options.headers ?? []), ...ownHeaders(item)] }),
  });
}

type Reader = <T extends PropertyValue>(name: PropertyName) => T | undefined;

const importances = ['Low', 'Normal', 'High'] as const;
const sensitivities = ['Normal', 'Personal', 'Private', 'Confidential'] as const;

function envelopeOf(item: EmbeddedItem | Item, options: ToMimeOptions): Omit<MessageToRender, 'attachments'> {
  const get: Reader = <T extends PropertyValue>(name: PropertyName) => valueOf(item, name) as T | undefined;
  const from = personOf(get, 'PidTagSentRepresenting', options);
  const sender = personOf(get, 'PidTagSender', options);
  const replyEntries = get<ReturnType<typeof binary.from>>('PidTagReplyRecipientEntries');
  const index = get<ReturnType<typeof binary.from>>('PidTagConversationIndex');
  const date = get<number>('PidTagClientSubmitTime') ?? get<number>('PidTagMessageDeliveryTime') ?? get<number>('PidTagCreationTime') ?? 0;
  return {
    from: from ?? sender,
    sender: sender && from && sender.address.toLowerCase() !== from.address.toLowerCase() ? sender : undefined,
    replyTo: replyEntries === undefined ? undefined : decodeReplyRecipients(replyEntries),
    to: recipientsOf(item, 'to', options),
    cc: recipientsOf(item, 'cc', options),
    bcc: recipientsOf(item, 'bcc', options),
    subject: get<string>('PidTagSubject') ?? '',
    date,
    messageId: get<string>('PidTagInternetMessageId') ?? madeUpId(item, date),
    inReplyTo: get<string>('PidTagInReplyToId'),
    references: get<string>('PidTagInternetReferences')?.split(/\s+/).filter((id) => id !== ''),
    importance: importances[get<number>('PidTagImportance') ?? 1],
    sensitivity: sensitivities[get<number>('PidTagSensitivity') ?? 0],
    threadTopic: get<string>('PidTagConversationTopic'),
    threadIndex: index === undefined ? undefined : binary.toBytes(index),
    categories: get<readonly string[]>('PidNameKeywords'),
    readReceiptTo: get<boolean>('PidTagReadReceiptRequested') ? (from ?? sender) : undefined,
    deliveryReceiptTo: get<boolean>('PidTagOriginatorDeliveryReportRequested') ? (from ?? sender) : undefined,
  };
}

function personOf(get: Reader, prefix: 'PidTagSender' | 'PidTagSentRepresenting', options: ToMimeOptions): Address | undefined {
  const part = (suffix: string): string | undefined => get<string>(`${prefix}${suffix}` as PropertyName);
  const address = part('SmtpAddress') ?? smtpOf(part('EmailAddress'), part('AddressType'), options);
  return address === undefined ? undefined : { name: nameBeside(part('Name') ?? '', address), address };
}

function recipientsOf(item: EmbeddedItem, type: 'to' | 'cc' | 'bcc', options: ToMimeOptions): readonly Address[] {
  return item.recipients.filter((recipient) => recipient.type === type).map(({ name, address, addressType }) => {
    const smtp = smtpOf(address, addressType, options) ?? '';
    return { name: nameBeside(name, smtp), address: smtp };
  });
}

/** A name that only repeats the address is none. */
function nameBeside(name: string, address: string): string { return name === address ? '' : name; }

function smtpOf(address: string | undefined, addressType: string | undefined, options: ToMimeOptions): string | undefined {
  if (!address) return undefined;
  if ((addressType ?? 'SMTP').toUpperCase() !== 'EX') return address;
  return options.smtpAddressOf?.(address) ?? encapsulate(address);
}

/** IMCEAEX addresses, [MS-OXCMAIL] 2.1.3.1.10: `_` for `/`, `+xx` for whatever is neither letter, digit, `=`, nor `-`. */
function encapsulate(dn: string): string {
  const inside = [...Buffer.from(dn.slice(0, 1_000), 'utf8')].map((byte) => {
    const character = String.fromCharCode(byte);
    if (character === '/') return '_';
    return /[A-Za-z0-9=-]/.test(character) ? character : `+${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
  return `IMCEAEX-${inside}@fauxchange.invalid`;
}

/** A message id for what was never sent: of the item's own facts, so that it stays the same. */
function madeUpId(item: EmbeddedItem, date: number): string {
  const facts = [valueOf(item, 'PidTagSearchKey'), valueOf(item, 'PidTagSubject'), date, item.recipients.length];
  return `<${createHash('sha256').update(facts.map(String).join('\0')).digest('hex').slice(0, 32)}@fauxchange.invalid>`;
}

async function bodiesOf({ body }: EmbeddedItem): Promise<Pick<MessageToRender, 'text' | 'html'>> {
  const [text, html] = await Promise.all([body?.text, body?.html].map(async (bytes) => (bytes ? Buffer.from(await read(bytes)).toString('utf8') : undefined)));
  // Both only when the text did not come of the HTML: recipients that cannot show HTML are given what the author wrote.
  return { ...(text !== undefined && { text }), ...(html !== undefined && { html }) };
}

async function attachmentOf(attachment: Attachment, options: ToMimeOptions, depth: number): Promise<AttachmentToRender> {
  const { name, contentId, contentLocation, isInline } = attachment;
  if (attachment.kind === 'item') {
    return { kind: 'message', name, contentId, contentLocation, isInline, content: await render(attachment.item, options, depth + 1) };
  }
  return { kind: 'file', name, contentType: attachment.contentType, contentId, contentLocation, isInline, content: await read(attachment.content) };
}

/** S/MIME that is whole: its one attachment is its body ([MS-OXOSMIME] 2.1). */
function secureOf(item: EmbeddedItem): 'signed' | 'opaque' | undefined {
  const [only] = item.attachments;
  if (item.attachments.length !== 1 || only?.kind !== 'file') return undefined;
  const itemClass = item.itemClass.toLowerCase();
  if (itemClass === 'ipm.note.smime.multipartsigned') return 'signed';
  return itemClass === 'ipm.note.smime' ? 'opaque' : undefined;
}

function ownHeaders(item: EmbeddedItem): NonNullable<MessageToRender['headers']> {
  const named = [
    ['List-Help', 'PidTagListHelp'], ['List-Subscribe', 'PidTagListSubscribe'], ['List-Unsubscribe', 'PidTagListUnsubscribe'],
  ] as const;
  return named.flatMap(([name, property]) => {
    const value = item.bag.get(property);
    return typeof value === 'string' ? [{ name, value }] : [];
  });
}

async function read(bytes: StoredBytes): Promise<Uint8Array> { return bytes.peek?.() ?? bytes.read(); }
