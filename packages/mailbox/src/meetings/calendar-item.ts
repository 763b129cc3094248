import { cleanGlobalObjectId, CalendarBytesError, decodeGlobalObjectId, indexOf, type CivilDate } from '@fauxchange/calendar';
import { binary, type Binary } from '@fauxchange/properties';
import { seriesOf } from '../calendar/appointment.ts';
import { isOccurrence, occurrenceItemAt, type OccurrenceItem } from '../calendar/occurrence-item.ts';
import { updateOccurrence } from '../calendar/change-occurrence.ts';
import type { FolderId } from '../ids.ts';
import type { EmbeddedItem, Item, ItemChanges, PropertyBag } from '../items/item.ts';
import { viewsPrivate } from '../permissions/check.ts';
import type { OrderSpec } from '../search/restriction.ts';
import { sortKey } from '../search/sort.ts';
import type { MailboxSession } from '../session/mailbox-session.ts';
import { isPrivate } from '../session/private-items.ts';
import { readableFolder } from '../session/scope.ts';
import { Session } from '../session/session.ts';

/** What names a meeting: its id, and for one occurrence the day on which that originally is. */
export interface MeetingIdentity {
  readonly clean: Binary;
  readonly whole: Binary;
  readonly date: CivilDate | undefined;
}

/** Undefined for what has no id, or one that is none. */
export function identityOf({ bag }: { readonly bag: Pick<PropertyBag, 'get'> }): MeetingIdentity | undefined {
  const whole = bag.get('PidLidGlobalObjectId') ?? bag.get('PidLidCleanGlobalObjectId');
  if (!binary.isBinary(whole)) return undefined;
  try {
    const bytes = binary.toBytes(whole);
    return { whole, clean: binary.from(cleanGlobalObjectId(bytes)), date: decodeGlobalObjectId(bytes).date };
  } catch (error) {
    if (error instanceof CalendarBytesError) return undefined;
    throw error;
  }
}

/** The calendar folder of a mailbox; undefined where it has none. */
export function calendarOf({ mailbox }: MailboxSession): FolderId | undefined {
  return mailbox.wellKnown('calendar');
}

/** Copies of one meeting that are looked at: the master, and occurrences of which it is not known. */
const MOST_COPIES = 100;

const byObject: OrderSpec = [{ property: 'PidLidCleanGlobalObjectId', descending: false }];

/** Everything in a calendar with that id: found by halving the order of ids, so that a large calendar costs no more. */
async function copiesOf(session: MailboxSession, folderId: FolderId, clean: Binary): Promise<readonly Item[]> {
  const scope = Session.scopeOf(session);
  const { granted } = await readableFolder(scope, folderId, 'read the calendar');
  const wanted = sortKey(clean) as string;
  const page = async (offset: number, limit: number): Promise<readonly Item[]> => (await scope.store.scan({ folderId, order: byObject, from: { offset }, limit })).items;
  let low = 0;
  let high = (await scope.store.scan({ folderId, order: byObject, limit: 0 })).total;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const key = sortKey((await page(middle, 1))[0]?.bag.get('PidLidCleanGlobalObjectId'));
    if (key === undefined || (key as string) < wanted) low = middle + 1;
    else high = middle;
  }
  const seesPrivate = viewsPrivate(granted, scope.accessor);
  return (await page(low, MOST_COPIES)).filter((item) => item.bag.get('PidLidCleanGlobalObjectId') === clean && (seesPrivate || !isPrivate(item))).sort((a, b) => a.id - b.id);
}

/**
 * The appointment in the mailbox's calendar that a meeting message is about: a single one, a series, or one occurrence
 * of a series. Undefined where there is none.
 */
export async function findMeeting(session: MailboxSession, message: Pick<EmbeddedItem, 'bag'>): Promise<Item | undefined> {
  const identity = identityOf(message);
  const calendarId = calendarOf(session);
  if (!identity || calendarId === undefined) return undefined;
  const items = await copiesOf(session, calendarId, identity.clean);
  if (!identity.date) return items.find((item) => identityOf(item)?.date === undefined);
  const orphan = items.find((item) => item.bag.get('PidLidGlobalObjectId') === identity.whole);
  if (orphan) return orphan;
  const master = items.find((item) => seriesOf(item) !== undefined);
  return master && occurrenceOn(master, identity.date);
}

/** The master of the series to which a message's occurrence belongs; undefined where there is none. */
export async function findMaster(session: MailboxSession, message: Pick<EmbeddedItem, 'bag'>): Promise<Item | undefined> {
  const identity = identityOf(message);
  if (!identity) return undefined;
  const master = await findMeeting(session, { bag: { get: () => identity.clean } as unknown as PropertyBag });
  return master && seriesOf(master) ? master : undefined;
}

function occurrenceOn(master: Item, { year, month, day }: CivilDate): OccurrenceItem | undefined {
  const series = seriesOf(master);
  if (!series) return undefined;
  const { hour, minute } = series.zone.toLocal(series.start);
  const index = indexOf(series, series.zone.toUtc({ year, month, day, hour, minute }));
  const found = index === undefined ? undefined : occurrenceItemAt(master, series, index);
  return typeof found === 'object' ? found : undefined;
}

/** Changes an appointment, or makes an exception of one occurrence. */
export function changeMeeting(session: MailboxSession, item: Item, changes: ItemChanges): Promise<Item> {
  return isOccurrence(item) ? updateOccurrence(session, item, changes) : session.updateItem(item.id, changes);
}
