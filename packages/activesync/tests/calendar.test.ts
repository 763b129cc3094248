import { decodeActiveSyncTimeZone, encodeActiveSyncTimeZone, occurrences, timeZone, zoneRuleOf } from '@fauxchange/calendar';
import { calendarView, isOccurrence, seriesOf, timesOf } from '@fauxchange/mailbox';
import { createActiveSyncEmulator } from '../src/index.ts';
import type { ApplicationData } from '../src/schema/application-data.ts';
import { TestDevice } from './support/client.ts';
import { addItem, changeItem, dataOf, statusOfAdd, titled, useFolder } from './support/items.ts';

const at = useFolder('Calendar');

const berlinZone = timeZone('W. Europe Standard Time');
if (!berlinZone) throw new Error('no zone');
const berlin = encodeActiveSyncTimeZone({ ...zoneRuleOf(berlinZone, 2026), standardName: 'W. Europe Standard Time', daylightName: 'W. Europe Daylight Time' });
const lunch: ApplicationData = {
  'Calendar:Timezone': berlin, 'Calendar:StartTime': '20261201T110000Z', 'Calendar:EndTime': '20261201T120000Z', 'Calendar:Subject': 'Lunch & talk', 'Calendar:UID': 'AABBCC-1', 'Calendar:Location': 'Room 1',
  'Calendar:DtStamp': '20261101T080000Z', 'Calendar:Reminder': '10', 'Calendar:Sensitivity': 0, 'Calendar:BusyStatus': 2, 'Calendar:AllDayEvent': 0, 'Calendar:MeetingStatus': 0,
};
const told = async (data: ApplicationData): Promise<ApplicationData> => dataOf(at.eas, 'Calendar', await addItem(at.phone, at.collection, data));
type Recurrence = NonNullable<ApplicationData['Calendar:Recurrence']>;
const recurring = (recurrence: Partial<Recurrence>, more: ApplicationData = {}): ApplicationData => ({ ...lunch, 'Calendar:Recurrence': { CalendarType: [], ...recurrence }, ...more });

