import { binary } from '@fauxchange/properties';
import { rights, type Item } from '@fauxchange/mailbox';
import { decode, encode, errorCode, FastTransferReader, gid, metaTagOfStream, predecessorChangeList, streamRoots, type ContentsSync, type PropList } from '@fauxchange/mapi-wire';
import { createMapiHttpEmulator, type MapiHttpEmulator } from '../src/index.ts';
import { all, countersIn, idsIn, stateIn, tagsOf, unicode, valueIn } from './support/ics-client.ts';
import { PlayFolder, wire } from './support/play-folder.ts';

const flag = { noDeletions: 0x2, ignoreNoLongerInScope: 0x4, readState: 0x8, fai: 0x10, normal: 0x20, onlySpecified: 0x80, noForeign: 0x100, reserved: 0x1000, ignoreSpecifiedOnFai: 0x4000, progress: 0x8000 } as const;
const extra = { eid: 0x1, messageSize: 0x2, cn: 0x4, orderByDeliveryTime: 0x8 } as const;
const tag = { sourceKey: 0x65e0_0102, lastModified: 0x3008_0040, changeKey: 0x65e2_0102, changeList: 0x65e3_0102, associated: 0x67aa_000b, mid: 0x674a_0014, size: 0x0e08_0003, cn: 0x67a4_0014, subject: 0x0037_001f, fid: 0x6748_0014, parentFid: 0x6749_0014, parentKey: 0x65e1_0102, name: 0x3001_001f } as const;
const { IdsetDeleted, IdsetNoLongerInScope, IdsetExpired, IdsetRead, IdsetUnread, CnsetSeenFAI, CnsetRead, FXDelProp, IdsetGiven } = metaTagOfStream;

let mapi: MapiHttpEmulator;
let play: PlayFolder;
beforeAll(async () => {
  mapi = await createMapiHttpEmulator();
});
beforeEach(async () => {
  await mapi.reset();
  play = await PlayFolder.create(mapi);
});
afterAll(() => mapi.close());

const ids = ({ messageChanges }: ContentsSync): readonly unknown[] => messageChanges.map(({ header }) => valueIn(header, tag.mid));
const midsOf = (...items: readonly Item[]): readonly bigint[] => items.map(({ id }) => wire(id));
const numbers = (list: PropList | undefined, which: number): readonly number[] => idsIn(list, which);
/** A synchronization of everything, then another one. */
const first = async (SynchronizationFlags = all | unicode): Promise<ReturnType<typeof stateIn>> => stateIn((await play.ics.contents(play.handle, {}, { SynchronizationFlags })).value.state);

describe('RopSynchronizationConfigure', () => {
  it('MS-OXCFXICS_R641 MS-OXCFXICS_R669 MS-OXCFXICS_R3321: a synchronization of contents has the messages of the folder, and no others', async () => {
    const [one, hidden] = [await play.message(), await play.message({}, { isAssociated: true })];
    const { value, elements } = await play.ics.contents(play.handle);
    expect(ids(value)).toEqual(midsOf(one, hidden));
    expect(elements[0]).toEqual({ marker: 'IncrSyncChg' });
    expect(elements.at(-1)).toEqual({ marker: 'IncrSyncEnd' });
  });

  it.each<[string, object, number]>([
    ['MS-OXCFXICS_R2695: SynchronizationType 4', { SynchronizationType: 4 }, errorCode.InvalidParameter],
    ['SynchronizationType 0', { SynchronizationType: 0 }, errorCode.InvalidParameter],
    ['MS-OXCFXICS_R2180: the reserved flag', { SynchronizationFlags: all | flag.reserved }, errorCode.InvalidParameter],
    ['an unknown flag', { SynchronizationFlags: all | 0x400 }, errorCode.InvalidParameter],
    ['an unknown bit of SendOptions', { SendOptions: 0x80 }, errorCode.InvalidParameter],
    ['RecoverMode with ForUpload', { SendOptions: 0x7 }, errorCode.InvalidParameter],
    ['a restriction of folders', { SynchronizationType: 2, SynchronizationFlags: 0, RestrictionData: { kind: 'Exist', PropTag: tag.subject } }, errorCode.InvalidParameter],
  ])('is refused for %s', async (_what, asked, code) => {
    expect(await play.rops.fails('RopSynchronizationConfigure', { SynchronizationType: 1, SendOptions: 1, SynchronizationFlags: all, RestrictionData: null, SynchronizationExtraFlags: 0, PropertyTags: [], ...asked }, play.handle)).toBe(code);
  });

  it('is refused where the folder may not be read, and for what is no folder', async () => {
    const asked = { SynchronizationType: 1, SendOptions: 1, SynchronizationFlags: all, RestrictionData: null, SynchronizationExtraFlags: 0, PropertyTags: [] };
    const other = await play.openAs(mapi, 'bob', rights.folderVisible);
    expect(await other.ics.rops.fails('RopSynchronizationConfigure', asked, other.handle)).toBe(errorCode.AccessDenied);
    expect(await play.rops.fails('RopSynchronizationConfigure', asked, play.logon)).toBe(errorCode.NotSupported);
    const { opened } = await play.rops.ok('RopSynchronizationConfigure', asked, play.handle);
    expect(await play.rops.fails('RopSynchronizationConfigure', asked, opened)).toBe(errorCode.NotSupported);
  });
});

