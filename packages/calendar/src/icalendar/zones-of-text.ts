import { noDate, timeZoneOfRule } from '../binary/time-zone-rule.ts';
import type { SystemTime } from '../binary/time-zone-rule.ts';
import { codes } from '../recurrence/recurrence-rule.ts';
import { timeZone, timeZoneOfIana, windowsTimeZones } from '../time-zone.ts';
import type { TimeZone } from '../time-zone.ts';
import { find, textIn, textOf } from './components.ts';
import type { Component } from './components.ts';

/** Zones come first in a calendar; beyond so many components none is looked for. */
const mostZones = 500;

/** Minutes east of Greenwich, of `+0100` or, as ical.js has it, `+01:00`. */
function offsetOf(text: string | undefined): number | undefined {
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)/.exec(text ?? '') ?? [];
  if (hours === undefined) return undefined;
  const size = Number(hours) * 60 + Number(minutes);
  return size > 1440 ? undefined : sign === '-' && size > 0 ? -size : size;
}

/** When an observance begins each year; undefined when it does so but once, or in a way that Windows has no words for. */
function dateOf(observance: Component): SystemTime | undefined {
  const [, hour = '0', minute = '0', second = '0'] = /T(\d\d):(\d\d):(\d\d)/.exec(textIn(observance, 'dtstart') ?? '') ?? [];
  const parts = new Map((observance.rule ?? '').toUpperCase().split(';').map((each) => each.split('=', 2) as [string, string]));
  const [, position, code = ''] = /^([+-]?\d)?([A-Z]{2})$/.exec(parts.get('BYDAY') ?? '') ?? [];
  const month = Number(parts.get('BYMONTH'));
  const weekday = codes.indexOf(code as (typeof codes)[number]);
  if (parts.get('FREQ') !== 'YEARLY' || !(month >= 1 && month <= 12) || weekday < 0) return undefined;
  // "The Sunday among the 8th to 14th" is the second one.
  const first = Number.parseInt(parts.get('BYMONTHDAY') ?? '', 10);
  const nth = position !== undefined ? Number(position) : Number(parts.get('BYSETPOS') ?? (Number.isNaN(first) ? Number.NaN : Math.ceil(first / 7)));
  if (!(nth === -1 || (nth >= 1 && nth <= 5))) return undefined;
  return { ...noDate, month, dayOfWeek: weekday, day: nth === -1 ? 5 : nth, hour: Number(hour) % 24, minute: Number(minute) % 60, second: Number(second) % 60 };
}

/** The year of a rule's UNTIL, or none. */
const untilOf = ({ rule }: Component): number => Number(/UNTIL=(\d{4})/i.exec(rule ?? '')?.[1] ?? Infinity);

/** Of several observances of one kind the one that holds in the year, else the last. */
function holding(zone: Component, name: string, year: number): Component | undefined {
  const all = zone.components.filter((each) => each.name === name && offsetOf(textIn(each, 'tzoffsetto')) !== undefined);
  const from = (each: Component): number => Number.parseInt(textIn(each, 'dtstart') ?? '0', 10) || 0;
  const sorted = [...all].sort((a, b) => from(a) - from(b));
  return sorted.findLast((each) => from(each) <= year && untilOf(each) >= year) ?? sorted.at(-1);
}

/** The zone that an inline VTIMEZONE means in a year; undefined when it says nothing. */
export function timeZoneOfComponent(component: Component, year: number): TimeZone | undefined {
  const standard = holding(component, 'STANDARD', year) ?? holding(component, 'DAYLIGHT', year);
  const offset = standard && offsetOf(textIn(standard, 'tzoffsetto'));
  if (standard === undefined || offset === undefined) return undefined;
  const daylight = holding(component, 'DAYLIGHT', year);
  const other = daylight && untilOf(daylight) >= year ? offsetOf(textIn(daylight, 'tzoffsetto')) : undefined;
  const standardDate = dateOf(standard);
  const daylightDate = daylight && dateOf(daylight);
  const hasDaylight = other !== undefined && other !== offset && standardDate !== undefined && daylightDate !== undefined;
  const rule = { bias: offset === 0 ? 0 : -offset, standardBias: 0, daylightBias: hasDaylight ? offset - other : 0, standardDate: hasDaylight ? standardDate : noDate, daylightDate: hasDaylight ? daylightDate : noDate };
  return timeZoneOfRule(rule, year, textOf(find(component, 'tzid')) ?? '');
}

/** `/citadel.org/20070227_1/Europe/Berlin` ends in what is meant. */
function byPath(id: string): TimeZone | undefined {
  const parts = id.split('/').filter((each) => each !== '');
  for (const size of [3, 2]) {
    const zone = parts.length > size ? timeZoneOfIana(parts.slice(-size).join('/')) : undefined;
    if (zone) return zone;
  }
  return undefined;
}

/**
 * The zone of a TZID: a Windows id, an IANA id, the display name of a zone (as Exchange 2010 wrote them), what
 * the VTIMEZONE of that id says; undefined for none of these.
 */
export function zoneOfId(id: string, calendar: Component, year: number): TimeZone | undefined {
  if (id.length > 300) return undefined;
  const named = timeZone(id) ?? timeZoneOfIana(id) ?? byPath(id);
  if (named) return named;
  const displayed = windowsTimeZones().find(({ name }) => name === id);
  if (displayed) return timeZone(displayed.id);
  const inline = calendar.components.slice(0, mostZones).find((each) => each.name === 'VTIMEZONE' && textIn(each, 'tzid') === id);
  return inline && timeZoneOfComponent(inline, year);
}
