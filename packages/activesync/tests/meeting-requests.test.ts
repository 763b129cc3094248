import { decodeActiveSyncTimeZone, type Recurrence, type RecurrencePattern } from '@fauxchange/calendar';
import { sendUpdates, type Properties } from '@fauxchange/mailbox';
import type { ProtocolVersion } from '@fauxchange/wbxml';
import type { ActiveSyncEmulator } from '../src/index.ts';
import type { ApplicationData } from '../src/schema/application-data.ts';
import { eachTest, TestDevice } from './support/client.ts';
import { findBySubject, shownBySync } from './support/mail.ts';
import { sessionOf } from './support/items.ts';
import { invite, type TestMeeting } from './support/meetings.ts';

let eas: ActiveSyncEmulator;
let phone: TestDevice;
let inbox: string;
eachTest({ provisioning: 'none', seed: 'empty' }, async (emulator) => {
  eas = emulator;
  await open();
});

async function open(version: ProtocolVersion = '14.1'): Promise<void> {
  phone = new TestDevice(eas, 'alice', { version });
  inbox = await phone.collectionId('Inbox');
}

type Request = NonNullable<ApplicationData['Email:MeetingRequest']>;
const shown = async (): Promise<ApplicationData> => (await findBySubject(phone, inbox, 'council')).data;
async function request(meeting: TestMeeting = {}): Promise<Request> {
  await invite(eas, meeting);
  const found = (await shown())['Email:MeetingRequest'];
  if (!found) throw new Error('no meeting request');
  return found;
}
async function changeRequests(properties: Properties, itemClass?: string): Promise<void> {
  const session = sessionOf(eas);
  const folder = await session.distinguished('inbox');
  for (const { id } of (await session.query([folder.id], { limit: 9 })).items) await session.updateItem(id, { properties, itemClass });
}

it('MS-ASEMAIL_R16 MS-ASEMAIL_R17 MS-ASEMAIL_R236 MS-ASEMAIL_R936: a request in the inbox, the meeting in the calendar', async () => {
  const told = await request();
  expect(await shown()).toMatchObject({ 'Email:MessageClass': 'IPM.Schedule.Meeting.Request', 'Email:ContentClass': 'urn:content-classes:calendarmessage' });
  expect(told).toMatchObject({
    AllDayEvent: 0, StartTime: '2026-12-07T10:00:00.000Z', EndTime: '2026-12-07T11:00:00.000Z', DtStamp: expect.stringMatching(/Z$/) as string, InstanceType: 0, Location: 'Tower',
    Organizer: '"Carol Chaudhry" <carol@example.test>', ResponseRequested: 1, Sensitivity: 0, BusyStatus: 2, DisallowNewTimeProposal: 0, 'Email2:MeetingMessageType': 1,
  });
  expect(told).not.toHaveProperty('RecurrenceId');
  expect(decodeActiveSyncTimeZone(told.TimeZone)).toMatchObject({ bias: 0, standardName: 'UTC' });
  expect((await shownBySync(phone, await phone.collectionId('Calendar'))).map(({ data }) => data['Calendar:Subject'])).toEqual(['council']);
});

it.each<[what: string, properties: Properties, expected: object]>([
  ['MS-ASEMAIL_R235: all day', { PidLidAppointmentSubType: true }, { AllDayEvent: 1 }],
  ['MS-ASEMAIL_R390: no other time may be proposed', { PidLidAppointmentNotAllowPropose: true }, { DisallowNewTimeProposal: 1 }],
  ['MS-ASEMAIL_R389: another time may be proposed', {}, { DisallowNewTimeProposal: 0 }],
  ['MS-ASEMAIL_R715: a response is wanted', { PidTagResponseRequested: true }, { ResponseRequested: 1 }],
  ['MS-ASEMAIL_R716: no response is wanted', { PidTagResponseRequested: false }, { ResponseRequested: 0 }],
  ['MS-ASEMAIL_R687: a reminder, in seconds', { PidLidReminderSet: true, PidLidReminderDelta: 10 }, { Reminder: 600 }],
  ['MS-ASEMAIL_R727: confidential', { PidTagSensitivity: 3 }, { Sensitivity: 3 }],
])('%s', async (_what, properties, expected) => {
  expect(await request({ properties })).toMatchObject(expected);
});

