import { createSeries, timeZone } from '@fauxchange/calendar';
import { identityProperties, propertiesOfSeries, valueOf } from '@fauxchange/mailbox';
import { fromXmlText } from '@fauxchange/wbxml';
import type { ActiveSyncEmulator } from '../src/index.ts';
import { encodeLongId } from '../src/long-id.ts';
import { eachTest, TestDevice } from './support/client.ts';
import { sessionOf } from './support/items.ts';

let eas: ActiveSyncEmulator;
let phone: TestDevice;
let inbox: string;
eachTest({ provisioning: 'none', seed: 'empty' }, async (emulator) => {
  eas = emulator;
  phone = new TestDevice(eas, 'alice', { version: '12.1' });
  inbox = await phone.collectionId('Inbox');
  await eas.organization.deliver('From: zoe@elsewhere.test\r\nTo: alice@example.test\r\nSubject: Original\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nOriginal words\r\n--b\r\nContent-Type: text/plain; name=file.txt\r\nContent-Disposition: attachment; filename=file.txt\r\n\r\nfile content\r\n--b--\r\n', { to: ['alice@example.test'] });
});

const session = (user: string) => sessionOf(eas, user);
async function newest(user: string, folder: 'inbox' | 'sentitems') {
  await eas.settle();
  return (await session(user).query([(await session(user).distinguished(folder)).id], { limit: 1 })).items[0];
}
const subjectOf = async (user: string, folder: 'inbox' | 'sentitems') => {
  const item = await newest(user, folder);
  return item && valueOf(item, 'PidTagSubject');
};
const mime = (subject: string): Buffer => Buffer.from(`From: alice@example.test\r\nTo: bob@example.test\r\nSubject: ${subject}\r\n\r\nNew words\r\n`);
const original = async () => {
  const item = await newest('alice', 'inbox');
  if (!item) throw new Error('no mail');
  return item;
};
const textOf = async (user: string): Promise<string> => {
  const item = await newest(user, 'inbox');
  const body = item?.body?.text ?? item?.body?.html;
  return body ? Buffer.from(await body.read()).toString('utf8') : '';
};

const codes = { Sync: 0, SendMail: 1, SmartForward: 2, SmartReply: 3, GetAttachment: 4, ItemOperations: 19 } as const;
const tags = { AttachmentName: 0, CollectionId: 1, ItemId: 3, LongId: 4, Occurrence: 6 } as const;
const options = { SaveInSent: 1, AcceptMultiPart: 2 } as const;

/** Either form of the query: names and values, or tags and bytes. */
type Form = 'plain' | 'base64';
function post(form: Form, command: keyof typeof codes, body: Uint8Array, parameters: Readonly<Record<string, string>>, type = 'message/rfc822'): Promise<Response> {
  if (form === 'plain') return phone.post(command, body, { 'Content-Type': type }, parameters);
  const bytes = [121, codes[command], 9, 4, 7, ...Buffer.from('DEVICE1'), 0, 10, ...Buffer.from('SmartPhone')];
  for (const [name, value] of Object.entries(parameters)) {
    if (name in tags) bytes.push(tags[name as keyof typeof tags], value.length, ...Buffer.from(value));
    else if (name in options && value === 'T') bytes.push(7, 1, options[name as keyof typeof options]);
  }
  return fetch(`${eas.endpoint}?${Buffer.from(bytes).toString('base64')}`, { method: 'POST', body: Buffer.from(body), headers: { Authorization: phone.authorization, 'Content-Type': type } });
}

describe.each<[Form, Readonly<Record<'saved' | 'notSaved' | 'reply' | 'forward', string>>]>([
  ['plain', {
    saved: 'MS-ASHTTP_R531 MS-ASHTTP_R530 MS-ASHTTP_R120 MS-ASHTTP_R121', notSaved: 'MS-ASHTTP_R437 MS-ASHTTP_R122',
    reply: 'MS-ASHTTP_R526 MS-ASHTTP_R527 MS-ASHTTP_R435 MS-ASHTTP_R436', forward: 'MS-ASHTTP_R116 MS-ASHTTP_R117 MS-ASHTTP_R517 MS-ASHTTP_R511',
  }],
  ['base64', {
    saved: 'MS-ASHTTP_R88 MS-ASHTTP_R532 MS-ASHTTP_R533 MS-ASHTTP_R486 MS-ASHTTP_R92 MS-ASHTTP_R93 MS-ASHTTP_R524 MS-ASHTTP_R525', notSaved: 'without the flag',
    reply: 'by tags', forward: 'by tags',
  }],
])('a query in %s', (form, ids) => {
  it(`${ids.saved}: SaveInSent keeps a copy of what is sent, answered or forwarded`, async () => {
    const source = { CollectionId: inbox, ItemId: `${inbox}:${(await original()).id}` };
    for (const [command, parameters] of [['SendMail', {}], ['SmartReply', source], ['SmartForward', source]] as const) {
      expect((await post(form, command, mime(`${command} kept`), { ...parameters, SaveInSent: 'T' })).status).toBe(200);
      expect(await subjectOf('alice', 'sentitems')).toBe(`${command} kept`);
      expect(await subjectOf('bob', 'inbox')).toBe(`${command} kept`);
    }
  });

  it(`${ids.notSaved}: nothing is kept otherwise`, async () => {
    for (const parameters of [{ SaveInSent: 'F' }, {}]) await post(form, 'SendMail', mime('gone'), parameters);
    expect([await subjectOf('bob', 'inbox'), await subjectOf('alice', 'sentitems')]).toEqual(['gone', undefined]);
  });

  it(`${ids.reply}: CollectionId and ItemId say what is answered`, async () => {
    const { id } = await original();
    expect((await post(form, 'SmartReply', mime('RE: Original'), { CollectionId: inbox, ItemId: `${inbox}:${id}` })).status).toBe(200);
    expect(await textOf('bob')).toMatch(/New words[^]*Original words/);
  });

  it(`${ids.forward}: and what is forwarded`, async () => {
    const { id } = await original();
    expect((await post(form, 'SmartForward', mime('FW: Original'), { CollectionId: inbox, ItemId: `${inbox}:${id}` })).status).toBe(200);
    expect(await textOf('bob')).toMatch(/New words[^]*Original words/);
    expect((await newest('bob', 'inbox'))?.attachments.map(({ name }) => name)).toContain('file.txt');
  });
});

