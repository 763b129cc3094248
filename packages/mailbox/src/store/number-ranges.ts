/** Sets of numbers as flat ranges [first, last, first, last, …], ascending: plain data for cursors. */
export function rangesHave(ranges: readonly number[] | undefined, value: number): boolean {
  if (ranges === undefined) return false;
  let low = 0;
  let high = ranges.length >> 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ranges[middle * 2 + 1] as number) < value) low = middle + 1;
    else high = middle;
  }
  const first = ranges[low * 2];
  return first !== undefined && first <= value;
}

/** The ranges with more numbers in them; the result shares nothing with its arguments. */
export function rangesWith(ranges: readonly number[] | undefined, values: readonly number[]): readonly number[] {
  if (values.length === 0) return ranges ?? [];
  const pairs: [number, number][] = values.map((value) => [value, value]);
  for (let at = 0; at < (ranges?.length ?? 0); at += 2) pairs.push([ranges?.[at] as number, ranges?.[at + 1] as number]);
  pairs.sort((a, b) => a[0] - b[0]);
  const merged: number[] = [];
  for (const [first, last] of pairs) {
    const end = merged.length - 1;
    if (end > 0 && first <= (merged[end] as number) + 1) merged[end] = Math.max(merged[end] as number, last);
    else merged.push(first, last);
  }
  return merged;
}
