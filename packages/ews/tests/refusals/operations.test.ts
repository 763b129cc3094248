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
