import { binary } from '@fauxchange/properties';
import type { FolderId } from '@fauxchange/mailbox';
import { decodeRows, errorCode, type RopName, type RopRequestValue } from '@fauxchange/mapi-wire';
import { createMapiHttpEmulator, type MapiHttpEmulator } from '../src/index.ts';
import { TestMailbox } from './support/mailbox.ts';
import { column, compared, fid, idValue, isText, tag, TableClient } from './support/table-client.ts';

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
const ascending = [[tag.subject, 0]] as const;
const beginning = 0;
const current = 1;
const end = 2;

/** A contents table with the letters in their order, and a hierarchy table with folders of these names. */
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
const kinds = Object.keys(tables) as readonly (keyof typeof tables)[];
/** The tag of the column with the letters. */
const columnOf = { contents: tag.subject, hierarchy: tag.name } as const;

type AnyRequest = { readonly [N in RopName]: readonly [string, N, Partial<RopRequestValue<N>>] }[RopName];
const tableRops: readonly AnyRequest[] = [
  ['MS-OXCTABL_R45 MS-OXCTABL_R436', 'RopSetColumns', { SetColumnsFlags: 0, PropertyTags: [tag.subject] }],
  ['MS-OXCTABL_R57', 'RopSortTable', { SortTableFlags: 0, SortOrderCount: 0, CategoryCount: 0, ExpandedCount: 0, SortOrders: [] }],
  ['MS-OXCTABL_R88 MS-OXCTABL_R461', 'RopRestrict', { RestrictFlags: 0, RestrictionData: null }],
  ['MS-OXCTABL_R614 MS-OXCTABL_R477', 'RopQueryRows', { QueryRowsFlags: 0, ForwardRead: true, RowCount: 1 }],
  ['MS-OXCTABL_R124 MS-OXCTABL_R486', 'RopAbort', {}],
  ['MS-OXCTABL_R129 MS-OXCTABL_R490', 'RopGetStatus', {}],
  ['MS-OXCTABL_R612 MS-OXCTABL_R495', 'RopQueryPosition', {}],
  ['MS-OXCTABL_R142 MS-OXCTABL_R502', 'RopSeekRow', { Origin: 0, RowCount: 0, WantRowMovedCount: true }],
  ['MS-OXCTABL_R168 MS-OXCTABL_R512', 'RopSeekRowBookmark', { Bookmark: noBytes, RowCount: 0, WantRowMovedCount: true }],
  ['MS-OXCTABL_R200 MS-OXCTABL_R521', 'RopSeekRowFractional', { Numerator: 0, Denominator: 1 }],
  ['MS-OXCTABL_R209 MS-OXCTABL_R529', 'RopCreateBookmark', {}],
  ['MS-OXCTABL_R218 MS-OXCTABL_R533', 'RopQueryColumnsAll', {}],
  ['MS-OXCTABL_R682 MS-OXCTABL_R544', 'RopFindRow', { FindRowFlags: 0, RestrictionData: null, Origin: 0, Bookmark: noBytes }],
  ['MS-OXCTABL_R249', 'RopFreeBookmark', { Bookmark: noBytes }],
  ['MS-OXCTABL_R259', 'RopResetTable', {}],
  ['MS-OXCTABL_R274', 'RopExpandRow', { MaxRowCount: 0, CategoryId: 1n }],
  ['MS-OXCTABL_R284', 'RopCollapseRow', { CategoryId: 1n }],
  ['MS-OXCTABL_R290', 'RopGetCollapseState', { RowId: 1n, RowInstanceNumber: 0 }],
  ['MS-OXCTABL_R306', 'RopSetCollapseState', { CollapseState: noBytes }],
];
/** What only contents tables do. */
const contentsOnly: Readonly<Partial<Record<RopName, string>>> = {
  RopSortTable: 'MS-OXCTABL_R450', RopResetTable: 'MS-OXCTABL_R566', RopExpandRow: 'MS-OXCTABL_R572', RopCollapseRow: 'MS-OXCTABL_R578', RopGetCollapseState: 'MS-OXCTABL_R584', RopSetCollapseState: 'MS-OXCTABL_R590',
};

