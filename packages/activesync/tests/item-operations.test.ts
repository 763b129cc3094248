import { valueOf, type WellKnownFolderName } from '@fauxchange/mailbox';
import { decodeDocument, encodeDocument, type ProtocolVersion } from '@fauxchange/wbxml';
import type { ActiveSyncEmulator } from '../src/index.ts';
import { decodeFileReference } from '../src/mapping/attachments.ts';
import { FolderCreateRequest, FolderCreateResponse } from '../src/schema/folder-hierarchy.ts';
import { GetHierarchyResponse } from '../src/schema/legacy-commands.ts';
import { ItemOperationsRequest } from '../src/schema/item-operations.ts';
import { eachTest, TestDevice } from './support/client.ts';
import { itemsIn, sessionOf } from './support/items.ts';
import { deliver, fetchOne, fetchOptions, filePart, findBySubject, operate, shownByFetch, shownBySearch, shownBySync } from './support/mail.ts';
import { expectValid } from './support/xsd.ts';

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
const subjects = async (folder: WellKnownFolderName): Promise<readonly unknown[]> => (await itemsIn(eas, folder)).map((item) => valueOf(item, 'PidTagSubject')).sort();

describe('Fetch of an item', () => {
  it('MS-ASCMD_R4153 MS-ASEMAIL_R61 MS-ASCMD_R5503: by its ids, whole, with its class', async () => {
    await deliver(eas, { subject: 'one' });
    const { serverId, data } = await findBySubject(phone, inbox, 'one');
    const answer = await operate(phone, [['Fetch', { Store: 'Mailbox', 'AirSync:CollectionId': inbox, 'AirSync:ServerId': serverId }]]);
    expect(answer).toEqual({ Status: 1, Response: { Move: [], EmptyFolderContents: [], Fetch: [{ Status: 1, 'AirSync:CollectionId': inbox, 'AirSync:ServerId': serverId, 'AirSync:Class': 'Email', Properties: data }] } });
  });

  it('by a long id that Search told', async () => {
    await deliver(eas, { subject: 'one', text: 'barometer' });
    const { LongId } = await shownBySearch(phone, inbox, 'barometer');
    const one = await fetchOne(phone, { 'Search:LongId': LongId });
    expect([one.Status, one['Search:LongId'], one.Properties?.['Email:Subject']]).toEqual([1, LongId, 'one']);
    expect((await fetchOne(phone, { 'Search:LongId': 'bm9uZQ' })).Status).toBe(6);
  });

  it('MS-ASEMAIL_R63: nothing but what Schema names', async () => {
    await deliver(eas, { subject: 'one' });
    const { serverId } = await findBySubject(phone, inbox, 'one');
    const Schema = { 'Email:Subject': true, 'Email:To': true } as never;
    expect(await shownByFetch(phone, inbox, serverId, { Schema })).toEqual({ 'Email:Subject': 'one', 'Email:To': '"Alice Archer" <alice@example.test>' });
  });

  it('goes on after what cannot be fetched', async () => {
    await deliver(eas, { subject: 'one' });
    const { serverId } = await findBySubject(phone, inbox, 'one');
    const ids = { Store: 'Mailbox', 'AirSync:CollectionId': inbox };
    const answer = await operate(phone, [['Fetch', { ...ids, 'AirSync:ServerId': `${inbox}:99999` }], ['Fetch', { ...ids, 'AirSync:ServerId': serverId }]]);
    expect([answer?.Status, answer?.Response?.Fetch.map(({ Status }) => Status)]).toEqual([1, [6, 1]]);
  });

  it.each<[what: string, fetch: Parameters<typeof fetchOne>[1], status: number]>([
    ['MS-ASCMD_R4158: an item that there is not', { 'AirSync:CollectionId': '?', 'AirSync:ServerId': 'InvalidServerID' }, 6],
    ['a collection that there is not', { 'AirSync:CollectionId': '999', 'AirSync:ServerId': '999:1' }, 6],
    ['no ids', {}, 2],
    ['MS-ASCMD_R4161: a store that there is not', { Store: 'InvalidStore', 'AirSync:CollectionId': '?', 'AirSync:ServerId': '' }, 9],
    ['MS-ASCMD_R4156: a link that is none', { Store: 'DocumentLibrary', 'DocumentLibrary:LinkId': '//invalidURI' }, 4],
    ['MS-ASCMD_R5886: a library that is not there, with a password of 256 characters', { Store: 'DocumentLibrary', 'DocumentLibrary:LinkId': '\\\\server\\share\\file.txt', Options: fetchOptions({ UserName: 'alice', Password: 'x'.repeat(256) }) }, 7],
    ['MS-ASCMD_R196: the recipient information cache', { 'AirSync:CollectionId': 'RI', 'AirSync:ServerId': 'RI:1' }, 16],
    ['MS-ASCMD_R4166: an attachment that there is not', { 'AirSyncBase:FileReference': 'InvalidAttachmentID' }, 15],
    ['MS-ASAIRS_R214: an attachment without a name', { 'AirSyncBase:FileReference': '' }, 15],
  ])('refuses %s', async (_what, fetch, status) => {
    const ids = fetch['AirSync:CollectionId'] === '?' ? { 'AirSync:CollectionId': inbox } : {};
    const answer = await operate(phone, [['Fetch', { Store: 'Mailbox', ...fetch, ...ids }]]);
    expect([answer?.Status, answer?.Response?.Fetch[0]?.Status]).toEqual([1, status]);
  });

  it('of more than a hundred is too much: 11', async () => {
    expect((await operate(phone, Array.from({ length: 101 }, () => ['Fetch', { Store: 'x' }] as const)))?.Status).toBe(11);
  });
});

