import { createJournalMessage, requestPath } from '@fauxchange/kernel';
import { requestedBase } from '../requested.ts';
import { authorize } from './authorize-endpoint.ts';
import { allowsRedirect, defaultClients } from './clients.ts';
import { devicePageEndpoint, startDevice } from './device-endpoint.ts';
import { GrantStore } from './grant-store.ts';
import { discovery, instanceDiscovery, keys, logout, userRealm } from './metadata.ts';
import { messagePage } from './pages.ts';
import { parseScope } from './scopes.ts';
import { createSigningKey } from './signing-key.ts';
import { checkTenant, findClient, rolesOf, tenantNames, userByName } from './tenant.ts';
import { token } from './token-endpoint.ts';
import { TokenFactory } from './token-factory.ts';
import { errorResponse, html, readForm } from './web.ts';
import type { Clock, HttpHandler, IdSource, Journal, Mount } from '@fauxchange/kernel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AuthDirectory } from '../principal.ts';
import type { OAuthClient } from './clients.ts';
import type { CodeBinding, Lifetimes } from './grant-store.ts';
import type { SigningKey } from './signing-key.ts';
import type { Tenant } from './tenant.ts';
import type { TokenIssuer } from './token-issuer.ts';
import type { WebRequest, WebResponse } from './web.ts';

export interface OAuthAuthorityOptions {
  readonly directory: AuthDirectory;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Where clients reach the authority, without a slash at the end. Default: scheme and host of each request. */
  readonly url?: string | (() => string | undefined) | undefined;
  /** Default: drawn from `ids`. */
  readonly tenantId?: string | undefined;
  /** Registered beside, or instead of those of the same id among, the default clients. */
  readonly clients?: readonly OAuthClient[] | undefined;
  /** Further resources that tokens may be asked for: the server's own URLs, for hybrid modern authentication. */
  readonly resources?: readonly string[] | (() => readonly string[]) | undefined;
  /** Seconds; defaults: access token 3,600, code 600, refresh token 90 days, device code 900. */
  readonly lifetimes?: Partial<Lifetimes> | undefined;
  /** Whether `fauxchange_user=NAME` at the authorize endpoint signs in without the page. Default true: this is for tests. */
  readonly allowHeadless?: boolean | undefined;
  /** Default: one of its own. */
  readonly signingKey?: SigningKey | undefined;
  readonly journal?: Journal | undefined;
}

export interface AuthorizeOptions {
  /** Any name that the user can sign in with. */
  readonly user: string;
  /** Default `fauxchange-client`. */
  readonly clientId?: string | undefined;
  /** As the v2 endpoints take it. Default: `openid offline_access https://outlook.office365.com/.default`. */
  readonly scope?: string | undefined;
}

export interface IdentityTokenOptions {
  /** Any name that the user can sign in with. */
  readonly user: string;
  /** URL of the add-in's page. */
  readonly audience: string;
  /** Domain of the Exchange organization. */
  readonly realm: string;
  /** Seconds. */
  readonly lifetime: number;
}

