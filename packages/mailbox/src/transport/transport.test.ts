import { createClock } from '@fauxchange/kernel';
import fc from 'fast-check';
import { parseMessage } from '@fauxchange/mime';
import type { PropertyName } from '@fauxchange/properties';
import { createOrganization } from '../create-organization.ts';
import { MailboxError } from '../errors.ts';
import { draftFromMime } from '../items/from-mime.ts';
import type { Item, ItemDraft, Properties, Recipient } from '../items/item.ts';
import { mimeFromItem } from '../items/to-mime.ts';
import { valueOf } from '../items/value-of.ts';
import type { Organization } from '../organization.ts';
import type { MailboxSession } from '../session/mailbox-session.ts';
import { createOutbox } from './create-outbox.ts';
import { expandRecipients } from './expand-recipients.ts';

const NOW = Date.UTC(2026, 5, 1, 12);
let organization: Organization;

beforeEach(async () => { organization = await createOrganization({ seed: 'empty', clock: createClock({ at: NOW, frozen: true }) }); });
afterEach(() => organization.close());

const entry = (name: string) => organization.directory.byAddress(`${name}@example.test`)!;
const box = (name: string) => organization.mailboxOf(entry(name))!;
/** `as` at the mailbox of `of`. */
const session = (as: string, of = as): MailboxSession => box(of).openAs(entry(as));

async function inbox(name: string): Promise<readonly Item[]> {
  await organization.settle();
  const own = session(name);
  return (await own.query([(await own.distinguished('inbox')).id], { limit: 100 })).items;
}
const subjects = async (name: string) => (await inbox(name)).map((item) => valueOf(item, 'PidTagSubject'));
const textOf = async (item: Item): Promise<string> => Buffer.from((await item.body?.text?.read()) ?? new Uint8Array()).toString('utf8');
const mimeText = async (item: Item): Promise<string> => Buffer.from(await mimeFromItem(item)).toString('utf8');

function to(...addresses: readonly string[]): readonly Recipient[] {
  return addresses.map((each) => {
    const [type, address] = each.includes(':') ? (each.split(':') as [Recipient['type'], string]) : (['to', each] as const);
    const isWhole = address.startsWith('/') || address.includes('@');
    const full = isWhole ? address : `${address}@example.test`;
    return { type, name: full, address: full, addressType: address.startsWith('/') ? 'EX' : 'SMTP' };
  });
}
async function note(recipients: readonly Recipient[], properties: Properties = {}): Promise<ItemDraft> {
  const text = await box('alice').store.keep(Buffer.from('Grüße\r\n'));
  return { itemClass: 'IPM.Note', properties: { PidTagSubject: 'Hello', ...properties }, recipients, attachments: [], body: { native: 'text', text }, isRead: true, isAssociated: false };
}
const wire = (...lines: readonly string[]) => lines.join('\r\n');

