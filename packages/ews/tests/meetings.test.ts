import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { CalendarClient, occurrenceRef } from './support/calendar.ts';
import { EwsClient, idOf, setField, type Answer, type Id } from './support/client.ts';
import { itemRef, mailbox } from './support/soap.ts';
import { allBelow, below, child, names, textAt, type XmlElement } from './support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
let bob: EwsClient;
let hers: CalendarClient;
let his: CalendarClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2027, 0, 5, 9), frozen: true }) });
  [alice, bob] = [new EwsClient(ews), new EwsClient(ews, 'bob')];
  [hers, his] = [new CalendarClient(alice), new CalendarClient(bob)];
}, 60_000);
beforeEach(() => ews.organization.clear());
afterEach(() => ews.reset());
afterAll(() => ews.close());

const attendee = (address: string): string => `<t:Attendee>${mailbox(address)}</t:Attendee>`;
const people = (element: string, ...addresses: string[]): string => `<t:${element}>${addresses.map(attendee).join('')}</t:${element}>`;
const times = '<t:Start>2027-02-02T10:00:00Z</t:Start><t:End>2027-02-02T11:00:00Z</t:End>';
const meeting = (more = people('RequiredAttendees', 'bob@example.test'), between = ''): string => `<t:Subject>Forecast</t:Subject><t:Body BodyType="Text">Bring charts</t:Body>${times}<t:Location>Roof</t:Location>${more}${between}`;
const february = ['2027-02-01T00:00:00Z', '2027-03-01T00:00:00Z'] as const;

async function invite(content = meeting(), send = 'SendToAllAndSaveCopy'): Promise<Id> {
  const id = await hers.create(content, { send });
  await ews.organization.settle();
  return id;
}
async function inbox(client: EwsClient, folder = 'inbox'): Promise<readonly XmlElement[]> {
  const found = (await client.findItem(folder)).ok().first('Items').children.map((item) => idOf(below(item, 'ItemId')));
  return found.length === 0 ? [] : (await client.getItem(found)).ok().all('Items').flatMap(({ children }) => children);
}
const only = <T>(list: readonly T[]): T => {
  if (list.length !== 1) throw new Error(`${list.length} instead of one`);
  return list[0] as T;
};
const idIn = (item: XmlElement): Id => idOf(below(item, 'ItemId'));
const texts = (item: XmlElement, ...wanted: string[]): (string | undefined)[] => wanted.map((name) => textAt(item, name));

async function respond(client: EwsClient, element: string, id: Id, { disposition = 'SendAndSaveCopy', before = '', after = '' } = {}): Promise<Answer> {
  const answer = await client.call(`<m:CreateItem MessageDisposition="${disposition}"><m:Items><t:${element}>${before}<t:ReferenceItemId Id="${id.id}" ChangeKey="${id.changeKey}"/>${after}</t:${element}></m:Items></m:CreateItem>`);
  await ews.organization.settle();
  return answer;
}
const kinds = (answer: Answer): string[] => names(answer.first('Items'));
const attendees = (item: XmlElement): (string | undefined)[][] => allBelow(item, 'Attendee').map((one) => [below(one, 'EmailAddress').text, textAt(one, 'ResponseType'), textAt(one, 'LastResponseTime')]);

