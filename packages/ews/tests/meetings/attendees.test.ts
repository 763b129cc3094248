import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../../src/index.ts';
import { addressesIn, idIn, only, people, Person, setCalendar, span, texts } from '../support/meetings.ts';
import { mailbox } from '../support/soap.ts';
import { allBelow, below, child, names, textAt, type XmlElement } from '../support/xml.ts';

let ews: EwsEmulator;
let alice: Person;
let bob: Person;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2027, 0, 5, 9), frozen: true }) });
  [alice, bob] = [new Person(ews, 'alice'), new Person(ews, 'bob')];
}, 60_000);
beforeEach(() => ews.organization.clear());
afterEach(async () => {
  await ews.reset();
  await ews.clock.set(Date.UTC(2027, 0, 5, 9));
});
afterAll(() => ews.close());

const times = span('2027-02-02T10:00:00Z', '2027-02-02T11:00:00Z');
const meeting = (more = people('RequiredAttendees', 'bob@example.test')): string => `<t:Subject>Forecast</t:Subject>${times}${more}`;
const february = ['2027-02-01T00:00:00Z', '2027-03-01T00:00:00Z'] as const;
const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const responseTypes = ['Unknown', 'Organizer', 'Tentative', 'Accept', 'Decline', 'NoResponseReceived'];
/** Some time after the invitation. */
const anHourLater = (): Promise<void> => ews.clock.set(Date.UTC(2027, 0, 5, 10));
const placed = async (): Promise<XmlElement> => bob.calendar.item(idIn(only(await bob.calendar.view(...february))));

