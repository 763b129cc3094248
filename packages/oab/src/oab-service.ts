import { HttpExchange, type Environment, type Installer, type Service } from '@fauxchange/emulator';
import { drainBody } from '@fauxchange/kernel';
import type { Organization } from '@fauxchange/mailbox';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerFile, type StaticFile } from './http/static-file.ts';
import { idOf, manifestName, OfflineAddressBook } from './generation/offline-address-book.ts';

/** The folder of the offline address book below the base URL, which Autodiscover tells: `/OAB/<guid>/`. */
export const oabPath = ({ ids }: Pick<Organization, 'ids'>): string => `/OAB/${idOf(ids)}/`;

/**
 * The offline address book for a server, under `/OAB`.
 *
 * @example
 * const emulator = await openEmulator(options, [oabService()]);
 */
export function oabService(): Installer {
  return (environment) => new OabDoor(environment);
}

const headers = { Server: 'Microsoft-IIS/10.0', 'X-Powered-By': 'ASP.NET' };
const methods = ['GET', 'HEAD'];
const mostDrained = 64 * 1024;

/** Who may come in fetches files; nothing else happens here. */
class OabDoor implements Service {
  readonly mounts: Service['mounts'] = [{ path: '/OAB', handler: (request, response) => this.#serve(request, response) }];
  readonly #environment: Environment;
  readonly #authentication: ReturnType<Environment['authentication']>;
  readonly #folder: string;
  readonly #book: OfflineAddressBook;

  constructor(environment: Environment) {
    const { organization, clock } = environment;
    this.#environment = environment;
    this.#authentication = environment.authentication();
    this.#folder = oabPath(organization).toLowerCase();
    this.#book = new OfflineAddressBook(organization, clock);
  }

  reset(): void {
    this.#book.clear();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange = new HttpExchange(request, response, 'oab', this.#environment);
    await exchange.strikeEarly();
    if (exchange.isOver) return;
    const result = await this.#authentication.authenticate(request);
    if (!result.ok) return exchange.refuse(this.#authentication, result, headers);
    exchange.user = result.principal.user?.primarySmtpAddress ?? result.principal.appId;
    try {
      await this.#answer(exchange);
    } catch (thrown) {
      exchange.outcome = 'internal';
      exchange.cause = thrown;
      this.#environment.reportBug(thrown);
      if (exchange.isOver) exchange.record();
      else exchange.send(500, headers, []);
    }
  }

  async #answer(exchange: HttpExchange): Promise<void> {
    const { request } = exchange;
    const isDrained = await drainBody(request, { limit: mostDrained });
    const common = isDrained ? headers : { ...headers, Connection: 'close' };
    if (!methods.includes(request.method ?? '')) return exchange.send(405, { ...common, Allow: methods.join(', ') }, []);
    const file = this.#fileAt(exchange.path);
    exchange.operation = file && (file.name === manifestName ? 'manifest' : 'full');
    const effect = await exchange.strike();
    if (exchange.isOver) return;
    if (effect) {
      exchange.errorCode = String(effect.code);
      return exchange.send(Number(effect.code) >= 400 && Number(effect.code) < 600 ? Number(effect.code) : 500, common, []);
    }
    if (!file) return exchange.send(404, common, []);
    exchange.responseValue = file.value;
    const { status, headers: own, body } = answerFile(file, request.headers);
    if (status !== 304) return exchange.send(status, { ...common, ...own }, [body]);
    // Without a length: that would be the length of what the client has.
    exchange.begin(status, { ...common, ...own });
    exchange.end();
  }

  #fileAt(path: string): StaticFile | undefined {
    const lower = path.toLowerCase();
    if (!lower.startsWith(this.#folder)) return undefined;
    const name = lower.slice(this.#folder.length);
    return name === manifestName ? this.#book.manifest() : this.#book.file(name);
  }
}