describe('a meeting', () => {
  it('is asked for, answered, moved and called off', async () => {
    const id = await invite(meeting(people('RequiredAttendees', 'bob@example.test') + people('Resources', 'room1@example.test')));
    const own = await hers.item(id);
    expect(texts(own, 'IsMeeting', 'MeetingRequestWasSent', 'MyResponseType')).toEqual(['true', 'true', 'Organizer']);
    expect(attendees(own)).toEqual([['bob@example.test', 'Unknown', undefined], ['room1@example.test', 'Accept', '2027-01-05T09:00:00Z']]);
    expect(names(below(own, 'ResponseObjects'))).toEqual(['CancelCalendarItem', 'ForwardItem']);

    const request = only(await inbox(bob));
    expect(request.name).toBe('MeetingRequest');
    expect(texts(request, 'ItemClass', 'Subject', 'Start', 'End', 'Location', 'MeetingRequestType', 'IntendedFreeBusyStatus', 'HasBeenProcessed', 'IsOutOfDate', 'IsDelegated', 'ResponseType', 'MyResponseType', 'CalendarItemType')).toEqual([
      'IPM.Schedule.Meeting.Request', 'Forecast', '2027-02-02T10:00:00Z', '2027-02-02T11:00:00Z', 'Roof', 'NewMeetingRequest', 'Busy', 'true', 'false', 'false', 'NoResponseReceived', 'NoResponseReceived', 'Single',
    ]);
    expect(below(below(request, 'Organizer'), 'EmailAddress').text).toBe('alice@example.test');
    expect(names(below(request, 'ResponseObjects'))).toEqual(['AcceptItem', 'TentativelyAcceptItem', 'DeclineItem', 'ReplyToItem', 'ReplyAllToItem', 'ForwardItem', 'ProposeNewTime']);
    expect(textAt(request, 'UID')).toBe(textAt(own, 'UID'));
    const placed = only(await his.view(...february));
    expect([idIn(placed).id, textAt(placed, 'LegacyFreeBusyStatus')]).toEqual([idOf(below(request, 'AssociatedCalendarItemId')).id, 'Tentative']);

    const answered = (await respond(bob, 'AcceptItem', idIn(request), { before: '<t:Body BodyType="Text">With pleasure</t:Body>' })).ok();
    expect(kinds(answered)).toEqual(['CalendarItem', 'MeetingRequest', 'MeetingResponse']);
    expect(texts(await his.item(idIn(answered.first('CalendarItem'))), 'LegacyFreeBusyStatus', 'MyResponseType', 'AppointmentReplyTime', 'AppointmentState')).toEqual(['Busy', 'Accept', '2027-01-05T09:00:00Z', '3']);
    expect([await inbox(bob), (await inbox(bob, 'deleteditems')).map(({ name }) => name), (await inbox(bob, 'sentitems')).map(({ name }) => name)]).toEqual([[], ['MeetingRequest'], ['MeetingResponse']]);
    const response = only((await inbox(alice)).filter((one) => textAt(one, 'Subject') === 'Accepted: Forecast' && below(one, 'From').children.length > 0 && below(below(one, 'From'), 'EmailAddress').text === 'bob@example.test'));
    expect([response.name, ...texts(response, 'ItemClass', 'ResponseType', 'Body'), idOf(below(response, 'AssociatedCalendarItemId')).id]).toEqual(['MeetingResponse', 'IPM.Schedule.Meeting.Resp.Pos', 'Accept', expect.stringContaining('With pleasure'), id.id]);
    expect(attendees(await hers.item(id))[0]).toEqual(['bob@example.test', 'Accept', '2027-01-05T09:00:00Z']);

    const start = '2027-02-02T12:00:00Z';
    await hers.update(id, setField('calendar:Start', `<t:Start>${start}</t:Start>`, 'CalendarItem') + setField('calendar:End', '<t:End>2027-02-02T13:00:00Z</t:End>', 'CalendarItem'), { send: 'SendToAllAndSaveCopy' });
    await ews.organization.settle();
    expect(texts(only(await inbox(bob)), 'MeetingRequestType', 'Start', 'AppointmentSequenceNumber')).toEqual(['FullUpdate', start, '1']);
    expect(attendees(await hers.item(id))).toEqual([['bob@example.test', 'Unknown', undefined], ['room1@example.test', 'Accept', '2027-01-05T09:00:00Z']]);
    expect(texts(only(await his.view(...february)), 'Start', 'LegacyFreeBusyStatus')).toEqual([start, 'Tentative']);

    const cancelled = (await respond(alice, 'CancelCalendarItem', idIn(await hers.item(id)), { after: '<t:NewBodyContent BodyType="Text">Storm</t:NewBodyContent>' })).ok();
    expect(kinds(cancelled)).toEqual(['MeetingCancellation']);
    expect(await hers.view(...february)).toEqual([]);
    const cancellation = only((await inbox(bob)).filter(({ name }) => name === 'MeetingCancellation'));
    expect(texts(cancellation, 'ItemClass', 'Subject', 'Importance')).toEqual(['IPM.Schedule.Meeting.Canceled', 'Canceled: Forecast', 'High']);
    expect(names(below(cancellation, 'ResponseObjects'))).toEqual(['RemoveItem', 'ReplyToItem', 'ReplyAllToItem', 'ForwardItem']);
    const left = only(await his.view(...february, { base: 'AllProperties' }));
    expect(texts(left, 'IsCancelled', 'LegacyFreeBusyStatus', 'Subject')).toEqual(['true', 'Free', 'Canceled: Forecast']);
    expect(kinds((await respond(bob, 'RemoveItem', idIn(cancellation))).ok())).toEqual(['CalendarItem', 'MeetingCancellation']);
    expect(await his.view(...february)).toEqual([]);
  });

  it.each([['TentativelyAcceptItem', 'Tentative', 'Tentative'], ['DeclineItem', 'Decline', 'Decline']])('%s tells the organizer %s', async (element, told) => {
    const id = await invite();
    const answer = (await respond(bob, element, idIn(only(await inbox(bob))), { disposition: 'SendOnly' })).ok();
    expect(kinds(answer)).toEqual(['CalendarItem', 'MeetingRequest']);
    expect(attendees(await hers.item(id))[0]?.[1]).toBe(told);
    expect((await his.view(...february)).length).toBe(told === 'Decline' ? 0 : 1);
    expect(await inbox(bob, 'sentitems')).toEqual([]);
  });

  it('is answered by its appointment, which is made anew', async () => {
    await invite();
    const placed = idIn(only(await his.view(...february)));
    const answer = (await respond(bob, 'AcceptItem', placed)).ok();
    expect(kinds(answer)).toEqual(['CalendarItem', 'MeetingResponse']);
    const now = only(await his.view(...february));
    expect([idIn(now).id, idIn(now).id === placed.id]).toEqual([idIn(answer.first('CalendarItem')).id, false]);
  });

  it('is answered and not told: the response waits among the drafts', async () => {
    const id = await invite();
    const answer = (await respond(bob, 'AcceptItem', idIn(only(await inbox(bob))), { disposition: 'SaveOnly' })).ok();
    expect([kinds(answer), (await inbox(bob, 'drafts')).map((one) => [one.name, textAt(one, 'IsDraft')])]).toEqual([['CalendarItem', 'MeetingRequest', 'MeetingResponse'], [['MeetingResponse', 'true']]]);
    expect(attendees(await hers.item(id))[0]?.[1]).toBe('Unknown');
    (await bob.call(`<m:SendItem SaveItemToFolder="true"><m:ItemIds>${itemRef(idIn(only(await inbox(bob, 'drafts'))))}</m:ItemIds></m:SendItem>`)).ok();
    await ews.organization.settle();
    expect(attendees(await hers.item(id))[0]?.[1]).toBe('Accept');
  });

  it('is answered with another time', async () => {
    const id = await invite();
    (await respond(bob, 'TentativelyAcceptItem', idIn(only(await inbox(bob))), { after: '<t:ProposedStart>2027-02-02T15:00:00Z</t:ProposedStart><t:ProposedEnd>2027-02-02T16:00:00Z</t:ProposedEnd>' })).ok();
    expect(texts(only(await inbox(alice)), 'ResponseType', 'ProposedStart', 'ProposedEnd')).toEqual(['Tentative', '2027-02-02T15:00:00Z', '2027-02-02T16:00:00Z']);
    expect(texts(below(await hers.item(id), 'Attendee'), 'ProposedStart', 'ProposedEnd')).toEqual(['2027-02-02T15:00:00Z', '2027-02-02T16:00:00Z']);
  });

  it('conflicts with what is in the calendar, seen from the request', async () => {
    await his.create('<t:Subject>Dentist</t:Subject><t:Start>2027-02-02T10:30:00Z</t:Start><t:End>2027-02-02T11:30:00Z</t:End>');
    await invite();
    const request = only(await inbox(bob));
    expect([textAt(request, 'ConflictingMeetingCount'), below(below(request, 'ConflictingMeetings'), 'Subject').text]).toEqual(['1', 'Dentist']);
  });
});