describe('Fetch of an attachment', () => {
  const reference = async (subject = 'files', place = 0): Promise<string> => (await findBySubject(phone, inbox, subject)).data['AirSyncBase:Attachments']?.Attachment[place]?.FileReference ?? '';
  const content = '0123456789';
  beforeEach(() => deliver(eas, { subject: 'files', parts: [filePart('digits.txt', content), filePart('empty.txt', ''), 'Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\ninside'] }));
  const fetch = async (range?: string, name?: string) => fetchOne(phone, { 'AirSyncBase:FileReference': name ?? (await reference()), Options: fetchOptions({ Range: range }) });

  it('MS-ASCMD_R3716 MS-ASCMD_R2301 MS-ASCMD_R234: whole, as base64', async () => {
    const one = await fetch();
    expect(one).toEqual({ Status: 1, 'AirSyncBase:FileReference': await reference(), Properties: { 'AirSyncBase:ContentType': 'text/plain', Data: Buffer.from(content).toString('base64') } });
  });

  it.each([['0-3', '0-3', '0123'], ['4-4', '4-4', '4'], ['8-100', '8-9', '89']])('a range: %s', async (range, told, part) => {
    expect((await fetch(range)).Properties).toEqual({ Range: told, Total: 10, 'AirSyncBase:ContentType': 'text/plain', Data: Buffer.from(part).toString('base64') });
  });

  it.each([['MS-ASCMD_R4160: behind the end', '10-20', 8], ['MS-ASCMD_R4160: backwards', '5-2', 8], ['MS-ASCMD_R4163: too much', '0-10240000', 11]])('refuses a range: %s', async (_what, range, status) => {
    expect((await fetch(range)).Status).toBe(status);
  });

  it('MS-ASCMD_R4162: a range of nothing is 10', async () => {
    expect((await fetch('0-1', await reference('files', 1))).Status).toBe(10);
  });

  it('an attached message is its MIME', async () => {
    const { Properties } = await fetch(undefined, await reference('files', 2));
    expect(Properties?.['AirSyncBase:ContentType']).toBe('message/rfc822');
    expect(Buffer.from(Properties?.Data as string, 'base64').toString()).toMatch(/Subject: inner\r\n[^]*inside/);
  });

  it('MS-ASCMD_R2302 MS-ASCMD_R5505 MS-ASCMD_R236: multipart has the bytes behind the document', async () => {
    const request = [['Fetch', { Store: 'Mailbox', 'AirSyncBase:FileReference': await reference() }]] as const;
    const answer = await phone.post('ItemOperations', encodeDocument(ItemOperationsRequest, request, { version: '14.1' }), { 'MS-ASAcceptMultiPart': 'T' });
    expect(answer.headers.get('content-type')).toBe('application/vnd.ms-sync.multipart');
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.subarray(-10).toString()).toBe(content);
  });

  it('reads references in either case of their escapes, and none that are not ours', () => {
    expect(decodeFileReference('5%3A12%3a0')).toEqual({ collectionId: '5', itemId: 12, attachmentId: 0 });
    for (const none of ['', '5', '5:12', 'a:b:c', '5:12:0:1', `5:${'1'.repeat(30)}:0`]) expect(decodeFileReference(none)).toBeUndefined();
  });
});

