import { parseMessage } from '@fauxchange/mime';
import type { PropertyName } from '@fauxchange/properties';
import { binary } from '@fauxchange/properties';
import { MailboxError } from '../errors.ts';
import { attachmentId } from '../ids.ts';
import { BytesInMemory } from '../store/memory/stored-bytes.ts';
import { bagOf } from './bag.ts';
import { draftFromMime } from './from-mime.ts';
import type { FromMimeOptions } from './from-mime.ts';
import type { Attachment, EmbeddedItem, ItemDraft, Properties } from './item.ts';
import { decodeReplyRecipients } from './reply-recipients.ts';
import { mimeFromItem } from './to-mime.ts';
import { valueOf } from './value-of.ts';

const keep = (bytes: Uint8Array) => Promise.resolve(new BytesInMemory(bytes));
const wire = (...lines: readonly string[]) => Buffer.from(lines.join('\r\n'), 'utf8');
const read = (mime: Buffer, options?: FromMimeOptions) => draftFromMime(keep, mime, options);
const text = async (bytes: { read(): Promise<Uint8Array> } | undefined) => bytes && Buffer.from(await bytes.read()).toString('utf8');
/** The draft as an item, with its MIME forgotten: what rendering starts from. */
const itemOf = ({ properties, ...content }: ItemDraft): EmbeddedItem => ({ ...content, mime: undefined, bag: bagOf(properties) });

