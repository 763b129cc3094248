import type { Restriction } from '@fauxchange/mapi-wire';
import type { RopRequestValue } from '@fauxchange/mapi-wire';
import { createMapiHttpEmulator, type MapiHttpEmulator } from '../src/index.ts';
import { FolderClient, idOf, place, tag, type OpenedFolder } from './support/folder-client.ts';

let mapi: MapiHttpEmulator;
let outlook: FolderClient;
let reports: OpenedFolder;
let below: OpenedFolder;
let other: OpenedFolder;
let search: OpenedFolder;
beforeAll(async () => {
  mapi = await createMapiHttpEmulator();
});
beforeEach(async () => {
  await mapi.reset();
  outlook = await FolderClient.at(mapi);
  reports = await outlook.folder('Reports');
  below = await outlook.create(reports.handle, 'below');
  other = await outlook.folder('Other');
  search = await outlook.create(await outlook.open(outlook.fid(place.finder)), 'Search', { FolderType: 2 });
});
afterAll(() => mapi.close());

const stop = 0x1;
const restart = 0x2;
const recursive = 0x4;
const shallow = 0x8;
const byIndex = 0x1_0000;
const withoutIndex = 0x2_0000;
const isStatic = 0x4_0000;
const status = { running: 0x1, recursive: 0x4, isStatic: 0x1_0000, withoutIndex: 0x800_0000 } as const;
const notSearchFolder = 0x461;
const notSupported = 0x8004_0102;

const subject = 0x0037_001f;
const subjectHas = (value: string, fold = 1): Restriction => ({ kind: 'Content', FuzzyLevelLow: 1, FuzzyLevelHigh: fold, PropertyTag: subject, TaggedValue: { tag: subject, value } });
const subjectHas8Bit = (value: string): Restriction => ({ kind: 'Content', FuzzyLevelLow: 1, FuzzyLevelHigh: 1, PropertyTag: 0x0037_001e, TaggedValue: { tag: 0x0037_001e, value } });

const asked = (request: Partial<RopRequestValue<'RopSetSearchCriteria'>>, { handle } = search) => outlook.rops.fails('RopSetSearchCriteria', { RestrictionData: subjectHas('plan'), FolderIds: [reports.fid], SearchFlags: restart, ...request }, handle);
const set = async (request: Partial<RopRequestValue<'RopSetSearchCriteria'>> = {}): Promise<void> => expect(await asked(request)).toBe(0);
const got = async (request: Partial<RopRequestValue<'RopGetSearchCriteria'>> = {}, { handle } = search) => (await outlook.rops.ok('RopGetSearchCriteria', { UseUnicode: true, IncludeRestriction: true, IncludeFolders: true, ...request }, handle)).body;
const found = () => outlook.subjects(search, 'normal');
const count = async () => (await outlook.rops.values(search.handle, [tag.contentCount]))[0];

