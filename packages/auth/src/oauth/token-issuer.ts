import type { IncomingMessage } from 'node:http';

/** Claims of an access token as Exchange's resource gets them: version 1.0. Times in seconds since 1970. */
export interface TokenClaims {
  readonly aud: string;
  readonly iss: string;
  readonly tid: string;
  /** Directory id of the user, or of the application's service principal. */
  readonly oid: string;
  readonly upn?: string | undefined;
  readonly appid: string;
  /** Delegated rights, separated by spaces; absent in application tokens. */
  readonly scp?: string | undefined;
  readonly roles?: readonly string[] | undefined;
  readonly iat: number;
  readonly nbf: number;
  readonly exp: number;
}

export type TokenProblem = 'malformed' | 'signature' | 'expired' | 'not-yet-valid' | 'tenant';

/** What the Bearer scheme needs of an authority. */
export interface TokenIssuer {
  readonly tenantId: string;
  /** Where clients sign in; goes into challenges. */
  authorizationUri(request: IncomingMessage): string;
  knowsClient(clientId: string): boolean;
  /** Never rejects; `tenant` names a tenant that is not ours. */
  verify(token: string): Promise<TokenClaims | { readonly problem: TokenProblem; readonly tenant?: string | undefined }>;
}
