import type { FolderId } from '@fauxchange/mailbox';
import { errorCode, type Restriction } from '@fauxchange/mapi-wire';
import { createMapiHttpEmulator, type MapiHttpEmulator } from '../src/index.ts';
import { TestMailbox } from './support/mailbox.ts';
import { column, compared, idValue, isText, tag, TableClient } from './support/table-client.ts';

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
const [beginning, custom] = [0, 3];
const tables = {
  contents: async () => {
    await alice.messages(folder, letters);
    return outlook.contents(folder);
  },
  hierarchy: async () => {
    for (const name of letters) await alice.folder(name, folder);
    return outlook.hierarchy(folder);
  },
} as const;
type Kind = keyof typeof tables;
const columnOf = { contents: tag.subject, hierarchy: tag.name } as const;
const afterB: Restriction = compared(tag.subject, 2, 'b');

/** Takes a row out of a table. */
async function remove(kind: Kind, name: string): Promise<void> {
  if (kind === 'hierarchy') {
    const found = (await alice.session.folders(folder, 'shallow')).find(({ displayName }) => displayName === name);
    return alice.session.removeFolder(found?.id ?? folder, 'hard');
  }
  const { items } = await alice.session.query([folder], { limit: 1, restriction: { kind: 'compare', property: 'PidTagSubject', operator: 'eq', value: name } });
  await alice.session.removeItems(items.map(({ id }) => id), 'hard');
}

describe('RopSortTable', () => {
  it.each<[string, number, readonly string[]]>([['MS-OXCTABL_R76', 0, letters], ['MS-OXCTABL_R77', 1, [...letters].reverse()]])('%s MS-OXCTABL_R437 MS-OXCTABL_R119 MS-OXCTABL_R447: order %d', async (_id, order, expected) => {
    await alice.messages(folder, ['c', 'a', 'e', 'b', 'd']);
    const table = await outlook.contents(folder);
    await outlook.read(table, 2);
    expect(await outlook.sort(table, [[tag.subject, order]])).toMatchObject({ returnValue: 0, body: { TableStatus: 0 } });
    expect(await outlook.position(table)).toEqual([0, 5]);
    expect(await outlook.read(table)).toEqual(expected);
  });

  it('MS-OXCTABL_R438: another order takes the place of the first', async () => {
    const table = await tables.contents();
    await outlook.sort(table, [[tag.subject, 1]]);
    await outlook.sort(table, [[tag.subject, 0]]);
    expect(await outlook.read(table)).toEqual(letters);
  });

  it('several keys, the first counts most', async () => {
    for (const [subject, importance] of [['b', 1], ['a', 2], ['c', 1], ['d', 2]] as const) await alice.message(folder, subject, { PidTagImportance: importance });
    const table = await outlook.contents(folder);
    await outlook.sort(table, [[tag.importance, 1], [tag.subject, 0]]);
    expect(await outlook.read(table)).toEqual(['a', 'd', 'b', 'c']);
  });

  it.each<[string, readonly (readonly [number, number])[], number, number, number]>([
    ['an order that is none', [[tag.subject, 7]], 0, 0, errorCode.InvalidParameter], ['more categories than keys', [[tag.subject, 0]], 2, 0, errorCode.InvalidParameter], ['more open ones than categories', [[tag.subject, 0]], 1, 2, errorCode.InvalidParameter],
    ['a type that is none', [[0x0037_0000, 0]], 0, 0, errorCode.InvalidParameter], ['the order of categories without any', [[tag.subject, 4]], 0, 0, errorCode.InvalidParameter], ['many values at once', [[0x6666_101f, 0]], 0, 0, errorCode.NotSupported],
    ['too many keys', Array.from({ length: 7 }, (_, at) => [0x6600_0003 + at * 0x1_0000, 0] as const), 0, 0, errorCode.TooComplex],
  ])('MS-OXCTABL_R443: refused for %s, there are no rows until an order is taken', async (_what, orders, categories, expanded, code) => {
    const table = await tables.contents();
    expect((await outlook.sort(table, orders, categories, expanded)).returnValue).toBe(code);
    expect(await outlook.fails('RopQueryRows', { QueryRowsFlags: 0, ForwardRead: true, RowCount: 1 }, table)).toBe(code);
    await outlook.sort(table, [[tag.subject, 1]]);
    expect(await outlook.read(table, 2)).toEqual(['e', 'd']);
  });
});

