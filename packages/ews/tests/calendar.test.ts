import { createClock } from '@fauxchange/kernel';
import fc from 'fast-check';
import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { CalendarClient, masterRef, occurrenceRef } from './support/calendar.ts';
import { appendField, deleteField, EwsClient, idOf, setField, type Id } from './support/client.ts';
import { itemRef, mailbox } from './support/soap.ts';
import { below, child, textAt, type XmlElement } from './support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
let calendar: CalendarClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9, 10), frozen: true }), seed: 'empty' });
  alice = new EwsClient(ews);
  calendar = new CalendarClient(alice);
  await alice.folderId('calendar');
}, 60_000);
afterEach(() => ews.reset());
afterAll(() => ews.close());

const set = (element: string, value: string): string => setField(`calendar:${element}`, `<t:${element}>${value}</t:${element}>`, 'CalendarItem');
const texts = (item: XmlElement, ...names: string[]): (string | undefined)[] => names.map((name) => textAt(item, name));
const span = (start: string, end: string): string => `<t:Start>${start}</t:Start><t:End>${end}</t:End>`;
const zoned = (id: string): string => `<t:StartTimeZone Id="${id}"/>`;
const daily = '<t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence><t:NumberedRecurrence><t:StartDate>2027-03-26</t:StartDate><t:NumberOfOccurrences>5</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence>';
const series = (): Promise<Id> => calendar.create(`<t:Subject>Stand-up</t:Subject>${span('2027-03-26T09:00:00', '2027-03-26T09:15:00')}${daily}${zoned('W. Europe Standard Time')}`);
const march = ['2027-03-01T00:00:00Z', '2027-04-30T00:00:00Z'] as const;

