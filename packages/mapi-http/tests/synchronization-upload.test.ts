import { binary } from '@fauxchange/properties';
import { itemId, MailboxError, rights, valueOf, type Folder, type Item } from '@fauxchange/mailbox';
import { decode, errorCode, globalCounter, metaTagOfStream, predecessorChangeList, type TaggedValue } from '@fauxchange/mapi-wire';
import { createMapiHttpEmulator, type MapiHttpEmulator } from '../src/index.ts';
import { clientGuid, countersIn, headerOf, idsIn, keyOf, listOf, sourceKey, stateIn, tagsOf, valueIn, type ReplicaState, type Version } from './support/ics-client.ts';
import { PlayFolder, wire } from './support/play-folder.ts';

const { IdsetDeleted, CnsetSeen, CnsetSeenFAI, CnsetRead } = metaTagOfStream;
const associated = 0x10;
const failOnConflict = 0x40;
const tag = { subject: 0x0037_001f, changeKey: 0x65e2_0102, changeList: 0x65e3_0102, lastModified: 0x3008_0040, sourceKey: 0x65e0_0102, mid: 0x674a_0014, cn: 0x67a4_0014, name: 0x3001_001f } as const;
/** 100 nanoseconds since 1601, some minutes after a moment of 2026. */
const at = (minutes: number): bigint => 134_300_000_000_000_000n + BigInt(minutes) * 600_000_000n;
const subject = (value: string): readonly TaggedValue[] => [{ tag: tag.subject, value }, { tag: 0x001a_001f, value: 'IPM.Note' }];

let mapi: MapiHttpEmulator;
let play: PlayFolder;
let guid: string;
let own: string;
let next: number;
beforeAll(async () => {
  mapi = await createMapiHttpEmulator();
});
beforeEach(async () => {
  await mapi.reset();
  play = await PlayFolder.create(mapi);
  own = play.mailbox.replicaGuid;
  ({ guid, first: next } = await play.ics.reserve(play.logon, 100));
});
afterAll(() => mapi.close());

/** A version with the n-th change of the client, which knows of these changes of the server. */
const version = (id: number, change: number, over: Partial<Version> & { readonly knows?: number; readonly minutes?: number } = {}): Version => ({
  sourceKey: sourceKey(guid, id), lastModified: at(over.minutes ?? change), changeKey: keyOf(clientGuid, change), changeList: listOf([clientGuid, change], ...(over.knows === undefined ? [] : [[own, over.knows] as const])), ...over,
});
const item = async (id: number): Promise<Item | undefined> => {
  const [found] = await play.session.items([itemId(id)]);
  return found instanceof MailboxError ? undefined : found;
};
const keysOf = (found: Item): readonly unknown[] => [found.bag.get('PidTagChangeKey'), found.bag.get('PidTagPredecessorChangeList')];
const stateOf = async (context: number): Promise<ReplicaState> => stateIn(await play.ics.transferState(context));
const values = (handle: number, ...tags: readonly number[]): Promise<readonly unknown[]> => play.rops.values(handle, tags);

describe('RopGetLocalReplicaIds', () => {
  it('MS-OXCFXICS_R925: a range of ids that nothing has, and that nothing gets', async () => {
    const one = await play.ics.reserve(play.logon, 0x200);
    const two = await play.ics.reserve(play.logon, 1);
    expect([one.guid, two.first >= one.first + 0x200]).toEqual([own, true]);
    const made = await play.message();
    expect(made.id).toBeGreaterThan(two.first);
  });

  it('is refused for none and for too many, and on what is no logon', async () => {
    expect(await play.rops.fails('RopGetLocalReplicaIds', { IdCount: 0 }, play.logon)).toBe(errorCode.InvalidParameter);
    expect(await play.rops.fails('RopGetLocalReplicaIds', { IdCount: 0x8000_0000 }, play.logon)).toBe(errorCode.InvalidParameter);
    expect(await play.rops.fails('RopGetLocalReplicaIds', { IdCount: 0x1_0000 }, play.logon)).toBe(0);
    expect(await play.rops.fails('RopGetLocalReplicaIds', { IdCount: 1 }, play.handle)).toBe(errorCode.NotSupported);
  });
});

