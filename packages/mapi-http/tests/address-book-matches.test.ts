import { decode, ephemeralEntryId, type Restriction } from '@fauxchange/mapi-wire';
import { createMapiHttpEmulator, type MapiHttpEmulator } from '../src/index.ts';
import { AddressBookClient, cells, named, newStat, tag } from './support/address-book.ts';

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

const unicodePage = 0x4b0;
const rooms = ['Barometer Room', 'Board Room'];
type Changes = Parameters<typeof book.call<'GetMatches'>>[1];
const match = (changes: Changes) => book.call('GetMatches', changes);
const namesThat = async (Filter: Restriction, changes: Changes = {}): Promise<readonly unknown[]> => cells((await match({ Filter, Columns: [tag.displayName], ...changes })).ColumnsAndRows?.RowData).flat();
const content = (value: string, FuzzyLevelLow: number, PropertyTag: number = tag.displayName): Restriction => ({ kind: 'Content', FuzzyLevelLow, FuzzyLevelHigh: 1, PropertyTag, TaggedValue: { tag: (PropertyTag & ~0x1000) >>> 0, value } });
const number = (value: number, RelOp: number, PropTag: number = tag.displayType): Restriction => ({ kind: 'Property', RelOp, PropTag, TaggedValue: { tag: PropTag, value } });
const exists = (PropTag: number): Restriction => ({ kind: 'Exist', PropTag });
/** The table that a property of somebody opens. */
const linked = async (name: string, ContainerID: number, changes: Changes = {}) => match({ State: newStat({ SortType: 0x3e8, ContainerID, CurrentRec: await book.midOf(name) }), Columns: [tag.displayName], ...changes });

