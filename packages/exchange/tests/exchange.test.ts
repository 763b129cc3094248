import { connect } from 'node:net';
import { request } from 'node:https';
import { rootCertificates } from 'node:tls';
import { decodeContainer, decodeDetails } from '@fauxchange/oab';
import * as fc from 'fast-check';
import { createExchange, type Exchange, type ExchangeOptions } from '../src/index.ts';
import { expectValidAnswers } from './support/server.ts';

const opened: Exchange[] = [];
async function open(options: ExchangeOptions = {}): Promise<Exchange> {
  const exchange = await createExchange({ seed: 'empty', ...options });
  opened.push(exchange);
  return exchange;
}
afterEach(async () => {
  opened.forEach(expectValidAnswers);
  await Promise.all(opened.splice(0).map((exchange) => exchange.close()));
});

const authorization = (name = 'alice'): string => `Basic ${Buffer.from(`${name}@example.test:${name}-pass`).toString('base64')}`;
const getFolder = (name: string, version = 'Exchange2010_SP1'): string => `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><s:Header><t:RequestServerVersion Version="${version}"/></s:Header><s:Body><m:GetFolder><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape><m:FolderIds><t:DistinguishedFolderId Id="${name}"/></m:FolderIds></m:GetFolder></s:Body></s:Envelope>`;

async function ews(base: string, body = getFolder('inbox')): Promise<string> {
  const response = await fetch(`${base}/EWS/Exchange.asmx`, { method: 'POST', body, headers: { authorization: authorization(), 'content-type': 'text/xml; charset=utf-8' } });
  return response.text();
}
const get = async (url: string, headers: Record<string, string> = {}): Promise<[number, string]> => {
  const response = await fetch(url, { headers });
  return [response.status, await response.text()];
};
const discovered = async (base: string): Promise<unknown> => JSON.parse((await get(`${base}/autodiscover/autodiscover.json?Email=alice@example.test&Protocol=Ews`))[1]);

/** By HTTPS with nothing trusted but `ca`. */
function secure(url: string, ca: string | readonly string[], body?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const call = request(url, { ca: ca as string, agent: false, method: body === undefined ? 'GET' : 'POST', headers: { authorization: authorization() } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => { text += chunk; }).on('end', () => resolve(text));
    });
    call.on('error', reject).end(body);
  });
}

describe('one server over HTTP and HTTPS', () => {
  it('serves the same over both, with a certificate that its CA vouches for', async () => {
    const exchange = await open({ https: true, certificateHosts: ['mail.example.test'] });
    const ca = exchange.caCertificate as string;
    const port = new URL(exchange.httpsUrl as string).port;
    for (const host of ['127.0.0.1', 'localhost']) expect(await secure(`https://${host}:${port}/EWS/Exchange.asmx`, ca, getFolder('inbox'))).toContain('<t:DisplayName>Inbox</t:DisplayName>');
    await expect(secure(`https://127.0.0.1:${port}/healthz`, [...rootCertificates])).rejects.toMatchObject({ code: expect.stringMatching(/SELF_SIGNED|UNABLE_TO/) });
    expect(await ews(exchange.httpUrl as string)).toContain('<t:DisplayName>Inbox</t:DisplayName>');
    expect(exchange.ewsUrl).toBe(`${exchange.httpUrl as string}/EWS/Exchange.asmx`);
    // Autodiscover tells of HTTPS, as a real server does.
    expect(await discovered(exchange.httpUrl as string)).toEqual({ Protocol: 'Ews', Url: `${exchange.httpsUrl as string}/EWS/Exchange.asmx` });
  });

  it('either may be off, but not both; a certificate may be yours', async () => {
    const encrypted = await open({ http: false, https: true });
    expect([encrypted.httpUrl, encrypted.url.startsWith('https:'), encrypted.ewsUrl.startsWith('https:')]).toEqual([undefined, true, true]);
    const plain = await open();
    expect([plain.httpsUrl, plain.caCertificate]).toEqual([undefined, undefined]);
    await expect(createExchange({ http: false })).rejects.toThrow(TypeError);
    const { createIdSource, createTestCa } = await import('@fauxchange/kernel');
    const ca = await createTestCa({ ids: createIdSource('mine'), clock: plain.clock });
    const own = await open({ https: { tls: await ca.issue(['localhost', '127.0.0.1']) } });
    expect(own.caCertificate).toBeUndefined();
    expect(await secure(`${own.httpsUrl as string}/readyz`, ca.certificate)).toBe('{"status":"ready"}');
  });

  it('a taken port is said, and nothing stays open', async () => {
    const first = await open();
    const port = Number(new URL(first.httpUrl as string).port);
    await expect(createExchange({ http: { port }, https: true })).rejects.toMatchObject({ name: 'ListenError', code: 'EADDRINUSE', port });
    await expect(createExchange({ https: { port } })).rejects.toMatchObject({ port });
  });

  it('tells its health, and people what it is', async () => {
    const exchange = await open();
    const base = exchange.httpUrl as string;
    expect(await get(`${base}/healthz`)).toEqual([200, '{"status":"ok"}']);
    expect(await get(`${base}/readyz`)).toEqual([200, '{"status":"ready"}']);
    await exchange.organization.add({ recipientType: 'UserMailbox', displayName: '<b>Eve</b>', primarySmtpAddress: 'eve@example.test', password: 'a&b' });
    const [status, page] = await get(`${base}/`);
    expect([status, page.includes('alice@example.test'), page.includes('&lt;b&gt;Eve&lt;/b&gt;'), page.includes('a&amp;b'), page.includes('<b>')]).toEqual([200, true, true, true, false]);
    for (const path of ['/nothing', '/%', '/ews2/x', '/healthz/x']) expect((await get(base + path))[0]).toBe(404);
  });
});

