import { firstOccurrence, indexOf, occurrenceAt, SeriesError, withException, withoutOccurrence, type Series } from '@fauxchange/calendar';
import { occurrenceItemAt, removeOccurrence, seriesOf, updateOccurrence, type Item, type ItemChanges, type OccurrenceItem, type Properties } from '@fauxchange/mailbox';
import type { ApplicationData } from '../../schema/application-data.ts';
import type { ItemPlace } from '../../sync/item-class.ts';
import { decodeBody } from '../body.ts';
import { changedAttachments } from '../changed-attachments.ts';
import { asFlag, conversionError, within } from '../conversion-error.ts';
import { parseTime } from '../date-time.ts';
import { decodeAttendees } from './attendees.ts';
import { startOfFloatingDay } from './calendar-zone.ts';
import { decodeMeetingStatus } from './meeting-state.ts';
import { decodePlace } from './place.ts';
import { decodeReminder } from './reminder.ts';

export type Exception = NonNullable<ApplicationData['Calendar:Exceptions']>[number];

/** One occurrence as a client wants it. */
export interface SentException {
  readonly originalStart: number;
  /** Undefined: it is to go. */
  readonly changes: ItemChanges | undefined;
}

interface SeriesClock {
  readonly series: Series;
  /** Whether days of the series have no zone on the wire. */
  readonly isFloating: boolean;
}

/** @throws EasStatusError 6 where they cannot be exceptions of the series: nothing has been written by then */
export async function decodeExceptions(sent: readonly Exception[], clock: SeriesClock, before: Item | undefined, place: ItemPlace): Promise<readonly SentException[]> {
  const decoded: SentException[] = [];
  for (const exception of sent) decoded.push(await decodeException(exception, clock, before, place));
  checkExceptions(decoded, clock.series);
  return decoded;
}

async function decodeException(sent: Exception, clock: SeriesClock, before: Item | undefined, place: ItemPlace): Promise<SentException> {
  const identity = sent.ExceptionStartTime ?? sent['AirSyncBase:InstanceId'] ?? conversionError('An exception does not say of which occurrence it is.');
  const originalStart = instantOf(identity, 'ExceptionStartTime', clock);
  if (asFlag('Deleted', sent.Deleted ?? 0)) return { originalStart, changes: undefined };
  return { originalStart, changes: await decodeOverrides(sent, clock, before, place) };
}

/** The instant that a time on the wire means in this series. */
export function instantOf(text: string, name: string, { series, isFloating }: SeriesClock): number {
  const at = parseTime(text, name);
  return isFloating ? startOfFloatingDay(at, series.zone) : at;
}

/** What is said of one occurrence; what is left out is as it was, what is empty goes ([MS-ASCAL] 3.1.5.3.1). */
export async function decodeOverrides(sent: Exception, clock: SeriesClock, before: Item | undefined, { session, context }: ItemPlace): Promise<ItemChanges> {
  const time = (text: string | undefined, name: string): number | undefined => (text === undefined || text === '' ? undefined : instantOf(text, name, clock));
  const [start, end] = [time(sent.StartTime, 'StartTime'), time(sent.EndTime, 'EndTime')];
  const place = sent['AirSyncBase:Location'] ?? (sent.Location === undefined ? undefined : { DisplayName: sent.Location });
  const properties: Properties = {
    ...(start !== undefined && { PidLidAppointmentStartWhole: start }),
    ...(end !== undefined && { PidLidAppointmentEndWhole: end }),
    ...(sent.Subject !== undefined && { PidTagSubject: sent.Subject }),
    ...(place && decodePlace(place)),
    // An empty list stands for none, lest that of the series show through.
    ...(sent.Categories && { PidNameKeywords: sent.Categories }),
    ...(sent.Sensitivity !== undefined && { PidTagSensitivity: within('Sensitivity', sent.Sensitivity, 0, 3) }),
    ...(sent.BusyStatus !== undefined && { PidLidBusyStatus: within('BusyStatus', sent.BusyStatus, 0, 3) }),
    ...(sent.AllDayEvent !== undefined && { PidLidAppointmentSubType: asFlag('AllDayEvent', sent.AllDayEvent) }),
    ...decodeReminder(sent.Reminder, context),
    ...(sent.MeetingStatus !== undefined && decodeMeetingStatus(sent.MeetingStatus)),
  };
  return {
    properties,
    ...(sent['AirSyncBase:Attachments'] && { attachments: (await changedAttachments(sent, shownAttachments(before), session, context.clock.now())).attachments }),
    recipients: sent.Attendees && decodeAttendees(sent.Attendees, before?.recipients ?? [], context),
    body: await decodeBody({ 'AirSyncBase:Body': sent['AirSyncBase:Body'], 'Calendar:Body': sent.Body }, session, 'Calendar'),
  };
}

/** Exceptions of the series are attachments, too, and none of an occurrence. */
const shownAttachments = (item: Item | undefined): ItemChanges['attachments'] & {} => item?.attachments.filter(({ isException }) => !isException) ?? [];

/** Times of an occurrence that was given one of them only keep its length. */
export function timesOfOccurrence({ properties = {} }: ItemChanges, { start, end }: { readonly start: number; readonly end: number }): { readonly start: number; readonly end: number } {
  const [sentStart, sentEnd] = [properties.PidLidAppointmentStartWhole, properties.PidLidAppointmentEndWhole];
  const from = typeof sentStart === 'number' ? sentStart : start;
  return { start: from, end: typeof sentEnd === 'number' ? sentEnd : from + end - start };
}

function checkExceptions(exceptions: readonly SentException[], series: Series): void {
  let after = series;
  for (const { originalStart, changes } of exceptions) {
    const found = occurrenceAt(after, indexOf(after, originalStart) ?? 0);
    // What is gone already stays so.
    if (found === 'deleted') continue;
    if (found === 'outOfRange') conversionError('An exception is of no occurrence.');
    else after = asConversion(() => (changes ? withException(after, { originalStart: found.originalStart, ...timesOfOccurrence(changes, found) }) : withoutOccurrence(after, originalStart)));
  }
  if (!firstOccurrence(after)) conversionError('No occurrence is left of the series.');
}

export function asConversion<T>(action: () => T): T {
  try {
    return action();
  } catch (thrown) {
    if (thrown instanceof SeriesError) return conversionError(thrown.message);
    throw thrown;
  }
}

/** The answer is the master as it is then. */
export async function writeExceptions(master: Item, exceptions: readonly SentException[], { session }: ItemPlace): Promise<Item> {
  let current = master;
  for (const { originalStart, changes } of exceptions) {
    const occurrence = occurrenceOf(current, originalStart);
    if (!occurrence) continue;
    current = changes ? (await changeOccurrence(session, occurrence, changes)).master : await removeOccurrence(session, occurrence);
  }
  return current;
}

/** The occurrence that originally starts on the day of an instant; undefined where there is none. */
export function occurrenceOf(master: Item, originalStart: number): OccurrenceItem | undefined {
  const series = seriesOf(master);
  const index = series && indexOf(series, originalStart);
  const found = series && index !== undefined ? occurrenceItemAt(master, series, index) : undefined;
  return typeof found === 'object' ? found : undefined;
}

export function changeOccurrence(session: ItemPlace['session'], occurrence: OccurrenceItem, changes: ItemChanges): Promise<OccurrenceItem> {
  const { start, end } = timesOfOccurrence(changes, occurrence.occurrence);
  return updateOccurrence(session, occurrence, { ...changes, properties: { ...changes.properties, PidLidAppointmentStartWhole: start, PidLidAppointmentEndWhole: end } });
}
