import { EwsError } from '../errors.ts';

/** How a request wants its times: whole seconds unless the DateTimePrecision header says Milliseconds. */
export type DateTimePrecision = 'Seconds' | 'Milliseconds';

/** `2026-01-05T09:00:00Z`: always UTC, whole seconds. Clients fail on anything else. */
export function formatDateTime(ms: number, precision: DateTimePrecision = 'Seconds'): string {
  const text = new Date(ms).toISOString();
  return precision === 'Milliseconds' ? text : `${text.slice(0, 19)}Z`;
}

const lexical = /^(-?\d{4,})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?$/;

/** ms since 1970 UTC of an xs:dateTime; one without zone is read with `localOffset` (minutes east of UTC at that local time). */
export function parseDateTime(text: string, localOffset: (localMs: number) => number = () => 0): number {
  const match = lexical.exec(text.trim());
  if (!match) throw new EwsError('ErrorInvalidValueForProperty');
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second), Math.trunc(Number(`0.${fraction ?? 0}`) * 1000));
  if (zone === 'Z') return local;
  const offset = zone === undefined ? localOffset(local) : (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6)));
  return local - offset * 60_000;
}
