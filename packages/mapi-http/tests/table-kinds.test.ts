import { addRule, type FileAttachment, type FolderId } from '@fauxchange/mailbox';
import { decodeRows, errorCode, type RopName, type RopRequestValue } from '@fauxchange/mapi-wire';
import { createMapiHttpEmulator, type MapiHttpEmulator } from '../src/index.ts';
import { TestMailbox } from './support/mailbox.ts';
import { column, compared, fid, tag, TableClient } from './support/table-client.ts';

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

const letters = ['a', 'b', 'c', 'd', 'e'] as const;
const noBytes = new Uint8Array(0);
type Opened = Promise<{ readonly opened: number }>;

/** Tables with five rows each, and the column in which they differ. */
const tables = {
  contents: { column: tag.subject, open: async (): Opened => {
    await alice.messages(folder, letters);
    return outlook.ok('RopGetContentsTable', { TableFlags: 0x40 }, await outlook.openFolder(folder));
  } },
  hierarchy: { column: tag.name, open: async (): Opened => {
    for (const name of letters) await alice.folder(name, folder);
    return outlook.ok('RopGetHierarchyTable', { TableFlags: 0x40 }, await outlook.openFolder(folder));
  } },
  rules: { column: 0x6682_001f, open: async (): Opened => {
    for (const [at, name] of letters.entries()) await addRule(alice.session, { name, priority: at + 1, isEnabled: true, conditions: {}, exceptions: {}, actions: { isMarkedAsRead: true } }, folder);
    return outlook.ok('RopGetRulesTable', { TableFlags: 0x40 }, await outlook.openFolder(folder));
  } },
  permissions: { column: 0x6672_001f, open: async (): Opened => {
    const members = ['bob', 'carol', 'dave'].flatMap((name) => mapi.organization.directory.byAddress(`${name}@example.test`) ?? []);
    await alice.session.updateFolder(folder, { permissions: [{ member: 'default', rights: 0 }, { member: 'anonymous', rights: 0 }, ...members.map(({ id }) => ({ member: { directoryId: id }, rights: 0x401 }))] });
    return outlook.ok('RopGetPermissionsTable', { TableFlags: 0 }, await outlook.openFolder(folder));
  } },
  attachments: { column: 0x3707_001f, open: async (): Opened => {
    const content = await alice.session.keep(Buffer.from('text'));
    const attachments = letters.map((name, at): FileAttachment => ({ id: (at + 1) as FileAttachment['id'], kind: 'file', name, contentType: 'text/plain', isInline: false, lastModified: 0, size: 4, content }));
    const { id } = await alice.message(folder, 'with attachments', {}, { attachments });
    const message = await outlook.ok('RopOpenMessage', { CodePageId: 0xfff, FolderId: fid(folder), OpenModeFlags: 0, MessageId: fid(id) }, outlook.logonHandle);
    return outlook.ok('RopGetAttachmentTable', { TableFlags: 0x40 }, message.opened);
  } },
} as const;
type Kind = keyof typeof tables;
const kinds = Object.keys(tables) as readonly Kind[];
const opened = async (kind: Kind): Promise<number> => (await tables[kind].open()).opened;
const withColumn = async (kind: Kind): Promise<number> => {
  const table = await opened(kind);
  await outlook.setColumns(table, [tables[kind].column]);
  return table;
};

describe('what all types of tables do', () => {
  const all: readonly (readonly [string, string, (kind: Kind) => Promise<void>])[] = [
    ['MS-OXCTABL_R432 MS-OXCTABL_R830', 'RopSetColumns', async (kind) => expect(await outlook.setColumns(await opened(kind), [tables[kind].column])).toEqual({ returnValue: 0, body: { TableStatus: 0 }, opened: expect.any(Number) as number })],
    ['MS-OXCTABL_R474 MS-OXCTABL_R836', 'RopQueryRows', async (kind) => expect(new Set(await outlook.read(await withColumn(kind))).size).toBe(5)],
    ['MS-OXCTABL_R488 MS-OXCTABL_R841', 'RopGetStatus', async (kind) => expect((await outlook.ok('RopGetStatus', {}, await opened(kind))).body).toEqual({ TableStatus: 0 })],
    ['MS-OXCTABL_R493 MS-OXCTABL_R845', 'RopQueryPosition', async (kind) => expect(await outlook.position(await opened(kind))).toEqual([0, 5])],
    ['MS-OXCTABL_R499 MS-OXCTABL_R849', 'RopSeekRow', async (kind) => {
      const table = await withColumn(kind);
      expect((await outlook.seek(table, 2, -2)).body).toEqual({ HasSoughtLess: false, RowsSought: -2 });
      expect((await outlook.read(table)).length).toBe(2);
    }],
    ['MS-OXCTABL_R519 MS-OXCTABL_R854', 'RopSeekRowFractional', async (kind) => {
      const table = await opened(kind);
      await outlook.seekFraction(table, 3, 5);
      expect(await outlook.position(table)).toEqual([3, 5]);
    }],
    ['MS-OXCTABL_R531 MS-OXCTABL_R877', 'RopQueryColumnsAll', async (kind) => expect((await outlook.ok('RopQueryColumnsAll', {}, await opened(kind))).body.PropertyTags).toContain(tables[kind].column)],
  ];
  it.each(all)('%s: %s', async (_ids, _name, check) => {
    for (const kind of kinds) await check(kind);
  });
});