describe('RopSynchronizationOpenCollector', () => {
  it('MS-OXCFXICS_R769 MS-OXCFXICS_R778: opens a context that takes changes of its kind', async () => {
    const contents = await play.ics.collector(play.handle);
    const tree = await play.ics.collector(play.handle, false);
    expect((await play.ics.importMessage(contents, version(next, 1))).returnValue).toBe(0);
    expect(await play.ics.importFolder(tree, version(next + 1, 1), { name: 'Below' })).toBe(0);
    expect((await play.ics.importMessage(tree, version(next + 2, 1))).returnValue).toBe(errorCode.NotSupported);
    expect(await play.ics.importFolder(contents, version(next + 3, 1), { name: 'Beside' })).toBe(errorCode.NotSupported);
    expect(await play.rops.fails('RopSynchronizationOpenCollector', { IsContentsCollector: true }, play.logon)).toBe(errorCode.NotSupported);
  });

  it('MS-OXCFXICS_R3359: ids that were given may be uploaded, and change nothing', async () => {
    const one = await play.message();
    const { given } = stateIn((await play.ics.contents(play.handle)).value.state);
    const context = await play.ics.collector(play.handle, true, { given });
    expect((await play.ics.importMessage(context, version(next, 1))).returnValue).toBe(0);
    expect(tagsOf(await play.ics.transferState(context))).toEqual([CnsetSeen, CnsetSeenFAI, CnsetRead]);
    expect((await item(one.id))?.cn).toBe(one.cn);
  });
});

