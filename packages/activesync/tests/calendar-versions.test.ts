import { encodeActiveSyncTimeZone, timeZone, zoneRuleOf } from '@fauxchange/calendar';
import { calendarView, isOccurrence, timesOf, uidOfItem, type Item, type MailboxSession } from '@fauxchange/mailbox';
import type { ActiveSyncEmulator } from '../src/index.ts';
import type { ApplicationData } from '../src/schema/application-data.ts';
import { GetItemEstimateRequest, GetItemEstimateResponse } from '../src/schema/get-item-estimate.ts';
import { eachTest, noOptions, TestDevice } from './support/client.ts';
import { addItem, addResponse, changeItem, dataOf, sessionOf, statusOfAdd, statusOfChange, titled } from './support/items.ts';

let eas: ActiveSyncEmulator;
let phone: TestDevice;
let calendar: string;
let session: MailboxSession;
eachTest({ provisioning: 'none' }, async (emulator) => {
  eas = emulator;
  session = sessionOf(eas);
  await use('16.1');
});

/** The device of the test, in a version of the protocol. */
async function use(version: '12.1' | '14.0' | '14.1' | '16.0' | '16.1'): Promise<void> {
  phone = new TestDevice(eas, 'alice', { version });
  calendar = await phone.collectionId('Calendar');
}

const berlinZone = timeZone('W. Europe Standard Time');
if (!berlinZone) throw new Error('no zone');
const berlin = encodeActiveSyncTimeZone({ ...zoneRuleOf(berlinZone, 2026), standardName: 'W. Europe Standard Time', daylightName: 'W. Europe Daylight Time' });
const lunch: ApplicationData = { 'Calendar:Timezone': berlin, 'Calendar:StartTime': '20261201T110000Z', 'Calendar:EndTime': '20261201T120000Z', 'Calendar:Subject': 'Lunch', 'Calendar:Reminder': '10' };
const daily: ApplicationData = { ...lunch, 'Calendar:Recurrence': { Type: 0, Occurrences: 6, CalendarType: [] } };
const bob = { Email: 'bob@example.test', Name: 'Bob Baker', AttendeeType: 1 } as const;
const itemOf = async (serverId: string): Promise<Item> => (await session.items([Number(serverId.split(':')[1]) as Item['id']]))[0] as Item;
const read = (serverId: string, version: '12.1' | '14.0' | '14.1' | '16.0' | '16.1' = '16.1'): Promise<ApplicationData> => dataOf(eas, 'Calendar', serverId, { version });
const startsOf = async (serverId: string): Promise<readonly string[]> => {
  const item = await itemOf(serverId);
  const { items } = await calendarView(session, item.folderId, { from: Date.UTC(2026, 10, 1), to: Date.UTC(2027, 5, 1) }, 500);
  return items.filter((one) => one.id === item.id && isOccurrence(one)).map((one) => new Date(timesOf(one)?.start ?? 0).toISOString().slice(5, 16));
};

