import type { FolderId, Item } from '@fauxchange/mailbox';
import { decodeRows, type LayoutValue, type notificationData } from '@fauxchange/mapi-wire';
import { createMapiHttpEmulator, type MapiHttpEmulator } from '../src/index.ts';
import { TestMailbox } from './support/mailbox.ts';
import { compared, fid, idValue, isText, tag, TableClient, valueOf } from './support/table-client.ts';

let mapi: MapiHttpEmulator;
let outlook: TableClient;
let alice: TestMailbox;
let folder: FolderId;
beforeAll(async () => {
  mapi = await createMapiHttpEmulator();
});
beforeEach(async () => {
  await mapi.reset();
  alice = new TestMailbox(mapi);
  folder = await alice.folder('Letters');
  outlook = await new TableClient(mapi).start();
});
afterAll(() => mapi.close());

type Data = LayoutValue<typeof notificationData>;
const columns = [tag.folderId, tag.instanceNum, tag.mid, tag.subject];
const added = 3;
const deleted = 4;
const modified = 5;
const changed = { NotificationFlags: 0x100, TableEventType: 1 };

/** What is told behind no ROP at all: [handle, data]. */
async function told(): Promise<readonly (readonly [number, Data])[]> {
  outlook.notified.length = 0;
  await outlook.execute([], []);
  return outlook.notified.flatMap(({ name, body }) => (name === 'RopNotify' ? [[body.NotificationHandle, body.NotificationData] as const] : []));
}
const events = async (): Promise<readonly (readonly [number | undefined, bigint | undefined])[]> => (await told()).map(([, { TableEventType, TableRowMessageID }]) => [TableEventType, TableRowMessageID]);
/** A table that the client looks at, sorted by subject. */
async function viewed(TableFlags = 0x40): Promise<number> {
  const table = await outlook.contents(folder, columns, TableFlags);
  await outlook.sort(table, [[tag.subject, 0]]);
  await outlook.rows(table);
  return table;
}

