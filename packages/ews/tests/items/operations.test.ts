import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../../src/index.ts';
import { appendField, deleteField, EwsClient, idOf, setField, type Answer, type Id } from '../support/client.ts';
import { folderRef, itemRef, mailbox } from '../support/soap.ts';
import { below, names, textAt } from '../support/xml.ts';

// What the operations on items answer, [MS-OXWSCORE] 3.1.4.
let ews: EwsEmulator;
let alice: EwsClient;
let bob: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  [alice, bob] = [new EwsClient(ews), new EwsClient(ews, 'bob')];
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const to = `<t:ToRecipients>${mailbox('bob@example.test')}</t:ToRecipients>`;
const draft = (): Promise<Id> => alice.createMessage(`<t:Subject>draft</t:Subject>${to}`, 'drafts');
const gone: Id = { id: '', changeKey: '' };
const removed = async (): Promise<Id> => {
  const id = await draft();
  await alice.deleteItem(id);
  return id;
};
const ids = (id: Id): string => `<m:ItemIds>${itemRef(id)}</m:ItemIds>`;
const transfer = (operation: string, id: Id, more = ''): string => `<m:${operation}><m:ToFolderId>${folderRef('notes')}</m:ToFolderId>${ids(id)}${more}</m:${operation}>`;

interface Form {
  readonly call: (id: Id) => Promise<Answer>;
  /** Children of the message of success and of the message of failure. */
  readonly children: readonly string[];
  readonly failed: readonly string[];
  readonly failure?: (() => Promise<Id>) | undefined;
}
const head = ['MessageText', 'ResponseCode', 'DescriptiveLinkKey'];
const withItems = { children: ['ResponseCode', 'Items'], failed: [...head, 'Items'] };
const bare = { children: ['ResponseCode'], failed: head };
const forms: Readonly<Record<string, Form>> = {
  CreateItem: { ...withItems, call: (id) => alice.createItem(`<t:Message><t:ItemClass>${id === gone ? 'IPM.Contact' : 'IPM.Note'}</t:ItemClass></t:Message>`), failure: async () => gone },
  GetItem: { ...withItems, call: (id) => alice.getItem(id) },
  UpdateItem: { children: ['ResponseCode', 'Items', 'ConflictResults'], failed: [...head, 'Items'], call: (id) => alice.updateItem(id, setField('item:Subject', '<t:Subject>x</t:Subject>')) },
  DeleteItem: { ...bare, call: (id) => alice.deleteItem(id) },
  CopyItem: { ...withItems, call: (id) => alice.call(transfer('CopyItem', id)) },
  MoveItem: { ...withItems, call: (id) => alice.call(transfer('MoveItem', id)) },
  SendItem: { ...bare, call: (id) => alice.call(`<m:SendItem SaveItemToFolder="true">${ids(id)}</m:SendItem>`) },
  MarkAsJunk: { children: ['ResponseCode', 'MovedItemId'], failed: head, call: (id) => alice.call(`<m:MarkAsJunk IsJunk="true" MoveItem="true">${ids(id)}</m:MarkAsJunk>`) },
  MarkAllItemsAsRead: { ...bare, call: ({ id }) => alice.call(`<m:MarkAllItemsAsRead><m:ReadFlag>true</m:ReadFlag><m:SuppressReadReceipts>true</m:SuppressReadReceipts><m:FolderIds><t:FolderId Id="${id}"/></m:FolderIds></m:MarkAllItemsAsRead>`), failure: async () => gone },
};

