import type { Item, MailboxSession } from '@fauxchange/mailbox';
import type { ValueOf } from '@fauxchange/wbxml';
import type { ActiveSyncEmulator } from '../src/index.ts';
import { encodeLongId } from '../src/long-id.ts';
import type { ApplicationData } from '../src/schema/application-data.ts';
import { MeetingResponseRequest, MeetingResponseResponse } from '../src/schema/meeting-response.ts';
import { eachTest, TestDevice } from './support/client.ts';
import { addItem, allOf, changeItem, dataOf, sessionOf, titled } from './support/items.ts';

type Version = '12.1' | '14.0' | '14.1' | '16.0' | '16.1';
type Asked = ValueOf<typeof MeetingResponseRequest>['Request'][number];
type Answer = ValueOf<typeof MeetingResponseResponse>['Result'];

let eas: ActiveSyncEmulator;
let alice: TestDevice;
let bob: TestDevice;
let calendar: string;
let bobs: MailboxSession;
let bobsCalendar: string;
let bobsInbox: string;
eachTest({ provisioning: 'none' }, async (emulator) => {
  eas = emulator;
  alice = new TestDevice(eas, 'alice', { version: '16.1', id: 'ALICE' });
  calendar = await alice.collectionId('Calendar');
  bobs = sessionOf(eas, 'bob');
  await use('14.1');
});

/** The attendee's device, in a version of the protocol. */
async function use(version: Version): Promise<void> {
  bob = new TestDevice(eas, 'bob', { version, id: 'BOB' });
  [bobsCalendar, bobsInbox] = [await bob.collectionId('Calendar'), await bob.collectionId('Inbox')];
}

const lunch: ApplicationData = {
  'Calendar:StartTime': '20261201T110000Z', 'Calendar:EndTime': '20261201T120000Z', 'Calendar:Subject': 'Lunch together', 'Calendar:MeetingStatus': 1,
  'Calendar:Attendees': [{ Email: 'bob@example.test', Name: 'Bob Baker', AttendeeType: 1 }],
};
const daily: ApplicationData = { ...lunch, 'Calendar:Recurrence': { Type: 0, Occurrences: 6, CalendarType: [] } };

/** A meeting that Alice calls: the server invites Bob. */
async function invite(data: ApplicationData = lunch): Promise<string> {
  const serverId = await addItem(alice, calendar, data);
  await eas.organization.settle();
  return serverId;
}
const withSubject = async (folder: string, subject: string, user = 'bob'): Promise<{ readonly serverId: string; readonly data: ApplicationData }> => {
  const found = (await allOf(eas, folder, { user, version: '14.1' })).find(({ data }) => (data['Email:Subject'] ?? data['Calendar:Subject']) === subject);
  if (!found) throw new Error(`no ${subject} in ${folder} of ${user}`);
  return found;
};
const requestOf = async (subject = 'Lunch together'): Promise<string> => (await withSubject('Inbox', subject)).serverId;
const appointmentOf = async (subject = 'Lunch together'): Promise<string> => (await withSubject('Calendar', subject)).serverId;
const read = async (subject = 'Lunch together', version: Version = '14.1'): Promise<ApplicationData> => dataOf(eas, 'Calendar', await appointmentOf(subject), { user: 'bob', version });
const subjectsIn = async (folder: string, user: string): Promise<readonly unknown[]> => (await allOf(eas, folder, { user, version: '14.1' })).map(({ data }) => data['Email:Subject'] ?? data['Calendar:Subject']);

async function respond(...Request: readonly Asked[]): Promise<Answer> {
  const { value } = await bob.command(MeetingResponseRequest, MeetingResponseResponse, { Request });
  await eas.organization.settle();
  return value?.Result ?? [];
}
const toRequest = async (UserResponse: number, more: Partial<Asked> = {}): Promise<Answer> => respond({ UserResponse, CollectionId: bobsInbox, RequestId: await requestOf(), ...more });
const toAppointment = async (UserResponse: number, more: Partial<Asked> = {}): Promise<Answer> => respond({ UserResponse, CollectionId: bobsCalendar, RequestId: await appointmentOf(), ...more });

