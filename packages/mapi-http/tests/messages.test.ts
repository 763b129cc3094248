import { errorCode } from '@fauxchange/mapi-wire';
import type { PropertyName } from '@fauxchange/properties';
import { createMapiHttpEmulator, type MapiHttpEmulator } from '../src/index.ts';
import { Behind } from './support/items.ts';
import { folder, MessageKit, openMode, saveFlag, type Values } from './support/message-kit.ts';
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

const flag = { read: 0x1, unmodified: 0x2, submitted: 0x4, unsent: 0x8, hasAttach: 0x10, fromMe: 0x20, fai: 0x40, resend: 0x80, notifyRead: 0x100, notifyUnread: 0x200, everRead: 0x400, internet: 0x2000, untrusted: 0x8000 } as const;
const nobody = 0x77;
describe('a new message', () => {
  it.each<[string, PropertyName, unknown]>([
    ['MS-OXCMSG_R341', 'PidTagImportance', 1], ['MS-OXCMSG_R342', 'PidTagMessageClass', 'IPM.Note'], ['MS-OXCMSG_R343', 'PidTagSensitivity', 0],
    ['MS-OXCMSG_R344', 'PidTagDisplayBcc', ''], ['MS-OXCMSG_R345', 'PidTagDisplayCc', ''], ['MS-OXCMSG_R346', 'PidTagDisplayTo', ''],
    ['MS-OXCMSG_R3016', 'PidTagMessageFlags', 0x409], ['MS-OXCMSG_R349', 'PidTagHasAttachments', false],
    ['MS-OXCMSG_R354', 'PidTagAccessLevel', 1], ['MS-OXCMSG_R1914', 'PidTagAccess', 7], ['MS-OXCMSG_R364', 'PidTagHasNamedProperties', false],
    ['Exchange 2013 and above name nobody yet', 'PidTagCreatorName', undefined], ['nor who changed it', 'PidTagLastModifierEntryId', undefined], ['nor when', 'PidTagLastModificationTime', undefined], ['nor a language', 'PidTagMessageLocaleId', undefined],
    ['MS-OXCPRPT: a message', 'PidTagObjectType', 5],
  ])('%s: begins with %s', async (_id, name, value) => {
    expect(await kit.one(await kit.create(), name)).toEqual(value);
  });

  it('MS-OXCMSG_R2034: begins with the time of its making; who made it, and in which language, is told when it is saved', async () => {
    const before = mapi.clock.now();
    const message = await kit.create();
    const time = Number(await kit.one(message, 'PidTagCreationTime') as bigint / 10_000n - 11_644_473_600_000n);
    expect([time >= before, time <= mapi.clock.now()]).toEqual([true, true]);
    await kit.save(message);
    const [creator, modifier, name, locale] = await kit.get(message, 'PidTagCreatorEntryId', 'PidTagLastModifierEntryId', 'PidTagCreatorName', 'PidTagMessageLocaleId');
    expect(Buffer.from(creator as Uint8Array).toString('latin1')).toContain(kit.client.dn());
    expect([modifier, name, locale]).toEqual([creator, 'Alice Archer', 1033]);
  });

  it('MS-OXCMSG_R358: begins with a search key of its own, and keeps it', async () => {
    const [one, other] = [await kit.create(), await kit.create()];
    const keys = [await kit.one(one, 'PidTagSearchKey'), await kit.one(other, 'PidTagSearchKey')];
    expect([(keys[0] as Uint8Array).length, Buffer.compare(keys[0] as Uint8Array, keys[1] as Uint8Array) === 0]).toEqual([16, false]);
    expect(await kit.stored(await kit.save(one), ['PidTagSearchKey'])).toEqual([keys[0]]);
  });

  it('MS-OXCMSG_R1182 MS-OXCMSG_R1185: who made it stays, who changed it last is told', async () => {
    const id = await kit.saved();
    await alice.allow('bob', 'inbox', 'readAny', 'editAny');
    const bob = await new MessageKit(new RopClient(mapi, 'bob')).logOn('alice');
    const handle = await bob.open(id);
    await bob.set(handle, { PidTagSubject: 'By Bob' });
    await bob.save(handle);
    const ids = (await kit.stored(id, ['PidTagCreatorEntryId', 'PidTagLastModifierEntryId'])).map((bytes) => Buffer.from(bytes as Uint8Array).toString('latin1'));
    expect([ids[0]?.includes(kit.client.dn('alice')), ids[1]?.includes(kit.client.dn('bob'))]).toEqual([true, true]);
  });

  it('MS-OXCMSG_R687 MS-OXCMSG_R339 MS-OXCMSG_R991 MS-OXCROPS_R1778 MS-OXCMSG_R700 MS-OXCMSG_R728 MS-OXCMSG_R372: has no id, and is nowhere, before it is saved', async () => {
    const before = await kit.one(await kit.folder(folder.inbox), 'PidTagContentCount');
    const { opened, body } = await kit.client.ok('RopCreateMessage', { CodePageId: 0xfff, FolderId: kit.fid(folder.inbox), AssociatedFlag: false }, kit.logon);
    expect(body).toEqual({ HasMessageId: false });
    await kit.set(opened, { PidTagSubject: 'One more' });
    expect(await kit.one(await kit.folder(folder.inbox), 'PidTagContentCount')).toBe(before);
    const id = await kit.save(opened);
    expect(await kit.one(await kit.folder(folder.inbox), 'PidTagContentCount')).toBe(Number(before) + 1);
    expect(await kit.one(opened, 'PidTagMid')).toBe(id);
    expect(await kit.stored(id, ['PidTagSubject'])).toEqual(['One more']);
  });

  it('MS-OXCMSG_R987 MS-OXCMSG_R988 MS-OXCMSG_R527: is associated with the folder if that is asked for', async () => {
    const [plain, hidden] = [await kit.create(), await kit.create({}, folder.inbox, true)];
    expect([Number(await kit.one(plain, 'PidTagMessageFlags')) & flag.fai, Number(await kit.one(hidden, 'PidTagMessageFlags')) & flag.fai]).toEqual([0, flag.fai]);
    const id = await kit.save(hidden);
    expect(await kit.stored(id, ['PidTagAssociated'])).toEqual([true]);
    expect(await alice.item(id)).toMatchObject({ isAssociated: true });
  });

  it('MS-OXCMSG_R3018: needs the right to make it', async () => {
    await alice.allow('bob', 'inbox', 'readAny');
    const other = await new MessageKit(new RopClient(mapi, 'bob')).logOn('alice');
    expect(await other.client.fails('RopCreateMessage', { CodePageId: 0xfff, FolderId: other.fid(folder.inbox), AssociatedFlag: false }, other.logon)).toBe(errorCode.AccessDenied);
  });

  it('is refused in a code page that there is none of, and below nothing', async () => {
    const asked = { CodePageId: 0xfff, FolderId: kit.fid(folder.inbox), AssociatedFlag: false };
    expect(await kit.client.fails('RopCreateMessage', { ...asked, CodePageId: 15 }, kit.logon)).toBe(errorCode.UnknownCodePage);
    expect(await kit.client.fails('RopCreateMessage', { ...asked, FolderId: 1n }, kit.logon)).toBe(errorCode.NotFound);
  });
});

