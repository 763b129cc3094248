import { afterRealTime, nextTurn, realMonotonic, realNow } from './real-time.ts';
import { TimerQueue } from './timer-queue.ts';
import type { QueuedTimer } from './timer-queue.ts';

export interface Timer { cancel(): void }

/**
 * The time of one server. Real by default; a test can stop it and move it, and every timer taken from it follows.
 *
 * @example
 * const clock = createClock({ at: Date.UTC(2026, 0, 1), frozen: true });
 * clock.setTimeout(() => console.log('an hour later'), 3_600_000);
 * await clock.advance(3_600_000);
 */
export interface Clock {
  /** Milliseconds since 1970 UTC, whole. */
  now(): number;
  /** Fires once after `ms`; stands still while the clock is frozen. Keeps the process alive until fired or cancelled. */
  setTimeout(callback: () => void, ms: number): Timer;
  /** Fires every `ms` (at least 1). */
  setInterval(callback: () => void, ms: number): Timer;
  /** Resolves after `ms`; rejects with the signal's reason when it aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Time stands still, at `at` when given; no timer fires by this call. */
  freeze(at?: number | Date): void;
  /** Forward: fires what is due on the way, as `advance`. Backward: the date changes and timers keep their distance. */
  set(at: number | Date): Promise<void>;
  /** Moves time by `ms` and fires every timer due on the way, in order, letting promises settle after each. Rejects with what a timer threw. */
  advance(ms: number): Promise<void>;
  /** Time flows again, from where it stands. */
  resume(): void;
  readonly isFrozen: boolean;
  /** Starts a stopwatch: elapsed real milliseconds, whatever this clock does. */
  stopwatch(): () => number;
}

/** More firings than this in one `advance` is a loop, not a test. */
const MOST_FIRINGS = 1_000_000;

/** A clock asked to do what it cannot: a date that is none, a negative distance, an endless advance. */
export class ClockError extends Error {
  override readonly name = 'ClockError';
}

/**
 * Makes a clock.
 * @param options `at`: the date it starts with (default: the machine's); `frozen`: it stands still from the start.
 */
export function createClock(options: { at?: number | Date | undefined; frozen?: boolean | undefined } = {}): Clock {
  return new AdjustableClock(options.at, options.frozen ?? false);
}

// Two axes: timers live on a monotonic one, which only advances; the date is that plus `#epoch`, which set() may turn back.
class AdjustableClock implements Clock {
  readonly #queue = new TimerQueue();
  #epoch: number;
  #elapsed = 0;
  #anchor: number | undefined;
  #order = 0;
  #disarm: (() => void) | undefined;
  #moves: Promise<void> = Promise.resolve();

  constructor(at: number | Date | undefined, frozen: boolean) {
    this.#epoch = at === undefined ? realNow() : milliseconds(at);
    if (!frozen) this.#anchor = realNow();
  }

