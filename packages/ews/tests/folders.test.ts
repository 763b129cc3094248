import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { EwsClient, idOf, type Id } from './support/client.ts';
import { createFolders, deleteFolder, emptyFolder, findFolder, named, setFolderField, transferFolder, updateFolder } from './support/folders.ts';
import { folderRef, namespaces, shape } from './support/soap.ts';
import { below, names, textAt } from './support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
let carol: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  [alice, carol] = [new EwsClient(ews), new EwsClient(ews, 'carol')];
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const idOnly = `<m:FolderShape>${shape('IdOnly')}</m:FolderShape>`;

describe('GetFolder', () => {
  it.each([
    ['IdOnly', ['FolderId']],
    ['Default', ['FolderId', 'DisplayName', 'TotalCount', 'ChildFolderCount', 'UnreadCount']],
    ['AllProperties', ['FolderId', 'ParentFolderId', 'FolderClass', 'DisplayName', 'TotalCount', 'ChildFolderCount', 'EffectiveRights', 'DistinguishedFolderId', 'UnreadCount']],
  ])('MS-OXWSFOLD_R42101, MS-OXWSFOLD_R42102, MS-OXWSFOLD_R42103: the base shape %s has its elements and no others', async (base, elements) => {
    expect(names((await alice.getFolder('inbox', base)).ok().first('Folder'))).toEqual(elements);
  });

  it('tells the inbox and its counts', async () => {
    const answer = (await alice.getFolder('inbox')).ok();
    expect(answer.messages.map(({ attributes }) => attributes['ResponseClass'])).toEqual(['Success']);
    const inbox = answer.first('Folder');
    expect(['DisplayName', 'FolderClass', 'TotalCount', 'ChildFolderCount', 'UnreadCount', 'DistinguishedFolderId'].map((name) => textAt(inbox, name))).toEqual(['Inbox', 'IPF.Note', '27', '0', '6', 'inbox']);
  });

  it.each([
    ['calendar', 'CalendarFolder', 'IPF.Appointment', 'MS-OXWSFOLD_R70'],
    ['contacts', 'ContactsFolder', 'IPF.Contact', 'MS-OXWSFOLD_R585'],
    ['journal', 'Folder', 'IPF.Journal', 'MS-OXWSFOLD_R586'],
    ['inbox', 'Folder', 'IPF.Note', 'MS-OXWSFOLD_R587'],
    ['notes', 'Folder', 'IPF.StickyNote', 'MS-OXWSFOLD_R588'],
    ['tasks', 'TasksFolder', 'IPF.Task', 'MS-OXWSFOLD_R589'],
  ])('%s is a %s of class %s (%s)', async (name, element, folderClass) => {
    const answer = (await alice.getFolder(name)).ok();
    expect([answer.first('Folders').children[0]?.name, answer.texts('FolderClass')]).toEqual([element, [folderClass]]);
  });

  it('MS-OXWSFOLD_R423, MS-OXWSFOLD_R38645: answers each id in its order, and goes on after one that is bad', async () => {
    const inbox = await alice.folderId('inbox');
    const answer = await alice.call(`<m:GetFolder>${idOnly}<m:FolderIds>${folderRef('inbox')}<t:FolderId Id="rubbish"/>${folderRef(inbox.id)}<t:FolderId Id=""/></m:FolderIds></m:GetFolder>`);
    expect(answer.codes).toEqual(['NoError', 'ErrorInvalidIdMalformed', 'NoError', 'ErrorInvalidIdEmpty']);
    expect(answer.messages.map(({ attributes }) => attributes['ResponseClass'])).toEqual(['Success', 'Error', 'Success', 'Error']);
  });

  it('takes all of the names that exchangelib asks for in one request, without a fault', async () => {
    const asked = ['calendar', 'conflicts', 'contacts', 'conversationhistory', 'deleteditems', 'directory', 'drafts', 'favorites', 'imcontactlist', 'inbox', 'journal', 'junkemail', 'localfailures', 'msgfolderroot', 'mycontacts', 'notes', 'outbox', 'peopleconnect', 'quickcontacts', 'recipientcache', 'recoverableitemsdeletions', 'recoverableitemspurges', 'recoverableitemsroot', 'recoverableitemsversions', 'searchfolders', 'sentitems', 'serverfailures', 'syncissues', 'tasks', 'todosearch', 'voicemail'];
    const answer = await alice.getFolder(asked.map((name) => `${name}/alice@example.test`), 'IdOnly', ['folder:DisplayName', 'folder:EffectiveRights', 'folder:TotalCount']);
    expect(answer.messages).toHaveLength(asked.length);
    expect(answer.codes.filter((code) => !['NoError', 'ErrorFolderNotFound', 'ErrorItemNotFound'].includes(code))).toEqual([]);
    expect(answer.codes[9]).toBe('NoError');
  });

  it('takes all of the names that Thunderbird asks for in one request as Exchange2013_SP1, without a fault', async () => {
    const asked = ['msgfolderroot', 'inbox', 'deleteditems', 'drafts', 'outbox', 'sentitems', 'junkemail', 'archive'];
    const answer = await alice.call(`<m:GetFolder>${idOnly}<m:FolderIds>${asked.map(folderRef).join('')}</m:FolderIds></m:GetFolder>`, { version: 'Exchange2013_SP1' });
    expect(answer.codes).toEqual([...Array.from({ length: 7 }, () => 'NoError'), 'ErrorFolderNotFound']);
  });

  it.each([
    ['an item id', async () => (await alice.createMessage()).id, 'ErrorCannotUseItemIdForFolderId'],
    ['a folder that was deleted', async () => { const { id } = await alice.createFolder('Gone'); await alice.call(deleteFolder('HardDelete', id)); return id; }, 'ErrorItemNotFound'],
    ['a mailbox that is none', async () => 'inbox/nobody@example.test', 'ErrorNonExistentMailbox'],
    ["somebody else's folder without rights, which is invisible", async () => 'sentitems/bob@example.test', 'ErrorFolderNotFound'],
    ['an archive that is not there', async () => 'archivemsgfolderroot/bob@example.test', 'ErrorFolderNotFound'],
  ])('refuses %s', async (_what, folder, code) => {
    expect((await alice.getFolder(await folder())).codes).toEqual([code]);
  });

  it.each([
    ['item:Subject', 'ErrorInvalidPropertyRequest'],
    ['folder:PermissionSet', 'NoError'],
  ])('AdditionalProperties with %s: %s', async (uri, code) => {
    const answer = await alice.getFolder('inbox', 'IdOnly', [uri]);
    expect(answer.fault ?? answer.codes[0]).toBe(code);
  });
});

