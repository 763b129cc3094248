import { errorCode, recipientFlag, type RecipientRow } from '@fauxchange/mapi-wire';
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

const nobody = 0x77;
const flag = { read: 0x1, notifyRead: 0x100, notifyUnread: 0x200, everRead: 0x400 } as const;

describe('recipients', () => {
  const three = [{ type: 1, name: 'Bob' }, { type: 2, name: 'Carol', smtp: 'carol@example.test' }, { type: 3, name: 'Somebody', smtp: 'x@elsewhere.test' }] as const;
  const rows = async (handle: number) => (await kit.recipients(handle)).map(({ id, type, name }) => [id, type, name]);

  it('MS-OXCMSG_R737 MS-OXCMSG_R389 MS-OXCMSG_R753 MS-OXCMSG_R400 MS-OXCMSG_R1495 MS-OXCMSG_R394: are added by their ids, and read', async () => {
    const message = await kit.create();
    await kit.address(message, three);
    expect(await rows(message)).toEqual([[0, 1, 'Bob'], [1, 2, 'Carol'], [2, 3, 'Somebody']]);
    await kit.address(message, [{ name: 'Late' }], 7);
    expect(await rows(message)).toEqual([[0, 1, 'Bob'], [1, 2, 'Carol'], [2, 3, 'Somebody'], [7, 1, 'Late']]);
    const id = await kit.save(message);
    expect(await rows(await kit.open(id))).toEqual([[0, 1, 'Bob'], [1, 2, 'Carol'], [2, 3, 'Somebody'], [7, 1, 'Late']]);
    const { body } = await kit.client.ok('RopReadRecipients', { RowId: 2 }, message);
    expect(body.RecipientRows.map(({ RowId }) => RowId)).toEqual([2, 7]);
  });

  it('MS-OXCMSG_R390 MS-OXCMSG_R395: take the place of those with their ids, for this handle until it is saved', async () => {
    const id = await kit.saved({}, folder.inbox, three);
    const [mine, other] = [await kit.open(id), await kit.open(id)];
    await kit.address(mine, [{ type: 2, name: 'Another', smtp: 'dave@example.test' }], 1);
    expect([await rows(mine), await rows(other)]).toEqual([[[0, 1, 'Bob'], [1, 2, 'Another'], [2, 3, 'Somebody']], [[0, 1, 'Bob'], [1, 2, 'Carol'], [2, 3, 'Somebody']]]);
    await kit.save(mine);
    expect((await kit.recipients(await kit.open(id)))[1]).toEqual({ id: 1, type: 2, address: 'dave@example.test', name: 'Another' });
  });

  it('MS-OXCMSG_R391 MS-OXCMSG_R393: go with an empty row', async () => {
    const message = await kit.create();
    await kit.address(message, three);
    await kit.client.ok('RopModifyRecipients', { RecipientColumns: [], RecipientRows: [{ RowId: 1, RecipientType: 1, RecipientRow: null }] }, message);
    expect(await rows(message)).toEqual([[0, 1, 'Bob'], [2, 3, 'Somebody']]);
    expect(await kit.client.fails('RopReadRecipients', { RowId: 1 }, message)).toBe(errorCode.NotFound);
  });

  it('MS-OXCMSG_R729 MS-OXCMSG_R381 MS-OXCMSG_R382 MS-OXCMSG_R1491 MS-OXCROPS_R2005: go all at once, for this handle until it is saved', async () => {
    const id = await kit.saved({}, folder.inbox, three);
    const [mine, other] = [await kit.open(id), await kit.open(id)];
    await kit.client.ok('RopRemoveAllRecipients', {}, mine);
    expect(await kit.client.fails('RopReadRecipients', { RowId: 0 }, mine)).toBe(errorCode.NotFound);
    expect((await kit.client.ok('RopReloadCachedInformation', {}, mine)).body).toMatchObject({ RecipientCount: 0, RecipientRows: [] });
    expect(await rows(other)).toHaveLength(3);
    await kit.client.ok('RopRemoveAllRecipients', {}, mine);
    await kit.save(mine);
    expect(await kit.recipients(await kit.open(id))).toEqual([]);
  });

  it.each([
    ['MS-OXCMSG_R403', 0], ['MS-OXCMSG_R1055', 5],
  ])('%s: a message without any has none to read', async (_id, RowId) => expect(await kit.client.fails('RopReadRecipients', { RowId }, await kit.create())).toBe(errorCode.NotFound));

  it.each<[string, 'RopRemoveAllRecipients' | 'RopModifyRecipients' | 'RopReadRecipients' | 'RopReloadCachedInformation', object]>([
    ['MS-OXCMSG_R1493', 'RopRemoveAllRecipients', {}], ['MS-OXCMSG_R1982', 'RopModifyRecipients', { RecipientColumns: [], RecipientRows: [] }], ['MS-OXCMSG_R1057', 'RopReadRecipients', { RowId: 0 }], ['MS-OXCMSG_R1498', 'RopReloadCachedInformation', {}],
  ])('%s: %s of nothing', async (_id, name, request) => {
    expect(await kit.client.fails(name, request, nobody)).toBe(errorCode.NullObject);
    expect(await kit.client.fails(name, request, kit.logon)).toBe(errorCode.NotSupported);
  });

  it('MS-OXCMSG_R766 MS-OXCMSG_R279: RopReloadCachedInformation tells what RopOpenMessage tells', async () => {
    const { body, opened } = await kit.openAnswer(await kit.saved({ PidTagSubject: 'FW: All' }, folder.inbox, three));
    expect((await kit.client.ok('RopReloadCachedInformation', {}, opened)).body).toEqual(body);
  });

  const rowsOf = async (handle: number): Promise<readonly RecipientRow[]> => (await kit.client.ok('RopReloadCachedInformation', {}, handle)).body.RecipientRows.map(({ RecipientRow }) => RecipientRow);

  it('MS-OXCDATA_R111 MS-OXCDATA_R112 MS-OXCDATA_R113 MS-OXCDATA_R114 MS-OXCDATA_R115 MS-OXCDATA_R120 MS-OXCDATA_R123 MS-OXCDATA_R160 MS-OXCDATA_R161 MS-OXCDATA_R162 MS-OXCDATA_R164 MS-OXCDATA_R165 MS-OXCDATA_R166: rows of SMTP addresses', async () => {
    const message = await kit.create();
    await kit.address(message, [{ name: 'Zoë', smtp: 'zöe@elsewhere.test' }]);
    const [row] = await rowsOf(message);
    expect(row).toMatchObject({ EmailAddress: 'zöe@elsewhere.test', DisplayName: 'Zoë' });
    const flags = row?.RecipientFlags ?? 0;
    expect([flags & 0x7, flags & 0x8, flags & 0x10, flags & 0x200, flags & 0x7800]).toEqual([3, 0x8, 0x10, 0x200, 0]);
  });

  it('MS-OXCDATA_R107 MS-OXCDATA_R2764 MS-OXCDATA_R142 MS-OXCDATA_R145 MS-OXCDATA_R150 MS-OXCDATA_R153 MS-OXCDATA_R158 MS-OXCDATA_R177: rows of the address book', async () => {
    const message = await kit.create();
    await kit.address(message, [{ name: 'Bob', dn: kit.client.dn('bob') }]);
    const { body } = await kit.client.ok('RopReloadCachedInformation', {}, message);
    const row = body.RecipientRows[0]?.RecipientRow;
    expect(row).toMatchObject({ X500DN: kit.client.dn('bob'), DisplayType: 0, AddressPrefixUsed: 0 });
    expect([(row?.RecipientFlags ?? 0) & 0x7, (row?.RecipientFlags ?? 0) & recipientFlag.SameAsDisplayName, row?.EntryId, row?.SearchKey, row?.AddressType]).toEqual([1, 0x40, undefined, undefined, undefined]);
    expect(row?.RecipientProperties).toHaveLength(body.RecipientColumns.length);
    const at = body.RecipientColumns.indexOf(0x39fe_001f);
    expect(row?.RecipientProperties[at]).toEqual({ value: 'bob@example.test' });
  });

  it('MS-OXCDATA_R105 MS-OXCDATA_R121 MS-OXCDATA_R122 MS-OXCDATA_R168 MS-OXCDATA_R169 MS-OXCDATA_R170: rows with a simple name, and of another transport', async () => {
    const message = await kit.create();
    const row = { ...kit.row({ name: 'Zoë', flags: recipientFlag.SimpleDisplayName | recipientFlag.Responsible }), SimpleDisplayName: 'Zoe å' };
    await kit.client.ok('RopModifyRecipients', { RecipientColumns: [], RecipientRows: [{ RowId: 0, RecipientType: 1, RecipientRow: row }] }, message);
    const [back] = await rowsOf(await kit.open(await kit.save(message)));
    expect([back?.SimpleDisplayName, (back?.RecipientFlags ?? 0) & 0x0400, (back?.RecipientFlags ?? 0) & 0x0080]).toEqual(['Zoe å', 0x0400, 0x0080]);
  });

  it('MS-OXCMSG_R2047: a name beside that of the address', async () => {
    const message = await kit.create();
    await kit.address(message, [{ name: 'Bob', cells: [{ value: 'Robert' }] }], 0, ['PidTagRecipientDisplayName']);
    const { body } = await kit.client.ok('RopReloadCachedInformation', {}, message);
    expect(body.RecipientRows[0]?.RecipientRow.RecipientProperties[body.RecipientColumns.indexOf(0x5ff6_001f)]).toEqual({ value: 'Robert' });
  });

  it('whatever else a client says of one comes back: types, columns, names of columns', async () => {
    const message = await kit.create();
    const columns: readonly PropertyName[] = ['PidTagRecipientEntryId', 'PidTagRecipientFlags', '0x6001:String', 'PidTagSendInternetEncoding'];
    await kit.address(message, [{ other: ['FAX', '+43 1 234'], name: 'Fax', type: 0x12, cells: [{ value: Uint8Array.of(1, 2) }, { value: 3 }, { value: 'home' }, { value: 0 }] }], 4, columns);
    const id = await kit.save(message);
    const { body } = await kit.openAnswer(id);
    const [row] = body?.RecipientRows ?? [];
    const cell = async (name: PropertyName) => row?.RecipientRow.RecipientProperties[body?.RecipientColumns.indexOf(await kit.tag(name)) ?? -1];
    expect(row).toMatchObject({ RecipientType: 0x12, RecipientRow: { AddressType: 'FAX', EmailAddress: '+43 1 234', DisplayName: 'Fax' } });
    expect([await cell('PidTagRecipientEntryId'), await cell('PidTagRecipientFlags'), await cell('0x6001:String'), await cell('PidTagSendInternetEncoding')]).toEqual([{ value: Uint8Array.of(1, 2) }, { value: 3 }, { value: 'home' }, { value: 0 }]);
    expect((await alice.item(id)).recipients).toMatchObject([{ type: 'cc', addressType: 'FAX', address: '+43 1 234', name: 'Fax' }]);
    expect((await kit.client.ok('RopReadRecipients', { RowId: 4 }, await kit.open(id))).body.RecipientRows).toHaveLength(1);
  });

  it('display lists follow', async () => {
    const message = await kit.create();
    await kit.address(message, three);
    expect(await kit.get(message, 'PidTagDisplayTo', 'PidTagDisplayCc', 'PidTagDisplayBcc')).toEqual(['Bob', 'Carol', 'Somebody']);
    await kit.save(message);
    await kit.address(message, [{ name: 'Only' }], 9);
    expect(await kit.get(message, 'PidTagDisplayTo')).toEqual(['Bob; Only']);
  });

  it('those that have no room with the message are read behind them', async () => {
    const message = await kit.create();
    for (let at = 0; at < 300; at += 100) await kit.address(message, Array.from({ length: 100 }, (_, nth) => ({ name: `Recipient number ${at + nth}`, smtp: `r${at + nth}@elsewhere.test` })), at);
    const { body } = await kit.openAnswer(await kit.save(message));
    const told = body?.RecipientRows.length ?? 0;
    expect([body?.RecipientCount, told > 20, told < 256]).toEqual([300, true, true]);
    const seen: number[] = [];
    for (let next = 0; next < 300; next = (seen.at(-1) ?? 300) + 1) seen.push(...(await kit.client.ok('RopReadRecipients', { RowId: next }, message)).body.RecipientRows.map(({ RowId }) => RowId));
    expect(seen).toEqual(Array.from({ length: 300 }, (_, at) => at));
  });
});

