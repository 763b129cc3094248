import { timeZone } from '@fauxchange/calendar';
import type { HttpExchange, Environment } from '@fauxchange/emulator';
import { encodeEnvelope, type Schema, type SoapHeader } from '@fauxchange/xml';
import type { EwsContext, ResponseStream } from '../context.ts';
import type { EwsError } from '../errors.ts';
import type { DateTimePrecision } from '../mapping/date-time.ts';
import { localOffsetIn } from '../mapping/time-zone.ts';
import { decodeTimeZone } from '../mapping/time-zone-definition.ts';
import type { Profile, SchemaVersionName } from '../profile.ts';
import { laterValue } from '../schema/later-values.ts';
import { operationElements } from '../schema/operation-types.generated.ts';
import type { TimeZoneContextType, TimeZoneDefinitionType } from '../schema/types.generated.ts';
import type { EwsState } from '../state.ts';
import type { Charge } from '../throttling/budgets.ts';
import { readCookies, soapHeaders, type Headers } from './headers.ts';

export interface RequestFacts {
  readonly environment: Environment;
  readonly state: EwsState;
  readonly profile: Profile;
  readonly serverVersion: Readonly<Record<string, unknown>>;
  readonly exchange: HttpExchange;
  /** Of the answer to come. */
  readonly headers: Headers;
  readonly header: SoapHeader;
  readonly schema: Schema;
  readonly version: SchemaVersionName;
  readonly caller: EwsContext['caller'];
  readonly charge: Charge;
  /** The error of a fault rule that strikes inside a batch, and from which entry on, 1 being the first. */
  readonly entryFault: { readonly from: number; readonly error: EwsError } | undefined;
}

/** The context of one request. What only a few operations need is made when they ask for it: an abort signal costs more than a small answer. */
export class RequestContext implements EwsContext {
  readonly #facts: RequestFacts;
  #signal: AbortSignal | undefined;
  #zone: EwsContext['zone'];
  #localOffset: ((localMs: number) => number) | undefined;
  #cookies: ReadonlyMap<string, string> | undefined;
  #entries = 0;

  constructor(facts: RequestFacts) {
    this.#facts = facts;
  }

  get organization(): EwsContext['organization'] {
    return this.#facts.environment.organization;
  }
  get clock(): EwsContext['clock'] {
    return this.#facts.environment.clock;
  }
  get ids(): EwsContext['ids'] {
    return this.#facts.environment.ids;
  }
  get authority(): EwsContext['authority'] {
    return this.#facts.environment.authority;
  }
  get profile(): Profile {
    return this.#facts.profile;
  }
  get limits(): EwsContext['limits'] {
    return this.#facts.state.limits;
  }
  get version(): SchemaVersionName {
    return this.#facts.version;
  }
  get caller(): EwsContext['caller'] {
    return this.#facts.caller;
  }
  get culture(): string | undefined {
    return (this.#facts.header['MailboxCulture'] as { $?: string } | undefined)?.$;
  }
  get precision(): DateTimePrecision {
    return this.#facts.header['DateTimePrecision'] === 'Milliseconds' ? 'Milliseconds' : 'Seconds';
  }
  get zone(): EwsContext['zone'] {
    const definition = this.#timeZoneDefinition;
    if (!definition) return undefined;
    // A name alone that nobody knows has always been taken for UTC here; a definition in full has to make sense.
    this.#zone ??= definition.Periods ? decodeTimeZone(definition) : timeZone(definition.Id ?? '');
    return this.#zone;
  }
  get #timeZoneDefinition(): TimeZoneDefinitionType | undefined {
    return (this.#facts.header['TimeZoneContext'] as TimeZoneContextType | undefined)?.TimeZoneDefinition;
  }
  get localOffset(): (localMs: number) => number {
    this.#localOffset ??= this.zone ? localOffsetIn(this.zone) : () => 0;
    return this.#localOffset;
  }
  get subscriptions(): EwsContext['subscriptions'] {
    return this.#facts.state.subscriptions;
  }
  get searchSessions(): EwsContext['searchSessions'] {
    return this.#facts.state.searchSessions;
  }
  get sendNotification(): EwsContext['sendNotification'] {
    return this.#facts.state.sendNotification;
  }
  get closing(): AbortSignal {
    return this.#facts.environment.lifecycle.signal;
  }
  get prefersAffinity(): boolean {
    return /^true$/i.test(String(this.#facts.exchange.request.headers['x-preferserveraffinity']));
  }

  /** Aborts when the client goes, or the emulator closes. */
  get signal(): AbortSignal {
    if (!this.#signal) {
      const controller = new AbortController();
      const { response } = this.#facts.exchange;
      if (response.destroyed) controller.abort();
      else response.once('close', () => controller.abort());
      this.#signal = AbortSignal.any([controller.signal, this.closing]);
    }
    return this.#signal;
  }

  readonly beforeEntry = (): void => {
    const { charge, entryFault } = this.#facts;
    this.#entries += 1;
    if (entryFault && this.#entries >= entryFault.from) throw entryFault.error;
    charge.entry();
  };

  readonly background = (work: Promise<void>): void => {
    const { lifecycle, reportBug } = this.#facts.environment;
    void lifecycle.track(work).catch(reportBug);
  };

  readonly stream: ResponseStream = {
    write: async (operation, response) => {
      const { exchange, headers, schema, serverVersion } = this.#facts;
      if (!exchange.response.headersSent) exchange.begin(200, { ...headers, ...soapHeaders(200) });
      await exchange.write(encodeEnvelope(schema, `m:${operationElements[operation].response}`, response, { envelopePrefix: '', header: { ServerVersionInfo: serverVersion }, laterValue }));
    },
  };

  readonly cookies: EwsContext['cookies'] = {
    get: (name) => {
      this.#cookies ??= readCookies(this.#facts.exchange.request);
      return this.#cookies.get(name);
    },
    set: (name, text) => {
      const { headers } = this.#facts;
      headers['Set-Cookie'] = [...((headers['Set-Cookie'] as string[] | undefined) ?? []), `${name}=${text}; path=/; secure; HttpOnly`];
    },
  };
}
