import { readFileSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createEwsEmulator } from '../src/index.ts';
import { EwsClient, setField } from './support/client.ts';
import { envelope, folderRef, shape } from './support/soap.ts';
import { EventStream } from './support/stream.ts';
import { textAt } from './support/xml.ts';

const getInbox = envelope(`<m:GetFolder><m:FolderShape>${shape('Default')}</m:FolderShape><m:FolderIds>${folderRef('inbox')}</m:FolderIds></m:GetFolder>`);
/** Listening sockets of this process, once node has had its turns to forget the closed ones. */
async function servers(): Promise<number> {
  const count = (): number => process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length;
  for (let turn = 0; turn < 1000 && count() > 0; turn++) await new Promise((resolve) => setImmediate(resolve));
  return count();
}

it('twenty servers side by side know nothing of each other', async () => {
  const all = await Promise.all(Array.from({ length: 20 }, () => createEwsEmulator({ seed: 'empty' })));
  await Promise.all(all.map((one, n) => new EwsClient(one).createMessage(`<t:Subject>of ${n}</t:Subject>`)));
  expect(await Promise.all(all.map((one) => new EwsClient(one).subjects('inbox')))).toEqual(all.map((_, n) => [`of ${n}`]));
  await Promise.all(all.map((one) => one.close()));
});

it('a hundred made and closed leave nothing open', async () => {
  for (let n = 0; n < 100; n++) await (await createEwsEmulator({ seed: 'empty' })).close();
  expect(await servers()).toBe(0);
});

it('`await using` closes it, also with a stream, a keep-alive connection and half a request open', async () => {
  let stream: EventStream;
  {
    await using ews = await createEwsEmulator();
    const alice = new EwsClient(ews);
    const answer = await alice.call(`<m:Subscribe><m:StreamingSubscriptionRequest><t:FolderIds>${folderRef('inbox')}</t:FolderIds><t:EventTypes><t:EventType>CreatedEvent</t:EventType></t:EventTypes></m:StreamingSubscriptionRequest></m:Subscribe>`);
    stream = await EventStream.open(alice, [answer.ok().first('SubscriptionId').text], 30);
    await stream.next();
    const half = httpRequest(ews.endpoint, { method: 'POST', headers: { Authorization: alice.authorization, 'Content-Length': 1000 } });
    half.on('error', () => undefined);
    half.write('<s:Envelope');
  }
  await stream.next().catch(() => undefined);
  expect(await servers()).toBe(0);
});

it('closing twice is closing once, and a closed server answers nobody', async () => {
  const ews = await createEwsEmulator();
  await ews.close();
  await ews.close();
  await expect(new EwsClient(ews).fetch(getInbox)).rejects.toThrow();
});

it('a fault of ours makes close() reject, unless not strict', async () => {
  for (const strict of [true, false]) {
    const ews = await createEwsEmulator({ strict });
    ews.environment.reportBug(new Error('ours'));
    if (strict) await expect(ews.close()).rejects.toThrow('ours');
    else await ews.close();
  }
});

it('fifty changes of one item at once: every one is made, none is lost', async () => {
  const ews = await createEwsEmulator();
  const alice = new EwsClient(ews);
  const id = await alice.createMessage('<t:Categories><t:String>0</t:String></t:Categories>');
  const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => alice.updateItem(id, setField(`<t:ExtendedFieldURI DistinguishedPropertySetId="PublicStrings" PropertyName="p${n}" PropertyType="Integer"/>`, `<t:ExtendedProperty><t:ExtendedFieldURI DistinguishedPropertySetId="PublicStrings" PropertyName="p${n}" PropertyType="Integer"/><t:Value>${n}</t:Value></t:ExtendedProperty>`))));
  expect(answers.flatMap(({ codes }) => codes)).toEqual(Array.from({ length: 50 }, () => 'NoError'));
  const item = await alice.item(id, 'IdOnly', Array.from({ length: 50 }, (_, n) => `<t:ExtendedFieldURI DistinguishedPropertySetId="PublicStrings" PropertyName="p${n}" PropertyType="Integer"/>`));
  expect(item.children.slice(1).map((property) => textAt(property, 'Value'))).toEqual(Array.from({ length: 50 }, (_, n) => String(n)));
  await ews.close();
});

it('a gzipped request, and one that waits for 100 Continue, are read', async () => {
  const ews = await createEwsEmulator();
  const alice = new EwsClient(ews);
  expect((await alice.post(gzipSync(getInbox), { 'Content-Encoding': 'gzip' })).codes).toEqual(['NoError']);
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const request = httpRequest(ews.endpoint, { method: 'POST', headers: { Authorization: alice.authorization, Expect: '100-continue', 'Content-Length': Buffer.byteLength(getInbox) } }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    });
    request.on('continue', () => request.end(getInbox)).on('error', reject);
    request.flushHeaders();
  });
  expect(status).toBe(200);
  await ews.close();
});

it('the example of the README does what it says', async () => {
  const example = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(__dirname, '../README.md'), 'utf8'))?.[1] ?? '';
  const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor as new (...parameters: string[]) => (...values: unknown[]) => Promise<void>;
  const run = new AsyncFunction('createEwsEmulator', 'console', `${example.replace(/^import.*$/m, '').replace('await using', 'const')}; await ews.close();`);
  let said = '';
  await run(createEwsEmulator, { log: (text: string) => void (said = text) });
  expect(said).toContain('<t:DisplayName>Inbox</t:DisplayName><t:TotalCount>27</t:TotalCount>');
});

it("is a handler for anybody's server", async () => {
  const ews = await createEwsEmulator();
  const server = createServer((request, response) => {
    const mount = ews.mounts.find(({ path }) => request.url?.toLowerCase().startsWith(path));
    if (mount) void mount.handler(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/EWS/Exchange.asmx`, { method: 'POST', body: getInbox, headers: { Authorization: new EwsClient(ews).authorization } });
  expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('<t:DisplayName>Inbox</t:DisplayName>')]);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await ews.close();
});
