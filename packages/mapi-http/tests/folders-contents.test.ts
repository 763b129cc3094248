import { createMapiHttpEmulator, type MapiHttpEmulator } from '../src/index.ts';
import { FolderClient, idOf, place, publicPlace, tag, type OpenedFolder } from './support/folder-client.ts';

let mapi: MapiHttpEmulator;
let outlook: FolderClient;
beforeAll(async () => {
  mapi = await createMapiHttpEmulator();
});
beforeEach(async () => {
  await mapi.reset();
  outlook = await FolderClient.at(mapi);
});
afterAll(() => mapi.close());

const owner = 0x7fb;
const visible = 0x400;
const reads = 0x401;
const gone = 0x8004_010f;
const notSupported = 0x8004_0102;
const accessDenied = 0x8007_0005;
const noMessage = 0x7777_0000_0000_0001n;

async function publicClient(): Promise<FolderClient> {
  const client = await FolderClient.at(mapi, 'alice', 'public');
  await client.grant({ fid: client.fid(publicPlace.ipmSubtree) }, 'alice', owner);
  return client;
}

describe('RopMoveCopyMessages', () => {
  const moved = (MessageIds: readonly bigint[], from: OpenedFolder, to: OpenedFolder, WantCopy: boolean, client = outlook) => client.rops.rop('RopMoveCopyMessages', { MessageIds, WantAsynchronous: false, WantCopy }, from.handle, undefined, to.handle);
  let from: OpenedFolder;
  let to: OpenedFolder;
  let mids: readonly bigint[];
  beforeEach(async () => {
    [from, to] = [await outlook.folder('From'), await outlook.folder('To')];
    mids = [await outlook.message(from, 'a'), await outlook.message(from, 'b')];
  });

  it.each([
    ['MS-OXCFOLD_R155 MS-OXCFOLD_R160 MS-OXCFOLD_R163 MS-OXCFOLD_R1105 MS-OXCFOLD_R14501 MS-OXCFOLD_R14901 MS-OXCFOLD_R15101: moves', false, ['b'], ['a']],
    ['MS-OXCFOLD_R159 MS-OXCFOLD_R14902 MS-OXCFOLD_R15102: copies', true, ['a', 'b'], ['a']],
  ])('%s', async (_what, isCopy, left, there) => {
    expect(await moved(mids.slice(0, 1), from, to, isCopy)).toMatchObject({ returnValue: 0, body: { PartialCompletion: false } });
    expect([await outlook.subjects(from), await outlook.subjects(to)]).toEqual([left, there]);
  });

  it.each([
    ['MS-OXCFOLD_R121701: moved out of a search folder, they leave the folder where they are', false, ['b']],
    ['MS-OXCFOLD_R121702: copied out of a search folder', true, ['a', 'b']],
  ])('%s', async (_what, isCopy, left) => {
    const search = await outlook.folder('Search', { FolderType: 2 });
    await outlook.rops.ok('RopSetSearchCriteria', { RestrictionData: { kind: 'Exist', PropTag: 0x001a_001f }, FolderIds: [from.fid], SearchFlags: 2 }, search.handle);
    expect(await moved(mids.slice(0, 1), search, to, isCopy)).toMatchObject({ returnValue: 0, body: { PartialCompletion: false } });
    expect([await outlook.subjects(from), await outlook.subjects(to)]).toEqual([left, ['a']]);
  });

  it.each([['MS-OXCFOLD_R121801', false], ['MS-OXCFOLD_R121802', true]])('%s MS-OXCFOLD_R1216 MS-OXCFOLD_R1245 MS-OXCFOLD_R1246: not into a search folder', async (_id, isCopy) => {
    const search = await outlook.folder('Search', { FolderType: 2 });
    expect((await moved(mids, from, search, isCopy)).returnValue).toBe(0x460);
    expect(await outlook.subjects(from)).toEqual(['a', 'b']);
    expect((await moved(mids, search, to, isCopy)).returnValue).toBe(0);
  });

  it.each([['moved', false], ['copied', true]])('MS-OXCFOLD_R10163 MS-OXCFOLD_R586: one that is not there is not %s, the others are', async (_what, isCopy) => {
    const elsewhere = await outlook.message(to, 'c');
    expect(await moved([mids[0] as bigint, noMessage, elsewhere], from, to, isCopy)).toMatchObject({ returnValue: 0, body: { PartialCompletion: true } });
    expect(await outlook.subjects(to)).toEqual(['a', 'c']);
  });

  it('MS-OXCFOLD_R586: whoever may read and not delete, copies and does not move', async () => {
    for (const [folder, rights] of [[from, reads], [to, owner]] as const) await outlook.grant(folder, 'bob', rights);
    const bob = await FolderClient.at(mapi, 'bob', 'alice');
    const [source, target] = [{ handle: await bob.open(from.fid), fid: from.fid }, { handle: await bob.open(to.fid), fid: to.fid }];
    expect(await moved(mids, source, target, false, bob)).toMatchObject({ returnValue: 0, body: { PartialCompletion: true } });
    expect(await outlook.subjects(to)).toEqual([]);
    expect(await moved(mids, source, target, true, bob)).toMatchObject({ returnValue: 0, body: { PartialCompletion: false } });
    await outlook.grant(to, 'bob', visible);
    expect(await moved(mids, source, target, true, bob)).toMatchObject({ returnValue: accessDenied, body: { PartialCompletion: true } });
  });

  it('MS-OXCFOLD_R589 MS-OXCFOLD_R590: both are folders', async () => {
    const logon = { handle: outlook.logon, fid: 0n };
    expect((await moved(mids, logon, to, false)).returnValue).toBe(notSupported);
    expect((await moved(mids, from, logon, false)).returnValue).toBe(notSupported);
    expect(await moved(mids, from, { handle: 0xffff_ffff, fid: 0n }, false)).toMatchObject({ returnValue: 0x503, body: { DestHandleIndex: 1, PartialCompletion: false } });
  });

  it('MS-OXCFOLD_R14502: in public folders', async () => {
    const client = await publicClient();
    const [one, other] = [await client.folder('From'), await client.folder('To')];
    expect(await moved([await client.message(one, 'a')], one, other, false, client)).toMatchObject({ returnValue: 0, body: { PartialCompletion: false } });
    expect([await client.subjects(one), await client.subjects(other)]).toEqual([[], ['a']]);
  });
});

