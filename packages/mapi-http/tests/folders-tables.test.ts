import { errorCode } from '@fauxchange/mapi-wire';
import { createMapiHttpEmulator, type MapiHttpEmulator } from '../src/index.ts';
import { FolderClient, place, publicPlace, tag, type OpenedFolder } from './support/folder-client.ts';

let mapi: MapiHttpEmulator;
let outlook: FolderClient;
let reports: OpenedFolder;
beforeAll(async () => {
  mapi = await createMapiHttpEmulator();
});
beforeEach(async () => {
  await mapi.reset();
  outlook = await FolderClient.at(mapi);
  reports = await outlook.folder('Reports');
});
afterAll(() => mapi.close());

const flag = { associated: 0x02, depth: 0x04, unicode: 0x40 } as const;
const subject = 0x0037_001f;
const notSupported = 0x8004_0102;

/** A table with what its columns have. */
async function table(name: 'RopGetHierarchyTable' | 'RopGetContentsTable', handle: number, TableFlags: number, PropertyTags: readonly number[], client = outlook) {
  const { opened, body } = await client.rops.ok(name, { TableFlags }, handle);
  await client.rops.ok('RopSetColumns', { SetColumnsFlags: 0, PropertyTags }, opened);
  const rows = (await client.rops.rows(opened)).map((cells) => cells.map((cell) => ('value' in cell ? cell.value : undefined)));
  return { opened, count: body.RowCount, rows };
}
async function publicFolder(): Promise<{ readonly client: FolderClient; readonly folder: OpenedFolder }> {
  const client = await FolderClient.at(mapi, 'alice', 'public');
  await client.grant({ fid: client.fid(publicPlace.ipmSubtree) }, 'alice', 0x7fb);
  return { client, folder: await client.folder('Reports') };
}

describe('RopGetHierarchyTable', () => {
  it('MS-OXCFOLD_R311 MS-OXCFOLD_R1160 MS-OXCFOLD_R1163 MS-OXCFOLD_R648 MS-OXCFOLD_R100002 MS-OXCFOLD_R397 MS-OXCFOLD_R807: the folders of a folder, by which they are opened', async () => {
    await outlook.create(reports.handle, 'Ältere');
    const below = await outlook.create(reports.handle, 'below');
    await outlook.create(below.handle, 'deepest');
    const { rows, count, opened } = await table('RopGetHierarchyTable', reports.handle, flag.unicode, [tag.displayName, tag.folderId]);
    expect([count, rows.map(([name]) => name)]).toEqual([2, ['Ältere', 'below']]);
    expect(await outlook.rops.values(await outlook.open(rows[1]?.[1] as bigint), [tag.displayName])).toEqual(['below']);
    expect((await outlook.rops.ok('RopSeekRow', { Origin: 0, RowCount: 1, WantRowMovedCount: true }, opened)).body.RowsSought).toBe(1);
  });

  it('MS-OXCFOLD_R100001: of a public folder', async () => {
    const { client, folder } = await publicFolder();
    await client.create(folder.handle, 'below');
    expect((await table('RopGetHierarchyTable', folder.handle, 0, [tag.displayName], client)).rows).toEqual([['below']]);
  });

  it('MS-OXCFOLD_R808: texts in the code page', async () => {
    await outlook.create(reports.handle, 'Ältere');
    const { opened } = await table('RopGetHierarchyTable', reports.handle, 0, [0x3001_001e]);
    await outlook.rops.ok('RopSeekRow', { Origin: 0, RowCount: 0, WantRowMovedCount: false }, opened);
    const { body } = await outlook.rops.ok('RopQueryRows', { QueryRowsFlags: 0, ForwardRead: true, RowCount: 10 }, opened);
    expect(Buffer.from(body.RowData).toString('latin1')).toBe('\0Ältere\0');
  });

  it('MS-OXCFOLD_R314002: flags that there are not', async () => {
    expect(await outlook.rops.fails('RopGetHierarchyTable', { TableFlags: 0x41 }, reports.handle)).toBe(notSupported);
  });
});

describe('RopGetContentsTable', () => {
  it('MS-OXCFOLD_R326 MS-OXCFOLD_R1167 MS-OXCFOLD_R1170 MS-OXCFOLD_R661 MS-OXCFOLD_R100502 MS-OXCFOLD_R1020: the messages right in a folder', async () => {
    await outlook.message(reports, 'План');
    await outlook.message(await outlook.create(reports.handle, 'below'), 'other');
    const { rows, count, opened } = await table('RopGetContentsTable', reports.handle, flag.unicode, [subject]);
    expect([count, rows]).toEqual([1, [['План']]]);
    expect((await outlook.rops.ok('RopQueryPosition', {}, opened)).body).toMatchObject({ Numerator: 1, Denominator: 1 });
  });

  it('MS-OXCFOLD_R100501: of a public folder', async () => {
    const { client, folder } = await publicFolder();
    await client.message(folder, 'posted');
    expect((await table('RopGetContentsTable', folder.handle, 0, [subject], client)).rows).toEqual([['posted']]);
  });

  it('MS-OXCFOLD_R330002: flags that there are not', async () => {
    expect(await outlook.rops.fails('RopGetContentsTable', { TableFlags: 0x41 }, reports.handle)).not.toBe(0);
  });

  it('of a search folder, with what it finds', async () => {
    await outlook.message(reports, 'plan');
    await outlook.message(reports, 'minutes');
    const search = await outlook.create(await outlook.open(outlook.fid(place.finder)), 'Search', { FolderType: 2 });
    await outlook.rops.ok('RopSetSearchCriteria', { RestrictionData: { kind: 'Content', FuzzyLevelLow: 1, FuzzyLevelHigh: 1, PropertyTag: subject, TaggedValue: { tag: subject, value: 'plan' } }, FolderIds: [reports.fid], SearchFlags: 2 }, search.handle);
    expect((await table('RopGetContentsTable', search.handle, flag.unicode, [subject])).rows).toEqual([['plan']]);
  });
});