describe('CreateFolder', () => {
  it.each([
    ['Folder', undefined], ['CalendarFolder', 'IPF.Appointment'], ['ContactsFolder', 'IPF.Contact'], ['TasksFolder', 'IPF.Task'],
  ])('makes a %s of class %s: one that says none has none (seen on real servers: the suite of exchangelib)', async (kind, folderClass) => {
    const answer = (await alice.call(createFolders('msgfolderroot', named('New', kind)))).ok();
    const id = idOf(answer.first('FolderId'));
    const made = (await alice.getFolder(id.id)).ok();
    expect([made.first('Folders').children[0]?.name, made.texts('FolderClass')[0], made.texts('DisplayName')]).toEqual([kind, folderClass, ['New']]);
  });

  it('MS-OXWSFOLD_R5890, MS-OXWSFOLD_R589201: takes a class of the client', async () => {
    const { id } = idOf((await alice.call(createFolders('inbox', named('Mine', 'Folder', '<t:FolderClass>IPF.Note.Mine</t:FolderClass>')))).ok().first('FolderId'));
    expect((await alice.getFolder(id)).texts('FolderClass')).toEqual(['IPF.Note.Mine']);
  });

  it('MS-OXWSFOLD_R252, MS-OXWSFOLD_R2531, MS-OXWSFOLD_R6801: makes several below the parent, which counts them', async () => {
    const answer = (await alice.call(createFolders('inbox', named('One'), named('Two')))).ok();
    expect(answer.messages).toHaveLength(2);
    const inbox = (await alice.getFolder('inbox')).ok();
    expect(inbox.texts('ChildFolderCount')).toEqual(['2']);
    const one = (await alice.getFolder(idOf(answer.first('FolderId')).id)).ok();
    expect(idOf(one.first('ParentFolderId')).id).toBe(idOf(inbox.first('FolderId')).id);
  });

  it('MS-OXWSFOLD_R7701, MS-OXWSFOLD_R7801: stores extended properties', async () => {
    const property = '<t:ExtendedFieldURI PropertySetId="11111111-2222-3333-4444-555566667777" PropertyName="colour" PropertyType="String"/>';
    const { id } = idOf((await alice.call(createFolders('inbox', `<t:Folder><t:DisplayName>X</t:DisplayName><t:ExtendedProperty>${property}<t:Value>red</t:Value></t:ExtendedProperty></t:Folder>`))).ok().first('FolderId'));
    const answer = (await alice.getFolder(id, 'IdOnly', [property])).ok();
    expect(answer.texts('Value')).toEqual(['red']);
    await alice.call(updateFolder(id, `<t:DeleteFolderField>${property}</t:DeleteFolderField>`));
    expect((await alice.getFolder(id, 'IdOnly', [property])).ok().texts('Value')).toEqual([]);
  });

  it('the text about a name that is taken has the name', async () => {
    expect((await alice.call(createFolders('msgfolderroot', named('PROJECTS')))).texts('MessageText')).toEqual(["A folder with the specified name already exists., Could not create folder 'PROJECTS'."]);
  });

  it.each([
    ['MS-OXWSFOLD_R217: a name that is taken, in any case', 'msgfolderroot', named('PROJECTS'), 'ErrorFolderExists'],
    ['MS-OXWSFOLD_R22203: no name', 'msgfolderroot', '<t:Folder/>', 'ErrorFolderSave'],
    ['MS-OXWSFOLD_R216: a parent that is not there', 'archiveinbox/bob@example.test', named('A'), 'ErrorParentFolderNotFound'],
    ['MS-OXWSFOLD_R67: an id of its own', 'msgfolderroot', '<t:Folder><t:FolderId Id="AAMk"/><t:DisplayName>A</t:DisplayName></t:Folder>', 'ErrorInvalidPropertySet'],
    ['MS-OXWSFOLD_R73: a count', 'msgfolderroot', '<t:Folder><t:DisplayName>A</t:DisplayName><t:TotalCount>3</t:TotalCount></t:Folder>', 'ErrorInvalidPropertySet'],
    ['MS-OXWSFOLD_R76: a count of children', 'msgfolderroot', '<t:Folder><t:DisplayName>A</t:DisplayName><t:ChildFolderCount>3</t:ChildFolderCount></t:Folder>', 'ErrorInvalidPropertySet'],
    ['a class in a typed folder', 'msgfolderroot', '<t:CalendarFolder><t:FolderClass>IPF.Appointment</t:FolderClass><t:DisplayName>A</t:DisplayName></t:CalendarFolder>', 'ErrorNoFolderClassOverride'],
  ])('refuses %s', async (_what, parent, folder, code) => {
    const answer = await alice.call(createFolders(parent, folder));
    expect([answer.codes, answer.messages[0]?.attributes['ResponseClass']]).toEqual([[code], 'Error']);
  });

  it('makes a path, and uses what is there of it', async () => {
    const path = (...all: string[]): string => `<m:CreateFolderPath><m:ParentFolderId>${folderRef('msgfolderroot')}</m:ParentFolderId><m:RelativeFolderPath>${all.map((name) => named(name)).join('')}</m:RelativeFolderPath></m:CreateFolderPath>`;
    const first = (await alice.call(path('Projects', 'Alpha', 'Deep'))).ok();
    expect(first.messages).toHaveLength(3);
    const again = (await alice.call(path('projects', 'ALPHA', 'Deep', 'Deeper'))).ok();
    expect(again.all('FolderId').slice(0, 3).map((id) => idOf(id).id)).toEqual(first.all('FolderId').map((id) => idOf(id).id));
    const deep = (await alice.getFolder(idOf(again.all('FolderId')[3] ?? again.body).id)).ok();
    expect(idOf(deep.first('ParentFolderId')).id).toBe(idOf(first.all('FolderId')[2] ?? first.body).id);
  });
});