describe('a single appointment', () => {
  it('has the defaults of Exchange', async () => {
    const item = await calendar.item(await calendar.create('<t:Subject>x</t:Subject>'));
    expect(texts(item, 'ItemClass', 'Start', 'End', 'IsAllDayEvent', 'LegacyFreeBusyStatus', 'IsMeeting', 'IsCancelled', 'IsRecurring', 'MeetingRequestWasSent', 'IsResponseRequested', 'CalendarItemType', 'MyResponseType')).toEqual([
      'IPM.Appointment', '2026-01-05T09:30:00Z', '2026-01-05T10:00:00Z', 'false', 'Busy', 'false', 'false', 'false', 'false', 'true', 'Single', 'Organizer',
    ]);
    expect(texts(item, 'ConflictingMeetingCount', 'AdjacentMeetingCount', 'Duration', 'AppointmentSequenceNumber', 'AppointmentState', 'ReminderDueBy', 'ReminderIsSet', 'ReminderMinutesBeforeStart', 'IsDraft', 'ConferenceType', 'AllowNewTimeProposal', 'IsOnlineMeeting')).toEqual([
      '0', '0', 'PT30M', '0', '0', '2026-01-05T09:30:00Z', 'true', '15', 'false', '0', 'true', 'false',
    ]);
    expect([below(below(item, 'Organizer'), 'EmailAddress').text, (textAt(item, 'UID') ?? '').slice(0, 32), textAt(item, 'DateTimeStamp')]).toEqual(['alice@example.test', '040000008200E00074C5B7101A82E008', '2026-01-05T09:10:00Z']);
    expect(['OriginalStart', 'RecurrenceId', 'TimeZone', 'Recurrence', 'FirstOccurrence', 'Location', 'RequiredAttendees'].filter((name) => child(item, name))).toEqual([]);
  });

  it.each<[string, string, string, string]>([
    ['Location', 'Harbour', '', 'MS-OXWSMTGS_R167'], ['LegacyFreeBusyStatus', 'Free', 'Busy', 'MS-OXWSMTGS_R16501'], ['LegacyFreeBusyStatus', 'OOF', 'Busy', 'MS-OXWSMTGS_R16503'],
    ['LegacyFreeBusyStatus', 'Tentative', 'Busy', 'MS-OXWSMTGS_R16504'], ['When', 'soon', '', 'MS-OXWSMTGS_R169'], ['IsResponseRequested', 'false', '', 'MS-OXWSMTGS_R737'],
    ['UID', '42@contoso.test', '', 'MS-OXWSMTGS_R151'], ['ConferenceType', '2', '', 'MS-OXWSMTGS_R743'], ['AllowNewTimeProposal', 'false', '', 'MS-OXWSMTGS_R745'],
    ['MeetingWorkspaceUrl', 'https://contoso.test/w', '', 'MS-OXWSMTGS_R233'], ['NetShowUrl', 'https://contoso.test/n', '', 'MS-OXWSMTGS_R235'], ['IsAllDayEvent', 'true', 'false', 'MS-OXWSMTGS_R720'],
  ])('%s: %s is kept at creation and by update (%s, %s)', async (element, value) => {
    expect(textAt(await calendar.item(await calendar.create(`<t:${element}>${value}</t:${element}>`)), element)).toBe(value);
    const id = await calendar.create('<t:Subject>bare</t:Subject>');
    expect(textAt(await calendar.item(await calendar.update(id, set(element, value))), element)).toBe(value);
  });
  it.each(['Location', 'When', 'MeetingWorkspaceUrl', 'NetShowUrl'])('%s is removed, twice', async (element) => {
    const id = await calendar.create(`<t:${element}>x</t:${element}>`);
    const removed = await calendar.update(id, deleteField(`calendar:${element}`));
    expect(child(await calendar.item(removed), element)).toBeUndefined();
    await calendar.update(removed, deleteField(`calendar:${element}`));
  });
  it.each(['DateTimeStamp', 'OriginalStart', 'Duration', 'TimeZone', 'AppointmentReplyTime', 'IsMeeting', 'IsCancelled', 'IsRecurring', 'MeetingRequestWasSent', 'AppointmentSequenceNumber', 'AppointmentState', 'ConflictingMeetingCount', 'IsOnlineMeeting'])('%s is read-only', async (element) => {
    const value = /Count|Number|State/.test(element) ? '1' : /^Is|Sent$/.test(element) ? 'true' : element === 'Duration' ? 'PT1H' : element === 'TimeZone' ? 'x' : '2026-01-01T00:00:00Z';
    const answer = await calendar.tryCreate(`<t:${element}>${value}</t:${element}>`);
    expect([answer.codes, answer.first('FieldURI').attributes['FieldURI']]).toEqual([['ErrorInvalidPropertySet'], `calendar:${element}`]);
  });
  it.each(['Start', 'End', 'IsAllDayEvent', 'LegacyFreeBusyStatus', 'StartTimeZone', 'UID'])('%s is not deleted', async (element) => {
    expect((await calendar.tryUpdate(await calendar.create(''), deleteField(`calendar:${element}`))).codes).toEqual(['ErrorInvalidPropertyDelete']);
  });

  it('attendees are of three kinds, with what they answered', async () => {
    const attendee = (name: string): string => `<t:Attendee>${mailbox(`${name}@example.test`)}</t:Attendee>`;
    const id = await calendar.create(`<t:Subject>Meet</t:Subject><t:RequiredAttendees>${attendee('bob')}</t:RequiredAttendees><t:OptionalAttendees>${attendee('carol')}</t:OptionalAttendees><t:Resources>${attendee('room1')}</t:Resources>`);
    const item = await calendar.item(id);
    expect(['RequiredAttendees', 'OptionalAttendees', 'Resources'].map((list) => below(below(item, list), 'EmailAddress').text)).toEqual(['bob@example.test', 'carol@example.test', 'room1@example.test']);
    expect([texts(item, 'IsMeeting', 'AppointmentState'), below(below(item, 'RequiredAttendees'), 'ResponseType').text]).toEqual([['true', '1'], 'Unknown']);
    const more = await calendar.update(id, appendField('calendar:RequiredAttendees', `<t:RequiredAttendees>${attendee('dave')}</t:RequiredAttendees>`, 'CalendarItem'));
    expect(below(await calendar.item(more), 'RequiredAttendees').children).toHaveLength(2);
    expect(child(await calendar.item(await calendar.update(more, deleteField('calendar:Resources'))), 'Resources')).toBeUndefined();
  });

  it('shows by default what the EWS reference lists, and what is asked for besides', async () => {
    const id = await calendar.create('<t:Subject>x</t:Subject><t:Location>Pier</t:Location>');
    const names = (item: XmlElement): string[] => item.children.map(({ name }) => name);
    const byDefault = ['ItemId', 'Subject', 'ResponseObjects', 'HasAttachments', 'IsAssociated', 'Start', 'End', 'LegacyFreeBusyStatus', 'Location', 'CalendarItemType', 'Organizer'];
    expect(names(await calendar.item(id, 'Default'))).toEqual(byDefault);
    expect(names(await calendar.item(id, 'Default', ['item:Sensitivity']))).toEqual([...byDefault.slice(0, 2), 'Sensitivity', ...byDefault.slice(2)]);
    const [found] = await calendar.view('2026-01-05T00:00:00Z', '2026-01-06T00:00:00Z');
    expect(found && names(found)).toEqual(byDefault.filter((name) => name !== 'ResponseObjects'));
  });

  it('is deleted', async () => {
    const id = await calendar.create('<t:Subject>x</t:Subject>');
    (await calendar.tryRemove(id)).ok();
    expect((await calendar.get(id)).codes).toEqual(['ErrorItemNotFound']);
  });

  it('is moved when its start is, and refuses to end before it', async () => {
    const id = await calendar.create(span('2026-02-01T10:00:00Z', '2026-02-01T11:00:00Z'));
    expect((await calendar.tryUpdate(id, set('Start', '2026-02-01T12:00:00Z'))).codes).toEqual(['ErrorCalendarEndDateIsEarlierThanStartDate']);
    const moved = await calendar.update(id, set('Start', '2026-02-01T12:00:00Z') + set('End', '2026-02-01T14:00:00Z'));
    expect(texts(await calendar.item(moved), 'Start', 'End', 'Duration', 'ReminderDueBy')).toEqual(['2026-02-01T12:00:00Z', '2026-02-01T14:00:00Z', 'PT2H', '2026-02-01T12:00:00Z']);
  });

  it('conflicts with what overlaps it and is adjacent to what touches it, the free apart', async () => {
    const id = await calendar.create(`<t:Subject>mine</t:Subject>${span('2027-02-01T10:00:00Z', '2027-02-01T11:00:00Z')}`);
    await calendar.create(`<t:Subject>over</t:Subject>${span('2027-02-01T10:30:00Z', '2027-02-01T12:00:00Z')}`);
    await calendar.create(`<t:Subject>next</t:Subject>${span('2027-02-01T11:00:00Z', '2027-02-01T12:00:00Z')}`);
    await calendar.create(`<t:Subject>free</t:Subject>${span('2027-02-01T10:00:00Z', '2027-02-01T11:00:00Z')}<t:LegacyFreeBusyStatus>Free</t:LegacyFreeBusyStatus>`);
    const item = await calendar.item(id);
    expect(texts(item, 'ConflictingMeetingCount', 'AdjacentMeetingCount')).toEqual(['1', '1']);
    expect([below(below(item, 'ConflictingMeetings'), 'Subject').text, below(below(item, 'AdjacentMeetings'), 'Subject').text]).toEqual(['over', 'next']);
  });
});