describe('RopRestrict', () => {
  it.each<[string, Kind]>([['MS-OXCTABL_R834', 'contents'], ['MS-OXCTABL_R833', 'hierarchy']])('%s MS-OXCTABL_R451 MS-OXCTABL_R452 MS-OXCTABL_R117 MS-OXCTABL_R453: only rows that match, from the first (%s)', async (_id, kind) => {
    const table = await tables[kind]();
    await outlook.read(table, 2);
    expect(await outlook.restrict(table, compared(columnOf[kind], 2, 'b'))).toMatchObject({ returnValue: 0, body: { TableStatus: 0 } });
    expect(await outlook.position(table)).toEqual([0, 3]);
    expect(await outlook.read(table)).toEqual(['c', 'd', 'e']);
    await outlook.restrict(table, null);
    expect(await outlook.read(table)).toEqual(letters);
  });

  it('MS-OXCTABL_R456: refused, there are no rows until a restriction is taken', async () => {
    const table = await tables.contents();
    expect((await outlook.restrict(table, { kind: 'Count', Count: 1, SubRestriction: afterB })).returnValue).toBe(errorCode.TooComplex);
    expect(await outlook.fails('RopQueryRows', { QueryRowsFlags: 0, ForwardRead: true, RowCount: 1 }, table)).toBe(errorCode.TooComplex);
    await outlook.restrict(table, afterB);
    expect(await outlook.read(table)).toEqual(['c', 'd', 'e']);
  });

  const of = (restriction: Restriction): Restriction => restriction;
  it.each<[string, Restriction, readonly string[]]>([
    ['and', of({ kind: 'And', Restricts: [afterB, compared(tag.subject, 0, 'e')] }), ['c', 'd']], ['or', of({ kind: 'Or', Restricts: [isText(tag.subject, 'a'), isText(tag.subject, 'E')] }), ['a', 'e']], ['not', of({ kind: 'Not', Restriction: afterB }), ['a', 'b']],
    ['not equal', compared(tag.subject, 5, 'c'), ['a', 'b', 'd', 'e']], ['at most', compared(tag.subject, 1, 'b'), ['a', 'b']], ['at least', compared(tag.subject, 3, 'd'), ['d', 'e']],
    ['a prefix', isText(tag.class, 'ipm.', 2), letters], ['a part', isText(tag.class, 'note', 1), letters], ['the whole text', isText(tag.class, 'note', 0), []], ['8-bit texts', isText(tag.subject8, 'A'), ['a']],
    ['bits', of({ kind: 'BitMask', BitmapRelOp: 1, PropTag: 0x0e07_0003, Mask: 1 }), []], ['no bits', of({ kind: 'BitMask', BitmapRelOp: 0, PropTag: 0x0e07_0003, Mask: 1 }), letters],
    ['what is there', of({ kind: 'Exist', PropTag: tag.subject }), letters], ['what is not there', of({ kind: 'Exist', PropTag: 0x6666_0003 }), []], ['sizes', of({ kind: 'Size', RelOp: 2, PropTag: tag.subject, Size: 1_000 }), []],
    ['two properties', of({ kind: 'CompareProperties', RelOp: 4, PropTag1: tag.subject, PropTag2: 0x0e1d_001f }), letters], ['a comment', of({ kind: 'Comment', TaggedValues: [], Restriction: afterB }), ['c', 'd', 'e']],
    ['a name that nobody has given', of({ kind: 'Exist', PropTag: 0x8abc_001f }), []],
  ])('%s', async (_what, restriction, expected) => {
    const table = await tables.contents();
    expect((await outlook.restrict(table, restriction)).returnValue).toBe(0);
    expect(await outlook.read(table)).toEqual(expected);
  });

  it('recipients and attachments', async () => {
    const recipients = [{ type: 'to', name: 'Bob Baker', address: 'bob@example.test', addressType: 'SMTP' }, { type: 'cc', name: 'Carol', address: 'carol@example.test', addressType: 'SMTP' }] as const;
    await alice.message(folder, 'sent', {}, { recipients });
    await alice.message(folder, 'other');
    const table = await outlook.contents(folder);
    const inRecipients = (Restriction: Restriction): Restriction => ({ kind: 'SubObject', Subobject: 0x0e12_000d, Restriction });
    const isOfType = (type: number) => compared(0x0c15_0003, 4, type);
    for (const [restriction, expected] of [
      [isText(tag.name, 'baker', 1), ['sent']], [{ kind: 'And', Restricts: [isOfType(1), isText(tag.name, 'carol', 1)] }, []], [{ kind: 'And', Restricts: [isOfType(2), isText(0x3003_001f, 'carol@example.test')] }, ['sent']], [isText(tag.name, 'nobody', 1), []],
    ] as const) {
      expect((await outlook.restrict(table, inRecipients(restriction as Restriction))).returnValue).toBe(0);
      expect(await outlook.read(table)).toEqual(expected);
    }
    expect((await outlook.restrict(table, inRecipients({ kind: 'Exist', PropTag: tag.name }))).returnValue).toBe(errorCode.TooComplex);
  });
});