describe('who hears of it', () => {
  const both = people('RequiredAttendees', 'bob@example.test') + people('OptionalAttendees', 'carol@example.test');
  it.each([['SendToNone', 0, 0], ['SendOnlyToAll', 2, 0], ['SendToAllAndSaveCopy', 2, 1]])('%s at creation', async (send, received, kept) => {
    await invite(meeting(both), send);
    const all = [...(await inbox(bob)), ...(await inbox(new EwsClient(ews, 'carol')))];
    expect([all.length, (await inbox(alice, 'sentitems')).length]).toEqual([received, kept]);
  });

  it.each([
    ['SendToNone', [], [], []], ['SendOnlyToAll', ['InformationalUpdate'], ['NewMeetingRequest'], ['MeetingCancellation']],
    ['SendOnlyToChanged', [], ['NewMeetingRequest'], ['MeetingCancellation']], ['SendToChangedAndSaveCopy', [], ['NewMeetingRequest'], ['MeetingCancellation']],
  ])('%s at a change', async (send, stays, comes, goes) => {
    const id = await invite(meeting(people('RequiredAttendees', 'bob@example.test', 'carol@example.test')), 'SendToAllAndSaveCopy');
    (await respond(bob, 'AcceptItem', idIn(only(await inbox(bob))))).ok();
    await hers.update(id, setField('calendar:RequiredAttendees', people('RequiredAttendees', 'bob@example.test', 'dave@example.test'), 'CalendarItem'), { send });
    await ews.organization.settle();
    const told = async (user: string): Promise<(string | undefined)[]> => (await inbox(new EwsClient(ews, user))).map((one) => textAt(one, 'MeetingRequestType') ?? one.name);
    expect([await told('bob'), await told('dave'), (await told('carol')).filter((one) => one !== 'NewMeetingRequest')]).toEqual([stays, comes, goes]);
  });

  it.each([['SendToNone', []], ['SendOnlyToAll', ['MeetingCancellation']], ['SendToAllAndSaveCopy', ['MeetingCancellation']]])('%s at deletion', async (send, told) => {
    const id = await invite();
    (await hers.tryRemove(id, send, 'MoveToDeletedItems')).ok();
    await ews.organization.settle();
    expect((await inbox(bob)).map(({ name }) => name).filter((name) => name !== 'MeetingRequest')).toEqual(told);
  });

  it('an attendee who deletes declines', async () => {
    const id = await invite();
    (await his.tryRemove(idIn(only(await his.view(...february))), 'SendOnlyToAll', 'MoveToDeletedItems')).ok();
    await ews.organization.settle();
    expect(attendees(await hers.item(id))[0]?.[1]).toBe('Decline');
  });
});

