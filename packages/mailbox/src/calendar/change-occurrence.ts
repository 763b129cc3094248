import { firstOccurrence, withException, withoutOccurrence, type OccurrenceException, type Series } from '@fauxchange/calendar';
import type { PropertyName, PropertyValue } from '@fauxchange/properties';
import { MailboxError } from '../errors.ts';
import { attachmentId } from '../ids.ts';
import { bagOf, propertiesOf } from '../items/bag.ts';
import type { Attachment, EmbeddedItem, Item, ItemAttachment, ItemChanges, Properties } from '../items/item.ts';
import { sizeOfItem } from '../items/item-size.ts';
import { valueOf } from '../items/value-of.ts';
import type { MailboxSession } from '../session/mailbox-session.ts';
import { endZone } from './appointment-zones.ts';
import { propertiesOfSeries, seriesOf } from './appointment.ts';
import { exceptionAttachment, occurrenceItem, type OccurrenceItem } from './occurrence-item.ts';

/** [MS-OXOCAL] 2.2.10.2.1: the class of an embedded exception. */
const exceptionClass = 'IPM.OLE.CLASS.{00061055-0000-0000-C000-000000000046}';

/** Facts of the series that an exception does not have for itself. */
const ofTheSeries: ReadonlySet<string> = new Set<PropertyName>([
  'PidLidAppointmentRecur', 'PidLidRecurring', 'PidLidIsRecurring', 'PidLidRecurrenceType', 'PidLidRecurrencePattern', 'PidLidClipStart', 'PidLidClipEnd',
  'PidLidAppointmentTimeZoneDefinitionRecur', 'PidLidTimeZoneStruct', 'PidLidTimeZoneDescription', 'PidTagLastModificationTime', 'PidLidCleanGlobalObjectId', 'PidLidGlobalObjectId',
]);

/** What the recurrence itself tells of an exception: only what differs from the series. */
function overridesOf(master: Item, { bag, recipients }: Pick<EmbeddedItem, 'bag' | 'recipients'>, content: Pick<EmbeddedItem, 'body'>, hasAttachments: boolean): Partial<OccurrenceException> {
  const differing = <T extends PropertyValue>(name: PropertyName): T | undefined => {
    const value = bag.get(name);
    return value === undefined || value === valueOf(master, name) ? undefined : (value as T);
  };
  const overrides = {
    subject: differing<string>('PidTagSubject'), location: differing<string>('PidLidLocation'), busyStatus: differing<number>('PidLidBusyStatus'),
    isReminderSet: differing<boolean>('PidLidReminderSet'), reminderMinutes: differing<number>('PidLidReminderDelta'), isAllDay: differing<boolean>('PidLidAppointmentSubType'),
    meetingState: recipients.length > 0 ? (bag.get('PidLidAppointmentStateFlags') as number | undefined) : undefined, color: differing<number>('PidLidAppointmentColor'),
    hasOwnBody: content.body ? true : undefined, hasAttachments: hasAttachments ? true : undefined,
  };
  return Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined)) as Partial<OccurrenceException>;
}

/** What the request says of the occurrence; a text that is taken away is an empty one, lest that of the series show through. */
function ownProperties(master: Item, changes: Properties | undefined): Properties {
  const own = Object.entries(changes ?? {}).filter(([name]) => !ofTheSeries.has(name));
  return Object.fromEntries(own.map(([name, value]) => [name, value === undefined && typeof master.bag.get(name as PropertyName) === 'string' ? '' : value])) as Properties;
}

interface Change {
  readonly embedded: EmbeddedItem;
  readonly exception: OccurrenceException;
}

