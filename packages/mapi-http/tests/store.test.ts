import { decode, encode, errorCode, globalCounterOf, GlobSet, idSetByReplGuid, longTermId, objectId, type RopRequestValue } from '@fauxchange/mapi-wire';
import { createMapiHttpEmulator, type MapiHttpEmulator } from '../src/index.ts';
import { RopClient } from './support/rop-client.ts';

let mapi: MapiHttpEmulator;
let outlook: RopClient;
let store: number;
let folders: readonly bigint[];
const [ROOT, IPM, INBOX, SENT] = [0, 3, 4, 6];

beforeAll(async () => {
  mapi = await createMapiHttpEmulator();
});
beforeEach(async () => {
  await mapi.reset();
  outlook = new RopClient(mapi);
  const logon = await outlook.logon();
  store = logon.opened;
  folders = logon.body.FolderIds;
});
afterAll(() => mapi.close());

const publicLogon = { LogonFlags: 0, OpenFlags: 0x2 | 0x0100_0000, StoreState: 0, Essdn: '' };
/** A logon to public folders, beside the first. */
const toPublic = async () => (await outlook.ok('RopLogon', publicLogon, undefined, 1)).opened;
const mailboxOf = (user = 'alice') => mapi.organization.mailboxByAddress(`${user}@example.test`)!;
const logonRequest = (over: Partial<RopRequestValue<'RopLogon'>> = {}): RopRequestValue<'RopLogon'> => ({ LogonFlags: 1, OpenFlags: 0x0100_0000, StoreState: 0, Essdn: outlook.dn(), ...over });

