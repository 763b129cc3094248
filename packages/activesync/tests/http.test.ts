import { request as httpRequest } from 'node:http';
import { decodeDocument } from '@fauxchange/wbxml';
import { commands } from '../src/commands.ts';
import { commonStatus } from '../src/errors.ts';
import { createActiveSyncEmulator, type ActiveSyncEmulator } from '../src/index.ts';
import { FolderSyncRequest, FolderSyncResponse } from '../src/schema/folder-hierarchy.ts';
import { eachTest, TestDevice } from './support/client.ts';
import { expectValid } from './support/xsd.ts';

let eas: ActiveSyncEmulator;
let phone: TestDevice;
eachTest({ provisioning: 'none' }, (emulator) => {
  eas = emulator;
  phone = new TestDevice(eas);
});

const folderSync0 = Buffer.from('03016a00000756520330000101', 'hex');
const raw = (query: string, { method = 'POST', headers = {}, body = folderSync0 }: { method?: string; headers?: Readonly<Record<string, string>>; body?: Uint8Array } = {}) =>
  fetch(`${eas.endpoint}${query}`, { method, body: method === 'POST' ? Buffer.from(body) : null, headers: { Authorization: phone.authorization, 'Content-Type': 'application/vnd.ms-sync.wbxml', 'MS-ASProtocolVersion': '14.1', ...headers } });
const statusOf = async (response: Response): Promise<number> => {
  const { Status } = await decode(response);
  return Status;
};
const decode = async (response: Response) => decodeDocument(new Uint8Array(await response.arrayBuffer()), FolderSyncResponse);
const plain = '?Cmd=FolderSync&User=alice&DeviceId=D1&DeviceType=T';

describe('OPTIONS', () => {
  it('says versions, ascending, and commands', async () => {
    const response = await raw('', { method: 'OPTIONS' });
    expect([response.status, response.headers.get('MS-ASProtocolVersions'), response.headers.get('MS-Server-ActiveSync')]).toEqual([200, '2.0,2.1,2.5,12.0,12.1,14.0,14.1,16.0,16.1', '15.2']);
    expect(response.headers.get('MS-ASProtocolCommands')?.split(',')).toEqual(expect.arrayContaining(['Sync', 'Settings', 'Search', 'ItemOperations', 'GetItemEstimate', 'Provision', 'Find']));
  });

  it.each([
    ['exchange2007', '8.3', '1.0,2.0,2.1,2.5,12.0,12.1'],
    ['exchange2010', '14.3', '2.0,2.1,2.5,12.0,12.1,14.0,14.1'],
    ['exchangeOnline', '15.20', '16.1'],
  ] as const)('as %s', async (profile, server, versions) => {
    await using other = await createActiveSyncEmulator({ profile });
    const response = await fetch(other.endpoint, { method: 'OPTIONS', headers: { Authorization: phone.authorization } });
    expect([response.headers.get('MS-Server-ActiveSync'), response.headers.get('MS-ASProtocolVersions')]).toEqual([server, versions]);
  });
});

describe('who comes in', () => {
  it('MS-ASHTTP_R178 MS-ASHTTP_R523: nobody without a password, or with a wrong one', async () => {
    for (const authorization of ['', `Basic ${btoa('alice@example.test:wrong')}`]) {
      const response = await raw(plain, { headers: { Authorization: authorization } });
      expect([response.status, response.headers.get('WWW-Authenticate')]).toEqual([401, expect.stringContaining('Basic')]);
    }
  });
});