describe('bookmarks', () => {
  it.each<[string, Kind]>([['MS-OXCTABL_R526 MS-OXCTABL_R508', 'contents'], ['MS-OXCTABL_R857 MS-OXCTABL_R852', 'hierarchy']])('%s MS-OXCTABL_R862 MS-OXCTABL_R861 MS-OXCTABL_R522 MS-OXCTABL_R503 MS-OXCTABL_R504 MS-OXCTABL_R166: name rows of a %s table', async (_id, kind) => {
    const table = await tables[kind]();
    await outlook.seek(table, beginning, 2);
    const mark = await outlook.bookmark(table);
    await outlook.seek(table, beginning, 0);
    expect((await outlook.seekBookmark(table, mark)).returnValue).toBe(0);
    expect(await outlook.read(table, 1)).toEqual(['c']);
    await outlook.seekBookmark(table, mark, -1);
    expect(await outlook.read(table, 1)).toEqual(['b']);
    await remove(kind, 'a');
    await outlook.seekBookmark(table, mark);
    expect(await outlook.read(table, 1)).toEqual(['c']);
  });

  it.each<[string, number, number, boolean]>([['MS-OXCTABL_R188', 1, 1, false], ['MS-OXCTABL_R180 MS-OXCTABL_R187', 9, 3, true], ['MS-OXCTABL_R180 MS-OXCTABL_R187', -9, -2, true], ['MS-OXCTABL_R188', -2, -2, false]])('%s MS-OXCTABL_R178 MS-OXCTABL_R190 MS-OXCTABL_R183: by %d', async (_id, RowCount, RowsSought, HasSoughtLess) => {
    const table = await tables.contents();
    await outlook.seek(table, beginning, 2);
    const mark = await outlook.bookmark(table);
    expect((await outlook.seekBookmark(table, mark, RowCount)).body).toEqual({ RowNoLongerVisible: false, HasSoughtLess, RowsSought });
    expect(await outlook.position(table)).toEqual([2 + RowsSought, 5]);
  });

  it('MS-OXCTABL_R182 MS-OXCTABL_R506 MS-OXCTABL_R538: the row is gone: the next one', async () => {
    const table = await tables.contents();
    await outlook.seek(table, beginning, 2);
    const mark = await outlook.bookmark(table);
    await remove('contents', 'c');
    expect((await outlook.seekBookmark(table, mark)).body).toMatchObject({ RowNoLongerVisible: true });
    expect(await outlook.read(table, 1)).toEqual(['d']);
    expect((await outlook.find(table, afterB, custom, 0, mark)).body).toMatchObject({ RowNoLongerVisible: true });
    expect(await outlook.read(table, 1)).toEqual(['d']);
  });

  it('MS-OXCTABL_R239: a search from a bookmark', async () => {
    const table = await tables.contents();
    await outlook.seek(table, beginning, 3);
    const mark = await outlook.bookmark(table);
    await outlook.seek(table, beginning, 0);
    expect((await outlook.find(table, afterB, custom, 0, mark)).body).toMatchObject({ RowNoLongerVisible: false, HasRowData: true });
    expect(await outlook.read(table, 1)).toEqual(['d']);
  });

  it.each<[string, (table: number) => Promise<unknown>]>([
    ['MS-OXCTABL_R864 MS-OXCTABL_R904 MS-OXCTABL_R898 RopSortTable', (table) => outlook.sort(table, [[tag.subject, 0]])],
    ['MS-OXCTABL_R865 MS-OXCTABL_R906 MS-OXCTABL_R900 MS-OXCTABL_R453 RopRestrict', (table) => outlook.restrict(table, afterB)],
    ['MS-OXCTABL_R863 MS-OXCTABL_R908 MS-OXCTABL_R902 MS-OXCTABL_R562 RopResetTable', async (table) => {
      await outlook.ok('RopResetTable', {}, table);
      await outlook.setColumns(table, [tag.subject]);
    }],
  ])('MS-OXCTABL_R511 %s makes them invalid', async (_id, change) => {
    const table = await tables.contents();
    const mark = await outlook.bookmark(table);
    await change(table);
    expect((await outlook.seekBookmark(table, mark)).returnValue).toBe(0x8004_0405);
    expect((await outlook.find(table, afterB, custom, 0, mark)).returnValue).toBe(0x8004_0405);
  });

  it.each<[string, Kind]>([['MS-OXCTABL_R549', 'contents'], ['MS-OXCTABL_R547', 'hierarchy']])('%s MS-OXCTABL_R545 MS-OXCTABL_R5521 MS-OXCTABL_R2481: RopFreeBookmark gives one of a %s table back', async (_id, kind) => {
    const table = await tables[kind]();
    const mark = await outlook.bookmark(table);
    expect(await outlook.fails('RopFreeBookmark', { Bookmark: mark }, table)).toBe(0);
    expect((await outlook.seekBookmark(table, mark)).returnValue).toBe(0x8004_0405);
    expect(await outlook.fails('RopFreeBookmark', { Bookmark: mark }, table)).toBe(0x8004_0405);
    for (const Bookmark of [new Uint8Array(0), new Uint8Array(9)]) expect(await outlook.fails('RopFreeBookmark', { Bookmark }, table)).toBe(0x8004_0405);
  });

  it('a table keeps so many', async () => {
    const table = await tables.contents();
    const requests = Array.from({ length: 1_001 }, () => ({ name: 'RopCreateBookmark', logonId: 0, handleIndex: 0, request: {} } as const));
    const { responses } = await outlook.execute(requests, [table]);
    expect(responses.map((one) => ('returnValue' in one ? one.returnValue : undefined)).slice(-2)).toEqual([0, errorCode.OutOfResources]);
  });
});

