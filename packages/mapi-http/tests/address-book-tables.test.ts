import { decode, permanentEntryId, type Stat } from '@fauxchange/mapi-wire';
import { createMapiHttpEmulator, type MapiHttpEmulator } from '../src/index.ts';
import { AddressBookClient, cells, newStat, tag, valueIn } from './support/address-book.ts';

let mapi: MapiHttpEmulator;
let book: AddressBookClient;
beforeAll(async () => {
  mapi = await createMapiHttpEmulator({ seed: 'empty' });
});
beforeEach(async () => {
  await mapi.reset();
  book = await new AddressBookClient(mapi).bind();
});
afterAll(() => mapi.close());

const everybody = ['Alice Archer', 'Barometer Room', 'Board Room', 'Bob Baker', 'Carol Chaudhry', 'Dave Dürrenmatt', 'Everyone', 'Frank Fischer', 'Grace Giordano', 'Lighthouse Rooms', 'Projector', 'Stations Team', 'Support'];
const midsOf = (...names: readonly string[]) => book.midsOf(...names);
const namesIn = async (State: Stat): Promise<readonly unknown[]> => cells((await book.call('QueryRows', { State, Columns: [tag.displayName] })).ColumnsAndRows?.RowData).flat();
const unicodePage = 0x4b0;

describe('Bind', () => {
  it('MS-OXNSPI_R668 MS-OXNSPI_R674 MS-OXNSPI_R697 MS-OXNSPI_R700 MS-OXNSPI_R1993 MS-OXCMAPIHTTP_R324: a session with the server, which has one GUID', async () => {
    const other = new AddressBookClient(mapi, 'bob');
    const first = await other.call('Bind');
    expect(first).toMatchObject({ ErrorCode: 0, ServerGuid: expect.stringMatching(/^(?!0{8})[0-9a-f-]{36}$/) as string });
    expect((await other.call('QueryColumns')).ErrorCode).toBe(0);
    expect((await new AddressBookClient(mapi).call('Bind')).ServerGuid).toBe(first.ServerGuid);
  });

  it('MS-OXNSPI_R1668: flags that there are not make no difference', async () => {
    const bound = await new AddressBookClient(mapi).call('Bind');
    for (const Flags of [0x1, 0x10, 0x8000_0000]) expect(await new AddressBookClient(mapi).call('Bind', { Flags })).toEqual(bound);
  });

  it.each([['MS-OXNSPI_R680: no code page', unicodePage], ['MS-OXNSPI_R696 MS-OXCDATA_R973 MS-OXCDATA_R974: one that is not known', 3]])('%s', async (_what, CodePage) => {
    expect(await new AddressBookClient(mapi).call('Bind', { State: newStat({ CodePage }) })).toMatchObject({ ErrorCode: 0x8004_011e, ServerGuid: '00000000-0000-0000-0000-000000000000' });
  });

  it.each([[1252], [20261], [932], [65001], [1251]])('code page %i', async (CodePage) => {
    expect((await new AddressBookClient(mapi).call('Bind', { State: newStat({ CodePage }) })).ErrorCode).toBe(0);
  });

  it('MS-OXNSPI_R701 MS-OXNSPI_R712 MS-OXNSPI_R1673 MS-OXCMAPIHTTP_R353: Unbind ends it, whatever is reserved', async () => {
    for (const Reserved of [0, 1]) {
      const client = await new AddressBookClient(mapi).bind();
      expect((await client.call('Unbind', { Reserved })).ErrorCode).toBe(1);
      await expect(client.call('QueryColumns')).rejects.toThrow('X-ResponseCode 10');
    }
  });
});

