import { occurrences, type Occurrence, type Series } from '@fauxchange/calendar';
import type { Item, Properties } from '../items/item.ts';
import { valueOf } from '../items/value-of.ts';
import type { FolderId } from '../ids.ts';
import type { OrderSpec } from '../search/restriction.ts';
import type { MailboxSession } from '../session/mailbox-session.ts';
import { seriesOf } from './appointment.ts';
import { isOccurrence, masterOf, occurrenceItem } from './occurrence-item.ts';

const minute = 60_000;
const page = 200;

/** A reminder that has not been dismissed. */
export interface Reminder {
  /** An appointment, an occurrence of a series, or a task. */
  readonly item: Item;
  readonly isTask: boolean;
  /** When it rings; milliseconds since 1970 UTC, as the others. */
  readonly at: number;
  readonly start: number;
  readonly end: number;
}

const numberIn = (item: Item, name: Parameters<typeof valueOf>[1]): number | undefined => {
  const value = valueOf(item, name);
  return typeof value === 'number' ? value : undefined;
};

/** The reminder of the first occurrence that starts at that time or later; undefined where none does. */
function pendingOccurrence(series: Series, isSet: boolean, from: number): Occurrence | undefined {
  // Those that ring for themselves, or do not, are few: the first of some is among them.
  const most = series.exceptions.length + 1;
  return occurrences(series, { from, to: Infinity }, most + 1).find(({ start, exception }) => start >= from && (exception?.isReminderSet ?? isSet));
}

/**
 * The properties of a series' reminder: it rings for its next occurrence, [MS-OXORMDR] 2.2.1.1 to 2.2.1.4. After the
 * last it rings no more.
 */
export function seriesReminder(series: Series, minutesBefore: number, from: number): Properties {
  const next = pendingOccurrence(series, true, from);
  if (!next) return { PidLidReminderSet: false };
  const before = next.exception?.reminderMinutes ?? minutesBefore;
  return { PidLidReminderSet: true, PidLidReminderTime: next.start, PidLidReminderSignalTime: next.start - before * minute };
}

/**
 * The properties of an appointment's reminder: it goes off that long before the start; of a series, before its next
 * occurrence, and of one that is over, before its first: it keeps what was set (seen on real servers: the suite of exchangelib).
 */
export function appointmentReminder({ start, minutesBefore, isSet, series }: { readonly start: number; readonly minutesBefore: number; readonly isSet: boolean; readonly series: Series | undefined }, now: number): Properties {
  const own: Properties = { PidLidReminderTime: start, PidLidReminderSignalTime: start - minutesBefore * minute };
  if (!series || !isSet || !pendingOccurrence(series, true, now)) return own;
  return { ...own, ...seriesReminder(series, minutesBefore, now) };
}

function reminderOf(item: Item, isTask: boolean): Reminder | undefined {
  const at = numberIn(item, 'PidLidReminderSignalTime');
  if (at === undefined) return undefined;
  if (isTask) {
    const due = numberIn(item, 'PidLidCommonEnd') ?? numberIn(item, 'PidLidReminderTime') ?? at;
    return { item, isTask, at, start: numberIn(item, 'PidLidCommonStart') ?? due, end: due };
  }
  const series = seriesOf(item);
  const due = numberIn(item, 'PidLidReminderTime');
  const pending = series && due !== undefined ? occurrences(series, { from: due, to: due + minute }, 2).find(({ start }) => start === due) : undefined;
  const shown = series && pending ? occurrenceItem(item, series, pending) : item;
  const start = numberIn(shown, 'PidLidAppointmentStartWhole') ?? at;
  return { item: shown, isTask, at, start, end: numberIn(shown, 'PidLidAppointmentEndWhole') ?? start };
}

/** Those that ring at all come first, by their time. */
const bySignal: OrderSpec = [{ property: 'PidLidReminderSet', descending: true }, { property: 'PidLidReminderSignalTime', descending: false }];

async function* inFolder(session: MailboxSession, folderId: FolderId, until: number, isTask: boolean): AsyncGenerator<Reminder> {
  for (let offset = 0; ; offset += page) {
    const { items, isLast } = await session.query([folderId], { order: bySignal, offset, limit: page });
    for (const item of items) {
      if (valueOf(item, 'PidLidReminderSet') !== true) return;
      const reminder = reminderOf(item, isTask);
      if (reminder && reminder.at > until) return;
      if (reminder) yield reminder;
    }
    if (isLast) return;
  }
}

/**
 * The reminders of a mailbox's calendar and tasks that ring until then, by the time at which they ring.
 *
 * @example
 * const due = await remindersUntil(session, clock.now());
 */
export async function remindersUntil(session: MailboxSession, until: number): Promise<readonly Reminder[]> {
  const found: Reminder[] = [];
  for (const [name, isTask] of [['calendar', false], ['tasks', true]] as const) {
    const folderId = session.mailbox.wellKnown(name);
    if (folderId === undefined) continue;
    for await (const reminder of inFolder(session, folderId, until, isTask)) found.push(reminder);
  }
  return found.sort((a, b) => a.at - b.at || a.item.id - b.item.id);
}

/** Rings no more; a series rings for its next occurrence. The answer is the item, of an occurrence the master. */
export function dismissReminder(session: MailboxSession, item: Item): Promise<Item> {
  const master = masterOf(item);
  const series = seriesOf(master);
  if (!series) return session.updateItem(master.id, { properties: { PidLidReminderSet: false } });
  const due = isOccurrence(item) ? item.occurrence.start : (numberIn(master, 'PidLidReminderTime') ?? series.start);
  return session.updateItem(master.id, { properties: seriesReminder(series, numberIn(master, 'PidLidReminderDelta') ?? 0, due + 1) });
}

/** Rings again at that time. */
export function snoozeReminder(session: MailboxSession, item: Item, until: number): Promise<Item> {
  return session.updateItem(masterOf(item).id, { properties: { PidLidReminderSignalTime: until } });
}
