import { createAuthentication, createOAuthAuthority, type AuthScheme, type OAuthAuthorityOptions } from '@fauxchange/auth';
import {
  createDispatcher, createFaults, createJournal, createLifecycle, listenHttp, notFound,
  type Clock, type Faults, type HttpHandler, type HttpListener, type Journal, type JournalEntry, type JournalFilter, type Lifecycle, type Mount,
} from '@fauxchange/kernel';
import { createOrganization, type Organization, type OrganizationOptions, type OrganizationSnapshot } from '@fauxchange/mailbox';
import { oauthService } from './oauth-service.ts';
import type { Environment, Installer, Service } from './service.ts';

export interface ListenerOptions {
  /** Default 127.0.0.1. */
  readonly host?: string | undefined;
  /** Default 0: any free port; read it back from the handle. */
  readonly port?: number | undefined;
  /** PEM texts; given, the listener speaks HTTPS. */
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
}

/** Options of every emulator. Given an `organization`, it is shared and left open by `close()`; given none, one is made of the other options. */
export interface EmulatorOptions extends ListenerOptions, Pick<OrganizationOptions, 'domain' | 'seed' | 'idSeed' | 'clock' | 'maxMessageBytes' | 'managedFolders' | 'discoverySearches'> {
  readonly organization?: Organization | undefined;
  /** What is offered for signing in. Default: Basic and Bearer. */
  readonly schemes?: readonly ('Basic' | 'Bearer' | AuthScheme)[] | undefined;
  /** Of the OAuth authority; servers that share a `signingKey` make it once. */
  readonly oauth?: Pick<OAuthAuthorityOptions, 'clients' | 'tenantId' | 'lifetimes' | 'resources' | 'url' | 'allowHeadless' | 'signingKey'> | undefined;
  /** Whether `close()` rejects when a request met a fault of ours. Default true. */
  readonly strict?: boolean | undefined;
}

const mostBugsKept = 100;

/** A running emulator. */
export interface Emulator {
  /** Of the first listener, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly listeners: readonly HttpListener[];
  readonly organization: Organization;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly clock: Clock;
  /** All that is served, for an application of yours: `app.use(emulator.handler)`. */
  readonly handler: HttpHandler;
  /** The same by path. */
  readonly mounts: readonly Mount[];
  readonly environment: Environment;
  /** Back to the seed: mailboxes, directory, outbox, subscriptions, faults and journal. */
  reset(): Promise<void>;
  /** Every mailbox empty; users stay. */
  clear(): Promise<void>;
  snapshot(): Promise<OrganizationSnapshot>;
  restore(snapshot: OrganizationSnapshot): Promise<void>;
  /** Resolves when nothing is pending: no delivery, no notification. */
  settle(): Promise<void>;
  /** The first entry of the journal that fits, past or to come. */
  waitFor(filter: JournalFilter, options?: { readonly timeoutMs?: number | undefined }): Promise<JournalEntry>;
  /** Ends long polls at once and leaves nothing open; rejects with the faults of ours that were met, unless not strict. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface OpenOptions extends EmulatorOptions {
  /** More than one listener over the same services; instead of host, port and tls. */
  readonly listeners?: readonly ListenerOptions[] | undefined;
  readonly fallback?: HttpHandler | undefined;
}

/**
 * Opens the services over one organization.
 *
 * @example
 * const emulator = await openEmulator({ port: 0 }, [(environment) => ({ mounts: [{ path: '/hello', handler }] })]);
 */
export async function openEmulator(options: OpenOptions, installers: readonly Installer[]): Promise<Emulator> {
  const organization = options.organization ?? (await createOrganization(options));
  const lifecycle = createLifecycle();
  const emulator = new RunningEmulator(options, organization, lifecycle);
  try {
    await emulator.start(installers.map((install) => install(emulator.environment)));
  } catch (error) {
    await emulator.close().catch(() => undefined);
    throw error;
  }
  return emulator;
}