describe('RopSynchronizationImportMessageChange', () => {
  it('MS-OXCFXICS_R782 MS-OXCFXICS_R805 MS-OXCFXICS_R814 MS-OXCFXICS_R1906 MS-OXCFXICS_R1907 MS-OXCFXICS_R1910 MS-OXCFXICS_R2449: a new message has the id, the key and the time that the client gave it', async () => {
    const context = await play.ics.collector(play.handle);
    const { returnValue, message } = await play.ics.importMessage(context, version(next, 1), subject('Offline'));
    expect(returnValue).toBe(0);
    const made = await item(next) as Item;
    expect([valueOf(made, 'PidTagSubject'), made.isAssociated, made.folderId]).toEqual(['Offline', false, play.folder.id]);
    expect(await values(message, tag.mid, tag.changeKey, tag.changeList, tag.lastModified, tag.cn)).toEqual([wire(next), keyOf(clientGuid, 1), listOf([clientGuid, 1]), at(1), wire(made.cn)]);
    const state = await stateOf(context);
    expect([countersIn(state.seen).has(made.cn), countersIn(state.seenFai).has(made.cn)]).toEqual([true, false]);
    const { value } = await play.ics.contents(play.handle);
    expect(value.messageChanges.map(({ header }) => [tag.sourceKey, tag.changeKey, tag.changeList, tag.lastModified].map((which) => valueIn(header, which)))).toEqual([[sourceKey(own, next), keyOf(clientGuid, 1), listOf([clientGuid, 1]), at(1)]]);
  });

  it('MS-OXCFXICS_R813 MS-OXCFXICS_R190701: a hidden message, and the change number in the state of those', async () => {
    const context = await play.ics.collector(play.handle);
    await play.ics.importMessage(context, version(next, 1), subject('Hidden'), associated);
    const made = await item(next) as Item;
    const state = await stateOf(context);
    expect([made.isAssociated, countersIn(state.seen).has(made.cn), countersIn(state.seenFai).has(made.cn)]).toEqual([true, false, true]);
    expect((await play.ics.importMessage(context, version(next, 2, { knows: made.cn }), [], 0)).returnValue).toBe(errorCode.InvalidParameter);
  });

  it('what was uploaded is not downloaded again', async () => {
    await play.message();
    const begin = stateIn((await play.ics.contents(play.handle)).value.state);
    const context = await play.ics.collector(play.handle, true, begin);
    await play.ics.importMessage(context, version(next, 1), subject('Offline'));
    const { seen, seenFai, read } = await stateOf(context);
    const given = Uint8Array.from(Buffer.from(Buffer.from(begin.given ?? []).toString('hex').replace(/00$/, `06${next.toString(16).padStart(12, '0')}00`), 'hex'));
    const { value } = await play.ics.contents(play.handle, { given, seen, seenFai, read });
    expect([value.messageChanges, value.deletions]).toEqual([[], undefined]);
  });

  it('a changed message is replaced: what the client does not upload is gone', async () => {
    const one = await play.whole();
    const context = await play.ics.collector(play.handle);
    const { returnValue } = await play.ics.importMessage(context, version(one.id, 1, { knows: one.cn }), subject('Changed'));
    const now = await item(one.id) as Item;
    expect([returnValue, valueOf(now, 'PidTagSubject'), now.recipients, now.attachments, now.body, now.bag.get('PidLidReminderSet')]).toEqual([0, 'Changed', [], [], undefined, undefined]);
    expect([now.bag.get('PidTagChangeKey'), now.bag.get('PidTagPredecessorChangeList')]).toEqual([binary.from(keyOf(clientGuid, 1)), binary.from(listOf([clientGuid, 1], [own, one.cn]))]);
    expect(countersIn((await stateOf(context)).seen).has(now.contentCn)).toBe(true);
    // Until somebody else changes it.
    const other = await play.change(now, { PidTagSubject: 'Online' });
    expect(keysOf(other)[0]).toBeUndefined();
    const { value } = await play.ics.contents(play.handle);
    expect(valueIn(value.messageChanges[0]?.header, tag.changeKey)).toEqual(keyOf(own, other.cn));
    expect(decode(valueIn(value.messageChanges[0]?.header, tag.changeList) as Uint8Array, predecessorChangeList).map(({ NamespaceGuid, LocalId }) => [NamespaceGuid, Number(decode(LocalId, globalCounter))]).sort()).toEqual([[clientGuid, 1], [own, other.cn]].sort());
  });

  it('a version that the server has is ignored, one of an id that is gone too', async () => {
    const context = await play.ics.collector(play.handle);
    await play.ics.importMessage(context, version(next, 2), subject('Offline'));
    expect((await play.ics.importMessage(context, version(next, 2))).returnValue).toBe(errorCode.SyncIgnore);
    expect((await play.ics.importMessage(context, version(next, 1))).returnValue).toBe(errorCode.SyncIgnore);
    await play.session.removeItems([itemId(next)], 'hard');
    expect((await play.ics.importMessage(context, version(next, 3))).returnValue).toBe(errorCode.SyncObjectDeleted);
    const elsewhere = await play.session.createItem((await play.session.distinguished('inbox')).id, { itemClass: 'IPM.Note', recipients: [], attachments: [], isRead: false, isAssociated: false, properties: {} });
    expect((await play.ics.importMessage(context, version(elsewhere.id, 3))).returnValue).toBe(errorCode.SyncObjectDeleted);
  });

  const conflict = async (minutes: number, ImportFlag = 0): Promise<{ readonly returnValue: number; readonly before: Item; readonly now: Item; readonly context: number }> => {
    const one = await play.session.createItem(play.folder.id, { itemClass: 'IPM.Note', recipients: [], attachments: [], isRead: false, isAssociated: false, properties: { PidTagSubject: 'One' } });
    const before = await play.session.updateItem(one.id, { properties: { PidTagSubject: 'Server', PidTagLastModificationTime: 1_785_600_000_000 } }, { isImported: true });
    const context = await play.ics.collector(play.handle);
    const { returnValue } = await play.ics.importMessage(context, version(one.id, 1, { knows: one.cn, lastModified: 116_444_736_000_000_000n + (1_785_600_000_000n + BigInt(minutes) * 60_000n) * 10_000n }), subject('Client'), ImportFlag);
    return { returnValue, before, now: await item(one.id) as Item, context };
  };

  it.each([['the client, where it wrote later', 1, 'Client'], ['the server, where it did', -1, 'Server'], ['the larger namespace, at the same moment', 0, undefined]])('a conflict is won by %s', async (_what, minutes, winner) => {
    const { returnValue, before, now, context } = await conflict(minutes);
    const bytes = (text: string): Buffer => Buffer.from(keyOf(text, 1).subarray(0, 16));
    expect([returnValue, valueOf(now, 'PidTagSubject')]).toEqual([0, winner ?? (Buffer.compare(bytes(clientGuid), bytes(own)) > 0 ? 'Client' : 'Server')]);
    // A successor of both, that the client has to download.
    const list = decode(binary.toBytes(now.bag.get('PidTagPredecessorChangeList') as never), predecessorChangeList).map(({ NamespaceGuid }) => NamespaceGuid);
    expect([now.contentCn > before.contentCn, [...list].sort(), countersIn((await stateOf(context)).seen).has(now.contentCn)]).toEqual([true, [clientGuid, own].sort(), false]);
  });

  it('a conflict fails with FailOnConflict, and nothing is imported', async () => {
    const { returnValue, before, now } = await conflict(1, failOnConflict);
    expect([returnValue, now.cn]).toEqual([errorCode.SyncConflict, before.cn]);
  });

  it('a message of another store keeps its source key, under an id of this one', async () => {
    const other = '8b0e5b5a-0000-4000-8000-0000000000ff';
    const context = await play.ics.collector(play.handle);
    const { message } = await play.ics.importMessage(context, { ...version(0, 1), sourceKey: sourceKey(other, 7) }, subject('Foreign'));
    const [mid, key] = await values(message, tag.mid, tag.sourceKey);
    expect([mid === wire(7), key]).toEqual([false, sourceKey(other, 7)]);
    await play.ics.importMessage(context, { ...version(0, 2), sourceKey: sourceKey(other, 7) }, subject('Again'));
    const { value } = await play.ics.contents(play.handle);
    expect(value.messageChanges.map(({ header, propList }) => [valueIn(header, tag.mid), valueIn(header, tag.sourceKey), valueIn(propList, tag.subject)])).toEqual([[mid, sourceKey(other, 7), 'Again']]);
  });

  it.each<[string, () => Promise<number>, number]>([
    ['MS-OXCFXICS_R3509001: unknown flags', () => play.ics.collector(play.handle).then(async (context) => (await play.ics.importMessage(context, version(next, 1), [], 0x1)).returnValue), errorCode.InvalidParameter],
    ['properties in another order', () => play.ics.collector(play.handle).then((context) => play.rops.fails('RopSynchronizationImportMessageChange', { ImportFlag: 0, PropertyValues: headerOf(version(next, 1)).toReversed() }, context)), errorCode.InvalidParameter],
    ['a property too few', () => play.ics.collector(play.handle).then((context) => play.rops.fails('RopSynchronizationImportMessageChange', { ImportFlag: 0, PropertyValues: headerOf(version(next, 1)).slice(1) }, context)), errorCode.InvalidParameter],
    ['a source key that is none', () => play.ics.collector(play.handle).then(async (context) => (await play.ics.importMessage(context, { ...version(next, 1), sourceKey: Uint8Array.of(1, 2) })).returnValue), errorCode.InvalidParameter],
    ['a list that is none', () => play.ics.collector(play.handle).then(async (context) => (await play.ics.importMessage(context, { ...version(next, 1), changeList: Uint8Array.of(1, 2) })).returnValue), errorCode.InvalidParameter],
    ['an id that was never reserved', () => play.ics.collector(play.handle).then(async (context) => (await play.ics.importMessage(context, version(next + 5_000, 1))).returnValue), errorCode.SyncObjectDeleted],
  ])('is refused for %s', async (_what, act, code) => {
    expect(await act()).toBe(code);
  });

  it('is refused to whoever may not make or change messages there', async () => {
    const one = await play.message();
    const bob = await play.openAs(mapi, 'bob', rights.readAny | rights.folderVisible);
    const context = await bob.ics.collector(bob.handle);
    const reserved = await bob.ics.reserve(bob.logon);
    expect((await bob.ics.importMessage(context, version(reserved.first, 1))).returnValue).toBe(errorCode.AccessDenied);
    expect((await bob.ics.importMessage(context, version(one.id, 1, { knows: one.cn }))).returnValue).toBe(errorCode.AccessDenied);
  });
});

