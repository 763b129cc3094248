import { createServer } from 'node:http';
import { createSigningKey } from '@fauxchange/auth';
import { createClock, type FaultRule } from '@fauxchange/kernel';
import { createOrganization } from '@fauxchange/mailbox';
import { HttpExchange, openEmulator, type Emulator, type Installer, type OpenOptions } from '../src/index.ts';
import { toyProtocol } from './toy-protocol.ts';

const opened: Emulator[] = [];
async function open(options: OpenOptions = {}, onReset?: () => void): Promise<Emulator> {
  const emulator = await openEmulator({ seed: 'empty', ...options }, [toyProtocol(onReset)]);
  opened.push(emulator);
  return emulator;
}
afterEach(async () => { await Promise.allSettled(opened.splice(0).map((emulator) => emulator.close())); });

const basic = (name = 'alice', password = `${name}-pass`): string => `Basic ${Buffer.from(`${name}@example.test:${password}`).toString('base64')}`;
const call = (emulator: Emulator, operation: string, init: RequestInit = {}): Promise<Response> => fetch(`${emulator.url}/toy`, { method: 'POST', body: operation, headers: { authorization: basic() }, ...init });
const said = async (emulator: Emulator, operation: string): Promise<string> => (await call(emulator, operation)).text();
const inboxCount = async ({ organization }: Emulator): Promise<number> => {
  const alice = organization.mailboxByAddress('alice@example.test')!;
  return (await alice.openAs(alice.owner).distinguished('inbox')).totalCount;
};
const letter = (subject: string): string => `From: bob@example.test\r\nTo: alice@example.test\r\nSubject: ${subject}\r\n\r\nx`;
const deliver = ({ organization }: Emulator, subject = 'x') => organization.deliver(letter(subject), { to: ['alice@example.test'] });
/** Lets everything that can go on go on. */
const turns = async (count = 20): Promise<void> => { for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => { setImmediate(resolve); }); };