describe('from one mailbox to another', () => {
  it('a message arrives unread, as new mail, with who sent it, who got it, and when', async () => {
    const seen: string[] = [];
    box('bob').events.subscribe((events) => { for (const event of events) seen.push(`${event.subject} ${event.kind}`); });
    const alice = session('alice');
    const sent = await alice.send(await note(to('bob', 'cc:carol')), { saveIn: { session: alice, folderId: (await alice.distinguished('sentitems')).id } });
    const [arrived] = await inbox('bob');
    const value = (name: PropertyName) => valueOf(arrived!, name);
    expect(arrived).toMatchObject({ itemClass: 'IPM.Note', isRead: false });
    expect(await textOf(arrived!)).toBe('Grüße\r\n');
    expect({
      subject: value('PidTagSubject'), sender: value('PidTagSenderSmtpAddress'), type: value('PidTagSenderAddressType'), ex: value('PidTagSenderEmailAddress'),
      from: value('PidTagSentRepresentingSmtpAddress'), by: value('PidTagReceivedBySmtpAddress'), at: value('PidTagMessageDeliveryTime'),
      toMe: value('PidTagMessageToMe'), ccMe: value('PidTagMessageCcMe'), flags: value('PidTagMessageFlags'), to: value('PidTagDisplayTo'),
    }).toEqual({
      subject: 'Hello', sender: 'alice@example.test', type: 'EX', ex: entry('alice').legacyExchangeDN,
      from: 'alice@example.test', by: 'bob@example.test', at: NOW, toMe: true, ccMe: false, flags: 2, to: 'Bob Baker',
    });
    expect(valueOf((await inbox('carol'))[0]!, 'PidTagMessageCcMe')).toBe(true);
    expect(seen).toContain('item newMail');
    // One message, one id and one conversation, wherever a copy lies.
    for (const name of ['PidTagInternetMessageId', 'PidTagConversationId', 'PidTagSearchKey'] as const) expect(value(name)).toBe(valueOf(sent!, name));
    expect(value('PidTagTransportMessageHeaders')).toMatch(/^Received: from MAIL01\.example\.test by\r\n[\s\S]*From: "Alice Archer" <alice@example\.test>\r\nTo: "Bob Baker"/);
  });

  it('tells who gets their own message so', async () => {
    await session('alice').send(await note(to('alice', 'bob')), {});
    const fromMe = async (name: string): Promise<boolean> => (Number(valueOf((await inbox(name))[0]!, 'PidTagMessageFlags')) & 0x20) !== 0;
    expect([await fromMe('alice'), await fromMe('bob')]).toEqual([true, false]);
  });

  it('keeps to the sender what is the sender\'s: blind copies, categories, follow-up', async () => {
    await session('alice').send(await note(to('bob', 'bcc:dave'), { PidNameKeywords: ['Red'], PidTagFlagStatus: 2 }), {});
    for (const name of ['bob', 'dave']) {
      const [item] = await inbox(name);
      expect(item?.recipients.map(({ address }) => address)).toEqual(['bob@example.test']);
      for (const gone of ['PidTagDisplayBcc', 'PidNameKeywords', 'PidTagFlagStatus'] as const) expect(item?.bag.has(gone)).toBe(false);
      expect(await mimeText(item!)).not.toMatch(/dave/);
    }
    expect(valueOf((await inbox('dave'))[0]!, 'PidTagMessageRecipientMe')).toBe(false);
  });

  it('gives the same bytes to all, not a copy to each', async () => {
    const draft = await note(to('bob', 'carol'));
    await session('alice').send({ ...draft, attachments: [{ kind: 'file', id: 0 as never, name: 'a', contentType: 'text/plain', isInline: false, lastModified: 0, size: 3, content: await box('alice').store.keep(Buffer.from('abc')) }] }, {});
    const [bob, carol] = [(await inbox('bob'))[0]!, (await inbox('carol'))[0]!];
    expect(await bob.body!.text!.read()).toBe(await carol.body!.text!.read());
    expect((bob.attachments[0] as { content: unknown }).content).toBe((carol.attachments[0] as { content: unknown }).content);
  });

  it('hands on the MIME that the client gave, less Bcc, below a line of its own', async () => {
    const mime = wire('From: Alice <alice@example.test>', 'To: bob@example.test', 'Bcc: dave@example.test', 'Subject: =?utf-8?Q?M=C3=A4rz?=', 'Message-ID: <one@client.test>', 'Date: Mon, 01 Jun 2026 10:00:00 +0000', 'X-Odd:   kept as it is', '', 'caf\u00e9 \u2615', '');
    const alice = session('alice');
    const draft = await draftFromMime((bytes) => box('alice').store.keep(bytes), Buffer.from(mime));
    const sent = await alice.send(draft, { saveIn: { session: alice, folderId: (await alice.distinguished('sentitems')).id } });
    expect(await mimeText(sent!)).toBe(mime);
    const received = await mimeText((await inbox('bob'))[0]!);
    expect(received).toMatch(/^Received: /);
    expect(received.slice(received.indexOf('From:'))).toBe(mime.replace('Bcc: dave@example.test\r\n', ''));
    expect(await subjects('dave')).toEqual(['März']);
  });

  it('gives MIME that names itself not an id, in every copy the same', async () => {
    const alice = session('alice');
    const draft = await draftFromMime((bytes) => box('alice').store.keep(bytes), Buffer.from(wire('To: bob@example.test', 'Subject: x', 'X-Odd:   kept', '', 'Hi', '')), { isDraft: true });
    const saved = await alice.createItem((await alice.distinguished('drafts')).id, draft);
    const sent = await alice.submit(saved.id, { saveIn: { session: alice, folderId: (await alice.distinguished('sentitems')).id } });
    const [received] = await inbox('bob');
    const id = valueOf(received!, 'PidTagInternetMessageId');
    for (const item of [sent!, received!]) expect(await mimeText(item)).toMatch(new RegExp(`^(Received: .*\\r\\n( .*\\r\\n)+)?From: "Alice Archer" <alice@example.test>\\r\\n[^]*X-Odd:   kept\\r\\n[^]*Message-ID: ${String(id)}\\r\\n`));
  });

  it('renders what came without MIME, and the same each time', async () => {
    await session('alice').send(await note(to('bob')), {});
    const [item] = await inbox('bob');
    const [first, second] = [await mimeText(item!), await mimeText(item!)];
    expect(first).toBe(second);
    const parsed = await parseMessage(Buffer.from(first));
    expect(parsed).toMatchObject({ subject: 'Hello', from: { name: 'Alice Archer', address: 'alice@example.test' }, to: [{ name: 'Bob Baker', address: 'bob@example.test' }], messageId: valueOf(item!, 'PidTagInternetMessageId') });
    expect(parsed.text).toBe('Grüße\r\n');
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ['an X.500 address', ['DN of bob'], ['bob']],
    ['a proxy address in capitals', ['A.ARCHER@EXAMPLE.TEST'], ['alice']],
    ['the same person twice', ['bob', 'cc:bob', 'BOB@example.test'], ['bob']],
    ['a group', ['team'], ['alice', 'bob', 'carol']],
    ['groups within each other, and a member beside', ['everyone', 'bob'], ['alice', 'bob', 'carol', 'dave']],
    ['a hidden group with a shared mailbox', ['alarms'], ['dave', 'support']],
    ['a room', ['room1'], ['room1']],
  ])('reaches %s', async (_what, addresses, names) => {
    await session('dave').send(await note(to(...addresses.map((each) => each.replace('DN of bob', entry('bob').legacyExchangeDN)))), {});
    for (const name of ['alice', 'bob', 'carol', 'dave', 'support', 'room1']) expect([name, (await inbox(name)).length]).toEqual([name, names.includes(name) ? 1 : 0]);
  });

  it('survives groups that hold each other', async () => {
    const first = await organization.add({ recipientType: 'MailUniversalDistributionGroup', displayName: 'First', primarySmtpAddress: 'first@example.test', members: [entry('bob').id] });
    const second = await organization.add({ recipientType: 'MailUniversalDistributionGroup', displayName: 'Second', primarySmtpAddress: 'second@example.test', members: [first.id, 'out@elsewhere.test'] });
    organization.directory.update(first.id, { members: [...first.members!, second.id] });
    expect(expandRecipients(organization.directory, [{ address: 'second@example.test', addressType: 'SMTP' }])).toEqual({ mailboxes: [entry('bob')], external: ['out@elsewhere.test'], unknown: [] });
  });
});

