import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../../src/index.ts';
import { EwsClient, idOf, setField, type Answer } from '../support/client.ts';
import { folderRef, mailbox } from '../support/soap.ts';

let ews: EwsEmulator;
let alice: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  alice = new EwsClient(ews);
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

type Ask = () => Promise<Answer>;
const view = (from: string, to: string): Ask => () => alice.findItem('calendar', { more: `<m:CalendarView StartDate="${from}" EndDate="${to}"/>` });
const resolve = (name: string, folder = ''): Ask => () => alice.call(`<m:ResolveNames ReturnFullContactData="false"${folder && ' SearchScope="Contacts"'}>${folder && `<m:ParentFolderIds>${folderRef(folder)}</m:ParentFolderIds>`}<m:UnresolvedEntry>${name}</m:UnresolvedEntry></m:ResolveNames>`);
const push = (url: string): Ask => () => alice.call(`<m:Subscribe><m:PushSubscriptionRequest><t:FolderIds>${folderRef('inbox')}</t:FolderIds><t:EventTypes><t:EventType>NewMailEvent</t:EventType></t:EventTypes><t:StatusFrequency>1</t:StatusFrequency><t:URL>${url}</t:URL></m:PushSubscriptionRequest></m:Subscribe>`);
const message = (content: string): Ask => () => alice.createItem(`<t:Message><t:Subject>x</t:Subject>${content}</t:Message>`);
const delegate = (user: string): Ask => () => alice.call(`<m:AddDelegate>${mailbox('alice@example.test').replaceAll('t:Mailbox', 'm:Mailbox')}<m:DelegateUsers><t:DelegateUser><t:UserId>${user}</t:UserId></t:DelegateUser></m:DelegateUsers></m:AddDelegate>`);
const conversations = (more: string): Ask => () => alice.call(`<m:FindConversation><m:IndexedPageItemView MaxEntriesReturned="1" Offset="0" BasePoint="Beginning"/><m:ParentFolderId>${folderRef('inbox')}</m:ParentFolderId>${more}</m:FindConversation>`);

it.each<[code: string, what: string, ask: Ask]>([
  ['ErrorInvalidIdMonikerTooLong', 'an id that no id is as long as', () => alice.getItem({ id: 'A'.repeat(5000), changeKey: '' })],
  ['ErrorInvalidFolderId', 'the id of a conversation for one of a folder', async () => alice.getFolder((await conversations('')()).ok().first('ConversationId').attributes['Id'] ?? '')],
  ['ErrorValueOutOfRange', 'a view from the beginning of time', view('0001-01-01T00:00:00Z', '2026-01-01T00:00:00Z')],
  ['ErrorValueOutOfRange', 'a view to the end of time', view('2026-01-01T00:00:00Z', '9999-12-31T23:59:59Z')],
  ['ErrorInvalidNameForNameResolution', 'a blank', resolve(' ')],
  ['ErrorInvalidNameForNameResolution', 'a comma', resolve(',')],
  ['ErrorInvalidNameForNameResolution', 'a dash', resolve('-')],
  ['ErrorResolveNamesInvalidFolderType', 'names in a folder of mail', resolve('alice', 'inbox')],
  ['ErrorInvalidPushSubscriptionUrl', 'no URL', push('here')],
  ['ErrorInvalidPushSubscriptionUrl', 'a URL that nobody can be called at', push('ftp://127.0.0.1/')],
  ['ErrorMailboxScopeNotAllowedWithoutQueryString', 'a scope, and nothing to look for', conversations('<m:MailboxScope>All</m:MailboxScope>')],
  ['ErrorInvalidItemForOperationCreateItem', 'a meeting request made by hand', () => alice.createItem('<t:MeetingRequest><t:Subject>x</t:Subject></t:MeetingRequest>')],
  ['ErrorUnsupportedCulture', 'a culture that nobody has', message('<t:Culture>atlantis</t:Culture>')],
  ['ErrorMissingInformationEmailAddress', 'a recipient without an address', message('<t:ToRecipients><t:Mailbox><t:Name>Bob</t:Name></t:Mailbox></t:ToRecipients>')],
  ['ErrorInvalidRoutingType', 'a type of addresses that is none', message('<t:ToRecipients><t:Mailbox><t:EmailAddress>b@c.test</t:EmailAddress><t:RoutingType>by pigeon</t:RoutingType></t:Mailbox></t:ToRecipients>')],
])('%s: %s', async (code, _what, ask) => {
  expect((await ask()).codes).toEqual([code]);
});