describe('status', () => {
  const set = async (MessageId: bigint, MessageStatusFlags: number, MessageStatusMask: number) => (await kit.client.ok('RopSetMessageStatus', { MessageId, MessageStatusFlags, MessageStatusMask }, await kit.folder(folder.inbox))).body.MessageStatusFlags;
  const get = async (MessageId: bigint) => (await kit.client.ok('RopGetMessageStatus', { MessageId }, await kit.folder(folder.inbox))).body.MessageStatusFlags;

  it.each([
    ['MS-OXCMSG_R2028', 0x1000], ['MS-OXCMSG_R2029', 0x800], ['MS-OXCMSG_R2030', 0x2000],
  ])('%s MS-OXCMSG_R773 MS-OXCMSG_R786 MS-OXCMSG_R421 MS-OXCMSG_R549 MS-OXCMSG_R55: 0x%s is set and got without opening the message', async (_id, bit) => {
    const id = await kit.saved();
    expect([await set(id, bit, bit), await get(id)]).toEqual([0, bit]);
  });

  it('MS-OXCMSG_R784 MS-OXCMSG_R416 MS-OXCMSG_R1500: within the mask alone; what was before is told', async () => {
    const id = await kit.saved();
    await set(id, 0x3000, 0x3000);
    expect([await set(id, 0x1000, 0x3000), await get(id)]).toEqual([0x3000, 0x1000]);
    expect([await set(id, 0xff0, 0x0f0), await get(id)]).toEqual([0x1000, 0x10f0]);
  });

  it('MS-OXCMSG_R1501: is no change of the message', async () => {
    const id = await kit.saved();
    const names = ['PidTagChangeKey', 'PidTagLastModificationTime'] as const;
    const before = await kit.stored(id, names);
    const handle = await kit.open(id);
    await set(id, 0x1000, 0x1000);
    expect([...await kit.stored(id, names), ...await kit.stored(id, ['PidTagMessageStatus'])]).toEqual([...before, 0x1000]);
    await kit.set(handle, { PidTagSubject: 'Still mine to save' });
    expect(await kit.saveFails(handle)).toBe(0);
  });

  it('MS-OXCMSG_R1505 MS-OXCMSG_R1507: of nothing', async () => {
    const id = await kit.saved();
    expect(await kit.client.fails('RopSetMessageStatus', { MessageId: id, MessageStatusFlags: 1, MessageStatusMask: 1 }, nobody)).toBe(errorCode.NullObject);
    expect(await kit.client.fails('RopGetMessageStatus', { MessageId: id }, nobody)).toBe(errorCode.NullObject);
    expect(await kit.client.fails('RopGetMessageStatus', { MessageId: 0x10_0001n }, await kit.folder(folder.inbox))).toBe(errorCode.NotFound);
  });
});