describe('an open message', () => {
  const subject: Values = { PidTagSubject: 'RE: Lunch' };

  it('MS-OXCMSG_R676 MS-OXCMSG_R678 MS-OXCMSG_R679 MS-OXCMSG_R328 MS-OXCMSG_R977 MS-OXCMSG_R978 MS-OXCMSG_R979 MS-OXCMSG_R1298: tells its subject and its recipients in their order', async () => {
    const id = await kit.saved(subject, folder.inbox, [{ type: 1, name: 'To' }, { type: 2, name: 'Cc' }, { type: 3, name: 'Bcc' }, { type: 0x11, name: 'Again' }]);
    const { body } = await kit.openAnswer(id);
    expect(body).toMatchObject({ HasNamedProperties: false, SubjectPrefix: 'RE: ', NormalizedSubject: 'Lunch', RecipientCount: 4 });
    expect(body?.RecipientRows.map(({ RecipientType, RecipientRow }) => [RecipientType, RecipientRow.DisplayName])).toEqual([[1, 'To'], [2, 'Cc'], [3, 'Bcc'], [0x11, 'Again']]);
  });

  it('MS-OXCMSG_R1668 MS-OXCMSG_R1204 MS-OXCMSG_R1799: says if it has named properties, and RopGetPropertiesAll has them', async () => {
    const id = await kit.saved({ ...subject, PidLidPrivate: true });
    const { body, opened } = await kit.openAnswer(id);
    expect(body?.HasNamedProperties).toBe(true);
    expect(await kit.one(opened, 'PidTagHasNamedProperties')).toBe(true);
    const all = await kit.client.ok('RopGetPropertiesAll', { PropertySizeLimit: 0, WantUnicode: 1 }, opened);
    expect(all.body.PropertyValues).toContainEqual({ tag: await kit.tag('PidLidPrivate'), value: true });
  });

  it.each([
    ['MS-OXCMSG_R661: read only', openMode.readOnly, 0, errorCode.AccessDenied],
    ['MS-OXCMSG_R663: for reading and writing', openMode.readWrite, 1, 0],
    ['MS-OXCMSG_R665: with the best access', openMode.bestAccess, 1, 0],
  ])('%s', async (_what, mode, level, code) => {
    const handle = await kit.open(await kit.saved(subject), mode);
    expect(await kit.one(handle, 'PidTagAccessLevel')).toBe(level);
    const PropertyValues = await kit.tagged({ PidTagSubject: 'New' });
    expect(await kit.client.fails('RopSetProperties', { PropertyValues }, handle)).toBe(code);
    expect(await kit.saveFails(handle)).toBe(code);
  });

  it('MS-OXCMSG_R1838: flags that there are none of change nothing', async () => {
    const id = await kit.saved(subject);
    const answers = [await kit.openAnswer(id, 0x09), await kit.openAnswer(id, 0x11)];
    expect(answers.map(({ returnValue, body }) => ({ returnValue, body }))).toEqual([{ returnValue: 0, body: answers[0]?.body }, { returnValue: 0, body: answers[0]?.body }]);
  });

  it('MS-OXCMSG_R321 MS-OXCMSG_R251: is found by the MID that a table tells, and read through its handle', async () => {
    const id = await kit.saved({ PidTagSubject: 'By its row' });
    const table = await kit.client.ok('RopGetContentsTable', { TableFlags: 0 }, await kit.folder(folder.inbox));
    await kit.client.ok('RopSetColumns', { SetColumnsFlags: 0, PropertyTags: await kit.tags(['PidTagMid', 'PidTagSubject']) }, table.opened);
    const mid = (await kit.client.rows(table.opened)).map(([cell, text]) => [cell, text].map((one) => (one && 'value' in one ? one.value : undefined))).find(([, text]) => text === 'By its row')?.[0];
    expect(mid).toBe(id);
    expect(await kit.one(await kit.open(mid as bigint), 'PidTagSubject')).toBe('By its row');
  });

  it.each([
    ['MS-OXCMSG_R323 MS-OXCMSG_R333: no such message', async () => kit.openAnswer(0x7777_0000_0000_0001n), errorCode.NotFound],
    ['MS-OXCMSG_R1477: in another folder', async () => kit.openAnswer(await kit.saved(subject), openMode.readWrite, folder.outbox), errorCode.NotFound],
    ['MS-OXCMSG_R1478: of nothing', async () => kit.openAnswer(await kit.saved(subject), openMode.readWrite, folder.inbox, nobody), errorCode.NullObject],
    ['a code page that there is none of', async () => kit.client.rop('RopOpenMessage', { CodePageId: 15, FolderId: kit.fid(folder.inbox), OpenModeFlags: 0, MessageId: await kit.saved(subject) }, kit.logon), errorCode.UnknownCodePage],
  ])('%s', async (_what, open, code) => expect((await open()).returnValue).toBe(code));

  it('MS-OXCMSG_R326 MS-OXCMSG_R335: what was deleted softly is not found where it was', async () => {
    const id = await kit.saved(subject);
    await alice.session.removeItems([(await alice.item(id)).id], 'soft');
    expect((await kit.openAnswer(id, openMode.readOnly)).returnValue).toBe(errorCode.NotFound);
  });

  it('MS-OXCMSG_R324 MS-OXCMSG_R2184: is refused to who has no rights in its folder', async () => {
    const id = await kit.saved(subject, folder.inbox);
    await alice.allow('bob', 'inbox');
    const other = await new MessageKit(new RopClient(mapi, 'bob')).logOn('alice');
    expect((await other.openAnswer(id)).returnValue).toBe(errorCode.AccessDenied);
    await alice.allow('bob', 'inbox', 'readAny');
    expect((await other.openAnswer(id)).returnValue).toBe(errorCode.AccessDenied);
    expect((await other.openAnswer(id, openMode.readOnly)).returnValue).toBe(0);
  });

  it('MS-OXCMSG_R3009: is open for writing with the best access of one who may only read, who cannot save', async () => {
    const id = await kit.saved(subject, folder.inbox);
    await alice.allow('bob', 'inbox', 'readAny');
    const other = await new MessageKit(new RopClient(mapi, 'bob')).logOn('alice');
    const handle = await other.open(id, openMode.bestAccess);
    expect(await other.one(handle, 'PidTagAccessLevel')).toBe(1);
    await other.set(handle, { PidTagSubject: 'Theirs' });
    expect(await other.saveFails(handle)).toBe(errorCode.AccessDenied);
  });
});

