import { MailboxError, rights, valueOf, type Folder, type Item } from '@fauxchange/mailbox';
import { errorCode, isMarker, metaTagOfStream, streamRoots, type FolderContent, type MessageContent, type MessageList, type PropList, type StreamElement, type StreamRoot } from '@fauxchange/mapi-wire';
import { createMapiHttpEmulator, type MapiHttpEmulator } from '../src/index.ts';
import { stateIn, tagsOf, valueIn, type Downloaded } from './support/ics-client.ts';
import { fid, PlayFolder, wire } from './support/play-folder.ts';

const tag = { subject: 0x0037_001f, name: 0x3001_001f, mid: 0x674a_0014, fid: 0x6748_0014, body: 0x1000_001f, html: 0x1013_0102, rtf: 0x1009_0102, sourceKey: 0x65e0_0102, changeKey: 0x65e2_0102, changeList: 0x65e3_0102, lastModified: 0x3008_0040, original: 0x3a12_0102, attachNumber: 0x0e21_0003, data: 0x3701_0102 } as const;
const sub = { recipients: 0x0e12_000d, attachments: 0x0e13_000d, embedded: 0x3701_000d, contents: 0x360f_000d, associated: 0x3610_000d, hierarchy: 0x360e_000d } as const;
const { FXDelProp } = metaTagOfStream;
const operation = { CopyTo: 1, CopyProperties: 2, CopyMessages: 3, CopyFolder: 4 } as const;

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

const openMessage = async ({ id, folderId }: Item, OpenModeFlags = 0): Promise<number> => (await play.rops.ok('RopOpenMessage', { CodePageId: 0xfff, FolderId: fid(folderId), OpenModeFlags, MessageId: fid(id) }, play.logon)).opened;
const openAttachment = async (message: number, AttachmentID: number): Promise<number> => (await play.rops.ok('RopOpenAttachment', { OpenAttachmentFlags: 0, AttachmentID }, message)).opened;

type Copied<T> = Promise<Downloaded<T>>;
const copyTo = async <T>(handle: number, root: StreamRoot<T>, over: { readonly Level?: number; readonly CopyFlags?: number; readonly SendOptions?: number; readonly PropertyTags?: readonly number[] } = {}): Copied<T> =>
  play.ics.download((await play.rops.ok('RopFastTransferSourceCopyTo', { Level: 0, CopyFlags: 0, SendOptions: 1, PropertyTags: [], ...over }, handle)).opened, root);
const copyProperties = async <T>(handle: number, root: StreamRoot<T>, PropertyTags: readonly number[], over: { readonly Level?: number; readonly CopyFlags?: number } = {}): Copied<T> =>
  play.ics.download((await play.rops.ok('RopFastTransferSourceCopyProperties', { Level: 0, CopyFlags: 0, SendOptions: 1, PropertyTags, ...over }, handle)).opened, root);
const copyMessages = async (items: readonly Pick<Item, 'id'>[], CopyFlags = 0, SendOptions = 1, over: { readonly ics: PlayFolder['ics']; readonly handle: number } = play): Copied<MessageList> =>
  over.ics.download((await over.ics.rops.ok('RopFastTransferSourceCopyMessages', { MessageIds: items.map(({ id }) => fid(id)), CopyFlags, SendOptions }, over.handle)).opened, streamRoots.messageList);
const copyFolder = async (handle: number, CopyFlags = 0, ics = play.ics): Copied<FolderContent> => ics.download((await ics.rops.ok('RopFastTransferSourceCopyFolder', { CopyFlags, SendOptions: 1 }, handle)).opened, streamRoots.topFolder);

const deleted = (elements: readonly StreamElement[]): readonly number[] => elements.flatMap((one) => (!isMarker(one) && one.tag === FXDelProp ? [(one.value as number) >>> 0] : []));
const messages = (list: MessageList): readonly (MessageContent | undefined)[] => list.map((one) => ('ecWarning' in one ? undefined : one));
const subjects = (list: MessageList): readonly unknown[] => messages(list).map((one) => valueIn(one?.propList, tag.subject));

/** A folder with a message, a hidden one, and a folder with another message. */
const filled = async (): Promise<{ readonly one: Item; readonly hidden: Item; readonly below: Folder }> => {
  const [one, hidden] = [await play.whole(), await play.message({ PidTagSubject: 'Hidden' }, { isAssociated: true })];
  const below = await play.session.createFolder(play.folder.id, { displayName: 'Below', folderClass: 'IPF.Contact' });
  await play.session.createItem(below.id, { itemClass: 'IPM.Contact', recipients: [], attachments: [], isRead: true, isAssociated: false, properties: { PidTagSubject: 'Deep' } });
  return { one, hidden, below };
};

