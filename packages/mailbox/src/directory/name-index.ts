interface Row {
  readonly key: string;
  readonly id: string;
}

/** Up to this many pending rows are inserted one by one; more are sorted in together. */
const FEW = 64;

/**
 * Comparison of names as Active Directory does it: without regard to case, accents and width
 * ([MS-ADTS] 3.1.1.2.2.4, [MS-UCODEREF] 3.1.5.2.4).
 */
export function foldName(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase();
}

/** Folded names in order, so that a prefix is a range: two binary searches, whatever the size. */
export class NameIndex {
  #rows: Row[] = [];
  #pending: Row[] = [];

  add(key: string, id: string): void { this.#pending.push({ key, id }); }

  remove(key: string, id: string): void {
    this.#sort();
    const at = this.#lowerBound(key, id);
    const row = this.#rows[at];
    if (row?.key === key && row.id === id) this.#rows.splice(at, 1);
  }

  /** How many rows begin with the prefix, at no cost a row. */
  count(prefix: string): number {
    const [from, to] = this.#range(prefix);
    return to - from;
  }

  /** Ids of the rows that begin with the prefix (that are the key, when `exact`); an id may come more than once. */
  *ids(prefix: string, exact = false): IterableIterator<string> {
    const [from, to] = this.#range(prefix);
    for (let at = from; at < to; at += 1) {
      const row = this.#rows[at] as Row;
      if (exact && row.key !== prefix) return;
      yield row.id;
    }
  }

  #range(prefix: string): [number, number] {
    this.#sort();
    return [this.#lowerBound(prefix, ''), this.#lowerBound(`${prefix}\uffff`, '')];
  }

  #lowerBound(key: string, id: string): number {
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(this.#rows[middle] as Row, { key, id }) < 0) low = middle + 1; else high = middle;
    }
    return low;
  }

  #sort(): void {
    if (this.#pending.length === 0) return;
    const pending = this.#pending;
    this.#pending = [];
    if (pending.length <= FEW) {
      for (const row of pending) this.#rows.splice(this.#lowerBound(row.key, row.id), 0, row);
    } else {
      this.#rows = [...this.#rows, ...pending].sort(compare);
    }
  }
}

function compare(a: Row, b: Row): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
