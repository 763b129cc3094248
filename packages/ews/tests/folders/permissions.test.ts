import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../../src/index.ts';
import { EwsClient, idOf, setField, type Id } from '../support/client.ts';
import { createFolders, deleteFolder, named, setFolderField, updateFolder } from '../support/folders.ts';
import { textAt } from '../support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
let carol: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  [alice, carol] = [new EwsClient(ews), new EwsClient(ews, 'carol')];
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const nobody = '<t:Permission><t:UserId><t:DistinguishedUser>Default</t:DistinguishedUser></t:UserId><t:PermissionLevel>None</t:PermissionLevel></t:Permission>';
const forCarol = (level: string, more = ''): string =>
  `<t:PermissionSet><t:Permissions>${nobody}<t:Permission><t:UserId><t:PrimarySmtpAddress>carol@example.test</t:PrimarySmtpAddress></t:UserId>${more}<t:PermissionLevel>${level}</t:PermissionLevel></t:Permission></t:Permissions></t:PermissionSet>`;
const give = async (level: string, more = ''): Promise<string> => {
  const { id } = await alice.createFolder('Shared');
  (await alice.call(updateFolder(id, setFolderField('folder:PermissionSet', forCarol(level, more))))).ok();
  return id;
};

/** What carol may do in a folder, tried out; of her own items nothing is known where she can make none. */
async function tried(folder: string): Promise<Record<string, boolean>> {
  const message = '<t:Message><t:Subject>made</t:Subject></t:Message>';
  const other = await alice.createMessage('<t:Subject>of alice</t:Subject>', folder);
  const made = await carol.createItem(message, { folder });
  const isAllowed = (codes: readonly string[]): boolean => codes.every((code) => code === 'NoError');
  const over = async (what: string, id: Id): Promise<Record<string, boolean>> => ({
    [`reads ${what}`]: isAllowed((await carol.getItem(id, 'IdOnly')).codes),
    [`edits ${what}`]: isAllowed((await carol.updateItem(id, setField('item:Subject', '<t:Subject>changed</t:Subject>'))).codes),
    [`deletes ${what}`]: isAllowed((await carol.deleteItem({ id: id.id, changeKey: '' })).codes),
  });
  return {
    'creates items': isAllowed(made.codes),
    'creates folders': isAllowed((await carol.call(createFolders(folder, named('Below')))).codes),
    ...(await over('others', other)),
    ...(isAllowed(made.codes) ? await over('her own', idOf(made.first('ItemId'))) : {}),
  };
}

const everything = ['creates items', 'creates folders', 'reads others', 'edits others', 'deletes others', 'reads her own', 'edits her own', 'deletes her own'];
const without = (...actions: string[]): string[] => everything.filter((action) => !actions.includes(action));
const allowed = (rights: Readonly<Record<string, boolean>>): string[] => everything.filter((action) => rights[action]);
const told = async (id: string): Promise<(string | undefined)[]> => {
  const answer = (await alice.getFolder(id, 'IdOnly', ['folder:PermissionSet'])).ok();
  const hers = answer.all('Permission').find((one) => textAt(one, 'UserId', 'PrimarySmtpAddress') === 'carol@example.test');
  return ['CanCreateItems', 'CanCreateSubFolders', 'IsFolderOwner', 'IsFolderContact', 'EditItems', 'DeleteItems', 'ReadItems', 'PermissionLevel'].map((name) => hers && textAt(hers, name));
};

