import { createHash } from 'node:crypto';
import type { Address } from '../addresses.ts';
import { formatDate } from '../dates.ts';
import { readHeaderBlock } from '../headers.ts';
import { mailComposer } from '../libraries.ts';

export interface AttachmentToRender {
  /** `message`: `content` is a whole message and goes in as message/rfc822. */
  readonly kind: 'file' | 'message';
  readonly name: string;
  readonly contentType?: string | undefined;
  readonly contentId?: string | undefined;
  readonly contentLocation?: string | undefined;
  readonly isInline?: boolean | undefined;
  readonly content: Uint8Array;
}

/** What a message is made of. Times are milliseconds since 1970 UTC; message ids have their brackets. */
export interface MessageToRender {
  readonly from?: Address | undefined;
  readonly sender?: Address | undefined;
  readonly replyTo?: readonly Address[] | undefined;
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  readonly bcc?: readonly Address[] | undefined;
  readonly subject: string;
  readonly date: number;
  readonly messageId: string;
  readonly inReplyTo?: string | undefined;
  readonly references?: readonly string[] | undefined;
  readonly importance?: 'Low' | 'Normal' | 'High' | undefined;
  readonly sensitivity?: 'Normal' | 'Personal' | 'Private' | 'Confidential' | undefined;
  readonly text?: string | undefined;
  readonly html?: string | undefined;
  readonly calendar?: { readonly method: string; readonly text: string } | undefined;
  readonly attachments: readonly AttachmentToRender[];
  /** S/MIME: the body is the one attachment, as {@link parseMessage} gives it. */
  readonly secure?: 'signed' | 'opaque' | undefined;
  readonly threadTopic?: string | undefined;
  readonly threadIndex?: Uint8Array | undefined;
  readonly readReceiptTo?: Address | undefined;
  readonly deliveryReceiptTo?: Address | undefined;
  readonly categories?: readonly string[] | undefined;
  /** Further fields; values in Unicode, encoded here. */
  readonly headers?: readonly { readonly name: string; readonly value: string }[] | undefined;
}

const importances = { Low: 'low', Normal: undefined, High: 'high' } as const;
const sensitivities = { Normal: undefined, Personal: 'Personal', Private: 'Private', Confidential: 'Company-Confidential' } as const;
/** Fields that the message itself decides. */
const reserved = /^(?:from|sender|reply-to|to|cc|bcc|subject|date|message-id|in-reply-to|references|mime-version|content-.*)$/i;

function addressList(addresses: readonly Address[] | undefined): Address[] | undefined {
  const usable = addresses?.filter(({ address }) => address !== '');
  return usable && usable.length > 0 ? usable : undefined;
}

function oneLine(value: string): string {
  return value.replace(/[\0\r\n]+/g, ' ');
}

function extraHeaders(message: MessageToRender): { key: string; value: string | object }[] {
  const mailbox = (address: Address | undefined): object | undefined => (address?.address ? { ...address } : undefined);
  const list: [string, string | object | undefined][] = [
    ['Importance', importances[message.importance ?? 'Normal']],
    ['X-Priority', message.importance === 'High' ? '1' : message.importance === 'Low' ? '5' : undefined],
    ['Sensitivity', sensitivities[message.sensitivity ?? 'Normal']],
    ['Thread-Topic', message.threadTopic],
    ['Thread-Index', message.threadIndex && Buffer.from(message.threadIndex).toString('base64')],
    ['Keywords', message.categories && message.categories.length > 0 ? message.categories.join(', ') : undefined],
    ['Disposition-Notification-To', mailbox(message.readReceiptTo)],
    ['Return-Receipt-To', mailbox(message.deliveryReceiptTo)],
    ...(message.headers ?? [])
      .filter(({ name }) => /^[!-9;-~]+$/.test(name) && !reserved.test(name))
      .map(({ name, value }): [string, string] => [name, value]),
  ];
  return list.flatMap(([key, value]) => {
    if (value === undefined) return [];
    if (typeof value === 'string') return [{ key, value: oneLine(value) }];
    const { name, address } = value as Address;
    return [{ key, value: name === '' ? `<${address}>` : `"${oneLine(name).replace(/["\\]/g, '\\$&')}" <${oneLine(address)}>` }];
  });
}