describe('RopSynchronizationImportHierarchyChange', () => {
  const folderNamed = async (displayName: string): Promise<Folder | undefined> => (await play.session.folders(play.folder.id, 'deep')).find((one) => one.displayName === displayName);

  it('MS-OXCFXICS_R816 MS-OXCFXICS_R2235: a new folder has the id, the key and the time that the client gave it, and its change number is in the state', async () => {
    const context = await play.ics.collector(play.handle, false);
    expect(await play.ics.importFolder(context, version(next, 1), { name: 'Below', properties: [{ tag: 0x3613_001f, value: 'IPF.Contact' }, { tag: 0x3004_001f, value: 'A comment' }, { tag: tag.name, value: 'Not this' }] })).toBe(0);
    const made = await folderNamed('Below') as Folder;
    expect([made.id, made.parentId, made.folderClass, made.bag.get('PidTagComment')]).toEqual([next, play.folder.id, 'IPF.Contact', 'A comment']);
    expect(await values(await play.open(made), tag.changeKey, tag.changeList, tag.lastModified)).toEqual([keyOf(clientGuid, 1), listOf([clientGuid, 1]), at(1)]);
    expect(countersIn((await stateOf(context)).seen).has(made.cn)).toBe(true);
    expect((await play.ics.hierarchy(play.handle, { seen: (await stateOf(context)).seen })).value.folderChanges).toEqual([]);
    expect(await play.ics.importFolder(context, version(next + 1, 1), { parent: sourceKey(own, next), name: 'Deeper' })).toBe(0);
    expect((await folderNamed('Deeper'))?.parentId).toBe(next);
  });

  it('a folder is renamed and moved', async () => {
    const { session } = play;
    const [one, two] = [await session.createFolder(play.folder.id, { displayName: 'One' }), await session.createFolder(play.folder.id, { displayName: 'Two' })];
    const context = await play.ics.collector(play.handle, false);
    expect(await play.ics.importFolder(context, version(one.id, 1, { knows: one.cn }), { parent: sourceKey(own, two.id), name: 'Moved' })).toBe(0);
    const now = await folderNamed('Moved') as Folder;
    expect([now.id, now.parentId, now.bag.get('PidTagChangeKey')]).toEqual([one.id, two.id, binary.from(keyOf(clientGuid, 1))]);
    expect(await play.ics.importFolder(context, version(one.id, 1, { knows: one.cn }), { parent: sourceKey(own, two.id), name: 'Moved' })).toBe(errorCode.SyncIgnore);
    const changed = await session.updateFolder(one.id, { displayName: 'Online' });
    expect(changed.bag.get('PidTagChangeKey')).toBeUndefined();
  });

  it.each([['the client, where it wrote later', 1, 'Client'], ['the server, where it did', -1, 'Server'], ['the server, at the same moment', 0, 'Server']])('a conflict is no failure, and won by %s', async (_what, minutes, winner) => {
    const { session } = play;
    const one = await session.createFolder(play.folder.id, { displayName: 'One' });
    const time = 1_785_600_000_000;
    await session.updateFolder(one.id, { displayName: 'Server', properties: { PidTagLastModificationTime: time } }, { isRestored: true });
    const context = await play.ics.collector(play.handle, false);
    expect(await play.ics.importFolder(context, version(one.id, 1, { knows: one.cn, lastModified: 116_444_736_000_000_000n + (BigInt(time) + BigInt(minutes) * 60_000n) * 10_000n }), { name: 'Client' })).toBe(0);
    const now = await session.folder(one.id);
    expect([now.displayName, countersIn((await stateOf(context)).seen).has(now.cn)]).toEqual([winner, false]);
    expect((await play.ics.hierarchy(play.handle, { seen: (await stateOf(context)).seen })).value.folderChanges.map((list) => valueIn(list, tag.name))).toEqual([winner]);
  });

  it.each<[string, () => Promise<number>, number]>([
    ['MS-OXCFXICS_R2450: a parent that is not there', async () => play.ics.importFolder(await play.ics.collector(play.handle, false), version(next, 1), { parent: sourceKey(own, next + 9), name: 'Below' }), errorCode.SyncNoParent],
    ['a parent of another store', async () => play.ics.importFolder(await play.ics.collector(play.handle, false), version(next, 1), { parent: sourceKey(clientGuid, 1), name: 'Below' }), errorCode.InvalidParameter],
    ['a name that is taken', async () => {
      await play.session.createFolder(play.folder.id, { displayName: 'below' });
      return play.ics.importFolder(await play.ics.collector(play.handle, false), version(next, 1), { name: 'Below' });
    }, errorCode.DuplicateName],
    ['a folder that is gone', async () => {
      const { id } = await play.session.createFolder(play.folder.id, { displayName: 'Gone' });
      await play.session.removeFolder(id, 'hard');
      return play.ics.importFolder(await play.ics.collector(play.handle, false), version(id, 1), { name: 'Gone' });
    }, errorCode.SyncObjectDeleted],
  ])('is refused for %s', async (_what, act, code) => {
    expect(await act()).toBe(code);
  });
});

