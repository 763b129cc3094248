import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../src/main.ts';

let directory: string;
beforeEach(() => { directory = mkdtempSync(join(tmpdir(), 'fauxchange-')); });
afterEach(async () => {
  await Promise.all(running.splice(0).map(({ stop }) => stop()));
  rmSync(directory, { recursive: true, force: true });
});
const file = (name: string): string => join(directory, name);
function write(name: string, content: string): string {
  mkdirSync(join(file(name), '..'), { recursive: true });
  writeFileSync(file(name), content);
  return file(name);
}

interface Ready { httpUrl: string; httpsUrl: string; ewsUrl: string; users: { address: string; password: string }[] }
interface Running { ready: Ready; lines: string[]; errors: string[]; stop: () => Promise<number> }
const running: Running[] = [];
const anyPort = ['--http-port', '0', '--https-port', '0'];

/** Runs the command until it says that it is ready. */
async function start(...args: string[]): Promise<Running> {
  const lines: string[] = [];
  const errors: string[] = [];
  let end: (value?: unknown) => void = () => undefined;
  const stop = new Promise((resolve) => { end = resolve; });
  let code: Promise<number>;
  const first = await new Promise<string>((resolve, reject) => {
    code = run([...anyPort, '--json', ...args], (line) => { lines.push(line); resolve(line); }, (line) => errors.push(line), stop);
    code.then((exit) => reject(new Error(`exit ${exit}: ${errors.join()}`)), reject);
  });
  const started = { ready: JSON.parse(first) as Ready, lines, errors, stop: () => (end(), code) };
  running.push(started);
  return started;
}

/** Runs the command, which is to end by itself. */
async function failing(...args: string[]): Promise<[number, string]> {
  const errors: string[] = [];
  const code = await run(args, () => undefined, (line) => errors.push(line), new Promise(() => undefined));
  return [code, errors.join('\n')];
}

