import { anyCharacter } from '@fauxchange/arbitraries';
import { Agent, request as httpRequest } from 'node:http';
import * as fc from 'fast-check';
import { createClock, createIdSource, createLifecycle, listenHttp } from '@fauxchange/kernel';
import { createAuthentication, createOAuthAuthority, createSigningKey } from '../src/index.ts';
import { People } from './people.ts';
import type { IncomingMessage } from 'node:http';
import type { Clock, HttpListener, Lifecycle } from '@fauxchange/kernel';
import type { AuthenticationOptions, AuthScheme, OAuthAuthority, Principal } from '../src/index.ts';

interface Answer { status: number; headers: IncomingMessage['headers']; challenges: string[]; body: string }

const signingKey = createSigningKey();
let lifecycle: Lifecycle;
let clock: Clock;
let people: People;
let authority: OAuthAuthority;
let principals: Principal[];
let sockets: Set<unknown>;

beforeEach(() => {
  lifecycle = createLifecycle();
  clock = createClock({ at: Date.UTC(2026, 5, 1), frozen: true });
  people = new People();
  authority = createOAuthAuthority({ directory: people, clock, signingKey, ids: createIdSource('auth test') });
  principals = [];
  sockets = new Set();
});
afterEach(() => lifecycle.close());

/** A server whose every path is behind the door. */
async function open(options: Partial<AuthenticationOptions> = {}): Promise<HttpListener> {
  const authentication = createAuthentication({ directory: people, clock, ...options });
  return listenHttp({ lifecycle, mounts: [{ path: '/', handler: async (request, response) => {
    sockets.add(request.socket);
    const result = await authentication.authenticate(request);
    if (!result.ok) { await authentication.challenge(request, response, result, { headers: { 'request-id': 'x' }, drainLimit: 5000 }); return; }
    principals.push(result.principal);
    request.resume();
    response.end(result.principal.user?.primarySmtpAddress ?? 'application');
  } }] });
}

function ask(listener: HttpListener, authorization?: string, more: { body?: string; agent?: Agent; host?: string } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(listener.url, {
      method: more.body === undefined ? 'GET' : 'POST', agent: more.agent ?? false,
      headers: { ...(authorization === undefined ? {} : { authorization }), host: more.host ?? 'mail.example.test:8443' },
    }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => { body += chunk; }).on('end', () => {
        const challenges = response.rawHeaders.filter((_, index) => index % 2 === 1 && response.rawHeaders[index - 1]?.toLowerCase() === 'www-authenticate');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, challenges, body });
      });
    });
    request.on('error', reject).end(more.body);
  });
}

const basic = (user: string, password: string, encoding: BufferEncoding = 'utf8'): string => `Basic ${Buffer.from(`${user}:${password}`, encoding).toString('base64')}`;