describe('RopSynchronizationImportMessageMove', () => {
  const move = async (one: Item, over: Partial<Record<'PredecessorChangeList' | 'ChangeNumber' | 'SourceMessageId' | 'DestinationMessageId' | 'SourceFolderId', Uint8Array>> = {}) => {
    const target = await play.session.createFolder(play.folder.id, { displayName: 'Target' });
    const context = await play.ics.collector(await play.open(target));
    const { returnValue, body } = await play.rops.rop('RopSynchronizationImportMessageMove', {
      SourceFolderId: sourceKey(own, one.folderId), SourceMessageId: sourceKey(own, one.id), PredecessorChangeList: listOf([own, one.cn]), DestinationMessageId: sourceKey(own, next), ChangeNumber: keyOf(clientGuid, 1), ...over,
    }, context);
    return { returnValue, body, target, state: await stateOf(context), moved: await item(next) };
  };

  it.each([['MS-OXCFXICS_R839 MS-OXCFXICS_R2246: a message', false], ['MS-OXCFXICS_R2247: a hidden one', true]])('%s: it is another one in the other folder, with the change that the client made', async (_what, isAssociated) => {
    const one = await play.message({}, { isAssociated });
    const { returnValue, body, target, state, moved } = await move(one);
    expect([returnValue, body, moved?.folderId, await item(one.id), moved?.bag.get('PidTagChangeKey')]).toEqual([0, { MessageId: 0n }, target.id, undefined, binary.from(keyOf(clientGuid, 1))]);
    expect([countersIn(state.seen), countersIn(state.seenFai)].map((set) => set.has(moved?.cn ?? 0))).toEqual([!isAssociated, isAssociated]);
  });

  it('MS-OXCFXICS_R875 MS-OXCFXICS_R876: the client has changed it besides: it moves, and the version is one of the server', async () => {
    const one = await play.message();
    const { returnValue, moved } = await move(one, { PredecessorChangeList: listOf([own, one.cn], [clientGuid, 1]), ChangeNumber: keyOf(clientGuid, 2) });
    expect([returnValue, moved !== undefined, moved?.bag.get('PidTagChangeKey')]).toEqual([0x0004_0821, true, undefined]);
  });

  it.each<[string, (one: Item) => Parameters<typeof move>[1], number]>([
    ['a message that is gone', (one) => ({ SourceMessageId: sourceKey(own, one.id + 7) }), errorCode.SyncObjectDeleted],
    ['one of another folder', () => ({ SourceFolderId: sourceKey(own, 1) }), errorCode.SyncObjectDeleted],
    ['an id that is taken', (one) => ({ DestinationMessageId: sourceKey(own, one.id) }), errorCode.InvalidParameter],
    ['a key that is none', () => ({ ChangeNumber: Uint8Array.of(1) }), errorCode.InvalidParameter],
    ['another store', () => ({ SourceMessageId: sourceKey(clientGuid, 1) }), errorCode.InvalidParameter],
  ])('is refused for %s', async (_what, over, code) => {
    const one = await play.message();
    const { returnValue } = await move(one, over(one));
    expect([returnValue, (await item(one.id))?.cn]).toEqual([code, one.cn]);
  });
});