describe('options reach every part', () => {
  it.each<[ExchangeOptions['profile'], string, number, number]>([
    ['exchange2010', 'MajorVersion="14" MinorVersion="3"', 200, 404],
    ['exchange2013', 'MajorVersion="15" MinorVersion="0"', 200, 404],
    ['exchangeSE', 'MajorVersion="15" MinorVersion="2"', 200, 200],
  ])('profile %s', async (profile, version, soap, json) => {
    const exchange = await open({ profile });
    const base = exchange.httpUrl as string;
    expect(await ews(base)).toContain(version);
    expect((await get(`${base}/autodiscover/autodiscover.svc`, { authorization: authorization() }))[0]).toBe(soap);
    expect((await get(`${base}/autodiscover/autodiscover.json?Email=alice@example.test&Protocol=Ews`))[0]).toBe(json);
  });

  it('URLs that Autodiscover tells are yours, or the listener\'s, or, where it listens everywhere, those that the client used', async () => {
    const named = await open({ urls: { external: 'https://mail.example.test/' } });
    expect(await discovered(named.httpUrl as string)).toMatchObject({ Url: 'https://mail.example.test/EWS/Exchange.asmx' });
    const everywhere = await open({ host: '0.0.0.0', https: true });
    expect(everywhere.httpUrl).toMatch(/^http:\/\/localhost:\d+$/);
    const port = new URL(everywhere.httpUrl as string).port;
    expect(await discovered(`http://127.0.0.1:${port}`)).toMatchObject({ Url: `http://127.0.0.1:${port}/EWS/Exchange.asmx` });
    expect(await secure(`${everywhere.httpsUrl as string}/healthz`, everywhere.caCertificate as string)).toBe('{"status":"ok"}');
  });

  it('redirects of Autodiscover, schemes, journal and faults are those of the whole', async () => {
    const exchange = await open({ schemes: ['Basic'], autodiscover: { redirects: [{ kind: 'address', for: 'moved.test', to: 'elsewhere.test' }] } });
    const base = exchange.httpUrl as string;
    const response = await fetch(`${base}/autodiscover/autodiscover.json?Email=x@moved.test&Protocol=Ews`, { redirect: 'manual' });
    expect(response.headers.get('location')).toContain('autodiscover.elsewhere.test');
    expect((await get(`${base}/common/.well-known/openid-configuration`))[0]).toBe(404);
    await ews(base);
    expect(exchange.journal.entries().map(({ protocol, status }) => [protocol, status])).toEqual([['autodiscover', 302], ['ews', 200]]);
    exchange.faults.add({ effect: { kind: 'status', status: 503 } });
    expect([(await get(`${base}/EWS/Services.wsdl`))[0], (await get(`${base}/autodiscover/autodiscover.xml`))[0]]).toEqual([503, 503]);
    exchange.faults.clear();
    exchange.faults.add({ match: { operation: 'GetFolder' }, effect: { kind: 'error', code: 'ErrorServerBusy', backOffMs: 1234 }, times: 1 });
    expect(await ews(base)).toMatch(/ErrorServerBusy[\s\S]*BackOffMilliseconds">1234</);
    expect(await ews(base)).toContain('NoError');
  });
});

describe('anything at all', () => {
  /** Sends bytes and reads until the server ends or has answered. */
  const raw = (port: number, bytes: Uint8Array): Promise<string> => new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes));
    socket.on('data', (chunk) => { text += chunk.toString('latin1'); }).on('error', () => undefined).on('close', () => resolve(text));
  });

  it('is answered or refused, at every path and by every method, and the server lives on', async () => {
    const exchange = await open();
    const segment = fc.constantFrom('ews', 'EWS', 'Exchange.asmx', 'autodiscover', 'autodiscover.xml', 'autodiscover.svc', 'autodiscover.json', 'common', 'oauth2', 'v2.0', 'token', 'authorize', 'healthz', '..', '%2e%2e', '%00', '%', '', 'example.test', 'constructor');
    const path = fc.array(fc.oneof({ weight: 4, arbitrary: segment }, { weight: 1, arbitrary: fc.string({ maxLength: 8 }).map(encodeURIComponent) }), { maxLength: 5 }).map((segments) => `/${segments.join('/')}`);
    const method = fc.constantFrom('GET', 'POST', 'HEAD', 'PUT', 'OPTIONS', 'DELETE', 'TRACE', 'PROPFIND');
    const header = fc.constantFrom('', 'Authorization: Basic', `Authorization: ${authorization()}`, 'Authorization: Bearer x.y.z', 'Content-Encoding: gzip', 'Expect: 100-continue', 'Content-Type: application/x-www-form-urlencoded', 'Transfer-Encoding: chunked');
    let answered = 0;
    await fc.assert(fc.asyncProperty(method, path, fc.array(header, { maxLength: 3 }), fc.uint8Array({ maxLength: 60 }), async (verb, where, headers, body) => {
      const isChunked = headers.includes('Transfer-Encoding: chunked');
      const lines = [`${verb} ${where} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...headers.filter((line) => line !== ''), ...(isChunked ? [] : [`Content-Length: ${body.length}`])];
      const answer = await raw(exchange.port, Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body]));
      expect(answer === '' || /^HTTP\/1\.1 [1-5]\d\d /.test(answer)).toBe(true);
      if (answer !== '') answered += 1;
    }), { numRuns: 400, seed: 11 });
    // The rest broke off in the middle of a chunk.
    expect(answered).toBeGreaterThan(300);
    expect(exchange.journal.entries({ outcome: 'internal' })).toEqual([]);
    expect(await ews(exchange.httpUrl as string)).toContain('NoError');
  });
});

describe('the end', () => {
  it('comes at once, with a streaming subscription open over HTTP and another over HTTPS', async () => {
    const exchange = await open({ https: true });
    const base = exchange.httpUrl as string;
    const envelope = (body: string): string => getFolder('inbox').replace(/<m:GetFolder>.*<\/m:GetFolder>/, body);
    const subscribed = await ews(base, envelope('<m:Subscribe><m:StreamingSubscriptionRequest><t:FolderIds><t:DistinguishedFolderId Id="inbox"/></t:FolderIds><t:EventTypes><t:EventType>NewMailEvent</t:EventType></t:EventTypes></m:StreamingSubscriptionRequest></m:Subscribe>'));
    const id = /<m:SubscriptionId>([^<]+)</.exec(subscribed)?.[1] as string;
    const listen = envelope(`<m:GetStreamingEvents><m:SubscriptionIds><t:SubscriptionId>${id}</t:SubscriptionId></m:SubscriptionIds><m:ConnectionTimeout>30</m:ConnectionTimeout></m:GetStreamingEvents>`);
    const response = await fetch(`${base}/EWS/Exchange.asmx`, { method: 'POST', body: listen, headers: { authorization: authorization(), 'content-type': 'text/xml; charset=utf-8' } });
    const reader = response.body!.getReader();
    expect(Buffer.from((await reader.read()).value!).toString()).toContain('ConnectionStatus>OK<');
    const encrypted = secure(`${exchange.httpsUrl as string}/EWS/Exchange.asmx`, exchange.caCertificate as string, listen).then(() => 'ended', () => 'ended');
    const elapsed = exchange.clock.stopwatch();
    await exchange.close();
    expect(elapsed()).toBeLessThan(900);
    expect(await encrypted).toBe('ended');
    await reader.read().catch(() => undefined);
  });
});

describe('many servers', () => {
  it('fifty side by side know nothing of each other', async () => {
    const servers = await Promise.all(Array.from({ length: 50 }, () => open()));
    expect(new Set(servers.map(({ port }) => port)).size).toBe(50);
    await servers[7]!.organization.deliver('From: bob@example.test\r\nTo: alice@example.test\r\nSubject: seven\r\n\r\nx', { to: ['alice@example.test'] });
    const totals = await Promise.all(servers.map(async ({ httpUrl }) => Number(/<t:TotalCount>(\d+)</.exec(await ews(httpUrl as string))?.[1])));
    expect(totals).toEqual(Array.from({ length: 50 }, (_, nth) => (nth === 7 ? 1 : 0)));
    expect(servers.map(({ journal }) => journal.entries().length)).toEqual(Array.from({ length: 50 }, () => 1));
  });

  it('two hundred opened and closed leave nothing behind', async () => {
    const count = (): Record<string, number> => {
      const kinds: Record<string, number> = {};
      for (const kind of process.getActiveResourcesInfo()) if (/TCP|TLS|Server|Timeout|Immediate/.test(kind)) kinds[kind] = (kinds[kind] ?? 0) + 1;
      return kinds;
    };
    const cycle = async (isAsked: boolean): Promise<void> => {
      const exchange = await createExchange({ seed: 'empty', https: isAsked });
      if (isAsked) await ews(exchange.httpUrl as string);
      await exchange.close();
    };
    for (let nth = 0; nth < 5; nth += 1) await cycle(true);
    // What fetch keeps of connections that were closed on it goes a few turns later.
    const settled = async (): Promise<Record<string, number>> => { for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => { setImmediate(resolve); }); return count(); };
    const before = await settled();
    for (let nth = 0; nth < 200; nth += 1) await cycle(nth % 10 === 0);
    const after = await settled();
    for (const [kind, number] of Object.entries(after)) expect([kind, number]).toEqual([kind, Math.min(number, (before[kind] ?? 0) + 2)]);
  }, 60_000);
});

describe('the offline address book', () => {
  it.each(['EXCH', 'EXPR'])('is where the block %s of Autodiscover says, and of everybody whom the server has', async (type) => {
    const exchange = await open({ seed: undefined });
    const body = '<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006"><Request><EMailAddress>alice@example.test</EMailAddress><AcceptableResponseSchema>http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a</AcceptableResponseSchema></Request></Autodiscover>';
    const answer = await (await fetch(`${exchange.httpUrl as string}/autodiscover/autodiscover.xml`, { method: 'POST', body, headers: { authorization: authorization(), 'content-type': 'text/xml' } })).text();
    const url = new RegExp(`<Type>${type}</Type>(?:(?!</Protocol>)[^])*<OABUrl>([^<]+)</OABUrl>`).exec(answer)?.[1] ?? '';
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/OAB\/[0-9a-f-]{36}\/$/);
    const [status, manifest] = await get(`${url}oab.xml`, { authorization: authorization() });
    const file = /<Full [^>]*>([^<]+)<\/Full>/.exec(manifest)?.[1] ?? '';
    const details = await fetch(url + file, { headers: { authorization: authorization() } });
    expect([status, details.status]).toEqual([200, 200]);
    const { records } = decodeDetails(decodeContainer(new Uint8Array(await details.arrayBuffer())));
    const shown = exchange.organization.directory.list().filter(({ isHiddenFromAddressLists }) => !isHiddenFromAddressLists);
    expect(records.map((record) => record.get(0x39fe_001f)).sort()).toEqual(shown.map(({ primarySmtpAddress }) => primarySmtpAddress).sort());
  });
});