describe('Basic', () => {
  it.each([
    ['UPN', basic('alice@example.test', 'alice-pass'), 200],
    ['UPN in capitals', basic('ALICE@EXAMPLE.TEST', 'alice-pass'), 200],
    ['DOMAIN\\name', basic('EXAMPLE\\alice', 'alice-pass'), 200],
    ['the scheme in capitals', basic('alice@example.test', 'alice-pass').replace('Basic', 'BASIC'), 200],
    ['a password with colons, in UTF-8', basic('bjørn@example.test', 'pässwörd:with:colons'), 200],
    ['the same in Latin-1', basic('bjørn@example.test', 'pässwörd:with:colons', 'latin1'), 200],
    ['a wrong password', basic('alice@example.test', 'Alice-pass'), 401],
    ['no password', basic('alice@example.test', ''), 401],
    ['an unknown user', basic('nobody@example.test', 'alice-pass'), 401],
    ['another domain', basic('OTHER\\alice', 'alice-pass'), 401],
    ['a disabled account', basic('gone@example.test', 'gone-pass'), 401],
    ['no user', basic('', 'alice-pass'), 401],
    ['no colon', `Basic ${Buffer.from('alice').toString('base64')}`, 401],
    ['no base64', 'Basic !!!', 401],
    ['nothing', 'Basic', 401],
    ['something huge', `Basic ${'QUFB'.repeat(5000)}`, 401],
    ['a scheme that is not offered', 'Digest username="alice"', 401],
    ['no scheme at all', '', 401],
  ])('%s', async (_, authorization, expected) => {
    const { status, challenges } = await ask(await open(), authorization);
    expect(status).toBe(expected);
    expect(challenges).toEqual(expected === 200 ? [] : ['Basic realm="mail.example.test"']);
  });

  it('a changed password and a disabled account count at once', async () => {
    const listener = await open();
    const good = basic('alice@example.test', 'alice-pass');
    expect((await ask(listener, good)).status).toBe(200);
    people.setPassword('alice', 'another');
    expect((await ask(listener, good)).status).toBe(401);
    people.setPassword('alice', 'alice-pass');
    expect((await ask(listener, good)).status).toBe(200);
    people.disable('alice');
    expect((await ask(listener, good)).status).toBe(401);
  });

  it.each([
    ['the configured realm', { realm: 'webmail' }, 'mail.example.test', 'Basic realm="webmail"'],
    ['the host asked for', {}, '127.0.0.1:80', 'Basic realm="127.0.0.1"'],
    ['no header injection', {}, 'x"y', 'Basic realm="localhost"'],
  ])('the realm: %s', async (_, options, host, expected) => {
    expect((await ask(await open(options), undefined, { host })).challenges).toEqual([expected]);
  });
});

describe('a 401', () => {
  it('reads the body away, has none, and keeps the connection', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const listener = await open();
    const body = 'x'.repeat(4000);
    const first = await ask(listener, undefined, { agent, body });
    expect([first.status, first.body, first.headers['content-length'], first.headers['request-id'], first.headers.connection]).toEqual([401, '', '0', 'x', 'keep-alive']);
    expect((await ask(listener, basic('alice@example.test', 'alice-pass'), { agent, body })).status).toBe(200);
    expect(sockets.size).toBe(1);
    agent.destroy();
  });

  it('ends the connection when the body is too large to read away', async () => {
    const { status, headers } = await ask(await open(), undefined, { body: 'x'.repeat(6000) });
    expect([status, headers.connection]).toEqual([401, 'close']);
  });
});