describe('a series', () => {
  const weekly = '<t:Recurrence><t:WeeklyRecurrence><t:Interval>1</t:Interval><t:DaysOfWeek>Tuesday</t:DaysOfWeek></t:WeeklyRecurrence><t:NumberedRecurrence><t:StartDate>2027-02-02</t:StartDate><t:NumberOfOccurrences>3</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence>';

  it('is asked for once; an occurrence is moved, answered and called off alone', async () => {
    const id = await invite(meeting(people('RequiredAttendees', 'bob@example.test'), weekly));
    const request = only(await inbox(bob));
    expect([textAt(request, 'CalendarItemType'), below(request, 'NumberOfOccurrences').text]).toEqual(['RecurringMaster', '3']);
    (await respond(bob, 'AcceptItem', idIn(request))).ok();
    expect((await his.view(...february)).map((one) => textAt(one, 'LegacyFreeBusyStatus'))).toEqual(['Busy', 'Busy', 'Busy']);

    await hers.update(occurrenceRef(id, 2), setField('calendar:Start', '<t:Start>2027-02-10T10:00:00Z</t:Start>', 'CalendarItem') + setField('calendar:End', '<t:End>2027-02-10T11:00:00Z</t:End>', 'CalendarItem'), { send: 'SendOnlyToAll' });
    await ews.organization.settle();
    const update = only(await inbox(bob));
    expect(texts(update, 'CalendarItemType', 'IsRecurring', 'MeetingRequestType', 'Start', 'RecurrenceId')).toEqual(['Exception', 'true', 'FullUpdate', '2027-02-10T10:00:00Z', '2027-02-09T10:00:00Z']);
    expect((await his.view(...february)).map((one) => texts(one, 'Start', 'LegacyFreeBusyStatus'))).toEqual([['2027-02-02T10:00:00Z', 'Busy'], ['2027-02-10T10:00:00Z', 'Tentative'], ['2027-02-16T10:00:00Z', 'Busy']]);
    (await respond(bob, 'DeclineItem', idIn(update))).ok();
    expect(attendees(await hers.item(occurrenceRef(id, 2)))[0]?.[1]).toBe('Decline');
    expect(attendees(await hers.item(occurrenceRef(id, 1)))[0]?.[1]).toBe('Accept');

    (await hers.tryRemove(occurrenceRef(id, 3), 'SendOnlyToAll')).ok();
    await ews.organization.settle();
    expect((await his.view(...february)).map((one) => textAt(one, 'LegacyFreeBusyStatus'))).toEqual(['Busy', 'Free', 'Free']);
  });
});

