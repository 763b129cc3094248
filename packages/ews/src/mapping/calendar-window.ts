import type { CalendarWindow } from '@fauxchange/mailbox';
import type { EwsContext } from '../context.ts';
import { EwsError } from '../errors.ts';
import type { CalendarViewType, FindItemType } from '../schema/types.generated.ts';
import { parseDateTime } from './date-time.ts';

/** A calendar view has its own order and its own range: it goes with no restriction, no order and no groups. */
export function checkCalendarView({ Restriction, QueryString, SortOrder, GroupBy, DistinguishedGroupBy, Traversal, CalendarView }: FindItemType): void {
  if (Restriction ?? QueryString ?? SortOrder) throw new EwsError('ErrorInvalidOperation', 'Restrictions and sort order may not be specified for a CalendarView.');
  if (GroupBy ?? DistinguishedGroupBy) throw new EwsError('ErrorInvalidArgument', 'A CalendarView is not grouped.');
  if (Traversal !== 'Shallow') throw new EwsError('ErrorInvalidOperation', 'A CalendarView is of what is in the folder itself.');
  const most = CalendarView?.MaxEntriesReturned;
  if (most !== undefined && most < 1) throw new EwsError('ErrorInvalidPagingMaxRows');
}

/** Documentation of ErrorCalendarViewRangeTooBig. */
const years = 2;

export function calendarWindow({ StartDate, EndDate }: CalendarViewType, { localOffset }: EwsContext): CalendarWindow {
  // The least and the greatest date that .NET knows: documentation of ErrorValueOutOfRange.
  for (const date of [StartDate, EndDate]) if (/^(0001-01-01T00:00:00|9999-12-31T23:59:59)/.test(date)) throw new EwsError('ErrorValueOutOfRange');
  const from = parseDateTime(StartDate, localOffset);
  const to = parseDateTime(EndDate, localOffset);
  if (to < from) throw new EwsError('ErrorCalendarEndDateIsEarlierThanStartDate');
  const latest = new Date(from);
  latest.setUTCFullYear(latest.getUTCFullYear() + years);
  if (to > latest.getTime()) throw new EwsError('ErrorCalendarViewRangeTooBig');
  // What ends as the view begins is in it (seen on real servers: the suite of exchangelib).
  return { from: from - 1, to };
}
