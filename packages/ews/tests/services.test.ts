import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { EwsClient, idOf } from './support/client.ts';
import { folderRef, itemRef, mailbox } from './support/soap.ts';
import { child, names, textAt } from './support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
let svc: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  [alice, svc] = [new EwsClient(ews), new EwsClient(ews, 'svc')];
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

describe('ArchiveItem', () => {
  const archive = (from: string, ids: string): string => `<m:ArchiveItem><m:ArchiveSourceFolderId>${folderRef(from)}</m:ArchiveSourceFolderId><m:ItemIds>${ids}</m:ItemIds></m:ArchiveItem>`;

  it('moves into the folder of the same path, and tells no new ids', async () => {
    const inbox = await alice.idBySubject('inbox', 'Travel claims');
    const answer = (await alice.call(archive('inbox', itemRef(inbox)))).ok();
    expect(answer.first('Items').children).toEqual([]);
    expect(await alice.subjects('archiveinbox')).toEqual(['Travel claims']);
    expect(await alice.subjects('inbox')).not.toContain('Travel claims');
  });

  it('makes folders that the archive has not', async () => {
    const alpha = (await alice.call(`<m:FindFolder Traversal="Deep"><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape><m:ParentFolderIds>${folderRef('msgfolderroot')}</m:ParentFolderIds></m:FindFolder>`)).ok()
      .first('Folders').children.find((folder) => textAt(folder, 'DisplayName') === 'Alpha');
    const folderId = idOf(child(alpha as never, 'FolderId') as never).id;
    const id = await alice.idBySubject(folderId, 'Alpha: cables');
    (await alice.call(archive(folderId, itemRef(id)))).ok();
    (await alice.call(archive(folderId, itemRef(await alice.idBySubject(folderId, 'Alpha: foundation'))))).ok();
    const made = (await alice.call(`<m:FindFolder Traversal="Deep"><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape><m:ParentFolderIds>${folderRef('archivemsgfolderroot')}</m:ParentFolderIds></m:FindFolder>`)).ok();
    expect(made.texts('DisplayName')).toEqual(expect.arrayContaining(['Projects', 'Alpha']));
    expect(made.texts('TotalCount')[made.texts('DisplayName').indexOf('Alpha')]).toBe('2');
  });

  it('refuses who has no archive, as the documentation has it', async () => {
    const bob = new EwsClient(ews, 'bob');
    const answer = await bob.call(archive('inbox', itemRef(await bob.idBySubject('inbox', 'Your timesheet'))));
    expect([answer.codes, answer.texts('MessageText')]).toEqual([['ErrorInvalidOperation'], ['Archive mailbox is not enabled for this user.']]);
  });

  it.each([
    ['calendar', 'ErrorCannotArchiveCalendarContactTaskFolderException'], ['tasks', 'ErrorCannotArchiveCalendarContactTaskFolderException'],
    ['archiveinbox', 'ErrorCannotArchiveItemsInArchiveMailbox'], ['root', 'ErrorInvalidOperation'], ['inbox/bob@example.test', 'ErrorFolderNotFound'],
  ])('refuses items of %s', async (folder, code) => {
    expect((await alice.call(archive(folder, itemRef(await alice.idBySubject('inbox', 'Travel claims'))))).codes).toEqual([code]);
  });
});

describe('rooms', () => {
  it('GetRoomLists tells the lists, GetRooms their rooms', async () => {
    const lists = (await alice.call('<m:GetRoomLists/>')).ok();
    expect([lists.texts('Name'), lists.texts('EmailAddress'), lists.texts('MailboxType')]).toEqual([['Lighthouse Rooms'], ['rooms@example.test'], ['PublicDL']]);
    const rooms = (await alice.call('<m:GetRooms><m:RoomList><t:EmailAddress>rooms@example.test</t:EmailAddress></m:RoomList></m:GetRooms>')).ok();
    expect([rooms.texts('Name'), rooms.texts('MailboxType')]).toEqual([['Board Room', 'Barometer Room'], ['Mailbox', 'Mailbox']]);
  });
  it.each(['team@example.test', 'nobody@example.test', 'alice@example.test'])('GetRooms finds nothing in %s', async (address) => {
    expect((await alice.call(`<m:GetRooms><m:RoomList><t:EmailAddress>${address}</t:EmailAddress></m:RoomList></m:GetRooms>`)).codes).toEqual(['ErrorNameResolutionNoResults']);
  });
  it('an organization without lists answers with none', async () => {
    await using bare = await createEwsEmulator();
    for (const list of bare.organization.directory.list()) if (list.isRoomList) bare.organization.directory.remove(list.id);
    expect((await new EwsClient(bare).call('<m:GetRoomLists/>')).ok().texts('Address')).toEqual([]);
  });
});

