import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { EwsClient } from './support/client.ts';
import { folderRef } from './support/soap.ts';
import { below, textAt, type XmlElement } from './support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  alice = new EwsClient(ews);
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const find = ({ folder = 'inbox', page = '', order = '', query = '', shape = '', attributes = '' } = {}): string =>
  `<m:FindConversation${attributes}>${page && `<m:IndexedPageItemView ${page}/>`}${order && `<m:SortOrder><t:FieldOrder Order="Descending"><t:FieldURI FieldURI="conversation:${order}"/></t:FieldOrder></m:SortOrder>`}<m:ParentFolderId>${folderRef(folder)}</m:ParentFolderId>${query && `<m:QueryString>${query}</m:QueryString>`}${shape && `<m:ConversationShape>${shape}</m:ConversationShape>`}</m:FindConversation>`;
const conversation = async (topic: string, folder = 'inbox', client = alice): Promise<XmlElement> => {
  const answer = (await client.call(find({ folder }))).ok();
  const found = answer.all('Conversation').find((one) => textAt(one, 'ConversationTopic') === topic);
  if (!found) throw new Error(`no conversation ${topic}: ${answer.texts('ConversationTopic').join(' | ')}`);
  return found;
};
const idOf = (element: XmlElement): string => below(element, 'ConversationId').attributes['Id'] ?? '';
const items = (id: string, { more = '', state = '', order = '' } = {}): string =>
  `<m:GetConversationItems><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties><t:FieldURI FieldURI="item:Subject"/></t:AdditionalProperties></m:ItemShape>${more}${order && `<m:SortOrder>${order}</m:SortOrder>`}<m:Conversations><t:Conversation><t:ConversationId Id="${id}"/>${state && `<t:SyncState>${state}</t:SyncState>`}</t:Conversation></m:Conversations></m:GetConversationItems>`;
const apply = (id: string, action: string, more = ''): string =>
  `<m:ApplyConversationAction><m:ConversationActions><t:ConversationAction><t:Action>${action}</t:Action><t:ConversationId Id="${id}"/>${more}</t:ConversationAction></m:ConversationActions></m:ApplyConversationAction>`;
const to = (folder: string): string => `<t:DestinationFolderId>${folderRef(folder)}</t:DestinationFolderId>`;
const readings = 'Station 12 reads too high';
const isRe = new RegExp(`${readings}$`);