describe('elements of an appointment', () => {
  it.each(titled<readonly [sent: ApplicationData, expected: ApplicationData]>([
    ['MS-ASCAL_R85', 'it does not last the day', { 'Calendar:AllDayEvent': 0 }, { 'Calendar:AllDayEvent': 0 }],
    ['MS-ASCAL_R86 MS-ASCAL_R7911', 'it lasts the day', { 'Calendar:AllDayEvent': 1, 'Calendar:StartTime': '20261130T230000Z', 'Calendar:EndTime': '20261201T230000Z' }, { 'Calendar:AllDayEvent': 1, 'Calendar:StartTime': '20261130T230000Z', 'Calendar:EndTime': '20261201T230000Z' }],
    ['MS-ASCAL_R13811', 'free', { 'Calendar:BusyStatus': 0 }, { 'Calendar:BusyStatus': 0 }],
    ['MS-ASCAL_R13812', 'tentative', { 'Calendar:BusyStatus': 1 }, { 'Calendar:BusyStatus': 1 }],
    ['MS-ASCAL_R13813 MS-ASCAL_R13311', 'busy', { 'Calendar:BusyStatus': 2 }, { 'Calendar:BusyStatus': 2 }],
    ['MS-ASCAL_R13814', 'out of office', { 'Calendar:BusyStatus': 3 }, { 'Calendar:BusyStatus': 3 }],
    ['MS-ASCAL_R610 MS-ASCAL_R42111', 'normal', { 'Calendar:Sensitivity': 0 }, { 'Calendar:Sensitivity': 0 }],
    ['MS-ASCAL_R611', 'personal', { 'Calendar:Sensitivity': 1 }, { 'Calendar:Sensitivity': 1 }],
    ['MS-ASCAL_R612', 'private', { 'Calendar:Sensitivity': 2 }, { 'Calendar:Sensitivity': 2 }],
    ['MS-ASCAL_R613', 'confidential', { 'Calendar:Sensitivity': 3 }, { 'Calendar:Sensitivity': 3 }],
    ['MS-ASCAL_R29411', 'its place', {}, { 'Calendar:Location': 'Room 1' }],
    ['MS-ASCAL_R39011', 'its reminder', {}, { 'Calendar:Reminder': '10' }],
    ['MS-ASCAL_R42911 MS-ASCAL_R23311', 'its times', {}, { 'Calendar:StartTime': '20261201T110000Z', 'Calendar:EndTime': '20261201T120000Z' }],
    ['MS-ASCAL_R46011', 'its id', {}, { 'Calendar:UID': 'AABBCC-1' }],
    ['MS-ASCAL_R36211 MS-ASCAL_R36711', 'its organizer is who made it', {}, { 'Calendar:OrganizerEmail': 'alice@example.test', 'Calendar:OrganizerName': 'Alice Archer' }],
    ['MS-ASCAL_R310', 'an appointment has no attendees', {}, { 'Calendar:MeetingStatus': 0 }],
    ['MS-ASCAL_R17711 MS-ASCAL_R18311', 'its categories', { 'Calendar:Categories': ['Red', 'Work'] }, { 'Calendar:Categories': ['Red', 'Work'] }],
    ['MS-ASCAL_R39611', 'whether an answer is wanted', { 'Calendar:ResponseRequested': false }, { 'Calendar:ResponseRequested': false }],
    ['', 'whether another time may be proposed', { 'Calendar:DisallowNewTimeProposal': true }, { 'Calendar:DisallowNewTimeProposal': true }],
    ['MS-ASCAL_R33411', 'how its text is stored', { 'AirSyncBase:Body': { Type: 2, Data: '<b>x</b>' } }, { 'AirSyncBase:NativeBodyType': 2 }],
    ['', 'when it was written', {}, { 'Calendar:DtStamp': '20261101T080000Z' }],
  ]))('%s', async (_title, sent, expected) => expect(await told({ ...lunch, ...sent })).toMatchObject(expected));

  it('MS-ASCAL_R44511: the zone is the rule of whose clock it is by', async () => {
    const blob = (await told(lunch))['Calendar:Timezone'] ?? '';
    expect(decodeActiveSyncTimeZone(blob)).toMatchObject({ bias: -60, daylightBias: -60, standardDate: { month: 10, day: 5 }, daylightDate: { month: 3, day: 5 } });
  });
  it('MS-ASCAL_R21911: the stamp moves on when it is changed elsewhere', async () => {
    const serverId = await addItem(at.phone, at.collection, { ...lunch, 'Calendar:DtStamp': undefined });
    const before = (await dataOf(at.eas, 'Calendar', serverId))['Calendar:DtStamp'] ?? '';
    await at.eas.clock.advance(60_000);
    await changeItem(at.phone, at.collection, serverId, { ...lunch, 'Calendar:DtStamp': undefined, 'Calendar:Subject': 'Later' });
    expect(((await dataOf(at.eas, 'Calendar', serverId))['Calendar:DtStamp'] ?? '') > before).toBe(true);
  });
  it('are the properties of the model', async () => {
    const item = await at.itemOf(await addItem(at.phone, at.collection, { ...lunch, 'Calendar:BusyStatus': 3, 'Calendar:Categories': ['Red'] }));
    const times = timesOf(item);
    expect([times?.start, times?.end, times?.zone.id]).toEqual([Date.UTC(2026, 11, 1, 11), Date.UTC(2026, 11, 1, 12), 'W. Europe Standard Time']);
    expect([item.itemClass, item.bag.get('PidTagSubject'), item.bag.get('PidLidLocation'), item.bag.get('PidLidBusyStatus'), item.bag.get('PidNameKeywords')]).toEqual(['IPM.Appointment', 'Lunch & talk', 'Room 1', 3, ['Red']]);
    expect([item.bag.get('PidLidReminderSet'), item.bag.get('PidLidReminderDelta'), item.bag.get('PidLidReminderSignalTime')]).toEqual([true, 10, Date.UTC(2026, 11, 1, 10, 50)]);
    expect(item.bag.get('PidTagSentRepresentingSmtpAddress')).toBe('alice@example.test');
  });
  it('one made in the model arrives in an Add, changed in a Change', async () => {
    await at.phone.syncAll(at.collection);
    const source = await at.itemOf((await at.phone.syncAll(at.collection))[0]?.[1].ServerId ?? '');
    await at.session.updateItem(source.id, { properties: { PidTagSubject: 'Moved on' } });
    expect((await at.phone.sync(at.collection))?.Commands).toMatchObject([['Change', { ApplicationData: { 'Calendar:Subject': 'Moved on' } }]]);
    const [copy] = await at.session.copyItems([source.id], { session: at.session, folderId: source.folderId });
    expect(copy).toBeDefined();
    expect((await at.phone.sync(at.collection))?.Commands).toMatchObject([['Add', { ApplicationData: { 'Calendar:Subject': 'Moved on' } }]]);
  });
  it.each(titled<readonly [ApplicationData]>([
    ['', 'a busy status that is none', { 'Calendar:BusyStatus': 4 }], ['', 'a sensitivity that is none', { 'Calendar:Sensitivity': 4 }], ['', 'a meeting status that is none', { 'Calendar:MeetingStatus': 2 }],
    ['', 'a reminder that is no number', { 'Calendar:Reminder': 'soon' }], ['', 'a time that is none', { 'Calendar:StartTime': '20261301T000000Z' }], ['', 'a zone that is none', { 'Calendar:Timezone': 'AAAA' }],
    ['', 'an end before the start', { 'Calendar:EndTime': '20261130T000000Z' }], ['', 'AllDayEvent 2', { 'Calendar:AllDayEvent': 2 }],
    ['', 'an attendee of no type', { 'Calendar:Attendees': [{ Email: 'bob@example.test', Name: 'Bob', AttendeeType: 4 }] }],
    ['', 'an attendee who answered nothing there is', { 'Calendar:Attendees': [{ Email: 'bob@example.test', Name: 'Bob', AttendeeStatus: 1 }] }],
    ['', 'exceptions of what does not recur', { 'Calendar:Exceptions': [{ ExceptionStartTime: '20261201T110000Z' }] }],
  ]))('%s is refused with 6', async (_title, sent) => expect(await statusOfAdd(at.phone, at.collection, { ...lunch, ...sent })).toBe(6));

  it('MS-ASCAL_R11026: no more than 300 categories are told', async () => {
    const serverId = await addItem(at.phone, at.collection, lunch);
    await at.session.updateItem((await at.itemOf(serverId)).id, { properties: { PidNameKeywords: Array.from({ length: 301 }, (_, index) => `c${index}`) } });
    expect((await dataOf(at.eas, 'Calendar', serverId))['Calendar:Categories']).toHaveLength(300);
  });
});

