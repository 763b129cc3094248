import { valueOf, type WellKnownFolderName } from '@fauxchange/mailbox';
import type { ProtocolVersion } from '@fauxchange/wbxml';
import type { ActiveSyncEmulator } from '../src/index.ts';
import type { ApplicationData } from '../src/schema/application-data.ts';
import { eachTest, TestDevice } from './support/client.ts';
import { itemsIn } from './support/items.ts';
import { deliver, fetchOne, findBySubject, mimeOf } from './support/mail.ts';

let eas: ActiveSyncEmulator;
let phone: TestDevice;
let drafts: string;
eachTest({ provisioning: 'none', seed: 'empty' }, async (emulator) => {
  eas = emulator;
  await open();
});

async function open(version: ProtocolVersion = '16.1'): Promise<void> {
  phone = new TestDevice(eas, 'alice', { version });
  drafts = await phone.collectionId('Drafts');
  await phone.sync(drafts, {}, '0');
}

const subjects = async (folder: WellKnownFolderName, user?: string): Promise<readonly unknown[]> => (await itemsIn(eas, folder, user)).map((item) => valueOf(item, 'PidTagSubject'));

const letter: ApplicationData = { 'Email:To': '"Bob" <bob@example.test>', 'Email:Cc': 'carol@example.test', 'Email2:Bcc': 'dave@example.test', 'Email:Subject': 'letter', 'Email:Importance': 2, 'AirSyncBase:Body': { Type: 2, Data: '<p>Dear Bob</p>' } };
const add = async (data: ApplicationData, isSent = false) => (await phone.change(drafts, [['Add', { ClientId: '1', ...(isSent && { 'Email2:Send': true as const }), ApplicationData: data }]])).Responses?.[0]?.[1] as { readonly ServerId?: string; readonly Status: number; readonly ApplicationData?: ApplicationData };
const change = async (ServerId: string, data: ApplicationData | undefined, isSent = false) => (await phone.change(drafts, [['Change', { ServerId, ...(isSent && { 'Email2:Send': true as const }), ApplicationData: data }]])).Responses?.[0]?.[1] as { readonly Status: number; readonly ApplicationData?: ApplicationData } | undefined;
const shown = async (ServerId: string): Promise<ApplicationData> => (await fetchOne(phone, { 'AirSync:CollectionId': drafts, 'AirSync:ServerId': ServerId })).Properties ?? {};