describe('what is new and what has changed', () => {
  it('MS-OXCFXICS_R2043 MS-OXCFXICS_R2044 MS-OXCFXICS_R1897 MS-OXCFXICS_R1898 MS-OXCFXICS_R1890001: each version is told once', async () => {
    const [one, two, hidden] = [await play.message(), await play.message(), await play.message({}, { isAssociated: true })];
    const begin = await play.ics.contents(play.handle, {}, { SynchronizationExtraFlags: extra.eid | extra.cn });
    expect(ids(begin.value)).toEqual(midsOf(one, two, hidden));
    expect(begin.value.messageChanges.map(({ header }) => valueIn(header, tag.cn))).toEqual([one, two, hidden].map(({ cn }) => wire(cn)));
    const again = await play.ics.contents(play.handle, stateIn(begin.value.state));
    expect([ids(again.value), again.value.deletions, again.value.readStateChanges]).toEqual([[], undefined, undefined]);
    const changed = await play.change(two, { PidTagSubject: 'Other' });
    await play.change(hidden, { PidTagSubject: 'Other' });
    const three = await play.message();
    const next = await play.ics.contents(play.handle, stateIn(again.value.state), { SynchronizationExtraFlags: extra.eid | extra.cn });
    expect(ids(next.value)).toEqual(midsOf(two, hidden, three));
    expect(valueIn(next.value.messageChanges[0]?.header, tag.cn)).toBe(wire(changed.cn));
    expect(changed.cn).toBeGreaterThan(two.cn);
    expect(valueIn(next.value.messageChanges[0]?.propList, tag.subject)).toBe('Other');
  });

  it('MS-OXCFXICS_R1892: a message that is moved or copied is another one', async () => {
    const one = await play.message();
    const state = await first();
    const { session, folder } = play;
    const [copy] = await session.copyItems([one.id], { session, folderId: folder.id });
    const [moved] = await session.moveItems([one.id], { session, folderId: folder.id });
    const { value } = await play.ics.contents(play.handle, state);
    expect(ids(value)).toEqual(midsOf(copy as Item, moved as Item));
    expect(numbers(value.deletions, IdsetDeleted)).toEqual([one.id]);
    expect(new Set([one.id, (copy as Item).id, (moved as Item).id]).size).toBe(3);
  });

  it.each([
    ['MS-OXCFXICS_R2172 MS-OXCFXICS_R2175: FAI alone', flag.fai, [true]], ['MS-OXCFXICS_R2174 MS-OXCFXICS_R2173: Normal alone', flag.normal, [false]], ['both', flag.fai | flag.normal, [false, true]], ['none', 0, []],
  ])('%s', async (_what, flags, told) => {
    await play.message();
    await play.message({}, { isAssociated: true });
    const { value } = await play.ics.contents(play.handle, {}, { SynchronizationFlags: flags | unicode });
    expect(value.messageChanges.map(({ header }) => valueIn(header, tag.associated))).toEqual(told);
    // What was not asked for is told when it is.
    const rest = await play.ics.contents(play.handle, stateIn(value.state), { SynchronizationFlags: all });
    expect(rest.value.messageChanges).toHaveLength(2 - told.length);
  });

  it('the header of a change: what it is and which version, in the order of the specification', async () => {
    const one = await play.message();
    const { value: { messageChanges: [change] } } = await play.ics.contents(play.handle, {}, { SynchronizationExtraFlags: extra.eid | extra.messageSize | extra.cn });
    expect(tagsOf(change?.header ?? [])).toEqual([tag.sourceKey, tag.lastModified, tag.changeKey, tag.changeList, tag.associated, tag.mid, tag.size, tag.cn]);
    expect(decode(valueIn(change?.header, tag.sourceKey) as Uint8Array, gid)).toEqual({ DatabaseGuid: play.mailbox.replicaGuid, GlobalCounter: BigInt(one.id) });
    expect(decode(valueIn(change?.header, tag.changeKey) as Uint8Array, gid)).toEqual({ DatabaseGuid: play.mailbox.replicaGuid, GlobalCounter: BigInt(one.cn) });
    expect(decode(valueIn(change?.header, tag.changeList) as Uint8Array, predecessorChangeList)).toHaveLength(1);
    for (const which of Object.values(tag).slice(0, 8)) expect(tagsOf(change?.propList ?? [])).not.toContain(which);
  });

  it.each<[string, number, readonly number[]]>([
    ['MS-OXCFXICS_R2761 MS-OXCFXICS_R1363 MS-OXCFXICS_R3501: Eid', extra.eid, [tag.mid]], ['MS-OXCFXICS_R2195 MS-OXCFXICS_R1365: MessageSize', extra.messageSize, [tag.size]], ['MS-OXCFXICS_R2196 MS-OXCFXICS_R1367: CN', extra.cn, [tag.cn]],
    ['MS-OXCFXICS_R716002 MS-OXCFXICS_R718001 MS-OXCFXICS_R2197: none of them', 0, []],
  ])('SynchronizationExtraFlags: %s', async (_what, flags, told) => {
    await play.message();
    const { value: { messageChanges: [change] } } = await play.ics.contents(play.handle, {}, { SynchronizationExtraFlags: flags });
    expect(tagsOf(change?.header ?? []).slice(5)).toEqual(told);
  });

  it('MS-OXCFXICS_R2730: an unknown flag of SynchronizationExtraFlags says nothing', async () => {
    await play.whole();
    const [without, withIt] = [await play.ics.contents(play.handle, {}, { SynchronizationExtraFlags: extra.eid }), await play.ics.contents(play.handle, {}, { SynchronizationExtraFlags: extra.eid | 0x10 })];
    expect(Buffer.compare(without.bytes, withIt.bytes)).toBe(0);
  });

  it('MS-OXCFXICS_R2198 MS-OXCFXICS_R2199: the newest first, by delivery, or by change where nothing was delivered', async () => {
    const at = (minutes: number): number => 1_790_000_000_000 + minutes * 60_000;
    const [old, newest, middle] = [await play.message({ PidTagMessageDeliveryTime: at(1) }), await play.message({ PidTagMessageDeliveryTime: at(9) }), await play.message({ PidTagMessageDeliveryTime: at(5) })];
    // Hidden messages are never delivered.
    const hidden = await play.session.createItem(play.folder.id, { itemClass: 'IPM.Configuration.X', recipients: [], attachments: [], isRead: true, isAssociated: true, properties: { PidTagLastModificationTime: at(7) } }, { isRestored: true });
    expect(hidden.bag.has('PidTagMessageDeliveryTime')).toBe(false);
    const { value } = await play.ics.contents(play.handle, {}, { SynchronizationExtraFlags: extra.eid | extra.orderByDeliveryTime });
    expect(ids(value)).toEqual(midsOf(newest, hidden, middle, old));
  });

  it('MS-OXCFXICS_R1135 MS-OXCFXICS_R1136 MS-OXCFXICS_R1137: changes are whole, with and without PartialItem', async () => {
    const [one, hidden] = [await play.message(), await play.message({}, { isAssociated: true })];
    for (const SendOptions of [0x1, 0x11]) {
      const begin = await play.ics.contents(play.handle, {}, { SendOptions });
      await play.change(one, { PidTagSubject: `Other ${SendOptions}` });
      await play.change(hidden, { PidTagSubject: `Other ${SendOptions}` });
      const { elements } = await play.ics.contents(play.handle, stateIn(begin.value.state), { SendOptions });
      for (const all of [begin.elements, elements]) {
        expect(all.filter((one) => 'marker' in one && one.marker === 'IncrSyncChg')).toHaveLength(2);
        expect(all.filter((one) => 'marker' in one && one.marker === 'IncrSyncChgPartial')).toHaveLength(0);
      }
    }
  });

  it('MS-OXCFXICS_R2276 MS-OXCFXICS_R3304: subobjects stand behind MetaTagFXDelProp, none or many, unless they are filtered out', async () => {
    await play.message();
    const deleted = async (PropertyTags: readonly number[], flags = 0): Promise<readonly number[]> => {
      const { elements } = await play.ics.contents(play.handle, {}, { PropertyTags, SynchronizationFlags: all | unicode | flags });
      return elements.flatMap((one) => ('tag' in one && one.tag === FXDelProp ? [(one.value as number) >>> 0] : []));
    };
    expect(await deleted([])).toEqual([0x0e12_000d, 0x0e13_000d]);
    expect(await deleted([0x0e12_000d])).toEqual([0x0e13_000d]);
    expect(await deleted([0x0e12_000d, 0x0e13_000d])).toEqual([]);
    expect(await deleted([0x0e13_000d], flag.onlySpecified)).toEqual([0x0e13_000d]);
  });

  it('a whole message: properties, a named one by its name, body, recipients, attachments and what is in them', async () => {
    await play.whole();
    const { value: { messageChanges: [change] }, elements } = await play.ics.contents(play.handle);
    const { propList = [], recipients = [], attachments = [] } = change ?? {};
    expect(valueIn(propList, tag.subject)).toBe('RE: Whole');
    expect([valueIn(propList, 0x003d_001f), valueIn(propList, 0x0e1d_001f), valueIn(propList, 0x1000_001f), valueIn(propList, 0x1013_0102)]).toEqual(['RE: ', 'Whole', 'Hello', undefined]);
    expect(elements.flatMap((one) => ('name' in one && one.name ? [one.name, one.value] : []))).toEqual(expect.arrayContaining([{ Guid: '00062008-0000-0000-c000-000000000046', Lid: 0x8503 }, true, { Guid: '00020329-0000-0000-c000-000000000046', Name: 'Keywords' }, ['red', 'blue']]));
    expect(recipients.map((one) => [one[0]?.tag, valueIn(one, 0x3000_0003), valueIn(one, 0x0c15_0003), valueIn(one, tag.name), valueIn(one, 0x3003_001f)])).toEqual([[0x3000_0003, 0, 1, 'Bob Bauer', 'bob@example.test'], [0x3000_0003, 1, 2, 'Zoe', 'zoe@example.com']]);
    expect(attachments.map(({ propList: list }) => [list[0]?.tag, valueIn(list, 0x0e21_0003), valueIn(list, 0x3705_0003)])).toEqual([[0x0e21_0003, 0, 1], [0x0e21_0003, 1, 5]]);
    expect(Buffer.from(valueIn(attachments[0]?.propList, 0x3701_0102) as Uint8Array).toString()).toBe('note');
    expect(valueIn(attachments[1]?.embeddedMessage?.propList, tag.subject)).toBe('Inner');
    expect(attachments[1]?.embeddedMessage?.recipients).toHaveLength(1);
  });

  it.each<[string, number, readonly number[], boolean, boolean]>([
    ['excludes what PropertyTags name', 0, [tag.subject], false, true], ['whatever their text is written in', 0, [0x0037_001e], false, true], ['limits to them with OnlySpecifiedProperties', flag.onlySpecified, [tag.subject], true, false],
  ])('PropertyTags: %s', async (_what, flags, PropertyTags, hasSubject, hasImportance) => {
    await play.message();
    const { value: { messageChanges: [change] } } = await play.ics.contents(play.handle, {}, { SynchronizationFlags: all | unicode | flags, PropertyTags });
    expect([tagsOf(change?.propList ?? []).includes(tag.subject), tagsOf(change?.propList ?? []).includes(0x0017_0003)]).toEqual([hasSubject, hasImportance]);
    expect(tagsOf(change?.header ?? [])).toHaveLength(6);
  });

  it('IgnoreSpecifiedOnFAI: hidden messages are whole, the others are not', async () => {
    await play.message();
    await play.message({}, { isAssociated: true });
    const importance = async (flags: number): Promise<readonly boolean[]> => {
      const { value } = await play.ics.contents(play.handle, {}, { SynchronizationFlags: all | unicode | flags, PropertyTags: [tag.subject] });
      return value.messageChanges.map(({ propList }) => tagsOf(propList).includes(0x0017_0003));
    };
    expect(await importance(flag.onlySpecified)).toEqual([false, false]);
    expect(await importance(flag.onlySpecified | flag.ignoreSpecifiedOnFai)).toEqual([false, true]);
    expect(await importance(flag.ignoreSpecifiedOnFai)).toEqual([true, true]);
  });

  it('MS-OXCFXICS_R2179001 MS-OXCFXICS_R2077: a source key that a client has brought along is told, unless NoForeignIdentifiers', async () => {
    const foreign = encode(gid, { DatabaseGuid: '8b0e5b5a-0000-4000-8000-0000000000ff', GlobalCounter: 77n });
    const item = await play.message({ PidTagSourceKey: binary.from(foreign) });
    const told = async (flags: number): Promise<unknown> => {
      const { value } = await play.ics.contents(play.handle, {}, { SynchronizationFlags: all | unicode | flags });
      return decode(valueIn(value.messageChanges[0]?.header, tag.sourceKey) as Uint8Array, gid);
    };
    expect(await told(0)).toEqual(decode(foreign, gid));
    expect(await told(flag.noForeign)).toEqual({ DatabaseGuid: play.mailbox.replicaGuid, GlobalCounter: BigInt(item.id) });
  });

  it('texts are written as the client can read them', async () => {
    await play.message({ PidTagSubject: 'Grüße €' });
    const subject = async (SynchronizationFlags: number, SendOptions: number): Promise<readonly unknown[]> => {
      const { value } = await play.ics.contents(play.handle, {}, { SynchronizationFlags: all | SynchronizationFlags, SendOptions });
      return [0x0037_001f, 0x0037_001e, 0x0037_84b0].map((which) => valueIn(value.messageChanges[0]?.propList, which));
    };
    expect(await subject(unicode, 0x1)).toEqual(['Grüße €', undefined, undefined]);
    expect(await subject(0, 0x0)).toEqual([undefined, 'Grüße €', undefined]);
    expect(await subject(0, 0x8)).toEqual(['Grüße €', undefined, undefined]);
    expect(await subject(unicode, 0x3)).toEqual([undefined, undefined, 'Grüße €']);
  });
});

