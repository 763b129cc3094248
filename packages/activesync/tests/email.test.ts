import { binary } from '@fauxchange/properties';
import type { Properties } from '@fauxchange/mailbox';
import type { ProtocolVersion } from '@fauxchange/wbxml';
import type { ActiveSyncEmulator } from '../src/index.ts';
import type { ApplicationData } from '../src/schema/application-data.ts';
import { FindRequest, FindResponse } from '../src/schema/find.ts';
import { eachTest, noOptions, TestDevice } from './support/client.ts';
import { sessionOf } from './support/items.ts';
import { deliver, filePart, findBySubject, sendMail, mimeOf, shownBySync } from './support/mail.ts';

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
async function changeStored(changes: Parameters<ReturnType<typeof session>['updateItem']>[1]): Promise<void> {
  const folder = await session().distinguished('inbox');
  for (const { id } of (await session().query([folder.id], { limit: 9 })).items) await session().updateItem(id, changes);
}
const setProperties = (properties: Properties): Promise<void> => changeStored({ properties });
const mail = async (subject = 'hello'): Promise<ApplicationData> => (await findBySubject(phone, inbox, subject)).data;
async function change(data: ApplicationData, subject = 'hello'): Promise<number | undefined> {
  const { serverId } = await findBySubject(phone, inbox, subject);
  return (await phone.change(inbox, [['Change', { ServerId: serverId, ApplicationData: data }]])).Responses?.[0]?.[1].Status;
}

describe('the envelope', () => {
  it('MS-ASEMAIL_R787 MS-ASEMAIL_R331 MS-ASEMAIL_R711 MS-ASEMAIL_R400 MS-ASEMAIL_R641: people, each element in its form', async () => {
    await deliver(eas, { to: 'Alice Archer <alice@example.test>, bob@example.test', headers: ['Cc: "Grace, G." <grace@contoso.test>, carol@example.test', 'Reply-To: Desk <desk@contoso.test>, other@contoso.test', 'Importance: high'] });
    expect(await mail()).toMatchObject({
      'Email:To': '"Alice Archer" <alice@example.test>, "Bob Baker" <bob@example.test>',
      'Email:Cc': '"Grace, G." <grace@contoso.test>, "Carol Chaudhry" <carol@example.test>',
      'Email:From': '"Zoe Zander" <zoe@elsewhere.test>',
      'Email:ReplyTo': '"Desk" <desk@contoso.test>; <other@contoso.test>',
      'Email:DisplayTo': 'Alice Archer; Bob Baker',
      'Email:Subject': 'hello', 'Email:ThreadTopic': 'hello', 'Email:Importance': 2, 'Email:Read': false, 'Email:MessageClass': 'IPM.Note', 'Email:InternetCPID': '65001',
      'Email:ContentClass': 'urn:content-classes:message', 'Email:DateReceived': expect.stringMatching(/^20\d\d-.*Z$/) as string,
    });
  });

  it('of nobody to too many: To ends before somebody who does not fit', async () => {
    const people = Array.from({ length: 1500 }, (_, n) => `Person Number ${n} <person${n}@elsewhere.test>`);
    await deliver(eas, { to: people.join(',\r\n ') });
    const { 'Email:To': to = '' } = await mail();
    expect(to.length).toBeLessThanOrEqual(32_768);
    expect(to).toMatch(/>$/);
    await deliver(eas, { to: '', subject: 'nobody' });
    expect(await mail('nobody')).not.toHaveProperty('Email:To');
  });

  it('MS-ASEMAIL_R722 MS-ASEMAIL_R724 MS-ASEMAIL_R1073 MS-ASEMAIL_R726 MS-ASEMAIL_R1065: Sender where it is somebody else than From', async () => {
    await deliver(eas, { headers: ['Sender: Desk <desk@elsewhere.test>'] });
    await deliver(eas, { subject: 'plain' });
    expect(await mail()).toMatchObject({ 'Email:From': '"Zoe Zander" <zoe@elsewhere.test>', 'Email2:Sender': '"Desk" <desk@elsewhere.test>' });
    expect(await mail('plain')).not.toHaveProperty('Email2:Sender');
  });

  it('MS-ASEMAIL_R649: ReceivedAsBcc only where it is so, and not for members of a group', async () => {
    await deliver(eas, { to: 'bob@example.test' });
    await deliver(eas, { subject: 'direct' });
    await deliver(eas, { subject: 'group', to: 'team@example.test' }, 'team@example.test');
    expect((await mail())['Email2:ReceivedAsBcc']).toBe(true);
    expect(await mail('direct')).not.toHaveProperty('Email2:ReceivedAsBcc');
    expect((await shownBySync(phone, inbox)).find(({ data }) => data['Email:Subject'] === 'group')?.data['Email2:ReceivedAsBcc']).toBeUndefined();
  });

  it('MS-ASEMAIL_R318: Categories are there when there are none', async () => {
    await deliver(eas, {});
    expect((await mail())['Email:Categories']).toEqual([]);
    await setProperties({ PidNameKeywords: ['Red', 'Blue'] });
    expect((await mail())['Email:Categories']).toEqual(['Red', 'Blue']);
  });
});