describe('RopLogon', () => {
  it('MS-OXCSTOR_R56 MS-OXCSTOR_R785 MS-OXCSTOR_R165 MS-OXCSTOR_R166 MS-OXCSTOR_R821 MS-OXCSTOR_R767 MS-OXCSTOR_R131 MS-OXCSTOR_R124 MS-OXCSTOR_R125 MS-OXCSTOR_R126 MS-OXCSTOR_R127 MS-OXCSTOR_R1410001: to the own mailbox', async () => {
    const { body, returnValue } = await outlook.ok('RopLogon', logonRequest(), undefined, 3);
    const mailbox = mailboxOf();
    expect(returnValue).toBe(0);
    expect(body).toMatchObject({ LogonFlags: 1, ResponseFlags: 0x1 | 0x2 | 0x4, MailboxGuid: mailbox.guid, ReplId: 1, ReplGuid: mailbox.replicaGuid, StoreState: 0 });
    expect(new Set(body.FolderIds.filter((id) => id !== 0n)).size).toBe(13);
    const known = ['root', 'msgfolderroot', 'inbox', 'outbox', 'sentitems', 'deleteditems', 'searchfolders'] as const;
    expect([0, 3, 4, 5, 6, 7, 10].map((at) => Number(globalCounterOf(body.FolderIds[at]!)))).toEqual(known.map((name) => mailbox.wellKnown(name)));
    for (const [at, name] of [[1, 'Deferred Action'], [2, 'Spooler Queue'], [8, 'Common Views'], [9, 'Schedule'], [11, 'Views'], [12, 'Shortcuts']] as const) {
      const folder = await outlook.ok('RopOpenFolder', { FolderId: body.FolderIds[at] as bigint, OpenModeFlags: 0 }, 3 << 24);
      expect(await outlook.values(folder.opened, [0x3001_001f])).toEqual([name]);
    }
    const { LongTermId } = (await outlook.ok('RopLongTermIdFromId', { ObjectId: body.FolderIds[INBOX]! }, store)).body;
    expect(LongTermId.DatabaseGuid).toBe(body.ReplGuid);
  });

  it('LogonTime and GwartTime are those of the clock, in UTC', async () => {
    const { body } = await outlook.ok('RopLogon', logonRequest(), undefined, 3);
    const now = new Date(mapi.clock.now());
    expect(body.LogonTime).toEqual({ Seconds: expect.any(Number), Minutes: now.getUTCMinutes(), Hour: now.getUTCHours(), DayOfWeek: now.getUTCDay(), Day: now.getUTCDate(), Month: now.getUTCMonth() + 1, Year: now.getUTCFullYear() });
    expect(Number(body.GwartTime! / 10_000n - 11_644_473_600_000n)).toBeCloseTo(now.getTime(), -4);
  });

  it('handles are the number of the logon, then a count', async () => {
    const other = await outlook.ok('RopLogon', logonRequest(), undefined, 0x0c);
    const inbox = await outlook.ok('RopOpenFolder', { FolderId: folders[INBOX]!, OpenModeFlags: 0 }, other.opened);
    expect([other.opened, inbox.opened]).toEqual([0x0c00_0000, 0x0c00_0001]);
  });

  it.each<[string, () => Partial<RopRequestValue<'RopLogon'>>, number]>([
    ['MS-OXCSTOR_R788 MS-OXCSTOR_R173 MS-OXCSTOR_R1273: nobody of that name', () => ({ Essdn: '/o=First Organization/cn=nobody' }), errorCode.UnknownUser],
    ['MS-OXCSTOR_R59746: somebody without a mailbox', () => ({ Essdn: mapi.organization.directory.list().find(({ mailboxGuid }) => mailboxGuid === undefined)?.legacyExchangeDN ?? '' }), errorCode.UnknownUser],
    ['MS-OXCSTOR_R72 MS-OXCSTOR_R189: as an administrator', () => ({ OpenFlags: 0x0100_0001 }), errorCode.LoginPermission],
    ['public folders, without saying so', () => ({ LogonFlags: 0, Essdn: '' }), errorCode.LogonFailed],
    ['MS-OXCSTOR_R802 MS-OXCSTOR_R1204 MS-OXCSTOR_R1800001 MS-OXCSTOR_R1820001: a second mailbox, without USE_PER_MDB_REPLID_MAPPING', () => ({ OpenFlags: 0, Essdn: outlook.dn('bob') }), errorCode.InvalidParameter],
  ])('%s', async (_what, over, code) => expect(await outlook.fails('RopLogon', logonRequest(over()), undefined, 3)).toBe(code));

  it('MS-OXCSTOR_R3145: the same mailbox again needs no USE_PER_MDB_REPLID_MAPPING', async () => {
    expect(await outlook.fails('RopLogon', logonRequest({ OpenFlags: 0 }), undefined, 3)).toBe(0);
  });

  it('MS-OXCSTOR_R7900: HOME_LOGON changes nothing', async () => {
    const [plain, home] = [await outlook.ok('RopLogon', logonRequest(), undefined, 3), await outlook.ok('RopLogon', logonRequest({ OpenFlags: 0x0100_0004 }), undefined, 3)];
    const { LogonTime: _one, GwartTime: _two, ...rest } = home.body;
    expect(plain.body).toMatchObject(rest);
  });

  it('MS-OXCSTOR_R3905001 MS-OXCSTOR_R1346: to the mailbox of somebody else, with the rights of its folders', async () => {
    const { opened, body } = await outlook.logon('bob', 5);
    expect(body).toMatchObject({ ResponseFlags: 1, MailboxGuid: mailboxOf('bob').guid });
    expect(await outlook.fails('RopOpenFolder', { FolderId: body.FolderIds[SENT]!, OpenModeFlags: 0 }, opened)).toBe(errorCode.NotFound);
  });

  it('MS-OXCSTOR_R128 MS-OXCSTOR_R129: who is away', async () => {
    await outlook.ok('RopSetProperties', { PropertyValues: [{ tag: 0x661d_000b, value: true }] }, store);
    expect((await outlook.logon()).body.ResponseFlags).toBe(0x17);
  });

  it('one LogonId again: what the logon before had opened is gone', async () => {
    const inbox = await outlook.ok('RopOpenFolder', { FolderId: folders[INBOX]!, OpenModeFlags: 0 }, store);
    await outlook.logon();
    expect(await outlook.fails('RopGetPropertiesSpecific', { PropertySizeLimit: 0, WantUnicode: 0, PropertyTags: [] }, inbox.opened)).toBe(errorCode.NullObject);
  });

  it('MS-OXCSTOR_R786 MS-OXCSTOR_R3110001 MS-OXCSTOR_R7202 MS-OXCSTOR_R148 MS-OXCSTOR_R153 MS-OXCSTOR_R155: to public folders', async () => {
    const { body, opened } = await outlook.ok('RopLogon', publicLogon, undefined, 1);
    const mailbox = mapi.organization.publicFolders!;
    expect(body).toMatchObject({ LogonFlags: 0, ReplId: 1, ReplGuid: mailbox.replicaGuid });
    expect(body.FolderIds.slice(4)).toEqual(Array(9).fill(0n));
    const ipm = await outlook.ok('RopOpenFolder', { FolderId: body.FolderIds[1]!, OpenModeFlags: 0 }, opened);
    expect(await outlook.values(ipm.opened, [0x3001_001f])).toEqual(['IPM_SUBTREE']);
    expect((await outlook.ok('RopLongTermIdFromId', { ObjectId: body.FolderIds[1]! }, opened)).body.LongTermId.DatabaseGuid).toBe(body.ReplGuid);
  });

  it('MS-OXCSTOR_R3540: the mapping of ids is asked for, or not', async () => {
    const [one, other] = [await outlook.ok('RopLogon', publicLogon, undefined, 1), await outlook.ok('RopLogon', { ...publicLogon, OpenFlags: 0x2 }, undefined, 2)];
    expect(other.body).toEqual(one.body);
  });

  it.each([0, 4])('MS-OXCSTOR_R90 MS-OXCSTOR_R833 MS-OXCSTOR_R837 MS-OXCSTOR_R838001 MS-OXCSTOR_R182 MS-OXCSTOR_R183 MS-OXCSTOR_R1061 MS-OXCSTOR_R114 MS-OXCSTOR_R116: no other server has public folders (LogonFlags %i)', async (LogonFlags) => {
    const answer = await outlook.rop('RopLogon', { ...publicLogon, LogonFlags, OpenFlags: 0x102, Essdn: '/o=x/cn=server' }, undefined, 1);
    expect(answer).toMatchObject({ returnValue: errorCode.WrongServer, body: { LogonFlags, ServerName: '/o=x/cn=server' } });
  });
});