describe('RopSynchronizationImportDeletes', () => {
  const deletes = async (keys: readonly Uint8Array[], ImportDeleteFlags = 0, context?: number): Promise<number> => play.rops.fails('RopSynchronizationImportDeletes', { ImportDeleteFlags, PropertyValues: [{ tag: 0x0000_1102, value: keys }] }, context ?? await play.ics.collector(play.handle, (ImportDeleteFlags & 1) === 0));

  it('MS-OXCFXICS_R884: messages go, softly into recoverable items or for good; what is gone already is passed over', async () => {
    const [one, two] = [await play.message(), await play.message()];
    const deletions = await play.session.distinguished('recoverableitemsdeletions');
    const count = async (): Promise<number> => (await play.session.folder(deletions.id)).totalCount;
    const before = await count();
    expect(await deletes([sourceKey(own, one.id)])).toBe(0);
    expect([await item(one.id), await count()]).toEqual([undefined, before + 1]);
    expect(await deletes([sourceKey(own, one.id), sourceKey(own, two.id)], 0x2)).toBe(0);
    expect([await item(two.id), await count()]).toEqual([undefined, before + 1]);
  });

  it('folders go, with what is in them', async () => {
    const { session } = play;
    const one = await session.createFolder(play.folder.id, { displayName: 'One' });
    const inner = await session.createFolder(one.id, { displayName: 'Inner' });
    expect(await deletes([sourceKey(own, one.id), sourceKey(own, inner.id)], 0x1)).toBe(0);
    expect(await session.folders(play.folder.id, 'deep')).toEqual([]);
  });

  it('MS-OXCFXICS_R2652: what never was here does not come later', async () => {
    const context = await play.ics.collector(play.handle);
    const tree = await play.ics.collector(play.handle, false);
    expect([await deletes([sourceKey(own, next)], 0, context), await deletes([sourceKey(own, next + 1)], 0x1, tree)]).toEqual([0, 0]);
    expect((await play.ics.importMessage(context, version(next, 1))).returnValue).toBe(errorCode.SyncObjectDeleted);
    expect(await play.ics.importFolder(tree, version(next + 1, 1), { name: 'Below' })).toBe(errorCode.SyncObjectDeleted);
  });

  it('MS-OXCFXICS_R35121: nothing is deleted where one of them cannot be', async () => {
    const mine = await play.session.createItem(play.folder.id, { itemClass: 'IPM.Note', recipients: [], attachments: [], isRead: false, isAssociated: false, properties: {} });
    const bob = await play.openAs(mapi, 'bob', rights.readAny | rights.folderVisible | rights.create | rights.deleteOwned | rights.editOwned);
    const reserved = await bob.ics.reserve(bob.logon);
    const context = await bob.ics.collector(bob.handle);
    const his = await play.mailbox.openAs(mapi.organization.directory.byAddress('bob@example.test')!).createItem(play.folder.id, { itemClass: 'IPM.Note', recipients: [], attachments: [], isRead: false, isAssociated: false, properties: {} });
    const PropertyValues = [{ tag: 0x0000_1102, value: [sourceKey(own, his.id), sourceKey(own, mine.id), sourceKey(own, reserved.first)] }];
    expect(await bob.ics.rops.fails('RopSynchronizationImportDeletes', { ImportDeleteFlags: 0x2, PropertyValues }, context)).toBe(errorCode.AccessDenied);
    expect([(await item(his.id))?.id, (await item(mine.id))?.id]).toEqual([his.id, mine.id]);
    expect(await bob.ics.rops.fails('RopSynchronizationImportDeletes', { ImportDeleteFlags: 0x2, PropertyValues: [{ tag: 0x0000_1102, value: [sourceKey(own, his.id)] }] }, context)).toBe(0);
  });

  it.each<[string, () => Promise<number>, number]>([
    ['unknown flags', () => deletes([], 0x4), errorCode.InvalidParameter],
    ['folders in a context of contents', async () => deletes([], 0x1, await play.ics.collector(play.handle)), errorCode.NotSupported],
    ['messages in a context of folders', async () => deletes([], 0x0, await play.ics.collector(play.handle, false)), errorCode.NotSupported],
    ['a key that is none', () => deletes([Uint8Array.of(1)]), errorCode.InvalidParameter],
    ['one of another store', () => deletes([sourceKey(clientGuid, 1)]), errorCode.InvalidParameter],
    ['a folder that has to be there', async () => deletes([sourceKey(own, (await play.session.distinguished('inbox')).id)], 0x1), errorCode.AccessDenied],
    ['another property', async () => play.rops.fails('RopSynchronizationImportDeletes', { ImportDeleteFlags: 0, PropertyValues: [{ tag: tag.subject, value: 'x' }] }, await play.ics.collector(play.handle)), errorCode.InvalidParameter],
  ])('is refused for %s', async (_what, act, code) => {
    expect(await act()).toBe(code);
  });
});

