import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../../src/index.ts';
import { EwsClient, idOf, type Answer } from '../support/client.ts';
import { createFolders, deleteFolder, emptyFolder, findFolder, folderChange, named, setFolderField, transferFolder, unreadBelow, updateFolder, updateFolders } from '../support/folders.ts';
import { folderRef, shape } from '../support/soap.ts';
import { below, names, textAt, type XmlElement } from '../support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  alice = new EwsClient(ews);
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

/** Name of the response and of each message, with class and code. */
const heads = (answer: Answer): (string | undefined)[][] => answer.messages.map((one) => [answer.body.name, one.name, one.attributes['ResponseClass'], textAt(one, 'ResponseCode')]);
const success = (operation: string): string[] => [`${operation}Response`, `${operation}ResponseMessage`, 'Success', 'NoError'];
const failure = (operation: string, code: string): string[] => [`${operation}Response`, `${operation}ResponseMessage`, 'Error', code];
const childrenOf = async (parent: string): Promise<string[]> => (await alice.call(findFolder(parent, 'Shallow'))).ok().texts('DisplayName').sort();
const read = async (id: string, base = 'AllProperties'): Promise<XmlElement> => (await alice.getFolder(id, base)).ok().first('Folders').children[0] as XmlElement;
const setName = (name: string, kind = 'Folder'): string => setFolderField('folder:DisplayName', `<t:DisplayName>${name}</t:DisplayName>`, kind);

describe('CopyFolder and MoveFolder', () => {
  const withCargo = async (): Promise<string> => {
    const from = idOf((await alice.call(createFolders('inbox', named('Cargo', 'Folder', '<t:FolderClass>IPF.Note.Mine</t:FolderClass>')))).ok().first('FolderId')).id;
    await alice.createMessage('<t:Subject>crate</t:Subject>', from);
    await alice.createFolder('Inner', from);
    return from;
  };

  it('MS-OXWSFOLD_R1852, MS-OXWSFOLD_R185222, MS-OXWSFOLD_R211: CopyFolder copies each of the folders asked for', async () => {
    const from = await withCargo();
    const { id: other } = await alice.createFolder('Other', 'inbox');
    const answer = await alice.call(transferFolder('CopyFolder', 'drafts', from, other));
    expect(heads(answer)).toEqual([success('CopyFolder'), success('CopyFolder')]);
    expect([await childrenOf('drafts'), await childrenOf('inbox')]).toEqual([['Cargo', 'Other'], ['Cargo', 'Other']]);
    expect(await alice.subjects(idOf(answer.first('FolderId')).id)).toEqual(['crate']);
  });

  it('MS-OXWSFOLD_R43144, MS-OXWSFOLD_R4314, MS-OXWSFOLD_R461: MoveFolder moves each of the folders asked for', async () => {
    const [one, two] = [await alice.createFolder('One', 'inbox'), await alice.createFolder('Two', 'inbox')];
    expect(heads(await alice.call(transferFolder('MoveFolder', 'drafts', one.id, two.id)))).toEqual([success('MoveFolder'), success('MoveFolder')]);
    expect([await childrenOf('drafts'), await childrenOf('inbox')]).toEqual([['One', 'Two'], []]);
  });

  it('MS-OXWSFOLD_R594, MS-OXWSFOLD_R595, MS-OXWSFOLD_R596: class, name, contents and subfolders move with the folder', async () => {
    const moved = idOf((await alice.call(transferFolder('MoveFolder', 'drafts', await withCargo()))).ok().first('FolderId')).id;
    const folder = await read(moved);
    expect([textAt(folder, 'DisplayName'), textAt(folder, 'FolderClass'), idOf(below(folder, 'ParentFolderId')).id]).toEqual(['Cargo', 'IPF.Note.Mine', (await alice.folderId('drafts')).id]);
    expect([await alice.subjects(moved), await childrenOf(moved)]).toEqual([['crate'], ['Inner']]);
  });

  it('MS-OXWSFOLD_R185223: CopyFolder to nowhere is an error', async () => {
    expect(heads(await alice.call(transferFolder('CopyFolder', 'inbox/bob@example.test', await withCargo())))).toEqual([failure('CopyFolder', 'ErrorToFolderNotFound')]);
  });
});

describe('CreateFolder', () => {
  it('MS-OXWSFOLD_R2202, MS-OXWSFOLD_R22202, MS-OXWSFOLD_R560, MS-OXWSFOLD_R2531: makes each folder of the array below the parent', async () => {
    expect(heads(await alice.call(createFolders('inbox', named('A'), named('B', 'TasksFolder'), named('C', 'CalendarFolder'))))).toEqual([success('CreateFolder'), success('CreateFolder'), success('CreateFolder')]);
    expect(await childrenOf('inbox')).toEqual(['A', 'B', 'C']);
  });

  it('MS-OXWSFOLD_R96, MS-OXWSFOLD_R9602: Folders of the answer are those that it is about', async () => {
    const answer = await alice.call(createFolders('inbox', named('A'), named('B', 'ContactsFolder')));
    expect(answer.messages.map((message) => below(message, 'Folders').children.map((folder) => [folder.name, names(folder)]))).toEqual([[['Folder', ['FolderId']]], [['ContactsFolder', ['FolderId']]]]);
    const ids = answer.all('FolderId').map((id) => idOf(id).id);
    expect((await alice.getFolder(ids)).ok().texts('DisplayName')).toEqual(['A', 'B']);
  });
});