describe('on what', () => {
  it.each(tableRops)('%s: %s on a folder is ecNotSupported', async (_id, name, request) => {
    expect(await outlook.fails(name, request as never, await outlook.openFolder(folder))).toBe(0x8004_0102);
  });

  it.each(tableRops.filter(([, name]) => name in contentsOnly).map(([, name, request]) => [contentsOnly[name], name, request] as const))('%s: %s on a hierarchy table is ecNotSupported', async (_id, name, request) => {
    expect(await outlook.fails(name, request as never, await tables.hierarchy())).toBe(0x8004_0102);
  });

  it.each<[string, RopName, object]>([
    ['MS-OXCTABL_R768 MS-OXCTABL_R866 MS-OXCTABL_R867', 'RopQueryRows', { QueryRowsFlags: 0, ForwardRead: true, RowCount: 1 }],
    ['MS-OXCTABL_R827 MS-OXCTABL_R539', 'RopFindRow', { FindRowFlags: 0, RestrictionData: null, Origin: 0, Bookmark: noBytes }],
    ['MS-OXCTABL_R8271', 'RopCollapseRow', { CategoryId: 1n }], ['MS-OXCTABL_R8273', 'RopExpandRow', { MaxRowCount: 0, CategoryId: 1n }],
    ['MS-OXCTABL_R8274', 'RopFreeBookmark', { Bookmark: new Uint8Array(4) }], ['MS-OXCTABL_R8275', 'RopGetCollapseState', { RowId: 1n, RowInstanceNumber: 0 }],
    ['MS-OXCTABL_R8276', 'RopSeekRowBookmark', { Bookmark: new Uint8Array(4), RowCount: 0, WantRowMovedCount: true }], ['MS-OXCTABL_R8277', 'RopSetCollapseState', { CollapseState: new Uint8Array([0x5b, 0x5d]) }],
    ['CreateBookmark', 'RopCreateBookmark', {}],
  ])('%s: %s before RopSetColumns is ecNullObject', async (_id, name, request) => {
    await alice.messages(folder, letters);
    expect(await outlook.fails(name, request as never, await outlook.contents(folder, []))).toBe(0x4b9);
  });

  it.each<[string, keyof typeof tables]>([['MS-OXCTABL_R842', 'contents'], ['MS-OXCTABL_R840', 'hierarchy']])('%s: RopGetStatus of a %s table', async (_id, kind) => {
    expect((await outlook.ok('RopGetStatus', {}, await tables[kind]())).body).toEqual({ TableStatus: 0 });
  });

  it.each<[string, keyof typeof tables]>([['MS-OXCTABL_R483', 'contents'], ['MS-OXCTABL_R839', 'hierarchy']])('%s MS-OXCTABL_R860: RopAbort of a %s table finds nothing to abort', async (_id, kind) => {
    expect(await outlook.fails('RopAbort', {}, await tables[kind]())).toBe(errorCode.UnableToAbort);
  });
});