describe('the handle', () => {
  it('listens where it says, on one listener or several, and by its handler in a server of yours', async () => {
    const emulator = await open({ listeners: [{}, { host: '127.0.0.1', port: 0 }] });
    expect(emulator.url).toBe(`http://127.0.0.1:${emulator.port}`);
    expect(emulator.listeners.map(({ url }) => url)[1]).not.toBe(emulator.url);
    expect(await (await fetch(`${emulator.listeners[1]!.url}/TOY`, { method: 'POST', body: 'hello', headers: { authorization: basic('bob') } })).text()).toBe('done hello');
    const own = createServer((request, response) => void emulator.handler(request, response)).listen(0, '127.0.0.1');
    await new Promise((resolve) => own.once('listening', resolve));
    const url = `http://127.0.0.1:${(own.address() as { port: number }).port}`;
    expect((await fetch(`${url}/toy`)).status).toBe(401);
    expect((await fetch(`${url}/nothing`)).status).toBe(404);
    expect((await fetch(`${url}/toy`, { method: 'POST', body: 'bug', headers: { authorization: basic() } })).status).toBe(500);
    expect((await fetch(`${url}/common/.well-known/openid-configuration`)).status).toBe(200);
    own.closeAllConnections();
    await new Promise((resolve) => own.close(resolve));
    expect(emulator.mounts.map(({ path }) => path)).toEqual(expect.arrayContaining(['/toy', '/common', '/example.test']));
  });

  it('a port that is taken leaves nothing open, and an organization of yours untouched', async () => {
    const organization = await createOrganization({ seed: 'empty' });
    const first = await open({ organization });
    await expect(openEmulator({ organization, port: first.port }, [toyProtocol()])).rejects.toMatchObject({ name: 'ListenError', code: 'EADDRINUSE', port: first.port });
    await first.close();
    await organization.deliver(letter('still there'), { to: ['alice@example.test'] });
    await organization.close();
  });

  it('reset() goes back to the seed and forgets what was said, asked for and signed in', async () => {
    const onReset = jest.fn();
    const emulator = await open({}, onReset);
    const { authority } = emulator.environment;
    await deliver(emulator);
    emulator.faults.add({ effect: { kind: 'drop' } });
    authority!.registerClient({ id: 'later', name: 'Later', redirectUris: [] });
    await emulator.reset();
    expect(await inboxCount(emulator)).toBe(0);
    expect([onReset.mock.calls.length, authority!.knowsClient('later'), authority!.knowsClient('fauxchange-client')]).toEqual([1, false, true]);
    expect(await said(emulator, 'alive')).toBe('done alive');
    expect(emulator.journal.entries()).toHaveLength(1);
  });

  it('clear() empties mailboxes and leaves people; snapshot() and restore() go back', async () => {
    const emulator = await open({ seed: undefined });
    const full = await inboxCount(emulator);
    expect(full).toBeGreaterThan(5);
    await deliver(emulator, 'before');
    const snapshot = await emulator.snapshot();
    await emulator.clear();
    expect(await inboxCount(emulator)).toBe(0);
    expect(await said(emulator, 'alive')).toBe('done alive');
    await emulator.restore(snapshot);
    expect(await inboxCount(emulator)).toBe(full + 1);
    await emulator.settle();
  });

  it('close() ends a long poll at once, may be called again, and is what `await using` does', async () => {
    const emulator = await open();
    const reader = (await call(emulator, 'stream')).body!.getReader();
    expect(Buffer.from((await reader.read()).value!).toString()).toMatch(/^first\./);
    const ended = reader.read().then(async ({ done }) => { while (!done) if ((await reader.read()).done) break; }, () => undefined);
    const elapsed = createClock().stopwatch();
    await emulator.close();
    await ended;
    expect(elapsed()).toBeLessThan(900);
    await emulator[Symbol.asyncDispose]();
    await expect(call(emulator, 'x')).rejects.toThrow();
  });

  it.each([[undefined, 'rejects'], [false, 'resolves']] as const)('strict %s: close() %s after a fault of ours', async (strict, outcome) => {
    const emulator = await open({ strict });
    expect((await call(emulator, 'bug')).status).toBe(500);
    for (let more = 0; more < 150; more += 1) emulator.environment.reportBug(new Error('again'));
    const closing = emulator.close().then(() => undefined, (error: unknown) => error as AggregateError);
    const error = await closing;
    if (outcome === 'resolves') expect(error).toBeUndefined();
    else {
      expect(error?.message).toMatch(/^the emulator met 151 fault\(s\) of its own.*a fault of ours/);
      expect(error?.errors).toHaveLength(100);
    }
  });

  it('a stream that waits for a slow client leaves no listener behind', async () => {
    const counts: number[][] = [];
    const stream: Installer = (environment) => ({
      mounts: [{
        path: '/stream',
        handler: async (request, response) => {
          const exchange = new HttpExchange(request, response, 'stream', environment);
          exchange.begin(200, {});
          const count = (): number[] => ['drain', 'close'].map((event) => response.listenerCount(event));
          counts.push(count());
          for (let wait = 0; wait < 3; wait += 1) await exchange.write([Buffer.alloc(1024 * 1024)]);
          counts.push(count());
          exchange.end();
        },
      }],
    });
    const emulator = await openEmulator({ seed: 'empty' }, [stream]);
    opened.push(emulator);
    expect((await (await fetch(`${emulator.url}/stream`)).arrayBuffer()).byteLength).toBe(3 * 1024 * 1024);
    expect(counts[1]).toEqual(counts[0]);
  });

  it('a failing installer leaves nothing open', async () => {
    await expect(openEmulator({ seed: 'empty' }, [() => { throw new Error('cannot be installed'); }])).rejects.toThrow('cannot be installed');
  });
});