describe('recurrences', () => {
  const of = (pattern: RecurrencePattern, range: Recurrence['range'] = { kind: 'noEnd' }): Recurrence => ({ pattern, start: { year: 2026, month: 12, day: 7 }, range });
  it.each<[what: string, recurrence: Recurrence, expected: object]>([
    ['MS-ASEMAIL_R650 MS-ASEMAIL_R1067 MS-ASEMAIL_R625: daily, so often', of({ kind: 'daily', interval: 2 }, { kind: 'numbered', count: 5 }), { Type: 0, Interval: 2, Occurrences: 5 }],
    ['MS-ASEMAIL_R417: weekly, and where weeks begin', of({ kind: 'weekly', interval: 1, days: ['Monday', 'Friday'], firstDayOfWeek: 'Monday' }), { Type: 1, Interval: 1, DayOfWeek: 34, 'Email2:FirstDayOfWeek': 1 }],
    ['MS-ASEMAIL_R365 MS-ASEMAIL_R291: monthly', of({ kind: 'absoluteMonthly', interval: 1, dayOfMonth: 7 }), { Type: 2, Interval: 1, DayOfMonth: 7, 'Email2:CalendarType': 0 }],
    ['MS-ASEMAIL_R870: monthly by the day of a week', of({ kind: 'relativeMonthly', interval: 1, index: 'First', day: 'Monday' }), { Type: 3, Interval: 1, WeekOfMonth: 1, DayOfWeek: 2, 'Email2:CalendarType': 0 }],
    ['MS-ASEMAIL_R505 MS-ASEMAIL_R509: yearly', of({ kind: 'absoluteYearly', interval: 1, month: 12, dayOfMonth: 7 }), { Type: 5, Interval: 1, DayOfMonth: 7, MonthOfYear: 12, 'Email2:CalendarType': 0, 'Email2:IsLeapMonth': 0 }],
    ['MS-ASEMAIL_R620 MS-ASEMAIL_R873: yearly by the day of a week', of({ kind: 'relativeYearly', interval: 1, month: 12, index: 'First', day: 'Monday' }), { Type: 6, Interval: 1, WeekOfMonth: 1, DayOfWeek: 2, MonthOfYear: 12, 'Email2:CalendarType': 0, 'Email2:IsLeapMonth': 0 }],
    ['until a day', of({ kind: 'daily', interval: 1 }, { kind: 'endDate', end: { year: 2026, month: 12, day: 9 } }), { Type: 0, Interval: 1, Until: '20261209T235959Z' }],
  ])('%s', async (_what, recurrence, expected) => {
    const told = await request({ recurrence });
    expect([told.InstanceType, told.Recurrences]).toEqual([1, [expected]]);
  });
});

describe('GlobalObjId', () => {
  const bytesOf = async (meeting: TestMeeting = {}): Promise<Buffer> => Buffer.from((await request(meeting)).GlobalObjId ?? '', 'base64');

  it('MS-ASEMAIL_R121 MS-ASEMAIL_R20000 MS-ASEMAIL_R20001 MS-ASEMAIL_R20011 MS-ASEMAIL_R1000 MS-ASEMAIL_R10000 MS-ASEMAIL_R1001 MS-ASEMAIL_R1002 MS-ASEMAIL_R20013 MS-ASEMAIL_R20015 MS-ASEMAIL_R20022: class, instance, time, zeros, count, bytes', async () => {
    const bytes = await bytesOf();
    expect(bytes.subarray(0, 16).toString('hex').toUpperCase()).toBe('040000008200E00074C5B7101A82E008');
    expect(bytes.subarray(16, 20).toString('hex')).toBe('00000000');
    expect(bytes.subarray(20, 28)).toHaveLength(8);
    expect(bytes.subarray(28, 36).every((byte) => byte === 0)).toBe(true);
    expect(bytes.readUInt32LE(36)).toBe(bytes.length - 40);
    expect(bytes.subarray(40, 48).toString('latin1')).not.toBe('vCal-Uid');
  });

  it('MS-ASEMAIL_R20016 MS-ASEMAIL_R20018 MS-ASEMAIL_R20019 MS-ASEMAIL_R20021: of a UID that another program gave', async () => {
    const bytes = await bytesOf({ uid: 'foreign-uid@elsewhere.test' });
    expect(bytes.subarray(40, 48).toString('latin1')).toBe('vCal-Uid');
    expect(bytes.subarray(48, 52).toString('hex')).toBe('01000000');
    expect(bytes.subarray(52).toString('latin1')).toBe('foreign-uid@elsewhere.test\0');
  });

  it('MS-ASEMAIL_R20003 MS-ASEMAIL_R20005 MS-ASEMAIL_R20007 MS-ASEMAIL_R20009: an occurrence has its day', async () => {
    const { cleanGlobalObjectId } = await import('@fauxchange/calendar');
    const { binary } = await import('@fauxchange/properties');
    await invite(eas);
    const bytes = Buffer.from(cleanGlobalObjectId(Buffer.from((await shown())['Email:MeetingRequest']?.GlobalObjId ?? '', 'base64')));
    bytes.set([2026 >> 8, 2026 & 0xff, 12, 14], 16);
    await changeRequests({ PidLidGlobalObjectId: binary.from(bytes), PidLidExceptionReplaceTime: Date.UTC(2026, 11, 14, 10) });
    const told = Buffer.from((await shown())['Email:MeetingRequest']?.GlobalObjId ?? '', 'base64');
    expect([told.readUInt16BE(16), told[18], told[19]]).toEqual([2026, 12, 14]);
  });

  it('gives way to UID in 16.0', async () => {
    await open('16.1');
    const told = await request({ uid: 'foreign-uid@elsewhere.test' });
    expect([told.GlobalObjId, told['Calendar:UID'], told.Location, told['AirSyncBase:Location']]).toEqual([undefined, 'foreign-uid@elsewhere.test', undefined, { DisplayName: 'Tower' }]);
  });
});