describe('times that are missing', () => {
  const half = 1_800_000;
  const compact = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  const present = (): number => Math.round(at.eas.clock.now() / half) * half;
  const subject: ApplicationData = { 'Calendar:Subject': 's' };
  it('MS-ASCAL_R52511 MS-ASCAL_R52514: both: now, to the half hour, for half an hour', async () => {
    expect(await told(subject)).toMatchObject({ 'Calendar:StartTime': compact(present()), 'Calendar:EndTime': compact(present() + half) });
  });
  it('MS-ASCAL_R52515 MS-ASCAL_R53915 MS-ASCAL_R5251611: the start, and the end is over: refused with 6', async () => {
    expect(await statusOfAdd(at.phone, at.collection, { ...subject, 'Calendar:EndTime': compact(present() - 5 * half) })).toBe(6);
  });
  it('MS-ASCAL_R52516: the start, and the end is to come', async () => {
    const end = compact(present() + 4 * half);
    expect(await told({ ...subject, 'Calendar:EndTime': end })).toMatchObject({ 'Calendar:StartTime': compact(present()), 'Calendar:EndTime': end });
  });
  it('MS-ASCAL_R52517: the end, and the start is over', async () => {
    const start = compact(present() - 4 * half);
    expect(await told({ ...subject, 'Calendar:StartTime': start })).toMatchObject({ 'Calendar:StartTime': start, 'Calendar:EndTime': compact(present() + half) });
  });
  it('MS-ASCAL_R52518: the end, and the start is to come: refused with 6', async () => {
    expect(await statusOfAdd(at.phone, at.collection, { ...subject, 'Calendar:StartTime': compact(present() + 4 * half) })).toBe(6);
  });
});