describe('UpdateFolder', () => {
  it('MS-OXWSFOLD_R5251: renames, and the change key changes', async () => {
    const before = await alice.createFolder('Old name');
    const after = idOf((await alice.call(updateFolder(before.id, setFolderField('folder:DisplayName', '<t:DisplayName>New name</t:DisplayName>')))).ok().first('FolderId'));
    expect(after.id).toBe(before.id);
    expect(after.changeKey).not.toBe(before.changeKey);
    expect((await alice.getFolder(before.id)).texts('DisplayName')).toEqual(['New name']);
  });

  it('a mail folder stays one: ErrorObjectTypeChanged', async () => {
    const { id } = idOf((await alice.call(createFolders('inbox', named('Mail', 'Folder', '<t:FolderClass>IPF.Note</t:FolderClass>')))).ok().first('FolderId'));
    expect((await alice.call(updateFolder(id, setFolderField('folder:FolderClass', '<t:FolderClass>Other</t:FolderClass>')))).codes).toEqual(['ErrorObjectTypeChanged']);
    (await alice.call(updateFolder(id, setFolderField('folder:FolderClass', '<t:FolderClass>IPF.Note.Mine</t:FolderClass>')))).ok();
  });

  it.each([
    ['MS-OXWSFOLD_R507: appending', '<t:AppendToFolderField><t:FieldURI FieldURI="folder:DisplayName"/><t:Folder><t:DisplayName>x</t:DisplayName></t:Folder></t:AppendToFolderField>', 'ErrorInvalidPropertyAppend'],
    ['deleting the name', '<t:DeleteFolderField><t:FieldURI FieldURI="folder:DisplayName"/></t:DeleteFolderField>', 'ErrorInvalidPropertyDelete'],
    ['MS-OXWSFOLD_R83: setting rights', setFolderField('folder:EffectiveRights', '<t:EffectiveRights><t:CreateAssociated>true</t:CreateAssociated><t:CreateContents>true</t:CreateContents><t:CreateHierarchy>true</t:CreateHierarchy><t:Delete>true</t:Delete><t:Modify>true</t:Modify><t:Read>true</t:Read></t:EffectiveRights>'), 'ErrorInvalidPropertySet'],
    ['MS-OXWSCDATA_R335: two properties at once', setFolderField('folder:DisplayName', '<t:FolderClass>IPF.Note</t:FolderClass><t:DisplayName>x</t:DisplayName>'), 'ErrorIncorrectUpdatePropertyCount'],
    ['no property', setFolderField('folder:DisplayName', ''), 'ErrorIncorrectUpdatePropertyCount'],
    ['another property than it names', setFolderField('folder:DisplayName', '<t:FolderClass>IPF.Note</t:FolderClass>'), 'ErrorUpdatePropertyMismatch'],
    ['a name that is taken', setFolderField('folder:DisplayName', '<t:DisplayName>Projects</t:DisplayName>'), 'ErrorFolderExists'],
  ])('refuses %s', async (_what, change, code) => {
    const { id } = await alice.createFolder('F');
    const answer = await alice.call(updateFolder(id, change));
    expect([answer.codes, answer.messages[0]?.attributes['ResponseClass']]).toEqual([[code], 'Error']);
  });

  it('MS-OXWSFOLD_R8902, MS-OXWSFOLD_R9301: several changes of one folder are one change, several folders are several', async () => {
    const [a, b] = [await alice.createFolder('A'), await alice.createFolder('B')];
    const one = ({ id, changeKey }: Id, name: string): string => `<t:FolderChange><t:FolderId Id="${id}" ChangeKey="${changeKey}"/><t:Updates>${setFolderField('folder:DisplayName', `<t:DisplayName>${name}</t:DisplayName>`)}${setFolderField('folder:FolderClass', '<t:FolderClass>IPF.Note.Z</t:FolderClass>')}</t:Updates></t:FolderChange>`;
    const answer = (await alice.call(`<m:UpdateFolder><m:FolderChanges>${one(a, 'A2')}${one(b, 'B2')}</m:FolderChanges></m:UpdateFolder>`)).ok();
    expect(answer.messages).toHaveLength(2);
    const both = (await alice.getFolder([a.id, b.id])).ok();
    expect([both.texts('DisplayName'), both.texts('FolderClass')]).toEqual([['A2', 'B2'], ['IPF.Note.Z', 'IPF.Note.Z']]);
  });
});

