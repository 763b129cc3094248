import { decodeRows, errorCode, propertyType, tagOf, type PropertyName as WireName } from '@fauxchange/mapi-wire';
import { propertySets, type PropertyName } from '@fauxchange/properties';
import { createMapiHttpEmulator, type MapiHttpEmulator } from '../src/index.ts';
import { Behind } from './support/items.ts';
import { folder, MessageKit, openMode, untyped, type Values } from './support/message-kit.ts';
import { RopClient } from './support/rop-client.ts';

let mapi: MapiHttpEmulator;
let kit: MessageKit;
let alice: Behind;
beforeAll(async () => {
  mapi = await createMapiHttpEmulator();
});
beforeEach(async () => {
  await mapi.reset();
  kit = await new MessageKit(new RopClient(mapi)).logOn();
  alice = new Behind(mapi);
});
afterAll(() => mapi.close());

const nobody = 0x77;
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));
const mine: PropertyName = '0x6001:String';

/** A message, and an attachment of another: both are changed in the same way. */
async function open(kind: 'message' | 'attachment'): Promise<{ readonly handle: number; readonly message: number; readonly commit: () => Promise<void>; readonly stored: (name: PropertyName) => Promise<unknown> }> {
  const id = await kit.saved();
  const message = await kit.open(id);
  if (kind === 'message') return { handle: message, message, commit: async () => { await kit.save(message); }, stored: async (name) => (await kit.stored(id, [name]))[0] };
  const number = await kit.attach(message);
  await kit.save(message);
  const handle = await kit.openAttachment(message, number);
  const stored = async (name: PropertyName) => kit.one(await kit.openAttachment(await kit.open(id), number, openMode.readOnly), name);
  const commit = async () => {
    await kit.client.ok('RopSaveChangesAttachment', { SaveFlags: 2 }, handle);
    expect(await stored(mine)).not.toBe('new');
    await kit.save(message);
  };
  return { handle, message, commit, stored };
}

describe('getting', () => {
  const long = 'x'.repeat(12_000);

  it('MS-OXCPRPT_R9070102 MS-OXCPRPT_R90707: PropertySizeLimit limits nothing', async () => {
    const message = await kit.create({ [mine]: 'more than ten characters' });
    expect(await kit.client.properties(message, [await kit.tag(mine)], 10)).toEqual([{ value: 'more than ten characters' }]);
    const { body } = await kit.client.ok('RopGetPropertiesAll', { PropertySizeLimit: 10, WantUnicode: 1 }, message);
    expect(body.PropertyValues).toContainEqual({ tag: await kit.tag(mine), value: 'more than ten characters' });
  });

  it('what has no room in the answer is ecMemory: the longest ones first', async () => {
    const message = await kit.create({ [mine]: long });
    await kit.set(message, { '0x6002:Binary': bytes('y'.repeat(30_000)) });
    const cells = await kit.cells(message, 'PidTagMessageClass', mine, '0x6002:Binary');
    expect(cells).toEqual([{ value: 'IPM.Note' }, { value: long }, { error: errorCode.OutOfMemory }]);
    const { body } = await kit.client.ok('RopGetPropertiesAll', { PropertySizeLimit: 0, WantUnicode: 1 }, message);
    expect(body.PropertyValues).toContainEqual({ tag: tagOf(0x6002, propertyType.ErrorCode), value: errorCode.OutOfMemory });
  });

  it('each tag in its place: of another type there is nothing, of no type what there is', async () => {
    const message = await kit.create({ PidTagSubject: 'Ä', [mine]: 'ö', '0x6005:MultipleInteger32': [1, 2] });
    const tags = [0x0037_001f, 0x0037_001e, 0x0037_0003, untyped(0x0037_0000), untyped(0x6001_0000), untyped(0x6005_0000), 0x7777_001f];
    expect(await kit.client.properties(message, tags)).toEqual([
      { value: 'Ä' }, { value: 'Ä' }, { error: errorCode.NotFound }, { type: propertyType.String, value: 'Ä' }, { type: propertyType.String, value: 'ö' }, { type: propertyType.MultipleInteger32, value: [1, 2] }, { error: errorCode.NotFound },
    ]);
    const { body } = await kit.client.ok('RopGetPropertiesSpecific', { PropertySizeLimit: 0, WantUnicode: 0, PropertyTags: [untyped(0x0037_0000)] }, message);
    expect(decodeRows(body.RowData, [untyped(0x0037_0000)])).toEqual([[{ type: propertyType.String8, value: 'Ä' }]]);
  });

  it('MS-OXCPRPT_R90705: RopGetPropertiesAll has the values that RopGetPropertiesSpecific has, RopGetPropertiesList their tags', async () => {
    const id = await kit.saved({ PidTagSubject: 'All', PidLidPrivate: true, [mine]: 'x' });
    const message = await kit.open(id);
    const { body: { PropertyValues } } = await kit.client.ok('RopGetPropertiesAll', { PropertySizeLimit: 0, WantUnicode: 1 }, message);
    const { body: { PropertyTags } } = await kit.client.ok('RopGetPropertiesList', {}, message);
    expect(PropertyValues.map(({ tag }) => tag)).toEqual(PropertyTags);
    expect(await kit.client.values(message, PropertyTags)).toEqual(PropertyValues.map(({ value }) => value));
    for (const name of ['PidTagSubject', 'PidTagMid', 'PidTagEntryId', 'PidTagAccess', 'PidTagMessageFlags', 'PidLidPrivate', 'PidTagBody', mine] as const) expect([name, PropertyTags.includes(await kit.tag(name))]).toEqual([name, name !== 'PidTagBody']);
  });

  it('RopGetPropertiesAll in the code page', async () => {
    const message = await kit.create({ [mine]: 'ö' });
    const { body } = await kit.client.ok('RopGetPropertiesAll', { PropertySizeLimit: 0, WantUnicode: 0 }, message);
    expect(body.PropertyValues).toContainEqual({ tag: 0x6001_001e, value: 'ö' });
  });

  it.each(['RopGetPropertiesSpecific', 'RopGetPropertiesAll', 'RopGetPropertiesList', 'RopSetProperties', 'RopDeleteProperties'] as const)('%s of nothing', async (name) => {
    expect(await kit.client.fails(name, { PropertySizeLimit: 0, WantUnicode: 1, PropertyTags: [], PropertyValues: [] } as never, nobody)).toBe(errorCode.NullObject);
  });
});