describe('DeleteFolder', () => {
  it.each(['HardDelete', 'SoftDelete', 'MoveToDeletedItems'])('MS-OXWSFOLD_R306, MS-OXWSFOLD_R3104, MS-OXWSFOLD_R31044, MS-OXWSFOLD_R568, MS-OXWSFOLD_R341: %s takes each of the folders out of the mailbox where they are', async (type) => {
    const made = [await alice.createFolder('One', 'inbox'), await alice.createFolder('Two', 'inbox'), await alice.createFolder('Three', 'inbox')];
    expect(heads(await alice.call(deleteFolder(type, ...made.slice(0, 2).map(({ id }) => id))))).toEqual([success('DeleteFolder'), success('DeleteFolder')]);
    expect(await childrenOf('inbox')).toEqual(['Three']);
  });

  it('MS-OXWSFOLD_R31045, MS-OXWSFOLD_R308: a distinguished folder is not deleted', async () => {
    expect(heads(await alice.call(deleteFolder('HardDelete', 'inbox')))).toEqual([failure('DeleteFolder', 'ErrorDeleteDistinguishedFolder')]);
  });
});

describe('EmptyFolder', () => {
  const full = async (): Promise<string> => {
    const { id } = await alice.createFolder('Full');
    await alice.createMessage('<t:Subject>in it</t:Subject>', id);
    await alice.createFolder('Inner', id);
    return id;
  };
  const counts = async (id: string): Promise<(string | undefined)[]> => {
    const folder = await read(id);
    return [textAt(folder, 'TotalCount'), textAt(folder, 'ChildFolderCount')];
  };

  it('MS-OXWSFOLD_R3474, MS-OXWSFOLD_R34744, MS-OXWSFOLD_R367, MS-OXWSFOLD_R571, MS-OXWSFOLD_R5666: empties each of the folders', async () => {
    const ids = [await full(), (await alice.createFolder('Other')).id];
    await alice.createMessage('<t:Subject>x</t:Subject>', ids[1]);
    expect(heads(await alice.call(emptyFolder('MoveToDeletedItems', false, ...ids)))).toEqual([success('EmptyFolder'), success('EmptyFolder')]);
    expect(await Promise.all(ids.map(counts))).toEqual([['0', '1'], ['0', '0']]);
    expect(await alice.subjects('deleteditems')).toEqual(expect.arrayContaining(['in it', 'x']));
  });

  it('MS-OXWSFOLD_R37801: HardDelete leaves nothing to be got back', async () => {
    const id = await full();
    expect(heads(await alice.call(emptyFolder('HardDelete', false, id)))).toEqual([success('EmptyFolder')]);
    for (const place of [id, 'deleteditems', 'recoverableitemsdeletions']) expect(await alice.subjects(place)).not.toContain('in it');
  });

  it.each([[true, ['0', '0']], [false, ['0', '1']]] as const)('MS-OXWSFOLD_R3791: DeleteSubFolders %s', async (withSubfolders, left) => {
    const id = await full();
    expect(heads(await alice.call(emptyFolder('HardDelete', withSubfolders, id)))).toEqual([success('EmptyFolder')]);
    expect(await counts(id)).toEqual(left);
  });
});

describe('GetFolder', () => {
  it('MS-OXWSFOLD_R3864, MS-OXWSFOLD_R38644, MS-OXWSFOLD_R575, MS-OXWSFOLD_R426, MS-OXWSFOLD_R428: gets folders by id with change key and by distinguished name', async () => {
    const { id, changeKey } = await alice.createFolder('Mine');
    const answer = await alice.call(`<m:GetFolder><m:FolderShape>${shape('Default')}</m:FolderShape><m:FolderIds><t:FolderId Id="${id}" ChangeKey="${changeKey}"/>${folderRef('inbox')}</m:FolderIds></m:GetFolder>`);
    expect(heads(answer)).toEqual([success('GetFolder'), success('GetFolder')]);
    expect(answer.texts('DisplayName')).toEqual(['Mine', 'Inbox']);
  });

  it('MS-OXWSFOLD_R38645: an id of nothing is an error', async () => {
    const { id } = await alice.createFolder('Gone');
    await alice.call(deleteFolder('HardDelete', id));
    expect(heads(await alice.getFolder(id))).toEqual([failure('GetFolder', 'ErrorItemNotFound')]);
  });

  it.each([
    ['MS-OXWSFOLD_R42102', 'Default', [], ['FolderId', 'DisplayName', 'TotalCount', 'ChildFolderCount', 'UnreadCount']],
    ['MS-OXWSFOLD_R42103', 'IdOnly', [], ['FolderId']],
    ['MS-OXWSFOLD_R42104, MS-OXWSFOLD_R42105', 'IdOnly', ['folder:FolderClass'], ['FolderId', 'FolderClass']],
    ['MS-OXWSFOLD_R42104, MS-OXWSFOLD_R42105', 'IdOnly', ['folder:UnreadCount', 'folder:ParentFolderId'], ['FolderId', 'ParentFolderId', 'UnreadCount']],
  ])('%s: the shape %s with %j', async (_requirements, base, paths, elements) => {
    expect(names((await alice.getFolder('inbox', base, paths)).ok().first('Folder'))).toEqual(elements);
  });
});