describe('FindConversation', () => {
  it('tells of a conversation in the folder, and of all of it in the mailbox', async () => {
    const found = await conversation(readings);
    expect(['MessageCount', 'GlobalMessageCount', 'UnreadCount', 'HasAttachments', 'Importance'].map((name) => textAt(found, name))).toEqual(['3', '4', '0', 'true', 'Normal']);
    const people = (name: string): string[] => below(found, name).children.map(({ text }) => text).sort();
    expect([people('UniqueSenders'), people('GlobalUniqueSenders')]).toEqual([['Bob Baker', 'Carol Chaudhry'], ['Alice Archer', 'Bob Baker', 'Carol Chaudhry']]);
    expect([below(found, 'ItemIds').children.length, below(found, 'GlobalItemIds').children.length]).toEqual([3, 4]);
  });

  it('begins with the newest, pages and counts', async () => {
    const all = (await alice.call(find())).ok();
    const times = all.texts('LastDeliveryTime');
    expect(times).toEqual([...times].sort().reverse());
    const page = (await alice.call(find({ page: 'MaxEntriesReturned="2" Offset="1" BasePoint="Beginning"' }))).ok();
    expect([page.all('Conversation').map(idOf), page.texts('TotalConversationsInView'), page.texts('IndexedOffset')]).toEqual([all.all('Conversation').map(idOf).slice(1, 3), [String(times.length)], ['3']]);
  });

  it('sorts as asked, filters by view and query, and tells no more than the shape', async () => {
    expect(Number((await alice.call(find({ order: 'MessageCount' }))).ok().texts('MessageCount')[0])).toBe(3);
    const flagged = (await alice.call(find({ attributes: ' ViewFilter="Flagged"' }))).ok();
    expect([flagged.texts('ConversationTopic'), flagged.texts('FlagStatus')]).toEqual([['Contract for signature'], ['Flagged']]);
    expect((await alice.call(find({ query: 'subject:"Travel claims"' }))).ok().texts('ConversationTopic')).toEqual(['Travel claims']);
    const short = (await alice.call(find({ shape: '<t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties><t:FieldURI FieldURI="conversation:MessageCount"/></t:AdditionalProperties>' }))).ok();
    expect(short.first('Conversation').children.map(({ name }) => name)).toEqual(['ConversationId', 'MessageCount']);
  });

  it.each([
    ['a folder without rights', find({ folder: 'inbox/bob@example.test' }), 'ErrorFolderNotFound'],
    ['an order that conversations have not', find({ order: 'Preview' }), 'ErrorUnsupportedPathForSortGroup'],
    ['no row', find({ page: 'MaxEntriesReturned="0" Offset="0" BasePoint="Beginning"' }), 'ErrorInvalidPagingMaxRows'],
  ])('refuses %s', async (_what, request, code) => {
    expect((await alice.call(request)).codes).toEqual([code]);
  });

  it('shows a delegate what she may read', async () => {
    const found = await conversation(readings, 'inbox/alice@example.test', new EwsClient(ews, 'carol'));
    expect(['MessageCount', 'GlobalMessageCount'].map((name) => textAt(found, name))).toEqual(['3', '3']);
  });
});

describe('GetConversationItems', () => {
  it('tells every message of all folders, in the order asked', async () => {
    const id = idOf(await conversation(readings));
    const answer = (await alice.call(items(id, { order: 'DateOrderDescending' }))).ok();
    const subjects = answer.texts('Subject');
    expect([subjects.length, subjects.every((subject) => isRe.test(subject)), subjects.at(-1)]).toEqual([4, true, readings]);
    const back = (await alice.call(items(id, { order: 'DateOrderAscending' }))).ok();
    expect(back.texts('InternetMessageId')).toEqual([...answer.texts('InternetMessageId')].reverse());
  });

  it('leaves out folders, bounds the answer, and goes on from its state', async () => {
    const id = idOf(await conversation(readings));
    expect((await alice.call(items(id, { more: `<m:FoldersToIgnore>${folderRef('sentitems')}</m:FoldersToIgnore>` }))).ok().texts('Subject')).toHaveLength(3);
    expect((await alice.call(items(id, { more: '<m:MaxItemsToReturn>1</m:MaxItemsToReturn>' }))).ok().texts('Subject')).toHaveLength(1);
    const state = (await alice.call(items(id))).ok().texts('SyncState')[0] ?? '';
    expect((await alice.call(items(id, { state }))).ok().all('ConversationNode')).toEqual([]);
    (await alice.call(apply(id, 'SetReadState', '<t:IsRead>false</t:IsRead>'))).ok();
    expect((await alice.call(items(id, { state }))).ok().all('ConversationNode').length).toBeGreaterThan(0);
  });

  it.each([
    ['a conversation that is not there', async () => items(Buffer.concat([Buffer.from(idOf(await conversation(readings)), 'base64').subarray(0, -16), Buffer.alloc(16, 7)]).toString('base64')), 'ErrorItemNotFound'],
    ['the id of a folder', async () => items((await alice.folderId('inbox')).id), 'ErrorInvalidIdMalformed'],
    ['a state that is none', async () => items(idOf(await conversation(readings)), { state: 'AAAA' }), 'ErrorInvalidSyncStateData'],
  ])('refuses %s', async (_what, request, code) => {
    expect((await alice.call(await request())).codes).toEqual([code]);
  });
});