describe('columns', () => {
  it.each<[string, keyof typeof tables]>([['MS-OXCTABL_R831 MS-OXCTABL_R837', 'contents'], ['MS-OXCTABL_R829 MS-OXCTABL_R835', 'hierarchy']])('%s MS-OXCTABL_R426 MS-OXCTABL_R427 MS-OXCTABL_R116 MS-OXCTABL_R472: those of RopSetColumns in their order, in a %s table', async (_id, kind) => {
    const table = await tables[kind]();
    await outlook.setColumns(table, [tag.rowType, columnOf[kind], 0x6666_001f]);
    const [row] = await outlook.rows(table, 1);
    expect(row).toEqual([{ value: 1 }, { value: 'a' }, { error: errorCode.NotFound }]);
    await outlook.setColumns(table, [columnOf[kind]]);
    expect(await outlook.rows(table, 1)).toEqual([[{ value: 'b' }]]);
  });

  it.each<[string, readonly number[]]>([
    ['PtypUnspecified', [tag.subject, 0x0037_0000]], ['PtypErrorCode', [0x0037_000a]], ['a type that is none', [0x0037_0099]], ['PtypNull', [0x0037_0001]], ['no column', []],
  ])('MS-OXCTABL_R435 MS-OXCTABL_R610: ecInvalidParam for %s, and the table has no columns', async (_what, columns) => {
    const table = await tables.contents();
    expect((await outlook.setColumns(table, columns)).returnValue).toBe(0x8007_0057);
    expect(await outlook.fails('RopQueryRows', { QueryRowsFlags: 0, ForwardRead: true, RowCount: 1 }, table)).toBe(errorCode.NullObject);
    await outlook.setColumns(table, [tag.subject]);
    expect(await outlook.read(table, 1)).toEqual(['a']);
  });

  it('MS-OXCTABL_R770: nothing is done in the background', async () => {
    expect((await outlook.setColumns(await tables.contents(), [tag.subject], 1)).body).toEqual({ TableStatus: 0 });
  });

  it.each<[string, keyof typeof tables, readonly number[]]>([
    ['MS-OXCTABL_R876', 'contents', [tag.subject, tag.mid, tag.instId, tag.instanceNum, tag.rowType, tag.depth, tag.entryId]], ['MS-OXCTABL_R875', 'hierarchy', [tag.name, tag.folderId, tag.count, tag.unread, tag.rowType, tag.depth]],
  ])('%s: RopQueryColumnsAll of a %s table', async (_id, kind, expected) => {
    const { PropertyTags } = (await outlook.ok('RopQueryColumnsAll', {}, await tables[kind]())).body;
    expect(PropertyTags).toEqual(expect.arrayContaining([...expected]));
    expect(new Set(PropertyTags).size).toBe(PropertyTags.length);
  });

  it('MS-OXCFOLD_R1021: texts are not Unicode where the table is not', async () => {
    await alice.messages(folder, letters);
    const { PropertyTags } = (await outlook.ok('RopQueryColumnsAll', {}, await outlook.contents(folder, [], 0))).body;
    expect(PropertyTags.map((one) => one & 0xffff)).toContain(0x1e);
    expect(PropertyTags.map((one) => one & 0xffff)).not.toContain(0x1f);
  });

  it('MS-OXCTABL_R121 MS-OXCTABL_R122: long values are cut to 510 bytes', async () => {
    await alice.message(folder, 'x'.repeat(300), { PidTagReportTag: binary.from(Buffer.alloc(600, 0xab)) });
    const table = await outlook.contents(folder, [tag.subject, tag.subject8, 0x0031_0102]);
    const [row] = await outlook.rows(table, 1);
    expect(row).toEqual([{ value: 'x'.repeat(255) }, { value: 'x'.repeat(300) }, { value: Buffer.alloc(510, 0xab) }]);
  });

  it('a character is not cut in half', async () => {
    await alice.message(folder, `${'x'.repeat(254)}😀`);
    expect(await outlook.read(await outlook.contents(folder))).toEqual(['x'.repeat(254)]);
  });
});

