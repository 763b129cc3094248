import { valueOf } from '@fauxchange/mailbox';
import type { ActiveSyncEmulator } from '../src/index.ts';
import type { ApplicationData } from '../src/schema/application-data.ts';
import { GetItemEstimateRequest, GetItemEstimateResponse } from '../src/schema/get-item-estimate.ts';
import { MoveItemsRequest, MoveItemsResponse } from '../src/schema/move-items.ts';
import { SearchRequest, SearchResponse } from '../src/schema/search.ts';
import { eachTest, noOptions, TestDevice } from './support/client.ts';
import { itemsIn } from './support/items.ts';
import { deliver, optionsWith, shownBySync, type Shown } from './support/mail.ts';

let eas: ActiveSyncEmulator;
let phone: TestDevice;
let inbox: string;
eachTest({ provisioning: 'none', seed: 'empty' }, async (emulator) => {
  eas = emulator;
  phone = new TestDevice(eas);
  inbox = await phone.collectionId('Inbox');
  for (const [subject, headers] of Object.entries(thread)) {
    await deliver(eas, { subject, headers });
    await eas.clock.advance(1000);
  }
});

const thread: Readonly<Record<string, readonly string[]>> = {
  first: ['Message-ID: <a@elsewhere.test>'],
  second: ['Message-ID: <b@elsewhere.test>', 'References: <a@elsewhere.test>'],
  other: ['Message-ID: <o@elsewhere.test>'],
};

const subjects = async (folder: 'inbox' | 'deleteditems'): Promise<readonly unknown[]> => (await itemsIn(eas, folder)).map((item) => valueOf(item, 'PidTagSubject')).sort();

/** The messages of the conversation in the inbox, as a client groups them. */
async function conversation(): Promise<readonly Shown[]> {
  const all = await shownBySync(phone, inbox);
  const id = (data: ApplicationData): string => Buffer.from(data['Email2:ConversationId'] ?? []).toString('hex');
  const first = all.find(({ data }) => data['Email:Subject'] === 'first');
  return all.filter(({ data }) => id(data) === id(first?.data ?? {}));
}
const changeAll = async (messages: readonly Shown[], data: ApplicationData) => phone.change(inbox, messages.map(({ serverId }) => ['Change', { ServerId: serverId, ApplicationData: data }]));
const read = async (): Promise<object> => Object.fromEntries((await itemsIn(eas, 'inbox')).map((item) => [valueOf(item, 'PidTagSubject'), item.isRead]));
const flags = async (): Promise<object> => Object.fromEntries((await itemsIn(eas, 'inbox')).map((item) => [valueOf(item, 'PidTagSubject'), valueOf(item, 'PidTagFlagStatus') ?? 0]));
const none = { Status: [], 'Tasks:StartDate': [], 'Tasks:DueDate': [], 'Tasks:UtcStartDate': [], 'Tasks:UtcDueDate': [], 'Tasks:ReminderSet': [], 'Tasks:ReminderTime': [], 'Tasks:OrdinalDate': [], 'Tasks:SubOrdinalDate': [] };

it('MS-ASCON_R180: is synchronized message by message', async () => {
  expect((await conversation()).map(({ data }) => data['Email:Subject'])).toEqual(['second', 'first']);
});

it('MS-ASCON_R157 MS-ASCON_R158 MS-ASCON_R199 MS-ASCON_R200 MS-ASCON_R201: is deleted into Deleted Items, what comes later is not', async () => {
  const answer = await phone.change(inbox, (await conversation()).map(({ serverId }) => ['Delete', { ServerId: serverId }]));
  expect(answer.Status).toBe(1);
  expect([await subjects('inbox'), await subjects('deleteditems')]).toEqual([['other'], ['first', 'second']]);
  await deliver(eas, { subject: 'third', headers: ['References: <a@elsewhere.test> <b@elsewhere.test>'] });
  expect(await subjects('inbox')).toEqual(['other', 'third']);
});

it('MS-ASCON_R326 MS-ASCON_R337 MS-ASCON_R203 MS-ASCON_R284 MS-ASCON_R204: is marked as read and as unread', async () => {
  const messages = await conversation();
  expect((await changeAll(messages, { 'Email:Read': true })).Status).toBe(1);
  expect(await read()).toEqual({ first: true, second: true, other: false });
  await changeAll(messages, { 'Email:Read': false });
  expect(await read()).toEqual({ first: false, second: false, other: false });
});