describe('receive folders', () => {
  const receiveFolder = async (MessageClass: string) => {
    const { body } = await outlook.ok('RopGetReceiveFolder', { MessageClass }, store);
    return [folders.indexOf(body.FolderId), body.ExplicitMessageClass];
  };

  it.each<[string, string, number, string]>([
    ['MS-OXCSTOR_R195 MS-OXCSTOR_R196 MS-OXCSTOR_R782 MS-OXCSTOR_R232 MS-OXCSTOR_R233 MS-OXCSTOR_R208 MS-OXCSTOR_R59782', 'IPM.Note', INBOX, 'IPM'],
    ['MS-OXCSTOR_R847 MS-OXCSTOR_R851 MS-OXCSTOR_R1224 MS-OXCSTOR_R210', 'REPORT.IPM.Note.NDR', INBOX, 'REPORT.IPM'],
    ['MS-OXCSTOR_R201 MS-OXCSTOR_R59801', 'ipm.note', INBOX, 'IPM'],
    ['MS-OXCSTOR_R852 MS-OXCSTOR_R1223', 'Something', INBOX, ''],
    ['the empty class', '', INBOX, ''],
    ['those of interprocess communication', 'IPC.Whatever', ROOT, 'IPC'],
    ['a class that only begins like one', 'IPMX', INBOX, ''],
  ])('%s: %s', async (_ids, messageClass, folder, explicit) => expect(await receiveFolder(messageClass)).toEqual([folder, explicit]));

  const bad: readonly (readonly [string, string])[] = [
    ['MS-OXCSTOR_R203', 'x'.repeat(255)], ['MS-OXCSTOR_R204 MS-OXCSTOR_R202', 'IPM.\u00e4'], ['MS-OXCSTOR_R205', '.IPM'], ['MS-OXCSTOR_R206', 'IPM.'], ['MS-OXCSTOR_R207', 'IPM..Note'],
  ];
  it.each(bad)('MS-OXCSTOR_R59784 MS-OXCSTOR_R59785 MS-OXCSTOR_R234 MS-OXCSTOR_R235 %s: %s is no class', async (_ids, MessageClass) => {
    expect(await outlook.fails('RopGetReceiveFolder', { MessageClass }, store)).toBe(errorCode.InvalidParameter);
  });
  it.each(bad)('MS-OXCSTOR_R845 MS-OXCSTOR_R858 MS-OXCSTOR_R273 MS-OXCSTOR_R274 %s: %s gets no folder', async (_ids, MessageClass) => {
    expect(await outlook.fails('RopSetReceiveFolder', { FolderId: folders[SENT]!, MessageClass }, store)).toBe(errorCode.InvalidParameter);
  });

  it('MS-OXCSTOR_R59754 MS-OXCSTOR_R247 MS-OXCSTOR_R1235 MS-OXCSTOR_R862 MS-OXCSTOR_R864 MS-OXCSTOR_R59756 MS-OXCSTOR_R59757 MS-OXCSTOR_R866: a row comes, changes and goes', async () => {
    await outlook.ok('RopSetReceiveFolder', { FolderId: folders[SENT]!, MessageClass: 'My.Class' }, store);
    expect(await receiveFolder('my.class.sub')).toEqual([SENT, 'My.Class']);
    await outlook.ok('RopSetReceiveFolder', { FolderId: folders[IPM]!, MessageClass: 'MY.CLASS' }, store);
    expect(await receiveFolder('My.Class')).toEqual([IPM, 'MY.CLASS']);
    await outlook.ok('RopSetReceiveFolder', { FolderId: 0n, MessageClass: 'my.class' }, store);
    expect(await receiveFolder('My.Class')).toEqual([INBOX, '']);
  });

  it('MS-OXCSTOR_R868 MS-OXCSTOR_R870 MS-OXCSTOR_R872 MS-OXCSTOR_R314 MS-OXCSTOR_R306 MS-OXCSTOR_R880 MS-OXCSTOR_R320 MS-OXCSTOR_R321: the table', async () => {
    await outlook.ok('RopSetReceiveFolder', { FolderId: folders[SENT]!, MessageClass: 'My.Class' }, store);
    const { body } = await outlook.ok('RopGetReceiveFolderTable', {}, store);
    const rows = body.Rows.map((row) => row.map((cell) => ('value' in cell ? cell.value : undefined)));
    expect(rows.map(([id, messageClass]) => [folders.indexOf(BigInt.asUintN(64, id as bigint)), messageClass])).toEqual([[INBOX, ''], [INBOX, 'IPM'], [INBOX, 'REPORT.IPM'], [ROOT, 'IPC'], [SENT, 'My.Class']]);
    const changed = rows.map(([, , time]) => Number((time as bigint) / 10_000n - 11_644_473_600_000n));
    expect(Math.abs(changed[4]! - mapi.clock.now())).toBeLessThan(60_000);
  });

  it.each<[string, string, bigint | undefined, number]>([
    ['MS-OXCSTOR_R859 MS-OXCSTOR_R271 MS-OXCSTOR_R272', 'ipm', undefined, errorCode.AccessDenied],
    ['MS-OXCSTOR_R271', 'REPORT.IPM', undefined, errorCode.AccessDenied],
    ['MS-OXCSTOR_R860 MS-OXCSTOR_R275 MS-OXCSTOR_R277', '', 0n, errorCode.GeneralFailure],
    ['a folder that there is not', 'My.Class', objectId(1, 0xffff_ffffn), errorCode.NotFound],
  ])('%s: RopSetReceiveFolder %j fails', async (_ids, MessageClass, FolderId, code) => {
    expect(await outlook.fails('RopSetReceiveFolder', { FolderId: FolderId ?? folders[SENT]!, MessageClass }, store)).toBe(code);
  });

  it('messages of the class arrive there', async () => {
    await outlook.ok('RopSetReceiveFolder', { FolderId: folders[SENT]!, MessageClass: 'IPM.Note' }, store);
    await mapi.organization.deliver('From: x@example.com\r\nTo: alice@example.test\r\nSubject: Elsewhere\r\n\r\nHello', { to: ['alice@example.test'], from: 'x@example.com' });
    await mapi.settle();
    const page = await mailboxOf().openAsSystem().query([mailboxOf().wellKnown('sentitems')!], { limit: 50 });
    expect(page.items.map(({ bag }) => bag.get('PidTagSubject'))).toContain('Elsewhere');
  });
});