describe('reading', () => {
  const setFlags = async (ReadFlags: number, MessageIds: readonly bigint[], WantAsynchronous = false) => kit.client.rop('RopSetReadFlags', { WantAsynchronous, ReadFlags, MessageIds }, await kit.folder(folder.inbox));
  const flagsOf = async (id: bigint): Promise<number> => Number((await kit.stored(id, ['PidTagMessageFlags']))[0]);
  /** A message that asks for a receipt, sent by Bob to Alice. */
  async function asking(): Promise<bigint> {
    await mapi.organization.deliver('From: Bob <bob@example.test>\r\nTo: alice@example.test\r\nSubject: Please\r\nDisposition-Notification-To: bob@example.test\r\n\r\nRead me\r\n', { to: ['alice@example.test'], from: 'bob@example.test' });
    const item = (await alice.items('inbox')).find(({ bag }) => bag.get('PidTagSubject') === 'Please');
    return (BigInt(item?.id ?? 0) === 0n ? 0n : midOf(item?.id ?? 0));
  }
  /** The MID that a contents table would tell. */
  function midOf(id: number): bigint {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt16LE(1);
    bytes.writeUIntBE(id, 2, 6);
    return bytes.readBigUInt64LE();
  }
  const receipts = async (): Promise<readonly string[]> => {
    await mapi.organization.settle();
    return (await new Behind(mapi, 'bob').items('inbox')).filter(({ itemClass }) => itemClass === 'REPORT.IPM.Note.IPNRN').map(({ bag }) => String(bag.get('PidTagSubject')));
  };

  it('MS-OXCMSG_R795 MS-OXCMSG_R1145 MS-OXCMSG_R822 MS-OXCMSG_R1140 MS-OXCMSG_R2045: is set and cleared; that it was once read stays', async () => {
    const ids = [await kit.saved({ PidTagMessageFlags: 0 }), await kit.saved({ PidTagMessageFlags: 0 })];
    expect([await flagsOf(ids[0] as bigint), await flagsOf(ids[1] as bigint)]).toEqual([2, 2]);
    expect((await setFlags(0, ids)).body).toEqual({ PartialCompletion: false });
    expect([await flagsOf(ids[0] as bigint), await flagsOf(ids[1] as bigint), ...await kit.stored(ids[0] as bigint, ['PidTagRead'])]).toEqual([0x403, 0x403, true]);
    await setFlags(4, ids);
    expect([await flagsOf(ids[0] as bigint), ...await kit.stored(ids[0] as bigint, ['PidTagRead'])]).toEqual([0x402, false]);
  });

  it.each([
    ['MS-OXCMSG_R815', 0x00, flag.read | flag.everRead, ['Read: Please']],
    ['MS-OXCMSG_R818', 0x01, flag.read | flag.everRead, []],
    ['MS-OXCMSG_R825', 0x10, 0, ['Read: Please']],
    ['MS-OXCMSG_R827', 0x20, 0, []],
  ] as const)('%s: a message that asks for a receipt', async (_id, ReadFlags, expected, told) => {
    const id = await asking();
    expect((await flagsOf(id)) & flag.notifyRead).toBe(flag.notifyRead);
    await setFlags(ReadFlags, [id]);
    expect((await flagsOf(id)) & (flag.read | flag.notifyRead | flag.everRead)).toBe(expected);
    expect(await receipts()).toEqual(told);
    // Nobody is told twice.
    await setFlags(4, [id]);
    await setFlags(0, [id]);
    expect(await receipts()).toEqual(told);
  });

  it('MS-OXCMSG_R829: the wish to hear of what is not read goes by itself', async () => {
    const id = await kit.saved({ PidTagNonReceiptNotificationRequested: true });
    expect((await flagsOf(id)) & flag.notifyUnread).toBe(flag.notifyUnread);
    await setFlags(0x40, [id]);
    expect((await flagsOf(id)) & flag.notifyUnread).toBe(0);
  });

  it('MS-OXCMSG_R1703 MS-OXCMSG_R1710: is no change of the message', async () => {
    const id = await kit.saved({ PidTagMessageFlags: 0 });
    const names = ['PidTagChangeKey', 'PidTagLastModificationTime'] as const;
    const before = await kit.stored(id, names);
    mapi.clock.advance(1_000);
    await setFlags(0, [id]);
    expect(await kit.stored(id, names)).toEqual(before);
    await kit.client.ok('RopSetMessageReadFlag', { ReadFlags: 4 }, await kit.open(id));
    expect([...await kit.stored(id, names), ...await kit.stored(id, ['PidTagRead'])]).toEqual([...before, false]);
  });

  it('MS-OXCMSG_R1510 MS-OXCMSG_R1512 MS-OXCMSG_R1917 MS-OXCMSG_R1705 MS-OXCMSG_R1706: is done when it is answered, asked asynchronously or not', async () => {
    const id = await kit.saved({ PidTagMessageFlags: 0 });
    expect(await setFlags(0, [id], true)).toMatchObject({ returnValue: 0, body: { PartialCompletion: false } });
    expect((await flagsOf(id)) & flag.read).toBe(flag.read);
  });

  it('MS-OXCMSG_R1514: what could not be done is told, the others are done', async () => {
    const id = await kit.saved({ PidTagMessageFlags: 0 });
    expect((await setFlags(0, [midOf(0x7777), id])).body).toEqual({ PartialCompletion: true });
    expect((await flagsOf(id)) & flag.read).toBe(flag.read);
  });

  it('MS-OXCMSG_R835 MS-OXCMSG_R537 MS-OXCMSG_R920 MS-OXCMSG_R1841 MS-OXCROPS_R2110 MS-OXCROPS_R2114: is set by the open message, too', async () => {
    const id = await kit.saved({ PidTagMessageFlags: 0 });
    const handle = await kit.open(id);
    expect((await kit.client.ok('RopSetMessageReadFlag', { ReadFlags: 1 }, handle)).body).toEqual({ ReadStatusChanged: false });
    expect([(await flagsOf(id)) & flag.read, Number(await kit.one(handle, 'PidTagMessageFlags')) & flag.read]).toEqual([1, 1]);
    await kit.set(handle, { PidTagSubject: 'And then this' });
    expect(await kit.saveFails(handle)).toBe(0);
  });

  it('MS-OXCMSG_R921 MS-OXCROPS_R2109 MS-OXCROPS_R2113: in public folders the change is told, with what the client sent', async () => {
    const store = (await kit.client.ok('RopLogon', { LogonFlags: 0, OpenFlags: 0x2 | 0x0100_0000, StoreState: 0, Essdn: '' }, undefined, 1));
    const { publicFolders } = mapi.organization;
    const top = publicFolders?.wellKnown('publicfoldersroot') as never;
    const system = publicFolders?.openAsSystem();
    const place = await system?.createFolder(top, { displayName: 'News', permissions: [{ member: 'default', rights: 0x7fb }] });
    const item = await system?.createItem(place?.id as never, { itemClass: 'IPM.Post', properties: {}, recipients: [], attachments: [], isRead: false, isAssociated: false });
    const { opened } = await kit.client.ok('RopOpenMessage', { CodePageId: 0xfff, FolderId: midOf(place?.id ?? 0), OpenModeFlags: openMode.readWrite, MessageId: midOf(item?.id ?? 0) }, store.opened);
    const ClientData = new Uint8Array(24).fill(7);
    expect((await kit.client.ok('RopSetMessageReadFlag', { ReadFlags: 1, ClientData }, opened)).body).toEqual({ ReadStatusChanged: true, LogonId: 1, ClientData });
    expect((await kit.client.ok('RopSetMessageReadFlag', { ReadFlags: 1, ClientData }, opened)).body).toEqual({ ReadStatusChanged: false });
  });

  it('of one that is not saved is its own', async () => {
    const message = await kit.create();
    await kit.client.ok('RopSetMessageReadFlag', { ReadFlags: 4 }, message);
    expect((await alice.item(await kit.save(message))).isRead).toBe(false);
  });

  it('MS-OXCMSG_R1516 MS-OXCMSG_R1521: of nothing; with flags that there are none of', async () => {
    expect(await kit.client.fails('RopSetReadFlags', { WantAsynchronous: false, ReadFlags: 0, MessageIds: [] }, nobody)).toBe(errorCode.NullObject);
    expect(await kit.client.fails('RopSetMessageReadFlag', { ReadFlags: 0 }, nobody)).toBe(errorCode.NullObject);
    expect((await setFlags(0x80, [])).returnValue).toBe(errorCode.InvalidParameter);
  });
});

