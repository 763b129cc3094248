import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { CalendarClient, masterRef, occurrenceRef } from './support/calendar.ts';
import { EwsClient, idOf, setField, type Answer, type Id } from './support/client.ts';
import { folderRef, itemRef, mailbox, shape } from './support/soap.ts';
import { below, textAt } from './support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
let bob: EwsClient;
let carol: EwsClient;
const folders: Record<string, string> = {};
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  [alice, bob, carol] = [new EwsClient(ews), new EwsClient(ews, 'bob'), new EwsClient(ews, 'carol')];
  const found = await alice.call(`<m:FindFolder Traversal="Shallow"><m:FolderShape>${shape('Default')}</m:FolderShape><m:ParentFolderIds>${folderRef('publicfoldersroot')}</m:ParentFolderIds></m:FindFolder>`);
  for (const folder of found.ok().first('Folders').children) folders[textAt(folder, 'DisplayName') ?? ''] = idOf(below(folder, 'FolderId')).id;
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const folderNamed = (name: string): string => folders[name] as string;
const post = (client: EwsClient, folder = 'Announcements', subject = 'News'): Promise<Answer> =>
  client.createItem(`<t:PostItem><t:Subject>${subject}</t:Subject><t:Body BodyType="Text">A word to all.</t:Body></t:PostItem>`, { folder: folderNamed(folder), disposition: null });
const transfer = (client: EwsClient, operation: 'MoveItem' | 'CopyItem', id: Id, to: string): Promise<Answer> =>
  client.call(`<m:${operation}><m:ToFolderId>${folderRef(to)}</m:ToFolderId><m:ItemIds>${itemRef(id)}</m:ItemIds></m:${operation}>`);

describe('a post', () => {
  it('is made, found and read by everybody, with its author', async () => {
    const id = idOf((await post(bob)).ok().first('ItemId'));
    expect(id.id).toMatch(/^AQIARgAAAxpEc5CqZhHNm8gAqgAvxFoJA/);
    const item = await carol.item(await carol.idBySubject(folderNamed('Announcements'), 'News'));
    expect([item.name, textAt(item, 'ItemClass'), textAt(item, 'Body'), textAt(item, 'LastModifiedName')]).toEqual(['PostItem', 'IPM.Post', 'A word to all.', 'Bob Baker']);
    expect(['From', 'Sender'].map((name) => textAt(item, name, 'Mailbox', 'EmailAddress'))).toEqual(['bob@example.test', 'bob@example.test']);
    expect([below(item, 'ItemId').attributes['Id'], below(item, 'ParentFolderId').attributes['Id']]).toEqual([id.id, folderNamed('Announcements')]);
    expect(['Delete', 'Modify', 'Read'].map((right) => textAt(below(item, 'EffectiveRights'), right))).toEqual(['false', 'false', 'true']);
  });

  it('is changed and deleted by its author, and by nobody else who is no owner', async () => {
    const id = idOf((await post(bob)).ok().first('ItemId'));
    const change = setField('item:Subject', '<t:Subject>More news</t:Subject>', 'PostItem');
    expect([(await carol.updateItem(id, change)).codes, (await carol.deleteItem(id)).codes]).toEqual([['ErrorAccessDenied'], ['ErrorAccessDenied']]);
    (await bob.updateItem(id, change)).ok();
    expect((await carol.findItem(folderNamed('Announcements'), { paths: ['item:Subject'] })).ok().texts('Subject')).toContain('More news');
    (await bob.deleteItem(id, 'SoftDelete')).ok();
    expect((await bob.getItem(id)).codes).toEqual(['ErrorItemNotFound']);
  });

  it('is answered in its folder by a post, and by mail', async () => {
    const id = await bob.idBySubject(folderNamed('Announcements'), 'Lost: one umbrella');
    const reply = (name: string, more = ''): string => `<t:${name}>${more}<t:ReferenceItemId Id="${id.id}" ChangeKey="${id.changeKey}"/><t:NewBodyContent BodyType="Text">Found.</t:NewBodyContent></t:${name}>`;
    (await bob.createItem(reply('PostReplyItem'), { disposition: null })).ok();
    expect(await carol.subjects(folderNamed('Announcements'))).toContain('RE: Lost: one umbrella');
    (await bob.createItem(reply('ReplyToItem'), { disposition: 'SendAndSaveCopy' })).ok();
    await ews.organization.settle();
    expect(await carol.subjects('inbox')).toContain('RE: Lost: one umbrella');
    expect(await bob.subjects('sentitems')).toContain('RE: Lost: one umbrella');
  });

  it('has attachments', async () => {
    const id = idOf((await post(bob)).ok().first('ItemId'));
    const added = (await bob.call(`<m:CreateAttachment><m:ParentItemId Id="${id.id}"/><m:Attachments><t:FileAttachment><t:Name>a.txt</t:Name><t:Content>aGVsbG8=</t:Content></t:FileAttachment></m:Attachments></m:CreateAttachment>`)).ok();
    const attachment = added.first('AttachmentId').attributes;
    expect(attachment['RootItemId']).toBe(id.id);
    const read = (await carol.call(`<m:GetAttachment><m:AttachmentIds><t:AttachmentId Id="${attachment['Id'] ?? ''}"/></m:AttachmentIds></m:GetAttachment>`)).ok();
    expect(read.texts('Content')).toEqual(['aGVsbG8=']);
  });

  it.each<[string, () => Promise<Answer>, string]>([
    ['where one may only read', () => post(bob, 'Board Papers'), 'ErrorCreateItemAccessDenied'],
    ['where one may not even look', () => post(carol, 'Board Papers'), 'ErrorSavedItemFolderNotFound'],
    ['among contacts', () => post(alice, 'Public Contacts'), 'ErrorCannotCreatePostItemInNonMailFolder'],
  ])('is refused %s', async (_what, act, code) => {
    expect((await act()).codes).toEqual([code]);
  });

  it.each([['MoveToDeletedItems', 'ErrorCannotDeleteObject'], ['SoftDelete', 'NoError'], ['HardDelete', 'NoError']])('is deleted by %s: %s', async (type, code) => {
    expect((await bob.deleteItem(idOf((await post(bob)).ok().first('ItemId')), type)).codes).toEqual([code]);
  });
});

