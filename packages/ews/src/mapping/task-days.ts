import { localDay, startOfDay } from '@fauxchange/mailbox';
import type { ItemTarget } from './fields.ts';
import { formatDateTime, parseDateTime } from './date-time.ts';
import type { ItemView } from './item-view.ts';

/*
 * Days of tasks float: the property holds midnight of the day as if it were UTC ([MS-OXOTASK] 2.2.2.2.4), and EWS
 * shows midnight of the caller's zone.
 */

/** The day in which a time of a request is. */
export function dayOf(text: string, { context }: ItemTarget): number {
  return localDay(parseDateTime(text, context.localOffset), context.localOffset);
}

export function formatDay(day: number | undefined, { context }: ItemView): string | undefined {
  return day === undefined ? undefined : formatDateTime(startOfDay(day, context.localOffset));
}
