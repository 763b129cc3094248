import { BoundedCache } from '../bounded-cache.ts';
import { requestedHost } from '../requested.ts';
import type { IncomingMessage } from 'node:http';
import type { AuthDirectory } from '../principal.ts';
import type { AuthScheme, SchemeRequest, SchemeResult } from './scheme.ts';

const LONGEST_CREDENTIALS = 4096;

interface Credentials { readonly logon: string; readonly password: string }

/**
 * Basic, RFC 7617. Who the user is, is the directory's business: UPN, SMTP address, `DOMAIN\name`.
 * Only the decoding is cached: a password changed or an account disabled counts at once. (Exchange's IIS goes on accepting the old password for up to 15 minutes.)
 */
export class BasicScheme implements AuthScheme {
  readonly name = 'Basic';
  readonly #directory: AuthDirectory;
  readonly #realm: string | undefined;
  readonly #decoded = new BoundedCache<Credentials>(500);

  constructor(directory: AuthDirectory, realm: string | undefined) {
    this.#directory = directory;
    this.#realm = realm;
  }

  challenge(request: IncomingMessage): string {
    return `Basic realm="${this.#realm ?? requestedHost(request)}"`;
  }

  authenticate({ credentials }: SchemeRequest): SchemeResult {
    const decoded = this.#decode(credentials);
    if (decoded === undefined) return { outcome: 'refused', reason: 'malformed' };
    const { outcome, entry } = this.#directory.verifyPassword(decoded.logon, decoded.password);
    switch (outcome) {
      case 'ok': return entry === undefined
        ? { outcome: 'refused', reason: 'unknown-user' }
        : { outcome: 'accepted', principal: { kind: 'user', user: entry, scheme: 'Basic', scopes: [], roles: [] } };
      case 'disabled': return { outcome: 'refused', reason: 'account-disabled' };
      case 'unknown': return { outcome: 'refused', reason: 'unknown-user' };
      case 'wrong': return { outcome: 'refused', reason: 'wrong-password' };
    }
  }

  #decode(credentials: string): Credentials | undefined {
    const known = this.#decoded.get(credentials);
    if (known !== undefined) return known;
    const decoded = decodeBasic(credentials);
    if (decoded !== undefined) this.#decoded.set(credentials, decoded);
    return decoded;
  }
}

function decodeBasic(credentials: string): Credentials | undefined {
  if (credentials.length > LONGEST_CREDENTIALS || !/^[A-Za-z0-9+/]+={0,2}$/.test(credentials)) return undefined;
  const bytes = Buffer.from(credentials, 'base64');
  // Clients send UTF-8 or, older ones, Latin-1.
  const utf8 = bytes.toString('utf8');
  const text = utf8.includes('�') ? bytes.toString('latin1') : utf8;
  const colon = text.indexOf(':');
  return colon <= 0 ? undefined : { logon: text.slice(0, colon), password: text.slice(colon + 1) };
}
