import type { IncomingMessage, ServerResponse } from 'node:http';
import { HttpExchange, isBodyError, type Environment } from '@fauxchange/emulator';
import type { DirectoryEntry } from '@fauxchange/mailbox';
import { ByteReader, encode, responseCode, WireError, type Scope } from '@fauxchange/mapi-wire';
import type { Profile } from '../profile.ts';
import type { RequestType, RequestTypes } from '../request-type.ts';
import { ResponseCodeError } from '../response-code.ts';
import type { EndpointName, SessionContext } from '../session/session-context.ts';
import { contextCookie, sequenceCookie, sessionLifetime, type SessionContexts } from '../session/session-contexts.ts';
import { echoed, readHead, type RequestHead } from './request-head.ts';
import { StreamedAnswer } from './streamed-answer.ts';

export interface EndpointOptions {
  readonly name: EndpointName;
  readonly types: RequestTypes;
  readonly profile: Profile;
  readonly maxRequestBytes: number;
}

const contentType = 'application/mapi-http';

/** One of the two endpoints, a request in and its answer out. Knows no request type. */
export class Endpoint {
  readonly #environment: Environment;
  readonly #sessions: SessionContexts;
  readonly #options: EndpointOptions;
  readonly #authentication: ReturnType<Environment['authentication']>;