describe('what some do', () => {
  const searched: readonly Kind[] = ['contents', 'hierarchy', 'rules'];

  it('MS-OXCTABL_R459 MS-OXCTABL_R832: RopRestrict', async () => {
    for (const kind of searched) {
      const table = await withColumn(kind);
      expect((await outlook.restrict(table, compared(tables[kind].column, 2, 'b'))).returnValue).toBe(0);
      expect(await outlook.read(table)).toEqual(['c', 'd', 'e']);
    }
  });

  it('MS-OXCTABL_R542 MS-OXCTABL_R874: RopFindRow', async () => {
    for (const kind of searched) {
      const table = await withColumn(kind);
      const { body } = await outlook.find(table, compared(tables[kind].column, 4, 'd'));
      expect(column(decodeRows(body?.RowData ?? noBytes, [tables[kind].column]))).toEqual(['d']);
      expect(await outlook.position(table)).toEqual([3, 5]);
    }
  });

  const requests = {
    RopSortTable: { SortTableFlags: 0, SortOrderCount: 0, CategoryCount: 0, ExpandedCount: 0, SortOrders: [] }, RopRestrict: { RestrictFlags: 0, RestrictionData: null }, RopAbort: {},
    RopSeekRowBookmark: { Bookmark: new Uint8Array(4), RowCount: 0, WantRowMovedCount: true }, RopCreateBookmark: {}, RopFreeBookmark: { Bookmark: new Uint8Array(4) },
    RopFindRow: { FindRowFlags: 0, RestrictionData: null, Origin: 0, Bookmark: noBytes }, RopResetTable: {}, RopExpandRow: { MaxRowCount: 0, CategoryId: 1n }, RopCollapseRow: { CategoryId: 1n },
    RopGetCollapseState: { RowId: 1n, RowInstanceNumber: 0 }, RopSetCollapseState: { CollapseState: noBytes },
  } as const satisfies { readonly [N in RopName]?: Partial<RopRequestValue<N>> };
  it.each<[string, keyof typeof requests, readonly Kind[]]>([
    ['MS-OXCTABL_R450', 'RopSortTable', ['hierarchy', 'rules', 'permissions', 'attachments']], ['MS-OXCTABL_R461', 'RopRestrict', ['permissions', 'attachments']], ['MS-OXCTABL_R486', 'RopAbort', ['rules', 'permissions', 'attachments']],
    ['MS-OXCTABL_R512', 'RopSeekRowBookmark', ['rules', 'permissions', 'attachments']], ['MS-OXCTABL_R529', 'RopCreateBookmark', ['rules', 'permissions', 'attachments']], ['MS-OXCTABL_R551', 'RopFreeBookmark', ['rules', 'permissions', 'attachments']],
    ['MS-OXCTABL_R544', 'RopFindRow', ['permissions', 'attachments']], ['MS-OXCTABL_R566', 'RopResetTable', ['hierarchy', 'rules', 'permissions', 'attachments']], ['MS-OXCTABL_R572', 'RopExpandRow', ['rules', 'permissions', 'attachments']],
    ['MS-OXCTABL_R578', 'RopCollapseRow', ['rules', 'permissions', 'attachments']], ['MS-OXCTABL_R584', 'RopGetCollapseState', ['rules', 'permissions', 'attachments']], ['MS-OXCTABL_R590', 'RopSetCollapseState', ['rules', 'permissions', 'attachments']],
  ])('%s: %s is ecNotSupported on tables of %s', async (_id, name, others) => {
    for (const kind of others) expect(await outlook.fails(name, requests[name] as never, await withColumn(kind))).toBe(errorCode.NotSupported);
  });
});

it('MS-OXCFOLD_R809: a hierarchy table with SuppressesNotifications tells nothing of what its own client does', async () => {
  const [quiet, loud] = [await outlook.hierarchy(folder, [tag.name], 0xc0), await outlook.hierarchy(folder)];
  for (const table of [quiet, loud]) await outlook.rows(table);
  outlook.notified.length = 0;
  const { opened: handle } = await outlook.ok('RopOpenFolder', { FolderId: fid(folder), OpenModeFlags: 0 }, outlook.logonHandle);
  await outlook.ok('RopCreateFolder', { FolderType: 1, UseUnicodeStrings: true, OpenExisting: false, DisplayName: 'own', Comment: '' }, handle);
  const handles = (): readonly unknown[] => outlook.notified.map(({ body }) => 'NotificationHandle' in body && body.NotificationHandle);
  expect(handles()).toEqual([loud]);
  outlook.notified.length = 0;
  await alice.folder('of others', folder);
  await outlook.execute([], []);
  expect(handles()).toEqual([quiet, loud]);
});