describe('DeleteFolder and EmptyFolder', () => {
  it.each([
    ['MS-OXWSFOLD_R34302', 'MoveToDeletedItems', true],
    ['MS-OXWSFOLD_R34301', 'HardDelete', false],
    ['MS-OXWSFOLD_R34303', 'SoftDelete', false],
  ])('%s: %s', async (_requirement, type, isInDeletedItems) => {
    const { id } = await alice.createFolder('Doomed');
    await alice.createMessage('<t:Subject>cargo of the doomed</t:Subject>', id);
    (await alice.call(deleteFolder(type, id))).ok();
    // A folder in the dumpster is told by what was in it.
    expect((await alice.subjects('recoverableitemsdeletions')).includes('cargo of the doomed')).toBe(type === 'SoftDelete');
    const inside = (await alice.call(findFolder('deleteditems', 'Shallow'))).ok().texts('DisplayName');
    expect(inside.includes('Doomed')).toBe(isInDeletedItems);
    expect((await alice.call(findFolder('msgfolderroot', 'Shallow'))).texts('DisplayName')).not.toContain('Doomed');
  });

  it.each(['inbox', 'deleteditems', 'calendar', 'msgfolderroot', 'root'])('MS-OXWSFOLD_R308, MS-OXWSFOLD_R31045: %s cannot be deleted', async (name) => {
    const answer = await alice.call(deleteFolder('HardDelete', name));
    expect([answer.codes, answer.messages[0]?.attributes['ResponseClass']]).toEqual([['ErrorDeleteDistinguishedFolder'], 'Error']);
  });

  it.each([
    ['MS-OXWSFOLD_R380', 'HardDelete', true, ['0', '0']],
    ['MS-OXWSFOLD_R381', 'HardDelete', false, ['0', '1']],
    ['MS-OXWSFOLD_R37803', 'SoftDelete', false, ['0', '1']],
  ])('%s: EmptyFolder %s with subfolders %s', async (_requirement, type, withSubfolders, counts) => {
    const { id } = await alice.createFolder('Full');
    await alice.createMessage('<t:Subject>in it</t:Subject>', id);
    const inner = await alice.createFolder('Inner', id);
    await alice.createMessage('<t:Subject>in the inner</t:Subject>', inner.id);
    (await alice.call(emptyFolder(type, withSubfolders, id))).ok();
    const folder = (await alice.getFolder(id)).ok();
    expect([folder.texts('TotalCount')[0], folder.texts('ChildFolderCount')[0]]).toEqual(counts);
    expect((await alice.subjects('recoverableitemsdeletions')).includes('in it')).toBe(type === 'SoftDelete');
    if (!withSubfolders) expect(await alice.subjects(inner.id)).toEqual(['in the inner']);
  });

  it('MS-OXWSFOLD_R37802: EmptyFolder to Deleted Items', async () => {
    const { id } = await alice.createFolder('Full');
    await alice.createMessage('<t:Subject>swept</t:Subject>', id);
    (await alice.call(emptyFolder('MoveToDeletedItems', false, id))).ok();
    expect(await alice.subjects('deleteditems')).toContain('swept');
  });

  it('MS-OXWSFOLD_R34745: what cannot be emptied says so', async () => {
    const answer = await alice.call(emptyFolder('HardDelete', true, 'calendar'));
    expect([answer.body.name, answer.codes, answer.messages[0]?.attributes['ResponseClass']]).toEqual(['EmptyFolderResponse', ['ErrorCannotEmptyFolder'], 'Error']);
  });
});

