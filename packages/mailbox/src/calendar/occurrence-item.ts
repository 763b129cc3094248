import { cleanGlobalObjectId, CalendarBytesError, decodeGlobalObjectId, encodeGlobalObjectId, occurrenceAt, type Occurrence, type OccurrenceException, type Series } from '@fauxchange/calendar';
import { binary, type PropertyName, type PropertyValue } from '@fauxchange/properties';
import type { EmbeddedItem, Item, ItemAttachment, Properties, PropertyBag } from '../items/item.ts';
import { timeProperties } from './appointment.ts';

/** One occurrence of a series, as an item: what the series has, and over it what the occurrence has otherwise. It is nowhere in the store. */
export interface OccurrenceItem extends Item {
  readonly master: Item;
  readonly series: Series;
  readonly occurrence: Occurrence;
  /** The attachment of the master that holds what is otherwise; undefined where nothing is. */
  readonly exception: ItemAttachment | undefined;
}

export function isOccurrence(item: EmbeddedItem | Item): item is OccurrenceItem {
  return 'occurrence' in item;
}

/** The master of an occurrence; an item that is none is its own. */
export function masterOf(item: Item): Item {
  return isOccurrence(item) ? item.master : item;
}

/** The hidden attachment that holds the exception of an original start, [MS-OXOCAL] 2.2.10.1. */
export function exceptionAttachment(master: EmbeddedItem, { zone }: Pick<Series, 'zone'>, originalStart: number): ItemAttachment | undefined {
  const dayOf = (at: number): string => {
    const { year, month, day } = zone.toLocal(at);
    return `${year}-${month}-${day}`;
  };
  const wanted = dayOf(originalStart);
  return master.attachments.find((one): one is ItemAttachment => {
    const replaced = one.kind === 'item' && one.isException ? one.item.bag.get('PidLidExceptionReplaceTime') : undefined;
    return typeof replaced === 'number' && dayOf(replaced) === wanted;
  });
}

/** A bag over another one. */
class OverlayBag implements PropertyBag {
  readonly #base: PropertyBag;
  readonly #over: ReadonlyMap<PropertyName, PropertyValue | undefined>;

  constructor(base: PropertyBag, over: ReadonlyMap<PropertyName, PropertyValue | undefined>) {
    this.#base = base;
    this.#over = over;
  }
  get(name: PropertyName): PropertyValue | undefined {
    return this.#over.has(name) ? this.#over.get(name) : this.#base.get(name);
  }
  has(name: PropertyName): boolean {
    return this.get(name) !== undefined;
  }
  *entries(): IterableIterator<readonly [PropertyName, PropertyValue]> {
    for (const entry of this.#base.entries()) if (!this.#over.has(entry[0])) yield entry;
    for (const [name, value] of this.#over) if (value !== undefined) yield [name, value];
  }
}

/** What the recurrence itself says of an exception: all there is where a client wrote no attachment. */
function overrideProperties({ subject, location, busyStatus, isReminderSet, reminderMinutes, isAllDay, meetingState, color }: OccurrenceException): Properties {
  return {
    PidTagSubject: subject, PidTagNormalizedSubject: subject, PidLidLocation: location, PidLidBusyStatus: busyStatus, PidLidReminderSet: isReminderSet, PidLidReminderDelta: reminderMinutes,
    PidLidAppointmentSubType: isAllDay, PidLidAppointmentStateFlags: meetingState, PidLidAppointmentColor: color,
  };
}

function datedObjectId(bag: PropertyBag, { zone }: Series, originalStart: number): Properties {
  const whole = bag.get('PidLidGlobalObjectId') ?? bag.get('PidLidCleanGlobalObjectId');
  if (!binary.isBinary(whole)) return {};
  try {
    const { year, month, day } = zone.toLocal(originalStart);
    const bytes = binary.toBytes(whole);
    return {
      PidLidGlobalObjectId: binary.from(encodeGlobalObjectId({ ...decodeGlobalObjectId(bytes), date: { year, month, day } })),
      PidLidCleanGlobalObjectId: binary.from(cleanGlobalObjectId(bytes)),
    };
  } catch (error) {
    if (error instanceof CalendarBytesError) return {};
    throw error;
  }
}

function overlay(master: Item, series: Series, { originalStart, start, end, exception }: Occurrence, embedded: EmbeddedItem | undefined): ReadonlyMap<PropertyName, PropertyValue | undefined> {
  const over = new Map<PropertyName, PropertyValue | undefined>();
  const put = (properties: Properties): void => {
    for (const [name, value] of Object.entries(properties)) if (value !== undefined) over.set(name as PropertyName, value);
  };
  if (exception) put(overrideProperties(exception));
  for (const [name, value] of embedded?.bag.entries() ?? []) over.set(name, value);
  put(timeProperties(start, end));
  put(datedObjectId(master.bag, series, originalStart));
  over.set('PidLidAppointmentRecur', undefined);
  over.set('PidLidExceptionReplaceTime', originalStart);
  const delta = Number(over.get('PidLidReminderDelta') ?? master.bag.get('PidLidReminderDelta') ?? 0);
  over.set('PidLidReminderTime', start);
  over.set('PidLidReminderSignalTime', start - delta * 60_000);
  return over;
}

/** An occurrence of a series as an item. */
export function occurrenceItem(master: Item, series: Series, occurrence: Occurrence): OccurrenceItem {
  const exception = occurrence.exception && exceptionAttachment(master, series, occurrence.originalStart);
  const embedded = exception?.item;
  const hasOwnAttachments = occurrence.exception?.hasAttachments === true && embedded !== undefined;
  return {
    id: master.id, folderId: master.folderId, cn: master.cn, contentCn: master.contentCn, readCn: master.readCn, isRead: master.isRead, isAssociated: master.isAssociated, itemClass: master.itemClass,
    recipients: embedded && embedded.recipients.length > 0 ? embedded.recipients : master.recipients,
    attachments: hasOwnAttachments ? embedded.attachments : master.attachments.filter((one) => !one.isException),
    body: (occurrence.exception?.hasOwnBody === true ? embedded?.body : undefined) ?? master.body,
    mime: undefined,
    bag: new OverlayBag(master.bag, overlay(master, series, occurrence, embedded)),
    master, series, occurrence, exception,
  };
}

/** The occurrence of an index from 1, or why there is none. */
export function occurrenceItemAt(master: Item, series: Series, index: number): OccurrenceItem | 'deleted' | 'outOfRange' {
  const occurrence = occurrenceAt(series, index);
  return typeof occurrence === 'string' ? occurrence : occurrenceItem(master, series, occurrence);
}
