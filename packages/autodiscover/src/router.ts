import { requestedHost } from '@fauxchange/auth';
import { BodyError, createJournalMessage, drainBody, notFound, readBody, requestPath } from '@fauxchange/kernel';
import { httpRedirect } from './redirects.ts';
import { isEncrypted, resolveServices } from './services.ts';
import type { Authentication, AuthResult } from '@fauxchange/auth';
import type { FaultEffect, Faults, IdSource, Journal } from '@fauxchange/kernel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AutodiscoverAnswer, AutodiscoverContext } from './context.ts';
import type { Decoded, Endpoint } from './endpoints.ts';
import type { AutodiscoverServices, BaseUrls } from './services.ts';

export interface RouterOptions {
  /** What does not depend on the request. */
  readonly fixed: Omit<AutodiscoverContext, 'services' | 'principal' | 'headers'>;
  readonly endpoints: readonly Endpoint[];
  readonly authentication: Authentication;
  readonly isOAuthEnabled: boolean;
  readonly services: () => AutodiscoverServices;
  readonly urls: () => BaseUrls;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly signal: AbortSignal;
  readonly onInternalError: (error: unknown) => void;
}

/** What is found out about one request on its way, for the journal. */
interface Trace {
  readonly request: IncomingMessage;
  readonly path: string;
  readonly elapsed: () => number;
  body: Uint8Array | undefined;
  operation: string | undefined;
  user: string | undefined;
  value: unknown;
  fault: string | undefined;
  cutAfter: number | undefined;
  cause: unknown;
}

/** Thrown when a fault rule ends the connection without an answer. */
const DROPPED: unique symbol = Symbol('dropped');

const transportKinds: readonly FaultEffect['kind'][] = ['delay', 'drop', 'cut', 'status'];

/** In, faults, authenticate, dispatch, out; knows no operation. */
export class Router {
  readonly #options: RouterOptions;
  readonly #requestIds: IdSource;

  constructor(options: RouterOptions) {
    this.#options = options;
    this.#requestIds = options.fixed.ids.fork('requests');
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const trace: Trace = {
      request, path: requestPath(request), elapsed: this.#options.fixed.clock.stopwatch(),
      body: undefined, operation: undefined, user: undefined, value: undefined, fault: undefined, cutAfter: undefined, cause: undefined,
    };
    const { profile } = this.#options.fixed;
    const endpoint = this.#options.endpoints.find(({ path, exists }) => path.test(trace.path) && exists(profile));
    if (endpoint === undefined) { notFound(request, response); return; }
    try {
      const answer = await this.#answer(endpoint, trace);
      this.#send(answer, trace, response);
    } catch (error) {
      this.#fail(error, trace, response);
    }
  }

  async #answer(endpoint: Endpoint, trace: Trace): Promise<AutodiscoverAnswer> {
    const { request, path } = trace;
    const struck = await this.#transportFault(trace);
    if (struck !== undefined) return struck;
    const location = isEncrypted(request) ? undefined : httpRedirect(requestedHost(request), this.#options.fixed.redirects);
    if (location !== undefined) {
      trace.operation = 'redirect';
      await drainBody(request, { limit: endpoint.bodyLimit });
      return { status: 302, headers: { Location: location }, body: '' };
    }
    const method = request.method ?? 'GET';
    if (!endpoint.methods.includes(method)) return { status: 405, headers: { Allow: endpoint.methods.join(', ') }, body: '', errorCode: 'MethodNotAllowed' };
    const authorized = request.headers.authorization === undefined ? undefined : await this.#options.authentication.authenticate(request);
    if (authorized?.ok === false) return this.#refusal(authorized, trace);
    trace.body = await readBody(request, { limit: endpoint.bodyLimit, signal: this.#options.signal });
    const decoded = endpoint.decode({ method, path, query: queryOf(request), body: trace.body, charset: charsetOf(request) });
    trace.operation = decoded.operation;
    trace.value = decoded.value;
    return this.#decodedAnswer(decoded, authorized, trace);
  }

  async #decodedAnswer(decoded: Decoded, authorized: AuthResult | undefined, trace: Trace): Promise<AutodiscoverAnswer> {
    const { request } = trace;
    const result = authorized ?? (decoded.isAnonymous ? undefined : await this.#options.authentication.authenticate(request));
    if (result?.ok === false) return this.#refusal(result, trace);
    trace.user = result?.principal.user?.primarySmtpAddress;
    const context: AutodiscoverContext = {
      ...this.#options.fixed,
      services: resolveServices(this.#options.services(), this.#options.urls(), request),
      principal: result?.principal,
      headers: request.headers,
    };
    const struck = trace.fault === undefined ? await this.#transportFault(trace) : undefined;
    if (struck !== undefined) return struck;
    const fault = trace.fault === undefined ? this.#take(trace, ['error']) : undefined;
    return fault?.kind === 'error' ? decoded.refuse(fault, context) : decoded.answer(context);
  }

  #take(trace: Trace, kinds: readonly FaultEffect['kind'][]): FaultEffect | undefined {
    const { operation, user, path } = trace;
    const taken = this.#options.faults.take({ protocol: 'autodiscover', operation, user, path }, kinds);
    if (taken !== undefined) trace.fault = taken.id;
    return taken?.effect;
  }

  /** Asked before anything is known, and again with operation and user when no rule has struck yet. */
  async #transportFault(trace: Trace): Promise<AutodiscoverAnswer | undefined> {
    const effect = this.#take(trace, transportKinds);
    switch (effect?.kind) {
      case 'delay': await this.#options.fixed.clock.sleep(effect.ms, this.#options.signal); return undefined;
      case 'drop': throw DROPPED;
      case 'cut': trace.cutAfter = effect.afterBytes; return undefined;
      case 'status': return { status: effect.status, headers: effect.headers ?? {}, body: effect.body ?? '', errorCode: 'Fault' };
      default: return undefined;
    }
  }

  async #refusal(refusal: Extract<AuthResult, { ok: false }>, trace: Trace): Promise<AutodiscoverAnswer> {
    const isDrained = trace.body !== undefined || await drainBody(trace.request, { limit: 1024 * 1024 });
    return {
      status: refusal.status, body: '', errorCode: refusal.reason,
      headers: { ...refusal.headers, ...(isDrained ? {} : { Connection: 'close' }), ...(refusal.challenges.length > 0 ? { 'WWW-Authenticate': refusal.challenges } : {}) },
    };
  }

