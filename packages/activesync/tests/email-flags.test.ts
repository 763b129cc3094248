import type { ProtocolVersion } from '@fauxchange/wbxml';
import type { ActiveSyncEmulator } from '../src/index.ts';
import type { ApplicationData } from '../src/schema/application-data.ts';
import { eachTest, TestDevice } from './support/client.ts';
import { sessionOf } from './support/items.ts';
import { deliver, findBySubject } from './support/mail.ts';

let eas: ActiveSyncEmulator;
let phone: TestDevice;
let tablet: TestDevice;
let inbox: string;
let serverId: string;
eachTest({ provisioning: 'none', seed: 'empty' }, async (emulator) => {
  eas = emulator;
  await deliver(eas, { subject: 'flagged' });
  await open();
});

async function open(version: ProtocolVersion = '14.1'): Promise<void> {
  phone = new TestDevice(eas, 'alice', { version });
  tablet = new TestDevice(eas, 'alice', { version, id: 'DEVICE2' });
  inbox = await phone.collectionId('Inbox');
  await tablet.collectionId('Inbox');
  serverId = (await findBySubject(phone, inbox, 'flagged')).serverId;
}

type Flag = NonNullable<ApplicationData['Email:Flag']>;
interface Sent {
  readonly status?: number;
  readonly type?: string | undefined;
  readonly start?: string;
  readonly due?: string;
  readonly utcStart?: string;
  readonly utcDue?: string;
  readonly more?: Partial<Flag>;
}
const only = <T>(value: T | undefined): readonly T[] => (value === undefined ? [] : [value]);
const flagOf = ({ status, type, start, due, utcStart, utcDue, more }: Sent): Flag => ({
  Status: only(status), FlagType: type, 'Tasks:StartDate': only(start), 'Tasks:DueDate': only(due), 'Tasks:UtcStartDate': only(utcStart), 'Tasks:UtcDueDate': only(utcDue),
  'Tasks:ReminderSet': [], 'Tasks:ReminderTime': [], 'Tasks:OrdinalDate': [], 'Tasks:SubOrdinalDate': [], ...more,
});

const [FIRST, SECOND, THIRD] = ['2026-12-01T09:00:00.000Z', '2026-12-10T09:00:00.000Z', '2026-12-20T09:00:00.000Z'] as const;
const dates = { start: FIRST, utcStart: FIRST, due: SECOND, utcDue: SECOND };
const followUp = { status: 2, type: 'Flag for follow up', ...dates };
const done = { CompleteTime: THIRD, 'Tasks:DateCompleted': THIRD };

/** What the change answers; undefined is success, which is not told. */
async function change(flag: Flag): Promise<number | undefined> {
  const answer = await phone.change(inbox, [['Change', { ServerId: serverId, ApplicationData: { 'Email:Flag': flag } }]]);
  const [response] = answer.Responses ?? [];
  return response?.[1].Status;
}
const flag = (sent: Sent): Promise<number | undefined> => change(flagOf(sent));
/** The flag as another device sees it. */
const shown = async (): Promise<Flag | undefined> => (await findBySubject(tablet, inbox, 'flagged')).data['Email:Flag'];
const empty = flagOf({});

it('MS-ASEMAIL_R439: a message without a flag has an empty one', async () => {
  expect(await shown()).toEqual(empty);
});

it('MS-ASEMAIL_R940 MS-ASEMAIL_R406 MS-ASEMAIL_R738 MS-ASEMAIL_R850 MS-ASEMAIL_R861 MS-ASEMAIL_R693 MS-ASEMAIL_R1072: a message is flagged, without a reminder', async () => {
  expect(await flag(followUp)).toBeUndefined();
  expect(await shown()).toEqual({ ...flagOf(followUp), 'Tasks:ReminderSet': [false] });
});

it('MS-ASEMAIL_R942 MS-ASEMAIL_R692 MS-ASEMAIL_R1007: with everything that a flag has', async () => {
  const more = { 'Tasks:Subject': 'Call back', 'Tasks:ReminderSet': [true], 'Tasks:ReminderTime': [FIRST], 'Tasks:OrdinalDate': [SECOND], 'Tasks:SubOrdinalDate': ['any string'] };
  expect(await flag({ ...followUp, more })).toBeUndefined();
  expect(await shown()).toEqual(flagOf({ ...followUp, more }));
});

it('MS-ASEMAIL_R941: flagged with times of completion, which do not complete it', async () => {
  expect(await flag({ status: 2, type: 'Flag for follow up', more: done })).toBeUndefined();
  expect((await shown())?.Status).toEqual([2]);
});

it('MS-ASEMAIL_R86 MS-ASEMAIL_R87 MS-ASEMAIL_R334 MS-ASEMAIL_R336: completed, when both times are told', async () => {
  await flag(followUp);
  expect(await flag({ status: 1, more: done })).toBeUndefined();
  expect(await shown()).toMatchObject({ Status: [1], ...done });
  expect(await flag({ status: 1, more: { 'Tasks:DateCompleted': THIRD } })).toBe(6);
  expect(await flag({ status: 1, more: { CompleteTime: THIRD } })).toBe(6);
});

it.each([
  ['MS-ASEMAIL_R88 MS-ASEMAIL_R89: by status 0', flagOf({ status: 0 })],
  ['MS-ASEMAIL_R8800 MS-ASEMAIL_R8900: by an empty flag', empty],
])('cleared, %s', async (_what, cleared) => {
  await flag({ ...followUp, more: { 'Tasks:Subject': 'Call back', 'Tasks:ReminderSet': [true], 'Tasks:ReminderTime': [FIRST] } });
  expect(await change(cleared)).toBeUndefined();
  expect(await shown()).toEqual(empty);
});