describe('RopQueryRows', () => {
  it('MS-OXCTABL_R462 MS-OXCTABL_R118 MS-OXCTABL_R112: from the cursor, as many as are asked for; all without a restriction', async () => {
    const table = await tables.contents();
    expect(await outlook.read(table, 2)).toEqual(['a', 'b']);
    expect(await outlook.read(table, 2)).toEqual(['c', 'd']);
    expect(await outlook.read(table, 2)).toEqual(['e']);
    await outlook.seek(table, beginning, 0);
    expect(await outlook.read(table)).toEqual(letters);
  });

  it.each<[string, number, boolean, number, readonly string[], number]>([
    ['MS-OXCTABL_R468 MS-OXCTABL_R726', 1, true, 2, ['b', 'c'], current], ['MS-OXCTABL_R725', 3, true, 2, ['d', 'e'], end], ['MS-OXCTABL_R725 MS-OXCTABL_R467', 5, true, 2, [], end],
    ['MS-OXCTABL_R469 MS-OXCTABL_R726', 4, false, 2, ['c', 'd'], current], ['MS-OXCTABL_R897', 2, false, 2, ['a', 'b'], end], ['MS-OXCTABL_R897 MS-OXCTABL_R467', 0, false, 2, [], end], ['MS-OXCTABL_R469 near the beginning', 1, false, 4, ['a'], end],
  ])('%s: at %d, forwards: %s, %d rows', async (_id, start, ForwardRead, RowCount, expected, Origin) => {
    const table = await tables.contents();
    await outlook.seek(table, beginning, start);
    const { body } = await outlook.ok('RopQueryRows', { QueryRowsFlags: 0, ForwardRead, RowCount }, table);
    expect(body).toMatchObject({ Origin, RowCount: expected.length });
    expect(column(decodeRows(body.RowData, [tag.subject]))).toEqual(expected);
    expect(await outlook.position(table)).toEqual([ForwardRead ? start + expected.length : start - expected.length, 5]);
  });

  it('MS-OXCTABL_R470: NoAdvance leaves the cursor where it is', async () => {
    const table = await tables.contents();
    expect(await outlook.read(table, 2, true, 1)).toEqual(['a', 'b']);
    expect(await outlook.read(table, 1)).toEqual(['a']);
    expect(await outlook.position(table)).toEqual([1, 5]);
  });

  it('MS-OXCTABL_R111 MS-OXCTABL_R113: as many rows as have room, and the rest next time', async () => {
    const many = Array.from({ length: 200 }, (_, at) => `${at} ${'x'.repeat(240)}`);
    await alice.messages(folder, many);
    const table = await outlook.contents(folder, [tag.subject]);
    const first = await outlook.read(table, 500);
    expect(first.length).toBeGreaterThan(50);
    expect(first.length).toBeLessThan(100);
    const all = [...first];
    while (all.length < many.length) {
      const more = await outlook.read(table, 500);
      expect(more.length).toBeGreaterThan(0);
      all.push(...more);
    }
    expect(all).toEqual(many);
    // Backwards, those nearest to the cursor.
    const back = await outlook.read(table, 500, false);
    expect(back).toEqual(many.slice(-back.length));
  });

  it('a page costs what is in it: rows that are nobody\'s page are not read', async () => {
    await alice.messages(folder, letters);
    const table = await outlook.contents(folder, [tag.subject]);
    await outlook.sort(table, [[tag.delivery, 1]]);
    const asked = jest.spyOn(alice.mailbox.store, 'scan');
    await outlook.read(table, 2);
    for (const [{ limit }] of asked.mock.calls) expect(limit).toBeLessThanOrEqual(64);
    expect(asked).toHaveBeenCalled();
    asked.mockRestore();
  });
});

describe('the cursor holds on to its row', () => {
  it.each<[string, keyof typeof tables, () => Promise<unknown>, readonly unknown[]]>([
    ['a row comes in front', 'contents', () => alice.message(folder, 'aa'), ['c', 'd', 'e']],
    ['rows in front go', 'contents', async () => remove('a', 'b'), ['c', 'd', 'e']],
    ['the row in front of it goes', 'contents', async () => remove('b'), ['c', 'd', 'e']],
    ['its own row goes', 'contents', async () => remove('c'), ['d', 'e']],
    ['a row comes where it is', 'contents', () => alice.message(folder, 'bb'), ['bb', 'c', 'd', 'e']],
    ['a row in front goes behind', 'contents', async () => rename('a', 'dd'), ['c', 'd', 'dd', 'e']],
    ['a folder comes in front', 'hierarchy', () => alice.folder('aa', folder), ['c', 'd', 'e']],
  ])('%s (%s)', async (_what, kind, happens, expected) => {
    const table = await tables[kind]();
    if (kind === 'contents') await outlook.sort(table, ascending);
    expect(await outlook.read(table, 2)).toEqual(['a', 'b']);
    await happens();
    expect(await outlook.read(table)).toEqual(expected);
  });

  const itemOf = async (subject: string) => {
    const { items } = await alice.session.query([folder], { limit: 50, restriction: { kind: 'compare', property: 'PidTagSubject', operator: 'eq', value: subject } });
    const [item] = items;
    if (!item) throw new Error(`no ${subject}`);
    return item;
  };
  const remove = async (...subjects: readonly string[]) => alice.session.removeItems(await Promise.all(subjects.map(async (one) => (await itemOf(one)).id)), 'hard');
  const rename = async (subject: string, PidTagSubject: string) => alice.session.updateItem((await itemOf(subject)).id, { properties: { PidTagSubject } });
});