describe('MoveFolder and CopyFolder', () => {
  it('MS-OXWSFOLD_R429, MS-OXWSFOLD_R594, MS-OXWSFOLD_R595, MS-OXWSFOLD_R596: a folder moves with its name, class, contents and subfolders', async () => {
    const from = idOf((await alice.call(createFolders('inbox', named('Moving', 'Folder', '<t:FolderClass>IPF.Note.Mine</t:FolderClass>')))).ok().first('FolderId'));
    await alice.createMessage('<t:Subject>cargo</t:Subject>', from.id);
    await alice.createFolder('Inner', from.id);
    const moved = idOf((await alice.call(transferFolder('MoveFolder', 'drafts', from.id))).ok().first('FolderId'));
    const folder = (await alice.getFolder(moved.id)).ok();
    expect([folder.texts('DisplayName'), folder.texts('FolderClass'), folder.texts('TotalCount'), folder.texts('ChildFolderCount')]).toEqual([['Moving'], ['IPF.Note.Mine'], ['1'], ['1']]);
    expect(idOf(folder.first('ParentFolderId')).id).toBe((await alice.folderId('drafts')).id);
    expect(await alice.subjects(moved.id)).toEqual(['cargo']);
    expect((await alice.getFolder('inbox')).texts('ChildFolderCount')).toEqual(['0']);
  });

  it('a copy leaves the original where it is', async () => {
    const copy = idOf((await alice.call(transferFolder('CopyFolder', 'inbox', (await projects()).id))).ok().first('FolderId'));
    const inside = (await alice.call(findFolder(copy.id, 'Deep'))).ok();
    expect(inside.texts('DisplayName').sort()).toEqual(['Alpha', 'Beta']);
    expect((await alice.getFolder((await projects()).id)).texts('ChildFolderCount')).toEqual(['2']);
  });
  const projects = async (): Promise<Id> => {
    const answer = (await alice.call(findFolder('msgfolderroot', 'Shallow'))).ok();
    return idOf(below(answer.first('Folders').children.find((folder) => textAt(folder, 'DisplayName') === 'Projects') ?? answer.body, 'FolderId'));
  };

  it.each<[string, 'MoveFolder' | 'CopyFolder', string, () => Promise<Id | string>, string]>([
    ['MS-OXWSFOLD_R4315: a distinguished folder', 'MoveFolder', 'drafts', async () => 'inbox', 'ErrorMoveDistinguishedFolder'],
    ['a folder into itself', 'MoveFolder', 'self', projects, 'ErrorMoveCopyFailed'],
    ['a folder to where there is one of its name', 'MoveFolder', 'msgfolderroot', async () => alice.createFolder('Projects', 'inbox'), 'ErrorFolderExists'],
    ['MS-OXWSFOLD_R185223: to a mailbox without rights', 'CopyFolder', 'inbox/bob@example.test', projects, 'ErrorToFolderNotFound'],
  ])('refuses %s', async (_what, operation, to, folder, code) => {
    const made = await folder();
    const id = typeof made === 'string' ? made : made.id;
    const answer = await alice.call(transferFolder(operation, to === 'self' ? id : to, id));
    expect([answer.body.name, answer.codes, answer.messages[0]?.attributes['ResponseClass']]).toEqual([`${operation}Response`, [code], 'Error']);
  });
});