describe('other items', () => {
  it.each([
    ['Public Contacts', '<t:Contact><t:DisplayName>Kari</t:DisplayName></t:Contact>', 'Contact'],
    ['Announcements', '<t:Message><t:Subject>Kept</t:Subject></t:Message>', 'Message'],
  ])('in %s: %s', async (folder, element, kind) => {
    const id = idOf((await alice.createItem(element, { folder: folderNamed(folder) })).ok().first('ItemId'));
    expect((await bob.item(id)).name).toBe(kind);
  });

  it('a message that is kept there is from who wrote it', async () => {
    const id = idOf((await bob.createItem('<t:Message><t:Subject>Kept</t:Subject></t:Message>', { folder: folderNamed('Announcements') })).ok().first('ItemId'));
    expect(below(await carol.item(id), 'From').children[0]?.children.map(({ text }) => text)).toContain('bob@example.test');
  });

  it('contacts are found by a view', async () => {
    const found = (await carol.findItem(folderNamed('Public Contacts'), { paths: ['contacts:DisplayName'], more: '<m:ContactsView MaxEntriesReturned="10" InitialName="J" FinalName="K"/>' })).ok();
    expect(found.texts('DisplayName')).toEqual(['Jean Jaubert']);
  });

  it('a copy of what is sent is not kept there', async () => {
    const answer = await alice.createItem(`<t:Message><t:Subject>x</t:Subject><t:ToRecipients>${mailbox('bob@example.test')}</t:ToRecipients></t:Message>`, { folder: folderNamed('Announcements'), disposition: 'SendAndSaveCopy' });
    expect(answer.codes).toEqual(['ErrorInvalidOperation']);
    expect(await bob.subjects('inbox')).not.toContain('x');
  });
});

