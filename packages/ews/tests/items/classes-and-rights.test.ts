import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../../src/index.ts';
import { EwsClient, idOf, type Answer, type Id } from '../support/client.ts';
import { folderRef, itemRef, mailbox } from '../support/soap.ts';
import { allBelow, below, names, textAt, type XmlElement } from '../support/xml.ts';
import { forms } from '../support/forms.ts';

let ews: EwsEmulator;
let alice: EwsClient;
let bob: EwsClient;
let carol: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  [alice, bob, carol] = [new EwsClient(ews), new EwsClient(ews, 'bob'), new EwsClient(ews, 'carol')];
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const meetingTimes = '<t:Start>2026-02-02T10:00:00Z</t:Start><t:End>2026-02-02T10:30:00Z</t:End>';
const create = (items: string): Promise<Answer> => alice.call(`<m:CreateItem MessageDisposition="SaveOnly" SendMeetingInvitations="SendToNone"><m:Items>${items}</m:Items></m:CreateItem>`);

describe('classes', () => {
  it.each([
    ['MS-OXWSCORE_R2018', 'Contact', 'IPM.Contact', '<t:DisplayName>x</t:DisplayName>', 'IPM.Note'],
    ['MS-OXWSCORE_R2019', 'CalendarItem', 'IPM.Appointment', meetingTimes, 'IPM.Note'],
    ['MS-OXWSCORE_R2020', 'PostItem', 'IPM.Post', '', 'IPM.Note'],
    ['MS-OXWSCORE_R2021', 'Task', 'IPM.Task', '', 'IPM.Note'],
    ['MS-OXWSCORE_R2022', 'DistributionList', 'IPM.DistList', '<t:DisplayName>x</t:DisplayName>', 'IPM.Note'],
    ['a message', 'Message', 'IPM.Note', '', 'IPM.Task'],
  ])('%s, MS-OXWSCORE_R2023, MS-OXWSCDATA_R619: %s is of class %s, and takes no other', async (_id, kind, itemClass, content, other) => {
    const item = await alice.item(idOf((await create(`<t:${kind}>${content}</t:${kind}>`)).ok().first('ItemId')));
    expect([item.name, textAt(item, 'ItemClass')]).toEqual([kind, itemClass]);
    const refused = await create(`<t:${kind}><t:ItemClass>${other}</t:ItemClass>${content}</t:${kind}>`);
    expect([refused.codes, refused.messages[0]?.attributes['ResponseClass']]).toEqual([['ErrorObjectTypeChanged'], 'Error']);
  });

  it('MS-OXWSCDATA_R102000000: a generic item comes back as a message', async () => {
    const made = (await create('<t:Item><t:Subject>generic</t:Subject></t:Item>')).ok();
    expect(made.first('Items').children.map(({ name }) => name)).toEqual(['Message']);
    expect((await alice.item(idOf(made.first('ItemId')))).name).toBe('Message');
  });
});

