import {
  CalendarBytesError, decodeAppointmentRecur, encodeAppointmentRecur, encodeGlobalObjectId, lastOccurrence, occurrenceCount, recurOfSeries, RecurrenceError, SeriesError, seriesOfRecur,
  cleanGlobalObjectId, globalObjectIdOfUid, type Series, type TimeZone,
} from '@fauxchange/calendar';
import type { IdSource } from '@fauxchange/kernel';
import { binary } from '@fauxchange/properties';
import type { EmbeddedItem, Properties, PropertyBag } from '../items/item.ts';
import { fileTime } from '../items/file-time.ts';
import { valueOf } from '../items/value-of.ts';
import { endZone as shownEndZone, recurrenceZone, startZone, utcZone, zoneProperties } from './appointment-zones.ts';
import { recurrenceText, recurrenceType } from './recurrence-text.ts';

const minute = 60_000;
/** Where a series without an end ends: 23:59 on 31 August 4500, [MS-OXOCAL] 2.2.1.15. */
const noEnd: number = Date.UTC(4500, 7, 31, 23, 59);

export interface AppointmentTimes {
  /** Milliseconds since 1970 UTC. */
  readonly start: number;
  readonly end: number;
  readonly zone: TimeZone;
  /** In whose clock the end is shown; that of the start by default. */
  readonly endZone?: TimeZone | undefined;
}

/** Every property that tells of the two times, [MS-OXOCAL] 2.2.1.5 to 2.2.1.19. */
export function timeProperties(start: number, end: number): Properties {
  return {
    PidLidAppointmentStartWhole: start, PidLidAppointmentEndWhole: end, PidLidCommonStart: start, PidLidCommonEnd: end, PidTagStartDate: start, PidTagEndDate: end,
    PidLidClipStart: start, PidLidClipEnd: end, PidLidAppointmentDuration: Math.floor((end - start) / minute),
  };
}

const noSeries: Properties = {
  PidLidRecurring: false, PidLidIsRecurring: undefined, PidLidAppointmentRecur: undefined, PidLidRecurrenceType: undefined, PidLidRecurrencePattern: undefined,
};

/**
 * The properties of an appointment that does not recur; what it had of a recurrence goes.
 *
 * @example
 * await session.createItem(calendar.id, { ...draft, properties: { PidTagSubject: 'Lunch', ...propertiesOfAppointment({ start, end, zone }) } });
 */
export function propertiesOfAppointment({ start, end, zone, endZone = zone }: AppointmentTimes): Properties {
  return { ...timeProperties(start, end), ...zoneProperties(zone, endZone, start, false), ...noSeries };
}

/** The properties of the master of a series. */
export function propertiesOfSeries(series: Series, endZone: TimeZone = series.zone): Properties {
  const { start, end, zone, recurrence } = series;
  const span = spanOf(series);
  return {
    ...timeProperties(start, end), ...zoneProperties(zone, endZone, start, true),
    PidLidClipStart: span.start, PidLidClipEnd: Math.min(span.end, noEnd),
    PidLidRecurring: true, PidLidIsRecurring: true, PidLidAppointmentRecur: binary.from(encodeAppointmentRecur(recurOfSeries(series))),
    PidLidRecurrenceType: recurrenceType(recurrence), PidLidRecurrencePattern: recurrenceText(recurrence),
  };
}

/** From the start of what is first to the end of what is last, exceptions included; a series without an end goes on for ever. Found once. */
export function spanOf(series: Series): { readonly start: number; readonly end: number } {
  const before = spans.get(series);
  if (before) return before;
  const { start, end, exceptions } = series;
  const last = occurrenceCount(series) === undefined ? undefined : lastOccurrence(series);
  const span = {
    start: Math.min(start, ...exceptions.map((each) => each.start)),
    end: last ? Math.max(last.end, end, ...exceptions.map((each) => each.end)) : Number.POSITIVE_INFINITY,
  };
  spans.set(series, span);
  return span;
}
const spans = new WeakMap<Series, ReturnType<typeof spanOf>>();

/** Series are read again and again from the same bag, which never changes. */
const known = new WeakMap<PropertyBag, Series | 'none'>();

/**
 * The series whose master an item is. Undefined for what does not recur, and for a recurrence that cannot be read
 * (`isRecurring` tells the two apart).
 *
 * @example
 * const series = seriesOf(item);
 * if (series) occurrences(series, { from, to }, 100);
 */
export function seriesOf(item: Pick<EmbeddedItem, 'bag'>): Series | undefined {
  const before = known.get(item.bag);
  const series = before ?? decodeSeries(item) ?? 'none';
  if (before === undefined) known.set(item.bag, series);
  return series === 'none' ? undefined : series;
}

/** Whether an item says of itself that it recurs. */
export function isRecurring({ bag }: Pick<EmbeddedItem, 'bag'>): boolean {
  return bag.get('PidLidRecurring') === true && bag.has('PidLidAppointmentRecur');
}

function decodeSeries(item: Pick<EmbeddedItem, 'bag'>): Series | undefined {
  const bytes = item.bag.get('PidLidAppointmentRecur');
  if (!isRecurring(item) || !binary.isBinary(bytes)) return undefined;
  try {
    return seriesOfRecur(decodeAppointmentRecur(binary.toBytes(bytes)), recurrenceZone((name) => item.bag.get(name)) ?? utcZone());
  } catch (error) {
    if (error instanceof CalendarBytesError || error instanceof RecurrenceError || error instanceof SeriesError) return undefined;
    throw error;
  }
}

/** When an appointment is, and by whose clock; undefined for what has no start. */
export function timesOf(item: EmbeddedItem): AppointmentTimes | undefined {
  const start = valueOf(item, 'PidLidAppointmentStartWhole');
  const end = valueOf(item, 'PidLidAppointmentEndWhole');
  if (typeof start !== 'number' || typeof end !== 'number') return undefined;
  const read = (name: Parameters<PropertyBag['get']>[0]) => item.bag.get(name);
  const zone = startZone(read) ?? utcZone();
  return { start, end, zone, endZone: shownEndZone(read) ?? zone };
}

/** The identity of a new appointment, [MS-OXOCAL] 2.2.1.27; of a UID given by somebody else, that of the UID. */
export function identityProperties(ids: IdSource, now: number, uid?: string): Properties {
  const whole = uid === undefined ? encodeGlobalObjectId({ creationTime: fileTime(now), data: ids.bytes(16) }) : globalObjectIdOfUid(uid);
  return { PidLidGlobalObjectId: binary.from(whole), PidLidCleanGlobalObjectId: binary.from(cleanGlobalObjectId(whole)) };
}