describe('what only mailboxes have, or only public folders', () => {
  const folderId = { DatabaseGuid: '11111111-1111-4111-8111-111111111111', GlobalCounter: 5n };
  it.each<[string, Parameters<RopClient['fails']>[0], object]>([
    ['MS-OXCSTOR_R198 MS-OXCSTOR_R59783 MS-OXCSTOR_R238 MS-OXCSTOR_R239', 'RopGetReceiveFolder', { MessageClass: 'IPM' }],
    ['MS-OXCSTOR_R249 MS-OXCSTOR_R855 MS-OXCSTOR_R856 MS-OXCSTOR_R279 MS-OXCSTOR_R280', 'RopSetReceiveFolder', { FolderId: 1n, MessageClass: 'My.Class' }],
    ['MS-OXCSTOR_R287 MS-OXCSTOR_R874 MS-OXCSTOR_R875 MS-OXCSTOR_R324 MS-OXCSTOR_R325', 'RopGetReceiveFolderTable', {}],
    ['MS-OXCSTOR_R332 MS-OXCSTOR_R887 MS-OXCSTOR_R888 MS-OXCSTOR_R341 MS-OXCSTOR_R342', 'RopGetStoreState', {}],
    ['MS-OXCSTOR_R469 MS-OXCSTOR_R59770 MS-OXCSTOR_R59771 MS-OXCSTOR_R482 MS-OXCSTOR_R483', 'RopGetPerUserLongTermIds', { DatabaseGuid: folderId.DatabaseGuid }],
    ['MS-OXCSTOR_R488 MS-OXCSTOR_R961 MS-OXCSTOR_R962 MS-OXCSTOR_R498 MS-OXCSTOR_R499', 'RopGetPerUserGuid', { LongTermId: folderId }],
  ])('%s: %s at public folders', async (_ids, name, request) => expect(await outlook.fails(name, request, await toPublic())).toBe(errorCode.NotSupported));

  it('MS-OXCSTOR_R3125 MS-OXCSTOR_R884 MS-OXCSTOR_R1091 MS-OXCSTOR_R1092: RopGetStoreState', async () => {
    expect(await outlook.fails('RopGetStoreState', {}, store)).toBe(0x8004_0fff);
  });

  it('MS-OXCSTOR_R3490001 MS-OXCSTOR_R370 MS-OXCSTOR_R914 MS-OXCSTOR_R915 MS-OXCSTOR_R916 MS-OXCSTOR_R390 MS-OXCSTOR_R391: RopGetOwningServers', async () => {
    const { opened, body: { FolderIds } } = await outlook.ok('RopLogon', publicLogon, undefined, 1);
    const { body } = await outlook.ok('RopGetOwningServers', { FolderId: FolderIds[1]! }, opened);
    expect(body).toEqual({ OwningServersCount: 1, CheapServersCount: 1, OwningServers: [expect.stringMatching(/^\/o=.*\/cn=Configuration\/cn=Servers\/cn=[0-9a-f-]{36}@example\.test$/) as string] });
    expect(await outlook.fails('RopGetOwningServers', { FolderId: FolderIds[1]! }, store)).toBe(errorCode.NotSupported);
  });

  it('MS-OXCSTOR_R1232 MS-OXCSTOR_R394 MS-OXCSTOR_R395: … of a folder that there is not', async () => {
    expect(await outlook.fails('RopGetOwningServers', { FolderId: objectId(1, 0xffffffn) }, await toPublic())).toBe(errorCode.NotFound);
  });

  it('MS-OXCSTOR_R405 MS-OXCSTOR_R930 MS-OXCSTOR_R1239 MS-OXCSTOR_R1098 MS-OXCSTOR_R431 MS-OXCSTOR_R432: no public folder is ghosted', async () => {
    const { opened, body: { FolderIds } } = await outlook.ok('RopLogon', publicLogon, undefined, 1);
    for (const FolderId of FolderIds.slice(1, 3)) expect((await outlook.ok('RopPublicFolderIsGhosted', { FolderId }, opened)).body).toEqual({ IsGhosted: false });
  });

  it('MS-OXCSTOR_R1236 MS-OXCSTOR_R436 MS-OXCSTOR_R437 MS-OXCSTOR_R43401: … nor is one that there is not', async () => {
    expect(await outlook.fails('RopPublicFolderIsGhosted', { FolderId: objectId(1, 0xffffffn) }, await toPublic())).toBe(errorCode.NotFound);
  });

  it('MS-OXCSTOR_R917 MS-OXCSTOR_R1237: nothing of a mailbox is ghosted', async () => {
    expect((await outlook.ok('RopPublicFolderIsGhosted', { FolderId: folders[INBOX]! }, store)).body).toEqual({ IsGhosted: false });
  });
});

