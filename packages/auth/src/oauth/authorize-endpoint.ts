import { OAuthError } from './oauth-error.ts';
import { formPostPage, loginPage, messagePage } from './pages.ts';
import { parseScope, scopeOfResource } from './scopes.ts';
import { checkRedirect, findClient, signIn, userByName } from './tenant.ts';
import { html, redirect, required, single } from './web.ts';
import type { DirectoryEntry } from '@fauxchange/mailbox';
import type { OAuthClient } from './clients.ts';
import type { CodeBinding } from './grant-store.ts';
import type { RequestedScope } from './scopes.ts';
import type { Tenant } from './tenant.ts';
import type { WebRequest, WebResponse } from './web.ts';

/** The parameter by which a test signs in without the page: the user's logon name; the user is taken at the test's word. */
export const headlessParameter = 'fauxchange_user';

interface AuthorizationRequest extends CodeBinding {
  readonly client: OAuthClient;
  readonly scope: RequestedScope;
  readonly state: string | undefined;
  readonly nonce: string | undefined;
  readonly mode: string;
}

/** GET and POST /{tenant}/oauth2/[v2.0/]authorize: the page, and what its form sends. */
export function authorize(tenant: Tenant, request: WebRequest): WebResponse {
  const parameters = request.method === 'POST' ? merged(request) : request.query;
  let target: { client: OAuthClient; redirectUri: string };
  try {
    target = findTarget(tenant, parameters, request.base);
  } catch (error) {
    // Nothing is sent to an address that is not registered.
    if (!(error instanceof OAuthError)) throw error;
    return html(messagePage('Sign in', error.message), 400, `AADSTS${String(error.number)}`);
  }
  const state = parameters.get('state') ?? undefined;
  const mode = parameters.get('response_mode') ?? 'query';
  try {
    const wanted = readRequest(tenant, parameters, request, target);
    return proceed(tenant, parameters, wanted);
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    return sendBack(target.redirectUri, mode, { error: error.error, error_description: error.message, state }, `AADSTS${String(error.number)}`);
  }
}

/** The form posts to the same address: what it holds counts more than the query. */
function merged({ query, form }: WebRequest): URLSearchParams {
  const all = new URLSearchParams(form);
  for (const [name, value] of query) if (!form.has(name)) all.append(name, value);
  return all;
}

function findTarget(tenant: Tenant, parameters: URLSearchParams, base: string): { client: OAuthClient; redirectUri: string } {
  const client = findClient(tenant, required(parameters, 'client_id'));
  const redirectUri = single(parameters, 'redirect_uri') ?? client.redirectUris[0];
  if (redirectUri === undefined) throw new OAuthError('parameterMissing', 'redirect_uri');
  checkRedirect(client, redirectUri, base);
  return { client, redirectUri };
}

function readRequest(tenant: Tenant, parameters: URLSearchParams, request: WebRequest, target: { client: OAuthClient; redirectUri: string }): AuthorizationRequest {
  const responseType = required(parameters, 'response_type');
  if (responseType !== 'code') throw new OAuthError('responseTypeNotSupported', responseType);
  const mode = single(parameters, 'response_mode') ?? 'query';
  if (!['query', 'fragment', 'form_post'].includes(mode)) throw new OAuthError('malformed');
  return {
    ...target, mode,
    scope: requestedScope(tenant, parameters, request.version),
    challenge: readChallenge(parameters),
    state: single(parameters, 'state'),
    nonce: single(parameters, 'nonce'),
  };
}

function requestedScope(tenant: Tenant, parameters: URLSearchParams, version: 1 | 2): RequestedScope {
  if (version === 2) return parseScope(required(parameters, 'scope'), tenant.resources());
  // On v1 the resource may also come later, with the code.
  return scopeOfResource(single(parameters, 'resource') ?? 'https://outlook.office365.com', tenant.resources());
}

function readChallenge(parameters: URLSearchParams): CodeBinding['challenge'] {
  const value = single(parameters, 'code_challenge');
  if (value === undefined) return undefined;
  const method = single(parameters, 'code_challenge_method') ?? 'plain';
  if (method !== 'S256' && method !== 'plain') throw new OAuthError('challengeInvalid', 'the method is S256 or plain');
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(value)) throw new OAuthError('challengeInvalid', 'its length is between 43 and 128');
  return { value, method };
}

function proceed(tenant: Tenant, parameters: URLSearchParams, wanted: AuthorizationRequest): WebResponse {
  if (parameters.get('action') === 'cancel') throw new OAuthError('cancelled');
  const headless = tenant.allowHeadless ? single(parameters, headlessParameter) : undefined;
  if (headless !== undefined) return grant(tenant, wanted, userByName(tenant, headless));
  const passwd = parameters.get('passwd');
  if (passwd === null) {
    // Nobody is ever signed in already: there are no sessions.
    if (parameters.get('prompt') === 'none') throw new OAuthError('loginRequired');
    return html(showLogin(parameters, wanted));
  }
  try {
    return grant(tenant, wanted, signIn(tenant, parameters.get('login') ?? '', passwd));
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    return html(showLogin(parameters, wanted, error.message), 200, `AADSTS${String(error.number)}`);
  }
}

function showLogin(parameters: URLSearchParams, wanted: AuthorizationRequest, message?: string): string {
  const typed = ['login', 'passwd', 'action'];
  return loginPage({
    clientName: wanted.client.name,
    login: parameters.get('login') ?? parameters.get('login_hint') ?? '',
    fields: [...parameters].filter(([name]) => !typed.includes(name)),
    message,
  });
}

function grant(tenant: Tenant, wanted: AuthorizationRequest, user: DirectoryEntry): WebResponse {
  const { client, scope, nonce, redirectUri, challenge, state, mode } = wanted;
  const code = tenant.grants.issueCode({ clientId: client.id, userId: user.id, scope, nonce }, { redirectUri, challenge });
  return sendBack(redirectUri, mode, { code, state, session_state: tenant.ids.uuid() }, undefined, user.primarySmtpAddress);
}

function sendBack(redirectUri: string, mode: string, parameters: Readonly<Record<string, string | undefined>>, error?: string, user?: string): WebResponse {
  const given = Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined);
  if (mode === 'form_post') return { ...html(formPostPage(redirectUri, given), 200, error), user };
  const text = new URLSearchParams(given).toString();
  if (mode === 'fragment') return redirect(`${redirectUri}#${text}`, error, user);
  return redirect(`${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${text}`, error, user);
}