describe('RopSynchronizationImportReadStateChanges', () => {
  it('MS-OXCFXICS_R905 MS-OXCFXICS_R2260: read flags, whose change numbers are in the state; hidden messages are passed over', async () => {
    const [one, two, hidden] = [await play.message(), await play.message({}, { isRead: true }), await play.message({}, { isAssociated: true })];
    const begin = stateIn((await play.ics.contents(play.handle)).value.state);
    const context = await play.ics.collector(play.handle, true, begin);
    const MessageReadStates = ([[one, true], [two, false], [hidden, true]] as const).map(([{ id }, MarkAsRead]) => ({ MessageId: sourceKey(own, id), MarkAsRead }));
    await play.rops.ok('RopSynchronizationImportReadStateChanges', { MessageReadStates: [...MessageReadStates, { MessageId: sourceKey(own, next), MarkAsRead: true }] }, context);
    const now = await Promise.all([one, two, hidden].map(({ id }) => item(id)));
    expect(now.map((each) => [each?.isRead, (each?.cn ?? 0) > 0 && each?.contentCn])).toEqual([[true, one.cn], [false, two.cn], [false, hidden.cn]]);
    const { read } = await stateOf(context);
    expect([countersIn(read).has(now[0]?.readCn ?? 0), countersIn(read).has(now[1]?.readCn ?? 0)]).toEqual([true, true]);
    expect((await play.ics.contents(play.handle, { ...begin, read })).value.readStateChanges).toBeUndefined();
  });

  it('none is changed where one may not be', async () => {
    const one = await play.message();
    const bob = await play.openAs(mapi, 'bob', rights.readAny | rights.folderVisible);
    const context = await bob.ics.collector(bob.handle);
    expect(await bob.ics.rops.fails('RopSynchronizationImportReadStateChanges', { MessageReadStates: [{ MessageId: sourceKey(own, one.id), MarkAsRead: true }] }, context)).toBe(errorCode.AccessDenied);
    expect((await item(one.id))?.isRead).toBe(false);
    expect(await play.rops.fails('RopSynchronizationImportReadStateChanges', { MessageReadStates: [] }, await play.ics.collector(play.handle, false))).toBe(errorCode.NotSupported);
  });
});

