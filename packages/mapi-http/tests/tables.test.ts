import { binary } from '@fauxchange/properties';
import type { FolderId, Item } from '@fauxchange/mailbox';
import { errorCode, objectId, type Cell, type Restriction, type RopName, type RopRequestValue } from '@fauxchange/mapi-wire';
import { createMapiHttpEmulator, type MapiHttpEmulator } from '../src/index.ts';
import { TestMailbox } from './support/mailbox.ts';
import { RopClient } from './support/rop-client.ts';

let mapi: MapiHttpEmulator;
let outlook: RopClient;
let alice: TestMailbox;
let logon: number;
let folder: FolderId;
beforeAll(async () => {
  mapi = await createMapiHttpEmulator();
});
beforeEach(async () => {
  await mapi.reset();
  outlook = new RopClient(mapi);
  alice = new TestMailbox(mapi);
  folder = await alice.folder('Letters');
  ({ opened: logon } = await outlook.logon());
});
afterAll(() => mapi.close());

const tag = {
  subject: 0x0037_001f, subject8: 0x0037_001e, normalized: 0x0e1d_001f, name: 0x3001_001f, size: 0x0e08_0003, importance: 0x0017_0003, class: 0x001a_001f, delivery: 0x0e06_0040, body: 0x1000_001f, entryId: 0x0fff_0102,
  folderId: 0x6748_0014, mid: 0x674a_0014, instId: 0x674d_0014, instanceNum: 0x674e_0003, rowType: 0x0ff5_0003, depth: 0x3005_0003, count: 0x3602_0003, unread: 0x3603_0003, read: 0x0e69_000b, sender: 0x0c1a_001f,
} as const;
const fid = (id: number): bigint => objectId(1, BigInt(id));
const signed = (id: number): bigint => BigInt.asIntN(64, fid(id));
const values = (rows: readonly (readonly Cell[])[], column = 0): readonly unknown[] => rows.map((row) => valueIn(row[column]));
const valueIn = (cell: Cell | undefined): unknown => (cell && 'value' in cell ? cell.value : cell && 'error' in cell ? `error ${cell.error.toString(16)}` : undefined);

const open = async (id: number = folder): Promise<number> => (await outlook.ok('RopOpenFolder', { FolderId: fid(id), OpenModeFlags: 0 }, logon)).opened;
const contents = async (columns: readonly number[] | undefined = [tag.subject], TableFlags = 0x40, id: number = folder): Promise<number> => {
  const { opened } = await outlook.ok('RopGetContentsTable', { TableFlags }, await open(id));
  if (columns.length > 0) await setColumns(opened, columns);
  return opened;
};
const hierarchy = async (columns: readonly number[] = [tag.name], TableFlags = 0x40, id: number = folder): Promise<number> => {
  const { opened } = await outlook.ok('RopGetHierarchyTable', { TableFlags }, await open(id));
  if (columns.length > 0) await setColumns(opened, columns);
  return opened;
};
const setColumns = (table: number, PropertyTags: readonly number[]) => outlook.ok('RopSetColumns', { SetColumnsFlags: 0, PropertyTags }, table);
const sort = (table: number, orders: readonly (readonly [number, number])[], CategoryCount = 0, ExpandedCount = 0) =>
  outlook.rop('RopSortTable', { SortTableFlags: 0, SortOrderCount: orders.length, CategoryCount, ExpandedCount, SortOrders: orders.map(([PropertyTag, Order]) => ({ PropertyTag, Order })) }, table);
const restrict = (table: number, RestrictionData: Restriction | null) => outlook.rop('RopRestrict', { RestrictFlags: 0, RestrictionData }, table);
const isText = (PropertyTag: number, value: string): Restriction => ({ kind: 'Content', FuzzyLevelLow: 0, FuzzyLevelHigh: 1, PropertyTag, TaggedValue: { tag: PropertyTag, value } });
const compared = (PropTag: number, RelOp: number, value: unknown): Restriction => ({ kind: 'Property', RelOp, PropTag, TaggedValue: { tag: PropTag, value: value as never } });
const subjects = async (table: number, count = 50): Promise<readonly unknown[]> => values(await outlook.rows(table, count));
const position = async (table: number) => (await outlook.ok('RopQueryPosition', {}, table)).body;
const seek = (table: number, Origin: number, RowCount: number, WantRowMovedCount = true) => outlook.rop('RopSeekRow', { Origin, RowCount, WantRowMovedCount }, table);
const find = (table: number, RestrictionData: Restriction, Origin = 0, FindRowFlags = 0, Bookmark: Uint8Array = new Uint8Array(0)) => outlook.rop('RopFindRow', { FindRowFlags, RestrictionData, Origin, Bookmark }, table);
const bookmark = async (table: number): Promise<Uint8Array> => (await outlook.ok('RopCreateBookmark', {}, table)).body.Bookmark;
const seekBookmark = (table: number, Bookmark: Uint8Array, RowCount = 0, WantRowMovedCount = true) => outlook.rop('RopSeekRowBookmark', { Bookmark, RowCount, WantRowMovedCount }, table);

it('smoke', async () => {
  await alice.messages(folder, ['b', 'a', 'c']);
  const table = await contents();
  expect(await subjects(table)).toEqual(['b', 'a', 'c']);
  await sort(table, [[tag.subject, 1]]);
  expect(await subjects(table)).toEqual(['c', 'b', 'a']);
  void [binary, errorCode, hierarchy, restrict, isText, compared, position, seek, find, bookmark, seekBookmark, signed];
  void (null as unknown as [Item, RopName, RopRequestValue<'RopLogon'>]);
});
