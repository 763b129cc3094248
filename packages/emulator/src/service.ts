import type { Authentication, AuthenticationOptions, OAuthAuthority } from '@fauxchange/auth';
import type { Clock, Faults, IdSource, Journal, Lifecycle, Mount, RawMethods } from '@fauxchange/kernel';
import type { Organization } from '@fauxchange/mailbox';

/** What a protocol finds when it is installed: shared by all protocols of one server. */
export interface Environment {
  readonly organization: Organization;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly lifecycle: Lifecycle;
  readonly authority: OAuthAuthority | undefined;
  /** The door of one virtual directory, with the schemes of the server unless others are named. */
  authentication(options?: Partial<Pick<AuthenticationOptions, 'schemes' | 'realm' | 'bearer'>>): Authentication;
  /** A fault of ours: `close()` rejects with it in strict mode. */
  reportBug(error: unknown): void;
}

/** One protocol, installed. */
export interface Service {
  readonly mounts: readonly Mount[];
  /** Requests whose methods node does not know; on the server's own listeners only. */
  readonly raw?: RawMethods | undefined;
  /** Forgets what the protocol itself remembers (subscriptions, sessions); the organization is reset elsewhere. */
  reset?(): void;
}
export type Installer = (environment: Environment) => Service;