describe('RopSetLocalReplicaMidsetDeleted', () => {
  const range = (low: number, high: number, DatabaseGuid = own) => ({ MinLongTermId: { DatabaseGuid, GlobalCounter: BigInt(low) }, MaxLongTermId: { DatabaseGuid, GlobalCounter: BigInt(high) } });

  it('MS-OXCFXICS_R940 MS-OXCFXICS_R2269: the ids are those of nothing in the folder: told as deleted, and taken for nothing new; what is there stays', async () => {
    const one = await play.message();
    const begin = stateIn((await play.ics.contents(play.handle)).value.state);
    await play.rops.ok('RopSetLocalReplicaMidsetDeleted', { LongTermIdRanges: [range(next, next + 9), range(one.id, one.id)] }, play.handle);
    const hex = (id: number): string => id.toString(16).padStart(12, '0');
    const given = Uint8Array.from(Buffer.from(Buffer.from(begin.given ?? []).toString('hex').replace(/00$/, `06${hex(next + 3)}00`), 'hex'));
    const { value } = await play.ics.contents(play.handle, { ...begin, given });
    expect(idsIn(value.deletions, IdsetDeleted)).toEqual([next + 3]);
    expect((await item(one.id))?.cn).toBe(one.cn);
    expect((await play.ics.importMessage(await play.ics.collector(play.handle), version(next, 1))).returnValue).toBe(errorCode.SyncObjectDeleted);
    expect((await play.ics.importMessage(await play.ics.collector(play.handle), version(next + 10, 1))).returnValue).toBe(0);
  });

  it.each([['another store', () => range(1, 2, clientGuid)], ['a range that ends before it begins', () => range(9, 2)]])('is refused for %s', async (_what, wrong) => {
    expect(await play.rops.fails('RopSetLocalReplicaMidsetDeleted', { LongTermIdRanges: [wrong()] }, play.handle)).toBe(errorCode.InvalidParameter);
  });
});
