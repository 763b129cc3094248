import { dateSequence } from '@fauxchange/calendar';
import { isOccurrence, occurrenceItemAt, seriesOf, type Item, type MailboxSession, type OccurrenceItem } from '@fauxchange/mailbox';
import type { EwsContext } from './context.ts';
import { EwsError } from './errors.ts';
import { getItem } from './items.ts';
import { kindOfClass } from './mapping/item-kind.ts';
import { openChangeKey, openId, openStore, resolveItem, type ItemIdEntry } from './resolve.ts';
import type { ResponseCodeType } from './schema/types.generated.ts';

/** An item that a request names, where it is: of a series perhaps one occurrence. */
export interface OpenedItem {
  readonly session: MailboxSession;
  readonly item: Item;
  /** The change key that came with the id, as a change number. */
  readonly cn: number | undefined;
}

function found(item: OccurrenceItem | 'deleted' | 'outOfRange'): OccurrenceItem {
  if (item === 'deleted') throw new EwsError('ErrorCalendarOccurrenceIsDeletedFromRecurrence');
  if (item === 'outOfRange') throw new EwsError('ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange');
  return item;
}

/** The occurrence of an index from 1. */
function occurrenceOf(master: Item, index: number, otherwise: ResponseCodeType): OccurrenceItem {
  const series = kindOfClass(master.itemClass) === 'CalendarItem' ? seriesOf(master) : undefined;
  if (!series) throw new EwsError(otherwise);
  return found(occurrenceItemAt(master, series, index));
}

/** The occurrence whose id says that it was on that day, whatever has become of it; ErrorItemNotFound where the series has none any more. */
function occurrenceOn(master: Item, day: number): OccurrenceItem {
  const series = seriesOf(master);
  if (!series) throw new EwsError('ErrorItemNotFound');
  const dates = dateSequence(series.recurrence);
  const index = dates.indexFrom(day);
  if (index >= dates.length || dates.dayAt(index) !== day) throw new EwsError('ErrorItemNotFound');
  const item = occurrenceItemAt(master, series, index + 1);
  if (typeof item === 'string') throw new EwsError('ErrorItemNotFound');
  return item;
}

async function openById(id: { readonly Id: string; readonly ChangeKey?: string | undefined }, context: EwsContext): Promise<OpenedItem> {
  const opened = openId(id.Id);
  if (opened.kind !== 'occurrence') {
    const { session, itemId, cn } = resolveItem(['ItemId', id], context);
    return { session, item: await getItem(session, itemId), cn };
  }
  const session = openStore(opened, context);
  return { session, item: occurrenceOn(await getItem(session, opened.itemId), opened.day), cn: openChangeKey(id.ChangeKey) };
}

/** Opens what any of the three kinds of item ids names. */
export async function openItem([kind, id]: ItemIdEntry, context: EwsContext): Promise<OpenedItem> {
  if (kind === 'ItemId') return openById(id, context);
  if (kind === 'OccurrenceItemId') {
    const { session, item, cn } = await openById({ Id: id.RecurringMasterId, ChangeKey: id.ChangeKey }, context);
    if (isOccurrence(item)) throw new EwsError('ErrorCalendarCannotUseIdForRecurringMasterId');
    return { session, item: occurrenceOf(item, id.InstanceIndex, 'ErrorCalendarCannotUseIdForRecurringMasterId'), cn };
  }
  if (kind === 'RecurringMasterItemId') {
    const { session, item, cn } = await openById({ Id: id.OccurrenceId, ChangeKey: id.ChangeKey }, context);
    if (!isOccurrence(item)) throw new EwsError('ErrorCalendarCannotUseIdForOccurrenceId');
    return { session, item: item.master, cn };
  }
  throw new EwsError('ErrorInvalidIdMalformed');
}
