export interface QueuedTimer {
  /** Due on the clock's monotonic axis, milliseconds. */
  due: number;
  /** Order of creation: equal times fire in it. */
  order: number;
  callback: () => void;
  /** Milliseconds between repetitions; undefined for a timer that fires once. */
  every: number | undefined;
}

/** Timers in order of time, then of creation. */
export class TimerQueue {
  readonly #timers: QueuedTimer[] = [];

  get size(): number { return this.#timers.length; }

  first(): QueuedTimer | undefined { return this.#timers[0]; }

  insert(timer: QueuedTimer): void { this.#timers.splice(this.#position(timer), 0, timer); }

  /** True when the timer was still waiting. */
  remove(timer: QueuedTimer): boolean {
    const at = this.#position(timer);
    if (this.#timers[at] !== timer) return false;
    this.#timers.splice(at, 1);
    return true;
  }

  #position(timer: QueuedTimer): number {
    let low = 0;
    let high = this.#timers.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#timers[middle] as QueuedTimer;
      if (other.due < timer.due || (other.due === timer.due && other.order < timer.order)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