describe('time zones', () => {
  it.each<[string, string, string | undefined, string, string, string]>([
    ['of the start', `<t:Start>2026-07-01T10:00:00</t:Start><t:End>2026-07-01T11:00:00</t:End>${zoned('W. Europe Standard Time')}`, undefined, '2026-07-01T08:00:00Z', '2026-07-01T09:00:00Z', 'W. Europe Standard Time'],
    ['of the end', `<t:Start>2026-07-01T10:00:00</t:Start><t:End>2026-07-01T11:00:00</t:End>${zoned('W. Europe Standard Time')}<t:EndTimeZone Id="GMT Standard Time"/>`, undefined, '2026-07-01T08:00:00Z', '2026-07-01T10:00:00Z', 'W. Europe Standard Time'],
    ['of the caller', '<t:Start>2026-07-01T10:00:00</t:Start><t:End>2026-07-01T11:00:00</t:End>', 'Tokyo Standard Time', '2026-07-01T01:00:00Z', '2026-07-01T02:00:00Z', 'Tokyo Standard Time'],
    ['none', '<t:Start>2026-07-01T10:00:00</t:Start><t:End>2026-07-01T11:00:00</t:End>', undefined, '2026-07-01T10:00:00Z', '2026-07-01T11:00:00Z', 'UTC'],
    ['in the times', `<t:Start>2026-07-01T10:00:00-05:00</t:Start><t:End>2026-07-01T10:30:00-05:00</t:End>${zoned('Tokyo Standard Time')}`, undefined, '2026-07-01T15:00:00Z', '2026-07-01T15:30:00Z', 'Tokyo Standard Time'],
    ['all day', `<t:Start>2026-07-01T10:00:00</t:Start><t:End>2026-07-01T11:00:00</t:End><t:IsAllDayEvent>true</t:IsAllDayEvent>${zoned('W. Europe Standard Time')}`, undefined, '2026-06-30T22:00:00Z', '2026-07-01T22:00:00Z', 'W. Europe Standard Time'],
  ])('%s', async (_what, content, caller, start, end, zone) => {
    const header = caller === undefined ? undefined : `<t:TimeZoneContext><t:TimeZoneDefinition Id="${caller}"/></t:TimeZoneContext>`;
    const item = await calendar.item(await calendar.create(content, { header }), 'AllProperties', ['calendar:StartTimeZoneId']);
    expect([...texts(item, 'Start', 'End', 'StartTimeZoneId'), below(item, 'StartTimeZone').attributes['Id']]).toEqual([start, end, zone, zone]);
  });
  it('of its own, sent in full, are kept', async () => {
    const own = `<t:StartTimeZone Id="Ship" Name="Ship time"><t:Periods><t:Period Bias="-PT1H30M" Name="Standard" Id="S"/></t:Periods><t:TransitionsGroups><t:TransitionsGroup Id="0"><t:Transition><t:To Kind="Period">S</t:To></t:Transition></t:TransitionsGroup></t:TransitionsGroups><t:Transitions><t:Transition><t:To Kind="Group">0</t:To></t:Transition></t:Transitions></t:StartTimeZone>`;
    const item = await calendar.item(await calendar.create(span('2026-07-01T10:00:00', '2026-07-01T11:00:00') + own));
    expect([textAt(item, 'Start'), below(item, 'StartTimeZone').attributes['Id'], below(item, 'Period').attributes['Bias']]).toEqual(['2026-07-01T08:30:00Z', 'Ship', '-PT1H30M']);
  });
  it('of Exchange 2007 are understood by name and by rule', async () => {
    const rule = (name: string, offset: string, week: string, month: string, time: string): string => `<t:${name}><t:Offset>${offset}</t:Offset><t:RelativeYearlyRecurrence><t:DaysOfWeek>Sunday</t:DaysOfWeek><t:DayOfWeekIndex>${week}</t:DayOfWeekIndex><t:Month>${month}</t:Month></t:RelativeYearlyRecurrence><t:Time>${time}</t:Time></t:${name}>`;
    const times = span('2026-07-01T10:00:00', '2026-07-01T11:00:00');
    const pacific = `<t:MeetingTimeZone><t:BaseOffset>PT8H</t:BaseOffset>${rule('Standard', 'PT0H', 'First', 'November', '02:00:00')}${rule('Daylight', '-PT1H', 'Second', 'March', '02:00:00')}</t:MeetingTimeZone>`;
    for (const [zone, start] of [['<t:MeetingTimeZone TimeZoneName="Tokyo Standard Time"/>', '2026-07-01T01:00:00Z'], [pacific, '2026-07-01T17:00:00Z']] as const) {
      expect(textAt(await calendar.item(await calendar.create(times + zone)), 'Start')).toBe(start);
    }
    expect((await calendar.tryCreate(times + pacific.replace('Sunday', 'Weekday'))).codes).toEqual(['ErrorCalendarInvalidDayForTimeChangePattern']);
  });
  it('are seen on the wall where asked for', async () => {
    const id = await calendar.create(span('2026-07-01T10:00:00', '2026-07-01T11:00:00') + zoned('W. Europe Standard Time'));
    expect(texts(await calendar.item(id, 'IdOnly', ['calendar:StartWallClock', 'calendar:EndWallClock', 'calendar:EndTimeZoneId']), 'StartWallClock', 'EndWallClock', 'EndTimeZoneId')).toEqual(['2026-07-01T10:00:00+02:00', '2026-07-01T11:00:00+02:00', 'W. Europe Standard Time']);
  });
  it('places are kept with their address', async () => {
    const place = '<t:EnhancedLocation><t:DisplayName>Pier 3</t:DisplayName><t:Annotation>green door</t:Annotation><t:PostalAddress><t:Street>Quay 1</t:Street><t:City>Harbour</t:City><t:Latitude>54.5</t:Latitude><t:LocationSource>Device</t:LocationSource></t:PostalAddress></t:EnhancedLocation>';
    const id = await calendar.create(place);
    const shown = async (): Promise<XmlElement> => calendar.item(id, 'AllProperties', ['calendar:EnhancedLocation']);
    const found = below(await shown(), 'EnhancedLocation');
    expect([texts(found, 'DisplayName', 'Annotation'), texts(below(found, 'PostalAddress'), 'Street', 'City', 'Latitude', 'LocationSource'), textAt(await shown(), 'Location')]).toEqual([['Pier 3', 'green door'], ['Quay 1', 'Harbour', '54.5', 'Device'], 'Pier 3']);
    await calendar.update(id, deleteField('calendar:EnhancedLocation'));
    expect(child(await shown(), 'EnhancedLocation')).toBeUndefined();
  });
  it.each([['an unknown name', '<t:StartTimeZone Id="Nowhere Standard Time"/>']])('%s is refused', async (_what, zone) => {
    expect((await calendar.tryCreate(zone)).codes).toEqual(['ErrorCalendarInvalidTimeZone']);
  });
});

