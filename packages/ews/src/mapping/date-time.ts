import { EwsError } from '../errors.ts';

/** How a request wants its times: whole seconds unless the DateTimePrecision header says Milliseconds. */
export type DateTimePrecision = 'Seconds' | 'Milliseconds';

/** `2026-01-05T09:00:00Z`: always UTC, whole seconds. Clients fail on anything else. */
export function formatDateTime(ms: number, precision: DateTimePrecision = 'Seconds'): string {
  const text = new Date(ms).toISOString();
  return precision === 'Milliseconds' ? text : `${text.slice(0, 19)}Z`;
}

/** `2026-07-01T00:00:00+02:00`: a local time (ms since 1970 as if it were UTC) with its zone's offset in minutes. */
export function formatLocalTime(localMs: number, offset: number): string {
  const [hours, minutes] = [Math.trunc(Math.abs(offset) / 60), Math.abs(offset) % 60].map((part) => String(part).padStart(2, '0'));
  return `${formatDateTime(localMs).slice(0, -1)}${offset < 0 ? '-' : '+'}${hours}:${minutes}`;
}

const lexical = /^(-?\d{4,})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?$/;

/** As `readDateTime`; ErrorInvalidValueForProperty for what is no time. */
export function parseDateTime(text: string, localOffset?: (localMs: number) => number): number {
  const ms = readDateTime(text, localOffset);
  if (ms === undefined) throw new EwsError('ErrorInvalidValueForProperty');
  return ms;
}

/** ms since 1970 UTC of an xs:dateTime; one without zone is read with `localOffset` (minutes east of UTC at that local time). */
export function readDateTime(text: string, localOffset: (localMs: number) => number = () => 0): number | undefined {
  const match = lexical.exec(text.trim());
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const midnight = new Date(0).setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  if (!isDay(midnight, Number(month), Number(day)) || Number(hour) > 24 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const local = midnight + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000 + Math.trunc(Number(`0.${fraction ?? 0}`) * 1000);
  return withinRange(zone === 'Z' ? local : local - offsetOf(zone, local, localOffset) * 60_000);
}

function offsetOf(zone: string | undefined, local: number, localOffset: (localMs: number) => number): number {
  if (zone === undefined) return localOffset(local);
  return (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6)));
}

/** False for the 30th of February, which would become a day of March. */
function isDay(ms: number, month: number, day: number): boolean {
  const date = new Date(ms);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** The years that .NET can write; a longer one would not come back as an xs:dateTime. */
const firstMs = Date.parse('0001-01-01T00:00:00Z');
const lastMs = Date.parse('9999-12-31T23:59:59.999Z');
function withinRange(ms: number): number | undefined {
  return ms >= firstMs && ms <= lastMs ? ms : undefined;
}