const namespaces = 'xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"';
async function ews({ ready }: Running, body: string, user = 'alice@example.test', password = 'alice-pass'): Promise<string> {
  const response = await fetch(ready.ewsUrl, {
    method: 'POST', headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`, 'content-type': 'text/xml; charset=utf-8' },
    body: `<s:Envelope ${namespaces}><s:Header><t:RequestServerVersion Version="Exchange2010"/></s:Header><s:Body>${body}</s:Body></s:Envelope>`,
  });
  return response.ok ? response.text() : String(response.status);
}
const find = (parent: string): string => `<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties><t:FieldURI FieldURI="item:Subject"/></t:AdditionalProperties></m:ItemShape><m:ParentFolderIds>${parent}</m:ParentFolderIds></m:FindItem>`;
const folder = (id: string): string => `<t:DistinguishedFolderId Id="${id}"/>`;
const all = (xml: string, element: string): string[] => [...xml.matchAll(new RegExp(`<t:${element}>([^<]*)<`, 'g'))].map(([, text]) => text as string);
const subjects = async (server: Running, id = 'inbox', user?: string, password?: string): Promise<string[]> => all(await ews(server, find(folder(id)), user, password), 'Subject');
const folderNames = async (server: Running, user?: string, password?: string): Promise<string[]> =>
  all(await ews(server, `<m:FindFolder Traversal="Deep"><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape><m:ParentFolderIds>${folder('msgfolderroot')}</m:ParentFolderIds></m:FindFolder>`, user, password), 'DisplayName');
const send = (subject: string, to = 'alice@example.test'): string =>
  `<m:CreateItem MessageDisposition="SendAndSaveCopy"><m:Items><t:Message><t:Subject>${subject}</t:Subject><t:ToRecipients><t:Mailbox><t:EmailAddress>${to}</t:EmailAddress></t:Mailbox></t:ToRecipients></t:Message></m:Items></m:CreateItem>`;

describe('the server', () => {
  it('says where it is and who may come in, tells of each request, and ends with 0', async () => {
    const server = await start();
    expect(server.ready.users).toContainEqual(expect.objectContaining({ address: 'alice@example.test', password: 'alice-pass' }));
    expect((await subjects(server)).length).toBeGreaterThan(10);
    expect(server.lines.slice(1).map((line) => JSON.parse(line) as unknown)).toEqual([expect.objectContaining({ event: 'request', protocol: 'ews', operation: 'FindItem', user: 'alice@example.test', status: 200, outcome: 'ok' })]);
    expect(await server.stop()).toBe(0);
    await expect(fetch(server.ready.ewsUrl)).rejects.toThrow();
  });

  it('for people: URLs, passwords, a line to try that works; --quiet says nothing', async () => {
    const lines: string[] = [];
    let end: (value?: unknown) => void = () => undefined;
    const stop = new Promise((resolve) => { end = resolve; });
    const told = new Promise<void>((resolve) => { void run(anyPort, (line) => { lines.push(line); if (line.includes('Ctrl-C')) resolve(); }, () => undefined, stop); });
    await told;
    const text = lines.join('\n');
    expect(text).toMatch(/https:\/\/127\.0\.0\.1:\d+\/EWS\/Exchange\.asmx[\s\S]*bob@example\.test +bob-pass[\s\S]*Ctrl-C/);
    const [, credentials, url] = /curl -u '([^']+)' (\S+)/.exec(text) ?? [];
    const response = await fetch(url as string, { headers: { authorization: `Basic ${Buffer.from(credentials as string).toString('base64')}` } });
    expect([response.status, (await response.text()).includes('wsdl:definitions')]).toEqual([200, true]);
    expect(lines.at(-1)).toMatch(/ 200 ews GET \/EWS\/Services\.wsdl alice@example\.test \d+\.\d ms$/);
    end();

    const caFile = file('ca.pem');
    const silent: string[] = [];
    const code = run([...anyPort, '--quiet', '--ca-out', caFile], (line) => silent.push(line), (line) => silent.push(line), Promise.resolve());
    expect([await code, silent, existsSync(caFile)]).toEqual([0, [], true]);
  });

  it('--user adds and changes passwords, --profile changes what is played, --ca-out lets clients trust', async () => {
    const server = await start('--user', 'zoe@example.test:p:w d', '--user', 'alice@example.test:new', '--profile', 'exchange2010', '--ca-out', file('ca.pem'));
    expect(await ews(server, find(folder('inbox')), 'zoe@example.test', 'p:w d')).toContain('TotalItemsInView="0"');
    expect(await ews(server, find(folder('inbox')))).toBe('401');
    expect(await ews(server, find(folder('inbox')), 'alice@example.test', 'new')).toContain('MajorVersion="14"');
    const status = await new Promise((resolve, reject) => {
      get(`${server.ready.httpsUrl}/healthz`, { ca: readFileSync(file('ca.pem')), agent: false }, (response) => { response.resume(); resolve(response.statusCode); }).on('error', reject);
    });
    expect(status).toBe(200);
  });

  it('--seed fills mailboxes from folders of .eml', async () => {
    const eml = (subject: string): string => `From: x@elsewhere.test\r\nTo: alice@example.test\r\nSubject: ${subject}\r\nDate: Mon, 05 Jan 2026 09:00:00 +0000\r\n\r\nHello\r\n`;
    write('mail/alice/Inbox/1.eml', eml('one'));
    write('mail/alice/INBOX/2.EML', eml('two'));
    write('mail/alice/Inbox/notes.txt', 'no mail');
    write('mail/alice/Sent Items/3.eml', eml('three'));
    write('mail/alice/Projects/Secret/4.eml', eml('four'));
    write('mail/erin@example.test/Inbox/5.eml', eml('five'));
    const server = await start('--seed', file('mail'));
    expect((await subjects(server)).sort()).toEqual(['one', 'two']);
    expect(await subjects(server, 'sentitems')).toEqual(['three']);
    expect(await folderNames(server)).toEqual(expect.arrayContaining(['Projects', 'Secret']));
    expect(await subjects(server, 'inbox', 'erin@example.test', 'erin-pass')).toEqual(['five']);
    expect(await subjects(server, 'inbox', 'bob@example.test', 'bob-pass')).toEqual([]);
  });

  it('--export-on-exit and --import carry everything over, ids too, also from and to one file', async () => {
    const archive = file('all.json');
    const first = await start('--export-on-exit', archive, '--user', 'zoe@example.test:zoe-pass');
    await ews(first, send('kept', 'zoe@example.test'));
    const items = async (server: Running): Promise<(string | undefined)[]> => {
      const answer = await ews(server, find(folder('inbox')), 'zoe@example.test', 'zoe-pass');
      return [/<t:ItemId Id="([^"]+)"/.exec(answer)?.[1], ...all(answer, 'Subject')];
    };
    const before = await items(first);
    expect(before).toEqual([expect.any(String), 'kept']);
    expect(await first.stop()).toBe(0);
    const second = await start('--import', archive, '--export-on-exit', archive);
    expect(await items(second)).toEqual(before);
    await ews(second, send('later', 'zoe@example.test'));
    expect(await second.stop()).toBe(0);
    const third = await start('--import', archive);
    expect((await subjects(third, 'inbox', 'zoe@example.test', 'zoe-pass')).sort()).toEqual(['kept', 'later']);
    expect(existsSync(`${archive}.unfinished`)).toBe(false);
  });

  it('--config is as good as arguments, and arguments are better', async () => {
    const config = write('fauxchange.json', JSON.stringify({ 'http-port': 1, user: ['zoe@example.test:zoe-pass'], profile: 'exchange2013', json: true }));
    const server = await start('--config', config, '--profile', 'exchange2016');
    expect(server.ready.users.map(({ address }) => address)).toContain('zoe@example.test');
    expect(await ews(server, find(folder('inbox')))).toContain('MinorVersion="1"');
  });

  it('healthcheck says whether it is up', async () => {
    const server = await start();
    expect(await failing('healthcheck', '--url', `${server.ready.httpUrl}/`)).toEqual([0, '']);
    expect(await failing('healthcheck', '--http-port', new URL(server.ready.httpUrl).port)).toEqual([0, '']);
    await server.stop();
    expect(await failing('healthcheck', '--url', server.ready.httpUrl)).toEqual([1, expect.stringContaining('does not answer')]);
    const other = createServer((socket) => socket.end('HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')).listen(0, '127.0.0.1');
    await once(other, 'listening');
    expect(await failing('healthcheck', '--url', `http://127.0.0.1:${(other.address() as AddressInfo).port}`)).toEqual([1, expect.stringContaining('503')]);
    other.close();
  });
});

