import { timingSafeEqual } from 'node:crypto';
import { OAuthError } from './oauth-error.ts';
import { parseScope, scopeOfResource } from './scopes.ts';
import { findClient, rolesOf, signIn, userById } from './tenant.ts';
import { json, required, single } from './web.ts';
import type { DirectoryEntry } from '@fauxchange/mailbox';
import type { OAuthClient } from './clients.ts';
import type { Grant } from './grant-store.ts';
import type { RequestedScope } from './scopes.ts';
import type { Tenant } from './tenant.ts';
import type { WebRequest, WebResponse } from './web.ts';

type GrantHandler = (tenant: Tenant, client: OAuthClient, request: WebRequest) => Promise<WebResponse>;

const grants: Readonly<Record<string, GrantHandler>> = {
  authorization_code: redeemCode,
  refresh_token: refresh,
  client_credentials: clientCredentials,
  password,
  'urn:ietf:params:oauth:grant-type:device_code': deviceCode,
  // The v1 name.
  device_code: deviceCode,
};

/** POST /{tenant}/oauth2/token and /{tenant}/oauth2/v2.0/token. Throws OAuthError. */
export async function token(tenant: Tenant, request: WebRequest): Promise<WebResponse> {
  const grantType = required(request.form, 'grant_type');
  const handler = Object.hasOwn(grants, grantType) ? grants[grantType] : undefined;
  if (handler === undefined) throw new OAuthError('grantNotSupported', grantType);
  return handler(tenant, authenticateClient(tenant, request), request);
}

/** client_id and client_secret from the body or from Basic, RFC 6749 2.3.1. */
function authenticateClient(tenant: Tenant, request: WebRequest): OAuthClient {
  const [, encoded] = /^basic ([A-Za-z0-9+/=]{1,4096})$/i.exec(request.headers.authorization ?? '') ?? [];
  const [id, secret] = encoded === undefined
    ? [required(request.form, 'client_id'), single(request.form, 'client_secret')]
    : fromBasic(encoded);
  const client = findClient(tenant, id);
  if (client.secret === undefined) {
    if (secret !== undefined) throw new OAuthError('secretOfPublic');
    return client;
  }
  if (secret === undefined) throw new OAuthError('secretMissing');
  const [given, expected] = [Buffer.from(secret), Buffer.from(client.secret)];
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new OAuthError('secretWrong', client.id);
  return client;
}

function fromBasic(encoded: string): readonly [string, string] {
  const [id = '', ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  try { return [decodeURIComponent(id), decodeURIComponent(secret.join(':'))]; } catch { throw new OAuthError('malformed'); }
}

function redeemCode(tenant: Tenant, client: OAuthClient, request: WebRequest): Promise<WebResponse> {
  const grant = tenant.grants.redeemCode(required(request.form, 'code'), {
    clientId: client.id,
    redirectUri: required(request.form, 'redirect_uri'),
    verifier: single(request.form, 'code_verifier'),
  });
  return answer(tenant, client, request, { ...grant, scope: narrowed(tenant, request, grant.scope) });
}

function refresh(tenant: Tenant, client: OAuthClient, request: WebRequest): Promise<WebResponse> {
  const grant = tenant.grants.redeemRefresh(required(request.form, 'refresh_token'), client.id);
  return answer(tenant, client, request, { ...grant, nonce: undefined, scope: { ...narrowed(tenant, request, grant.scope), isOffline: true } });
}

function password(tenant: Tenant, client: OAuthClient, request: WebRequest): Promise<WebResponse> {
  const scope = asked(tenant, request);
  const user = signIn(tenant, required(request.form, 'username'), required(request.form, 'password'));
  return answer(tenant, client, request, { clientId: client.id, userId: user.id, scope });
}

function deviceCode(tenant: Tenant, client: OAuthClient, request: WebRequest): Promise<WebResponse> {
  const code = single(request.form, 'device_code') ?? required(request.form, 'code');
  return answer(tenant, client, request, tenant.grants.pollDevice(code, client.id));
}

async function clientCredentials(tenant: Tenant, client: OAuthClient, request: WebRequest): Promise<WebResponse> {
  if (client.secret === undefined) throw new OAuthError('publicOnly');
  const text = request.version === 1 ? undefined : required(request.form, 'scope');
  if (text !== undefined && !/^\S+\/\.default$/.test(text.trim())) throw new OAuthError('scopeNotDefault', text);
  const { resource } = asked(tenant, request);
  const lifetime = tenant.lifetimes.accessToken;
  const accessToken = await tenant.tokens.accessToken({ client, resource, lifetime, roles: rolesOf(client) });
  return json({ token_type: 'Bearer', ...times(tenant, request, resource), access_token: accessToken });
}

/** The scope that this request names. */
function asked(tenant: Tenant, request: WebRequest): RequestedScope {
  if (request.version === 2) return parseScope(required(request.form, 'scope'), tenant.resources());
  return scopeOfResource(required(request.form, 'resource'), tenant.resources());
}

/** A later request may name other rights than the first, and even another resource: Entra's refresh tokens are good for all. */
function narrowed(tenant: Tenant, request: WebRequest, granted: RequestedScope): RequestedScope {
  const name = request.version === 2 ? 'scope' : 'resource';
  const text = single(request.form, name);
  if (text === undefined) return granted;
  const scope = request.version === 2 ? parseScope(text, tenant.resources()) : scopeOfResource(text, tenant.resources());
  return { ...scope, isOffline: scope.isOffline || granted.isOffline, isOpenId: scope.isOpenId || granted.isOpenId };
}

async function answer(tenant: Tenant, client: OAuthClient, request: WebRequest, grant: Grant): Promise<WebResponse> {
  const user = userById(tenant, grant.userId);
  const { scope } = grant;
  const lifetime = tenant.lifetimes.accessToken;
  return json({
    token_type: 'Bearer',
    scope: scope.text,
    ...times(tenant, request, scope.resource),
    access_token: await tenant.tokens.accessToken({ client, user, resource: scope.resource, lifetime, rights: scope.rights }),
    ...(scope.isOffline || request.version === 1 ? { refresh_token: tenant.grants.issueRefresh(grant) } : {}),
    ...(scope.isOpenId ? { id_token: await tenant.tokens.idToken({ client, user, lifetime, version: request.version, issuer: `${request.base}/${tenant.id}/v2.0`, nonce: grant.nonce }) } : {}),
    ...(single(request.form, 'client_info') === '1' ? { client_info: clientInfo(tenant, user) } : {}),
  }, { user: user.primarySmtpAddress });
}

/** Numbers from v2, texts from v1, which also names the resource. */
function times(tenant: Tenant, request: WebRequest, resource: string): Record<string, unknown> {
  const { accessToken } = tenant.lifetimes;
  if (request.version === 2) return { expires_in: accessToken, ext_expires_in: accessToken };
  const now = tenant.tokens.seconds();
  return { expires_in: String(accessToken), ext_expires_in: String(accessToken), expires_on: String(now + accessToken), not_before: String(now), resource };
}

/** What MSAL keys its cache by. */
const clientInfo = (tenant: Tenant, user: DirectoryEntry): string => Buffer.from(JSON.stringify({ uid: user.id, utid: tenant.id })).toString('base64url');
