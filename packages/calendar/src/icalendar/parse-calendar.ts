import { day, daysOf, minute } from '../civil.ts';
import { parseMinutes } from '../duration.ts';
import { present } from '../present.ts';
import { parseRecurrenceRule } from '../recurrence/recurrence-rule.ts';
import { RecurrenceError } from '../recurrence/recurrence.ts';
import type { CivilDate } from '../recurrence/recurrence.ts';
import { timeZone } from '../time-zone.ts';
import type { TimeZone } from '../time-zone.ts';
import { busyStatusNames } from './calendar-event.ts';
import type { CalendarAddress, CalendarComponent, CalendarEvent, CalendarText, CalendarTodo } from './calendar-event.ts';
import { CalendarTextError, defaultLimits, find, flagIn, numberIn, parameterOf, readComponents, textIn, textOf } from './components.ts';
import type { CalendarLimits, Component } from './components.ts';
import type { Property } from './library.ts';
import { zoneOfId } from './zones-of-text.ts';

export interface ParseOptions {
  readonly limits?: CalendarLimits | undefined;
  /** Of times without a zone and of whole days: that of the mailbox. UTC by default. */
  readonly zone?: TimeZone | undefined;
}

interface Context {
  readonly calendar: Component;
  readonly zone: TimeZone;
  /** By TZID, so that each is looked for once. */
  readonly zones: Map<string, TimeZone>;
}

interface Time {
  readonly at: number;
  readonly date: CivilDate;
  readonly isDate: boolean;
  readonly zone: TimeZone;
}

function zoneOf(context: Context, id: string | undefined, year: number): TimeZone {
  if (id === undefined) return context.zone;
  // What nobody knows is taken for the clock of the mailbox.
  const zone = context.zones.get(id) ?? zoneOfId(id, context.calendar, year) ?? context.zone;
  context.zones.set(id, zone);
  return zone;
}

/** A value of DATE or DATE-TIME. A time that ends in Z is UTC, whatever zone is named beside it: that zone is for showing it. */
function timeOf(context: Context, value: unknown, tzid: string | undefined): Time | undefined {
  const text = String(Array.isArray(value) ? value[0] : value);
  const [, y, m, d, hours, minutes, seconds, utc] = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)?(Z)?)?/.exec(text) ?? [];
  const date = { year: Number(y), month: Number(m), day: Number(d) };
  if (y === undefined || date.year < 1601 || date.month < 1 || date.month > 12 || date.day < 1 || date.day > 31) return undefined;
  const zone = zoneOf(context, tzid, date.year);
  const local = { ...date, hour: Number(hours ?? 0), minute: Number(minutes ?? 0), second: Number(seconds ?? 0) };
  const wall = daysOf(date.year, date.month, date.day) * day + (local.hour * 60 + local.minute) * minute + local.second * 1000;
  const at = utc ? wall : zone.toUtc(local);
  const shown = utc ? (tzid === undefined ? timeZone('UTC') ?? zone : zone) : zone;
  const here = shown.toLocal(at);
  return { at, isDate: hours === undefined, zone: shown, date: { year: here.year, month: here.month, day: here.day } };
}

const timeIn = (context: Context, component: Component, name: string): Time | undefined => {
  const property = find(component, name);
  return property && timeOf(context, property[3], parameterOf(property, 'tzid'));
};

/** Minutes of a duration of iCalendar, which knows weeks. */
function durationOf(text: string | undefined): number | undefined {
  const weeks = /^\s*([+-]?)P(\d{1,5})W\s*$/.exec(text ?? '');
  if (weeks) return Number(weeks[2]) * 7 * 1440 * (weeks[1] === '-' ? -1 : 1);
  return text === undefined ? undefined : parseMinutes(text.replace(/^\s*\+/, ''));
}

function addressOf(property: Property): CalendarAddress | undefined {
  const email = (textOf(property) ?? '').trim().replace(/^mailto:\s*/i, '');
  if (email === '' || email.length > 1000) return undefined;
  const upper = (name: string): string | undefined => parameterOf(property, name)?.toUpperCase();
  const rsvp = upper('rsvp');
  return {
    email,
    name: parameterOf(property, 'cn'),
    role: upper('role'),
    status: upper('partstat'),
    isResponseRequested: rsvp === undefined ? undefined : rsvp === 'TRUE',
    type: upper('cutype'),
    sentBy: parameterOf(property, 'sent-by')?.replace(/^mailto:/i, ''),
  };
}