describe('an item of a message', () => {
  const headers = [
    'From: =?utf-8?Q?Zo=C3=AB?= <zoe@elsewhere.test>', 'Sender: desk@elsewhere.test', 'To: Bob <bob@example.test>, "Carol, C." <carol@example.test>', 'Cc: dave@example.test', 'Bcc: x@example.test',
    'Reply-To: Desk <desk@elsewhere.test>', 'Subject: RE: Tea', 'Date: Mon, 05 Jan 2026 09:00:00 +0100', 'Message-ID: <b@x>', 'In-Reply-To: <a@x>', 'References: <0@x> <a@x>',
    'Importance: high', 'Sensitivity: Company-Confidential', 'Keywords: Red, Blue', 'Disposition-Notification-To: desk@elsewhere.test', 'Return-Receipt-To: desk@elsewhere.test',
    'Thread-Topic: Tea', `Thread-Index: ${Buffer.alloc(22, 1).toString('base64')}`, 'List-Unsubscribe: <mailto:leave@x>', 'X-Auto-Response-Suppress: DR, OOF', 'X-Message-Flag: Call', 'Content-Class: urn:content-classes:message',
  ];
  it.each<[PropertyName, unknown]>([
    ['PidTagSubject', 'RE: Tea'], ['PidTagNormalizedSubject', 'Tea'],
    ['PidTagSentRepresentingName', 'Zoë'], ['PidTagSentRepresentingSmtpAddress', 'zoe@elsewhere.test'], ['PidTagSentRepresentingAddressType', 'SMTP'],
    ['PidTagSenderName', 'desk@elsewhere.test'], ['PidTagSenderEmailAddress', 'desk@elsewhere.test'],
    ['PidTagClientSubmitTime', Date.UTC(2026, 0, 5, 8)], ['PidTagInternetMessageId', '<b@x>'], ['PidTagInReplyToId', '<a@x>'], ['PidTagInternetReferences', '<0@x> <a@x>'],
    ['PidTagImportance', 2], ['PidTagPriority', 1], ['PidTagSensitivity', 3], ['PidNameKeywords', ['Red', 'Blue']],
    ['PidTagReadReceiptRequested', true], ['PidTagReadReceiptSmtpAddress', 'desk@elsewhere.test'], ['PidTagOriginatorDeliveryReportRequested', true],
    ['PidTagConversationTopic', 'Tea'], ['PidTagConversationIndex', binary.from(Buffer.alloc(22, 1))],
    ['PidTagListUnsubscribe', '<mailto:leave@x>'], ['PidTagAutoResponseSuppress', 17], ['PidLidFlagRequest', 'Call'], ['PidTagFlagStatus', 2], ['PidNameContentClass', 'urn:content-classes:message'],
    ['PidTagMessageFlags', 2], ['PidTagMessageDeliveryTime', undefined], ['PidTagReplyRecipientNames', 'Desk'], ['PidTagDisplayCc', 'dave@example.test'],
  ])('%s', async (name, expected) => {
    const draft = await read(wire(...headers, '', 'Hi'));
    expect(valueOf(itemOf(draft), name)).toEqual(expected);
  });

  it('has its recipients in order, its headers and its bytes verbatim', async () => {
    const mime = wire(...headers, '', 'Hi');
    const draft = await read(mime);
    expect(draft.recipients.map(({ type, name, address, addressType }) => `${type} ${name} ${address} ${addressType}`)).toEqual([
      'to Bob bob@example.test SMTP', 'to Carol, C. carol@example.test SMTP', 'cc dave@example.test dave@example.test SMTP', 'bcc x@example.test x@example.test SMTP',
    ]);
    expect(String(draft.properties.PidTagTransportMessageHeaders).trimEnd()).toBe(headers.join('\r\n'));
    expect(Buffer.from(await draft.mime!.read())).toEqual(mime);
    expect(decodeReplyRecipients(draft.properties.PidTagReplyRecipientEntries as never)).toEqual([{ name: 'Desk', address: 'desk@elsewhere.test' }]);
  });

  it.each<[string, FromMimeOptions, Properties, boolean]>([
    ['that came', {}, { PidTagMessageFlags: 2, PidTagMessageDeliveryTime: undefined }, false],
    ['that is a draft', { isDraft: true }, { PidTagMessageFlags: 8 }, true],
    ['that came at a time', { receivedAt: 5, isRead: true }, { PidTagMessageDeliveryTime: 5 }, true],
    ['that came when it says', { receivedAt: 'asDated' }, { PidTagMessageDeliveryTime: Date.UTC(2026, 0, 6) }, false],
  ])('%s', async (_what, options, properties, isRead) => {
    const draft = await read(wire('Received: by x (for y);\r\n Tue, 6 Jan 2026 00:00:00 +0000 (UTC)', 'Received: by z; Mon, 5 Jan 2026 00:00:00 +0000', '', ''), options);
    expect(draft.properties).toMatchObject(properties);
    expect(draft.isRead).toBe(isRead);
  });

  it('has the best of its bodies', async () => {
    const alternative = (parts: readonly string[]) => read(wire('Content-Type: multipart/alternative; boundary=b', '', ...parts.flatMap((part) => ['--b', part]), '--b--'));
    const plain = 'Content-Type: text/plain; charset=utf-8\r\n\r\nä';
    const html = 'Content-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>=E4</p>';
    const both = await alternative([plain, html]);
    expect([both.body?.native, await text(both.body?.html), both.body?.text]).toEqual(['html', expect.stringContaining('<p>ä</p>'), undefined]);
    const one = await alternative([plain]);
    expect([one.body?.native, await text(one.body?.text)]).toEqual(['text', expect.stringMatching(/^ä/)]);
    expect((await read(wire('Content-Type: application/pdf', '', 'x'))).body).toBeUndefined();
  });

  it('has attachments: files, pictures in the text, and messages as items', async () => {
    const draft = await read(wire(
      'Content-Type: multipart/mixed; boundary=m', '', '--m', 'Content-Type: multipart/related; boundary=r', '', '--r', 'Content-Type: text/html', '', '<img src="cid:p@x">', '--r',
      'Content-Type: image/png; name=p.png', 'Content-ID: <p@x>', 'Content-Disposition: inline', 'Content-Transfer-Encoding: base64', '', 'AAEC', '--r--', '--m',
      'Content-Type: text/csv', "Content-Disposition: attachment; filename*=utf-8''%C3%9C.csv", '', 'a,b', '--m',
      'Content-Type: message/rfc822', '', 'Subject: Inner', 'From: in@x.test', 'Date: Sun, 04 Jan 2026 00:00:00 +0000', 'Content-Type: multipart/mixed; boundary=i', '', '--i', '', 'inner text', '--i', 'Content-Type: message/rfc822', '', 'Subject: Innermost', '', 'deep', '--i--', '--m--',
    ));
    const [picture, file, message] = draft.attachments as readonly [Attachment, Attachment, Attachment];
    expect(picture).toMatchObject({ kind: 'file', id: 0, name: 'p.png', contentType: 'image/png', contentId: 'p@x', isInline: true, size: 3 });
    expect(file).toMatchObject({ kind: 'file', id: 1, name: 'Ü.csv', isInline: false });
    expect(message).toMatchObject({ kind: 'item', id: 2, name: 'Inner' });
    if (message.kind !== 'item') throw new Error('not an item');
    expect(valueOf(message.item, 'PidTagMessageDeliveryTime')).toBe(Date.UTC(2026, 0, 4));
    const [innermost] = message.item.attachments;
    expect(innermost?.kind === 'item' && valueOf(innermost.item, 'PidTagSubject')).toBe('Innermost');
    expect(valueOf(itemOf(draft), 'PidTagHasAttachments')).toBe(true);
  });

  it.each<[string, readonly string[], string]>([
    ['plain', ['', 'x'], 'IPM.Note'],
    ['signed', ['Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=s', '', '--s', '', 'x', '--s', 'Content-Type: application/pkcs7-signature', '', 'y', '--s--'], 'IPM.Note.SMIME.MultipartSigned'],
    ['encrypted', ['Content-Type: application/pkcs7-mime; smime-type=enveloped-data', '', 'x'], 'IPM.Note.SMIME'],
    ['a failure', ['Content-Type: multipart/report; report-type=delivery-status; boundary=s', '', '--s', '', 'x', '--s', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns;x', '', 'Action: failed', '--s--'], 'REPORT.IPM.Note.NDR'],
    ['a delivery', ['Content-Type: multipart/report; report-type=delivery-status; boundary=s', '', '--s', '', 'x', '--s', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns;x', '', 'Action: delivered', '--s--'], 'REPORT.IPM.Note.DR'],
    ['a read receipt', ['Content-Type: multipart/report; report-type=disposition-notification; boundary=s', '', '--s', '', 'x', '--s', 'Content-Type: message/disposition-notification', '', 'Disposition: manual-action/MDN-sent-manually; displayed', '--s--'], 'REPORT.IPM.Note.IPNRN'],
    ['a message deleted unread', ['Content-Type: multipart/report; report-type=disposition-notification; boundary=s', '', '--s', '', 'x', '--s', 'Content-Type: message/disposition-notification', '', 'Disposition: manual-action/MDN-sent-manually; deleted', '--s--'], 'REPORT.IPM.Note.IPNNRN'],
    ['a report of nothing', ['Content-Type: multipart/report; boundary=s', '', '--s', '', 'x', '--s--'], 'IPM.Note'],
  ])('%s has its class', async (_what, lines, itemClass) => { expect((await read(wire(...lines))).itemClass).toBe(itemClass); });

  it('opens messages within messages to a depth, and keeps the rest as a file', async () => {
    let mime = 'Subject: 0\r\n\r\nx';
    for (let depth = 1; depth <= 40; depth += 1) mime = `Subject: ${depth}\r\nContent-Type: multipart/mixed; boundary="b${depth}"\r\n\r\n--b${depth}\r\nContent-Type: message/rfc822\r\n\r\n${mime}\r\n--b${depth}--`;
    let [attachment] = (await read(Buffer.from(mime))).attachments;
    let depth = 0;
    while (attachment?.kind === 'item') { depth += 1; [attachment] = attachment.item.attachments; }
    expect(depth).toBe(16);
    expect(attachment).toMatchObject({ kind: 'file', contentType: 'message/rfc822' });
  });

  it('is refused when it is too large, and when nobody could read it', async () => {
    await expect(read(Buffer.alloc(2_000, 'x'), { maxBytes: 1_000 })).rejects.toMatchObject({ code: 'MessageTooLarge' });
    const nested = Array.from({ length: 500 }, (_, depth) => `Content-Type: multipart/mixed; boundary=b${depth}\r\n\r\n--b${depth}\r\n`).join('');
    await expect(read(Buffer.from(nested))).rejects.toBeInstanceOf(MailboxError);
  });

  it('is something, or refused, wherever the message is cut off', async () => {
    const whole = wire(...headers, 'Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: text/html; charset=utf-8', '', '<p>x', '--b', 'Content-Type: message/rfc822', '', 'Subject: y', '', 'z', '--b--');
    for (let length = 0; length < whole.length; length += 1) {
      const draft = await read(whole.subarray(0, length)).catch((error: unknown) => error);
      if (!(draft instanceof MailboxError)) expect(draft).toMatchObject({ isRead: false });
    }
  });
});

describe('a message of an item', () => {
  it('is what came, as long as it is kept', async () => {
    const mime = wire('Subject:   odd   spacing', '', 'x');
    const { properties, ...content } = await read(mime);
    expect(Buffer.from(await mimeFromItem({ ...content, bag: bagOf(properties) }))).toEqual(mime);
  });

  it('rendered says the same as what came', async () => {
    const first = await read(wire(
      'From: Zoë <zoe@elsewhere.test>', 'Sender: desk@elsewhere.test', 'To: Bob <bob@example.test>', 'Cc: dave@example.test', 'Reply-To: Desk <desk@elsewhere.test>', 'Subject: =?utf-8?B?TcOkcno=?=',
      'Date: Mon, 05 Jan 2026 08:00:00 +0000', 'Message-ID: <b@x>', 'In-Reply-To: <a@x>', 'References: <a@x>', 'Importance: low', 'Sensitivity: Private', 'Thread-Topic: =?utf-8?B?TcOkcno=?=', `Thread-Index: ${Buffer.alloc(27, 1).toString('base64')}`, 'List-Unsubscribe: <mailto:leave@x>',
      'Content-Type: multipart/mixed; boundary=m', '', '--m', 'Content-Type: text/html; charset=utf-8', '', '<p>ä<img src="cid:p@x"></p>', '--m', 'Content-Type: image/png; name=p.png', 'Content-ID: <p@x>', 'Content-Disposition: inline; filename=p.png', 'Content-Transfer-Encoding: base64', '', 'AAEC', '--m',
      'Content-Type: message/rfc822', '', 'Subject: Inner', 'From: in@x.test', 'Message-ID: <i@x>', 'Date: Sun, 04 Jan 2026 00:00:00 +0000', '', 'inner', '--m--',
    ));
    const rendered = Buffer.from(await mimeFromItem(itemOf(first)));
    const second = await read(rendered);
    const shown = (draft: ItemDraft) => {
      const properties = { ...draft.properties, PidTagTransportMessageHeaders: undefined };
      return { properties, recipients: draft.recipients, attachments: draft.attachments.map(({ kind, name, contentId, isInline }) => ({ kind, name, contentId, isInline })) };
    };
    expect(shown(second)).toEqual(shown(first));
    expect((await text(second.body?.html))?.trim()).toBe((await text(first.body?.html))?.trim());
    expect(Buffer.from(await mimeFromItem(itemOf(first)))).toEqual(rendered);
  });

  it('names an X.500 recipient by its address here, or else encapsulated', async () => {
    const item: EmbeddedItem = { itemClass: 'IPM.Note', attachments: [], recipients: [{ type: 'to', name: 'Bob', address: '/o=Org/cn=Bob B', addressType: 'EX' }], bag: bagOf({ PidTagSubject: 'x' }) };
    expect((await parseMessage(await mimeFromItem(item, { smtpAddressOf: () => 'bob@example.test' }))).to).toEqual([{ name: 'Bob', address: 'bob@example.test' }]);
    expect((await parseMessage(await mimeFromItem(item))).to[0]?.address).toBe('IMCEAEX-_o=Org_cn=Bob+20B@fauxchange.invalid');
  });

  it.each<[string, string, string, RegExp]>([
    ['encrypted', 'IPM.Note.SMIME', 'application/pkcs7-mime', /Content-Type: application\/pkcs7-mime; smime-type=enveloped-data/],
    ['signed', 'IPM.Note.SMIME.MultipartSigned', 'multipart/signed', /\r\nContent-Type: multipart\/signed; boundary=s\r\n\r\n--s/],
  ])('is whole again when it is %s', async (_what, itemClass, contentType, expected) => {
    const content = await keep(Buffer.from(contentType === 'multipart/signed' ? 'Content-Type: multipart/signed; boundary=s\r\n\r\n--s\r\n\r\nx\r\n--s--\r\n' : 'sealed'));
    const attachment: Attachment = { kind: 'file', id: attachmentId(0), name: 'smime.p7m', contentType, isInline: false, lastModified: 0, size: content.size, content };
    const mime = Buffer.from(await mimeFromItem({ itemClass, attachments: [attachment], recipients: [], bag: bagOf({ PidTagSubject: 'Secret', PidTagInternetMessageId: '<s@x>' }) })).toString();
    expect(mime).toMatch(expected);
    expect(mime).toMatch(/Subject: Secret\r\n/);
    expect((await read(Buffer.from(mime))).itemClass).toBe(itemClass);
  });

  it('refuses what is nested without end', async () => {
    let item: EmbeddedItem = { itemClass: 'IPM.Note', attachments: [], recipients: [], bag: bagOf({}) };
    for (let depth = 0; depth < 40; depth += 1) {
      item = { ...item, attachments: [{ kind: 'item', id: attachmentId(0), name: 'x', contentType: 'message/rfc822', isInline: false, lastModified: 0, size: 1, item }] };
    }
    await expect(mimeFromItem(item)).rejects.toMatchObject({ code: 'AttachmentNestingTooDeep' });
  });
});
