/** How far back each FilterType goes, [MS-ASCMD] 2.2.3.68.2; 8 is for tasks and has no time. */
const days: Readonly<Record<number, number>> = { 1: 1, 2: 3, 3: 7, 4: 14 };
const months: Readonly<Record<number, number>> = { 5: 1, 6: 3, 7: 6 };

/** The beginning of a filter's time, ms since 1970 UTC; undefined: everything. */
export function filterStart(filterType: number, now: number): number | undefined {
  const back = days[filterType];
  if (back !== undefined) return now - back * 86_400_000;
  const backMonths = months[filterType];
  if (backMonths === undefined) return undefined;
  const start = new Date(now);
  start.setUTCMonth(start.getUTCMonth() - backMonths);
  return start.getTime();
}
