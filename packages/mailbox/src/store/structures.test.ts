import { createIdSource } from '@fauxchange/kernel';
import { Branch } from './branch.ts';
import { rangesHave, rangesWith } from './number-ranges.ts';
import { OrderedIndex } from './ordered-index.ts';

describe('OrderedIndex', () => {
  it.each(['random', 'ascending', 'descending'])('agrees with a sorted array: %s', (kind) => {
    const ids = createIdSource(`order ${kind}`);
    const index = new OrderedIndex<number>((a, b) => a - b, [5_000_000, -1]);
    let truth = [-1, 5_000_000];
    for (let step = 0; step < 4_000; step++) {
      const value = kind === 'random' ? Math.floor(ids.fraction() * 1_500) : kind === 'ascending' ? step : 4_000 - step;
      if (truth.includes(value) || ids.fraction() < 0.2) {
        const gone = ids.fraction() < 0.5 ? value : (truth[Math.floor(ids.fraction() * truth.length)] ?? value);
        expect(index.delete(gone)).toBe(truth.includes(gone));
        truth = truth.filter((one) => one !== gone);
      } else {
        index.insert(value);
        truth.push(value);
        truth.sort((a, b) => a - b);
      }
      if (step % 97) continue;
      const [offset, limit, probe] = [Math.floor(ids.fraction() * truth.length), Math.floor(ids.fraction() * 600), ids.fraction() * 4_500];
      expect([index.size, index.last(), index.slice(offset, limit)]).toEqual([truth.length, truth.at(-1), truth.slice(offset, offset + limit)]);
      expect(index.sliceFromEnd(offset, limit)).toEqual([...truth].reverse().slice(offset, offset + limit));
      expect(index.rank(probe)).toBe(truth.filter((one) => one < probe).length);
      expect([...index.beyond((one) => one > probe)]).toEqual(truth.filter((one) => one > probe));
      expect([...index]).toEqual(truth);
    }
  });
});

describe('number ranges', () => {
  it('have what was put in, in few ranges', () => {
    const ids = createIdSource('ranges');
    const truth = new Set<number>();
    let ranges: readonly number[] = [];
    for (let round = 0; round < 60; round++) {
      const more = Array.from({ length: 5 }, () => Math.floor(ids.fraction() * 200));
      for (const value of more) truth.add(value);
      ranges = rangesWith(ranges, more);
      for (let value = -1; value <= 201; value++) if (rangesHave(ranges, value) !== truth.has(value)) throw new Error(`${value} in ${ranges.join()}`);
    }
    expect(rangesWith([1, 3, 7, 9], [5, 4, 6, 20])).toEqual([1, 9, 20, 20]);
    expect(rangesHave(undefined, 1)).toBe(false);
  });
});

describe('the branch of epochs', () => {
  it.each([
    { epoch: NaN }, { epoch: '1' }, { asOf: undefined }, { asOf: -1 }, { cn: 1.5 }, { base: null }, { given: 'x' }, { given: [1] }, { given: [1, '2'] }, { given: new Array(2_000_000).fill(1) },
  ])('takes nothing for a cursor that is none: %#', (fault) => {
    const good = { epoch: 1, asOf: 1, base: 1, cn: 1, given: [1, 2] };
    expect([new Branch().holds(good), new Branch().holds({ ...good, ...fault } as typeof good)]).toEqual([true, false]);
  });

  it('holds cursors from before a restore, and none of the time that was lost', () => {
    const branch = new Branch();
    const cursor = (epoch: number, asOf: number): Parameters<Branch['holds']>[0] => ({ epoch, asOf, base: 0, cn: 0 });
    branch.restored({ epoch: 1, cn: 10 });
    expect(branch.epoch).toBe(2);
    expect([branch.holds(cursor(1, 10)), branch.holds(cursor(1, 11)), branch.holds(cursor(2, 99))]).toEqual([true, false, true]);
    branch.restored({ epoch: 2, cn: 20 });
    branch.restored({ epoch: 1, cn: 10 });
    expect([branch.holds(cursor(1, 10)), branch.holds(cursor(2, 15)), branch.holds(cursor(3, 15)), branch.holds(cursor(4, 15))]).toEqual([true, false, false, true]);
    for (let at = 0; at < 5_000; at++) branch.restored({ epoch: branch.epoch, cn: 100 + at });
    expect(branch.holds(cursor(branch.epoch, 1e9))).toBe(true);
  });
});