describe('before an answer', () => {
  it('MS-ASCMD_R5082 MS-ASCMD_R5068 MS-ASCMD_R5828 MS-ASCMD_R5085: the request comes into the inbox, as what it is', async () => {
    await invite();
    expect(await bob.sync(bobsInbox, {}, '0')).toEqual({ CollectionId: bobsInbox, SyncKey: expect.stringMatching(/^\d+$/) as unknown, Status: 1 });
    const { data } = await withSubject('Inbox', 'Lunch together');
    expect(data['Email:MessageClass']).toBe('IPM.Schedule.Meeting.Request');
    expect(data['Email:MeetingRequest']).toMatchObject({ AllDayEvent: 0, InstanceType: 0 });
  });
  it('MS-ASCAL_R418 MS-ASCAL_R312 MS-ASCAL_R52522: the attendee has not responded, is no organizer, and there is no time of a reply', async () => {
    await invite();
    const data = await read();
    expect(data).toMatchObject({ 'Calendar:ResponseType': 5, 'Calendar:MeetingStatus': 3, 'Calendar:OrganizerEmail': 'alice@example.test' });
    expect(data).not.toHaveProperty(['Calendar:AppointmentReplyTime']);
  });
  it('MS-ASCAL_R410 MS-ASCAL_R311 MS-ASCAL_R40111 MS-ASCAL_R11311: the organizer is the organizer, and knows of no answer', async () => {
    expect(await dataOf(eas, 'Calendar', await invite())).toMatchObject({ 'Calendar:ResponseType': 1, 'Calendar:MeetingStatus': 1, 'Calendar:Attendees': [{ AttendeeStatus: 0 }] });
  });
});

describe('a request', () => {
  const inInbox = async (): Promise<boolean> => (await subjectsIn('Inbox', 'bob')).includes('Lunch together');
  it('MS-ASCMD_R4180 MS-ASCMD_R830 MS-ASCMD_R831 MS-ASCMD_R3843 MS-ASCMD_R5071 MS-ASCMD_R5089 MS-ASCMD_R5723 MS-ASCMD_R3807 MS-ASCMD_R5374: is accepted, and the appointment named', async () => {
    await invite();
    const RequestId = await requestOf();
    const [result] = await toRequest(1);
    expect(result).toEqual({ RequestId, Status: 1, CalendarId: await appointmentOf() });
    expect([await inInbox(), (await subjectsIn('Deleted Items', 'bob')).includes('Lunch together')]).toEqual([false, true]);
  });
  it('MS-ASCMD_R5678 MS-ASCMD_R5790 MS-ASCMD_R5724: is tentatively accepted, and the appointment named', async () => {
    await invite();
    expect(await toRequest(2)).toMatchObject([{ Status: 1, CalendarId: await appointmentOf() }]);
    expect(await inInbox()).toBe(false);
  });
  it('MS-ASCMD_R837 MS-ASCMD_R5072 MS-ASCMD_R5725: is declined: no appointment is left to be named', async () => {
    await invite();
    const [result] = await toRequest(3);
    expect([result?.Status, result?.CalendarId]).toEqual([1, undefined]);
    await expect(appointmentOf()).rejects.toThrow('no Lunch together');
    expect([await inInbox(), (await subjectsIn('Deleted Items', 'bob')).includes('Lunch together')]).toEqual([false, true]);
  });
  it('MS-ASCMD_R5094: what becomes of the appointment is told by the next Sync', async () => {
    await invite();
    await bob.syncAll(bobsCalendar);
    await toRequest(1);
    expect((await bob.sync(bobsCalendar))?.Commands).toMatchObject([['Change', { ServerId: await appointmentOf(), ApplicationData: { 'Calendar:ResponseType': 3 } }]]);
  });
  it('whose appointment is gone makes it anew', async () => {
    await invite();
    const RequestId = await requestOf();
    await bobs.removeItems([Number((await appointmentOf()).split(':')[1]) as Item['id']], 'hard');
    const [result] = await respond({ UserResponse: 1, CollectionId: bobsInbox, RequestId });
    expect(result).toMatchObject({ Status: 1, CalendarId: await appointmentOf() });
  });
  it('is named by the long id of a search', async () => {
    await invite();
    const [request] = await bobs.items([Number((await requestOf()).split(':')[1]) as Item['id']]);
    expect(await respond({ UserResponse: 1, 'Search:LongId': encodeLongId(request as Item) })).toEqual([{ Status: 1, CalendarId: await appointmentOf() }]);
  });
  it.each(titled<readonly [number, number]>([['MS-ASCAL_R414', 'accepted', 1, 3], ['MS-ASCAL_R412', 'tentative', 2, 2]]))('%s: the appointment says so, and since when', async (_title, response, type) => {
    await invite();
    await toRequest(response);
    const data = await read();
    expect(data).toMatchObject({ 'Calendar:ResponseType': type, 'Calendar:BusyStatus': response === 1 ? 2 : 1 });
    expect(data['Calendar:AppointmentReplyTime']).toMatch(/^\d{8}T\d{6}Z$/);
  });
  it('MS-ASCAL_R96: the time of the reply stays when the attendee changes something', async () => {
    await invite();
    await toRequest(1);
    const before = await read();
    await changeItem(bob, bobsCalendar, await appointmentOf(), { 'Calendar:Subject': 'Lunch together', 'Calendar:Location': 'my desk' });
    const after = await read();
    expect([after['Calendar:Location'], after['Calendar:AppointmentReplyTime'], after['Calendar:MeetingStatus'], after['Calendar:OrganizerEmail']]).toEqual(['my desk', before['Calendar:AppointmentReplyTime'], 3, 'alice@example.test']);
  });
});