describe('versions', () => {
  const late = ['Email2:ConversationId', 'Email:Categories', 'Email2:IsDraft', 'AirSyncBase:NativeBodyType', 'Email:Flag'];
  it.each<[ProtocolVersion, readonly string[]]>([
    ['12.1', ['AirSyncBase:NativeBodyType', 'Email:Flag']],
    ['14.0', ['Email2:ConversationId', 'Email:Categories', 'AirSyncBase:NativeBodyType', 'Email:Flag']],
    ['14.1', ['Email2:ConversationId', 'Email:Categories', 'AirSyncBase:NativeBodyType', 'Email:Flag']],
    ['16.1', late],
  ])('%s has its elements and no other', async (version, expected) => {
    await open(version);
    await deliver(eas, {});
    const shown = Object.keys(await mail());
    expect(late.filter((name) => shown.includes(name)).sort()).toEqual([...expected].sort());
  });
});

describe('what a client changes', () => {
  beforeEach(() => deliver(eas, {}));

  it('MS-ASEMAIL_R640: Read', async () => {
    expect(await change({ 'Email:Read': true })).toBeUndefined();
    expect((await mail())['Email:Read']).toBe(true);
  });

  it('MS-ASEMAIL_R319 MS-ASEMAIL_R320: Categories by a list, by none, and not by leaving them out', async () => {
    const categories = async (): Promise<unknown> => (await mail())['Email:Categories'];
    expect(await change({ 'Email:Categories': ['Red'] })).toBeUndefined();
    expect(await categories()).toEqual(['Red']);
    await change({ 'Email:Read': true });
    expect(await categories()).toEqual(['Red']);
    await change({ 'Email:Categories': [] });
    expect(await categories()).toEqual([]);
  });

  it.each<[what: string, data: ApplicationData]>([
    ['MS-ASEMAIL_R347: ConversationId', { 'Email2:ConversationId': Buffer.alloc(16) }],
    ['MS-ASEMAIL_R648: ReceivedAsBcc', { 'Email2:ReceivedAsBcc': false }],
    ['MS-ASEMAIL_R723: Sender', { 'Email2:Sender': 'bob@example.test' }],
    ['MS-ASEMAIL_R817: UmCallerID', { 'Email2:UmCallerID': '123' }],
    ['MS-ASEMAIL_R835: UmUserNotes', { 'Email2:UmUserNotes': 'x' }],
    ['the subject', { 'Email:Subject': 'other' }],
    ['the body', { 'AirSyncBase:Body': { Type: 1, Data: 'other' } }],
  ])('is refused with 6: %s', async (_what, data) => {
    expect(await change(data)).toBe(6);
    expect((await mail())['Email:Subject']).toBe('hello');
  });

  it('mail is not added: 6', async () => {
    const sync = await phone.sync(inbox, {}, '0');
    expect(sync?.Status).toBe(1);
    const answer = await phone.change(inbox, [['Add', { ClientId: '1', ApplicationData: { 'Email:Subject': 'new' } }]]);
    expect(answer.Responses).toEqual([['Add', { ClientId: '1', Status: 6 }]]);
  });
});

