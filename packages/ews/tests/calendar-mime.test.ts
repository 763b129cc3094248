import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { CalendarClient, occurrenceRef } from './support/calendar.ts';
import { EwsClient, type Id } from './support/client.ts';
import { itemRef } from './support/soap.ts';
import { below, child, textAt, type XmlElement } from './support/xml.ts';

let ews: EwsEmulator;
let calendar: CalendarClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }), seed: 'empty' });
  calendar = new CalendarClient(new EwsClient(ews));
  await calendar.client.folderId('calendar');
}, 60_000);
afterEach(() => ews.reset());
afterAll(() => ews.close());

const mimeOf = async (id: Id | string): Promise<string[]> => {
  const answer = (await calendar.client.call(`<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:IncludeMimeContent>true</t:IncludeMimeContent></m:ItemShape><m:ItemIds>${typeof id === 'string' ? id : itemRef(id)}</m:ItemIds></m:GetItem>`)).ok();
  return Buffer.from(answer.first('MimeContent').text, 'base64').toString('utf8').replace(/\r\n[ \t]/g, '').split('\r\n');
};
const content = (lines: readonly string[]): string => `<t:MimeContent CharacterSet="UTF-8">${Buffer.from(lines.join('\r\n')).toString('base64')}</t:MimeContent>`;
const event = (...lines: string[]): string => content(['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:test', 'BEGIN:VEVENT', ...lines, 'END:VEVENT', 'END:VCALENDAR', '']);
const texts = (item: XmlElement, ...names: string[]): (string | undefined)[] => names.map((name) => textAt(item, name));

describe('MimeContent of an appointment', () => {
  it('is iCalendar with the zone of Windows', async () => {
    const id = await calendar.create('<t:Subject>Lunch; soup</t:Subject><t:Start>2026-07-01T12:00:00</t:Start><t:End>2026-07-01T13:00:00</t:End><t:Location>Roof</t:Location><t:StartTimeZone Id="W. Europe Standard Time"/>');
    const lines = await mimeOf(id);
    expect(lines).toEqual(expect.arrayContaining(['BEGIN:VCALENDAR', 'METHOD:PUBLISH', 'BEGIN:VTIMEZONE', 'TZID:W. Europe Standard Time', 'SUMMARY:Lunch\\; soup', 'DTSTART;TZID=W. Europe Standard Time:20260701T120000', 'DTEND;TZID=W. Europe Standard Time:20260701T130000', 'LOCATION:Roof', 'TRIGGER;RELATED=START:-PT15M']));
    expect(lines.find((line) => line.startsWith('UID:'))).toBe(`UID:${textAt(await calendar.item(id), 'UID') ?? ''}`);
  });
  it('of a series has its rule and its exceptions', async () => {
    const recurrence = '<t:Recurrence><t:WeeklyRecurrence><t:Interval>1</t:Interval><t:DaysOfWeek>Monday</t:DaysOfWeek></t:WeeklyRecurrence><t:NumberedRecurrence><t:StartDate>2026-06-01</t:StartDate><t:NumberOfOccurrences>4</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence>';
    const id = await calendar.create(`<t:Subject>Weekly</t:Subject><t:Start>2026-06-01T10:00:00Z</t:Start><t:End>2026-06-01T11:00:00Z</t:End>${recurrence}`);
    await calendar.update(occurrenceRef(id, 2), '<t:SetItemField><t:FieldURI FieldURI="item:Subject"/><t:CalendarItem><t:Subject>Moved</t:Subject></t:CalendarItem></t:SetItemField>');
    (await calendar.tryRemove(occurrenceRef(id, 3))).ok();
    const lines = await mimeOf(id);
    expect(lines.filter((line) => /^(SUMMARY|RRULE|EXDATE|RECURRENCE-ID)/.test(line))).toEqual(['RRULE:FREQ=WEEKLY;COUNT=4;INTERVAL=1;BYDAY=MO;WKST=SU', 'EXDATE;TZID=UTC:20260615T100000', 'SUMMARY:Weekly', 'RECURRENCE-ID;TZID=UTC:20260608T100000', 'SUMMARY:Moved']);
  });
});