  get isFrozen(): boolean { return this.#anchor === undefined; }

  now(): number { return Math.floor(this.#epoch + this.#monotonic()); }

  setTimeout(callback: () => void, ms: number): Timer { return this.#add(callback, distance(ms), undefined); }

  setInterval(callback: () => void, ms: number): Timer {
    const every = Math.max(1, distance(ms));
    return this.#add(callback, every, every);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) { reject(signal.reason as Error); return; }
      const onAbort = (): void => { timer.cancel(); reject(signal?.reason as Error); };
      const timer = this.setTimeout(() => { signal?.removeEventListener('abort', onAbort); resolve(); }, ms);
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  freeze(at?: number | Date): void {
    this.#elapsed = this.#monotonic();
    this.#anchor = undefined;
    if (at !== undefined) this.#epoch = milliseconds(at) - this.#elapsed;
    this.#arm();
  }

  resume(): void {
    if (this.#anchor !== undefined) return;
    this.#anchor = realNow();
    this.#arm();
  }

  set(at: number | Date): Promise<void> {
    const target = milliseconds(at);
    return this.#move(() => {
      const ahead = target - this.now();
      if (ahead >= 0) return ahead;
      this.#epoch += ahead;
      return 0;
    });
  }

  advance(ms: number): Promise<void> {
    if (!(ms >= 0)) return Promise.reject(new ClockError(`advance takes milliseconds of zero or more, not ${String(ms)}; set() turns the date back`));
    return this.#move(() => ms);
  }

  stopwatch(): () => number {
    const start = realMonotonic();
    return () => realMonotonic() - start;
  }

  #monotonic(): number { return this.#anchor === undefined ? this.#elapsed : this.#elapsed + Math.max(0, realNow() - this.#anchor); }

  #add(callback: () => void, ms: number, every: number | undefined): Timer {
    const timer: QueuedTimer = { due: this.#monotonic() + ms, order: this.#order++, callback, every };
    this.#queue.insert(timer);
    if (this.#queue.first() === timer) this.#arm();
    return {
      cancel: () => {
        timer.every = undefined;
        const wasFirst = this.#queue.first() === timer;
        if (this.#queue.remove(timer) && wasFirst) this.#arm();
      },
    };
  }

  /** One native timer stands for the earliest of ours; none while frozen or when nothing waits. */
  #arm(): void {
    this.#disarm?.();
    this.#disarm = undefined;
    const first = this.#queue.first();
    if (first === undefined || this.#anchor === undefined) return;
    this.#disarm = afterRealTime(() => { this.#fireDue(); }, first.due - this.#monotonic());
  }

  #fireDue(): void {
    this.#disarm = undefined;
    const until = this.#monotonic();
    try {
      for (let first = this.#queue.first(); first !== undefined && first.due <= until && this.#anchor !== undefined; first = this.#queue.first()) {
        this.#fire(first, until);
      }
    } finally {
      this.#arm();
    }
  }

  #fire(timer: QueuedTimer, now: number): void {
    this.#queue.remove(timer);
    if (timer.every !== undefined) {
      // As node does it: the next firing counts from this one, so a busy process does not owe a burst.
      timer.due = Math.max(timer.due, now) + timer.every;
      timer.order = this.#order++;
      this.#queue.insert(timer);
    }
    timer.callback();
  }

  /** Moves are done one after another, so that two advances at once still fire in order. */
  #move(by: () => number): Promise<void> {
    const moved = this.#moves.then(() => this.#travel(by()));
    this.#moves = moved.catch(() => undefined);
    return moved;
  }

  async #travel(ms: number): Promise<void> {
    const wasFrozen = this.isFrozen;
    this.freeze();
    const target = this.#elapsed + ms;
    const thrown: unknown[] = [];
    try {
      await nextTurn();
      for (let fired = 0; ; fired += 1) {
        const first = this.#queue.first();
        if (first === undefined || first.due > target) break;
        if (fired >= MOST_FIRINGS) throw new ClockError(`more than ${String(MOST_FIRINGS)} timers fell due while advancing by ${String(ms)} ms: advance in smaller steps`);
        this.#elapsed = Math.max(this.#elapsed, first.due);
        try { this.#fire(first, this.#elapsed); } catch (error) { thrown.push(error); }
        await nextTurn();
      }
      this.#elapsed = Math.max(this.#elapsed, target);
    } finally {
      if (!wasFrozen) this.resume();
    }
    if (thrown.length === 1) throw thrown[0];
    if (thrown.length > 1) throw new AggregateError(thrown, `${String(thrown.length)} timers threw while the clock advanced`);
  }
}

function milliseconds(at: number | Date): number {
  const ms = typeof at === 'number' ? at : at.getTime();
  if (!Number.isFinite(ms)) throw new ClockError('not a date: pass a valid Date or milliseconds since 1970');
  return ms;
}

/** As node: nothing sensible is one millisecond at most; infinity would never be due. */
function distance(ms: number): number {
  return Number.isFinite(ms) ? Math.max(0, ms) : 0;
}