describe('the journal', () => {
  it('has what was let in, what was not, what failed and what was broken off', async () => {
    const emulator = await open();
    expect((await call(emulator, 'hello')).status).toBe(200);
    expect((await call(emulator, 'x', { headers: {} })).headers.get('x-toy')).toBe('401');
    expect((await call(emulator, 'x', { headers: { authorization: basic('alice', 'wrong') } })).status).toBe(401);
    expect((await call(emulator, 'x'.repeat(200))).status).toBe(400);
    const controller = new AbortController();
    const streamed = await call(emulator, 'stream', { signal: controller.signal });
    controller.abort();
    await expect(streamed.text()).rejects.toThrow();
    await emulator.waitFor({ operation: 'stream' });
    expect(emulator.journal.entries({ protocol: 'toy' }).map(({ operation, user, status, outcome, errorCode }) => [operation, user, status, outcome, errorCode])).toEqual([
      ['hello', 'alice@example.test', 200, 'ok', undefined],
      [undefined, undefined, 401, 'error', 'no-credentials'],
      [undefined, undefined, 401, 'error', 'wrong-password'],
      [undefined, 'alice@example.test', 400, 'error', 'TooLarge'],
      ['stream', 'alice@example.test', 200, 'aborted', undefined],
    ]);
    expect(emulator.journal.entries()[0]).toMatchObject({ method: 'POST', path: '/toy', request: { text: 'hello', bytes: 5, value: { operation: 'hello' } }, response: { text: 'done hello', value: { done: 'hello' }, headers: { 'content-type': 'text/plain' } } });
    expect(emulator.journal.entries()[1]!.response.headers).toEqual({ 'x-toy': '401', 'www-authenticate': 'Basic realm="127.0.0.1"' });
    expect(emulator.journal.entries()[4]!.response.text).toBe('first.second.');
  });

  it('waitFor() sees what is yet to come, and says what there was instead', async () => {
    const emulator = await open();
    const coming = emulator.waitFor({ operation: 'later', user: 'alice@example.test' });
    await said(emulator, 'sooner');
    await said(emulator, 'later');
    expect((await coming).response.text).toBe('done later');
    await expect(emulator.waitFor({ operation: 'never' }, { timeoutMs: 1 })).rejects.toThrow(/toy sooner by alice@example\.test: 200 ok/);
  });

  it('has the authority too, and tenants that are not ours get their own refusal', async () => {
    const emulator = await open({ fallback: (_request, response) => void response.writeHead(418).end() });
    const token = (tenant: string) => fetch(`${emulator.url}/${tenant}/oauth2/v2.0/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'password', client_id: 'fauxchange-public', username: 'alice@example.test', password: 'alice-pass', scope: 'https://outlook.office365.com/.default' }) });
    const { access_token: bearer } = (await (await token('common')).json()) as { access_token: string };
    expect(await (await call(emulator, 'hello', { headers: { authorization: `Bearer ${bearer}` } })).text()).toBe('done hello');
    const refused = await token('contoso.test');
    expect([refused.status, ((await refused.json()) as { error_codes: number[] }).error_codes]).toEqual([400, [90002]]);
    expect(emulator.journal.entries({ protocol: 'oauth' }).map(({ operation, status, user, errorCode }) => [operation, status, user, errorCode])).toEqual([['token', 200, 'alice@example.test', undefined], ['token', 400, undefined, 'AADSTS90002']]);
    expect((await fetch(`${emulator.url}/else`)).status).toBe(418);
    emulator.faults.add({ match: { protocol: 'oauth', path: '*/token' }, effect: { kind: 'status', status: 503 } });
    expect((await token('common')).status).toBe(503);
    expect((await token('contoso.test')).status).toBe(503);
  });

  it('without Bearer there is no authority', async () => {
    const emulator = await open({ schemes: ['Basic'] });
    expect(emulator.environment.authority).toBeUndefined();
    expect((await fetch(`${emulator.url}/common/.well-known/openid-configuration`)).status).toBe(404);
  });

  it('servers can share a signing key', async () => {
    const signingKey = createSigningKey();
    const kids = await Promise.all([0, 1].map(async () => {
      const emulator = await open({ oauth: { signingKey } });
      return ((await (await fetch(`${emulator.url}/common/discovery/v2.0/keys`)).json()) as { keys: { kid: string }[] }).keys[0]!.kid;
    }));
    expect(kids[0]).toBe(kids[1]);
  });
});

describe('fault rules', () => {
  /** `broken`: the connection ended before the answer did. */
  async function outcome(emulator: Emulator, operation: string, init?: RequestInit): Promise<string> {
    try {
      const response = await call(emulator, operation, init);
      return `${response.status} ${await response.text()}`;
    } catch {
      return 'broken';
    }
  }

  it.each<[string, FaultRule, string, string]>([
    ['a dropped connection', { effect: { kind: 'drop' } }, 'broken', 'aborted'],
    ['… by operation', { match: { operation: 'hello' }, effect: { kind: 'drop' } }, 'broken', 'aborted'],
    ['an answer cut at once', { effect: { kind: 'cut', afterBytes: 0 } }, 'broken', 'aborted'],
    ['an answer cut within', { match: { user: 'alice*' }, effect: { kind: 'cut', afterBytes: 4 } }, 'broken', 'aborted'],
    ['an answer that is shorter than the cut', { effect: { kind: 'cut', afterBytes: 400 } }, '200 done hello', 'ok'],
    ['a status', { effect: { kind: 'status', status: 503, headers: { 'Retry-After': '7' }, body: 'busy' } }, '503 busy', 'error'],
    ['a status by user', { match: { user: 'alice@example.test' }, effect: { kind: 'status', status: 429 } }, '429 ', 'error'],
    ['an error of the protocol', { effect: { kind: 'error', code: 'ToyBroken' } }, '200 error ToyBroken', 'error'],
    ['none, for another operation', { match: { operation: 'other' }, effect: { kind: 'drop' } }, '200 done hello', 'ok'],
    ['none, for another path', { match: { path: '/ews/*' }, effect: { kind: 'drop' } }, '200 done hello', 'ok'],
  ])('%s', async (_what, rule, expected, recorded) => {
    const emulator = await open();
    const active = emulator.faults.add({ ...rule, times: 1 });
    const isStruck = !_what.startsWith('none');
    expect(await outcome(emulator, 'hello')).toBe(expected);
    const [entry] = emulator.journal.entries();
    expect([entry!.outcome, entry!.fault, active.hits]).toEqual([recorded, isStruck ? active.id : undefined, isStruck ? 1 : 0]);
    expect(await outcome(emulator, 'hello')).toBe('200 done hello');
  });

  it('strike before anybody is asked who they are, unless they have to know', async () => {
    const emulator = await open();
    emulator.faults.add({ match: { protocol: 'toy' }, effect: { kind: 'status', status: 503 }, times: 1 });
    emulator.faults.add({ match: { user: '*' }, effect: { kind: 'status', status: 500 } });
    expect(await outcome(emulator, 'x', { headers: {} })).toBe('503 ');
    expect(await outcome(emulator, 'x', { headers: {} })).toBe('401 ');
    expect(await outcome(emulator, 'x')).toBe('500 ');
  });

  it('count a request once: skip and times mean what they say', async () => {
    const emulator = await open();
    const rule = emulator.faults.add({ match: { path: '/toy' }, effect: { kind: 'status', status: 503 }, skip: 2, times: 2 });
    const codes: string[] = [];
    for (let nth = 0; nth < 6; nth += 1) codes.push((await outcome(emulator, 'x')).slice(0, 3));
    expect([codes, rule.hits]).toEqual([['200', '200', '503', '503', '200', '200'], 2]);
  });

  it('a delay is by the server\'s clock, and leaves room for the next rule', async () => {
    const clock = createClock({ frozen: true });
    const emulator = await open({ clock });
    const early = emulator.faults.add({ match: { protocol: 'toy' }, effect: { kind: 'delay', ms: 5_000 } });
    const late = emulator.faults.add({ match: { operation: 'hello' }, effect: { kind: 'delay', ms: 5_000 } });
    const broken = emulator.faults.add({ match: { operation: 'hello' }, effect: { kind: 'error', code: 'Late' } });
    const done = jest.fn();
    const answer = outcome(emulator, 'hello').finally(done);
    for (const rule of [early, late]) {
      while (rule.hits === 0) await turns(1);
      if (rule === early) await clock.advance(5_000);
    }
    await turns();
    expect(done).not.toHaveBeenCalled();
    await clock.advance(5_000);
    expect(await answer).toBe('200 error Late');
    expect([late.hits, broken.hits]).toEqual([1, 1]);
    expect(emulator.journal.entries()[0]).toMatchObject({ fault: broken.id, errorCode: 'Late' });
  });

  it('a delay does not hold up close()', async () => {
    const emulator = await open();
    const rule = emulator.faults.add({ effect: { kind: 'delay', ms: 3_600_000 } });
    const answer = outcome(emulator, 'hello');
    while (rule.hits === 0) await turns(1);
    await emulator.close();
    expect(await answer).toBe('broken');
  });

  it('a stream is cut where the rule says', async () => {
    const emulator = await open();
    emulator.faults.add({ effect: { kind: 'cut', afterBytes: 10 } });
    const response = await call(emulator, 'stream');
    let text = '';
    await expect((async () => { for await (const chunk of response.body!) text += Buffer.from(chunk as Uint8Array).toString(); })()).rejects.toThrow();
    expect(text).toBe('first.seco');
    expect((await emulator.waitFor({ operation: 'stream' })).response).toMatchObject({ bytes: 10, text: 'first.seco' });
  });
});
