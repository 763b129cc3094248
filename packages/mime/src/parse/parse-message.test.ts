import { performance } from 'node:perf_hooks';
import fc from 'fast-check';
import { headerValue, MimeError, parseMessage, readHeaderBlock, replaceHeaders, withoutBcc } from '../index.ts';
import type { ParsedMessage } from '../index.ts';

const crlf = (text: string): string => text.replace(/\r?\n/g, '\r\n');
const latin1 = (text: string): Uint8Array => Buffer.from(crlf(text), 'latin1');
const parse = (text: string): Promise<ParsedMessage> => parseMessage(Buffer.from(crlf(text)));
const ascii = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('latin1');

const sample = `Received: from a by b;
\tWed, 25 Nov 2026 10:00:00 +0000
From: "Alice, the =?utf-8?Q?f=C3=BCrst?=" <alice@example.test>
Sender: secretary@example.test
Reply-To: team: x@example.test, "Y" <y@example.test>;
To: Bob <bob@example.test>, carol@example.test
Cc: =?iso-8859-1?B?SvxyZ2Vu?= <j@example.test>
Bcc: hidden@example.test
Subject: =?utf-8?B?R3LDvA==?= =?utf-8?B?w59l?=
Date: Wed, 25 Nov 2026 11:30:05 +0130 (somewhere)
Message-ID: <1@example.test>
In-Reply-To: <0@example.test>
References: <a@x> <b@x>
 <0@example.test>
Importance: high
Sensitivity: Company-Confidential
Thread-Topic: Gruss
Thread-Index: AQHU
 abcd
Keywords: red, =?utf-8?Q?gr=C3=BCn?=
Disposition-Notification-To: alice@example.test
Return-Receipt-To: alice@example.test
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="outer"

preamble
--outer
Content-Type: multipart/alternative; boundary=alt

--alt
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Gr=C3=BC=C3=9Fe
second line=
 continued
--alt
Content-Type: multipart/related; boundary=rel; type="text/html"

--rel
Content-Type: text/html; charset=utf-8

<p>Hi <img src="cid:pic@x"></p>
--rel
Content-Type: image/png; name="pic.png"
Content-ID: <pic@x>
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--rel--
--alt
Content-Type: text/calendar; charset=utf-8; method=request

BEGIN:VCALENDAR
END:VCALENDAR
--alt--
--outer
Content-Type: application/octet-stream; name="a.bin"
Content-Disposition: attachment; filename*0*=utf-8''%E2%82%AC%20;
 filename*1="rates";
 filename*2=".bin"
Content-Transfer-Encoding: base64

AAEC
--outer
Content-Type: message/rfc822

Subject: =?utf-8?Q?inn=C3=A9r?=
Content-Type: multipart/mixed; boundary=inner

--inner

nested
--inner--
--outer--
epilogue
`;