describe('attendees', () => {
  it.each([
    ['RequiredAttendees', 'bob@example.test', 'MS-OXWSMTGS_R187'], ['OptionalAttendees', 'carol@example.test', 'MS-OXWSMTGS_R189'],
  ])('%s are kept: %s (%s)', async (list, address) => {
    const id = await alice.calendar.create(meeting(people('RequiredAttendees', 'bob@example.test') + people('OptionalAttendees', 'carol@example.test')));
    expect(addressesIn(await alice.calendar.item(id), list)).toEqual([address]);
  });
  it('MS-OXWSMTGS_R137: Mailbox is the address as the directory has it', async () => {
    // Addresses are the same in any case of letters; the directory has its own.
    const id = await alice.calendar.create(meeting(people('RequiredAttendees', 'BOB@example.test')));
    const shown = below(below(await alice.calendar.item(id), 'Attendee'), 'Mailbox');
    expect(texts(shown, 'EmailAddress', 'RoutingType', 'MailboxType')).toEqual(['bob@example.test', 'SMTP', 'Mailbox']);
  });
  it.each([
    ['AcceptItem', 'Accept', 'MS-OXWSMTGS_R82'], ['TentativelyAcceptItem', 'Tentative', 'MS-OXWSMTGS_R81'], ['DeclineItem', 'Decline', 'MS-OXWSMTGS_R83'],
  ])('%s makes of an attendee\'s response %s (%s)', async (element, told) => {
    const id = await alice.invite(meeting());
    (await bob.respond(element, idIn(await bob.request()))).ok();
    expect(textAt(below(await alice.calendar.item(id), 'Attendee'), 'ResponseType')).toBe(told);
    const own = (await bob.calendar.view(...february)).length === 1 ? await placed() : only(await bob.items('deleteditems').then((all) => all.filter(({ name }) => name === 'CalendarItem')));
    expect(textAt(own, 'MyResponseType')).toBe(told);
  });
  it('MS-OXWSMTGS_R79: before, it is Unknown to the organizer; MS-OXWSMTGS_R84: and NoResponseReceived to the attendee; MS-OXWSMTGS_R80: whose organizer is Organizer', async () => {
    const own = await alice.calendar.item(await alice.invite(meeting()));
    expect([textAt(below(own, 'Attendee'), 'ResponseType'), textAt(await placed(), 'MyResponseType'), textAt(own, 'MyResponseType')]).toEqual(['Unknown', 'NoResponseReceived', 'Organizer']);
  });
  it('MS-OXWSMTGS_R139: the organizer sees each attendee\'s ResponseType; MS-OXWSMTGS_R141: and when it came', async () => {
    const id = await alice.invite(meeting());
    const before = below(await alice.calendar.item(id), 'Attendee');
    expect([textAt(before, 'ResponseType'), child(before, 'LastResponseTime')]).toEqual(['Unknown', undefined]);
    await anHourLater();
    (await bob.respond('AcceptItem', idIn(await bob.request()))).ok();
    const shown = below(await alice.calendar.item(id), 'Attendee');
    expect([names(shown), textAt(shown, 'ResponseType'), textAt(shown, 'LastResponseTime')]).toEqual([['Mailbox', 'ResponseType', 'LastResponseTime'], 'Accept', '2027-01-05T10:00:00Z']);
    expect(textAt(shown, 'LastResponseTime')).toMatch(dateTime);
  });
  it('MS-OXWSMTGS_R512: MyResponseType is what the reader has answered', async () => {
    await alice.invite(meeting());
    const before = textAt(await placed(), 'MyResponseType');
    (await bob.respond('AcceptItem', idIn(await bob.request()))).ok();
    expect([before, textAt(await placed(), 'MyResponseType')]).toEqual(['NoResponseReceived', 'Accept']);
    expect(responseTypes).toEqual(expect.arrayContaining([before, 'Accept']));
  });
  it('MS-OXWSMTGS_R205: AppointmentReplyTime is when', async () => {
    await alice.invite(meeting());
    expect(child(await placed(), 'AppointmentReplyTime')).toBeUndefined();
    await anHourLater();
    (await bob.respond('AcceptItem', idIn(await bob.request()))).ok();
    expect(textAt(await placed(), 'AppointmentReplyTime')).toBe('2027-01-05T10:00:00Z');
  });
  it.each([
    ['AcceptItem', 'MS-OXWSMTGS_R1334, MS-OXWSMTGS_R1336'], ['TentativelyAcceptItem', 'MS-OXWSMTGS_R1334, MS-OXWSMTGS_R1336'], ['DeclineItem', 'MS-OXWSMTGS_R1334, MS-OXWSMTGS_R1336'],
  ])('%s with another time: ProposedStart and ProposedEnd come to the organizer (%s)', async (element) => {
    const id = await alice.invite(meeting());
    (await bob.respond(element, idIn(await bob.request()), { after: '<t:ProposedStart>2027-02-02T15:00:00Z</t:ProposedStart><t:ProposedEnd>2027-02-02T16:00:00Z</t:ProposedEnd>' })).ok();
    expect(texts(below(await alice.calendar.item(id), 'Attendee'), 'ProposedStart', 'ProposedEnd')).toEqual(['2027-02-02T15:00:00Z', '2027-02-02T16:00:00Z']);
  });
  it('MS-OXWSMTGS_R1284: an answer may say more than yes or no: words, and another time', async () => {
    await alice.invite(meeting());
    const answer = await bob.respond('AcceptItem', idIn(await bob.request()), { before: '<t:Body BodyType="Text">Rather later</t:Body>', after: '<t:ProposedStart>2027-02-02T15:00:00Z</t:ProposedStart><t:ProposedEnd>2027-02-02T16:00:00Z</t:ProposedEnd>' });
    expect(answer.codes).toEqual(['NoError']);
    const response = only(await alice.ofKind('MeetingResponse'));
    expect([textAt(response, 'Body'), ...texts(response, 'ResponseType', 'ProposedStart', 'ProposedEnd')]).toEqual([expect.stringContaining('Rather later'), 'Accept', '2027-02-02T15:00:00Z', '2027-02-02T16:00:00Z']);
  });
});

