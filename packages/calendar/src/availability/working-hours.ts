import { day, minute, wallTime, weekdayOf } from '../civil.ts';
import { weekdays } from '../definition.ts';
import type { Weekday } from '../definition.ts';
import { dayNumber } from '../recurrence/recurrence.ts';
import type { TimeZone } from '../time-zone.ts';

/** WorkingHours of EWS. */
export interface WorkingHours {
  readonly zone: TimeZone;
  readonly periods: readonly WorkingPeriod[];
}

export interface WorkingPeriod {
  readonly days: readonly Weekday[];
  /** After midnight, of the zone's clock; an end at or before the start is on the day after. */
  readonly startMinutes: number;
  readonly endMinutes: number;
}

/** The hours of a mailbox that has set none: 8 to 17, Monday to Friday. */
export function defaultWorkingHours(zone: TimeZone): WorkingHours {
  return { zone, periods: [{ days: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'], startMinutes: 480, endMinutes: 1020 }] };
}

const mostDays = 1000;

/** Working time within a window, of at most 1000 days, in order and joined. */
export function workingIntervals({ zone, periods }: WorkingHours, window: { readonly from: number; readonly to: number }): readonly { readonly start: number; readonly end: number }[] {
  const dayIn = (at: number): number => dayNumber(zone.toLocal(at));
  const first = dayIn(window.from) - 1;
  const last = Math.min(dayIn(window.to), first + mostDays);
  const found: { start: number; end: number }[] = [];
  for (let date = first; date <= last; date++) {
    const weekday = weekdays[weekdayOf(date)] ?? 'Sunday';
    for (const { days, startMinutes, endMinutes } of periods) {
      if (!days.includes(weekday)) continue;
      const at = (minutes: number): number => zone.toUtc(wallTime(date * day + minutes * minute));
      const start = Math.max(window.from, at(startMinutes));
      const end = Math.min(window.to, at(endMinutes <= startMinutes ? endMinutes + 1440 : endMinutes));
      if (start < end) found.push({ start, end });
    }
  }
  found.sort((a, b) => a.start - b.start);
  const joined: { start: number; end: number }[] = [];
  for (const each of found) {
    const before = joined[joined.length - 1];
    if (before && each.start <= before.end) before.end = Math.max(before.end, each.end);
    else joined.push(each);
  }
  return joined;
}

/** Whether all of a time is working time. */
export function isWorkingTime(hours: WorkingHours, start: number, end: number): boolean {
  return workingIntervals(hours, { from: start, to: Math.max(end, start + 1) }).some((each) => each.start <= start && each.end >= end);
}
