import { setMaxListeners } from 'node:events';
import { afterRealTime } from './real-time.ts';

/**
 * What a server opened and has to close: its long polls listen to `signal`, its resources are deferred.
 *
 * @example
 * const lifecycle = createLifecycle();
 * const server = await open();
 * lifecycle.defer(() => server.close());
 * await lifecycle.close();
 */
export interface Lifecycle {
  /** Aborts as the first thing that close() does. */
  readonly signal: AbortSignal;
  /** Registers what close() runs, in reverse order; on a closed lifecycle it runs at once. Returns a function that forgets it. */
  defer(close: () => void | Promise<void>): () => void;
  /** Counts work as pending until it settles; hands the same promise back. */
  track<T>(work: Promise<T>): Promise<T>;
  /** Resolves when no tracked work is pending, not even work that other work began. */
  settle(): Promise<void>;
  /** Ends everything once; later calls get the same promise. Rejects with an AggregateError of all that failed. */
  close(): Promise<void>;
  readonly isClosed: boolean;
}

/**
 * Makes a lifecycle.
 * @param options `graceMs`: how long close() waits, in real milliseconds, for tracked work that ignores the signal (default 1,000).
 */
export function createLifecycle(options: { graceMs?: number | undefined } = {}): Lifecycle {
  return new ClosingOrder(options.graceMs ?? 1_000);
}

type Closer = () => void | Promise<void>;

class ClosingOrder implements Lifecycle {
  readonly #controller = unboundedController();
  readonly #graceMs: number;
  readonly #closers = new Map<symbol, Closer>();
  readonly #pending = new Set<Promise<unknown>>();
  #closing: Promise<void> | undefined;

  constructor(graceMs: number) { this.#graceMs = graceMs; }

  get signal(): AbortSignal { return this.#controller.signal; }

  get isClosed(): boolean { return this.#closing !== undefined; }

  defer(close: Closer): () => void {
    // A resource that opened while we were closing must not stay open.
    if (this.#controller.signal.aborted) {
      void this.track(Promise.resolve().then(close));
      return () => undefined;
    }
    const key = Symbol('closer');
    this.#closers.set(key, close);
    return () => { this.#closers.delete(key); };
  }

  track<T>(work: Promise<T>): Promise<T> {
    const settled: Promise<unknown> = work.then(() => undefined, () => undefined).then(() => { this.#pending.delete(settled); });
    this.#pending.add(settled);
    return work;
  }

  async settle(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  close(): Promise<void> {
    // The promise exists before the abort is heard, so that a listener that closes again gets the same one.
    this.#closing ??= new Promise((resolve, reject) => { queueMicrotask(() => { this.#close().then(resolve, reject); }); });
    if (!this.#controller.signal.aborted) this.#controller.abort(new DOMException('The server is closing.', 'AbortError'));
    return this.#closing;
  }

  async #close(): Promise<void> {
    const failed: unknown[] = [];
    const closers = [...this.#closers.values()].reverse();
    this.#closers.clear();
    for (const close of closers) {
      try { await close(); } catch (error) { failed.push(error); }
    }
    await this.#settleWithinGrace();
    if (failed.length > 0) throw new AggregateError(failed, `closing failed: ${failed.map((error) => error instanceof Error ? error.message : String(error)).join('; ')}`);
  }

  async #settleWithinGrace(): Promise<void> {
    if (this.#pending.size === 0) return;
    let cancel: (() => void) | undefined;
    const grace = new Promise<void>((resolve) => { cancel = afterRealTime(resolve, this.#graceMs); });
    await Promise.race([this.settle(), grace]);
    cancel?.();
  }
}

/** Every request that waits listens to the end of its server: any number is in order, and node need not warn. */
function unboundedController(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}