describe('a row of a contents table', () => {
  it('MS-OXCNOTIF_R18 MS-OXCNOTIF_R23 MS-OXCNOTIF_R97 MS-OXCNOTIF_R110 MS-OXCNOTIF_R129 MS-OXCNOTIF_R12401 MS-OXCNOTIF_R141 MS-OXCNOTIF_R145 MS-OXCNOTIF_R149 MS-OXCNOTIF_R257 MS-OXCNOTIF_R261 MS-OXCNOTIF_R269: comes', async () => {
    const before = await alice.message(folder, 'a');
    const table = await viewed();
    const { id } = await alice.message(folder, 'b');
    const [[handle, data] = [], ...more] = await told();
    expect([handle, more]).toEqual([table, []]);
    expect(data).toMatchObject({ NotificationFlags: 0x8100, TableEventType: added, TableRowFolderID: fid(folder), TableRowMessageID: fid(id) });
    // PidTagInstanceNum of the row in front, which it comes behind.
    const rows = await outlook.rows(await outlook.contents(folder, columns));
    expect(data?.TableRowInstance).toBe(valueOf(rows[0]?.[1]));
    expect(valueOf(rows[0]?.[2])).toBe(idValue(before.id));
  });

  it('MS-OXCNOTIF_R14201 MS-OXCNOTIF_R14601 MS-OXCNOTIF_R15001 MS-OXCNOTIF_R15401 MS-OXCNOTIF_R15801 MS-OXCNOTIF_R161 MS-OXCNOTIF_R161002 MS-OXCNOTIF_R163 MS-OXCNOTIF_R166 MS-OXCNOTIF_R166001 MS-OXCNOTIF_R16401 MS-OXCNOTIF_R16701 MS-OXCNOTIF_R17101 MS-OXCNOTIF_R17502: what is told of a row that comes', async () => {
    const before = await alice.message(folder, 'a');
    await viewed();
    const { id } = await alice.message(folder, 'b');
    const [[, data] = []] = await told();
    expect(data).toEqual({
      NotificationFlags: 0x8100, TableEventType: added, TableRowFolderID: fid(folder), TableRowMessageID: fid(id), TableRowInstance: 0,
      InsertAfterTableRowFolderID: fid(folder), InsertAfterTableRowID: fid(before.id), InsertAfterTableRowInstance: 0, TableRowData: expect.any(Uint8Array) as Uint8Array,
    });
    expect(decodeRows(data?.TableRowData ?? new Uint8Array(0), columns)).toEqual([[{ value: idValue(folder) }, { value: 0 }, { value: idValue(id) }, { value: 'b' }]]);
  });

  it('MS-OXCNOTIF_R24 MS-OXCNOTIF_R130 MS-OXCNOTIF_R14202 MS-OXCNOTIF_R14602 MS-OXCNOTIF_R15002 MS-OXCNOTIF_R262: goes', async () => {
    const { id } = await alice.message(folder, 'a');
    const table = await viewed();
    await alice.session.removeItems([id], 'hard');
    expect(await told()).toEqual([[table, { NotificationFlags: 0x8100, TableEventType: deleted, TableRowFolderID: fid(folder), TableRowMessageID: fid(id), TableRowInstance: 0 }]]);
  });

  it('MS-OXCNOTIF_R25 MS-OXCNOTIF_R131 MS-OXCNOTIF_R14203 MS-OXCNOTIF_R14603 MS-OXCNOTIF_R15003 MS-OXCNOTIF_R153 MS-OXCNOTIF_R15402 MS-OXCNOTIF_R157 MS-OXCNOTIF_R15802 MS-OXCNOTIF_R161003 MS-OXCNOTIF_R16402 MS-OXCNOTIF_R16702 MS-OXCNOTIF_R263: changes, and stands elsewhere then', async () => {
    const [first, second, third] = await alice.messages(folder, ['a', 'b', 'c']) as [Item, Item, Item];
    const table = await viewed();
    await alice.session.updateItem(first.id, { properties: { PidTagSubject: 'bb' } });
    const [[handle, data] = []] = await told();
    expect([handle, data]).toEqual([table, {
      NotificationFlags: 0x8100, TableEventType: modified, TableRowFolderID: fid(folder), TableRowMessageID: fid(first.id), TableRowInstance: 0,
      InsertAfterTableRowFolderID: fid(folder), InsertAfterTableRowID: fid(second.id), InsertAfterTableRowInstance: 0, TableRowData: expect.any(Uint8Array) as Uint8Array,
    }]);
    expect(valueOf(decodeRows(data?.TableRowData ?? new Uint8Array(0), columns)[0]?.[3])).toBe('bb');
    // In front of all others there is no row to come behind.
    await alice.session.updateItem(third.id, { properties: { PidTagSubject: 'a' } });
    expect((await told())[0]?.[1]).toMatchObject({ InsertAfterTableRowFolderID: 0n, InsertAfterTableRowID: 0n, InsertAfterTableRowInstance: 0 });
  });

  it('is moved in and out', async () => {
    const other = await alice.folder('Other');
    const { id } = await alice.message(folder, 'a');
    const { id: outside } = await alice.message(other, 'b');
    await viewed();
    const here = (await alice.session.moveItems([outside], { session: alice.session, folderId: folder }))[0] as Item;
    await alice.session.moveItems([id], { session: alice.session, folderId: other });
    expect(await events()).toEqual([[added, fid(here.id)], [deleted, fid(id)]]);
  });

  it('hidden ones are told to tables of those', async () => {
    await viewed();
    const hidden = await viewed(0x42);
    const { id } = await alice.message(folder, 'a', {}, { isAssociated: true });
    const first = await told();
    await alice.session.removeItems([id], 'hard');
    expect([...first, ...await told()].map(([handle, { TableEventType }]) => [handle, TableEventType])).toEqual([[hidden, added], [hidden, deleted]]);
  });

  it('a restriction decides what is there', async () => {
    const [first, second] = await alice.messages(folder, ['apple', 'pear']) as [Item, Item];
    const table = await outlook.contents(folder, columns);
    await outlook.restrict(table, isText(tag.subject, 'a', 2));
    await outlook.rows(table);
    const renamed = (item: Item, PidTagSubject: string) => alice.session.updateItem(item.id, { properties: { PidTagSubject } });
    const all: (readonly unknown[])[] = [];
    for (const [item, subject] of [[second, 'quince'], [second, 'apricot'], [first, 'avocado'], [first, 'plum']] as const) {
      await renamed(item, subject);
      all.push(...await events());
    }
    expect(all).toEqual([[added, fid(second.id)], [modified, fid(first.id)], [deleted, fid(first.id)]]);
    // However fast things happen, the client knows in the end what there is.
    for (const [item, subject] of [[second, 'quince'], [first, 'avocado'], [first, 'plum'], [first, 'apple']] as const) await renamed(item, subject);
    expect((await events()).at(-1)?.[1]).toBe(fid(first.id));
  });

  it('a search folder', async () => {
    const { id } = await alice.session.createFolder(alice.root, { displayName: 'Found', searchCriteria: { folderIds: [folder], isDeep: false, restriction: { kind: 'compare', property: 'PidTagImportance', operator: 'eq', value: 2 } } });
    const table = await outlook.contents(id, columns);
    await outlook.rows(table);
    const found = await alice.message(folder, 'a', { PidTagImportance: 2 });
    await alice.message(folder, 'b', { PidTagImportance: 1 });
    expect((await told()).map(([, { TableEventType, TableRowFolderID, TableRowMessageID }]) => [TableEventType, TableRowFolderID, TableRowMessageID])).toEqual([[added, fid(folder), fid(found.id)]]);
    await alice.session.updateFolder(id, { searchCriteria: { folderIds: [folder], isDeep: false, restriction: { kind: 'always' } } });
    expect(await told()).toEqual([[table, changed]]);
  });
});

