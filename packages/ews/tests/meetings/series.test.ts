import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../../src/index.ts';
import { masterRef, occurrenceRef } from '../support/calendar.ts';
import type { Id } from '../support/client.ts';
import { idIn, people, Person, setCalendar, span, texts } from '../support/meetings.ts';
import { itemRef, shape } from '../support/soap.ts';
import { allBelow, below, child, names, textAt, type XmlElement } from '../support/xml.ts';

let ews: EwsEmulator;
let alice: Person;
let bob: Person;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2027, 0, 5, 9), frozen: true }), seed: 'empty' });
  [alice, bob] = [new Person(ews, 'alice'), new Person(ews, 'bob')];
  await alice.client.folderId('calendar');
}, 60_000);
afterEach(() => ews.reset());
afterAll(() => ews.close());

const times = span('2027-02-02T10:00:00Z', '2027-02-02T11:00:00Z');
const numbered = '<t:NumberedRecurrence><t:StartDate>2027-02-02</t:StartDate><t:NumberOfOccurrences>4</t:NumberOfOccurrences></t:NumberedRecurrence>';
const daily = `<t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence>${numbered}</t:Recurrence>`;
const series = (): Promise<Id> => alice.calendar.create(`<t:Subject>Stand-up</t:Subject>${times}${daily}`);
const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** The second occurrence at another time, the third deleted. */
async function changedSeries(): Promise<{ readonly master: Id; readonly exception: Id }> {
  const master = await series();
  const exception = await alice.calendar.update(occurrenceRef(master, 2), setCalendar('Start', '2027-02-03T13:00:00Z') + setCalendar('End', '2027-02-03T14:30:00Z'));
  (await alice.calendar.tryRemove(occurrenceRef(master, 3))).ok();
  return { master, exception };
}

describe('kinds of calendar items', () => {
  it('MS-OXWSMTGS_R181: CalendarItemType tells what an item is in a series', async () => {
    const { master } = await changedSeries();
    const types: (string | undefined)[] = [];
    for (const reference of [itemRef(master), occurrenceRef(master, 1), occurrenceRef(master, 2)]) types.push(textAt(await alice.calendar.item(reference), 'CalendarItemType'));
    expect(types).toEqual(['RecurringMaster', 'Occurrence', 'Exception']);
  });
  it.each<[type: string, isRecurring: string, ids: string, open: () => Promise<XmlElement>]>([
    ['Single', 'false', 'MS-OXWSMTGS_R53, MS-OXWSMTGS_R733', async () => alice.calendar.item(await alice.calendar.create(times))],
    ['Occurrence', 'true', 'MS-OXWSMTGS_R54', async () => alice.calendar.item(occurrenceRef(await series(), 1))],
    ['Exception', 'true', 'MS-OXWSMTGS_R55', async () => alice.calendar.item((await changedSeries()).exception)],
    ['RecurringMaster', 'false', 'MS-OXWSMTGS_R56', async () => alice.calendar.item(await series())],
  ])('%s: IsRecurring is %s (%s)', async (type, isRecurring, _ids, open) => {
    const item = await open();
    expect(texts(item, 'CalendarItemType', 'IsRecurring')).toEqual([type, isRecurring]);
    expect(child(item, 'Recurrence') !== undefined).toBe(type === 'RecurringMaster');
  });
  it('MS-OXWSMTGS_R175: IsRecurring tells whether it is part of a series', async () => {
    const [part, single] = [await alice.calendar.item(occurrenceRef(await series(), 2)), await alice.calendar.item(await alice.calendar.create(times))];
    expect([textAt(part, 'IsRecurring'), textAt(single, 'IsRecurring')]).toEqual(['true', 'false']);
  });
  it('MS-OXWSMTGS_R161: OriginalStart is where an occurrence or exception was by the pattern, and of them only', async () => {
    const { master, exception } = await changedSeries();
    expect([textAt(await alice.calendar.item(exception), 'OriginalStart'), textAt(await alice.calendar.item(occurrenceRef(master, 1)), 'OriginalStart')]).toEqual(['2027-02-03T10:00:00Z', '2027-02-02T10:00:00Z']);
    expect(child(await alice.calendar.item(master), 'OriginalStart')).toBeUndefined();
  });
});

