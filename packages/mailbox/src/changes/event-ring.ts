import type { Accessor } from '../permissions/accessor.ts';
import type { MailboxEvent, MailboxEvents } from './events.ts';

const DEFAULT_CAPACITY = 10_000;

type Listener = (events: readonly MailboxEvent[], by: Accessor | undefined) => void;
/** An event before the mailbox has given it its moment. */
export type NewEvent = MailboxEvent extends infer E ? (E extends MailboxEvent ? Omit<E, 'time'> : never) : never;

/** The recent events of one mailbox, in memory. */
export class EventRing implements MailboxEvents {
  readonly #capacity: number;
  readonly #listeners = new Set<Listener>();
  #events: MailboxEvent[] = [];
  /** Events up to this change number have been forgotten. */
  #forgotten: number;
  #latest: number;
  #generation = 1;

  constructor(options: { readonly latest: number; readonly capacity?: number | undefined }) {
    this.#latest = options.latest;
    this.#forgotten = options.latest;
    this.#capacity = options.capacity ?? DEFAULT_CAPACITY;
  }

  get latest(): number {
    return this.#latest;
  }

  get generation(): number {
    return this.#generation;
  }

  since(cn: number, limit: number): { events: readonly MailboxEvent[]; more: boolean; missed: boolean } {
    if (cn > this.#latest) return { events: [], more: false, missed: true };
    const start = this.#firstAfter(cn);
    let end = Math.min(start + Math.max(1, limit), this.#events.length);
    // What happened at one change number is told at once: the next page starts behind that number.
    while (end < this.#events.length && this.#events[end]?.cn === this.#events[end - 1]?.cn) end++;
    return { events: this.#events.slice(start, end), more: end < this.#events.length, missed: cn < this.#forgotten };
  }

  subscribe(listener: Listener): () => void {
    // A wrapper of its own: the same function may be subscribed twice.
    const own: Listener = (events, by) => listener(events, by);
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  /** To be called once a commit, after it, with its events in the order of their change numbers. */
  publish(events: readonly MailboxEvent[], by?: Accessor): void {
    const last = events.at(-1);
    if (last === undefined) return;
    const isLate = (events[0]?.cn ?? 0) < this.#latest;
    for (const event of events) this.#events.push(event);
    // Two commits may be told of in the other order than they were done.
    if (isLate) this.#events.sort((a, b) => a.cn - b.cn);
    this.#latest = Math.max(this.#latest, last.cn);
    // Cut rarely: shifting a large array at every event would cost more than keeping twice as many.
    if (this.#events.length > this.#capacity * 2) {
      const cut = this.#events.length - this.#capacity;
      this.#forgotten = this.#events[cut - 1]?.cn ?? this.#forgotten;
      this.#events = this.#events.slice(cut).filter(({ cn }) => cn > this.#forgotten);
    }
    this.#tell(events, by);
  }

  /** Everybody hears, whatever the others do with it. */
  #tell(events: readonly MailboxEvent[], by: Accessor | undefined): void {
    const failures: unknown[] = [];
    for (const listener of [...this.#listeners]) {
      try {
        listener(events, by);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'A listener to the events of a mailbox failed.');
  }

  /** The mailbox went back (or was emptied): what came after did not happen, and old watermarks are worth nothing. */
  rewind(cn: number): void {
    // Cut in place: going back costs what is taken back, not what is kept.
    this.#events.length = this.#firstAfter(cn);
    this.#latest = cn;
    this.#forgotten = Math.min(this.#forgotten, cn);
    this.#generation++;
  }

  #firstAfter(cn: number): number {
    let low = 0;
    let high = this.#events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#events[middle] as MailboxEvent).cn > cn) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