describe('ApplyConversationAction', () => {
  it.each([
    ['Move', to('notes'), 'notes', 4], ['Copy', to('notes'), 'notes', 4], ['Delete', '<t:DeleteType>MoveToDeletedItems</t:DeleteType>', 'deleteditems', 4],
    ['Move', `<t:ContextFolderId>${folderRef('inbox')}</t:ContextFolderId>${to('notes')}`, 'notes', 3],
  ])('%s %s', async (action, more, folder, count) => {
    const id = idOf(await conversation(readings));
    (await alice.call(apply(id, action, more))).ok();
    expect((await alice.subjects(folder)).filter((subject) => isRe.test(subject))).toHaveLength(count);
    expect((await alice.subjects('inbox')).filter((subject) => isRe.test(subject))).toHaveLength(action === 'Copy' ? 3 : 0);
  });

  it('SetReadState and Flag change every message', async () => {
    const id = idOf(await conversation(readings));
    (await alice.call(apply(id, 'SetReadState', '<t:IsRead>false</t:IsRead>'))).ok();
    (await alice.call(apply(id, 'Flag', '<t:Flag><t:FlagStatus>Flagged</t:FlagStatus></t:Flag>'))).ok();
    const found = await conversation(readings);
    expect([textAt(found, 'GlobalUnreadCount'), textAt(found, 'FlagStatus')]).toEqual(['4', 'Flagged']);
  });

  it.each([
    ['AlwaysMove', to('notes'), 'notes'], ['AlwaysDelete', '<t:EnableAlwaysDelete>true</t:EnableAlwaysDelete>', 'deleteditems'],
    ['AlwaysCategorize', '<t:Categories><t:String>Sensors</t:String></t:Categories>', 'inbox'],
  ])('%s goes on with what arrives later', async (action, more, folder) => {
    const bob = new EwsClient(ews, 'bob');
    (await bob.send('Conversing', ['alice@example.test'])).ok();
    await ews.settle();
    const id = idOf(await conversation('Conversing'));
    const message = await alice.idBySubject('inbox', 'Conversing');
    const messageId = textAt(await alice.item(message, 'IdOnly', ['message:InternetMessageId']), 'InternetMessageId') ?? '';
    (await alice.call(apply(id, action, more))).ok();
    await ews.organization.deliver(`From: bob@example.test\r\nTo: alice@example.test\r\nSubject: RE: Conversing\r\nMessage-ID: <later@example.test>\r\nIn-Reply-To: ${messageId}\r\nReferences: ${messageId}\r\n\r\nLater\r\n`, { to: ['alice@example.test'], from: 'bob@example.test' });
    await ews.settle();
    expect((await alice.subjects(folder)).sort()).toEqual(expect.arrayContaining(['Conversing', 'RE: Conversing']));
    const later = await alice.item(await alice.idBySubject(folder, 'RE: Conversing'), 'AllProperties');
    expect(later.children.some(({ name }) => name === 'Categories')).toBe(action === 'AlwaysCategorize');
  });

  it.each([
    ['a move to nowhere', 'Move', `<t:DestinationFolderId>${folderRef('inbox/bob@example.test')}</t:DestinationFolderId>`, 'ErrorToFolderNotFound'],
    ['a read state that is not told', 'SetReadState', '', 'ErrorInvalidArgument'],
    ['retention', 'SetRetentionPolicy', '', 'ErrorInvalidOperation'],
  ])('refuses %s', async (_what, action, more, code) => {
    expect((await alice.call(apply(idOf(await conversation(readings)), action, more))).codes).toEqual([code]);
  });
  it('refuses the reviewer', async () => {
    const carol = new EwsClient(ews, 'carol');
    const id = idOf(await conversation(readings, 'inbox/alice@example.test', carol));
    expect((await carol.call(apply(id, 'Delete'))).codes).toEqual(['ErrorApplyConversationActionFailed']);
  });
});
