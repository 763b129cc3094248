import { anyCharacter } from '@fauxchange/arbitraries';
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { createClock, createIdSource, createJournal, createLifecycle, listenHttp } from '@fauxchange/kernel';
import { createOAuthAuthority, createSigningKey } from '../src/index.ts';
import { jwtVerify } from '../src/jose.ts';
import { People } from './people.ts';
import type { Clock, Journal, Lifecycle } from '@fauxchange/kernel';
import type { OAuthAuthority } from '../src/index.ts';

const outlook = 'https://outlook.office365.com';
const ewsScope = `openid offline_access ${outlook}/EWS.AccessAsUser.All`;
const thunderbird = '9e5f94bc-e8a4-4e73-b8be-63364c29d753';
const redirectUri = 'http://localhost:51234/';
const verifier = 'a-verifier-that-is-long-enough-for-rfc-7636-0123456789';
const challenge = createHash('sha256').update(verifier).digest('base64url');

const signingKey = createSigningKey();
let lifecycle: Lifecycle;
let clock: Clock;
let people: People;
let journal: Journal;
let authority: OAuthAuthority;
let base: string;

beforeEach(async () => {
  lifecycle = createLifecycle();
  clock = createClock({ at: Date.UTC(2026, 5, 1, 12), frozen: true });
  people = new People();
  journal = createJournal({ clock });
  authority = createOAuthAuthority({ directory: people, clock, journal, signingKey, ids: createIdSource('oauth test') });
  base = (await listenHttp({ lifecycle, mounts: authority.mounts, fallback: authority.handler })).url;
});
afterEach(() => lifecycle.close());

type Fields = Record<string, string | undefined>;
const encoded = (fields: Fields): URLSearchParams => new URLSearchParams(Object.entries(fields).filter((pair): pair is [string, string] => pair[1] !== undefined));