describe('FindFolder', () => {
  const whole = ['Archive', 'Projects', 'Alpha', 'Beta'];
  it('finds the children, or everything below, in the order of the hierarchy', async () => {
    const shallow = (await alice.call(findFolder('msgfolderroot', 'Shallow'))).ok().texts('DisplayName');
    const deep = (await alice.call(findFolder('msgfolderroot', 'Deep'))).ok().texts('DisplayName');
    expect(shallow).toEqual(expect.arrayContaining(['Inbox', 'Archive', 'Projects']));
    expect(shallow).not.toContain('Alpha');
    expect(deep).toEqual(expect.arrayContaining(whole));
    expect(deep.indexOf('Alpha')).toBe(deep.indexOf('Projects') + 1);
  });

  it.each([
    ['from the beginning', '<m:IndexedPageFolderView MaxEntriesReturned="2" Offset="0" BasePoint="Beginning"/>', ['0', '2'], false],
    ['the last', '<m:IndexedPageFolderView MaxEntriesReturned="2" Offset="3" BasePoint="Beginning"/>', ['3', '4'], true],
    ['beyond', '<m:IndexedPageFolderView MaxEntriesReturned="2" Offset="9" BasePoint="Beginning"/>', ['4', '4'], true],
    ['from the end', '<m:IndexedPageFolderView MaxEntriesReturned="2" Offset="0" BasePoint="End"/>', ['2', '4'], false],
    ['a fraction', '<m:FractionalPageFolderView MaxEntriesReturned="10" Numerator="1" Denominator="2"/>', ['2', '4'], true],
  ])('pages: %s', async (_what, view, [from, to], isLast) => {
    const { id } = await alice.createFolder('Parent');
    for (const name of ['A', 'B', 'C', 'D']) await alice.createFolder(name, id);
    const answer = (await alice.call(findFolder(id, 'Shallow', view))).ok();
    expect(answer.texts('DisplayName')).toEqual(['A', 'B', 'C', 'D'].slice(Number(from), Number(to)));
    expect(answer.first('RootFolder').attributes).toMatchObject({ TotalItemsInView: '4', IncludesLastItemInRange: String(isLast) });
  });

  it('searches by restriction', async () => {
    const restriction = '<m:Restriction><t:Contains ContainmentMode="Prefixed" ContainmentComparison="IgnoreCase"><t:FieldURI FieldURI="folder:DisplayName"/><t:Constant Value="proj"/></t:Contains></m:Restriction>';
    expect((await alice.call(findFolder('msgfolderroot', 'Deep', restriction))).ok().texts('DisplayName')).toEqual(['Projects']);
  });

  it('answers each parent by itself', async () => {
    const answer = await alice.call(`<m:FindFolder Traversal="Shallow">${idOnly}<m:ParentFolderIds>${folderRef('inbox')}<t:FolderId Id="x"/>${folderRef('msgfolderroot')}</m:ParentFolderIds></m:FindFolder>`);
    expect(answer.codes).toEqual(['NoError', 'ErrorInvalidIdMalformed', 'NoError']);
    expect(answer.xml).toContain(namespaces.messages);
  });
});

describe("other people's folders", () => {
  it('carol reads the inbox of alice and finds it by name', async () => {
    expect(await carol.subjects('inbox/alice@example.test')).toContain('Morning briefing');
  });
  it('bob has the whole of the shared mailbox', async () => {
    const bob = new EwsClient(ews, 'bob');
    expect(await bob.subjects('inbox/support@example.test')).toEqual(['Station 9 is silent', 'Complaint of a gull']);
    expect((await bob.call(createFolders('msgfolderroot/support@example.test', named('Answered')))).codes).toEqual(['NoError']);
  });
  it('dave may not', async () => {
    const dave = new EwsClient(ews, 'dave');
    expect((await dave.findItem('inbox/support@example.test')).codes).toEqual(['ErrorFolderNotFound']);
  });
});