describe('GetSpecialTable', () => {
  // Exchange has no name for the global list.
  const lists = [null, 'All Address Lists', 'All Contacts', 'All Groups', 'All Rooms', 'All Users', 'Public Folders'];
  const columns = [0x0fff_0102, 0x3600_0003, 0x3005_0003, 0xfffd_0003, tag.displayName, 0xfffb_000b];

  it('MS-OXNSPI_R743 MS-OXNSPI_R765 MS-OXNSPI_R767 MS-OXNSPI_R1863 MS-OXPROPS_R4969 MS-OXPROPS_R4970 MS-OXPROPS_R5806 MS-OXPROPS_R5807 MS-OXCMAPIHTTP_R631 MS-OXCMAPIHTTP_R677: the lists, with their columns in order', async () => {
    const { ErrorCode, Rows } = await book.call('GetSpecialTable');
    expect(ErrorCode).toBe(0);
    expect(Rows?.map((row) => valueIn(row, tag.displayName))).toEqual(lists);
    for (const [at, row] of (Rows ?? []).entries()) {
      expect(row.map((one) => one.tag)).toEqual(at < 2 ? columns : [...columns, 0xfffc_0102]);
      expect(row.filter(({ value }) => value === null)).toHaveLength(at === 0 ? 1 : 0);
    }
    expect(Rows?.map((row) => [valueIn(row, 0x3600_0003), valueIn(row, 0x3005_0003), valueIn(row, 0xfffb_000b)])).toEqual([[0x9, 0, false], [0xb, 0, false], ...Array.from({ length: 5 }, () => [0x9, 1, false])]);
    expect(Rows?.slice(2).map((row) => valueIn(row, 0xfffc_0102))).toEqual(Array.from({ length: 5 }, () => valueIn(Rows?.[1] ?? [], 0x0fff_0102)));
  });

  it('MS-OXNSPI_R56 MS-OXNSPI_R1998 MS-OXNSPI_R1865 MS-OXNSPI_R1866 MS-OXOABK_R29 MS-OXOABK_R30 MS-OXPROPS_R6100 MS-OXPROPS_R6101: their entry ids', async () => {
    const { Rows } = await book.call('GetSpecialTable');
    const ids = (Rows ?? []).map((row) => decode(valueIn(row, 0x0fff_0102) as Uint8Array, permanentEntryId));
    expect(ids.map(({ DisplayType }) => DisplayType)).toEqual(lists.map(() => 0x100));
    expect(ids[0]?.DistinguishedName).toBe('/');
    for (const { DistinguishedName } of ids.slice(1)) expect(DistinguishedName).toMatch(/^\/guid=[0-9A-F]{32}$/);
    expect(new Set(ids.map(({ DistinguishedName }) => DistinguishedName)).size).toBe(7);
  });

  it('MS-OXNSPI_R1999: entries are no containers', async () => {
    const { ColumnsAndRows } = await book.call('QueryRows', { Columns: [tag.entryId, tag.displayType] });
    for (const [id, kind] of cells(ColumnsAndRows?.RowData)) {
      expect(decode(id as Uint8Array, permanentEntryId).DisplayType).toBe(kind);
      expect(kind).toBeLessThan(0x100);
    }
  });

  it('MS-OXNSPI_R111 MS-OXNSPI_R760 MS-OXNSPI_R762 MS-OXNSPI_R1933 MS-OXNSPI_R1941 MS-OXNSPI_R454 MS-OXNSPI_R1966 MS-OXNSPI_R1967: names in Unicode, or of 8 bits', async () => {
    const namesOf = async (Flags: number, wanted: number) => (await book.call('GetSpecialTable', { Flags })).Rows?.map((row) => valueIn(row, wanted));
    expect(await namesOf(4, tag.displayName)).toEqual(lists);
    expect(await namesOf(4, tag.displayName8)).toEqual(lists.map(() => undefined));
    expect(await namesOf(0, tag.displayName8)).toEqual(lists);
    expect(await namesOf(0, tag.displayName)).toEqual(lists.map(() => undefined));
  });

  it('MS-OXNSPI_R732 MS-OXNSPI_R736 MS-OXCDATA_R927 MS-OXCDATA_R928: text of 8 bits in no code page', async () => {
    expect(await book.call('GetSpecialTable', { Flags: 0, State: newStat({ CodePage: unicodePage }) })).toMatchObject({ ErrorCode: 0x8004_0102, Rows: null });
    expect((await book.call('GetSpecialTable', { Flags: 4, State: newStat({ CodePage: unicodePage }) })).Rows).toHaveLength(7);
  });

  it('their numbers stay when everything else is forgotten', async () => {
    const numbers = (await book.call('GetSpecialTable')).Rows?.map((row) => valueIn(row, 0xfffd_0003));
    await book.midsOf('alice', 'bob');
    await mapi.reset();
    book = await new AddressBookClient(mapi).bind();
    await book.midsOf('carol');
    expect((await book.call('GetSpecialTable')).Rows?.map((row) => valueIn(row, 0xfffd_0003))).toEqual(numbers);
  });

  it('MS-OXNSPI_R1740 MS-OXCMAPIHTTP_R1322: flags that there are not make no difference', async () => {
    const asked = await book.call('GetSpecialTable');
    for (const Flags of [0x5, 0x14, 0x8000_0004]) expect(await book.call('GetSpecialTable', { Flags })).toEqual(asked);
  });

  it('MS-OXNSPI_R748001 MS-OXNSPI_R750001: the version that a client knows makes no difference, and is not replaced', async () => {
    const { Rows } = await book.call('GetSpecialTable');
    for (const Version of [0, 1, 0xffff_ffff]) expect(await book.call('GetSpecialTable', { Version })).toMatchObject({ ErrorCode: 0, Version, Rows });
  });

  it('MS-OXNSPI_R757 MS-OXNSPI_R758 MS-OXNSPI_R741 MS-OXNSPI_R110: of templates for new addresses there are none', async () => {
    expect(await book.call('GetSpecialTable', { Flags: 2 })).toMatchObject({ ErrorCode: 0, Rows: [] });
    expect(await book.call('GetSpecialTable', { Flags: 2, State: newStat({ TemplateLocale: 0x40c, CodePage: unicodePage }) })).toMatchObject({ ErrorCode: 0, Rows: [] });
    expect(await book.call('GetSpecialTable', { Flags: 6 })).toEqual(await book.call('GetSpecialTable', { Flags: 2 }));
  });

  it.each([
    ['All Contacts', ['Frank Fischer', 'Grace Giordano']],
    ['All Groups', ['Everyone', 'Lighthouse Rooms', 'Stations Team']],
    ['All Rooms', ['Barometer Room', 'Board Room']],
    ['All Users', ['Alice Archer', 'Barometer Room', 'Board Room', 'Bob Baker', 'Carol Chaudhry', 'Dave Dürrenmatt', 'Projector', 'Support']],
    ['Public Folders', []],
    ['All Address Lists', []],
  ])('%s', async (name, expected) => {
    expect(await namesIn(newStat({ ContainerID: await book.listNamed(name) }))).toEqual(expected);
  });
});

