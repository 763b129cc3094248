import { responseCode } from '@fauxchange/mapi-wire';
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

it('lets in who has a mailbox, and nobody else', async () => {
  expect((await outlook.send('PING', undefined, { Authorization: undefined })).status).toBe(401);
  expect((await outlook.send('PING')).status).toBe(200);
  expect(mapi.journal.entries({ protocol: 'mapi' }).map(({ operation, status, user }) => [operation, status, user])).toEqual([[undefined, 401, undefined], ['PING', 200, 'alice@example.test']]);
});

it('MS-OXCMAPIHTTP_R1124 MS-OXCMAPIHTTP_R48 MS-OXCMAPIHTTP_R55 MS-OXCMAPIHTTP_R133 MS-OXCMAPIHTTP_R2040 MS-OXCMAPIHTTP_R156 MS-OXCMAPIHTTP_R1134 MS-OXCMAPIHTTP_R1173 MS-OXCMAPIHTTP_R1182 MS-OXCMAPIHTTP_R1244 MS-OXCMAPIHTTP_R2226: PING is answered in its parts, with what the request said', async () => {
  const answer = await outlook.send('PING');
  expect(answer).toMatchObject({
    code: 0, tags: ['PROCESSING', 'DONE'], body: Buffer.alloc(0), late: { 'X-ElapsedTime': expect.stringMatching(/^\d+$/) as string, 'X-StartTime': expect.stringMatching(/GMT$/) as string },
    headers: {
      'x-requesttype': 'PING', 'x-requestid': '{6fb0d8b1-47c3-4f5d-b1ab-6c1a6dbd0c11}:1', 'x-clientinfo': '{0f6ee5a4-3f46-4a37-9d1a-4e6b0d6f6a31}:7', 'content-type': 'application/mapi-http',
      'x-serverapplication': 'Exchange/15.02.2562.017', 'x-pendingperiod': '30000', 'x-expirationinfo': '900000', 'transfer-encoding': 'chunked',
    },
  });
});

it.each<[string, string, Readonly<Record<string, string | undefined>>, string, number]>([
  ['a verb that is not POST', 'PING', {}, 'GET', responseCode.InvalidVerb],
  ['no X-RequestId', 'PING', { 'X-RequestId': undefined }, 'POST', responseCode.MissingHeader],
  ['no X-RequestType', 'PING', { 'X-RequestType': undefined }, 'POST', responseCode.MissingHeader],
  ['a type that there is not', 'Nothing', {}, 'POST', responseCode.InvalidRequestType],
])('%s', async (_what, requestType, headers, method, code) => {
  const answer = await outlook.send(requestType, undefined, headers, method);
  expect([answer.status, answer.code, answer.headers['content-type'], answer.body.length > 0]).toEqual([200, code, 'text/html', true]);
});

it('types are compared without case, and bodies of zeros are taken', async () => {
  expect((await outlook.send('ping', Buffer.alloc(45), { 'Content-Type': 'application/octet-stream' })).code).toBe(0);
});

it('what is too large', async () => {
  expect((await outlook.send('PING', Buffer.alloc(1024 * 1024 + 1))).code).toBe(responseCode.TooLarge);
});

it('a server before 2013 has nothing there', async () => {
  await using old = await createMapiHttpEmulator({ profile: 'exchange2010' });
  expect((await new MapiClient(old).send('PING')).status).toBe(404);
});

it('fault rules answer with an X-ResponseCode', async () => {
  mapi.faults.add({ match: { protocol: 'mapi', operation: 'PING' }, effect: { kind: 'error', code: '16' }, times: 1 });
  expect([(await outlook.send('PING')).code, (await outlook.send('PING')).code]).toEqual([responseCode.EndpointDisabled, 0]);
});