describe('a public calendar', () => {
  const time = (start: string, end: string): string => `<t:Start>${start}</t:Start><t:End>${end}</t:End>`;
  const daily = '<t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence><t:NumberedRecurrence><t:StartDate>2026-02-02</t:StartDate><t:NumberOfOccurrences>3</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence>';

  it('has a view, and appointments of whoever made them', async () => {
    const folder = folderNamed('Station Calendar');
    const id = await new CalendarClient(bob).create(`<t:Subject>Painting</t:Subject>${time('2026-01-18T08:00:00Z', '2026-01-18T12:00:00Z')}`, { folder });
    const seen = await new CalendarClient(carol).view('2026-01-16T00:00:00Z', '2026-01-20T00:00:00Z', { folder, paths: ['item:Subject'] });
    expect(seen.map((item) => textAt(item, 'Subject'))).toEqual(['Open day of Lighthouse 1', 'Painting']);
    expect(below(await carol.item(id), 'Organizer').children[0]?.children.map(({ text }) => text)).toContain('bob@example.test');
  });

  it('has series, and occurrences with ids of their own', async () => {
    const folder = folderNamed('Station Calendar');
    const calendar = new CalendarClient(bob);
    const master = await calendar.create(`<t:Subject>Drill</t:Subject>${time('2026-02-02T08:00:00Z', '2026-02-02T09:00:00Z')}${daily}`, { folder });
    const [, second] = await new CalendarClient(carol).view('2026-02-01T00:00:00Z', '2026-02-10T00:00:00Z', { folder });
    const id = idOf(below(second!, 'ItemId'));
    expect(below(await calendar.item(occurrenceRef(master, 2)), 'ItemId').attributes['Id']).toBe(id.id);
    expect(below(await calendar.item(masterRef(id)), 'ItemId').attributes['Id']).toBe(master.id);
    await calendar.update(id, setField('item:Subject', '<t:Subject>No drill</t:Subject>', 'CalendarItem'));
    expect((await new CalendarClient(carol).view('2026-02-01T00:00:00Z', '2026-02-10T00:00:00Z', { folder, paths: ['item:Subject'] })).map((item) => textAt(item, 'Subject'))).toEqual(['Drill', 'No drill', 'Drill']);
  });

  it('notes meetings, and sends no messages of them', async () => {
    const folder = folderNamed('Station Calendar');
    const calendar = new CalendarClient(alice);
    const meeting = `<t:Subject>Inspection</t:Subject>${time('2026-01-19T08:00:00Z', '2026-01-19T09:00:00Z')}<t:RequiredAttendees><t:Attendee>${mailbox('bob@example.test')}</t:Attendee></t:RequiredAttendees>`;
    expect((await calendar.tryCreate(meeting, { folder, send: 'SendToAllAndSaveCopy' })).codes).toEqual(['ErrorInvalidOperation']);
    const id = await calendar.create(meeting, { folder });
    expect((await calendar.tryUpdate(id, setField('item:Subject', '<t:Subject>Moved</t:Subject>', 'CalendarItem'), { send: 'SendToAllAndSaveCopy' })).codes).toEqual(['ErrorInvalidOperation']);
    expect((await calendar.tryRemove(id, 'SendToAllAndSaveCopy')).codes).toEqual(['ErrorInvalidOperation']);
    expect((await calendar.tryRemove(id)).codes).toEqual(['NoError']);
    await ews.organization.settle();
    expect(await bob.subjects('inbox')).not.toContain('Inspection');
  });
});

describe('between a mailbox and public folders', () => {
  it.each([['MoveItem', 0], ['CopyItem', 1]] as const)('%s takes an item there, tells no id, and leaves %i', async (operation, left) => {
    const id = await alice.createMessage('<t:Subject>To all</t:Subject><t:Body BodyType="Text">x</t:Body>');
    const answer = (await transfer(alice, operation, id, folderNamed('Announcements'))).ok();
    expect(answer.all('ItemId')).toEqual([]);
    expect(await bob.subjects(folderNamed('Announcements'))).toContain('To all');
    expect((await alice.subjects('inbox')).filter((subject) => subject === 'To all')).toHaveLength(left);
  });

  it.each([['MoveItem', 'ErrorAccessDenied'], ['CopyItem', 'NoError']] as const)('%s of what is another\'s: %s', async (operation, code) => {
    const id = await bob.idBySubject(folderNamed('Announcements'), 'Lost: one umbrella');
    expect((await transfer(bob, operation, id, 'inbox')).codes).toEqual([code]);
    expect((await bob.subjects('inbox')).includes('Lost: one umbrella')).toBe(code === 'NoError');
  });

  it.each<[string, () => Promise<Answer>, string]>([
    ['into the root', async () => transfer(alice, 'MoveItem', await alice.createMessage(), 'publicfoldersroot'), 'ErrorOperationNotAllowedWithPublicFolderRoot'],
    ['to where one may only read', async () => transfer(bob, 'MoveItem', await bob.createMessage(), folderNamed('Board Papers')), 'ErrorAccessDenied'],
    ['to the archive', async () => alice.call(`<m:ArchiveItem><m:ArchiveSourceFolderId>${folderRef(folderNamed('Announcements'))}</m:ArchiveSourceFolderId><m:ItemIds>${itemRef(await alice.idBySubject(folderNamed('Announcements'), 'Lost: one umbrella'))}</m:ItemIds></m:ArchiveItem>`), 'ErrorCannotArchiveItemsInPublicFolders'],
  ])('is refused %s', async (_what, act, code) => {
    expect((await act()).codes).toEqual([code]);
  });
});