describe('conversations', () => {
  const index = async (subject: string): Promise<Buffer> => Buffer.from((await mail(subject))['Email2:ConversationIndex'] ?? []);

  it('MS-ASEMAIL_R350 MS-ASEMAIL_R351 MS-ASCON_R304 MS-ASCON_R90 MS-ASCON_R95 MS-ASCON_R192 MS-ASCON_R194: id and index of what is sent', async () => {
    await sendMail(phone, mimeOf({ from: 'alice@example.test', to: 'alice@example.test', subject: 'note' }));
    await eas.organization.settle();
    const { 'Email2:ConversationId': id, 'Email2:ConversationIndex': times } = await mail('note');
    expect([id?.length, times?.length]).toEqual([16, 5]);
    // The upper bytes of a FILETIME: units of 100 ns since 1601, 2^24 of them a step.
    const sent = Number((Buffer.concat([Buffer.from([1]), Buffer.from(times ?? [])]).readUIntBE(0, 6))) * 2 ** 16 / 10_000 - 11_644_473_600_000;
    expect(Math.abs(sent - eas.clock.now())).toBeLessThan(60_000);
  });

  it('MS-ASCON_R77: no id where there is none', async () => {
    await deliver(eas, {});
    const folder = await session().distinguished('inbox');
    const [item] = (await session().query([folder.id], { limit: 1 })).items;
    await session().updateItem(item!.id, { properties: { PidTagConversationId: undefined } }, { isRestored: true });
    expect(await mail()).not.toHaveProperty('Email2:ConversationId');
  });

  it('has five bytes for every level below the first', async () => {
    await deliver(eas, {});
    await setProperties({ PidTagConversationIndex: binary.from(Buffer.from([1, 2, 3, 4, 5, 6, ...Buffer.alloc(16, 9), 7, 7, 7, 7, 7, 8, 8, 8, 8, 8])) });
    expect((await index('hello')).toString('hex')).toBe('020304050607070707070808080808');
  });
});

describe('voice mail', () => {
  const voice: Properties = { PidTagSenderTelephoneNumber: '+44 20 7946 0101', PidNameAudioNotes: 'call back', PidTagVoiceMessageDuration: 42, PidTagVoiceMessageAttachmentOrder: 'old.wav;new.wav' };
  beforeEach(() => deliver(eas, { parts: [filePart('old.wav', 'a'), filePart('new.wav', 'b')] }));

  it('MS-ASEMAIL_R799 MS-ASEMAIL_R803 MS-ASEMAIL_R805 MS-ASEMAIL_R808 MS-ASEMAIL_R809 MS-ASEMAIL_R812 MS-ASEMAIL_R829 MS-ASEMAIL_R933: who called, how long, in which order', async () => {
    await changeStored({ itemClass: 'IPM.Note.Microsoft.Voicemail.UM', properties: voice });
    const { 'Email2:UmCallerID': caller, 'Email2:UmUserNotes': notes, 'AirSyncBase:Attachments': attachments } = await mail();
    expect([caller, notes]).toEqual(['+44 20 7946 0101', 'call back']);
    expect(attachments?.Attachment.map(({ DisplayName, 'Email2:UmAttOrder': order, 'Email2:UmAttDuration': duration }) => [DisplayName, order, duration])).toEqual([['old.wav', 2, undefined], ['new.wav', 1, 42]]);
  });

  it('MS-ASEMAIL_R804 MS-ASEMAIL_R811: nothing of it on other mail', async () => {
    await setProperties(voice);
    const { 'Email2:UmCallerID': caller, 'AirSyncBase:Attachments': attachments } = await mail();
    expect([caller, attachments?.Attachment.map((one) => [one['Email2:UmAttOrder'], one['Email2:UmAttDuration']])]).toEqual([undefined, [[undefined, undefined], [undefined, undefined]]]);
  });
});

it('MS-ASEMAIL_R6000: Find answers with mail that holds the words', async () => {
  await open('16.1');
  await deliver(eas, { subject: 'barometer' });
  const ExecuteSearch = { MailBoxSearchCriterion: { Query: { 'AirSync:Class': 'Email', 'AirSync:CollectionId': inbox, FreeText: 'barometer' }, Options: { Range: '0-9' } } };
  const { value } = await phone.command(FindRequest, FindResponse, { SearchId: '1', ExecuteSearch });
  expect(value?.Response?.Result).toMatchObject([{ 'AirSync:Class': 'Email', 'AirSync:CollectionId': inbox, Properties: { 'Email:Subject': 'barometer' } }]);
});

