import { createServer, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { gzipSync, deflateSync } from 'node:zlib';
import { X509Certificate } from 'node:crypto';
import {
  BodyError, createClock, createExpressFallback, createIdSource, createLifecycle, createTestCa, drainBody, ListenError, listenHttp, readBody, requestPath,
} from '../src/index.ts';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HttpHandler, HttpListener, Lifecycle, ListenHttpOptions } from '../src/index.ts';

let lifecycle: Lifecycle;
beforeEach(() => { lifecycle = createLifecycle(); });
afterEach(() => lifecycle.close());

const listen = (options: Partial<ListenHttpOptions>): Promise<HttpListener> => listenHttp({ mounts: [], lifecycle, ...options });
const say = (text: string): HttpHandler => (_request, response) => { response.end(text); };

/** Sends bytes as they are and gives back all that comes until the server closes. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => { socket.write(text, 'latin1'); });
    let answer = '';
    socket.on('data', (chunk) => { answer += chunk.toString('latin1'); });
    socket.on('close', () => { resolve(answer); });
    socket.on('error', (error) => { if (answer === '') reject(error); });
  });
}

/** Counts what keeps a process alive, to see that closing leaves nothing. */
const openHandles = (): string[] => process.getActiveResourcesInfo().filter((name) => /TCP|TLS/.test(name));
/** What jest's worker had open before, from the files that it ran earlier. */
const before = openHandles().length;

/** libuv needs a turn or two to let go of a handle that was closed. */
async function expectNoHandles(): Promise<void> {
  for (let turn = 0; turn < 100 && openHandles().length > before; turn += 1) await new Promise((resolve) => { setImmediate(resolve); });
  expect(openHandles().length).toBeLessThanOrEqual(before);
}

describe('dispatch', () => {
  it.each([
    ['/ews', 'ews'], ['/EWS/Exchange.asmx', 'ews'], ['/Ews?x=1', 'ews'], ['/ews/deep/er', 'deep'], ['/ews/DEEP', 'deep'], ['/ewsx', 'none'], ['/', 'none'],
    ['/x/../ews/a', 'ews'], ['/%65ws', 'ews'], ['/ews/%zz', 'ews'], ['http://elsewhere.test/ews', 'ews'], ['/./..', 'none'],
  ])('%s goes to %s', async (path, expected) => {
    const listener = await listen({ mounts: [{ path: '/ews', handler: say('ews') }, { path: '/EWS/deep/', handler: say('deep') }], fallback: say('none') });
    expect(await raw(listener.port, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)).toMatch(new RegExp(`${expected}\r\n0\r\n\r\n$|\r\n\r\n${expected}$`));
  });

  it('a path keeps its case and loses its query', () => {
    expect(requestPath({ url: '/EWS/Exchange.asmx?a=/..' } as IncomingMessage)).toBe('/EWS/Exchange.asmx');
    expect(requestPath({ url: '/a/b/..' } as IncomingMessage)).toBe('/a/');
    expect(requestPath({} as IncomingMessage)).toBe('/');
    expect(requestPath({ url: '/Exchange.asmx', originalUrl: '/EWS/Exchange.asmx?x' } as unknown as IncomingMessage)).toBe('/EWS/Exchange.asmx');
  });

  it('nothing mounted: 404 as IIS', async () => {
    const listener = await listen({});
    const response = await fetch(`${listener.url}/nothing`);
    expect([response.status, response.headers.get('server'), response.headers.get('content-type')]).toEqual([404, 'Microsoft-IIS/10.0', 'text/html']);
    expect(await response.text()).toContain('404 - File or directory not found.');
  });

  it.each([
    ['throws', () => { throw new Error('broken'); }],
    ['rejects', async () => { await Promise.resolve(); throw new Error('broken'); }],
  ] satisfies [string, HttpHandler][])('a handler that %s: empty 500, heard by onError, and the server lives on', async (_, handler) => {
    const onError = jest.fn();
    const listener = await listen({ mounts: [{ path: '/bad', handler }, { path: '/good', handler: say('fine') }], onError });
    const response = await fetch(`${listener.url}/bad`);
    expect([response.status, await response.text()]).toEqual([500, '']);
    expect(onError).toHaveBeenCalledWith(expect.objectContaining({ message: 'broken' }), expect.anything());
    expect(await (await fetch(`${listener.url}/good`)).text()).toBe('fine');
  });

  it('a handler that fails in the middle of its answer: the connection is cut', async () => {
    const listener = await listen({ mounts: [{ path: '/', handler: (_request, response) => { response.write('half'); throw new Error('broken'); } }] });
    await expect(fetch(listener.url).then((response) => response.text())).rejects.toThrow();
  });

  it('Express serves what is cold, with a body', async () => {
    const handler = createExpressFallback((app, express) => {
      const { post } = app as { post: (path: string, ...handlers: unknown[]) => void };
      const { json } = express as { json: () => unknown };
      post.call(app, '/echo', json(), (request: { body: unknown }, response: { json: (value: unknown) => void }) => { response.json(request.body); });
    });
    const listener = await listen({ mounts: [{ path: '/cold', handler: say('hot') }], fallback: handler });
    const response = await fetch(`${listener.url}/echo`, { method: 'POST', body: '{"a":1}', headers: { 'content-type': 'application/json' } });
    expect(await response.json()).toEqual({ a: 1 });
    expect(response.headers.get('x-powered-by')).toBeNull();
    expect((await fetch(`${listener.url}/none`)).status).toBe(404);
  });
});