describe('what is wrong is said, with an exit code', () => {
  it('a taken port: 3', async () => {
    const server = await start();
    const { port } = new URL(server.ready.httpUrl);
    expect(await failing('--http-port', port, '--https-port', '0')).toEqual([3, expect.stringMatching(new RegExp(`port ${port} on 127\\.0\\.0\\.1 is already in use[\\s\\S]*--http-port`))]);
    expect(await failing('--http-port', '0', '--https-port', port)).toEqual([3, expect.stringContaining(port)]);
    expect(await failing('--host', '192.0.2.1', ...anyPort)).toEqual([3, expect.stringContaining('192.0.2.1')]);
  });

  it.each<[string, string[], RegExp]>([
    ['an unknown option', ['--colour', 'red'], /colour[\s\S]*--help/], ['an unknown command', ['dance'], /unknown command 'dance'/], ['two commands', ['serve', 'healthcheck'], /unknown command/],
    ['a port that is none', ['--http-port', '99999'], /--http-port: '99999' is not a port/], ['… nor a number', ['--https-port', '-1'], /https-port/],
    ['an unknown profile', ['--profile', 'exchange5.5'], /exchange5\.5.*exchangeSE/], ['a user without a password', ['--user', 'x@example.test'], /EMAIL:PASSWORD/], ['a user without an address', ['--user', 'x:y'], /EMAIL:PASSWORD/],
    ['a password for a group', ['--user', 'team@example.test:x', ...anyPort], /team@example\.test.*no mailbox/],
    ['two beginnings', ['--seed', 'a', '--import', 'b'], /exclude each other/], ['an option without its value', ['--seed'], /seed/],
  ])('%s: 2', async (_what, args, message) => { expect(await failing(...args)).toEqual([2, expect.stringMatching(message)]); });

  it.each<[string, (write: (name: string, content: string) => string) => string[], RegExp]>([
    ['no such seed', () => ['--seed', file('nowhere')], /cannot read the folder/],
    ['no such import', () => ['--import', file('nowhere.json')], /cannot import .*nowhere\.json.*ENOENT/],
    ['an import that is no JSON', (put) => ['--import', put('x.json', '{')], /cannot import .*x\.json/],
    ['an import of something else', (put) => ['--import', put('x.json', '{"format":"mbox"}')], /not the dump/],
    ['half an import', (put) => ['--import', put('x.json', '{"format":"fauxchange-organization","version":1,"domain":"example.test","entries":[],"mailboxes":[{"owner":"x@example.test"}]}')], /cannot import .*x@example\.test/],
    ['no such configuration', () => ['--config', file('nowhere.json')], /cannot read the configuration/],
    ['a configuration that is a list', (put) => ['--config', put('x.json', '[]')], /not a JSON object/],
    ['a configuration with an unknown option', (put) => ['--config', put('x.json', '{"constructor":1}')], /unknown option "constructor"/],
    ['a configuration with a word for yes', (put) => ['--config', put('x.json', '{"quiet":"yes"}')], /true or false/],
    ['an export to nowhere, said before the work is done', () => ['--export-on-exit', file('no/where.json')], /cannot write .*where\.json/],
    ['a certificate to nowhere', () => ['--ca-out', file('no/ca.pem')], /cannot write .*ca\.pem/],
  ])('%s: 4', async (_what, args, message) => { expect(await failing(...args(write), ...anyPort)).toEqual([4, expect.stringMatching(message)]); });

  it('--help is no failure', async () => {
    const lines: string[] = [];
    expect(await run(['--help'], (line) => lines.push(line), () => undefined, Promise.resolve())).toBe(0);
    for (const option of ['--host', '--http-port', '--https-port', '--user', '--seed', '--import', '--export-on-exit', '--profile', '--throttling', '--ews-blocked', '--ca-out', '--config', '--json', '--quiet', 'healthcheck']) expect(lines.join('\n')).toContain(option);
  });
});