describe('Bearer', () => {
  const invitation = (): string => `Bearer client_id="00000002-0000-0ff1-ce00-000000000000", trusted_issuers="00000001-0000-0000-c000-000000000000@${authority.tenantId}", token_types="app_asserted_user_v1 service_asserted_app_v1", authorization_uri="http://mail.example.test:8443/common/oauth2/authorize"`;

  it('an empty Bearer asks for the challenge; without it only Basic invites', async () => {
    const listener = await open({ authority });
    expect((await ask(listener, 'Bearer')).challenges).toEqual([invitation(), 'Basic realm="mail.example.test"']);
    expect((await ask(listener, 'bearer ')).challenges).toEqual([invitation(), 'Basic realm="mail.example.test"']);
    expect((await ask(listener)).challenges).toEqual(['Basic realm="mail.example.test"']);
    expect((await ask(listener, 'Bearer')).headers['x-ms-diagnostics']).toBeUndefined();
  });

  it('invites always when asked to, and when nothing else is offered; never where there is no authority', async () => {
    expect((await ask(await open({ authority, bearer: { invite: 'always' } }))).challenges).toHaveLength(2);
    expect((await ask(await open({ authority, schemes: ['Bearer'] }))).challenges).toEqual([invitation()]);
    expect((await ask(await open(), 'Bearer')).challenges).toEqual(['Basic realm="mail.example.test"']);
    expect(() => createAuthentication({ directory: people, clock, schemes: ['Bearer'] })).toThrow('authority');
  });

  it('lets users and applications in, with what their tokens grant', async () => {
    const listener = await open({ authority });
    expect((await ask(listener, `Bearer ${await authority.issueToken({ user: 'alice@example.test' })}`)).body).toBe('alice@example.test');
    expect((await ask(listener, `Bearer ${await authority.issueAppToken()}`)).body).toBe('application');
    expect(principals).toMatchObject([
      { kind: 'user', scheme: 'Bearer', appId: 'fauxchange-client', scopes: expect.arrayContaining(['EWS.AccessAsUser.All']), roles: [] },
      { kind: 'application', scheme: 'Bearer', scopes: [], roles: expect.arrayContaining(['full_access_as_app']) },
    ]);
  });

  it.each<[string, () => Promise<string>, string, number?]>([
    ['not a token', () => Promise.resolve('hello'), '2000001;reason="OAuth token submitted with the request cannot be parsed.";error_category="invalid_token"'],
    ['too long', () => Promise.resolve('x'.repeat(16_385)), '2000001;reason="OAuth token submitted with the request cannot be parsed.";error_category="invalid_token"'],
    ['signed by another key', async () => {
      const impostor = createOAuthAuthority({ directory: people, clock, ids: createIdSource('auth test') });
      return impostor.issueToken({ user: 'alice@example.test' });
    }, '2000000;reason="The token has an invalid signature.";error_category="invalid_signature"'],
    ['not signed at all', async () => {
      const [, payload] = (await authority.issueToken({ user: 'alice@example.test' })).split('.');
      return `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${payload ?? ''}.`;
    }, '2000000;reason="The token has an invalid signature.";error_category="invalid_signature"'],
    ['changed', async () => {
      const [header, payload, signature] = (await authority.issueToken({ user: 'alice@example.test' })).split('.');
      const claims = { ...JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()) as object, oid: '00000000-0000-4000-8000-000000000001' };
      return [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
    }, '2000000;reason="The token has an invalid signature.";error_category="invalid_signature"'],
    ['of another tenant', () => createOAuthAuthority({ directory: people, clock, signingKey, ids: createIdSource('x'), tenantId: '11111111-2222-4333-8444-555555555555' }).issueToken({ user: 'alice@example.test' }),
      '2000004;reason="The tenant for tenant guid \'11111111-2222-4333-8444-555555555555\' does not exist.";error_category="invalid_tenant"'],
    ['for Graph', () => authority.issueToken({ user: 'alice@example.test', scope: 'Mail.ReadWrite' }), '2000003;reason="The audience claim value is invalid \'aud\'.";error_category="invalid_resource"'],
    ['of a disabled user', async () => {
      const token = await authority.issueToken({ user: 'alice@example.test' });
      people.disable('alice');
      return token;
    }, '2000005;reason="The user of the token does not exist.";error_category="invalid_user"'],
    ['of a client that was removed', async () => {
      const token = await authority.issueToken({ user: 'alice@example.test' });
      authority.removeClient('fauxchange-client');
      return token;
    }, '2000006;reason="The client of the token is not known.";error_category="invalid_client"'],
    ['for another protocol', () => authority.issueToken({ user: 'alice@example.test', scope: 'https://outlook.office365.com/IMAP.AccessAsUser.All' }),
      '2000008;reason="The token does not grant what this call needs.";error_category="invalid_grant"', 403],
  ])('%s: refused with its own x-ms-diagnostics', async (_, token, diagnostics, expected = 401) => {
    const listener = await open({ authority, bearer: { scopes: ['EWS.AccessAsUser.All'], roles: ['full_access_as_app'] } });
    const { status, headers, challenges } = await ask(listener, `Bearer ${await token()}`);
    expect([status, headers['x-ms-diagnostics']]).toEqual([expected, diagnostics]);
    expect(challenges).toEqual(expected === 403 ? [] : [`${invitation()}, error="invalid_token"`, 'Basic realm="mail.example.test"']);
  });

  it('a token lives until it expires by our clock, also when it is remembered, and not before its time', async () => {
    const listener = await open({ authority });
    const token = await authority.issueToken({ user: 'alice@example.test', lifetime: 600 });
    expect((await ask(listener, `Bearer ${token}`)).status).toBe(200);
    await clock.advance(599_999);
    expect((await ask(listener, `Bearer ${token}`)).status).toBe(200);
    await clock.advance(1);
    const { status, headers } = await ask(listener, `Bearer ${token}`);
    expect([status, headers['x-ms-diagnostics']]).toEqual([401, '2000002;reason="The token has expired.";error_category="token_expired"']);
    await clock.set(Date.UTC(2026, 4, 1));
    expect((await ask(listener, `Bearer ${token}`)).headers['x-ms-diagnostics']).toContain('2000001');
  });

  it('takes the server\'s own URL as audience when told to', async () => {
    const own = createOAuthAuthority({ directory: people, clock, signingKey, ids: createIdSource('x'), resources: ['https://mail.example.test/'] });
    const token = await own.issueToken({ user: 'alice@example.test', scope: 'https://mail.example.test/EWS.AccessAsUser.All' });
    expect((await ask(await open({ authority: own }), `Bearer ${token}`)).status).toBe(401);
    expect((await ask(await open({ authority: own, bearer: { audiences: ['https://MAIL.example.test'] } }), `Bearer ${token}`)).status).toBe(200);
  });
});