describe('the query string', () => {
  it.each([
    ['in plain', plain, {}],
    ['in plain, names in any case', '?cmd=foldersync&deviceid=D1&devicetype=T', {}],
    // 14.0, FolderSync, locale 0x0409, "D1", no key, "T"
    ['in base64', `?${Buffer.from([140, 9, 9, 4, 2, 0x44, 0x31, 0, 1, 0x54]).toString('base64')}`, { 'MS-ASProtocolVersion': '' }],
    ['in base64, with a device id of bytes and a policy key', `?${Buffer.from([161, 9, 9, 4, 16, ...Array.from({ length: 16 }, (_, n) => n), 4, 0, 0, 0, 0, 1, 0x54]).toString('base64')}`, { 'MS-ASProtocolVersion': '' }],
  ])('%s', async (_what, query, headers) => {
    expect(await statusOf(await raw(query, { headers }))).toBe(1);
  });

  it('device ids of bytes are hexadecimal', async () => {
    await raw(`?${Buffer.from([161, 9, 9, 4, 16, ...Array.from({ length: 16 }, (_, n) => n), 0, 1, 0x54]).toString('base64')}`);
    expect(eas.devices.list('alice@example.test').map(({ id, type, protocolVersion }) => [id, type, protocolVersion])).toEqual([['000102030405060708090a0b0c0d0e0f', 'T', '16.1']]);
  });

  it.each<[string, string, Parameters<typeof raw>[1], number]>([
    ['MS-ASHTTP_R176 MS-ASHTTP_R188: a version that there is not', plain, { headers: { 'MS-ASProtocolVersion': '19.1' } }, 400],
    ['no version', plain, { headers: { 'MS-ASProtocolVersion': '' } }, 400],
    ['no command', '?User=alice&DeviceId=D1&DeviceType=T', {}, 400],
    ['MS-ASHTTP_R186: a command that there is not', '?Cmd=NotExist&User=alice&DeviceId=D1&DeviceType=T', {}, 501],
    ['a base64 query that ends too early', `?${Buffer.from([140, 9, 9, 4, 20, 0x44, 0x31, 0x44, 0x31]).toString('base64')}`, {}, 400],
    ['a number of no command', `?${Buffer.from([140, 99, 9, 4, 2, 0x44, 0x31, 0, 1, 0x54]).toString('base64')}`, {}, 501],
    ['MS-ASHTTP_R465: a method that there is not', plain, { method: 'GET' }, 501],
    ['MS-ASHTTP_R182 MS-ASHTTP_R441: another address', '/NotSupport', {}, 404],
  ])('%s is HTTP %#', async (_what, query, options, status) => {
    expect((await raw(query, options)).status).toBe(status);
  });

  it('MS-ASHTTP_R177: as often as it is asked', async () => {
    for (let n = 0; n < 2; n++) expect((await raw(plain, { headers: { 'MS-ASProtocolVersion': '19.1' } })).status).toBe(400);
  });

  it.each([
    ['MS-ASCMD_R4828: a device id that is too long', 'DeviceId=123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ&DeviceType=T', 108],
    ['no device id', 'DeviceType=T', 108],
    ['MS-ASCMD_R4830: a device type that is too long', 'DeviceId=D&DeviceType=123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', 109],
  ])('%s', async (_what, device, status) => {
    expect(await statusOf(await raw(`?Cmd=FolderSync&User=alice&${device}`))).toBe(status);
    expect((await raw(`?Cmd=FolderSync&User=alice&${device}`, { headers: { 'MS-ASProtocolVersion': '12.1' } })).status).toBe(400);
  });
});

describe('the body', () => {
  it.each<[string, Parameters<typeof raw>[1], number]>([
    ['of another type', { headers: { 'Content-Type': 'text/plain' } }, 101],
    ['of none', { body: new Uint8Array() }, 101],
    ['MS-ASCMD_R4815: that is no WBXML', { body: Buffer.from('03016a0000ff', 'hex') }, 102],
    ['that ends too early', { body: folderSync0.subarray(0, 9) }, 102],
    ['of another command', { body: Buffer.from('03016a00000d05', 'hex') }, 10],
  ])('%s', async (_what, options, status) => {
    expect(await statusOf(await raw(plain, options))).toBe(status);
  });

  it('MS-ASCMD_R7547: before 14.0 HTTP says so', async () => {
    expect((await raw(plain, { body: Buffer.from('03016a0000ff', 'hex'), headers: { 'MS-ASProtocolVersion': '12.1' } })).status).toBe(400);
  });

  it('that is too large is refused', async () => {
    await using small = await createActiveSyncEmulator({ provisioning: 'none', maxRequestBytes: 1000 });
    const response = await fetch(`${small.endpoint}${plain}`, { method: 'POST', body: Buffer.alloc(2000), headers: { Authorization: phone.authorization, 'MS-ASProtocolVersion': '14.1' } });
    expect(response.status).toBe(413);
  });

  it('MS-ASHTTP_R219 MS-ASHTTP_R229: the answer is WBXML of version 1.3', async () => {
    const { headers, bytes } = await phone.command(FolderSyncRequest, FolderSyncResponse, { SyncKey: '0' });
    expect([headers.get('Content-Type'), Buffer.from(bytes.subarray(0, 4)).toString('hex')]).toEqual(['application/vnd.ms-sync.wbxml', '03016a00']);
  });

  it('MS-ASHTTP_R197 MS-ASHTTP_R214: is compressed for who takes that', async () => {
    const { headers, bytes } = await phone.command(FolderSyncRequest, FolderSyncResponse, { SyncKey: '0' }, { 'Accept-Encoding': 'gzip' });
    expect(headers.get('Content-Encoding')).toBe('gzip');
    expect(Buffer.from(bytes.subarray(0, 4)).toString('hex')).toBe('03016a00');
  });

  it('MS-ASHTTP_R412 MS-ASHTTP_R215: and for nobody else', async () => {
    expect((await phone.command(FolderSyncRequest, FolderSyncResponse, { SyncKey: '0' })).headers.get('Content-Encoding')).toBeNull();
  });
});

