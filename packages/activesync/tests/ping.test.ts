import type { ValueOf } from '@fauxchange/wbxml';
import { createClock } from '@fauxchange/kernel';
import { createActiveSyncEmulator, type ActiveSyncEmulator } from '../src/index.ts';
import { PingRequest, PingResponse } from '../src/schema/ping.ts';
import { SyncRequest, SyncResponse } from '../src/schema/sync.ts';
import { eachTest, TestDevice } from './support/client.ts';

const clock = createClock({ at: Date.UTC(2026, 1, 2, 9), frozen: true });
let eas: ActiveSyncEmulator;
let phone: TestDevice;
let inbox: string;
let contacts: string;
eachTest({ provisioning: 'none', clock }, async (emulator) => {
  eas = emulator;
  phone = new TestDevice(eas);
  inbox = await phone.collectionId('Inbox');
  contacts = await phone.collectionId('Contacts');
  await phone.syncAll(inbox);
  await phone.syncAll(contacts);
});

type Ping = ValueOf<typeof PingRequest>;
const ping = async (request: Ping | undefined, device = phone) => (await device.command(PingRequest, PingResponse, request)).value;
const both = (): NonNullable<Ping['Folders']> => [{ Id: inbox, Class: 'Email' }, { Id: contacts, Class: 'Contacts' }];
const deliver = (subject = 'new'): Promise<void> => eas.organization.deliver(`From: zoe@elsewhere.test\r\nSubject: ${subject}\r\n\r\nHi\r\n`, { to: ['alice@example.test'] });
/** The request has come and hangs: nothing else moves. */
const hanging = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
};
/** Lets it hang, then something happens. */
async function whileHanging<T>(request: Promise<T>, act: () => Promise<unknown>): Promise<T> {
  await hanging();
  await act();
  return request;
}

describe('Ping', () => {
  it('MS-ASCMD_R306 MS-ASCMD_R4235 MS-ASCMD_R4236 MS-ASHTTP_R504: is answered when something arrives, with the folder', async () => {
    expect(await whileHanging(ping({ HeartbeatInterval: 600, Folders: both() }), deliver)).toEqual({ Status: 2, Folders: [inbox] });
  });

  it('MS-ASCMD_R5636: at once when something has arrived since the last Sync, and no more after the next', async () => {
    await deliver();
    expect((await ping({ HeartbeatInterval: 600, Folders: both() }))?.Status).toBe(2);
    await phone.sync(inbox);
    expect((await whileHanging(ping({ HeartbeatInterval: 60, Folders: both() }), () => clock.advance(61_000)))?.Status).toBe(1);
  });

  it('MS-ASCMD_R5714: when its time is over', async () => {
    const answer = ping({ HeartbeatInterval: 60, Folders: both() });
    await hanging();
    await clock.advance(59_000);
    await hanging();
    expect(eas.journal.entries({ operation: 'Ping' })).toEqual([]);
    await clock.advance(2_000);
    expect(await answer).toEqual({ Status: 1 });
  });

  it('hears nothing of what the device did itself', async () => {
    const [, first] = (await phone.syncAll(inbox))[0] ?? [];
    await phone.change(inbox, [['Change', { ServerId: first?.ServerId ?? '', ApplicationData: { 'Email:Read': true } }]], { GetChanges: '0' });
    expect((await whileHanging(ping({ HeartbeatInterval: 60, Folders: both() }), () => clock.advance(61_000)))?.Status).toBe(1);
  });

  it('MS-ASCMD_R335 MS-ASCMD_R5836: what is left out is what was sent before', async () => {
    expect((await whileHanging(ping({ HeartbeatInterval: 60, Folders: both() }), () => clock.advance(61_000)))?.Status).toBe(1);
    expect((await whileHanging(ping(undefined), () => clock.advance(61_000)))?.Status).toBe(1);
    expect((await whileHanging(ping({ Folders: [{ Id: inbox, Class: 'Email' }] }), deliver))?.Folders).toEqual([inbox]);
    await deliver('again');
    expect((await ping(undefined))?.Status).toBe(2);
  });

  it.each<[string, Ping | undefined, ValueOf<typeof PingResponse>]>([
    ['MS-ASCMD_R4240 MS-ASCMD_R4241: nothing at all, with nothing sent before', undefined, { Status: 3 }],
    ['MS-ASCMD_R4228: no folders', { HeartbeatInterval: 60 }, { Status: 3 }],
    ['MS-ASCMD_R5837 MS-ASCMD_R5690: too short a time', { HeartbeatInterval: 59, Folders: [{ Id: '1', Class: 'Email' }] }, { Status: 5, HeartbeatInterval: 60 }],
    ['MS-ASCMD_R4249 MS-ASCMD_R5691: too long a time', { HeartbeatInterval: 3541, Folders: [{ Id: '1', Class: 'Email' }] }, { Status: 5, HeartbeatInterval: 3540 }],
    ['too many folders', { HeartbeatInterval: 60, Folders: Array.from({ length: 1001 }, (_, n) => ({ Id: String(n), Class: 'Email' })) }, { Status: 6, MaxFolders: 1000 }],
    ['MS-ASCMD_R4257 MS-ASCMD_R4258: a folder that the device was not told of', { HeartbeatInterval: 60, Folders: [{ Id: '999', Class: 'Email' }] }, { Status: 7 }],
  ])('%s', async (_what, request, answer) => {
    const other = new TestDevice(eas, 'alice', { id: 'OTHER' });
    await other.folderSync('0');
    expect(await ping(request, other)).toEqual(answer);
  });

  it('MS-ASCMD_R4244: a request that is none', async () => {
    // <Ping><Status/></Ping>
    const answer = await phone.post('Ping', Buffer.from('03016a00000d450701', 'hex'));
    expect(Buffer.from(await answer.arrayBuffer()).toString('hex')).toBe('03016a00000d4547033400' + '0101');
  });

  it('several devices hear of the same', async () => {
    const tablet = new TestDevice(eas, 'alice', { id: 'TABLET' });
    await tablet.collectionId('Inbox');
    await tablet.syncAll(inbox);
    const request = { HeartbeatInterval: 600, Folders: [{ Id: inbox, Class: 'Email' }] };
    const answers = await whileHanging(Promise.all([ping(request), ping(request, tablet)]), deliver);
    expect(answers.map((one) => one?.Status)).toEqual([2, 2]);
  });

  it('that is cut leaves nothing behind, and closing ends those that hang', async () => {
    const gone = new AbortController();
    const { encodeDocument } = await import('@fauxchange/wbxml');
    const cut = phone.post('Ping', encodeDocument(PingRequest, { HeartbeatInterval: 3540, Folders: both() }), {}, {}, gone.signal).catch((error: unknown) => (error as Error).name);
    await hanging();
    gone.abort();
    expect(await cut).toBe('AbortError');
    const other = await createActiveSyncEmulator({ provisioning: 'none', clock });
    const device = new TestDevice(other);
    const id = await device.collectionId('Inbox');
    await device.syncAll(id);
    const hung = device.command(PingRequest, PingResponse, { HeartbeatInterval: 3540, Folders: [{ Id: id, Class: 'Email' }] }).catch(() => 'ended');
    await hanging();
    await other.close();
    expect(await hung).toBeDefined();
  });
});