describe('the answer of an operation is response messages of its kind, each with class and code', () => {
  it.each([
    ['CreateItem', 'MS-OXWSCORE_R292, MS-OXWSCORE_R2169, MS-OXWSCORE_R2170, MS-OXWSCORE_R2171, MS-OXWSCORE_R2172, MS-OXWSCDATA_R1583, MS-OXWSCDATA_R1037'],
    ['GetItem', 'MS-OXWSCORE_R380, MS-OXWSCDATA_R1585, MS-OXWSCDATA_R1039'],
    ['UpdateItem', 'MS-OXWSCORE_R508, MS-OXWSCORE_R58, MS-OXWSCDATA_R1586, MS-OXWSCDATA_R1040'],
    ['DeleteItem', 'MS-OXWSCORE_R335, MS-OXWSCDATA_R1584, MS-OXWSCDATA_R1038'],
    ['CopyItem', 'MS-OXWSCORE_R253, MS-OXWSCDATA_R1602, MS-OXWSCDATA_R1057'],
    ['MoveItem', 'MS-OXWSCORE_R419, MS-OXWSCDATA_R1601, MS-OXWSCDATA_R1056'],
    ['SendItem', 'MS-OXWSCORE_R49, MS-OXWSCORE_R456, MS-OXWSCDATA_R1588, MS-OXWSCDATA_R1041'],
    ['MarkAsJunk', 'MS-OXWSCORE_R1844, MS-OXWSCORE_R1847, MS-OXWSCDATA_R3060'],
    ['MarkAllItemsAsRead', 'MS-OXWSCORE_R1212, MS-OXWSCDATA_R1054011'],
  ])('%s (%s)', async (operation) => {
    const { call, children, failed, failure = removed } = forms[operation] as Form;
    const good = await call(operation === 'MarkAllItemsAsRead' ? await alice.folderId('inbox') : await draft());
    const bad = await call(await failure());
    for (const [answer, responseClass, expected] of [[good, 'Success', children], [bad, 'Error', failed]] as const) {
      expect([answer.body.name, names(answer.body)]).toEqual([`${operation}Response`, ['ResponseMessages']]);
      expect(answer.messages.map(({ name, attributes }) => [name, attributes])).toEqual([[`${operation}ResponseMessage`, { ResponseClass: responseClass }]]);
      expect(names(answer.messages[0] ?? answer.body)).toEqual(expected);
    }
    expect(good.codes).toEqual(['NoError']);
    expect(bad.codes).toEqual([expect.stringMatching(/^Error[A-Z]\w+$/)]);
  });
});

describe('UpdateItem', () => {
  it('MS-OXWSCORE_R1305, MS-OXWSCORE_R1306, MS-OXWSCORE_R65, MS-OXWSCORE_R61: ConflictResults counts conflicts', async () => {
    const results = below((await alice.updateItem(await draft(), setField('item:Subject', '<t:Subject>x</t:Subject>'))).ok().body, 'ConflictResults');
    expect([names(results), textAt(results, 'Count')]).toEqual([['Count'], '0']);
  });

  it('MS-OXWSCORE_R514: SavedItemFolderId is where what is sent is kept', async () => {
    const id = await draft();
    (await alice.call(`<m:UpdateItem ConflictResolution="AutoResolve" MessageDisposition="SendAndSaveCopy"><m:SavedItemFolderId>${folderRef('notes')}</m:SavedItemFolderId><m:ItemChanges><t:ItemChange>${itemRef(id)}<t:Updates>${setField('item:Subject', '<t:Subject>changed</t:Subject>')}</t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`)).ok();
    await ews.settle();
    expect([await alice.subjects('notes'), await bob.subjects('inbox'), (await alice.subjects('sentitems')).includes('changed')]).toEqual([['changed'], expect.arrayContaining(['changed']), false]);
  });

  it('MS-OXWSCORE_R555, MS-OXWSCORE_R556, MS-OXWSCORE_R557: appends, sets and deletes in one change', async () => {
    const id = await alice.createMessage(`<t:Subject>x</t:Subject><t:Body BodyType="Text">one</t:Body><t:Categories><t:String>y</t:String></t:Categories>`);
    (await alice.updateItem(id, appendField('item:Body', '<t:Body BodyType="Text"> two</t:Body>') + setField('item:Subject', '<t:Subject>z</t:Subject>') + deleteField('item:Categories'))).ok();
    const item = await alice.item(id);
    expect([textAt(item, 'Body'), textAt(item, 'Subject'), names(item).includes('Categories')]).toEqual(['one two', 'z', false]);
  });
});

