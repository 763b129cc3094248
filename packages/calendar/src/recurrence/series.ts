import { day, wallMilliseconds, wallTime } from '../civil.ts';
import { firstNotBefore } from '../sorted.ts';
import type { TimeZone } from '../time-zone.ts';
import { dateSequence, leastGap } from './date-sequence.ts';
import type { DateSequence } from './date-sequence.ts';
import { checkRecurrence, dayNumber, RecurrenceError } from './recurrence.ts';
import type { Recurrence } from './recurrence.ts';

/** What an exception may say otherwise than its series, [MS-OXOCAL] 2.2.1.44.2; what is undefined is as in the series. */
export interface ExceptionOverrides {
  readonly subject?: string | undefined;
  readonly location?: string | undefined;
  /** [MS-OXOCAL] 2.2.1.2 PidLidBusyStatus: 0 free, 1 tentative, 2 busy, 3 out of office, 4 working elsewhere. */
  readonly busyStatus?: number | undefined;
  readonly isReminderSet?: boolean | undefined;
  readonly reminderMinutes?: number | undefined;
  readonly isAllDay?: boolean | undefined;
  /** PidLidAppointmentStateFlags. */
  readonly meetingState?: number | undefined;
  readonly hasAttachments?: boolean | undefined;
  readonly hasOwnBody?: boolean | undefined;
  readonly color?: number | undefined;
}

/** An occurrence that was changed. Instants are milliseconds since 1970 UTC. */
export interface OccurrenceException extends ExceptionOverrides {
  /** When it would have started. */
  readonly originalStart: number;
  readonly start: number;
  readonly end: number;
}

/** An appointment that recurs. A plain value; made by `createSeries`, which checks it. */
export interface Series {
  readonly recurrence: Recurrence;
  /** Of the first occurrence of the pattern, be it deleted or changed. */
  readonly start: number;
  readonly end: number;
  /** In whose clock the occurrences have the same time of day. */
  readonly zone: TimeZone;
  /** By original start. */
  readonly exceptions: readonly OccurrenceException[];
  /** Original starts of what was deleted, ascending. */
  readonly deleted: readonly number[];
}

export interface Occurrence {
  /** From 1, as InstanceIndex of EWS; deleted ones count. */
  readonly index: number;
  readonly originalStart: number;
  readonly start: number;
  readonly end: number;
  readonly exception?: OccurrenceException | undefined;
}

export type SeriesFault =
  /** No occurrence of the pattern starts there. */
  | 'notAnOccurrence'
  | 'deleted'
  | 'endBeforeStart'
  /** It would reach the day of the one before or after, or beyond. */
  | 'crossesNeighbour'
  /** One occurrence would last until the next. */
  | 'timeSpanTooBig';

export class SeriesError extends Error {
  override readonly name = 'SeriesError';
  readonly reason: SeriesFault;
  constructor(reason: SeriesFault, message: string) {
    super(message);
    this.reason = reason;
  }
}

interface Shape {
  readonly dates: DateSequence;
  /** Milliseconds from midnight on the wall clock. */
  readonly startOffset: number;
  readonly wallDuration: number;
}

function shapeOf({ recurrence, start, end, zone }: Pick<Series, 'recurrence' | 'start' | 'end' | 'zone'>): Shape {
  const wall = wallMilliseconds(zone.toLocal(start));
  return { dates: dateSequence(recurrence), startOffset: ((wall % day) + day) % day, wallDuration: wallMilliseconds(zone.toLocal(end)) - wall };
}

function regular({ zone }: Pick<Series, 'zone'>, { dates, startOffset, wallDuration }: Shape, index: number): Occurrence {
  const wall = dates.dayAt(index) * day + startOffset;
  const start = zone.toUtc(wallTime(wall));
  const end = wallDuration === 0 ? start : zone.toUtc(wallTime(wall + wallDuration));
  // Where a start was moved on, out of a gap of the clock, its end may not have been.
  return { index: index + 1, originalStart: start, start, end: end < start || (end === start && wallDuration > 0) ? start + wallDuration : end };
}

/** The index from 0 of the occurrence whose original start is on that day; undefined for none. */
function positionOf({ zone }: Pick<Series, 'zone'>, { dates }: Shape, originalStart: number): number | undefined {
  if (!Number.isFinite(originalStart)) return undefined;
  const date = dayNumber(zone.toLocal(originalStart));
  const index = dates.indexFrom(date);
  return index < dates.length && dates.dayAt(index) === date ? index : undefined;
}

const isIn = (sorted: readonly number[], value: number): boolean => sorted[firstNotBefore(sorted, (each) => each < value)] === value;

function exceptionAt(exceptions: readonly OccurrenceException[], originalStart: number): OccurrenceException | undefined {
  const found = exceptions[firstNotBefore(exceptions, (each) => each.originalStart < originalStart)];
  return found?.originalStart === originalStart ? found : undefined;
}

const changed = (index: number, exception: OccurrenceException): Occurrence => ({ index, originalStart: exception.originalStart, start: exception.start, end: exception.end, exception });

export interface SeriesOptions {
  readonly recurrence: Recurrence;
  /** Only its time of day counts: the date is that of the recurrence's first occurrence. */
  readonly start: number;
  readonly end: number;
  readonly zone: TimeZone;
  readonly exceptions?: readonly OccurrenceException[] | undefined;
  readonly deleted?: readonly number[] | undefined;
}