const setting = ['RopSetProperties', 'RopSetPropertiesNoReplicate'] as const;
const deleting = ['RopDeleteProperties', 'RopDeletePropertiesNoReplicate'] as const;

describe('setting', () => {
  const ids = {
    'RopSetProperties message': 'MS-OXCPRPT_R101 MS-OXCPRPT_R475 MS-OXCPRPT_R476 MS-OXCPRPT_R477 MS-OXCPRPT_R478',
    'RopSetPropertiesNoReplicate message': 'MS-OXCPRPT_R112 MS-OXCPRPT_R822 MS-OXCPRPT_R823 MS-OXCPRPT_R824 MS-OXCPRPT_R82401',
    'RopSetProperties attachment': 'MS-OXCPRPT_R479 MS-OXCPRPT_R480', 'RopSetPropertiesNoReplicate attachment': 'MS-OXCPRPT_R825 MS-OXCPRPT_R82501',
  } as const;
  it.each(setting.flatMap((rop) => (['message', 'attachment'] as const).map((kind) => [ids[`${rop} ${kind}`], rop, kind] as const)))('%s: %s of a %s', async (_ids, rop, kind) => {
    const { handle, commit, stored } = await open(kind);
    expect((await kit.client.ok(rop, { PropertyValues: await kit.tagged({ [mine]: 'new' }) }, handle)).body.PropertyProblems).toEqual([]);
    expect(await kit.one(handle, mine)).toBe('new');
    expect((await kit.client.ok('RopGetPropertiesAll', { PropertySizeLimit: 0, WantUnicode: 1 }, handle)).body.PropertyValues).toContainEqual({ tag: await kit.tag(mine), value: 'new' });
    expect(await stored(mine)).toBeUndefined();
    await commit();
    expect(await stored(mine)).toBe('new');
  });

  it('what could not be set is told with its place; the rest is done', async () => {
    const message = await kit.open(await kit.saved());
    const PropertyValues = [...await kit.tagged({ [mine]: 'set', PidTagSourceKey: bytes('x') }), { tag: 0xc000_001f, value: 'no name' }, { tag: 0x6002_000a, value: 7 }];
    const { body } = await kit.client.ok('RopSetProperties', { PropertyValues }, message);
    expect(body.PropertyProblems).toEqual([{ Index: 1, PropertyTag: 0x65e0_0102, ErrorCode: errorCode.ComputedValue }, { Index: 2, PropertyTag: 0xc000_001f, ErrorCode: errorCode.InvalidParameter }]);
    expect(await kit.one(message, mine)).toBe('set');
  });

  it('the last of two values counts; texts in the code page are texts', async () => {
    const message = await kit.create();
    await kit.client.ok('RopSetProperties', { PropertyValues: [{ tag: 0x6001_001f, value: 'one' }, { tag: 0x6001_001e, value: 'zwö' }] }, message);
    expect(await kit.one(message, mine)).toBe('zwö');
  });
});