describe('people outside', () => {
  it('get the invitation as iMIP', async () => {
    await invite(meeting(people('RequiredAttendees', 'frank@contoso.test')));
    const sent = only(ews.organization.outbox.messages());
    const text = Buffer.from(sent.mime).toString();
    expect([sent.to, text.includes('method=REQUEST')]).toEqual([['frank@contoso.test'], true]);
  });

  it('invite, and are answered', async () => {
    const calendar = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//y', 'METHOD:REQUEST', 'BEGIN:VEVENT', 'UID:picnic-1', 'DTSTAMP:20270105T090000Z', 'DTSTART:20270203T100000Z', 'DTEND:20270203T110000Z', 'SUMMARY:Picnic', 'ORGANIZER:mailto:zoe@contoso.test', 'ATTENDEE;RSVP=TRUE:mailto:bob@example.test', 'END:VEVENT', 'END:VCALENDAR'].join('\r\n');
    await ews.organization.deliver(`From: zoe@contoso.test\r\nTo: bob@example.test\r\nSubject: Picnic\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\n${calendar}\r\n`, { to: ['bob@example.test'], from: 'zoe@contoso.test' });
    const request = only(await inbox(bob));
    expect([request.name, ...texts(request, 'UID', 'Start', 'MeetingRequestType')]).toEqual(['MeetingRequest', 'picnic-1', '2027-02-03T10:00:00Z', 'NewMeetingRequest']);
    (await respond(bob, 'AcceptItem', idIn(request))).ok();
    expect(Buffer.from(only(ews.organization.outbox.messages()).mime).toString()).toContain('method=REPLY');
  });

  it('see the same: the MIME of a request has a calendar in it', async () => {
    await invite();
    const request = only(await inbox(bob));
    const mime = (await bob.getItem(idIn(request), 'IdOnly', ['item:MimeContent'])).ok();
    expect(Buffer.from(mime.first('MimeContent').text, 'base64').toString()).toContain('text/calendar; charset=utf-8; method=REQUEST');
  });
});