describe('GetAttachment', () => {
  it('MS-ASCMD_R157 MS-ASCMD_R160 MS-ASCMD_R5501: bytes for the name that the attachment has', async () => {
    await open('12.1');
    await deliver(eas, { subject: 'files', parts: [filePart('digits.txt', '0123')] });
    const name = (await findBySubject(phone, inbox, 'files')).data['AirSyncBase:Attachments']?.Attachment[0]?.FileReference ?? '';
    const answer = await phone.post('GetAttachment', undefined, {}, { AttachmentName: name });
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([200, 'text/plain', '0123']);
  });

  it('MS-ASCMD_R166: 500 for one that is gone, 501 for versions without the command', async () => {
    await open('12.1');
    await deliver(eas, { subject: 'files', parts: [filePart('digits.txt', '0123')] });
    const { serverId, data } = await findBySubject(phone, inbox, 'files');
    await phone.change(inbox, [['Delete', { ServerId: serverId }]], { DeletesAsMoves: '0' });
    const [item] = await itemsIn(eas, 'recoverableitemsdeletions');
    await session().removeItems([item!.id], 'hard');
    expect((await phone.post('GetAttachment', undefined, {}, { AttachmentName: data['AirSyncBase:Attachments']?.Attachment[0]?.FileReference ?? '' })).status).toBe(500);
    expect((await phone.post('GetAttachment', undefined)).status).toBe(500);
    await open('14.1');
    expect((await phone.post('GetAttachment', undefined)).status).toBe(501);
    expect((await phone.post('GetHierarchy', undefined)).status).toBe(501);
  });
});

it('MS-ASCMD_R6024 MS-ASCMD_R6025 MS-ASCMD_R6026 MS-ASCMD_R7505 MS-ASCMD_R7507 MS-ASCMD_R6031 MS-ASCMD_R6032: GetHierarchy tells folders of mail, with the ids that FolderSync and FolderCreate told', async () => {
  await open('12.1');
  const { Changes } = await phone.folderSync('0');
  const answer = await phone.post('GetHierarchy', undefined);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  expectValid(bytes);
  const { Folder } = decodeDocument(bytes, GetHierarchyResponse, { version: '12.1' });
  expect(Folder.map(({ DisplayName }) => DisplayName)).toEqual(expect.arrayContaining(['Inbox', 'Sent Items', 'Deleted Items', 'Drafts', 'Outbox']));
  expect(Folder.map(({ DisplayName }) => DisplayName)).not.toEqual(expect.arrayContaining(['Calendar']));
  for (const folder of Folder) expect(Changes?.Add).toContainEqual(folder);
  const created = await phone.command(FolderCreateRequest, FolderCreateResponse, { SyncKey: phone.folderKey, ParentId: '0', DisplayName: 'Mine', Type: 12 });
  const after = decodeDocument(new Uint8Array(await (await phone.post('GetHierarchy', undefined)).arrayBuffer()), GetHierarchyResponse, { version: '12.1' });
  expect(after.Folder.find(({ DisplayName }) => DisplayName === 'Mine')?.ServerId).toBe(created.value?.ServerId);
});

describe('EmptyFolderContents', () => {
  const empty = (id: string, withSubfolders?: boolean) => operate(phone, [['EmptyFolderContents', { 'AirSync:CollectionId': id, ...(withSubfolders && { Options: { DeleteSubFolders: true as const } }) }]]);
  async function fill(): Promise<void> {
    await deliver(eas, { subject: 'one' });
    const { id } = await session().distinguished('inbox');
    await session().createFolder(id, { displayName: 'below', folderClass: 'IPF.Note' });
  }
  const below = async (): Promise<number> => (await session().folders((await session().distinguished('inbox')).id, 'shallow')).length;

  it('MS-ASCMD_R199 MS-ASCMD_R2244: the items, and not the folders below', async () => {
    await fill();
    expect(await empty(inbox)).toEqual({ Status: 1, Response: { Move: [], Fetch: [], EmptyFolderContents: [{ Status: 1, 'AirSync:CollectionId': inbox }] } });
    expect([await subjects('inbox'), await below()]).toEqual([[], 1]);
  });

  it('MS-ASCMD_R2243: the folders below, too', async () => {
    await fill();
    await empty(inbox, true);
    expect([await subjects('inbox'), await below()]).toEqual([[], 0]);
  });

  it.each([['MS-ASCMD_R4167: the recipient information cache', 'RI', 16], ['a folder that there is not', '999', 6]])('refuses %s', async (_what, id, status) => {
    const answer = await empty(id);
    expect([answer?.Status, answer?.Response?.EmptyFolderContents[0]?.Status]).toEqual([1, status]);
  });
});

