import type { Clock, IdSource } from '@fauxchange/kernel';
import type { DirectoryEntry } from '@fauxchange/mailbox';
import { responseCode } from '@fauxchange/mapi-wire';
import { ResponseCodeError } from '../response-code.ts';
import { SessionContext, type EndpointName } from './session-context.ts';

/** Names of Exchange's cookies. */
export const contextCookie = 'MapiContext';
export const sequenceCookie = 'MapiSequence';
/** Milliseconds until an idle session dies, X-ExpirationInfo ([MS-OXCMAPIHTTP] 2.2.3.3.9; 15 minutes, [K]). */
export const sessionLifetime = 900_000;

const contextForm = /^MAPIAAAA[A-Za-z0-9+/=]{43,}$/;

/** The sessions of one server: begun by Connect and Bind, found by their cookie, gone by Disconnect, Unbind and the clock. */
export class SessionContexts {
  readonly #sessions = new Map<string, SessionContext>();
  readonly #clock: Clock;
  readonly #ids: IdSource;
  #count = 0;

  constructor(clock: Clock, ids: IdSource) {
    this.#clock = clock;
    this.#ids = ids;
  }

  /** Begins a session; the one that the cookies of the request name, if it was the caller's, ends: [MS-OXCMAPIHTTP] 3.2.5.6. */
  begin(endpoint: EndpointName, owner: DirectoryEntry, cookies: ReadonlyMap<string, string>): SessionContext {
    const before = this.#sessions.get(cookies.get(contextCookie) ?? '');
    if (before?.owner.id === owner.id) this.end(before);
    const session = new SessionContext(`MAPIAAAA${Buffer.from(this.#ids.bytes(48)).toString('base64')}`, endpoint, owner, this.#nextSequence());
    this.#sessions.set(session.id, session);
    this.touch(session);
    return session;
  }

  /** The session that the cookies name. @throws ResponseCodeError 6, 10, 13 */
  find(endpoint: EndpointName, owner: DirectoryEntry, cookies: ReadonlyMap<string, string>): SessionContext {
    const id = cookies.get(contextCookie);
    if (id === undefined) throw new ResponseCodeError(responseCode.MissingCookie, `The cookie ${contextCookie} is missing.`);
    if (!contextForm.test(id)) throw new ResponseCodeError(responseCode.InvalidContextCookie, `The cookie ${contextCookie} is none of ours.`);
    const session = this.#sessions.get(id);
    // Who came in as somebody else has no session there: 3.2.5.1.
    if (!session || session.endpoint !== endpoint || session.owner.id !== owner.id) throw new ResponseCodeError(responseCode.ContextNotFound, 'There is no such session, or not any more.');
    return session;
  }

  /** Takes the session for one request. @throws ResponseCodeError 13, 15 */
  enter(session: SessionContext, cookies: ReadonlyMap<string, string>): void {
    const sequence = cookies.get(sequenceCookie);
    if (sequence === undefined) throw new ResponseCodeError(responseCode.MissingCookie, `The cookie ${sequenceCookie} is missing.`);
    if (session.isBusy || sequence !== session.sequence) throw new ResponseCodeError(responseCode.InvalidSequence, session.isBusy ? 'Another request is being answered.' : 'The sequence cookie is not that of the last answer.');
    session.isBusy = true;
    session.timer?.cancel();
    session.sequence = this.#nextSequence();
  }

  leave(session: SessionContext): void {
    session.isBusy = false;
    this.touch(session);
  }

  /** Starts the idle time anew. */
  touch(session: SessionContext): void {
    session.timer?.cancel();
    if (this.#sessions.has(session.id)) session.timer = this.#clock.setTimeout(() => this.end(session), sessionLifetime);
  }

  end(session: SessionContext): void {
    this.#sessions.delete(session.id);
    session.end();
  }

  clear(): void {
    for (const session of [...this.#sessions.values()]) this.end(session);
  }

  #nextSequence(): string {
    this.#count += 1;
    return `${this.#count}-${Buffer.from(this.#ids.bytes(6)).toString('base64')}`;
  }
}