describe('rights', () => {
  const elements = ['CreateAssociated', 'CreateContents', 'CreateHierarchy', 'Delete', 'Modify', 'Read', 'ViewPrivateItems'];
  const told = (element: XmlElement): Record<string, string | undefined> => {
    const rights = below(element, 'EffectiveRights');
    expect(names(rights)).toEqual(elements);
    for (const { text } of rights.children) expect(text).toMatch(forms.boolean);
    return Object.fromEntries(rights.children.map(({ name, text }) => [name, text]));
  };
  const folder = async (client: EwsClient): Promise<Record<string, string | undefined>> => told((await client.getFolder('inbox/alice@example.test')).ok().body);

  it('MS-OXWSCORE_R1338, MS-OXWSCORE_R2038, MS-OXWSCDATA_R21136, MS-OXWSCDATA_R21138, MS-OXWSCDATA_R21140: in an item nothing can be created; its owner reads, changes and deletes it', async () => {
    const id = await alice.createMessage();
    expect(told(await alice.item(id))).toMatchObject({ CreateAssociated: 'false', CreateContents: 'false', CreateHierarchy: 'false', Delete: 'true', Modify: 'true', Read: 'true' });
    expect((await alice.call(`<m:CreateFolder><m:ParentFolderId><t:FolderId Id="${id.id}"/></m:ParentFolderId><m:Folders><t:Folder><t:DisplayName>x</t:DisplayName></t:Folder></m:Folders></m:CreateFolder>`)).codes).toEqual(['ErrorCannotUseItemIdForFolderId']);
    expect((await alice.updateItem(id, '<t:DeleteItemField><t:FieldURI FieldURI="item:Subject"/></t:DeleteItemField>')).codes).toEqual(['NoError']);
    expect((await alice.deleteItem(id)).codes).toEqual(['NoError']);
  });

  it('MS-OXWSCORE_R103: the rights are those of who asks', async () => {
    const id = await alice.createMessage();
    expect([told(await alice.item(id)), told(await carol.item(id))]).toEqual([expect.objectContaining({ Read: 'true', Modify: 'true', Delete: 'true' }), expect.objectContaining({ Read: 'true', Modify: 'false', Delete: 'false' })]);
  });

  const inbox = folderRef('inbox/alice@example.test');
  it.each<[string, string, (client: EwsClient, id: Id) => Promise<Answer>]>([
    ['MS-OXWSCDATA_R1130, MS-OXWSCDATA_R21131', 'CreateAssociated', (client) => client.createItem('<t:Message><t:ItemClass>IPM.Configuration.Mine</t:ItemClass><t:IsAssociated>true</t:IsAssociated></t:Message>', { folder: 'inbox/alice@example.test' })],
    ['MS-OXWSCDATA_R1132, MS-OXWSCDATA_R21133', 'CreateContents', (client) => client.createItem('<t:Message><t:Subject>x</t:Subject></t:Message>', { folder: 'inbox/alice@example.test' })],
    ['MS-OXWSCDATA_R1133, MS-OXWSCDATA_R21135', 'CreateHierarchy', (client) => client.call(`<m:CreateFolder><m:ParentFolderId>${inbox}</m:ParentFolderId><m:Folders><t:Folder><t:DisplayName>x</t:DisplayName></t:Folder></m:Folders></m:CreateFolder>`)],
  ])('%s: %s of a folder says whether it can be done', async (_id, right, act) => {
    const id = await alice.createMessage();
    for (const [client, value, codes] of [[carol, 'false', [expect.stringMatching(/AccessDenied$/)]], [alice, 'true', ['NoError']]] as const) {
      expect([(await folder(client))[right], (await act(client, id)).codes]).toEqual([value, codes]);
    }
  });

  it.each<[string, string, (client: EwsClient, id: Id) => Promise<Answer>]>([
    ['MS-OXWSCDATA_R1134', 'Delete', (client, id) => client.deleteItem(id)],
    ['MS-OXWSCDATA_R1135', 'Modify', (client, id) => client.updateItem(id, '<t:DeleteItemField><t:FieldURI FieldURI="item:Subject"/></t:DeleteItemField>')],
  ])('%s: %s of an item says whether it can be done', async (_id, right, act) => {
    const id = await alice.createMessage();
    for (const [client, value, codes] of [[carol, 'false', [expect.stringMatching(/AccessDenied$/)]], [alice, 'true', ['NoError']]] as const) {
      expect([told(await client.item(id))[right], (await act(client, id)).codes]).toEqual([value, codes]);
    }
  });

  it('MS-OXWSCDATA_R1136: Read of an item says whether it can be read; who cannot is not told', async () => {
    const id = await alice.createMessage();
    expect([told(await carol.item(id))['Read'], (await bob.getItem(id)).codes]).toEqual(['true', [expect.stringMatching(/AccessDenied$|ItemNotFound$/)]]);
  });

  it('MS-OXWSCDATA_R21142: ViewPrivateItems is true of one\'s own items, and the private ones are read', async () => {
    const item = await alice.item(await alice.createMessage('<t:Subject>mine</t:Subject><t:Sensitivity>Private</t:Sensitivity>'));
    expect([told(item)['ViewPrivateItems'], textAt(item, 'Subject')]).toEqual(['true', 'mine']);
  });
});