interface Reply { status: number; headers: Headers; text: string; json: Record<string, string> & { error_codes?: number[] } }
async function call(path: string, init: RequestInit = {}): Promise<Reply> {
  const response = await fetch(`${base}${path}`, { redirect: 'manual', ...init });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: text.startsWith('{') ? JSON.parse(text) as Reply['json'] : {} };
}
const post = (path: string, fields: Fields, headers: Record<string, string> = {}): Promise<Reply> => call(path, { method: 'POST', body: encoded(fields), headers });
const token = (fields: Fields, headers?: Record<string, string>): Promise<Reply> => post('/common/oauth2/v2.0/token', fields, headers);
const claimsOf = (jwt: string | undefined): Record<string, unknown> => JSON.parse(Buffer.from(jwt?.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

const authorizeFields = (more: Fields = {}): Fields => ({ client_id: thunderbird, response_type: 'code', redirect_uri: redirectUri, scope: ewsScope, state: 'st', code_challenge: challenge, code_challenge_method: 'S256', ...more });
async function codeOf(more: Fields = {}): Promise<string> {
  const { headers } = await call(`/common/oauth2/v2.0/authorize?${encoded(authorizeFields({ fauxchange_user: 'alice@example.test', ...more })).toString()}`);
  return new URL(headers.get('location') ?? '').searchParams.get('code') ?? '';
}
const redeem = (code: string, more: Fields = {}): Promise<Reply> => token({ grant_type: 'authorization_code', client_id: thunderbird, code, redirect_uri: redirectUri, code_verifier: verifier, ...more });
const passwordFields = (more: Fields = {}): Fields => ({ grant_type: 'password', client_id: 'fauxchange-public', username: 'alice@example.test', password: 'alice-pass', scope: ewsScope, ...more });

describe('authorization code', () => {
  it('through the page: sign-in, wrong password first, then tokens that jose verifies by the keys document', async () => {
    const query = encoded(authorizeFields({ login_hint: 'alice@example.test', nonce: 'n1' })).toString();
    const page = await call(`/common/oauth2/v2.0/authorize?${query}`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.text).toContain('to continue to Mozilla Thunderbird');
    const form = Object.fromEntries([...page.text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, name, value]) => [name, value?.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))]));
    expect(form).toMatchObject({ client_id: thunderbird, state: 'st' });
    const wrong = await post('/common/oauth2/v2.0/authorize', { ...form, login: 'alice@example.test', passwd: 'nope', action: 'accept' });
    expect(wrong.text).toContain('AADSTS50126');
    const done = await post('/common/oauth2/v2.0/authorize', { ...form, login: 'alice@example.test', passwd: 'alice-pass', action: 'accept' });
    expect(done.status).toBe(302);
    const location = new URL(done.headers.get('location') ?? '');
    expect([location.origin, location.searchParams.get('state')]).toEqual(['http://localhost:51234', 'st']);
    const { json, headers } = await redeem(location.searchParams.get('code') ?? '', { client_info: '1' });
    expect(json).toMatchObject({ token_type: 'Bearer', expires_in: 3600, ext_expires_in: 3600, scope: `${outlook}/EWS.AccessAsUser.All openid` });
    expect(headers.get('cache-control')).toBe('no-store, no-cache');
    expect(JSON.parse(Buffer.from(json['client_info'] ?? '', 'base64url').toString())).toEqual({ uid: people.byLogon('alice@example.test')?.id, utid: authority.tenantId });

    const { keys } = (await call('/common/discovery/v2.0/keys')).json as unknown as { keys: [Parameters<typeof crypto.subtle.importKey>[1]] };
    const key = await crypto.subtle.importKey('jwk', keys[0] as never, { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, false, ['verify']);
    const at = { currentDate: new Date(clock.now()) };
    const access = await jwtVerify(json['access_token'] ?? '', key, { ...at, audience: outlook, issuer: `https://sts.windows.net/${authority.tenantId}/` });
    expect(access.payload).toMatchObject({ appid: thunderbird, appidacr: '0', scp: 'EWS.AccessAsUser.All', tid: authority.tenantId, upn: 'alice@example.test', unique_name: 'alice@example.test', oid: people.byLogon('alice@example.test')?.id, ver: '1.0', idtyp: 'user' });
    expect([access.payload.iat, access.payload.exp]).toEqual([clock.now() / 1000, clock.now() / 1000 + 3600]);
    const id = await jwtVerify(json['id_token'] ?? '', key, { ...at, audience: thunderbird, issuer: `${base}/${authority.tenantId}/v2.0` });
    expect(id.payload).toMatchObject({ nonce: 'n1', preferred_username: 'alice@example.test', ver: '2.0' });
    expect(await authority.verify(json['access_token'] ?? '')).toMatchObject({ aud: outlook });
  });

  it('headless: by parameter and in code', async () => {
    expect((await redeem(await codeOf())).status).toBe(200);
    const { code } = authority.authorize({ user: 'alice@example.test', redirectUri: 'urn:x', clientId: thunderbird });
    const { json } = await redeem(code, { redirect_uri: 'urn:x', code_verifier: undefined });
    expect(claimsOf(json['access_token'])['scp']).toContain('IMAP.AccessAsUser.All');
    const closed = createOAuthAuthority({ directory: people, clock, ids: createIdSource('x'), allowHeadless: false });
    const listener = await listenHttp({ lifecycle, mounts: closed.mounts });
    const page = await fetch(`${listener.url}/common/oauth2/v2.0/authorize?${encoded(authorizeFields({ fauxchange_user: 'alice@example.test' })).toString()}`);
    expect(await page.text()).toContain('<form method="post">');
  });

  it.each<[string, Fields, string, number]>([
    ['a made-up code', { code: '0.Anonsense' }, 'invalid_grant', 70000],
    ['another redirect URI', { redirect_uri: 'http://localhost:51234/other' }, 'invalid_grant', 500112],
    ['another client', { client_id: 'fauxchange-public' }, 'invalid_grant', 700005],
    ['a client that nobody knows', { client_id: 'b0b' }, 'unauthorized_client', 700016],
    ['no verifier', { code_verifier: undefined }, 'invalid_grant', 501481],
    ['another verifier', { code_verifier: `${verifier}x` }, 'invalid_grant', 501481],
    ['no redirect URI', { redirect_uri: undefined }, 'invalid_request', 900144],
    ['a secret where there is none', { client_secret: 'x' }, 'invalid_client', 700025],
  ])('%s is refused, and the right request still works', async (_, more, error, number) => {
    const code = await codeOf();
    const { status, json } = await redeem(code, more);
    expect([json['error'], json.error_codes]).toEqual([error, [number]]);
    expect(status).toBe(error === 'invalid_client' ? 401 : 400);
    expect(json['error_description']).toMatch(new RegExp(`^AADSTS${String(number)}: .* Trace ID: [0-9a-f-]{36} Correlation ID: [0-9a-f-]{36} Timestamp: 2026-06-01 12:00:00Z$`));
    expect((await redeem(code)).status).toBe(200);
  });

  it('a code is good once, and for ten minutes by our clock', async () => {
    const [first, second] = [await codeOf(), await codeOf()];
    expect((await redeem(first)).status).toBe(200);
    expect((await redeem(first)).json).toMatchObject({ error: 'invalid_grant', error_codes: [54005] });
    await clock.advance(600_000);
    expect((await redeem(second)).json).toMatchObject({ error: 'invalid_grant', error_codes: [70008] });
  });

  it.each<[string, Fields, string | RegExp]>([
    ['cancelled', { action: 'cancel' }, /error=access_denied/],
    ['prompt=none with nobody signed in', { prompt: 'none' }, /error=login_required/],
    ['a token at once', { response_type: 'token' }, /error=unsupported_response_type/],
    ['no scope', { scope: undefined }, /error=invalid_request/],
    ['two resources', { scope: `${outlook}/EWS.AccessAsUser.All https://graph.microsoft.com/Mail.Read` }, /error=invalid_scope/],
    ['an unknown resource', { scope: 'https://nowhere.test/Read' }, /error=invalid_resource/],
    ['a short challenge', { code_challenge: 'short' }, /error=invalid_request/],
    ['an unknown headless user', { fauxchange_user: 'nobody@example.test' }, /error=invalid_grant.*AADSTS50034/],
  ])('%s goes back to the client with its state', async (_, more, expected) => {
    const { status, headers } = await call(`/common/oauth2/v2.0/authorize?${encoded(authorizeFields(more)).toString()}`);
    expect(status).toBe(302);
    expect(headers.get('location')).toMatch(/^http:\/\/localhost:51234\/\?/);
    expect(headers.get('location')).toMatch(expected);
    expect(headers.get('location')).toContain('state=st');
  });

  it.each<[string, Fields]>([
    ['an address that is not registered', { redirect_uri: 'https://evil.test/' }],
    ['a path smuggled behind localhost', { redirect_uri: 'http://localhost.evil.test/' }],
    ['user info before the host', { redirect_uri: 'http://localhost:80@evil.test/' }],
    ['an unknown client', { client_id: '<script>' }],
    ['no client', { client_id: undefined }],
  ])('%s: a page, and nothing is sent anywhere', async (_, more) => {
    const { status, headers, text } = await call(`/common/oauth2/v2.0/authorize?${encoded(authorizeFields({ fauxchange_user: 'alice@example.test', ...more })).toString()}`);
    expect([status, headers.get('location')]).toEqual([400, null]);
    expect(text).not.toContain('<script>');
  });

  it.each([
    ['http://localhost'], ['http://localhost:1/x'], ['http://127.0.0.1:9/'], ['https://login.microsoftonline.com/common/oauth2/nativeclient'],
    ['urn:ietf:wg:oauth:2.0:oob'], ['net.thunderbird://oauth2/callback'], ['com.apple.Preferences://oauth-redirect'], ['msauth.com.microsoft.Outlook://auth'],
  ])('registered redirect: %s', async (uri) => {
    const { status, headers } = await call(`/common/oauth2/v2.0/authorize?${encoded(authorizeFields({ fauxchange_user: 'alice@example.test', redirect_uri: uri })).toString()}`);
    const isPath = /^http:\/\/[^/]+\/x$/.test(uri);
    expect(status).toBe(isPath ? 400 : 302);
    if (!isPath) expect(headers.get('location')?.startsWith(uri)).toBe(true);
  });

  it('answers in the fragment or by a form when asked to', async () => {
    const inFragment = await call(`/common/oauth2/v2.0/authorize?${encoded(authorizeFields({ fauxchange_user: 'alice@example.test', response_mode: 'fragment' })).toString()}`);
    expect(inFragment.headers.get('location')).toMatch(/^http:\/\/localhost:51234\/#code=/);
    const byForm = await call(`/common/oauth2/v2.0/authorize?${encoded(authorizeFields({ fauxchange_user: 'alice@example.test', response_mode: 'form_post', state: '"><script>' })).toString()}`);
    expect(byForm.text).toContain(`action="${redirectUri}"`);
    expect(byForm.text).not.toContain('<script>');
  });
});

