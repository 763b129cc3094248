import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AuthScheme } from '@fauxchange/auth';
import { HttpExchange, type Environment, type Installer, type Service } from '@fauxchange/emulator';
import { SearchSessions } from '../instant-search/search-sessions.ts';
import { Subscriptions } from '../notifications/subscriptions.ts';
import { profileNamed, serverVersionInfo, type Profile, type ProfileName } from '../profile.ts';
import { isAllowed, type EwsAccess } from '../access.ts';
import { Budgets } from '../throttling/budgets.ts';
import { policyInForce, type ThrottlingSetting } from '../throttling/policy.ts';
import { commonHeaders } from './headers.ts';
import { notificationSender } from './send-notification.ts';
import { SoapDoor } from './soap-door.ts';
import { SchemaFiles, servicePage } from './static-pages.ts';
import { answerPhoto } from './user-photo.ts';

export interface EwsOptions {
  /** Which server is played. Default `exchangeSE`. */
  readonly profile?: ProfileName | undefined;
  /** Schemes of the virtual directory, if not those of the server. */
  readonly schemes?: readonly ('Basic' | 'Bearer' | AuthScheme)[] | undefined;
  /**
   * Limits on what a client may do: `true` for the profile's throttling policy, `false` for none at all, or figures that differ from it.
   * Default: those of the profile on rows, subscriptions and streams; neither concurrency nor time.
   */
  readonly throttling?: ThrottlingSetting | undefined;
  /** Which users and applications may use EWS, as Set-CASMailbox and Set-OrganizationConfig tell; default: all. */
  readonly access?: EwsAccess | undefined;
  /** Bytes; default 64 MiB. */
  readonly maxRequestBytes?: number | undefined;
}

/** Installs EWS under `/EWS` of a server: `openEmulator(options, [ewsService()])`. */
export function ewsService(options: EwsOptions = {}): Installer {
  const profile = profileNamed(options.profile ?? 'exchangeSE');
  return (environment) => new EwsDirectory(environment, profile, options);
}

/** The virtual directory: the service, its description, its health. */
class EwsDirectory implements Service {
  readonly mounts: Service['mounts'];
  readonly #environment: Environment;
  readonly #authentication: ReturnType<Environment['authentication']>;
  readonly #subscriptions: Subscriptions;
  readonly #searchSessions = new SearchSessions();
  readonly #budgets: Budgets;
  readonly #profile: Profile;
  readonly #access: EwsAccess;
  readonly #door: SoapDoor;
  readonly #schemaFiles: SchemaFiles;

  constructor(environment: Environment, profile: Profile, { schemes, maxRequestBytes, throttling, access }: EwsOptions) {
    this.#environment = environment;
    this.#authentication = environment.authentication(schemes ? { schemes } : {});
    this.#subscriptions = new Subscriptions(environment.clock, environment.ids.fork('subscriptions'));
    this.#access = access ?? {};
    this.#profile = profile;
    this.#schemaFiles = new SchemaFiles(profile.schemaVersion);
    const limits = policyInForce(profile.throttling, throttling);
    this.#budgets = new Budgets(environment.clock, limits);
    const state = { limits, budgets: this.#budgets, subscriptions: this.#subscriptions, searchSessions: this.#searchSessions, sendNotification: notificationSender(serverVersionInfo(profile), environment.lifecycle.signal) };
    this.#door = new SoapDoor(environment, state, { profile, maxRequestBytes: maxRequestBytes ?? 64 * 1024 * 1024 });
    environment.lifecycle.defer(() => this.#subscriptions.clear());
    this.mounts = [{ path: '/ews', handler: (request, response) => this.#serve(request, response) }];
  }

  reset(): void {
    this.#subscriptions.clear();
    this.#searchSessions.clear();
    this.#budgets.clear();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange = new HttpExchange(request, response, 'ews', this.#environment);
    const path = exchange.path.toLowerCase();
    await exchange.strikeEarly();
    if (exchange.isOver) return;
    if (path === '/ews/healthcheck.htm') return exchange.send(200, { 'Content-Type': 'text/html' }, [Buffer.from('200 OK<br/>ex01.example.test')]);
    const result = await this.#authentication.authenticate(request);
    if (!result.ok) return exchange.refuse(this.#authentication, result, commonHeaders(request, this.#environment.ids));
    exchange.user = result.principal.user?.primarySmtpAddress ?? result.principal.appId;
    if (!isAllowed(this.#access, result.principal, request.headers['user-agent'], this.#profile)) {
      exchange.errorCode = 'EwsBlocked';
      return exchange.send(403, { ...commonHeaders(request, this.#environment.ids), 'Content-Type': 'text/html' }, []);
    }
    if (path === '/ews/exchange.asmx' && request.method === 'POST') return this.#door.answer(exchange, result.principal);
    if (path === '/ews/exchange.asmx/s/getuserphoto' && request.method === 'GET') return this.#servePhoto(exchange);
    return this.#serveFile(exchange, path);
  }

  async #servePhoto(exchange: HttpExchange): Promise<void> {
    const { request } = exchange;
    const { status, headers, body } = await answerPhoto(request, this.#environment.organization);
    return exchange.send(status, { ...commonHeaders(request, this.#environment.ids), ...headers }, body ? [body] : []);
  }

  #serveFile(exchange: HttpExchange, path: string): void {
    const { request } = exchange;
    const headers = commonHeaders(request, this.#environment.ids);
    if (request.method !== 'GET' && request.method !== 'HEAD') return exchange.send(405, { ...headers, Allow: 'GET, HEAD, POST' }, []);
    if (path === '/ews/exchange.asmx') return exchange.send(200, { ...headers, 'Content-Type': 'text/html; charset=UTF-8' }, [Buffer.from(servicePage)]);
    const file = this.#schemaFiles.get(path.slice('/ews/'.length));
    if (file === undefined) return exchange.send(404, { ...headers, 'Content-Type': 'text/html' }, []);
    return exchange.send(200, { ...headers, 'Content-Type': 'text/xml' }, [Buffer.from(file)]);
  }
}