describe('what a master tells of its occurrences', () => {
  const info = ['ItemId', 'Start', 'End', 'OriginalStart'];

  it('MS-OXWSMTGS_R213: FirstOccurrence is the first; MS-OXWSMTGS_R215: LastOccurrence is the last', async () => {
    const master = await alice.calendar.item((await changedSeries()).master);
    for (const [element, day] of [['FirstOccurrence', '02'], ['LastOccurrence', '05']] as const) {
      const shown = below(master, element);
      expect([names(shown), texts(shown, 'Start', 'End', 'OriginalStart')]).toEqual([info, [`2027-02-${day}T10:00:00Z`, `2027-02-${day}T11:00:00Z`, `2027-02-${day}T10:00:00Z`]]);
      expect(textAt(await alice.calendar.item(idIn(shown)), 'Start')).toBe(`2027-02-${day}T10:00:00Z`);
    }
  });
  it('MS-OXWSMTGS_R217: ModifiedOccurrences are those that differ; MS-OXWSMTGS_R377: each an Occurrence', async () => {
    const shown = below(await alice.calendar.item((await changedSeries()).master), 'ModifiedOccurrences');
    expect(shown.children.map((one) => [one.name, textAt(one, 'OriginalStart')])).toEqual([['Occurrence', '2027-02-03T10:00:00Z']]);
    expect(child(await alice.calendar.item(await series()), 'ModifiedOccurrences')).toBeUndefined();
  });
  it('MS-OXWSMTGS_R381: with its id; MS-OXWSMTGS_R383: its start; MS-OXWSMTGS_R385: its end; MS-OXWSMTGS_R387: and the start by the pattern', async () => {
    const { master, exception } = await changedSeries();
    const shown = below(below(await alice.calendar.item(master), 'ModifiedOccurrences'), 'Occurrence');
    expect([names(shown), idIn(shown).id, texts(shown, 'Start', 'End', 'OriginalStart')]).toEqual([info, exception.id, ['2027-02-03T13:00:00Z', '2027-02-03T14:30:00Z', '2027-02-03T10:00:00Z']]);
    for (const element of info.slice(1)) expect(textAt(shown, element)).toMatch(dateTime);
  });
  it('MS-OXWSMTGS_R219: DeletedOccurrences are those that are no more; MS-OXWSMTGS_R373: each a DeletedOccurrence', async () => {
    const shown = below(await alice.calendar.item((await changedSeries()).master), 'DeletedOccurrences');
    expect(shown.children.map((one) => [one.name, names(one), textAt(one, 'Start')])).toEqual([['DeletedOccurrence', ['Start'], '2027-02-04T10:00:00Z']]);
    expect(child(await alice.calendar.item(await series()), 'DeletedOccurrences')).toBeUndefined();
  });
});

