import { minute } from '../civil.ts';
import { civilDate, dayNumber } from '../recurrence/recurrence.ts';
import type { CivilDate } from '../recurrence/recurrence.ts';
import { firstNotBefore } from '../sorted.ts';
import type { TimeZone } from '../time-zone.ts';
import { mergeBusy, strongest } from './free-busy.ts';
import type { BusyInterval, BusyStatus } from './free-busy.ts';
import { workingIntervals } from './working-hours.ts';
import type { WorkingHours } from './working-hours.ts';

/** Best first. */
export const suggestionQualities = ['Excellent', 'Good', 'Fair', 'Poor'] as const;
export type SuggestionQuality = (typeof suggestionQualities)[number];

/** Who is asked; `intervals` undefined when nothing is known of them. */
export interface SuggestionAttendee {
  readonly intervals?: readonly BusyInterval[] | undefined;
  readonly workingHours?: WorkingHours | undefined;
}

/** SuggestionsViewOptions of EWS. */
export interface SuggestionOptions {
  readonly zone: TimeZone;
  /** The days asked for; `to` is not part of them. */
  readonly from: number;
  readonly to: number;
  readonly durationMinutes: number;
  /** From one start to the next; 30 by default. */
  readonly stepMinutes?: number | undefined;
  /** 0 to 50: what, on top of half of the attendees, makes a good time. 25 by default. */
  readonly goodThreshold?: number | undefined;
  readonly minimumQuality?: SuggestionQuality | undefined;
  /** A day; 10 by default. */
  readonly maximumResults?: number | undefined;
  /** Of these, outside of working hours; 0 by default. */
  readonly maximumOutsideWorkingHours?: number | undefined;
  /** Times before it are past. */
  readonly now?: number | undefined;
}

export interface Suggestion {
  readonly start: number;
  readonly isWorkTime: boolean;
  readonly quality: SuggestionQuality;
  /** By attendee, in their order. */
  readonly conflicts: readonly BusyStatus[];
}

export interface SuggestionDay {
  readonly date: CivilDate;
  /** Of its best time; `Poor` when it has none. */
  readonly quality: SuggestionQuality;
  readonly suggestions: readonly Suggestion[];
}

/**
 * All free is Excellent, half and the threshold or more Good, half or more Fair. Of whom nothing is known is
 * not counted, and nobody is all.
 */
export function suggestionQuality(conflicts: readonly BusyStatus[], goodThreshold = 25): SuggestionQuality {
  const known = conflicts.filter((each) => each !== 'NoData');
  const available = known.filter((each) => each === 'Free' || each === 'WorkingElsewhere').length;
  if (available === known.length) return 'Excellent';
  const percent = (available / known.length) * 100;
  return percent >= goodThreshold + 50 ? 'Good' : percent >= 50 ? 'Fair' : 'Poor';
}

/** Of sorted intervals without overlaps the first that ends after an instant. */
const firstAfter = (sorted: readonly { readonly end: number }[], at: number): number => firstNotBefore(sorted, ({ end }) => end <= at);

function statusIn(sorted: readonly BusyInterval[] | undefined, start: number, end: number): BusyStatus {
  if (!sorted) return 'NoData';
  let status: BusyStatus = 'Free';
  for (let i = firstAfter(sorted, start); i < sorted.length; i++) {
    const each = sorted[i];
    if (!each || each.start >= end) break;
    status = strongest(status, each.status);
  }
  return status;
}

const mostDays = 62;
const mostSteps = 1440;

/**
 * Times at which a meeting could be, day by day of the zone: the best first, equal ones in order. A time is
 * working time when it is so for all whose hours are known. At most 62 days.
 *
 * @example
 * suggestTimes([{ intervals: busyOfAnna }, { intervals: busyOfBen }], { zone, from, to, durationMinutes: 60 });
 */
export function suggestTimes(attendees: readonly SuggestionAttendee[], options: SuggestionOptions): readonly SuggestionDay[] {
  const { zone, from, to, durationMinutes, goodThreshold, minimumQuality = 'Fair', maximumResults = 10, maximumOutsideWorkingHours = 0, now = -Infinity } = options;
  const step = Math.max(1, options.stepMinutes ?? 30);
  const window = { from, to: to + durationMinutes * minute };
  const busy = attendees.map(({ intervals }) => intervals && mergeBusy(intervals, window));
  const hours = attendees.flatMap(({ workingHours }) => (workingHours ? [workingIntervals(workingHours, window)] : []));
  const worst = suggestionQualities.indexOf(minimumQuality);

  const suggestionAt = (start: number): Suggestion => {
    const end = start + durationMinutes * minute;
    const conflicts = busy.map((each) => statusIn(each, start, end));
    const isWorkTime = hours.every((each) => {
      const period = each[firstAfter(each, start)];
      return period !== undefined && period.start <= start && period.end >= end;
    });
    return { start, isWorkTime, quality: suggestionQuality(conflicts, goodThreshold), conflicts };
  };
  const dayOf = (date: number): SuggestionDay => {
    // What the clock skips would be there twice.
    const starts = new Set<number>();
    for (let i = 0, minutes = 0; minutes < 1440 && i < mostSteps; i++, minutes = i * step) {
      const start = zone.toUtc({ year: 1970, month: 1, day: 1 + date, minute: minutes });
      if (start >= from && start < to && start >= now) starts.add(start);
    }
    const all = [...starts].map(suggestionAt);
    const rank = ({ quality }: Suggestion): number => suggestionQualities.indexOf(quality);
    const fitting = all.filter((each) => rank(each) <= worst).sort((a, b) => rank(a) - rank(b) || a.start - b.start);
    const outside = fitting.filter(({ isWorkTime }) => !isWorkTime).slice(0, maximumOutsideWorkingHours);
    const suggestions = fitting.filter((each) => each.isWorkTime || outside.includes(each)).slice(0, maximumResults);
    return { date: civilDate(date), quality: suggestions[0]?.quality ?? 'Poor', suggestions };
  };
  if (!(to > from)) return [];
  const first = dayNumber(zone.toLocal(from));
  const last = Math.min(dayNumber(zone.toLocal(to - 1)), first + mostDays - 1);
  return Array.from({ length: last - first + 1 }, (_, i) => dayOf(first + i));
}