describe('devices', () => {
  const status = async (version: '14.1' | '12.1' = '14.1') => {
    const { value, status: http } = await new TestDevice(eas, 'alice', { version }).command(FolderSyncRequest, FolderSyncResponse, { SyncKey: '0' });
    return value?.Status ?? http;
  };

  it('that are blocked are refused until they are allowed', async () => {
    expect(await status()).toBe(1);
    const device = eas.devices.find('alice@example.test', 'DEVICE1');
    device?.block();
    expect([await status(), await status('12.1')]).toEqual([129, 403]);
    device?.allow();
    expect(await status()).toBe(1);
  });

  it('may have to wait for somebody to allow them', async () => {
    await using careful = await createActiveSyncEmulator({ provisioning: 'none', newDevices: 'blocked' });
    expect((await new TestDevice(careful).command(FolderSyncRequest, FolderSyncResponse, { SyncKey: '0' })).value?.Status).toBe(129);
  });

  it('that are quarantined find every folder empty until they are allowed', async () => {
    const inbox = await phone.collectionId('Inbox');
    const device = eas.devices.find('alice@example.test', 'DEVICE1');
    device?.quarantine();
    await phone.folderSync('0');
    expect(await phone.syncAll(inbox)).toEqual([]);
    device?.allow();
    expect((await phone.sync(inbox))?.Commands?.length).toBe(27);
  });

  it('belong to one user each, and a hundred at most', async () => {
    for (let n = 0; n < 100; n++) expect((await new TestDevice(eas, 'alice', { id: `D${n}` }).folderSync('0')).Status).toBe(1);
    expect((await new TestDevice(eas, 'alice', { id: 'D100' }).command(FolderSyncRequest, FolderSyncResponse, { SyncKey: '0' })).value?.Status).toBe(177);
    expect((await new TestDevice(eas, 'bob', { id: 'D100' }).folderSync('0')).Status).toBe(1);
  });

  it('lose their keys when a test says so', async () => {
    await phone.folderSync('0');
    eas.devices.find('alice@example.test', 'DEVICE1')?.invalidateSyncKey();
    expect((await phone.command(FolderSyncRequest, FolderSyncResponse, { SyncKey: phone.folderKey })).value?.Status).toBe(9);
  });
});

describe('faults', () => {
  it('are asked for by status', async () => {
    eas.faults.add({ match: { protocol: 'activesync', operation: 'FolderSync' }, effect: { kind: 'error', code: '111' }, times: 1 });
    expect((await phone.command(FolderSyncRequest, FolderSyncResponse, { SyncKey: '0' })).value?.Status).toBe(111);
    expect((await phone.folderSync('0')).Status).toBe(1);
  });

  // [MS-ASCMD] 2.2.2: what no mailbox of ours comes to by itself can be asked for all the same.
  it.each(Object.entries(commonStatus))('%s is an answer of every command, before 14.0 an HTTP status', async (_name, status) => {
    const old = new TestDevice(eas, 'alice', { version: '12.1', id: 'OLD' });
    for (const [command, { response, until }] of Object.entries(commands)) {
      eas.faults.add({ match: { protocol: 'activesync', operation: command }, effect: { kind: 'error', code: String(status) }, times: 2 });
      const answers = [await phone.post(command, undefined), await old.post(command, undefined)];
      expect(answers.map((answer) => answer.status)).toEqual([until ? expect.any(Number) as number : 200, expect.any(Number) as number]);
      expect(answers[1]?.status).toBeGreaterThanOrEqual(400);
      const bytes = new Uint8Array(await (answers[0] as Response).arrayBuffer());
      if (until) continue;
      expectValid(bytes);
      expect(JSON.stringify(decodeDocument(bytes, response))).toContain(String(status));
    }
  });

  it('or by HTTP: 503 with Retry-After, 451 with another address', async () => {
    eas.faults.add({ match: { protocol: 'activesync' }, effect: { kind: 'status', status: 503, headers: { 'Retry-After': '120' } }, times: 1 });
    eas.faults.add({ match: { protocol: 'activesync' }, effect: { kind: 'status', status: 451, headers: { 'X-MS-Location': 'https://other.example.test/Microsoft-Server-ActiveSync' } }, times: 1 });
    const answers = [await raw(plain), await raw(plain)];
    expect(answers.map((one) => [one.status, one.headers.get('Retry-After'), one.headers.get('X-MS-Location')])).toEqual([[503, '120', null], [451, null, 'https://other.example.test/Microsoft-Server-ActiveSync']]);
  });

  it('the journal has the documents', async () => {
    await phone.folderSync('0');
    const [entry] = eas.journal.entries({ protocol: 'activesync' });
    expect([entry?.operation, entry?.user, entry?.status, entry?.request.value, (entry?.response.value as { Status?: number } | undefined)?.Status]).toEqual(['FolderSync', 'alice@example.test', 200, { SyncKey: '0' }, 1]);
  });
});

it('a connection that is cut in the middle of a body leaves nothing behind', async () => {
  await new Promise<void>((resolve) => {
    const sending = httpRequest(`${eas.endpoint}${plain}`, { method: 'POST', headers: { Authorization: phone.authorization, 'MS-ASProtocolVersion': '14.1', 'Content-Length': '500' } });
    sending.on('error', () => resolve());
    sending.write(folderSync0, () => sending.destroy());
  });
  expect((await phone.folderSync('0')).Status).toBe(1);
});