describe('RopFastTransferSourceCopyTo', () => {
  it('MS-OXCFXICS_R361 MS-OXCFXICS_R384 MS-OXCFXICS_R3326: a message with what is in it', async () => {
    const { value } = await copyTo(await openMessage(await play.whole()), streamRoots.messageContent);
    expect([valueIn(value.propList, tag.subject), valueIn(value.propList, tag.body), value.recipients.length, value.attachments.length]).toEqual(['RE: Whole', 'Hello', 2, 2]);
    expect(valueIn(value.attachments[1]?.embeddedMessage?.propList, tag.subject)).toBe('Inner');
  });

  it('MS-OXCFXICS_R3324: a folder', async () => {
    await filled();
    const { value } = await copyTo(play.handle, streamRoots.folderContent);
    expect([tagsOf(value.propList).slice(0, 2), subjects(value.messages), value.subFolders.map(({ propList, messages: list }) => [valueIn(propList, tag.name), subjects(list)])]).toEqual([[tag.fid, tag.name], ['Hidden', 'RE: Whole'], [['Below', ['Deep']]]]);
  });

  it('MS-OXCFXICS_R3328: an attachment', async () => {
    const message = await openMessage(await play.whole());
    const file = await copyTo(await openAttachment(message, 0), streamRoots.attachmentContent);
    expect([file.value.propList[0], Buffer.from(valueIn(file.value.propList, tag.data) as Uint8Array).toString()]).toEqual([{ tag: tag.attachNumber, value: 0 }, 'note']);
    const inner = await copyTo(await openAttachment(message, 1), streamRoots.attachmentContent);
    expect(valueIn(inner.value.embeddedMessage?.propList, tag.subject)).toBe('Inner');
  });

  it('MS-OXCFXICS_R3439 MS-OXCFXICS_R3440: subobjects are copied unless PropertyTags name them', async () => {
    const message = await openMessage(await play.whole());
    const some = await copyTo(message, streamRoots.messageContent, { PropertyTags: [sub.attachments, tag.subject] });
    expect([some.value.recipients.length, some.value.attachments.length, valueIn(some.value.propList, tag.subject)]).toEqual([2, 0, undefined]);
    await filled();
    const folder = await copyTo(play.handle, streamRoots.folderContent, { PropertyTags: [sub.associated, sub.hierarchy, tag.name] });
    expect([subjects(folder.value.messages), folder.value.subFolders, valueIn(folder.value.propList, tag.name)]).toEqual([['RE: Whole', 'RE: Whole'], [], undefined]);
  });

  it('MS-OXCFXICS_R3441: another Level copies none', async () => {
    await filled();
    const message = await copyTo(await openMessage(await play.whole()), streamRoots.messageContent, { Level: 1 });
    expect([message.value.recipients, message.value.attachments, message.value.deleted, valueIn(message.value.propList, tag.subject)]).toEqual([[], [], [], 'RE: Whole']);
    const folder = await copyTo(play.handle, streamRoots.folderContent, { Level: 1 });
    expect([folder.value.messages, folder.value.subFolders, folder.value.deleted, valueIn(folder.value.propList, tag.name)]).toEqual([[], [], [], 'Play']);
  });

  it('MS-OXCFXICS_R369001 MS-OXCFXICS_R370001: of an attachment, Level says nothing', async () => {
    const attachment = await openAttachment(await openMessage(await play.whole()), 1);
    const [with0, with1] = [await copyTo(attachment, streamRoots.attachmentContent, { Level: 0 }), await copyTo(attachment, streamRoots.attachmentContent, { Level: 1 })];
    expect([with0.value.embeddedMessage !== undefined, Buffer.compare(with0.bytes, with1.bytes)]).toEqual([true, 0]);
  });

  it('MS-OXCFXICS_R1113 MS-OXCFXICS_R2620: messages and folders stand behind MetaTagFXDelProp, none or many', async () => {
    const all = await copyTo(play.handle, streamRoots.folderContent);
    expect(deleted(all.elements)).toEqual([sub.associated, sub.contents, sub.hierarchy]);
    await filled();
    const { elements } = await copyTo(play.handle, streamRoots.folderContent, { PropertyTags: [sub.contents] });
    expect(deleted(elements)).toEqual([sub.associated, sub.hierarchy]);
    const before = (marker: string): unknown => elements[elements.findIndex((one) => isMarker(one) && one.marker === marker) - 1];
    expect([before('StartFAIMsg'), before('StartSubFld')]).toEqual([{ tag: FXDelProp, value: sub.associated | 0 }, { tag: FXDelProp, value: sub.hierarchy | 0 }]);
  });

  it.each<[string, object]>([
    ['MS-OXCFXICS_R2707: 0x2', { CopyFlags: 0x2 }], ['MS-OXCFXICS_R2708: 0x4', { CopyFlags: 0x4 }], ['MS-OXCFXICS_R2709: 0x8', { CopyFlags: 0x8 }], ['MS-OXCFXICS_R2710: 0x200', { CopyFlags: 0x200 }], ['MS-OXCFXICS_R2711: 0x400', { CopyFlags: 0x400 }],
    ['MS-OXCFXICS_R42002: SendOptions 0x20', { SendOptions: 0x21 }], ['MS-OXCFXICS_R42202: SendOptions 0x40', { SendOptions: 0x41 }],
  ])('says nothing: %s', async (_what, over) => {
    const message = await openMessage(await play.whole());
    expect(Buffer.compare((await copyTo(message, streamRoots.messageContent, over)).bytes, (await copyTo(message, streamRoots.messageContent)).bytes)).toBe(0);
  });

  it.each<[string, object]>([['MS-OXCFXICS_R3442001 MS-OXCFXICS_R3442003: Move', { CopyFlags: 0x1 }], ['unknown CopyFlags', { CopyFlags: 0x10 }], ['unknown SendOptions', { SendOptions: 0x80 }], ['RecoverMode with ForUpload', { SendOptions: 0x7 }]])('is refused for %s', async (_what, over) => {
    expect(await play.rops.fails('RopFastTransferSourceCopyTo', { Level: 0, CopyFlags: 0, SendOptions: 1, PropertyTags: [], ...over }, play.handle)).toBe(errorCode.InvalidParameter);
  });

  it.each<[string, number, number]>([
    ['MS-OXCFXICS_R3447: none', 0x0, 0x001e], ['MS-OXCFXICS_R3448 MS-OXCFXICS_R3449: Unicode', 0x1, 0x001f], ['MS-OXCFXICS_R3451: ForceUnicode', 0x8, 0x001f], ['MS-OXCFXICS_R3452 MS-OXCFXICS_R3453: UseCpid', 0x2, 0x84b0], ['MS-OXCFXICS_R3455: Unicode and ForceUnicode', 0x9, 0x001f],
    ['MS-OXCFXICS_R3456 MS-OXCFXICS_R3457: UseCpid and Unicode', 0x3, 0x84b0], ['MS-OXCFXICS_R3782: UseCpid and ForceUnicode', 0xa, 0x84b0], ['MS-OXCFXICS_R3459: all three', 0xb, 0x84b0],
  ])('the texts of SendOptions: %s', async (_what, SendOptions, type) => {
    const message = await openMessage(await play.message({ PidTagSubject: 'Grüße €' }));
    const { value: { propList } } = await copyTo(message, streamRoots.messageContent, { SendOptions });
    expect(valueIn(propList, 0x0037_0000 + type)).toBe('Grüße €');
    expect(propList.filter((one) => [0x1e, 0x1f, 0x84b0].includes(one.tag & 0xffff) && (one.tag & 0xffff) !== type)).toEqual([]);
  });

  it('MS-OXCFXICS_R3118002 MS-OXCFXICS_R211501: the body is in the form that it was given in, with BestBody and without', async () => {
    const keep = (text: string) => play.session.keep(new Uint8Array(Buffer.from(text)));
    const html = await play.message({}, { body: { native: 'html', html: await keep('<p>Hello</p>'), text: await keep('Hello') } });
    const text = await play.message({}, { body: { native: 'text', text: await keep('Hello') } });
    const told = async (item: Item, CopyFlags: number): Promise<readonly boolean[]> => {
      const { value: { propList } } = await copyTo(await openMessage(item), streamRoots.messageContent, { CopyFlags });
      return [tag.body, tag.html, tag.rtf].map((which) => tagsOf(propList).includes(which));
    };
    for (const CopyFlags of [0, 0x2000]) expect([await told(html, CopyFlags), await told(text, CopyFlags)]).toEqual([[false, true, false], [true, false, false]]);
  });

  it('has what the open message has, saved or not', async () => {
    const message = await openMessage(await play.message(), 1);
    await play.ics.upload(message, operation.CopyTo, [{ tag: tag.subject, value: 'Not saved' }]);
    expect(valueIn((await copyTo(message, streamRoots.messageContent)).value.propList, tag.subject)).toBe('Not saved');
  });
});