describe('what is gone', () => {
  it('MS-OXCFXICS_R2045 MS-OXCFXICS_R2167: deletions are told once', async () => {
    const [one, two, hidden] = [await play.message(), await play.message(), await play.message({}, { isAssociated: true })];
    const state = await first();
    await play.session.removeItems([one.id], 'hard');
    await play.session.removeItems([hidden.id], 'soft');
    const short = await play.message();
    await play.session.removeItems([short.id], 'hard');
    const { value } = await play.ics.contents(play.handle, state);
    expect(numbers(value.deletions, IdsetDeleted)).toEqual([one.id, hidden.id]);
    expect([...countersIn(stateIn(value.state).given).counters()]).toEqual([two.id]);
    expect((await play.ics.contents(play.handle, stateIn(value.state))).value.deletions).toBeUndefined();
  });

  it('MS-OXCFXICS_R2165 MS-OXCFXICS_R1062 MS-OXCFXICS_R2166: NoDeletions tells none, and none is lost', async () => {
    const [one, two] = [await play.message({ PidTagSubject: 'keep' }), await play.message({ PidTagSubject: 'keep' })];
    const RestrictionData = { kind: 'Content', FuzzyLevelLow: 0, FuzzyLevelHigh: 1, PropertyTag: tag.subject, TaggedValue: { tag: tag.subject, value: 'keep' } } as const;
    const state = stateIn((await play.ics.contents(play.handle, {}, { RestrictionData })).value.state);
    await play.session.removeItems([one.id], 'hard');
    await play.change(two, { PidTagSubject: 'go' });
    const three = await play.message({ PidTagSubject: 'keep' });
    const silent = await play.ics.contents(play.handle, state, { RestrictionData, SynchronizationFlags: all | unicode | flag.noDeletions });
    expect([ids(silent.value), silent.value.deletions]).toEqual([midsOf(three), undefined]);
    const { value } = await play.ics.contents(play.handle, stateIn(silent.value.state), { RestrictionData });
    expect([ids(value), numbers(value.deletions, IdsetDeleted), numbers(value.deletions, IdsetNoLongerInScope)]).toEqual([[], [one.id], [two.id]]);
  });

  it('MS-OXCFXICS_R2047 MS-OXCFXICS_R2169 MS-OXCFXICS_R133301 MS-OXCFXICS_R2168 MS-OXCFXICS_R1334: what does not match any more, unless IgnoreNoLongerInScope', async () => {
    const RestrictionData = { kind: 'Content', FuzzyLevelLow: 0, FuzzyLevelHigh: 1, PropertyTag: tag.subject, TaggedValue: { tag: tag.subject, value: 'keep' } } as const;
    const [one, two, never] = [await play.message({ PidTagSubject: 'keep' }), await play.message({ PidTagSubject: 'keep' }), await play.message({ PidTagSubject: 'no' })];
    const begin = await play.ics.contents(play.handle, {}, { RestrictionData });
    expect(ids(begin.value)).toEqual(midsOf(one, two));
    await play.change(one, { PidTagSubject: 'go' });
    await play.change(never, { PidTagSubject: 'still no' });
    const state = stateIn(begin.value.state);
    const ignored = await play.ics.contents(play.handle, state, { RestrictionData, SynchronizationFlags: all | unicode | flag.ignoreNoLongerInScope });
    expect(ignored.value.deletions).toBeUndefined();
    for (const from of [state, stateIn(ignored.value.state)]) {
      const { value } = await play.ics.contents(play.handle, from, { RestrictionData });
      expect([ids(value), tagsOf(value.deletions ?? []), numbers(value.deletions, IdsetNoLongerInScope)]).toEqual([[], [IdsetNoLongerInScope], [one.id]]);
      await play.change(one, { PidTagSubject: 'keep' });
      expect(ids((await play.ics.contents(play.handle, stateIn(value.state), { RestrictionData })).value)).toEqual(midsOf(one));
      await play.change(one, { PidTagSubject: 'go' });
    }
  });

  it('ids that the client has and the server never had are told as gone', async () => {
    const one = await play.message();
    const state = await first();
    const strange = { ...state, given: Uint8Array.from(Buffer.from(Buffer.from(state.given ?? []).toString('hex').replace(/..$/, '') + '06000012345678' + '00', 'hex')) };
    const { value } = await play.ics.contents(play.handle, strange);
    expect(numbers(value.deletions, IdsetDeleted)).toEqual([0x1234_5678]);
    expect([...countersIn(stateIn(value.state).given).counters()]).toEqual([one.id]);
  });

  it('where tombstones have been dropped, the client is compared with what is there', async () => {
    const [one, two] = [await play.message(), await play.message()];
    const state = await first();
    await play.session.removeItems([one.id], 'hard');
    await play.mailbox.store.trim(await play.mailbox.store.currentCn());
    const { value } = await play.ics.contents(play.handle, state);
    expect([ids(value), numbers(value.deletions, IdsetDeleted), [...countersIn(stateIn(value.state).given).counters()]]).toEqual([[], [one.id], [two.id]]);
  });

  it('a state from a time that did not happen is worth nothing', async () => {
    const snapshot = await play.mailbox.snapshot();
    const gone = await play.message();
    const state = await first();
    await play.mailbox.restore(snapshot);
    expect(gone.id).toBeGreaterThan(0);
    const { value } = await play.ics.contents(play.handle, state);
    expect(numbers(value.deletions, IdsetDeleted)).toEqual([gone.id]);
    expect(countersIn(stateIn(value.state).given).isEmpty).toBe(true);
  });
});