describe('UpdateStat', () => {
  const update = async (changes: Partial<Stat>, DeltaRequested = true) => book.call('UpdateStat', { State: newStat(changes), DeltaRequested });
  const total = everybody.length;

  it.each<[string, () => Promise<Partial<Stat>>, number, number]>([
    ['MS-OXNSPI_R80: the beginning', async () => ({}), 0, 0],
    ['MS-OXNSPI_R549 MS-OXNSPI_R561 MS-OXNSPI_R327 MS-OXNSPI_R797: on from the beginning', async () => ({ Delta: 2 }), 2, 2],
    ['MS-OXNSPI_R542 MS-OXNSPI_R550: not at all', async () => ({ CurrentRec: 0, Delta: 0 }), 0, 0],
    ['MS-OXNSPI_R81 MS-OXNSPI_R1758 MS-OXNSPI_R548: back from the end', async () => ({ CurrentRec: 2, Delta: -1 }), total - 1, -1],
    ['MS-OXNSPI_R791 MS-OXNSPI_R773: from a row', async () => ({ CurrentRec: await book.midOf('bob'), Delta: 1 }), 4, 1],
    ['MS-OXNSPI_R326001 MS-OXNSPI_R331001: a fraction beside a row is not looked at', async () => ({ CurrentRec: await book.midOf('bob'), NumPos: 9, TotalRecs: 10 }), 3, 0],
    ['MS-OXNSPI_R1743 MS-OXNSPI_R1744 MS-OXNSPI_R328 MS-OXNSPI_R558: back beyond the first row', async () => ({ CurrentRec: await book.midOf('bob'), Delta: -50 }), 0, -3],
    ['MS-OXNSPI_R1742 MS-OXNSPI_R793 MS-OXNSPI_R577 MS-OXNSPI_R584 MS-OXNSPI_R601: a fraction', async () => ({ CurrentRec: 1, NumPos: 1, TotalRecs: 13 }), 1, 0],
    ['MS-OXNSPI_R578: truncated', async () => ({ CurrentRec: 1, NumPos: 1, TotalRecs: 2 }), 6, 0],
    ['MS-OXNSPI_R587: back from a fraction', async () => ({ CurrentRec: 1, NumPos: 1, TotalRecs: 2, Delta: -2 }), 4, -2],
    ['MS-OXNSPI_R588: on from a fraction', async () => ({ CurrentRec: 1, NumPos: 1, TotalRecs: 2, Delta: 2 }), 8, 2],
    ['MS-OXNSPI_R589: not at all from a fraction', async () => ({ CurrentRec: 1, NumPos: 4, TotalRecs: 13, Delta: 0 }), 4, 0],
    ['MS-OXNSPI_R1745 MS-OXNSPI_R1746 MS-OXNSPI_R598: back from a fraction beyond the first row', async () => ({ CurrentRec: 1, NumPos: 1, TotalRecs: 2, Delta: -7 }), 0, -6],
  ])('MS-OXNSPI_R768 MS-OXNSPI_R795 MS-OXNSPI_R798 MS-OXNSPI_R800 MS-OXNSPI_R332 MS-OXNSPI_R333 MS-OXNSPI_R538 MS-OXNSPI_R575 MS-OXNSPI_R556 MS-OXNSPI_R595 MS-OXNSPI_R1763 MS-OXCDATA_R897 MS-OXCDATA_R898 MS-OXCMAPIHTTP_R1059 MS-OXCMAPIHTTP_R1083: %s', async (_what, changes, NumPos, Delta) => {
    const [first = 0, second = 0] = await midsOf('alice', 'room2');
    expect(first).toBeGreaterThanOrEqual(0x10);
    expect(second).not.toBe(first);
    const State = newStat(await changes());
    const answer = await book.call('UpdateStat', { State });
    expect(answer).toMatchObject({ ErrorCode: 0, Delta, State: { ...State, CurrentRec: answer.State?.CurrentRec ?? 0, NumPos, TotalRecs: total, Delta: 0 } });
    expect((await namesIn(answer.State as Stat))[0]).toBe(everybody[NumPos]);
  });

  it.each<[string, Partial<Stat>, number]>([
    ['MS-OXNSPI_R554 MS-OXNSPI_R1704: from a row', { Delta: 50 }, total],
    ['MS-OXNSPI_R1747 MS-OXNSPI_R1748: from a fraction', { CurrentRec: 1, NumPos: 1, TotalRecs: 2, Delta: 50 }, total - 6],
    ['MS-OXNSPI_R580: a fraction itself', { CurrentRec: 1, NumPos: 7, TotalRecs: 2 }, 0],
  ])('on beyond the last row: %s', async (_what, changes, Delta) => {
    expect(await update(changes)).toMatchObject({ ErrorCode: 0, Delta, State: { CurrentRec: 2, NumPos: total, TotalRecs: total } });
  });

  it('MS-OXNSPI_R1868 MS-OXNSPI_R1872: how far, for who asks', async () => {
    const [told, untold] = [await update({ Delta: 3 }), await update({ Delta: 3 }, false)];
    expect([told.Delta, untold.Delta]).toEqual([3, null]);
    expect(untold.State).toEqual(told.State);
  });

  it('MS-OXNSPI_R1676: what is reserved makes no difference', async () => {
    expect(await book.call('UpdateStat', { Reserved: 1 })).toEqual(await book.call('UpdateStat'));
  });

  it.each<[string, Partial<Stat> | null, number]>([
    ['MS-OXNSPI_R780: no code page', { CodePage: unicodePage }, 0x8004_0102],
    ['MS-OXNSPI_R789 MS-OXCDATA_R991 MS-OXCDATA_R992: a list that there is not', { ContainerID: 0x9999 }, 0x8004_0405],
    ['MS-OXNSPI_R792 MS-OXCDATA_R949 MS-OXCDATA_R950: a row that there is not', { CurrentRec: 0x9999 }, 0x8004_010f],
    ['no state', null, 0x8007_0057],
  ])('MS-OXNSPI_R784: %s', async (_what, changes, ErrorCode) => {
    const State = changes && newStat({ Delta: 3, NumPos: 2, ...changes });
    expect(await book.call('UpdateStat', { State })).toMatchObject({ ErrorCode, State, Delta: null });
  });

  it('a row of the book that is not of the list', async () => {
    expect((await update({ ContainerID: await book.listNamed('All Rooms'), CurrentRec: await book.midOf('bob') })).ErrorCode).toBe(0x8004_010f);
  });
});

