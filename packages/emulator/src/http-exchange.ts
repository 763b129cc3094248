import type { IncomingMessage, ServerResponse } from 'node:http';
import { BodyError, createJournalMessage, drainBody, readBody, requestPath, type FaultEffect, type JournalEntry } from '@fauxchange/kernel';
import type { Environment } from './service.ts';

type HeaderValues = Readonly<Record<string, string | readonly string[]>>;
type ErrorEffect = Extract<FaultEffect, { kind: 'error' }>;

const mostJournalled = 1024 * 1024;

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
  #sent: Uint8Array[] = [];
  #sentBytes = 0;
  #fault: string | undefined;
  #cutAfter = Number.POSITIVE_INFINITY;
  #isRecorded = false;

  constructor(request: IncomingMessage, response: ServerResponse, protocol: string, environment: Environment) {
    this.request = request;
    this.response = response;
    this.path = requestPath(request);
    this.#protocol = protocol;
    this.#environment = environment;
    this.#elapsed = environment.clock.stopwatch();
  }

  get isOver(): boolean {
    return this.response.writableEnded || this.response.destroyed;
  }

  /** The request's body. @throws BodyError */
  async body(limit: number): Promise<Buffer> {
    const body = await readBody(this.request, { limit, signal: this.#environment.lifecycle.signal });
    this.#body = body;
    return body;
  }

  /**
   * Lets fault rules strike that know what is known so far. Answers itself where the rule says so (`isOver` then);
   * returns the error that the protocol is to answer with.
   */
  async strike(): Promise<ErrorEffect | undefined> {
    const { faults, clock, lifecycle } = this.#environment;
    if (faults.list().length === 0) return undefined;
    for (;;) {
      const struck = faults.take({ protocol: this.#protocol, operation: this.operation, user: this.user, path: this.path });
      if (!struck) return undefined;
      this.#fault = struck.id;
      const { effect } = struck;
      if (effect.kind === 'delay') {
        await clock.sleep(effect.ms, lifecycle.signal).catch(() => undefined);
        return undefined;
      }
      if (effect.kind === 'cut') {
        this.#cutAfter = effect.afterBytes;
        return undefined;
      }
      if (effect.kind === 'error') return effect;
      if (effect.kind === 'drop') this.#drop();
      else {
        await drainBody(this.request, { limit: mostJournalled });
        this.send(effect.status, effect.headers ?? {}, [Buffer.from(effect.body ?? '')]);
      }
      return undefined;
    }
  }

  /** Answers with a whole body. */
  send(status: number, headers: HeaderValues, chunks: readonly Uint8Array[]): void {
    if (this.isOver) return this.record();
    const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    this.response.writeHead(status, { ...headers, 'Content-Length': length } as Record<string, string | string[] | number>);
    this.#keep(chunks, length);
    if (length > this.#cutAfter) return this.#cut(chunks);
    if (this.request.method === 'HEAD') this.response.end();
    else {
      for (let at = 0; at < chunks.length - 1; at++) this.response.write(chunks[at]);
      this.response.end(chunks.at(-1));
    }
    this.record();
  }

  /** Begins an answer that comes in pieces. */
  begin(status: number, headers: HeaderValues): void {
    if (!this.response.headersSent) this.response.writeHead(status, headers as Record<string, string | string[]>);
    this.response.flushHeaders();
  }

  /** Writes a piece; resolves when the socket has taken it. Nothing happens once the client has gone. */
  async write(chunks: readonly Uint8Array[]): Promise<void> {
    for (const chunk of chunks) {
      if (this.isOver) return;
      this.#keep([chunk], chunk.length);
      if (this.#sentBytes > this.#cutAfter) return this.#cut([]);
      if (!this.response.write(chunk)) await new Promise<void>((resolve) => this.response.once('drain', resolve).once('close', resolve));
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
      request: createJournalMessage({ headers: flat(request.headers), body: this.#body, value: this.requestValue }),
      response: createJournalMessage({ headers: flat(response.getHeaders()), body: this.#sent, value: this.responseValue, bytes: this.#sentBytes }),
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

  #cut(chunks: readonly Uint8Array[]): void {
    this.outcome = 'aborted';
    const head = Buffer.concat(chunks).subarray(0, this.#cutAfter);
    this.response.write(head, () => this.request.socket.destroy());
    this.record();
  }
}

/** Whether reading the body failed in a way that the protocol has to answer. */
export function isBodyError(thrown: unknown, reason: BodyError['reason']): boolean {
  return thrown instanceof BodyError && thrown.reason === reason;
}

function flat(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const one: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) one[name] = Array.isArray(value) ? value.join(', ') : String(value);
  return one;
}
