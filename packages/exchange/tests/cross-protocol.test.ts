import { createExchange, type Exchange } from '../src/index.ts';
import { EwsUser, Phone, text, texts } from './support/both.ts';
import { expectValidAnswers } from './support/server.ts';

let exchange: Exchange;
let phone: Phone;
let alice: EwsUser;
let bob: EwsUser;
beforeAll(async () => {
  exchange = await createExchange();
});
beforeEach(async () => {
  await exchange.reset();
  [phone, alice, bob] = [new Phone(exchange, 'alice'), new EwsUser(exchange, 'alice'), new EwsUser(exchange, 'bob')];
  await phone.connect();
});
afterEach(() => expectValidAnswers(exchange));
afterAll(() => exchange.close());

const serverIdOf = (answer: string, subject: string): string => {
  const [, id = ''] = new RegExp(`<ServerId>([^<]*)</ServerId><ApplicationData>(?:(?!</ApplicationData>).)*<(?:\\w+:)?Subject[^>]*>${subject}<`, 's').exec(answer) ?? [];
  return id;
};
const change = (id: string, data: string): string => `<Change><ServerId>${id}</ServerId><ApplicationData>${data}</ApplicationData></Change>`;

describe('mail', () => {
  it('sent by EWS wakes a Ping and comes by Sync', async () => {
    await phone.syncAll('Inbox');
    const ping = phone.ping('Inbox');
    await bob.send('alice@example.test', 'From bob');
    expect(await ping).toBe('2');
    const told = await phone.sync('Inbox');
    expect([texts(told, 'Subject'), text(told, 'From')]).toEqual([['From bob'], expect.stringContaining('bob@example.test')]);
  });

  it('sent by ActiveSync is found by EWS, in the inbox of the one and among what the other sent', async () => {
    const mime = Buffer.from('From: alice@example.test\r\nTo: bob@example.test\r\nSubject: From a phone\r\n\r\nHi\r\n').toString('base64');
    expect(await phone.send('SendMail', `<SendMail xmlns="ComposeMail:" xmlns:w="urn:fauxchange:wbxml"><ClientId>c1</ClientId><SaveInSentItems/><Mime><w:opaque>${mime}</w:opaque></Mime></SendMail>`)).toBe('');
    await exchange.settle();
    expect([(await bob.find('inbox', 'From a phone')).length, (await alice.find('sentitems', 'From a phone')).length]).toEqual([1, 1]);
  });

  it('is read, flagged and given categories on one side and the other', async () => {
    await bob.send('alice@example.test', 'Facts');
    const id = serverIdOf(await phone.syncAll('Inbox'), 'Facts');
    await phone.sync('Inbox', change(id, '<Read xmlns="Email:">1</Read><Flag xmlns="Email:"><Status>2</Status><FlagType>Follow up</FlagType></Flag>'));
    const [item = ''] = await alice.find('inbox', 'Facts');
    const seen = await alice.get(item);
    expect([text(seen, 'IsRead'), text(seen, 'FlagStatus')]).toEqual(['true', 'Flagged']);
    await alice.set(item, 'item:Categories', '<t:Categories><t:String>Red</t:String></t:Categories>');
    const [again = ''] = await alice.find('inbox', 'Facts');
    await alice.set(again, 'message:IsRead', '<t:IsRead>false</t:IsRead>');
    const told = await phone.sync('Inbox');
    expect([text(told, 'ServerId'), text(told, 'Read'), texts(told, 'Category')]).toEqual([id, '0', ['Red']]);
  });

  it('is moved and deleted on one side and the other', async () => {
    await bob.send('alice@example.test', 'One');
    await bob.send('alice@example.test', 'Two');
    const all = await phone.syncAll('Inbox');
    await phone.syncAll('Drafts');
    const [one = ''] = await alice.find('inbox', 'One');
    await alice.call(`<m:MoveItem><m:ToFolderId><t:DistinguishedFolderId Id="drafts"/></m:ToFolderId><m:ItemIds>${one}</m:ItemIds></m:MoveItem>`);
    expect(await phone.sync('Inbox')).toContain(`<Delete><ServerId>${serverIdOf(all, 'One')}</ServerId></Delete>`);
    expect(texts(await phone.sync('Drafts'), 'Subject')).toEqual(['One']);
    await phone.sync('Inbox', `<Delete><ServerId>${serverIdOf(all, 'Two')}</ServerId></Delete>`);
    expect([(await alice.find('inbox', 'Two')).length, (await alice.find('deleteditems', 'Two')).length]).toEqual([0, 1]);
  });
});