describe('RopResetTable', () => {
  it('MS-OXCTABL_R555 MS-OXCTABL_R556 MS-OXCTABL_R561 MS-OXCTABL_R564 MS-OXCTABL_R554: columns, restriction and order go, the cursor is at the beginning', async () => {
    const table = await tables.contents();
    await outlook.sort(table, [[tag.subject, 1]]);
    await outlook.restrict(table, afterB);
    await outlook.read(table, 2);
    await outlook.ok('RopResetTable', {}, table);
    expect(await outlook.fails('RopQueryRows', { QueryRowsFlags: 0, ForwardRead: true, RowCount: 1 }, table)).toBe(errorCode.NullObject);
    await outlook.setColumns(table, [tag.subject]);
    expect(await outlook.position(table)).toEqual([0, 5]);
    expect(await outlook.read(table)).toEqual(letters);
  });

  it('MS-OXCTABL_R559: what was refused is forgotten', async () => {
    const table = await tables.contents();
    await outlook.sort(table, [[tag.subject, 9]]);
    await outlook.ok('RopResetTable', {}, table);
    await outlook.setColumns(table, [tag.subject]);
    expect(await outlook.read(table)).toEqual(letters);
  });
});

describe('categories', () => {
  /** Rows as `[type, depth, text, count, unread]`; of messages the last two are undefined. */
  const outline = async (table: number): Promise<readonly (readonly unknown[])[]> => {
    await outlook.seek(table, beginning, 0);
    const rows = await outlook.rows(table);
    return rows.map((row, at) => [1, 2, 3, 4, 5].map((place) => column(rows, place)[at]).map((value) => (typeof value === 'string' && value.startsWith('error') ? undefined : value)).filter((value) => value !== undefined));
  };
  const columns = [tag.instId, tag.rowType, tag.depth, tag.importance, tag.subject, tag.count];
  const sample = async (): Promise<number> => {
    for (const [subject, importance, isRead] of [['x', 2, false], ['y', 1, true], ['z', 2, true], ['w', 1, false], ['v', 0, true]] as const) await alice.message(folder, subject, { PidTagImportance: importance }, { isRead });
    return outlook.contents(folder, columns);
  };
  const byImportance = [[tag.importance, 1], [tag.subject, 0]] as const;
  const header = async (table: number, importance: number): Promise<bigint> => {
    await outlook.seek(table, beginning, 0);
    const rows = await outlook.rows(table);
    const at = rows.findIndex((_row, place) => column(rows, 1)[place] !== 1 && column(rows, 3)[place] === importance);
    return BigInt.asUintN(64, column(rows)[at] as bigint);
  };

  it('MS-OXCTABL_R66 MS-OXCTABL_R67 MS-OXCTABL_R71 MS-OXCTABL_R72 MS-OXCTABL_R15 MS-OXCTABL_R17 MS-OXCTABL_R20: from the first keys; the others sort what is in them', async () => {
    const table = await sample();
    await outlook.sort(table, byImportance, 1, 1);
    expect(await outline(table)).toEqual([[3, 0, 2, 2], [1, 1, 2, 'x'], [1, 1, 2, 'z'], [3, 0, 1, 2], [1, 1, 1, 'w'], [1, 1, 1, 'y'], [3, 0, 0, 1], [1, 1, 0, 'v']]);
    expect(await outlook.position(table)).toEqual([8, 8]);
  });

  it('MS-OXCTABL_R18 MS-OXCTABL_R21 MS-OXCTABL_R23 MS-OXCTABL_R22: closed at first; their counts are told all the same', async () => {
    const table = await sample();
    await outlook.sort(table, byImportance, 1, 0);
    await outlook.setColumns(table, [tag.rowType, tag.count, tag.unread, tag.importance]);
    expect(await outlook.rows(table)).toEqual([[2, 1, 2], [2, 1, 1], [1, 0, 0]].map(([count, unread, importance]) => [{ value: 4 }, { value: count }, { value: unread }, { value: importance }]));
  });

  it('MS-OXCTABL_R66 MS-OXCTABL_R621: two levels, the first open', async () => {
    const table = await sample();
    await outlook.sort(table, [[tag.importance, 0], [tag.read, 0], [tag.subject, 0]], 2, 1);
    expect(await outline(table)).toEqual([[3, 0, 0, 1], [4, 1, 0, 1], [3, 0, 1, 2], [4, 1, 1, 1], [4, 1, 1, 1], [3, 0, 2, 2], [4, 1, 2, 1], [4, 1, 2, 1]]);
  });

  it('MS-OXCTABL_R81: by the greatest value among their rows', async () => {
    for (const [subject, size] of [['a', 5], ['b', 9], ['a', 8], ['c', 1], ['b', 2]] as const) await alice.message(folder, subject, { '0x6666:Integer32': size });
    const table = await outlook.contents(folder, [tag.subject, 0x6666_0003]);
    await outlook.sort(table, [[tag.subject, 1], [0x6666_0003, 4]], 1, 0);
    const rows = await outlook.rows(table);
    expect([column(rows), column(rows, 1)]).toEqual([['b', 'a', 'c'], [9, 8, 1]]);
    await outlook.sort(table, [[tag.subject, 0], [0x6666_0003, 4]], 1, 0);
    expect(await outlook.read(table)).toEqual(['c', 'a', 'b']);
  });

  it('MS-OXCTABL_R567 MS-OXCTABL_R568 MS-OXCTABL_R571 MS-OXCTABL_R278: RopExpandRow opens one', async () => {
    const table = await sample();
    await outlook.sort(table, byImportance, 1, 0);
    const CategoryId = await header(table, 1);
    expect((await outlook.ok('RopExpandRow', { MaxRowCount: 0, CategoryId }, table)).body).toMatchObject({ ExpandedRowCount: 2, RowCount: 0 });
    expect(await outline(table)).toEqual([[4, 0, 2, 2], [3, 0, 1, 2], [1, 1, 1, 'w'], [1, 1, 1, 'y'], [4, 0, 0, 1]]);
    expect(await outlook.fails('RopExpandRow', { MaxRowCount: 0, CategoryId }, table)).toBe(0x4f8);
  });

  it('MS-OXCTABL_R573 MS-OXCTABL_R574 MS-OXCTABL_R577 MS-OXCTABL_R287: RopCollapseRow closes one', async () => {
    const table = await sample();
    await outlook.sort(table, byImportance, 1, 1);
    const CategoryId = await header(table, 2);
    expect((await outlook.ok('RopCollapseRow', { CategoryId }, table)).body).toEqual({ CollapsedRowCount: 2 });
    expect((await outline(table)).slice(0, 2)).toEqual([[4, 0, 2, 2], [3, 0, 1, 2]]);
    expect(await outlook.fails('RopCollapseRow', { CategoryId }, table)).toBe(0x4f7);
  });

  it('MS-OXCTABL_R570 MS-OXCTABL_R576: no such category; MS-OXCTABL_R748: no rows with the answer', async () => {
    const table = await sample();
    await outlook.sort(table, byImportance, 1, 0);
    for (const CategoryId of [0x1234n, 1n]) {
      expect(await outlook.fails('RopExpandRow', { MaxRowCount: 0, CategoryId }, table)).toBe(0x8004_010f);
      expect(await outlook.fails('RopCollapseRow', { CategoryId }, table)).toBe(0x8004_010f);
    }
    expect(await outlook.fails('RopExpandRow', { MaxRowCount: 5, CategoryId: await header(table, 1) }, table)).toBe(errorCode.NotSupported);
  });

  it('MS-OXCTABL_R579 MS-OXCTABL_R582 MS-OXCTABL_R289 MS-OXCTABL_R585 MS-OXCTABL_R588 MS-OXCTABL_R304 MS-OXCTABL_R305 MS-OXCTABL_R587: what is open is told, and made so again', async () => {
    const table = await sample();
    await outlook.sort(table, byImportance, 1, 0);
    await outlook.ok('RopExpandRow', { MaxRowCount: 0, CategoryId: await header(table, 1) }, table);
    const open = await outline(table);
    const { items } = await alice.session.query([folder], { limit: 1, restriction: { kind: 'compare', property: 'PidTagSubject', operator: 'eq', value: 'y' } });
    const RowId = BigInt.asUintN(64, idValue(items[0]?.id ?? 0));
    const { CollapseState } = (await outlook.ok('RopGetCollapseState', { RowId, RowInstanceNumber: 0 }, table)).body;
    await outlook.sort(table, byImportance, 1, 0);
    expect((await outline(table)).length).toBe(3);
    const { Bookmark } = (await outlook.ok('RopSetCollapseState', { CollapseState }, table)).body;
    expect(await outlook.position(table)).toEqual([3, 5]);
    expect(await outline(table)).toEqual(open);
    await outlook.seekBookmark(table, Bookmark);
    expect(column(await outlook.rows(table, 1), 4)).toEqual(['y']);
  });

  it('MS-OXCTABL_R308: a state of another order, or none', async () => {
    const table = await sample();
    await outlook.sort(table, byImportance, 1, 0);
    const { CollapseState } = (await outlook.ok('RopGetCollapseState', { RowId: 1n, RowInstanceNumber: 0 }, table)).body;
    await outlook.sort(table, [[tag.subject, 0]], 1, 0);
    for (const state of [CollapseState, new Uint8Array(0), Buffer.from('[1,2,3]'), Buffer.from('["",[["a",1]],""]')]) expect(await outlook.fails('RopSetCollapseState', { CollapseState: state }, table)).toBe(errorCode.InvalidParameter);
  });

  it('MS-OXCTABL_R505: the row of a bookmark is hidden', async () => {
    const table = await sample();
    await outlook.sort(table, byImportance, 1, 1);
    await outlook.seek(table, beginning, 2);
    const mark = await outlook.bookmark(table);
    await outlook.ok('RopCollapseRow', { CategoryId: await header(table, 2) }, table);
    expect((await outlook.seekBookmark(table, mark)).body).toMatchObject({ RowNoLongerVisible: true });
    expect(column(await outlook.rows(table, 1), 3)).toEqual([1]);
  });

  it('new messages come into their categories', async () => {
    const table = await sample();
    await outlook.sort(table, byImportance, 1, 1);
    await outline(table);
    await alice.message(folder, 'y2', { PidTagImportance: 1 });
    expect((await outline(table)).slice(3, 7)).toEqual([[3, 0, 1, 3], [1, 1, 1, 'w'], [1, 1, 1, 'y'], [1, 1, 1, 'y2']]);
  });
});

