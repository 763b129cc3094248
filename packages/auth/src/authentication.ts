import { drainBody } from '@fauxchange/kernel';
import { BasicScheme } from './schemes/basic.ts';
import { BearerScheme } from './schemes/bearer.ts';
import type { Clock } from '@fauxchange/kernel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { TokenIssuer } from './oauth/token-issuer.ts';
import type { AuthDirectory, Principal, RefusalReason } from './principal.ts';
import type { BearerRequirement } from './schemes/bearer.ts';
import type { AuthScheme, ConnectionState } from './schemes/scheme.ts';

export interface AuthenticationOptions {
  readonly directory: AuthDirectory;
  readonly clock: Clock;
  /** What is offered. Names of built-in schemes, or schemes of your own. Default: Basic, and Bearer when there is an authority. */
  readonly schemes?: readonly ('Basic' | 'Bearer' | AuthScheme)[] | undefined;
  /** The realm of Basic. Default: the host name that the client asked for. */
  readonly realm?: string | undefined;
  /** Who issues the tokens that Bearer takes: see createOAuthAuthority. */
  readonly authority?: TokenIssuer | undefined;
  readonly bearer?: BearerRequirement | undefined;
}

/** Not let in: what the answer says. */
export interface Refusal {
  readonly ok: false;
  readonly status: 401 | 403;
  readonly reason: RefusalReason;
  /** One WWW-Authenticate header each, in this order. */
  readonly challenges: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
}

export type AuthResult = { readonly ok: true; readonly principal: Principal; readonly headers: Readonly<Record<string, string>> } | Refusal;

/** Asks who is asking, and answers who may not. */
export interface Authentication {
  /** Never rejects for anything a client sends. */
  authenticate(request: IncomingMessage): Promise<AuthResult>;
  /**
   * Sends the 401 (or 403): reads the body away first so that the connection is kept, and sends no body.
   * @param options `headers`: what the protocol adds; `drainLimit`: bytes of body to read away (default 64 MiB), a larger one ends the connection.
   */
  challenge(request: IncomingMessage, response: ServerResponse, refusal: Refusal, options?: { headers?: Readonly<Record<string, string>> | undefined; drainLimit?: number | undefined }): Promise<void>;
  /** The challenges of a request without credentials. */
  challenges(request: IncomingMessage): readonly string[];
}

/** Exchange's order on the wire; others come between these and Basic. */
const order = ['bearer', 'negotiate', 'ntlm'];

/**
 * Makes the door of one virtual directory.
 *
 * @example
 * const authentication = createAuthentication({ directory, clock, authority });
 * const result = await authentication.authenticate(request);
 * if (!result.ok) return authentication.challenge(request, response, result);
 * console.log(result.principal.user?.primarySmtpAddress);
 */
export function createAuthentication(options: AuthenticationOptions): Authentication {
  const wanted = options.schemes ?? ['Basic', ...(options.authority === undefined ? [] : ['Bearer' as const])];
  const schemes = wanted.map((scheme): AuthScheme => {
    if (scheme === 'Basic') return new BasicScheme(options.directory, options.realm);
    if (scheme !== 'Bearer') return scheme;
    if (options.authority === undefined) throw new TypeError('Bearer needs an authority: pass createOAuthAuthority(…) as `authority`');
    const need = { ...options.bearer, invite: options.bearer?.invite ?? (wanted.length === 1 ? 'always' : 'on-request') } as const;
    return new BearerScheme({ directory: options.directory, clock: options.clock, issuer: options.authority, need });
  });
  return new Door(schemes.sort((a, b) => rank(a) - rank(b)));
}

function rank({ name }: AuthScheme): number {
  const known = order.indexOf(name.toLowerCase());
  return known >= 0 ? known : name.toLowerCase() === 'basic' ? order.length + 1 : order.length;
}

class Door implements Authentication {
  readonly #schemes: readonly AuthScheme[];
  readonly #connections = new WeakMap<Socket, ConnectionState>();

  constructor(schemes: readonly AuthScheme[]) { this.#schemes = schemes; }

  async authenticate(request: IncomingMessage): Promise<AuthResult> {
    const connection = this.#connection(request.socket);
    const header = request.headers.authorization;
    if (header === undefined) {
      return connection.principal === undefined ? this.#refuse(request, 'no-credentials') : { ok: true, principal: connection.principal, headers: {} };
    }
    const space = header.indexOf(' ');
    const name = (space < 0 ? header : header.slice(0, space)).toLowerCase();
    const scheme = this.#schemes.find((each) => each.name.toLowerCase() === name);
    if (scheme === undefined) return this.#refuse(request, 'scheme-not-offered');
    const result = await scheme.authenticate({ credentials: space < 0 ? '' : header.slice(space + 1).trim(), request, connection });
    switch (result.outcome) {
      case 'accepted': return { ok: true, principal: result.principal, headers: result.headers ?? {} };
      case 'continue': return { ok: false, status: 401, reason: 'handshake', challenges: [result.challenge], headers: {} };
      case 'refused': return {
        ok: false, status: result.status ?? 401, reason: result.reason, headers: result.headers ?? {},
        challenges: result.status === 403 ? [] : this.#challenges(request, scheme, result.challengeSuffix),
      };
    }
  }

  challenges(request: IncomingMessage): readonly string[] { return this.#challenges(request); }

  async challenge(request: IncomingMessage, response: ServerResponse, refusal: Refusal, options: { headers?: Readonly<Record<string, string>> | undefined; drainLimit?: number | undefined } = {}): Promise<void> {
    const isDrained = await drainBody(request, { limit: options.drainLimit ?? 64 * 1024 * 1024 });
    if (response.headersSent || response.destroyed) return;
    response.writeHead(refusal.status, {
      ...options.headers,
      ...refusal.headers,
      'Content-Length': '0',
      ...(isDrained ? {} : { Connection: 'close' }),
      ...(refusal.challenges.length > 0 ? { 'WWW-Authenticate': [...refusal.challenges] } : {}),
    });
    response.end();
  }

  #refuse(request: IncomingMessage, reason: RefusalReason): Refusal {
    return { ok: false, status: 401, reason, challenges: this.#challenges(request), headers: {} };
  }

  #challenges(request: IncomingMessage, tried?: AuthScheme, suffix = ''): readonly string[] {
    return this.#schemes.flatMap((scheme) => {
      const challenge = scheme.challenge(request);
      return challenge === undefined ? [] : [scheme === tried ? challenge + suffix : challenge];
    });
  }

  #connection(socket: Socket): ConnectionState {
    let state = this.#connections.get(socket);
    if (state === undefined) {
      state = {};
      this.#connections.set(socket, state);
    }
    return state;
  }
}
