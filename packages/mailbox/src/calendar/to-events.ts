import { CalendarBytesError, uidOfGlobalObjectId, type CalendarAddress, type CalendarEvent } from '@fauxchange/calendar';
import { binary, type PropertyName } from '@fauxchange/properties';
import type { EmbeddedItem, Item, Recipient } from '../items/item.ts';
import { valueOf } from '../items/value-of.ts';
import { seriesOf, timesOf } from './appointment.ts';
import { isOccurrence, occurrenceItem } from './occurrence-item.ts';

export interface EventOptions {
  /** SMTP address of an X.500 one. */
  readonly smtpAddressOf?: ((legacyExchangeDN: string) => string | undefined) | undefined;
}

type Read = (name: PropertyName) => unknown;
const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** [MS-OXCICAL] 2.1.3.1.1.20.4, by PidTagSensitivity. */
const classifications = ['PUBLIC', 'PERSONAL', 'PRIVATE', 'CONFIDENTIAL'] as const;
/** PARTSTAT by PidTagRecipientTrackStatus, [MS-OXCICAL] 2.1.3.1.1.20.2. */
const participations = ['NEEDS-ACTION', 'ACCEPTED', 'TENTATIVE', 'ACCEPTED', 'DECLINED', 'NEEDS-ACTION'] as const;
const roles = { to: 'REQ-PARTICIPANT', cc: 'OPT-PARTICIPANT', bcc: 'NON-PARTICIPANT' } as const;

function smtpOf(address: string, addressType: string, { smtpAddressOf }: EventOptions): string {
  return addressType.toUpperCase() === 'EX' ? (smtpAddressOf?.(address) ?? address) : address;
}

function attendeeOf({ type, name, address, addressType, response }: Recipient, isResponseRequested: boolean, options: EventOptions): CalendarAddress {
  return {
    email: smtpOf(address, addressType, options), name: name || undefined, role: roles[type], status: participations[response?.status ?? 0] ?? 'NEEDS-ACTION',
    type: type === 'bcc' ? 'RESOURCE' : undefined, isResponseRequested: isResponseRequested || undefined,
  };
}

/** Whoever a message or an appointment is from; undefined where nobody is named. */
export function personIn(read: Read, prefix: 'PidTagSentRepresenting' | 'PidTagSender', options: EventOptions = {}): CalendarAddress | undefined {
  const part = (suffix: string): string | undefined => textOf(read(`${prefix}${suffix}` as PropertyName));
  const address = part('SmtpAddress') ?? part('EmailAddress');
  if (address === undefined) return undefined;
  return { email: part('SmtpAddress') ?? smtpOf(address, part('AddressType') ?? 'SMTP', options), name: part('Name') };
}

function uidOf(read: Read): string | undefined {
  const bytes = read('PidLidGlobalObjectId') ?? read('PidLidCleanGlobalObjectId');
  if (!binary.isBinary(bytes as never)) return undefined;
  try {
    return uidOfGlobalObjectId(binary.toBytes(bytes as Parameters<typeof binary.toBytes>[0]));
  } catch (error) {
    if (error instanceof CalendarBytesError) return undefined;
    throw error;
  }
}

async function bodyTexts({ body }: EmbeddedItem): Promise<Pick<CalendarEvent, 'description' | 'htmlDescription'>> {
  const [text, html] = await Promise.all([body?.text, body?.html].map(async (bytes) => (bytes ? Buffer.from(bytes.peek?.() ?? (await bytes.read())).toString('utf8') : undefined)));
  return { description: text?.replaceAll('\r\n', '\n'), htmlDescription: html };
}

async function eventOf(item: EmbeddedItem | Item, options: EventOptions): Promise<CalendarEvent | undefined> {
  const read: Read = (name) => valueOf(item, name);
  const times = timesOf(item);
  if (!times) return undefined;
  const isMeeting = ((numberOf(read('PidLidAppointmentStateFlags')) ?? 0) & 1) !== 0 || item.recipients.length > 0;
  const isRequested = read('PidTagResponseRequested') !== false;
  const replaced = isOccurrence(item) ? item.occurrence.originalStart : numberOf(read('PidLidExceptionReplaceTime'));
  return {
    uid: uidOf(read), start: times.start, end: times.end, zone: times.zone, endZone: times.endZone,
    isAllDay: read('PidLidAppointmentSubType') === true,
    summary: textOf(read('PidTagSubject')), location: textOf(read('PidLidLocation')), ...(await bodyTexts(item)),
    categories: read('PidNameKeywords') as readonly string[] | undefined,
    classification: classifications[numberOf(read('PidTagSensitivity')) ?? 0], importance: numberOf(read('PidTagImportance')),
    organizer: isMeeting ? personIn(read, 'PidTagSentRepresenting', options) : undefined,
    attendees: isMeeting ? item.recipients.map((one) => attendeeOf(one, isRequested, options)) : undefined,
    sequence: numberOf(read('PidLidAppointmentSequence')) ?? 0,
    stamp: numberOf(read('PidLidOwnerCriticalChange')) ?? numberOf(read('PidTagLastModificationTime')),
    created: numberOf(read('PidTagCreationTime')), lastModified: numberOf(read('PidTagLastModificationTime')),
    busyStatus: numberOf(read('PidLidBusyStatus')), intendedBusyStatus: numberOf(read('PidLidIntendedBusyStatus')),
    reminderMinutes: read('PidLidReminderSet') === true ? (numberOf(read('PidLidReminderDelta')) ?? 15) : undefined,
    ownerAppointmentId: numberOf(read('PidTagOwnerAppointmentId')),
    isCounterDisallowed: read('PidLidAppointmentNotAllowPropose') === true,
    recurrenceId: replaced,
  };
}

/**
 * An appointment or a meeting message as events of iCalendar: one, and for a series one more for each exception. None
 * for what has no time.
 *
 * @example
 * renderCalendar({ events: await eventsOfItem(item) });
 */
export async function eventsOfItem(item: EmbeddedItem | Item, options: EventOptions = {}): Promise<readonly CalendarEvent[]> {
  const event = await eventOf(item, options);
  if (!event) return [];
  const series = isOccurrence(item) ? undefined : seriesOf(item);
  if (!series) return [event];
  const master: CalendarEvent = { ...event, recurrence: series.recurrence, deleted: series.deleted };
  if (!('id' in item)) return [master];
  const changed: CalendarEvent[] = [];
  for (const exception of series.exceptions) {
    const { originalStart, start, end } = exception;
    const one = await eventOf(occurrenceItem(item, series, { index: 0, originalStart, start, end, exception }), options);
    if (one) changed.push(one);
  }
  return [master, ...changed];
}
