import { calendarView, findMeeting, isOccurrence, masterOf, meetingKindOf, timesOf, valueOf, type Item } from '@fauxchange/mailbox';
import type { NonEmptyArrayOfAllItemsType } from '../schema/types.generated.ts';
import { encodeChangeKey } from '../ids/change-key.ts';
import { busyTypes, type BusyName } from './calendar-busy.ts';
import { formatDateTime } from './date-time.ts';
import { idOf, type ItemView } from './item-view.ts';

const most = 200;
const busyNames = new Map<number, BusyName>(Object.entries(busyTypes).map(([name, value]) => [value, name as BusyName]));

interface Neighbours {
  readonly conflicting: readonly Item[];
  readonly adjacent: readonly Item[];
}
/** Four fields ask the same of one view. */
const found = new WeakMap<ItemView, Promise<Neighbours>>();

function neighboursOf(view: ItemView): Promise<Neighbours> {
  const known = found.get(view) ?? findNeighbours(view);
  found.set(view, known);
  return known;
}

const isFree = (item: Item): boolean => (valueOf(item, 'PidLidBusyStatus') ?? 2) === 0;

async function findNeighbours({ placed, session, item }: ItemView): Promise<Neighbours> {
  const times = timesOf(item);
  if (!placed || !times) return { conflicting: [], adjacent: [] };
  const { start, end } = times;
  // A request lies in the inbox; what it conflicts with, in the calendar, where it has been placed itself.
  const isMessage = meetingKindOf(item.itemClass) !== undefined;
  const folderId = isMessage ? session.mailbox.wellKnown('calendar') : placed.folderId;
  const own = isMessage ? await findMeeting(session, item) : placed;
  const self = own && masterOf(own).id;
  if (folderId === undefined) return { conflicting: [], adjacent: [] };
  // A minute more each way finds what ends as this begins, and the other way round.
  const { items } = await calendarView(session, folderId, { from: start - 60_000, to: end + 60_000 }, most);
  const others = items.filter((one) => masterOf(one).id !== self && !isFree(one)).map((one) => ({ one, times: timesOf(one) }));
  return {
    conflicting: others.filter(({ times: each }) => each && each.start < end && each.end > start).map(({ one }) => one),
    adjacent: others.filter(({ times: each }) => each && (each.end === start || each.start === end)).map(({ one }) => one),
  };
}

function shortForm(item: Item, { owner, context }: ItemView): NonEmptyArrayOfAllItemsType[number] {
  const times = timesOf(item);
  const time = (at: number | undefined): string | undefined => (at === undefined ? undefined : formatDateTime(at, context.precision));
  return ['CalendarItem', {
    ItemId: { Id: idOf(item, owner), ChangeKey: encodeChangeKey('calendarItem', owner, item.cn) },
    Subject: String(valueOf(item, 'PidTagSubject') ?? ''), Start: time(times?.start), End: time(times?.end),
    LegacyFreeBusyStatus: busyNames.get(Number(valueOf(item, 'PidLidBusyStatus') ?? busyTypes.Busy)), Location: String(valueOf(item, 'PidLidLocation') ?? ''),
  }];
}

/** Series have no conflicts of their own: their occurrences have. */
const isAsked = ({ item }: ItemView): boolean => isOccurrence(item) || valueOf(item, 'PidLidRecurring') !== true;

export async function neighbourCount(view: ItemView, kind: keyof Neighbours): Promise<number> {
  return isAsked(view) ? (await neighboursOf(view))[kind].length : 0;
}

export async function neighbourList(view: ItemView, kind: keyof Neighbours): Promise<NonEmptyArrayOfAllItemsType | undefined> {
  const items = isAsked(view) ? (await neighboursOf(view))[kind] : [];
  return items.length > 0 ? items.map((item) => shortForm(item, view)) : undefined;
}