describe('handles of one message', () => {
  it('MS-OXCMSG_R1475 MS-OXCMSG_R703 MS-OXCMSG_R704: each has its own changes, which are saved or nobody\'s', async () => {
    const id = await kit.saved({ PidTagSensitivity: 0 });
    const [first, second] = [await kit.open(id), await kit.open(id)];
    expect(first).not.toBe(second);
    await kit.set(first, { PidTagSensitivity: 2 });
    expect([await kit.one(first, 'PidTagSensitivity'), await kit.one(second, 'PidTagSensitivity'), ...await kit.stored(id, ['PidTagSensitivity'])]).toEqual([2, 0, 0]);
    await kit.save(first);
    expect([await kit.one(second, 'PidTagSensitivity'), ...await kit.stored(id, ['PidTagSensitivity'])]).toEqual([0, 2]);
  });

  it('MS-OXCMSG_R1053 MS-OXCMSG_R724 MS-OXCMSG_R3022: who comes second is refused, unless they force it', async () => {
    const id = await kit.saved();
    const [first, second] = [await kit.open(id), await kit.open(id)];
    await kit.set(first, { PidTagSubject: 'First' });
    await kit.set(second, { PidTagSubject: 'Second' });
    await kit.save(first);
    expect(await kit.saveFails(second)).toBe(0x8004_0109);
    expect(await kit.stored(id, ['PidTagSubject'])).toEqual(['First']);
    expect(await kit.saveFails(second, 0x04)).toBe(0);
    expect(await kit.stored(id, ['PidTagSubject'])).toEqual(['Second']);
  });

  it('MS-OXCMSG_R1643: a save of nothing succeeds all the same', async () => {
    const id = await kit.saved({ PidTagSubject: 'Old' });
    const [first, second] = [await kit.open(id), await kit.open(id)];
    await kit.set(first, { PidTagSubject: 'First' });
    await kit.save(first);
    expect(await kit.saveFails(second)).toBe(0);
    expect(await kit.stored(id, ['PidTagSubject'])).toEqual(['First']);
  });

  it.each([['MS-OXCMSG_R1670', saveFlag.keepOpenReadOnly], ['MS-OXCMSG_R718', saveFlag.keepOpenReadWrite]])('%s: a save that failed leaves the handle as it was', async (_id, flags) => {
    const id = await kit.saved();
    const [first, second] = [await kit.open(id), await kit.open(id)];
    await kit.set(first, { PidTagSubject: 'First' });
    await kit.set(second, { PidTagSubject: 'Second' });
    await kit.save(first);
    expect([await kit.saveFails(second, flags), await kit.one(second, 'PidTagAccessLevel'), await kit.one(second, 'PidTagSubject')]).toEqual([errorCode.ObjectChanged, 1, 'Second']);
  });

  it('MS-OXCMSG_R722: so does one that was forced, for what is gone', async () => {
    const id = await kit.saved();
    const handle = await kit.open(id);
    await kit.set(handle, { PidTagSubject: 'Mine' });
    await alice.session.removeItems([(await alice.item(id)).id], 'hard');
    expect([await kit.saveFails(handle, saveFlag.forceSave), await kit.one(handle, 'PidTagAccessLevel'), await kit.one(handle, 'PidTagSubject')]).toEqual([errorCode.ObjectDeleted, 1, 'Mine']);
  });

  it.each([['MS-OXCMSG_R719', saveFlag.keepOpenReadWrite], ['MS-OXCMSG_R723', saveFlag.forceSave], ['MS-OXCMSG_R2192', saveFlag.keepOpenReadOnly]])('%s: stay open for writing once they are saved', async (_id, flags) => {
    const id = await kit.saved();
    const handle = await kit.open(id);
    await kit.set(handle, { PidTagSubject: 'One' });
    expect(await kit.saveFails(handle, flags)).toBe(0);
    expect(await kit.one(handle, 'PidTagAccessLevel')).toBe(1);
    await kit.set(handle, { PidTagSubject: 'Two' });
    await kit.save(handle);
    expect(await kit.stored(id, ['PidTagSubject'])).toEqual(['Two']);
  });

  it('MS-OXCMSG_R1907: SaveFlags that there are none of are all the same', async () => {
    const id = await kit.saved();
    for (const flags of [0x10, 0x20]) {
      const handle = await kit.open(id);
      await kit.set(handle, { PidTagSubject: `${flags}` });
      expect([await kit.saveFails(handle, flags), await kit.one(handle, 'PidTagAccessLevel'), ...await kit.stored(id, ['PidTagSubject'])]).toEqual([0, 1, `${flags}`]);
    }
  });

  it('MS-OXCMSG_R1890: saving says when', async () => {
    const handle = await kit.open(await kit.saved());
    const before = await kit.one(handle, 'PidTagLocalCommitTime');
    mapi.clock.advance(60_000);
    await kit.set(handle, { PidTagSubject: 'Later' });
    await kit.save(handle);
    expect(Number(await kit.one(handle, 'PidTagLocalCommitTime')) - Number(before)).toBeGreaterThanOrEqual(600_000_000);
  });
});