function reminderOf(context: Context, component: Component, start: number | undefined): number | undefined {
  for (const alarm of component.components) {
    const trigger = alarm.name === 'VALARM' ? find(alarm, 'trigger') : undefined;
    if (!trigger) continue;
    const before = durationOf(textOf(trigger));
    if (before !== undefined) return before === 0 ? 0 : -before;
    const at = timeOf(context, trigger[3], parameterOf(trigger, 'tzid'))?.at;
    if (at !== undefined && start !== undefined) return Math.round((start - at) / minute);
  }
  return undefined;
}

function recurrenceOf(component: Component, start: Time | undefined): Pick<CalendarComponent, 'recurrence' | 'recurrenceFault'> {
  const { rule } = component;
  // Outlook's rules of the Hijri, Hebrew and lunar calendars: [MS-OXCICAL] 2.1.3.1.1.20 X-MICROSOFT-RRULE.
  if (rule === undefined && start && find(component, 'x-microsoft-rrule')) return { recurrenceFault: 'unsupportedCalendar' };
  if (rule === undefined || !start) return {};
  const { hour, minute: minutes, second } = start.zone.toLocal(start.at);
  try {
    return { recurrence: parseRecurrenceRule(rule, { start: start.date, zone: start.zone, timeOfDay: (hour * 60 + minutes) * minute + second * 1000 }) };
  } catch (error) {
    if (error instanceof RecurrenceError) return { recurrenceFault: error.reason };
    throw error;
  }
}

function common(context: Context, component: Component, start: Time | undefined): CalendarComponent {
  const categories = component.properties.filter(([name]) => name === 'categories').flatMap((each) => each.slice(3).map(String));
  return {
    uid: textIn(component, 'uid'),
    summary: textIn(component, 'summary'),
    description: textIn(component, 'description'),
    ...(categories.length > 0 ? { categories } : {}),
    classification: textIn(component, 'class')?.toUpperCase(),
    priority: numberIn(component, 'priority', 9),
    status: textIn(component, 'status')?.toUpperCase(),
    stamp: timeIn(context, component, 'dtstamp')?.at,
    created: timeIn(context, component, 'created')?.at,
    lastModified: timeIn(context, component, 'last-modified')?.at,
    ...recurrenceOf(component, start),
    reminderMinutes: reminderOf(context, component, start?.at),
  };
}

function timesIn(context: Context, component: Component, name: string): readonly number[] | undefined {
  const times = component.properties
    .filter(([each]) => each === name)
    .flatMap((property) => property.slice(3).map((value) => timeOf(context, value, parameterOf(property, 'tzid'))?.at))
    .filter((each) => each !== undefined);
  return times.length === 0 ? undefined : times;
}

function busyIn(component: Component, name: string): number | undefined {
  const text = (textIn(component, `x-microsoft-cdo-${name}`) ?? textIn(component, `x-microsoft-msncalendar-${name}`))?.trim().toUpperCase();
  const index = busyStatusNames.indexOf(text as (typeof busyStatusNames)[number]);
  return index < 0 ? undefined : index;
}

/** [MS-OXCICAL] 2.1.3.1.1.20 X-MICROSOFT-CDO-BUSYSTATUS: without a word of Exchange's own, what TRANSP and STATUS say. */
function busyStatusOf(component: Component): number | undefined {
  const transparency = textIn(component, 'transp')?.trim().toUpperCase();
  const said = transparency === 'TRANSPARENT' ? 0 : textIn(component, 'status')?.trim().toUpperCase() === 'TENTATIVE' ? 1 : transparency === 'OPAQUE' ? 2 : undefined;
  return busyIn(component, 'busystatus') ?? said;
}

/** 1 to 4 is high, 5 normal, 6 to 9 low; Exchange's own word comes first. */
function importanceOf(component: Component): number | undefined {
  const priority = numberIn(component, 'priority', 9);
  const said = priority === undefined || priority <= 0 ? undefined : priority < 5 ? 2 : priority === 5 ? 1 : 0;
  return numberIn(component, 'x-microsoft-cdo-importance', 2) ?? said;
}

/** DTEND, else DURATION, else a whole day or no time at all: RFC 5545 3.6.1. */
function endOf(context: Context, component: Component, start: Time): Time {
  const end = timeIn(context, component, 'dtend');
  if (end) return end;
  const duration = durationOf(textIn(component, 'duration'));
  const { zone } = start;
  if (!start.isDate) return { ...start, at: start.at + (duration ?? 0) * minute };
  const days = Math.max(1, Math.ceil((duration ?? 1440) / 1440));
  return { ...start, at: zone.toUtc({ ...start.date, day: start.date.day + days }) };
}

function isMidnight(zone: TimeZone, at: number): boolean {
  const { hour, minute: minutes, second, millisecond } = zone.toLocal(at);
  return hour === 0 && minutes === 0 && second === 0 && millisecond === 0;
}