describe('long-term ids', () => {
  const long = async (ObjectId: bigint) => (await outlook.ok('RopLongTermIdFromId', { ObjectId }, store)).body.LongTermId;
  const short = async (LongTermId: { DatabaseGuid: string; GlobalCounter: bigint }) => (await outlook.ok('RopIdFromLongTermId', { LongTermId }, store)).body.ObjectId;

  it('MS-OXCSTOR_R59718 MS-OXCSTOR_R944 MS-OXCSTOR_R947 MS-OXCSTOR_R1242 MS-OXCSTOR_R1243 MS-OXCSTOR_R449 MS-OXCSTOR_R450: of a folder, always the same', async () => {
    const expected = { DatabaseGuid: mailboxOf().replicaGuid, GlobalCounter: globalCounterOf(folders[INBOX]!) };
    expect([await long(folders[INBOX]!), await long(folders[INBOX]!)]).toEqual([expected, expected]);
  });

  it('MS-OXCSTOR_R454 MS-OXCSTOR_R59724 MS-OXCSTOR_R59799 MS-OXCSTOR_R952 MS-OXCSTOR_R1251 MS-OXCSTOR_R1252 MS-OXCSTOR_R466 MS-OXCSTOR_R467: and back, of folders and messages', async () => {
    const [item] = (await mailboxOf().openAsSystem().query([mailboxOf().wellKnown('inbox')!], { limit: 1 })).items;
    for (const id of [folders[INBOX]!, objectId(1, BigInt(item!.id))]) expect(await short(await long(id))).toBe(id);
  });

  it('MS-OXCSTOR_R950 MS-OXCSTOR_R1246: a replica that was never seen gets a number, for good', async () => {
    const strange = { DatabaseGuid: '22222222-2222-4222-8222-222222222222', GlobalCounter: 77n };
    const id = await short(strange);
    expect([id, await short(strange), await long(id)]).toEqual([objectId(2, 77n), id, strange]);
  });

  it('MS-OXCSTOR_R948 MS-OXCSTOR_R94801001 MS-OXCSTOR_R1337: zeros', async () => {
    const none = '00000000-0000-0000-0000-000000000000';
    expect(await short({ DatabaseGuid: mailboxOf().replicaGuid, GlobalCounter: 0n })).toBe(0n);
    expect(await short({ DatabaseGuid: none, GlobalCounter: 5n })).toBe(0n);
    expect(await long(0n)).toEqual({ DatabaseGuid: none, GlobalCounter: 0n });
  });

  it('a replica that has no number', async () => expect(await outlook.fails('RopLongTermIdFromId', { ObjectId: objectId(9, 5n) }, store)).toBe(errorCode.NotFound));
});