describe('a series', () => {
  it.each<[string, string, string]>([
    ['daily', '<t:DailyRecurrence><t:Interval>3</t:Interval></t:DailyRecurrence>', '2026-07-01T10:00:00Z'],
    ['weekly', '<t:WeeklyRecurrence><t:Interval>2</t:Interval><t:DaysOfWeek>Monday Friday</t:DaysOfWeek><t:FirstDayOfWeek>Monday</t:FirstDayOfWeek></t:WeeklyRecurrence>', '2026-07-03T10:00:00Z'],
    ['absolute monthly', '<t:AbsoluteMonthlyRecurrence><t:Interval>1</t:Interval><t:DayOfMonth>31</t:DayOfMonth></t:AbsoluteMonthlyRecurrence>', '2026-07-31T10:00:00Z'],
    ['relative monthly', '<t:RelativeMonthlyRecurrence><t:Interval>2</t:Interval><t:DaysOfWeek>Weekday</t:DaysOfWeek><t:DayOfWeekIndex>Last</t:DayOfWeekIndex></t:RelativeMonthlyRecurrence>', '2026-07-31T10:00:00Z'],
    ['absolute yearly', '<t:AbsoluteYearlyRecurrence><t:DayOfMonth>29</t:DayOfMonth><t:Month>August</t:Month></t:AbsoluteYearlyRecurrence>', '2026-08-29T10:00:00Z'],
    ['relative yearly', '<t:RelativeYearlyRecurrence><t:DaysOfWeek>Sunday</t:DaysOfWeek><t:DayOfWeekIndex>Second</t:DayOfWeekIndex><t:Month>October</t:Month></t:RelativeYearlyRecurrence>', '2026-10-11T10:00:00Z'],
  ])('%s comes back as it was sent, and begins on its first day', async (_what, pattern, first) => {
    for (const range of ['<t:NoEndRecurrence><t:StartDate>2026-07-01Z</t:StartDate></t:NoEndRecurrence>', '<t:EndDateRecurrence><t:StartDate>2026-07-01Z</t:StartDate><t:EndDate>2028-07-01Z</t:EndDate></t:EndDateRecurrence>', '<t:NumberedRecurrence><t:StartDate>2026-07-01Z</t:StartDate><t:NumberOfOccurrences>4</t:NumberOfOccurrences></t:NumberedRecurrence>']) {
      const item = await calendar.item(await calendar.create(`${span('2026-07-01T10:00:00Z', '2026-07-01T11:00:00Z')}<t:Recurrence>${pattern}${range}</t:Recurrence>`));
      expect(texts(item, 'CalendarItemType', 'IsRecurring', 'Start')).toEqual(['RecurringMaster', 'false', first]);
      expect(below(item, 'Recurrence').children.map(({ name, children }) => [name, ...children.map(({ name: each, text }) => [each, text])])).toEqual(
        // The series begins on the day of its first occurrence.
        [...(pattern + range.replace('2026-07-01', first.slice(0, 10))).matchAll(/<t:(\w+Recurrence)>(.*?)<\/t:\1>/g)].map(([, name, inner]) => [name, ...[...(inner ?? '').matchAll(/<t:(\w+)>([^<]*)</g)].map(([, each, text]) => [each, text])]),
      );
      expect([textAt(below(item, 'FirstOccurrence'), 'Start'), child(item, 'LastOccurrence') === undefined]).toEqual([first, range.includes('NoEnd')]);
    }
  });

  it('is shown by the view as occurrences and by the folder as its master, in local time across the change of the clock', async () => {
    const id = await series();
    await calendar.create(`<t:Subject>Lunch</t:Subject>${span('2027-03-27T11:00:00Z', '2027-03-27T12:00:00Z')}`);
    const items = await calendar.view(...march);
    expect(items.map((item) => texts(item, 'Subject', 'Start', 'CalendarItemType').join(' '))).toEqual([
      'Stand-up 2027-03-26T08:00:00Z Occurrence', 'Stand-up 2027-03-27T08:00:00Z Occurrence', 'Lunch 2027-03-27T11:00:00Z Single', 'Stand-up 2027-03-28T07:00:00Z Occurrence', 'Stand-up 2027-03-29T07:00:00Z Occurrence', 'Stand-up 2027-03-30T07:00:00Z Occurrence',
    ]);
    expect(new Set(items.map((item) => idOf(below(item, 'ItemId')).id)).size).toBe(6);
    const masters = (await alice.findItem('calendar', { base: 'Default' })).ok().first('Items').children.filter((item) => textAt(item, 'Subject') === 'Stand-up');
    expect(masters.map((item) => [textAt(item, 'CalendarItemType'), idOf(below(item, 'ItemId')).id])).toEqual([['RecurringMaster', id.id]]);
  });

  it('is found by its occurrences, and these by their index', async () => {
    const id = await series();
    const occurrence = await calendar.item(occurrenceRef(id, 3));
    expect(texts(occurrence, 'Start', 'OriginalStart', 'RecurrenceId', 'CalendarItemType', 'IsRecurring')).toEqual(['2027-03-28T07:00:00Z', '2027-03-28T07:00:00Z', '2027-03-28T07:00:00Z', 'Occurrence', 'true']);
    const own = idOf(below(occurrence, 'ItemId'));
    expect(textAt(await calendar.item(own), 'Start')).toBe('2027-03-28T07:00:00Z');
    expect(idOf(below(await calendar.item(masterRef(own)), 'ItemId'))).toEqual(id);
    expect(textAt(occurrence, 'UID')).toBe(textAt(await calendar.item(id), 'UID'));
  });
  it.each<[string, (id: Id, single: Id, own: Id) => string, string]>([
    ['an index beyond the end', (id) => occurrenceRef(id, 6), 'ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange'],
    ['the index 0', (id) => occurrenceRef(id, 0), 'ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange'],
    ['an occurrence of what does not recur', (_id, single) => occurrenceRef(single, 1), 'ErrorCalendarCannotUseIdForRecurringMasterId'],
    ['an occurrence of an occurrence', (_id, _single, own) => occurrenceRef(own, 1), 'ErrorCalendarCannotUseIdForRecurringMasterId'],
    ['the master of what does not recur', (_id, single) => masterRef(single), 'ErrorCalendarCannotUseIdForOccurrenceId'],
    ['the master of the master', (id) => masterRef(id), 'ErrorCalendarCannotUseIdForOccurrenceId'],
    ['nonsense', () => occurrenceRef({ id: 'AAAA', changeKey: '' }, 1), 'ErrorInvalidIdMalformed'],
  ])('%s', async (_what, ref, code) => {
    const [id, single] = [await series(), await calendar.create('<t:Subject>single</t:Subject>')];
    const own = idOf(below(await calendar.item(occurrenceRef(id, 1)), 'ItemId'));
    expect((await calendar.get(ref(id, single, own))).codes).toEqual([code]);
  });

  it('has exceptions', async () => {
    const id = await series();
    const changed = await calendar.update(occurrenceRef(id, 2), set('Location', 'Roof') + set('Start', '2027-03-27T12:00:00Z') + set('End', '2027-03-27T13:00:00Z') + setField('item:Body', '<t:Body BodyType="Text">bring a coat</t:Body>', 'CalendarItem'));
    const item = await calendar.item(changed);
    expect([...texts(item, 'CalendarItemType', 'Start', 'End', 'OriginalStart', 'Location', 'Subject', 'Body', 'HasAttachments')]).toEqual(['Exception', '2027-03-27T12:00:00Z', '2027-03-27T13:00:00Z', '2027-03-27T08:00:00Z', 'Roof', 'Stand-up', 'bring a coat', 'false']);
    const master = await calendar.item(id);
    expect([texts(below(master, 'Occurrence'), 'Start', 'End', 'OriginalStart'), idOf(below(below(master, 'ModifiedOccurrences'), 'ItemId')).id, textAt(master, 'Location'), child(master, 'Attachments')]).toEqual([
      ['2027-03-27T12:00:00Z', '2027-03-27T13:00:00Z', '2027-03-27T08:00:00Z'], changed.id, undefined, undefined,
    ]);
    expect((await calendar.view(...march)).map((one) => texts(one, 'Start', 'Location').join(' '))[1]).toBe('2027-03-27T12:00:00Z Roof');
    expect((await calendar.tryUpdate(changed, set('Start', '2027-03-28T06:00:00Z') + set('End', '2027-03-28T06:30:00Z'))).codes).toEqual(['ErrorOccurrenceCrossingBoundary']);
  });
  it('has attachments of one occurrence alone', async () => {
    const id = await series();
    const own = idOf(below(await calendar.item(occurrenceRef(id, 2)), 'ItemId'));
    const attach = `<m:CreateAttachment><m:ParentItemId Id="${own.id}"/><m:Attachments><t:FileAttachment><t:Name>plan.txt</t:Name><t:Content>cGxhbg==</t:Content></t:FileAttachment></m:Attachments></m:CreateAttachment>`;
    const attachment = below((await alice.call(attach)).ok().first('Attachments'), 'AttachmentId').attributes;
    expect(attachment['RootItemId']).toBe(own.id);
    expect(texts(await calendar.item(own), 'HasAttachments', 'CalendarItemType')).toEqual(['true', 'Exception']);
    expect([texts(await calendar.item(id), 'HasAttachments'), texts(await calendar.item(occurrenceRef(id, 3)), 'HasAttachments')]).toEqual([['false'], ['false']]);
    const get = (await alice.call(`<m:GetAttachment><m:AttachmentIds><t:AttachmentId Id="${attachment['Id'] ?? ''}"/></m:AttachmentIds></m:GetAttachment>`)).ok();
    expect(get.texts('Content')).toEqual(['cGxhbg==']);
    (await alice.call(`<m:DeleteAttachment><m:AttachmentIds><t:AttachmentId Id="${attachment['Id'] ?? ''}"/></m:AttachmentIds></m:DeleteAttachment>`)).ok();
    expect(textAt(await calendar.item(own), 'HasAttachments')).toBe('false');
  });
  it('tells its days in the zone of the caller', async () => {
    const id = await series();
    const header = '<t:TimeZoneContext><t:TimeZoneDefinition Id="W. Europe Standard Time"/></t:TimeZoneContext>';
    const answer = (await alice.call(`<m:GetItem><m:ItemShape><t:BaseShape>AllProperties</t:BaseShape></m:ItemShape><m:ItemIds>${itemRef(id)}</m:ItemIds></m:GetItem>`, { header })).ok();
    expect([answer.texts('StartDate'), below(await calendar.item(id), 'StartDate').text]).toEqual([['2027-03-26+01:00'], '2027-03-26Z']);
  });
  it('has holes where occurrences were deleted', async () => {
    const id = await series();
    (await calendar.tryRemove(occurrenceRef(id, 2))).ok();
    expect(textAt(below(await calendar.item(id), 'DeletedOccurrence'), 'Start')).toBe('2027-03-27T08:00:00Z');
    expect((await calendar.get(occurrenceRef(id, 2))).codes).toEqual(['ErrorCalendarOccurrenceIsDeletedFromRecurrence']);
    expect(textAt(await calendar.item(occurrenceRef(id, 3)), 'Start')).toBe('2027-03-28T07:00:00Z');
    expect(await calendar.view(...march)).toHaveLength(4);
  });
  it('is forgotten with all its occurrences when it is deleted, or recurs no more', async () => {
    const id = await series();
    const single = await calendar.update(id, deleteField('calendar:Recurrence'));
    expect(texts(await calendar.item(single), 'CalendarItemType', 'Start')).toEqual(['Single', '2027-03-26T08:00:00Z']);
    (await calendar.tryRemove(single)).ok();
    expect(await calendar.view(...march)).toEqual([]);
  });
  it('loses its exceptions when its times change', async () => {
    const id = await series();
    await calendar.update(occurrenceRef(id, 2), set('Location', 'Roof'));
    const moved = await calendar.update(id, set('Start', '2027-03-26T10:00:00Z') + set('End', '2027-03-26T10:30:00Z'));
    expect([child(await calendar.item(moved), 'ModifiedOccurrences'), (await calendar.view(...march)).map((one) => textAt(one, 'Start')?.slice(5, 16))]).toEqual([undefined, ['03-26T10:00', '03-27T10:00', '03-28T09:00', '03-29T09:00', '03-30T09:00']]);
  });
  it.each<[string, string, string]>([
    ['days that are none', '<t:AbsoluteMonthlyRecurrence><t:Interval>1</t:Interval><t:DayOfMonth>32</t:DayOfMonth></t:AbsoluteMonthlyRecurrence><t:NoEndRecurrence><t:StartDate>2026-07-01</t:StartDate></t:NoEndRecurrence>', 'ErrorCalendarInvalidRecurrence'],
    ['an end before the start', '<t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence><t:EndDateRecurrence><t:StartDate>2026-07-01</t:StartDate><t:EndDate>2026-06-01</t:EndDate></t:EndDateRecurrence>', 'ErrorCalendarEndDateIsEarlierThanStartDate'],
    ['no day in the range', '<t:AbsoluteYearlyRecurrence><t:DayOfMonth>1</t:DayOfMonth><t:Month>March</t:Month></t:AbsoluteYearlyRecurrence><t:EndDateRecurrence><t:StartDate>2026-07-01</t:StartDate><t:EndDate>2026-08-01</t:EndDate></t:EndDateRecurrence>', 'ErrorRecurrenceHasNoOccurrence'],
  ])('%s is refused', async (_what, recurrence, code) => {
    expect((await calendar.tryCreate(`${span('2026-07-01T10:00:00Z', '2026-07-01T11:00:00Z')}<t:Recurrence>${recurrence}</t:Recurrence>`)).codes).toEqual([code]);
  });
  it('occurrences that reach into the next are refused', async () => {
    expect((await calendar.tryCreate(`${span('2027-03-26T10:00:00Z', '2027-03-27T11:00:00Z')}${daily}`)).codes).toEqual(['ErrorOccurrenceTimeSpanTooBig']);
  });
});