it('a synchronization costs what has changed, not what is there', async () => {
  const items: Item[] = [];
  for (let at = 0; at < 50; at++) items.push(await play.message());
  const state = await first();
  await play.change(items[3] as Item, { PidTagSubject: 'Other' });
  await play.session.updateItem((items[5] as Item).id, { isRead: true });
  await play.session.removeItems([(items[7] as Item).id], 'hard');
  const log = jest.spyOn(play.mailbox.store, 'log');
  const read = jest.spyOn(play.mailbox.store, 'getMany');
  const { value } = await play.ics.contents(play.handle, state);
  expect([ids(value), numbers(value.readStateChanges, IdsetRead), numbers(value.deletions, IdsetDeleted)]).toEqual([midsOf(items[3] as Item), [items[5]?.id], [items[7]?.id]]);
  const pages = await Promise.all(log.mock.results.map(({ value: page }) => page as ReturnType<typeof play.mailbox.store.log>));
  expect([pages.flatMap(({ entries }) => entries).length, read.mock.calls.flatMap(([all]) => all).length]).toEqual([3, 2]);
  jest.restoreAllMocks();
});

describe('read states', () => {
  it('MS-OXCFXICS_R2048 MS-OXCFXICS_R2170 MS-OXCFXICS_R3315 MS-OXCFXICS_R2087 MS-OXCFXICS_R2665 MS-OXCFXICS_R2666: a change of the read flag is no change of the message', async () => {
    const [one, two, three] = [await play.message(), await play.message({}, { isRead: true }), await play.message()];
    const begin = await play.ics.contents(play.handle);
    const read = await play.session.updateItem(one.id, { isRead: true });
    await play.session.updateItem(two.id, { isRead: false });
    await play.session.updateItem(three.id, { isRead: true, properties: { PidTagSubject: 'Both' } });
    expect([read.contentCn, read.readCn > one.cn]).toEqual([one.contentCn, true]);
    const { value } = await play.ics.contents(play.handle, stateIn(begin.value.state));
    expect([ids(value), numbers(value.readStateChanges, IdsetRead), numbers(value.readStateChanges, IdsetUnread)]).toEqual([midsOf(three), [one.id], [two.id]]);
    expect(countersIn(stateIn(begin.value.state).read).has(read.readCn)).toBe(false);
    expect(countersIn(stateIn(value.state).read).has(read.readCn)).toBe(true);
    expect((await play.ics.contents(play.handle, stateIn(value.state))).value.readStateChanges).toBeUndefined();
  });

  it('MS-OXCFXICS_R2171 MS-OXCFXICS_R1193: none without ReadState, and none is lost; hidden messages have none', async () => {
    const [one, hidden] = [await play.message(), await play.message({}, { isAssociated: true })];
    const state = await first();
    await play.session.updateItem(one.id, { isRead: true });
    await play.session.updateItem(hidden.id, { isRead: true });
    const { value } = await play.ics.contents(play.handle, state, { SynchronizationFlags: flag.normal | flag.fai | unicode });
    expect(value.readStateChanges).toBeUndefined();
    expect(numbers((await play.ics.contents(play.handle, stateIn(value.state))).value.readStateChanges, IdsetRead)).toEqual([one.id]);
  });
});