describe('what no client may change', () => {
  const time = 132_000_000_000_000_000n;
  it.each<[string, Values]>([
    ['MS-OXCMSG_R1644 MS-OXCMSG_R1869 MS-OXCMSG_R15', { PidTagHasAttachments: true }], ['MS-OXCMSG_R1644 MS-OXCMSG_R1883 MS-OXCMSG_R47', { PidTagMessageSize: 2 }],
    ['MS-OXCMSG_R1644', { PidTagAccess: 1 }], ['MS-OXCMSG_R1644', { PidTagAccessLevel: 0 }], ['MS-OXCMSG_R1644', { PidTagObjectType: 3 }], ['MS-OXCMSG_R1644', { PidTagRecordKey: Uint8Array.of(1) }],
    ['MS-OXCMSG_R1644 MS-OXCMSG_R1884 MS-OXCMSG_R545', { PidTagMessageStatus: 0x800 }], ['MS-OXCMSG_R1867', { PidTagCreationTime: time }], ['MS-OXCMSG_R1868', { PidTagLastModificationTime: time }],
    ['MS-OXCMSG_R1724', { PidTagChangeKey: Uint8Array.of(1, 2) }], ['MS-OXCMSG_R1724', { PidTagLastModifierName: 'Somebody' }], ['MS-OXCMSG_R1724', { PidTagSearchKey: Uint8Array.of(3) }],
  ])('%s: is taken, and not saved: %j', async (_ids, values) => {
    const id = await kit.saved();
    const names = Object.keys(values) as PropertyName[];
    const before = await kit.stored(id, names);
    const handle = await kit.open(id);
    expect(await kit.set(handle, values)).toEqual([]);
    expect(await kit.saveFails(handle)).toBe(errorCode.GeneralFailure);
    expect(await kit.stored(id, names)).toEqual(before);
  });

  const flags: readonly (readonly [string, keyof typeof flag])[] = [
    ['MS-OXCMSG_R1870 MS-OXCMSG_R31', 'read'], ['MS-OXCMSG_R1871 MS-OXCMSG_R31', 'unsent'], ['MS-OXCMSG_R1872 MS-OXCMSG_R31', 'resend'], ['MS-OXCMSG_R1873 MS-OXCMSG_R516', 'unmodified'], ['MS-OXCMSG_R1874 MS-OXCMSG_R516', 'submitted'],
    ['MS-OXCMSG_R1875 MS-OXCMSG_R516', 'hasAttach'], ['MS-OXCMSG_R1876 MS-OXCMSG_R516', 'fromMe'], ['MS-OXCMSG_R1877 MS-OXCMSG_R516', 'fai'], ['MS-OXCMSG_R1878 MS-OXCMSG_R516', 'notifyRead'], ['MS-OXCMSG_R1879 MS-OXCMSG_R516', 'notifyUnread'],
    ['MS-OXCMSG_R1880 MS-OXCMSG_R516', 'everRead'], ['MS-OXCMSG_R1881 MS-OXCMSG_R516', 'internet'], ['MS-OXCMSG_R1882 MS-OXCMSG_R516', 'untrusted'],
  ];
  it.each(flags)('%s: a flag of a saved message: %s', async (_ids, name) => {
    const id = await kit.saved();
    const handle = await kit.open(id);
    const before = Number(await kit.one(handle, 'PidTagMessageFlags'));
    await kit.set(handle, { PidTagMessageFlags: before ^ flag[name] });
    expect(await kit.saveFails(handle)).toBe(errorCode.GeneralFailure);
    expect(await kit.stored(id, ['PidTagMessageFlags'])).toEqual([before]);
  });

  it('the flags as they are may be set again', async () => {
    const handle = await kit.open(await kit.saved());
    await kit.set(handle, { PidTagMessageFlags: Number(await kit.one(handle, 'PidTagMessageFlags')), PidTagSubject: 'Same flags' });
    expect(await kit.saveFails(handle)).toBe(0);
  });

  it('what is made of ids is refused one by one', async () => {
    const handle = await kit.open(await kit.saved());
    const { body } = await kit.client.ok('RopSetProperties', { PropertyValues: await kit.tagged({ PidTagSubject: 'Set', PidTagEntryId: Uint8Array.of(1), PidTagMid: 1n }) }, handle);
    expect(body.PropertyProblems).toEqual([{ Index: 1, PropertyTag: 0x0fff_0102, ErrorCode: errorCode.ComputedValue }, { Index: 2, PropertyTag: 0x674a_0014, ErrorCode: errorCode.ComputedValue }]);
    expect(await kit.one(handle, 'PidTagSubject')).toBe('Set');
  });
});