describe('what is refused', () => {
  it('attributes that are required', async () => {
    expect((await calendar.tryCreate('', { send: null })).codes).toEqual(['ErrorSendMeetingInvitationsRequired']);
    const id = await calendar.create('');
    expect((await calendar.tryUpdate(id, set('Location', 'x'), { send: null })).codes).toEqual(['ErrorSendMeetingInvitationsOrCancellationsRequired']);
    expect((await calendar.tryRemove(id, null)).codes).toEqual(['ErrorSendMeetingCancellationsRequired']);
  });
  it.each(['inbox', 'contacts', 'tasks'])('an appointment in %s', async (folder) => {
    expect((await calendar.tryCreate('', { folder })).codes).toEqual(['ErrorCannotCreateCalendarItemInNonCalendarFolder']);
  });
  it('an appointment of more than five years', async () => {
    expect((await calendar.tryCreate(span('2026-01-01T00:00:00Z', '2032-01-01T00:00:00Z'))).codes).toEqual(['ErrorCalendarDurationIsTooLong']);
  });
  it.each(['MoveItem', 'CopyItem'])('%s of an occurrence', async (operation) => {
    const own = idOf(below(await calendar.item(occurrenceRef(await series(), 1)), 'ItemId'));
    const answer = await alice.call(`<m:${operation}><m:ToFolderId><t:DistinguishedFolderId Id="deleteditems"/></m:ToFolderId><m:ItemIds>${itemRef(own)}</m:ItemIds></m:${operation}>`);
    expect(answer.codes).toEqual(['ErrorCalendarCannotMoveOrCopyOccurrence']);
  });
  it.each<[string, Parameters<CalendarClient['tryView']>, string]>([
    ['more than two years', ['2026-01-01T00:00:00Z', '2028-01-01T00:00:01Z'], 'ErrorCalendarViewRangeTooBig'],
    ['an end before its start', ['2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z'], 'ErrorCalendarEndDateIsEarlierThanStartDate'],
    ['of another folder', ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', { folder: 'inbox' }], 'ErrorCalendarFolderIsInvalidForCalendarView'],
    ['in an order', ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', { after: '<m:SortOrder><t:FieldOrder Order="Ascending"><t:FieldURI FieldURI="item:Subject"/></t:FieldOrder></m:SortOrder>' }], 'ErrorInvalidOperation'],
    ['with a restriction', ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', { after: '<m:Restriction><t:Exists><t:FieldURI FieldURI="item:Subject"/></t:Exists></m:Restriction>' }], 'ErrorInvalidOperation'],
    ['of hidden items', ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', { attributes: 'Traversal="Associated"' }], 'ErrorInvalidOperation'],
  ])('a view: %s', async (_what, view, code) => {
    expect((await calendar.tryView(...view)).codes).toEqual([code]);
  });
  it('a view is cut where it was asked to be', async () => {
    await series();
    const answer = (await calendar.tryView(...march, { most: '2' })).ok();
    expect([answer.first('RootFolder').attributes['IncludesLastItemInRange'], answer.all('CalendarItem').length]).toEqual(['false', 2]);
  });
});

describe('whatever is said of an appointment', () => {
  const text = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 40 }).map((value) => value.trim() || 'x');
  const minutes = fc.integer({ min: Date.UTC(2010, 0, 1) / 60_000, max: Date.UTC(2035, 0, 1) / 60_000 });
  const appointment = fc.record({
    Subject: text, Location: text, LegacyFreeBusyStatus: fc.constantFrom('Free', 'Tentative', 'Busy', 'OOF', 'WorkingElsewhere'), start: minutes, length: fc.integer({ min: 0, max: 20_000 }),
    zone: fc.constantFrom('W. Europe Standard Time', 'Tokyo Standard Time', 'Pacific Standard Time', 'Nepal Standard Time', 'UTC'), ReminderMinutesBeforeStart: fc.integer({ min: 0, max: 20_000 }), AllowNewTimeProposal: fc.boolean(),
  });
  type Appointment = typeof appointment extends fc.Arbitrary<infer T> ? T : never;
  const timeOf = (at: number): string => new Date(at * 60_000).toISOString().replace('.000', '');
  const escaped = (value: string): string => value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  const elements = ({ Subject, Location, LegacyFreeBusyStatus, start, length, zone, ReminderMinutesBeforeStart, AllowNewTimeProposal }: Appointment): readonly (readonly [string, string])[] => [
    ['item:Subject', `<t:Subject>${escaped(Subject)}</t:Subject>`], ['item:ReminderMinutesBeforeStart', `<t:ReminderMinutesBeforeStart>${ReminderMinutesBeforeStart}</t:ReminderMinutesBeforeStart>`],
    ['calendar:Start', `<t:Start>${timeOf(start)}</t:Start>`], ['calendar:End', `<t:End>${timeOf(start + length)}</t:End>`], ['calendar:LegacyFreeBusyStatus', `<t:LegacyFreeBusyStatus>${LegacyFreeBusyStatus}</t:LegacyFreeBusyStatus>`],
    ['calendar:Location', `<t:Location>${escaped(Location)}</t:Location>`], ['calendar:StartTimeZone', zoned(zone)], ['calendar:AllowNewTimeProposal', `<t:AllowNewTimeProposal>${String(AllowNewTimeProposal)}</t:AllowNewTimeProposal>`],
  ];
  const shown = (item: XmlElement): unknown => [...texts(item, 'Subject', 'Location', 'LegacyFreeBusyStatus', 'Start', 'End', 'ReminderMinutesBeforeStart', 'AllowNewTimeProposal'), below(item, 'StartTimeZone').attributes['Id']];
  const expected = (one: Appointment): unknown => [one.Subject, one.Location, one.LegacyFreeBusyStatus, timeOf(one.start), timeOf(one.start + one.length), String(one.ReminderMinutesBeforeStart), String(one.AllowNewTimeProposal), one.zone];

  it('comes back, at creation and after an update to something else', async () => {
    await fc.assert(fc.asyncProperty(appointment, appointment, async (first, second) => {
      const id = await calendar.create(elements(first).map(([, element]) => element).join(''));
      expect(shown(await calendar.item(id))).toEqual(expected(first));
      const changed = await calendar.update(id, elements(second).map(([path, element]) => setField(path, element, 'CalendarItem')).join(''));
      expect(shown(await calendar.item(changed))).toEqual(expected(second));
    }), { numRuns: 25 });
  }, 60_000);

  it('a zone that the caller defines in full is the caller\'s zone', async () => {
    const header = '<t:TimeZoneContext><t:TimeZoneDefinition Id="Ship" Name="Ship"><t:Periods><t:Period Bias="-PT1H30M" Name="Standard" Id="S"/></t:Periods><t:TransitionsGroups><t:TransitionsGroup Id="0"><t:Transition><t:To Kind="Period">S</t:To></t:Transition></t:TransitionsGroup></t:TransitionsGroups><t:Transitions><t:Transition><t:To Kind="Group">0</t:To></t:Transition></t:Transitions></t:TimeZoneDefinition></t:TimeZoneContext>';
    const item = await calendar.item(await calendar.create(span('2026-07-01T10:00:00', '2026-07-01T11:00:00'), { header }));
    expect([textAt(item, 'Start'), below(item, 'StartTimeZone').attributes['Id']]).toEqual(['2026-07-01T08:30:00Z', 'Ship']);
  });
  it('a deleted appointment is not updated with invitations', async () => {
    const id = await calendar.create('<t:Subject>gone</t:Subject>');
    (await calendar.tryRemove(id, 'SendToNone', 'MoveToDeletedItems')).ok();
    const gone = await alice.idBySubject('deleteditems', 'gone');
    expect((await calendar.tryUpdate(gone, set('Location', 'x'), { send: 'SendToAllAndSaveCopy' })).codes).toEqual(['ErrorCalendarCannotUpdateDeletedItem']);
    await calendar.update(gone, set('Location', 'x'));
  });
});