describe('who may send as whom', () => {
  // support: bob fullAccess and sendAs, carol sendOnBehalf; alice: carol sendOnBehalf.
  it.each<[who: string, asWhom: string, outcome: 'as' | 'onBehalf' | 'denied']>([
    ['alice', 'alice', 'as'], ['bob', 'support', 'as'], ['carol', 'support', 'onBehalf'], ['carol', 'alice', 'onBehalf'],
    ['dave', 'support', 'denied'], ['bob', 'alice', 'denied'], ['alice', 'team', 'denied'], ['alice', 'nobody', 'denied'],
  ])('%s as %s: %s', async (who, asWhom, outcome) => {
    const draft = await note(to('dave'), { PidTagSentRepresentingEmailAddress: `${asWhom}@example.test`, PidTagSentRepresentingAddressType: 'SMTP' });
    const sending = session(who).send(draft, {});
    if (outcome === 'denied') {
      await expect(sending).rejects.toMatchObject({ code: 'SendAsDenied' });
      expect(await inbox('dave')).toEqual([]);
      return;
    }
    await sending;
    const [item] = await inbox('dave');
    expect(valueOf(item!, 'PidTagSentRepresentingSmtpAddress')).toBe(`${asWhom}@example.test`);
    expect(valueOf(item!, 'PidTagSenderSmtpAddress')).toBe(outcome === 'as' ? `${asWhom}@example.test` : `${who}@example.test`);
    expect((await mimeText(item!)).includes('\r\nSender: ')).toBe(outcome === 'onBehalf');
  });

  it('is granted to groups, too', async () => {
    organization.directory.grant(entry('support').id, entry('everyone').id, 'sendAs');
    await session('alice').send(await note(to('dave'), { PidTagSentRepresentingEmailAddress: 'support@example.test' }), {});
    expect(valueOf((await inbox('dave'))[0]!, 'PidTagSenderSmtpAddress')).toBe('support@example.test');
  });
});

