import fc from 'fast-check';
import { formatDate, parseDate, parseMessage, renderMessage, withoutBcc } from '../index.ts';
import type { MessageToRender } from '../index.ts';

const alice = { name: 'Alice "A." Fürst, Dr.', address: 'alice@example.test' };
const bob = { name: '', address: 'bob@example.test' };
const base: MessageToRender = { from: alice, to: [bob], cc: [], subject: 'Hello', date: 1_795_000_000_000, messageId: '<1@example.test>', text: 'Hi', attachments: [] };
const nested = Buffer.from('Subject: inner\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nGr\u00fc\u00dfe\r\n');
const ascii = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

const full: MessageToRender = {
  ...base,
  sender: bob,
  replyTo: [bob, alice],
  cc: [{ name: '日本', address: 'jp@example.test' }],
  bcc: [{ name: '', address: 'hidden@example.test' }],
  subject: `Grüße ${'und noch viel mehr '.repeat(10)}— Ende`,
  inReplyTo: '<0@example.test>',
  references: ['<a@x>', '<0@example.test>'],
  importance: 'High',
  sensitivity: 'Confidential',
  text: 'Grüße\r\n.\r\nFrom here\r\n',
  html: '<p>Grüße <img src="cid:pic@x"></p>',
  calendar: { method: 'REQUEST', text: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n' },
  attachments: [
    { kind: 'file', name: 'Übersicht "neu" 日本 und ein langer Name, der nicht in eine Zeile passt.pdf', contentType: 'application/pdf', content: Uint8Array.of(0, 255, 13, 10, 10, 13) },
    { kind: 'file', name: 'pic.png', contentType: 'image/png', contentId: 'pic@x', isInline: true, content: Uint8Array.of(1, 2, 3) },
    { kind: 'file', name: 'located.txt', contentType: 'text/plain', contentId: 'other@x', contentLocation: 'http://x.test/a', content: Buffer.from('a\nb') },
    { kind: 'message', name: 'inner', content: nested },
  ],
  threadTopic: 'Grüße',
  threadIndex: Uint8Array.from({ length: 27 }, (_, i) => i),
  readReceiptTo: alice,
  deliveryReceiptTo: bob,
  categories: ['rot', 'grün'],
  headers: [{ name: 'X-Mine', value: 'ü value' }, { name: 'Subject', value: 'not this' }, { name: 'Bad Name', value: 'x' }],
};

describe('renderMessage', () => {
  it('is read again as what it was made of', async () => {
    const bytes = await renderMessage(full);
    const parsed = await parseMessage(bytes);
    const { attachments, headers, ...rest } = full;
    expect(headers).toHaveLength(3);
    expect(parsed).toMatchObject({
      from: rest.from, sender: rest.sender, replyTo: rest.replyTo, to: rest.to, cc: rest.cc, bcc: rest.bcc, subject: rest.subject, date: rest.date, messageId: rest.messageId,
      inReplyTo: rest.inReplyTo, references: rest.references, importance: 'High', sensitivity: 'Confidential', text: rest.text, html: rest.html, threadTopic: 'Grüße',
      threadIndex: rest.threadIndex, readReceiptTo: alice, deliveryReceiptRequested: true, categories: ['rot', 'grün'], calendar: rest.calendar,
    });
    expect(parsed.headers.filter(({ name }) => name === 'Subject')).toHaveLength(1);
    expect(parsed.headers.some(({ name }) => name.startsWith('Bad'))).toBe(false);
    const byName = new Map(parsed.attachments.map((each) => [each.name, each]));
    expect(byName.size).toBe(4);
    for (const { name, content, contentId, kind } of attachments) {
      const found = byName.get(name);
      expect(found).toMatchObject({ kind, isInline: name === 'pic.png', ...(contentId ? { contentId } : {}) });
      expect(Buffer.from(found?.content ?? []).equals(Buffer.from(content))).toBe(true);
    }
    expect(byName.get('located.txt')?.contentLocation).toBe('http://x.test/a');
  });

  it('writes the same bytes for the same message, and CRLF only', async () => {
    const first = await renderMessage(full);
    expect(ascii(first)).toBe(ascii(await renderMessage(full)));
    expect(ascii(first)).not.toMatch(/[^\r]\n|\r[^\n]/);
    expect(ascii(first)).not.toBe(ascii(await renderMessage({ ...full, messageId: '<2@example.test>' })));
    expect(ascii(first).split('\r\n\r\n')[0]?.split('\r\n').every((line) => line.length <= 78)).toBe(true);
  });

  it.each<[string, Partial<MessageToRender>, RegExp]>([
    ['text', { text: 'Hi' }, /Content-Type: text\/plain; charset=utf-8/],
    ['HTML', { text: undefined, html: '<p>x</p>' }, /^[\s\S]*Content-Type: text\/html; charset=utf-8/],
    ['nothing', { text: undefined }, /Content-Type: text\/plain[\s\S]*\r\n\r\n/],
    ['both', { html: '<p>x</p>' }, /multipart\/alternative/],
    ['a file', { attachments: [{ kind: 'file', name: 'a', content: Uint8Array.of(1) }] }, /multipart\/mixed/],
    ['a file alone', { text: undefined, attachments: [{ kind: 'file', name: 'a.bin', content: Uint8Array.of(1) }] }, /application\/octet-stream; name=a\.bin/],
    ['an invitation', { calendar: { method: 'request', text: 'BEGIN:VCALENDAR' } }, /text\/calendar; charset=utf-8; method=request/i],
  ])('gives %s its form', async (_, change, form) => {
    const bytes = await renderMessage({ ...base, ...change });
    expect(ascii(bytes)).toMatch(form);
    expect(ascii(bytes)).toMatch(/MIME-Version: 1\.0/);
  });

  it.each<[string, Partial<MessageToRender>]>([
    ['subject', { subject: 'a\r\nX-Injected: 1' }],
    ['name', { from: { name: 'a\r\nX-Injected: 1', address: 'a@x.test' } }],
    ['address', { to: [{ name: '', address: 'a@x.test>\r\nX-Injected: 1' }] }],
    ['message id', { messageId: '<a@b>\r\nX-Injected: 1' }],
    ['file name', { attachments: [{ kind: 'file', name: 'a\r\nX-Injected: 1', content: Uint8Array.of(1) }] }],
    ['content type', { attachments: [{ kind: 'file', name: 'a', contentType: 'a/b\r\nX-Injected: 1', content: Uint8Array.of(1) }] }],
    ['content id', { attachments: [{ kind: 'file', name: 'a', contentId: 'a>\r\nX-Injected: 1', content: Uint8Array.of(1) }] }],
    ['method', { calendar: { method: 'a\r\nX-Injected: 1', text: 'x' } }],
    ['extra header', { headers: [{ name: 'X-Mine', value: 'a\r\nX-Injected: 1' }] }],
    ['receipt', { readReceiptTo: { name: '"\r\nX-Injected: 1', address: 'a@x.test' } }],
    ['thread topic', { threadTopic: 'a\r\nX-Injected: 1' }],
  ])('lets no header in by the %s', async (_, change) => {
    expect(ascii(await renderMessage({ ...base, ...change }))).not.toMatch(/^X-Injected/m);
  });

  it('writes no file and no address for content', async () => {
    const content = Buffer.from('path');
    const bytes = await renderMessage({ ...base, html: 'data:text/plain,x', attachments: [{ kind: 'file', name: '/etc/hostname', contentType: 'text/plain', content }] });
    expect(Buffer.from((await parseMessage(bytes)).attachments[0]?.content ?? []).equals(content)).toBe(true);
  });

  it('keeps any text and any bytes', async () => {
    const word = fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => text.replace(/[\p{C}\u0085\u2028\u2029]/gu, '').trim());
    const lines = fc.array(word, { maxLength: 5 }).map((all) => all.join('\r\n'));
    await fc.assert(fc.asyncProperty(word, lines, fc.uint8Array({ maxLength: 300 }), async (subject, text, content) => {
      const parsed = await parseMessage(await renderMessage({ ...base, subject, text, attachments: [{ kind: 'file', name: 'a.bin', content }] }));
      expect(parsed.subject).toBe(subject);
      if (text !== '') expect(parsed.text).toBe(text);
      expect(parsed.attachments[0]?.content).toEqual(content);
    }), { numRuns: 100 });
  });

  it('leaves S/MIME whole both ways', async () => {
    const signed = 'Content-Type: multipart/signed; boundary=s; protocol="application/pkcs7-signature"\r\n\r\n--s\r\nContent-Type: text/plain\r\n\r\nsigned \r\n--s\r\nContent-Type: application/pkcs7-signature\r\n\r\nAAAA\r\n--s--\r\n';
    const bytes = await renderMessage({ ...base, secure: 'signed', attachments: [{ kind: 'file', name: 'smime.p7m', contentType: 'multipart/signed', content: Buffer.from(signed) }] });
    const parsed = await parseMessage(bytes);
    expect(parsed).toMatchObject({ secure: 'signed', subject: 'Hello', text: 'signed ' });
    expect(ascii(parsed.attachments[0]?.content ?? new Uint8Array())).toBe(signed);
    const opaque = await parseMessage(await renderMessage({ ...base, secure: 'opaque', attachments: [{ kind: 'file', name: 'smime.p7m', contentType: 'application/pkcs7-mime', content: Uint8Array.from({ length: 200 }, (_, i) => i) }] }));
    expect(opaque).toMatchObject({ secure: 'opaque', subject: 'Hello' });
    expect([...(opaque.attachments[0]?.content ?? [])]).toEqual(Array.from({ length: 200 }, (_, i) => i));
  });

  it('shows Bcc to the sender only', async () => {
    const bytes = await renderMessage(full);
    expect((await parseMessage(bytes)).bcc).toHaveLength(1);
    expect(ascii(withoutBcc(bytes))).not.toContain('hidden@');
  });
});

describe('dates', () => {
  it('are read back as written, within a second', () => {
    fc.assert(fc.property(fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_000 }), (at) => {
      const shown = formatDate(at);
      expect(parseDate(shown)).toBe(Math.floor(at / 1000) * 1000);
      // V8 takes years below 100 for short ones of ours.
      if (at > -59_000_000_000_000) expect(Date.parse(shown)).toBe(Math.floor(at / 1000) * 1000);
    }));
  });
});
