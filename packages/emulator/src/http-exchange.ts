import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Authentication, Refusal } from '@fauxchange/auth';
import { BodyError, createJournalMessage, drainBody, readBody, requestPath, type FaultEffect, type JournalEntry } from '@fauxchange/kernel';
import type { Environment } from './service.ts';

type HeaderValues = Readonly<Record<string, string | readonly string[]>>;
type ErrorEffect = Extract<FaultEffect, { kind: 'error' }>;

/** Bytes of one answer that the journal keeps. */
const mostJournalled = 1024 * 1024;
/** Bytes of a body that are read away to keep the connection. */
const mostDrained = 64 * 1024 * 1024;
const transportKinds: readonly FaultEffect['kind'][] = ['delay', 'drop', 'cut', 'status'];

/**
 * One request and its answer on their way through a protocol: what fault rules ask for happens here, and at the end the
 * whole is in the journal.
 */
export class HttpExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  operation: string | undefined;
  user: string | undefined;
  errorCode: string | undefined;
  outcome: JournalEntry['outcome'] | undefined;
  cause: unknown;
  requestValue: unknown;
  responseValue: unknown;
  readonly #environment: Environment;
  readonly #protocol: string;
  readonly #elapsed: () => number;
  #body: Uint8Array | undefined;
  #headers: Readonly<Record<string, unknown>> = {};
  #sent: Uint8Array[] = [];
  #sentBytes = 0;
  #fault: string | undefined;
  #cutAfter = Number.POSITIVE_INFINITY;
  readonly #tried = new Set<string>();
  #isRecorded = false;

  constructor(request: IncomingMessage, response: ServerResponse, protocol: string, environment: Environment) {
    this.request = request;
    this.response = response;
    this.path = requestPath(request);
    this.#protocol = protocol;
    this.#environment = environment;
    this.#elapsed = environment.clock.stopwatch();
  }

  /** Nothing more can be said: answered, dropped, or the client has gone. */
  get isOver(): boolean {
    return this.#isRecorded || this.response.writableEnded || this.response.destroyed;
  }

  /** The request's body. @throws BodyError */
  async body(limit: number): Promise<Buffer> {
    const body = await readBody(this.request, { limit, signal: this.#environment.lifecycle.signal });
    this.#body = body;
    return body;
  }

  /**
   * Lets those fault rules strike that need to know neither operation nor user: delay, drop, cut, status. To be asked first,
   * before the client says who it is. Where a rule answers itself, `isOver` then.
   */
  async strikeEarly(): Promise<void> {
    await this.#strike(transportKinds);
  }

  /**
   * Lets the other fault rules strike, now that operation and user are known; none strikes a request twice. Where a rule
   * answers itself, `isOver` then; returns the error that the protocol is to answer with.
   */
  strike(): Promise<ErrorEffect | undefined> {
    return this.#strike(undefined);
  }

  async #strike(kinds: readonly FaultEffect['kind'][] | undefined): Promise<ErrorEffect | undefined> {
    const { faults, clock, lifecycle } = this.#environment;
    while (!this.isOver) {
      const struck = faults.take({ protocol: this.#protocol, operation: this.operation, user: this.user, path: this.path }, kinds, this.#tried);
      if (!struck) return undefined;
      this.#fault = struck.id;
      const { effect } = struck;
      // Late and broken: what changes how the answer comes leaves room for what changes the answer.
      if (effect.kind === 'delay') await clock.sleep(effect.ms, lifecycle.signal).catch(() => undefined);
      else if (effect.kind === 'cut') this.#cutAfter = Math.min(this.#cutAfter, effect.afterBytes);
      else if (effect.kind === 'error') return effect;
      else if (effect.kind === 'drop') this.#drop();
      else await this.#answerStatus(effect);
    }
    this.record();
    return undefined;
  }

  async #answerStatus({ status, headers = {}, body = '' }: Extract<FaultEffect, { kind: 'status' }>): Promise<void> {
    const isDrained = await drainBody(this.request, { limit: mostDrained });
    this.send(status, isDrained ? headers : { ...headers, Connection: 'close' }, [Buffer.from(body)]);
  }

  /** Answers who may not come in. */
  async refuse(authentication: Authentication, refusal: Refusal, headers: HeaderValues): Promise<void> {
    this.errorCode = refusal.reason;
    this.#headers = { ...headers, ...refusal.headers, 'WWW-Authenticate': refusal.challenges };
    await authentication.challenge(this.request, this.response, refusal, { headers: headers as Record<string, string>, drainLimit: mostDrained });
    this.record();
  }

  /** Answers with a whole body. */
  send(status: number, headers: HeaderValues, chunks: readonly Uint8Array[]): void {
    if (this.isOver) return this.record();
    const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    this.#headers = { ...headers, 'Content-Length': length };
    this.response.writeHead(status, this.#headers as Record<string, string | string[] | number>);
    if (length > this.#cutAfter) return this.#cut(Buffer.concat(chunks));
    this.#keep(chunks, length);
    if (this.request.method === 'HEAD') this.response.end();
    else {
      for (let at = 0; at < chunks.length - 1; at++) this.response.write(chunks[at]);
      this.response.end(chunks.at(-1));
    }
    this.record();
  }

  /** Begins an answer that comes in pieces. */
  begin(status: number, headers: HeaderValues): void {
    this.#headers = headers;
    if (!this.response.headersSent) this.response.writeHead(status, headers as Record<string, string | string[]>);
    this.response.flushHeaders();
  }

  /** Writes a piece; resolves when the socket has taken it. Nothing happens once the client has gone. */
  async write(chunks: readonly Uint8Array[]): Promise<void> {
    for (const chunk of chunks) {
      if (this.isOver) return;
      if (this.#sentBytes + chunk.length > this.#cutAfter) return this.#cut(chunk);
      this.#keep([chunk], chunk.length);
      if (!this.response.write(chunk)) await drained(this.response);
    }
  }

  end(): void {
    if (!this.isOver) this.response.end();
    this.record();
  }

  /** Puts the exchange into the journal, once. */
  record(): void {
    if (this.#isRecorded) return;
    this.#isRecorded = true;
    const { request, response } = this;
    const status = response.headersSent ? response.statusCode : 0;
    // What the entry keeps of the request is its headers, not the request.
    const { headers: requestHeaders } = request;
    const responseHeaders = this.#headers;
    this.#environment.journal.record({
      protocol: this.#protocol,
      operation: this.operation,
      user: this.user,
      path: this.path,
      method: request.method ?? '',
      status,
      outcome: this.outcome ?? (response.destroyed && !response.writableEnded ? 'aborted' : status >= 400 || this.errorCode !== undefined ? 'error' : 'ok'),
      errorCode: this.errorCode,
      durationMs: this.#elapsed(),
      fault: this.#fault,
      request: createJournalMessage({ headers: () => flat(requestHeaders), body: this.#body, value: this.requestValue }),
      response: createJournalMessage({ headers: () => flat(responseHeaders), body: this.#sent, value: this.responseValue, bytes: this.#sentBytes }),
      cause: this.cause,
    });
  }

  #keep(chunks: readonly Uint8Array[], length: number): void {
    if (this.#sentBytes + length <= mostJournalled) this.#sent.push(...chunks);
    this.#sentBytes += length;
  }

  #drop(): void {
    this.outcome = 'aborted';
    this.request.socket.destroy();
    this.record();
  }

  /** Sends what may still go, then ends the connection. */
  #cut(body: Uint8Array): void {
    this.outcome = 'aborted';
    const head = body.subarray(0, this.#cutAfter - this.#sentBytes);
    this.#keep([head], head.length);
    if (head.length > 0) this.response.write(head);
    else this.response.flushHeaders();
    this.request.socket.destroySoon();
    this.record();
  }
}

/** Resolves when more may be written, or the client has gone; leaves no listener behind, however often a stream waits. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      response.off('drain', go).off('close', go);
      resolve();
    };
    response.on('drain', go).on('close', go);
  });
}

/** Whether reading the body failed in a way that the protocol has to answer. */
export function isBodyError(thrown: unknown, reason: BodyError['reason']): boolean {
  return thrown instanceof BodyError && thrown.reason === reason;
}

function flat(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const one: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) one[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : String(value);
  return one;
}
