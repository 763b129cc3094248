import { addRule } from '@fauxchange/mailbox';
import { createMapiHttpEmulator, type MapiHttpEmulator } from '../src/index.ts';
import { FolderClient, idOf, modelOf, place, publicPlace, tag, type OpenedFolder } from './support/folder-client.ts';

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
const creates = 0x482;
/** Public folders, with a right to make some. */
async function publicClient(): Promise<FolderClient> {
  const client = await FolderClient.at(mapi, 'alice', 'public');
  await client.grant({ fid: client.fid(publicPlace.ipmSubtree) }, 'alice', owner);
  return client;
}
const gone = 0x8004_010f;
const notSupported = 0x8004_0102;
const accessDenied = 0x8007_0005;

describe('RopOpenFolder', () => {
  it('MS-OXCFOLD_R16 MS-OXCFOLD_R90001 MS-OXCFOLD_R460 MS-OXCFOLD_R46202 MS-OXCFOLD_R21 MS-OXCFOLD_R26 MS-OXCFOLD_R29: opens a folder that exists', async () => {
    const { opened, body } = await outlook.rops.ok('RopOpenFolder', { FolderId: outlook.fid(place.inbox), OpenModeFlags: 0 }, outlook.logon);
    expect(body).toEqual({ HasRules: false, IsGhosted: false });
    expect(await outlook.rops.values(opened, [tag.folderId, tag.displayName])).toEqual([outlook.fid(place.inbox), 'Inbox']);
  });

  it('from a folder as well as from the logon', async () => {
    const inbox = await outlook.open(outlook.fid(place.inbox));
    const { opened } = await outlook.rops.ok('RopOpenFolder', { FolderId: outlook.fid(place.sentItems), OpenModeFlags: 0 }, inbox);
    expect(await outlook.rops.values(opened, [tag.displayName])).toEqual(['Sent Items']);
  });

  it('MS-OXCFOLD_R90002 MS-OXCFOLD_R909 MS-OXCFOLD_R912 MS-OXCFOLD_R915: a public folder; servers are told only of ghosted ones', async () => {
    const client = await FolderClient.at(mapi, 'alice', 'public');
    const { body, opened } = await client.rops.ok('RopOpenFolder', { FolderId: client.fid(publicPlace.ipmSubtree), OpenModeFlags: 0 }, client.logon);
    expect(body).toEqual({ HasRules: false, IsGhosted: false });
    expect(await client.rops.values(opened, [tag.displayName])).toEqual(['IPM_SUBTREE']);
  });

  it('MS-OXCFOLD_R25001: says of no folder that it has rules', async () => {
    await addRule(modelOf(mapi), { name: 'x', priority: 1, isEnabled: true, conditions: {}, exceptions: {}, actions: { isMarkedAsRead: true } });
    const { body } = await outlook.rops.ok('RopOpenFolder', { FolderId: outlook.fid(place.inbox), OpenModeFlags: 0 }, outlook.logon);
    expect(body.HasRules).toBe(false);
  });

  it.each([
    ['MS-OXCFOLD_R46501', 0x01], ['MS-OXCFOLD_R46502', 0x02], ['MS-OXCFOLD_R46503', 0x08], ['MS-OXCFOLD_R46504', 0x10], ['MS-OXCFOLD_R46505', 0x20], ['MS-OXCFOLD_R46506', 0x40], ['MS-OXCFOLD_R46507', 0x80],
    ['MS-OXCFOLD_R465', 0xfb], ['MS-OXCFOLD_R22001', 0x04],
  ])('%s: the bit %i of OpenModeFlags is ignored', async (_id, flags) => {
    expect(await outlook.rops.values(await outlook.open(outlook.fid(place.inbox), flags), [tag.displayName])).toEqual(['Inbox']);
  });

  it.each<[string, (folder: OpenedFolder) => Promise<bigint>]>([
    ['MS-OXCFOLD_R468 MS-OXCFOLD_R469 MS-OXCFOLD_R462: an id of no folder', async () => 0x7777_0000_0000_0001n],
    ['an id of another replica', async ({ fid }) => fid + 1n],
    ['MS-OXCFOLD_R471: a folder that is soft deleted', async ({ fid }) => {
      await outlook.rops.ok('RopDeleteFolder', { DeleteFolderFlags: 0, FolderId: fid }, await outlook.open(outlook.fid(place.ipmSubtree)));
      return fid;
    }],
    ['MS-OXCFOLD_R46201002: a folder that is hard deleted', async ({ fid }) => {
      await outlook.rops.ok('RopDeleteFolder', { DeleteFolderFlags: 0x10, FolderId: fid }, await outlook.open(outlook.fid(place.ipmSubtree)));
      return fid;
    }],
  ])('%s is not found', async (_what, which) => {
    const FolderId = await which(await outlook.folder('Reports'));
    for (const OpenModeFlags of [0, 4]) expect(await outlook.rops.fails('RopOpenFolder', { FolderId, OpenModeFlags }, outlook.logon)).toBe(gone);
  });

  it('MS-OXCFOLD_R394: needs a right to see it', async () => {
    const secret = await outlook.folder('Secret');
    const bob = await FolderClient.at(mapi, 'bob', 'alice');
    expect(await bob.rops.fails('RopOpenFolder', { FolderId: secret.fid, OpenModeFlags: 0 }, bob.logon)).not.toBe(0);
    await outlook.grant(secret, 'bob', visible);
    expect(await bob.rops.fails('RopOpenFolder', { FolderId: secret.fid, OpenModeFlags: 0 }, bob.logon)).toBe(0);
  });
});

