import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { EwsClient, idOf, type Answer } from './support/client.ts';
import { folderRef } from './support/soap.ts';
import { below, child, names, textAt, type XmlElement } from './support/xml.ts';

const managedFolders = [
  { name: 'Contracts', comment: 'Kept for ten years', mustDisplayComment: true, quota: 100, homePage: 'https://example.test/contracts' },
  { name: 'Minutes' }, { name: 'Plans' },
];
let ews: EwsEmulator;
let alice: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ managedFolders });
  alice = new EwsClient(ews);
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const create = (folders: readonly string[], mailbox = '', client = alice): Promise<Answer> =>
  client.call(`<m:CreateManagedFolder><m:FolderNames>${folders.map((name) => `<t:FolderName>${name}</t:FolderName>`).join('')}</m:FolderNames>${mailbox}</m:CreateManagedFolder>`);
const mailboxOf = (address: string): string => `<m:Mailbox><t:EmailAddress>${address}</t:EmailAddress></m:Mailbox>`;
const idsOf = (answer: Answer): string[] => answer.ok().all('FolderId').map(({ attributes }) => attributes['Id'] as string);
const folder = async (id: string, client = alice): Promise<XmlElement> => (await client.getFolder(id)).ok().first('Folders').children[0] as XmlElement;
const information = (of: XmlElement): XmlElement => below(of, 'ManagedFolderInformation');
const parentOf = (of: XmlElement): string => below(of, 'ParentFolderId').attributes['Id'] as string;

it('MS-OXWSFOLD_R2692, MS-OXWSFOLD_R26992, MS-OXWSFOLD_R565, MS-OXWSFOLD_R2961: managed folders are made in the mailbox, each with its answer', async () => {
  const answer = await create(['Contracts', 'Minutes']);
  expect([answer.body.name, answer.messages.map((message) => [message.name, message.attributes['ResponseClass'], textAt(message, 'ResponseCode')])]).toEqual([
    'CreateManagedFolderResponse', [['CreateManagedFolderResponseMessage', 'Success', 'NoError'], ['CreateManagedFolderResponseMessage', 'Success', 'NoError']],
  ]);
  const [contracts, minutes] = idsOf(answer) as [string, string];
  expect([textAt(await folder(contracts), 'DisplayName'), textAt(await folder(minutes), 'DisplayName')]).toEqual(['Contracts', 'Minutes']);
});

it('MS-OXWSFOLD_R298: Mailbox names the mailbox that gets them', async () => {
  const bob = new EwsClient(ews, 'bob');
  const [id] = idsOf(await create(['Minutes'], mailboxOf('support@example.test'), bob)) as [string];
  expect(textAt(await folder(id, bob), 'DisplayName')).toBe('Minutes');
  const found = (await bob.call(`<m:FindFolder Traversal="Deep"><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape><m:ParentFolderIds>${folderRef('msgfolderroot/support@example.test')}</m:ParentFolderIds></m:FindFolder>`)).ok();
  expect(found.texts('DisplayName')).toEqual(expect.arrayContaining(['Managed Folders', 'Minutes']));
});