describe('since 16.0 the server', () => {
  it('MS-ASCAL_R2223: makes the id and tells it in the response', async () => {
    const { ServerId = '', ApplicationData } = await addResponse(phone, calendar, lunch);
    expect(ApplicationData?.['Calendar:UID']).toBe(uidOfItem(await itemOf(ServerId)));
    expect((await read(ServerId))['Calendar:UID']).toBe(ApplicationData?.['Calendar:UID']);
  });
  it.each(titled<readonly ['16.0' | '16.1']>([['MS-ASCAL_R2169', 'by 16.0', '16.0'], ['MS-ASCAL_R2169001', 'by 16.1', '16.1']]))('%s says who organizes, whatever the client does', async (_title, version) => {
    await use(version);
    const serverId = await addItem(phone, calendar, { ...lunch, 'Calendar:OrganizerEmail': 'zoe@elsewhere.test', 'Calendar:OrganizerName': 'Zoe', 'Calendar:UID': 'mine' });
    expect(await read(serverId, version)).toMatchObject({ 'Calendar:OrganizerEmail': 'alice@example.test', 'Calendar:OrganizerName': 'Alice Archer', 'Calendar:MeetingStatus': 0 });
    expect((await read(serverId, version))['Calendar:UID']).not.toBe('mine');
  });
  it('adds nothing twice that has one ClientUid', async () => {
    const first = await addResponse(phone, calendar, { ...lunch, 'Calendar:ClientUid': 'c-1' });
    const again = await addResponse(phone, calendar, { ...lunch, 'Calendar:ClientUid': 'c-1' });
    expect([again.Status, again.ServerId, again.ApplicationData]).toEqual([1, first.ServerId, first.ApplicationData]);
    expect((await addResponse(phone, calendar, { ...lunch, 'Calendar:ClientUid': 'c-2' })).ServerId).not.toBe(first.ServerId);
  });
  it('leaves everything as it was that a Change leaves out', async () => {
    const whole: ApplicationData = { ...daily, 'AirSyncBase:Location': { DisplayName: 'Room' }, 'Calendar:Categories': ['Red'], 'AirSyncBase:Body': { Type: 1, Data: 'words' }, 'Calendar:BusyStatus': 3 };
    const serverId = await addItem(phone, calendar, whole);
    const before = await read(serverId);
    await changeItem(phone, calendar, serverId, { 'Calendar:Subject': 'Dinner' });
    const { 'Calendar:Subject': subject, 'Calendar:DtStamp': _stamp, ...after } = await read(serverId);
    const { 'Calendar:Subject': _subject, 'Calendar:DtStamp': _before, ...others } = before;
    expect([subject, after]).toEqual(['Dinner', others]);
  });
});

describe('places', () => {
  const place = { DisplayName: 'Bar', Street: 'Main St 1', City: 'Springfield', Latitude: '12.5', LocationUri: 'https://bar.test/' };
  it('have their parts since 16.0, and a name before', async () => {
    const serverId = await addItem(phone, calendar, { ...lunch, 'AirSyncBase:Location': place });
    expect((await read(serverId))['AirSyncBase:Location']).toEqual(place);
    const old = await read(serverId, '14.1');
    expect([old['Calendar:Location'], old['AirSyncBase:Location']]).toEqual(['Bar', undefined]);
    expect((await itemOf(serverId)).bag.get('PidLidLocation')).toBe('Bar');
  });
  it('are taken away by an empty element', async () => {
    const serverId = await addItem(phone, calendar, { ...lunch, 'AirSyncBase:Location': place });
    await changeItem(phone, calendar, serverId, { 'AirSyncBase:Location': {} });
    expect((await read(serverId))['AirSyncBase:Location']).toBeUndefined();
  });
  it('a latitude that is no number is refused with 6', async () => expect(await statusOfAdd(phone, calendar, { ...lunch, 'AirSyncBase:Location': { Latitude: 'north' } })).toBe(6));
});

describe('whole days', () => {
  const holiday: ApplicationData = { 'Calendar:AllDayEvent': 1, 'Calendar:StartTime': '20261224T000000Z', 'Calendar:EndTime': '20261227T000000Z', 'Calendar:Subject': 'Holiday' };
  it('are days without a zone since 16.0', async () => {
    const serverId = await addItem(phone, calendar, holiday);
    expect(await read(serverId)).toMatchObject(holiday);
    expect(await read(serverId)).not.toHaveProperty(['Calendar:Timezone']);
  });
  it('of somebody in another zone are the same days', async () => {
    await use('14.1');
    const serverId = await addItem(phone, calendar, { ...holiday, 'Calendar:Timezone': berlin, 'Calendar:StartTime': '20261223T230000Z', 'Calendar:EndTime': '20261226T230000Z' });
    expect(await read(serverId, '14.1')).toMatchObject({ 'Calendar:StartTime': '20261223T230000Z', 'Calendar:Timezone': expect.any(String) as unknown });
    expect(await read(serverId)).toMatchObject(holiday);
  });
  it('recur by days', async () => {
    const serverId = await addItem(phone, calendar, { ...holiday, 'Calendar:EndTime': '20261225T000000Z', 'Calendar:Recurrence': { Type: 0, Until: '20261226T000000Z', CalendarType: [] } });
    expect((await read(serverId))['Calendar:Recurrence']?.Until).toBe('20261226T000000Z');
    await changeItem(phone, calendar, serverId, { 'Calendar:Subject': 'Second' }, '20261225T000000Z');
    expect((await read(serverId))['Calendar:Exceptions']).toMatchObject([{ 'AirSyncBase:InstanceId': '20261225T000000Z', Subject: 'Second', StartTime: '20261225T000000Z', EndTime: '20261226T000000Z' }]);
  });
});

