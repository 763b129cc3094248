import { createSeries, timeZone } from '@fauxchange/calendar';
import { identityProperties, propertiesOfAppointment, propertiesOfSeries, sendInvitations, valueOf } from '@fauxchange/mailbox';
import type { ProtocolVersion } from '@fauxchange/wbxml';
import { createActiveSyncEmulator, type ActiveSyncEmulator } from '../src/index.ts';
import { encodeLongId } from '../src/long-id.ts';
import { eachTest, TestDevice } from './support/client.ts';
import { itemsIn, sessionOf } from './support/items.ts';
import { deliver, filePart, findBySubject, mimeOf, optionsWith, sendMail, shownBySync, smartForward, smartReply, type Shown } from './support/mail.ts';

let eas: ActiveSyncEmulator;
let phone: TestDevice;
let inbox: string;
eachTest({ provisioning: 'none', seed: 'empty' }, async (emulator) => {
  eas = emulator;
  await open();
});

async function open(version: ProtocolVersion = '14.1'): Promise<void> {
  phone = new TestDevice(eas, 'alice', { version });
  inbox = await phone.collectionId('Inbox');
}

const session = (user?: string) => sessionOf(eas, user);
const subjects = async (folder: 'inbox' | 'sentitems', user?: string): Promise<readonly unknown[]> => (await itemsIn(eas, folder, user)).map((item) => valueOf(item, 'PidTagSubject'));
const outgoing = (subject: string, more: Parameters<typeof mimeOf>[0] = {}): string => mimeOf({ from: 'alice@example.test', to: 'bob@example.test', subject, ...more });
const shownToBob = async (): Promise<readonly Shown[]> => {
  const bob = new TestDevice(eas, 'bob');
  return shownBySync(bob, await bob.collectionId('Inbox'), optionsWith({ 'AirSyncBase:BodyPreference': [{ Type: 1 }] }));
};

describe('SendMail', () => {
  it('MS-ASCMD_R443 MS-ASCMD_R463 MS-ASCMD_R4379: sends, keeps a copy when asked to, and answers nothing', async () => {
    expect(await sendMail(phone, outgoing('kept'))).toBeUndefined();
    expect(await sendMail(phone, Buffer.from(outgoing('not kept')), { SaveInSentItems: undefined })).toBeUndefined();
    expect([...(await subjects('inbox', 'bob'))].sort()).toEqual(['kept', 'not kept']);
    expect(await subjects('sentitems')).toEqual(['kept']);
  });

  it('MS-ASEMAIL_R328: goes to the secondary recipients, too, who see whom it was sent to', async () => {
    await sendMail(phone, outgoing('copied', { headers: ['Cc: carol@example.test'] }));
    expect(await subjects('inbox', 'carol')).toEqual(['copied']);
    const carol = new TestDevice(eas, 'carol');
    expect((await findBySubject(carol, await carol.collectionId('Inbox'), 'copied')).data).toMatchObject({ 'Email:To': '"Bob Baker" <bob@example.test>', 'Email:Cc': '"Carol Chaudhry" <carol@example.test>' });
  });

  it.each<[what: string, mime: string, more: object, status: number]>([
    ['no headers', '', {}, 107],
    ['MS-ASCMD_R4853: nobody to send to', mimeOf({ from: 'alice@example.test', to: '' }), {}, 119],
    ['an address that is none', mimeOf({ from: 'alice@example.test', to: 'nobody-at-all' }), {}, 116],
    ['somebody else as the author', mimeOf({ from: 'bob@example.test', to: 'carol@example.test' }), {}, 120],
    ['MS-ASCMD_R724 MS-ASCMD_R4380 MS-ASCMD_R4956: another account', outgoing('x'), { AccountId: 'InvalidValueAccountID' }, 166],
    ['MS-ASCMD_R4817: no id of the client', outgoing('x'), { ClientId: '' }, 103],
  ])('refuses it: %s', async (_what, mime, more, status) => {
    if ('ClientId' in more) {
      const { document, emptyTag, encodeDocument, optional, struct, text } = await import('@fauxchange/wbxml');
      const loose = document('ComposeMail:SendMail', struct('ComposeMail', { SaveInSentItems: optional(emptyTag()), Mime: text() }));
      const { SendMailResponse } = await import('../src/schema/compose-mail.ts');
      const { decodeDocument } = await import('@fauxchange/wbxml');
      const answer = await phone.post('SendMail', encodeDocument(loose, { Mime: mime }, { version: '14.1' }));
      expect(decodeDocument(new Uint8Array(await answer.arrayBuffer()), SendMailResponse, { version: '14.1' }).Status).toBe(status);
    } else expect(await sendMail(phone, mime, more)).toBe(status);
    expect(await subjects('inbox', 'bob')).toEqual([]);
  });

  it('MS-ASCMD_R4848: refuses the same message twice with 118, and takes it after a failure', async () => {
    expect(await sendMail(phone, mimeOf({ from: 'alice@example.test', to: '' }), { ClientId: 'one' })).toBe(119);
    expect(await sendMail(phone, outgoing('once'), { ClientId: 'one' })).toBeUndefined();
    expect(await sendMail(phone, outgoing('once'), { ClientId: 'one' })).toBe(118);
    expect(await subjects('inbox', 'bob')).toEqual(['once']);
  });

  it.each<ProtocolVersion>(['2.5', '12.1'])('%s: the body is the message', async (version) => {
    await open(version);
    const post = (mime: string, query: Record<string, string> = {}) => phone.post('SendMail', Buffer.from(mime), { 'Content-Type': 'message/rfc822' }, query);
    const answer = await post(outgoing('old'), { SaveInSent: 'T' });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    expect((await post(outgoing('older'))).status).toBe(200);
    expect([...(await subjects('inbox', 'bob'))].sort()).toEqual(['old', 'older']);
    expect(await subjects('sentitems')).toEqual(['old']);
    expect((await post(mimeOf({ from: 'alice@example.test', to: '' }))).status).toBe(500);
  });
});