describe('what cannot be answered', () => {
  const appointment = '<t:Subject>Alone</t:Subject><t:Start>2027-02-02T10:00:00Z</t:Start><t:End>2027-02-02T11:00:00Z</t:End>';
  it.each([
    ['AcceptItem', 'ErrorInvalidItemForOperationAcceptItem'], ['TentativelyAcceptItem', 'ErrorInvalidItemForOperationTentative'], ['DeclineItem', 'ErrorInvalidItemForOperationDeclineItem'],
    ['CancelCalendarItem', 'ErrorInvalidItemForOperationCancelItem'], ['RemoveItem', 'ErrorInvalidItemForOperationRemoveItem'],
  ])('%s of an appointment, or of mail', async (element, code) => {
    const id = idIn(await hers.item(await hers.create(appointment)));
    expect((await respond(alice, element, id)).codes).toEqual([code]);
    expect((await respond(alice, element, await alice.createMessage())).codes).toEqual([code]);
  });

  it.each([['AcceptItem', 'ErrorCalendarIsOrganizerForAccept'], ['TentativelyAcceptItem', 'ErrorCalendarIsOrganizerForTentative'], ['DeclineItem', 'ErrorCalendarIsOrganizerForDecline'], ['RemoveItem', 'ErrorCalendarIsOrganizerForRemove']])('%s by the organizer', async (element, code) => {
    const id = idIn(await hers.item(await invite()));
    expect((await respond(alice, element, id)).codes).toEqual([code]);
  });

  it.each([['AcceptItem', 'ErrorCalendarIsCancelledForAccept'], ['TentativelyAcceptItem', 'ErrorCalendarIsCancelledForTentative'], ['DeclineItem', 'ErrorCalendarIsCancelledForDecline'], ['CancelCalendarItem', 'ErrorCalendarIsNotOrganizer']])('%s by an attendee of what was called off', async (element, code) => {
    (await hers.tryRemove(await invite(), 'SendOnlyToAll')).ok();
    await ews.organization.settle();
    expect((await respond(bob, element, idIn(only(await his.view(...february))))).codes).toEqual([code]);
  });

  it('without a disposition, without an item, or after a change', async () => {
    await invite();
    const { id } = idIn(only(await inbox(bob)));
    expect((await bob.call(`<m:CreateItem><m:Items><t:AcceptItem>${itemRef({ id }).replace('t:ItemId', 't:ReferenceItemId')}</t:AcceptItem></m:Items></m:CreateItem>`)).codes).toEqual(['ErrorMessageDispositionRequired']);
    expect((await bob.call('<m:CreateItem MessageDisposition="SendOnly"><m:Items><t:AcceptItem/></m:Items></m:CreateItem>')).codes).toEqual(['ErrorMissingInformationReferenceItemId']);
    const before = idIn(only(await inbox(bob)));
    (await bob.updateItem(before, setField('item:Subject', '<t:Subject>Changed</t:Subject>', 'MeetingRequest'))).ok();
    expect((await respond(bob, 'AcceptItem', before)).codes).toEqual(['ErrorStaleObject']);
  });

  it('a proposal that ends before it starts', async () => {
    await invite();
    const after = '<t:ProposedStart>2027-02-02T15:00:00Z</t:ProposedStart><t:ProposedEnd>2027-02-02T14:00:00Z</t:ProposedEnd>';
    expect((await respond(bob, 'AcceptItem', idIn(only(await inbox(bob))), { after })).codes).toEqual(['ErrorCalendarEndDateIsEarlierThanStartDate']);
  });

  it('fields of a request are not for its reader to set', async () => {
    await invite();
    expect((await bob.updateItem(idIn(only(await inbox(bob))), setField('calendar:Location', '<t:Location>Cellar</t:Location>', 'MeetingRequest'))).codes).toEqual(['ErrorInvalidPropertySet']);
  });
});

it('a delegate invites in the name of whose calendar it is', async () => {
  await ews.reset();
  const carol = new CalendarClient(new EwsClient(ews, 'carol'));
  await carol.create(meeting(), { folder: 'calendar/alice@example.test', send: 'SendToAllAndSaveCopy' });
  await ews.organization.settle();
  const request = only((await inbox(bob)).filter((one) => textAt(one, 'Subject') === 'Forecast'));
  expect([below(below(request, 'From'), 'EmailAddress').text, below(below(request, 'Sender'), 'EmailAddress').text]).toEqual(['alice@example.test', 'carol@example.test']);
  expect(child(request, 'Organizer')).toBeDefined();
});

