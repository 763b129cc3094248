import { WireEncodeError } from '../errors.ts';

/** The greatest GLOBCNT, [MS-OXCFXICS] 2.2.2.5: six bytes. */
export const mostCounter = 0xffff_ffff_ffff;

/** Counters that follow each other, both ends among them. */
export interface CounterRange {
  readonly low: number;
  readonly high: number;
}

/** Sorted, without overlap, and joined where they touch. */
function tidy(ranges: readonly CounterRange[]): readonly CounterRange[] {
  const sorted = ranges.toSorted((one, other) => one.low - other.low);
  const joined: { low: number; high: number }[] = [];
  for (const { low, high } of sorted) {
    const last = joined.at(-1);
    if (last && low <= last.high + 1) last.high = Math.max(last.high, high);
    else joined.push({ low, high });
  }
  return joined;
}

function check(value: number): number {
  if (!Number.isInteger(value) || value < 0 || value > mostCounter) throw new WireEncodeError(`${value} is no counter of six bytes`);
  return value;
}

/** [MS-OXCFXICS] 2.2.2.6: a set of counters of one replica. Never changes: what adds gives another set. */
export class GlobSet {
  static readonly empty: GlobSet = new GlobSet([]);
  /** Sorted, and with a gap between each two. */
  readonly ranges: readonly CounterRange[];

  private constructor(tidied: readonly CounterRange[]) {
    this.ranges = tidied;
  }

  /** Of single counters, in any order. */
  static of(counters: Iterable<number>): GlobSet {
    return GlobSet.ofRanges(Array.from(counters, (counter) => ({ low: counter, high: counter })));
  }

  /** Of ranges in any order, which may overlap. */
  static ofRanges(ranges: readonly CounterRange[]): GlobSet {
    for (const { low, high } of ranges) if (check(low) > check(high)) throw new WireEncodeError(`a range from ${low} to ${high} ends before it begins`);
    return new GlobSet(tidy(ranges));
  }

  get isEmpty(): boolean {
    return this.ranges.length === 0;
  }

  /** How many counters there are. */
  get size(): number {
    return this.ranges.reduce((sum, { low, high }) => sum + high - low + 1, 0);
  }

  has(counter: number): boolean {
    let from = 0;
    let to = this.ranges.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.ranges[middle] as CounterRange).high < counter) from = middle + 1;
      else to = middle;
    }
    const range = this.ranges[from];
    return range !== undefined && range.low <= counter;
  }

  add(counter: number): GlobSet {
    return this.has(counter) ? this : this.addRange(counter, counter);
  }

  /** @param high the last one that belongs to it */
  addRange(low: number, high: number): GlobSet {
    return GlobSet.ofRanges([...this.ranges, { low, high }]);
  }

  union(other: GlobSet): GlobSet {
    return new GlobSet(tidy([...this.ranges, ...other.ranges]));
  }

  /** Those of this set that are not in the other. */
  difference(other: GlobSet): GlobSet {
    const left: CounterRange[] = [];
    let at = 0;
    for (const { low, high } of this.ranges) {
      let from = low;
      while ((other.ranges[at]?.high ?? Infinity) < low) at++;
      for (let next = at; from <= high; next++) {
        const taken = other.ranges[next];
        if (!taken || taken.low > high) {
          left.push({ low: from, high });
          break;
        }
        if (taken.low > from) left.push({ low: from, high: taken.low - 1 });
        from = taken.high + 1;
      }
    }
    return new GlobSet(left);
  }

  /** Every counter. Mind that a range may be long. */
  *counters(): IterableIterator<number> {
    for (const { low, high } of this.ranges) for (let counter = low; counter <= high; counter++) yield counter;
  }
}
