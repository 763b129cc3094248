import { errorCode } from '@fauxchange/mapi-wire';
import type { PropertyName } from '@fauxchange/properties';
import { createMapiHttpEmulator, type MapiHttpEmulator } from '../src/index.ts';
import { Behind } from './support/items.ts';
import { folder, MessageKit, openMode } from './support/message-kit.ts';
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
const mode = { readOnly: 0, readWrite: 1, create: 2, best: 3 } as const;
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));
const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf16le'));
const mine: PropertyName = '0x6001:Binary';
const blob = 0x6001_0102;

const open = async (handle: number, PropertyTag = blob, OpenModeFlags: number = mode.create) => kit.client.ok('RopOpenStream', { PropertyTag, OpenModeFlags }, handle);
const opening = async (handle: number, PropertyTag = blob, OpenModeFlags: number = mode.create) => kit.client.fails('RopOpenStream', { PropertyTag, OpenModeFlags }, handle);
const write = async (stream: number, Data: Uint8Array) => (await kit.client.ok('RopWriteStream', { Data }, stream)).body.WrittenSize;
const read = async (stream: number, ByteCount = 1_000) => (await kit.client.ok('RopReadStream', { ByteCount }, stream)).body.Data;
const seek = async (stream: number, Origin: number, Offset: bigint) => kit.client.rop('RopSeekStream', { Origin, Offset }, stream);
const size = async (stream: number) => (await kit.client.ok('RopGetStreamSize', {}, stream)).body.StreamSize;
const back = (stream: number) => seek(stream, 0, 0n);
const textOf = (data: Uint8Array): string => Buffer.from(data).toString('utf8');

/** A message with a value of ten bytes, saved. */
async function ten(): Promise<{ readonly id: bigint; readonly message: number }> {
  const id = await kit.saved({ [mine]: bytes('0123456789') });
  return { id, message: await kit.open(id) };
}

describe('opening', () => {
  it.each<[string, 'message' | 'attachment', number]>([
    ['MS-OXCPRPT_R25506', 'message', 0x6001_0102], ['MS-OXCPRPT_R25509', 'message', 0x6001_001f], ['MS-OXCPRPT_R25507', 'message', 0x6001_000d],
    ['MS-OXCPRPT_R25502', 'attachment', 0x6001_0102], ['MS-OXCPRPT_R25503', 'attachment', 0x3701_000d], ['MS-OXCPRPT_R25505', 'attachment', 0x6001_001f],
  ])('%s: of a %s: 0x%s', async (_id, kind, tag) => {
    const message = await kit.create();
    const handle = kind === 'message' ? message : (await kit.client.ok('RopCreateAttachment', {}, message)).opened;
    if (tag === 0x3701_000d) await kit.set(handle, { PidTagAttachMethod: 6 });
    const { opened, body } = await open(handle, tag);
    expect(body.StreamSize).toBe(0);
    await write(opened, utf16('some'));
    await kit.client.ok('RopCommitStream', {}, opened);
    const again = await open(handle, tag, mode.readOnly);
    expect([again.body.StreamSize, await read(again.opened)]).toEqual([8, utf16('some')]);
  });

  it('MS-OXCPRPT_R267 MS-OXCPRPT_R885 MS-OXCPRPT_R901: for reading only', async () => {
    const { message } = await ten();
    const { opened, body } = await open(message, blob, mode.readOnly);
    expect([body.StreamSize, textOf(await read(opened))]).toEqual([10, '0123456789']);
    expect(await kit.client.rop('RopWriteStream', { Data: bytes('x') }, opened)).toMatchObject({ returnValue: 0x8003_0005, body: { WrittenSize: 0 } });
    expect(await kit.client.fails('RopSetStreamSize', { StreamSize: 3n }, opened)).toBe(0x8003_0005);
  });

  it('MS-OXCPRPT_R269 MS-OXCPRPT_R885: for reading and writing', async () => {
    const { message } = await ten();
    const { opened } = await open(message, blob, mode.readWrite);
    await write(opened, bytes('ab'));
    await back(opened);
    expect(textOf(await read(opened))).toBe('ab23456789');
  });

  it('MS-OXCPRPT_R885: anew, so that nothing of the old value is left', async () => {
    const { message } = await ten();
    expect((await open(message, blob, mode.create)).body.StreamSize).toBe(0);
    expect(await kit.one(message, mine)).toEqual(new Uint8Array(0));
  });

  it('with the best access: as the object is open', async () => {
    const { id } = await ten();
    const stream = (await open(await kit.open(id, openMode.readOnly), blob, mode.best)).opened;
    expect(await kit.client.fails('RopWriteStream', { Data: bytes('x') }, stream)).toBe(errorCode.StreamAccessDenied);
    expect(await opening(await kit.open(id, openMode.readOnly), blob, mode.readWrite)).toBe(errorCode.AccessDenied);
  });

  it.each<[string, () => Promise<number>, number]>([
    ['MS-OXCPRPT_R891: what is not there', async () => opening(await kit.create(), blob, mode.readWrite), 0x8004_010f], ['a number', async () => opening(await kit.create(), 0x6001_0003), errorCode.NotSupported],
    ['a logon', () => opening(kit.logon), errorCode.NotSupported], ['nothing', () => opening(nobody), errorCode.NullObject], ['a mode that there is none of', async () => opening(await kit.create(), blob, 9), errorCode.InvalidParameter],
  ])('%s is refused', async (_what, answer, code) => expect(await answer()).toBe(code));

  it('texts: Unicode, or in the code page of the session', async () => {
    const message = await kit.create({ PidTagBody: 'Grüße' });
    expect(await read((await open(message, 0x1000_001f, mode.readOnly)).opened)).toEqual(utf16('Grüße'));
    expect(await read((await open(message, 0x1000_001e, mode.readOnly)).opened)).toEqual(new Uint8Array(Buffer.from('Grüße', 'latin1')));
    const stream = (await open(message, 0x1000_001e)).opened;
    await write(stream, new Uint8Array(Buffer.from('Ölig\0', 'latin1')));
    await kit.client.ok('RopCommitStream', {}, stream);
    expect(await kit.one(message, 'PidTagBody')).toBe('Ölig');
  });
});