describe('TableChanged', () => {
  it('MS-OXCNOTIF_R22 MS-OXCNOTIF_R128 MS-OXCNOTIF_R14204 MS-OXCNOTIF_R14604 MS-OXCNOTIF_R15004 MS-OXCNOTIF_R15403 MS-OXCNOTIF_R15803 MS-OXCNOTIF_R16403 MS-OXCNOTIF_R16703 MS-OXCNOTIF_R264 MS-OXCNOTIF_R271: instead of too much', async () => {
    const table = await viewed();
    for (let at = 0; at < 70; at++) await alice.message(folder, `${at}`);
    expect(await told()).toEqual([[table, changed]]);
    // Told of that, the client reads it anew; what it missed meanwhile cannot be told row by row.
    await alice.message(folder, 'z');
    expect(await told()).toEqual([[table, changed]]);
    await alice.message(folder, 'zz');
    expect((await told()).map(([, { TableEventType }]) => TableEventType)).toEqual([added]);
  });

  it('of categories', async () => {
    const table = await outlook.contents(folder, columns);
    await outlook.sort(table, [[tag.importance, 0]], 1, 1);
    await outlook.rows(table);
    await alice.messages(folder, ['a', 'b']);
    expect(await told()).toEqual([[table, changed]]);
  });

  it('without columns', async () => {
    const table = await outlook.contents(folder, []);
    await outlook.position(table);
    await alice.message(folder, 'a');
    expect(await told()).toEqual([[table, changed]]);
  });
});

