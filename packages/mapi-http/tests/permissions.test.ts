import { binary } from '@fauxchange/properties';
import { addressBookEntryId } from '@fauxchange/mailbox';
import type { RopRequestValue } from '@fauxchange/mapi-wire';
import { createMapiHttpEmulator, type MapiHttpEmulator } from '../src/index.ts';
import { entryOf, FolderClient, mailboxOf, place, tag, wireIdOf, type OpenedFolder } from './support/folder-client.ts';

let mapi: MapiHttpEmulator;
let outlook: FolderClient;
let folder: OpenedFolder;
beforeAll(async () => {
  mapi = await createMapiHttpEmulator();
});
beforeEach(async () => {
  await mapi.reset();
  outlook = await FolderClient.at(mapi);
  folder = await outlook.folder('Shared');
});
afterAll(() => mapi.close());

const right = {
  readAny: 0x1, create: 0x2, editOwned: 0x8, deleteOwned: 0x10, editAny: 0x20, deleteAny: 0x40, createSubfolder: 0x80, folderOwner: 0x100, folderContact: 0x200, visible: 0x400, freeBusySimple: 0x800, freeBusyDetailed: 0x1000,
} as const;
const accessDenied = 0x8007_0005;
const flag = { replaceRows: 0x1, includeFreeBusy: 0x2 } as const;
const column = { entryId: 0x0fff_0102, memberId: 0x6671_0014, name: 0x6672_001f, rights: 0x6673_0003 } as const;
const anonymous = -1n;

type Rows = RopRequestValue<'RopModifyPermissions'>['PermissionsData'];
type Row = Rows[number];
const entryId = (name: string): Uint8Array => binary.toBytes(addressBookEntryId(entryOf(mapi, name).legacyExchangeDN));
const add = (name: string, rights: number): Row => ({ PermissionDataFlags: 1, PropertyValues: [{ tag: column.entryId, value: entryId(name) }, { tag: column.rights, value: rights }] });
const modify = (id: bigint, rights: number): Row => ({ PermissionDataFlags: 2, PropertyValues: [{ tag: column.memberId, value: id }, { tag: column.rights, value: rights }] });
const remove = (id: bigint): Row => ({ PermissionDataFlags: 4, PropertyValues: [{ tag: column.memberId, value: id }] });

const change = (handle: number, rows: Rows, ModifyFlags = 0, client = outlook) => client.rops.fails('RopModifyPermissions', { ModifyFlags, PermissionsData: rows }, handle);
async function table(handle: number, TableFlags = flag.includeFreeBusy as number, client = outlook): Promise<number> {
  const { opened } = await client.rops.ok('RopGetPermissionsTable', { TableFlags }, handle);
  await client.rops.ok('RopSetColumns', { SetColumnsFlags: 0, PropertyTags: [column.memberId, column.name, column.rights, column.entryId] }, opened);
  return opened;
}
interface Listed {
  readonly id: bigint;
  readonly name: string;
  readonly rights: number;
  readonly entryId: Uint8Array;
}
async function list(handle: number, TableFlags?: number, client = outlook): Promise<readonly Listed[]> {
  const rows = await client.rops.rows(await table(handle, TableFlags, client));
  return rows.map((cells) => cells.map((cell) => ('value' in cell ? cell.value : undefined))).map(([id, name, rights, of]) => ({ id, name, rights, entryId: of }) as Listed);
}
const rightsOf = async (handle: number, TableFlags?: number) => Object.fromEntries((await list(handle, TableFlags)).map(({ name, rights }) => [name, rights]));
const idOf = async (handle: number, name: string): Promise<bigint> => (await list(handle)).find((one) => one.name === name)?.id as bigint;