describe('QueryRows', () => {
  const query = (changes: Parameters<typeof book.call<'QueryRows'>>[1]) => book.call('QueryRows', changes);

  it('MS-OXNSPI_R93 MS-OXNSPI_R494 MS-OXNSPI_R916 MS-OXNSPI_R922 MS-OXNSPI_R955 MS-OXNSPI_R962 MS-OXNSPI_R967 MS-OXNSPI_R973 MS-OXNSPI_R974 MS-OXNSPI_R975 MS-OXNSPI_R983 MS-OXNSPI_R997 MS-OXCMAPIHTTP_R802: all that are not hidden, by name', async () => {
    expect(await namesIn(newStat())).toEqual(everybody);
  });

  it('MS-OXNSPI_R95 MS-OXNSPI_R495: by how names are spoken', async () => {
    const { directory } = mapi.organization;
    directory.update(directory.byAddress('alice@example.test')?.id ?? '', { phoneticDisplayName: 'zalice' });
    directory.update(directory.byAddress('support@example.test')?.id ?? '', { phoneticDisplayName: 'aasupport' });
    const names = await namesIn(newStat({ SortType: 3 }));
    expect([names[0], names.at(-1)]).toEqual(['Support', 'Alice Archer']);
    expect(await namesIn(newStat())).toEqual(everybody);
  });

  it('MS-OXNSPI_R927 MS-OXNSPI_R988 MS-OXNSPI_R1701: a portion, and where it ends', async () => {
    const State = newStat({ CurrentRec: await book.midOf('room2'), Delta: 1 });
    const answer = await query({ State, RowCount: 3, Columns: [tag.displayName] });
    expect(cells(answer.ColumnsAndRows?.RowData).flat()).toEqual(everybody.slice(2, 5));
    expect(answer.State).toEqual((await book.call('UpdateStat', { State: { ...State, Delta: 4 } })).State);
    const rest = await query({ State: answer.State, RowCount: 100, Columns: [tag.displayName] });
    expect(cells(rest.ColumnsAndRows?.RowData).flat()).toEqual(everybody.slice(5));
    expect(rest.State).toMatchObject({ CurrentRec: 2, NumPos: 13, TotalRecs: 13 });
    expect(await query({ State: rest.State, Columns: [tag.displayName] })).toMatchObject({ ErrorCode: 0, State: rest.State, ColumnsAndRows: { RowData: [] } });
  });

  it('MS-OXNSPI_R1627: columns for who names none', async () => {
    const { ColumnsAndRows } = await query({ RowCount: 1 });
    expect(ColumnsAndRows?.Columns).toEqual([0xfffd_0003, 0x0ffe_0003, 0x3900_0003, 0x3001_001e, 0x3a1a_001e, 0x3a18_001e, 0x3a19_001e]);
    expect(cells(ColumnsAndRows?.RowData)).toEqual([[0, 6, 0, 'Alice Archer', '+44 20 7946 0101', 'Field', 'Lighthouse 2']]);
  });

  it('MS-OXNSPI_R951 MS-OXCMAPIHTTP_R827: columns that are asked for', async () => {
    const { ColumnsAndRows } = await query({ RowCount: 2, Columns: [tag.smtpAddress, tag.displayType, tag.smtpAddress] });
    expect(ColumnsAndRows?.Columns).toEqual([tag.smtpAddress, tag.displayType, tag.smtpAddress]);
    expect(cells(ColumnsAndRows?.RowData)).toEqual([['alice@example.test', 0, 'alice@example.test'], ['room2@example.test', 0, 'room2@example.test']]);
  });

  it('MS-OXNSPI_R958: the rows of an Explicit Table, in its order; the state stays', async () => {
    const ExplicitTable = await midsOf('support', 'alice', 'dave');
    const State = newStat({ CurrentRec: 2, NumPos: 3, TotalRecs: 4 });
    const answer = await query({ State, ExplicitTable, Columns: [tag.displayName] });
    expect([answer.State, cells(answer.ColumnsAndRows?.RowData)]).toEqual([State, [['Support'], ['Alice Archer'], ['Dave Dürrenmatt']]]);
    expect(cells((await query({ ExplicitTable, RowCount: 2, Columns: [tag.displayName] })).ColumnsAndRows?.RowData)).toEqual([['Support'], ['Alice Archer']]);
  });

  it('MS-OXNSPI_R985 MS-OXNSPI_R986: rows of nobody are rows of errors', async () => {
    const error = { error: 0x8004_010f };
    const answer = await query({ ExplicitTable: [0x9998, await book.midOf('alice'), 0x9999], RowCount: 3, Columns: [tag.displayName, tag.displayType] });
    expect([answer.ErrorCode, cells(answer.ColumnsAndRows?.RowData)]).toEqual([0, [[error, error], ['Alice Archer', 0], [error, error]]]);
  });

  it('MS-OXNSPI_R1694: rows are what GetProps tells of each', async () => {
    const PropertyTags = [tag.entryId, tag.displayName, tag.displayName8, tag.displayType, tag.smtpAddress, 0x3a06_001f];
    for (const Flags of [0, 2]) {
      const { ColumnsAndRows } = await query({ Flags, Columns: PropertyTags });
      for (const [at, row] of cells(ColumnsAndRows?.RowData).entries()) {
        const CurrentRec = (await book.call('UpdateStat', { State: newStat({ Delta: at }) })).State?.CurrentRec ?? 0;
        const { PropertyValues } = await book.call('GetProps', { Flags, State: newStat({ CurrentRec }), PropertyTags });
        expect(PropertyValues?.map(({ tag: told, value }) => ((told & 0xffff) === 0xa ? { error: value } : value))).toEqual(row);
      }
    }
  });

  it('MS-OXNSPI_R1926 MS-OXCMAPIHTTP_R1326: flags that there are not make no difference', async () => {
    for (const Flags of [0x10, 0x8000_0000]) expect(await query({ Flags, Columns: [tag.entryId, tag.displayName] })).toEqual(await query({ Columns: [tag.entryId, tag.displayName] }));
  });

  it('MS-OXNSPI_R982: what GetProps refuses', async () => {
    const State = newStat({ CodePage: unicodePage, CurrentRec: await book.midOf('alice') });
    const { ErrorCode } = await book.call('GetProps', { State, PropertyTags: [tag.displayName8] });
    expect([ErrorCode, (await query({ State, Columns: [tag.displayName8] })).ErrorCode]).toEqual([0x8004_0102, 0x8004_0102]);
  });

  it.each<[string, Parameters<typeof book.call<'QueryRows'>>[1], number]>([
    ['MS-OXNSPI_R935: no code page', { State: newStat({ CodePage: unicodePage }) }, 0x8004_0102],
    ['MS-OXNSPI_R939: no rows asked for', { RowCount: 0 }, 0x8007_0057],
    ['MS-OXNSPI_R948: a list that there is not', { State: newStat({ ContainerID: 0x9999 }) }, 0x8004_0405],
    ['a row that there is not', { State: newStat({ CurrentRec: 0x9999 }) }, 0x8004_010f],
    ['no state', { State: null }, 0x8007_0057],
    ['too many cells', { ExplicitTable: Array.from({ length: 2_001 }, () => 0x10), RowCount: 10_000, Columns: Array.from({ length: 100 }, () => tag.displayType) }, 0x8004_0403],
  ])('MS-OXNSPI_R943 MS-OXNSPI_R1762: %s', async (_what, changes, ErrorCode) => {
    const State = changes?.State === undefined ? newStat() : changes.State;
    expect(await query({ ...changes, State })).toMatchObject({ ErrorCode, State, ColumnsAndRows: null });
  });

  it('fewer rows than asked for where an answer would be too large', async () => {
    for (let each = 0; each < 20; each += 1) await mapi.organization.add({ recipientType: 'MailContact', displayName: `Contact ${each}`, primarySmtpAddress: `contact${each}@contoso.test` });
    const answer = await query({ RowCount: 0xffff_ffff, Columns: Array.from({ length: 20_000 }, () => tag.displayType) });
    expect([answer.ColumnsAndRows?.RowData.length, answer.State?.NumPos, answer.State?.TotalRecs]).toEqual([10, 10, 33]);
  });
});

