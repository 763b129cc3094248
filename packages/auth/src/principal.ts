import type { Directory, DirectoryEntry } from '@fauxchange/mailbox';

/** What signing in needs to know of an organization. */
export type AuthDirectory = Pick<Directory, 'acceptedDomains' | 'byId' | 'byLogon' | 'verifyPassword'>;

/** Who is asking. */
export interface Principal {
  /** `application`: a daemon with a token of its own (client credentials); it has to impersonate somebody to reach a mailbox. */
  readonly kind: 'user' | 'application';
  /** Absent for applications. */
  readonly user?: DirectoryEntry | undefined;
  /** `Basic`, `Bearer`, `NTLM`, `Negotiate`. */
  readonly scheme: string;
  /** The client that the token was given to. */
  readonly appId?: string | undefined;
  /** Delegated rights of the token (`EWS.AccessAsUser.All`); empty for schemes without tokens, which may do everything. */
  readonly scopes: readonly string[];
  /** Application rights of the token (`full_access_as_app`). */
  readonly roles: readonly string[];
}

/** Why somebody was not let in; for the journal. */
export type RefusalReason =
  | 'no-credentials' | 'scheme-not-offered' | 'malformed' | 'unknown-user' | 'wrong-password' | 'account-disabled'
  | 'token-malformed' | 'token-signature' | 'token-expired' | 'token-audience' | 'token-tenant' | 'token-user' | 'token-client' | 'token-rights'
  | 'handshake';