describe('an appointment', () => {
  it.each(titled<readonly [number, number]>([['MS-ASCMD_R5707', 'is accepted', 1, 3], ['MS-ASCMD_R5708', 'is tentatively accepted', 2, 2]]))('%s in the calendar', async (_title, response, type) => {
    await invite();
    const id = await appointmentOf();
    expect(await toAppointment(response)).toEqual([{ RequestId: id, Status: 1, CalendarId: id }]);
    expect((await read())['Calendar:ResponseType']).toBe(type);
  });
  it('MS-ASCMD_R5709: is declined in the calendar, and goes', async () => {
    await invite();
    const [result] = await toAppointment(3);
    expect([result?.Status, result?.CalendarId]).toEqual([1, undefined]);
    await expect(appointmentOf()).rejects.toThrow('no Lunch together');
  });
});

describe('one occurrence', () => {
  const third = '2026-12-03T11:00:00.000Z';
  it('MS-ASCAL_R89011 MS-ASCAL_R40211 MS-ASCAL_R30511: is accepted alone', async () => {
    await invite(daily);
    const [result] = await toAppointment(1, { InstanceId: third });
    expect(result).toEqual({ RequestId: await appointmentOf(), Status: 1, CalendarId: await appointmentOf(), InstanceId: third });
    const data = await read();
    expect(data['Calendar:ResponseType']).toBe(5);
    expect(data['Calendar:Exceptions']).toMatchObject([{ ExceptionStartTime: '20261203T110000Z', ResponseType: 3, MeetingStatus: 3, AppointmentReplyTime: expect.stringMatching(/^\d{8}T\d{6}Z$/) as unknown }]);
  });
  it('MS-ASCAL_R525221 MS-ASCAL_R52522111: is declined alone: it is deleted, and no reply is told of it', async () => {
    await invite(daily);
    const [result] = await toAppointment(3, { InstanceId: third });
    expect([result?.Status, result?.CalendarId]).toEqual([1, undefined]);
    expect((await read())['Calendar:Exceptions']).toEqual([{ Deleted: 1, ExceptionStartTime: '20261203T110000Z' }]);
  });
});