describe('RopGetPermissionsTable', () => {
  it('MS-OXCPERM_R9 MS-OXCPERM_R2014 MS-OXCPERM_R2006 MS-OXCPERM_R189 MS-OXCPERM_R190 MS-OXCPERM_R1070 MS-OXCPERM_R1079 MS-OXCPERM_R1080: the two entries that every list has, and who was added', async () => {
    expect(await change(folder.handle, [add('bob', 0x41b)])).toBe(0);
    expect(await list(folder.handle)).toEqual([
      { id: 0n, name: '', rights: 0, entryId: new Uint8Array(0) },
      { id: anonymous, name: 'Anonymous', rights: 0, entryId: new Uint8Array(0) },
      { id: expect.any(BigInt), name: entryOf(mapi, 'bob').displayName, rights: 0x41b, entryId: new Uint8Array(entryId('bob')) },
    ]);
  });

  it('MS-OXCPERM_R74: everybody has a number of their own', async () => {
    expect(await change(folder.handle, [add('bob', 1), add('carol', 1)])).toBe(0);
    const ids = (await list(folder.handle)).map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
    expect((await list(folder.handle)).map(({ id }) => id)).toEqual(ids);
  });

  it('MS-OXCPERM_R19: with what may be seen of free and busy, only if asked for', async () => {
    const calendar = await outlook.open(outlook.wellKnown('calendar'));
    expect(await change(calendar, [add('bob', right.visible | right.freeBusySimple | right.freeBusyDetailed)], flag.includeFreeBusy)).toBe(0);
    expect((await rightsOf(calendar))[entryOf(mapi, 'bob').displayName]).toBe(0x1c00);
    expect((await rightsOf(calendar, 0))[entryOf(mapi, 'bob').displayName]).toBe(right.visible);
  });

  it('MS-OXCPERM_R2007 MS-OXCPERM_R103: the list is for those who see the folder', async () => {
    expect(await change(folder.handle, [add('bob', right.readAny)])).toBe(0);
    const bob = await FolderClient.at(mapi, 'bob', 'alice');
    const handle = await bob.open(folder.fid);
    expect(await bob.rops.fails('RopQueryRows', { QueryRowsFlags: 0, ForwardRead: true, RowCount: 10 }, await table(handle, 0, bob))).toBe(accessDenied);
    expect(await change(folder.handle, [add('bob', right.visible)])).toBe(0);
    expect(await list(handle, 0, bob)).toHaveLength(3);
  });

  it('only of folders', async () => {
    expect(await outlook.rops.fails('RopGetPermissionsTable', { TableFlags: 0 }, outlook.logon)).toBe(0x8004_0102);
  });
});