describe('per-user data', () => {
  const folder = { DatabaseGuid: '33333333-3333-4333-8333-333333333333', GlobalCounter: 9n };
  const replGuid = '44444444-4444-4444-8444-444444444444';
  const setOf = (count: number): Uint8Array => encode(idSetByReplGuid, new Map([[replGuid, GlobSet.of(Array.from({ length: count }, (_one, at) => at * 300 + 1))]]));
  const set = setOf(40);
  const write = (over: Partial<RopRequestValue<'RopWritePerUserInformation'>> = {}, handle = store) => outlook.fails('RopWritePerUserInformation', { FolderId: folder, HasFinished: true, DataOffset: 0, Data: set, ...(handle === store && (over.DataOffset ?? 0) === 0 && { ReplGuid: replGuid }), ...over }, handle);
  const read = async (DataOffset = 0, MaxDataSize = 0, FolderId = folder, handle = store) => (await outlook.ok('RopReadPerUserInformation', { FolderId, DataOffset, MaxDataSize }, handle)).body;

  it('MS-OXCSTOR_R1012 MS-OXCSTOR_R1023 MS-OXCSTOR_R1025 MS-OXCSTOR_R516 MS-OXCSTOR_R966 MS-OXCSTOR_R967 MS-OXCSTOR_R545 MS-OXCSTOR_R59729 MS-OXCSTOR_R974 MS-OXCSTOR_R975 MS-OXCSTOR_R597 MS-OXCSTOR_R598 MS-OXCSTOR_R552 MS-OXCSTOR_R553 MS-OXCSTOR_R540 MS-OXCSTOR_R1010 MS-OXCSTOR_R1011: what is written is read', async () => {
    expect(await write()).toBe(0);
    const answer = await read();
    expect(answer).toEqual({ HasFinished: true, Data: set });
    expect([...decode(answer.Data, idSetByReplGuid)].length).toBe(1);
  });

  it('MS-OXCSTOR_R1024: and replaced', async () => {
    await write();
    expect(await write({ Data: setOf(3) })).toBe(0);
    expect((await read()).Data).toEqual(setOf(3));
  });

  it('MS-OXCSTOR_R539 MS-OXCSTOR_R1284 MS-OXCSTOR_R543 MS-OXCSTOR_R976 MS-OXCSTOR_R977 MS-OXCSTOR_R979 MS-OXCSTOR_R981 MS-OXCSTOR_R982 MS-OXCSTOR_R984 MS-OXCSTOR_R986 MS-OXCSTOR_R988 MS-OXCSTOR_R990 MS-OXCSTOR_R1000 MS-OXCSTOR_R1001 MS-OXCSTOR_R1002 MS-OXCSTOR_R1003 MS-OXCSTOR_R1004 MS-OXCSTOR_R1005 MS-OXCSTOR_R1008 MS-OXCSTOR_R1009: piece by piece', async () => {
    await write();
    const first = await read(0, 10);
    const second = await read(10, 20);
    const last = await read(30, 4_000);
    expect([first, second, last].map(({ HasFinished, Data }) => [HasFinished, Data.length])).toEqual([[false, 10], [false, 20], [true, set.length - 30]]);
    expect(Buffer.concat([first.Data, second.Data, last.Data])).toEqual(Buffer.from(set));
  });

  it('MS-OXCSTOR_R980 MS-OXCSTOR_R991 MS-OXCSTOR_R1356 MS-OXCSTOR_R999 MS-OXCSTOR_R997: 4,096 bytes at a time, whatever is asked', async () => {
    const large = setOf(2_000);
    expect(large.length).toBeGreaterThan(4_096);
    expect(await write({ Data: large })).toBe(0);
    expect([(await read(0, 0)).Data.length, (await read(0, 20_000)).Data.length]).toEqual([4_096, 4_096]);
  });

  it('MS-OXCSTOR_R1255: a folder of which nothing is known', async () => expect(await read(0, 0)).toEqual({ HasFinished: true, Data: new Uint8Array(0) }));

  it('MS-OXCSTOR_R1260 MS-OXCSTOR_R556 MS-OXCSTOR_R557: beyond the end', async () => {
    await write();
    expect(await outlook.fails('RopReadPerUserInformation', { FolderId: folder, DataOffset: set.length + 1, MaxDataSize: 0 }, store)).toBe(errorCode.GeneralFailure);
  });

  it('MS-OXCSTOR_R1016: in several parts', async () => {
    expect(await write({ HasFinished: false, Data: set.subarray(0, 50) })).toBe(0);
    expect((await read()).Data.length).toBe(0);
    expect(await write({ DataOffset: 50, Data: set.subarray(50) })).toBe(0);
    expect((await read()).Data).toEqual(set);
  });

  it.each<[string, number, object]>([
    ['MS-OXCSTOR_R1033 MS-OXCSTOR_R1019 MS-OXCSTOR_R599 MS-OXCSTOR_R600: not where the part before ends', 51, {}],
    ['MS-OXCSTOR_R601: of another folder', 50, { FolderId: { ...folder, GlobalCounter: 10n } }],
  ])('%s', async (_what, DataOffset, over) => {
    await write({ HasFinished: false, Data: set.subarray(0, 50) });
    expect(await write({ DataOffset, Data: set.subarray(50), ...over })).toBe(errorCode.GeneralFailure);
  });

  it('MS-OXCSTOR_R602 MS-OXCSTOR_R1021006: what is no set', async () => expect(await write({ Data: new Uint8Array([1, 2, 3]) })).toBe(errorCode.CorruptData));

  it('MS-OXCSTOR_R963 MS-OXCSTOR_R964 MS-OXCSTOR_R490 MS-OXCSTOR_R496 MS-OXCSTOR_R497 MS-OXCSTOR_R956 MS-OXCSTOR_R957 MS-OXCSTOR_R958 MS-OXCSTOR_R480 MS-OXCSTOR_R481: whose changes they are', async () => {
    await write();
    expect((await outlook.ok('RopGetPerUserGuid', { LongTermId: folder }, store)).body).toEqual({ DatabaseGuid: replGuid });
    expect((await outlook.ok('RopGetPerUserLongTermIds', { DatabaseGuid: replGuid }, store)).body).toEqual({ LongTermIds: [folder] });
    expect(decode(encode(longTermId, folder), longTermId)).toEqual(folder);
  });

  it('MS-OXCSTOR_R1254 MS-OXCSTOR_R500 MS-OXCSTOR_R1135: of a folder of which nothing is known', async () => {
    expect(await outlook.fails('RopGetPerUserGuid', { LongTermId: folder }, store)).toBe(errorCode.NotFound);
  });

  it('MS-OXCSTOR_R473 MS-OXCSTOR_R960: of a database of which nothing is known', async () => {
    expect((await outlook.ok('RopGetPerUserLongTermIds', { DatabaseGuid: replGuid }, store)).body).toEqual({ LongTermIds: [] });
  });

  it('MS-OXCSTOR_R965 MS-OXCSTOR_R517 MS-OXCSTOR_R971 MS-OXCSTOR_R1026 MS-OXCSTOR_R1027 MS-OXCSTOR_R1257: in public folders everybody has a row', async () => {
    const handle = await toPublic();
    expect((await read(0, 0, folder, handle)).Data.length).toBe(0);
    expect(await write({}, handle)).toBe(0);
    expect(await write({ Data: setOf(2) }, handle)).toBe(0);
    expect((await read(0, 0, folder, handle)).Data).toEqual(setOf(2));
    const bob = new RopClient(mapi, 'bob');
    await bob.connect();
    const his = (await bob.ok('RopLogon', publicLogon, undefined, 1)).opened;
    expect((await bob.ok('RopReadPerUserInformation', { FolderId: folder, DataOffset: 0, MaxDataSize: 0 }, his)).body.Data.length).toBe(0);
  });
});