describe('several items at once', () => {
  const three = async (): Promise<Id[]> => [await draft(), await draft(), await draft()];
  const refs = (all: readonly Id[]): string => `<m:ItemIds>${all.map(itemRef).join('')}</m:ItemIds>`;
  const there = async (all: readonly Id[]): Promise<string[]> => (await alice.getItem(all, 'IdOnly')).codes;

  it('MS-OXWSCORE_R387: GetItem tells each that it was asked for, in order', async () => {
    const all = await three();
    expect((await alice.getItem(all, 'IdOnly')).ok().all('ItemId').map((one) => idOf(one).id)).toEqual(all.map(({ id }) => id));
  });

  it('MS-OXWSCORE_R341: DeleteItem deletes each', async () => {
    const all = await three();
    expect((await alice.deleteItem(all.slice(0, 2))).codes).toEqual(['NoError', 'NoError']);
    expect(await there(all)).toEqual(['ErrorItemNotFound', 'ErrorItemNotFound', 'NoError']);
  });

  it('MS-OXWSCORE_R462: SendItem sends each', async () => {
    const [one, two, kept] = (await three()) as [Id, Id, Id];
    expect((await alice.call(`<m:SendItem SaveItemToFolder="true">${refs([one, two])}</m:SendItem>`)).codes).toEqual(['NoError', 'NoError']);
    await ews.settle();
    expect((await bob.subjects('inbox')).filter((subject) => subject === 'draft')).toHaveLength(2);
    expect(await there([one, two, kept])).toEqual(['ErrorItemNotFound', 'ErrorItemNotFound', 'NoError']);
  });

  it.each([
    ['MS-OXWSCORE_R45, MS-OXWSCORE_R46', 'MoveItem', 'ErrorItemNotFound'],
    ['MS-OXWSCORE_R1600, MS-OXWSCORE_R1601', 'CopyItem', 'NoError'],
  ])('%s: %s takes each to the folder', async (_ids, operation, left) => {
    const all = await three();
    const before = (await alice.subjects('notes')).length;
    const answer = (await alice.call(`<m:${operation}><m:ToFolderId>${folderRef('notes')}</m:ToFolderId>${refs(all)}</m:${operation}>`)).ok();
    const notes = (await alice.findItem('notes')).ok().all('ItemId').map((one) => idOf(one).id);
    expect(notes).toHaveLength(before + 3);
    expect(answer.all('ItemId').map((one) => notes.includes(idOf(one).id))).toEqual([true, true, true]);
    expect(await there(all)).toEqual([left, left, left]);
  });
});

describe('SendItem', () => {
  it('MS-OXWSCORE_R465: a copy is saved or not, as SaveItemToFolder says', async () => {
    for (const save of [true, false]) {
      (await alice.call(`<m:SendItem SaveItemToFolder="${save}">${ids(await alice.createMessage(`<t:Subject>saved ${save}</t:Subject>${to}`, 'drafts'))}</m:SendItem>`)).ok();
      await ews.settle();
    }
    expect((await alice.subjects('sentitems')).filter((subject) => subject.startsWith('saved'))).toEqual(['saved true']);
  });
});

describe('MarkAsJunk', () => {
  it('MS-OXWSCORE_R1787, MS-OXWSCORE_R1790, MS-OXWSCORE_R1850, MS-OXWSCORE_R1851: tells the id that the item has in Junk Email', async () => {
    const moved = (await alice.call(`<m:MarkAsJunk IsJunk="true" MoveItem="true">${ids(await alice.createMessage('<t:Subject>junk</t:Subject>'))}</m:MarkAsJunk>`)).ok().first('MovedItemId');
    expect([Object.keys(moved.attributes), moved.children]).toEqual([['Id', 'ChangeKey'], []]);
    expect(idOf(moved)).toEqual(await alice.idBySubject('junkemail', 'junk'));
  });
});

describe('SuppressReadReceipts', () => {
  const receipts = async (): Promise<number> => {
    await ews.settle();
    return (await alice.findItem('inbox', { paths: ['item:ItemClass'] })).ok().texts('ItemClass').filter((itemClass) => /^REPORT\.IPM\.Note\.IPNN?RN$/.test(itemClass)).length;
  };
  const message = `<t:Message><t:Subject>please read</t:Subject>${to}<t:IsReadReceiptRequested>true</t:IsReadReceiptRequested></t:Message>`;

  it.each([
    ['MS-OXWSCORE_R2315', 'UpdateItem', (id: Id, suppress: string) => `<m:UpdateItem ConflictResolution="AutoResolve" MessageDisposition="SaveOnly"${suppress}><m:ItemChanges><t:ItemChange>${itemRef(id)}<t:Updates>${setField('message:IsRead', '<t:IsRead>true</t:IsRead>')}</t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`],
    ['MS-OXWSCORE_R2311', 'DeleteItem', (id: Id, suppress: string) => `<m:DeleteItem DeleteType="HardDelete"${suppress}>${ids(id)}</m:DeleteItem>`],
  ])('%s: %s sends a receipt, or does not where it is told not to', async (_id, operation, call) => {
    const sent = [];
    for (const suppress of ['', ' SuppressReadReceipts="true"', ' SuppressReadReceipts="false"']) {
      const before = await receipts();
      (await alice.createItem(message, { disposition: 'SendOnly' })).ok();
      await ews.settle();
      const id = await bob.idBySubject('inbox', 'please read');
      (await bob.call(call(id, suppress))).ok();
      if (operation === 'UpdateItem') (await bob.deleteItem(id)).ok();
      sent.push((await receipts()) - before);
    }
    expect(sent).toEqual([1, 0, 1]);
  });
});