describe('RopFastTransferSourceCopyProperties', () => {
  it('MS-OXCFXICS_R431 MS-OXCFXICS_R455 MS-OXCFXICS_R3327 MS-OXCFXICS_R3464 MS-OXCFXICS_R3783: of a message what PropertyTags name', async () => {
    const message = await openMessage(await play.whole());
    const { value } = await copyProperties(message, streamRoots.messageContent, [tag.subject]);
    expect([value.propList, value.recipients, value.attachments]).toEqual([[{ tag: tag.subject, value: 'RE: Whole' }], [], []]);
    const more = await copyProperties(message, streamRoots.messageContent, [tag.body, sub.attachments]);
    expect([tagsOf(more.value.propList), more.value.recipients, more.value.attachments.length, deleted(more.elements)]).toEqual([[tag.body], [], 2, [sub.attachments]]);
  });

  it('MS-OXCFXICS_R3325: of a folder', async () => {
    await filled();
    const { value } = await copyProperties(play.handle, streamRoots.folderContent, [tag.name, sub.associated, sub.hierarchy]);
    expect([value.propList, subjects(value.messages), value.subFolders.map(({ propList, messages: list }) => [valueIn(propList, tag.name), list.length])]).toEqual([[{ tag: tag.name, value: 'Play' }], ['Hidden'], [['Below', 1]]]);
  });

  it('MS-OXCFXICS_R3329 MS-OXCFXICS_R441001: of an attachment, whatever Level says', async () => {
    const message = await openMessage(await play.whole());
    for (const Level of [0, 1]) {
      const { value } = await copyProperties(await openAttachment(message, 1), streamRoots.attachmentContent, [0x3705_0003, sub.embedded], { Level });
      expect([value.propList, value.embeddedMessage !== undefined]).toEqual([[{ tag: 0x3705_0003, value: 5 }], true]);
      expect((await copyProperties(await openAttachment(message, 0), streamRoots.attachmentContent, [0x3705_0003], { Level })).value.propList).toEqual([{ tag: 0x3705_0003, value: 1 }]);
    }
  });

  it('MS-OXCFXICS_R3465: another Level copies no subobjects', async () => {
    const { value } = await copyProperties(await openMessage(await play.whole()), streamRoots.messageContent, [tag.subject, sub.recipients, sub.attachments], { Level: 2 });
    expect([tagsOf(value.propList), value.recipients, value.attachments, value.deleted]).toEqual([[tag.subject], [], [], []]);
  });

  it.each([['MS-OXCFXICS_R2712: 0x2', 0x2], ['MS-OXCFXICS_R2713: 0x4', 0x4], ['MS-OXCFXICS_R2714: 0x8', 0x8]])('says nothing: %s', async (_what, CopyFlags) => {
    const message = await openMessage(await play.whole());
    const tags = [tag.subject, sub.recipients];
    expect(Buffer.compare((await copyProperties(message, streamRoots.messageContent, tags, { CopyFlags })).bytes, (await copyProperties(message, streamRoots.messageContent, tags)).bytes)).toBe(0);
  });

  it('MS-OXCFXICS_R2669: Move leaves out what the caller may not delete', async () => {
    await play.message({ PidTagSubject: 'Mine' });
    const bob = await play.openAs(mapi, 'bob', rights.readAny | rights.folderVisible | rights.create | rights.deleteOwned);
    await play.mailbox.openAs(mapi.organization.directory.byAddress('bob@example.test')!).createItem(play.folder.id, { itemClass: 'IPM.Note', recipients: [], attachments: [], isRead: false, isAssociated: false, properties: { PidTagSubject: 'His' } });
    const told = async (CopyFlags: number): Promise<readonly unknown[]> => {
      const { opened } = await bob.ics.rops.ok('RopFastTransferSourceCopyProperties', { Level: 0, CopyFlags, SendOptions: 1, PropertyTags: [sub.contents] }, bob.handle);
      return subjects((await bob.ics.download(opened, streamRoots.folderContent)).value.messages);
    };
    expect([await told(0x0), await told(0x1)]).toEqual([['Mine', 'His'], [undefined, 'His']]);
  });

  it('is refused for unknown CopyFlags', async () => {
    expect(await play.rops.fails('RopFastTransferSourceCopyProperties', { Level: 0, CopyFlags: 0x10, SendOptions: 1, PropertyTags: [] }, play.handle)).toBe(errorCode.InvalidParameter);
  });
});