describe('filters', () => {
  it.each<[string, Restriction, readonly string[]]>([
    ['MS-OXNSPI_R1912: a name', named('board room'), ['Board Room']],
    ['a name of 8 bits', named('Dave Dürrenmatt', 4, tag.displayName8), ['Dave Dürrenmatt']],
    ['not less than a name', named('stations', 3), ['Stations Team', 'Support']],
    ['less than a name', named('b', 0), ['Alice Archer']],
    ['MS-OXNSPI_R1911: a prefix', content('BA', 2), ['Barometer Room']],
    ['within', content('room', 1), [...rooms, 'Lighthouse Rooms']],
    ['the whole', content('support', 0), ['Support']],
    ['one of several addresses', content('smtp:a.arch', 2, 0x800f_101f), ['Alice Archer']],
    ['a number', number(6, 4), ['Frank Fischer', 'Grace Giordano']],
    ['a number that differs', { kind: 'And', Restricts: [number(0, 5), number(6, 5)] }, ['Everyone', 'Lighthouse Rooms', 'Stations Team']],
    ['at least a number', number(7, 3, 0x3905_0003), ['Alice Archer', ...rooms, 'Bob Baker', 'Carol Chaudhry', 'Dave Dürrenmatt', 'Projector']],
    ['MS-OXNSPI_R1914: what exists', exists(0x0807_0003), rooms],
    ['MS-OXNSPI_R1908: both', { kind: 'And', Restricts: [content('b', 2), exists(0x3a06_001f)] }, ['Bob Baker']],
    ['MS-OXNSPI_R1909: one of two', { kind: 'Or', Restricts: [named('Support'), named('Bob Baker')] }, ['Bob Baker', 'Support']],
    ['not', { kind: 'And', Restricts: [content('b', 2), { kind: 'Not', Restriction: exists(0x3a06_001f) }] }, rooms],
    ['a name that may mean several', { kind: 'Property', RelOp: 4, PropTag: tag.anr, TaggedValue: { tag: tag.anr, value: 'b' } }, ['Barometer Room', 'Board Room', 'Bob Baker']],
    ['such a name among others', { kind: 'And', Restricts: [{ kind: 'Property', RelOp: 4, PropTag: tag.anr, TaggedValue: { tag: tag.anr, value: 'b' } }, exists(0x0807_0003)] }, rooms],
    ['somebody by bytes', { kind: 'Property', RelOp: 4, PropTag: 0x0ff8_0102, TaggedValue: { tag: 0x0ff8_0102, value: new Uint8Array(16) } }, []],
    ['nobody', named('nobody'), []],
    ['all of nothing', { kind: 'Or', Restricts: [] }, []],
  ])('MS-OXNSPI_R1077 MS-OXNSPI_R1086 MS-OXNSPI_R1094 MS-OXNSPI_R1167 MS-OXCMAPIHTTP_R443 %s', async (_what, filter, expected) => {
    expect(await namesThat(filter)).toEqual(expected);
  });

  it('MS-OXNSPI_R1081: in one list only', async () => {
    const State = newStat({ ContainerID: await book.listNamed('All Rooms') });
    expect(await namesThat(content('b', 2), { State })).toEqual(rooms);
    expect(await namesThat({ kind: 'Property', RelOp: 4, PropTag: tag.anr, TaggedValue: { tag: tag.anr, value: 'b' } }, { State })).toEqual(rooms);
  });

  it('MS-OXNSPI_R1092 MS-OXNSPI_R1144 MS-OXNSPI_R1155 MS-OXNSPI_R1696: the numbers of the rows, and the rows as QueryRows tells them', async () => {
    const Columns = [tag.entryId, tag.displayName8, tag.smtpAddress, 0x3a06_001f];
    const answer = await match({ Filter: content('b', 2), Columns });
    expect(answer.MinimalIds).toHaveLength(3);
    expect(cells(answer.ColumnsAndRows?.RowData).map(([id]) => decode(id as Uint8Array, ephemeralEntryId).MinimalId)).toEqual(answer.MinimalIds);
    expect(answer.ColumnsAndRows).toEqual((await book.call('QueryRows', { Flags: 2, State: answer.State, ExplicitTable: answer.MinimalIds ?? [], RowCount: 3, Columns })).ColumnsAndRows);
    expect(await match({ Filter: content('b', 2) })).toMatchObject({ MinimalIds: answer.MinimalIds, ColumnsAndRows: null });
  });

  it('MS-OXNSPI_R1146 MS-OXNSPI_R1147 MS-OXNSPI_R1165: the state that comes back', async () => {
    const State = newStat({ CurrentRec: await book.midOf('bob'), Delta: 3, NumPos: 4, TotalRecs: 5 });
    expect((await match({ State, Filter: content('b', 2), Columns: [tag.displayName] })).State).toEqual({ ...State, ContainerID: State.CurrentRec });
  });

  it('MS-OXNSPI_R1090: as many rows as asked for, and none more', async () => {
    expect(await match({ Filter: content('b', 2), RowCount: 3 })).toMatchObject({ ErrorCode: 0, MinimalIds: { length: 3 } });
    expect((await match({ Filter: content('b', 2), RowCount: 2 })).ErrorCode).toBe(0x8004_0403);
  });

  it('by how names are spoken', async () => {
    const { directory } = mapi.organization;
    directory.update(directory.byAddress('room2@example.test')?.id ?? '', { phoneticDisplayName: 'zzz' });
    expect(await namesThat(content('b', 2), { State: newStat({ SortType: 3 }) })).toEqual(['Board Room', 'Bob Baker', 'Barometer Room']);
  });

  it('MS-OXNSPI_R1899: options of the interface make no difference', async () => {
    expect(await match({ InterfaceOptionFlags: 1, Filter: content('b', 2) })).toEqual(await match({ Filter: content('b', 2) }));
  });

  it.each<[string, Changes, number]>([
    ['MS-OXNSPI_R1101: no code page', { State: newStat({ CodePage: unicodePage }) }, 0x8004_0102],
    ['MS-OXNSPI_R1105: an order of other tables', { State: newStat({ SortType: 0x3e8 }) }, 0x8004_0102],
    ['MS-OXNSPI_R1122: a list that there is not', { State: newStat({ ContainerID: 0x9999 }) }, 0x8004_0405],
    ['MS-OXNSPI_R1149 MS-OXCDATA_R989 MS-OXCDATA_R990: more than asked for', { RowCount: 1 }, 0x8004_0403],
    ['more by name than asked for', { RowCount: 1, Filter: { kind: 'Property', RelOp: 4, PropTag: tag.anr, TaggedValue: { tag: tag.anr, value: 'b' } } }, 0x8004_0403],
    ['MS-OXCDATA_R965 MS-OXCDATA_R966: a table to look in', { MinimalIds: [0x10] }, 0x8004_0117],
    ['two properties', { Filter: { kind: 'CompareProperties', RelOp: 4, PropTag1: tag.displayName, PropTag2: tag.smtpAddress } }, 0x8004_0117],
    ['bits', { Filter: { kind: 'BitMask', BitmapRelOp: 1, PropTag: tag.displayType, Mask: 1 } }, 0x8004_0117],
    ['sizes', { Filter: { kind: 'Size', RelOp: 4, PropTag: tag.displayName, Size: 1 } }, 0x8004_0117],
    ['parts', { Filter: { kind: 'SubObject', Subobject: tag.member, Restriction: exists(tag.displayName) } }, 0x8004_0117],
    ['a regular expression', { Filter: named('b', 6) }, 0x8004_0117],
    ['a level that there is not', { Filter: content('b', 9) }, 0x8004_0117],
    ['less than a name that may mean several', { Filter: { kind: 'Property', RelOp: 0, PropTag: tag.anr, TaggedValue: { tag: tag.anr, value: 'b' } } }, 0x8004_0117],
    ['very many', { Filter: { kind: 'Or', Restricts: Array.from({ length: 1_000 }, () => named('b')) } }, 0x8004_0117],
    ['no state', { State: null }, 0x8007_0057],
  ])('MS-OXNSPI_R1635 MS-OXNSPI_R1756 MS-OXNSPI_R1636: %s', async (_what, changes, ErrorCode) => {
    const State = changes?.State === undefined ? newStat({ NumPos: 5 }) : changes.State;
    expect(await match({ Filter: content('b', 2), Columns: [tag.displayName], ...changes, State })).toMatchObject({ ErrorCode, State, MinimalIds: null, ColumnsAndRows: null });
  });
});