describe('instances since 16.0', () => {
  const third = '20261203T110000Z';
  it('are changed by their InstanceId', async () => {
    const serverId = await addItem(phone, calendar, daily);
    await changeItem(phone, calendar, serverId, { 'Calendar:Subject': 'Brunch', 'Calendar:StartTime': '20261203T090000Z', 'AirSyncBase:Location': { DisplayName: 'Garden' } }, third);
    expect((await read(serverId))['Calendar:Exceptions']).toMatchObject([{ 'AirSyncBase:InstanceId': third, Deleted: 0, Subject: 'Brunch', StartTime: '20261203T090000Z', EndTime: '20261203T100000Z', 'AirSyncBase:Location': { DisplayName: 'Garden' } }]);
    expect((await read(serverId, '14.1'))['Calendar:Exceptions']).toMatchObject([{ ExceptionStartTime: third, Location: 'Garden' }]);
    expect(await startsOf(serverId)).toEqual(['12-01T11:00', '12-02T11:00', '12-03T09:00', '12-04T11:00', '12-05T11:00', '12-06T11:00']);
  });
  it('a change of one is not told back', async () => {
    const serverId = await addItem(phone, calendar, daily);
    await changeItem(phone, calendar, serverId, { 'Calendar:Subject': 'Brunch' }, third);
    expect(await phone.sync(calendar)).toBeUndefined();
  });
  it('are deleted by their InstanceId', async () => {
    const serverId = await addItem(phone, calendar, daily);
    const { Responses } = await phone.change(calendar, [['Delete', { ServerId: serverId, 'AirSyncBase:InstanceId': third }]]);
    expect(Responses).toBeUndefined();
    expect((await read(serverId))['Calendar:Exceptions']).toEqual([{ Deleted: 1, 'AirSyncBase:InstanceId': third }]);
    expect(await startsOf(serverId)).not.toContain('12-03T11:00');
    expect(await phone.sync(calendar)).toBeUndefined();
  });
  it('the last one takes the series along', async () => {
    const serverId = await addItem(phone, calendar, { ...daily, 'Calendar:Recurrence': { Type: 0, Occurrences: 1, CalendarType: [] } });
    await phone.change(calendar, [['Delete', { ServerId: serverId, 'AirSyncBase:InstanceId': '20261201T110000Z' }]]);
    await expect(read(serverId)).rejects.toThrow('no item');
  });
  it.each([['that is not there', '20270101T110000Z', 8], ['that is no time', 'third', 6]] as const)('one %s is refused', async (_what, instance, status) => {
    expect(await statusOfChange(phone, calendar, await addItem(phone, calendar, daily), { 'Calendar:Subject': 'x' }, instance)).toBe(status);
  });
  it.each(titled<readonly [ApplicationData]>([['', 'that recurs itself', { 'Calendar:Recurrence': { Type: 0, CalendarType: [] } }], ['', 'on the day of its neighbour', { 'Calendar:StartTime': '20261204T080000Z' }]]))('one %s is refused with 6', async (_title, data) => {
    expect(await statusOfChange(phone, calendar, await addItem(phone, calendar, daily), data, third)).toBe(6);
  });
  it('of what does not recur there are none', async () => expect(await statusOfChange(phone, calendar, await addItem(phone, calendar, lunch), { 'Calendar:Subject': 'x' }, third)).toBe(6));
  it('Exceptions change nothing any more', async () => {
    expect(await statusOfChange(phone, calendar, await addItem(phone, calendar, daily), { 'Calendar:Exceptions': [{ 'AirSyncBase:InstanceId': third, Subject: 'x' }] })).toBe(6);
  });
  it.each(titled<readonly [ApplicationData, number]>([
    ['', 'another time', { 'Calendar:StartTime': '20261201T120000Z', 'Calendar:EndTime': '20261201T130000Z' }, 0],
    ['', 'another pattern', { 'Calendar:Recurrence': { Type: 0, Interval: 2, Occurrences: 6, CalendarType: [] } }, 0],
    ['', 'the same time', { 'Calendar:StartTime': '20261201T110000Z', 'Calendar:EndTime': '20261201T120000Z' }, 1],
    ['', 'another name', { 'Calendar:Subject': 'Dinner' }, 1],
  ]))('%s of the series: its exceptions go where it is elsewhen', async (_title, data, left) => {
    const serverId = await addItem(phone, calendar, daily);
    await changeItem(phone, calendar, serverId, { 'Calendar:Subject': 'Brunch' }, third);
    await changeItem(phone, calendar, serverId, data);
    expect((await read(serverId))['Calendar:Exceptions'] ?? []).toHaveLength(left);
    expect((await itemOf(serverId)).attachments).toHaveLength(left);
  });
  it('an empty Recurrence makes the series one appointment', async () => {
    const serverId = await addItem(phone, calendar, daily);
    await changeItem(phone, calendar, serverId, { 'Calendar:Recurrence': { CalendarType: [] } });
    expect([(await read(serverId))['Calendar:Recurrence'], (await itemOf(serverId)).bag.get('PidLidRecurring')]).toEqual([undefined, false]);
  });
});