describe('deleting', () => {
  const ids = {
    'RopDeleteProperties message': 'MS-OXCPRPT_R113 MS-OXCPRPT_R485 MS-OXCPRPT_R486 MS-OXCPRPT_R487 MS-OXCPRPT_R488 MS-OXCPRPT_R489',
    'RopDeletePropertiesNoReplicate message': 'MS-OXCPRPT_R124 MS-OXCPRPT_R835 MS-OXCPRPT_R836 MS-OXCPRPT_R83604 MS-OXCPRPT_R83605 MS-OXCPRPT_R8360501 MS-OXCPRPT_R83606',
    'RopDeleteProperties attachment': 'MS-OXCPRPT_R490 MS-OXCPRPT_R491', 'RopDeletePropertiesNoReplicate attachment': 'MS-OXCPRPT_R83607 MS-OXCPRPT_R83608',
  } as const;
  it.each(deleting.flatMap((rop) => (['message', 'attachment'] as const).map((kind) => [ids[`${rop} ${kind}`], rop, kind] as const)))('%s: %s of a %s', async (_ids, rop, kind) => {
    const { handle, commit, stored } = await open(kind);
    await kit.set(handle, { [mine]: 'old' });
    if (kind === 'attachment') await kit.client.ok('RopSaveChangesAttachment', { SaveFlags: 2 }, handle);
    if (kind === 'message') await kit.save(handle);
    expect((await kit.client.ok(rop, { PropertyTags: await kit.tags([mine]) }, handle)).body.PropertyProblems).toEqual([]);
    expect(await kit.cells(handle, mine)).toEqual([{ error: errorCode.NotFound }]);
    expect((await kit.client.ok('RopGetPropertiesAll', { PropertySizeLimit: 0, WantUnicode: 1 }, handle)).body.PropertyValues.map(({ tag }) => tag)).not.toContain(await kit.tag(mine));
    if (kind === 'message') expect(await stored(mine)).toBe('old');
    await commit();
    expect(await stored(mine)).toBeUndefined();
  });

  it('MS-OXCPRPT_R491 MS-OXCPRPT_R83608: an attachment\'s is there until both are saved', async () => {
    const { handle, message, stored } = await open('attachment');
    await kit.set(handle, { [mine]: 'old' });
    await kit.client.ok('RopSaveChangesAttachment', { SaveFlags: 2 }, handle);
    await kit.save(message);
    await kit.remove(handle, [mine]);
    await kit.client.ok('RopSaveChangesAttachment', { SaveFlags: 2 }, handle);
    expect(await stored(mine)).toBe('old');
    await kit.save(message);
    expect(await stored(mine)).toBeUndefined();
  });
});

