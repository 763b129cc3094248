import { decode, emsmdbRequestTypes, encode, nspiRequestTypes, responseCode } from '@fauxchange/mapi-wire';
import { createMapiHttpEmulator, type MapiHttpEmulator } from '../src/index.ts';
import { MapiClient } from './support/client.ts';

let mapi: MapiHttpEmulator;
let outlook: MapiClient;
beforeAll(async () => {
  mapi = await createMapiHttpEmulator();
});
beforeEach(async () => {
  await mapi.reset();
  outlook = new MapiClient(mapi);
});
afterAll(() => mapi.close());

const AuxiliaryBuffer = new Uint8Array(0);
const dnOf = (name: string): string => mapi.organization.directory.byAddress(`${name}@example.test`)?.legacyExchangeDN ?? '';
const connectBody = (UserDn = dnOf('alice'), Flags = 0) => encode(emsmdbRequestTypes.Connect.request, { UserDn, Flags, DefaultCodePage: 1252, LcidSort: 1033, LcidString: 1033, AuxiliaryBuffer });
const connect = (client = outlook, body = connectBody()) => client.send('Connect', body);
const disconnectBody = encode(emsmdbRequestTypes.Disconnect.request, { AuxiliaryBuffer });
const wait = (client = outlook) => client.send('NotificationWait', encode(emsmdbRequestTypes.NotificationWait.request, { Flags: 0, AuxiliaryBuffer }));
const bindBody = (CodePage = 1252, Flags = 0) => encode(nspiRequestTypes.Bind.request, { Flags, State: { SortType: 0, ContainerID: 0, CurrentRec: 0, Delta: 0, NumPos: 0, TotalRecs: 0, CodePage, TemplateLocale: 1033, SortLocale: 1033 }, AuxiliaryBuffer });
const addressBook = () => new MapiClient(mapi, '/mapi/nspi/?MailboxId=x@example.test');

it('MS-OXCMAPIHTTP_R1219 MS-OXCMAPIHTTP_R2224 MS-OXCMAPIHTTP_R216 MS-OXCMAPIHTTP_R1230 MS-OXCMAPIHTTP_R181 MS-OXCMAPIHTTP_R1147 MS-OXCMAPIHTTP_R215: Connect begins a session', async () => {
  const answer = await connect();
  expect(answer).toMatchObject({ status: 200, code: 0, tags: ['PROCESSING', 'DONE'], headers: { 'transfer-encoding': 'chunked' } });
  expect([...outlook.cookies.keys()]).toEqual(['MapiContext', 'MapiSequence']);
  expect(decode(answer.body, emsmdbRequestTypes.Connect.response)).toEqual({ StatusCode: 0, ErrorCode: 0, PollsMax: 60_000, RetryCount: 6, RetryDelay: 10_000, DnPrefix: '', DisplayName: 'Alice Archer', AuxiliaryBuffer });
});

it.each<[string, () => Uint8Array, number]>([
  ['nobody of that name', () => connectBody('/o=First Organization/cn=nobody'), 0x3eb],
  ['no name', () => connectBody(''), 0x8007_0005],
  ['somebody else', () => connectBody(dnOf('bob')), 0x8007_0005],
  ['as an administrator', () => connectBody(dnOf('alice'), 1), 0x3f2],
])('Connect refuses: %s', async (_what, body, ErrorCode) => {
  const answer = await connect(outlook, body());
  expect(decode(answer.body, emsmdbRequestTypes.Connect.response)).toMatchObject({ StatusCode: 0, ErrorCode, DisplayName: '' });
  expect((await outlook.send('Disconnect', disconnectBody)).code).toBe(responseCode.ContextNotFound);
});

it('probes of zeros are answered', async () => {
  expect(decode((await connect(outlook, new Uint8Array(214))).body, emsmdbRequestTypes.Connect.response)).toMatchObject({ StatusCode: 0, ErrorCode: 0x8007_0005 });
  expect(decode((await addressBook().send('Bind', new Uint8Array(45))).body, nspiRequestTypes.Bind.response)).toMatchObject({ StatusCode: 0, ErrorCode: 0 });
});

it('MS-OXCMAPIHTTP_R47 MS-OXCMAPIHTTP_R49: a body that is none: X-ResponseCode 12', async () => {
  const { status, code } = await connect(outlook, new Uint8Array([1, 2, 3]));
  expect([status, code]).toEqual([200, responseCode.InvalidRequestBody]);
});

it('MS-OXCMAPIHTTP_R1250 MS-OXCMAPIHTTP_R2234 MS-OXCMAPIHTTP_R2236 MS-OXCMAPIHTTP_R1253 MS-OXCMAPIHTTP_R304: Disconnect ends it', async () => {
  await connect();
  const answer = await outlook.send('Disconnect', disconnectBody);
  expect(decode(answer.body, emsmdbRequestTypes.Disconnect.response)).toEqual({ StatusCode: 0, ErrorCode: 0, AuxiliaryBuffer });
  expect(answer.body.length).toBe(12);
  expect((await outlook.send('Disconnect', disconnectBody)).code).toBe(responseCode.ContextNotFound);
});