describe('delegates', () => {
  const addDelegate = (deliver: string): string => `<m:AddDelegate><m:Mailbox><t:EmailAddress>bob@example.test</t:EmailAddress></m:Mailbox><m:DelegateUsers><t:DelegateUser><t:UserId><t:PrimarySmtpAddress>dave@example.test</t:PrimarySmtpAddress></t:UserId><t:DelegatePermissions><t:CalendarFolderPermissionLevel>Editor</t:CalendarFolderPermissionLevel></t:DelegatePermissions><t:ReceiveCopiesOfMeetingMessages>true</t:ReceiveCopiesOfMeetingMessages><t:ViewPrivateItems>false</t:ViewPrivateItems></t:DelegateUser></m:DelegateUsers><m:DeliverMeetingRequests>${deliver}</m:DeliverMeetingRequests></m:AddDelegate>`;

  it.each([['DelegatesAndMe', ['NewMeetingRequest'], ['NewMeetingRequest']], ['DelegatesOnly', [], ['NewMeetingRequest']], ['DelegatesAndSendInformationToMe', ['PrincipalWantsCopy'], ['NewMeetingRequest']], ['NoForward', ['NewMeetingRequest'], []]])('%s get what is asked of whom they act for', async (deliver, own, theirs) => {
    (await bob.call(addDelegate(deliver))).ok();
    await invite();
    const dave = new EwsClient(ews, 'dave');
    const types = async (client: EwsClient): Promise<(string | undefined)[]> => (await inbox(client)).map((one) => textAt(one, 'MeetingRequestType'));
    expect([await types(bob), await types(dave), (await his.view(...february)).length]).toEqual([own, theirs, 1]);
  });

  it('answer for them', async () => {
    (await bob.call(addDelegate('DelegatesOnly'))).ok();
    const id = await invite();
    const dave = new EwsClient(ews, 'dave');
    const copy = only(await inbox(dave));
    expect([textAt(copy, 'IsDelegated'), below(below(copy, 'ReceivedRepresenting'), 'EmailAddress').text, idOf(below(copy, 'AssociatedCalendarItemId')).id]).toEqual(['true', 'bob@example.test', idIn(only(await his.view(...february))).id]);
    expect(kinds((await respond(dave, 'AcceptItem', idIn(copy))).ok())).toEqual(['CalendarItem', 'MeetingRequest', 'MeetingResponse']);
    expect(attendees(await hers.item(id))[0]?.slice(0, 2)).toEqual(['bob@example.test', 'Accept']);
    const response = only(await inbox(alice));
    expect(['From', 'Sender'].map((who) => below(below(response, who), 'EmailAddress').text)).toEqual(['bob@example.test', 'dave@example.test']);
  });

  it('see nothing of what is private', async () => {
    (await bob.call(addDelegate('DelegatesAndMe'))).ok();
    await invite(`<t:Subject>Forecast</t:Subject><t:Sensitivity>Private</t:Sensitivity>${times}${people('RequiredAttendees', 'bob@example.test')}`);
    expect([(await inbox(bob)).length, await inbox(new EwsClient(ews, 'dave'))]).toEqual([1, []]);
  });
});

describe('forwarding', () => {
  it.each([['the request', async (): Promise<Id> => idIn(only(await inbox(bob)))], ['the appointment', async (): Promise<Id> => idIn(only(await his.view(...february)))]])('%s brings the meeting to somebody else, who answers its organizer', async (_what, reference) => {
    const id = await invite();
    const { id: forwarded } = await reference();
    (await bob.call(`<m:CreateItem MessageDisposition="SendAndSaveCopy"><m:Items><t:ForwardItem><t:ToRecipients>${mailbox('dave@example.test')}</t:ToRecipients><t:ReferenceItemId Id="${forwarded}"/><t:NewBodyContent BodyType="Text">You too?</t:NewBodyContent></t:ForwardItem></m:Items></m:CreateItem>`)).ok();
    await ews.organization.settle();
    const dave = new EwsClient(ews, 'dave');
    const request = only(await inbox(dave));
    expect([request.name, ...texts(request, 'Subject', 'Start', 'MeetingRequestType')]).toEqual(['MeetingRequest', 'FW: Forecast', '2027-02-02T10:00:00Z', 'NewMeetingRequest']);
    expect(['Organizer', 'Sender'].map((who) => below(below(request, who), 'EmailAddress').text)).toEqual(['alice@example.test', 'bob@example.test']);
    (await respond(dave, 'AcceptItem', idIn(request))).ok();
    expect(allBelow(below(await hers.item(id), 'OptionalAttendees'), 'Attendee').map((one) => [below(one, 'EmailAddress').text, textAt(one, 'ResponseType')])).toEqual([['dave@example.test', 'Accept']]);
    expect((await inbox(bob, 'sentitems')).map(({ name }) => name)).toEqual(['MeetingRequest']);
  });
});