describe('to the outside', () => {
  it('one message leaves for all who are there, contacts included', async () => {
    await session('alice').send(await note(to('frank@contoso.test', 'cc:zoe@elsewhere.test', 'bcc:x@hidden.test', 'bob')), {});
    await organization.settle();
    const [message, ...others] = organization.outbox.messages();
    expect(others).toEqual([]);
    expect(message).toMatchObject({ time: NOW, from: 'alice@example.test', to: ['frank@contoso.test', 'zoe@elsewhere.test', 'x@hidden.test'] });
    const parsed = await parseMessage(message!.mime);
    expect(parsed).toMatchObject({ to: [{ address: 'frank@contoso.test' }, { address: 'bob@example.test' }], cc: [{ address: 'zoe@elsewhere.test' }], bcc: [], text: 'Grüße\r\n' });
    expect(await subjects('bob')).toEqual(['Hello']);
    organization.outbox.clear();
    expect(organization.outbox.messages()).toEqual([]);
  });

  it('keeps as many messages and bytes as it may, the newest', () => {
    const outbox = createOutbox({ messages: 3, bytes: 100 });
    const add = (from: string, size: number) => { outbox.add({ time: 0, from, to: [], mime: new Uint8Array(size) }); };
    for (const from of ['a', 'b', 'c', 'd']) add(from, 10);
    expect(outbox.messages().map(({ from }) => from)).toEqual(['b', 'c', 'd']);
    const before = outbox.snapshot();
    add('e', 85);
    expect(outbox.messages().map(({ from }) => from)).toEqual(['d', 'e']);
    add('f', 500);
    expect(outbox.messages().map(({ from }) => from)).toEqual(['f']);
    outbox.restore(before);
    add('g', 80);
    expect(outbox.messages().map(({ from }) => from)).toEqual(['c', 'd', 'g']);
  });
});

describe('what cannot be delivered', () => {
  it('comes back as a report with the original in it', async () => {
    await session('alice').send(await note(to('nobody@example.test', 'bob'), { PidTagSubject: 'Grüße' }), {});
    expect(await subjects('bob')).toEqual(['Grüße']);
    const [report] = await inbox('alice');
    expect(report).toMatchObject({ itemClass: 'REPORT.IPM.Note.NDR', isRead: false });
    expect(valueOf(report!, 'PidTagSubject')).toBe('Undeliverable: Grüße');
    expect(valueOf(report!, 'PidTagSenderSmtpAddress')).toBe('MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.test');
    const [original] = report!.attachments;
    expect(original).toMatchObject({ kind: 'item' });
    expect(original?.kind === 'item' && valueOf(original.item, 'PidTagSubject')).toBe('Grüße');
    const mime = await mimeText(report!);
    expect(mime).toMatch(/Content-Type: multipart\/report; report-type=delivery-status;/);
    expect(mime).toContain('\r\nFinal-Recipient: rfc822;nobody@example.test\r\nAction: failed\r\nStatus: 5.1.10\r\nDiagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup\r\n');
    expect((await parseMessage(Buffer.from(mime))).html).toContain('nobody@example.test');
  });

  it('of somebody outside is reported to the outside', async () => {
    await organization.add({ recipientType: 'MailUniversalDistributionGroup', displayName: 'Stale', primarySmtpAddress: 'stale@example.test', members: ['gone@example.test'] });
    await organization.deliver('Subject: x\r\n\r\n', { to: ['stale@example.test'], from: 'Zoe@elsewhere.test' });
    expect(organization.outbox.messages()).toMatchObject([{ from: '', to: ['zoe@elsewhere.test'] }]);
    await organization.deliver('Subject: x\r\n\r\n', { to: ['stale@example.test'] });
    expect(organization.outbox.messages()).toHaveLength(1);
  });

  it('an unknown X.500 address', async () => {
    await session('alice').send(await note(to('/o=Gone/cn=Nobody')), {});
    const [report] = await inbox('alice');
    expect(await mimeText(report!)).toContain('RESOLVER.ADR.ExRecipNotFound');
  });

  it.each<[string, readonly Recipient[], string]>([
    ['nobody', [], 'MissingRecipients'],
    ['a name without an address', [{ type: 'to', name: 'Bob', address: '', addressType: 'SMTP' }], 'InvalidRecipients'],
    ['what is no address', [{ type: 'to', name: 'x', address: 'x y@example.test', addressType: 'SMTP' }], 'InvalidRecipients'],
  ])('is refused at once for %s', async (_what, recipients, code) => {
    await expect(session('alice').send(await note(recipients), {})).rejects.toMatchObject({ code });
  });
});

