import { wallTime } from '../civil.ts';
import type { WallTime } from '../civil.ts';
import { zoneRuleOf } from '../binary/time-zone-rule.ts';
import type { SystemTime } from '../binary/time-zone-rule.ts';
import { codes, formatRecurrenceRule, pad } from '../recurrence/recurrence-rule.ts';
import type { Recurrence } from '../recurrence/recurrence.ts';
import type { TimeZone } from '../time-zone.ts';
import { busyStatusNames } from './calendar-event.ts';
import type { CalendarAddress, CalendarEvent } from './calendar-event.ts';
import { icalJs } from './library.ts';

export interface RenderOptions {
  readonly method?: string | undefined;
  readonly events: readonly CalendarEvent[];
  /** Of the texts: `en-US`. */
  readonly language?: string | undefined;
  readonly productId?: string | undefined;
}

/** What Exchange 2010 and later, Online too, call themselves. */
const exchange = 'Microsoft Exchange Server 2010';

type Parameters = Readonly<Record<string, string>>;
/** Writes a property: its name, its values, its parameters, the type of the values. */
type Write = (name: string, value: string | readonly string[] | undefined, parameters?: Parameters, type?: string) => void;

// Control characters have no place in a calendar, and a line end in a value would begin a property.
const controls = /[\0-\x08\x0b-\x1f\x7f]/g;
const clean = (text: string): string => text.replace(/\r\n?/g, '\n').replace(controls, '').replace(/[\ud800-\udfff]/gu, '\ufffd');
/** Of parameters, which have no escapes that Exchange writes. */
const cleanParameter = (text: string): string => clean(text).replace(/[\n\t]+/g, ' ').replace(/"/g, "'");
const escape = (text: string): string => text.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/([;,])/g, '\\$1');

const mostOctets = 75;

/** Folded so that no line has more than 75 octets, its leading space counted, and no character is torn: RFC 5545 3.1. */
function fold(line: string): string {
  if (line.length * 3 <= mostOctets || Buffer.byteLength(line) <= mostOctets) return line;
  const lines: string[] = [];
  let start = 0;
  let size = 0;
  let end = 0;
  for (const character of line) {
    const octets = Buffer.byteLength(character);
    if (size + octets > mostOctets) {
      lines.push(line.slice(start, end));
      start = end;
      size = 1;
    }
    size += octets;
    end += character.length;
  }
  return [...lines, line.slice(start)].join('\r\n ');
}

function writerTo(lines: string[]): Write {
  return (name, value, parameters = {}, type = 'text') => {
    if (value === undefined) return;
    const values = (typeof value === 'string' ? [value] : value).map(clean);
    const safe = Object.fromEntries(Object.entries(parameters).map(([key, each]) => [key, cleanParameter(each)]));
    lines.push(icalJs().stringify.property([name, safe, type, ...values], undefined, true));
  };
}