it('a message that is too large is refused with 115', async () => {
  const small = await createActiveSyncEmulator({ provisioning: 'none', seed: 'empty', maxMessageBytes: 2000 });
  try {
    expect(await sendMail(new TestDevice(small), outgoing('large', { text: 'x'.repeat(3000) }))).toBe(115);
  } finally {
    await small.close();
  }
});

describe('SmartReply', () => {
  const original = async (message: Parameters<typeof mimeOf>[0] = { subject: 'question', text: 'How is the weather?' }): Promise<string> => {
    await deliver(eas, message);
    return (await findBySubject(phone, inbox, message.subject ?? '')).serverId;
  };
  const reply = mimeOf({ from: 'alice@example.test', to: 'bob@example.test', subject: 'RE: question', text: 'Fine.' });

  it('MS-ASCMD_R569 MS-ASCMD_R580 MS-ASCMD_R605 MS-ASCMD_R5776: the words of the client first, then the whole original', async () => {
    const ItemId = await original();
    expect(await smartReply(phone, { Source: { FolderId: inbox, ItemId }, Mime: reply, SaveInSentItems: true })).toBeUndefined();
    const [received] = await shownToBob();
    await eas.organization.settle();
    expect((received ?? (await shownToBob())[0])?.data['AirSyncBase:Body']?.Data).toMatch(/^Fine\.[^]*From: Zoe Zander \[zoe@elsewhere\.test\]\r\nSent: [^]*Subject: question\r\n\r\nHow is the weather\?/);
    expect(await subjects('sentitems')).toEqual(['RE: question']);
  });

  it('MS-ASEMAIL_R510 MS-ASEMAIL_R1054 MS-ASCON_R86 MS-ASCON_R87 MS-ASCON_R91 MS-ASCON_R306 MS-ASCON_R307: the original says that it was answered, the answer is one level down', async () => {
    const ItemId = await original();
    await eas.clock.advance(3_600_000);
    await smartReply(phone, { Source: { FolderId: inbox, ItemId }, Mime: reply });
    const { data } = await findBySubject(phone, inbox, 'question');
    expect(data).toMatchObject({ 'Email2:LastVerbExecuted': 1, 'Email2:LastVerbExecutionTime': expect.stringMatching(/Z$/) as string });
    await eas.organization.settle();
    const [answer] = await shownToBob();
    const [first, second] = [data, answer?.data ?? {}].map((one) => Buffer.from(one['Email2:ConversationIndex'] ?? []));
    expect([first?.length, second?.length, second?.subarray(0, 5).equals(first ?? Buffer.alloc(0))]).toEqual([5, 10, true]);
    // Units of 2^18 times 100 ns since the first: 26 ms.
    expect(Math.abs((second?.readUInt32BE(5) ?? 0) * 2 ** 18 / 10_000 - 3_600_000)).toBeLessThan(10_000);
    expect(Buffer.from(answer?.data['Email2:ConversationId'] ?? [])).toEqual(Buffer.from(data['Email2:ConversationId'] ?? []));
  });

  it('to several it was an answer to all', async () => {
    const ItemId = await original();
    await smartReply(phone, { Source: { FolderId: inbox, ItemId }, Mime: mimeOf({ from: 'alice@example.test', to: 'bob@example.test, carol@example.test', subject: 'RE: question' }) });
    expect((await findBySubject(phone, inbox, 'question')).data['Email2:LastVerbExecuted']).toBe(2);
  });

  it('ReplaceMime: nothing is added', async () => {
    const ItemId = await original();
    await smartReply(phone, { Source: { FolderId: inbox, ItemId }, Mime: reply, ReplaceMime: true });
    await eas.organization.settle();
    expect((await shownToBob())[0]?.data['AirSyncBase:Body']?.Data).toBe('Fine.\r\n');
  });

  it('takes pictures of the quoted HTML along, and no other attachment', async () => {
    const parts = [filePart('note.txt', 'x'), 'Content-Type: image/png; name="p.png"\r\nContent-Disposition: inline; filename="p.png"\r\nContent-ID: <pic@x>\r\n\r\nxx'];
    const ItemId = await original({ subject: 'question', html: '<p>See <img src="cid:pic@x"></p>', parts });
    await smartReply(phone, { Source: { FolderId: inbox, ItemId }, Mime: mimeOf({ from: 'alice@example.test', to: 'bob@example.test', subject: 'RE', html: '<p>Seen.</p>' }) });
    await eas.organization.settle();
    expect((await shownToBob())[0]?.data['AirSyncBase:Attachments']?.Attachment.map(({ DisplayName }) => DisplayName)).toEqual(['p.png']);
  });

  it.each<[what: string, source: object, status: number]>([
    ['MS-ASCMD_R4930 MS-ASCMD_R5777: an item that there is not', { FolderId: '?', ItemId: '?:999999' }, 150],
    ['a folder that there is not', { FolderId: '999', ItemId: '999:1' }, 150],
    ['an id that is none', { FolderId: '?', ItemId: 'abc' }, 150],
    ['no id', { FolderId: '?' }, 103],
    ['two ids', { FolderId: '?', ItemId: '?:1', LongId: 'x' }, 105],
    ['a long id that is none of ours', { LongId: 'x' }, 106],
    ['MS-ASCMD_R578 MS-ASCMD_R4819: an instance that is no time', { FolderId: '?', ItemId: '?:1', InstanceId: '11/25/2026 6:00:00 PM' }, 104],
  ])('refuses %s', async (_what, source, status) => {
    const Source = Object.fromEntries(Object.entries(source as Record<string, string>).map(([name, value]) => [name, value.replace('?', inbox)]));
    expect(await smartReply(phone, { Source, Mime: reply })).toBe(status);
  });

  it('146 for an instance of what does not recur; 117 for a draft; 103 without a message; 166 for an account', async () => {
    const ItemId = await original();
    const Source = { FolderId: inbox, ItemId };
    expect(await smartReply(phone, { Source: { ...Source, InstanceId: '2026-11-25T18:00:00.000Z' }, Mime: reply })).toBe(146);
    expect(await smartReply(phone, { Source })).toBe(103);
    expect(await smartReply(phone, { Source, Mime: reply, AccountId: 'x' })).toBe(166);
    const [item] = await itemsIn(eas, 'inbox');
    // Its owner may not say so of mail that has come.
    await eas.organization.mailboxByAddress('alice@example.test')?.openAsSystem().updateItem(item!.id, { properties: { PidTagMessageFlags: 8 } });
    expect(await smartReply(phone, { Source, Mime: reply })).toBe(117);
  });

  it('finds the original by its long id', async () => {
    await original();
    const [item] = await itemsIn(eas, 'inbox');
    expect(await smartReply(phone, { Source: { LongId: encodeLongId(item!) }, Mime: reply })).toBeUndefined();
    expect((await findBySubject(phone, inbox, 'question')).data['Email2:LastVerbExecuted']).toBe(1);
  });

  it('12.1: the query names the original', async () => {
    await open('12.1');
    const ItemId = await original();
    const answer = await phone.post('SmartReply', Buffer.from(reply), { 'Content-Type': 'message/rfc822' }, { CollectionId: inbox, ItemId, SaveInSent: 'T' });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    await eas.organization.settle();
    expect((await shownToBob())[0]?.data['AirSyncBase:Body']?.Data).toContain('How is the weather?');
    expect((await phone.post('SmartReply', Buffer.from(reply), { 'Content-Type': 'message/rfc822' }, { CollectionId: inbox, ItemId: `${inbox}:99999` })).status).toBe(500);
  });
});