describe('from outside', () => {
  it('a message arrives with what it lacked, its headers, and names from the directory', async () => {
    await organization.deliver(wire('From: Zoé <zoe@elsewhere.test>', 'To: bob@example.test, Carol C <carol@example.test>', 'Keywords: Red', 'Subject: Re: Tea', '', 'Hi\r\n'), { to: ['bob@example.test'], from: 'zoe@elsewhere.test' });
    const [item] = await inbox('bob');
    expect(item).toMatchObject({ isRead: false, recipients: [{ name: 'Bob Baker' }, { name: 'Carol C' }] });
    expect(item!.bag.has('PidNameKeywords')).toBe(false);
    expect(valueOf(item!, 'PidTagSenderAddressType')).toBe('SMTP');
    expect(valueOf(item!, 'PidTagTransportMessageHeaders')).toMatch(/^Received: from elsewhere\.test by\r\n[\s\S]*Message-ID: <[0-9a-f]{32}@MAIL01\.example\.test>/);
    expect(valueOf(item!, 'PidTagInternetMessageId')).toMatch(/^<[0-9a-f]{32}@MAIL01/);
    expect(await inbox('carol')).toEqual([]);
  });

  it('an answer joins the conversation of what it answers, whoever answers and however', async () => {
    const alice = session('alice');
    const draft = await alice.createItem((await alice.distinguished('drafts')).id, await note(to('bob', 'zoe@elsewhere.test')));
    await alice.submit(draft.id, {});
    const id = String(valueOf((await inbox('bob'))[0]!, 'PidTagInternetMessageId'));
    const index = (await parseMessage(organization.outbox.messages()[0]!.mime)).threadIndex!;
    const bob = session('bob');
    const references = `References: ${id} <another@x>`;
    const mime = (...headers: readonly string[]) => Buffer.from(wire('To: alice@example.test', 'Subject: RE: Hello', ...headers, '', ''));
    await bob.send(await draftFromMime((bytes) => box('bob').store.keep(bytes), mime('Message-ID: <b@x>', references)), {});
    await bob.send(await draftFromMime((bytes) => box('bob').store.keep(bytes), mime(references, `In-Reply-To: <b@x>`), { isDraft: true }), {});
    for (const headers of [[`In-Reply-To: ${id}`], [references], [`Thread-Index: ${Buffer.concat([index, Buffer.alloc(5)]).toString('base64')}`]]) await organization.deliver(mime(...headers), { to: ['alice@example.test'] });
    const answers = await inbox('alice');
    expect(answers).toHaveLength(5);
    expect(new Set(answers.map((item) => valueOf(item, 'PidTagConversationId')))).toEqual(new Set([valueOf((await inbox('bob'))[0]!, 'PidTagConversationId')]));
    await organization.deliver(mime('Message-ID: <other@x>'), { to: ['bob@example.test'] });
    expect(new Set((await inbox('bob')).map((item) => valueOf(item, 'PidTagConversationId'))).size).toBe(2);
  });

  it('a text may have the line ends of the test it is written in', async () => {
    await organization.deliver('Subject: x\nTo: bob@example.test\n\nHi\n', { to: ['bob@example.test'] });
    const [item] = await inbox('bob');
    expect(await textOf(item!)).toBe('Hi\r\n');
    expect((await mimeText(item!)).replace(/\r\n/g, '')).not.toContain('\n');
  });

  it.each<[string, string | Uint8Array, readonly string[], string]>([
    ['nobody', 'Subject: x\r\n\r\n', [], 'MissingRecipients'],
    ['somebody unknown, though another is known', 'Subject: x\r\n\r\n', ['bob@example.test', 'nobody@example.test'], 'MailboxNotFound'],
    ['a foreign domain', 'Subject: x\r\n\r\n', ['zoe@elsewhere.test'], 'MailboxNotFound'],
    ['rubbish', 'Subject: x\r\n\r\n', ['<script>'], 'MailboxNotFound'],
    ['somebody, larger than allowed', new Uint8Array(37 * 1024 * 1024), ['bob@example.test'], 'MessageTooLarge'],
  ])('is refused whole for %s', async (_what, message, addresses, code) => {
    await expect(organization.deliver(message, { to: addresses })).rejects.toMatchObject({ code });
    expect(await inbox('bob')).toEqual([]);
  });

  it.each([['no header', '\r\n\r\n'], ['nothing', ''], ['zeros', '\0\0\0'], ['half a multipart', 'Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/pl']])('takes %s as it is', async (_what, message) => {
    await organization.deliver(message, { to: ['bob@example.test'] });
    expect(await inbox('bob')).toHaveLength(1);
  });
});