describe('schemes of one\'s own', () => {
  /** Three steps bound to the connection, as NTLM: hello, challenge, answer. */
  class Handshake implements AuthScheme {
    readonly name = 'NTLM';
    challenge(): string { return 'NTLM'; }
    authenticate({ credentials, connection }: Parameters<AuthScheme['authenticate']>[0]): ReturnType<AuthScheme['authenticate']> {
      if (credentials === 'hello') { connection.handshake = 'sent'; return { outcome: 'continue', challenge: 'NTLM nonce' }; }
      if (credentials !== 'answer' || connection.handshake !== 'sent') return { outcome: 'refused', reason: 'handshake' };
      connection.principal = { kind: 'user', user: people.byLogon('alice@example.test'), scheme: 'NTLM', scopes: [], roles: [] };
      return { outcome: 'accepted', principal: connection.principal, headers: { 'Persistent-Auth': 'true' } };
    }
  }

  it('stand in Exchange\'s order and may sign in a connection', async () => {
    const listener = await open({ schemes: ['Basic', 'Bearer', new Handshake(), { ...new Handshake(), name: 'Negotiate', challenge: () => 'Negotiate', authenticate: () => ({ outcome: 'refused', reason: 'handshake' }) }], authority, bearer: { invite: 'always' } });
    expect((await ask(listener)).challenges.map((challenge) => challenge.split(' ')[0])).toEqual(['Bearer', 'Negotiate', 'NTLM', 'Basic']);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const first = await ask(listener, 'NTLM hello', { agent });
    expect([first.status, first.challenges]).toEqual([401, ['NTLM nonce']]);
    expect((await ask(listener, 'NTLM answer', { agent })).body).toBe('alice@example.test');
    expect((await ask(listener, undefined, { agent })).body).toBe('alice@example.test');
    agent.destroy();
    expect((await ask(listener)).status).toBe(401);
    expect((await ask(listener, 'NTLM answer')).challenges).toHaveLength(4);
  });
});

it('no Authorization header brings the door down or opens it', async () => {
  const authentication = createAuthentication({ directory: people, clock, authority });
  const token = await authority.issueToken({ user: 'alice@example.test' });
  const header = fc.oneof(
    fc.string({ unit: anyCharacter, maxLength: 60 }),
    fc.tuple(fc.constantFrom('Basic ', 'Bearer ', 'NTLM ', 'Basic'), fc.oneof(fc.string({ unit: anyCharacter, maxLength: 60 }), fc.base64String({ maxLength: 60 }))).map((parts) => parts.join('')),
    // Always shorter than the token: cut by one and given an 'A', one token in four would be itself again.
    fc.tuple(fc.nat(token.length - 3), fc.constantFrom('', '.', '..', 'A', '=')).map(([at, text]) => `Bearer ${token.slice(0, at)}${text}`),
  );
  await fc.assert(fc.asyncProperty(header, async (authorization) => {
    const result = await authentication.authenticate({ headers: { authorization, host: 'x' }, socket: {} } as unknown as IncomingMessage);
    expect(result.ok).toBe(false);
  }), { numRuns: 1000, seed: 2 });
});