describe('other grants', () => {
  it('refresh: a new token each time, the old one stays good, for ninety days, until revoked', async () => {
    const { json: { refresh_token: first } } = await token(passwordFields());
    const refresh = (refreshToken: string | undefined, more: Fields = {}): Promise<Reply> => token({ grant_type: 'refresh_token', client_id: 'fauxchange-public', refresh_token: refreshToken, ...more });
    const { json: { refresh_token: second } } = await refresh(first);
    expect(second).not.toBe(first);
    expect((await refresh(first, { scope: `${outlook}/IMAP.AccessAsUser.All` })).json['scope']).toContain('IMAP.AccessAsUser.All');
    expect((await refresh(first, { client_id: thunderbird })).json).toMatchObject({ error: 'invalid_grant', error_codes: [9002313] });
    expect((await refresh('made-up')).json).toMatchObject({ error: 'invalid_grant' });
    await clock.advance(90 * 86_400_000);
    expect((await refresh(first)).json).toMatchObject({ error: 'invalid_grant', error_codes: [700082] });
    const { json: { refresh_token: third } } = await token(passwordFields());
    authority.revokeRefreshTokens('alice@example.test');
    expect((await refresh(third)).json).toMatchObject({ error: 'invalid_grant', error_codes: [50173] });
    const { json: { refresh_token: fourth } } = await token(passwordFields());
    expect((await refresh(fourth)).status).toBe(200);
    people.disable('alice');
    expect((await refresh(fourth)).json).toMatchObject({ error: 'invalid_grant', error_codes: [50057] });
  });

  it.each<[string, Fields, string, number]>([
    ['wrong password', { password: 'x' }, 'invalid_grant', 50126],
    ['unknown user', { username: 'nobody@example.test' }, 'invalid_grant', 50034],
    ['disabled account', { username: 'gone@example.test', password: 'gone-pass' }, 'invalid_grant', 50057],
    ['no password', { password: undefined }, 'invalid_request', 900144],
    ['no scope', { scope: undefined }, 'invalid_request', 900144],
    ['a confidential client without its secret', { client_id: 'fauxchange-client' }, 'invalid_client', 7000218],
    ['… with a wrong one', { client_id: 'fauxchange-client', client_secret: 'fauxchange-secreT' }, 'invalid_client', 7000215],
    ['an unknown grant', { grant_type: 'toString' }, 'unsupported_grant_type', 70003],
    ['no grant', { grant_type: undefined }, 'invalid_request', 900144],
  ])('password: %s', async (_, more, error, number) => {
    expect((await token(passwordFields(more))).json).toMatchObject({ error, error_codes: [number] });
  });

  it('password: works, also with the client in Basic', async () => {
    expect(claimsOf((await token(passwordFields())).json['access_token'])['upn']).toBe('alice@example.test');
    const headers = { authorization: `Basic ${Buffer.from('fauxchange-client:fauxchange-secret').toString('base64')}` };
    const { json } = await token(passwordFields({ client_id: undefined, scope: 'User.Read' }), headers);
    expect(claimsOf(json['access_token'])).toMatchObject({ aud: 'https://graph.microsoft.com', scp: 'User.Read', appidacr: '1' });
    expect([json['refresh_token'], json['id_token']]).toEqual([undefined, undefined]);
  });

  it('client credentials: a token with roles and without a user', async () => {
    const fields = { grant_type: 'client_credentials', client_id: 'fauxchange-client', client_secret: 'fauxchange-secret', scope: `${outlook}/.default` };
    const { json } = await post(`/${authority.tenantId}/oauth2/v2.0/token`, fields);
    expect(claimsOf(json['access_token'])).toMatchObject({ aud: outlook, appid: 'fauxchange-client', idtyp: 'app', roles: expect.arrayContaining(['full_access_as_app']) });
    expect(claimsOf(json['access_token'])).not.toHaveProperty('scp');
    expect(json['refresh_token']).toBeUndefined();
    expect((await token({ ...fields, scope: `${outlook}/EWS.AccessAsUser.All` })).json).toMatchObject({ error: 'invalid_scope', error_codes: [1002012] });
    expect((await token({ ...fields, client_id: 'fauxchange-public', client_secret: undefined })).json['error']).toBe('invalid_client');
  });

  it('the v1 endpoints: a resource instead of scopes, times as texts', async () => {
    const { json } = await post('/common/oauth2/token', passwordFields({ scope: undefined, resource: `${outlook}/` }));
    const now = clock.now() / 1000;
    expect(json).toMatchObject({ expires_in: '3600', expires_on: String(now + 3600), not_before: String(now), resource: outlook, refresh_token: expect.any(String) });
    expect(claimsOf(json['id_token'])).toMatchObject({ ver: '1.0', upn: 'alice@example.test', iss: `https://sts.windows.net/${authority.tenantId}/` });
    expect((await post('/common/oauth2/token', passwordFields({ scope: undefined, resource: 'https://nowhere.test' }))).json).toMatchObject({ error: 'invalid_resource' });
    const code = await call(`/common/oauth2/authorize?${encoded(authorizeFields({ scope: undefined, resource: outlook, fauxchange_user: 'alice@example.test' })).toString()}`);
    expect(code.status).toBe(302);
  });
});