describe('RopCreateFolder', () => {
  const wanted = { FolderType: 1, UseUnicodeStrings: true, OpenExisting: false, DisplayName: 'Reports', Comment: '' };

  it.each([
    ['MS-OXCFOLD_R43 MS-OXCFOLD_R46 MS-OXCFOLD_R48 MS-OXCFOLD_R54 MS-OXCFOLD_R56 MS-OXCFOLD_R10359 MS-OXCFOLD_R476 MS-OXCFOLD_R483 MS-OXCFOLD_R3801 MS-OXCFOLD_R811: a generic folder, in Unicode', { DisplayName: 'Отчёты', Comment: 'за год' }, ['Отчёты', 'за год', 1]],
    ['MS-OXCFOLD_R49: texts in the code page', { DisplayName: 'Übersicht', Comment: 'Jänner', UseUnicodeStrings: false }, ['Übersicht', 'Jänner', 1]],
    ['MS-OXCFOLD_R47 MS-OXCFOLD_R409 MS-OXCFOLD_R812: a search folder', { FolderType: 2 }, ['Reports', undefined, 2]],
    ['MS-OXCFOLD_R478 MS-OXCFOLD_R1034: without a comment', {}, ['Reports', undefined, 1]],
    ['MS-OXCFOLD_R483: one that is not there yet, though it may be opened', { OpenExisting: true }, ['Reports', undefined, 1]],
  ])('%s', async (_what, request, [name, comment, type]) => {
    const { handle, fid } = await outlook.folder('Reports', request);
    expect(await outlook.rops.values(handle, [tag.displayName, tag.comment, tag.folderType, tag.folderId])).toEqual([name, comment, type, fid]);
    expect(await outlook.names({ fid: outlook.fid(place.ipmSubtree) })).toContain(name);
  });

  it('MS-OXCFOLD_R1197 MS-OXCFOLD_R926 MS-OXCFOLD_R931 MS-OXCFOLD_R933 MS-OXCFOLD_R938 MS-OXCFOLD_R941: never says that a folder was there before, and nothing that depends on that', async () => {
    const parent = await outlook.open(outlook.fid(place.ipmSubtree));
    for (const OpenExisting of [false, true]) {
      const { body } = await outlook.rops.ok('RopCreateFolder', { ...wanted, OpenExisting }, parent);
      expect(body).toEqual({ FolderId: expect.any(BigInt), IsExistingFolder: false });
    }
  });

  it('MS-OXCFOLD_R50 MS-OXCFOLD_R482: opens the folder of that name', async () => {
    const { fid } = await outlook.folder('Reports', { Comment: 'the first' });
    const again = await outlook.folder('REPORTS', { OpenExisting: true, Comment: 'the second' });
    expect(again.fid).toBe(fid);
    expect(await outlook.rops.values(again.handle, [tag.displayName, tag.comment])).toEqual(['Reports', 'the first']);
  });

  it.each([['MS-OXCFOLD_R51 MS-OXCFOLD_R481 MS-OXCFOLD_R491 MS-OXCFOLD_R493 MS-OXCFOLD_R1065', 'Reports'], ['MS-OXCFOLD_R480 MS-OXCFOLD_R1039: siblings, case aside', 'rePORTS']])('%s: a name is given once', async (_id, DisplayName) => {
    await outlook.folder('Reports');
    const parent = await outlook.open(outlook.fid(place.ipmSubtree));
    expect(await outlook.rops.fails('RopCreateFolder', { ...wanted, DisplayName }, parent)).toBe(0x8004_0604);
    const other = await outlook.open(outlook.fid(place.inbox));
    expect(await outlook.rops.fails('RopCreateFolder', { ...wanted, DisplayName }, other)).toBe(0);
  });

  it.each([0, 3, 255])('MS-OXCFOLD_R486 MS-OXCFOLD_R487: there is no type %i', async (FolderType) => {
    expect(await outlook.rops.fails('RopCreateFolder', { ...wanted, FolderType }, await outlook.open(outlook.fid(place.ipmSubtree)))).toBe(0x8007_0057);
  });

  it('MS-OXCFOLD_R477: a folder has a name', async () => {
    expect(await outlook.rops.fails('RopCreateFolder', { ...wanted, DisplayName: '' }, await outlook.open(outlook.fid(place.ipmSubtree)))).toBe(0x8007_0057);
  });

  it('MS-OXCFOLD_R1071 MS-OXCFOLD_R489 MS-OXCFOLD_R106601: needs a right', async () => {
    const parent = await outlook.folder('Shared');
    await outlook.grant(parent, 'bob', visible);
    const bob = await FolderClient.at(mapi, 'bob', 'alice');
    const handle = await bob.open(parent.fid);
    expect(await bob.rops.fails('RopCreateFolder', wanted, handle)).toBe(accessDenied);
    await outlook.grant(parent, 'bob', creates);
    expect(await bob.rops.fails('RopCreateFolder', wanted, handle)).toBe(0);
  });

  it('MS-OXCFOLD_R494 MS-OXCFOLD_R495: only in a folder', async () => {
    expect(await outlook.rops.fails('RopCreateFolder', wanted, outlook.logon)).toBe(notSupported);
  });

  it.each([['MS-OXCFOLD_R1072 MS-OXCFOLD_R1073: in a folder that is soft deleted', 0], ['in one that is gone', 0x10]])('%s', async (_what, DeleteFolderFlags) => {
    const { handle, fid } = await outlook.folder('Old');
    await outlook.rops.ok('RopDeleteFolder', { DeleteFolderFlags, FolderId: fid }, await outlook.open(outlook.fid(place.ipmSubtree)));
    expect(await outlook.rops.fails('RopCreateFolder', wanted, handle)).toBe(gone);
  });

  it('MS-OXCFOLD_R3802 MS-OXCFOLD_R61 MS-OXCFOLD_R60001: a public folder, new and again', async () => {
    const client = await publicClient();
    const parent = await client.open(client.fid(publicPlace.ipmSubtree));
    const { body } = await client.rops.ok('RopCreateFolder', wanted, parent);
    expect(body.IsExistingFolder).toBe(false);
    const again = await client.rops.ok('RopCreateFolder', { ...wanted, OpenExisting: true }, parent);
    expect(again.body).toEqual({ FolderId: body.FolderId, IsExistingFolder: false });
  });

  it('MS-OXCFOLD_R10660202: public folders have no search folders', async () => {
    const client = await publicClient();
    expect(await client.rops.fails('RopCreateFolder', { ...wanted, FolderType: 2 }, await client.open(client.fid(publicPlace.ipmSubtree)))).toBe(notSupported);
  });
});