describe('reading', () => {
  it('MS-OXCROPS_R3227: so many bytes as ByteCount says, from where the last read ended', async () => {
    const { message } = await ten();
    const stream = (await open(message, blob, mode.readOnly)).opened;
    expect([textOf(await read(stream, 4)), textOf(await read(stream, 4)), textOf(await read(stream, 4)), textOf(await read(stream, 4))]).toEqual(['0123', '4567', '89', '']);
  });

  it('MS-OXCROPS_R3228: as MaximumByteCount says where ByteCount is 0xBABE', async () => {
    const { message } = await ten();
    const stream = (await open(message, blob, mode.readOnly)).opened;
    const { body } = await kit.client.ok('RopReadStream', { ByteCount: 0xbabe, MaximumByteCount: 7 }, stream);
    expect(textOf(body.Data)).toBe('0123456');
  });

  it('as many as have room', async () => {
    const message = await kit.create();
    const stream = (await open(message)).opened;
    for (let at = 0; at < 4; at++) await write(stream, new Uint8Array(30_000).fill(at));
    await back(stream);
    const { body } = await kit.client.ok('RopReadStream', { ByteCount: 0xbabe, MaximumByteCount: 1_000_000 }, stream);
    expect([body.Data.length > 32_000, body.Data.length < 0x8000, await size(stream)]).toEqual([true, true, 120_000]);
  });

  it('MS-OXCPRPT_R88601: nothing, where it fails', async () => expect(await kit.client.rop('RopReadStream', { ByteCount: 7 }, nobody)).toMatchObject({ returnValue: errorCode.NullObject, body: { Data: new Uint8Array(0) } }));
});