it.each<[string, (client: MapiClient) => void, number]>([
  ['no cookies', (client) => client.cookies.clear(), responseCode.MissingCookie],
  ['a cookie that is none', (client) => client.cookies.set('MapiContext', 'Invalid cookie'), responseCode.InvalidContextCookie],
  ['no sequence cookie', (client) => client.cookies.delete('MapiSequence'), responseCode.MissingCookie],
  ['a sequence cookie of before', (client) => client.cookies.set('MapiSequence', '1-AAAAAAAA'), responseCode.InvalidSequence],
])('%s', async (_what, spoil, code) => {
  await connect();
  spoil(outlook);
  expect((await outlook.send('Disconnect', disconnectBody)).code).toBe(code);
});

it("MS-OXCMAPIHTTP_R1225: nobody takes another one's session", async () => {
  await connect();
  const mallory = new MapiClient(mapi, outlook.path, 'bob');
  for (const [name, value] of outlook.cookies) mallory.cookies.set(name, value);
  expect((await mallory.send('Disconnect', disconnectBody)).code).toBe(responseCode.ContextNotFound);
  expect((await outlook.send('Disconnect', disconnectBody)).code).toBe(0);
});

it('MS-OXCMAPIHTTP_R1283: a session dies by the clock', async () => {
  await connect();
  await mapi.clock.advance(899_000);
  expect((await outlook.send('PING')).headers['x-expirationinfo']).toBe('900000');
  await mapi.clock.advance(2_000);
  expect((await outlook.send('Disconnect', disconnectBody)).code).toBe(responseCode.ContextNotFound);
});

it('MS-OXCMAPIHTTP_R1278 MS-OXCMAPIHTTP_R1329 MS-OXCMAPIHTTP_R1280: who connects again gets a new session, and the old one ends', async () => {
  await connect();
  const before = new Map(outlook.cookies);
  outlook.cookies.delete('MapiSequence');
  expect((await connect()).code).toBe(0);
  expect(outlook.cookies.get('MapiContext')).not.toBe(before.get('MapiContext'));
  const old = new MapiClient(mapi);
  for (const [name, value] of before) old.cookies.set(name, value);
  expect((await old.send('Disconnect', disconnectBody)).code).toBe(responseCode.ContextNotFound);
});

describe('NotificationWait', () => {
  it('MS-OXCMAPIHTTP_R1241 MS-OXCMAPIHTTP_R1256 MS-OXCMAPIHTTP_R1259 MS-OXCMAPIHTTP_R1372 MS-OXCMAPIHTTP_R1135 MS-OXCMAPIHTTP_R1178: waits for five minutes, and says that it does', async () => {
    await connect();
    mapi.clock.freeze();
    const answer = wait();
    await mapi.waitFor({ operation: 'Connect' });
    await new Promise((resolve) => setImmediate(resolve));
    let isAnswered = false;
    void answer.then(() => (isAnswered = true));
    // The request is there when the server has begun to answer: time moves until it ends.
    while (!isAnswered) {
      await mapi.clock.advance(30_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const { tags, body } = await answer;
    mapi.clock.resume();
    expect(tags[0]).toBe('PROCESSING');
    expect(tags.filter((tag) => tag === 'PENDING').length).toBeGreaterThanOrEqual(9);
    expect(decode(body, emsmdbRequestTypes.NotificationWait.response)).toEqual({ StatusCode: 0, ErrorCode: 0, EventPending: 0, AuxiliaryBuffer });
  });

  it('waits beside other requests, and ends with the session', async () => {
    await connect();
    const answer = wait();
    expect((await outlook.send('PING')).code).toBe(0);
    expect((await outlook.send('Disconnect', disconnectBody)).code).toBe(0);
    expect((await answer).code).toBeGreaterThanOrEqual(0);
  });
});

describe('the address book', () => {
  it('MS-OXCMAPIHTTP_R1441 MS-OXCMAPIHTTP_R1438 MS-OXCMAPIHTTP_R1320 MS-OXCMAPIHTTP_R324 MS-OXCMAPIHTTP_R353: Bind and Unbind', async () => {
    const book = addressBook();
    const bound = decode((await book.send('BIND', bindBody())).body, nspiRequestTypes.Bind.response);
    expect(bound).toEqual({ StatusCode: 0, ErrorCode: 0, ServerGuid: expect.stringMatching(/^[0-9a-f-]{36}$/) as string, AuxiliaryBuffer });
    expect(decode((await addressBook().send('Bind', bindBody(1252, 0x4))).body, nspiRequestTypes.Bind.response)).toEqual(bound);
    expect(decode((await book.send('Unbind', encode(nspiRequestTypes.Unbind.request, { Reserved: 0, AuxiliaryBuffer }))).body, nspiRequestTypes.Unbind.response)).toEqual({ StatusCode: 0, ErrorCode: 1, AuxiliaryBuffer });
    expect((await book.send('Unbind', encode(nspiRequestTypes.Unbind.request, { Reserved: 0, AuxiliaryBuffer }))).code).toBe(responseCode.ContextNotFound);
  });

  it('needs a code page', async () => {
    expect(decode((await addressBook().send('Bind', bindBody(0x4b0))).body, nspiRequestTypes.Bind.response)).toMatchObject({ ErrorCode: 0x8004_011e });
  });

  it('its types are not those of the mailbox, nor its sessions', async () => {
    const book = addressBook();
    expect((await book.send('Connect', connectBody())).code).toBe(responseCode.InvalidRequestType);
    await book.send('Bind', bindBody());
    for (const [name, value] of book.cookies) outlook.cookies.set(name, value);
    expect((await outlook.send('Disconnect', disconnectBody)).code).toBe(responseCode.ContextNotFound);
  });
});