describe('RopMoveFolder', () => {
  const moved = (FolderId: bigint, from: number, to: number, NewFolderName: string, UseUnicode = true, client = outlook) => client.rops.rop('RopMoveFolder', { WantAsynchronous: false, UseUnicode, FolderId, NewFolderName }, from, undefined, to);
  const setUp = async (client: FolderClient) => {
    const [from, to] = [await client.folder('From'), await client.folder('To')];
    const folder = await client.create(from.handle, 'Reports');
    await client.message(folder, 'a');
    await client.message(await client.create(folder.handle, 'below'), 'b');
    return { from, to, folder };
  };

  it.each([
    ['MS-OXCFOLD_R183 MS-OXCFOLD_R186 MS-OXCFOLD_R180 MS-OXCFOLD_R185 MS-OXCFOLD_R190 MS-OXCFOLD_R423 MS-OXCFOLD_R1111 MS-OXCFOLD_R17101 MS-OXCFOLD_R170: in Unicode', 'alice', 'Отчёты', true],
    ['MS-OXCFOLD_R184: in the code page', 'alice', 'Übersicht', false],
    ['MS-OXCFOLD_R17102: a public folder', 'public', 'Archive', true],
  ])('with all that is in it, under another name, %s', async (_what, where, name, isUnicode) => {
    const client = where === 'public' ? await publicClient() : outlook;
    const { from, to, folder } = await setUp(client);
    expect(await moved(folder.fid, from.handle, to.handle, name, isUnicode, client)).toMatchObject({ returnValue: 0, body: { PartialCompletion: false } });
    expect([await client.names(from), await client.names(to)]).toEqual([[], [name]]);
    expect([await client.subjects(folder), await client.names(folder)]).toEqual([['a'], ['below']]);
    expect(await client.rops.values(folder.handle, [tag.displayName, tag.parentFolderId])).toEqual([name, to.fid]);
  });

  it('MS-OXCFOLD_R2191 MS-OXCFOLD_R1114: without the right to, nothing moves, and the answer says so', async () => {
    const { from, to, folder } = await setUp(outlook);
    for (const [one, rights] of [[from, visible], [folder, reads], [to, owner]] as const) await outlook.grant(one, 'bob', rights);
    const bob = await FolderClient.at(mapi, 'bob', 'alice');
    expect(await moved(folder.fid, await bob.open(from.fid), await bob.open(to.fid), 'Mine', true, bob)).toMatchObject({ returnValue: accessDenied, body: { PartialCompletion: true } });
    expect(await outlook.names(from)).toEqual(['Reports']);
  });

  it.each<[string, (set: Awaited<ReturnType<typeof setUp>>) => readonly [bigint, number, number, string], number]>([
    ['MS-OXCFOLD_R599 MS-OXCFOLD_R600: no folder of that id', ({ from, to }) => [noMessage, from.handle, to.handle, 'x'], gone],
    ['MS-OXCFOLD_R601 MS-OXCFOLD_R602: from a logon', ({ to, folder }) => [folder.fid, outlook.logon, to.handle, 'x'], notSupported],
    ['MS-OXCFOLD_R602: to a logon', ({ from, folder }) => [folder.fid, from.handle, outlook.logon, 'x'], notSupported],
    ['a name that is taken', ({ from, folder }) => [folder.fid, from.handle, from.handle, 'Other'], 0x8004_0604],
    ['below itself', ({ from, folder }) => [folder.fid, from.handle, folder.handle, 'x'], 0x8004_060b],
    ['a folder that every mailbox has', ({ from, to }) => [outlook.fid(place.inbox), from.handle, to.handle, 'x'], accessDenied],
    ['to nothing', ({ from, folder }) => [folder.fid, from.handle, 0xffff_ffff, 'x'], 0x503],
  ])('%s', async (_what, request, expected) => {
    const set = await setUp(outlook);
    await outlook.create(set.from.handle, 'Other');
    expect((await moved(...request(set))).returnValue).toBe(expected);
    expect(await outlook.names(set.from)).toEqual(['Other', 'Reports']);
  });
});