describe('response objects', () => {
  const received = async (): Promise<Id> => {
    const to = ['alice@example.test', 'dave@example.test'].map(mailbox).join('');
    (await bob.createItem(`<t:Message><t:Subject>Plan</t:Subject><t:ToRecipients>${to}</t:ToRecipients><t:CcRecipients>${mailbox('carol@example.test')}</t:CcRecipients><t:IsReadReceiptRequested>true</t:IsReadReceiptRequested></t:Message>`, { disposition: 'SendOnly' })).ok();
    await ews.settle();
    return alice.idBySubject('inbox', 'Plan');
  };
  const objects = async (id: Id): Promise<readonly XmlElement[]> => below(await alice.item(id), 'ResponseObjects').children;
  const people = (item: XmlElement, element: string): string[] => allBelow(item, element).flatMap((list) => allBelow(list, 'EmailAddress').map(({ text }) => text));

  it('MS-OXWSCORE_R1328, MS-OXWSCORE_R91: all that can be answered to a message', async () => {
    const told = await objects(await received());
    expect(told.map(({ name, children, text }) => [name, children, text])).toEqual(['ReplyToItem', 'ReplyAllToItem', 'ForwardItem', 'SuppressReadReceipt'].map((name) => [name, [], '']));
  });

  it.each([
    ['MS-OXWSCORE_R1371, MS-OXWSCORE_R131', 'ReplyToItem', '', ['bob@example.test'], []],
    ['MS-OXWSCORE_R1372, MS-OXWSCORE_R132', 'ForwardItem', `<t:ToRecipients>${mailbox('desk@elsewhere.test')}</t:ToRecipients>`, ['desk@elsewhere.test'], []],
    ['MS-OXWSCORE_R1373, MS-OXWSCORE_R133', 'ReplyAllToItem', '', ['bob@example.test', 'dave@example.test'], ['carol@example.test']],
  ])('%s: %s is told of a message, and CreateItem takes it', async (_ids, kind, more, to, cc) => {
    const id = await received();
    expect((await objects(id)).map(({ name }) => name)).toContain(kind);
    const answer = await alice.item(idOf((await create(`<t:${kind}>${more}<t:ReferenceItemId Id="${id.id}" ChangeKey="${id.changeKey}"/><t:NewBodyContent BodyType="Text">new</t:NewBodyContent></t:${kind}>`)).ok().first('ItemId')));
    expect([people(answer, 'ToRecipients'), people(answer, 'CcRecipients'), textAt(answer, 'Body')]).toEqual([to, cc, expect.stringMatching(/^new/)]);
  });

  it('MS-OXWSCORE_R1376, MS-OXWSCORE_R136: SuppressReadReceipt is told while a receipt is asked for, and then none is sent', async () => {
    const id = await received();
    expect((await objects(id)).filter(({ name }) => name === 'SuppressReadReceipt').map(({ children, attributes }) => [children, attributes])).toEqual([[[], {}]]);
    (await create(`<t:SuppressReadReceipt><t:ReferenceItemId Id="${id.id}" ChangeKey="${id.changeKey}"/></t:SuppressReadReceipt>`)).ok();
    expect((await objects(id)).map(({ name }) => name)).not.toContain('SuppressReadReceipt');
    const read = '<t:SetItemField><t:FieldURI FieldURI="message:IsRead"/><t:Message><t:IsRead>true</t:IsRead></t:Message></t:SetItemField>';
    (await alice.call(`<m:UpdateItem ConflictResolution="AlwaysOverwrite" MessageDisposition="SaveOnly"><m:ItemChanges><t:ItemChange>${itemRef({ id: id.id })}<t:Updates>${read}</t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`)).ok();
    await ews.settle();
    expect((await bob.findItem('inbox', { paths: ['item:ItemClass'] })).texts('ItemClass').filter((itemClass) => itemClass.startsWith('REPORT'))).toEqual([]);
  });

  it('MS-OXWSCORE_R2135, MS-OXWSCORE_R2302: to an invitation new times can be proposed', async () => {
    const attendees = `<t:RequiredAttendees><t:Attendee>${mailbox('alice@example.test')}</t:Attendee></t:RequiredAttendees>`;
    (await bob.call(`<m:CreateItem SendMeetingInvitations="SendToAllAndSaveCopy"><m:Items><t:CalendarItem><t:Subject>Meet</t:Subject>${meetingTimes}${attendees}</t:CalendarItem></m:Items></m:CreateItem>`)).ok();
    await ews.settle();
    const told = (await objects(await alice.idBySubject('inbox', 'Meet'))).filter(({ name }) => name === 'ProposeNewTime');
    expect(told.map(({ children, attributes }) => [children, attributes])).toEqual([[[], {}]]);
  });
});