describe('SeekEntries', () => {
  const target = (value: string, wanted: number = tag.displayName) => ({ tag: wanted, value });
  const seek = (changes: Parameters<typeof book.call<'SeekEntries'>>[1]) => book.call('SeekEntries', changes);

  it.each([['Bob Baker', 3], ['bob', 3], ['BOB', 3], ['Bp', 4], ['', 0], ['Dave Durrenmatt', 5], ['S', 11]])('MS-OXNSPI_R998 MS-OXNSPI_R1050 MS-OXNSPI_R1051 MS-OXNSPI_R1054 MS-OXNSPI_R1055 MS-OXNSPI_R1076 MS-OXCMAPIHTTP_R1012: %j', async (text, NumPos) => {
    const State = newStat({ CurrentRec: 2, Delta: 7, SortLocale: 1031, TemplateLocale: 1031 });
    const answer = await seek({ State, Target: target(text), Columns: [tag.displayName] });
    const { CurrentRec = 0 } = (await book.call('UpdateStat', { State: newStat({ Delta: NumPos }) })).State ?? {};
    expect([answer.ErrorCode, answer.State]).toEqual([0, { ...State, CurrentRec, NumPos, TotalRecs: 13 }]);
    expect(cells(answer.ColumnsAndRows?.RowData).flat()).toEqual(everybody.slice(NumPos));
  });

  it('MS-OXNSPI_R1058 MS-OXNSPI_R105801 MS-OXNSPI_R1695 MS-OXCMAPIHTTP_R1013 MS-OXCMAPIHTTP_R1047 MS-OXCMAPIHTTP_R1053: rows as QueryRows tells them, for who asks', async () => {
    const Columns = [tag.entryId, tag.displayName8, tag.smtpAddress];
    const answer = await seek({ Target: target('c'), Columns });
    expect(answer.ColumnsAndRows?.Columns).toEqual(Columns);
    expect(answer.ColumnsAndRows).toEqual((await book.call('QueryRows', { Flags: 2, State: answer.State, Columns })).ColumnsAndRows);
    expect(await seek({ Target: target('c') })).toMatchObject({ ErrorCode: 0, State: answer.State, ColumnsAndRows: null });
  });

  it('text of 8 bits', async () => {
    expect((await seek({ State: newStat({ CodePage: 1252 }), Target: target('Dave Dü', tag.displayName8) })).State?.NumPos).toBe(5);
  });

  it("MS-OXNSPI_R1052 MS-OXNSPI_R1755: in the client's own table", async () => {
    const ExplicitTable = await midsOf('alice', 'bob', 'carol', 'dave');
    const answer = await seek({ Target: target('bz'), ExplicitTable, Columns: [tag.displayName] });
    expect(answer.State).toMatchObject({ CurrentRec: ExplicitTable[2], NumPos: 2, TotalRecs: 4 });
    expect(cells(answer.ColumnsAndRows?.RowData).flat()).toEqual(['Carol Chaudhry', 'Dave Dürrenmatt']);
    const { ColumnsAndRows } = await book.call('QueryRows', { Flags: 2, ExplicitTable: ExplicitTable.slice(2), Columns: [tag.displayName] });
    expect(answer.ColumnsAndRows).toEqual(ColumnsAndRows);
  });

  it('MS-OXNSPI_R1020: a table that is none of the list, nor in order', async () => {
    const ExplicitTable = [...(await midsOf('support', 'alice')), 0x9999];
    expect((await seek({ Target: target('b'), ExplicitTable })).State).toMatchObject({ NumPos: 0, TotalRecs: 3 });
    expect((await seek({ Target: target('z'), ExplicitTable })).ErrorCode).toBe(0x8004_010f);
  });

  it('MS-OXNSPI_R1024 MS-OXNSPI_R1702: what is reserved makes no difference', async () => {
    expect(await seek({ Reserved: 1, Target: target('b') })).toEqual(await seek({ Target: target('b') }));
  });

  it.each<[string, Parameters<typeof book.call<'SeekEntries'>>[1], number]>([
    ['MS-OXNSPI_R1016: no code page', { State: newStat({ CodePage: unicodePage }) }, 0x8004_0102],
    ['MS-OXNSPI_R1033: a list that there is not', { State: newStat({ ContainerID: 0x9999 }) }, 0x8004_0405],
    ['MS-OXNSPI_R1039 MS-OXCDATA_R899 MS-OXCDATA_R900: another order', { State: newStat({ SortType: 3 }) }, 0x8000_4005],
    ['MS-OXNSPI_R1043: another property', { Target: target('x', tag.smtpAddress) }, 0x8000_4005],
    ['MS-OXNSPI_R1048: nobody', { Target: target('zzz') }, 0x8004_010f],
    ['nothing to seek', { Target: null }, 0x8007_0057],
    ['a value that is not there', { Target: { tag: tag.displayName, value: null } }, 0x8007_0057],
    ['no state', { State: null }, 0x8007_0057],
  ])('MS-OXNSPI_R1630 MS-OXNSPI_R1631: %s', async (_what, changes, ErrorCode) => {
    const State = changes?.State === undefined ? newStat() : changes.State;
    expect(await seek({ Target: target('b'), Columns: [tag.displayName], ...changes, State })).toMatchObject({ ErrorCode, State, ColumnsAndRows: null });
  });
});