describe('listening', () => {
  it('says what is wrong with an address', async () => {
    const listener = await listen({});
    const error = await listen({ port: listener.port }).then(() => undefined, (reason: unknown) => reason as ListenError);
    expect(error).toBeInstanceOf(ListenError);
    expect([error?.code, error?.port]).toEqual(['EADDRINUSE', listener.port]);
    expect(error?.message).toContain(`port ${String(listener.port)} on 127.0.0.1 is already in use`);
    await expect(listen({ host: '203.0.113.9' })).rejects.toMatchObject({ code: 'EADDRNOTAVAIL' });
    await expect(listen({ port: 70_000 })).rejects.toBeInstanceOf(ListenError);
    await lifecycle.close();
    await expect(listen({})).rejects.toThrow('closing');
  });

  it('fifty side by side answer and leave no handle open', async () => {
    const many = await Promise.all(Array.from({ length: 50 }, (_, number) => listen({ mounts: [{ path: '/', handler: say(String(number)) }] })));
    expect(new Set(many.map(({ port }) => port)).size).toBe(50);
    const answers = await Promise.all(many.map(async ({ port }) => (await raw(port, 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).split('\r\n\r\n')[1]));
    expect(answers.map((answer) => /\d+/.exec(answer?.replace(/^\d\r\n/, '') ?? '')?.[0])).toEqual(many.map((_, number) => String(number)));
    await lifecycle.close();
    await expectNoHandles();
  });

  it('close() ends an open long poll, a hung request, an idle connection and a half-sent one at once', async () => {
    let polls = 0;
    const handler: HttpHandler = async (request, response) => {
      polls += 1;
      response.write('begun');
      if (request.url === '/hung') await new Promise(() => undefined);
      await new Promise((resolve) => { lifecycle.signal.addEventListener('abort', resolve); });
      response.end('late');
    };
    const listener = await listen({ mounts: [{ path: '/', handler }] });
    const get = (path: string): Promise<string> => raw(listener.port, `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
    const clients = [get('/poll'), get('/hung'), raw(listener.port, 'POST / HTTP/1.1\r\nContent-Le'), raw(listener.port, '')].map((client) => client.catch(() => 'reset'));
    while (polls < 2) await new Promise((resolve) => { setImmediate(resolve); });
    const elapsed = createClock().stopwatch();
    await lifecycle.close();
    await Promise.all(clients);
    expect(elapsed()).toBeLessThan(900);
    await expectNoHandles();
    await listener.close();
  });

  it('writing on after the client went away harms nobody', async () => {
    const onError = jest.fn();
    let written: (() => void) | undefined;
    const wrote = new Promise<void>((resolve) => { written = resolve; });
    const listener = await listen({ onError, mounts: [{ path: '/gone', handler: async (_request, response) => {
      await new Promise((resolve) => { response.once('close', resolve); response.write('x'); });
      for (let i = 0; i < 3; i += 1) { response.write('into the void'); await new Promise((resolve) => { setImmediate(resolve); }); }
      response.end();
      written?.();
    } }, { path: '/', handler: say('alive') }] });
    const client = httpRequest(`${listener.url}/gone`, (response) => { response.once('data', () => client.destroy()).on('error', () => undefined); });
    client.on('error', () => undefined).end();
    await wrote;
    expect(await (await fetch(listener.url)).text()).toBe('alive');
    expect(onError).not.toHaveBeenCalled();
  });
});

describe('hostile clients', () => {
  it.each([
    ['no HTTP at all', '\x16\x03\x01\x00\xa5\x01\x00\x00\r\n\r\n', /^HTTP\/1\.1 400 .*Bad Request/s],
    ['headers without end', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(5000)}\r\n\r\n`, /^HTTP\/1\.1 400 .*Request Too Long/s],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx', /^HTTP\/1\.1 400 /],
    ['length and chunks (smuggling)', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', /^HTTP\/1\.1 400 /],
  ])('%s is refused', async (_, text, expected) => {
    const listener = await listen({ limits: { maxHeaderBytes: 4096 }, mounts: [{ path: '/', handler: say('reached') }] });
    expect(await raw(listener.port, text)).toMatch(expected);
  });

  it('headers that drip are cut off', async () => {
    const listener = await listen({ limits: { headersTimeoutMs: 30, requestTimeoutMs: 60 } });
    expect(await raw(listener.port, 'GET / HTTP/1.1\r\nHost')).toMatch(/^HTTP\/1\.1 408 /);
  });
});

describe('bodies', () => {
  const echo = (limit: number, seen: unknown[] = []): HttpHandler => async (request, response) => {
    try {
      const body = await readBody(request, { limit, signal: lifecycle.signal });
      response.end(body);
    } catch (error) {
      seen.push((error as BodyError).reason);
      response.writeHead(413, { Connection: 'close' }).end((error as BodyError).reason);
    }
  };
  const post = async (limit: number, body: Buffer, headers: Record<string, string> = {}): Promise<string> => {
    const listener = await listen({ mounts: [{ path: '/', handler: echo(limit) }] });
    return (await fetch(listener.url, { method: 'POST', body: new Uint8Array(body), headers })).text();
  };
  const text = Buffer.from('ä'.repeat(5000));

  it.each([
    ['plain', text, {}],
    ['gzip', gzipSync(text), { 'content-encoding': 'GZIP' }],
    ['deflate', deflateSync(text), { 'content-encoding': 'deflate' }],
    ['identity', text, { 'content-encoding': 'identity' }],
    ['empty', Buffer.alloc(0), {}],
  ])('%s is read whole', async (name, body, headers) => {
    expect(await post(10_000, body, headers)).toBe(name === 'empty' ? '' : text.toString());
  });

  it.each([
    ['too large by its length', Buffer.alloc(101), {}, 'too-large'],
    ['too large when inflated', gzipSync(Buffer.alloc(100_000)), { 'content-encoding': 'gzip' }, 'too-large'],
    ['gzip that is none', Buffer.from('hello'), { 'content-encoding': 'gzip' }, 'bad-encoding'],
    ['gzip cut short', gzipSync(Buffer.from('hello')).subarray(0, 15), { 'content-encoding': 'gzip' }, 'bad-encoding'],
    ['an encoding that nobody knows', Buffer.from('hello'), { 'content-encoding': 'br' }, 'bad-encoding'],
  ])('%s is refused', async (_, body, headers, reason) => {
    expect(await post(100 + 50, Buffer.concat([body, name(body)]), headers)).toBe(reason);
    function name(bytes: Buffer): Buffer { return bytes.length === 101 ? Buffer.alloc(50) : Buffer.alloc(0); }
  });

  it('too large in chunks is refused before its end; a client that leaves is noticed', async () => {
    const seen: unknown[] = [];
    const listener = await listen({ mounts: [{ path: '/', handler: echo(10, seen) }] });
    expect(await raw(listener.port, 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n14\r\n01234567890123456789\r\n')).toMatch(/^HTTP\/1\.1 413 .*too-large/s);
    const socket = connect(listener.port, '127.0.0.1', () => { socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc', () => { setImmediate(() => socket.destroy()); }); });
    while (seen.length < 2) await new Promise((resolve) => { setImmediate(resolve); });
    expect(seen).toEqual(['too-large', 'aborted']);
  });

  it('drained bodies leave the connection usable', async () => {
    const drained: boolean[] = [];
    const sockets = new Set<unknown>();
    const listener = await listen({ mounts: [{ path: '/', handler: async (request, response) => {
      sockets.add(request.socket);
      drained.push(await drainBody(request, { limit: 100 }));
      response.writeHead(401, { 'Content-Length': 0, ...(drained.at(-1) === true ? {} : { Connection: 'close' }) }).end();
    } }] });
    const one = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello';
    const answer = await raw(listener.port, `${one}${one}GET / HTTP/1.1\r\nHost: x\r\n\r\nPOST / HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n${'x'.repeat(500)}`);
    expect(answer.match(/HTTP\/1\.1 401/g)).toHaveLength(4);
    expect(drained.filter(Boolean)).toHaveLength(3);
    expect(sockets.size).toBe(1);
  });
});

describe('HTTPS with the test CA', () => {
  it('a client that trusts the CA connects by name and by address; another one does not', async () => {
    const ca = await createTestCa({ ids: createIdSource('tls'), clock: createClock({ at: Date.UTC(2031, 5, 1), frozen: true }) });
    const tls = await ca.issue(['localhost', 'mail.example.test', '127.0.0.1', '::1']);
    const listener = await listen({ tls, mounts: [{ path: '/', handler: say('secret') }] });
    expect(listener.url).toMatch(/^https:/);
    const get = (host: string, trusted: string | undefined, servername?: string): Promise<string> => new Promise((resolve, reject) => {
      httpsRequest({ host, port: listener.port, ca: trusted, servername, agent: false }, (response) => {
        response.setEncoding('utf8').on('data', resolve);
      }).on('error', reject).end();
    });
    expect(await get('127.0.0.1', ca.certificate)).toBe('secret');
    expect(await get('localhost', ca.certificate)).toBe('secret');
    expect(await get('127.0.0.1', ca.certificate, 'mail.example.test')).toBe('secret');
    await expect(get('127.0.0.1', ca.certificate, 'other.example.test')).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    await expect(get('127.0.0.1', undefined)).rejects.toThrow(/self[- ]signed|unable to/);
    const other = await createTestCa({ ids: createIdSource('tls'), clock: createClock() });
    await expect(get('127.0.0.1', other.certificate)).rejects.toThrow();
    const socket = connectTls({ host: '127.0.0.1', port: listener.port, ca: ca.certificate });
    await new Promise((resolve) => { socket.once('secureConnect', resolve); });
    const ended = new Promise((resolve) => { socket.on('error', () => undefined).once('close', resolve); });
    await listener.close();
    await ended;
  });

  it('writes the certificate that it means to', async () => {
    const ca = await createTestCa({ ids: createIdSource('tls'), clock: createClock() });
    const { cert } = await ca.issue(['a.test', '*.b.test', '10.0.0.1', '2001:db8::7']);
    const [leaf, root] = cert.split(/(?<=-----END CERTIFICATE-----\n)/).map((text) => new X509Certificate(text)) as [X509Certificate, X509Certificate];
    expect(leaf.subjectAltName).toBe('DNS:a.test, DNS:*.b.test, IP Address:10.0.0.1, IP Address:2001:DB8:0:0:0:0:0:7');
    expect(root.ca).toBe(true);
    expect(leaf.ca).toBe(false);
    expect(leaf.checkIssued(root) && leaf.verify(root.publicKey) && root.verify(root.publicKey)).toBe(true);
    expect(leaf.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
    expect(new Date(leaf.validFrom).getTime()).toBeLessThan(Date.now());
    const days = (new Date(leaf.validTo).getTime() - new Date(leaf.validFrom).getTime()) / 86_400_000;
    expect(days).toBeGreaterThan(396);
    expect(days).toBeLessThan(398);
    await expect(ca.issue(['not a name'])).rejects.toThrow(RangeError);
    await expect(ca.issue([])).rejects.toThrow(RangeError);
  });
});

it('a port taken by a stranger is named as such', async () => {
  const stranger = createServer();
  await new Promise<void>((resolve) => { stranger.listen(0, '127.0.0.1', resolve); });
  const { port } = stranger.address() as AddressInfo;
  await expect(listen({ port })).rejects.toMatchObject({ name: 'ListenError', code: 'EADDRINUSE', port });
  await new Promise((resolve) => { stranger.close(resolve); });
});
