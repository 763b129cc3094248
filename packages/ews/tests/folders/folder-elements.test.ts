import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../../src/index.ts';
import { EwsClient, idOf, type Answer } from '../support/client.ts';
import { createFolders, findFolder, named, setFolderField, unreadBelow, updateFolder } from '../support/folders.ts';
import { forms } from '../support/forms.ts';
import { folderRef } from '../support/soap.ts';
import { below, names, textAt, type XmlElement } from '../support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  alice = new EwsClient(ews);
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const make = async (folder: string, parent = 'msgfolderroot'): Promise<string> => idOf((await alice.call(createFolders(parent, folder))).ok().first('FolderId')).id;
const read = async (id: string, base = 'AllProperties', paths: readonly string[] = []): Promise<XmlElement> => (await alice.getFolder(id, base, paths)).ok().first('Folders').children[0] as XmlElement;
const heads = (answer: Answer): (string | undefined)[] => answer.messages.flatMap((one) => [one.attributes['ResponseClass'], textAt(one, 'ResponseCode')]);

describe('the kinds of folders', () => {
  const common = ['FolderId', 'ParentFolderId', 'FolderClass', 'DisplayName', 'TotalCount', 'ChildFolderCount', 'EffectiveRights'];
  const withoutClass = common.filter((name) => name !== 'FolderClass');
  it.each([
    ['MS-OXWSFOLD_R28, MS-OXWSFOLD_R2802', 'Folder', '', [...withoutClass, 'PermissionSet', 'UnreadCount'], 'Permissions'],
    ['MS-OXWSFOLD_R29, MS-OXWSFOLD_R2901', 'CalendarFolder', '', [...common, 'PermissionSet'], 'CalendarPermissions'],
    ['MS-OXWSFOLD_R31, MS-OXWSFOLD_R3301', 'ContactsFolder', '', [...common, 'PermissionSet'], 'Permissions'],
    ['MS-OXWSFOLD_R33, MS-OXWSFOLD_R3302', 'SearchFolder', unreadBelow('inbox'), [...withoutClass, 'UnreadCount'], undefined],
    ['MS-OXWSFOLD_R35, MS-OXWSFOLD_R3501', 'TasksFolder', '', [...common, 'PermissionSet', 'UnreadCount'], 'Permissions'],
  ])('%s: %s is told as one, alone and among others', async (_requirements, kind, more, elements, permissions) => {
    const parent = kind === 'SearchFolder' ? 'searchfolders' : 'msgfolderroot';
    const id = await make(named('Mine', kind, '', more), parent);
    const folder = await read(id, 'AllProperties', ['folder:PermissionSet']);
    expect([folder.name, names(folder)]).toEqual([kind, elements]);
    if (permissions !== undefined) expect(names(below(folder, 'PermissionSet'))).toEqual([permissions]);
    const found = (await alice.call(findFolder(parent, 'Shallow'))).ok().first('Folders').children;
    expect(found.filter((one) => textAt(one, 'DisplayName') === 'Mine').map(({ name }) => name)).toEqual([kind]);
  });

  it('a search folder shows what is in others', async () => {
    const id = await make(named('Unread', 'SearchFolder', '', unreadBelow('inbox')), 'searchfolders');
    expect([textAt(await read(id), 'TotalCount'), textAt(await read(id), 'UnreadCount')]).toEqual(['6', '6']);
  });
});