describe('attachments', () => {
  const file: Values = { PidTagAttachMethod: 1, PidTagAttachLongFilename: 'Report 2026.docx', PidTagAttachDataBinary: Uint8Array.of(1, 2, 3), PidTagAttachMimeTag: 'application/msword', PidTagRenderingPosition: 17, PidTagAttachEncoding: Uint8Array.of(9) };

  it('MS-OXCMSG_R861 MS-OXCMSG_R446 MS-OXCMSG_R448 MS-OXCMSG_R451 MS-OXCMSG_R1649 MS-OXCMSG_R1650 MS-OXCMSG_R588 MS-OXCROPS_R2175: are made with what they have from the beginning', async () => {
    const message = await kit.create();
    await kit.attach(message);
    const { opened, body } = await kit.client.ok('RopCreateAttachment', {}, message);
    const got = await kit.get(opened, 'PidTagAttachNumber', 'PidTagAttachSize', 'PidTagAccessLevel', 'PidTagRenderingPosition', 'PidTagAttachMethod', 'PidTagObjectType');
    expect(got).toEqual([body.AttachmentID, 0, 0, -1, 0, 7]);
    expect(await kit.client.fails('RopOpenAttachment', { AttachmentID: body.AttachmentID, OpenAttachmentFlags: 0 }, message)).toBe(errorCode.NotFound);
    await kit.client.ok('RopSaveChangesAttachment', { SaveFlags: 2 }, opened);
    expect(await kit.client.fails('RopOpenAttachment', { AttachmentID: body.AttachmentID, OpenAttachmentFlags: 0 }, message)).toBe(0);
  });

  it('MS-OXCMSG_R2035 MS-OXCMSG_R1651: when they were made', async () => {
    const { opened } = await kit.client.ok('RopCreateAttachment', {}, await kit.create());
    const [created, modified] = await kit.get(opened, 'PidTagCreationTime', 'PidTagLastModificationTime');
    expect([typeof created, modified]).toEqual(['bigint', created]);
  });

  it('MS-OXCMSG_R875 MS-OXCMSG_R1062 MS-OXCMSG_R236 MS-OXCMSG_R590 MS-OXCMSG_R604 MS-OXCMSG_R302 MS-OXCMSG_R963: are the message\'s when they are saved, and everybody\'s when it is', async () => {
    const id = await kit.saved();
    const message = await kit.open(id);
    const number = await kit.attach(message, file);
    expect((await alice.item(id)).attachments).toEqual([]);
    expect(await kit.client.fails('RopOpenAttachment', { AttachmentID: number, OpenAttachmentFlags: 0 }, await kit.open(id))).toBe(errorCode.NotFound);
    await kit.save(message);
    const again = await kit.openAttachment(await kit.open(id), number);
    expect(await kit.get(again, ...Object.keys(file) as PropertyName[], 'PidTagAttachExtension', 'PidTagAttachFilename', 'PidTagAttachSize')).toEqual([...Object.values(file), '.docx', 'Report~1.doc', 3]);
    const [stored] = (await alice.item(id)).attachments;
    expect(stored).toMatchObject({ kind: 'file', name: 'Report 2026.docx', contentType: 'application/msword', isInline: false, size: 3 });
  });

  it('MS-OXCMSG_R853 MS-OXCMSG_R436 MS-OXCMSG_R918 MS-OXCMSG_R919: are opened by number', async () => {
    const id = await kit.saved();
    const message = await kit.open(id);
    const number = await kit.attach(message, file);
    await kit.save(message);
    for (const [mode, level, code] of [[openMode.readOnly, 0, errorCode.AccessDenied], [openMode.readWrite, 1, 0], [openMode.bestAccess, 1, 0]] as const) {
      const attachment = await kit.openAttachment(message, number, mode);
      expect([await kit.one(attachment, 'PidTagAccessLevel'), await kit.one(attachment, 'PidTagAttachLongFilename')]).toEqual([level, 'Report 2026.docx']);
      expect(await kit.client.fails('RopSetProperties', { PropertyValues: await kit.tagged({ PidTagAttachLongFilename: 'new.txt' }) }, attachment)).toBe(code);
    }
    const readOnly = await kit.open(id, openMode.readOnly);
    expect(await kit.client.fails('RopOpenAttachment', { AttachmentID: number, OpenAttachmentFlags: openMode.readWrite }, readOnly)).toBe(errorCode.AccessDenied);
    expect(await kit.one(await kit.openAttachment(readOnly, number, openMode.bestAccess), 'PidTagAccessLevel')).toBe(0);
  });

  it('MS-OXCMSG_R868 MS-OXCMSG_R1523: are deleted, for everybody once the message is saved', async () => {
    const message = await kit.create();
    const number = await kit.attach(message, file);
    const id = await kit.save(message);
    await kit.client.ok('RopDeleteAttachment', { AttachmentID: number }, message);
    expect([await kit.client.fails('RopOpenAttachment', { AttachmentID: number, OpenAttachmentFlags: 0 }, message), (await alice.item(id)).attachments.length]).toEqual([errorCode.NotFound, 1]);
    await kit.save(message);
    expect((await alice.item(id)).attachments).toEqual([]);
  });

  it('MS-OXCMSG_R1836: have numbers of their own, never one again', async () => {
    const message = await kit.create();
    const first = await kit.attach(message);
    const second = await kit.attach(message);
    await kit.client.ok('RopDeleteAttachment', { AttachmentID: second }, message);
    const third = await kit.attach(message);
    expect(new Set([first, second, third]).size).toBe(3);
  });

  it.each<[string, Values]>([
    ['MS-OXCMSG_R1078', { PidTagObjectType: 5 }], ['MS-OXCMSG_R1078', { PidTagRecordKey: Uint8Array.of(7) }], ['MS-OXCMSG_R1078', { PidTagAccessLevel: 0 }], ['MS-OXCMSG_R231', { PidTagAttachSize: 7 }], ['PidTagAttachNumber', { PidTagAttachNumber: 7 }],
  ])('%s: %j is refused', async (_id, values) => {
    const message = await kit.create();
    const attachment = await kit.openAttachment(message, await kit.attach(message, file));
    const before = await kit.get(attachment, ...Object.keys(values) as PropertyName[]);
    expect(await kit.set(attachment, values)).toEqual([errorCode.ComputedValue]);
    expect(await kit.get(attachment, ...Object.keys(values) as PropertyName[])).toEqual(before);
  });

  it.each<[string, Values]>([
    ['MS-OXCMSG_R592', { PidTagAttachMethod: 2, PidTagAttachLongPathname: '\\\\files\\all\\a.txt' }], ['MS-OXCMSG_R594', { PidTagAttachMethod: 4, PidTagAttachLongPathname: 'c:\\a.txt' }],
    ['MS-OXCMSG_R59801 MS-OXCMSG_R59802 MS-OXCMSG_R128002 MS-OXCMSG_R128003 MS-OXCMSG_R128004', { PidTagAttachMethod: 7, PidTagAttachLongPathname: 'https://elsewhere.test/a.txt', PidNameAttachmentProviderType: 'OneDrivePro' }],
    ['MS-OXCMSG_R128005 MS-OXCMSG_R128006', { PidTagAttachMethod: 7, PidNameAttachmentProviderType: 'OneDriveConsumer' }],
    ['MS-OXCMSG_R128009 MS-OXCMSG_R128010 MS-OXCMSG_R128017 MS-OXCMSG_R128018', { PidNameAttachmentOriginalPermissionType: 0, PidNameAttachmentPermissionType: 0 }],
    ['MS-OXCMSG_R128011 MS-OXCMSG_R128012 MS-OXCMSG_R128019 MS-OXCMSG_R128020', { PidNameAttachmentOriginalPermissionType: 1, PidNameAttachmentPermissionType: 1 }],
    ['MS-OXCMSG_R128013 MS-OXCMSG_R128014 MS-OXCMSG_R128021 MS-OXCMSG_R128022', { PidNameAttachmentOriginalPermissionType: 2, PidNameAttachmentPermissionType: 2 }],
    ['MS-OXCMSG_R953', { PidTagAttachTag: Uint8Array.of(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x14, 0x03, 0x0a, 0x01) }],
    ['MS-OXCMSG_R954', { PidTagAttachTag: Uint8Array.of(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x14, 0x03, 0x0a, 0x03, 0x02, 0x01) }],
    ['MS-OXCMSG_R955', { PidTagAttachTag: Uint8Array.of(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x14, 0x03, 0x0a, 0x04) }],
    ['MS-OXCMSG_R2031', { PidTagAttachFlags: 1 }], ['MS-OXCMSG_R2032', { PidTagAttachFlags: 2 }], ['MS-OXCMSG_R2033', { PidTagAttachFlags: 4 }],
    ['MS-OXCMSG_R964', { PidTagAttachContentId: 'picture@here' }], ['MS-OXCMSG_R965 MS-OXCMSG_R967', { PidTagAttachContentLocation: 'a/b.png', PidTagAttachContentBase: 'https://elsewhere.test/' }],
    ['MS-OXCMSG_R1284 MS-OXCMSG_R1286', { PidTagAttachPayloadClass: 'A.Class', PidTagAttachPayloadProviderGuidString: '{00000000-0000-0000-0000-000000000001}' }],
    ['attachments of OLE', { PidTagAttachMethod: 6, PidTagAttachDataObject: Uint8Array.of(0xd0, 0xcf) }], ['pictures of contacts', { PidTagAttachmentContactPhoto: true }], ['what nobody knows', { '0x6001:Integer32': 9, PidTagAttachTransportName: 't' }],
  ])('%s: %j is kept', async (_ids, values) => {
    const message = await kit.create();
    const number = await kit.attach(message, values);
    const id = await kit.save(message);
    const names = Object.keys(values) as PropertyName[];
    expect(await kit.get(await kit.openAttachment(await kit.open(id), number), ...names)).toEqual(Object.values(values));
  });

  it('MS-OXCMSG_R2033: what is shown in the body is inline for other protocols', async () => {
    const message = await kit.create();
    await kit.attach(message, { PidTagAttachFlags: 4, PidTagAttachContentId: 'x@y' });
    expect((await alice.item(await kit.save(message))).attachments).toMatchObject([{ isInline: true, contentId: 'x@y' }]);
  });

  it('MS-OXCMSG_R890 MS-OXCMSG_R490 MS-OXCMSG_R312 MS-OXCMSG_R905 MS-OXCMSG_R906 MS-OXCMSG_R907: stand in a table', async () => {
    const message = await kit.create();
    const numbers = [await kit.attach(message, { PidTagAttachLongFilename: 'ä.txt' }), await kit.attach(message, { PidTagAttachLongFilename: 'b.txt' })];
    for (const TableFlags of [0x00, 0x40]) {
      const { opened } = await kit.client.ok('RopGetAttachmentTable', { TableFlags }, message);
      await kit.client.ok('RopSetColumns', { SetColumnsFlags: 0, PropertyTags: await kit.tags(['PidTagAttachNumber', 'PidTagAttachLongFilename', 'PidTagAttachMethod']) }, opened);
      expect(await kit.client.rows(opened)).toEqual([[{ value: numbers[0] }, { value: 'ä.txt' }, { value: 0 }], [{ value: numbers[1] }, { value: 'b.txt' }, { value: 0 }]]);
    }
  });

  it('MS-OXCMSG_R466 MS-OXCMSG_R467: are saved with flags that go together, and are attachments', async () => {
    const message = await kit.create();
    const { opened } = await kit.client.ok('RopCreateAttachment', {}, message);
    expect(await kit.client.fails('RopSaveChangesAttachment', { SaveFlags: 3 }, opened)).toBe(errorCode.NotSupported);
    expect(await kit.client.fails('RopSaveChangesAttachment', { SaveFlags: saveFlag.forceSave }, message)).toBe(errorCode.NotSupported);
  });

  it.each<[string, 'RopOpenAttachment' | 'RopCreateAttachment' | 'RopDeleteAttachment' | 'RopGetAttachmentTable' | 'RopOpenEmbeddedMessage', object]>([
    ['MS-OXCMSG_R1620', 'RopOpenAttachment', { AttachmentID: 0, OpenAttachmentFlags: 0 }], ['MS-OXCMSG_R1712', 'RopCreateAttachment', {}], ['MS-OXCMSG_R1524', 'RopDeleteAttachment', { AttachmentID: 0 }],
    ['MS-OXCMSG_R1526', 'RopGetAttachmentTable', { TableFlags: 0 }], ['MS-OXCMSG_R1525', 'RopOpenEmbeddedMessage', { CodePageId: 0xfff, OpenModeFlags: 1 }],
  ])('%s: %s of nothing', async (_id, name, request) => expect(await kit.client.fails(name, request, nobody)).toBe(errorCode.NullObject));

  it.each<[string, 'RopOpenAttachment' | 'RopDeleteAttachment', object]>([
    ['MS-OXCMSG_R440', 'RopOpenAttachment', { AttachmentID: 9, OpenAttachmentFlags: 0 }], ['MS-OXCMSG_R1063', 'RopDeleteAttachment', { AttachmentID: 9 }],
  ])('%s: %s of a number that there is none of', async (_id, name, request) => expect(await kit.client.fails(name, request, await kit.create())).toBe(errorCode.NotFound));

  it('RopGetValidAttachments is of Exchange 2007', async () => expect(await kit.client.fails('RopGetValidAttachments', {}, await kit.create())).toBe(errorCode.NotSupported));
});