describe('RopSeekRow and RopSeekRowFractional', () => {
  it.each<[string, number, number, number, number, boolean]>([
    ['MS-OXCTABL_R27 MS-OXCTABL_R141 MS-OXCTABL_R496', beginning, 2, 2, 2, false], ['MS-OXCTABL_R28', current, 1, 4, 1, false], ['MS-OXCTABL_R28 backwards', current, -2, 1, -2, false],
    ['MS-OXCTABL_R29', end, -1, 4, -1, false], ['MS-OXCTABL_R152 MS-OXCTABL_R154 MS-OXCTABL_R497 past the end', beginning, 9, 5, 5, true], ['MS-OXCTABL_R497 past the beginning', current, -9, 0, -3, true], ['MS-OXCTABL_R155 to the end', beginning, 5, 5, 5, false],
  ])('MS-OXCTABL_R150 MS-OXCTABL_R157 MS-OXCTABL_R163 %s: from bookmark %d by %d', async (_id, Origin, RowCount, at, RowsSought, HasSoughtLess) => {
    const table = await tables.contents();
    await outlook.seek(table, beginning, 3);
    expect((await outlook.seek(table, Origin, RowCount)).body).toEqual({ HasSoughtLess, RowsSought });
    expect(await outlook.position(table)).toEqual([at, 5]);
  });

  it.each([[beginning, -1], [end, 1], [3, 0], [9, 0]])('bookmark %d by %d is ecInvalidParam', async (Origin, RowCount) => {
    expect((await outlook.seek(await tables.contents(), Origin, RowCount)).returnValue).toBe(errorCode.InvalidParameter);
  });

  it.each<[string, keyof typeof tables]>([['MS-OXCTABL_R850 MS-OXCTABL_R846', 'contents'], ['MS-OXCTABL_R848 MS-OXCTABL_R844', 'hierarchy']])('%s MS-OXCTABL_R491: a %s table is sought, and tells its position', async (_id, kind) => {
    const table = await tables[kind]();
    expect((await outlook.seek(table, end, -2)).body).toEqual({ HasSoughtLess: false, RowsSought: -2 });
    expect(await outlook.position(table)).toEqual([3, 5]);
    expect(await outlook.read(table)).toEqual(['d', 'e']);
  });

  it.each<[string, keyof typeof tables, number, number, number]>([
    ['MS-OXCTABL_R514 MS-OXCTABL_R910', 'contents', 0, 7, 0], ['MS-OXCTABL_R515', 'contents', 7, 7, 5], ['MS-OXCTABL_R515 more than all', 'contents', 9, 7, 5], ['MS-OXCTABL_R855', 'contents', 1, 2, 2], ['MS-OXCTABL_R853', 'hierarchy', 4, 5, 4],
  ])('%s: a %s table, %d/%d', async (_id, kind, numerator, denominator, at) => {
    const table = await tables[kind]();
    await outlook.seek(table, beginning, 1);
    expect((await outlook.seekFraction(table, numerator, denominator)).returnValue).toBe(0);
    expect(await outlook.position(table)).toEqual([at, 5]);
  });

  it('a fraction of zero parts is ecInvalidBookmark', async () => {
    expect((await outlook.seekFraction(await tables.contents(), 1, 0)).returnValue).toBe(errorCode.InvalidBookmark);
  });
});