it.each([
  ['ErrorDistinguishedUserNotSupported', '<t:DistinguishedUser>Default</t:DistinguishedUser>'],
  ['ErrorInvalidDelegateUserId', '<t:DisplayName>Bob</t:DisplayName>'],
  ['ErrorDelegateNoUser', '<t:PrimarySmtpAddress>nobody@example.test</t:PrimarySmtpAddress>'],
])('%s: a delegate who is %s', async (code, user) => {
  const [told] = (await delegate(user)()).all('DelegateUserResponseMessageType');
  expect(told?.children.find(({ name }) => name === 'ResponseCode')?.text).toBe(code);
});

it('ErrorInvalidPullSubscriptionId: a subscription that pushes is not asked', async () => {
  const id = (await push('http://127.0.0.1:9/')()).ok().first('SubscriptionId').text;
  expect((await alice.call(`<m:GetEvents><m:SubscriptionId>${id}</m:SubscriptionId><m:Watermark>AAAA</m:Watermark></m:GetEvents>`)).codes).toEqual(['ErrorInvalidPullSubscriptionId']);
  await alice.call(`<m:Unsubscribe><m:SubscriptionId>${id}</m:SubscriptionId></m:Unsubscribe>`);
});

it('ErrorInvalidParentFolder: a folder in a search folder', async () => {
  const search = `<t:SearchFolder><t:DisplayName>Found</t:DisplayName><t:SearchParameters Traversal="Deep"><t:Restriction><t:Exists><t:FieldURI FieldURI="item:Subject"/></t:Exists></t:Restriction><t:BaseFolderIds>${folderRef('inbox')}</t:BaseFolderIds></t:SearchParameters></t:SearchFolder>`;
  const make = (parent: string, folder: string): Promise<Answer> => alice.call(`<m:CreateFolder><m:ParentFolderId>${folderRef(parent)}</m:ParentFolderId><m:Folders>${folder}</m:Folders></m:CreateFolder>`);
  const { id } = idOf((await make('searchfolders', search)).ok().first('FolderId'));
  expect((await make(id, '<t:Folder><t:DisplayName>Inside</t:DisplayName></t:Folder>')).codes).toEqual(['ErrorInvalidParentFolder']);
});

describe('what was sent', () => {
  it.each(['ToRecipients', 'CcRecipients', 'BccRecipients', 'ReplyTo'])('ErrorInvalidPropertyUpdateSentMessage: %s of a message that has left', async (element) => {
    (await alice.send('gone', ['bob@example.test'])).ok();
    const id = await alice.idBySubject('sentitems', 'gone');
    const answer = await alice.updateItem(id, setField(`message:${element}`, `<t:${element}>${mailbox('carol@example.test')}</t:${element}>`));
    expect([answer.codes, answer.first('FieldURI').attributes['FieldURI']]).toEqual([['ErrorInvalidPropertyUpdateSentMessage'], `message:${element}`]);
  });

  it('ErrorSentMeetingRequestUpdate: the request that invited people', async () => {
    const meeting = `<t:CalendarItem><t:Subject>Tides</t:Subject><t:Start>2026-02-01T09:00:00Z</t:Start><t:End>2026-02-01T10:00:00Z</t:End><t:RequiredAttendees><t:Attendee>${mailbox('bob@example.test')}</t:Attendee></t:RequiredAttendees></t:CalendarItem>`;
    (await alice.call(`<m:CreateItem SendMeetingInvitations="SendToAllAndSaveCopy"><m:Items>${meeting}</m:Items></m:CreateItem>`)).ok();
    await ews.settle();
    const id = await alice.idBySubject('sentitems', 'Tides');
    expect((await alice.updateItem(id, setField('item:Subject', '<t:Subject>Ebb</t:Subject>', 'MeetingRequest'))).codes).toEqual(['ErrorSentMeetingRequestUpdate']);
  });
});