describe('what is refused', () => {
  it('MS-ASCMD_R4186: an instance that is not there', async () => {
    await invite(daily);
    expect(await toAppointment(1, { InstanceId: '2027-12-03T11:00:00.000Z' })).toMatchObject([{ Status: 2 }]);
    expect(await toAppointment(1, { InstanceId: '' })).toMatchObject([{ Status: 2 }]);
  });
  it('MS-ASCMD_R4185: an instance of a request', async () => {
    await invite(daily);
    expect(await toRequest(1, { InstanceId: '2026-12-03T11:00:00.000Z' })).toMatchObject([{ Status: 2 }]);
  });
  it('MS-ASCMD_R3195: an instance that is no such time, with 104', async () => {
    await invite(daily);
    expect(await toAppointment(1, { InstanceId: '12-03-2026T11:00:00.000Z' })).toMatchObject([{ Status: 104 }]);
  });
  it('MS-ASCMD_R3196: an instance of what does not recur, with 146', async () => {
    await invite();
    expect(await toAppointment(1, { InstanceId: '2026-12-01T11:00:00.000Z' })).toMatchObject([{ Status: 146 }]);
  });
  it.each(titled<readonly [() => Promise<Partial<Asked>>]>([
    ['MS-ASCMD_R4182', 'an item that is not there', () => Promise.resolve({ RequestId: `${bobsInbox}:999999` })],
    ['MS-ASCMD_R4182', 'an id that is none', () => Promise.resolve({ RequestId: 'nothing' })],
    ['', 'a collection that is not there', async () => ({ CollectionId: '99', RequestId: await requestOf() })],
    ['', 'an item of another collection', async () => ({ RequestId: await appointmentOf() })],
    ['MS-ASCMD_R4183', 'a message that is no request', async () => ({ RequestId: (await allOf(eas, 'Inbox', { user: 'bob' })).find(({ data }) => data['Email:MessageClass'] === 'IPM.Note')?.serverId })],
    ['', 'an answer that is none', async () => ({ UserResponse: 4, RequestId: await requestOf() })],
    ['', 'no item at all', () => Promise.resolve({ CollectionId: undefined, RequestId: undefined })],
    ['', 'an item named twice', async () => ({ RequestId: await requestOf(), 'Search:LongId': 'AAAA' })],
    ['', 'a long id that is none', () => Promise.resolve({ CollectionId: undefined, RequestId: undefined, 'Search:LongId': 'AAAA' })],
  ]))('%s is refused with 2', async (_title, more) => {
    await invite();
    const asked = { UserResponse: 1, CollectionId: bobsInbox, ...(await more()) };
    expect(await respond(asked)).toEqual([{ ...(asked.RequestId !== undefined && { RequestId: asked.RequestId }), Status: 2 }]);
  });
  it('the organizer has nothing to answer: 2', async () => {
    const RequestId = await invite();
    const { value } = await alice.command(MeetingResponseRequest, MeetingResponseResponse, { Request: [{ UserResponse: 1, CollectionId: calendar, RequestId }] });
    expect(value?.Result).toEqual([{ RequestId, Status: 2 }]);
  });
  it('MS-ASCMD_R5650: more than 100 answers at once, with 103', async () => {
    await invite();
    const asked = { UserResponse: 1, CollectionId: bobsInbox, RequestId: await requestOf() };
    expect(await respond(...Array.from({ length: 101 }, () => asked))).toEqual([{ Status: 103 }]);
    expect((await respond(...Array.from({ length: 100 }, () => asked))).map(({ Status }) => Status)).toEqual([1, ...Array.from({ length: 99 }, () => 2)]);
  });
  it('others of the same command are answered all the same', async () => {
    await invite();
    expect((await respond({ UserResponse: 1, CollectionId: bobsInbox, RequestId: 'no' }, { UserResponse: 1, CollectionId: bobsInbox, RequestId: await requestOf() })).map(({ Status }) => Status)).toEqual([2, 1]);
  });
  it('instances before 14.1', async () => {
    await use('14.0');
    await invite(daily);
    const { status, value } = await bob.command(MeetingResponseRequest, MeetingResponseResponse, { Request: [{ UserResponse: 1, CollectionId: bobsCalendar, RequestId: await appointmentOf() }] });
    expect([status, value?.Result[0]?.Status]).toEqual([200, 1]);
  });
});