describe('ROPs that need a folder', () => {
  it('MS-OXCFOLD_R472 MS-OXCFOLD_R473: RopOpenFolder, or a logon', async () => {
    const { opened } = await table('RopGetHierarchyTable', reports.handle, 0, [tag.displayName]);
    expect(await outlook.rops.fails('RopOpenFolder', { FolderId: reports.fid, OpenModeFlags: 0 }, opened)).toBe(notSupported);
  });
});

describe('properties of folders are set', () => {
  const set = async (values: readonly (readonly [number, unknown])[], handle = reports.handle, client = outlook) =>
    (await client.rops.ok('RopSetProperties', { PropertyValues: values.map(([one, value]) => ({ tag: one, value: value as never })) }, handle)).body.PropertyProblems;
  const get = (...tags: readonly number[]) => outlook.rops.values(reports.handle, tags);

  it('MS-OXCFOLD_R1038: name, comment, class, any other', async () => {
    expect(await set([[tag.displayName, 'Отчёты'], [tag.comment, 'за год'], [tag.containerClass, 'IPF.Note'], [tag.attributeHidden, true], [0x7c01_0003, 42], [0x7c02_0102, Buffer.from([1, 2])]])).toEqual([]);
    expect(await get(tag.displayName, tag.comment, tag.containerClass, tag.attributeHidden, 0x7c01_0003, 0x7c02_0102)).toEqual(['Отчёты', 'за год', 'IPF.Note', true, 42, new Uint8Array([1, 2])]);
    const classes = (await outlook.model.folders((await outlook.model.distinguished('root')).id, 'deep')).map(({ folderClass }) => folderClass);
    expect(classes.filter((one) => one !== undefined && !one.startsWith('IPF.'))).toEqual([]);
  });

  it('and deleted', async () => {
    await set([[tag.comment, 'x'], [tag.containerClass, 'IPF.Note']]);
    const { body } = await outlook.rops.ok('RopDeleteProperties', { PropertyTags: [tag.comment, tag.containerClass, tag.displayName] }, reports.handle);
    expect(body.PropertyProblems).toEqual([{ Index: 2, PropertyTag: tag.displayName, ErrorCode: 0x8007_0005 }]);
    expect(await get(tag.comment, tag.containerClass, tag.displayName)).toEqual([undefined, undefined, 'Reports']);
  });

  it.each(['contentCount', 'folderId', 'parentEntryId', 'hierarchyChangeNumber', 'messageSize', 'subfolders', 'folderType', 'folderFlags', 'hasRules', 'rights'] as const)('%s is computed', async (name) => {
    const [before] = await get(tag[name]);
    const value = name === 'folderId' ? 5n : name === 'parentEntryId' ? Buffer.from([1]) : (tag[name] & 0xffff) === 0xb ? true : 5;
    expect(await set([[tag.comment, 'x'], [tag[name], value]])).toEqual([{ Index: 1, PropertyTag: tag[name], ErrorCode: errorCode.ComputedValue }]);
    expect(await get(tag[name], tag.comment)).toEqual([before, 'x']);
  });

  it('a name that is taken, or none', async () => {
    await outlook.folder('Other');
    expect(await set([[tag.displayName, 'OTHER']])).toEqual([{ Index: 0, PropertyTag: tag.displayName, ErrorCode: errorCode.DuplicateName }]);
    expect(await set([[tag.displayName, '']])).toEqual([{ Index: 0, PropertyTag: tag.displayName, ErrorCode: errorCode.InvalidParameter }]);
    expect(await get(tag.displayName)).toEqual(['Reports']);
  });

  it('a folder that every mailbox has keeps its name, and takes anything else', async () => {
    const inbox = await outlook.open(outlook.fid(place.inbox));
    expect(await set([[tag.displayName, 'In']], inbox)).toEqual([{ Index: 0, PropertyTag: tag.displayName, ErrorCode: 0x8007_0005 }]);
    expect(await set([[tag.comment, 'x']], inbox)).toEqual([]);
  });

  it('named ones', async () => {
    const { body } = await outlook.rops.ok('RopGetPropertyIdsFromNames', { Flags: 2, PropertyNames: [{ kind: 'Name', Guid: '00020329-0000-0000-c000-000000000046', Name: 'colour' }] }, outlook.logon);
    const colour = ((body.PropertyIds[0] as number) << 16 | 0x1f) >>> 0;
    expect(await set([[colour, 'green']])).toEqual([]);
    expect(await get(colour)).toEqual(['green']);
  });

  it('not without the right to', async () => {
    await outlook.grant(reports, 'bob', 0x6fb);
    const bob = await FolderClient.at(mapi, 'bob', 'alice');
    expect(await set([[tag.comment, 'x']], await bob.open(reports.fid), bob)).toEqual([{ Index: 0, PropertyTag: tag.comment, ErrorCode: 0x8007_0005 }]);
  });
});