describe('UpdateFolder', () => {
  it('MS-OXWSFOLD_R4644, MS-OXWSFOLD_R46444, MS-OXWSFOLD_R582, MS-OXWSFOLD_R5051, MS-OXWSFOLD_R531, MS-OXWSFOLD_R546, MS-OXWSFOLD_R9301: each FolderChange is the changes of one folder', async () => {
    const [a, b] = [await alice.createFolder('A'), await alice.createFolder('B')];
    const changes = [a, b].map(({ id }, at) => folderChange(id, setName(`New ${at}`), setFolderField('folder:FolderClass', `<t:FolderClass>IPF.Note.Z${at}</t:FolderClass>`)));
    expect(heads(await alice.call(updateFolders(...changes)))).toEqual([success('UpdateFolder'), success('UpdateFolder')]);
    const both = (await alice.getFolder([a.id, b.id])).ok();
    expect([both.texts('DisplayName'), both.texts('FolderClass')]).toEqual([['New 0', 'New 1'], ['IPF.Note.Z0', 'IPF.Note.Z1']]);
  });

  it('MS-OXWSFOLD_R4645: of nothing is an error', async () => {
    const { id } = await alice.createFolder('Gone');
    await alice.call(deleteFolder('HardDelete', id));
    expect(heads(await alice.call(updateFolder(id, setName('x'))))).toEqual([failure('UpdateFolder', 'ErrorItemNotFound')]);
  });

  const colour = '<t:ExtendedFieldURI PropertySetId="11111111-2222-3333-4444-555566667777" PropertyName="colour" PropertyType="String"/>';
  const colours = async (folder: string): Promise<string[]> => (await alice.getFolder(folder, 'IdOnly', [colour])).ok().texts('Value');
  const paint = setFolderField(colour, `<t:ExtendedProperty>${colour}<t:Value>red</t:Value></t:ExtendedProperty>`);

  it('MS-OXWSFOLD_R5251, MS-OXWSFOLD_R583, MS-OXWSFOLD_R5261: SetFolderField sets a property, DeleteFolderField deletes it', async () => {
    const { id } = await alice.createFolder('Mine');
    expect(heads(await alice.call(updateFolder(id, paint)))).toEqual([success('UpdateFolder')]);
    expect(await colours(id)).toEqual(['red']);
    expect(heads(await alice.call(updateFolder(id, `<t:DeleteFolderField>${colour}</t:DeleteFolderField>`)))).toEqual([success('UpdateFolder')]);
    expect(await colours(id)).toEqual([]);
  });

  it('MS-OXWSFOLD_R9101: a distinguished folder is changed by its name', async () => {
    expect(heads(await alice.call(updateFolder('drafts', paint)))).toEqual([success('UpdateFolder')]);
    expect(await colours('drafts')).toEqual(['red']);
  });

  it.each([
    ['MS-OXWSFOLD_R534', 'Folder', 'inbox', ''],
    ['MS-OXWSFOLD_R536', 'CalendarFolder', 'inbox', ''],
    ['MS-OXWSFOLD_R538', 'ContactsFolder', 'inbox', ''],
    ['MS-OXWSFOLD_R540', 'SearchFolder', 'searchfolders', unreadBelow('inbox')],
    ['MS-OXWSFOLD_R542', 'TasksFolder', 'inbox', ''],
  ])('%s: SetFolderField with a %s', async (_requirement, kind, parent, more) => {
    const { id } = idOf((await alice.call(createFolders(parent, named('Mine', kind, '', more)))).ok().first('FolderId'));
    expect(heads(await alice.call(updateFolder(id, setName('Renamed', kind))))).toEqual([success('UpdateFolder')]);
    const folder = await read(id);
    expect([folder.name, textAt(folder, 'DisplayName')]).toEqual([kind, 'Renamed']);
  });

  it('SearchParameters of a search folder are set anew', async () => {
    const { id } = idOf((await alice.call(createFolders('searchfolders', named('Unread', 'SearchFolder', '', unreadBelow('inbox'))))).ok().first('FolderId'));
    const { id: base } = await alice.createFolder('Only here');
    await alice.createMessage('<t:Subject>found</t:Subject><t:IsRead>false</t:IsRead>', base);
    (await alice.call(updateFolder(id, setFolderField('folder:SearchParameters', unreadBelow(base), 'SearchFolder')))).ok();
    expect(await alice.subjects(id)).toEqual(['found']);
  });
});