describe('FolderId and ParentFolderId', () => {
  it('MS-OXWSFOLD_R66, MS-OXWSFOLD_R6602: the FolderId has the identifier and the change key, by which the folder is got', async () => {
    const id = await make(named('Mine'));
    const { attributes, children } = below(await read(id), 'FolderId');
    expect([Object.keys(attributes), children, attributes['Id']]).toEqual([['Id', 'ChangeKey'], [], id]);
    expect([attributes['Id'], attributes['ChangeKey']]).toEqual([expect.stringMatching(forms.base64), expect.stringMatching(forms.base64)]);
    const again = await alice.call(`<m:GetFolder><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape><m:FolderIds><t:FolderId Id="${attributes['Id'] ?? ''}" ChangeKey="${attributes['ChangeKey'] ?? ''}"/></m:FolderIds></m:GetFolder>`);
    expect(again.ok().texts('DisplayName')).toEqual(['Mine']);
  });

  it('MS-OXWSFOLD_R68, MS-OXWSFOLD_R6801, MS-OXWSFOLD_R6802: the ParentFolderId is that of the parent, and is not for the client to say', async () => {
    const parent = await alice.createFolder('Parent');
    const { attributes } = below(await read(await make(named('Child'), parent.id)), 'ParentFolderId');
    expect([Object.keys(attributes), attributes['Id'], attributes['ChangeKey']]).toEqual([['Id', 'ChangeKey'], parent.id, expect.stringMatching(forms.base64)]);
    const said = await alice.call(createFolders('inbox', named('Other', 'Folder', `<t:ParentFolderId Id="${parent.id}"/>`)));
    expect(heads(said)).toEqual(['Error', 'ErrorInvalidPropertySet']);
  });

  it.each(['calendar', 'inbox', 'contacts'])('MS-OXWSFOLD_R8401, MS-OXWSFOLD_R8402: %s is referenced by the name that its DistinguishedFolderId tells', async (name) => {
    const folder = await read(name);
    expect(textAt(folder, 'DistinguishedFolderId')).toBe(name);
    expect(idOf(below(await read(textAt(folder, 'DistinguishedFolderId') ?? ''), 'FolderId'))).toEqual(idOf(below(folder, 'FolderId')));
  });
});

describe('FolderClass and DisplayName', () => {
  it('MS-OXWSFOLD_R69, MS-OXWSFOLD_R5892, MS-OXWSFOLD_R589201: FolderClass is a string of the client', async () => {
    const made = await alice.call(createFolders('inbox', named('Mine', 'Folder', '<t:FolderClass>IPF.Note.Mine</t:FolderClass>')));
    expect(heads(made)).toEqual(['Success', 'NoError']);
    expect(textAt(await read(idOf(made.first('FolderId')).id), 'FolderClass')).toBe('IPF.Note.Mine');
  });

  it('MS-OXWSFOLD_R589202: without FolderClass a folder is made too', async () => {
    const made = await alice.call(createFolders('inbox', named('Mine')));
    expect(heads(made)).toEqual(['Success', 'NoError']);
    expect(textAt(await read(idOf(made.first('FolderId')).id), 'FolderClass')).toBeUndefined();
  });

  it.each(['Plain', 'Mit Äpfeln & <Birnen>', '写真'])('MS-OXWSFOLD_R71, MS-OXWSFOLD_R7101, MS-OXWSFOLD_R7102: DisplayName %s is the name that is shown', async (name) => {
    const { id } = await alice.createFolder(name, 'inbox');
    expect(textAt(await read(id), 'DisplayName')).toBe(name);
    expect((await alice.call(findFolder('inbox', 'Shallow'))).ok().texts('DisplayName')).toEqual([name]);
  });

  it.each([['<t:Folder/>'], ['<t:Folder><t:DisplayName></t:DisplayName></t:Folder>']])('MS-OXWSFOLD_R71021: no folder is made of %s, for DisplayName is required', async (folder) => {
    expect(heads(await alice.call(createFolders('inbox', folder)))).toEqual(['Error', 'ErrorFolderSave']);
    expect((await alice.call(findFolder('inbox', 'Shallow'))).ok().texts('DisplayName')).toEqual([]);
  });
});

describe('counts', () => {
  const post = (subject: string, isRead: boolean): string => `<t:PostItem><t:ItemClass>IPM.Post</t:ItemClass><t:Subject>${subject}</t:Subject><t:IsRead>${isRead}</t:IsRead></t:PostItem>`;

  it('MS-OXWSFOLD_R72, MS-OXWSFOLD_R7201, MS-OXWSFOLD_R5900, MS-OXWSFOLD_R75, MS-OXWSFOLD_R7501, MS-OXWSFOLD_R5912: items and child folders are counted', async () => {
    const { id } = await alice.createFolder('Counted');
    const counts = async (): Promise<(string | undefined)[]> => {
      const folder = await read(id);
      return [textAt(folder, 'TotalCount'), textAt(folder, 'ChildFolderCount')];
    };
    expect(await counts()).toEqual(['0', '0']);
    for (const subject of ['a', 'b', 'c']) await alice.createMessage(`<t:Subject>${subject}</t:Subject>`, id);
    for (const name of ['X', 'Y']) await alice.createFolder(name, id);
    expect(await counts()).toEqual(['3', '2']);
    for (const text of await counts()) expect(text).toMatch(forms.int);
  });

  it('MS-OXWSFOLD_R99, MS-OXWSFOLD_R9901, MS-OXWSFOLD_R10011: UnreadCount is the sum of messages and posts that are not read', async () => {
    const { id } = await alice.createFolder('Counted');
    for (const isRead of [false, true, false]) await alice.createMessage(`<t:Subject>m</t:Subject><t:IsRead>${isRead}</t:IsRead>`, id);
    for (const isRead of [false, true]) (await alice.createItem(post('p', isRead), { folder: id })).ok();
    const kinds = (await alice.findItem(id, { paths: ['message:IsRead'] })).ok().first('Items').children;
    const unread = kinds.filter((item) => textAt(item, 'IsRead') === 'false').map(({ name }) => name);
    expect(unread.sort()).toEqual(['Message', 'Message', 'PostItem']);
    const count = textAt(await read(id), 'UnreadCount');
    expect([count, forms.int.test(count ?? '')]).toEqual(['3', true]);
  });

  it.each(['Default', 'AllProperties'])('MS-OXWSFOLD_R10010: UnreadCount is in answers of the shape %s, nought too', async (base) => {
    const { id } = await alice.createFolder('Counted');
    expect(textAt(await read(id, base), 'UnreadCount')).toBe('0');
  });
});