describe('device code', () => {
  const start = async (): Promise<{ device: string; user: string }> => {
    const { json } = await post('/common/oauth2/v2.0/devicecode', { client_id: thunderbird, scope: ewsScope });
    expect(json).toMatchObject({ expires_in: 900, interval: 5, verification_uri: `${base}/common/oauth2/deviceauth`, message: expect.stringContaining(json['user_code'] ?? '?') });
    expect(json['user_code']).toMatch(/^[B-Z]{9}$/);
    return { device: json['device_code'] ?? '', user: json['user_code'] ?? '' };
  };
  const poll = async (device: string, client = thunderbird): Promise<string> => {
    const { json, status } = await token({ grant_type: 'urn:ietf:params:oauth:grant-type:device_code', client_id: client, device_code: device });
    return status === 200 ? 'token' : json['error'] ?? '';
  };

  it('pending, slow down, approved in code, good once', async () => {
    const { device, user } = await start();
    expect(authority.pendingDeviceCodes()).toEqual([{ userCode: user, clientId: thunderbird }]);
    expect([await poll(device), await poll(device)]).toEqual(['authorization_pending', 'slow_down']);
    await clock.advance(9_999);
    expect(await poll(device)).toBe('slow_down');
    await clock.advance(15_000);
    expect(await poll(device)).toBe('authorization_pending');
    authority.approveDevice(user.toLowerCase(), 'alice@example.test');
    expect(await poll(device, 'fauxchange-public')).toBe('bad_verification_code');
    expect(await poll(device)).toBe('token');
    expect(await poll(device)).toBe('bad_verification_code');
    expect(() => { authority.approveDevice(user, 'alice@example.test'); }).toThrow('AADSTS70018');
  });

  it('approved or declined on the page', async () => {
    const [first, second] = [await start(), await start()];
    expect((await call(`/common/oauth2/deviceauth?otc=${first.user}`)).text).toContain(first.user);
    const page = (fields: Fields): Promise<Reply> => post('/common/oauth2/deviceauth', fields);
    expect((await page({ otc: 'BBBBBBBBB', login: 'alice@example.test', passwd: 'alice-pass', action: 'accept' })).text).toContain('not known');
    expect((await page({ otc: first.user, login: 'alice@example.test', passwd: 'x', action: 'accept' })).text).toContain('AADSTS50126');
    expect((await page({ otc: first.user, login: 'alice@example.test', passwd: 'alice-pass', action: 'accept' })).text).toContain('Signed in');
    expect((await page({ otc: second.user, action: 'cancel' })).text).toContain('Declined');
    expect([await poll(first.device), await poll(second.device)]).toEqual(['token', 'authorization_declined']);
  });

  it('expires by our clock', async () => {
    const { device, user } = await start();
    await clock.advance(900_000);
    expect(await poll(device)).toBe('expired_token');
    expect(() => { authority.declineDevice(user); }).toThrow('AADSTS70018');
  });
});

