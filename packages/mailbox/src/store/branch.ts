import type { Cursor, StoreSnapshot } from './mailbox-store.ts';

const MAX_EPOCHS = 1_000;

/**
 * The epochs that led to now. A restore ends the epoch of its snapshot at the snapshot's change number and opens a
 * new one: change numbers above that point mean something else from then on.
 */
export class Branch {
  #path: { readonly epoch: number; readonly end: number }[] = [{ epoch: 1, end: Infinity }];
  #opened = 1;

  get epoch(): number {
    return (this.#path.at(-1) as { epoch: number }).epoch;
  }

  restored({ epoch, cn }: StoreSnapshot): void {
    const kept = this.#path.filter((one) => one.epoch < epoch).slice(-MAX_EPOCHS);
    this.#path = [...kept, { epoch, end: cn }, { epoch: ++this.#opened, end: Infinity }];
  }

  /** False too for what is no cursor at all: clients hold them, and may have changed them. Judged by `asOf`, not by `cn`: an item may have moved behind the page that the cursor stands at. */
  holds(cursor: Cursor): boolean {
    const { epoch, asOf } = cursor;
    if (!isCursor(cursor)) return false;
    return this.#path.some((one) => one.epoch === epoch && asOf <= one.end);
  }
}

const MAX_GIVEN = 1_000_000;

function isCursor({ epoch, asOf, base, cn, given }: Cursor): boolean {
  const areCounts = (values: readonly unknown[]): boolean => values.every((value) => Number.isSafeInteger(value) && (value as number) >= 0);
  const isGivenWell = given === undefined || (Array.isArray(given) && given.length % 2 === 0 && given.length <= MAX_GIVEN && areCounts(given));
  return areCounts([epoch, asOf, base, cn]) && isGivenWell;
}
