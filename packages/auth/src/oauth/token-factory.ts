import type { Clock, IdSource } from '@fauxchange/kernel';
import type { DirectoryEntry } from '@fauxchange/mailbox';
import { exchangeAppId } from '../schemes/bearer.ts';
import type { OAuthClient } from './clients.ts';
import type { SigningKey } from './signing-key.ts';
import type { TokenClaims, TokenProblem } from './token-issuer.ts';

/** Writes and verifies the tokens of one tenant. */
export class TokenFactory {
  readonly #clock: Clock;
  readonly #ids: IdSource;
  readonly #tenantId: string;
  readonly #key: SigningKey;

  constructor(options: { clock: Clock; ids: IdSource; tenantId: string; key: SigningKey }) {
    this.#clock = options.clock;
    this.#ids = options.ids;
    this.#tenantId = options.tenantId;
    this.#key = options.key;
  }

  get issuer(): string { return `https://sts.windows.net/${this.#tenantId}/`; }

  seconds(): number { return Math.floor(this.#clock.now() / 1000); }

  publicKey(): Promise<Readonly<Record<string, unknown>>> { return this.#key.publicKey(); }

  /** An access token of version 1.0, which is what Exchange's resource is given whichever endpoint was asked. */
  async accessToken(grant: { client: OAuthClient; resource: string; lifetime: number; user?: DirectoryEntry | undefined; rights?: readonly string[] | undefined; roles?: readonly string[] | undefined }): Promise<string> {
    const { client, user } = grant;
    return this.#key.sign({
      aud: grant.resource,
      iss: this.issuer,
      ...this.#times(grant.lifetime),
      acr: '1',
      app_displayname: client.name,
      appid: client.id,
      appidacr: client.secret === undefined ? '0' : '1',
      idtyp: user === undefined ? 'app' : 'user',
      ...(user === undefined ? this.#applicationClaims(client, grant.roles ?? []) : { ...this.#userClaims(user, client), amr: ['pwd'], scp: (grant.rights ?? []).join(' ') }),
      tid: this.#tenantId,
      uti: Buffer.from(this.#ids.bytes(16)).toString('base64url'),
      ver: '1.0',
    });
  }

  async idToken(grant: { client: OAuthClient; user: DirectoryEntry; lifetime: number; version: 1 | 2; issuer: string; nonce?: string | undefined }): Promise<string> {
    const { client, user, version } = grant;
    const { upn, unique_name, ...claims } = this.#userClaims(user, client);
    return this.#key.sign({
      aud: client.id,
      iss: version === 1 ? this.issuer : grant.issuer,
      ...this.#times(grant.lifetime),
      ...claims,
      ...(version === 1 ? { upn, unique_name } : { preferred_username: upn, email: user.primarySmtpAddress }),
      ...(grant.nonce === undefined ? {} : { nonce: grant.nonce }),
      tid: this.#tenantId,
      uti: Buffer.from(this.#ids.bytes(16)).toString('base64url'),
      ver: version === 1 ? '1.0' : '2.0',
    });
  }

  /** Not a token of the tenant but of Exchange itself, version ExIdTok.V1: nobody gets in with it. */
  async identityToken({ user, audience, realm, lifetime }: { user: DirectoryEntry; audience: string; realm: string; lifetime: number }): Promise<string> {
    const server = `${exchangeAppId}@${realm}`;
    const { nbf, exp } = this.#times(lifetime);
    return this.#key.sign({
      aud: audience, iss: server, nbf, exp, appctxsender: server, isbrowserhostedapp: 'true',
      appctx: JSON.stringify({ msexchuid: `${user.id}@${realm}`, version: 'ExIdTok.V1', amurl: `https://autodiscover.${realm}:443/autodiscover/metadata/json/1` }),
    });
  }

  async verify(token: string): Promise<TokenClaims | { readonly problem: TokenProblem; readonly tenant?: string | undefined }> {
    const read = readClaims(token);
    if (read === undefined) return { problem: 'malformed' };
    if (read.tid !== this.#tenantId || read.iss !== this.issuer) return { problem: 'tenant', tenant: /^[\w.-]{1,100}$/.test(read.tid) ? read.tid : '' };
    try {
      await this.#key.verify(token, new Date(this.#clock.now()));
      return read;
    } catch (error) {
      return { problem: problemOf(error) };
    }
  }

  #times(lifetime: number): { iat: number; nbf: number; exp: number } {
    const now = this.seconds();
    return { iat: now, nbf: now, exp: now + lifetime };
  }

  #userClaims(user: DirectoryEntry, client: OAuthClient): Record<string, unknown> {
    return {
      ...(user.surname === undefined ? {} : { family_name: user.surname }),
      ...(user.givenName === undefined ? {} : { given_name: user.givenName }),
      name: user.displayName,
      oid: user.id,
      // Pairwise: another one for each client.
      sub: Buffer.from(this.#ids.fork(`subject ${client.id} ${user.id}`).bytes(32)).toString('base64url'),
      unique_name: user.userPrincipalName ?? user.primarySmtpAddress,
      upn: user.userPrincipalName ?? user.primarySmtpAddress,
    };
  }

  #applicationClaims(client: OAuthClient, roles: readonly string[]): Record<string, unknown> {
    const servicePrincipal = this.#ids.fork(`service principal ${client.id}`).uuid();
    return { oid: servicePrincipal, sub: servicePrincipal, roles };
  }
}

/** The claims that everything rests on, in their types; what they say is not verified yet. */
function readClaims(token: string): TokenClaims | undefined {
  const [, payload] = /^[\w-]+\.([\w-]+)\.[\w-]*$/.exec(token) ?? [];
  let claims: Record<string, unknown> | null;
  try { claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString('utf8')) as Record<string, unknown> | null; } catch { return undefined; }
  if (typeof claims !== 'object' || claims === null) return undefined;
  const { aud, iss, tid, oid, appid, scp, roles, iat, nbf, exp, upn } = claims;
  const isSound = [aud, iss, tid, oid, appid].every((claim) => typeof claim === 'string') && [iat, nbf, exp].every((claim) => typeof claim === 'number')
    && (scp === undefined || typeof scp === 'string') && (roles === undefined || (Array.isArray(roles) && roles.every((role) => typeof role === 'string')));
  return isSound ? { aud, iss, tid, oid, appid, scp, roles, iat, nbf, exp, upn } as TokenClaims : undefined;
}

function problemOf(error: unknown): TokenProblem {
  switch ((error as { code?: string }).code) {
    case 'ERR_JWT_EXPIRED': return 'expired';
    case 'ERR_JWT_CLAIM_VALIDATION_FAILED': return 'not-yet-valid';
    // Another algorithm, `none` above all, is a signature that we never made.
    case 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED': case 'ERR_JOSE_ALG_NOT_ALLOWED': case 'ERR_JOSE_NOT_SUPPORTED': return 'signature';
    default: return 'malformed';
  }
}