describe('the state of a meeting', () => {
  it('MS-OXWSMTGS_R209: AppointmentState tells whose it is; MS-OXWSMTGS_R739: it is 3 where a request was received', async () => {
    const own = await alice.calendar.item(await alice.invite(meeting()));
    expect([textAt(own, 'AppointmentState'), textAt(await placed(), 'AppointmentState'), textAt(await bob.request(), 'AppointmentState')]).toEqual(['1', '3', '3']);
  });
  it.each<[how: string, call: () => Promise<unknown>]>([
    ['CancelCalendarItem', async () => (await alice.respond('CancelCalendarItem', idIn(only(await alice.calendar.view(...february))))).ok()],
    ['DeleteItem', async () => alice.remove(idIn(only(await alice.calendar.view(...february))))],
  ])('%s: MS-OXWSMTGS_R740: it is 5 where it was called off; MS-OXWSMTGS_R1052: in Deleted Items; MS-OXWSMTGS_R741: and 7 in the attendee\'s calendar', async (_how, call) => {
    await alice.invite(meeting());
    await call();
    const gone = only(await alice.ofKind('CalendarItem', 'deleteditems'));
    expect([texts(gone, 'Subject', 'AppointmentState'), textAt(await placed(), 'AppointmentState')]).toEqual([['Forecast', '5'], '7']);
  });
  it('MS-OXWSMTGS_R173, MS-OXWSMTGS_R730: IsCancelled is true of what was called off; MS-OXWSMTGS_R731: and false of what was not', async () => {
    const id = await alice.invite(meeting());
    const before = [textAt(await alice.calendar.item(id), 'IsCancelled'), textAt(await placed(), 'IsCancelled')];
    await alice.remove(id);
    expect([before, textAt(await placed(), 'IsCancelled'), textAt(only(await alice.ofKind('CalendarItem', 'deleteditems')), 'IsCancelled')]).toEqual([['false', 'false'], 'true', 'true']);
  });
  it('MS-OXWSMTGS_R177, MS-OXWSMTGS_R734: MeetingRequestWasSent is true once it was; MS-OXWSMTGS_R735: and false before', async () => {
    const id = await alice.invite(meeting(people('RequiredAttendees', 'bob@example.test') + people('OptionalAttendees', 'carol@example.test') + people('Resources', 'room1@example.test')), 'SendToNone');
    const before = textAt(await alice.calendar.item(id), 'MeetingRequestWasSent');
    const sent = await alice.update(id, setCalendar('Location', 'Roof'));
    expect([before, textAt(await alice.calendar.item(sent), 'MeetingRequestWasSent'), (await bob.ofKind('MeetingRequest')).length]).toEqual(['false', 'true', 1]);
  });
  it('MS-OXWSMTGS_R703: IntendedFreeBusyStatus is how the organizer wants it to show once it is accepted', async () => {
    await alice.invite(`<t:Subject>Forecast</t:Subject>${times}<t:LegacyFreeBusyStatus>OOF</t:LegacyFreeBusyStatus>${people('RequiredAttendees', 'bob@example.test')}`);
    const intended = async (): Promise<(string | undefined)[]> => {
      return texts(await placed(), 'IntendedFreeBusyStatus', 'LegacyFreeBusyStatus');
    };
    const before = await intended();
    (await bob.respond('AcceptItem', idIn(await bob.request()))).ok();
    expect([before, await intended()]).toEqual([['OOF', 'Tentative'], ['OOF', 'OOF']]);
  });
});

describe('delegates', () => {
  const addDelegate = (deliver: string): string => `<m:AddDelegate><m:Mailbox><t:EmailAddress>bob@example.test</t:EmailAddress></m:Mailbox><m:DelegateUsers><t:DelegateUser><t:UserId><t:PrimarySmtpAddress>dave@example.test</t:PrimarySmtpAddress></t:UserId><t:DelegatePermissions><t:CalendarFolderPermissionLevel>Editor</t:CalendarFolderPermissionLevel></t:DelegatePermissions><t:ReceiveCopiesOfMeetingMessages>true</t:ReceiveCopiesOfMeetingMessages><t:ViewPrivateItems>false</t:ViewPrivateItems></t:DelegateUser></m:DelegateUsers><m:DeliverMeetingRequests>${deliver}</m:DeliverMeetingRequests></m:AddDelegate>`;

  it('MS-OXWSMTGS_R7512: whose delegate gets the requests, gets a copy marked PrincipalWantsCopy', async () => {
    (await bob.client.call(addDelegate('DelegatesAndSendInformationToMe'))).ok();
    await alice.invite(meeting());
    expect([textAt(await bob.request(), 'MeetingRequestType'), textAt(await new Person(ews, 'dave').request(), 'MeetingRequestType')]).toEqual(['PrincipalWantsCopy', 'NewMeetingRequest']);
  });
  it('MS-OXWSMTGS_R266: IsDelegated tells whether the message is somebody else\'s', async () => {
    (await bob.client.call(addDelegate('DelegatesAndMe'))).ok();
    await alice.invite(meeting());
    const copy = await new Person(ews, 'dave').request();
    expect([textAt(copy, 'IsDelegated'), textAt(await bob.request(), 'IsDelegated'), below(below(copy, 'ReceivedRepresenting'), 'EmailAddress').text]).toEqual(['true', 'false', 'bob@example.test']);
  });
});

it('an attendee without an address is refused', async () => {
  const answer = await alice.calendar.tryCreate(meeting(`<t:RequiredAttendees><t:Attendee>${mailbox('')}</t:Attendee></t:RequiredAttendees>`));
  expect([answer.fault ?? answer.codes[0], allBelow(answer.body, 'CalendarItem')]).toEqual([expect.stringMatching(/^Error/), []]);
});