describe('parameters of the query', () => {
  it('MS-ASHTTP_R118 MS-ASHTTP_R528 MS-ASHTTP_R512: LongId names what a search found', async () => {
    const LongId = encodeLongId(await original());
    for (const command of ['SmartReply', 'SmartForward'] as const) {
      expect((await post('plain', command, mime(command), { LongId })).status).toBe(200);
      expect(await textOf('bob')).toMatch(/New words[^]*Original words/);
    }
  });

  it('MS-ASHTTP_R115 MS-ASHTTP_R487 MS-ASHTTP_R490: AttachmentName names an attachment', async () => {
    const item = await original();
    for (const form of ['plain', 'base64'] as const) {
      const answer = await post(form, 'GetAttachment', new Uint8Array(), { AttachmentName: `${inbox}%3a${item.id}%3a${item.attachments[0]?.id ?? ''}` });
      expect([answer.status, (await answer.text()).trim()]).toEqual([200, 'file content']);
    }
  });

  it('MS-ASHTTP_R119 MS-ASHTTP_R529 MS-ASHTTP_R513: Occurrence names one of a series', async () => {
    const alice = session('alice');
    const start = Date.UTC(2026, 11, 7, 10);
    const zone = timeZone('UTC');
    if (!zone) throw new Error('no UTC');
    const recurrence = { pattern: { kind: 'weekly', interval: 1, days: ['Monday'], firstDayOfWeek: 'Sunday' }, start: { year: 2026, month: 12, day: 7 }, range: { kind: 'numbered', count: 4 } } as const;
    const times = propertiesOfSeries(createSeries({ recurrence, start, end: start + 3_600_000, zone }));
    const calendar = await alice.distinguished('calendar');
    const properties = { ...times, ...identityProperties(eas.organization.ids, start), PidTagSubject: 'council', PidLidAppointmentStateFlags: 1, PidLidResponseStatus: 1 };
    const item = await alice.createItem(calendar.id, { itemClass: 'IPM.Appointment', recipients: [{ type: 'to', name: 'Dave', address: 'dave@example.test', addressType: 'SMTP' }], attachments: [], properties, isRead: true, isAssociated: false });
    const id = await phone.collectionId('Calendar');
    const source = { CollectionId: id, ItemId: `${id}:${item.id}` };
    for (const command of ['SmartReply', 'SmartForward'] as const) {
      expect((await post('plain', command, mime(command), { ...source, Occurrence: new Date(start + 7 * 86_400_000).toISOString() })).status).toBe(200);
      expect((await post('plain', command, mime(command), { ...source, Occurrence: new Date(start + 86_400_000).toISOString() })).status).toBe(500);
    }
  });

  it('MS-ASHTTP_R534 MS-ASHTTP_R94 MS-ASHTTP_R95 MS-ASHTTP_R154 MS-ASHTTP_R155 MS-ASHTTP_R440: AcceptMultiPart, or its header, gives the answer in parts', async () => {
    const item = await original();
    const body = fromXmlText(`<ItemOperations xmlns="ItemOperations:"><Fetch><Store>Mailbox</Store><FileReference xmlns="AirSyncBase:">${inbox}%3a${item.id}%3a${item.attachments[0]?.id ?? ''}</FileReference></Fetch></ItemOperations>`);
    const type = 'application/vnd.ms-sync.wbxml';
    const typeOf = async (answer: Promise<Response>) => (await answer).headers.get('Content-Type');
    const withHeader = (value: string) => phone.post('ItemOperations', body, { 'MS-ASAcceptMultiPart': value });
    expect(await typeOf(post('base64', 'ItemOperations', body, { AcceptMultiPart: 'T' }, type))).toBe('application/vnd.ms-sync.multipart');
    expect(await typeOf(withHeader('T'))).toBe('application/vnd.ms-sync.multipart');
    for (const inline of [withHeader('F'), phone.post('ItemOperations', body)]) expect(await typeOf(inline)).toBe(type);
  });
});
