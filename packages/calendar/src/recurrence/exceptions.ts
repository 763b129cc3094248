import type { TimeZone } from '../time-zone.ts';
import { dayNumber } from './recurrence.ts';
import { indexOf, occurrenceAt, seek, SeriesError } from './series.ts';
import type { Occurrence, OccurrenceException, Series } from './series.ts';

function present(series: Series, originalStart: number): Occurrence {
  const index = indexOf(series, originalStart);
  const found = index === undefined ? 'outOfRange' : occurrenceAt(series, index);
  if (found === 'outOfRange') throw new SeriesError('notAnOccurrence', 'no occurrence starts on that day');
  if (found === 'deleted') throw new SeriesError('deleted', 'that occurrence was deleted');
  return found;
}

/**
 * No two start on one day, none overlaps another, and their order stays: [MS-OXOCAL] 2.2.1.44.2. Neighbours
 * are those that are there, changed as they may be.
 */
function checkNeighbours(series: Series, index: number, { start, end }: OccurrenceException): void {
  const { zone } = series;
  const dayIn = (at: number): number => dayNumber(zone.toLocal(at));
  const before = seek(series, index - 1, -1);
  const after = seek(series, index + 1, 1);
  if (before && (dayIn(start) <= dayIn(before.start) || start < before.end)) throw new SeriesError('crossesNeighbour', 'the occurrence would reach the day of the one before it');
  if (after && (dayIn(start) >= dayIn(after.start) || end > after.start)) throw new SeriesError('crossesNeighbour', 'the occurrence would reach the day of the one after it');
}

/**
 * The series with one occurrence changed, or changed again: what `exception` leaves out is as in the series.
 *
 * @throws SeriesError `notAnOccurrence`, `deleted`, `endBeforeStart`, `crossesNeighbour`
 */
export function withException(series: Series, exception: OccurrenceException): Series {
  const { index, originalStart, start, end } = present(series, exception.originalStart);
  if (exception.end < exception.start) throw new SeriesError('endBeforeStart', 'the occurrence ends before it starts');
  // What stays where it is may stay, whatever its neighbours did.
  if (exception.start !== start || exception.end !== end) checkNeighbours(series, index, exception);
  const others = series.exceptions.filter((each) => each.originalStart !== originalStart);
  return { ...series, exceptions: [...others, { ...exception, originalStart }].sort((a, b) => a.originalStart - b.originalStart) };
}

/** The series in which that occurrence is again as the pattern has it, be it changed or deleted; the same series when it is so already. */
export function withoutException(series: Series, originalStart: number): Series {
  const index = indexOf(series, originalStart);
  if (index === undefined) return series;
  const original = originalStartOf(series, index);
  const differs = series.deleted.includes(original) || series.exceptions.some((each) => each.originalStart === original);
  if (!differs) return series;
  return { ...series, deleted: series.deleted.filter((each) => each !== original), exceptions: series.exceptions.filter((each) => each.originalStart !== original) };
}

/**
 * The series without one occurrence. When none is left, `firstOccurrence` says so.
 *
 * @throws SeriesError `notAnOccurrence`, `deleted`
 */
export function withoutOccurrence(series: Series, originalStart: number): Series {
  const { originalStart: original } = present(series, originalStart);
  return {
    ...series,
    exceptions: series.exceptions.filter((each) => each.originalStart !== original),
    deleted: [...series.deleted, original].sort((a, b) => a - b),
  };
}

/** When the occurrence of an index, from 1, would start by the pattern alone. */
export function originalStartOf(series: Series, index: number): number {
  const found = occurrenceAt({ ...series, deleted: [] }, index);
  if (typeof found === 'string') throw new SeriesError('notAnOccurrence', `no occurrence ${index}`);
  return found.originalStart;
}

/**
 * The whole days, in a zone, that an all-day event of these instants covers: from midnight to midnight, one
 * day at least.
 */
export function wholeDays(start: number, end: number, zone: TimeZone): { readonly start: number; readonly end: number } {
  const midnight = (date: number): number => zone.toUtc({ year: 1970, month: 1, day: 1 + date });
  const first = dayNumber(zone.toLocal(start));
  const last = dayNumber(zone.toLocal(Math.max(end, start)));
  const until = midnight(last) < end ? last + 1 : last;
  return { start: midnight(first), end: midnight(Math.max(until, first + 1)) };
}