  #send(answer: AutodiscoverAnswer, trace: Trace, response: ServerResponse): void {
    const chunks = typeof answer.body === 'string' ? [Buffer.from(answer.body)] : answer.body;
    const length = chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
    if (response.destroyed) { this.#record(answer, trace, chunks, 'aborted'); return; }
    response.writeHead(answer.status, { ...this.#commonHeaders(trace), ...mutable(answer.headers), 'Content-Length': String(length) });
    if (trace.cutAfter === undefined) {
      for (const chunk of chunks) response.write(chunk);
      response.end();
    } else {
      response.write(Buffer.concat(chunks).subarray(0, trace.cutAfter), () => { response.destroy(); });
    }
    this.#record(answer, trace, chunks, trace.cutAfter !== undefined ? 'aborted' : answer.errorCode === undefined ? 'ok' : 'error');
  }

  #fail(error: unknown, trace: Trace, response: ServerResponse): void {
    if (error === DROPPED || this.#options.signal.aborted || (error instanceof BodyError && error.reason === 'aborted')) {
      response.destroy();
      this.#record({ status: 0, headers: {}, body: '' }, trace, [], 'aborted');
      return;
    }
    if (error instanceof BodyError) {
      const status = error.reason === 'too-large' ? 413 : 415;
      this.#send({ status, headers: { Connection: 'close' }, body: '', errorCode: error.reason }, trace, response);
      return;
    }
    this.#options.onInternalError(error);
    trace.cause = error;
    const answer: AutodiscoverAnswer = { status: 500, headers: {}, body: '', errorCode: 'InternalServerError' };
    if (response.headersSent) response.destroy();
    else response.writeHead(500, { ...this.#commonHeaders(trace), 'Content-Length': '0' }).end();
    this.#record(answer, trace, [], 'internal');
  }

  /** Managed API and others read from these which endpoints there are; a header that is there counts as yes, whatever it says. */
  #commonHeaders({ path, request }: Trace): Record<string, string> {
    const isPox = /\.xml$/i.test(path);
    const clientRequestId = request.headers['client-request-id'];
    return {
      Server: 'Microsoft-IIS/10.0',
      'request-id': this.#requestIds.uuid(),
      'X-Powered-By': 'ASP.NET',
      ...(isPox && this.#options.fixed.profile.hasSoap ? { 'X-SOAP-Enabled': 'True' } : {}),
      ...(isPox && this.#options.isOAuthEnabled ? { 'X-OAuth-Enabled': 'True' } : {}),
      ...(typeof clientRequestId === 'string' && request.headers['return-client-request-id'] === 'true' ? { 'client-request-id': clientRequestId } : {}),
    };
  }

  #record(answer: AutodiscoverAnswer, trace: Trace, chunks: readonly Uint8Array[], outcome: 'ok' | 'error' | 'internal' | 'aborted'): void {
    const { request, path, operation, user, value, fault, cause } = trace;
    this.#options.journal.record({
      protocol: 'autodiscover', operation, user, path, method: request.method ?? 'GET', status: answer.status, outcome, errorCode: answer.errorCode, durationMs: trace.elapsed(), fault, cause,
      request: createJournalMessage({ headers: flat(request.headers), body: trace.body, value }),
      response: createJournalMessage({ headers: flat(answer.headers), body: chunks, value: answer.value }),
    });
  }
}

const queryOf = (request: IncomingMessage): URLSearchParams => new URLSearchParams((request.url ?? '').replace(/^[^?]*\??/, ''));

const charsetOf = (request: IncomingMessage): string | undefined => /charset\s*=\s*"?([\w.:-]{1,40})/i.exec(request.headers['content-type'] ?? '')?.[1];

const mutable = (headers: AutodiscoverAnswer['headers']): Record<string, string | string[]> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]));

const flat = (headers: Readonly<Record<string, string | readonly string[] | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : (value ?? []).join(', ')]));