function attachmentOf(attachment: AttachmentToRender, hasHtml: boolean): object {
  const { kind, name, contentId, contentLocation, content } = attachment;
  const isInline = attachment.isInline === true;
  // With `cid` the composer puts it beside the HTML in a multipart/related; other ids are only told.
  const isRelated = isInline && hasHtml && contentId !== undefined;
  const headers: Record<string, string> = {};
  if (contentLocation !== undefined) headers['Content-Location'] = oneLine(contentLocation);
  if (contentId !== undefined && !isRelated) headers['Content-ID'] = `<${oneLine(contentId)}>`;
  return {
    filename: name === '' ? false : oneLine(name),
    contentType: kind === 'message' ? 'message/rfc822' : oneLine(attachment.contentType || 'application/octet-stream'),
    contentDisposition: isInline ? 'inline' : 'attachment',
    content: Buffer.from(content.buffer, content.byteOffset, content.byteLength),
    headers,
    ...(isRelated ? { cid: contentId } : {}),
  };
}

function compose(message: MessageToRender, boundary: string): Promise<Buffer> {
  const { secure, calendar } = message;
  const hasHtml = message.html !== undefined && message.html !== '';
  const Composer = mailComposer();
  const node = new Composer({
    from: addressList(message.from && [message.from]),
    sender: addressList(message.sender && [message.sender]),
    replyTo: addressList(message.replyTo),
    to: addressList(message.to),
    cc: addressList(message.cc),
    bcc: addressList(message.bcc),
    subject: oneLine(message.subject),
    date: formatDate(message.date),
    messageId: oneLine(message.messageId),
    inReplyTo: message.inReplyTo && oneLine(message.inReplyTo),
    references: message.references?.map(oneLine),
    headers: extraHeaders(message),
    ...(secure
      ? { text: '' }
      : {
          text: message.text,
          html: message.html,
          alternatives: calendar && [{ contentType: `text/calendar; charset=utf-8; method=${calendar.method.replace(/[^A-Za-z-]/g, '') || 'PUBLISH'}`, content: calendar.text }],
          attachments: message.attachments.map((attachment) => attachmentOf(attachment, hasHtml)),
        }),
    baseBoundary: boundary,
    boundaryPrefix: '_fx',
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  node.keepBcc = true;
  return new Promise((resolve, reject) => node.build((error, bytes) => (error ? reject(error) : resolve(bytes))));
}

/** Puts an S/MIME body under the header fields, in place of the empty text that was composed. */
function withSecureBody(composed: Buffer, message: MessageToRender): Uint8Array {
  const [attachment] = message.attachments;
  if (!attachment) return new Uint8Array(composed);
  const { fields } = readHeaderBlock(composed);
  const kept = fields.filter(({ name }) => !/^content-/i.test(name)).map(({ start, end }) => composed.subarray(start, end));
  if (message.secure === 'signed') return new Uint8Array(Buffer.concat([...kept, attachment.content]));
  const type = oneLine(attachment.contentType || 'application/pkcs7-mime');
  const described = `Content-Type: ${type}; smime-type=enveloped-data; name="smime.p7m"\r\nContent-Disposition: attachment; filename="smime.p7m"\r\nContent-Transfer-Encoding: base64\r\n\r\n`;
  const body = Buffer.from(attachment.content).toString('base64').replace(/.{1,76}/g, '$&\r\n');
  return new Uint8Array(Buffer.concat([...kept, Buffer.from(described + body)]));
}

/**
 * Writes a message, CRLF between lines. The same message gives the same bytes: boundaries come from its
 * Message-ID. Addresses without an address part are left out; Bcc is written (see `withoutBcc`).
 *
 * @example
 * await renderMessage({ to, cc: [], subject: 'Hello', date: 0, messageId: '<1@example.test>', text: 'Hi', attachments: [] });
 */
export async function renderMessage(message: MessageToRender): Promise<Uint8Array> {
  const boundary = createHash('sha256').update(message.messageId).digest('hex').slice(0, 24);
  const composed = await compose(message, boundary);
  return message.secure ? withSecureBody(composed, message) : new Uint8Array(composed);
}