describe('RopDeleteFolder', () => {
  const del = { messages: 0x1, folders: 0x4, hard: 0x10 } as const;
  const everything = del.messages | del.folders;
  let parent: number;
  let folder: OpenedFolder;
  beforeEach(async () => {
    parent = await outlook.open(outlook.fid(place.ipmSubtree));
    folder = await outlook.folder('Reports');
  });
  const deleted = async (DeleteFolderFlags: number, FolderId = folder.fid) => (await outlook.rops.ok('RopDeleteFolder', { DeleteFolderFlags, FolderId }, parent)).body.PartialCompletion;
  const isThere = async ({ fid }: OpenedFolder): Promise<boolean> => (await outlook.rops.fails('RopOpenFolder', { FolderId: fid, OpenModeFlags: 0 }, outlook.logon)) === 0;
  const filledWith = {
    nothing: async () => {},
    messages: async () => void (await outlook.message(folder, 'a')),
    folders: async () => void (await outlook.create(folder.handle, 'below')),
    both: async () => { await filledWith.messages(); await filledWith.folders(); },
  };

  it.each<[string, keyof typeof filledWith, number]>([
    ['MS-OXCFOLD_R76 MS-OXCFOLD_R97 MS-OXCFOLD_R1076 MS-OXCFOLD_R94401: an empty folder', 'nothing', 0],
    ['MS-OXCFOLD_R762: with its messages', 'messages', del.messages],
    ['MS-OXCFOLD_R763: with its folders', 'folders', del.folders],
    ['MS-OXCFOLD_R82: with all there is', 'both', everything],
    ['MS-OXCFOLD_R764 MS-OXCFOLD_R497: for good', 'both', everything | del.hard],
    ['MS-OXCFOLD_R123402: bits that mean nothing are ignored', 'nothing', 0xea],
  ])('%s is deleted', async (_what, content, flags) => {
    await filledWith[content]();
    expect(await deleted(flags)).toBe(false);
    expect(await isThere(folder)).toBe(false);
    expect(await outlook.recoverable()).toEqual(content !== 'nothing' && content !== 'folders' && (flags & del.hard) === 0 ? ['a'] : []);
  });

  it.each<[string, keyof typeof filledWith, number]>([
    ['MS-OXCFOLD_R371 MS-OXCFOLD_R816 MS-OXCFOLD_R817 MS-OXCFOLD_R948: messages', 'messages', 0],
    ['messages, though folders may go', 'messages', del.folders],
    ['MS-OXCFOLD_R1079 MS-OXCFOLD_R1080 MS-OXCFOLD_R1081: folders', 'folders', 0],
    ['folders, though messages may go', 'folders', del.messages],
    ['messages, for good', 'both', del.folders | del.hard],
  ])('%s keep a folder', async (_what, content, flags) => {
    await filledWith[content]();
    expect(await deleted(flags)).toBe(true);
    expect(await isThere(folder)).toBe(true);
    expect([await outlook.subjects(folder), await outlook.names(folder)]).toEqual([content === 'folders' ? [] : ['a'], content === 'messages' ? [] : ['below']]);
  });

  it('a search folder goes without a word of messages, and they stay', async () => {
    await outlook.message(folder, 'a');
    const search = await outlook.folder('Search', { FolderType: 2 });
    await outlook.rops.ok('RopSetSearchCriteria', { RestrictionData: { kind: 'Exist', PropTag: 0x001a_001f }, FolderIds: [folder.fid], SearchFlags: 2 }, search.handle);
    expect(await deleted(0, search.fid)).toBe(false);
    expect(await outlook.subjects(folder)).toEqual(['a']);
  });

  it('MS-OXCFOLD_R408 MS-OXCFOLD_R405: one that its client has no right to delete stays, and the answer says so', async () => {
    await outlook.grant({ fid: outlook.fid(place.ipmSubtree) }, 'bob', visible);
    await outlook.grant(folder, 'bob', visible);
    const bob = await FolderClient.at(mapi, 'bob', 'alice');
    const at = await bob.open(outlook.fid(place.ipmSubtree));
    const remove = async () => (await bob.rops.ok('RopDeleteFolder', { DeleteFolderFlags: del.hard, FolderId: folder.fid }, at)).body.PartialCompletion;
    expect([await remove(), await isThere(folder)]).toEqual([true, true]);
    await outlook.grant(folder, 'bob', owner);
    expect([await remove(), await isThere(folder)]).toEqual([false, false]);
  });

  it.each([['MS-OXCFOLD_R504 MS-OXCFOLD_R507: an id of no folder', 0x7777_0000_0000_0001n]])('%s', async (_what, FolderId) => {
    expect(await outlook.rops.fails('RopDeleteFolder', { DeleteFolderFlags: everything, FolderId }, parent)).toBe(gone);
  });

  it.each([['MS-OXCFOLD_R509 MS-OXCFOLD_R510: asked of a logon', true, place.inbox, notSupported], ['MS-OXCFOLD_R2509: the root', false, place.root, notSupported], ['a folder that every mailbox has', false, place.inbox, true]])('%s is refused', async (_what, asksLogon, which, expected) => {
    const { returnValue, body } = await outlook.rops.rop('RopDeleteFolder', { DeleteFolderFlags: everything, FolderId: outlook.fid(which) }, asksLogon ? outlook.logon : parent);
    if (expected === true) expect(returnValue).toBe(accessDenied);
    else expect(returnValue).toBe(expected);
    expect(body).toEqual({ PartialCompletion: false });
  });

  it('MS-OXCFOLD_R94402: a public folder', async () => {
    const client = await publicClient();
    const { fid } = await client.folder('Reports');
    const { body } = await client.rops.ok('RopDeleteFolder', { DeleteFolderFlags: 0, FolderId: fid }, await client.open(client.fid(publicPlace.ipmSubtree)));
    expect(body.PartialCompletion).toBe(false);
    expect(await client.names({ fid: client.fid(publicPlace.ipmSubtree) })).not.toContain('Reports');
  });
});

