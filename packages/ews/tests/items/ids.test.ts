import { createEwsEmulator, type EwsEmulator } from '../../src/index.ts';
import { CalendarClient } from '../support/calendar.ts';
import { EwsClient, idOf } from '../support/client.ts';
import { folderRef, shape } from '../support/soap.ts';
import { below } from '../support/xml.ts';

// What is in the ids that the server gives, [MS-OXWSITEMID] 2.1.3, read by a reader that is not ours.
let ews: EwsEmulator;
let alice: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator();
  alice = new EwsClient(ews);
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

interface Opened {
  readonly storageType: number;
  readonly moniker?: string;
  readonly processing?: number;
  readonly storeId: number;
  /** Of an item in a public folder: the id of the folder, and what is behind it. */
  readonly folderId?: number;
  readonly rest?: number;
}

function open(id: string): Opened {
  const raw = Buffer.from(id, 'base64');
  const bytes = raw[0] === 1 ? Buffer.from(raw.subarray(1).toString('latin1').replace(/([\s\S])\1([\s\S])/g, (_, byte: string, more: string) => byte.repeat(2 + more.charCodeAt(0))), 'latin1') : raw.subarray(1);
  const storageType = bytes[0] ?? -1;
  if (storageType === 2) {
    const storeId = bytes.readUInt16LE(2);
    const folderId = bytes.readUInt16LE(4 + storeId);
    return { storageType, processing: bytes[1] ?? -1, storeId, folderId, rest: bytes.length - (6 + storeId + folderId) };
  }
  const length = bytes.readUInt16LE(1);
  return { storageType, moniker: bytes.toString('latin1', 3, 3 + length), processing: bytes[3 + length] ?? -1, storeId: bytes.readUInt16LE(4 + length) };
}

it('MS-OXWSITEMID_R63, MS-OXWSITEMID_R66: of an item and of a folder in a mailbox: type 3, its GUID, nothing special', async () => {
  for (const id of [(await alice.createMessage()).id, (await alice.folderId('inbox')).id]) {
    const opened = open(id);
    expect([opened.storageType, opened.processing, opened.storeId]).toEqual([3, 0, id.length === 152 ? 70 : 46]);
    expect(opened.moniker).toMatch(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  }
});

it('MS-OXWSITEMID_R64: of a conversation: type 4', async () => {
  const { attributes } = below(await alice.item(await alice.createMessage('<t:Subject>talk</t:Subject>')), 'ConversationId');
  expect(open(attributes['Id'] ?? '')).toMatchObject({ storageType: 4, storeId: 16 });
});

it('MS-OXWSITEMID_R62, MS-OXWSITEMID_R44: of an item in a public folder: type 2, the id of the item, and that of the folder', async () => {
  const found = await alice.call(`<m:FindFolder Traversal="Shallow"><m:FolderShape>${shape('Default')}</m:FolderShape><m:ParentFolderIds>${folderRef('publicfoldersroot')}</m:ParentFolderIds></m:FindFolder>`);
  const folder = found.ok().first('Folders').children.find((one) => below(one, 'DisplayName').text === 'Announcements');
  const { id } = idOf(below(folder ?? found.body, 'FolderId'));
  const post = idOf((await alice.createItem('<t:PostItem><t:Subject>x</t:Subject></t:PostItem>', { folder: id, disposition: null })).ok().first('ItemId'));
  expect(open(post.id)).toEqual({ storageType: 2, processing: 0, storeId: 70, folderId: 46, rest: 0 });
});

it('MS-OXWSITEMID_R67: of an occurrence: to be processed as one, and longer by its date', async () => {
  const recurrence = '<t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence><t:NumberedRecurrence><t:StartDate>2026-02-02Z</t:StartDate><t:NumberOfOccurrences>3</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence>';
  const calendar = new CalendarClient(alice);
  const master = await calendar.create(`<t:Subject>daily</t:Subject><t:Start>2026-02-02T10:00:00Z</t:Start><t:End>2026-02-02T10:30:00Z</t:End>${recurrence}`);
  const [occurrence] = await calendar.view('2026-02-02T00:00:00Z', '2026-02-03T00:00:00Z');
  expect([open(master.id).processing, open(idOf(below(occurrence ?? { name: '', uri: '', attributes: {}, children: [], text: '' }, 'ItemId')).id)]).toEqual([0, expect.objectContaining({ storageType: 3, processing: 1, storeId: 81 })]);
});