describe('RopSetSearchCriteria', () => {
  it('MS-OXCFOLD_R98 MS-OXCFOLD_R512 MS-OXCFOLD_R515 MS-OXCFOLD_R766: fills a search folder', async () => {
    await outlook.message(reports, 'plan one');
    await outlook.message(reports, 'minutes');
    await outlook.message(other, 'plan two');
    expect(await count()).toBe(0);
    await set();
    expect([await count(), await found()]).toEqual([1, ['plan one']]);
  });

  it.each<[string, Restriction, readonly string[]]>([
    ['a text', subjectHas('PLAN'), ['big plan', 'plan']],
    ['a text, case and all', subjectHas('PLAN', 0), []],
    ['either of two', { kind: 'Or', Restricts: [subjectHas('big'), subjectHas('minutes')] }, ['big plan', 'minutes']],
    ['both of two, and not a third', { kind: 'And', Restricts: [subjectHas('plan'), { kind: 'Not', Restriction: subjectHas('big') }] }, ['plan']],
    ['a comparison', { kind: 'Property', RelOp: 4, PropTag: 0x0017_0003, TaggedValue: { tag: 0x0017_0003, value: 2 } }, ['big plan']],
    ['bits', { kind: 'BitMask', BitmapRelOp: 1, PropTag: 0x0e07_0003, Mask: 1 }, ['minutes']],
    ['a size', { kind: 'Size', RelOp: 2, PropTag: subject, Size: 12 }, ['big plan', 'minutes']],
    ['what is there', { kind: 'Exist', PropTag: 0x3004_001f }, ['minutes']],
    ['a text in the code page', subjectHas8Bit('plan'), ['big plan', 'plan']],
  ])('finds by %s', async (_what, RestrictionData, expected) => {
    await outlook.message(reports, 'plan');
    await outlook.message(reports, 'big plan', { properties: { PidTagImportance: 2 } });
    await outlook.message(reports, 'minutes', { isRead: true, properties: { PidTagComment: 'x' } });
    await set({ RestrictionData });
    expect(await found()).toEqual(expected);
  });

  it.each([
    ['MS-OXCFOLD_R770 MS-OXCFOLD_R789: those below too', recursive, ['plan above', 'plan below'], status.recursive],
    ['MS-OXCFOLD_R772 MS-OXCFOLD_R960: those that are named, no others', shallow, ['plan above'], 0],
    ['MS-OXCFOLD_R1200: as if that were said', 0, ['plan above'], 0],
  ])('looks in folders: %s', async (_what, flags, expected, reported) => {
    await outlook.message(reports, 'plan above');
    await outlook.message(below, 'plan below');
    await set({ SearchFlags: restart | flags });
    expect(await found()).toEqual(expected);
    expect((await got()).SearchFlags & status.recursive).toBe(reported);
  });

  it('MS-OXCFOLD_R519: other criteria, other messages', async () => {
    await outlook.message(reports, 'plan');
    await outlook.message(reports, 'minutes');
    await set();
    await set({ RestrictionData: subjectHas('minutes') });
    expect(await found()).toEqual(['minutes']);
  });

  it('MS-OXCFOLD_R105 MS-OXCFOLD_R109 MS-OXCFOLD_R1241: what is left out stays as it was', async () => {
    await outlook.message(reports, 'plan one');
    await outlook.message(other, 'plan two');
    await outlook.message(other, 'minutes');
    await set();
    await set({ RestrictionData: null, FolderIds: [other.fid] });
    expect(await found()).toEqual(['plan two']);
    await set({ RestrictionData: subjectHas('minutes'), FolderIds: [] });
    expect(await found()).toEqual(['minutes']);
    expect((await got()).FolderIds).toEqual([other.fid]);
  });

  it('MS-OXCFOLD_R1210 MS-OXCFOLD_R1095 MS-OXCFOLD_R1096 MS-OXCFOLD_R1097 MS-OXCFOLD_R552: a dynamic search goes with what comes, goes and changes', async () => {
    const first = await outlook.message(reports, 'plan one');
    await set();
    expect(await found()).toEqual(['plan one']);
    const second = await outlook.message(reports, 'plan two');
    const away = await outlook.message(other, 'plan three');
    expect(await found()).toEqual(['plan one', 'plan two']);
    await outlook.rops.ok('RopMoveCopyMessages', { MessageIds: [away], WantAsynchronous: false, WantCopy: false }, other.handle, undefined, reports.handle);
    await outlook.rops.ok('RopHardDeleteMessages', { WantAsynchronous: false, NotifyNonRead: false, MessageIds: [first] }, reports.handle);
    expect([await count(), await found()]).toEqual([2, ['plan three', 'plan two']]);
    await outlook.model.updateItem(idOf(second) as never, { properties: { PidTagSubject: 'done' } });
    expect([await count(), await found()]).toEqual([1, ['plan three']]);
    expect((await got()).SearchFlags & status.isStatic).toBe(0);
  });

  it('MS-OXCFOLD_R784 MS-OXCFOLD_R795 MS-OXCFOLD_R549 MS-OXCFOLD_R1084 MS-OXCFOLD_R1093 MS-OXCFOLD_R1094: a static search stays as it was filled', async () => {
    const first = await outlook.message(reports, 'plan one');
    await outlook.message(reports, 'plan two');
    await set({ SearchFlags: restart | isStatic });
    await outlook.message(reports, 'plan three');
    await outlook.rops.ok('RopHardDeleteMessages', { WantAsynchronous: false, NotifyNonRead: false, MessageIds: [first] }, reports.handle);
    expect([await count(), await found()]).toEqual([2, ['plan one', 'plan two']]);
    expect((await got()).SearchFlags & status.isStatic).toBe(status.isStatic);
  });

  it('MS-OXCFOLD_R546 MS-OXCFOLD_R551 MS-OXCFOLD_R767: until it is restarted', async () => {
    await outlook.message(reports, 'plan one');
    await set({ SearchFlags: restart | isStatic });
    await outlook.message(reports, 'plan two');
    await set({ RestrictionData: null, FolderIds: [], SearchFlags: isStatic });
    expect(await found()).toEqual(['plan one']);
    await set({ RestrictionData: null, FolderIds: [], SearchFlags: restart | isStatic });
    expect(await found()).toEqual(['plan one', 'plan two']);
  });

  it('MS-OXCFOLD_R673 MS-OXCFOLD_R768: a search that is stopped does not run, nor find anything more, until it is restarted', async () => {
    await outlook.message(reports, 'plan one');
    await set();
    expect((await got()).SearchFlags & status.running).toBe(status.running);
    await set({ RestrictionData: null, FolderIds: [], SearchFlags: stop });
    await outlook.message(reports, 'plan two');
    expect((await got()).SearchFlags & status.running).toBe(0);
    expect([await count(), await found()]).toEqual([1, ['plan one']]);
    await set({ RestrictionData: null, FolderIds: [], SearchFlags: restart });
    expect([await count(), await found()]).toEqual([2, ['plan one', 'plan two']]);
    expect((await got()).SearchFlags & status.running).toBe(status.running);
  });

  it('MS-OXCFOLD_R1238002: one that asks for an index is as dynamic as any', async () => {
    await set({ SearchFlags: restart | byIndex });
    await outlook.message(reports, 'plan');
    expect(await found()).toEqual(['plan']);
    expect((await got()).SearchFlags & status.isStatic).toBe(0);
  });

  it('MS-OXCFOLD_R783: one that wants none has none', async () => {
    await outlook.message(reports, 'plan');
    await set({ SearchFlags: restart | withoutIndex });
    expect(await found()).toEqual(['plan']);
    expect((await got()).SearchFlags & 0xf00_0000).toBe(status.withoutIndex);
  });

  it.each<[string, () => Promise<number>, number]>([
    ['MS-OXCFOLD_R565 MS-OXCFOLD_R566 MS-OXCFOLD_R1240: no folder, ever', () => asked({ FolderIds: [] }), 0x8004_0605],
    ['nothing to look for, ever', () => asked({ RestrictionData: null }), 0x8004_0605],
    ['MS-OXCFOLD_R569 MS-OXCFOLD_R570: an ordinary folder', () => asked({}, reports), notSearchFolder],
    ['MS-OXCFOLD_R124201 MS-OXCFOLD_R1233 MS-OXCFOLD_R1243 MS-OXCFOLD_R1244: in itself', () => asked({ FolderIds: [reports.fid, search.fid] }), 0x490],
    ['MS-OXCFOLD_R573 MS-OXCFOLD_R574: a logon', () => asked({}, { handle: outlook.logon, fid: 0n }), notSupported],
    ['MS-OXCFOLD_R116003: flags that there are not', () => asked({ SearchFlags: restart | 0x100 }), notSupported],
    ['MS-OXCFOLD_R1091 MS-OXCFOLD_R1092: to be stopped and restarted', () => asked({ SearchFlags: stop | restart }), 0x8007_0057],
    ['MS-OXCFOLD_R1092: deep and shallow', () => asked({ SearchFlags: recursive | shallow }), 0x8007_0057],
    ['a folder that is not there', () => asked({ FolderIds: [0x7777_0000_0000_0001n] }), 0x8004_010f],
    ['a restriction that nobody can evaluate', () => asked({ RestrictionData: { kind: 'Count', Count: 5, SubRestriction: subjectHas('x') } }), 0x8004_0117],
  ])('refuses %s', async (_what, act, expected) => {
    expect(await act()).toBe(expected);
    expect(await count()).toBe(0);
  });

  it('a search comes back with a snapshot', async () => {
    await outlook.message(reports, 'plan');
    await set({ SearchFlags: restart | isStatic });
    const before = await got();
    const moment = await mapi.snapshot();
    await set({ RestrictionData: subjectHas('other'), SearchFlags: restart });
    await mapi.restore(moment);
    outlook = await FolderClient.at(mapi);
    search = { ...search, handle: await outlook.open(search.fid) };
    expect([await got(), await found()]).toEqual([before, ['plan']]);
  });
});