describe('metadata and the rest', () => {
  it.each([
    ['/common/v2.0/.well-known/openid-configuration', '/{tenantid}/v2.0', '/common/oauth2/v2.0/token'],
    ['/example.test/v2.0/.well-known/openid-configuration', '/TENANT/v2.0', '/TENANT/oauth2/v2.0/token'],
    ['/TENANT/.well-known/openid-configuration', 'https://sts.windows.net/TENANT/', '/TENANT/oauth2/token'],
  ])('%s', async (path, issuer, tokenEndpoint) => {
    const own = (text: string): string => text.replace('TENANT', authority.tenantId);
    const { json, headers } = await call(own(path));
    expect(json).toMatchObject({ issuer: issuer.startsWith('/') ? base + own(issuer) : own(issuer), token_endpoint: base + own(tokenEndpoint) });
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect((await call((json['jwks_uri'] ?? '').slice(base.length))).json).toMatchObject({ keys: [{ kty: 'RSA', use: 'sig', alg: 'RS256' }] });
  });

  it('instance discovery, user realm, logout, nativeclient', async () => {
    const { json } = await call('/common/discovery/instance?api-version=1.1&authorization_endpoint=https://x');
    expect(json).toMatchObject({ tenant_discovery_endpoint: `${base}/common/v2.0/.well-known/openid-configuration`, metadata: [{ aliases: [base.slice(7)] }] });
    expect((await call('/common/userrealm/alice@example.test?api-version=1.0')).json).toMatchObject({ account_type: 'Managed', domain_name: 'example.test' });
    expect((await call('/common/userrealm/?user=x@elsewhere.test&api-version=2.1')).json).toMatchObject({ account_type: 'Unknown' });
    expect((await call('/common/oauth2/v2.0/logout?post_logout_redirect_uri=http://localhost:8/&state=s')).headers.get('location')).toBe('http://localhost:8/?state=s');
    expect((await call('/common/oauth2/v2.0/logout?post_logout_redirect_uri=https://evil.test/')).status).toBe(200);
    expect((await call('/common/oauth2/nativeclient?code=x')).status).toBe(200);
  });

  it.each<[string, string, RequestInit, number]>([
    ['another tenant', '/33333333-2222-4333-8444-555555555555/oauth2/v2.0/token', { method: 'POST', body: 'grant_type=password', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 400],
    ['no form', '/common/oauth2/v2.0/token', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }, 400],
    ['a repeated parameter', '/common/oauth2/v2.0/token', { method: 'POST', body: 'grant_type=password&grant_type=password', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 400],
    ['too many parameters', '/common/oauth2/v2.0/token', { method: 'POST', body: 'a=1&'.repeat(500), headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 400],
    ['a huge form', '/common/oauth2/v2.0/token', { method: 'POST', body: 'a'.repeat(70_000), headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 413],
    ['the wrong method', '/common/oauth2/v2.0/token', {}, 405],
    ['nothing there', '/common/oauth2/v3.0/token', {}, 404],
  ])('%s', async (_, path, init, expected) => {
    expect((await call(path, init)).status).toBe(expected);
    expect((await token(passwordFields())).status).toBe(200);
  });

  it('names its paths, echoes the request id, keeps a journal, forgets on reset', async () => {
    expect(authority.mounts.map(({ path }) => path)).toEqual(['/common', '/organizations', '/consumers', `/${authority.tenantId}`, '/example.test']);
    expect([authority.serves('/x/oauth2/v2.0/token'), authority.serves('/EWS/Exchange.asmx')]).toEqual([true, false]);
    const id = '11111111-2222-4333-8444-555555555555';
    const { headers } = await token(passwordFields({ password: 'x' }), { 'client-request-id': id, 'return-client-request-id': 'true' });
    expect(headers.get('client-request-id')).toBe(id);
    expect(journal.entries({ protocol: 'oauth' }).at(-1)).toMatchObject({ operation: 'token', outcome: 'error', errorCode: 'AADSTS50126', status: 400 });
    const { json } = await token(passwordFields());
    expect(journal.entries().at(-1)).toMatchObject({ user: 'alice@example.test', outcome: 'ok' });
    authority.registerClient({ id: 'later', name: 'Later', redirectUris: [] });
    authority.reset();
    expect((await token({ grant_type: 'refresh_token', client_id: 'fauxchange-public', refresh_token: json['refresh_token'] })).json['error']).toBe('invalid_grant');
    expect(authority.knowsClient('later')).toBe(false);
  });

  it('no form brings it down, and none gets a token by chance', async () => {
    const name = fc.constantFrom('grant_type', 'client_id', 'client_secret', 'scope', 'code', 'redirect_uri', 'username', 'password', 'refresh_token', 'device_code', 'resource', '__proto__');
    const value = fc.oneof(fc.constantFrom('password', 'authorization_code', 'refresh_token', 'client_credentials', 'fauxchange-client', 'fauxchange-public', `${outlook}/.default`, ''), fc.string({ unit: anyCharacter, maxLength: 40 }));
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(name, value), { maxLength: 8 }), fc.constantFrom('', 'v2.0/'), async (fields, version) => {
      const { status, json } = await call(`/common/oauth2/${version}token`, { method: 'POST', body: new URLSearchParams(fields) });
      expect([400, 401]).toContain(status);
      expect(json['error_description']).toMatch(/^AADSTS\d+: /);
    }), { numRuns: 300, seed: 2 });
  });
});