describe('messages within messages', () => {
  it('MS-OXCMSG_R881 MS-OXCMSG_R913 MS-OXCMSG_R481 MS-OXCMSG_R596: are made in an attachment, and saved from the inside out', async () => {
    const message = await kit.create({ PidTagSubject: 'Outer' });
    const { opened, body: { AttachmentID } } = await kit.client.ok('RopCreateAttachment', {}, message);
    const inner = await kit.openEmbedded(opened);
    await kit.set(inner, { PidTagSubject: 'RE: Inner', PidTagBody: 'Within' });
    await kit.address(inner, [{ name: 'Bob' }]);
    await kit.client.ok('RopSaveChangesAttachment', { SaveFlags: 2 }, opened);
    expect(await kit.one(opened, 'PidTagAttachMethod')).toBe(0);
    await kit.save(inner);
    expect(await kit.one(opened, 'PidTagAttachMethod')).toBe(5);
    await kit.client.ok('RopSaveChangesAttachment', { SaveFlags: 2 }, opened);
    const id = await kit.save(message);
    const [attachment] = (await alice.item(id)).attachments;
    expect(attachment?.kind === 'item' && [attachment.item.bag.get('PidTagSubject'), attachment.item.recipients.length, attachment.item.body?.native]).toEqual(['RE: Inner', 1, 'text']);
    const again = await kit.openEmbedded(await kit.openAttachment(await kit.open(id), AttachmentID), openMode.readWrite);
    expect(await kit.get(again, 'PidTagSubject', 'PidTagSubjectPrefix', 'PidTagBody')).toEqual(['RE: Inner', 'RE: ', 'Within']);
    expect((await kit.client.ok('RopReloadCachedInformation', {}, again)).body).toMatchObject({ SubjectPrefix: 'RE: ', NormalizedSubject: 'Inner', RecipientCount: 1 });
  });

  it.each([['MS-OXCMSG_R3013', openMode.readOnly], ['MS-OXCMSG_R912', openMode.readWrite]])('%s: are open for writing', async (_id, mode) => {
    const message = await kit.create();
    const { opened } = await kit.client.ok('RopCreateAttachment', {}, message);
    await kit.save(await kit.openEmbedded(opened));
    const inner = await kit.openEmbedded(opened, mode);
    expect(await kit.one(inner, 'PidTagAccessLevel')).toBe(1);
    await kit.set(inner, { PidTagSubject: 'New' });
    expect(await kit.saveFails(inner)).toBe(0);
  });

  it('MS-OXCMSG_R1068: are refused in a code page that there is none of; what holds none has none to open', async () => {
    const { opened } = await kit.client.ok('RopCreateAttachment', {}, await kit.create());
    expect(await kit.client.fails('RopOpenEmbeddedMessage', { CodePageId: 0x0f, OpenModeFlags: openMode.create }, opened)).toBe(errorCode.UnknownCodePage);
    expect(await kit.client.fails('RopOpenEmbeddedMessage', { CodePageId: 0xfff, OpenModeFlags: openMode.readWrite }, opened)).toBe(errorCode.NotFound);
  });

  it('three deep, each from within', async () => {
    const message = await kit.create({ PidTagSubject: '0' });
    const first = (await kit.client.ok('RopCreateAttachment', {}, message)).opened;
    const one = await kit.openEmbedded(first);
    await kit.set(one, { PidTagSubject: '1' });
    const second = (await kit.client.ok('RopCreateAttachment', {}, one)).opened;
    const two = await kit.openEmbedded(second);
    await kit.set(two, { PidTagSubject: '2' });
    await kit.save(two);
    await kit.client.ok('RopSaveChangesAttachment', { SaveFlags: 2 }, second);
    await kit.save(one);
    await kit.client.ok('RopSaveChangesAttachment', { SaveFlags: 2 }, first);
    const item = await alice.item(await kit.save(message));
    const [outer] = item.attachments;
    const [deep] = outer?.kind === 'item' ? outer.item.attachments : [];
    expect(deep?.kind === 'item' && deep.item.bag.get('PidTagSubject')).toBe('2');
  });
});