describe('CompareMIds', () => {
  const compare = (changes: Parameters<typeof book.call<'CompareMIds'>>[1]) => book.call('CompareMIds', changes);

  it.each([
    ['MS-OXNSPI_R1236 MS-OXCMAPIHTTP_R2111', 'alice', 'bob', -1],
    ['MS-OXNSPI_R1238 MS-OXCMAPIHTTP_R2112', 'bob', 'alice', 1],
    ['MS-OXNSPI_R1240 MS-OXCMAPIHTTP_R2109 MS-OXCMAPIHTTP_R2110', 'bob', 'bob', 0],
  ])('MS-OXNSPI_R1210 MS-OXNSPI_R1242 MS-OXCMAPIHTTP_R372 %s: %s and %s', async (_ids, one, other, Result) => {
    const [MinimalId2 = 0, MinimalId1 = 0] = await midsOf(other, one);
    expect(await compare({ MinimalId1, MinimalId2 })).toMatchObject({ ErrorCode: 0, Result });
  });

  it('MS-OXNSPI_R1699: what is reserved makes no difference', async () => {
    const [MinimalId1 = 0, MinimalId2 = 0] = await midsOf('alice', 'bob');
    expect(await compare({ Reserved: 1, MinimalId1, MinimalId2 })).toEqual(await compare({ MinimalId1, MinimalId2 }));
  });

  it.each<[string, Partial<Stat> | null, readonly [string, string], number]>([
    ['MS-OXNSPI_R1223: no code page', { CodePage: unicodePage }, ['alice', 'bob'], 0x8004_0102],
    ['MS-OXNSPI_R1230: a list that there is not', { ContainerID: 0x9999 }, ['alice', 'bob'], 0x8004_0405],
    ['MS-OXNSPI_R1234: the first is nobody', {}, ['', 'bob'], 0x8000_4005],
    ['MS-OXNSPI_R1234: the second is hidden', {}, ['bob', 'svc'], 0x8000_4005],
    ['no state', null, ['alice', 'bob'], 0x8007_0057],
  ])('%s', async (_what, changes, names, ErrorCode) => {
    const [MinimalId1 = 0, MinimalId2 = 0] = await midsOf(...names);
    expect(await compare({ State: changes && newStat(changes), MinimalId1, MinimalId2 })).toMatchObject({ ErrorCode, Result: 0 });
  });
});