it('ErrorCalendarMeetingRequestIsOutOfDate: an invitation that came after a newer one', async () => {
  const invite = async (sequence: number): Promise<void> => {
    const event = ['BEGIN:VCALENDAR', 'METHOD:REQUEST', 'VERSION:2.0', 'PRODID:-//x//x//EN', 'BEGIN:VEVENT', 'UID:tides@example.test', `SEQUENCE:${sequence}`, 'DTSTAMP:20260105T080000Z', 'DTSTART:20260301T090000Z', 'DTEND:20260301T100000Z', `SUMMARY:Tides ${sequence}`, 'ORGANIZER:mailto:bob@example.test', 'ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:alice@example.test', 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
    await ews.organization.deliver(`From: bob@example.test\r\nTo: alice@example.test\r\nSubject: Tides ${sequence}\r\nMIME-Version: 1.0\r\nContent-Type: text/calendar; method=REQUEST; charset=utf-8\r\n\r\n${event}`, { to: ['alice@example.test'], from: 'bob@example.test' });
    await ews.settle();
  };
  const accept = async (subject: string): Promise<string[]> => {
    const { id, changeKey } = await alice.idBySubject('inbox', subject);
    return (await alice.createItem(`<t:AcceptItem><t:ReferenceItemId Id="${id}" ChangeKey="${changeKey}"/></t:AcceptItem>`, { disposition: 'SendAndSaveCopy' })).codes;
  };
  await invite(2);
  await invite(1);
  expect(await accept('Tides 1')).toEqual(['ErrorCalendarMeetingRequestIsOutOfDate']);
  expect(await accept('Tides 2')).toEqual(['NoError']);
});

it('ErrorRecurrenceEndDateTooBig: a series that ends on no day', async () => {
  const series = '<t:CalendarItem><t:Subject>x</t:Subject><t:Start>2026-03-01T09:00:00Z</t:Start><t:End>2026-03-01T10:00:00Z</t:End><t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence><t:EndDateRecurrence><t:StartDate>2026-03-01</t:StartDate><t:EndDate>9999-01-01</t:EndDate></t:EndDateRecurrence></t:Recurrence></t:CalendarItem>';
  expect((await alice.call(`<m:CreateItem SendMeetingInvitations="SendToNone"><m:Items>${series}</m:Items></m:CreateItem>`)).codes).toEqual(['ErrorRecurrenceEndDateTooBig']);
});

it('ErrorMimeContentInvalid: parts within parts without end', async () => {
  let mime = 'Content-Type: text/plain\r\n\r\nx';
  for (let depth = 0; depth < 300; depth++) mime = `Content-Type: multipart/mixed; boundary="b${depth}"\r\n\r\n--b${depth}\r\n${mime}\r\n--b${depth}--`;
  const answer = await alice.createItem(`<t:Message><t:MimeContent>${Buffer.from(mime).toString('base64')}</t:MimeContent></t:Message>`);
  expect(answer.codes).toEqual(['ErrorMimeContentInvalid']);
});

it('ErrorInvalidItemForOperationCreateItemAttachment: a meeting message is not attached', async () => {
  const id = await alice.createMessage();
  const answer = await alice.call(`<m:CreateAttachment><m:ParentItemId Id="${id.id}"/><m:Attachments><t:ItemAttachment><t:Name>m</t:Name><t:MeetingMessage><t:Subject>x</t:Subject></t:MeetingMessage></t:ItemAttachment></m:Attachments></m:CreateAttachment>`);
  expect(answer.codes).toEqual(['ErrorInvalidItemForOperationCreateItemAttachment']);
});

it('ErrorResultSetTooBig: more than a thousand entries of one mailbox', async () => {
  const entry = '<t:CalendarItem><t:Start>2026-03-01T09:00:00Z</t:Start><t:End>2026-03-01T09:05:00Z</t:End></t:CalendarItem>';
  const availability = (): Promise<Answer> => alice.call(`<m:GetUserAvailabilityRequest><m:MailboxDataArray><t:MailboxData><t:Email><t:Address>alice@example.test</t:Address></t:Email><t:AttendeeType>Required</t:AttendeeType></t:MailboxData></m:MailboxDataArray><t:FreeBusyViewOptions><t:TimeWindow><t:StartTime>2026-03-01T00:00:00</t:StartTime><t:EndTime>2026-03-02T00:00:00</t:EndTime></t:TimeWindow><t:MergedFreeBusyIntervalInMinutes>60</t:MergedFreeBusyIntervalInMinutes><t:RequestedView>FreeBusy</t:RequestedView></t:FreeBusyViewOptions></m:GetUserAvailabilityRequest>`, { header: '<t:TimeZoneContext><t:TimeZoneDefinition Id="UTC"/></t:TimeZoneContext>' });
  (await alice.call(`<m:CreateItem SendMeetingInvitations="SendToNone"><m:Items>${entry.repeat(1000)}</m:Items></m:CreateItem>`)).ok();
  expect((await availability()).texts('ResponseCode')).toEqual(['NoError']);
  (await alice.call(`<m:CreateItem SendMeetingInvitations="SendToNone"><m:Items>${entry}</m:Items></m:CreateItem>`)).ok();
  expect((await availability()).texts('ResponseCode')).toEqual(['ErrorResultSetTooBig']);
});

it('ErrorInvalidExcludesRestriction: a mask that is no number', async () => {
  const answer = await alice.findItem('inbox', { more: '<m:Restriction><t:Excludes><t:FieldURI FieldURI="item:Size"/><t:Bitmask Value="0x"/></t:Excludes></m:Restriction>' });
  expect([answer.fault ?? answer.codes]).toEqual([['ErrorInvalidExcludesRestriction']]);
});

describe('search folders', () => {
  const search = (base: string): string => `<t:SearchFolder><t:DisplayName>Found</t:DisplayName><t:SearchParameters Traversal="Deep"><t:Restriction><t:Exists><t:FieldURI FieldURI="item:Subject"/></t:Exists></t:Restriction><t:BaseFolderIds>${folderRef(base)}</t:BaseFolderIds></t:SearchParameters></t:SearchFolder>`;
  const make = (folder: string): Promise<Answer> => alice.call(`<m:CreateFolder><m:ParentFolderId>${folderRef('searchfolders')}</m:ParentFolderId><m:Folders>${folder}</m:Folders></m:CreateFolder>`);

  it("ErrorEmailAddressMismatch: one that looks in somebody else's mailbox", async () => {
    expect((await make(search('inbox/bob@example.test'))).codes).toEqual(['ErrorEmailAddressMismatch']);
    const { id } = idOf((await make(search('inbox'))).ok().first('FolderId'));
    const parameters = search('inbox/bob@example.test').replace('<t:DisplayName>Found</t:DisplayName>', '');
    const changed = await alice.call(`<m:UpdateFolder><m:FolderChanges><t:FolderChange>${folderRef(id)}<t:Updates><t:SetFolderField><t:FieldURI FieldURI="folder:SearchParameters"/>${parameters}</t:SetFolderField></t:Updates></t:FolderChange></m:FolderChanges></m:UpdateFolder>`);
    expect(changed.codes).toEqual(['ErrorEmailAddressMismatch']);
  });

  it('ErrorCannotSpecifySearchFolderAsSourceFolder: nothing is archived from one', async () => {
    const { id } = idOf((await make(search('inbox'))).ok().first('FolderId'));
    const item = await alice.createMessage();
    const answer = await alice.call(`<m:ArchiveItem><m:ArchiveSourceFolderId>${folderRef(id)}</m:ArchiveSourceFolderId><m:ItemIds><t:ItemId Id="${item.id}"/></m:ItemIds></m:ArchiveItem>`);
    expect(answer.codes).toEqual(['ErrorCannotSpecifySearchFolderAsSourceFolder']);
  });
});

it('ErrorApplyConversationActionFailed: to where one may not write', async () => {
  (await new EwsClient(ews, 'bob').call(`<m:UpdateFolder><m:FolderChanges><t:FolderChange>${folderRef('notes')}<t:Updates><t:SetFolderField><t:FieldURI FieldURI="folder:PermissionSet"/><t:Folder><t:PermissionSet><t:Permissions><t:Permission><t:UserId><t:PrimarySmtpAddress>alice@example.test</t:PrimarySmtpAddress></t:UserId><t:PermissionLevel>Reviewer</t:PermissionLevel></t:Permission></t:Permissions></t:PermissionSet></t:Folder></t:SetFolderField></t:Updates></t:FolderChange></m:FolderChanges></m:UpdateFolder>`)).ok();
  const id = (await conversations('')()).ok().first('ConversationId').attributes['Id'] ?? '';
  const answer = await alice.call(`<m:ApplyConversationAction><m:ConversationActions><t:ConversationAction><t:Action>Copy</t:Action><t:ConversationId Id="${id}"/><t:DestinationFolderId>${folderRef('notes/bob@example.test')}</t:DestinationFolderId></t:ConversationAction></m:ConversationActions></m:ApplyConversationAction>`);
  expect(answer.codes).toEqual(['ErrorApplyConversationActionFailed']);
});

it('ErrorRulesOverQuota: more rules than a mailbox keeps', async () => {
  const rule = (n: number): string => `<t:CreateRuleOperation><t:Rule><t:DisplayName>rule ${n}</t:DisplayName><t:Priority>${n}</t:Priority><t:IsEnabled>true</t:IsEnabled><t:Conditions><t:ContainsSubjectStrings>${`<t:String>${'x'.repeat(200)}</t:String>`.repeat(20)}</t:ContainsSubjectStrings></t:Conditions><t:Actions><t:Delete>true</t:Delete></t:Actions></t:Rule></t:CreateRuleOperation>`;
  const update = (count: number): Promise<Answer> => alice.call(`<m:UpdateInboxRules><m:RemoveOutlookRuleBlob>true</m:RemoveOutlookRuleBlob><m:Operations>${Array.from({ length: count }, (_, n) => rule(n + 1)).join('')}</m:Operations></m:UpdateInboxRules>`);
  expect([(await update(100)).codes, (await update(10)).codes]).toEqual([['ErrorRulesOverQuota'], ['NoError']]);
});

it('ErrorTokenSerializationDenied: a security context in the place of credentials', async () => {
  const context = '<t:SerializedSecurityContext><t:UserSid>S-1-5-21-1</t:UserSid></t:SerializedSecurityContext>';
  const answer = await alice.call('<m:GetRoomLists/>', { header: context });
  expect([answer.status, answer.fault]).toEqual([500, 'ErrorTokenSerializationDenied']);
});

it('ErrorMissingEmailAddressForManagedFolder: an account without a mailbox names none', async () => {
  await ews.organization.add({ recipientType: 'User', displayName: 'Backup', primarySmtpAddress: 'backup@example.test', password: 'backup-pass' });
  const answer = await new EwsClient(ews, 'backup').call('<m:CreateManagedFolder><m:FolderNames><t:FolderName>Contracts</t:FolderName></m:FolderNames></m:CreateManagedFolder>');
  expect(answer.codes).toEqual(['ErrorMissingEmailAddressForManagedFolder']);
});

describe('SeekToConditionPageItemView', () => {
  const seek = (folder: string, text: string, base = 'Beginning', most = 2): Promise<Answer> => {
    const condition = `<t:Condition><t:Contains ContainmentMode="FullString" ContainmentComparison="Exact"><t:FieldURI FieldURI="item:Subject"/><t:Constant Value="${text}"/></t:Contains></t:Condition>`;
    const view = `<m:SeekToConditionPageItemView MaxEntriesReturned="${most}" BasePoint="${base}">${condition}</m:SeekToConditionPageItemView>`;
    return alice.findItem(folder, { paths: ['item:Subject'], more: `${view}<m:SortOrder><t:FieldOrder Order="Ascending"><t:FieldURI FieldURI="item:Subject"/></t:FieldOrder></m:SortOrder>` });
  };
  beforeEach(async () => {
    for (const subject of ['a', 'b', 'c', 'd', 'e']) await alice.createMessage(`<t:Subject>${subject}</t:Subject>`, 'outbox');
  });

  it.each([['c', 'Beginning', ['c', 'd'], '4', 'false'], ['d', 'Beginning', ['d', 'e'], '5', 'true'], ['c', 'End', ['b', 'c'], '4', 'false'], ['a', 'End', ['a'], '5', 'true'], ['x', 'Beginning', [], '5', 'true']])('%s from %s: %s', async (text, base, subjects, offset, isLast) => {
    const answer = (await seek('outbox', text, base)).ok();
    expect([answer.texts('Subject'), answer.first('RootFolder').attributes]).toEqual([subjects, { IndexedPagingOffset: offset, TotalItemsInView: '5', IncludesLastItemInRange: isLast }]);
  });

  it('ErrorCalendarSeekToConditionNotSupported: not in a calendar', async () => {
    expect((await seek('calendar', 'x')).codes).toEqual(['ErrorCalendarSeekToConditionNotSupported']);
  });
});
