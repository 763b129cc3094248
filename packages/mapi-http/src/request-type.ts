import type { Environment } from '@fauxchange/emulator';
import type { DirectoryEntry } from '@fauxchange/mailbox';
import type { Layout, Scope } from '@fauxchange/mapi-wire';
import type { SessionContext } from './session/session-context.ts';

/** What a request type finds. */
export interface RequestContext {
  readonly environment: Environment;
  /** Who came in. */
  readonly caller: DirectoryEntry;
  /** The server as the client calls it: scheme, host and port. */
  readonly origin: string;
  /** Undefined for those that need none. */
  readonly session: SessionContext | undefined;
  /** Aborts when client, session or server go. */
  readonly signal: AbortSignal;
}

/**
 * How a request type stands to sessions: it begins one, needs one and its turn in it, needs one and waits beside the others,
 * ends one, or needs none.
 */
export type SessionUse = 'begins' | 'inTurn' | 'beside' | 'ends' | 'none';

/** One request type: declared bodies, and what it does. */
export interface RequestType {
  readonly name: string;
  readonly use: SessionUse;
  readonly request: Layout<unknown>;
  readonly response: Layout<unknown>;
  /** What the request says about the text in it and in the answer. */
  scopeOf?(request: unknown): Scope | undefined;
  handle(request: unknown, context: RequestContext): Promise<Answer<unknown>>;
}

/** The body of an answer; a session that was begun in vain ends with it. */
export interface Answer<R> {
  readonly value: R;
  readonly endsSession?: boolean;
  /** For the journal, where the bodies hold bytes that mean more: both sides taken apart. */
  readonly decoded?: { readonly request: unknown; readonly response: unknown };
}

/**
 * Declares a request type.
 *
 * @example
 * export const disconnect = defineRequestType({ name: 'Disconnect', use: 'ends', request: DisconnectRequest, response: DisconnectResponse }, async () => ({ value: { … } }));
 */
export function defineRequestType<Q, R>(declared: { readonly name: string; readonly use: SessionUse; readonly request: Layout<Q>; readonly response: Layout<R> }, handle: (request: Q, context: RequestContext) => Promise<Answer<NoInfer<R>>>): RequestType {
  return { ...declared, request: declared.request as Layout<unknown>, response: declared.response as Layout<unknown>, handle: handle as RequestType['handle'] };
}

export type RequestTypes = ReadonlyMap<string, RequestType>;
/** By name, which is compared without case: clients write BIND. */
export const requestTypes = (...all: readonly RequestType[]): RequestTypes => new Map(all.map((one) => [one.name.toLowerCase(), one]));