describe('RopCopyFolder', () => {
  const copied = (FolderId: bigint, from: number, to: number, NewFolderName: string, more: { readonly WantRecursive?: boolean; readonly UseUnicode?: boolean } = {}, client = outlook) =>
    client.rops.rop('RopCopyFolder', { WantAsynchronous: false, WantRecursive: true, UseUnicode: true, FolderId, NewFolderName, ...more }, from, undefined, to);
  let from: OpenedFolder;
  let to: OpenedFolder;
  let folder: OpenedFolder;
  beforeEach(async () => {
    [from, to] = [await outlook.folder('From'), await outlook.folder('To')];
    folder = await outlook.create(from.handle, 'Reports');
    await outlook.message(folder, 'a');
    await outlook.message(folder, 'hidden', { isAssociated: true });
    const below = await outlook.create(folder.handle, 'below');
    await outlook.message(below, 'b');
    await outlook.create(below.handle, 'deepest');
  });
  const tree = async ({ fid }: { readonly fid: bigint }): Promise<readonly unknown[]> => {
    const all = await outlook.model.folders(idOf(fid), 'deep');
    return all.map(({ displayName, totalCount, associatedCount }) => [displayName, totalCount, associatedCount]);
  };

  it.each([
    ['MS-OXCFOLD_R198 MS-OXCFOLD_R207 MS-OXCFOLD_R210 MS-OXCFOLD_R212 MS-OXCFOLD_R219 MS-OXCFOLD_R429 MS-OXCFOLD_R605 MS-OXCFOLD_R1048 MS-OXCFOLD_R1118 MS-OXCFOLD_R1122 MS-OXCFOLD_R19701: with all below it', 'Отчёты', {}, [['below', 1, 0], ['deepest', 0, 0]]],
    ['MS-OXCFOLD_R211: it alone', 'Copy', { WantRecursive: false }, []],
    ['MS-OXCFOLD_R213: named in the code page', 'Übersicht', { UseUnicode: false }, [['below', 1, 0], ['deepest', 0, 0]]],
  ])('%s', async (_what, name, more, below) => {
    const before = await tree(from);
    expect(await copied(folder.fid, from.handle, to.handle, name, more)).toMatchObject({ returnValue: 0, body: { PartialCompletion: false } });
    expect(await tree(to)).toEqual([[name, 1, 1], ...below]);
    expect(await tree(from)).toEqual(before);
  });

  it('MS-OXCFOLD_R271502: what is refused has PartialCompletion unset', async () => {
    for (const [one, rights] of [[from, visible], [folder, visible], [to, owner]] as const) await outlook.grant(one, 'bob', rights);
    const bob = await FolderClient.at(mapi, 'bob', 'alice');
    expect(await copied(folder.fid, await bob.open(from.fid), await bob.open(to.fid), 'Mine', {}, bob)).toMatchObject({ returnValue: accessDenied, body: { PartialCompletion: false } });
    expect(await outlook.names(to)).toEqual([]);
  });

  it.each<[string, () => Promise<readonly [bigint, number, number, string]>, number]>([
    ['MS-OXCFOLD_R611 MS-OXCFOLD_R612: no folder of that id', async () => [noMessage, from.handle, to.handle, 'x'], gone],
    ['MS-OXCFOLD_R613 MS-OXCFOLD_R614: from a logon', async () => [folder.fid, outlook.logon, to.handle, 'x'], notSupported],
    ['MS-OXCFOLD_R614: to a logon', async () => [folder.fid, from.handle, outlook.logon, 'x'], notSupported],
    ['a name that is taken', async () => [folder.fid, from.handle, from.handle, 'Reports'], 0x8004_0604],
    ['below itself', async () => [folder.fid, from.handle, folder.handle, 'x'], 0x8004_060b],
    ['to nothing', async () => [folder.fid, from.handle, 0xffff_ffff, 'x'], 0x503],
  ])('%s', async (_what, request, expected) => {
    expect((await copied(...(await request()))).returnValue).toBe(expected);
    expect([await outlook.names(from), await outlook.names(to)]).toEqual([['Reports'], []]);
  });

  it('MS-OXCFOLD_R19703001: neither within public folders nor between them and a mailbox', async () => {
    const client = await publicClient();
    const [one, other] = [await client.folder('From'), await client.folder('To')];
    expect((await copied(one.fid, await client.open(client.fid(publicPlace.ipmSubtree)), other.handle, 'x', {}, client)).returnValue).toBe(notSupported);
    const { opened: own } = await client.rops.logon('alice', 1);
    const inbox = (await client.rops.ok('RopOpenFolder', { FolderId: outlook.fid(place.inbox), OpenModeFlags: 0 }, own)).opened;
    expect((await copied(one.fid, one.handle, inbox, 'x', {}, client)).returnValue).toBe(notSupported);
    expect((await copied(folder.fid, inbox, other.handle, 'x', {}, client)).returnValue).toBe(notSupported);
  });
});