describe('recurrences', () => {
  it.each(titled<readonly [sent: Partial<Recurrence>, expected: Partial<Recurrence>]>([
    ['MS-ASCAL_R454 MS-ASCAL_R37211 MS-ASCAL_R19511 MS-ASCAL_R32811', 'daily', { Type: 0, Interval: 2, Occurrences: 4 }, { Type: 0, Interval: 2, Occurrences: 4, CalendarType: [] }],
    ['MS-ASCAL_R455 MS-ASCAL_R52523 MS-ASCAL_R272 MS-ASCAL_R19512 MS-ASCAL_R32812', 'weekly', { Type: 1, DayOfWeek: 12, FirstDayOfWeek: 4 }, { Type: 1, Interval: 1, DayOfWeek: 12, FirstDayOfWeek: 4, CalendarType: [] }],
    ['MS-ASCAL_R11028', 'weekly without a first day', { Type: 1, DayOfWeek: 4 }, { Type: 1, Interval: 1, DayOfWeek: 4, FirstDayOfWeek: 0, CalendarType: [] }],
    ['MS-ASCAL_R456 MS-ASCAL_R143 MS-ASCAL_R19011 MS-ASCAL_R32813', 'monthly', { Type: 2, DayOfMonth: 15 }, { Type: 2, Interval: 1, DayOfMonth: 15, CalendarType: [0] }],
    ['MS-ASCAL_R457 MS-ASCAL_R14311 MS-ASCAL_R47311 MS-ASCAL_R19513 MS-ASCAL_R32814', 'monthly on the nth day', { Type: 3, WeekOfMonth: 2, DayOfWeek: 4 }, { Type: 3, Interval: 1, WeekOfMonth: 2, DayOfWeek: 4, CalendarType: [0] }],
    ['MS-ASCAL_R458 MS-ASCAL_R14312 MS-ASCAL_R19012 MS-ASCAL_R32311 MS-ASCAL_R608', 'yearly', { Type: 5, DayOfMonth: 4, MonthOfYear: 7, IsLeapMonth: 0 }, { Type: 5, Interval: 1, DayOfMonth: 4, MonthOfYear: 7, CalendarType: [0], IsLeapMonth: 0 }],
    ['MS-ASCAL_R459 MS-ASCAL_R14313 MS-ASCAL_R47312 MS-ASCAL_R32312 MS-ASCAL_R19514', 'yearly on the nth day', { Type: 6, WeekOfMonth: 1, DayOfWeek: 127, MonthOfYear: 2 }, { Type: 6, Interval: 1, WeekOfMonth: 1, DayOfWeek: 127, MonthOfYear: 2, CalendarType: [0], IsLeapMonth: 0 }],
    ['', 'on weekdays', { Type: 0, DayOfWeek: 62 }, { Type: 1, Interval: 1, DayOfWeek: 62, FirstDayOfWeek: 0, CalendarType: [] }],
    ['', 'until a day', { Type: 0, Until: '20261210T110000Z' }, { Type: 0, Interval: 1, Until: '20261210T110000Z', CalendarType: [] }],
    ['MS-ASCAL_R341 MS-ASCAL_R467 MS-ASCAL_R53911', 'a number and an end: the number counts', { Type: 0, Until: '20281210T110000Z', Occurrences: 5 }, { Type: 0, Interval: 1, Occurrences: 5, CalendarType: [] }],
    ['MS-ASCAL_R5', 'an interval of 0 is 1', { Type: 0, Interval: 0 }, { Type: 0, Interval: 1, CalendarType: [] }],
    ['MS-ASCAL_R3', 'Gregorian is the default calendar', { Type: 2, DayOfMonth: 2, CalendarType: [1] }, { Type: 2, Interval: 1, DayOfMonth: 2, CalendarType: [0] }],
    ['MS-ASCAL_R293 MS-ASCAL_R28411 MS-ASCAL_R288', 'by the Chinese calendar, in no leap month', { Type: 5, DayOfMonth: 2, MonthOfYear: 6, CalendarType: [15] }, { Type: 5, Interval: 1, DayOfMonth: 2, MonthOfYear: 6, CalendarType: [15], IsLeapMonth: 0 }],
    ['MS-ASCAL_R609', 'in a leap month', { Type: 5, DayOfMonth: 2, MonthOfYear: 6, CalendarType: [15], IsLeapMonth: 1 }, { Type: 5, Interval: 1, DayOfMonth: 2, MonthOfYear: 6, CalendarType: [15], IsLeapMonth: 1 }],
    ['MS-ASCAL_R290', 'the Gregorian calendar has none', { Type: 5, DayOfMonth: 2, MonthOfYear: 6, CalendarType: [1], IsLeapMonth: 1 }, { Type: 5, Interval: 1, DayOfMonth: 2, MonthOfYear: 6, CalendarType: [0], IsLeapMonth: 0 }],
  ]))('%s', async (_title, sent, expected) => expect((await told(recurring(sent)))['Calendar:Recurrence']).toEqual(expected));

  it('MS-ASCAL_R477: week 5 is the last of the month', async () => {
    const item = await at.itemOf(await addItem(at.phone, at.collection, recurring({ Type: 3, WeekOfMonth: 5, DayOfWeek: 2 })));
    expect(timesOf(item)?.start).toBe(Date.UTC(2026, 11, 28, 11));
  });
  it('MS-ASCAL_R345: 999 occurrences are the most', async () => {
    expect((await told(recurring({ Type: 0, Occurrences: 999 })))['Calendar:Recurrence']?.Occurrences).toBe(999);
    expect(await statusOfAdd(at.phone, at.collection, recurring({ Type: 0, Occurrences: 1000 }))).toBe(6);
  });
  it('MS-ASCAL_R4: Exchange 2007 refuses an interval of 0', async () => {
    await using old = await createActiveSyncEmulator({ provisioning: 'none', profile: 'exchange2007' });
    const device = new TestDevice(old, 'alice', { version: '12.1' });
    expect(await statusOfAdd(device, await device.collectionId('Calendar'), recurring({ Type: 0, Interval: 0 }))).toBe(6);
  });
  it('MS-ASCAL_R2239: Exchange 2010 tells the Gregorian calendar as it was told', async () => {
    await using old = await createActiveSyncEmulator({ provisioning: 'none', profile: 'exchange2010' });
    const device = new TestDevice(old);
    const serverId = await addItem(device, await device.collectionId('Calendar'), recurring({ Type: 2, DayOfMonth: 2, CalendarType: [1] }));
    expect((await dataOf(old, 'Calendar', serverId))['Calendar:Recurrence']?.CalendarType).toEqual([1]);
  });

  const ofType: Readonly<Record<number, Partial<Recurrence>>> = {
    0: { Type: 0 }, 1: { Type: 1, DayOfWeek: 4 }, 2: { Type: 2, DayOfMonth: 1 }, 3: { Type: 3, WeekOfMonth: 1, DayOfWeek: 4 }, 5: { Type: 5, DayOfMonth: 1, MonthOfYear: 1 }, 6: { Type: 6, WeekOfMonth: 1, DayOfWeek: 4, MonthOfYear: 1 },
  };
  const refused = (id: string, types: readonly number[], more: Partial<Recurrence>): readonly (readonly [string, string, Partial<Recurrence>])[] =>
    types.map((type) => [id, `${JSON.stringify(more)} with type ${type}`, { ...ofType[type], ...more }] as const);
  it.each(titled<readonly [Partial<Recurrence>]>([
    ...refused('MS-ASCAL_R53912', [2, 3, 5, 6], { CalendarType: [0, 1] }),
    ...[13, 16, 17, 18, 19, 21, 22, 23].flatMap((calendarType) => refused('MS-ASCAL_R53913', [2], { CalendarType: [calendarType] })),
    ...refused('MS-ASCAL_R53914', [1], { FirstDayOfWeek: 7 }),
    ...refused('MS-ASCAL_R53916', [0, 1, 3, 6], { DayOfMonth: 1 }),
    ...refused('MS-ASCAL_R53917', [2, 5], { DayOfWeek: 1 }),
    ...refused('MS-ASCAL_R53918', [0, 1, 2, 3], { MonthOfYear: 1 }),
    ...refused('MS-ASCAL_R53919', [0, 1, 2, 5], { WeekOfMonth: 1 }),
    ['', 'no type', {}], ['', 'type 4', { Type: 4 }], ['', 'weekly on no day', { Type: 1 }], ['', 'an interval of 1000', { Type: 0, Interval: 1000 }],
    ['', 'an end before the start', { Type: 0, Until: '20251201T110000Z' }], ['', 'no calendar 24', { Type: 2, DayOfMonth: 1, CalendarType: [24] }],
  ]))('%s is refused with 6', async (_title, sent) => expect(await statusOfAdd(at.phone, at.collection, recurring(sent))).toBe(6));

  it('keep the time of day by the clock of their zone', async () => {
    const item = await at.itemOf(await addItem(at.phone, at.collection, recurring({ Type: 2, DayOfMonth: 1, Occurrences: 6 }, { 'Calendar:StartTime': '20261201T110000Z', 'Calendar:EndTime': '20261201T120000Z' })));
    const series = seriesOf(item);
    const starts = series ? occurrences(series, { from: 0, to: Infinity }, 100).map(({ start }) => new Date(start).toISOString()) : [];
    expect(starts).toEqual(['2026-12-01T11:00:00.000Z', '2027-01-01T11:00:00.000Z', '2027-02-01T11:00:00.000Z', '2027-03-01T11:00:00.000Z', '2027-04-01T10:00:00.000Z', '2027-05-01T10:00:00.000Z']);
  });
});