it('MS-ASEMAIL_R90 MS-ASEMAIL_R91 MS-ASEMAIL_R1021: what is updated is updated, the rest stays', async () => {
  await flag(followUp);
  expect(await flag({ status: 2, type: 'for Follow Up' })).toBeUndefined();
  expect(await shown()).toMatchObject({ FlagType: 'for Follow Up', 'Tasks:DueDate': [SECOND] });
});

it.each<[what: string, sent: Sent]>([
  ['MS-ASEMAIL_R757: a status that there is not', { status: 3, type: 'for Follow Up', more: done }],
  ['MS-ASEMAIL_R702: a reminder without its time', { status: 2, type: 'for Follow Up', more: { 'Tasks:ReminderSet': [true] } }],
  ['MS-ASEMAIL_R407 MS-ASEMAIL_R739 MS-ASEMAIL_R741: due before its start', { ...followUp, due: FIRST, start: SECOND }],
  ['MS-ASEMAIL_R851 MS-ASEMAIL_R862: due before its start in UTC', { ...followUp, utcDue: FIRST, utcStart: SECOND }],
  ['MS-ASEMAIL_R409 MS-ASEMAIL_R864 MS-ASEMAIL_R853: some of the dates', { status: 2, type: 'for Follow Up', start: FIRST, due: SECOND }],
  ['MS-ASEMAIL_R92: no type', { status: 2 }],
  ['no status', { type: 'for Follow Up' }],
  ['a date that does not exist', { ...followUp, due: '2026-13-45T00:00:00.000Z' }],
])('refused with 6: %s', async (_what, sent) => {
  expect(await flag(sent)).toBe(6);
  expect(await shown()).toEqual(empty);
});

it.each<[what: string, more: Partial<Flag>]>([
  ['MS-ASEMAIL_R581', { 'Tasks:DueDate': [THIRD, SECOND] }],
  ['MS-ASEMAIL_R634', { 'Tasks:OrdinalDate': [FIRST, SECOND] }],
  ['MS-ASEMAIL_R697', { 'Tasks:ReminderSet': [false, false] }],
  ['MS-ASEMAIL_R706', { 'Tasks:ReminderTime': [FIRST, SECOND] }],
  ['MS-ASEMAIL_R746', { 'Tasks:StartDate': [SECOND, FIRST] }],
  ['MS-ASEMAIL_R761', { Status: [1, 2] }],
  ['MS-ASEMAIL_R777', { 'Tasks:SubOrdinalDate': ['a', 'b'] }],
  ['MS-ASEMAIL_R858', { 'Tasks:UtcDueDate': [THIRD, SECOND] }],
  ['MS-ASEMAIL_R869', { 'Tasks:UtcStartDate': [SECOND, FIRST] }],
])('%s: an element twice is no error', async (_what, more) => {
  expect(await flag({ ...followUp, more })).toBeUndefined();
  expect(await shown()).toMatchObject({ Status: [2] });
});

it.each([['MS-ASEMAIL_R470', 'IPM.Schedule.Meeting.Request'], ['MS-ASEMAIL_R1058', 'IPM.Schedule.Meeting.Resp.Pos']])('%s: a flag of %s needs no type', async (_id, itemClass) => {
  const session = sessionOf(eas);
  const folder = await session.distinguished('inbox');
  for (const { id } of (await session.query([folder.id], { limit: 9 })).items) await session.updateItem(id, { itemClass });
  expect(await flag({ status: 2, ...dates })).toBeUndefined();
});

it('what EWS flags has dates for ActiveSync, too', async () => {
  const session = sessionOf(eas);
  const folder = await session.distinguished('inbox');
  for (const { id } of (await session.query([folder.id], { limit: 9 })).items) await session.updateItem(id, { properties: { PidTagFlagStatus: 2, PidLidFlagRequest: 'Follow up', PidLidTaskStartDate: Date.parse(FIRST), PidLidTaskDueDate: Date.parse(SECOND) } });
  expect(await shown()).toEqual({ ...flagOf({ ...followUp, type: 'Follow up' }), 'Tasks:ReminderSet': [false] });
});

// pyactivesync saves its drafts so, and finds the flag on Exchange.
it.each<[what: string, data: ApplicationData]>([
  ['MIME', { 'AirSyncBase:Body': { Type: 4, Data: 'Subject: draft\r\n\r\nHi\r\n' } }],
  ['elements', { 'Email:Subject': 'draft', 'AirSyncBase:Body': { Type: 1, Data: 'Hi' } }],
])('a new draft of %s has the flag and the read state that came with it', async (_what, data) => {
  await open('16.1');
  const drafts = await phone.collectionId('Drafts');
  await phone.sync(drafts, {}, '0');
  await phone.change(drafts, [['Add', { ClientId: '1', ApplicationData: { ...data, 'Email:Read': false, 'Email:Flag': flagOf(followUp) } }]]);
  await tablet.collectionId('Drafts');
  expect((await findBySubject(tablet, drafts, 'draft')).data).toMatchObject({ 'Email:Read': false, 'Email:Flag': { Status: [2], FlagType: 'Flag for follow up', 'Tasks:DueDate': [SECOND] } });
});