describe('a whole message', () => {
  it('becomes plain values', async () => {
    const message = await parse(sample);
    expect(message).toMatchObject({
      subject: 'Grüße',
      from: { name: 'Alice, the fürst', address: 'alice@example.test' },
      sender: { name: '', address: 'secretary@example.test' },
      replyTo: [{ name: '', address: 'x@example.test' }, { name: 'Y', address: 'y@example.test' }],
      to: [{ name: 'Bob', address: 'bob@example.test' }, { name: '', address: 'carol@example.test' }],
      cc: [{ name: 'Jürgen', address: 'j@example.test' }],
      bcc: [{ name: '', address: 'hidden@example.test' }],
      date: Date.parse('2026-11-25T10:00:05Z'),
      messageId: '<1@example.test>',
      inReplyTo: '<0@example.test>',
      references: ['<a@x>', '<b@x>', '<0@example.test>'],
      importance: 'High',
      sensitivity: 'Confidential',
      threadTopic: 'Gruss',
      categories: ['red', 'grün'],
      readReceiptTo: { name: '', address: 'alice@example.test' },
      deliveryReceiptRequested: true,
      contentType: 'multipart/mixed',
      text: 'Grüße\r\nsecond line continued',
      html: '<p>Hi <img src="cid:pic@x"></p>',
      calendar: { method: 'REQUEST', text: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR' },
    });
    expect(Buffer.from(message.threadIndex ?? []).toString('base64')).toBe('AQHUabcd');
    expect(message.headers[0]).toEqual({ name: 'Received', value: 'from a by b;\tWed, 25 Nov 2026 10:00:00 +0000' });
    expect(message.headerText).toBe(crlf(sample.slice(0, sample.indexOf('\n\n') + 1)));
    expect(message.secure).toBeUndefined();
  });

  it('keeps attachments exactly', async () => {
    const { attachments } = await parse(sample);
    expect(attachments.map(({ kind, name, contentType, isInline, contentId }) => [kind, name, contentType, isInline, contentId])).toEqual([
      ['file', 'pic.png', 'image/png', true, 'pic@x'],
      ['file', '€ rates.bin', 'application/octet-stream', false, undefined],
      ['message', 'innér', 'message/rfc822', false, undefined],
    ]);
    expect([...(attachments[1]?.content ?? [])]).toEqual([0, 1, 2]);
    const nested = attachments[2]?.content ?? new Uint8Array();
    expect(ascii(nested)).toBe(crlf('Subject: =?utf-8?Q?inn=C3=A9r?=\nContent-Type: multipart/mixed; boundary=inner\n\n--inner\n\nnested\n--inner--'));
    expect(await parseMessage(nested)).toMatchObject({ subject: 'innér', text: 'nested' });
  });

  it('loses nothing but what is cut off, at whichever byte', async () => {
    const bytes = Buffer.from(crlf(sample));
    for (let length = 0; length <= bytes.length; length++) {
      const message = await parseMessage(bytes.subarray(0, length));
      expect(typeof message.subject).toBe('string');
      if (length > sample.indexOf('base64') * 1.1) expect(message.subject).toBe('Grüße');
    }
  }, 60_000);
});

describe('charsets', () => {
  it.each([
    ['iso-2022-jp', '1b2442467c4b5c386c1b2842', '日本語'],
    ['gb18030', 'c4e3bac3', '你好'],
    ['gb2312', 'c4e3bac3', '你好'],
    ['big5', 'a741a66e', '你好'],
    ['euc-kr', 'bec8b3e7', '안녕'],
    ['shift_jis', '93fa967b', '日本'],
    ['koi8-r', 'f0d2c9d7c5d4', 'Привет'],
    ['windows-1250', 'e8e9f8', 'čéř'],
    ['windows-1251', 'cff0e8e2e5f2', 'Привет'],
    ['windows-1252', '80939f', '€“Ÿ'],
    ['windows-1253', 'e1e2e3', 'αβγ'],
    ['windows-1255', 'f9ece5ed', 'שלום'],
    ['windows-1256', 'e3d1cdc8c7', 'مرحبا'],
    ['iso-8859-15', 'a4', '€'],
    ['utf-16le', '48006900', 'Hi'],
    ['utf-7', Buffer.from('Hi +AOQ-+- +ZeU-').toString('hex'), 'Hi ä+ 日'],
    ['no-such-charset', 'e4', 'ä'],
  ])('reads a body in %s', async (charset, hex, expected) => {
    const body = Buffer.from(hex, 'hex').toString('base64');
    expect((await parse(`Content-Type: text/plain; charset=${charset}\nContent-Transfer-Encoding: base64\n\n${body}\n`)).text).toBe(expected);
  });

  it.each([
    ['UTF-8 without a label', 'Content-Type: text/plain\n\nGr\xc3\xbc\xc3\x9fe', 'Grüße'],
    ['Latin without a label', 'Content-Type: text/plain\n\nGr\xfc\xdfe', 'Grüße'],
    ['8-bit text with one', 'Content-Type: text/plain; charset=koi8-r\n\n\xf0\xd2\xc9', 'При'],
  ])('reads %s', async (_, message, text) => expect((await parseMessage(latin1(message))).text).toBe(text));

  it('reads HTML in the charset that its meta element names', async () => {
    const html = '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r"><p>\xf0\xd2\xc9</p>';
    expect((await parseMessage(latin1(`Content-Type: text/html\n\n${html}`))).html).toContain('<p>При</p>');
  });

  it.each([
    ['UTF-8', 'Subject: Gr\xc3\xbc\xc3\x9fe\n\n'],
    ['Latin', 'Subject: Gr\xfc\xdfe\n\n'],
    ['the charset of the body', 'Content-Type: text/plain;\n charset="iso-8859-1"\nSubject: Gr\xfc\xdfe\n\n'],
  ])('reads 8-bit headers in %s', async (_, message) => expect((await parseMessage(latin1(message))).subject).toBe('Grüße'));
});

describe('encoded words (RFC 2047)', () => {
  it.each([
    ['a character split between words', '=?utf-8?B?4oI=?= =?utf-8?B?rA==?=', /^(€|.*\ufffd.*)$/],
    ['a character split between words, Q', '=?utf-8?Q?=E2=82?= =?utf-8?Q?=AC?=', /^€$/],
    ['white space between words', '=?utf-8?Q?a?=   =?utf-8?Q?b?= c', /^ab c$/],
    ['a language', '=?utf-8*de?Q?=C3=A4?=', /^ä$/],
    ['a bad encoding', '=?utf-8?X?abc?=', /^=\?utf-8\?X\?abc\?=$/],
    ['an unknown charset', '=?what?Q?abc?=', /^abc$/],
    ['an open word', '=?utf-8?Q?abc', /^=\?utf-8\?Q\?abc$/],
    ['windows-1252', '=?windows-1252?Q?=80?=', /^€$/],
    ['underscores', '=?utf-8?Q?a_b?=', /^a b$/],
    ['iso-2022-jp', '=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=', /^日本$/],
  ])('%s', async (_, header, expected) => expect((await parse(`Subject: ${header}\n\n`)).subject).toMatch(expected));
});

describe('parameters (RFC 2231) and names', () => {
  it.each([
    ['continuations', 'attachment; filename*0="a"; filename*1="b.txt"', 'ab.txt'],
    ['continuations out of order', 'attachment; filename*1="b.txt"; filename*0="a"', 'ab.txt'],
    ['a charset', "attachment; filename*=iso-8859-1''%E4.txt", 'ä.txt'],
    ['an encoded word, which is wrong but usual', 'attachment; filename="=?utf-8?Q?=C3=A4.txt?="', 'ä.txt'],
    ['quotes', 'attachment; filename="a \\"b\\".txt"', 'a "b".txt'],
    ['a path', 'attachment; filename="../../etc/passwd"', 'passwd'],
    ['a Windows path', 'attachment; filename="C:\\\\x\\\\a.txt"', 'a.txt'],
    ['control characters', 'attachment; filename="a\u0001b.txt"', 'ab.txt'],
    ['no name', 'attachment', 'ATT00001.pdf'],
  ])('%s', async (_, disposition, name) => {
    const { attachments } = await parse(`Content-Type: application/pdf\nContent-Disposition: ${disposition}\n\nx`);
    expect(attachments.map((each) => each.name)).toEqual([name]);
  });
});

const part = (type: string, body: string, more = ''): string => `Content-Type: ${type}\n${more}\n${body}`;
const multi = (subtype: string, ...parts: string[]): string => `multipart/${subtype}; boundary="b:${subtype}"\n\n${parts.map((each) => `--b:${subtype}\n${each}\n`).join('')}--b:${subtype}--\n`;

describe('bodies', () => {
  it.each<[string, string, Partial<ParsedMessage>]>([
    ['no body', 'text/plain\n\n', { text: '' }],
    ['no empty line either', 'text/plain', { text: '' }],
    ['HTML alone', 'text/html\n\n<p>x</p>', { html: '<p>x</p>' }],
    ['an empty alternative', multi('alternative', part('text/plain', ''), part('text/html', '')), { text: '', html: '' }],
    ['format=flowed', 'text/plain; format=flowed\n\none \ntwo\n three\n', { text: 'one two\r\nthree\r\n' }],
    ['format=flowed with delsp', 'text/plain; format=flowed; delsp=yes\n\none \ntwo', { text: 'onetwo' }],
    ['a multipart without its boundary', 'multipart/mixed\n\nplain words', { text: 'plain words' }],
    ['two texts around a file', multi('mixed', part('text/plain', 'one'), part('image/png', 'x'), part('text/plain', 'two')), { text: 'one\r\ntwo' }],
    ['text and HTML in a row', multi('mixed', part('text/plain', 'a<b'), part('text/html', '<p>c</p>')), { text: 'a<b\r\nc', html: '<div>a&lt;b</div>\r\n<p>c</p>' }],
    ['a related part with the HTML inside an alternative', multi('related', multi('alternative', part('text/plain', 'a'), part('text/html', '<b>a</b>')).replace(/^/, 'Content-Type: ')), { text: 'a', html: '<b>a</b>' }],
  ])('%s', async (_, content, expected) => {
    const { text, html } = await parse(`Subject: s\nContent-Type: ${content}`);
    expect({ ...(text !== undefined ? { text } : {}), ...(html !== undefined ? { html } : {}) }).toEqual(expected);
  });

  it.each([
    ['a named text behind the body', multi('mixed', part('text/plain', 'body'), part('text/plain; name=notes.txt', 'notes')), ['notes.txt']],
    ['a text that is an attachment', multi('mixed', part('text/plain', 'x', 'Content-Disposition: attachment; filename=a.txt\n')), ['a.txt']],
    ['a delivery report', multi('report', part('text/plain', 'sorry'), part('message/delivery-status', 'Action: failed'), part('message/rfc822', 'Subject: lost\n\nx')), ['ATT00001.bin', 'lost']],
    ['a digest', multi('digest', '\nSubject: one\n\n1', '\nSubject: two\n\n2'), ['one', 'two']],
    ['AMP beside the HTML', multi('alternative', part('text/plain', 'a'), part('text/x-amp-html', 'b'), part('text/html', 'c')), []],
  ])('%s', async (_, content, names) => expect((await parse(`Content-Type: ${content}`)).attachments.map(({ name }) => name)).toEqual(names));

  it.each([
    ['7-bit text', '', 'a\r\nb'],
    ['quoted-printable text', 'Content-Transfer-Encoding: quoted-printable\n', 'a\r\nb'],
    ['base64', 'Content-Transfer-Encoding: base64\n', Buffer.from('a\nb').toString('base64')],
  ])('a text file comes as sent: %s', async (_, header, body) => {
    const { attachments } = await parse(`Content-Type: ${multi('mixed', part('text/csv; name=x.csv', body, header))}`);
    expect(ascii(attachments[0]?.content)).toBe(header.includes('base64') ? 'a\nb' : 'a\r\nb');
  });

  it('an image is inline only where the HTML or its place says so', async () => {
    const image = (more: string): string => part('image/png', 'x', more);
    const related = multi('related', part('text/html', '<img src="cid:one">'), image('Content-ID: <one>\n'), image('Content-ID: <two>\n'), image('Content-ID: <three>\nContent-Disposition: attachment\n'), image('Content-Disposition: inline\n'));
    expect((await parse(`Content-Type: ${related}`)).attachments.map(({ isInline }) => isInline)).toEqual([true, true, false, false]);
  });
});

describe('S/MIME is left whole', () => {
  const inner = 'Content-Type: text/plain\n\nsigned  words \n\n';
  const signed = `Content-Type: multipart/signed; protocol="application/pkcs7-signature";\n micalg=sha-256; boundary=s\nMIME-Version: 1.0\n\n--s\n${inner}\n--s\nContent-Type: application/pkcs7-signature\nContent-Transfer-Encoding: base64\n\nAAAA\n--s--\n`;

  it('signed: one attachment with the very bytes, and the body to read', async () => {
    const message = await parse(`Subject: s\n${signed}`);
    expect(message).toMatchObject({ secure: 'signed', text: 'signed  words \r\n\r\n', attachments: [{ name: 'smime.p7m', contentType: 'multipart/signed' }] });
    expect(ascii(message.attachments[0]?.content)).toBe(crlf(signed.replace('MIME-Version: 1.0\n', '')));
  });

  it.each(['application/pkcs7-mime', 'application/x-pkcs7-mime'])('opaque: %s', async (type) => {
    const message = await parse(`Content-Type: ${type}; smime-type=enveloped-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\nAAEC\n`);
    expect(message).toMatchObject({ secure: 'opaque', attachments: [{ name: 'smime.p7m', contentType: type }] });
    expect([...(message.attachments[0]?.content ?? [])]).toEqual([0, 1, 2]);
    expect(message.text).toBeUndefined();
  });
});

describe('header values', () => {
  it.each<[string, Partial<ParsedMessage>]>([
    ['Importance: low', { importance: 'Low' }],
    ['X-Priority: 1 (Highest)', { importance: 'High' }],
    ['X-Priority: 5', { importance: 'Low' }],
    ['Priority: urgent', { importance: 'High' }],
    ['Importance: normal\nX-Priority: 1', { importance: 'Normal' }],
    ['Sensitivity: private', { sensitivity: 'Private' }],
    ['Sensitivity: Personal', { sensitivity: 'Personal' }],
    ['Date: 1 Jan 70 00:00 GMT', { date: 0 }],
    ['Date: Thu, 29 Feb 2024 23:59:60 -0800', { date: Date.parse('2024-03-01T08:00:00Z') }],
    ['Date: Fri, 31 Dec 1999 23:59:59 PST', { date: Date.parse('2000-01-01T07:59:59Z') }],
    ['Date: yesterday', {}],
    ['Date: 99 Foo 2020 10:00:00', {}],
    ['From: a@x.test\nFrom: b@x.test', { from: { name: '', address: 'a@x.test' } }],
    ['To: undisclosed-recipients:;', { to: [] }],
    ['To: "quoted \\" name" <q@x.test>, =?utf-8?Q?=C3=A4=2C_b?= <u@x.test>', { to: [{ name: 'quoted " name', address: 'q@x.test' }, { name: 'ä, b', address: 'u@x.test' }] }],
    ['To: nobody', { to: [{ name: 'nobody', address: '' }] }],
    ['Message-ID: bare', { messageId: 'bare' }],
  ])('%s', async (headers, expected) => {
    const message = await parse(`${headers}\n\n`);
    expect(message).toMatchObject(expected);
    if (!('date' in expected)) expect(message.date).toBeUndefined();
  });

  it('lines that are no fields are left out', async () => {
    const { headers, subject } = await parse('From alice Wed Nov 25\n: none\nno colon\nSubject : ok\nBad Name: x\n\nbody');
    expect(headers.map(({ name }) => name)).toEqual(['Subject']);
    expect(subject).toBe('ok');
  });
});

describe('bounds', () => {
  // What takes its square of time needs minutes for these; a busy machine has some seconds to be busy.
  const slow = 10_000;
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const begin = performance.now();
    await work().catch((error: unknown) => {
      if (!(error instanceof MimeError)) throw error;
    });
    return performance.now() - begin;
  };

  const nested = (depth: number): string => Array.from({ length: depth }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\n\n--b${i}\n`).join('');
  it.each<[string, string, object, string]>([
    ['10,000 multiparts inside each other', nested(10_000), {}, 'TooDeep'],
    ['three where two are allowed', nested(3), { depth: 2 }, 'TooDeep'],
    ['a hundred thousand parts', `Content-Type: multipart/mixed; boundary=b\n\n${'--b\n'.repeat(100_000)}`, {}, 'TooManyParts'],
    ['large headers', `X: ${'x'.repeat(3_000_000)}\n\n`, {}, 'HeadersTooLarge'],
    ['more bytes than allowed', 'x'.repeat(11), { bytes: 10 }, 'TooLarge'],
  ])('refuses %s', async (_, message, limits, reason) => {
    const begin = performance.now();
    await expect(parseMessage(Buffer.from(crlf(message)), limits)).rejects.toMatchObject({ name: 'MimeError', reason });
    expect(performance.now() - begin).toBeLessThan(slow);
  }, 2 * slow);

  it('does not open messages inside messages', async () => {
    const message = `${'Content-Type: message/rfc822\n\n'.repeat(10_000)}x`;
    expect((await parse(message)).attachments).toHaveLength(1);
  });

  it.each([
    ['addresses', `To: ${'a@x, '.repeat(100_000)}\n\n`],
    ['quotes', `To: ${'"'.repeat(500_001)}\n\n`],
    ['parentheses', `To: ${'('.repeat(500_000)}\n\n`],
    ['groups', `To: ${'a:'.repeat(700_000)}\n\n`],
    ['encoded words', `Subject: ${'=?utf-8?Q?a?= '.repeat(50_000)}\n\n`],
    ['half encoded words', `Subject: ${'=?utf-8?Q?'.repeat(50_000)}\n\n`],
    ['folds', `Subject: x\n${' y\n'.repeat(200_000)}\n`],
    ['parameters', `Content-Type: text/plain; ${'a*0*=b; '.repeat(100_000)}\n\n`],
    ['lines', `\n${'\n'.repeat(500_000)}`],
    ['references to pictures', `Content-Type: text/html\n\n${'src='.repeat(200_000)}`],
  ])('is not slowed down by many %s', async (_, message) => expect(await timed(() => parse(message))).toBeLessThan(slow), 2 * slow);

  it('survives any bytes', async () => {
    const tokens = ['Content-Type: ', 'multipart/mixed; boundary=a', 'text/html', 'message/rfc822', '--a', '--a--', '\r\n', '\n', '\r\n\r\n', 'Subject: ', '=?utf-8?B?', '?=', '"', ';', '\0', '\xff', 'Content-Transfer-Encoding: base64', 'quoted-printable', '=', 'filename*0*='];
    const rubbish = fc.oneof(fc.uint8Array({ maxLength: 400 }), fc.array(fc.constantFrom(...tokens), { maxLength: 60 }).map((parts) => new Uint8Array(Buffer.from(parts.join(''), 'latin1'))));
    await fc.assert(fc.asyncProperty(rubbish, async (bytes) => {
      const before = Buffer.from(bytes).toString('hex');
      const message = await parseMessage(bytes);
      expect(message.attachments.length).toBeLessThan(100);
      withoutBcc(bytes);
      expect(Buffer.from(bytes).toString('hex')).toBe(before);
    }), { numRuns: 300 });
  });
});

describe('headers of a kept message', () => {
  const kept = crlf('Received: x\nBcc: a@x.test,\n b@x.test\nSubject: old\nbcc: c@x.test\n\nBcc: body\n');

  it('loses Bcc and nothing else', () => {
    expect(ascii(withoutBcc(Buffer.from(kept)))).toBe(crlf('Received: x\nSubject: old\n\nBcc: body\n'));
    const without = Buffer.from('Subject: x\r\n\r\n');
    expect(withoutBcc(without)).toBe(without);
    expect(ascii(withoutBcc(Buffer.from('Bcc: a@x.test')))).toBe('');
  });

  it('replaces in place, removes and adds', () => {
    const changed = replaceHeaders(Buffer.from(kept), { subject: 'Grüße an alle, die da sind, und an die anderen auch, so viele es sind', BCC: undefined, 'X-New': 'a\r\nInjected: b' });
    const { fields } = readHeaderBlock(changed);
    expect(fields.map(({ name }) => name)).toEqual(['Received', 'Subject', 'X-New']);
    expect(headerValue(fields, 'X-New')).toBe('a Injected: b');
    expect(ascii(changed)).toMatch(/^[\0-\x7f]*\r\n\r\nBcc: body\r\n$/);
    expect(ascii(changed).split('\r\n').every((line) => line.length <= 78)).toBe(true);
    return expect(parseMessage(changed)).resolves.toMatchObject({ subject: 'Grüße an alle, die da sind, und an die anderen auch, so viele es sind' });
  });
});