describe('progress within the stream', () => {
  it('MS-OXCFXICS_R1179 MS-OXCFXICS_R2675 MS-OXCFXICS_R1171 MS-OXCFXICS_R1382 MS-OXCFXICS_R1383: counts and sizes', async () => {
    const [one, hidden] = [await play.message(), await play.message({}, { isAssociated: true })];
    const { value: { progressTotal, messageChanges } } = await play.ics.contents(play.handle, {}, { SynchronizationFlags: all | unicode | flag.progress });
    const size = (item: Item): number => Number(item.bag.get('PidTagMessageSize'));
    const total = Buffer.from(valueIn(progressTotal, 0x0000_0102) as Uint8Array);
    expect([total.length, total.readUInt32LE(0), total.readUInt32LE(4), total.readBigUInt64LE(8), total.readUInt32LE(16), total.readBigUInt64LE(24)]).toEqual([32, 0, 1, BigInt(size(hidden)), 1, BigInt(size(one))]);
    expect(messageChanges.map(({ progressPerMessage }) => progressPerMessage)).toEqual([[{ tag: 0x3, value: size(one) }, { tag: 0xb, value: false }], [{ tag: 0x3, value: size(hidden) }, { tag: 0xb, value: true }]]);
  });

  it('MS-OXCFXICS_R1180 MS-OXCFXICS_R2188 MS-OXCFXICS_R1172: none without Progress', async () => {
    await play.message();
    const { value } = await play.ics.contents(play.handle);
    expect([value.progressTotal, value.messageChanges[0]?.progressPerMessage]).toEqual([undefined, undefined]);
  });
});