describe('a Sync that waits', () => {
  const send = async (request: Partial<ValueOf<typeof SyncRequest>> | undefined) => (await phone.command(SyncRequest, SyncResponse, request)).value;
  const waiting = (more: Partial<ValueOf<typeof SyncRequest>>) => send({ Collections: [{ Options: [], CollectionId: inbox, SyncKey: phone.keys.get(inbox) }], ...more });

  it('is answered when something arrives', async () => {
    const answer = await whileHanging(waiting({ Wait: 5 }), deliver);
    expect(answer?.Collections?.[0]?.Commands?.map(([kind]) => kind)).toEqual(['Add']);
  });

  it('MS-ASCMD_R667 MS-ASCMD_R679 MS-ASHTTP_R230 MS-ASHTTP_R482: with nothing at all when its time is over', async () => {
    expect(await whileHanging(waiting({ HeartbeatInterval: 60 }), () => clock.advance(61_000))).toBeUndefined();
  });

  it('an empty one is the one before again', async () => {
    expect(await whileHanging(waiting({ Wait: 5 }), () => clock.advance(301_000))).toBeUndefined();
    expect((await whileHanging(send(undefined), deliver))?.Collections?.[0]?.Commands?.length).toBe(1);
  });

  it('a partial one names what is different', async () => {
    expect(await whileHanging(send({ Collections: [inbox, contacts].map((CollectionId) => ({ Options: [], CollectionId, SyncKey: phone.keys.get(CollectionId) })), Wait: 1 }), () => clock.advance(61_000))).toBeUndefined();
    expect((await whileHanging(send({ Partial: true, Wait: 2 }), deliver))?.Collections?.map(({ CollectionId }) => CollectionId)).toEqual([inbox]);
  });

  it.each<[string, Partial<ValueOf<typeof SyncRequest>>, object]>([
    ['MS-ASCMD_R3162 MS-ASCMD_R4748: both kinds of time', { Wait: 5, HeartbeatInterval: 300 }, { Status: 4 }],
    ['MS-ASCMD_R3225 MS-ASCMD_R3227 MS-ASCMD_R4746: less than a minute', { Wait: 0 }, { Status: 14, Limit: 1 }],
    ['MS-ASCMD_R3228: more than 59 minutes', { Wait: 60 }, { Status: 14, Limit: 59 }],
    ['MS-ASCMD_R3160 MS-ASCMD_R3229: less than 60 seconds', { HeartbeatInterval: 59 }, { Status: 14, Limit: 60 }],
    ['MS-ASCMD_R3230: more than 3540 seconds', { HeartbeatInterval: 3541 }, { Status: 14, Limit: 3540 }],
  ])('%s', async (_what, more, answer) => {
    expect(await waiting(more)).toEqual(answer);
  });

  it.each([['an empty one', undefined], ['a partial one', { Partial: true as const }]])('%s without one before is status 13', async (_what, request) => {
    const other = new TestDevice(eas, 'alice', { id: 'OTHER' });
    await other.folderSync('0');
    expect((await other.command(SyncRequest, SyncResponse, request)).value).toEqual({ Status: 13 });
  });
});