describe('appointments', () => {
  /** Without a name and without summer time. */
  const utc = Buffer.alloc(172).toString('base64');
  const weekly = `<Timezone xmlns="Calendar:">${utc}</Timezone><AllDayEvent xmlns="Calendar:">0</AllDayEvent><BusyStatus xmlns="Calendar:">2</BusyStatus><DtStamp xmlns="Calendar:">20260301T080000Z</DtStamp><EndTime xmlns="Calendar:">20260302T100000Z</EndTime><Sensitivity xmlns="Calendar:">0</Sensitivity><Subject xmlns="Calendar:">Weekly</Subject><StartTime xmlns="Calendar:">20260302T090000Z</StartTime><UID xmlns="Calendar:">0123456789ABCDEF</UID><MeetingStatus xmlns="Calendar:">0</MeetingStatus><Recurrence xmlns="Calendar:"><Type>1</Type><Interval>1</Interval><DayOfWeek>2</DayOfWeek><Occurrences>4</Occurrences></Recurrence>`;

  it('a series of the phone is seen by EWS occurrence by occurrence, and what EWS does to one comes back', async () => {
    await phone.syncAll('Calendar');
    const added = await phone.sync('Calendar', `<Add><ClientId>c1</ClientId><ApplicationData>${weekly}</ApplicationData></Add>`);
    expect(text(added, 'ServerId')).toMatch(/^\d+:\d+$/);
    const view = async () => (await alice.calendarView('2026-03-01T00:00:00Z', '2026-04-01T00:00:00Z')).filter(([subject]) => subject === 'Weekly').map(([, start]) => start.slice(0, 10));
    expect(await view()).toEqual(['2026-03-02', '2026-03-09', '2026-03-16', '2026-03-23']);
    const found = await alice.call('<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:CalendarView StartDate="2026-03-09T00:00:00Z" EndDate="2026-03-10T00:00:00Z"/><m:ParentFolderIds><t:DistinguishedFolderId Id="calendar"/></m:ParentFolderIds></m:FindItem>');
    const [second = ''] = found.match(/<t:ItemId [^>]*\/>/g)?.slice(-1) ?? [];
    await alice.call(`<m:DeleteItem DeleteType="HardDelete" SendMeetingCancellations="SendToNone"><m:ItemIds>${second}</m:ItemIds></m:DeleteItem>`);
    const told = await phone.sync('Calendar');
    expect([texts(told, 'Subject').at(0), text(told, 'Deleted'), text(told, 'ExceptionStartTime')]).toEqual(['Weekly', '1', '20260309T090000Z']);
    expect(await view()).toEqual(['2026-03-02', '2026-03-16', '2026-03-23']);
  });

  it('a meeting of EWS is accepted on the phone, and the organizer hears of it', async () => {
    const modern = new Phone(exchange, 'alice', '16.1');
    await modern.connect();
    await modern.syncAll('Inbox');
    await bob.call('<m:CreateItem SendMeetingInvitations="SendToAllAndSaveCopy"><m:Items><t:CalendarItem><t:Subject>Plans</t:Subject><t:Start>2026-03-05T10:00:00Z</t:Start><t:End>2026-03-05T11:00:00Z</t:End><t:RequiredAttendees><t:Attendee><t:Mailbox><t:EmailAddress>alice@example.test</t:EmailAddress></t:Mailbox></t:Attendee></t:RequiredAttendees></t:CalendarItem></m:Items></m:CreateItem>');
    await exchange.settle();
    const request = await modern.sync('Inbox');
    expect(text(request, 'MessageClass')).toBe('IPM.Schedule.Meeting.Request');
    const answer = await modern.send('MeetingResponse', `<MeetingResponse xmlns="MeetingResponse:"><Request><UserResponse>1</UserResponse><CollectionId>${modern.id('Inbox')}</CollectionId><RequestId>${text(request, 'ServerId') ?? ''}</RequestId><SendResponse/></Request></MeetingResponse>`);
    expect([text(answer, 'Status'), text(answer, 'CalendarId')]).toEqual(['1', expect.stringMatching(/^\d+:\d+$/)]);
    await exchange.settle();
    const [plans = ''] = await bob.find('calendar', 'Plans');
    expect(text(await bob.get(plans), 'ResponseType')).toBeDefined();
    expect(texts(await bob.get(plans), 'ResponseType')).toContain('Accept');
  });
});

