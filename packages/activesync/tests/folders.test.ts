import type { ActiveSyncEmulator } from '../src/index.ts';
import { FolderCreateRequest, FolderCreateResponse, FolderDeleteRequest, FolderDeleteResponse, FolderSyncRequest, FolderSyncResponse, FolderUpdateRequest, FolderUpdateResponse } from '../src/schema/folder-hierarchy.ts';
import { eachTest, TestDevice } from './support/client.ts';
import { sessionOf } from './support/items.ts';

let eas: ActiveSyncEmulator;
let phone: TestDevice;
eachTest({ provisioning: 'none' }, async (emulator) => {
  eas = emulator;
  phone = new TestDevice(eas);
  await phone.folderSync('0');
});

const create = async (DisplayName: string, ParentId = '0', Type = 12, SyncKey = phone.folderKey) => keep((await phone.command(FolderCreateRequest, FolderCreateResponse, { SyncKey, ParentId, DisplayName, Type })).value);
const update = async (ServerId: string, DisplayName: string, ParentId = '0', SyncKey = phone.folderKey) => keep((await phone.command(FolderUpdateRequest, FolderUpdateResponse, { SyncKey, ServerId, ParentId, DisplayName })).value);
const remove = async (ServerId: string, SyncKey = phone.folderKey) => keep((await phone.command(FolderDeleteRequest, FolderDeleteResponse, { SyncKey, ServerId })).value);
function keep<T extends { readonly SyncKey?: string | undefined }>(value: T | undefined): T | undefined {
  if (value?.SyncKey !== undefined) phone.folderKey = value.SyncKey;
  return value;
}
const idOf = async (name: string): Promise<string> => (await phone.folderSync('0')).Changes?.Add.find(({ DisplayName }) => DisplayName === name)?.ServerId ?? '';
const session = () => sessionOf(eas);