describe('how a series recurs', () => {
  const patterns: readonly (readonly [string, readonly (readonly [string, string])[], string[]])[] = [
    ['RelativeYearlyRecurrence', [['DaysOfWeek', 'Sunday'], ['DayOfWeekIndex', 'Second'], ['Month', 'October']], ['2027-10-10', '2028-10-08']],
    ['AbsoluteYearlyRecurrence', [['DayOfMonth', '29'], ['Month', 'August']], ['2027-08-29', '2028-08-29']],
    ['RelativeMonthlyRecurrence', [['Interval', '2'], ['DaysOfWeek', 'Weekday'], ['DayOfWeekIndex', 'Last']], ['2027-02-26', '2027-04-30']],
    ['AbsoluteMonthlyRecurrence', [['Interval', '1'], ['DayOfMonth', '15']], ['2027-02-15', '2027-03-15']],
    ['WeeklyRecurrence', [['Interval', '2'], ['DaysOfWeek', 'Monday Friday'], ['FirstDayOfWeek', 'Monday']], ['2027-02-05', '2027-02-15']],
    ['DailyRecurrence', [['Interval', '3']], ['2027-02-02', '2027-02-05']],
  ];
  const ranges: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
    ['NoEndRecurrence', [['StartDate', '2027-02-02']]], ['EndDateRecurrence', [['StartDate', '2027-02-02'], ['EndDate', '2029-02-02']]], ['NumberedRecurrence', [['StartDate', '2027-02-02'], ['NumberOfOccurrences', '2']]],
  ];
  const element = ([name, inner]: readonly [string, readonly (readonly [string, string])[], ...unknown[]]): string => `<t:${name}>${inner.map(([each, value]) => `<t:${each}>${value}</t:${each}>`).join('')}</t:${name}>`;
  const children = (shown: XmlElement): (readonly [string, string])[] => shown.children.map(({ name, text }) => [name, text] as const);

  it('MS-OXWSMTGS_R390: by one of six patterns, which says on which days', async () => {
    for (const pattern of patterns) {
      const id = await alice.calendar.create(`${times}<t:Recurrence>${element(pattern)}${element(ranges[2] as (typeof ranges)[number])}</t:Recurrence>`);
      const shown = below(await alice.calendar.item(id), 'Recurrence');
      expect([names(shown)[0], children(shown.children[0] as XmlElement)]).toEqual([pattern[0], pattern[1]]);
      const starts = [textAt(await alice.calendar.item(occurrenceRef(id, 1)), 'Start'), textAt(await alice.calendar.item(occurrenceRef(id, 2)), 'Start')];
      expect(starts).toEqual(pattern[2].map((date) => `${date}T10:00:00Z`));
    }
  });
  it('MS-OXWSMTGS_R391: and a range: without an end, until a day, or so many times', async () => {
    for (const range of ranges) {
      const id = await alice.calendar.create(`${times}<t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence>${element(range)}</t:Recurrence>`);
      const shown = below(await alice.calendar.item(id), 'Recurrence').children[1] as XmlElement;
      expect([shown.name, children(shown)]).toEqual([range[0], range[1].map(([name, value]) => [name, name.endsWith('Date') ? `${value}Z` : value])]);
      expect((await alice.calendar.get(occurrenceRef(id, 3))).codes).toEqual([range[0] === 'NumberedRecurrence' ? 'ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange' : 'NoError']);
    }
  });
  it('MS-OXWSMTGS_R12052: a week has no Day, Weekday or WeekendDay', async () => {
    for (const word of ['Day', 'Weekday', 'WeekendDay', 'Monday WeekendDay']) {
      const weekly = `<t:Recurrence><t:WeeklyRecurrence><t:Interval>1</t:Interval><t:DaysOfWeek>${word}</t:DaysOfWeek></t:WeeklyRecurrence>${numbered}</t:Recurrence>`;
      expect((await alice.calendar.tryCreate(times + weekly)).codes).toEqual(['ErrorCalendarInvalidDayForWeeklyRecurrence']);
      expect((await alice.calendar.tryUpdate(await series(), setCalendar('Recurrence', weekly.replace(/<\/?t:Recurrence>/g, '')))).codes).toEqual(['ErrorCalendarInvalidDayForWeeklyRecurrence']);
    }
  });
});