it('MS-OXWSFOLD_R5922, MS-OXWSFOLD_R1111, MS-OXWSFOLD_R1071, MS-OXWSFOLD_R1072: what a folder tells of its definition, with a quota and its StorageQuota', async () => {
  const [id] = idsOf(await create(['Contracts'])) as [string];
  const told = information(await folder(id));
  expect(names(told)).toEqual(['CanDelete', 'CanRenameOrMove', 'MustDisplayComment', 'HasQuota', 'IsManagedFoldersRoot', 'ManagedFolderId', 'Comment', 'StorageQuota', 'FolderSize', 'HomePage']);
  expect(['CanDelete', 'CanRenameOrMove', 'MustDisplayComment', 'HasQuota', 'IsManagedFoldersRoot', 'Comment', 'StorageQuota', 'FolderSize', 'HomePage'].map((name) => textAt(told, name))).toEqual([
    'true', 'true', 'true', 'true', 'false', 'Kept for ten years', '100', '0', 'https://example.test/contracts',
  ]);
  expect(textAt(told, 'ManagedFolderId')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});

it('MS-OXWSFOLD_R1071, MS-OXWSFOLD_R10711: one without a quota has no StorageQuota', async () => {
  const [id] = idsOf(await create(['Minutes'])) as [string];
  const told = information(await folder(id));
  expect([textAt(told, 'HasQuota'), child(told, 'StorageQuota'), textAt(told, 'MustDisplayComment'), textAt(told, 'Comment')]).toEqual(['false', undefined, 'false', '']);
});

it('MS-OXWSFOLD_R1091: each has an id of its own, that of its definition whatever the mailbox', async () => {
  const [contracts, minutes] = idsOf(await create(['Contracts', 'Minutes'])) as [string, string];
  const id = async (of: string, client = alice): Promise<string | undefined> => textAt(information(await folder(of, client)), 'ManagedFolderId');
  expect(await id(contracts)).not.toBe(await id(minutes));
  const bob = new EwsClient(ews, 'bob');
  const [ofBob] = idsOf(await create(['Minutes'], '', bob)) as [string];
  expect(await id(ofBob, bob)).toBe(await id(minutes));
});

it('MS-OXWSFOLD_R1081, MS-OXWSFOLD_R1082, MS-OXWSFOLD_R10811: they are below a root that says so, and nothing above it is managed', async () => {
  const made = await folder((idsOf(await create(['Minutes'])) as [string])[0]);
  const root = await folder(parentOf(made));
  expect([textAt(information(made), 'IsManagedFoldersRoot'), textAt(root, 'DisplayName'), textAt(information(root), 'IsManagedFoldersRoot')]).toEqual(['false', 'Managed Folders', 'true']);
  const above = await folder(parentOf(root));
  expect([textAt(above, 'DistinguishedFolderId'), child(above, 'ManagedFolderInformation')]).toEqual(['msgfolderroot', undefined]);
});

it('MS-OXWSFOLD_R80: ManagedFolderInformation is read-only', async () => {
  const content = '<t:DisplayName>x</t:DisplayName><t:ManagedFolderInformation><t:CanDelete>true</t:CanDelete></t:ManagedFolderInformation>';
  const answer = await alice.call(`<m:CreateFolder><m:ParentFolderId>${folderRef('inbox')}</m:ParentFolderId><m:Folders><t:Folder>${content}</t:Folder></m:Folders></m:CreateFolder>`);
  expect([answer.messages[0]?.attributes['ResponseClass'], answer.codes]).toEqual(['Error', ['ErrorInvalidPropertySet']]);
});

const rename = (id: string, name: string): string =>
  `<m:UpdateFolder><m:FolderChanges><t:FolderChange><t:FolderId Id="${id}"/><t:Updates><t:SetFolderField><t:FieldURI FieldURI="folder:DisplayName"/><t:Folder><t:DisplayName>${name}</t:DisplayName></t:Folder></t:SetFolderField></t:Updates></t:FolderChange></m:FolderChanges></m:UpdateFolder>`;
const move = (id: string): string => `<m:MoveFolder><m:ToFolderId>${folderRef('inbox')}</m:ToFolderId><m:FolderIds><t:FolderId Id="${id}"/></m:FolderIds></m:MoveFolder>`;

it('MS-OXWSFOLD_R105211, MS-OXWSFOLD_R105212: CanRenameOrMove true: the folder is renamed, and moved', async () => {
  const [id] = idsOf(await create(['Minutes'])) as [string];
  expect(textAt(information(await folder(id)), 'CanRenameOrMove')).toBe('true');
  (await alice.call(rename(id, 'Protocols'))).ok();
  (await alice.call(move(id))).ok();
  const moved = await folder(id);
  expect([textAt(moved, 'DisplayName'), parentOf(moved), textAt(information(moved), 'IsManagedFoldersRoot')]).toEqual(['Protocols', (await alice.folderId('inbox')).id, 'false']);
});

it('MS-OXWSFOLD_R1051111, MS-OXWSFOLD_R1051112: up to Exchange 2013 the root says CanRenameOrMove false, and is neither renamed nor moved', async () => {
  await using older = await createEwsEmulator({ managedFolders, profile: 'exchange2013' });
  const client = new EwsClient(older);
  const call = (body: string): Promise<Answer> => client.call(body, { version: 'Exchange2013' });
  const made = (await call('<m:CreateManagedFolder><m:FolderNames><t:FolderName>Minutes</t:FolderName></m:FolderNames></m:CreateManagedFolder>')).ok();
  const get = async (id: string): Promise<XmlElement> => (await call(`<m:GetFolder><m:FolderShape><t:BaseShape>AllProperties</t:BaseShape></m:FolderShape><m:FolderIds><t:FolderId Id="${id}"/></m:FolderIds></m:GetFolder>`)).ok().first('Folders').children[0] as XmlElement;
  const root = parentOf(await get(idOf(made.first('FolderId')).id));
  expect([textAt(information(await get(root)), 'CanRenameOrMove'), textAt(information(await get(root)), 'CanDelete')]).toEqual(['false', 'false']);
  for (const body of [rename(root, 'x'), move(root)]) {
    const answer = await call(body);
    expect([answer.messages[0]?.attributes['ResponseClass'], answer.codes]).toEqual(['Error', ['ErrorAccessDenied']]);
  }
  expect(textAt(await get(root), 'DisplayName')).toBe('Managed Folders');
});

describe('refusals', () => {
  it.each([
    ['MS-OXWSFOLD_R26993, MS-OXWSCDATA_R301: a name that comes twice', ['Minutes', 'minutes'], '', ['ErrorDuplicateInputFolderNames']],
    ['MS-OXWSCDATA_R1453: an empty address', ['Minutes'], '<m:Mailbox/>', ['ErrorNonExistentMailbox']],
    ["nobody's address", ['Minutes'], mailboxOf('nobody@example.test'), ['ErrorNonExistentMailbox']],
    ["somebody else's mailbox", ['Minutes'], mailboxOf('bob@example.test'), ['ErrorAccessDenied']],
    ['a name that is not defined', ['Memoirs'], '', ['ErrorManagedFolderNotFound']],
    ['a name that is not defined, after others', ['Minutes', 'Memoirs', 'Plans'], '', ['NoError', 'ErrorCreateManagedFolderPartialCompletion', 'NoError']],
  ])('%s', async (_what, folders, mailbox, codes) => {
    const answer = await create(folders, mailbox);
    expect([answer.body.name, new Set(answer.messages.map(({ name }) => name))]).toEqual(['CreateManagedFolderResponse', new Set(['CreateManagedFolderResponseMessage'])]);
    expect([answer.codes, answer.messages.map((message) => message.attributes['ResponseClass'])]).toEqual([codes, codes.map((code) => (code === 'NoError' ? 'Success' : 'Error'))]);
    expect(answer.messages.map((message) => names(message).at(-1))).toEqual(codes.map(() => 'Folders'));
  });

  it('a folder that is there', async () => {
    (await create(['Minutes'])).ok();
    const answer = await create(['Minutes']);
    expect([answer.codes, answer.texts('MessageText')]).toEqual([['ErrorManagedFolderAlreadyExists'], ['A specified managed folder already exists in the mailbox.']]);
  });

  it('another folder with the name of the root', async () => {
    await alice.createFolder('Managed Folders');
    expect((await create(['Minutes'])).codes).toEqual(['ErrorManagedFoldersRootFailure']);
  });
});