describe('what a Change leaves out before 16.0', () => {
  const whole: ApplicationData = {
    ...daily, 'Calendar:UID': 'u-1', 'Calendar:Location': 'Room 1', 'Calendar:Attendees': [{ ...bob, AttendeeStatus: 5 }], 'Calendar:MeetingStatus': 1, 'Calendar:ResponseRequested': true, 'Calendar:DisallowNewTimeProposal': true,
    'AirSyncBase:Body': { Type: 1, Data: 'words' }, 'Calendar:Categories': ['Red'], 'Calendar:BusyStatus': 3, 'Calendar:Sensitivity': 2,
  };
  const supported = ['Exceptions', 'DtStamp', 'Categories', 'Sensitivity', 'BusyStatus', 'UID', 'Timezone', 'StartTime', 'EndTime', 'Subject', 'Location', 'Recurrence', 'AllDayEvent', 'Reminder'];
  it('MS-ASCAL_R111 MS-ASCAL_R128 MS-ASCAL_R217 MS-ASCAL_R319 MS-ASCAL_R365 MS-ASCAL_R370 MS-ASCAL_R399 MS-ASCAL_R419 MS-ASCAL_R301: stays where it is ghosted; a place never is', async () => {
    await use('14.1');
    const serverId = await addItem(phone, calendar, whole);
    const before = await read(serverId, '14.1');
    await phone.sync(calendar, { Supported: Object.fromEntries(supported.map((name) => [`Calendar:${name}`, true])) }, '0');
    await phone.sync(calendar);
    await changeItem(phone, calendar, serverId, { 'Calendar:Subject': 'New' });
    const after = await read(serverId, '14.1');
    for (const name of ['Calendar:Attendees', 'AirSyncBase:Body', 'Calendar:DisallowNewTimeProposal', 'Calendar:MeetingStatus', 'Calendar:OrganizerEmail', 'Calendar:OrganizerName', 'Calendar:ResponseRequested', 'Calendar:ResponseType', 'Calendar:StartTime', 'Calendar:UID', 'Calendar:Recurrence'] as const) {
      expect([name, after[name]]).toEqual([name, before[name]]);
      expect(after[name]).toBeDefined();
    }
    expect([after['Calendar:Location'], after['Calendar:Categories'], after['Calendar:Reminder'], after['Calendar:BusyStatus'], after['Calendar:Sensitivity']]).toEqual([undefined, undefined, undefined, 2, 0]);
  });
  it('goes without Supported', async () => {
    await use('14.1');
    const serverId = await addItem(phone, calendar, whole);
    await changeItem(phone, calendar, serverId, { ...lunch, 'Calendar:Subject': 'New' });
    const after = await read(serverId, '14.1');
    expect([after['Calendar:Attendees'], after['Calendar:DisallowNewTimeProposal'], after['Calendar:Recurrence'], after['Calendar:UID']]).toEqual([undefined, false, undefined, 'u-1']);
  });
});