describe('the time zone of Exchange 2007', () => {
  const rule = (name: string, zone: string, offset: string, week: string, month: string, time: string): string => `<t:${name} TimeZoneName="${zone}"><t:Offset>${offset}</t:Offset><t:RelativeYearlyRecurrence><t:DaysOfWeek>Sunday</t:DaysOfWeek><t:DayOfWeekIndex>${week}</t:DayOfWeekIndex><t:Month>${month}</t:Month></t:RelativeYearlyRecurrence><t:Time>${time}</t:Time></t:${name}>`;
  const zone = `<t:MeetingTimeZone TimeZoneName="Harbour"><t:BaseOffset>PT8H</t:BaseOffset>${rule('Standard', 'Harbour winter', 'PT0H', 'First', 'November', '02:00:00')}${rule('Daylight', 'Harbour summer', '-PT1H', 'Second', 'March', '03:00:00')}</t:MeetingTimeZone>`;
  const at = (day: string, time = '10:00:00'): string => `<t:Start>${day}T${time}</t:Start><t:End>${day}T23:30:00</t:End>`;
  const old = { version: 'Exchange2007_SP1' };
  const create = async (content: string): Promise<Id> => idIn((await alice.client.call(`<m:CreateItem SendMeetingInvitations="SendToNone"><m:Items><t:CalendarItem>${content}</t:CalendarItem></m:Items></m:CreateItem>`, old)).ok().body);
  const item = async (reference: string): Promise<XmlElement> => (await alice.client.call(`<m:GetItem><m:ItemShape>${shape('AllProperties')}</m:ItemShape><m:ItemIds>${reference}</m:ItemIds></m:GetItem>`, old)).ok().first('CalendarItem');
  const start = async (day: string, time?: string): Promise<string | undefined> => textAt(await alice.calendar.item(await create(at(day, time) + zone)), 'Start');

  it('MS-OXWSMTGS_R407: BaseOffset is how far it lies west of UTC; MS-OXWSMTGS_R399: Offset is added to it', async () => {
    expect([await start('2027-01-15'), await start('2027-07-15')]).toEqual(['2027-01-15T18:00:00Z', '2027-07-15T17:00:00Z']);
  });
  it('MS-OXWSMTGS_R409: Standard is when winter begins; MS-OXWSMTGS_R411: Daylight is when summer does; MS-OXWSMTGS_R401: at that Time', async () => {
    expect([await start('2027-11-06'), await start('2027-11-08'), await start('2027-03-13'), await start('2027-03-15')]).toEqual(['2027-11-06T17:00:00Z', '2027-11-08T18:00:00Z', '2027-03-13T18:00:00Z', '2027-03-15T17:00:00Z']);
    // The day itself, before and after the clock is changed.
    expect([await start('2027-03-14', '02:30:00'), await start('2027-03-14', '04:30:00')]).toEqual(['2027-03-14T10:30:00Z', '2027-03-14T11:30:00Z']);
  });
  it('MS-OXWSMTGS_R585: its TimeZoneName comes back', async () => {
    const master = await create(at('2027-02-02') + daily + zone);
    expect(below(await item(itemRef(master)), 'MeetingTimeZone').attributes['TimeZoneName']).toBe('Harbour');
  });
  it('MS-OXWSMTGS_R1053: MeetingTimeZone is told of masters only', async () => {
    const master = await create(at('2027-02-02') + daily + zone);
    const shown = await Promise.all([itemRef(master), occurrenceRef(master, 1), itemRef(await create(at('2027-02-02') + zone))].map(async (reference) => child(await item(reference), 'MeetingTimeZone') !== undefined));
    expect(shown).toEqual([true, false, false]);
  });
});