describe.each([
  ['RopEmptyFolder', ['a', 'b'], 'MS-OXCFOLD_R225 MS-OXCFOLD_R235 MS-OXCFOLD_R243 MS-OXCFOLD_R1126 MS-OXCFOLD_R43201 MS-OXCFOLD_R97502 MS-OXCFOLD_R239 MS-OXCFOLD_R618', 'MS-OXCFOLD_R238 MS-OXCFOLD_R617 MS-OXCFOLD_R618', 'MS-OXCFOLD_R980 MS-OXCFOLD_R1131', 'MS-OXCFOLD_R624 MS-OXCFOLD_R625'],
  [
    'RopHardDeleteMessagesAndSubfolders', [], 'MS-OXCFOLD_R251 MS-OXCFOLD_R257 MS-OXCFOLD_R261 MS-OXCFOLD_R1135 MS-OXCFOLD_R1138 MS-OXCFOLD_R113801 MS-OXCFOLD_R113805 MS-OXCFOLD_R43202 MS-OXCFOLD_R98302',
    'MS-OXCFOLD_R256 MS-OXCFOLD_R113804 MS-OXCFOLD_R113805', 'MS-OXCFOLD_R2721 MS-OXCFOLD_R113803', 'MS-OXCFOLD_R629 MS-OXCFOLD_R630',
  ],
] as const)('%s', (name, kept, plain, associated, partly, elsewhere) => {
  let folder: OpenedFolder;
  beforeEach(async () => {
    folder = await outlook.folder('Reports');
    await outlook.message(folder, 'a');
    await outlook.message(folder, 'hidden', { isAssociated: true });
    await outlook.message(await outlook.create(folder.handle, 'below'), 'b');
  });
  const emptied = (handle: number, WantDeleteAssociated = false, client = outlook) => client.rops.rop(name, { WantAsynchronous: false, WantDeleteAssociated }, handle);

  it.each([[plain, false, ['hidden']], [associated, true, []]])('%s: hidden messages go too: %s', async (_ids, withAssociated, left) => {
    expect(await emptied(folder.handle, withAssociated)).toMatchObject({ returnValue: 0, body: { PartialCompletion: false } });
    expect([await outlook.subjects(folder), await outlook.names(folder)]).toEqual([left, []]);
    expect((await outlook.recoverable()).filter((subject) => subject !== 'hidden')).toEqual(kept);
    expect(await outlook.rops.fails('RopOpenFolder', { FolderId: folder.fid, OpenModeFlags: 0 }, outlook.logon)).toBe(0);
  });

  it(`${partly}: what its client may not delete stays, and the answer says so`, async () => {
    await outlook.grant(folder, 'bob', owner & ~0x58);
    const bob = await FolderClient.at(mapi, 'bob', 'alice');
    expect(await emptied(await bob.open(folder.fid), false, bob)).toMatchObject({ returnValue: 0, body: { PartialCompletion: true } });
    expect(await outlook.subjects(folder)).toEqual(['a', 'hidden']);
    await outlook.grant(folder, 'bob', visible);
    expect(await emptied(await bob.open(folder.fid), false, bob)).toMatchObject({ returnValue: 0, body: { PartialCompletion: true } });
  });

  it.each<[string, () => Promise<number>]>([
    [`${elsewhere}: a logon`, async () => outlook.logon],
    [`${name === 'RopEmptyFolder' ? 'MS-OXCFOLD_R124802 MS-OXCFOLD_R3012: ' : ''}the root`, () => outlook.open(outlook.fid(place.root))],
    [`${name === 'RopEmptyFolder' ? 'MS-OXCFOLD_R124901 MS-OXCFOLD_R3012: ' : ''}a search folder`, async () => (await outlook.folder('Search', { FolderType: 2 })).handle],
  ])('%s is not emptied', async (_what, handle) => {
    expect(await emptied(await handle())).toMatchObject({ returnValue: notSupported, body: { PartialCompletion: false } });
  });

  it('nor a public folder', async () => {
    const client = await publicClient();
    expect((await emptied((await client.folder('Reports')).handle, false, client)).returnValue).toBe(notSupported);
  });
});