describe('folders and stores are changed at once', () => {
  const of = async (handle: number) => kit.one(handle, mine);

  it('MS-OXCPRPT_R846 MS-OXCPRPT_R492: a folder', async () => {
    const [inbox, again] = [await kit.folder(folder.inbox), await kit.folder(folder.inbox)];
    expect(await kit.set(inbox, { [mine]: 'new' })).toEqual([]);
    expect(await of(again)).toBe('new');
    await kit.remove(inbox, [mine]);
    expect(await of(again)).toBeUndefined();
  });

  it('MS-OXCPRPT_R503 MS-OXCPRPT_R882: a folder that properties are copied to; they are not moved', async () => {
    const [inbox, outbox] = [await kit.folder(folder.inbox), await kit.folder(folder.outbox)];
    await kit.set(inbox, { [mine]: 'new' });
    const copy = async (CopyFlags: number) => kit.client.rop('RopCopyProperties', { CopyFlags, WantAsynchronous: false, PropertyTags: await kit.tags([mine]) }, inbox, undefined, outbox);
    expect((await copy(1)).returnValue).toBe(errorCode.NotSupported);
    expect(await copy(0)).toMatchObject({ returnValue: 0, body: { PropertyProblems: [] } });
    expect([await of(await kit.folder(folder.outbox)), await of(inbox)]).toEqual(['new', 'new']);
  });

  it('MS-OXCPRPT_R847 MS-OXCPRPT_R82502: a store', async () => {
    const other = (await kit.client.logon('alice', 2)).opened;
    for (const [rop, PidTagOutOfOfficeState] of [['RopSetProperties', true], ['RopSetPropertiesNoReplicate', false]] as const) {
      expect((await kit.client.ok(rop, { PropertyValues: await kit.tagged({ PidTagOutOfOfficeState }) }, kit.logon)).body.PropertyProblems).toEqual([]);
      expect(await kit.one(other, 'PidTagOutOfOfficeState')).toBe(PidTagOutOfOfficeState);
    }
  });

  it('MS-OXCPRPT_R5070514: public folders are not copied', async () => {
    const { opened, body: { FolderIds } } = await kit.client.ok('RopLogon', { LogonFlags: 0, OpenFlags: 0x2 | 0x0100_0000, StoreState: 0, Essdn: '' }, undefined, 1);
    const source = (await kit.client.ok('RopOpenFolder', { FolderId: FolderIds[1] as bigint, OpenModeFlags: 0 }, opened)).opened;
    const target = (await kit.client.ok('RopOpenFolder', { FolderId: FolderIds[1] as bigint, OpenModeFlags: 0 }, opened)).opened;
    expect((await kit.client.rop('RopCopyTo', { WantAsynchronous: false, WantSubObjects: false, CopyFlags: 0, ExcludedTags: [] }, source, undefined, target)).returnValue).toBe(errorCode.NotSupported);
  });
});

describe('names', () => {
  const set = '00112233-4455-6677-8899-aabbccddeeff';
  const named: readonly WireName[] = [{ kind: 'Lid', Guid: set, Lid: 5 }, { kind: 'Name', Guid: set, Name: 'mine' }, { kind: 'Name', Guid: set, Name: 'Mine' }];
  const idsOf = (PropertyNames: readonly WireName[], Flags: number) => kit.client.rop('RopGetPropertyIdsFromNames', { Flags, PropertyNames }, kit.logon);

  it('MS-OXCPRPT_R628 MS-OXCPRPT_R62801: get ids if that is asked for', async () => {
    expect(await idsOf(named, 0)).toMatchObject({ returnValue: errorCode.ErrorsReturned, body: { PropertyIds: [0, 0, 0] } });
    const { body } = await idsOf(named, 2);
    const PropertyIds = body?.PropertyIds ?? [];
    expect([new Set(PropertyIds).size, PropertyIds.every((id) => id >= 0x8000)]).toEqual([3, true]);
    expect(await idsOf([...named].reverse(), 0)).toMatchObject({ returnValue: 0, body: { PropertyIds: [...PropertyIds].reverse() } });
    expect((await kit.client.ok('RopGetNamesFromPropertyIds', { PropertyIds: [...PropertyIds, 0x37, 0xfff0] }, kit.logon)).body.PropertyNames).toEqual([...named, { kind: 'Lid', Guid: propertySets.PS_MAPI, Lid: 0x37 }, { kind: 'None', Guid: propertySets.PS_MAPI }]);
  });

  it('headers are one name in capitals or not; numbers of PS_MAPI are tags', async () => {
    const { body } = await idsOf([{ kind: 'Name', Guid: propertySets.PS_INTERNET_HEADERS, Name: 'X-Mine' }, { kind: 'Name', Guid: propertySets.PS_INTERNET_HEADERS, Name: 'x-mine' }, { kind: 'Lid', Guid: propertySets.PS_MAPI, Lid: 0x37 }], 2);
    expect([body?.PropertyIds[0] === body?.PropertyIds[1], body?.PropertyIds[2]]).toEqual([true, 0x37]);
  });

  it('no names: all ids there are', async () => {
    const { body } = await idsOf(named, 2);
    expect((await idsOf([], 0)).body?.PropertyIds).toEqual(expect.arrayContaining([...body?.PropertyIds ?? []]));
    expect((await idsOf(named, 1)).returnValue).toBe(errorCode.InvalidParameter);
  });

  it.each<[string, number, string | undefined, readonly WireName[]]>([
    ['all', 0, set, named], ['MS-OXCPRPT_R876: no texts', 1, set, named.slice(0, 1)], ['MS-OXCPRPT_R877: no numbers', 2, set, named.slice(1)], ['neither', 3, set, []], ['other bits are passed over', 0xf0, set, named],
    ['MS-OXCPRPT_R878: of another set', 0, '00112233-4455-6677-8899-aabbccddee00', []],
  ])('RopQueryNamedProperties, %s', async (_what, QueryFlags, PropertyGuid, expected) => {
    await idsOf(named, 2);
    const { body } = await kit.client.ok('RopQueryNamedProperties', { QueryFlags, HasGuid: PropertyGuid !== undefined, PropertyGuid }, kit.logon);
    expect(body.PropertyNames).toEqual(expected);
    expect(body.PropertyIds).toHaveLength(expected.length);
  });

  it('MS-OXCPRPT_R12904: RopQueryNamedProperties without a set has those of all', async () => {
    await idsOf([...named, { kind: 'Lid', Guid: propertySets.PSETID_Common, Lid: 0x8503 }], 2);
    const { body } = await kit.client.ok('RopQueryNamedProperties', { QueryFlags: 0, HasGuid: false }, kit.logon);
    expect(body.PropertyNames).toEqual(expect.arrayContaining([...named, { kind: 'Lid', Guid: propertySets.PSETID_Common, Lid: 0x8503 }]));
  });
});