class RunningEmulator implements Emulator {
  readonly organization: Organization;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly environment: Environment;
  listeners: readonly HttpListener[] = [];
  mounts: readonly Mount[] = [];
  readonly #options: OpenOptions;
  readonly #lifecycle: Lifecycle;
  readonly #bugs: unknown[] = [];
  #bugCount = 0;
  #services: readonly Service[] = [];
  #handler: HttpHandler = notFound;

  constructor(options: OpenOptions, organization: Organization, lifecycle: Lifecycle) {
    const { clock } = organization;
    const ids = organization.ids.fork('emulator');
    this.#options = options;
    this.#lifecycle = lifecycle;
    this.organization = organization;
    this.clock = clock;
    this.journal = createJournal({ clock });
    this.faults = createFaults({ ids: ids.fork('faults') });
    const { directory } = organization;
    const authority = (options.schemes ?? ['Bearer']).includes('Bearer') ? createOAuthAuthority({ ...options.oauth, directory, clock, ids: ids.fork('oauth'), journal: this.journal }) : undefined;
    this.environment = {
      organization, clock, ids, lifecycle, authority,
      journal: this.journal,
      faults: this.faults,
      authentication: (more = {}) => createAuthentication({ directory, clock, authority, schemes: options.schemes, ...more }),
      reportBug: (error) => this.#report(error),
    };
    if (!options.organization) lifecycle.defer(() => organization.close());
  }

  async start(installed: readonly Service[]): Promise<void> {
    const { authority } = this.environment;
    const oauth = authority && oauthService(authority, this.environment);
    this.#services = oauth ? [...installed, oauth] : installed;
    this.mounts = this.#services.flatMap(({ mounts }) => mounts);
    const fallback = oauth ? oauth.fallback(this.#options.fallback) : this.#options.fallback;
    const served = { mounts: this.mounts, fallback, onError: this.environment.reportBug };
    this.#handler = createDispatcher(served);
    const wanted = this.#options.listeners ?? [{ host: this.#options.host, port: this.#options.port, tls: this.#options.tls }];
    for (const listener of wanted) {
      const opened = await listenHttp({ ...listener, ...served, raw: this.#services.flatMap(({ raw }) => raw ?? []), lifecycle: this.#lifecycle });
      this.listeners = [...this.listeners, opened];
    }
  }

  get handler(): HttpHandler {
    return this.#handler;
  }
  get url(): string {
    return this.listeners[0]?.url ?? '';
  }
  get port(): number {
    return this.listeners[0]?.port ?? 0;
  }

  async reset(): Promise<void> {
    for (const service of this.#services) service.reset?.();
    this.faults.clear();
    await this.settle();
    await this.organization.reset();
    this.journal.clear();
  }

  async clear(): Promise<void> {
    await this.settle();
    await this.organization.clear();
  }

  snapshot(): Promise<OrganizationSnapshot> {
    return this.organization.snapshot();
  }

  restore(snapshot: OrganizationSnapshot): Promise<void> {
    return this.organization.restore(snapshot);
  }

  settle(): Promise<void> {
    return this.organization.settle();
  }

  waitFor(filter: JournalFilter, options?: { readonly timeoutMs?: number | undefined }): Promise<JournalEntry> {
    return this.journal.waitFor(filter, options);
  }

  #report(error: unknown): void {
    this.#bugCount += 1;
    if (this.#bugs.length < mostBugsKept) this.#bugs.push(error);
  }

  async close(): Promise<void> {
    await this.#lifecycle.close();
    const bugs = this.#bugs.splice(0);
    if (bugs.length > 0 && this.#options.strict !== false) {
      throw new AggregateError(bugs, `the emulator met ${this.#bugCount} fault(s) of its own; the journal has them with outcome 'internal': ${bugs.map(String).join('; ').slice(0, 2000)}`);
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
