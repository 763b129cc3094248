import type { DirectoryEntry } from '@fauxchange/mailbox';
import { EwsError } from '../errors.ts';

/** Of one caller; the oldest make room ([K] both). */
const mostSessions = 20;
const mostQueries = 100;

interface Own {
  /** Ids that the client has chosen. */
  readonly sessions: Set<string>;
  /** What was searched for, the newest last. */
  readonly queries: Set<string>;
}

/** Sessions of instant search, and what people searched for. */
export class SearchSessions {
  readonly #own = new Map<string, Own>();

  start({ id }: DirectoryEntry, session: string): void {
    const own = this.#own.get(id) ?? { sessions: new Set(), queries: new Set() };
    this.#own.set(id, own);
    takeAsNewest(own.sessions, session.toLowerCase(), mostSessions);
  }

  /** ErrorInstantSearchSessionExpired for one that was never started, or is over. */
  check({ id }: DirectoryEntry, session: string): void {
    if (this.#own.get(id)?.sessions.has(session.toLowerCase()) !== true) throw new EwsError('ErrorInstantSearchSessionExpired');
  }

  end(caller: DirectoryEntry, session: string): void {
    this.check(caller, session);
    this.#own.get(caller.id)?.sessions.delete(session.toLowerCase());
  }

  remember({ id }: DirectoryEntry, query: string): void {
    const own = this.#own.get(id);
    if (own && query !== '') takeAsNewest(own.queries, query, mostQueries);
  }

  /** Newest first. */
  queries({ id }: DirectoryEntry): readonly string[] {
    return [...(this.#own.get(id)?.queries ?? [])].reverse();
  }

  /** Whether there was such a query. */
  forget({ id }: DirectoryEntry, query: string): boolean {
    return this.#own.get(id)?.queries.delete(query) ?? false;
  }

  clear(): void {
    this.#own.clear();
  }
}

function takeAsNewest(all: Set<string>, one: string, most: number): void {
  all.delete(one);
  all.add(one);
  for (const oldest of all) {
    if (all.size <= most) break;
    all.delete(oldest);
  }
}
