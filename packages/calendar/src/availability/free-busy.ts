import { minute } from '../civil.ts';

/** As LegacyFreeBusyStatus of EWS has them, and PidLidBusyStatus, whose numbers the first five are. */
export const busyStatuses = ['Free', 'Tentative', 'Busy', 'OOF', 'WorkingElsewhere', 'NoData'] as const;
export type BusyStatus = (typeof busyStatuses)[number];

/** Milliseconds since 1970 UTC; `end` is not part of it. */
export interface BusyInterval {
  readonly start: number;
  readonly end: number;
  readonly status: BusyStatus;
}

/** Which of several at one time is told: who works elsewhere can be met, so that any other says more. */
const strength: { readonly [K in BusyStatus]: number } = { Free: 0, WorkingElsewhere: 1, Tentative: 2, Busy: 3, OOF: 4, NoData: 5 };

export function strongest(a: BusyStatus, b: BusyStatus): BusyStatus {
  return strength[a] >= strength[b] ? a : b;
}

/** The intervals of a window, without overlaps and with equal neighbours joined, in order; what is free is left out. */
export function mergeBusy(intervals: readonly BusyInterval[], window: { readonly from: number; readonly to: number }): readonly BusyInterval[] {
  const edges = intervals
    .map(({ start, end, status }) => ({ start: Math.max(start, window.from), end: Math.min(end, window.to), status }))
    .filter(({ start, end, status }) => start < end && status !== 'Free')
    .flatMap(({ start, end, status }) => [
      { at: start, status, change: 1 },
      { at: end, status, change: -1 },
    ])
    .sort((a, b) => a.at - b.at);
  const open = new Map<BusyStatus, number>();
  const merged: { start: number; end: number; status: BusyStatus }[] = [];
  let since = window.from;
  for (const { at, status, change } of edges) {
    if (at > since) {
      const held = [...open].filter(([, count]) => count > 0).map(([each]) => each);
      const now = held.reduce<BusyStatus>(strongest, 'Free');
      const last = merged[merged.length - 1];
      if (now !== 'Free' && last?.end === since && last.status === now) last.end = at;
      else if (now !== 'Free') merged.push({ start: since, end: at, status: now });
      since = at;
    }
    open.set(status, (open.get(status) ?? 0) + change);
  }
  return merged;
}

export interface MergedOptions {
  readonly from: number;
  readonly to: number;
  /** 30 by default. */
  readonly intervalMinutes?: number | undefined;
  /** For clients of Exchange 2010 and before, and ActiveSync: 4 is no data, and who works elsewhere is free. */
  readonly isLegacy?: boolean | undefined;
}

const mostDigits = 65_536;

/**
 * MergedFreeBusy: a digit for each interval from the window's start, the last one perhaps for less; each says
 * the most that is said in its time ([MS-ASCMD] 2.2.3.107). 0 free, 1 tentative, 2 busy, 3 out of office, 4 working
 * elsewhere, 5 no data. At most 65,536 digits.
 *
 * @example
 * mergedFreeBusy([{ start: nine, end: nine + 5 * 60_000, status: 'OOF' }], { from: nine, to: nine + 3_600_000 }); // '30'
 */
export function mergedFreeBusy(intervals: readonly BusyInterval[], { from, to, intervalMinutes = 30, isLegacy = false }: MergedOptions): string {
  const size = intervalMinutes * minute;
  if (!(size > 0) || !(to > from)) return '';
  const digits = new Array<BusyStatus>(Math.min(mostDigits, Math.ceil((to - from) / size))).fill('Free');
  for (const { start, end, status } of mergeBusy(intervals, { from, to })) {
    const last = Math.min(digits.length - 1, Math.ceil((end - from) / size) - 1);
    for (let i = Math.floor((start - from) / size); i <= last; i++) digits[i] = strongest(digits[i] ?? 'Free', status);
  }
  const digitOf = (status: BusyStatus): number => (isLegacy && status === 'NoData' ? 4 : isLegacy && status === 'WorkingElsewhere' ? 0 : busyStatuses.indexOf(status));
  return digits.map(digitOf).join('');
}