describe('the message to the organizer', () => {
  const answersTo = async (): Promise<readonly unknown[]> => (await subjectsIn('Inbox', 'alice')).filter((subject) => /^(Accepted|Tentative|Declined|New Time Proposed): /.test(String(subject)));
  it.each<Version>(['12.1', '14.1', '16.1'])('is not sent by %s without SendResponse', async (version) => {
    await use(version);
    await invite();
    await toRequest(1);
    expect([await answersTo(), await subjectsIn('Sent Items', 'bob')]).toEqual([[], expect.not.arrayContaining(['Accepted: Lunch together']) as unknown]);
  });
  it.each([[1, 'Accepted: Lunch together', 3], [2, 'Tentative: Lunch together', 2], [3, 'Declined: Lunch together', 4]] as const)('is sent since 16.0 with an empty one: answer %i', async (response, subject, status) => {
    await use('16.0');
    const serverId = await invite();
    await toRequest(response, { SendResponse: {} });
    expect([await answersTo(), (await subjectsIn('Sent Items', 'bob')).includes(subject)]).toEqual([[subject], true]);
    expect((await dataOf(eas, 'Calendar', serverId))['Calendar:Attendees']).toMatchObject([{ Email: 'bob@example.test', AttendeeStatus: status }]);
  });
  it('has the words of its body', async () => {
    await use('16.1');
    await invite();
    await toRequest(1, { SendResponse: { 'AirSyncBase:Body': { Type: 1, Data: 'I shall be there' } } });
    expect((await withSubject('Inbox', 'Accepted: Lunch together', 'alice')).data['AirSyncBase:Body']?.Data).toContain('I shall be there');
  });
  const proposal = { ProposedStartTime: '20261201T130000Z', ProposedEndTime: '20261201T140000Z' };
  it('proposes another time since 16.1', async () => {
    await use('16.1');
    const serverId = await invite();
    expect(await toRequest(2, { SendResponse: proposal })).toMatchObject([{ Status: 1 }]);
    expect(await answersTo()).toEqual(['New Time Proposed: Lunch together']);
    expect((await dataOf(eas, 'Calendar', serverId, { version: '16.1' }))['Calendar:Attendees']).toMatchObject([{ 'MeetingResponse:ProposedStartTime': '20261201T130000Z', 'MeetingResponse:ProposedEndTime': '20261201T140000Z' }]);
    expect((await dataOf(eas, 'Calendar', serverId, { version: '16.0' }))['Calendar:Attendees']?.[0]).not.toHaveProperty(['MeetingResponse:ProposedStartTime']);
  });
  it.each(titled<readonly [NonNullable<Asked['SendResponse']>, ApplicationData, number]>([
    ['', 'half a time', { ProposedStartTime: proposal.ProposedStartTime }, {}, 2], ['', 'a time that ends before it starts', { ProposedStartTime: proposal.ProposedEndTime, ProposedEndTime: proposal.ProposedStartTime }, {}, 2],
    ['', 'a time that is none', { ...proposal, ProposedStartTime: 'tomorrow, at noon' }, {}, 104], ['', 'a time where none may be proposed', proposal, { 'Calendar:DisallowNewTimeProposal': true }, 2],
  ]))('%s is not proposed', async (_title, sent, more, status) => {
    await use('16.1');
    await invite({ ...lunch, ...more });
    expect(await toRequest(2, { SendResponse: sent })).toMatchObject([{ Status: status }]);
    expect(await answersTo()).toEqual([]);
  });
});