describe('GetSearchableMailboxes', () => {
  const search = (filter: string, expand: boolean): string => `<m:GetSearchableMailboxes><m:SearchFilter>${filter}</m:SearchFilter><m:ExpandGroupMembership>${String(expand)}</m:ExpandGroupMembership></m:GetSearchableMailboxes>`;
  it.each([
    ['a person', 'alice', false, ['Alice Archer'], ['false']],
    ['a group', 'team', false, ['Stations Team'], ['true']],
    ['the members of a group', 'team', true, ['Alice Archer', 'Bob Baker', 'Carol Chaudhry'], ['false', 'false', 'false']],
    ['nobody', 'nowhere', false, [], []],
  ])('finds %s', async (_what, filter, expand, found, groups) => {
    const answer = (await svc.call(search(filter, expand))).ok();
    expect([answer.texts('DisplayName'), answer.texts('IsMembershipGroup')]).toEqual([found, groups]);
  });
  it('is for Discovery Management', async () => {
    expect((await alice.call(search('alice', false))).codes).toEqual(['ErrorAccessDenied']);
  });
});

describe('GetPasswordExpirationDate', () => {
  it.each([
    ['mine', '<m:GetPasswordExpirationDate/>', 'NoError', '9999-12-31T23:59:59Z'],
    ['that of an address', '<m:GetPasswordExpirationDate><m:MailboxSmtpAddress>bob@example.test</m:MailboxSmtpAddress></m:GetPasswordExpirationDate>', 'NoError', '9999-12-31T23:59:59Z'],
    ['that of nobody', '<m:GetPasswordExpirationDate><m:MailboxSmtpAddress>x@example.test</m:MailboxSmtpAddress></m:GetPasswordExpirationDate>', 'ErrorNonExistentMailbox', '0001-01-01T00:00:00Z'],
  ])('tells %s', async (_what, request, code, date) => {
    const answer = await alice.call(request);
    expect([answer.codes, answer.texts('PasswordExpirationDate')]).toEqual([[code], [date]]);
  });
});

describe('GetServiceConfiguration', () => {
  it('answers for each service asked, in that order', async () => {
    const asked = ['UnifiedMessagingConfiguration', 'MailTips', 'ProtectionRules', 'PolicyNudges'];
    const answer = (await alice.call(`<m:GetServiceConfiguration><m:RequestedConfiguration>${asked.map((name) => `<m:ConfigurationName>${name}</m:ConfigurationName>`).join('')}</m:RequestedConfiguration></m:GetServiceConfiguration>`)).ok();
    expect(answer.messages.map((message) => names(message).at(-1))).toEqual(['UnifiedMessagingConfiguration', 'MailTipsConfiguration', 'ProtectionRulesConfiguration', 'PolicyNudgeRulesConfiguration']);
    expect([answer.texts('MaxRecipientsPerGetMailTipsRequest'), answer.texts('MaxMessageSize'), answer.texts('UmEnabled')]).toEqual([['50'], ['37748736'], ['false']]);
    expect(answer.all('Domain').map(({ attributes }) => attributes['Name'])).toEqual(['example.test', 'example.test']);
  });
  it('knows no other service', async () => {
    expect((await alice.call('<m:GetServiceConfiguration><m:RequestedConfiguration><m:ConfigurationName>UUnifiedMessagingConfiguration</m:ConfigurationName></m:RequestedConfiguration></m:GetServiceConfiguration>')).fault).toBe('ErrorSchemaValidation');
  });
});