describe('RopModifyPermissions', () => {
  it('MS-OXCPERM_R47 MS-OXCPERM_R51 MS-OXCPERM_R87 MS-OXCPERM_R182: adds who is named by an entry id', async () => {
    expect(await change(folder.handle, [add('bob', 0x401), add('carol', 0x7fb)])).toBe(0);
    expect(await rightsOf(folder.handle)).toMatchObject({ [entryOf(mapi, 'bob').displayName]: 0x401, [entryOf(mapi, 'carol').displayName]: 0x7fb });
  });

  it('MS-OXCPERM_R52 MS-OXCPERM_R1187: changes who is named by PidTagMemberId, the default entry too', async () => {
    expect(await change(folder.handle, [add('bob', 0x401), add('carol', 0x401)])).toBe(0);
    const bob = entryOf(mapi, 'bob').displayName;
    expect(await change(folder.handle, [modify(await idOf(folder.handle, bob), 0x41b), modify(0n, 0x400), modify(anonymous, 0x2)])).toBe(0);
    expect(await rightsOf(folder.handle)).toEqual({ '': 0x400, Anonymous: 0x2, [bob]: 0x41b, [entryOf(mapi, 'carol').displayName]: 0x401 });
  });

  it('MS-OXCPERM_R186 MS-OXCPERM_R1188: takes away who is named by PidTagMemberId', async () => {
    expect(await change(folder.handle, [add('bob', 0x401), add('carol', 0x401)])).toBe(0);
    expect(await change(folder.handle, [remove(await idOf(folder.handle, entryOf(mapi, 'bob').displayName))])).toBe(0);
    expect(await rightsOf(folder.handle)).toEqual({ '': 0, Anonymous: 0, [entryOf(mapi, 'carol').displayName]: 0x401 });
  });

  it('MS-OXCPERM_R1197: replaces all but the default entry', async () => {
    expect(await change(folder.handle, [add('bob', 0x401), modify(0n, 0x400)])).toBe(0);
    expect(await change(folder.handle, [add('carol', 0x41b)], flag.replaceRows)).toBe(0);
    expect(await rightsOf(folder.handle)).toEqual({ '': 0x400, Anonymous: 0, [entryOf(mapi, 'carol').displayName]: 0x41b });
  });

  it('MS-OXCPERM_R45: what replaces is added, nothing else', async () => {
    expect(await change(folder.handle, [add('bob', 0x401)])).toBe(0);
    const id = await idOf(folder.handle, entryOf(mapi, 'bob').displayName);
    for (const row of [modify(id, 1), remove(id)]) expect(await change(folder.handle, [row], flag.replaceRows)).toBe(0x8007_0057);
    expect(await rightsOf(folder.handle)).toMatchObject({ [entryOf(mapi, 'bob').displayName]: 0x401 });
  });

  it('MS-OXCPERM_R1093: rights that there are not are not kept', async () => {
    expect(await change(folder.handle, [add('bob', -1)])).toBe(0);
    expect((await rightsOf(folder.handle))[entryOf(mapi, 'bob').displayName]).toBe(0x7fb);
  });

  it.each([
    ['MS-OXCPERM_R40: says of the calendar what of free and busy may be seen', flag.includeFreeBusy, right.visible | right.freeBusyDetailed, right.visible | right.freeBusyDetailed],
    ['MS-OXCPERM_R40: nothing of it', flag.includeFreeBusy, right.visible | right.readAny, right.visible | right.readAny],
    ['left unsaid, times are shown', 0, right.visible, right.visible | right.freeBusySimple],
    ['left unsaid, who may read sees details', 0, right.visible | right.readAny, right.visible | right.readAny | right.freeBusySimple | right.freeBusyDetailed],
  ])('%s', async (_what, flags, given, kept) => {
    const calendar = await outlook.open(outlook.wellKnown('calendar'));
    expect(await change(calendar, [add('dave', given)], flags)).toBe(0);
    expect((await rightsOf(calendar))[entryOf(mapi, 'dave').displayName]).toBe(kept);
  });

  it('MS-OXCPERM_R1175: somebody who is not in the list is passed over', async () => {
    expect(await change(folder.handle, [modify(0x1234n, 1), remove(0x1234n), add('bob', 0x401)])).toBe(0);
    expect(await rightsOf(folder.handle)).toMatchObject({ [entryOf(mapi, 'bob').displayName]: 0x401 });
  });

  it.each<[string, () => Row, number]>([
    ['somebody whom the directory does not know', () => ({ PermissionDataFlags: 1, PropertyValues: [{ tag: column.entryId, value: binary.toBytes(addressBookEntryId('/o=nowhere/cn=nobody')) }, { tag: column.rights, value: 1 }] }), 0x8004_010f],
    ['somebody without rights', () => ({ PermissionDataFlags: 1, PropertyValues: [{ tag: column.entryId, value: entryId('bob') }] }), 0x8007_0057],
    ['nobody', () => ({ PermissionDataFlags: 1, PropertyValues: [{ tag: column.rights, value: 1 }] }), 0x8007_0057],
    ['a row of no kind', () => ({ ...add('bob', 1), PermissionDataFlags: 8 }), 0x8007_0057],
    ['a change of nobody', () => ({ PermissionDataFlags: 2, PropertyValues: [{ tag: column.rights, value: 1 }] }), 0x8007_0057],
  ])('refuses %s, and the rest with it', async (_what, row, expected) => {
    expect(await change(folder.handle, [add('carol', 0x401), row()])).toBe(expected);
    expect(await list(folder.handle)).toHaveLength(2);
  });

  it('MS-OXCPERM_R181 MS-OXCPERM_R115002 MS-OXCPERM_R116001: is for owners of the folder', async () => {
    expect(await change(folder.handle, [add('bob', right.visible | 0xfb)])).toBe(0);
    const bob = await FolderClient.at(mapi, 'bob', 'alice');
    const handle = await bob.open(folder.fid);
    expect(await change(handle, [add('carol', 0x401)], 0, bob)).toBe(accessDenied);
    expect(await change(folder.handle, [add('bob', right.visible | right.folderOwner)])).toBe(0);
    expect(await change(handle, [add('carol', 0x401)], 0, bob)).toBe(0);
    expect(await rightsOf(folder.handle)).toMatchObject({ [entryOf(mapi, 'carol').displayName]: 0x401 });
  });

  it('survives a snapshot, and other protocols see it', async () => {
    expect(await change(folder.handle, [add('bob', 0x401)])).toBe(0);
    const moment = await mapi.snapshot();
    expect(await change(folder.handle, [], flag.replaceRows)).toBe(0);
    await mapi.restore(moment);
    expect((await outlook.folderBeneath(folder)).permissions).toContainEqual({ member: { directoryId: entryOf(mapi, 'bob').id }, rights: 0x401 });
  });
});