describe('PermissionLevel', () => {
  it.each([
    ['MS-OXWSFOLD_R146, MS-OXWSFOLD_R1231', 'Owner', ['true', 'true', 'true', 'true', 'All', 'All', 'FullDetails'], everything],
    ['MS-OXWSFOLD_R147, MS-OXWSFOLD_R1231', 'PublishingEditor', ['true', 'true', 'false', 'false', 'All', 'All', 'FullDetails'], everything],
    ['MS-OXWSFOLD_R148, MS-OXWSFOLD_R1231', 'Editor', ['true', 'false', 'false', 'false', 'All', 'All', 'FullDetails'], without('creates folders')],
    ['MS-OXWSFOLD_R149, MS-OXWSFOLD_R1231', 'PublishingAuthor', ['true', 'true', 'false', 'false', 'Owned', 'Owned', 'FullDetails'], without('edits others', 'deletes others')],
    ['MS-OXWSFOLD_R150, MS-OXWSFOLD_R1231', 'Author', ['true', 'false', 'false', 'false', 'Owned', 'Owned', 'FullDetails'], without('creates folders', 'edits others', 'deletes others')],
    ['MS-OXWSFOLD_R151, MS-OXWSFOLD_R1231', 'NoneditingAuthor', ['true', 'false', 'false', 'false', 'None', 'Owned', 'FullDetails'], without('creates folders', 'edits others', 'deletes others', 'edits her own')],
    ['MS-OXWSFOLD_R152, MS-OXWSFOLD_R1231', 'Reviewer', ['false', 'false', 'false', 'false', 'None', 'None', 'FullDetails'], ['reads others']],
    ['MS-OXWSFOLD_R1531, MS-OXWSFOLD_R1231', 'Contributor', ['true', 'false', 'false', 'false', 'None', 'None', 'None'], ['creates items', 'reads her own']],
    ['MS-OXWSFOLD_R145, MS-OXWSFOLD_R1231', 'None', ['false', 'false', 'false', 'false', 'None', 'None', 'None'], []],
  ])('%s: %s', async (_requirement, level, rights, actions) => {
    const id = await give(level);
    expect(await told(id)).toEqual([...rights, level]);
    expect(allowed(await tried(id))).toEqual(actions);
  });

  it('MS-OXWSFOLD_R154: Custom says each right by itself', async () => {
    const id = await give('Custom', '<t:CanCreateItems>true</t:CanCreateItems><t:IsFolderVisible>true</t:IsFolderVisible><t:EditItems>Owned</t:EditItems><t:ReadItems>FullDetails</t:ReadItems>');
    expect(await told(id)).toEqual(['true', 'false', 'false', 'false', 'Owned', 'None', 'FullDetails', 'Custom']);
    expect(allowed(await tried(id))).toEqual(['creates items', 'reads others', 'reads her own', 'edits her own']);
  });

  it('without any right a folder is not to be seen', async () => {
    const id = await give('None');
    expect((await carol.getFolder(id)).codes).toEqual(['ErrorItemNotFound']);
    expect((await carol.findItem(id)).codes).toEqual(['ErrorItemNotFound']);
  });

  it("a Contributor's list of items stays shut, what others made too", async () => {
    const id = await give('Contributor');
    const other = await alice.createMessage('<t:Subject>of alice</t:Subject>', id);
    expect((await carol.findItem(id)).codes).toEqual(['ErrorAccessDenied']);
    expect((await carol.getItem(other)).codes).toEqual(['ErrorAccessDenied']);
  });
});