describe('FolderSync', () => {
  it('MS-ASCMD_R113 MS-ASCMD_R116 MS-ASCMD_R119 MS-ASCMD_R4074 MS-ASCMD_R4578 MS-ASCMD_R5008 MS-ASCMD_R5020 MS-ASCMD_R5860: key 0 brings everything, parents first, siblings by name', async () => {
    const all = await phone.folderSync('0');
    expect([all.Status, all.Changes?.Count]).toEqual([1, all.Changes?.Add.length]);
    expect(all.SyncKey).toMatch(/^[1-9]\d*$/);
    const shown = all.Changes?.Add ?? [];
    expect(shown.slice(0, 3).map(({ ServerId, ParentId }) => [ServerId, ParentId])).toEqual([['1', '0'], ['2', '0'], ['3', '0']]);
    expect(Object.fromEntries(shown.map(({ DisplayName, Type }) => [DisplayName, Type]))).toMatchObject({
      Calendar: 8, Contacts: 9, 'Deleted Items': 4, Drafts: 3, Inbox: 2, Journal: 11, 'Junk Email': 12, Notes: 10, Outbox: 6, 'Sent Items': 5, Tasks: 7, RecipientInfo: 19,
    });
    expect(shown.map(({ DisplayName }) => DisplayName)).not.toContain('Recipient Cache');
    const known = new Set(['0']);
    for (const { ServerId, ParentId } of shown) {
      expect(known.has(ParentId)).toBe(true);
      known.add(ServerId);
    }
  });

  it('MS-ASHTTP_R1202: with key 0 the server says what it can', async () => {
    const { headers } = await phone.command(FolderSyncRequest, FolderSyncResponse, { SyncKey: '0' });
    expect(headers.get('X-MS-RP')).toBe('2.0,2.1,2.5,12.0,12.1,14.0,14.1,16.0,16.1');
    expect([headers.get('MS-ASProtocolVersions'), headers.get('MS-ASProtocolCommands')?.startsWith('Sync,SendMail,')]).toEqual(['2.0,2.1,2.5,12.0,12.1,14.0,14.1,16.0,16.1', true]);
  });

  it('MS-ASCMD_R5024 MS-ASCMD_R5863: a later key brings what changed, once', async () => {
    const { id } = await session().createFolder((await session().distinguished('inbox')).id, { displayName: 'New', folderClass: 'IPF.Note' });
    const added = await phone.folderSync();
    expect(added.Changes?.Add.map(({ DisplayName, Type }) => [DisplayName, Type])).toEqual([['New', 12]]);
    expect((await phone.folderSync()).Changes).toEqual({ Count: 0, Update: [], Delete: [], Add: [] });
    await session().updateFolder(id, { displayName: 'Newer' });
    const serverId = added.Changes?.Add[0]?.ServerId;
    expect((await phone.folderSync()).Changes).toMatchObject({ Count: 1, Update: [{ ServerId: serverId, DisplayName: 'Newer' }] });
    await session().removeFolder(id, 'hard');
    expect((await phone.folderSync()).Changes).toEqual({ Count: 1, Update: [], Delete: [{ ServerId: serverId }], Add: [] });
  });

  it('the key before the last one gets what that one got, since its answer may be lost', async () => {
    const before = phone.folderKey;
    await session().createFolder((await session().distinguished('inbox')).id, { displayName: 'New', folderClass: 'IPF.Note' });
    const names = async (key: string) => (await phone.folderSync(key)).Changes?.Add.map(({ DisplayName }) => DisplayName);
    expect([await names(before), await names(before)]).toEqual([['New'], ['New']]);
  });

  it('ids of folders stay over a new beginning', async () => {
    const ids = async () => Object.fromEntries((await phone.folderSync('0')).Changes?.Add.map(({ DisplayName, ServerId }) => [DisplayName, ServerId]) ?? []);
    expect(await ids()).toEqual(await ids());
  });

  // Microsoft's MSASCMD_S19_TC17 and TC40 go on with a collection's key after a FolderSync with key 0, and so does pyactivesync, which never sends another.
  it('a new beginning leaves the keys of collections as they are', async () => {
    const inbox = await phone.collectionId('Inbox');
    await phone.syncAll(inbox);
    await phone.folderSync('0');
    await eas.organization.deliver('From: zoe@elsewhere.test\r\nSubject: after\r\n\r\nHi\r\n', { to: ['alice@example.test'] });
    expect(await phone.sync(inbox)).toMatchObject({ Status: 1, Commands: [['Add', { ApplicationData: { 'Email:Subject': 'after' } }]] });
  });

  it.each([
    ['MS-ASCMD_R4068 MS-ASCMD_R4083 MS-ASCMD_R4581: a key that there is not', { SyncKey: '4711' }, 9],
    ['the key of nobody', { SyncKey: 'x' }, 9],
  ])('%s is status 9', async (_what, request, status) => {
    expect((await phone.command(FolderSyncRequest, FolderSyncResponse, request)).value).toEqual({ Status: status });
  });

  it('MS-ASCMD_R4086: a request without a key is status 10', async () => {
    const answer = await phone.post('FolderSync', Buffer.from('03016a000007160000'.slice(0, 14), 'hex'));
    expect(Buffer.from(await answer.arrayBuffer()).toString('hex')).toBe('03016a000007564c0331300001' + '01');
  });

  it('RecipientInfo came with 14.0', async () => {
    const { Changes } = await new TestDevice(eas, 'alice', { version: '12.1', id: 'OLD' }).folderSync('0');
    expect(Changes?.Add.map(({ Type }) => Type)).not.toContain(19);
  });
});

describe('FolderCreate', () => {
  it('MS-ASCMD_R79 MS-ASCMD_R4011 MS-ASCMD_R4569 MS-ASHTTP_R493: makes a folder, which FolderSync does not tell back', async () => {
    const made = await create('Mine', await idOf('Inbox'));
    expect(made).toEqual({ Status: 1, SyncKey: expect.stringMatching(/^\d+$/) as string, ServerId: expect.stringMatching(/^\d+$/) as string });
    expect((await phone.folderSync()).Changes?.Count).toBe(0);
    const inbox = await session().distinguished('inbox');
    expect((await session().folders(inbox.id, 'shallow')).map(({ displayName, folderClass }) => [displayName, folderClass])).toContainEqual(['Mine', 'IPF.Note']);
  });

  it.each([[13, 'IPF.Appointment'], [14, 'IPF.Contact'], [15, 'IPF.Task'], [16, 'IPF.Journal'], [17, 'IPF.StickyNote'], [1, 'IPF.Note']])('of type %d: class %s', async (type, folderClass) => {
    await create('Typed', '0', type);
    const top = await session().distinguished('msgfolderroot');
    expect((await session().folders(top.id, 'shallow')).find(({ displayName }) => displayName === 'Typed')?.folderClass).toBe(folderClass);
  });

  it('what somebody else made meanwhile is still told', async () => {
    await session().createFolder((await session().distinguished('inbox')).id, { displayName: 'Theirs', folderClass: 'IPF.Note' });
    await create('Mine');
    expect((await phone.folderSync()).Changes?.Add.map(({ DisplayName }) => DisplayName)).toEqual(['Theirs']);
  });

  it.each<[string, () => Promise<unknown>, number]>([
    ['MS-ASCMD_R4013: a name that there is', async () => create('Sent Items'), 2],
    ['MS-ASCMD_R81 MS-ASCMD_R4016 MS-ASCMD_R5769: below the recipient information', async () => create('x', 'RI'), 3],
    ['MS-ASCMD_R4019: below nothing', async () => create('x', '999'), 5],
    ['MS-ASCMD_R4032 MS-ASCMD_R4573: a key that there is not', async () => create('x', '0', 12, '999'), 9],
    ['MS-ASCMD_R4035: a default folder', async () => create('x', '0', 2), 10],
    ['no name', async () => create(''), 10],
  ])('%s is refused, without a key (MS-ASCMD_R4570)', async (_what, act, status) => {
    expect(await act()).toEqual({ Status: status });
  });
});