describe('a request for a series', () => {
  const invitation = `<t:Subject>Stand-up</t:Subject>${times}${people('RequiredAttendees', 'bob@example.test')}${daily}`;

  it('MS-OXWSMTGS_R305, MS-OXWSMTGS_R760: IsRecurring is true of it; MS-OXWSMTGS_R761: and false of a single meeting', async () => {
    await alice.invite(invitation);
    await alice.invite(`<t:Subject>Once</t:Subject>${span('2027-03-02T10:00:00Z', '2027-03-02T11:00:00Z')}${people('RequiredAttendees', 'bob@example.test')}`);
    const shown = (await bob.ofKind('MeetingRequest')).map((one) => texts(one, 'Subject', 'IsRecurring'));
    expect(Object.fromEntries(shown as [string, string][])).toEqual({ 'Stand-up': 'true', Once: 'false' });
  });
  it('MS-OXWSMTGS_R732: IsRecurring is true of the series in the calendar of who was invited', async () => {
    await alice.invite(invitation);
    (await bob.respond('AcceptItem', idIn(await bob.request()))).ok();
    expect((await bob.ofKind('CalendarItem', 'calendar')).map((one) => texts(one, 'CalendarItemType', 'IsRecurring'))).toEqual([['RecurringMaster', 'true']]);
  });
  it('MS-OXWSMTGS_R309: with its CalendarItemType; MS-OXWSMTGS_R339: its Recurrence; MS-OXWSMTGS_R341: its first occurrence; MS-OXWSMTGS_R343: and its last', async () => {
    await alice.invite(invitation);
    const request = await bob.request();
    expect(textAt(request, 'CalendarItemType')).toBe('RecurringMaster');
    expect([below(below(request, 'DailyRecurrence'), 'Interval').text, below(request, 'NumberOfOccurrences').text]).toEqual(['1', '4']);
    expect(['FirstOccurrence', 'LastOccurrence'].map((name) => textAt(below(request, name), 'Start'))).toEqual(['2027-02-02T10:00:00Z', '2027-02-05T10:00:00Z']);
  });
  it('MS-OXWSMTGS_R345: with its modified occurrences; MS-OXWSMTGS_R347: and those that were deleted', async () => {
    const { master } = await changedSeries();
    await alice.update(master, setCalendar('RequiredAttendees', people('RequiredAttendees', 'bob@example.test').replace(/<\/?t:RequiredAttendees>/g, '')), 'SendToAllAndSaveCopy');
    const request = await bob.request();
    expect(allBelow(below(request, 'ModifiedOccurrences'), 'Occurrence').map((one) => texts(one, 'Start', 'OriginalStart'))).toEqual([['2027-02-03T13:00:00Z', '2027-02-03T10:00:00Z']]);
    expect(allBelow(request, 'DeletedOccurrence').map((one) => textAt(one, 'Start'))).toEqual(['2027-02-04T10:00:00Z']);
  });
  it('MS-OXWSMTGS_R277: RecurrenceId names the occurrence that a message is about', async () => {
    const master = await alice.invite(invitation);
    (await bob.respond('AcceptItem', idIn(await bob.request()))).ok();
    await alice.update(occurrenceRef(master, 2), setCalendar('Location', 'Roof'));
    expect(textAt(await bob.request(), 'RecurrenceId')).toBe('2027-02-03T10:00:00Z');
    await alice.remove(occurrenceRef(master, 3));
    const cancellation = (await bob.ofKind('MeetingCancellation'))[0] as XmlElement;
    expect(textAt(cancellation, 'RecurrenceId')).toBe('2027-02-04T10:00:00Z');
  });
  it('MS-OXWSMTGS_R1090: MeetingTimeZone, for Exchange 2007, is told where it is of a series', async () => {
    await alice.invite(invitation);
    await alice.invite(`<t:Subject>Once</t:Subject>${span('2027-03-02T10:00:00Z', '2027-03-02T11:00:00Z')}${people('RequiredAttendees', 'bob@example.test')}`);
    const ids = (await bob.client.findItem('inbox')).ok().all('ItemId').map(({ attributes }) => `<t:ItemId Id="${attributes['Id'] ?? ''}"/>`).join('');
    const shown = (await bob.client.call(`<m:GetItem><m:ItemShape>${shape('AllProperties')}</m:ItemShape><m:ItemIds>${ids}</m:ItemIds></m:GetItem>`, { version: 'Exchange2007_SP1' })).ok().all('MeetingRequest');
    expect(Object.fromEntries(shown.map((one) => [textAt(one, 'CalendarItemType'), child(one, 'MeetingTimeZone') !== undefined]))).toEqual({ RecurringMaster: true, Single: false });
  });
  it('an occurrence leads to its master', async () => {
    const master = await series();
    const occurrence = idIn(await alice.calendar.item(occurrenceRef(master, 2)));
    expect(idIn(await alice.calendar.item(masterRef(occurrence))).id).toBe(master.id);
  });
});