describe('copying properties', () => {
  const [a, b]: readonly PropertyName[] = ['0x6001:String', '0x6002:Integer32'];
  const values: Values = { [a as PropertyName]: 'new', [b as PropertyName]: 2 };
  const names = [a, b] as readonly PropertyName[];
  const copy = async (source: number, target: number, CopyFlags: number, WantAsynchronous = false) => kit.client.rop('RopCopyProperties', { CopyFlags, WantAsynchronous, PropertyTags: await kit.tags(names) }, source, undefined, target);

  it.each([
    ['MS-OXCPRPT_R146 MS-OXCPRPT_R15901 MS-OXCPRPT_R265 MS-OXCPRPT_R15204', 0, ['new', 2]], ['MS-OXCPRPT_R264 MS-OXCPRPT_R879', 2, ['old', 2]], ['MS-OXCPRPT_R159 MS-OXCPRPT_R50101', 1, ['new', 2]],
  ])('%s: with the flags %j', async (_ids, flags, expected) => {
    const [source, target] = [await kit.create(values), await kit.create({ [a as PropertyName]: 'old' })];
    expect(await copy(source, target, flags)).toMatchObject({ returnValue: 0, body: { PropertyProblems: [] } });
    expect(await kit.get(target, ...names)).toEqual(expected);
    expect(await kit.get(source, ...names)).toEqual(['new', 2]);
  });

  it('MS-OXCPRPT_R153 MS-OXCPRPT_R504 MS-OXCPRPT_R50402: is done at once, asked asynchronously or not', async () => {
    const [source, target] = [await kit.create(values), await kit.create()];
    expect(await copy(source, target, 0, true)).toMatchObject({ returnValue: 0, body: { PropertyProblems: [] } });
    expect(await kit.get(target, ...names)).toEqual(['new', 2]);
  });

  it('MS-OXCPRPT_R849: is the message\'s when it is saved', async () => {
    const id = await kit.saved();
    const target = await kit.open(id);
    await copy(await kit.create(values), target, 0);
    expect(await kit.stored(id, names)).toEqual([undefined, undefined]);
    await kit.save(target);
    expect(await kit.stored(id, names)).toEqual(['new', 2]);
  });

  it('MS-OXCPRPT_R848: is the attachment\'s when both are saved', async () => {
    const [source, target] = [await open('attachment'), await open('attachment')];
    await kit.set(source.handle, values);
    await copy(source.handle, target.handle, 0);
    await kit.client.ok('RopSaveChangesAttachment', { SaveFlags: 2 }, target.handle);
    expect(await target.stored(names[1] as PropertyName)).toBeUndefined();
    await kit.save(target.message);
    expect(await target.stored(names[1] as PropertyName)).toBe(2);
  });

  it.each([['MS-OXCPRPT_R86502', 3], ['MS-OXCPRPT_R88001', 4]])('%s: the flags %d are refused', async (_id, flags) => expect((await copy(await kit.create(values), await kit.create(), flags)).returnValue).toBe(errorCode.InvalidParameter));

  it('of a folder are not moved; of two kinds not copied; to nothing neither', async () => {
    const inbox = await kit.folder(folder.inbox);
    expect((await copy(inbox, await kit.folder(folder.outbox), 1)).returnValue).toBe(errorCode.NotSupported);
    expect((await copy(await kit.create(values), inbox, 0)).returnValue).toBe(errorCode.NotSupported);
    expect(await copy(await kit.create(values), nobody, 0)).toMatchObject({ returnValue: errorCode.NullDestinationObject, body: { DestHandleIndex: 1 } });
  });

  it('what the source does not have is told', async () => {
    const { body } = await copy(await kit.create({ [a as PropertyName]: 'x' }), await kit.create(), 0);
    expect(body?.PropertyProblems).toEqual([{ Index: 1, PropertyTag: 0x6002_0003, ErrorCode: errorCode.NotFound }]);
  });
});