describe.each([
  ['RopDeleteMessages', ['a'], 'MS-OXCFOLD_R262 MS-OXCFOLD_R271 MS-OXCFOLD_R282 MS-OXCFOLD_R436 MS-OXCFOLD_R1143 MS-OXCFOLD_R98802', 'MS-OXCFOLD_R991 MS-OXCFOLD_R1147', 'MS-OXCFOLD_R637 MS-OXCFOLD_R638', 'MS-OXCFOLD_R98801'],
  ['RopHardDeleteMessages', [], 'MS-OXCFOLD_R293 MS-OXCFOLD_R304 MS-OXCFOLD_R437 MS-OXCFOLD_R1153 MS-OXCFOLD_R1156 MS-OXCFOLD_R99402', 'MS-OXCFOLD_R997 MS-OXCFOLD_R115602', 'MS-OXCFOLD_R644 MS-OXCFOLD_R645', 'MS-OXCFOLD_R99401'],
] as const)('%s', (name, kept, plain, partly, elsewhere, inPublic) => {
  const deleted = (MessageIds: readonly bigint[], handle: number, client = outlook) => client.rops.rop(name, { WantAsynchronous: false, NotifyNonRead: false, MessageIds }, handle);

  it(`${plain}: those that are named`, async () => {
    const folder = await outlook.folder('Reports');
    const mids = [await outlook.message(folder, 'a'), await outlook.message(folder, 'b')];
    expect(await deleted(mids.slice(0, 1), folder.handle)).toMatchObject({ returnValue: 0, body: { PartialCompletion: false } });
    expect([await outlook.subjects(folder), await outlook.recoverable()]).toEqual([['b'], kept]);
  });

  it(`${partly}: those that are not there, or elsewhere, or may not be deleted, stay`, async () => {
    const [folder, other] = [await outlook.folder('Reports'), await outlook.folder('Other')];
    const [mid, elsewhereId] = [await outlook.message(folder, 'a'), await outlook.message(other, 'b')];
    await outlook.grant(folder, 'bob', reads);
    const bob = await FolderClient.at(mapi, 'bob', 'alice');
    expect(await deleted([mid], await bob.open(folder.fid), bob)).toMatchObject({ returnValue: 0, body: { PartialCompletion: true } });
    expect(await outlook.subjects(folder)).toEqual(['a']);
    expect(await deleted([noMessage, mid, elsewhereId], folder.handle)).toMatchObject({ returnValue: 0, body: { PartialCompletion: true } });
    expect([await outlook.subjects(folder), await outlook.subjects(other)]).toEqual([[], ['b']]);
  });

  it(`${elsewhere}: only from folders`, async () => {
    expect(await deleted([noMessage], outlook.logon)).toMatchObject({ returnValue: notSupported, body: { PartialCompletion: false } });
  });

  it(`${inPublic}: from public folders`, async () => {
    const client = await publicClient();
    const folder = await client.folder('Reports');
    expect(await deleted([await client.message(folder, 'a')], folder.handle, client)).toMatchObject({ returnValue: 0, body: { PartialCompletion: false } });
    expect([await client.subjects(folder), await client.recoverable()]).toEqual([[], kept]);
  });
});