describe('RopGetSearchCriteria', () => {
  it('MS-OXCFOLD_R127 MS-OXCFOLD_R129 MS-OXCFOLD_R131 MS-OXCFOLD_R1100 MS-OXCFOLD_R1103 MS-OXCFOLD_R1104: all of it, in Unicode', async () => {
    await set({ RestrictionData: subjectHas8Bit('plan'), FolderIds: [reports.fid, other.fid] });
    expect(await got()).toEqual({ RestrictionData: subjectHas('plan'), LogonId: 0, FolderIds: [reports.fid, other.fid], SearchFlags: expect.any(Number) });
  });

  it('MS-OXCFOLD_R128: in the code page', async () => {
    await set({ RestrictionData: subjectHas('Jänner') });
    expect((await got({ UseUnicode: false })).RestrictionData).toEqual(subjectHas8Bit('Jänner'));
  });

  it('MS-OXCFOLD_R130 MS-OXCFOLD_R136 MS-OXCFOLD_R959 MS-OXCFOLD_R1103: without the restriction', async () => {
    await set();
    expect(await got({ IncludeRestriction: false })).toMatchObject({ RestrictionData: null, FolderIds: [reports.fid] });
  });

  it('MS-OXCFOLD_R132 MS-OXCFOLD_R139 MS-OXCFOLD_R2141 MS-OXCFOLD_R1104: without the folders', async () => {
    await set();
    expect(await got({ IncludeFolders: false })).toMatchObject({ RestrictionData: subjectHas('plan'), FolderIds: [] });
  });

  it('of a search that another protocol has made', async () => {
    await outlook.model.updateFolder(idOf(search.fid), {
      searchCriteria: {
        folderIds: [idOf(reports.fid)], isDeep: true,
        restriction: { kind: 'and', restrictions: [{ kind: 'contains', property: 'PidTagSubject', text: 'plan', mode: 'substring', ignoreCase: true, ignoreNonSpacing: false }, { kind: 'compare', property: 'PidTagImportance', operator: 'ge', value: 1 }] },
      },
    });
    const RestrictionData = { kind: 'And', Restricts: [subjectHas('plan'), { kind: 'Property', RelOp: 3, PropTag: 0x0017_0003, TaggedValue: { tag: 0x0017_0003, value: 1 } }] };
    expect(await got()).toMatchObject({ RestrictionData, FolderIds: [reports.fid] });
  });

  it.each<[string, () => number, number]>([
    ['MS-OXCFOLD_R579 MS-OXCFOLD_R580: an ordinary folder', () => reports.handle, notSearchFolder],
    ['MS-OXCFOLD_R581 MS-OXCFOLD_R582: a logon', () => outlook.logon, notSupported],
    ['one that looks for nothing yet', () => search.handle, 0x8004_0605],
  ])('refuses %s', async (_what, handle, expected) => {
    expect(await outlook.rops.fails('RopGetSearchCriteria', { UseUnicode: true, IncludeRestriction: true, IncludeFolders: true }, handle())).toBe(expected);
  });
});