describe('MeetingMessageType', () => {
  const types = async (): Promise<readonly unknown[]> => (await shownBySync(phone, inbox)).map(({ data }) => data['Email:MeetingRequest']?.['Email2:MeetingMessageType']);

  it('MS-ASEMAIL_R535 MS-ASEMAIL_R1070: a full update, and what it made out of date', async () => {
    const meeting = await invite(eas);
    const carol = sessionOf(eas, 'carol');
    await eas.clock.advance(60_000);
    const moved = await carol.updateItem(meeting.id, { properties: { PidLidAppointmentStartWhole: Date.UTC(2026, 11, 8, 10), PidLidAppointmentEndWhole: Date.UTC(2026, 11, 8, 11), PidLidCommonStart: Date.UTC(2026, 11, 8, 10), PidLidCommonEnd: Date.UTC(2026, 11, 8, 11) } });
    await sendUpdates(carol, moved, { before: meeting, audience: 'all' });
    await eas.organization.settle();
    expect(await types()).toEqual([2, 4]);
  });

  it('MS-ASEMAIL_R531: a request that becomes out of date is not told again', async () => {
    const meeting = await invite(eas);
    await phone.syncAll(inbox);
    await eas.clock.advance(60_000);
    const carol = sessionOf(eas, 'carol');
    const moved = await carol.updateItem(meeting.id, { properties: { PidLidAppointmentStartWhole: Date.UTC(2026, 11, 8, 10), PidLidAppointmentEndWhole: Date.UTC(2026, 11, 8, 11) } });
    await sendUpdates(carol, moved, { before: meeting, audience: 'all' });
    await eas.organization.settle();
    expect((await phone.sync(inbox))?.Commands?.map(([kind]) => kind)).toEqual(['Add']);
  });

  it.each([['MS-ASEMAIL_R538: the delegator’s copy', 0x100000, 5], ['an informational update', 0x20000, 3], ['a silent update', 0, 0]])('%s', async (_what, PidLidMeetingType, expected) => {
    await invite(eas);
    await changeRequests({ PidLidMeetingType });
    expect(await types()).toEqual([expected]);
  });
});

it('16.1: an answer with another time tells it', async () => {
  await open('16.1');
  await invite(eas);
  await changeRequests({ PidLidAppointmentCounterProposal: true, PidLidAppointmentProposedStartWhole: Date.UTC(2026, 11, 9, 10), PidLidAppointmentProposedEndWhole: Date.UTC(2026, 11, 9, 11) }, 'IPM.Schedule.Meeting.Resp.Tent');
  expect((await shown())['Email:MeetingRequest']).toMatchObject({ 'MeetingResponse:ProposedStartTime': '20261209T100000Z', 'MeetingResponse:ProposedEndTime': '20261209T110000Z' });
  await changeRequests({ PidLidAppointmentCounterProposal: false });
  expect(await shown()).not.toHaveProperty('Email:MeetingRequest');
});