describe('folders', () => {
  const tree = async () => {
    const { session } = play;
    const b = await session.createFolder(play.folder.id, { displayName: 'B' });
    const a = await session.createFolder(b.id, { displayName: 'A', folderClass: 'IPF.Contact' });
    return { a, b };
  };

  it('MS-OXCFXICS_R3322 MS-OXCFXICS_R1128 MS-OXCFXICS_R1129 MS-OXCFXICS_R2042 MS-OXCFXICS_R1890: each new or changed one below the root once, parents first', async () => {
    const { a, b } = await tree();
    const begin = await play.ics.hierarchy(play.handle, {}, { SynchronizationExtraFlags: extra.eid });
    expect(begin.value.folderChanges.map((one) => [valueIn(one, tag.name), valueIn(one, tag.fid)])).toEqual([['B', wire(b.id)], ['A', wire(a.id)]]);
    expect(begin.value.folderChanges.map((one) => (valueIn(one, tag.parentKey) as Uint8Array).length)).toEqual([0, 22]);
    expect(valueIn(begin.value.folderChanges[1], tag.parentKey)).toEqual(valueIn(begin.value.folderChanges[0], tag.sourceKey));
    expect(tagsOf(begin.value.folderChanges[0] ?? []).slice(0, 6)).toEqual([tag.parentKey, tag.sourceKey, tag.lastModified, tag.changeKey, tag.changeList, tag.name]);
    expect(valueIn(begin.value.folderChanges[1], 0x3613_001f)).toBe('IPF.Contact');
    await play.session.updateFolder(a.id, { displayName: 'A2' });
    const { value } = await play.ics.hierarchy(play.handle, stateIn(begin.value.state));
    expect(value.folderChanges.map((one) => valueIn(one, tag.name))).toEqual(['A2']);
    expect((await play.ics.hierarchy(play.handle, stateIn(value.state))).value.folderChanges).toEqual([]);
  });

  it('MS-OXCFXICS_R2046 MS-OXCFXICS_R1333 MS-OXCFXICS_R1337002: those that are gone, unless NoDeletions', async () => {
    const { a, b } = await tree();
    const state = stateIn((await play.ics.hierarchy(play.handle)).value.state);
    await play.session.removeFolder(a.id, 'hard');
    const silent = await play.ics.hierarchy(play.handle, state, { SynchronizationFlags: unicode | flag.noDeletions });
    expect(silent.value.deletions).toBeUndefined();
    for (const from of [state, stateIn(silent.value.state)]) {
      const { value } = await play.ics.hierarchy(play.handle, from);
      expect([tagsOf(value.deletions ?? []), numbers(value.deletions, IdsetDeleted)]).toEqual([[IdsetDeleted], [a.id]]);
      expect([...countersIn(stateIn(value.state).given).counters()]).toEqual([b.id]);
    }
    expect([IdsetNoLongerInScope, IdsetExpired].map((which) => numbers(silent.value.deletions, which))).toEqual([[], []]);
  });

  it('MS-OXCFXICS_R1209 MS-OXCFXICS_R1211: the state has what has been given and seen', async () => {
    await tree();
    const { value } = await play.ics.hierarchy(play.handle);
    expect(tagsOf(value.state)).toEqual([IdsetGiven, metaTagOfStream.CnsetSeen]);
    expect(tagsOf((await play.ics.contents(play.handle)).value.state)).toEqual([IdsetGiven, metaTagOfStream.CnsetSeen, CnsetSeenFAI, CnsetRead]);
  });

  it.each<[string, number, number, readonly boolean[]]>([
    ['MS-OXCFXICS_R2191 MS-OXCFXICS_R1095 MS-OXCFXICS_R3500: Eid', extra.eid, 0, [true, true]], ['MS-OXCFXICS_R716001: none', 0, 0, [false, false]], ['MS-OXCFXICS_R1097: NoForeignIdentifiers', 0, flag.noForeign, [false, true]],
  ])('the ids of folders: %s', async (_what, SynchronizationExtraFlags, flags, told) => {
    await tree();
    const { value: { folderChanges } } = await play.ics.hierarchy(play.handle, {}, { SynchronizationFlags: unicode | flags, SynchronizationExtraFlags });
    for (const one of folderChanges) {
      expect([tag.fid, tag.parentFid].map((which) => tagsOf(one).includes(which))).toEqual(told);
      expect((valueIn(one, tag.sourceKey) as Uint8Array).length).toBe(22);
    }
  });

  it('what happens in a folder is no change of the folder; where it is, is', async () => {
    const { a, b } = await tree();
    const state = stateIn((await play.ics.hierarchy(play.handle)).value.state);
    await play.message();
    expect((await play.ics.hierarchy(play.handle, state)).value.folderChanges).toEqual([]);
    await play.session.moveFolder(a.id, { session: play.session, folderId: play.folder.id });
    const { value } = await play.ics.hierarchy(play.handle, state);
    expect(value.folderChanges.map((one) => [valueIn(one, tag.name), (valueIn(one, tag.parentKey) as Uint8Array).length])).toEqual([['A', 0]]);
    expect(b.id).toBeGreaterThan(0);
  });
});