describe('attendees', () => {
  it('MS-ASCAL_R52521 MS-ASCAL_R52529: an address that is none is kept as it is', async () => {
    await use('14.1');
    const serverId = await addItem(phone, calendar, { ...lunch, 'Calendar:Attendees': [{ Email: 'wrongFormatEmail', Name: 'somebody' }] });
    expect((await read(serverId, '14.1'))['Calendar:Attendees']).toMatchObject([{ Email: 'wrongFormatEmail', Name: 'somebody' }]);
  });
  it('MS-ASCAL_R11911 MS-ASCAL_R573 MS-ASCAL_R574 MS-ASCAL_R575: are required, optional, or resources', async () => {
    await use('14.1');
    const attendees = [bob, { ...bob, Email: 'carol@example.test', AttendeeType: 2 }, { ...bob, Email: 'room1@example.test', AttendeeType: 3 }];
    const serverId = await addItem(phone, calendar, { ...lunch, 'Calendar:Attendees': attendees });
    expect((await read(serverId, '14.1'))['Calendar:Attendees']?.map(({ Email, AttendeeType }) => [Email, AttendeeType])).toEqual([['bob@example.test', 1], ['carol@example.test', 2], ['room1@example.test', 3]]);
    expect((await itemOf(serverId)).recipients.map(({ type }) => type)).toEqual(['to', 'cc', 'bcc']);
  });
  it.each(titled<readonly [number]>([['MS-ASCAL_R568', 'unknown', 0], ['MS-ASCAL_R569', 'tentative', 2], ['MS-ASCAL_R570', 'accepted', 3], ['MS-ASCAL_R571', 'declined', 4], ['MS-ASCAL_R572', 'not responded', 5]]))('%s: what an attendee answered, as the client knows it', async (_title, status) => {
    await use('14.1');
    const serverId = await addItem(phone, calendar, { ...lunch, 'Calendar:Attendees': [{ ...bob, AttendeeStatus: status }] });
    expect((await read(serverId, '14.1'))['Calendar:Attendees']).toMatchObject([{ AttendeeStatus: status }]);
  });
  it('MS-ASCAL_R10611: of an exception are its own', async () => {
    await use('14.1');
    const serverId = await addItem(phone, calendar, { ...daily, 'Calendar:Attendees': [bob], 'Calendar:Exceptions': [{ ExceptionStartTime: '20261203T110000Z', Attendees: [bob, { ...bob, Email: 'dave@example.test' }] }] });
    expect((await read(serverId, '14.1'))['Calendar:Exceptions']?.[0]?.Attendees?.map(({ Email }) => Email)).toEqual(['bob@example.test', 'dave@example.test']);
  });
  it('answers are not known before 12.0, nor told to those who are asked', async () => {
    const serverId = await addItem(phone, calendar, { ...lunch, 'Calendar:Attendees': [bob] });
    expect((await read(serverId))['Calendar:Attendees']).toMatchObject([{ AttendeeStatus: 0 }]);
  });
});

describe('elements by version', () => {
  it.each([
    ['12.1', 'Calendar:ResponseType', false], ['12.1', 'Calendar:DisallowNewTimeProposal', false], ['14.0', 'Calendar:ResponseType', true], ['14.0', 'Calendar:DisallowNewTimeProposal', true], ['14.1', 'Calendar:Location', true],
    ['16.0', 'Calendar:Location', false], ['16.0', 'AirSyncBase:Location', true], ['14.1', 'AirSyncBase:Location', false],
  ] as const)('%s %s: %s', async (version, element, isThere) => {
    const serverId = await addItem(phone, calendar, { ...lunch, 'AirSyncBase:Location': { DisplayName: 'x' } });
    expect((await read(serverId, version))[element] !== undefined).toBe(isThere);
  });
});