describe('each right of Custom allows what it says, and without it that is refused', () => {
  const reading = '<t:ReadItems>FullDetails</t:ReadItems>';
  const creating = '<t:CanCreateItems>true</t:CanCreateItems>';
  const seeing = '<t:IsFolderVisible>true</t:IsFolderVisible>';
  it.each([
    ['MS-OXWSFOLD_R4501, MS-OXWSFOLD_R46: CanCreateItems true', creating + seeing, ['creates items', 'reads her own']],
    ['MS-OXWSFOLD_R4501, MS-OXWSFOLD_R4502: CanCreateItems false', `<t:CanCreateItems>false</t:CanCreateItems>${seeing}`, []],
    ['MS-OXWSFOLD_R4701, MS-OXWSFOLD_R4702: CanCreateSubFolders true', `<t:CanCreateSubFolders>true</t:CanCreateSubFolders>${seeing}`, ['creates folders']],
    ['MS-OXWSFOLD_R4701, MS-OXWSFOLD_R47001: CanCreateSubFolders false', `<t:CanCreateSubFolders>false</t:CanCreateSubFolders>${seeing}`, []],
    ['MS-OXWSFOLD_R51001: EditItems None', `${creating}${seeing}<t:EditItems>None</t:EditItems>`, ['creates items', 'reads her own']],
    ['MS-OXWSFOLD_R51002: EditItems Owned', `${creating}${seeing}<t:EditItems>Owned</t:EditItems>`, ['creates items', 'reads her own', 'edits her own']],
    ['MS-OXWSFOLD_R51003: EditItems All', `${creating}${seeing}<t:EditItems>All</t:EditItems>${reading}`, ['creates items', 'reads others', 'edits others', 'reads her own', 'edits her own']],
    ['MS-OXWSFOLD_R52001: DeleteItems None', `${creating}${seeing}<t:DeleteItems>None</t:DeleteItems>`, ['creates items', 'reads her own']],
    ['MS-OXWSFOLD_R52002: DeleteItems Owned', `${creating}${seeing}<t:DeleteItems>Owned</t:DeleteItems>`, ['creates items', 'reads her own', 'deletes her own']],
    ['MS-OXWSFOLD_R52003: DeleteItems All', `${creating}${seeing}<t:DeleteItems>All</t:DeleteItems>${reading}`, ['creates items', 'reads others', 'deletes others', 'reads her own', 'deletes her own']],
    ['MS-OXWSFOLD_R157: ReadItems None', `${seeing}<t:ReadItems>None</t:ReadItems>`, []],
    ['MS-OXWSFOLD_R158: ReadItems FullDetails', seeing + reading, ['reads others']],
  ])('%s', async (_what, rights, actions) => {
    expect(allowed(await tried(await give('Custom', rights)))).toEqual(actions);
  });
});

describe('EffectiveRights', () => {
  const rightsOf = async (client: EwsClient, folder: string, name: string): Promise<string | undefined> => textAt((await client.getFolder(folder)).ok().first('EffectiveRights'), name);
  const rename = (folder: string): string => updateFolder(folder, setFolderField('folder:DisplayName', '<t:DisplayName>Other</t:DisplayName>'));

  it.each([
    ['MS-OXWSFOLD_R810109, MS-OXWSFOLD_R8101011', 'Owner', 'true', 'true'],
    ['MS-OXWSFOLD_R8101010, MS-OXWSFOLD_R8101011', 'Reviewer', 'false', 'true'],
    ['MS-OXWSFOLD_R8101010, MS-OXWSFOLD_R8101012', 'Custom', 'false', 'false'],
  ])('%s: a folder of which carol is %s says Modify %s and Read %s, and that holds', async (_requirement, level, modify, read) => {
    const id = await give(level, level === 'Custom' ? '<t:IsFolderVisible>true</t:IsFolderVisible>' : '');
    const mail = await alice.createMessage('<t:Subject>of alice</t:Subject>', id);
    expect([await rightsOf(carol, id, 'Modify'), await rightsOf(carol, id, 'Read')]).toEqual([modify, read]);
    expect((await carol.getItem(mail)).codes).toEqual([read === 'true' ? 'NoError' : 'ErrorAccessDenied']);
    expect((await carol.call(rename(id))).codes).toEqual([modify === 'true' ? 'NoError' : 'ErrorAccessDenied']);
  });

  it.each([
    ['MS-OXWSFOLD_R810107', 'Owner', 'true', 'NoError'],
    ['MS-OXWSFOLD_R810108', 'Reviewer', 'false', 'ErrorAccessDenied'],
  ])('%s: of an %s Delete is %s, and deleting answers %s', async (_requirement, level, value, code) => {
    const id = await give(level);
    expect(await rightsOf(carol, id, 'Delete')).toBe(value);
    expect((await carol.call(deleteFolder('HardDelete', id))).codes).toEqual([code]);
  });
});