describe('hostile senders', () => {
  const piece = fc.constantFrom('Subject: x', 'Content-Type: multipart/mixed; boundary=b', 'Content-Type: message/rfc822', 'Content-Type: multipart/report; report-type=delivery-status; boundary=b', '--b', '--b--', '', 'Bcc: a@b', 'From: <', 'Thread-Index: AAAA', 'Message-ID: <a@b', 'Content-Transfer-Encoding: base64', '\0', ' folded', 'Keywords: ' + 'k,'.repeat(100), '\u{1f600}');
  const mimes = fc.oneof(fc.uint8Array({ maxLength: 400 }), fc.array(piece, { maxLength: 30 }).map((lines) => new Uint8Array(Buffer.from(lines.join('\r\n')))));

  it('get their mail delivered or refused, whatever it is, and it can be read and rendered', async () => {
    await fc.assert(fc.asyncProperty(mimes, async (mime) => {
      await organization.deliver(mime, { to: ['bob@example.test'], from: 'x@y.test' }).catch((error: unknown) => { if (!(error instanceof MailboxError)) throw error; });
    }), { numRuns: 300, seed: 7 });
    const items = await inbox('bob');
    expect(items.length).toBeGreaterThan(0);
    for (const item of items) {
      expect(valueOf(item, 'PidTagMessageSize')).toBeGreaterThan(0);
      expect((await mimeFromItem({ ...item, mime: undefined })).length).toBeGreaterThan(0);
    }
  });

  it('cannot write header fields of their own through a subject, a name or an address', async () => {
    const evil = 'x\r\nX-Evil: 1\r\n\r\nbody';
    await session('alice').send(await note([{ type: 'to', name: evil, address: 'bob@example.test', addressType: 'SMTP' }, { type: 'cc', name: evil, address: 'nobody@example.test', addressType: 'SMTP' }, { type: 'to', name: 'f', address: 'f@elsewhere.test', addressType: 'SMTP' }], { PidTagSubject: evil, PidTagConversationTopic: evil, PidTagInReplyToId: evil }), {});
    const [item] = await inbox('bob');
    const [report] = await inbox('alice');
    for (const text of [await mimeText(item!), String(valueOf(item!, 'PidTagTransportMessageHeaders')), await mimeText(report!), Buffer.from(organization.outbox.messages()[0]!.mime).toString()]) {
      expect(text).not.toMatch(/^X-Evil:/m);
    }
  });
});

describe('settle', () => {
  it('waits for everything, and tells once of what went wrong in between', async () => {
    for (let n = 0; n < 20; n += 1) await session('alice').send(await note(to('everyone')), {});
    await organization.settle();
    expect(await inbox('dave')).toHaveLength(20);
    const bob = box('bob');
    const broken = jest.spyOn(bob, 'openAsSystem').mockImplementation(() => { throw new MailboxError('QuotaExceeded', 'full'); });
    await session('alice').send(await note(to('bob')), {});
    await expect(organization.settle()).rejects.toThrow(/deliveries failed: full/);
    broken.mockRestore();
    await organization.settle();
  });
});