describe('properties of folders', () => {
  const values = (handle: number, ...tags: readonly number[]) => outlook.rops.values(handle, tags);

  it('MS-OXCFOLD_R810: the root, which has no parent, is of a type of its own', async () => {
    expect(await values(await outlook.open(outlook.fid(place.root)), tag.folderType)).toEqual([0]);
  });

  it('MS-OXCFOLD_R10345 MS-OXCFOLD_R346 MS-OXCFOLD_R10347: messages are counted without the hidden ones, unread ones apart', async () => {
    const folder = await outlook.folder('Reports');
    for (const [subject, draft] of [['a', {}], ['b', { isRead: true }], ['c', {}], ['hidden', { isAssociated: true }]] as const) await outlook.message(folder, subject, draft);
    expect(await values(folder.handle, tag.contentCount, tag.unreadCount, tag.associatedCount)).toEqual([3, 2, 1]);
  });

  it('MS-OXCFOLD_R10353 MS-OXCFOLD_R354 MS-OXCFOLD_R10354 MS-OXCFOLD_R7009: the size is the sum of the messages\' sizes, in 32 bits and in 64', async () => {
    const folder = await outlook.folder('Reports');
    await outlook.message(folder, 'a', { properties: { PidTagComment: 'x'.repeat(1_000) } });
    await outlook.message(folder, 'b');
    const sum = (await outlook.items(folder)).reduce((all, { bag }) => all + Number(bag.get('PidTagMessageSize')), 0);
    expect(sum).toBeGreaterThan(1_000);
    expect(await values(folder.handle, tag.messageSize, tag.messageSizeExtended)).toEqual([sum, BigInt(sum)]);
  });

  it('MS-OXCFOLD_R10355 MS-OXCFOLD_R1029 MS-OXCFOLD_R1030: whether it has folders', async () => {
    const folder = await outlook.folder('Reports');
    expect(await values(folder.handle, tag.subfolders)).toEqual([false]);
    await outlook.create(folder.handle, 'below');
    expect(await values(folder.handle, tag.subfolders)).toEqual([true]);
  });

  it('MS-OXCFOLD_R10351 MS-OXCFOLD_R10027: its id, and its parent\'s entry id', async () => {
    const folder = await outlook.folder('Reports');
    const child = await outlook.create(folder.handle, 'below');
    const [parentId, entryId] = await values(folder.handle, tag.folderId, tag.entryId);
    expect(parentId).toBe(folder.fid);
    expect(await values(child.handle, tag.folderId, tag.parentFolderId, tag.parentEntryId)).toEqual([child.fid, folder.fid, entryId]);
  });

  it('MS-OXCFOLD_R352: PidTagHierarchyChangeNumber rises whenever a folder comes or goes', async () => {
    const folder = await outlook.folder('Reports');
    const seen: number[] = [];
    const look = async () => seen.push((await values(folder.handle, tag.hierarchyChangeNumber))[0] as number);
    await look();
    const child = await outlook.create(folder.handle, 'below');
    await look();
    await outlook.rops.ok('RopMoveFolder', { WantAsynchronous: false, UseUnicode: true, FolderId: child.fid, NewFolderName: 'away' }, folder.handle, undefined, await outlook.open(outlook.fid(place.inbox)));
    await look();
    const other = await outlook.create(folder.handle, 'below');
    await look();
    await outlook.rops.ok('RopDeleteFolder', { DeleteFolderFlags: 0, FolderId: other.fid }, folder.handle);
    await look();
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
    await outlook.message(folder, 'a');
    expect(await values(folder.handle, tag.hierarchyChangeNumber)).toEqual([seen.at(-1)]);
  });

  it('MS-OXCFOLD_R352001 MS-OXCFOLD_R352002: PidTagHierRev is a time, that of the last folder which came or went', async () => {
    const folder = await outlook.folder('Reports');
    const [before] = await values(folder.handle, tag.hierRev);
    await mapi.clock.advance(60_000);
    await outlook.create(folder.handle, 'below');
    const [after] = await values(folder.handle, tag.hierRev);
    expect((after as bigint) - (before as bigint)).toBeGreaterThanOrEqual(600_000_000n);
  });

  it('MS-OXCFOLD_R3006: messages deleted from it are counted, those below it are not', async () => {
    const folder = await outlook.folder('Reports');
    const below = await outlook.create(folder.handle, 'below');
    const mids = [await outlook.message(folder, 'a'), await outlook.message(folder, 'b')];
    const other = await outlook.message(below, 'c');
    const [before] = await values(folder.handle, tag.deletedCountTotal);
    await outlook.rops.ok('RopDeleteMessages', { WantAsynchronous: false, NotifyNonRead: false, MessageIds: mids }, folder.handle);
    await outlook.rops.ok('RopHardDeleteMessages', { WantAsynchronous: false, NotifyNonRead: false, MessageIds: [other] }, below.handle);
    expect(await values(folder.handle, tag.deletedCountTotal)).toEqual([(before as number) + 2]);
    expect(await values(below.handle, tag.deletedCountTotal)).toEqual([1]);
  });

  it.each<[string, number, number]>([
    ['MS-OXCFOLD_R1035110 MS-OXCFOLD_R1035103 MS-OXCFOLD_R1035107: an ordinary one below Top of Information Store', place.inbox, 0x5],
    ['MS-OXCFOLD_R1035107: one beside it', place.deferredAction, 0x4],
  ])('%s has its PidTagFolderFlags', async (_what, which, flags) => {
    expect(await values(await outlook.open(outlook.fid(which)), tag.folderFlags)).toEqual([flags]);
  });

  it('MS-OXCFOLD_R1035111: PidTagFolderFlags of a search folder', async () => {
    expect(await values((await outlook.folder('Search', { FolderType: 2 })).handle, tag.folderFlags)).toEqual([0x3]);
  });

  it.each([[true, 'MS-OXCFOLD_R10356 MS-OXCFOLD_R1032'], [false, 'MS-OXCFOLD_R1033']])('PidTagAttributeHidden is %s: %s', async (isHidden) => {
    const folder = await outlook.folder('Reports');
    await outlook.model.updateFolder(idOf(folder.fid), { properties: { PidTagAttributeHidden: isHidden } });
    expect(await values(folder.handle, tag.attributeHidden)).toEqual([isHidden]);
  });

  it('MS-OXCFOLD_R10036: PidTagContainerClass says what is in it', async () => {
    expect(await values(await outlook.open(outlook.fid(place.inbox)), tag.containerClass)).toEqual(['IPF.Note']);
    expect(await values(await outlook.open(outlook.wellKnown('calendar')), tag.containerClass)).toEqual(['IPF.Appointment']);
  });

  it('PidTagRights are those of who asks', async () => {
    const folder = await outlook.folder('Reports');
    await outlook.grant(folder, 'bob', 0x401);
    const bob = await FolderClient.at(mapi, 'bob', 'alice');
    expect(await bob.rops.values(await bob.open(folder.fid), [tag.rights])).toEqual([0x401]);
  });
});