describe('properties of a logon', () => {
  const tags = {
    ExtendedRuleSizeLimit: 0x0e9b_0003, MaximumSubmitMessageSize: 0x666d_0003, ProhibitReceiveQuota: 0x666a_0003, ProhibitSendQuota: 0x666e_0003, ContentCount: 0x3602_0003, MailboxOwnerEntryId: 0x661b_0102,
    MailboxOwnerName: 0x661c_001f, MessageSize: 0x0e08_0003, MessageSizeExtended: 0x0e08_0014, UserEntryId: 0x6619_0102,
  } as const;

  it('MS-OXCSTOR_R3055 MS-OXCSTOR_R3056 MS-OXCSTOR_R3057 MS-OXCSTOR_R3058 MS-OXCSTOR_R3059 MS-OXCSTOR_R3061 MS-OXCSTOR_R3062 MS-OXCSTOR_R3063 MS-OXCSTOR_R3064 MS-OXCSTOR_R3065 MS-OXCSTOR_R3066: those that are told, with their types', async () => {
    const all = await mailboxOf().store.folders();
    const size = all.reduce((sum, one) => sum + one.size, 0);
    const entryId = Buffer.concat([Buffer.from('00000000dca740c8c042101ab4b908002b2fe1820100000000000000', 'hex'), Buffer.from(`${outlook.dn()}\0`)]);
    expect(await outlook.values(store, Object.values(tags))).toEqual([
      32_768, Math.floor(mapi.organization.maxMessageBytes / 1024), 2_411_520, 2_097_152, all.reduce((sum, one) => sum + one.totalCount, 0), new Uint8Array(entryId), 'Alice Archer', size, BigInt(size), new Uint8Array(entryId),
    ]);
  });

  it.each<[string, keyof typeof tags, unknown]>([
    ['MS-OXCSTOR_R3055001', 'ExtendedRuleSizeLimit', 1], ['MS-OXCSTOR_R3055006', 'ContentCount', 1], ['MS-OXCSTOR_R3055007', 'MailboxOwnerEntryId', new Uint8Array(1)], ['MS-OXCSTOR_R3055008', 'MailboxOwnerName', 'x'],
    ['MS-OXCSTOR_R3055009', 'MessageSize', 1], ['MS-OXCSTOR_R3055010', 'MessageSizeExtended', 1n], ['MS-OXCSTOR_R3055011', 'UserEntryId', new Uint8Array(1)],
  ])('%s: %s is read-only', async (_ids, name, value) => {
    const before = await outlook.values(store, [tags[name]]);
    const { body } = await outlook.ok('RopSetProperties', { PropertyValues: [{ tag: tags[name], value: value as never }] }, store);
    expect(body).toEqual({ PropertyProblems: [{ Index: 0, PropertyTag: tags[name], ErrorCode: errorCode.ComputedValue }] });
    expect(await outlook.values(store, [tags[name]])).toEqual(before);
  });

  it.each<[string, number, unknown]>([
    ['MS-OXCSTOR_R6280001 MS-OXCSTOR_R3069', 0x3004_001f, 'A comment'], ['MS-OXCSTOR_R306800301 MS-OXCSTOR_R3071', 0x3001_001f, 'Another name'], ['MS-OXCSTOR_R3128 MS-OXCSTOR_R3070', 0x0e01_000b, true],
  ])('%s: what servers before 2013 let clients set (0x%s)', async (_ids, tag, value) => {
    const { body } = await outlook.ok('RopSetProperties', { PropertyValues: [{ tag, value: value as never }] }, store);
    expect(body).toEqual({ PropertyProblems: [{ Index: 0, PropertyTag: tag, ErrorCode: errorCode.AccessDenied }] });
  });

  it('MS-OXCSTOR_R654001 MS-OXCSTOR_R59734: deleting what is not there', async () => {
    expect((await outlook.ok('RopDeleteProperties', { PropertyTags: [0x0e01_000b, 0x6740_00fb] }, store)).body).toEqual({ PropertyProblems: [] });
  });

  it('MS-OXCSTOR_R3068004 MS-OXCSTOR_R3072: being away', async () => {
    expect(await outlook.values(store, [0x661d_000b])).toEqual([false]);
    expect((await outlook.ok('RopSetProperties', { PropertyValues: [{ tag: 0x661d_000b, value: true }] }, store)).body).toEqual({ PropertyProblems: [] });
    expect(await outlook.values(store, [0x661d_000b])).toEqual([true]);
  });

  it('MS-OXCSTOR_R3077 MS-OXCSTOR_R59737: PidTagUserEntryId, at both', async () => {
    const own = await outlook.values(store, [0x6619_0102]);
    expect(await outlook.values(await toPublic(), [0x6619_0102])).toEqual(own);
    expect(own).toEqual([expect.any(Uint8Array)]);
  });

  it('languages and code page are those of Connect', async () => {
    expect(await outlook.values(store, [0x66a1_0003, 0x6705_0003, 0x66c3_0003])).toEqual([1033, 1033, 1252]);
  });
});