it('MS-ASCON_R324 MS-ASCON_R325 MS-ASCON_R162 MS-ASCON_R206 MS-ASCON_R207 MS-ASCON_R208 MS-ASCON_R209: is flagged in its newest message, completed and cleared in all', async () => {
  const messages = await conversation();
  expect((await changeAll(messages.slice(0, 1), { 'Email:Flag': { ...none, Status: [2], FlagType: 'for Follow Up' } })).Status).toBe(1);
  expect(await flags()).toEqual({ first: 0, second: 2, other: 0 });
  await changeAll(messages.slice(0, 1), { 'Email:Flag': { ...none, Status: [1], CompleteTime: '2026-12-01T09:00:00.000Z', 'Tasks:DateCompleted': '2026-12-01T09:00:00.000Z' } });
  expect(await flags()).toEqual({ first: 0, second: 1, other: 0 });
  await changeAll(messages, { 'Email:Flag': none });
  expect(await flags()).toEqual({ first: 0, second: 0, other: 0 });
});

it('MS-ASCON_R170 MS-ASCON_R217 MS-ASCON_R218: is moved out of a folder', async () => {
  const destination = await phone.collectionId('Deleted Items');
  const { value } = await phone.command(MoveItemsRequest, MoveItemsResponse, { Move: (await conversation()).map(({ serverId }) => ({ SrcMsgId: serverId, SrcFldId: inbox, DstFldId: destination })) });
  expect(value?.Response.map(({ Status }) => Status)).toEqual([3, 3]);
  expect([await subjects('inbox'), await subjects('deleteditems')]).toEqual([['other'], ['first', 'second']]);
});

it('MS-ASCON_R176 MS-ASCON_R220 MS-ASCON_R221: is found in all folders', async () => {
  const messages = await conversation();
  const destination = await phone.collectionId('Drafts');
  await phone.command(MoveItemsRequest, MoveItemsResponse, { Move: messages.slice(0, 1).map(({ serverId }) => ({ SrcMsgId: serverId, SrcFldId: inbox, DstFldId: destination })) });
  const Query = { And: [[['AirSync:Class', 'Email'], ['ConversationId', messages[0]?.data['Email2:ConversationId'] ?? new Uint8Array()]]] };
  const { value } = await phone.command(SearchRequest, SearchResponse, { Store: [{ Name: 'Mailbox', Query: Query as never, Options: { 'AirSync:MIMESupport': [], 'AirSyncBase:BodyPreference': [], 'AirSyncBase:BodyPartPreference': [], Range: ['0-9'], DeepTraversal: [true], RebuildResults: [] } }] });
  expect(value?.Response?.Store.Status).toBe(1);
  expect(value?.Response?.Store.Result.map(({ 'AirSync:CollectionId': place, Properties }) => [place, Properties?.['Email:Subject']]).sort()).toEqual([[inbox, 'first'], [destination, 'second']].sort());
});

describe('a filter', () => {
  const day = 86_400_000;
  const filtered = (ConversationMode?: '' | '0' | '1') => ({ ...optionsWith({ FilterType: [3] }), ...(ConversationMode !== undefined && { ConversationMode }) });
  const shown = async (mode?: '' | '0' | '1'): Promise<readonly unknown[]> => (await shownBySync(phone, inbox, filtered(mode))).map(({ data }) => data['Email:Subject']);

  beforeEach(async () => {
    await eas.clock.advance(10 * day);
    await deliver(eas, { subject: 'third', headers: ['References: <a@elsewhere.test> <b@elsewhere.test>'] });
  });

  it('of a week leaves out what is older', async () => {
    expect([await shown(), await shown('0')]).toEqual([['third'], ['third']]);
  });

  it('takes in whole conversations, when that is asked for', async () => {
    expect(await shown('1')).toEqual(['third', 'second', 'first']);
    expect(await shown('')).toEqual(['third', 'second', 'first']);
  });

  it('takes in an old conversation that goes on, and lets it go when it is over', async () => {
    await shown('1');
    await deliver(eas, { subject: 'late', headers: ['References: <o@elsewhere.test>'] });
    expect((await phone.sync(inbox, filtered('1')))?.Commands?.map(([kind, command]) => [kind, 'ApplicationData' in command && command.ApplicationData['Email:Subject']])).toEqual([['Add', 'other'], ['Add', 'late']]);
    await eas.clock.advance(9 * day);
    expect((await phone.sync(inbox, filtered('1')))?.Commands?.map(([kind]) => kind)).toEqual(Array.from({ length: 5 }, () => 'SoftDelete'));
  });

  it('MS-ASCON_R332 MS-ASCON_R211: is estimated as well', async () => {
    await phone.sync(inbox, filtered('1'), '0');
    const estimate = async (mode: '0' | '1') => (await phone.command(GetItemEstimateRequest, GetItemEstimateResponse, { Collections: [{ CollectionId: inbox, 'AirSync:SyncKey': phone.keys.get(inbox) ?? '', 'AirSync:ConversationMode': mode, 'AirSync:Options': [{ ...noOptions, FilterType: [3] }] }] })).value?.Response[0]?.Collection?.Estimate;
    expect([await estimate('0'), await estimate('1')]).toEqual([1, 3]);
  });
});