describe('writing', () => {
  it.each(['RopWriteStream', 'RopWriteStreamExtended'] as const)('%s goes on from where it ended, and is the handle\'s at once', async (rop) => {
    const message = await kit.create();
    const stream = (await open(message)).opened;
    expect((await kit.client.ok(rop, { Data: bytes('abc') }, stream)).body).toEqual({ WrittenSize: 3 });
    await kit.client.ok(rop, { Data: bytes('def') }, stream);
    expect(await kit.one(message, mine)).toEqual(bytes('abcdef'));
  });

  it('MS-OXCPRPT_R305 MS-OXCPRPT_R56403: a message\'s is everybody\'s when it is saved', async () => {
    const { id, message } = await ten();
    const stream = (await open(message)).opened;
    await write(stream, bytes('new'));
    await kit.client.ok('RopCommitStream', {}, stream);
    expect(await kit.stored(id, [mine])).toEqual([bytes('0123456789')]);
    await kit.save(message);
    expect(await kit.stored(id, [mine])).toEqual([bytes('new')]);
  });

  it('MS-OXCPRPT_R56404: an attachment\'s when both are', async () => {
    const id = await kit.saved();
    const message = await kit.open(id);
    const { opened: attachment, body: { AttachmentID } } = await kit.client.ok('RopCreateAttachment', {}, message);
    const stream = (await open(attachment, 0x3701_0102)).opened;
    await write(stream, bytes('content'));
    await kit.client.ok('RopSaveChangesAttachment', { SaveFlags: 2 }, attachment);
    expect((await alice.item(id)).attachments).toEqual([]);
    await kit.save(message);
    const [stored] = (await alice.item(id)).attachments;
    expect(stored?.kind === 'file' && textOf(await stored.content.read())).toBe('content');
    expect(await kit.one(await kit.openAttachment(message, AttachmentID), 'PidTagAttachSize')).toBe(7);
  });

  it('is not lost if the stream is closed, or left open, without a word', async () => {
    const id = await kit.saved();
    const message = await kit.open(id);
    const closed = (await open(message)).opened;
    await write(closed, bytes('closed'));
    await kit.client.rop('RopRelease', {}, closed);
    const left = (await open(message, 0x6002_0102)).opened;
    await write(left, bytes('left'));
    await kit.save(message);
    expect(await kit.stored(id, [mine, '0x6002:Binary'])).toEqual([bytes('closed'), bytes('left')]);
  });

  it('MS-OXCPRPT_R90102 MS-OXCPRPT_R55707: beyond what a stream may have', async () => {
    const stream = (await open(await kit.create())).opened;
    await seek(stream, 0, 36n * 1024n * 1024n - 2n);
    expect(await kit.client.rop('RopWriteStream', { Data: bytes('abc') }, stream)).toMatchObject({ returnValue: 0x8004_0305, body: { WrittenSize: 0 } });
    expect(await kit.client.fails('RopSetStreamSize', { StreamSize: 1n << 40n }, stream)).toBe(0x8004_0305);
  });

  it('streams of one session together take so much memory and no more', async () => {
    const codes: number[] = [];
    for (let at = 0; at < 10; at++) codes.push(await kit.client.fails('RopSetStreamSize', { StreamSize: 36n * 1024n * 1024n }, (await open(await kit.create())).opened));
    expect([codes[0], codes.at(-1)]).toEqual([0, errorCode.OutOfMemory]);
  });
});

describe('sizes and places', () => {
  it.each([['MS-OXCPRPT_R322 MS-OXCPRPT_R32801 MS-OXCPRPT_R57705 MS-OXCPRPT_R57706', 13n, '0123456789\0\0\0'], ['MS-OXCPRPT_R57707', 4n, '0123']])('%s: a new size', async (_ids, StreamSize, expected) => {
    const { message } = await ten();
    const stream = (await open(message, blob, mode.readWrite)).opened;
    await kit.client.ok('RopSetStreamSize', { StreamSize }, stream);
    expect(await size(stream)).toBe(Number(StreamSize));
    await back(stream);
    expect(textOf(await read(stream))).toBe(expected);
  });

  it('what was cut off does not come back', async () => {
    const { message } = await ten();
    const stream = (await open(message, blob, mode.readWrite)).opened;
    for (const StreamSize of [4n, 6n]) await kit.client.ok('RopSetStreamSize', { StreamSize }, stream);
    await back(stream);
    expect(textOf(await read(stream))).toBe('0123\0\0');
  });

  it.each([[0, 3n, 3n], [1, 1n, 5n], [2, -4n, 6n], [2, 0n, 10n], [0, 0n, 0n]])('from %d by %d is %d', async (origin, offset, expected) => {
    const { message } = await ten();
    const stream = (await open(message, blob, mode.readOnly)).opened;
    await read(stream, 4);
    expect((await seek(stream, origin, offset)).body).toEqual({ NewPosition: expected });
    expect(textOf(await read(stream))).toBe('0123456789'.slice(Number(expected)));
  });

  it('MS-OXCPRPT_R583: beyond the end the stream is longer', async () => {
    const { message } = await ten();
    const stream = (await open(message, blob, mode.readWrite)).opened;
    await seek(stream, 0, 12n);
    expect(await size(stream)).toBe(12);
    await write(stream, bytes('x'));
    expect(await kit.one(message, mine)).toEqual(bytes('0123456789\0\0x'));
  });

  it.each([
    ['MS-OXCPRPT_R582', 0, 1n << 31n, 0x8003_0019], ['MS-OXCPRPT_R582', 0, 1n << 40n, 0x8003_0019], ['before the beginning', 1, -1n, 0x8003_0019], ['from nowhere', 3, 0n, 0x8003_0057],
  ])('%s: from %d by %d is refused', async (_id, origin, offset, code) => {
    const { message } = await ten();
    expect((await seek((await open(message, blob, mode.readOnly)).opened, origin, offset)).returnValue).toBe(code);
  });
});

