import {
  CalendarBytesError, decodeTimeZoneDefinition, decodeTimeZoneStruct, encodeTimeZoneDefinition, encodeTimeZoneStruct, fieldsOfTimeZone, timeZone, TimeZoneError,
  timeZoneOfFields, timeZoneOfRule, zoneRuleOf, type TimeZone,
} from '@fauxchange/calendar';
import { binary, type Binary, type PropertyName, type PropertyValue } from '@fauxchange/properties';
import type { Properties } from '../items/item.ts';

/** Reads one property of something. */
export type ReadProperty = (name: PropertyName) => PropertyValue | undefined;

export function utcZone(): TimeZone {
  const utc = timeZone('UTC');
  if (!utc) throw new Error('the table of time zones has no UTC');
  return utc;
}

/** The bytes of a zone are long to make and the same for every appointment of a year: kept as long as the zone. */
const encoded = new WeakMap<TimeZone, Map<string, Binary>>();

function bytesOf(zone: TimeZone, key: string, encode: () => Uint8Array): Binary {
  const known = encoded.get(zone) ?? new Map<string, Binary>();
  encoded.set(zone, known);
  const bytes = known.get(key) ?? binary.from(encode());
  if (known.size < 256) known.set(key, bytes);
  return bytes;
}

const definitionOf = (zone: TimeZone, year: number, isRecurring: boolean): Binary =>
  bytesOf(zone, `${year}${isRecurring ? 'R' : ''}`, () => encodeTimeZoneDefinition(fieldsOfTimeZone(zone, year, isRecurring)));

/** The zones of an appointment as [MS-OXOCAL] 2.2.1.39 to 2.2.1.43 has them; those of a recurrence only where there is one. */
export function zoneProperties(zone: TimeZone, endZone: TimeZone, at: number, isRecurring: boolean): Properties {
  const { year } = zone.toLocal(at);
  return {
    PidLidAppointmentTimeZoneDefinitionStartDisplay: definitionOf(zone, year, false),
    PidLidAppointmentTimeZoneDefinitionEndDisplay: definitionOf(endZone, year, false),
    PidLidAppointmentTimeZoneDefinitionRecur: isRecurring ? definitionOf(zone, year, true) : undefined,
    PidLidTimeZoneStruct: isRecurring ? bytesOf(zone, `${year}S`, () => encodeTimeZoneStruct(zoneRuleOf(zone, year))) : undefined,
    PidLidTimeZoneDescription: zone.name || zone.id,
  };
}

/** What is unreadable is passed over: a client that wrote nonsense shows its appointments in UTC. */
function readable<T>(decode: () => T): T | undefined {
  try {
    return decode();
  } catch (error) {
    if (error instanceof CalendarBytesError || error instanceof TimeZoneError) return undefined;
    throw error;
  }
}

function definedZone(value: PropertyValue | undefined): TimeZone | undefined {
  return binary.isBinary(value) ? readable(() => timeZoneOfFields(decodeTimeZoneDefinition(binary.toBytes(value)))) : undefined;
}

function describedZone(read: ReadProperty): TimeZone | undefined {
  const value = read('PidLidTimeZoneStruct');
  if (!binary.isBinary(value)) return undefined;
  const at = Number(read('PidLidAppointmentStartWhole') ?? 0);
  const year = Number.isFinite(at) ? new Date(at).getUTCFullYear() : 2000;
  return readable(() => timeZoneOfRule(decodeTimeZoneStruct(binary.toBytes(value)), year, String(read('PidLidTimeZoneDescription') ?? '')));
}

/** In whose clock a series has its time of day; undefined where nothing tells. */
export function recurrenceZone(read: ReadProperty): TimeZone | undefined {
  return definedZone(read('PidLidAppointmentTimeZoneDefinitionRecur')) ?? describedZone(read) ?? definedZone(read('PidLidAppointmentTimeZoneDefinitionStartDisplay'));
}

/** In whose clock the start is shown; undefined where nothing tells. */
export function startZone(read: ReadProperty): TimeZone | undefined {
  return definedZone(read('PidLidAppointmentTimeZoneDefinitionStartDisplay')) ?? recurrenceZone(read);
}

/** In whose clock the end is shown: that of the start unless it has its own. */
export function endZone(read: ReadProperty): TimeZone | undefined {
  return definedZone(read('PidLidAppointmentTimeZoneDefinitionEndDisplay')) ?? startZone(read);
}