function span(context: Context, component: Component, start: Time): Pick<CalendarEvent, 'start' | 'end' | 'isAllDay' | 'zone' | 'endZone'> {
  const last = endOf(context, component, start);
  const { zone } = start;
  const marked = flagIn(component, 'x-microsoft-cdo-alldayevent') ?? flagIn(component, 'x-microsoft-msncalendar-alldayevent');
  const isAllDay = start.isDate || (marked === true && last.at > start.at && isMidnight(zone, start.at) && isMidnight(zone, last.at));
  const least = isAllDay ? zone.toUtc({ ...start.date, day: start.date.day + 1 }) : start.at;
  return { start: start.at, end: Math.max(last.at, least), isAllDay, zone, ...(last.zone === zone ? {} : { endZone: last.zone }) };
}

function eventOf(context: Context, component: Component): CalendarEvent | undefined {
  const start = timeIn(context, component, 'dtstart');
  if (!start) return undefined;
  const organizer = find(component, 'organizer');
  const attendees = component.properties.filter(([name]) => name === 'attendee').map(addressOf);
  const transparency = textIn(component, 'transp')?.toUpperCase();
  const zone = start.zone;
  const recurrenceId = find(component, 'recurrence-id');
  return {
    ...common(context, component, start),
    ...span(context, component, start),
    htmlDescription: textIn(component, 'x-alt-desc'),
    location: textIn(component, 'location'),
    organizer: organizer && addressOf(organizer),
    attendees: attendees.filter((each) => each !== undefined),
    isTransparent: transparency === undefined ? undefined : transparency === 'TRANSPARENT',
    sequence: numberIn(component, 'sequence'),
    deleted: timesIn({ ...context, zone }, component, 'exdate'),
    added: timesIn({ ...context, zone }, component, 'rdate'),
    recurrenceId: recurrenceId && timeOf({ ...context, zone }, recurrenceId[3], parameterOf(recurrenceId, 'tzid'))?.at,
    comment: textIn(component, 'comment'),
    busyStatus: busyStatusOf(component),
    intendedBusyStatus: busyIn(component, 'intendedstatus'),
    importance: importanceOf(component),
    appointmentSequence: numberIn(component, 'x-microsoft-cdo-appt-sequence'),
    ownerAppointmentId: numberIn(component, 'x-microsoft-cdo-ownerapptid'),
    isCounterDisallowed: flagIn(component, 'x-microsoft-disallow-counter'),
    isForwardDisallowed: flagIn(component, 'x-microsoft-donotforwardmeeting'),
  };
}

function todoOf(context: Context, component: Component): CalendarTodo {
  const start = timeIn(context, component, 'dtstart');
  const due = timeIn(context, component, 'due');
  const duration = durationOf(textIn(component, 'duration'));
  return {
    ...common(context, component, start ?? due),
    start: start?.at,
    due: due?.at ?? (start && duration !== undefined ? start.at + duration * minute : undefined),
    completed: timeIn(context, component, 'completed')?.at,
    percentComplete: numberIn(component, 'percent-complete', 100),
  };
}

/**
 * What iCalendar says, as tolerantly as Exchange reads it: lines and times that cannot be read are passed
 * over; an event without a start is none. Several VCALENDARs in a text are one.
 *
 * @throws CalendarTextError when there is no VCALENDAR, or more than the limits let
 * @example
 * const { method, events } = parseCalendar(text, { zone: timeZone('W. Europe Standard Time') });
 */
export function parseCalendar(text: string, { limits = defaultLimits, zone }: ParseOptions = {}): CalendarText {
  const local = zone ?? timeZone('UTC');
  if (!local) throw new CalendarTextError('there is no zone');
  const calendars = readComponents(text, limits);
  const read = <T extends object>(name: string, make: (context: Context, component: Component) => T | undefined): readonly T[] =>
    calendars.flatMap((calendar) => {
      const named = textIn(calendar, 'x-wr-timezone');
      const context: Context = { calendar, zone: (named === undefined || zone ? undefined : zoneOfId(named, calendar, 2000)) ?? local, zones: new Map() };
      return calendar.components.filter((each) => each.name === name).flatMap((each) => make(context, each) ?? []).map(present);
    });
  const [first] = calendars;
  const attributes = first && { method: textIn(first, 'method')?.trim().toUpperCase(), productId: textIn(first, 'prodid'), name: textIn(first, 'x-wr-calname') };
  return { ...present(attributes ?? {}), events: read('VEVENT', eventOf), todos: read('VTODO', todoOf) };
}
