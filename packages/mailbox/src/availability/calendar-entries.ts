import { busyStatuses, type BusyInterval, type BusyStatus } from '@fauxchange/calendar';
import { calendarView } from '../calendar/calendar-view.ts';
import { isOccurrence } from '../calendar/occurrence-item.ts';
import type { FolderId, ItemId } from '../ids.ts';
import type { Item } from '../items/item.ts';
import type { MailboxSession } from '../session/mailbox-session.ts';
import { isPrivate } from '../session/private-items.ts';

/** What free/busy tells of an appointment, or of one occurrence of a series. */
export interface CalendarEntry extends BusyInterval {
  readonly itemId: ItemId;
  readonly subject: string | undefined;
  readonly location: string | undefined;
  readonly isMeeting: boolean;
  readonly isRecurring: boolean;
  readonly isException: boolean;
  readonly isReminderSet: boolean;
  readonly isPrivate: boolean;
}

/** Beyond it the rest of a window is left out: a calendar may be hostile, too. */
const MOST_ENTRIES = 10_000;

/** The appointments of a calendar that touch the window, by start; those of series one by one. */
export async function calendarEntries(session: MailboxSession, calendarId: FolderId, window: { readonly from: number; readonly to: number }): Promise<readonly CalendarEntry[]> {
  return (await calendarView(session, calendarId, window, MOST_ENTRIES)).items.map(entryOf);
}

function entryOf(item: Item): CalendarEntry {
  const { bag } = item;
  const text = (name: 'PidTagSubject' | 'PidLidLocation'): string | undefined => (bag.get(name) as string | undefined) || undefined;
  return {
    itemId: item.id,
    start: Number(bag.get('PidLidAppointmentStartWhole') ?? 0),
    end: Number(bag.get('PidLidAppointmentEndWhole') ?? 0),
    status: busyStatusOf(bag.get('PidLidBusyStatus')),
    subject: text('PidTagSubject'),
    location: text('PidLidLocation'),
    isMeeting: (Number(bag.get('PidLidAppointmentStateFlags') ?? 0) & 1) !== 0,
    isRecurring: isOccurrence(item),
    isException: isOccurrence(item) && item.occurrence.exception !== undefined,
    isReminderSet: bag.get('PidLidReminderSet') === true,
    isPrivate: isPrivate(item),
  };
}

/** PidLidBusyStatus by its name; what says nothing is busy. */
export function busyStatusOf(value: unknown): BusyStatus {
  return busyStatuses[value as 0] ?? 'Busy';
}