describe('the state', () => {
  it('MS-OXCFXICS_R758 MS-OXCFXICS_R765 MS-OXCFXICS_R3323: of a download, the initial one until all is downloaded, then the final one', async () => {
    await play.whole();
    const before = await first();
    await play.whole();
    const context = await play.ics.configure(play.handle);
    await play.ics.uploadState(context, before);
    const initial = await play.ics.transferState(context);
    expect(stateIn(initial)).toEqual(before);
    await play.rops.ok('RopFastTransferSourceGetBuffer', { BufferSize: 200 }, context);
    expect(stateIn(await play.ics.transferState(context))).toEqual(before);
    for (let isDone = false; !isDone;) isDone = (await play.rops.ok('RopFastTransferSourceGetBuffer', { BufferSize: 0x4000 }, context)).body.TransferStatus === 3;
    const final = stateIn(await play.ics.transferState(context));
    expect(countersIn(final.given).size).toBe(2);
    expect((await play.ics.contents(play.handle, final)).value.messageChanges).toEqual([]);
  });

  it('MS-OXCFXICS_R2657: MetaTagIdsetGiven is taken as Integer32 and as Binary', async () => {
    const one = await play.message();
    const { given, seen, seenFai, read } = await first();
    await play.session.removeItems([one.id], 'hard');
    for (const StateProperty of [0x4017_0003, 0x4017_0102]) {
      const context = await play.ics.configure(play.handle);
      await play.ics.uploadState(context, { seen, seenFai, read });
      await play.rops.ok('RopSynchronizationUploadStateStreamBegin', { StateProperty, TransferBufferSize: given?.length ?? 0 }, context);
      await play.rops.ok('RopSynchronizationUploadStateStreamContinue', { StreamData: given ?? new Uint8Array(0) }, context);
      await play.rops.ok('RopSynchronizationUploadStateStreamEnd', {}, context);
      expect(numbers((await play.ics.download(context, streamRoots.contentsSync)).value.deletions, IdsetDeleted)).toEqual([one.id]);
    }
  });

  it('is refused out of turn, of an unknown property, as no set, and once the download has begun', async () => {
    const context = await play.ics.configure(play.handle);
    const tree = await play.ics.configure(play.handle, { SynchronizationType: 2, SynchronizationFlags: 0 });
    const begin = (StateProperty: number, handle = context): Promise<number> => play.rops.fails('RopSynchronizationUploadStateStreamBegin', { StateProperty, TransferBufferSize: 0 }, handle);
    expect(await play.rops.fails('RopSynchronizationUploadStateStreamContinue', { StreamData: Uint8Array.of(1) }, context)).toBe(errorCode.GeneralFailure);
    expect(await play.rops.fails('RopSynchronizationUploadStateStreamEnd', {}, context)).toBe(errorCode.GeneralFailure);
    expect([await begin(0x3001_001f), await begin(CnsetRead, tree), await begin(CnsetSeenFAI, tree)]).toEqual([errorCode.InvalidParameter, errorCode.InvalidParameter, errorCode.InvalidParameter]);
    expect([await begin(IdsetGiven), await begin(IdsetGiven)]).toEqual([0, errorCode.GeneralFailure]);
    await play.rops.ok('RopSynchronizationUploadStateStreamContinue', { StreamData: Uint8Array.of(1, 2, 3) }, context);
    expect(await play.rops.fails('RopSynchronizationUploadStateStreamEnd', {}, context)).toBe(errorCode.FormatError);
    await play.rops.ok('RopFastTransferSourceGetBuffer', { BufferSize: 0xbabe, MaximumBufferSize: 0x4000 }, context);
    expect(await begin(IdsetGiven)).toBe(errorCode.GeneralFailure);
    expect(await begin(IdsetGiven, play.handle)).toBe(errorCode.NotSupported);
  });
});