describe('RopFastTransferSourceCopyMessages', () => {
  it('MS-OXCFXICS_R3125 MS-OXCFXICS_R487 MS-OXCFXICS_R3330: messages and hidden ones, each with its id', async () => {
    const { one, hidden } = await filled();
    const { value, elements } = await copyMessages([hidden, one]);
    expect(value.map((each) => ('ecWarning' in each ? each : [each.isAssociated, each.propList[0], valueIn(each.propList, tag.subject), each.attachments.length]))).toEqual([[true, { tag: tag.mid, value: wire(hidden.id) }, 'Hidden', 0], [false, { tag: tag.mid, value: wire(one.id) }, 'RE: Whole', 2]]);
    expect(deleted(elements)).toEqual([]);
  });

  it('SendEntryId: which message and which version', async () => {
    const one = await play.message();
    const told = async (CopyFlags: number): Promise<readonly boolean[]> => {
      const [message] = messages((await copyMessages([one], CopyFlags)).value);
      return [tag.sourceKey, tag.lastModified, tag.changeKey, tag.changeList, tag.original].map((which) => tagsOf(message?.propList ?? []).includes(which));
    };
    expect([await told(0), await told(0x20)]).toEqual([Array(5).fill(false), Array(5).fill(true)]);
  });

  it('MS-OXCFXICS_R1168 MS-OXCFXICS_R34381: a warning for a message that the caller does not get', async () => {
    const [one, secret] = [await play.message(), await play.message({ PidTagSensitivity: 2 })];
    const bob = await play.openAs(mapi, 'bob', rights.readAny | rights.folderVisible);
    const { value, elements } = await copyMessages([secret, one, { id: 9_999 as Item['id'] }], 0, 1, bob);
    expect([subjects(value), value.map((each) => 'ecWarning' in each)]).toEqual([[undefined, 'A message', undefined], [true, false, true]]);
    expect(elements[0]).toEqual({ tag: metaTagOfStream.EcWarning, value: errorCode.NotFound | 0 });
  });

  it('MS-OXCFXICS_R2631: Move leaves out what the caller may not delete', async () => {
    const one = await play.message();
    const bob = await play.openAs(mapi, 'bob', rights.readAny | rights.folderVisible);
    expect((await copyMessages([one], 0, 1, bob)).value.map((each) => 'ecWarning' in each)).toEqual([false]);
    expect((await copyMessages([one], 0x1, 1, bob)).value).toEqual([{ ecWarning: errorCode.AccessDenied }]);
    expect((await copyMessages([one], 0x1)).value.map((each) => 'ecWarning' in each)).toEqual([false]);
  });

  it.each([['MS-OXCFXICS_R2715: 0x2', 0x2], ['MS-OXCFXICS_R2716: 0x4', 0x4], ['MS-OXCFXICS_R499001 MS-OXCFXICS_R211601: BestBody', 0x10]])('says nothing: %s', async (_what, CopyFlags) => {
    const html = new Uint8Array(Buffer.from('<p>Hello</p>'));
    const one = await play.message({}, { body: { native: 'html', html: await play.session.keep(html) } });
    const plain = await copyMessages([one]);
    expect(Buffer.compare((await copyMessages([one], CopyFlags)).bytes, plain.bytes)).toBe(0);
    expect(valueIn(messages(plain.value)[0]?.propList, tag.html)).toEqual(html);
  });
});