describe('add-ins', () => {
  it.each([
    ['<m:GetAppManifests/>', 'NoError', 'Manifests'],
    ['<m:GetAppManifests><m:ApiVersionSupported>1.1</m:ApiVersionSupported><m:SchemaVersionSupported>1.1</m:SchemaVersionSupported></m:GetAppManifests>', 'NoError', 'Apps'],
    ['<m:GetAppManifests><m:ApiVersionSupported>one</m:ApiVersionSupported></m:GetAppManifests>', 'ErrorInvalidRequest', 'Manifests'],
    ['<m:GetAppMarketplaceUrl/>', 'NoError', 'AppMarketplaceUrl'],
  ])('%s', async (request, code, last) => {
    const answer = await alice.call(request);
    expect([answer.codes, names(answer.body).at(-1)]).toEqual([[code], last]);
  });
});

describe('GetMailTips', () => {
  const tips = (to: readonly string[], asked = 'All', from = 'alice@example.test'): string =>
    `<m:GetMailTips><m:SendingAs><t:EmailAddress>${from}</t:EmailAddress></m:SendingAs><m:Recipients>${to.map(mailbox).join('')}</m:Recipients><m:MailTipsRequested>${asked}</m:MailTipsRequested></m:GetMailTips>`;

  it.each([
    ['a mailbox', 'bob@example.test', ['1', '0', 'false'], ['OutOfOffice', 'MailboxFull', 'TotalMemberCount', 'ExternalMemberCount', 'MaxMessageSize', 'DeliveryRestricted', 'IsModerated', 'InvalidRecipient']],
    ['a group of groups', 'everyone@example.test', ['5', '1', 'false'], ['TotalMemberCount', 'ExternalMemberCount', 'MaxMessageSize', 'DeliveryRestricted', 'IsModerated', 'InvalidRecipient']],
    ['somebody outside', 'x@contoso.test', ['1', '1', 'false'], ['TotalMemberCount', 'ExternalMemberCount', 'InvalidRecipient']],
    ['nobody', 'nobody@example.test', ['1', '0', 'true'], ['TotalMemberCount', 'ExternalMemberCount', 'InvalidRecipient']],
  ])('of %s', async (_what, address, [total, external, isInvalid], told) => {
    const answer = (await alice.call(tips([address]))).ok();
    expect(names(answer.first('MailTips')).slice(2)).toEqual(told);
    expect([answer.texts('TotalMemberCount'), answer.texts('ExternalMemberCount'), answer.texts('InvalidRecipient')]).toEqual([[total], [external], [isInvalid]]);
    expect(textAt(answer.first('MailTips'), 'RecipientAddress', 'EmailAddress')).toBe(address);
  });

  it('takes what exchangelib writes: the tips as bare text in the wrong place', async () => {
    const answer = (await alice.call(tips(['bob@example.test']).replace('<m:GetMailTips>', '<m:GetMailTips>All').replace(/<m:MailTipsRequested>.*<\/m:MailTipsRequested>/, ''))).ok();
    expect(names(answer.first('MailTips')).slice(2)).toContain('MaxMessageSize');
  });

  it('tells what is asked, for each recipient', async () => {
    const answer = (await alice.call(tips(['bob@example.test', 'team@example.test'], 'TotalMemberCount MailboxFullStatus'))).ok();
    expect(answer.all('MailTips').map((one) => names(one).slice(2))).toEqual([['MailboxFull', 'TotalMemberCount'], ['TotalMemberCount']]);
  });

  it.each([
    ['a sender who is nobody', tips(['bob@example.test'], 'All', 'x@example.test'), 'ErrorNonExistentMailbox'],
    ['more than fifty recipients', tips(Array.from({ length: 51 }, (_, n) => `u${n}@example.test`)), 'ErrorInvalidArgument'],
  ])('refuses %s', async (_what, request, code) => {
    expect((await alice.call(request)).codes).toEqual([code]);
  });
});