describe('FolderUpdate', () => {
  it('MS-ASCMD_R139 MS-ASCMD_R140 MS-ASCMD_R4100 MS-ASCMD_R5784 MS-ASHTTP_R68 MS-ASHTTP_R431: renames and moves', async () => {
    const id = (await create('Before'))?.ServerId ?? '';
    expect(await update(id, 'After', await idOf('Inbox'))).toEqual({ Status: 1, SyncKey: expect.stringMatching(/^\d+$/) as string });
    const inbox = await session().distinguished('inbox');
    expect((await session().folders(inbox.id, 'shallow')).map(({ displayName }) => displayName)).toContain('After');
    expect((await phone.folderSync()).Changes?.Count).toBe(0);
  });

  it.each<[string, () => Promise<unknown>, number]>([
    ['MS-ASCMD_R4101 MS-ASCMD_R4102: a special folder', async () => update(await idOf('Inbox'), 'x'), 2],
    ['MS-ASCMD_R5438: a name that there is', async () => update((await create('One'))?.ServerId ?? '', 'Drafts'), 2],
    ['MS-ASCMD_R141 MS-ASCMD_R143 MS-ASCMD_R4103 MS-ASCMD_R4104: the recipient information', async () => update('RI', 'x'), 3],
    ['MS-ASCMD_R4105 MS-ASCMD_R4106: a folder that there is not', async () => update('999', 'x'), 4],
    ['MS-ASCMD_R4108 MS-ASCMD_R4109: below nothing', async () => update((await create('One'))?.ServerId ?? '', 'x', '999'), 5],
    ['MS-ASCMD_R4120: a key that there is not', async () => update('1', 'x', '0', '999'), 9],
  ])('%s is refused, without a key (MS-ASCMD_R5786 MS-ASCMD_R4096)', async (_what, act, status) => {
    expect(await act()).toEqual({ Status: status });
  });

  it('MS-ASCMD_R4123 MS-ASCMD_R4568: a request without a key is status 10', async () => {
    const answer = await phone.post('FolderUpdate', Buffer.from('03016a00000755480331000149033000014703780001' + '01', 'hex'));
    expect(Buffer.from(await answer.arrayBuffer()).toString('hex')).toBe('03016a000007554c033130000101');
  });
});

describe('FolderDelete', () => {
  it('MS-ASCMD_R97 MS-ASCMD_R98 MS-ASCMD_R99 MS-ASCMD_R4045 MS-ASCMD_R5783 MS-ASHTTP_R496: deletes a folder and what is below it', async () => {
    const id = (await create('Gone'))?.ServerId ?? '';
    await create('Below', id);
    expect(await remove(id)).toEqual({ Status: 1, SyncKey: expect.stringMatching(/^\d+$/) as string });
    expect((await phone.folderSync()).Changes?.Count).toBe(0);
    expect(await idOf('Below')).toBe('');
  });

  it.each<[string, () => Promise<unknown>, number]>([
    ['MS-ASCMD_R4046 MS-ASCMD_R4047: a special folder', async () => remove(await idOf('Inbox')), 3],
    ['MS-ASCMD_R100 MS-ASCMD_R101: the recipient information', async () => remove('RI'), 3],
    ['MS-ASCMD_R4048 MS-ASCMD_R4049: a folder that there is not', async () => remove('999'), 4],
    ['MS-ASCMD_R4060: a key that there is not', async () => remove('1', '999'), 9],
  ])('%s is refused, without a key (MS-ASCMD_R5785 MS-ASCMD_R4040)', async (_what, act, status) => {
    expect(await act()).toEqual({ Status: status });
  });
});