describe('exceptions', () => {
  const daily = recurring({ Type: 0, Occurrences: 6 }, { 'Calendar:Categories': ['Work'] });
  const third = '20261203T110000Z';
  const moved: NonNullable<ApplicationData['Calendar:Exceptions']>[number] = {
    ExceptionStartTime: third, StartTime: '20261203T130000Z', EndTime: '20261203T143000Z', Subject: 'Calendar Exception', Location: 'Room 666', BusyStatus: 3, Sensitivity: 2, Reminder: '5', Categories: ['Red'],
    'AirSyncBase:Body': { Type: 1, Data: 'other words' },
  };
  const exceptionsOf = async (serverId: string) => (await dataOf(at.eas, 'Calendar', serverId))['Calendar:Exceptions'] ?? [];

  it('MS-ASCAL_R26111 MS-ASCAL_R24111 MS-ASCAL_R43511 MS-ASCAL_R23611 MS-ASCAL_R44111 MS-ASCAL_R29611 MS-ASCAL_R39211 MS-ASCAL_R12611 MS-ASCAL_R17911 MS-ASCAL_R18312 MS-ASCAL_R18011 MS-ASCAL_R13411 MS-ASCAL_R2083: tell what is otherwise than in the series', async () => {
    const [exception, ...others] = await exceptionsOf(await addItem(at.phone, at.collection, { ...daily, 'Calendar:Exceptions': [moved] }));
    expect(others).toEqual([]);
    expect(exception).toMatchObject({ ...moved, Deleted: 0, 'AirSyncBase:Body': { Type: 1, Data: 'other words' } });
    expect(exception?.DtStamp).toMatch(/^\d{8}T\d{6}Z$/);
  });
  it('MS-ASCAL_R20611 MS-ASCAL_R20811 MS-ASCAL_R210: what is deleted is told as such, and is not in the calendar', async () => {
    const serverId = await addItem(at.phone, at.collection, { ...daily, 'Calendar:Exceptions': [{ Deleted: 1, ExceptionStartTime: third }] });
    expect(await exceptionsOf(serverId)).toEqual([{ Deleted: 1, ExceptionStartTime: third }]);
    expect((await occurrencesOf(serverId)).map(({ start }) => new Date(start).getUTCDate())).toEqual([1, 2, 4, 5, 6]);
  });
  it('are read from the model, occurrence by occurrence', async () => {
    const serverId = await addItem(at.phone, at.collection, { ...daily, 'Calendar:Exceptions': [moved, { Deleted: 1, ExceptionStartTime: '20261205T110000Z' }] });
    expect((await occurrencesOf(serverId)).map(({ start, subject, place }) => [new Date(start).toISOString().slice(5, 16), subject, place])).toEqual([
      ['12-01T11:00', 'Lunch & talk', 'Room 1'], ['12-02T11:00', 'Lunch & talk', 'Room 1'], ['12-03T13:00', 'Calendar Exception', 'Room 666'], ['12-04T11:00', 'Lunch & talk', 'Room 1'], ['12-06T11:00', 'Lunch & talk', 'Room 1'],
    ]);
  });
  it('MS-ASCAL_R541 MS-ASCMD_R876: stay when a Change has none', async () => {
    const serverId = await addItem(at.phone, at.collection, { ...daily, 'Calendar:Exceptions': [moved] });
    const before = await exceptionsOf(serverId);
    await changeItem(at.phone, at.collection, serverId, { ...daily, 'Calendar:Subject': 'New name' });
    expect((await dataOf(at.eas, 'Calendar', serverId))['Calendar:Subject']).toBe('New name');
    expect(await exceptionsOf(serverId)).toEqual(before);
  });
  it('MS-ASCAL_R54111: stay even when they are in Supported', async () => {
    const serverId = await addItem(at.phone, at.collection, { ...daily, 'Calendar:Exceptions': [moved] });
    const before = await exceptionsOf(serverId);
    await at.phone.sync(at.collection, { Supported: { 'Calendar:Exceptions': true, 'Calendar:Recurrence': true, 'Calendar:Location': true } }, '0');
    await at.phone.sync(at.collection);
    await changeItem(at.phone, at.collection, serverId, { 'Calendar:Subject': 'New name' });
    expect((await exceptionsOf(serverId)).map(({ DtStamp: _stamp, ...others }) => others)).toEqual(before.map(({ DtStamp: _stamp, ...others }) => others));
  });
  it('MS-ASCAL_R542 MS-ASCMD_R877: one that is not in a Change stays; of one that is, what is left out stays', async () => {
    const other = { ExceptionStartTime: '20261205T110000Z', Subject: 'fifth' };
    const serverId = await addItem(at.phone, at.collection, { ...daily, 'Calendar:Exceptions': [moved, other] });
    await changeItem(at.phone, at.collection, serverId, { ...daily, 'Calendar:Exceptions': [{ ExceptionStartTime: third, Subject: 'third' }] });
    expect(await exceptionsOf(serverId)).toMatchObject([{ Subject: 'third', Location: 'Room 666', StartTime: moved.StartTime }, { Subject: 'fifth' }]);
  });
  it('MS-ASCAL_R2242 MS-ASCAL_R539 MS-ASCAL_R543: an empty element takes away what the series has, and is told as empty', async () => {
    const serverId = await addItem(at.phone, at.collection, { ...daily, 'Calendar:Exceptions': [{ ExceptionStartTime: third, Location: '', Reminder: '', Categories: [] }] });
    expect(await exceptionsOf(serverId)).toMatchObject([{ ExceptionStartTime: third, Location: '', Reminder: '', Categories: [] }]);
    expect((await occurrencesOf(serverId))[2]?.place).toBe('');
  });
  it.each(titled<readonly [NonNullable<ApplicationData['Calendar:Exceptions']>]>([
    ['', 'an exception of no occurrence', [{ ExceptionStartTime: '20271203T110000Z', Subject: 'x' }]], ['', 'one that says not of which', [{ Subject: 'x' }]],
    ['', 'one that reaches the next day', [{ ExceptionStartTime: third, StartTime: '20261204T080000Z', EndTime: '20261204T090000Z' }]], ['', 'one that ends before it starts', [{ ExceptionStartTime: third, StartTime: '20261203T120000Z', EndTime: '20261203T110000Z' }]],
    ['', 'all of them deleted', [1, 2, 3, 4, 5, 6].map((day) => ({ Deleted: 1, ExceptionStartTime: `2026120${day}T110000Z` }))],
  ]))('%s is refused with 6, and nothing is made', async (_title, exceptions) => {
    const before = (await at.phone.syncAll(at.collection)).length;
    expect(await statusOfAdd(at.phone, at.collection, { ...daily, 'Calendar:Exceptions': exceptions })).toBe(6);
    expect(await new TestDevice(at.eas, 'alice', { id: 'COUNT' }).collectionId('Calendar')).toBe(at.collection);
    expect((await at.phone.syncAll(at.collection)).length).toBe(before);
  });
  it('a series that ends to recur has none', async () => {
    const serverId = await addItem(at.phone, at.collection, { ...daily, 'Calendar:Exceptions': [moved] });
    await changeItem(at.phone, at.collection, serverId, lunch);
    const data = await dataOf(at.eas, 'Calendar', serverId);
    expect([data['Calendar:Recurrence'], data['Calendar:Exceptions'], (await at.itemOf(serverId)).attachments]).toEqual([undefined, undefined, []]);
  });
});

interface Shown {
  readonly start: number;
  readonly subject: unknown;
  readonly place: unknown;
}
/** Occurrences as every other protocol sees them. */
async function occurrencesOf(serverId: string): Promise<readonly Shown[]> {
  const item = await at.itemOf(serverId);
  const { items } = await calendarView(at.session, item.folderId, { from: Date.UTC(2026, 10, 1), to: Date.UTC(2027, 5, 1) }, 500);
  return items.filter((one) => one.id === item.id && isOccurrence(one)).map((one) => ({ start: timesOf(one)?.start ?? 0, subject: one.bag.get('PidTagSubject'), place: one.bag.get('PidLidLocation') }));
}