describe('copying all', () => {
  const copy = (source: number, target: number, CopyFlags = 0, WantSubObjects = true, ExcludedTags: readonly number[] = [], WantAsynchronous = false) =>
    kit.client.rop('RopCopyTo', { WantAsynchronous, WantSubObjects, CopyFlags, ExcludedTags }, source, undefined, target);
  async function full(): Promise<number> {
    const message = await kit.create({ PidTagSubject: 'RE: Copied', PidTagBody: 'Text', PidTagMessageClass: 'IPM.Mine', [mine]: 'x', PidLidPrivate: true });
    await kit.address(message, [{ name: 'Bob' }]);
    await kit.attach(message, { PidTagAttachLongFilename: 'a.txt' });
    return message;
  }

  it('MS-OXCPRPT_R181 MS-OXCPRPT_R18501 MS-OXCPRPT_R625 MS-OXCPRPT_R177 MS-OXCPRPT_R5070507: a message, with its recipients and attachments, when it is saved', async () => {
    const id = await kit.saved({ PidTagSubject: 'Old' });
    const target = await kit.open(id);
    expect(await copy(await full(), target)).toMatchObject({ returnValue: 0, body: { PropertyProblems: [] } });
    expect(await kit.get(target, 'PidTagSubject', 'PidTagBody', 'PidTagMessageClass', mine, 'PidLidPrivate', 'PidTagDisplayTo')).toEqual(['RE: Copied', 'Text', 'IPM.Mine', 'x', true, 'Bob']);
    expect(await kit.stored(id, ['PidTagSubject'])).toEqual(['Old']);
    await kit.save(target);
    expect(await alice.item(id)).toMatchObject({ itemClass: 'IPM.Mine', recipients: [{ name: 'Bob' }], attachments: [{ name: 'a.txt' }], body: { native: 'text' } });
  });

  it('MS-OXCPRPT_R182: without them if that is said', async () => {
    const target = await kit.create();
    await copy(await full(), target, 0, false);
    expect([await kit.one(target, 'PidTagSubject'), await kit.recipients(target), await kit.one(target, 'PidTagHasAttachments')]).toEqual(['RE: Copied', [], false]);
  });

  it('MS-OXCPRPT_R624 MS-OXCPRPT_R5070504: without touching what is there', async () => {
    const target = await kit.create({ [mine]: 'mine' });
    await copy(await full(), target, 2);
    expect(await kit.get(target, mine, 'PidLidPrivate')).toEqual(['mine', true]);
  });

  it('but for what is left out', async () => {
    const target = await kit.create();
    await copy(await full(), target, 0, true, [await kit.tag(mine), 0x0e12_000d, await kit.tag('PidLidPrivate')]);
    expect([...await kit.get(target, mine, 'PidLidPrivate', 'PidTagSubject', 'PidTagHasAttachments'), await kit.recipients(target)]).toEqual([undefined, undefined, 'RE: Copied', true, []]);
  });

  it('MS-OXCPRPT_R178 MS-OXCPRPT_R50801 MS-OXCPRPT_R50802: at once, asked asynchronously or not', async () => {
    const target = await kit.create();
    expect((await copy(await full(), target, 0, true, [], true)).returnValue).toBe(0);
    expect(await kit.one(target, 'PidTagSubject')).toBe('RE: Copied');
  });

  it.each([['MS-OXCPRPT_R18402', 3], ['MS-OXCPRPT_R5070506', 4]])('%s: the flags %d are refused', async (_id, flags) => expect((await copy(await full(), await kit.create(), flags)).returnValue).toBe(errorCode.InvalidParameter));

  it('MS-OXCPRPT_R821 MS-OXCPRPT_R890: things of two kinds are refused, and a destination that is nothing', async () => {
    expect((await copy(await full(), await kit.folder(folder.inbox))).returnValue).toBe(errorCode.NotSupported);
    expect((await copy(await full(), kit.logon)).returnValue).toBe(errorCode.NotSupported);
    expect((await copy(await full(), nobody)).returnValue).toBe(errorCode.NullDestinationObject);
    expect((await copy(kit.logon, await full())).returnValue).toBe(errorCode.NotSupported);
  });

  it('MS-OXCPRPT_R89601 MS-OXCPRPT_R89604: a message into itself, one deep or two', async () => {
    const message = await full();
    const one = await kit.openEmbedded((await kit.client.ok('RopCreateAttachment', {}, message)).opened);
    const two = await kit.openEmbedded((await kit.client.ok('RopCreateAttachment', {}, one)).opened);
    expect([(await copy(message, one)).returnValue, (await copy(message, two)).returnValue, (await copy(two, message)).returnValue]).toEqual([0x504, 0x504, 0]);
  });

  it('an attachment, with the message in it', async () => {
    const source = (await kit.client.ok('RopCreateAttachment', {}, await kit.create())).opened;
    const inner = await kit.openEmbedded(source);
    await kit.set(inner, { PidTagSubject: 'Inner' });
    await kit.save(inner);
    await kit.set(source, { PidTagAttachLongFilename: 'Inner.msg' });
    const target = (await kit.client.ok('RopCreateAttachment', {}, await kit.create())).opened;
    expect((await copy(source, target)).returnValue).toBe(0);
    expect(await kit.get(target, 'PidTagAttachLongFilename', 'PidTagAttachMethod')).toEqual(['Inner.msg', 5]);
    expect(await kit.one(await kit.openEmbedded(target, openMode.readWrite), 'PidTagSubject')).toBe('Inner');
  });

  it('MS-OXCPRPT_R5070509 MS-OXCPRPT_R5070511 MS-OXCPRPT_R899: a folder with its messages, at once; not over one of the same name', async () => {
    const { session, mailbox } = alice;
    const top = mailbox.wellKnown('msgfolderroot') as never;
    const [from, to] = [await session.createFolder(top, { displayName: 'From' }), await session.createFolder(top, { displayName: 'To' })];
    await session.createFolder(from.id, { displayName: 'Below' });
    await session.createItem(from.id, { itemClass: 'IPM.Note', properties: { PidTagSubject: 'Within' }, recipients: [], attachments: [], isRead: true, isAssociated: false });
    const wire = (id: number): bigint => (BigInt(kit.fid(folder.inbox)) & 0xffffn) | idBits(id);
    const [source, target] = [(await kit.client.ok('RopOpenFolder', { FolderId: wire(from.id), OpenModeFlags: 0 }, kit.logon)).opened, (await kit.client.ok('RopOpenFolder', { FolderId: wire(to.id), OpenModeFlags: 0 }, kit.logon)).opened];
    expect((await copy(source, target, 1)).returnValue).toBe(0);
    expect([(await session.folders(to.id, 'shallow')).map(({ displayName }) => displayName), await kit.one(target, 'PidTagContentCount'), await kit.one(source, 'PidTagContentCount')]).toEqual([['Below'], 1, 1]);
    expect((await copy(source, target)).returnValue).toBe(errorCode.DuplicateName);
  });
});

/** Six bytes of a counter, the greatest first, behind the replica's two. */
function idBits(id: number): bigint {
  const counter = Buffer.alloc(8);
  counter.writeUIntBE(id, 2, 6);
  return counter.readBigUInt64LE() & ~0xffffn;
}