describe('ExtendedProperty', () => {
  const property = '<t:ExtendedFieldURI PropertySetId="11111111-2222-3333-4444-555566667777" PropertyName="colour" PropertyType="String"/>';
  it('MS-OXWSFOLD_R77, MS-OXWSFOLD_R78, MS-OXWSFOLD_R7801: is taken and told with its path and value', async () => {
    const made = await alice.call(createFolders('inbox', named('X', 'Folder', '', `<t:ExtendedProperty>${property}<t:Value>red</t:Value></t:ExtendedProperty>`)));
    expect(heads(made)).toEqual(['Success', 'NoError']);
    const extended = below(await read(idOf(made.first('FolderId')).id, 'IdOnly', [property]), 'ExtendedProperty');
    expect([names(extended), textAt(extended, 'Value'), below(extended, 'ExtendedFieldURI').attributes]).toEqual([
      ['ExtendedFieldURI', 'Value'], 'red', { PropertySetId: '11111111-2222-3333-4444-555566667777', PropertyName: 'colour', PropertyType: 'String' },
    ]);
  });

  it('MS-OXWSFOLD_R7802: a folder without is made', async () => {
    const made = await alice.call(createFolders('inbox', named('X')));
    expect(heads(made)).toEqual(['Success', 'NoError']);
    expect(names(await read(idOf(made.first('FolderId')).id, 'IdOnly', [property]))).toEqual(['FolderId']);
  });
});

describe('what only the server says', () => {
  const rights = ['CreateAssociated', 'CreateContents', 'CreateHierarchy', 'Delete', 'Modify', 'Read', 'ViewPrivateItems'];
  it('MS-OXWSFOLD_R81, MS-OXWSFOLD_R5934: EffectiveRights is told, a truth value for each right', async () => {
    const told = below(await read('inbox'), 'EffectiveRights');
    expect(names(told)).toEqual(rights);
    expect(told.children.filter(({ text }) => !forms.boolean.test(text))).toEqual([]);
  });

  it('MS-OXWSFOLD_R80: ManagedFolderInformation is read-only', async () => {
    const managed = '<t:ManagedFolderInformation><t:CanDelete>true</t:CanDelete><t:CanRenameOrMove>true</t:CanRenameOrMove><t:MustDisplayComment>false</t:MustDisplayComment><t:HasQuota>false</t:HasQuota><t:IsManagedFoldersRoot>false</t:IsManagedFoldersRoot></t:ManagedFolderInformation>';
    expect(heads(await alice.call(createFolders('inbox', `<t:Folder><t:DisplayName>M</t:DisplayName>${managed}</t:Folder>`)))).toEqual(['Error', 'ErrorInvalidPropertySet']);
    const { id } = await alice.createFolder('Mine');
    expect(heads(await alice.call(updateFolder(id, setFolderField('folder:ManagedFolderInformation', managed))))).toEqual(['Error', 'ErrorInvalidPropertySet']);
    expect(names(await read(id))).not.toContain('ManagedFolderInformation');
  });

  it('a mailbox beside the name is that of whose folder is meant', async () => {
    expect((await alice.call(`<m:GetFolder><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape><m:FolderIds>${folderRef('inbox/alice@example.test')}</m:FolderIds></m:GetFolder>`)).ok().texts('DisplayName')).toEqual(['Inbox']);
  });
});