/**
 * A series, checked: the start is moved to the first date of the pattern, exceptions and deletions are sorted,
 * and those dropped that belong to no occurrence (as after a change of the pattern).
 *
 * @throws RecurrenceError, SeriesError `endBeforeStart` or `timeSpanTooBig`
 * @example
 * const series = createSeries({
 *   recurrence: { pattern: { kind: 'daily', interval: 1 }, start: { year: 2026, month: 3, day: 28 }, range: { kind: 'numbered', count: 3 } },
 *   start: Date.UTC(2026, 2, 28, 8), end: Date.UTC(2026, 2, 28, 9), zone,
 * });
 * occurrences(series, { from: series.start, to: Infinity }, 100).length; // 3
 */
export function createSeries({ recurrence, start, end, zone, exceptions = [], deleted = [] }: SeriesOptions): Series {
  checkRecurrence(recurrence);
  if (end < start) throw new SeriesError('endBeforeStart', 'the appointment ends before it starts');
  const shape = shapeOf({ recurrence, start, end, zone });
  if (shape.dates.length === 0) throw new RecurrenceError('noOccurrences', 'no date of the pattern lies within the range');
  if (shape.wallDuration > leastGap(recurrence) * day) throw new SeriesError('timeSpanTooBig', 'an occurrence lasts until after the next one starts');
  const first = regular({ zone }, shape, 0);
  const canonical = (originalStart: number): number | undefined => {
    const index = positionOf({ zone }, shape, originalStart);
    return index === undefined ? undefined : regular({ zone }, shape, index).originalStart;
  };
  const kept = new Map<number, OccurrenceException>();
  for (const exception of exceptions) {
    const originalStart = canonical(exception.originalStart);
    if (originalStart !== undefined) kept.set(originalStart, { ...exception, originalStart });
  }
  const gone = new Set(deleted.map(canonical).filter((each) => each !== undefined && !kept.has(each)));
  return {
    recurrence,
    start: first.start,
    end: first.end,
    zone,
    exceptions: [...kept.values()].sort((a, b) => a.originalStart - b.originalStart),
    deleted: ([...gone] as number[]).sort((a, b) => a - b),
  };
}

/**
 * What of the series overlaps the window (`to` excluded), by start, at most `limit`. Costs what it answers,
 * wherever the window lies. An occurrence that takes no time is in the window when it starts there.
 */
export function occurrences(series: Series, window: { readonly from: number; readonly to: number }, limit: number): readonly Occurrence[] {
  const { from, to } = window;
  const shape = shapeOf(series);
  const touches = ({ start, end }: { start: number; end: number }): boolean => start < to && (end > from || (start === end && start >= from));
  const found: Occurrence[] = series.exceptions.filter(touches).map((each) => changed((positionOf(series, shape, each.originalStart) ?? 0) + 1, each));
  // A day of leeway each way for what the zone's clock is off.
  const earliest = Math.floor((Math.max(from, series.start) - shape.wallDuration) / day) - 2;
  let room = limit;
  for (let index = shape.dates.indexFrom(earliest); index < shape.dates.length && room > 0; index++) {
    if ((shape.dates.dayAt(index) - 2) * day > to) break;
    const occurrence = regular(series, shape, index);
    if (occurrence.start >= to) break;
    if (!touches(occurrence) || isIn(series.deleted, occurrence.originalStart) || exceptionAt(series.exceptions, occurrence.originalStart)) continue;
    found.push(occurrence);
    room--;
  }
  return found.sort((a, b) => a.start - b.start || a.index - b.index).slice(0, limit);
}

/** The occurrence of an InstanceIndex of EWS, or why there is none. */
export function occurrenceAt(series: Series, index: number): Occurrence | 'deleted' | 'outOfRange' {
  const shape = shapeOf(series);
  if (!Number.isInteger(index) || index < 1 || index > shape.dates.length) return 'outOfRange';
  const occurrence = regular(series, shape, index - 1);
  if (isIn(series.deleted, occurrence.originalStart)) return 'deleted';
  const exception = exceptionAt(series.exceptions, occurrence.originalStart);
  return exception ? changed(index, exception) : occurrence;
}

/** The index, from 1, of what originally starts on the day of this instant in the series' zone, deleted or not; undefined for none. */
export function indexOf(series: Series, originalStart: number): number | undefined {
  const index = positionOf(series, shapeOf(series), originalStart);
  return index === undefined ? undefined : index + 1;
}

/** How many occurrences the pattern has, deleted ones too; undefined where there is no end. */
export function occurrenceCount({ recurrence }: Series): number | undefined {
  return recurrence.range.kind === 'noEnd' ? undefined : dateSequence(recurrence).length;
}

/** The first that is not deleted; undefined when all are. */
export function firstOccurrence(series: Series): Occurrence | undefined {
  return seek(series, 1, 1);
}

/** The last that is not deleted; undefined when all are, and where there is no end. */
export function lastOccurrence(series: Series): Occurrence | undefined {
  const count = occurrenceCount(series);
  return count === undefined ? undefined : seek(series, count, -1);
}

/** From an index on, in one direction, the first that is there. */
export function seek(series: Series, from: number, step: 1 | -1): Occurrence | undefined {
  for (let index = from; ; index += step) {
    const found = occurrenceAt(series, index);
    if (found === 'outOfRange') return undefined;
    if (found !== 'deleted') return found;
  }
}