describe('ResortRestriction', () => {
  const resort = (changes: Parameters<typeof book.call<'ResortRestriction'>>[1]) => book.call('ResortRestriction', changes);

  it('MS-OXNSPI_R1168 MS-OXNSPI_R1172 MS-OXNSPI_R1197 MS-OXNSPI_R1198 MS-OXNSPI_R1209 MS-OXCMAPIHTTP_R958: by name, without who is not there', async () => {
    const [dave = 0, alice = 0, carol = 0] = await midsOf('dave', 'alice', 'carol');
    const State = newStat({ CurrentRec: carol, Delta: 3 });
    expect(await resort({ State, MinimalIds: [dave, 0x9999, 0, carol, alice] })).toMatchObject({ ErrorCode: 0, MinimalIds: [alice, carol, dave], State: { ...State, NumPos: 1, TotalRecs: 3 } });
  });

  it('MS-OXNSPI_R1205 MS-OXNSPI_R1759: a row that is not among them', async () => {
    const [dave = 0, alice = 0, carol = 0] = await midsOf('dave', 'alice', 'carol');
    expect(await resort({ State: newStat({ CurrentRec: carol, NumPos: 9 }), MinimalIds: [dave, alice] })).toMatchObject({ MinimalIds: [alice, dave], State: { CurrentRec: 0, NumPos: 0, TotalRecs: 2 } });
  });

  it('MS-OXNSPI_R1915: what is reserved makes no difference', async () => {
    const MinimalIds = await midsOf('dave', 'alice');
    expect(await resort({ Reserved: 1, MinimalIds })).toEqual(await resort({ MinimalIds }));
  });

  it.each([['MS-OXNSPI_R1185 MS-OXNSPI_R1194002: an order that there is not', 7], ['MS-OXNSPI_R1194002: by how names are spoken', 3]])('%s', async (_what, SortType) => {
    const [dave = 0, alice = 0] = await midsOf('dave', 'alice');
    expect(await resort({ State: newStat({ SortType }), MinimalIds: [dave, alice] })).toMatchObject({ ErrorCode: 0, MinimalIds: [alice, dave] });
  });

  it.each<[string, Parameters<typeof book.call<'ResortRestriction'>>[1], number]>([
    ['MS-OXNSPI_R1181: no code page', { State: newStat({ CodePage: unicodePage, NumPos: 4 }) }, 0x8004_0102],
    ['no table', { State: newStat({ NumPos: 4 }), MinimalIds: null }, 0x8007_0057],
    ['no state', { State: null }, 0x8007_0057],
  ])('MS-OXNSPI_R1189 MS-OXNSPI_R1757: %s', async (_what, changes, ErrorCode) => {
    expect(await resort(changes)).toMatchObject({ ErrorCode, State: changes?.State, MinimalIds: null });
  });
});
