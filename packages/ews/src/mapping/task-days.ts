import { localDay } from '@fauxchange/mailbox';
import type { EwsContext } from '../context.ts';
import { formatDateTime, formatLocalTime, parseDateTime } from './date-time.ts';
import type { ItemView } from './item-view.ts';

/*
 * Days of tasks float: the property holds midnight of the day as if it were UTC ([MS-OXOTASK] 2.2.2.2.4), and EWS
 * shows midnight of the caller's zone: with its offset where the TimeZoneContext header tells the zone, as exchangelib's suite expects.
 */

/** The day in which a time of a request is. */
export function dayOf(text: string, { localOffset }: EwsContext): number {
  return localDay(parseDateTime(text, localOffset), localOffset);
}

export function formatDay(day: number | undefined, { context }: ItemView): string | undefined {
  if (day === undefined) return undefined;
  return context.zone ? formatLocalTime(day, context.localOffset(day)) : formatDateTime(day);
}