/** An authority of Entra's shape for one organization: one tenant, its users, its clients. */
export interface OAuthAuthority extends TokenIssuer {
  readonly handler: HttpHandler;
  /** Where to mount the handler: the shared tenants' names, our tenant's id and domains. */
  readonly mounts: readonly Mount[];
  /** True for every path of the authority, also under tenants that are not ours, which it refuses by AADSTS90002. */
  serves(path: string): boolean;
  /** Signs a user in without the page and gives the code that the client would have got at `redirectUri`. Throws OAuthError. */
  authorize(options: AuthorizeOptions & { redirectUri: string } & Pick<CodeBinding, 'challenge'>): { code: string };
  /** An access token for the user, at once. Throws OAuthError. */
  issueToken(options: AuthorizeOptions & { lifetime?: number | undefined }): Promise<string>;
  /** What Exchange tells an add-in of who uses it ("Inside the Exchange identity token"). Throws OAuthError. */
  issueIdentityToken(options: IdentityTokenOptions): Promise<string>;
  /** An access token for a confidential client itself. Throws OAuthError. */
  issueAppToken(options?: { clientId?: string | undefined; resource?: string | undefined; lifetime?: number | undefined }): Promise<string>;
  /** Codes that devices show and nobody has entered yet, the oldest first. */
  pendingDeviceCodes(): readonly { readonly userCode: string; readonly clientId: string }[];
  /** Throws OAuthError for an unknown code or user. */
  approveDevice(userCode: string, user: string): void;
  declineDevice(userCode: string): void;
  registerClient(client: OAuthClient): void;
  removeClient(id: string): void;
  /** Refresh tokens that the user gave until now are worth nothing. Throws OAuthError. */
  revokeRefreshTokens(user: string): void;
  /** Forgets every code and refresh token and every client registered later. */
  reset(): void;
}

const DAY = 86_400;
const lifetimeDefaults: Lifetimes = { accessToken: 3_600, code: 600, refreshToken: 90 * DAY, deviceCode: 900 };
const defaultScope = 'openid offline_access https://outlook.office365.com/.default';

/**
 * Makes an authority: authorize (with a login page), token, device code, keys and metadata, v1 and v2.
 *
 * @example
 * const authority = createOAuthAuthority({ directory, clock, ids });
 * const listener = await listenHttp({ mounts: authority.mounts });
 * const token = await authority.issueToken({ user: 'alice@example.test' });
 */
export function createOAuthAuthority(options: OAuthAuthorityOptions): OAuthAuthority { return new EntraAuthority(options); }

class EntraAuthority implements OAuthAuthority {
  readonly tenantId: string;
  readonly #url: () => string | undefined;
  readonly #tenant: Tenant;
  readonly #registered: readonly OAuthClient[];