describe('when', () => {
  const looks: readonly (readonly [string, string, string, (table: number) => Promise<unknown>])[] = [
    ['RopFindRow', 'MS-OXCNOTIF_R249', 'MS-OXCNOTIF_R275', (table) => outlook.find(table, isText(tag.subject, 'a'))], ['RopQueryColumnsAll', 'MS-OXCNOTIF_R250', 'MS-OXCNOTIF_R277', (table) => outlook.ok('RopQueryColumnsAll', {}, table)],
    ['RopQueryPosition', 'MS-OXCNOTIF_R251', 'MS-OXCNOTIF_R279', (table) => outlook.position(table)], ['RopQueryRows', 'MS-OXCNOTIF_R252', 'MS-OXCNOTIF_R281', (table) => outlook.rows(table, 1)],
    ['RopSeekRow', 'MS-OXCNOTIF_R253', 'MS-OXCNOTIF_R283', (table) => outlook.seek(table, 0, 0)], ['RopSeekRowBookmark', 'MS-OXCNOTIF_R255', 'MS-OXCNOTIF_R286', async (table) => outlook.seekBookmark(table, await outlook.bookmark(table))],
  ];

  it.each(looks.map(([name, id, , look]) => [`${id} MS-OXCNOTIF_R245`, name, look] as const))('%s: from %s on', async (_id, _name, look) => {
    await alice.message(folder, 'a');
    const table = await outlook.contents(folder, columns);
    await outlook.bookmark(table);
    await alice.message(folder, 'b');
    expect(await told()).toEqual([]);
    await look(table);
    await alice.message(folder, 'c');
    expect((await told()).map(([handle, { TableEventType }]) => [handle, TableEventType])).toEqual([[table, added]]);
  });

  it.each(looks.map(([name, , id, look]) => [id, name, look] as const))('%s: not any more after RopResetTable, until %s', async (_id, _name, look) => {
    await alice.message(folder, 'a');
    const table = await viewed();
    await alice.message(folder, 'aa');
    // What was not told yet is of a view that is not there any more.
    outlook.notified.length = 0;
    await outlook.execute([{ name: 'RopResetTable', logonId: 0, handleIndex: 0, request: {} }], [table]);
    expect(outlook.notified).toEqual([]);
    await alice.message(folder, 'b');
    expect(await told()).toEqual([]);
    await outlook.setColumns(table, columns);
    await look(table);
    await alice.message(folder, 'c');
    expect((await told()).map(([handle]) => handle)).toEqual([table]);
  });

  it.each<[string, (table: number) => Promise<unknown>]>([['RopSortTable', (table) => outlook.sort(table, [[tag.subject, 1]])], ['RopRestrict', (table) => outlook.restrict(table, compared(tag.importance, 4, 1))]])('not after %s, until it is looked at', async (_name, change) => {
    const table = await viewed();
    await change(table);
    await alice.message(folder, 'a');
    expect(await told()).toEqual([]);
  });

  it('MS-OXCNOTIF_R258: never of a table with NoNotifications', async () => {
    await viewed(0x50);
    const table = await outlook.hierarchy(folder, [tag.name], 0x50);
    await outlook.rows(table);
    await alice.message(folder, 'a');
    await alice.folder('Inner', folder);
    expect(await told()).toEqual([]);
  });

  it('MS-OXCNOTIF_R40001: to who has registered for it', async () => {
    await outlook.ok('RopRegisterNotification', { NotificationTypes: 0x100, WantWholeStore: true }, outlook.logonHandle);
    await alice.message(folder, 'a');
    expect(await told()).toEqual([]);
    await viewed();
    await alice.message(folder, 'b');
    expect((await told()).map(([, { NotificationFlags }]) => NotificationFlags)).toEqual([0x8100]);
  });

  it('not of a table that was given back', async () => {
    const table = await viewed();
    await alice.message(folder, 'a');
    outlook.notified.length = 0;
    await outlook.execute([{ name: 'RopRelease', logonId: 0, handleIndex: 0, request: {} }], [table]);
    expect(outlook.notified).toEqual([]);
    await alice.message(folder, 'b');
    expect(await told()).toEqual([]);
  });

  it('not of a folder that is gone', async () => {
    await viewed();
    await alice.session.removeFolder(folder, 'hard');
    expect(await told()).toEqual([]);
  });
});

describe('a hierarchy table', () => {
  it('MS-OXCNOTIF_R161004 MS-OXCNOTIF_R261: a folder comes, in the order of names', async () => {
    const first = await alice.folder('a', folder);
    const table = await outlook.hierarchy(folder);
    await outlook.rows(table);
    const id = await alice.folder('b', folder);
    const [[handle, data] = []] = await told();
    expect([handle, data]).toEqual([table, { NotificationFlags: 0x100, TableEventType: added, TableRowFolderID: fid(id), InsertAfterTableRowFolderID: fid(first), TableRowData: expect.any(Uint8Array) as Uint8Array }]);
    expect(decodeRows(data?.TableRowData ?? new Uint8Array(0), [tag.name])).toEqual([[{ value: 'b' }]]);
  });

  it('changes with what is in a folder; goes', async () => {
    const id = await alice.folder('a', folder);
    const table = await outlook.hierarchy(folder, [tag.count, tag.unread]);
    await outlook.rows(table);
    await alice.message(id, 'new');
    const [[, data] = []] = await told();
    expect(data).toMatchObject({ TableEventType: modified, TableRowFolderID: fid(id), InsertAfterTableRowFolderID: 0n });
    expect(decodeRows(data?.TableRowData ?? new Uint8Array(0), [tag.count, tag.unread])).toEqual([[{ value: 1 }, { value: 1 }]]);
    await alice.session.removeFolder(id, 'hard');
    expect(await told()).toEqual([[table, { NotificationFlags: 0x100, TableEventType: deleted, TableRowFolderID: fid(id) }]]);
  });

  it('what is deeper is told to tables that show it', async () => {
    const one = await alice.folder('one', folder);
    const [flat, deep] = [await outlook.hierarchy(folder), await outlook.hierarchy(folder, [tag.name], 0x44)];
    for (const table of [flat, deep]) await outlook.rows(table);
    const inner = await alice.folder('inner', one);
    // That it has folders in it is a change of the upper one.
    expect((await told()).map(([handle, { TableEventType, TableRowFolderID, InsertAfterTableRowFolderID }]) => [handle, TableEventType, TableRowFolderID, InsertAfterTableRowFolderID])).toEqual([
      [flat, modified, fid(one), 0n], [deep, modified, fid(one), 0n], [deep, added, fid(inner), fid(one)],
    ]);
  });
});