describe('copying', () => {
  it('MS-OXCPRPT_R592 MS-OXCPRPT_R867091: moves both places on', async () => {
    const { message } = await ten();
    const source = (await open(message, blob, mode.readOnly)).opened;
    const target = (await open(message, 0x6002_0102)).opened;
    await read(source, 2);
    const copy = (ByteCount: bigint) => kit.client.ok('RopCopyToStream', { ByteCount }, source, undefined, target);
    expect((await copy(3n)).body).toEqual({ ReadByteCount: 3n, WrittenByteCount: 3n });
    expect((await copy(100n)).body).toEqual({ ReadByteCount: 5n, WrittenByteCount: 5n });
    expect(await kit.one(message, '0x6002:Binary')).toEqual(bytes('23456789'));
  });

  it('MS-OXCPRPT_R895: to nothing, or to what is no stream', async () => {
    const { message } = await ten();
    const source = (await open(message, blob, mode.readOnly)).opened;
    expect(await kit.client.rop('RopCopyToStream', { ByteCount: 1n }, source, undefined, nobody)).toMatchObject({ returnValue: 0x503, body: { DestHandleIndex: 1 } });
    expect((await kit.client.rop('RopCopyToStream', { ByteCount: 1n }, source, undefined, message)).returnValue).toBe(errorCode.NotSupported);
  });
});

it.each<['RopLockRegionStream' | 'RopUnlockRegionStream' | 'RopWriteAndCommitStream' | 'RopCloneStream', object]>([
  ['RopLockRegionStream', { RegionOffset: 0n, RegionSize: 1n, LockFlags: 0 }], ['RopUnlockRegionStream', { RegionOffset: 0n, RegionSize: 1n, LockFlags: 0 }], ['RopWriteAndCommitStream', { Data: bytes('x') }], ['RopCloneStream', {}],
])('%s is of Exchange 2007 and before', async (name, request) => {
  const { message } = await ten();
  expect(await kit.client.fails(name, request, (await open(message, blob, mode.readWrite)).opened)).toBe(errorCode.NotSupported);
});

describe('folders', () => {
  it('MS-OXCPRPT_R56405: have what is written when it is committed, or the stream is closed', async () => {
    const inbox = await kit.folder(folder.inbox);
    const [committed, closed] = [(await open(inbox)).opened, (await open(inbox, 0x6002_0102)).opened];
    await write(committed, bytes('committed'));
    await write(closed, bytes('closed'));
    const stored = async () => kit.get(await kit.folder(folder.inbox), mine, '0x6002:Binary');
    expect(await stored()).toEqual([undefined, undefined]);
    await kit.client.ok('RopCommitStream', {}, committed);
    expect(await stored()).toEqual([bytes('committed'), undefined]);
    await kit.client.rop('RopRelease', {}, closed);
    expect(await stored()).toEqual([bytes('committed'), bytes('closed')]);
  });

  it('that are public are read only', async () => {
    const { opened, body: { FolderIds } } = await kit.client.ok('RopLogon', { LogonFlags: 0, OpenFlags: 0x2 | 0x0100_0000, StoreState: 0, Essdn: '' }, undefined, 1);
    const place = (await kit.client.ok('RopOpenFolder', { FolderId: FolderIds[1] as bigint, OpenModeFlags: 0 }, opened)).opened;
    expect([await opening(place), await opening(place, blob, mode.readOnly)]).toEqual([errorCode.NotSupported, errorCode.NotFound]);
  });
});