describe('RopFastTransferSourceCopyFolder', () => {
  it('MS-OXCFXICS_R502 MS-OXCFXICS_R511 MS-OXCFXICS_R3331: a folder with its messages; those below with CopySubfolders', async () => {
    await filled();
    const alone = await copyFolder(play.handle);
    expect([subjects(alone.value.messages), alone.value.subFolders, tagsOf(alone.value.propList).includes(tag.name)]).toEqual([['Hidden', 'RE: Whole'], [], false]);
    const deep = await copyFolder(play.handle, 0x10);
    expect(deep.value.subFolders.map(({ propList, messages: list }) => [tagsOf(propList).slice(0, 3), valueIn(propList, tag.name), subjects(list)])).toEqual([[[tag.fid, tag.name, 0x3004_001f], 'Below', ['Deep']]]);
    expect(deleted(deep.elements)).toEqual([sub.hierarchy]);
  });

  it('MS-OXCFXICS_R3481: Move takes the folders below along', async () => {
    await filled();
    expect((await copyFolder(play.handle, 0x1)).value.subFolders).toHaveLength(1);
  });

  it('MS-OXCFXICS_R2813: no warning where the caller may not delete the folder', async () => {
    await play.message();
    const bob = await play.openAs(mapi, 'bob', rights.readAny | rights.folderVisible);
    const { elements, value } = await copyFolder(bob.handle, 0x1, bob.ics);
    expect([value.messages.length, elements.some((one) => !isMarker(one) && one.tag === metaTagOfStream.EcWarning)]).toEqual([1, false]);
  });

  it('is refused for unknown CopyFlags, on what is no folder, and to whoever may not read it', async () => {
    expect(await play.rops.fails('RopFastTransferSourceCopyFolder', { CopyFlags: 0x20, SendOptions: 1 }, play.handle)).toBe(errorCode.InvalidParameter);
    expect(await play.rops.fails('RopFastTransferSourceCopyFolder', { CopyFlags: 0, SendOptions: 1 }, play.logon)).toBe(errorCode.NotSupported);
    const bob = await play.openAs(mapi, 'bob', rights.folderVisible);
    expect(await bob.ics.rops.fails('RopFastTransferSourceCopyFolder', { CopyFlags: 0, SendOptions: 1 }, bob.handle)).toBe(errorCode.AccessDenied);
  });
});