describe('a draft', () => {
  it.each<[string, ProtocolVersion]>([['MS-ASEMAIL_R1184 MS-ASEMAIL_R1190', '16.0'], ['MS-ASEMAIL_R11850 MS-ASEMAIL_R11910', '16.1']])('%s MS-ASEMAIL_R1278: is added in %s, and its conversation told', async (_ids, version) => {
    await open(version);
    const { Status, ServerId = '', ApplicationData: told } = await add(letter);
    expect([Status, told?.['Email2:ConversationId']?.length, told?.['Email2:ConversationIndex']?.length]).toEqual([1, 16, 5]);
    expect(await shown(ServerId)).toMatchObject({
      'Email:To': '"Bob" <bob@example.test>', 'Email:Cc': '<carol@example.test>', 'Email2:Bcc': '<dave@example.test>', 'Email:Subject': 'letter', 'Email:Importance': 2, 'Email2:IsDraft': true,
      'AirSyncBase:Body': { Type: 2, EstimatedDataSize: 15, Data: '<p>Dear Bob</p>' },
    });
    expect(await phone.sync(drafts)).toBeUndefined();
  });

  it('MS-ASEMAIL_R1279: other mail is none', async () => {
    await deliver(eas, { subject: 'hello' });
    expect((await findBySubject(phone, await phone.collectionId('Inbox'), 'hello')).data['Email2:IsDraft']).toBe(false);
  });

  it('is changed element by element', async () => {
    const { ServerId = '' } = await add(letter);
    expect(await change(ServerId, { 'Email:Subject': 'second letter', 'Email:Cc': '' })).toBeUndefined();
    const after = await shown(ServerId);
    expect(after).toMatchObject({ 'Email:To': '"Bob" <bob@example.test>', 'Email:Subject': 'second letter', 'AirSyncBase:Body': { Data: '<p>Dear Bob</p>' } });
    expect(after).not.toHaveProperty('Email:Cc');
    expect(await phone.sync(drafts)).toBeUndefined();
  });

  it('has attachments added and deleted, and their references told', async () => {
    const attach = (ClientId: string, name: string) => ({ ClientId, Content: Buffer.from(name), DisplayName: name, Method: 1, ContentType: 'text/plain' });
    const { ServerId = '', ApplicationData: told } = await add({ ...letter, 'AirSyncBase:Attachments': { Attachment: [], Delete: [], Add: [attach('a', 'one.txt'), attach('b', 'two.txt')] } });
    const [first] = told?.['AirSyncBase:Attachments']?.Attachment ?? [];
    expect(told?.['AirSyncBase:Attachments']?.Attachment.map(({ ClientId }) => ClientId)).toEqual(['a', 'b']);
    const FileReference = first?.FileReference ?? '';
    expect((await fetchOne(phone, { 'AirSyncBase:FileReference': FileReference })).Properties?.Data).toBe(Buffer.from('one.txt').toString('base64'));
    const answer = await change(ServerId, { 'AirSyncBase:Attachments': { Attachment: [], Delete: [{ FileReference }], Add: [attach('c', 'three.txt')] } });
    expect(answer?.ApplicationData?.['AirSyncBase:Attachments']?.Attachment).toMatchObject([{ ClientId: 'c' }]);
    expect((await shown(ServerId))['AirSyncBase:Attachments']?.Attachment.map(({ DisplayName }) => DisplayName)).toEqual(['two.txt', 'three.txt']);
    expect((await change(ServerId, { 'AirSyncBase:Attachments': { Attachment: [], Delete: [{ FileReference }], Add: [] } }))?.Status).toBe(6);
  });

  it('is MIME as a whole, and then nothing beside it: 178', async () => {
    const mime = { Type: 4, Data: mimeOf({ from: 'alice@example.test', to: 'bob@example.test', subject: 'as mime', text: 'Signed' }) };
    const { ServerId = '', Status } = await add({ 'AirSyncBase:Body': mime });
    expect(Status).toBe(1);
    expect(await shown(ServerId)).toMatchObject({ 'Email:Subject': 'as mime', 'Email2:IsDraft': true });
    expect((await change(ServerId, { 'AirSyncBase:Body': mime, 'Email:Subject': 'x' }))?.Status).toBe(178);
  });

  it('is sent when it is added, and later', async () => {
    expect((await add(letter, true)).Status).toBe(1);
    expect([await subjects('drafts'), await subjects('sentitems'), await subjects('inbox', 'bob'), await subjects('inbox', 'dave')]).toEqual([[], ['letter'], ['letter'], ['letter']]);
    phone.keys.clear();
    await phone.sync(drafts, {}, '0');
    const { ServerId = '' } = await add({ ...letter, 'Email:Subject': 'later' });
    expect(await change(ServerId, { 'Email:Importance': 0 }, true)).toBeUndefined();
    expect([await subjects('drafts'), [...(await subjects('sentitems'))].sort()]).toEqual([[], ['later', 'letter']]);
    expect(await phone.sync(drafts)).toBeUndefined();
  });

  it('to nobody is not sent: 119', async () => {
    expect((await add({ 'Email:Subject': 'nobody' }, true)).Status).toBe(119);
    expect(await subjects('sentitems')).toEqual([]);
  });

  it.each<[what: string, data: ApplicationData]>([
    ['a flag of the server', { ...letter, 'Email2:IsDraft': true }],
    ['a body of a type that there is not', { ...letter, 'AirSyncBase:Body': { Type: 7, Data: 'x' } }],
  ])('is refused with 6: %s', async (_what, data) => {
    expect((await add(data)).Status).toBe(6);
  });

  it('is not added elsewhere, nor before 16.0', async () => {
    const inbox = await phone.collectionId('Inbox');
    await phone.sync(inbox, {}, '0');
    expect((await phone.change(inbox, [['Add', { ClientId: '1', ApplicationData: letter }]])).Responses?.[0]?.[1].Status).toBe(6);
    await open('14.1');
    expect((await add({ 'Email:Subject': 'x' })).Status).toBe(6);
  });
});
