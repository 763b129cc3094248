import type { IncomingMessage } from 'node:http';
import type { Principal, RefusalReason } from '../principal.ts';

/** What a scheme keeps about one TCP connection; gone with it. NTLM and Negotiate are bound to the connection, RFC 4559 6. */
export interface ConnectionState {
  /** Whatever the scheme needs between two messages of a handshake. */
  handshake?: unknown;
  /** Set by a scheme that signs in the connection: later requests on it need no credentials. */
  principal?: Principal | undefined;
}

export interface SchemeRequest {
  /** What follows the scheme's name in Authorization; may be empty. */
  readonly credentials: string;
  readonly request: IncomingMessage;
  readonly connection: ConnectionState;
}

export type SchemeResult =
  | { readonly outcome: 'accepted'; readonly principal: Principal; readonly headers?: Readonly<Record<string, string>> | undefined }
  /** The handshake goes on: a 401 with this challenge alone. */
  | { readonly outcome: 'continue'; readonly challenge: string }
  | {
    readonly outcome: 'refused';
    readonly reason: RefusalReason;
    /** Default 401; 403 when the credentials are good and the rights are not. */
    readonly status?: 401 | 403 | undefined;
    readonly headers?: Readonly<Record<string, string>> | undefined;
    /** Added to this scheme's challenge, `error="invalid_token"`. */
    readonly challengeSuffix?: string | undefined;
  };

/**
 * One way to sign in. Basic and Bearer are built in; NTLM and Negotiate have their place here.
 * A scheme bound to the connection keeps its handshake in `connection`, answers `continue`, and at last sets `connection.principal`.
 */
export interface AuthScheme {
  /** The first word of Authorization; compared without case. */
  readonly name: string;
  /** The challenge that invites to it; undefined when this request is not to be invited. */
  challenge(request: IncomingMessage): string | undefined;
  authenticate(request: SchemeRequest): SchemeResult | Promise<SchemeResult>;
}