describe('RopFindRow', () => {
  it.each<[string, keyof typeof tables]>([['MS-OXCTABL_R859', 'contents'], ['MS-OXCTABL_R858', 'hierarchy']])('%s MS-OXCTABL_R534 MS-OXCTABL_R243 MS-OXCTABL_R813 MS-OXCTABL_R824 MS-OXCTABL_R540: the row, in the columns that were set (%s)', async (_id, kind) => {
    const table = await tables[kind]();
    const { body } = await outlook.find(table, isText(columnOf[kind], 'C'), current);
    expect(body).toMatchObject({ RowNoLongerVisible: false, HasRowData: true });
    expect(column(decodeRows(body?.RowData ?? noBytes, [columnOf[kind]]))).toEqual(['c']);
    expect(await outlook.position(table)).toEqual([2, 5]);
    expect(await outlook.read(table, 1)).toEqual(['c']);
  });

  it.each<[string, number, number, number | undefined]>([
    ['MS-OXCTABL_R225 forwards from the beginning', beginning, 0, 1], ['MS-OXCTABL_R225 forwards from the row itself', current, 0, 3], ['MS-OXCTABL_R226 backwards from the end', end, 1, 3], ['MS-OXCTABL_R226 backwards from the cursor, without its row', current, 1, 1],
    ['MS-OXCTABL_R536 MS-OXCTABL_R544001 forwards from the end', end, 0, undefined], ['MS-OXCTABL_R536 backwards from the beginning', beginning, 1, undefined],
  ])('%s (bookmark %d, flags %d)', async (_id, Origin, flags, at) => {
    await alice.messages(folder, ['a', 'x', 'b', 'x', 'c']);
    const table = await outlook.contents(folder);
    await outlook.seek(table, beginning, 3);
    expect((await outlook.find(table, isText(tag.subject, 'x'), Origin, flags)).returnValue).toBe(at === undefined ? 0x8004_010f : 0);
    if (at !== undefined) expect(await outlook.position(table)).toEqual([at, 5]);
  });

  it('by what the server makes of ids', async () => {
    const table = await tables.contents();
    const { items: [, , third] } = await alice.session.query([folder], { limit: 9, order: [] });
    const id = third?.id ?? 0;
    for (const restriction of [compared(tag.mid, 4, idValue(id)), compared(tag.instId, 4, idValue(id))]) {
      expect((await outlook.find(table, restriction)).returnValue).toBe(0);
      expect(await outlook.position(table)).toEqual([2, 5]);
    }
    await outlook.setColumns(table, [tag.entryId]);
    await outlook.seek(table, beginning, 2);
    const [entryId] = await outlook.read(table, 1);
    expect((await outlook.find(table, compared(tag.entryId, 4, entryId))).returnValue).toBe(0);
    expect(await outlook.position(table)).toEqual([2, 5]);
  });

  it('what no table can be asked', async () => {
    const table = await tables.contents();
    expect((await outlook.find(table, { kind: 'Count', Count: 1, SubRestriction: isText(tag.subject, 'a') })).returnValue).toBe(errorCode.TooComplex);
    expect((await outlook.find(table, isText(tag.subject, 'a'), 7)).returnValue).toBe(errorCode.InvalidParameter);
  });
});

