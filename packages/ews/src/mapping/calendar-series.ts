import { dayNumber, firstOccurrence, lastOccurrence, occurrenceCount, type Occurrence, type Series } from '@fauxchange/calendar';
import { isOccurrence, isRecurring, seriesOf } from '@fauxchange/mailbox';
import type { CalendarItemTypeType, DeletedOccurrenceInfoType, NonEmptyArrayOfDeletedOccurrencesType, NonEmptyArrayOfOccurrenceInfoType, OccurrenceInfoType } from '../schema/types.generated.ts';
import { encodeChangeKey } from '../ids/change-key.ts';
import { encodeOccurrenceId } from '../ids/ews-id.ts';
import { formatDateTime } from './date-time.ts';
import type { ItemView } from './item-view.ts';

/** The series of which the item shown is the master. */
export function masterSeries({ item }: ItemView): Series | undefined {
  return isOccurrence(item) ? undefined : seriesOf(item);
}

export function calendarItemType({ item }: ItemView): CalendarItemTypeType {
  if (isOccurrence(item)) return item.occurrence.exception ? 'Exception' : 'Occurrence';
  return isRecurring(item) ? 'RecurringMaster' : 'Single';
}

function occurrenceInfo({ placed, owner, context }: ItemView, series: Series, { start, end, originalStart }: Occurrence): OccurrenceInfoType | undefined {
  if (!placed) return undefined;
  const day = dayNumber(series.zone.toLocal(originalStart));
  const time = (at: number): string => formatDateTime(at, context.precision);
  return {
    ItemId: { Id: encodeOccurrenceId(owner, placed.folderId, placed.id, day), ChangeKey: encodeChangeKey('calendarItem', owner, placed.cn) },
    Start: time(start), End: time(end), OriginalStart: time(originalStart),
  };
}

export function firstOccurrenceInfo(view: ItemView): OccurrenceInfoType | undefined {
  const series = masterSeries(view);
  const first = series && firstOccurrence(series);
  return first && occurrenceInfo(view, series, first);
}

/** Absent for a series without an end. */
export function lastOccurrenceInfo(view: ItemView): OccurrenceInfoType | undefined {
  const series = masterSeries(view);
  const last = series && occurrenceCount(series) !== undefined ? lastOccurrence(series) : undefined;
  return last && series && occurrenceInfo(view, series, last);
}

export function modifiedOccurrences(view: ItemView): NonEmptyArrayOfOccurrenceInfoType | undefined {
  const series = masterSeries(view);
  const infos = series?.exceptions.flatMap(({ originalStart, start, end }) => occurrenceInfo(view, series, { index: 0, originalStart, start, end }) ?? []) ?? [];
  return infos.length > 0 ? { Occurrence: infos } : undefined;
}

export function deletedOccurrences(view: ItemView): NonEmptyArrayOfDeletedOccurrencesType | undefined {
  const deleted: readonly DeletedOccurrenceInfoType[] = masterSeries(view)?.deleted.map((at) => ({ Start: formatDateTime(at, view.context.precision) })) ?? [];
  return deleted.length > 0 ? { DeletedOccurrence: deleted } : undefined;
}
