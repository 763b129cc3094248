/** Signs and verifies tokens. */
export interface SigningKey {
  sign(claims: Readonly<Record<string, unknown>>): Promise<string>;
  /** The claims; rejects when the signature is not ours or the token is not valid at that time. */
  verify(token: string, at: Date): Promise<Readonly<Record<string, unknown>>>;
  /** As the keys document lists it, RFC 7517. */
  publicKey(): Promise<Readonly<Record<string, unknown>>>;
}

/**
 * An RS256 key, random in every process and made when it is first needed: that takes a tenth of a second or more,
 * so tests that make many servers share one.
 *
 * @example
 * const signingKey = createSigningKey();
 * const authority = createOAuthAuthority({ directory, clock, ids, signingKey });
 */
export function createSigningKey(): SigningKey { return new LazyKey(); }

interface KeyParts {
  readonly sign: SigningKey['sign'];
  readonly verify: SigningKey['verify'];
  readonly jwk: Readonly<Record<string, unknown>>;
}

class LazyKey implements SigningKey {
  #parts: Promise<KeyParts> | undefined;

  async sign(claims: Readonly<Record<string, unknown>>): Promise<string> { return (await this.#made()).sign(claims); }

  async verify(token: string, at: Date): Promise<Readonly<Record<string, unknown>>> { return (await this.#made()).verify(token, at); }

  async publicKey(): Promise<Readonly<Record<string, unknown>>> { return (await this.#made()).jwk; }

  #made(): Promise<KeyParts> {
    this.#parts ??= make();
    return this.#parts;
  }
}

async function make(): Promise<KeyParts> {
  // Loaded with the first token: most tests sign in by Basic. Not import(), which jest's CommonJS loader refuses; without a suffix the
  // path is right in the source and in the build.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { SignJWT, calculateJwkThumbprint, exportJWK, generateKeyPair, jwtVerify } = require('../jose') as typeof import('../jose.ts');
  const { publicKey, privateKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true });
  const { kty, n, e } = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint({ kty, n, e } as Parameters<typeof calculateJwkThumbprint>[0]);
  return {
    jwk: { kty, use: 'sig', kid, x5t: kid, n, e, alg: 'RS256' },
    sign: (claims) => new SignJWT(claims).setProtectedHeader({ typ: 'JWT', alg: 'RS256', x5t: kid, kid }).sign(privateKey),
    verify: async (token, at) => (await jwtVerify(token, publicKey, { currentDate: at, algorithms: ['RS256'] })).payload,
  };
}