describe('an appointment made of iCalendar', () => {
  it('is as DavMail sends it: a Windows zone without a VTIMEZONE, even on a time in UTC', async () => {
    const id = await calendar.create(event('UID:42@client.test', 'SUMMARY:From a client', 'DTSTART;TZID=GMT Standard Time:20261221T090000Z', 'DTEND;TZID=GMT Standard Time:20261221T100000Z', 'LOCATION:Pier', 'DESCRIPTION:one\\ntwo', 'TRANSP:TRANSPARENT') + '<t:ReminderIsSet>false</t:ReminderIsSet>');
    const item = await calendar.item(id);
    expect(texts(item, 'Subject', 'Start', 'End', 'Location', 'Body', 'UID', 'LegacyFreeBusyStatus', 'ReminderIsSet', 'CalendarItemType', 'ItemClass')).toEqual([
      'From a client', '2026-12-21T09:00:00Z', '2026-12-21T10:00:00Z', 'Pier', 'one\r\ntwo', '42@client.test', 'Free', 'false', 'Single', 'IPM.Appointment',
    ]);
    expect(below(item, 'StartTimeZone').attributes['Id']).toBe('GMT Standard Time');
  });
  it('recurs, with what was deleted', async () => {
    const id = await calendar.create(event('UID:1', 'SUMMARY:Daily', 'DTSTART;TZID=W. Europe Standard Time:20260701T080000', 'DTEND;TZID=W. Europe Standard Time:20260701T090000', 'RRULE:FREQ=DAILY;COUNT=3', 'EXDATE;TZID=W. Europe Standard Time:20260702T080000', 'BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT5M', 'END:VALARM'));
    expect(texts(await calendar.item(id), 'CalendarItemType', 'ReminderMinutesBeforeStart')).toEqual(['RecurringMaster', '5']);
    expect((await calendar.view('2026-06-30T00:00:00Z', '2026-07-10T00:00:00Z')).map((one) => textAt(one, 'Start'))).toEqual(['2026-07-01T06:00:00Z', '2026-07-03T06:00:00Z']);
  });
  it('is a meeting with attendees, and an attendee\'s copy where somebody else organizes it', async () => {
    const mine = await calendar.item(await calendar.create(event('UID:1', 'DTSTART:20260701T080000Z', 'DTEND:20260701T090000Z', 'ORGANIZER:mailto:alice@example.test', 'ATTENDEE;ROLE=OPT-PARTICIPANT;PARTSTAT=ACCEPTED:mailto:bob@example.test')));
    expect([texts(mine, 'IsMeeting', 'MyResponseType', 'AppointmentState'), below(below(mine, 'OptionalAttendees'), 'ResponseType').text, below(below(mine, 'Organizer'), 'Name').text]).toEqual([['true', 'Organizer', '1'], 'Accept', 'Alice Archer']);
    const theirs = await calendar.item(await calendar.create(event('UID:2', 'DTSTART:20260701T080000Z', 'DTEND:20260701T090000Z', 'ORGANIZER;CN=Frank:mailto:frank@contoso.test', 'ATTENDEE;PARTSTAT=TENTATIVE:mailto:alice@example.test')));
    expect([texts(theirs, 'MyResponseType', 'AppointmentState'), below(below(theirs, 'Organizer'), 'EmailAddress').text]).toEqual([['Tentative', '3'], 'frank@contoso.test']);
  });
  it('is all day where its times are dates', async () => {
    const header = '<t:TimeZoneContext><t:TimeZoneDefinition Id="Tokyo Standard Time"/></t:TimeZoneContext>';
    const item = await calendar.item(await calendar.create(event('UID:1', 'DTSTART;VALUE=DATE:20260701', 'DTEND;VALUE=DATE:20260703'), { header }));
    expect(texts(item, 'IsAllDayEvent', 'Start', 'End')).toEqual(['true', '2026-06-30T15:00:00Z', '2026-07-02T15:00:00Z']);
  });
  it('is changed by it', async () => {
    const id = await calendar.create('<t:Subject>before</t:Subject>');
    const mime = event('UID:9', 'SUMMARY:after', 'DTSTART:20260701T080000Z', 'DTEND:20260701T090000Z');
    const changed = await calendar.update(id, `<t:SetItemField><t:FieldURI FieldURI="item:MimeContent"/><t:CalendarItem>${mime}</t:CalendarItem></t:SetItemField>`);
    expect(texts(await calendar.item(changed), 'Subject', 'Start', 'UID')).toEqual(['after', '2026-07-01T08:00:00Z', '9']);
  });
  it('comes back as it was, time after time', async () => {
    const id = await calendar.create(event('UID:1', 'SUMMARY:Twice', 'DTSTART;TZID=Tokyo Standard Time:20260701T080000', 'DTEND;TZID=Tokyo Standard Time:20260701T090000', 'RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=5', 'CLASS:PRIVATE', 'CATEGORIES:Red,Blue'));
    const facts = /^(UID|SUMMARY|DTSTART|DTEND|RRULE|CLASS|CATEGORIES|SEQUENCE)/;
    const first = (await mimeOf(id)).filter((line) => facts.test(line));
    const again = (await mimeOf(await calendar.create(content(await mimeOf(id))))).filter((line) => facts.test(line));
    expect(again).toEqual(first);
    expect(child(await calendar.item(id), 'Categories')?.children.map(({ text }) => text)).toEqual(['Red', 'Blue']);
  });
  it.each([['no calendar', ['Subject: x', '', 'mail']], ['a calendar of nothing', ['BEGIN:VCALENDAR', 'END:VCALENDAR']], ['an event without a start', ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'UID:1', 'END:VEVENT', 'END:VCALENDAR']]])('%s is refused', async (_what, lines) => {
    expect((await calendar.tryCreate(content(lines))).codes).toEqual(['ErrorMimeContentConversionFailed']);
  });
});
