import type { StoreSnapshot } from './mailbox-store.ts';

interface Mark<S> {
  readonly snapshot: StoreSnapshot;
  readonly nextId: number;
  /** The states before their first change since the snapshot. */
  readonly before: Map<string | number, S>;
}

/**
 * What was before, kept only while there is a snapshot. Only the first old state of a key since the latest snapshot
 * matters, so the log is bounded by what changed, however often.
 */
export class UndoLog<S> {
  readonly #marks: Mark<S>[] = [];

  /** The state is asked for only when it has to be kept. */
  note(key: string | number, state: () => S): void {
    const before = this.#marks.at(-1)?.before;
    if (before && !before.has(key)) before.set(key, state());
  }

  mark(snapshot: StoreSnapshot, nextId: number): void {
    const latest = this.#marks.at(-1);
    if (latest && latest.snapshot.epoch === snapshot.epoch && latest.snapshot.cn === snapshot.cn && latest.before.size === 0) return;
    this.#marks.push({ snapshot, nextId, before: new Map() });
  }

  /** To be called once the states of `rewind` are put back: putting them back noted what was, which nobody wants. */
  forgetLatest(): void {
    this.#marks.at(-1)?.before.clear();
  }

  /** Newest first: what to put back to be at the snapshot again. Forgets the newer snapshots. Undefined: no such snapshot. */
  rewind(snapshot: StoreSnapshot): { readonly states: readonly (readonly [string | number, S])[]; readonly nextId: number } | undefined {
    const at = this.#marks.findLastIndex((one) => one.snapshot.epoch === snapshot.epoch && one.snapshot.cn === snapshot.cn);
    const mark = this.#marks[at];
    if (mark === undefined) return undefined;
    const states: (readonly [string | number, S])[] = [];
    for (const { before } of this.#marks.slice(at).reverse()) for (const state of [...before].reverse()) states.push(state);
    this.#marks.length = at + 1;
    return { states, nextId: mark.nextId };
  }
}