describe('rows for single values', () => {
  const keywords = 0x6666_301f;
  const sample = async (): Promise<void> => {
    for (const [subject, values] of [['one', ['red', 'blue']], ['two', ['blue', 'green']], ['three', undefined]] as const) await alice.message(folder, subject, { '0x6666:MultipleString': values });
  };

  it('MS-OXCTABL_R433 MS-OXCTABL_R448 MS-OXCTABL_R8 MS-OXCTABL_R12: a row for each', async () => {
    await sample();
    const table = await outlook.contents(folder, [keywords, tag.subject, tag.instanceNum, tag.instId]);
    await outlook.sort(table, [[keywords, 0], [tag.subject, 0]]);
    const rows = await outlook.rows(table);
    expect([column(rows), column(rows, 1), column(rows, 2)]).toEqual([['error 8004010f', 'blue', 'blue', 'green', 'red'], ['three', 'one', 'two', 'two', 'one'], [0, 1, 0, 1, 0]]);
    expect(new Set(column(rows, 3)).size).toBe(3);
    expect(await outlook.position(table)).toEqual([5, 5]);
  });

  it('in categories', async () => {
    await sample();
    const table = await outlook.contents(folder, [keywords, tag.count]);
    await outlook.sort(table, [[keywords, 0]], 1, 0);
    const rows = await outlook.rows(table);
    expect([column(rows), column(rows, 1)]).toEqual([['error 8004010f', 'blue', 'green', 'red'], [1, 2, 1, 1]]);
  });

  it('one property at a time', async () => {
    await sample();
    const table = await outlook.contents(folder, [keywords]);
    expect(await outlook.read(table)).toEqual(['red', 'blue', 'blue', 'green', 'error 8004010f']);
    expect((await outlook.sort(table, [[0x6667_301f, 0]])).returnValue).toBe(errorCode.NotSupported);
    expect((await outlook.setColumns(table, [keywords, 0x6667_301f])).returnValue).toBe(errorCode.NotSupported);
    expect((await outlook.setColumns(await outlook.hierarchy(folder), [keywords])).returnValue).toBe(errorCode.NotSupported);
  });
});