  constructor(options: OAuthAuthorityOptions) {
    const { directory, clock, url, resources = [] } = options;
    const ids = options.ids.fork('oauth authority');
    const lifetimes = { ...lifetimeDefaults, ...options.lifetimes };
    this.tenantId = (options.tenantId ?? ids.fork('tenant').uuid()).toLowerCase();
    this.#url = typeof url === 'function' ? url : () => url;
    this.#registered = [...defaultClients, ...options.clients ?? []];
    this.#tenant = {
      id: this.tenantId, directory, clock, ids, lifetimes,
      journal: options.journal,
      clients: new Map(),
      grants: new GrantStore({ clock, ids, lifetimes }),
      tokens: new TokenFactory({ clock, ids, tenantId: this.tenantId, key: options.signingKey ?? createSigningKey() }),
      resources: typeof resources === 'function' ? resources : () => resources,
      allowHeadless: options.allowHeadless ?? true,
    };
    this.reset();
  }

  get handler(): HttpHandler { return (request, response) => this.#handle(request, response); }

  get mounts(): readonly Mount[] { return tenantNames(this.#tenant).map((name) => ({ path: `/${name}`, handler: this.handler })); }

  serves(path: string): boolean { return findEndpoint(path) !== undefined; }

  authorizationUri(request: IncomingMessage): string { return `${this.#base(request)}/common/oauth2/authorize`; }

  knowsClient(clientId: string): boolean { return this.#tenant.clients.has(clientId.toLowerCase()); }

  verify(accessToken: string): ReturnType<TokenIssuer['verify']> { return this.#tenant.tokens.verify(accessToken); }

  authorize({ user, clientId = 'fauxchange-client', scope = defaultScope, redirectUri, challenge }: AuthorizeOptions & { redirectUri: string } & Pick<CodeBinding, 'challenge'>): { code: string } {
    const client = findClient(this.#tenant, clientId);
    const grant = { clientId: client.id, userId: userByName(this.#tenant, user).id, scope: parseScope(scope, this.#tenant.resources()) };
    return { code: this.#tenant.grants.issueCode(grant, { redirectUri, challenge }) };
  }

  async issueToken({ user, clientId = 'fauxchange-client', scope = defaultScope, lifetime = this.#tenant.lifetimes.accessToken }: AuthorizeOptions & { lifetime?: number | undefined }): Promise<string> {
    const { resource, rights } = parseScope(scope, this.#tenant.resources());
    return this.#tenant.tokens.accessToken({ client: findClient(this.#tenant, clientId), user: userByName(this.#tenant, user), resource, rights, lifetime });
  }

  async issueIdentityToken({ user, ...options }: IdentityTokenOptions): Promise<string> {
    return this.#tenant.tokens.identityToken({ ...options, user: userByName(this.#tenant, user) });
  }

  async issueAppToken({ clientId = 'fauxchange-client', resource = 'https://outlook.office365.com', lifetime = this.#tenant.lifetimes.accessToken }: { clientId?: string | undefined; resource?: string | undefined; lifetime?: number | undefined } = {}): Promise<string> {
    const client = findClient(this.#tenant, clientId);
    return this.#tenant.tokens.accessToken({ client, resource, roles: rolesOf(client), lifetime });
  }

  pendingDeviceCodes(): readonly { readonly userCode: string; readonly clientId: string }[] {
    return this.#tenant.grants.pendingDevices().map(({ userCode, clientId }) => ({ userCode, clientId }));
  }

  approveDevice(userCode: string, user: string): void { this.#tenant.grants.settleDevice(userCode, { userId: userByName(this.#tenant, user).id }); }

  declineDevice(userCode: string): void { this.#tenant.grants.settleDevice(userCode, 'declined'); }

  registerClient(client: OAuthClient): void { this.#tenant.clients.set(client.id.toLowerCase(), client); }

  removeClient(id: string): void { this.#tenant.clients.delete(id.toLowerCase()); }

  revokeRefreshTokens(user: string): void { this.#tenant.grants.revoke(userByName(this.#tenant, user).id); }

  reset(): void {
    this.#tenant.grants.clear();
    this.#tenant.clients.clear();
    for (const client of this.#registered) this.registerClient(client);
  }

  #base(request: IncomingMessage): string {
    const configured = this.#url();
    return configured === undefined ? requestedBase(request) : configured.replace(/\/+$/, '');
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const elapsed = this.#tenant.clock.stopwatch();
    const path = requestPath(request);
    const found = findEndpoint(path);
    const correlationId = uuidFrom(request.headers['client-request-id']) ?? this.#tenant.ids.uuid();
    const traceId = this.#tenant.ids.uuid();
    const answer = await this.#answer(request, path, found, { correlationId, traceId });
    if (response.destroyed) return;
    response.writeHead(answer.status, {
      ...answer.headers,
      'Content-Length': String(Buffer.byteLength(answer.body)),
      'x-ms-request-id': traceId,
      ...(request.headers['return-client-request-id'] === 'true' ? { 'client-request-id': correlationId } : {}),
      ...(answer.status === 413 ? { Connection: 'close' } : {}),
    });
    response.end(answer.body);
    this.#record(request, path, found?.name ?? 'unknown', answer, elapsed());
  }

  async #answer(request: IncomingMessage, path: string, found: Endpoint | undefined, ids: { correlationId: string; traceId: string }): Promise<WebResponse> {
    if (found === undefined) return html(messagePage('Not found', 'There is nothing here.'), 404);
    const method = request.method ?? 'GET';
    if (!found.methods.includes(method)) return { status: 405, headers: { Allow: found.methods.join(', ') }, body: '' };
    const base = this.#base(request);
    try {
      checkTenant(this.#tenant, found.tenant);
      const query = new URLSearchParams((request.url ?? '').replace(/^[^?]*\??/, ''));
      const form = method === 'POST' ? await readForm(request) : new URLSearchParams();
      return await found.answer(this.#tenant, { method, tenant: found.tenant, version: found.version, path, base, query, form, headers: request.headers });
    } catch (error) {
      return errorResponse(error, { ...ids, base, now: this.#tenant.clock.now() });
    }
  }

  #record(request: IncomingMessage, path: string, operation: string, answer: WebResponse, durationMs: number): void {
    this.#tenant.journal?.record({
      protocol: 'oauth', operation, path, method: request.method ?? 'GET', status: answer.status, durationMs,
      user: answer.user, outcome: answer.error === undefined && answer.status < 400 ? 'ok' : 'error', errorCode: answer.error,
      request: createJournalMessage({ headers: flat(request.headers), bytes: Number(request.headers['content-length'] ?? 0) || 0 }),
      response: createJournalMessage({ headers: answer.headers, body: answer.body }),
    });
  }
}

interface Route {
  readonly name: string;
  readonly path: RegExp;
  readonly methods: readonly string[];
  readonly answer: (tenant: Tenant, request: WebRequest) => WebResponse | Promise<WebResponse>;
}

interface Endpoint extends Omit<Route, 'path'> { readonly tenant: string; readonly version: 1 | 2 }

/** Named groups: the tenant, and v2 where the path has it. */
const routes: readonly Route[] = [
  { name: 'authorize', path: /^\/(?<tenant>[^/]+)\/oauth2\/(?<v2>v2\.0\/)?authorize$/i, methods: ['GET', 'POST'], answer: authorize },
  { name: 'token', path: /^\/(?<tenant>[^/]+)\/oauth2\/(?<v2>v2\.0\/)?token$/i, methods: ['POST'], answer: token },
  { name: 'devicecode', path: /^\/(?<tenant>[^/]+)\/oauth2\/(?<v2>v2\.0\/)?devicecode$/i, methods: ['GET', 'POST'], answer: startDevice },
  { name: 'deviceauth', path: /^\/(?<tenant>[^/]+)\/oauth2\/deviceauth$/i, methods: ['GET', 'POST'], answer: devicePageEndpoint },
  { name: 'logout', path: /^\/(?<tenant>[^/]+)\/oauth2\/(?<v2>v2\.0\/)?logout$/i, methods: ['GET'], answer: (tenant, request) => logout(tenant, request, (uri) => [...tenant.clients.values()].some((client) => allowsRedirect(client, uri))) },
  { name: 'nativeclient', path: /^\/(?<tenant>[^/]+)\/oauth2\/nativeclient$/i, methods: ['GET'], answer: () => html(messagePage('Signed in', 'You can close this window.')) },
  { name: 'discovery', path: /^\/(?<tenant>[^/]+)\/(?<v2>v2\.0\/)?\.well-known\/openid-configuration$/i, methods: ['GET'], answer: discovery },
  { name: 'keys', path: /^\/(?<tenant>[^/]+)\/discovery\/(?<v2>v2\.0\/)?keys$/i, methods: ['GET'], answer: keys },
  { name: 'instance', path: /^\/(?<tenant>common)\/discovery\/instance$/i, methods: ['GET'], answer: instanceDiscovery },
  { name: 'userrealm', path: /^\/(?<tenant>common)\/userrealm(\/[^/]*)?$/i, methods: ['GET'], answer: userRealm },
];

function findEndpoint(path: string): Endpoint | undefined {
  for (const { path: pattern, ...route } of routes) {
    const groups = pattern.exec(path)?.groups;
    if (groups !== undefined) return { ...route, tenant: groups['tenant'] ?? '', version: groups['v2'] === undefined ? 1 : 2 };
  }
  return undefined;
}

const uuidFrom = (header: string | string[] | undefined): string | undefined => typeof header === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(header) ? header : undefined;

const flat = (headers: IncomingMessage['headers']): Record<string, string> => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