describe('the rest', () => {
  it('a contact of the phone has a name for EWS, and a change there comes back', async () => {
    await phone.syncAll('Contacts');
    await phone.sync('Contacts', '<Add><ClientId>c1</ClientId><ApplicationData><FirstName xmlns="Contacts:">Quentin</FirstName><LastName xmlns="Contacts:">Quist</LastName><FileAs xmlns="Contacts:">Quist, Quentin</FileAs></ApplicationData></Add>');
    const answer = await alice.call('<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>AllProperties</t:BaseShape></m:ItemShape><m:ParentFolderIds><t:DistinguishedFolderId Id="contacts"/></m:ParentFolderIds></m:FindItem>');
    expect(texts(answer, 'FileAs')).toContain('Quist, Quentin');
    const at = texts(answer, 'FileAs').indexOf('Quist, Quentin');
    const id = answer.match(/<t:ItemId [^>]*\/>/g)?.[at] ?? '';
    await alice.set(id, 'contacts:JobTitle', '<t:JobTitle>Quartermaster</t:JobTitle>');
    expect(text(await phone.sync('Contacts'), 'JobTitle')).toBe('Quartermaster');
  });

  it('out of office is one setting', async () => {
    await phone.send('Settings', '<Settings xmlns="Settings:"><Oof><Set><OofState>1</OofState><OofMessage><AppliesToInternal/><Enabled>1</Enabled><ReplyMessage>Away</ReplyMessage><BodyType>Text</BodyType></OofMessage></Set></Oof></Settings>');
    const answer = await alice.call('<m:GetUserOofSettingsRequest><t:Mailbox><t:Address>alice@example.test</t:Address></t:Mailbox></m:GetUserOofSettingsRequest>');
    expect([text(answer, 'OofState'), text(answer, 'Message')]).toEqual(['Enabled', 'Away']);
  });

  it('a folder made on one side is there on the other', async () => {
    await alice.call('<m:CreateFolder><m:ParentFolderId><t:DistinguishedFolderId Id="inbox"/></m:ParentFolderId><m:Folders><t:Folder><t:DisplayName>From EWS</t:DisplayName></t:Folder></m:Folders></m:CreateFolder>');
    await phone.connect();
    expect(phone.id('From EWS')).toMatch(/^\d+$/);
  });

  it('Autodiscover says where ActiveSync is', async () => {
    const body = '<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/mobilesync/requestschema/2006"><Request><EMailAddress>alice@example.test</EMailAddress><AcceptableResponseSchema>http://schemas.microsoft.com/exchange/autodiscover/mobilesync/responseschema/2006</AcceptableResponseSchema></Request></Autodiscover>';
    const response = await fetch(`${exchange.httpUrl ?? ''}/autodiscover/autodiscover.xml`, { method: 'POST', body, headers: { Authorization: `Basic ${btoa('alice@example.test:alice-pass')}`, 'Content-Type': 'text/xml' } });
    expect(text(await response.text(), 'Url')).toBe(exchange.activeSync.url);
  });
});