describe('SmartForward', () => {
  const forward = mimeOf({ from: 'alice@example.test', to: 'bob@example.test', subject: 'FW: report', text: 'Look.' });
  const original = async (): Promise<string> => {
    await deliver(eas, { subject: 'report', text: 'All quiet.', parts: [filePart('table.txt', '1 2 3')] });
    return (await findBySubject(phone, inbox, 'report')).serverId;
  };

  it('MS-ASCMD_R532 MS-ASCMD_R568 MS-ASCMD_R4407 MS-ASEMAIL_R352 MS-ASCON_R88 MS-ASCON_R92 MS-ASCON_R259 MS-ASCON_R305: the original below, its attachments along', async () => {
    const ItemId = await original();
    expect(await smartForward(phone, { Source: { FolderId: inbox, ItemId }, Mime: forward, SaveInSentItems: true })).toBeUndefined();
    await eas.organization.settle();
    const [received] = await shownToBob();
    expect(received?.data['AirSyncBase:Body']?.Data).toMatch(/^Look\.[^]*All quiet\./);
    expect(received?.data['AirSyncBase:Attachments']?.Attachment.map(({ DisplayName }) => DisplayName)).toEqual(['table.txt']);
    expect(received?.data['Email2:ConversationIndex']?.length).toBe(10);
    expect((await findBySubject(phone, inbox, 'report')).data['Email2:LastVerbExecuted']).toBe(3);
  });

  it('MS-ASCMD_R3775: with ReplaceMime neither words nor attachments of the original', async () => {
    const ItemId = await original();
    await smartForward(phone, { Source: { FolderId: inbox, ItemId }, Mime: forward, ReplaceMime: true });
    await eas.organization.settle();
    const [received] = await shownToBob();
    expect([received?.data['AirSyncBase:Body']?.Data, received?.data['AirSyncBase:Attachments']]).toEqual(['Look.\r\n', undefined]);
  });

  it('MS-ASCMD_R4408: refuses an account that there is not, and Forwardees for mail', async () => {
    const ItemId = await original();
    expect(await smartForward(phone, { Source: { FolderId: inbox, ItemId }, Mime: forward, AccountId: 'InvalidValueAccountID' })).toBe(166);
    await open('16.1');
    const Source = { FolderId: inbox, ItemId: (await findBySubject(phone, inbox, 'report')).serverId };
    expect(await smartForward(phone, { Source, Forwardees: [{ ForwardeeEmail: 'bob@example.test' }] })).toBe(179);
    expect(await smartForward(phone, { Source })).toBe(103);
  });

  it('12.1: the query names the original', async () => {
    await open('12.1');
    const ItemId = await original();
    expect((await phone.post('SmartForward', Buffer.from(forward), { 'Content-Type': 'message/rfc822' }, { CollectionId: inbox, ItemId })).status).toBe(200);
    await eas.organization.settle();
    expect((await shownToBob())[0]?.data['AirSyncBase:Attachments']?.Attachment).toHaveLength(1);
  });

  describe('of meetings', () => {
    const zone = timeZone('UTC')!;
    const start = Date.UTC(2026, 11, 7, 10);
    const recurrence = { pattern: { kind: 'weekly', interval: 1, days: ['Monday'], firstDayOfWeek: 'Sunday' }, start: { year: 2026, month: 12, day: 7 }, range: { kind: 'numbered', count: 4 } } as const;

    /** What carol invites alice to: in alice's calendar, as the collection and the id of it. */
    async function invited(isSeries: boolean): Promise<{ readonly FolderId: string; readonly ItemId: string }> {
      const carol = session('carol');
      const calendar = await carol.distinguished('calendar');
      const times = isSeries ? propertiesOfSeries(createSeries({ recurrence, start, end: start + 3_600_000, zone })) : propertiesOfAppointment({ start, end: start + 3_600_000, zone });
      const meeting = await carol.createItem(calendar.id, {
        itemClass: 'IPM.Appointment', attachments: [], isRead: true, isAssociated: false,
        recipients: [{ type: 'to', name: 'Alice Archer', address: 'alice@example.test', addressType: 'SMTP' }],
        properties: { ...times, ...identityProperties(eas.organization.ids, start), PidTagSubject: 'council', PidLidLocation: 'Tower', PidLidAppointmentStateFlags: 1, PidLidResponseStatus: 1, PidLidBusyStatus: 2 },
      });
      await sendInvitations(carol, meeting);
      await eas.organization.settle();
      const [item] = await itemsIn(eas, 'calendar');
      const FolderId = await phone.collectionId('Calendar');
      return { FolderId, ItemId: `${FolderId}:${item!.id}` };
    }
    const invitation = async () => (await shownToBob()).find(({ data }) => data['Email:MessageClass'] === 'IPM.Schedule.Meeting.Request')?.data;

    it('MS-ASCMD_R5834: a series whole, so that it can be accepted', async () => {
      const Source = await invited(true);
      expect(await smartForward(phone, { Source, Mime: forward })).toBeUndefined();
      await eas.organization.settle();
      expect((await invitation())?.['Email:MeetingRequest']?.Recurrences).toMatchObject([{ Type: 1, Interval: 1, DayOfWeek: 2, Occurrences: 4 }]);
      expect((await itemsIn(eas, 'calendar', 'bob')).map((item) => valueOf(item, 'PidLidLocation'))).toEqual(['Tower']);
    });

    it('MS-ASCMD_R538 MS-ASEMAIL_R935 MS-ASEMAIL_R679 MS-ASEMAIL_R1493: one occurrence of it', async () => {
      const Source = await invited(true);
      expect(await smartForward(phone, { Source: { ...Source, InstanceId: '2026-12-14T10:00:00.000Z' }, Mime: forward })).toBeUndefined();
      await eas.organization.settle();
      const request = (await invitation())?.['Email:MeetingRequest'];
      expect(request).toMatchObject({ InstanceType: 3, RecurrenceId: '2026-12-14T10:00:00.000Z', StartTime: '2026-12-14T10:00:00.000Z' });
      expect(request).not.toHaveProperty('Recurrences');
    });

    it.each([['MS-ASCMD_R541: no time', '11/25/2026 6:00:00 PM', 104], ['no occurrence', '2026-12-15T10:00:00.000Z', 150]])('refuses an instance that is %s', async (_what, InstanceId, status) => {
      const Source = await invited(true);
      expect(await smartForward(phone, { Source: { ...Source, InstanceId }, Mime: forward })).toBe(status);
    });

    it('MS-ASCMD_R4919: refuses an instance of a meeting that does not recur with 146', async () => {
      const Source = await invited(false);
      expect(await smartForward(phone, { Source: { ...Source, InstanceId: '2026-12-07T10:00:00.000Z' }, Mime: forward })).toBe(146);
    });

    it('MS-ASCMD_R5420: a reply without an instance is about the series', async () => {
      const Source = await invited(true);
      expect(await smartReply(phone, { Source, Mime: mimeOf({ from: 'alice@example.test', to: 'bob@example.test', subject: 'RE: council', text: 'I come.' }) })).toBeUndefined();
      await eas.organization.settle();
      expect((await shownToBob())[0]?.data['AirSyncBase:Body']?.Data).toMatch(/^I come\.[^]*Subject: council/);
    });

    it('16.1: to Forwardees, with words of the client', async () => {
      await open('16.1');
      const Source = await invited(false);
      const Forwardees = [{ ForwardeeEmail: 'bob@example.test', ForwardeeName: 'Bob' }];
      expect(await smartForward(phone, { Source, Forwardees, 'AirSyncBase:Body': { Type: 1, Data: 'Come along.' } })).toBeUndefined();
      await eas.organization.settle();
      expect((await invitation())?.['AirSyncBase:Body']?.Data).toContain('Come along.');
      expect(await smartForward(phone, { Source, Forwardees, Mime: forward })).toBe(179);
    });

    it('an appointment of nobody else goes as an attachment', async () => {
      const calendar = await session().distinguished('calendar');
      const item = await session().createItem(calendar.id, { itemClass: 'IPM.Appointment', attachments: [], isRead: true, isAssociated: false, recipients: [], properties: { ...propertiesOfAppointment({ start, end: start + 1, zone }), PidTagSubject: 'alone' } });
      const FolderId = await phone.collectionId('Calendar');
      expect(await smartForward(phone, { Source: { FolderId, ItemId: `${FolderId}:${item.id}` }, Mime: forward })).toBeUndefined();
      await eas.organization.settle();
      expect((await shownToBob())[0]?.data['AirSyncBase:Attachments']?.Attachment).toHaveLength(1);
    });
  });
});
