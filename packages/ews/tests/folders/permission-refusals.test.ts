import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../../src/index.ts';
import { EwsClient, idOf, type Answer } from '../support/client.ts';
import { createFolders, named, setFolderField, updateFolder } from '../support/folders.ts';
import { folderRef } from '../support/soap.ts';
import { textAt } from '../support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  alice = new EwsClient(ews);
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const carol = '<t:PrimarySmtpAddress>carol@example.test</t:PrimarySmtpAddress>';
const permission = (user: string, more = ''): string => `<t:Permission><t:UserId>${user}</t:UserId>${more}<t:PermissionLevel>Reviewer</t:PermissionLevel></t:Permission>`;
const set = (permissions: string, more = ''): string => `<t:PermissionSet><t:Permissions>${permissions}</t:Permissions>${more}</t:PermissionSet>`;
const calendarSet = `<t:PermissionSet><t:CalendarPermissions><t:CalendarPermission><t:UserId>${carol}</t:UserId><t:CalendarPermissionLevel>Reviewer</t:CalendarPermissionLevel></t:CalendarPermission></t:CalendarPermissions></t:PermissionSet>`;
const make = (permissions: string, client = alice, version?: string): Promise<Answer> => client.call(createFolders('msgfolderroot', named('Mine', 'Folder', '', permissions)), { version });
const change = (folder: string, kind: string, permissions: string): Promise<Answer> => alice.call(updateFolder(folder, setFolderField('folder:PermissionSet', permissions, kind)));

it.each<[code: string, what: string, ask: () => Promise<Answer>]>([
  ['ErrorInvalidUserInfo', 'everybody, who is somebody too', () => make(set(permission(`${carol}<t:DistinguishedUser>Default</t:DistinguishedUser>`)))],
  ['ErrorInvalidUserInfo', 'nobody whom the directory knows', () => make(set(permission('<t:PrimarySmtpAddress>nobody@example.test</t:PrimarySmtpAddress>')))],
  ['ErrorMissingUserIdInformation', 'a display name alone', () => make(set(permission('<t:DisplayName>Carol</t:DisplayName>')))],
  ['ErrorDuplicateUserIdsSpecified', 'the same person twice', () => make(set(permission(carol) + permission('<t:PrimarySmtpAddress>CAROL@example.test</t:PrimarySmtpAddress>')))],
  ['ErrorDuplicateUserIdsSpecified', 'everybody twice', () => make(set(permission('<t:DistinguishedUser>Default</t:DistinguishedUser>').repeat(2)))],
  ['ErrorCannotSetPermissionUnknownEntries', 'those who are unknown', () => make(set(permission(carol), '<t:UnknownEntries><t:UnknownEntry>S-1-5-21-1</t:UnknownEntry></t:UnknownEntries>'))],
  ['ErrorCannotSetCalendarPermissionOnNonCalendarFolder', 'of a calendar, for a folder of mail', () => change('inbox', 'CalendarFolder', calendarSet)],
  ['ErrorCannotSetNonCalendarPermissionOnCalendarFolder', 'of a folder of mail, for a calendar', () => change('calendar', 'Folder', set(permission(carol)))],
])('%s: permissions %s', async (code, _what, ask) => {
  expect((await ask()).codes).toEqual([code]);
});

describe('Exchange 2010', () => {
  const asked = { version: 'Exchange2010_SP2' };
  const create = (folder: string): string => `<m:CreateItem MessageDisposition="SaveOnly"><m:SavedItemFolderId>${folderRef(folder)}</m:SavedItemFolderId><m:Items><t:Message><t:Subject>x</t:Subject></t:Message></m:Items></m:CreateItem>`;
  const with2010 = async (act: (client: EwsClient) => Promise<void>): Promise<void> => {
    await using own = await createEwsEmulator({ profile: 'exchange2010' });
    await act(new EwsClient(own));
  };
  const contradiction = set(permission(carol, '<t:CanCreateItems>true</t:CanCreateItems>'));

  it('MS-OXWSFOLD_R54911: rights beside a level that is not Custom are ErrorInvalidPermissionSettings; since Exchange 2013 the level is what counts', async () => {
    await with2010(async (client) => {
      expect((await make(contradiction, client, 'Exchange2010_SP2')).codes).toEqual(['ErrorInvalidPermissionSettings']);
      expect((await make(set(permission(carol)), client, 'Exchange2010_SP2')).codes).toEqual(['NoError']);
    });
    expect((await make(contradiction)).codes).toEqual(['NoError']);
  });

  it('MS-OXWSFOLD_R5664: EmptyFolder empties a folder', async () => {
    await with2010(async (client) => {
      (await client.call(create('inbox'), asked)).ok();
      const answer = await client.call(`<m:EmptyFolder DeleteType="HardDelete" DeleteSubFolders="false"><m:FolderIds>${folderRef('inbox')}</m:FolderIds></m:EmptyFolder>`, asked);
      expect(answer.messages.map((one) => [one.attributes['ResponseClass'], textAt(one, 'ResponseCode')])).toEqual([['Success', 'NoError']]);
      const left = await client.call(`<m:GetFolder><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape><m:FolderIds>${folderRef('inbox')}</m:FolderIds></m:GetFolder>`, asked);
      expect(left.texts('TotalCount')).toEqual(['0']);
    });
  });

  it('MS-OXWSFOLD_R1532: a Contributor creates items and reads none', async () => {
    await using own = await createEwsEmulator({ profile: 'exchange2010' });
    const [owner, contributor] = [new EwsClient(own), new EwsClient(own, 'carol')];
    const { id } = idOf((await make(set(permission(carol)).replace('Reviewer', 'Contributor'), owner, asked.version)).ok().first('FolderId'));
    const of = (answer: Answer): string => `<m:GetItem><m:ItemShape><t:BaseShape>Default</t:BaseShape></m:ItemShape><m:ItemIds><t:ItemId Id="${idOf(answer.ok().first('ItemId')).id}"/></m:ItemIds></m:GetItem>`;
    const his = await owner.call(create(id), asked);
    expect((await contributor.call(create(id), asked)).codes).toEqual(['NoError']);
    expect((await contributor.call(of(his), asked)).codes).toEqual([expect.stringMatching(/^Error(AccessDenied|ItemNotFound)$/)]);
  });
});
