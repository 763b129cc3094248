import { BoundedCache } from '../bounded-cache.ts';
import type { Clock } from '@fauxchange/kernel';
import type { IncomingMessage } from 'node:http';
import type { TokenClaims, TokenIssuer, TokenProblem } from '../oauth/token-issuer.ts';
import type { AuthDirectory, Principal, RefusalReason } from '../principal.ts';
import type { AuthScheme, SchemeRequest, SchemeResult } from './scheme.ts';

/** What a protocol asks of a token. */
export interface BearerRequirement {
  /** Audiences beside Exchange Online's own: the server's URLs, for hybrid modern authentication. */
  readonly audiences?: readonly string[] | undefined;
  /** A user's token needs one of these; none given: any will do. */
  readonly scopes?: readonly string[] | undefined;
  /** An application's token needs one of these. */
  readonly roles?: readonly string[] | undefined;
  /** When 401s invite to Bearer: only those to requests that came with `Authorization: Bearer` (as on premises), or all (as Online). Default `on-request`. */
  readonly invite?: 'on-request' | 'always' | undefined;
}

/** Exchange as a resource of Entra. */
export const exchangeAppId = '00000002-0000-0ff1-ce00-000000000000';
const accessControlAppId = '00000001-0000-0000-c000-000000000000';
/** Names of Exchange as a resource: audiences of its tokens. */
export const exchangeAudiences: readonly string[] = ['https://outlook.office365.com', 'https://outlook.office.com', exchangeAppId];

const LONGEST_TOKEN = 16_384;

/** Numbers and categories of x-ms-diagnostics, with what the client reads as reason. */
const diagnostics = {
  signature: { number: 2000000, category: 'invalid_signature', text: 'The token has an invalid signature.', reason: 'token-signature' },
  malformed: { number: 2000001, category: 'invalid_token', text: 'OAuth token submitted with the request cannot be parsed.', reason: 'token-malformed' },
  expired: { number: 2000002, category: 'token_expired', text: 'The token has expired.', reason: 'token-expired' },
  audience: { number: 2000003, category: 'invalid_resource', text: "The audience claim value is invalid 'aud'.", reason: 'token-audience' },
  tenant: { number: 2000004, category: 'invalid_tenant', text: "The tenant for tenant guid '%' does not exist.", reason: 'token-tenant' },
  user: { number: 2000005, category: 'invalid_user', text: 'The user of the token does not exist.', reason: 'token-user' },
  client: { number: 2000006, category: 'invalid_client', text: 'The client of the token is not known.', reason: 'token-client' },
  rights: { number: 2000008, category: 'invalid_grant', text: 'The token does not grant what this call needs.', reason: 'token-rights' },
} as const satisfies Record<string, { number: number; category: string; text: string; reason: RefusalReason }>;

const problems: Readonly<Record<TokenProblem, keyof typeof diagnostics>> = { malformed: 'malformed', signature: 'signature', expired: 'expired', 'not-yet-valid': 'malformed', tenant: 'tenant' };

/**
 * Bearer tokens of the server's own authority, RFC 6750 with Exchange's challenges.
 * Signatures are verified once and remembered until the token expires; whether the user still exists is asked every time.
 */
export class BearerScheme implements AuthScheme {
  readonly name = 'Bearer';
  readonly #directory: AuthDirectory;
  readonly #clock: Clock;
  readonly #issuer: TokenIssuer;
  readonly #need: BearerRequirement;
  readonly #audiences: ReadonlySet<string>;
  readonly #verified = new BoundedCache<TokenClaims>(1_000);

  constructor(options: { directory: AuthDirectory; clock: Clock; issuer: TokenIssuer; need: BearerRequirement }) {
    this.#directory = options.directory;
    this.#clock = options.clock;
    this.#issuer = options.issuer;
    this.#need = options.need;
    this.#audiences = new Set([...exchangeAudiences, ...options.need.audiences ?? []].map(bare));
  }

  challenge(request: IncomingMessage): string | undefined {
    if (this.#need.invite !== 'always' && !/^bearer\b/i.test(request.headers.authorization ?? '')) return undefined;
    return `Bearer client_id="${exchangeAppId}", trusted_issuers="${accessControlAppId}@${this.#issuer.tenantId}", token_types="app_asserted_user_v1 service_asserted_app_v1", authorization_uri="${this.#issuer.authorizationUri(request)}"`;
  }

  async authenticate({ credentials }: SchemeRequest): Promise<SchemeResult> {
    // The empty `Authorization: Bearer` asks where to go, [MS-XOAUTH] 4.6.
    if (credentials === '') return { outcome: 'refused', reason: 'no-credentials' };
    if (credentials.length > LONGEST_TOKEN) return refused('malformed');
    const known = this.#fromCache(credentials);
    if (known !== undefined) return this.#admit(known);
    const claims = await this.#issuer.verify(credentials);
    if ('problem' in claims) return refused(problems[claims.problem], claims.tenant);
    this.#verified.set(credentials, claims);
    return this.#admit(claims);
  }

  #fromCache(token: string): TokenClaims | undefined {
    const claims = this.#verified.get(token);
    // The issuer says of an expired token what is wrong with it.
    return claims !== undefined && claims.exp * 1000 > this.#clock.now() && claims.nbf * 1000 <= this.#clock.now() ? claims : undefined;
  }

  #admit(claims: TokenClaims): SchemeResult {
    if (!this.#audiences.has(bare(claims.aud))) return refused('audience');
    const scopes = claims.scp?.split(' ').filter((scope) => scope !== '') ?? [];
    const roles = claims.roles ?? [];
    if (!this.#issuer.knowsClient(claims.appid)) return refused('client');
    if (claims.scp === undefined) return this.#admitApplication(claims, roles);
    const user = this.#directory.byId(claims.oid);
    if (user === undefined || user.isDisabled === true) return refused('user');
    if (!hasOne(this.#need.scopes, scopes)) return refused('rights');
    return accepted({ kind: 'user', user, scheme: 'Bearer', appId: claims.appid, scopes, roles });
  }

  #admitApplication(claims: TokenClaims, roles: readonly string[]): SchemeResult {
    if (!hasOne(this.#need.roles, roles)) return refused('rights');
    return accepted({ kind: 'application', scheme: 'Bearer', appId: claims.appid, scopes: [], roles });
  }
}

const accepted = (principal: Principal): SchemeResult => ({ outcome: 'accepted', principal });

function refused(what: keyof typeof diagnostics, detail = ''): SchemeResult {
  const { number, category, text, reason } = diagnostics[what];
  return {
    outcome: 'refused', reason,
    // [K] A good token that may not do this is 403; every other trouble is 401.
    status: what === 'rights' ? 403 : 401,
    headers: { 'x-ms-diagnostics': `${String(number)};reason="${text.replace('%', detail)}";error_category="${category}"` },
    challengeSuffix: ', error="invalid_token"',
  };
}

const bare = (audience: string): string => audience.toLowerCase().replace(/\/+$/, '');

const hasOne = (needed: readonly string[] | undefined, had: readonly string[]): boolean => needed === undefined || needed.some((each) => had.includes(each));