describe('RopFastTransferSourceGetBuffer', () => {
  it('MS-OXCFXICS_R532 MS-OXCFXICS_R2142 MS-OXCFXICS_R2143: at most so many bytes, the next ones each time, cut only where a stream may be', async () => {
    await play.whole();
    const whole = await play.ics.contents(play.handle);
    for (const size of [64, 100, 1_000, 0x4000]) {
      const context = await play.ics.configure(play.handle);
      const { buffers, bytes } = await play.ics.download(context, streamRoots.contentsSync, size);
      expect(Buffer.compare(bytes, whole.bytes)).toBe(0);
      expect(Math.max(...buffers.map((one) => one.size))).toBeLessThanOrEqual(size);
      expect(buffers.map(({ TransferStatus }) => TransferStatus)).toEqual([...Array<number>(buffers.length - 1).fill(1), 3]);
      expect(new Set(buffers.map(({ TotalStepCount }) => TotalStepCount))).toEqual(new Set([2]));
      expect(buffers.at(-1)?.InProgressCount).toBe(2);
    }
  });

  it('0xBABE leaves the size to the server, up to a bound', async () => {
    await play.message({}, { body: { native: 'text', text: await play.session.keep(new Uint8Array(200_000).fill(0x61)) } });
    const context = await play.ics.configure(play.handle);
    const { buffers } = await play.ics.download(context, streamRoots.contentsSync, 0xbabe, 0x1000);
    expect(Math.max(...buffers.map(({ size }) => size))).toBe(0x1000);
    const { body } = await play.rops.ok('RopFastTransferSourceGetBuffer', { BufferSize: 0xbabe, MaximumBufferSize: 0xffff }, await play.ics.configure(play.handle));
    expect([body.TransferStatus, body.TransferBuffer.length > 0x7000]).toEqual([1, true]);
  });

  it('more than the answer has room for comes back unread', async () => {
    await play.message();
    const context = await play.ics.configure(play.handle);
    const { responses } = await play.rops.execute([{ name: 'RopFastTransferSourceGetBuffer', logonId: 0, handleIndex: 0, request: { BufferSize: 0xff00 } }], [context]);
    expect(responses.map(({ name }) => name)).toEqual(['RopBufferTooSmall']);
    const reader = new FastTransferReader();
    const { body } = await play.rops.ok('RopFastTransferSourceGetBuffer', { BufferSize: 0x4000 }, context);
    expect(reader.read(body.TransferBuffer)[0]).toEqual({ marker: 'IncrSyncChg' });
  });

  it('less than what stands together fails', async () => {
    await play.message();
    const context = await play.ics.configure(play.handle);
    expect(await play.rops.fails('RopFastTransferSourceGetBuffer', { BufferSize: 2 }, context)).toBe(errorCode.BufferTooSmall);
    expect(await play.rops.fails('RopFastTransferSourceGetBuffer', { BufferSize: 0x4000 }, context)).toBe(errorCode.BufferTooSmall);
    expect(await play.rops.fails('RopFastTransferSourceGetBuffer', { BufferSize: 100 }, play.handle)).toBe(errorCode.NotSupported);
  });
});
