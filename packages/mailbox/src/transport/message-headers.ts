import { formatDate, readHeaderBlock, replaceHeaders, withoutBcc } from '@fauxchange/mime';
import type { ItemDraft, Properties, Recipient } from '../items/item.ts';

export interface Hop {
  /** Name of our server, `MAIL01.example.test`. */
  readonly server: string;
  /** Who handed the message over: our server, or the domain of the sender outside. */
  readonly from: string;
  /** Unique in the Received header. */
  readonly id: string;
  /** ms since 1970 UTC. */
  readonly time: number;
}

function receivedHeader({ server, from, id, time }: Hop): string {
  return `Received: from ${from} by\r\n ${server} with Microsoft SMTP Server id 15.2.2562.17\r\n id ${id}; ${formatDate(time)}\r\n`;
}

/** What a message cannot be without (RFC 5322 3.6), for one that lacks it. */
export interface RequiredFields {
  readonly messageId: string;
  /** ms since 1970 UTC. */
  readonly time: number;
  readonly from?: { readonly name: string; readonly address: string } | undefined;
}

/** The message as it arrives: a line for our server on top, no Bcc, and what it lacked. */
export function arrivingMime(mime: Uint8Array, hop: Hop, required: RequiredFields): Uint8Array {
  return new Uint8Array(Buffer.concat([Buffer.from(receivedHeader(hop)), withRequired(withoutBcc(mime), required)]));
}

/** Adds Message-ID, Date and From where they are missing; otherwise the same bytes. */
export function withRequired(mime: Uint8Array, { messageId, time, from }: RequiredFields): Uint8Array {
  const { fields } = readHeaderBlock(mime);
  const lacks = (name: string): boolean => !fields.some((field) => field.name.toLowerCase() === name);
  const missing = {
    ...(lacks('date') && { Date: formatDate(time) }),
    ...(lacks('message-id') && { 'Message-ID': messageId }),
  };
  const complete = Object.keys(missing).length > 0 ? replaceHeaders(mime, missing) : mime;
  return from && lacks('from') ? new Uint8Array(Buffer.concat([Buffer.from(`From: ${mailbox(from.name, from.address)}\r\n`), complete])) : complete;
}

/** PidTagTransportMessageHeaders of a message that came without MIME: the fields it would have had, below ours. */
export function headersOfDraft(draft: Pick<ItemDraft, 'properties' | 'recipients'>, hop: Hop): string {
  const text = (name: keyof Properties): string => String(draft.properties[name] ?? '');
  const from = mailbox(text('PidTagSentRepresentingName'), text('PidTagSentRepresentingSmtpAddress'));
  const sender = mailbox(text('PidTagSenderName'), text('PidTagSenderSmtpAddress'));
  const fields: readonly (readonly [name: string, value: string])[] = [
    ['From', from],
    ['Sender', sender === from ? '' : sender],
    ['To', people(draft.recipients, 'to')],
    ['CC', people(draft.recipients, 'cc')],
    ['Subject', encoded(text('PidTagSubject'))],
    ['Thread-Topic', encoded(text('PidTagConversationTopic'))],
    ['Date', formatDate(hop.time)],
    ['Message-ID', text('PidTagInternetMessageId')],
    ['References', text('PidTagInternetReferences')],
    ['In-Reply-To', text('PidTagInReplyToId')],
    ['MIME-Version', '1.0'],
  ];
  const lines = fields.filter(([name, value]) => value !== '' || name === 'Subject').map(([name, value]) => `${name}: ${value.replace(/[\0\r\n]+(?! )/g, ' ')}\r\n`);
  return receivedHeader(hop) + lines.join('');
}

function people(recipients: readonly Recipient[], type: Recipient['type']): string {
  return recipients.filter((one) => one.type === type).map(({ name, address }) => mailbox(name, address)).join(',\r\n ');
}

function mailbox(name: string, address: string): string {
  if (address === '') return '';
  if (name === '' || name === address) return `<${address}>`;
  return `${/^[\x20-\x7e]*$/.test(name) ? `"${name.replace(/["\\]/g, '\\$&')}"` : encoded(name)} <${address}>`;
}

/** Encoded words of at most 75 characters each (RFC 2047 2) where the text is not plain ASCII. */
function encoded(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  const words: string[] = [];
  let word = '';
  for (const character of text) {
    if (Buffer.byteLength(word + character) > 45) { words.push(word); word = ''; }
    word += character;
  }
  return [...words, word].map((each) => `=?utf-8?B?${Buffer.from(each).toString('base64')}?=`).join('\r\n ');
}