it('MS-OXCFXICS_R572: RopTellVersion is taken', async () => {
  await play.message();
  const { opened } = await play.rops.ok('RopFastTransferSourceCopyFolder', { CopyFlags: 0, SendOptions: 3 }, play.handle);
  expect((await play.rops.ok('RopTellVersion', { Version: [15, 2, 1] }, opened)).returnValue).toBe(0);
  expect((await play.ics.download(opened, streamRoots.topFolder)).value.messages).toHaveLength(1);
});

describe('RopFastTransferDestinationConfigure and RopFastTransferDestinationPutBuffer', () => {
  const target = async (displayName = 'Target'): Promise<{ readonly folder: Folder; readonly handle: number }> => {
    const folder = await play.session.createFolder(play.folder.id, { displayName });
    return { folder, handle: await play.open(folder) };
  };
  const itemsIn = async ({ id }: Folder, table: 'normal' | 'associated' = 'normal'): Promise<readonly Item[]> => (await play.session.query([id], { table, limit: 50 })).items;
  const outline = (item: Item): unknown => ({
    itemClass: item.itemClass, isRead: item.isRead, isAssociated: item.isAssociated, subject: valueOf(item, 'PidTagSubject'), prefix: valueOf(item, 'PidTagSubjectPrefix'), body: valueOf(item, 'PidTagBody'), reminder: valueOf(item, 'PidLidReminderSet'), keywords: valueOf(item, 'PidNameKeywords'),
    recipients: item.recipients.map(({ type, name, address, addressType }) => [type, name, address, addressType]),
    attachments: item.attachments.map((one) => [one.kind, one.name, one.kind === 'file' ? Buffer.from(one.content.peek?.() ?? []).toString() : [one.item.bag.get('PidTagSubject'), one.item.recipients.map(({ address }) => address)]]),
  });

  it.each([['MS-OXCFXICS_R581 MS-OXCFXICS_R614 MS-OXCFXICS_R601: RopFastTransferDestinationPutBuffer', 'RopFastTransferDestinationPutBuffer'], ['MS-OXCFXICS_R3183001: RopFastTransferDestinationPutBufferExtended', 'RopFastTransferDestinationPutBufferExtended']] as const)('messages, as they were downloaded, wherever the stream is cut: %s', async (_what, rop) => {
    const { one, hidden } = await filled();
    for (const [at, SendOptions] of [0x1, 0x3, 0x0].entries()) {
      const { elements } = await copyMessages([one, hidden], 0x20, SendOptions);
      for (const size of [90, 1_000, 30_000]) {
        const { folder, handle } = await target(`Target ${at} ${size}`);
        const answers = await play.ics.upload(handle, operation.CopyMessages, elements, { size, rop });
        expect(answers[0]).toMatchObject({ InProgressCount: 0, TotalStepCount: 1, BufferUsedSize: expect.any(Number) });
        expect((await itemsIn(folder)).map(outline)).toEqual([outline(one)]);
        expect((await itemsIn(folder, 'associated')).map(outline)).toEqual([outline(hidden)]);
        const [copy] = await itemsIn(folder);
        expect([copy?.id === one.id, copy?.bag.get('PidTagChangeKey')]).toEqual([false, undefined]);
      }
    }
  });

  it.each([['MS-OXCFXICS_R599: CopyTo', operation.CopyTo], ['MS-OXCFXICS_R596: CopyProperties', operation.CopyProperties]])('into an open message, which its client saves: %s', async (_what, SourceOperation) => {
    const one = await play.whole();
    const { elements } = await copyTo(await openMessage(one), streamRoots.messageContent);
    const other = await play.whole({ isRead: true });
    const handle = await openMessage(other, 1);
    await play.ics.upload(handle, SourceOperation, [{ tag: tag.subject, value: 'not this' }, ...elements], { size: 77 });
    expect(valueOf((await play.session.items([other.id]))[0] as Item, 'PidTagSubject')).toBe('RE: Whole');
    await play.rops.ok('RopSaveChangesMessage', { InputHandleIndex: 0, SaveFlags: 0xa }, handle);
    const saved = (await play.session.items([other.id]))[0] as Item;
    // MetaTagFXDelProp: what was there before is gone, none is there twice.
    expect(outline({ ...saved, isRead: false })).toEqual(outline(one));
  });

  it.each([['MS-OXCFXICS_R597: CopyTo', operation.CopyTo], ['MS-OXCFXICS_R600: CopyProperties', operation.CopyProperties]])('into an open attachment: %s', async (_what, SourceOperation) => {
    const source = await openMessage(await play.whole());
    const message = await openMessage(await play.message(), 1);
    for (const number of [0, 1]) {
      const { elements } = await copyTo(await openAttachment(source, number), streamRoots.attachmentContent);
      const { opened } = await play.rops.ok('RopCreateAttachment', {}, message);
      await play.ics.upload(opened, SourceOperation, elements, { size: 50 });
      await play.rops.ok('RopSaveChangesAttachment', { InputHandleIndex: 0, SaveFlags: 0xc }, opened, undefined, message);
    }
    const { value } = await copyTo(message, streamRoots.messageContent);
    expect(value.attachments.map(({ propList, embeddedMessage }) => [valueIn(propList, 0x3707_001f), embeddedMessage ? valueIn(embeddedMessage.propList, tag.subject) : Buffer.from(valueIn(propList, tag.data) as Uint8Array).toString()])).toEqual([['notes.txt', 'note'], ['Inner', 'Inner']]);
  });

  it.each([['MS-OXCFXICS_R595: CopyTo', operation.CopyTo], ['MS-OXCFXICS_R598: CopyProperties', operation.CopyProperties]])('into a folder: its properties, messages and folders; what MetaTagFXDelProp names is gone before: %s', async (_what, SourceOperation) => {
    const { one, hidden } = await filled();
    const { elements } = await copyTo(play.handle, streamRoots.folderContent);
    const { folder, handle } = await target();
    await play.session.createItem(folder.id, { itemClass: 'IPM.Note', recipients: [], attachments: [], isRead: true, isAssociated: false, properties: { PidTagSubject: 'Old' } });
    await play.session.createFolder(folder.id, { displayName: 'Old' });
    await play.ics.upload(handle, SourceOperation, elements, { size: 500 });
    expect([(await itemsIn(folder)).map(outline), (await itemsIn(folder, 'associated')).map(outline)]).toEqual([[outline(one)], [outline(hidden)]]);
    const [below] = await play.session.folders(folder.id, 'shallow');
    expect([below?.displayName, below?.folderClass, (await itemsIn(below as Folder)).map((item) => valueOf(item, 'PidTagSubject'))]).toEqual(['Below', 'IPF.Contact', ['Deep']]);
  });

  it('MS-OXCFXICS_R602: a folder into one that has its name already', async () => {
    await filled();
    const { elements } = await copyFolder(play.handle, 0x10);
    const { folder, handle } = await target();
    await play.ics.upload(handle, operation.CopyFolder, elements, { size: 333 });
    expect([(await itemsIn(folder)).length, (await play.session.folder(folder.id)).displayName, (await play.session.folders(folder.id, 'shallow')).map(({ displayName }) => displayName)]).toEqual([1, 'Target', ['Below']]);
  });

  it.each<[string, number, number, () => Promise<number> | number, number]>([
    ['MS-OXCFXICS_R3492001: unknown CopyFlags', operation.CopyTo, 0x2, () => play.handle, errorCode.InvalidParameter], ['an unknown operation', 5, 0, () => play.handle, errorCode.InvalidParameter], ['messages into a message', operation.CopyMessages, 0, async () => openMessage(await play.message(), 1), errorCode.NotSupported],
    ['what is no folder and no message', operation.CopyTo, 0, () => play.logon, errorCode.NotSupported], ['a message that was opened for reading', operation.CopyTo, 0, async () => openMessage(await play.message(), 0), errorCode.AccessDenied],
  ])('is refused for %s', async (_what, SourceOperation, CopyFlags, handle, code) => {
    expect(await play.rops.fails('RopFastTransferDestinationConfigure', { SourceOperation, CopyFlags }, await handle())).toBe(code);
  });

  it.each<[string, readonly StreamElement[]]>([
    ['a marker in the wrong place', [{ marker: 'StartRecip' }]], ['an end of nothing', [{ marker: 'EndMessage' }]], ['a folder among messages', [{ marker: 'StartSubFld' }]], ['a marker of a synchronization', [{ marker: 'StartMessage' }, { marker: 'IncrSyncChg' }]],
  ])('a stream with %s fails, and everything after it', async (_what, elements) => {
    const { opened } = await play.rops.ok('RopFastTransferDestinationConfigure', { SourceOperation: operation.CopyMessages, CopyFlags: 0 }, play.handle);
    const { rop } = play.rops;
    const put = async (TransferData: Uint8Array) => rop.call(play.rops, 'RopFastTransferDestinationPutBuffer', { TransferData }, opened);
    const { marker } = await import('@fauxchange/mapi-wire');
    const bytes = Buffer.concat(elements.map((one) => { const four = Buffer.alloc(4); four.writeUInt32LE(isMarker(one) ? marker[one.marker] : 0); return four; }));
    const answer = await put(bytes);
    expect([answer.returnValue, answer.body]).toEqual([errorCode.FormatError, { TransferStatus: 0, InProgressCount: 0, TotalStepCount: 0, BufferUsedSize: 0 }]);
    expect((await put(Buffer.alloc(0))).returnValue).toBe(errorCode.FormatError);
    expect(await itemsIn(play.folder)).toEqual([]);
  });

  it('bytes that are no stream fail; what cannot be made fails as it does elsewhere', async () => {
    const put = async (handle: number, SourceOperation: number, TransferData: Uint8Array, rops = play.rops): Promise<number> => rops.fails('RopFastTransferDestinationPutBuffer', { TransferData }, (await rops.ok('RopFastTransferDestinationConfigure', { SourceOperation, CopyFlags: 0 }, handle)).opened);
    expect(await put(play.handle, operation.CopyTo, Uint8Array.from([0x77, 0x00, 0x37, 0x00, 1, 0, 0, 0, 0]))).toBe(errorCode.FormatError);
    const bob = await play.openAs(mapi, 'bob', rights.readAny | rights.folderVisible);
    const [one] = [await play.message()];
    const { bytes } = await copyMessages([one]);
    expect(await put(bob.handle, operation.CopyMessages, bytes, bob.ics.rops)).toBe(errorCode.AccessDenied);
    expect(await itemsIn(play.folder)).toHaveLength(1);
  });
});

it('a download goes on with what there is when a message disappears meanwhile', async () => {
  const [one, two] = [await play.message({ PidTagSubject: 'One' }), await play.message({ PidTagSubject: 'Two' })];
  const context = await play.ics.configure(play.handle);
  await play.session.removeItems([one.id], 'hard');
  const { value } = await play.ics.download(context, streamRoots.contentsSync);
  expect(value.messageChanges.map(({ propList }: { readonly propList: PropList }) => valueIn(propList, tag.subject))).toEqual(['Two']);
  expect((await play.ics.contents(play.handle, stateIn(value.state))).value.deletions).toBeUndefined();
  expect((await play.session.items([two.id]))[0]).not.toBeInstanceOf(MailboxError);
});
