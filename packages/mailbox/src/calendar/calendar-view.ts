import { occurrences } from '@fauxchange/calendar';
import type { FolderId } from '../ids.ts';
import type { Item } from '../items/item.ts';
import { isAppointment, valueOf } from '../items/value-of.ts';
import { viewsPrivate } from '../permissions/check.ts';
import type { OrderSpec } from '../search/restriction.ts';
import type { MailboxSession } from '../session/mailbox-session.ts';
import { isPrivate } from '../session/private-items.ts';
import { readableFolder, type Scope } from '../session/scope.ts';
import { Session } from '../session/session.ts';
import { seriesOf, spanOf } from './appointment.ts';
import { occurrenceItem } from './occurrence-item.ts';

/** Milliseconds since 1970 UTC; `to` is excluded. */
export interface CalendarWindow {
  readonly from: number;
  readonly to: number;
}

export interface CalendarPage {
  /** Single appointments and occurrences (`isOccurrence`), by start. */
  readonly items: readonly Item[];
  /** Whether these are all. */
  readonly isLast: boolean;
}

const page = 200;
/** Most appointments end within a day, the longest of the year's; what lasts longer is looked for by its duration. */
const short = 25 * 60;
const byStart: OrderSpec = [{ property: 'PidLidAppointmentStartWhole', descending: false }];
const byDuration: OrderSpec = [{ property: 'PidLidAppointmentDuration', descending: true }];
const mastersByEnd: OrderSpec = [{ property: 'PidLidRecurring', descending: true }, { property: 'PidLidClipEnd', descending: true }];
/** Clients write the end of a series as the midnight of its last day; its last occurrence may last as long as the greatest gap, a year. */
const leeway = 368 * 86_400_000;

const timeIn = (item: Item, name: 'PidLidAppointmentStartWhole' | 'PidLidAppointmentEndWhole' | 'PidLidClipEnd' | 'PidLidAppointmentDuration'): number | undefined => {
  const value = valueOf(item, name);
  return typeof value === 'number' ? value : undefined;
};

/** Rows of an order, from an offset on, page by page: an await a page is free, one a row is not. */
async function* pagesFrom({ store }: Scope, folderId: FolderId, order: OrderSpec, from: number): AsyncGenerator<readonly Item[]> {
  for (let offset = from; ; offset += page) {
    const { items } = await store.scan({ folderId, order, from: { offset }, limit: page });
    yield items;
    if (items.length < page) return;
  }
}

/** The offset of the first that starts at that time or later: found by halving, so that nothing before it is read. */
async function offsetOfStart({ store }: Scope, folderId: FolderId, time: number): Promise<number> {
  let low = 0;
  let high = (await store.scan({ folderId, order: byStart, limit: 0 })).total;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const [item] = (await store.scan({ folderId, order: byStart, from: { offset: middle }, limit: 1 })).items;
    const start = item && timeIn(item, 'PidLidAppointmentStartWhole');
    if (start === undefined || start < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

type Accepts = (item: Item) => boolean;

function touches({ from, to }: CalendarWindow, item: Item): boolean {
  const start = timeIn(item, 'PidLidAppointmentStartWhole');
  const end = timeIn(item, 'PidLidAppointmentEndWhole') ?? start;
  return start !== undefined && end !== undefined && start < to && (end > from || (start === end && start >= from));
}

const isLong = (item: Item): boolean => (timeIn(item, 'PidLidAppointmentDuration') ?? 0) > short;

async function longSingles(scope: Scope, folderId: FolderId, window: CalendarWindow, accepts: Accepts): Promise<Item[]> {
  const found: Item[] = [];
  for await (const items of pagesFrom(scope, folderId, byDuration, 0)) {
    for (const item of items) {
      if (!isLong(item)) return found;
      if (touches(window, item) && accepts(item)) found.push(item);
    }
  }
  return found;
}

async function shortSingles(scope: Scope, folderId: FolderId, window: CalendarWindow, limit: number, accepts: Accepts): Promise<Item[]> {
  const found: Item[] = [];
  for await (const items of pagesFrom(scope, folderId, byStart, await offsetOfStart(scope, folderId, window.from - short * 60_000))) {
    for (const item of items) {
      if ((timeIn(item, 'PidLidAppointmentStartWhole') ?? Infinity) >= window.to || found.length >= limit) return found;
      if (!isLong(item) && touches(window, item) && accepts(item)) found.push(item);
    }
  }
  return found;
}

async function recurring(scope: Scope, folderId: FolderId, window: CalendarWindow, limit: number, accepts: Accepts): Promise<Item[]> {
  const found: Item[] = [];
  for await (const masters of pagesFrom(scope, folderId, mastersByEnd, 0)) {
    for (const master of masters) {
      if (valueOf(master, 'PidLidRecurring') !== true) return found;
      // What comes now has ended even longer ago.
      if ((timeIn(master, 'PidLidClipEnd') ?? Infinity) + leeway <= window.from) return found;
      const series = seriesOf(master);
      if (!series) continue;
      // Most series that are not over have not begun, or only seem not to be over: they cost no more than this.
      const span = spanOf(series);
      if (span.start >= window.to || span.end < window.from || !accepts(master)) continue;
      for (const occurrence of occurrences(series, window, limit)) found.push(occurrenceItem(master, series, occurrence));
    }
  }
  return found;
}

/**
 * What a calendar shows of a time: single appointments and the occurrences of series that touch the window, by start.
 * Costs what it answers, and one step a series that is not over.
 *
 * @throws MailboxError FolderNotFound, AccessDenied
 * @example
 * const { items } = await calendarView(session, calendar.id, { from: Date.UTC(2026, 0, 5), to: Date.UTC(2026, 0, 6) }, 1000);
 */
export async function calendarView(session: MailboxSession, folderId: FolderId, window: CalendarWindow, limit: number): Promise<CalendarPage> {
  const scope = Session.scopeOf(session);
  const { granted } = await readableFolder(scope, folderId);
  const seesAll = viewsPrivate(granted, scope.accessor);
  const accepts = (isMaster: boolean): Accepts => (item) => isAppointment(item) && (valueOf(item, 'PidLidRecurring') === true) === isMaster && (seesAll || !isPrivate(item));
  // One more than asked tells whether there are more.
  const most = limit + 1;
  const singles = [...(await longSingles(scope, folderId, window, accepts(false))), ...(await shortSingles(scope, folderId, window, most, accepts(false)))];
  const all = [...singles, ...(await recurring(scope, folderId, window, most, accepts(true)))];
  const sorted = all
    .map((item) => ({ item, start: timeIn(item, 'PidLidAppointmentStartWhole') ?? 0, end: timeIn(item, 'PidLidAppointmentEndWhole') ?? 0 }))
    .sort((a, b) => a.start - b.start || a.end - b.end || a.item.id - b.item.id)
    .map(({ item }) => item);
  return { items: sorted.slice(0, limit), isLast: sorted.length <= limit };
}