describe('what a property leads to', () => {
  it.each<[string, string, number, readonly string[]]>([
    ['MS-OXNSPI_R98 MS-OXNSPI_R99: members', 'everyone', tag.member, ['Dave Dürrenmatt', 'Frank Fischer', 'Stations Team']],
    ['members by their other tag', 'team', 0x8009_101f, ['Alice Archer', 'Bob Baker', 'Carol Chaudhry']],
    ['groups', 'alice', 0x8008_000d, ['Stations Team']],
    ['the manager', 'bob', tag.manager, ['Alice Archer']],
    ['nobody leads', 'alice', tag.manager, []],
    ['reports', 'alice', tag.reports, ['Bob Baker', 'Carol Chaudhry']],
    ['owners', 'team', 0x800c_000d, ['Alice Archer']],
    ['what somebody owns', 'alice', 0x8024_000d, ['Stations Team']],
    ['who may send on behalf', 'alice', tag.publicDelegates, ['Carol Chaudhry']],
    ['members without those that are hidden', 'discovery', tag.member, []],
  ])('%s', async (_what, name, property, expected) => {
    const answer = await linked(name, property);
    expect([answer.ErrorCode, cells(answer.ColumnsAndRows?.RowData).flat()]).toEqual([0, expected]);
    expect(answer.MinimalIds).toHaveLength(expected.length);
  });

  it('MS-OXNSPI_R100 MS-OXNSPI_R101: to be changed', async () => {
    expect((await linked('team', tag.member, { State: newStat({ SortType: 0x3e9, ContainerID: tag.member, CurrentRec: await book.midOf('team') }) })).MinimalIds).toEqual(await book.midsOf('alice', 'bob', 'carol'));
    expect((await linked('alice', tag.reports, { State: newStat({ SortType: 0x3e9, ContainerID: tag.reports, CurrentRec: await book.midOf('alice') }) })).ErrorCode).toBe(0x8004_0102);
  });

  it('MS-OXNSPI_R1131: whatever stands for a list; a property that leads nowhere finds who has it', async () => {
    const CurrentRec = await book.midOf('bob');
    for (const [ContainerID, Delta] of [[1, 1], [tag.displayName, 2], [0, 0]] as const) {
      expect(await match({ State: newStat({ ContainerID, Delta, CurrentRec }), Columns: [tag.displayName] })).toMatchObject({ ErrorCode: 0, MinimalIds: [CurrentRec], ColumnsAndRows: { RowData: [[{ value: 'Bob Baker' }]] } });
    }
  });

  it.each<[string, () => Promise<Changes>, number]>([
    ['MS-OXNSPI_R1138: of nobody', async () => ({ State: newStat({ SortType: 0x3e8, ContainerID: tag.member, CurrentRec: 0x9999 }) }), 0x8000_4005],
    ['MS-OXNSPI_R1138: of no row', async () => ({ State: newStat() }), 0x8000_4005],
    ['a property with a name', async () => ({ State: newStat({ CurrentRec: await book.midOf('bob') }), PropertyName: { PropertyNameGuid: '00062004-0000-0000-c000-000000000046', PropertyNameId: 1 } }), 0x8004_0102],
    ['more than asked for', async () => ({ State: newStat({ SortType: 0x3e8, ContainerID: tag.member, CurrentRec: await book.midOf('team') }), RowCount: 2 }), 0x8004_0403],
    ['MS-OXNSPI_R1109: something is reserved: nothing to look at', async () => ({ Reserved: 1, State: newStat() }), 0x8000_4005],
  ])('%s', async (_what, changes, ErrorCode) => {
    expect(await match(await changes())).toMatchObject({ ErrorCode, MinimalIds: null, ColumnsAndRows: null });
  });
});