describe('attachments since 16.0', () => {
  const add = (ClientId: string, words: string) => ({ ClientId, Content: Buffer.from(words), DisplayName: `${ClientId}.txt`, Method: 1 });
  const withAttachments = (Add: readonly ReturnType<typeof add>[], gone: readonly string[] = []): ApplicationData => ({ 'AirSyncBase:Attachments': { Attachment: [], Add, Delete: gone.map((FileReference) => ({ FileReference })) } });
  it('come with the appointment, and their references are told', async () => {
    const { ServerId = '', ApplicationData: response } = await addResponse(phone, calendar, { ...lunch, ...withAttachments([add('a', 'agenda')]) });
    const [told] = response?.['AirSyncBase:Attachments']?.Attachment ?? [];
    expect(told?.ClientId).toBe('a');
    expect((await read(ServerId))['AirSyncBase:Attachments']?.Attachment).toMatchObject([{ DisplayName: 'a.txt', FileReference: told?.FileReference, EstimatedDataSize: 6 }]);
    expect(await read(ServerId, '14.1')).not.toHaveProperty(['AirSyncBase:Attachments']);
  });
  it('are removed, and leave the exceptions of the series where they are', async () => {
    const serverId = await addItem(phone, calendar, { ...daily, ...withAttachments([add('a', 'agenda'), add('b', 'budget')]) });
    await changeItem(phone, calendar, serverId, { 'Calendar:Subject': 'Brunch' }, '20261203T110000Z');
    const [first] = (await read(serverId))['AirSyncBase:Attachments']?.Attachment ?? [];
    await changeItem(phone, calendar, serverId, withAttachments([], [first?.FileReference ?? '']));
    const after = await read(serverId);
    expect(after['AirSyncBase:Attachments']?.Attachment.map(({ DisplayName }) => DisplayName)).toEqual(['b.txt']);
    expect(after['Calendar:Exceptions']).toMatchObject([{ Subject: 'Brunch' }]);
  });
  it('one that is not there is not removed: 6', async () => {
    expect(await statusOfChange(phone, calendar, await addItem(phone, calendar, lunch), withAttachments([], [`${calendar}%3a1%3a1`]))).toBe(6);
  });
});

describe('filters', () => {
  const day = 86_400_000;
  const compact = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  const subjectsWith = async (filterType: number): Promise<readonly unknown[]> => {
    const device = new TestDevice(eas, 'alice', { id: `F${filterType}` });
    await device.collectionId('Calendar');
    return (await device.syncAll(calendar, { Options: [{ ...noOptions, FilterType: [filterType] }] })).map(([, command]) => 'ApplicationData' in command && command.ApplicationData['Calendar:Subject']).filter((subject) => String(subject).startsWith('f:'));
  };
  it('MS-ASCMD_R3065 MS-ASCMD_R5878 MS-ASCMD_R2971 MS-ASCMD_R5877: look at the end, of a series at that of its last occurrence', async () => {
    const ago = (days: number): ApplicationData => ({ 'Calendar:StartTime': compact(eas.clock.now() - days * day), 'Calendar:EndTime': compact(eas.clock.now() - days * day + 3_600_000) });
    const add = (subject: string, data: ApplicationData): Promise<string> => addItem(phone, calendar, { ...data, 'Calendar:Subject': `f:${subject}` });
    await add('to come', ago(-5));
    await add('10 days', ago(10));
    await add('20 days', ago(20));
    await add('60 days', ago(60));
    await add('300 days', ago(300));
    await add('a series of old that goes on', { ...ago(300), 'Calendar:Recurrence': { Type: 1, DayOfWeek: 127, CalendarType: [] } });
    await add('a series of old that is over', { ...ago(300), 'Calendar:Recurrence': { Type: 0, Occurrences: 3, CalendarType: [] } });
    const always = ['f:to come', 'f:10 days', 'f:a series of old that goes on'];
    expect(await subjectsWith(4)).toEqual(always);
    expect((await subjectsWith(5)).toSorted()).toEqual([...always, 'f:20 days'].toSorted());
    expect((await subjectsWith(6)).toSorted()).toEqual([...always, 'f:20 days', 'f:60 days'].toSorted());
    expect(await subjectsWith(0)).toHaveLength(7);
    // The estimate counts what Sync would bring, with what the seed has.
    const device = new TestDevice(eas, 'alice', { id: 'ESTIMATE' });
    await device.collectionId('Calendar');
    for (const [filterType, least] of [[4, 3], [5, 4], [6, 5]] as const) {
      await device.sync(calendar, {}, '0');
      const { value } = await device.command(GetItemEstimateRequest, GetItemEstimateResponse, { Collections: [{ CollectionId: calendar, 'AirSync:SyncKey': device.keys.get(calendar), 'AirSync:Options': [{ ...noOptions, FilterType: [filterType] }] }] });
      const all = await device.syncAll(calendar, { Options: [{ ...noOptions, FilterType: [filterType] }] });
      expect(value?.Response[0]?.Collection?.Estimate).toBe(all.length);
      expect(all.length).toBeGreaterThanOrEqual(least);
    }
  });
});