describe('flags of a message', () => {
  const flagsOf = async (handle: number): Promise<number> => Number(await kit.one(handle, 'PidTagMessageFlags'));
  const has = async (handle: number, name: keyof typeof flag): Promise<boolean> => ((await flagsOf(handle)) & flag[name]) !== 0;

  it.each<[string, Values, keyof typeof flag, boolean]>([
    ['MS-OXCMSG_R510', { PidTagMessageFlags: flag.read }, 'read', true], ['MS-OXCMSG_R510', { PidTagMessageFlags: flag.unsent }, 'read', false], ['MS-OXCMSG_R512', { PidTagMessageFlags: flag.unsent }, 'unsent', true],
    ['MS-OXCMSG_R515', { PidTagMessageFlags: flag.unsent | flag.resend }, 'resend', true], ['MS-OXCMSG_R529', { PidTagReadReceiptRequested: true }, 'notifyRead', true], ['MS-OXCMSG_R531', { PidTagNonReceiptNotificationRequested: true }, 'notifyUnread', true],
    ['MS-OXCMSG_R3006 MS-OXCMSG_R1140', { PidTagMessageFlags: flag.read }, 'everRead', true], ['MS-OXCMSG_R1140', { PidTagMessageFlags: 0 }, 'everRead', false],
    ['MS-OXCMSG_R519', {}, 'unmodified', true],
  ])('%s: %j has %s: %j', async (_id, values, name, expected) => expect(await has(await kit.open(await kit.saved(values)), name)).toBe(expected));

  it('MS-OXCMSG_R519: a change takes mfUnmodified away', async () => {
    const handle = await kit.open(await kit.saved());
    await kit.set(handle, { PidTagSubject: 'New' });
    await kit.save(handle);
    expect(await has(handle, 'unmodified')).toBe(false);
  });

  it('MS-OXCMSG_R498 MS-OXCMSG_R16 MS-OXCMSG_R522 MS-OXCMSG_R469: attachments', async () => {
    const message = await kit.create();
    expect([await kit.one(message, 'PidTagHasAttachments'), await has(message, 'hasAttach')]).toEqual([false, false]);
    const number = await kit.attach(message, { PidTagAttachLongFilename: 'a.txt' });
    expect([await kit.one(message, 'PidTagHasAttachments'), await has(message, 'hasAttach')]).toEqual([true, true]);
    await kit.client.ok('RopDeleteAttachment', { AttachmentID: number }, message);
    expect([await kit.one(message, 'PidTagHasAttachments'), await has(message, 'hasAttach')]).toEqual([false, false]);
  });
});