describe('text messages', () => {
  const both = { Options: [{ ...noOptions, Class: ['Email'] }, { ...noOptions, Class: ['SMS'] }] };
  const text: ApplicationData = { 'Email:From': '"Ann" [MOBILE:+441234]', 'Email:To': '"Alice" [MOBILE:+445678]', 'Email:DateReceived': '2026-11-20T10:00:00.000Z', 'Email:Importance': 1, 'Email:Read': false, 'AirSyncBase:Body': { Type: 1, Data: 'See you' } };

  it('MS-ASCMD_R934: are brought by a phone, and told beside mail to whom asks for them', async () => {
    await phone.sync(inbox, both, '0');
    const answer = await phone.change(inbox, [['Add', { Class: 'SMS', ClientId: '1', ApplicationData: text }]], both);
    expect(answer.Responses).toEqual([['Add', { Class: 'SMS', ClientId: '1', ServerId: expect.stringContaining(':') as string, Status: 1 }]]);
    const tablet = new TestDevice(eas, 'alice', { id: 'DEVICE2' });
    const id = await tablet.collectionId('Inbox');
    await deliver(eas, {});
    expect([...(await tablet.syncAll(id, both))].reverse()).toMatchObject([['Add', { ApplicationData: { 'Email:From': '"Ann" [MOBILE:+441234]', 'Email:To': '"Alice" [MOBILE:+445678]', 'Email:MessageClass': 'IPM.Note.Mobile.SMS', 'AirSyncBase:Body': { Data: 'See you' } } }], ['Add', { ApplicationData: { 'Email:Subject': 'hello' } }]]);
    expect(await tablet.syncAll(id)).toHaveLength(1);
  });

  it('came with 14.0: 6 before', async () => {
    await open('12.1');
    await phone.sync(inbox, {}, '0');
    expect((await phone.change(inbox, [['Add', { Class: 'SMS', ClientId: '1', ApplicationData: { 'Email:Subject': 'x' } }]])).Responses?.[0]?.[1].Status).toBe(6);
  });
});

describe('attachments', () => {
  const attachment = async (subject = 'hello') => (await mail(subject))['AirSyncBase:Attachments']?.Attachment;

  it('MS-ASAIRS_R225 MS-ASAIRS_R160 MS-ASAIRS_R1343: a file, with the id by which the message refers to it', async () => {
    await deliver(eas, { parts: [filePart('note.txt', 'hello', 'Content-ID: <part1@elsewhere.test>')] });
    expect(await attachment()).toEqual([{ DisplayName: 'note.txt', FileReference: expect.stringMatching(new RegExp(`^${inbox}%3a\\d+%3a0$`)) as string, Method: 1, EstimatedDataSize: 5, ContentId: 'part1@elsewhere.test' }]);
  });

  it('MS-ASAIRS_R2299 MS-ASAIRS_R100298: a message, whose name ends in .eml, and which is not inline', async () => {
    await deliver(eas, { parts: [['Content-Type: message/rfc822', '', mimeOf({ subject: 'inner' })].join('\r\n')] });
    const [one] = (await attachment()) ?? [];
    expect(one).toMatchObject({ Method: 5, DisplayName: expect.stringMatching(/\.eml$/) as string });
    expect(one).not.toHaveProperty('IsInline');
  });

  it('MS-ASAIRS_R10020 MS-ASAIRS_R100299: a picture within the text', async () => {
    await deliver(eas, { html: '<p><img src="cid:pic@x"></p>', parts: ['Content-Type: image/png; name="p.png"\r\nContent-Disposition: inline; filename="p.png"\r\nContent-ID: <pic@x>\r\n\r\nxx'] });
    expect(await attachment()).toMatchObject([{ DisplayName: 'p.png', IsInline: true, ContentId: 'pic@x' }]);
  });

  it('MS-ASAIRS_R230: an embedded object', async () => {
    await deliver(eas, { parts: ['Content-Type: application/x-ole; name="o.bin"\r\nContent-Disposition: attachment; filename="o.bin"\r\n\r\nxx'] });
    expect(await attachment()).toMatchObject([{ Method: 6 }]);
  });

  it('2.5 and 12.1 have their own form', async () => {
    await deliver(eas, { parts: [filePart('note.txt', 'hello')] });
    await open('2.5');
    const [{ data } = { data: {} as ApplicationData }] = await shownBySync(phone, inbox, { Class: 'Email', Options: [noOptions] });
    expect(data['Email:Attachments']).toEqual([{ AttName: expect.stringContaining('%3a') as string, AttSize: 5, AttMethod: 1, DisplayName: 'note.txt' }]);
  });
});
