import type { TimeZone } from '@fauxchange/calendar';
import type { OAuthAuthority } from '@fauxchange/auth';
import type { Clock, IdSource } from '@fauxchange/kernel';
import type { DirectoryEntry, Organization } from '@fauxchange/mailbox';
import type { DateTimePrecision } from './mapping/date-time.ts';
import type { ThrottlingPolicy } from './throttling/policy.ts';
import type { Profile, SchemaVersionName } from './profile.ts';
import type { SearchSessions } from './instant-search/search-sessions.ts';
import type { SendNotification } from './notifications/push.ts';
import type { Subscriptions } from './notifications/subscriptions.ts';
import type { Request, OperationName } from './operation.ts';

/** What a handler knows beside its request. It never sees the transport. */
export interface EwsContext {
  readonly organization: Organization;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Signs tokens; undefined where the server takes none. */
  readonly authority: OAuthAuthority | undefined;
  readonly profile: Profile;
  /** What the throttling policy in force allows. */
  readonly limits: ThrottlingPolicy;
  /** The schema version that the request asked for. */
  readonly version: SchemaVersionName;
  /** Whose mailbox "mine" is: who signed in, or whom they impersonate. */
  readonly caller: DirectoryEntry;
  /** MailboxCulture header, `en-US`. */
  readonly culture: string | undefined;
  readonly precision: DateTimePrecision;
  /** The zone of the TimeZoneContext header: one of Windows, or what the header defines in full. */
  readonly zone: TimeZone | undefined;
  /** Minutes east of UTC at a local time in the caller's zone (UTC without TimeZoneContext). */
  readonly localOffset: (localMs: number) => number;
  /** To be asked before each entry of a batch: throws what throttling or a fault rule has against it. */
  readonly beforeEntry: () => void;
  readonly subscriptions: Subscriptions;
  readonly searchSessions: SearchSessions;
  /** Aborts when the emulator closes. */
  readonly closing: AbortSignal;
  /** Lets work go on after the answer; settle() and close() wait for what it does, close() ends it. */
  readonly background: (work: Promise<void>) => void;
  readonly sendNotification: SendNotification;
  /** Aborts when the client has gone or the emulator closes. */
  readonly signal: AbortSignal;
  readonly stream: ResponseStream;
  /** Cookies of the request, and the way to set one (affinity of subscriptions). */
  readonly cookies: { get(name: string): string | undefined; set(name: string, value: string): void };
  /** `X-PreferServerAffinity: true` was asked for. */
  readonly prefersAffinity: boolean;
}

/** The way to answer with several envelopes on one response: GetStreamingEvents. */
export interface ResponseStream {
  write<N extends OperationName>(operation: N, response: Request<N, 'response'>): Promise<void>;
}
