import type { ItemTarget } from './fields.ts';
import { formatDateTime, parseDateTime } from './date-time.ts';
import type { ItemView } from './item-view.ts';

/**
 * Days of tasks float: the property holds midnight of the day as if it were UTC ([MS-OXOTASK] 2.2.2.2.4), and EWS
 * shows midnight of the caller's zone.
 */
const msPerDay = 86_400_000;
type LocalOffset = (localMs: number) => number;

/** Local time of an instant, as if it were UTC. */
export function localTime(instant: number, offset: LocalOffset): number {
  // The offset is known by local time: the second look is right except inside the hour that a clock skips.
  const near = instant + offset(instant) * 60_000;
  return instant + offset(near) * 60_000;
}

/** The day in which a time of a request is. */
export function dayOf(text: string, { context }: ItemTarget): number {
  return Math.floor(localTime(parseDateTime(text, context.localOffset), context.localOffset) / msPerDay) * msPerDay;
}

/** The instant at which a floating day begins for the caller. */
export function startOfDay(day: number, offset: LocalOffset): number {
  return day - offset(day) * 60_000;
}

export function formatDay(day: number | undefined, { context }: ItemView): string | undefined {
  return day === undefined ? undefined : formatDateTime(startOfDay(day, context.localOffset));
}
