import type { IdSource } from '@fauxchange/kernel';
import { noContextHandle } from '@fauxchange/mapi-wire';
import type { EmsmdbSession } from '../session/emsmdb-session.ts';
import { faultStatus, RpcFault } from './rpc-call.ts';

/** Session Contexts of one connection by their context handles, [MS-OXCRPC] 3.1.1: they end with it. */
export class RpcSessions {
  readonly #sessions = new Map<string, EmsmdbSession>();
  /** Asynchronous context handles, [MS-OXCRPC] 3.3.1: each stands for a session, as long as that lasts. */
  readonly #waiting = new Map<string, EmsmdbSession>();
  readonly #ids: IdSource;

  constructor(ids: IdSource) {
    this.#ids = ids;
  }

  /** @returns the context handle */
  add(session: EmsmdbSession): string {
    const handle = this.#ids.uuid();
    this.#sessions.set(handle, session);
    return handle;
  }

  /** @throws RpcFault for a handle that stands for nothing */
  get(handle: string): EmsmdbSession {
    return this.#sessions.get(handle) ?? mismatch();
  }

  addWaiting(session: EmsmdbSession): string {
    const handle = this.#ids.uuid();
    this.#waiting.set(handle, session);
    return handle;
  }

  waiting(handle: string): EmsmdbSession {
    return this.#waiting.get(handle) ?? mismatch();
  }

  end(handle: string): void {
    const session = this.#sessions.get(handle);
    if (!session) return;
    this.#sessions.delete(handle);
    for (const [waiting, of] of this.#waiting) if (of === session) this.#waiting.delete(waiting);
    session.end();
  }

  clear(): void {
    for (const handle of [...this.#sessions.keys()]) this.end(handle);
  }
}

function mismatch(): never {
  throw new RpcFault(faultStatus.ContextMismatch, `No session has that context handle, or it is ${noContextHandle}.`);
}