const built = join(__dirname, '../dist/main.js');
(existsSync(built) ? describe : describe.skip)('the command as a process', () => {
  if (!existsSync(built)) console.warn('THE BUILT COMMAND IS NOT TESTED: there is no dist/main.js, run the build first');

  it.each(['SIGINT', 'SIGTERM'] as const)('%s ends it clean, the export is written', async (signal) => {
    const child = spawn(process.execPath, [built, ...anyPort, '--json', '--export-on-exit', file('all.json')], { stdio: ['ignore', 'pipe', 'pipe'] });
    const exit = once(child, 'exit');
    try {
      let [out, errors] = ['', ''];
      child.stderr.setEncoding('utf8').on('data', (text: string) => { errors += text; });
      await new Promise<void>((resolve, reject) => {
        child.stdout.setEncoding('utf8').on('data', (text: string) => { out += text; if (out.includes('\n')) resolve(); });
        void exit.then(() => reject(new Error(errors)));
      });
      const ready = JSON.parse(out.split('\n')[0] as string) as Ready;
      // A client that holds its connection does not hold up the end.
      expect((await fetch(`${ready.httpUrl}/readyz`)).status).toBe(200);
      child.kill(signal);
      expect(await exit).toEqual([0, null]);
      expect([errors, (JSON.parse(readFileSync(file('all.json'), 'utf8')) as { format: string }).format]).toEqual(['', 'fauxchange-organization']);
    } finally {
      child.kill('SIGKILL');
    }
  }, 30_000);

  it('bad usage is exit code 2 on standard error', async () => {
    const child = spawn(process.execPath, [built, '--colour'], { stdio: ['ignore', 'pipe', 'pipe'] });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => { errors += text; });
    expect(await once(child, 'close')).toEqual([2, null]);
    expect(errors).toMatch(/^fauxchange: .*colour/);
  }, 30_000);
});