function exceptionOf(item: OccurrenceItem, changes: ItemChanges, now: number): Change {
  const { master, occurrence } = item;
  const before = item.exception?.item;
  const properties: Properties = {
    ...(before && propertiesOf(before.bag)), ...ownProperties(master, changes.properties),
    PidLidExceptionReplaceTime: occurrence.originalStart, PidTagLastModificationTime: now,
  };
  const timeOf = (name: PropertyName, otherwise: number): number => {
    const value = properties[name];
    return typeof value === 'number' ? value : otherwise;
  };
  const start = timeOf('PidLidAppointmentStartWhole', occurrence.start);
  const end = timeOf('PidLidAppointmentEndWhole', occurrence.end);
  const body = changes.body === 'none' ? undefined : (changes.body ?? before?.body);
  const hasOwnAttachments = changes.attachments !== undefined || occurrence.exception?.hasAttachments === true;
  const embedded: EmbeddedItem = {
    itemClass: exceptionClass,
    bag: bagOf({ ...properties, PidLidAppointmentStartWhole: start, PidLidAppointmentEndWhole: end }),
    recipients: changes.recipients ?? before?.recipients ?? [],
    attachments: changes.attachments ?? before?.attachments ?? [],
    body,
  };
  return { embedded, exception: { originalStart: occurrence.originalStart, start, end, ...overridesOf(master, embedded, { body }, hasOwnAttachments) } };
}

/** The attachments of the master with the one exception in its place; undefined takes it away. */
function attachmentsWith(master: Item, old: ItemAttachment | undefined, embedded: EmbeddedItem | undefined, now: number): readonly Attachment[] {
  const others = master.attachments.filter((one) => one !== old);
  if (!embedded) return others;
  const id = old?.id ?? attachmentId(1 + Math.max(0, ...master.attachments.map((one) => one.id)));
  const size = sizeOfItem(embedded, embedded.bag);
  const attachment: ItemAttachment = { kind: 'item', id, name: String(embedded.bag.get('PidTagSubject') ?? 'Untitled'), contentType: '', isInline: false, isException: true, lastModified: now, size, item: embedded };
  return [...others, attachment];
}

function currentSeries(master: Item): Series {
  const series = seriesOf(master);
  if (!series) throw new MailboxError('DataCorrupt', 'The recurrence of the item cannot be read.', String(master.id));
  return series;
}

const seriesProperties = (master: Item, series: Series): Properties => propertiesOfSeries(series, endZone((name) => master.bag.get(name)) ?? series.zone);

/**
 * Changes one occurrence of a series, which becomes an exception. The answer is the occurrence as it is now.
 *
 * @throws SeriesError where it would reach its neighbours; MailboxError ItemChanged, AccessDenied
 */
export async function updateOccurrence(session: MailboxSession, item: OccurrenceItem, changes: ItemChanges, options: { readonly expected?: number | undefined } = {}): Promise<OccurrenceItem> {
  const { master } = item;
  const now = session.mailbox.clock.now();
  const { embedded, exception } = exceptionOf(item, changes, now);
  const series = withException(currentSeries(master), exception);
  const updated = await session.updateItem(master.id, { attachments: attachmentsWith(master, item.exception, embedded, now), properties: seriesProperties(master, series) }, { expected: options.expected ?? master.cn });
  const after = currentSeries(updated);
  const changed = after.exceptions.find(({ originalStart }) => originalStart === item.occurrence.originalStart);
  return occurrenceItem(updated, after, { ...item.occurrence, start: exception.start, end: exception.end, exception: changed ?? exception });
}

/**
 * Takes one occurrence out of its series; the answer is the master.
 *
 * @throws SeriesError `deleted`; MailboxError LastOccurrence where no other is left
 */
export async function removeOccurrence(session: MailboxSession, item: OccurrenceItem, options: { readonly expected?: number | undefined } = {}): Promise<Item> {
  const { master } = item;
  const before = currentSeries(master);
  const series = withoutOccurrence(before, item.occurrence.originalStart);
  if (!firstOccurrence(series)) throw new MailboxError('LastOccurrence', 'The last occurrence of a series is not deleted alone.', String(master.id));
  const attachments = attachmentsWith(master, exceptionAttachment(master, before, item.occurrence.originalStart), undefined, session.mailbox.clock.now());
  const isChanged = attachments.length !== master.attachments.length;
  return session.updateItem(master.id, { ...(isChanged ? { attachments } : {}), properties: seriesProperties(master, series) }, { expected: options.expected ?? master.cn });
}