describe('what rights allow', () => {
  let bob: FolderClient;
  let mine: bigint;
  let others: bigint;
  beforeEach(async () => {
    const asBob = mailboxOf(mapi, 'alice').openAs(entryOf(mapi, 'bob'));
    await outlook.grant(folder, 'bob', right.create);
    const draft = { itemClass: 'IPM.Note', recipients: [], attachments: [], isRead: false, isAssociated: false } as const;
    const own = await asBob.createItem((await outlook.folderBeneath(folder)).id, { ...draft, properties: { PidTagSubject: 'mine' } });
    mine = wireIdOf(own.id);
    others = await outlook.message(folder, 'theirs');
    bob = await FolderClient.at(mapi, 'bob', 'alice');
  });
  /** What bob may do is said by RopModifyPermissions. */
  const allow = async (rights: number) => expect(await change(folder.handle, [add('bob', rights)])).toBe(0);
  const deleted = async (mid: bigint) => (await bob.rops.ok('RopHardDeleteMessages', { WantAsynchronous: false, NotifyNonRead: false, MessageIds: [mid] }, await bob.open(folder.fid))).body.PartialCompletion === false;

  it('MS-OXCPERM_R1120 MS-OXCPERM_R173 MS-OXCPERM_R1192 MS-OXCPERM_R2016: FolderVisible, to open the folder', async () => {
    const opens = () => bob.rops.fails('RopOpenFolder', { FolderId: folder.fid, OpenModeFlags: 0 }, bob.logon);
    await allow(right.visible);
    expect(await opens()).toBe(0);
    await allow(0);
    expect(await opens()).not.toBe(0);
  });

  it.each<[string, number, string, boolean]>([
    ['MS-OXCPERM_R127: DeleteOwned, one\'s own', right.deleteOwned, 'mine', true],
    ['MS-OXCPERM_R122: DeleteOwned, not those of others', right.deleteOwned, 'others', false],
    ['MS-OXCPERM_R128: no right, not even one\'s own', 0, 'mine', false],
    ['MS-OXCPERM_R121: DeleteAny, any', right.deleteAny, 'others', true],
  ])('%s, to be deleted', async (_what, rights, which, expected) => {
    await allow(right.visible | right.readAny | rights);
    expect(await deleted(which === 'mine' ? mine : others)).toBe(expected);
  });

  it.each([['MS-OXCPERM_R118', right.createSubfolder, 0], ['MS-OXCPERM_R119', 0, accessDenied]])('%s: CreateSubFolder (%i), to make folders', async (_id, rights, expected) => {
    await allow(right.visible | rights);
    expect(await bob.rops.fails('RopCreateFolder', { FolderType: 1, UseUnicodeStrings: true, OpenExisting: false, DisplayName: 'below', Comment: '' }, await bob.open(folder.fid))).toBe(expected);
  });

  it.each([['MS-OXCPERM_R140', right.create, 0, 1], ['MS-OXCPERM_R141', 0, accessDenied, 0]])('%s: Create (%i), to put messages there', async (_id, rights, expected, made) => {
    await allow(right.visible | rights);
    const { opened: own, body } = await bob.rops.logon('bob', 1);
    const inbox = (await bob.rops.ok('RopOpenFolder', { FolderId: body.FolderIds[place.inbox] as bigint, OpenModeFlags: 0 }, own)).opened;
    const at = await FolderClient.at(mapi, 'bob');
    const mid = await at.message({ fid: at.fid(place.inbox) }, 'from bob');
    expect(await bob.rops.fails('RopMoveCopyMessages', { MessageIds: [mid], WantAsynchronous: false, WantCopy: true }, inbox, undefined, await bob.open(folder.fid))).toBe(expected);
    expect((await outlook.subjects(folder)).filter((subject) => subject === 'from bob')).toHaveLength(made);
  });

  const openMessage = async (mid: bigint, OpenModeFlags: number) => bob.rops.rop('RopOpenMessage', { CodePageId: 0xfff, FolderId: folder.fid, OpenModeFlags, MessageId: mid }, bob.logon);
  /** Whether bob can change a message: opened to be written, its subject set, saved. */
  async function edits(mid: bigint): Promise<boolean> {
    const { returnValue, opened } = await openMessage(mid, 1);
    if (returnValue !== 0) return false;
    await bob.rops.rop('RopSetProperties', { PropertyValues: [{ tag: 0x0037_001f, value: 'edited' }] }, opened);
    return (await bob.rops.fails('RopSaveChangesMessage', { SaveFlags: 0 }, opened)) === 0 && (await outlook.subjects(folder)).includes('edited');
  }

  it.each([['MS-OXCPERM_R143', right.readAny, 0], ['MS-OXCPERM_R144', 0, accessDenied]])('%s: ReadAny (%i), to read messages of others', async (_id, rights, expected) => {
    await allow(right.visible | rights);
    const { returnValue, opened } = await openMessage(others, 0);
    expect(returnValue).toBe(expected);
    if (expected === 0) expect(await bob.rops.values(opened, [0x0037_001f])).toEqual(['theirs']);
  });

  it.each<[string, number, string, boolean]>([
    ['MS-OXCPERM_R131: EditOwned, one\'s own', right.editOwned, 'mine', true],
    ['MS-OXCPERM_R125: EditOwned, not those of others', right.editOwned, 'others', false],
    ['MS-OXCPERM_R132: no right, not even one\'s own', 0, 'mine', false],
    ['MS-OXCPERM_R124: EditAny, any', right.editAny, 'others', true],
  ])('%s, to be changed', async (_what, rights, which, expected) => {
    await allow(right.visible | right.readAny | rights);
    expect(await edits(which === 'mine' ? mine : others)).toBe(expected);
  });

  it('MS-OXCPERM_R175: of one who is in the list, what it says; of one in a group that is, what it says of the group', async () => {
    const rights = async (name: string) => {
      const client = await FolderClient.at(mapi, name, 'alice');
      return client.rops.values(await client.open(folder.fid), [tag.rights]);
    };
    expect(await change(folder.handle, [modify(0n, right.visible), add('team', right.visible | right.readAny), add('bob', right.visible | right.create)])).toBe(0);
    expect([await rights('bob'), await rights('carol'), await rights('dave')]).toEqual([[0x402], [0x401], [0x400]]);
  });

  it('MS-OXCPERM_R152 MS-OXCPERM_R183: rights are not read as a stream', async () => {
    expect(await outlook.rops.fails('RopOpenStream', { PropertyTag: 0x0e6a_001f, OpenModeFlags: 0 }, folder.handle)).toBe(0x8004_0102);
  });

  it('MS-OXCPERM_R176: whoever is not in the list has what everybody has', async () => {
    const carol = await FolderClient.at(mapi, 'carol', 'alice');
    expect(await carol.rops.fails('RopOpenFolder', { FolderId: folder.fid, OpenModeFlags: 0 }, carol.logon)).not.toBe(0);
    expect(await change(folder.handle, [modify(0n, right.visible)])).toBe(0);
    expect(await carol.rops.values(await carol.open(folder.fid), [tag.rights])).toEqual([right.visible]);
  });
});
