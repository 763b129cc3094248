import type { DirectoryEntry } from '@fauxchange/mailbox';
import type { Timer } from '@fauxchange/kernel';
import type { EmsmdbSession } from './emsmdb-session.ts';

/** What belongs to an endpoint; neither knows the sessions of the other. */
export type EndpointName = 'emsmdb' | 'nspi';

/** A Session Context, [MS-OXCMAPIHTTP] 3.2.1: what a client has begun with Connect or Bind. */
export class SessionContext {
  readonly id: string;
  readonly endpoint: EndpointName;
  readonly owner: DirectoryEntry;
  /** The sequence cookie that the next request has to bring. */
  sequence: string;
  /** A request is being answered: another one at the same time is refused. */
  isBusy = false;
  timer: Timer | undefined;
  /** Of the mailbox endpoint: what Connect has begun. */
  emsmdb: EmsmdbSession | undefined;
  readonly #ending = new AbortController();

  constructor(id: string, endpoint: EndpointName, owner: DirectoryEntry, sequence: string) {
    this.id = id;
    this.endpoint = endpoint;
    this.owner = owner;
    this.sequence = sequence;
  }

  /** Aborts when the session ends, whatever ends it. */
  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  end(): void {
    this.timer?.cancel();
    this.emsmdb?.end();
    this.#ending.abort();
  }
}
