import { createFaults, createJournal, createLifecycle, listenHttp } from '@fauxchange/kernel';
import { createOrganization } from '@fauxchange/mailbox';
import { createAutodiscover } from './create-autodiscover.ts';
import type { Clock, Faults, HttpHandler, HttpListener, Journal, JournalEntry, JournalFilter, Lifecycle } from '@fauxchange/kernel';
import type { Organization, OrganizationOptions, OrganizationSnapshot } from '@fauxchange/mailbox';
import type { AutodiscoverSettings } from './create-autodiscover.ts';

export interface AutodiscoverEmulatorOptions extends AutodiscoverSettings {
  /** Shared with other emulators, and then not closed with this one. Default: one of its own. */
  readonly organization?: Organization | undefined;
  /** Of the organization that it makes itself: seed, domain, clock. */
  readonly organizationOptions?: OrganizationOptions | undefined;
  /** Default 127.0.0.1 and any free port. */
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  /** PEM texts; given, it speaks HTTPS. */
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
  /** Whether close() rejects when the emulator itself failed on a request. Default true. */
  readonly strict?: boolean | undefined;
}

/** A listening Autodiscover. */
export interface AutodiscoverEmulator extends AsyncDisposable {
  /** Without a path: `http://127.0.0.1:PORT`. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** For an application of yours: `app.use(autodiscover.handler)`. */
  readonly handler: HttpHandler;
  readonly organization: Organization;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly clock: Clock;
  /** Back to the seed; journal and fault rules are emptied. */
  reset(): Promise<void>;
  /** Every mailbox empty; users stay. */
  clear(): Promise<void>;
  snapshot(): Promise<OrganizationSnapshot>;
  restore(snapshot: OrganizationSnapshot): Promise<void>;
  settle(): Promise<void>;
  /** The first matching entry of the journal. Milliseconds of real time. */
  waitFor(filter: JournalFilter, options?: { timeout?: number | undefined }): Promise<JournalEntry>;
  /** Rejects in strict mode when the emulator itself failed on a request. */
  close(): Promise<void>;
}

/**
 * Starts an Autodiscover server.
 *
 * @example
 * await using autodiscover = await createAutodiscoverEmulator({ services: { ews: { external: 'https://mail.example.test/EWS/Exchange.asmx' } } });
 * const response = await fetch(`${autodiscover.url}/autodiscover/autodiscover.json?Email=alice@example.test&Protocol=Ews`);
 */
export async function createAutodiscoverEmulator(options: AutodiscoverEmulatorOptions = {}): Promise<AutodiscoverEmulator> {
  const lifecycle = createLifecycle();
  const organization = options.organization ?? await createOrganization(options.organizationOptions);
  if (options.organization === undefined) lifecycle.defer(() => organization.close());
  const journal = createJournal({ clock: organization.clock });
  const faults = createFaults({ ids: organization.ids });
  const internal: unknown[] = [];
  const { handler, mounts } = createAutodiscover({ ...options, organization, journal, faults, lifecycle, onInternalError: (error) => { if (internal.length < 100) internal.push(error); } });
  try {
    const listener = await listenHttp({ host: options.host, port: options.port, tls: options.tls, mounts, lifecycle });
    return new Emulator({ listener, handler, organization, journal, faults, lifecycle, internal, isStrict: options.strict ?? true });
  } catch (error) {
    await lifecycle.close();
    throw error;
  }
}

interface EmulatorParts {
  readonly listener: HttpListener;
  readonly handler: HttpHandler;
  readonly organization: Organization;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly lifecycle: Lifecycle;
  readonly internal: readonly unknown[];
  readonly isStrict: boolean;
}

class Emulator implements AutodiscoverEmulator {
  readonly #parts: EmulatorParts;

  constructor(parts: EmulatorParts) { this.#parts = parts; }

  get url(): string { return this.#parts.listener.url; }
  get host(): string { return this.#parts.listener.host; }
  get port(): number { return this.#parts.listener.port; }
  get handler(): HttpHandler { return this.#parts.handler; }
  get organization(): Organization { return this.#parts.organization; }
  get journal(): Journal { return this.#parts.journal; }
  get faults(): Faults { return this.#parts.faults; }
  get clock(): Clock { return this.#parts.organization.clock; }

  async reset(): Promise<void> {
    this.journal.clear();
    this.faults.clear();
    await this.organization.reset();
  }

  clear(): Promise<void> { return this.organization.clear(); }

  snapshot(): Promise<OrganizationSnapshot> { return this.organization.snapshot(); }

  restore(snapshot: OrganizationSnapshot): Promise<void> { return this.organization.restore(snapshot); }

  settle(): Promise<void> { return this.organization.settle(); }

  waitFor(filter: JournalFilter, options: { timeout?: number | undefined } = {}): Promise<JournalEntry> {
    return this.journal.waitFor(filter, { timeoutMs: options.timeout });
  }

  async close(): Promise<void> {
    await this.#parts.lifecycle.close();
    const { internal, isStrict } = this.#parts;
    if (isStrict && internal.length > 0) throw new AggregateError(internal, `the emulator failed on ${String(internal.length)} requests; the journal has them with outcome 'internal'`);
  }

  [Symbol.asyncDispose](): Promise<void> { return this.close(); }
}
