import { isEncrypted, requestedHost } from '@fauxchange/auth';
import { HttpExchange, isBodyError } from '@fauxchange/emulator';
import { drainBody, notFound } from '@fauxchange/kernel';
import { httpRedirect } from './redirects.ts';
import { resolveServices } from './services.ts';
import type { Authentication, AuthResult, Refusal } from '@fauxchange/auth';
import type { Environment } from '@fauxchange/emulator';
import type { IdSource } from '@fauxchange/kernel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AutodiscoverAnswer, AutodiscoverContext } from './context.ts';
import type { Decoded, Endpoint } from './endpoints.ts';
import type { AutodiscoverServices, BaseUrls } from './services.ts';

export interface RouterOptions {
  readonly environment: Environment;
  /** What does not depend on the request. */
  readonly fixed: Omit<AutodiscoverContext, 'services' | 'principal' | 'headers'>;
  readonly endpoints: readonly Endpoint[];
  readonly authentication: Authentication;
  readonly services: () => AutodiscoverServices;
  readonly urls: () => BaseUrls;
}

/** In, faults, authenticate, dispatch, out; knows no operation. */
export class Router {
  readonly #options: RouterOptions;
  readonly #requestIds: IdSource;

  constructor(options: RouterOptions) {
    this.#options = options;
    this.#requestIds = options.fixed.ids.fork('requests');
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange = new HttpExchange(request, response, 'autodiscover', this.#options.environment);
    const { profile } = this.#options.fixed;
    const endpoint = this.#options.endpoints.find(({ path, exists }) => path.test(exchange.path) && exists(profile));
    try {
      await exchange.strikeEarly();
      if (exchange.isOver) return;
      if (endpoint) await this.#answer(endpoint, exchange);
      else notFound(request, response);
      exchange.record();
    } catch (error) {
      this.#fail(error, exchange);
    }
  }

  async #answer(endpoint: Endpoint, exchange: HttpExchange): Promise<void> {
    const { request, path } = exchange;
    const location = isEncrypted(request) ? undefined : httpRedirect(requestedHost(request), this.#options.fixed.redirects);
    if (location !== undefined) {
      exchange.operation = 'redirect';
      await drainBody(request, { limit: endpoint.bodyLimit });
      return this.#send({ status: 302, headers: { Location: location }, body: '' }, exchange);
    }
    const method = request.method ?? 'GET';
    if (!endpoint.methods.includes(method)) return this.#send({ status: 405, headers: { Allow: endpoint.methods.join(', ') }, body: '', errorCode: 'MethodNotAllowed' }, exchange);
    const authorized = request.headers.authorization === undefined ? undefined : await this.#options.authentication.authenticate(request);
    if (authorized?.ok === false) return this.#refuse(authorized, exchange);
    const body = await exchange.body(endpoint.bodyLimit);
    const decoded = endpoint.decode({ method, path, query: queryOf(request), body, charset: charsetOf(request) });
    exchange.operation = decoded.operation;
    exchange.requestValue = decoded.value;
    return this.#answerDecoded(decoded, authorized, exchange);
  }

  async #answerDecoded(decoded: Decoded, authorized: AuthResult | undefined, exchange: HttpExchange): Promise<void> {
    const { request } = exchange;
    const result = authorized ?? (decoded.isAnonymous ? undefined : await this.#options.authentication.authenticate(request));
    if (result?.ok === false) return this.#refuse(result, exchange);
    exchange.user = result?.principal.user?.primarySmtpAddress ?? result?.principal.appId;
    const effect = await exchange.strike();
    if (exchange.isOver) return;
    const context: AutodiscoverContext = {
      ...this.#options.fixed,
      services: resolveServices(this.#options.services(), this.#options.urls(), request),
      principal: result?.principal,
      headers: request.headers,
    };
    this.#send(effect ? decoded.refuse(effect, context) : decoded.answer(context), exchange);
  }

  #refuse(refusal: Refusal, exchange: HttpExchange): Promise<void> {
    return exchange.refuse(this.#options.authentication, refusal, this.#commonHeaders(exchange));
  }

  #send({ status, headers, body, errorCode, value }: AutodiscoverAnswer, exchange: HttpExchange): void {
    exchange.errorCode = errorCode;
    exchange.responseValue = value;
    exchange.send(status, { ...this.#commonHeaders(exchange), ...headers }, typeof body === 'string' ? [Buffer.from(body)] : body);
  }

  #fail(error: unknown, exchange: HttpExchange): void {
    if (isBodyError(error, 'aborted')) return exchange.record();
    const status = isBodyError(error, 'too-large') ? 413 : isBodyError(error, 'bad-encoding') ? 415 : 500;
    if (status === 500) {
      this.#options.environment.reportBug(error);
      exchange.outcome = 'internal';
      exchange.cause = error;
    }
    const errorCode = { 413: 'too-large', 415: 'bad-encoding', 500: 'InternalServerError' }[status];
    this.#send({ status, headers: { Connection: 'close' }, body: '', errorCode }, exchange);
  }

  /** Managed API and others read from these which endpoints there are; a header that is there counts as yes, whatever it says. */
  #commonHeaders({ path, request }: HttpExchange): Record<string, string> {
    const isPox = /\.xml$/i.test(path);
    const clientRequestId = request.headers['client-request-id'];
    return {
      Server: 'Microsoft-IIS/10.0',
      'request-id': this.#requestIds.uuid(),
      'X-Powered-By': 'ASP.NET',
      ...(isPox && this.#options.fixed.profile.hasSoap ? { 'X-SOAP-Enabled': 'True' } : {}),
      ...(isPox && this.#options.environment.authority ? { 'X-OAuth-Enabled': 'True' } : {}),
      ...(typeof clientRequestId === 'string' && request.headers['return-client-request-id'] === 'true' ? { 'client-request-id': clientRequestId } : {}),
    };
  }
}

const queryOf = (request: IncomingMessage): URLSearchParams => new URLSearchParams((request.url ?? '').replace(/^[^?]*\??/, ''));

const charsetOf = (request: IncomingMessage): string | undefined => /charset\s*=\s*"?([\w.:-]{1,40})/i.exec(request.headers['content-type'] ?? '')?.[1];
