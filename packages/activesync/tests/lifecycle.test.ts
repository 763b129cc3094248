import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { encodeDocument } from '@fauxchange/wbxml';
import { createActiveSyncEmulator } from '../src/index.ts';
import { PingRequest } from '../src/schema/ping.ts';
import { TestDevice } from './support/client.ts';
import { mimeOf } from './support/mail.ts';

/** Listening sockets of this process, once node has had its turns to forget the closed ones. */
async function servers(): Promise<number> {
  const count = (): number => process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length;
  for (let turn = 0; turn < 1000 && count() > 0; turn++) await new Promise((resolve) => setImmediate(resolve));
  return count();
}

it('twenty servers side by side know nothing of each other', async () => {
  const all = await Promise.all(Array.from({ length: 20 }, () => createActiveSyncEmulator({ seed: 'empty', provisioning: 'none' })));
  await Promise.all(all.map((one, n) => one.organization.deliver(mimeOf({ subject: `of ${n}` }), { to: ['alice@example.test'] })));
  const told = await Promise.all(all.map(async (one) => {
    const phone = new TestDevice(one);
    return (await phone.syncAll(await phone.collectionId('Inbox'))).map(([, command]) => ('ApplicationData' in command ? command.ApplicationData['Email:Subject'] : undefined));
  }));
  expect(told).toEqual(all.map((_, n) => [`of ${n}`]));
  expect(all.map((one) => one.devices.list().length)).toEqual(all.map(() => 1));
  await Promise.all(all.map((one) => one.close()));
  expect(await servers()).toBe(0);
});

it('a hundred made and closed leave nothing open', async () => {
  for (let n = 0; n < 100; n++) await (await createActiveSyncEmulator({ seed: 'empty' })).close();
  expect(await servers()).toBe(0);
});

it('`await using` closes it, also when devices wait in a Ping and a Sync', async () => {
  const waiting: Promise<Response>[] = [];
  {
    await using eas = await createActiveSyncEmulator({ provisioning: 'none' });
    for (const id of ['ONE', 'TWO']) {
      const phone = new TestDevice(eas, 'alice', { id });
      const inbox = await phone.collectionId('Inbox');
      await phone.syncAll(inbox);
      waiting.push(phone.post('Ping', encodeDocument(PingRequest, { HeartbeatInterval: 600, Folders: [{ Id: inbox, Class: 'Email' }] })));
    }
    await eas.settle();
  }
  expect((await Promise.allSettled(waiting)).length).toBe(2);
  expect(await servers()).toBe(0);
});

it('reset forgets devices, restore brings the mailbox back', async () => {
  await using eas = await createActiveSyncEmulator({ provisioning: 'none' });
  const phone = new TestDevice(eas);
  const inbox = await phone.collectionId('Inbox');
  const before = (await phone.syncAll(inbox)).length;
  await eas.organization.deliver(mimeOf(), { to: ['alice@example.test'] });
  await eas.reset();
  expect(eas.devices.list()).toEqual([]);
  // Keys of before are foreign: the device begins anew.
  expect((await phone.folderSync()).Status).toBe(9);
  const again = new TestDevice(eas);
  expect((await again.syncAll(await again.collectionId('Inbox'))).length).toBe(before);
});

it("is a handler for anybody's server", async () => {
  await using eas = await createActiveSyncEmulator();
  const server = createServer((request, response) => {
    const mount = eas.mounts.find(({ path }) => request.url?.toLowerCase().startsWith(path.toLowerCase()));
    if (mount) void mount.handler(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { status, headers } = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/Microsoft-Server-ActiveSync`, { method: 'OPTIONS', headers: { Authorization: new TestDevice(eas).authorization } });
  expect([status, headers.get('MS-ASProtocolVersions')]).toEqual([200, expect.stringContaining('16.1')]);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

it('the example of the README does what it says', async () => {
  const example = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(__dirname, '../README.md'), 'utf8'))?.[1] ?? '';
  const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor as new (...parameters: string[]) => (...values: unknown[]) => Promise<void>;
  const run = new AsyncFunction('createActiveSyncEmulator', 'console', `${example.replace(/^import.*$/m, '').replace('await using', 'const')}; await eas.close();`);
  const said: unknown[] = [];
  await run(createActiveSyncEmulator, { log: (text: unknown) => void said.push(text) });
  expect(said).toEqual(['2.0,2.1,2.5,12.0,12.1,14.0,14.1,16.0,16.1', []]);
});
