/** Of what is sorted the index of the first that does not come before, which is the length when all do. */
export function firstNotBefore<T>(sorted: readonly T[], isBefore: (each: T) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(sorted[middle] as T)) low = middle + 1;
    else high = middle;
  }
  return low;
}