describe('a table of a folder', () => {
  it('MS-OXCFOLD_R662 MS-OXCFOLD_R663 MS-OXCFOLD_R333: hidden messages and the others', async () => {
    await alice.messages(folder, letters);
    await alice.message(folder, 'hidden', {}, { isAssociated: true, itemClass: 'IPM.Configuration.Test' });
    const handle = await outlook.openFolder(folder);
    expect((await outlook.ok('RopGetContentsTable', { TableFlags: 0x40 }, handle)).body).toEqual({ RowCount: 5 });
    expect((await outlook.ok('RopGetContentsTable', { TableFlags: 0x42 }, handle)).body).toEqual({ RowCount: 1 });
    expect(await outlook.read(await outlook.contents(folder, [tag.subject], 0x42))).toEqual(['hidden']);
  });

  it('MS-OXCFOLD_R801 MS-OXCFOLD_R802 MS-OXCFOLD_R318: folders in the folder, or all below it', async () => {
    const one = await alice.folder('one', folder);
    await alice.folder('two', folder);
    await alice.folder('inner', one);
    const handle = await outlook.openFolder(folder);
    expect((await outlook.ok('RopGetHierarchyTable', { TableFlags: 0x40 }, handle)).body).toEqual({ RowCount: 2 });
    expect((await outlook.ok('RopGetHierarchyTable', { TableFlags: 0x44 }, handle)).body).toEqual({ RowCount: 3 });
    const table = await outlook.hierarchy(folder, [tag.name, tag.depth, tag.folderId], 0x44);
    const rows = await outlook.rows(table);
    expect([column(rows), column(rows, 1)]).toEqual([['one', 'inner', 'two'], [1, 2, 1]]);
    expect(column(rows, 2)[0]).toBe(idValue(one));
  });

  it('MS-OXCFOLD_R665 MS-OXCFOLD_R1219: what is deleted softly is not in the folder any more', async () => {
    await alice.messages(folder, letters);
    await alice.folder('one', folder);
    expect(await outlook.read(await outlook.contents(folder, [tag.subject], 0x60))).toEqual([]);
    expect(await outlook.read(await outlook.hierarchy(folder, [tag.name], 0x60))).toEqual([]);
    expect(await outlook.read(await outlook.contents(folder))).toEqual(letters);
    expect(await outlook.read(await outlook.hierarchy(folder))).toEqual(['one']);
  });

  it.each<[string, 'RopGetContentsTable' | 'RopGetHierarchyTable', number, number]>([
    ['MS-OXCFOLD_R330 MS-OXCFOLD_R1178 MS-OXCFOLD_R1179', 'RopGetContentsTable', 0x44, 0x8007_0057], ['MS-OXCFOLD_R314 MS-OXCFOLD_R657', 'RopGetHierarchyTable', 0x42, 0x8004_0102], ['conversations of a folder', 'RopGetContentsTable', 0x80, 0x8007_0057],
  ])('%s: %s with the flags 0x%s', async (_id, name, TableFlags, code) => {
    expect(await outlook.fails(name, { TableFlags }, await outlook.openFolder(folder))).toBe(code);
  });

  it.each<[string, 'RopGetContentsTable' | 'RopGetHierarchyTable']>([['MS-OXCFOLD_R671 MS-OXCFOLD_R672', 'RopGetContentsTable'], ['MS-OXCFOLD_R657 MS-OXCFOLD_R658', 'RopGetHierarchyTable']])('%s: %s of no folder', async (_id, name) => {
    expect(await outlook.fails(name, { TableFlags: 0 }, outlook.logonHandle)).toBe(0x8004_0102);
  });

  it('MS-OXCFOLD_R10251: conversations go through the whole mailbox', async () => {
    const other = await alice.folder('Other');
    await alice.messages(folder, ['here']);
    await alice.messages(other, ['there']);
    const table = await outlook.contents(alice.mailbox.wellKnown('root') ?? 0, [tag.subject], 0xc0);
    await outlook.restrict(table, { kind: 'Or', Restricts: [isText(tag.subject, 'here'), isText(tag.subject, 'there')] });
    expect([...await outlook.read(table)].sort()).toEqual(['here', 'there']);
  });

  it('who may not read a folder has no table of it', async () => {
    const bob = new TableClient(mapi, 'bob');
    const { opened } = await bob.logon('alice');
    expect(await bob.fails('RopOpenFolder', { FolderId: fid(folder), OpenModeFlags: 0 }, opened)).toBe(errorCode.NotFound);
  });

  it('a folder that is gone', async () => {
    const table = await tables.contents();
    await alice.session.removeFolder(folder, 'hard');
    expect(await outlook.fails('RopQueryRows', { QueryRowsFlags: 0, ForwardRead: true, RowCount: 1 }, table)).toBe(errorCode.NotFound);
  });
});

it('MS-OXCTABL_R248 MS-OXCTABL_R552: nothing can be done to a table that was released', async () => {
  const table = await tables.contents();
  const Bookmark = await outlook.bookmark(table);
  await outlook.rop('RopRelease', {}, table);
  for (const name of ['RopFreeBookmark', 'RopSeekRowBookmark'] as const) expect(await outlook.fails(name, (name === 'RopFreeBookmark' ? { Bookmark } : { Bookmark, RowCount: 0, WantRowMovedCount: false }) as object, table)).toBe(0x4b9);
});

it.each([...kinds])('a %s table is the same however it is read', async (kind) => {
  const table = await tables[kind]();
  const { body } = await outlook.ok('RopQueryRows', { QueryRowsFlags: 2, ForwardRead: true, RowCount: 0xffff }, table);
  expect(body).toMatchObject({ RowCount: 5, Origin: end });
});