  constructor(environment: Environment, sessions: SessionContexts, options: EndpointOptions) {
    this.#environment = environment;
    this.#sessions = sessions;
    this.#options = options;
    this.#authentication = environment.authentication();
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange = new HttpExchange(request, response, 'mapi', this.#environment);
    await exchange.strikeEarly();
    if (exchange.isOver) return;
    const result = await this.#authentication.authenticate(request);
    if (!result.ok) return exchange.refuse(this.#authentication, result, {});
    const { user } = result.principal;
    exchange.user = user?.primarySmtpAddress ?? result.principal.appId;
    try {
      const head = readHead(request);
      exchange.operation = this.#options.types.get(head.requestType.toLowerCase())?.name ?? head.requestType;
      const effect = await exchange.strike();
      if (exchange.isOver) return;
      if (effect) throw new ResponseCodeError(Number(effect.code) as 1, 'A fault rule asks for this.');
      if (!user) throw new ResponseCodeError(responseCode.NoPrivilege, 'An application has no mailbox of its own.');
      await this.#run(exchange, head, user);
    } catch (thrown) {
      this.#refuse(exchange, thrown);
    }
  }

  async #run(exchange: HttpExchange, head: RequestHead, caller: DirectoryEntry): Promise<void> {
    const { name, types, maxRequestBytes } = this.#options;
    const type = types.get(head.requestType.toLowerCase());
    if (!type) throw new ResponseCodeError(responseCode.InvalidRequestType, `There is no request type ${head.requestType.slice(0, 64)} here.`);
    const { use } = type;
    const known = use === 'begins' || use === 'none' ? undefined : this.#sessions.find(name, caller, head.cookies);
    const body = await exchange.body(maxRequestBytes);
    const asked = read(type, body);
    exchange.requestValue = asked;
    if (use === 'begins') return this.#answer(exchange, type, asked, this.#sessions.begin(name, caller, head.cookies), caller);
    const isInTurn = known && (use === 'inTurn' || use === 'ends');
    if (isInTurn) this.#sessions.enter(known, head.cookies);
    try {
      await this.#answer(exchange, type, asked, known, caller);
    } finally {
      if (isInTurn) this.#sessions.leave(known);
    }
  }

  async #answer(exchange: HttpExchange, type: RequestType, asked: unknown, session: SessionContext | undefined, caller: DirectoryEntry): Promise<void> {
    const { lifecycle, clock } = this.#environment;
    const gone = new AbortController();
    exchange.response.once('close', () => gone.abort());
    const signal = AbortSignal.any([gone.signal, lifecycle.signal, ...(session ? [session.signal] : [])]);
    const headers = {
      ...this.#headers(exchange.request), 'X-ResponseCode': String(responseCode.Success), 'Content-Type': contentType, 'Transfer-Encoding': 'chunked',
      ...(session && { 'Set-Cookie': cookiesOf(session, isSecure(exchange.request)) }),
    };
    const answer = new StreamedAnswer(exchange, clock, headers, this.#options.profile.pendingPeriod);
    try {
      const { value, endsSession, decoded } = await type.handle(asked, { environment: this.#environment, caller, origin: originOf(exchange.request), session, signal });
      if (decoded) exchange.requestValue = decoded.request;
      exchange.responseValue = decoded?.response ?? value;
      if (session && (endsSession ?? type.use === 'ends')) this.#sessions.end(session);
      await answer.end(encode(type.response, value, type.scopeOf?.(asked)));
    } catch (thrown) {
      // What is found only now is told behind the body's beginning: [MS-OXCMAPIHTTP] 3.2.5.2.
      if (thrown instanceof ResponseCodeError) {
        exchange.errorCode = String(thrown.code);
        return answer.end(Buffer.from(thrown.message), { 'X-ResponseCode': String(thrown.code), 'Content-Type': 'text/html' });
      }
      answer.abandon();
      throw thrown;
    }
  }

  #headers(request: IncomingMessage): Record<string, string> {
    const { profile } = this.#options;
    return {
      'Cache-Control': 'private', ...echoed(request), 'X-ServerApplication': profile.serverApplication, 'X-PendingPeriod': String(profile.pendingPeriod), 'X-ExpirationInfo': String(sessionLifetime),
    };
  }

  #refuse(exchange: HttpExchange, thrown: unknown): void {
    if (isBodyError(thrown, 'aborted')) return exchange.record();
    const refusal = thrown instanceof ResponseCodeError ? thrown
      : isBodyError(thrown, 'too-large') ? new ResponseCodeError(responseCode.TooLarge, 'The request is too large.')
        : isBodyError(thrown, 'bad-encoding') ? new ResponseCodeError(responseCode.InvalidHeader, 'The content encoding cannot be undone.') : undefined;
    if (!refusal) {
      exchange.outcome = 'internal';
      exchange.cause = thrown;
      this.#environment.reportBug(thrown);
      return exchange.isOver ? exchange.record() : exchange.send(500, this.#headers(exchange.request), []);
    }
    exchange.errorCode ??= String(refusal.code);
    exchange.send(200, { ...this.#headers(exchange.request), 'X-ResponseCode': String(refusal.code), 'Content-Type': 'text/html' }, [Buffer.from(refusal.message)]);
  }
}

const isSecure = ({ socket }: IncomingMessage): boolean => 'encrypted' in socket;
/** By the Host header, which HTTP/1.1 demands; by the address where a client of before leaves it out. */
function originOf(request: IncomingMessage): string {
  const { localAddress = '127.0.0.1', localPort = 0 } = request.socket;
  return `${isSecure(request) ? 'https' : 'http'}://${request.headers.host ?? `${localAddress}:${localPort}`}`;
}

/** Each endpoint's own path ([K]): a client that keeps the cookies of a host together would take those of one for the other's. */
const cookiesOf = ({ id, sequence, endpoint }: SessionContext, isSecure: boolean): readonly string[] => {
  // Real ones are secure always; over plain HTTP, which no real one speaks, clients would not send those back.
  const attributes = `path=/mapi/${endpoint};${isSecure ? ' secure;' : ''} HttpOnly`;
  return [`${contextCookie}=${id}; ${attributes}`, `${sequenceCookie}=${sequence}; ${attributes}`];
};

function readAs(type: RequestType, body: Uint8Array, scope: Scope = {}): unknown {
  const reader = new ByteReader(body);
  const asked = type.request.read(reader, scope);
  if (reader.bytes(reader.left).some((byte) => byte !== 0)) reader.fail('trailing', 'something stands behind the end');
  return asked;
}

/** Probes for connectivity send bodies of nothing but zeros, longer than what they ask: zeros behind the end are not looked at. */
function read(type: RequestType, body: Uint8Array): unknown {
  try {
    const asked = readAs(type, body);
    const scope = type.scopeOf?.(asked);
    // The code page of the text stands in the body itself.
    return scope ? readAs(type, body, scope) : asked;
  } catch (thrown) {
    if (thrown instanceof WireError) throw new ResponseCodeError(responseCode.InvalidRequestBody, `${thrown.path || 'the body'}: ${thrown.message}`);
    throw thrown;
  }
}