describe('Move', () => {
  const thread = { headers: ['Message-ID: <a@elsewhere.test>'] };
  const reply = { headers: ['Message-ID: <b@elsewhere.test>', 'In-Reply-To: <a@elsewhere.test>', 'References: <a@elsewhere.test>'] };
  const conversation = async (): Promise<Uint8Array> => (await findBySubject(phone, inbox, 'first')).data['Email2:ConversationId'] ?? new Uint8Array();
  async function move(DstFldId: string, ConversationId: Uint8Array, always = true): Promise<number | undefined> {
    const answer = await operate(phone, [['Move', { ConversationId, DstFldId, ...(always && { Options: { MoveAlways: true as const } }) }]]);
    expect(answer?.Status).toBe(1);
    expect(Buffer.from(answer?.Response?.Move[0]?.ConversationId ?? [])).toEqual(Buffer.from(ConversationId));
    return answer?.Response?.Move[0]?.Status;
  }
  async function folder(name: string): Promise<string> {
    const { id } = await session().distinguished('msgfolderroot');
    await session().createFolder(id, { displayName: name, folderClass: 'IPF.Note' });
    return phone.collectionId(name);
  }
  const inFolder = async (name: string): Promise<readonly unknown[]> => (await shownBySync(phone, await phone.collectionId(name))).map(({ data }) => data['Email:Subject']).sort();

  beforeEach(async () => {
    await deliver(eas, { subject: 'first', ...thread });
    await deliver(eas, { subject: 'second', ...reply });
    await deliver(eas, { subject: 'other' });
  });

  it('MS-ASCMD_R201 MS-ASCMD_R3465 MS-ASCON_R130 MS-ASCON_R172 MS-ASCON_R215 MS-ASCON_R216 MS-ASCON_R143 MS-ASCON_R68 MS-ASCON_R118: all of the conversation, and what will come, but for what was sent', async () => {
    const { id } = await session().distinguished('sentitems');
    const [, second] = [...(await itemsIn(eas, 'inbox'))].sort((a, b) => String(valueOf(a, 'PidTagSubject')).localeCompare(String(valueOf(b, 'PidTagSubject'))));
    await session().copyItems([(await itemsIn(eas, 'inbox')).find((item) => valueOf(item, 'PidTagSubject') === 'first')!.id], { session: session(), folderId: id });
    expect(second).toBeDefined();
    const project = await folder('Project');
    expect(await move(project, await conversation())).toBe(1);
    expect([await subjects('inbox'), await inFolder('Project'), await subjects('sentitems')]).toEqual([['other'], ['first', 'second'], ['first']]);
    await deliver(eas, { subject: 'third', headers: ['In-Reply-To: <b@elsewhere.test>', 'References: <a@elsewhere.test> <b@elsewhere.test>'] });
    await eas.organization.settle();
    expect([await subjects('inbox'), await inFolder('Project')]).toEqual([['other'], ['first', 'second', 'third']]);
  });

  it('MS-ASCON_R166 MS-ASCON_R213 MS-ASCON_R214: to Deleted Items it is ignored from now on', async () => {
    expect(await move(await phone.collectionId('Deleted Items'), await conversation())).toBe(1);
    await deliver(eas, { subject: 'third', headers: ['References: <a@elsewhere.test>'] });
    await eas.organization.settle();
    expect([await subjects('inbox'), await subjects('deleteditems')]).toEqual([['other'], ['first', 'second', 'third']]);
  });

  it.each<[what: string, destination: string, id: 'ours' | 'none', always: boolean, status: number]>([
    ['MS-ASCON_R146: no conversation', 'Drafts', 'none', true, 6],
    ['MS-ASCON_R317: no folder', '999', 'ours', true, 6],
    ['MS-ASCON_R262: the recipient information cache', 'RI', 'ours', true, 105],
    ['MS-ASCON_R338 MS-ASCMD_R4942: no folder of mail', 'Notes', 'ours', true, 156],
    ['once and not for ever', 'Drafts', 'ours', false, 155],
  ])('refuses %s', async (_what, destination, id, always, status) => {
    const DstFldId = /^[A-Z][a-z]/.test(destination) ? await phone.collectionId(destination) : destination;
    expect(await move(DstFldId, id === 'ours' ? await conversation() : Buffer.alloc(16, 7), always)).toBe(status);
    expect(await subjects('inbox')).toEqual(['first', 'other', 'second']);
  });

  it('MS-ASCON_R144: without a destination the request is wrong: 2', async () => {
    const { binary, document, encodeDocument: encode, struct } = await import('@fauxchange/wbxml');
    const loose = document('ItemOperations:ItemOperations', struct('ItemOperations', { Move: struct('ItemOperations', { ConversationId: binary() }) }));
    const { ItemOperationsResponse } = await import('../src/schema/item-operations.ts');
    const answer = await phone.post('ItemOperations', encode(loose, { Move: { ConversationId: await conversation() } }, { version: '14.1' }));
    expect(decodeDocument(new Uint8Array(await answer.arrayBuffer()), ItemOperationsResponse, { version: '14.1' }).Status).toBe(2);
  });
});