describe('what the organizer does', () => {
  const inboxOfBob = (): Promise<readonly unknown[]> => subjectsIn('Inbox', 'bob');
  it('MS-ASCMD_R7478: sends requests by itself since 16.0', async () => {
    for (const version of ['16.0', '16.1'] as const) {
      const device = new TestDevice(eas, 'alice', { version, id: `NEW${version}` });
      await addItem(device, await device.collectionId('Calendar'), { ...lunch, 'Calendar:Subject': `Lunch by ${version}` });
    }
    await eas.organization.settle();
    expect(await inboxOfBob()).toEqual(expect.arrayContaining(['Lunch by 16.0', 'Lunch by 16.1']));
  });
  it.each<Version>(['12.1', '14.0', '14.1'])('sends nothing by %s: the client does that', async (version) => {
    const device = new TestDevice(eas, 'alice', { version, id: 'OLD' });
    const collection = await device.collectionId('Calendar');
    const serverId = await addItem(device, collection, lunch);
    await changeItem(device, collection, serverId, { ...lunch, 'Calendar:StartTime': '20261202T110000Z', 'Calendar:EndTime': '20261202T120000Z' });
    await device.change(collection, [['Delete', { ServerId: serverId }]]);
    await eas.organization.settle();
    expect((await inboxOfBob()).filter((subject) => String(subject).includes('Lunch together'))).toEqual([]);
  });
  it('sends an update since 16.0, and asks anew at another time', async () => {
    const serverId = await invite();
    await toRequest(1);
    await changeItem(alice, calendar, serverId, { 'Calendar:StartTime': '20261202T110000Z', 'Calendar:EndTime': '20261202T120000Z' });
    await eas.organization.settle();
    expect(await read()).toMatchObject({ 'Calendar:StartTime': '20261202T110000Z', 'Calendar:ResponseType': 5 });
    expect((await inboxOfBob()).filter((subject) => subject === 'Lunch together')).toHaveLength(1);
  });
  it('sends nothing when only its own affairs change', async () => {
    const serverId = await invite();
    await toRequest(1);
    await changeItem(alice, calendar, serverId, { 'Calendar:Reminder': '30', 'Calendar:Categories': ['Red'] });
    await eas.organization.settle();
    expect(await inboxOfBob()).not.toContain('Lunch together');
  });
  it('MS-ASCAL_R314: calls it off since 16.0 by deleting it', async () => {
    const serverId = await invite();
    await alice.change(calendar, [['Delete', { ServerId: serverId }]]);
    await eas.organization.settle();
    expect(await inboxOfBob()).toContain('Canceled: Lunch together');
    expect(await read('Canceled: Lunch together')).toMatchObject({ 'Calendar:MeetingStatus': 7 });
  });
  it('MS-ASCAL_R313: says that it is called off', async () => {
    const device = new TestDevice(eas, 'alice', { id: 'OLD' });
    const collection = await device.collectionId('Calendar');
    const serverId = await addItem(device, collection, lunch);
    await changeItem(device, collection, serverId, { ...lunch, 'Calendar:MeetingStatus': 5 });
    expect((await dataOf(eas, 'Calendar', serverId))['Calendar:MeetingStatus']).toBe(5);
  });
  it('calls one occurrence off since 16.0', async () => {
    const serverId = await invite(daily);
    await alice.change(calendar, [['Delete', { ServerId: serverId, 'AirSyncBase:InstanceId': '20261203T110000Z' }]]);
    await eas.organization.settle();
    expect(await inboxOfBob()).toContain('Canceled: Lunch together');
  });
  it('moves one occurrence since 16.0', async () => {
    const serverId = await invite(daily);
    await changeItem(alice, calendar, serverId, { 'Calendar:StartTime': '20261203T150000Z' }, '20261203T110000Z');
    await eas.organization.settle();
    expect((await read())['Calendar:Exceptions']).toMatchObject([{ ExceptionStartTime: '20261203T110000Z', StartTime: '20261203T150000Z', EndTime: '20261203T160000Z' }]);
  });
  it('a change of a meeting is not told back to who made it', async () => {
    const serverId = await invite();
    await changeItem(alice, calendar, serverId, { 'Calendar:Subject': 'Lunch for two' });
    expect(await alice.sync(calendar)).toBeUndefined();
  });
});