const dateText = ({ year, month, day }: Pick<WallTime, 'year' | 'month' | 'day'>): string => `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
const timeText = (local: WallTime): string => `${dateText(local)}T${pad(local.hour)}:${pad(local.minute)}:${pad(local.second)}`;
const utcText = (at: number): string => `${timeText(wallTime(at))}Z`;
const compactUtc = (at: number): string => utcText(at).replace(/[-:]/g, '');

const offsetText = (minutes: number): string => `${minutes < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(minutes) / 60))}:${pad(Math.abs(minutes) % 60)}`;

/** STANDARD or DAYLIGHT; a zone without daylight time has both all the same, as Exchange writes them. */
function observance(lines: string[], name: string, date: SystemTime, from: number, to: number): void {
  const write = writerTo(lines);
  lines.push(`BEGIN:${name}`);
  write('dtstart', `1601-01-01T${pad(date.hour)}:${pad(date.minute)}:${pad(date.second)}`, {}, 'date-time');
  write('tzoffsetfrom', offsetText(from), {}, 'utc-offset');
  write('tzoffsetto', offsetText(to), {}, 'utc-offset');
  if (date.month !== 0) lines.push(`RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=${date.day >= 5 ? -1 : date.day}${codes[date.dayOfWeek] ?? 'SU'};BYMONTH=${date.month}`);
  lines.push(`END:${name}`);
}

/** [MS-OXCICAL] 2.1.3.1.1.19: the rule that holds in the year. */
function timeZoneLines(lines: string[], zone: TimeZone, year: number): void {
  const rule = zoneRuleOf(zone, year);
  const standard = -(rule.bias + rule.standardBias);
  const hasDaylight = rule.standardDate.month !== 0 && rule.daylightDate.month !== 0;
  const daylight = hasDaylight ? -(rule.bias + rule.daylightBias) : standard;
  lines.push('BEGIN:VTIMEZONE');
  writerTo(lines)('tzid', zone.id);
  observance(lines, 'STANDARD', rule.standardDate, daylight, standard);
  observance(lines, 'DAYLIGHT', rule.daylightDate, standard, daylight);
  lines.push('END:VTIMEZONE');
}

/** Times of an event: whole days as dates, others by the zone's clock. */
function writeTimes(write: Write, name: string, times: readonly number[] | undefined, zone: TimeZone, isAllDay: boolean): void {
  if (times === undefined || times.length === 0) return;
  if (isAllDay) write(name, times.map((at) => dateText(zone.toLocal(at))), {}, 'date');
  else write(name, times.map((at) => timeText(zone.toLocal(at))), { tzid: zone.id }, 'date-time');
}

function writeAddress(write: Write, name: string, address: CalendarAddress | undefined, isAttendee: boolean): void {
  if (!address) return;
  const parameters: Record<string, string> = {};
  if (isAttendee) {
    parameters['role'] = address.role ?? 'REQ-PARTICIPANT';
    parameters['partstat'] = address.status ?? 'NEEDS-ACTION';
    if (address.type !== undefined) parameters['cutype'] = address.type;
    if (address.isResponseRequested !== undefined) parameters['rsvp'] = address.isResponseRequested ? 'TRUE' : 'FALSE';
  }
  if (address.sentBy !== undefined) parameters['sent-by'] = `MAILTO:${address.sentBy.replace(/\s/g, '')}`;
  parameters['cn'] = address.name ?? address.email;
  write(name, `MAILTO:${address.email.replace(/\s/g, '')}`, parameters, 'cal-address');
}

/** UNTIL is the start of the last occurrence, in UTC: of whole days their midnight. */
function ruleText(recurrence: Recurrence, { start, zone }: CalendarEvent): string {
  const { hour, minute, second } = zone.toLocal(start);
  return formatRecurrenceRule(recurrence, { until: (end) => compactUtc(zone.toUtc({ ...end, hour, minute, second })) });
}

const truth = (value: boolean | undefined): string => (value ? 'TRUE' : 'FALSE');
const number = (value: number | undefined): string | undefined => (value === undefined ? undefined : String(Math.trunc(value)));

/** By the importance, where the event has no priority of its own: [MS-OXCICAL] 2.1.3.1.1.20 PRIORITY. */
const priorities = [9, 5, 1] as const;

function standardProperties(write: Write, lines: string[], event: CalendarEvent, language: Parameters): void {
  const { zone, isAllDay } = event;
  writeAddress(write, 'organizer', event.organizer, false);
  for (const each of event.attendees ?? []) writeAddress(write, 'attendee', each, true);
  write('description', event.description, language);
  if (event.recurrence) lines.push(`RRULE:${ruleText(event.recurrence, event)}`);
  writeTimes(write, 'rdate', event.added, zone, isAllDay);
  writeTimes(write, 'exdate', event.deleted, zone, isAllDay);
  if (event.htmlDescription !== undefined) write('x-alt-desc', escape(clean(event.htmlDescription)), { fmttype: 'text/html' }, 'unknown');
  write('comment', event.comment, language);
  write('uid', event.uid);
  writeTimes(write, 'recurrence-id', event.recurrenceId === undefined ? undefined : [event.recurrenceId], zone, isAllDay);
  write('summary', event.summary ?? '', language);
  writeTimes(write, 'dtstart', [event.start], zone, isAllDay);
  writeTimes(write, 'dtend', [event.end], event.endZone ?? zone, isAllDay);
  write('class', event.classification ?? 'PUBLIC');
  write('priority', number(event.priority ?? priorities[event.importance as 0 | 1 | 2] ?? 5), {}, 'integer');
  for (const [name, at] of [['dtstamp', event.stamp], ['created', event.created], ['last-modified', event.lastModified]] as const) {
    write(name, at === undefined ? undefined : utcText(at), {}, 'date-time');
  }
  write('transp', (event.isTransparent ?? event.busyStatus === 0) ? 'TRANSPARENT' : 'OPAQUE');
  write('status', event.status ?? 'CONFIRMED');
  write('sequence', number(event.sequence ?? 0), {}, 'integer');
  write('location', event.location ?? '', language);
  if (event.categories && event.categories.length > 0) write('categories', event.categories);
}

function exchangeProperties(write: Write, event: CalendarEvent): void {
  const cdo = (name: string, value: string | undefined): void => write(`x-microsoft-cdo-${name}`, value, {}, 'unknown');
  const busy = busyStatusNames[event.busyStatus ?? 2] ?? 'BUSY';
  cdo('appt-sequence', number(event.appointmentSequence ?? event.sequence ?? 0));
  cdo('ownerapptid', number(event.ownerAppointmentId));
  cdo('busystatus', busy);
  cdo('intendedstatus', event.intendedBusyStatus === undefined ? 'BUSY' : (busyStatusNames[event.intendedBusyStatus] ?? 'BUSY'));
  cdo('alldayevent', truth(event.isAllDay));
  cdo('importance', number(event.importance ?? 1));
  cdo('insttype', event.recurrenceId !== undefined ? '3' : event.recurrence ? '1' : '0');
  write('x-microsoft-donotforwardmeeting', truth(event.isForwardDisallowed), {}, 'unknown');
  write('x-microsoft-disallow-counter', truth(event.isCounterDisallowed), {}, 'unknown');
}

function eventLines(lines: string[], event: CalendarEvent, language: Parameters): void {
  const write = writerTo(lines);
  lines.push('BEGIN:VEVENT');
  standardProperties(write, lines, event, language);
  exchangeProperties(write, event);
  if (event.reminderMinutes !== undefined) {
    lines.push('BEGIN:VALARM', 'DESCRIPTION:REMINDER', `TRIGGER;RELATED=START:${event.reminderMinutes < 0 ? '' : '-'}PT${Math.abs(Math.trunc(event.reminderMinutes))}M`, 'ACTION:DISPLAY', 'END:VALARM');
  }
  lines.push('END:VEVENT');
}

/**
 * Events as Exchange writes them: properties in its order, its X-MICROSOFT ones too, zones by their Windows ids
 * with the rule of the first event's year. Lines end in CRLF and are folded at 75 octets.
 *
 * @throws RecurrenceError `unsupportedPattern` for a regenerating recurrence
 * @example
 * renderCalendar({ method: 'REQUEST', events: [event], language: 'en-US' });
 */
export function renderCalendar({ method, events, language, productId = exchange }: RenderOptions): string {
  const lines: string[] = ['BEGIN:VCALENDAR'];
  const write = writerTo(lines);
  write('method', method);
  write('prodid', productId);
  write('version', '2.0');
  const zones = new Map<string, { readonly zone: TimeZone; readonly year: number }>();
  for (const event of events) {
    for (const zone of [event.zone, event.endZone ?? event.zone]) {
      if (!zones.has(zone.id)) zones.set(zone.id, { zone, year: zone.toLocal(event.start).year });
    }
  }
  for (const { zone, year } of zones.values()) timeZoneLines(lines, zone, year);
  for (const event of events) eventLines(lines, event, language === undefined ? {} : { language });
  lines.push('END:VCALENDAR', '');
  return lines.map(fold).join('\r\n');
}
