import { defaultWorkingHours, timeZone, timeZoneOfRule, weekdays, type SystemTime, type TimeZone, type Weekday, type WorkingHours } from '@fauxchange/calendar';
import { findConfiguration } from '../configuration/configuration.ts';
import type { FolderId } from '../ids.ts';
import type { MailboxSession } from '../session/mailbox-session.ts';

/** Longer ones are not read: the structure has a few hundred characters. */
const MOST_TEXT = 16_384;

/**
 * The working hours of a mailbox: those that its clients keep in the configuration WorkHours of the calendar folder,
 * [MS-OXOCFG] 2.2.5; without one Monday to Friday, eight to five, in the mailbox's zone.
 */
export async function workingHoursOf(session: MailboxSession, calendarId: FolderId): Promise<WorkingHours> {
  const { xml } = (await findConfiguration(session, calendarId, 'WorkHours')) ?? {};
  const text = xml && Buffer.from(xml.subarray(0, MOST_TEXT)).toString('utf8');
  const own = text === undefined ? undefined : parseWorkHours(text);
  return own ?? defaultWorkingHours((await zoneOfMailbox(session)) ?? utc());
}

function utc(): TimeZone {
  return timeZone('UTC') as TimeZone;
}

/** The zone that Outlook on the web keeps for a mailbox; undefined where it was never used. */
export async function zoneOfMailbox(session: MailboxSession): Promise<TimeZone | undefined> {
  const root = session.mailbox.wellKnown('root');
  const options = root === undefined ? undefined : await findConfiguration(session, root, 'OWA.UserOptions');
  const id = options?.dictionary?.find(({ key }) => key.texts[0] === 'timezone')?.value?.texts[0];
  return id === undefined ? undefined : timeZone(id);
}

const element = (text: string, name: string): string | undefined => new RegExp(`<${name}(?:\\s[^>]*)?>([^<]{0,200}|[\\s\\S]*?)</${name}>`).exec(text)?.[1]?.trim();

function minutesOf(clock: string | undefined): number | undefined {
  const match = /^(\d{1,2}):(\d\d)(?::\d\d)?$/.exec(clock ?? '');
  const minutes = match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
  return minutes !== undefined && minutes <= 1440 ? minutes : undefined;
}

/** Undefined for what is no WorkHoursVersion1. */
export function parseWorkHours(text: string): WorkingHours | undefined {
  const startMinutes = minutesOf(element(text, 'Start'));
  const endMinutes = minutesOf(element(text, 'End'));
  const zoneText = element(text, 'TimeZone');
  if (startMinutes === undefined || endMinutes === undefined || endMinutes <= startMinutes) return undefined;
  const named = (element(text, 'WorkDays') ?? '').split(/\s+/);
  const known: Readonly<Record<string, readonly Weekday[]>> = { Weekdays: weekdays.slice(1, 6), WeekendDays: ['Sunday', 'Saturday'], AllDays: weekdays };
  const asked = new Set(named.flatMap((name): readonly string[] => (Object.hasOwn(known, name) ? (known[name] ?? []) : [name])));
  return { zone: zoneOf(zoneText ?? '') ?? utc(), periods: [{ days: weekdays.filter((day) => asked.has(day)), startMinutes, endMinutes }] };
}

function zoneOf(text: string): TimeZone | undefined {
  const named = timeZone(element(text, 'Name') ?? '');
  if (named) return named;
  const bias = Number(element(text, 'Bias') ?? Number.NaN);
  if (!Number.isInteger(bias) || Math.abs(bias) > 1440) return undefined;
  const standard = element(text, 'Standard') ?? '';
  const daylight = element(text, 'DaylightSavings') ?? '';
  const biasIn = (part: string): number => Number(element(part, 'Bias') ?? 0) || 0;
  try {
    return timeZoneOfRule({ bias, standardBias: biasIn(standard), daylightBias: biasIn(daylight), standardDate: changeDate(standard), daylightDate: changeDate(daylight) }, 2026);
  } catch {
    // A rule that is none: the hours count all the same.
    return undefined;
  }
}

/** `0000/11/01`: every year, the first such weekday of November. */
function changeDate(part: string): SystemTime {
  const date = /^\d{4}\/(\d\d)\/(\d\d)$/.exec(element(part, 'Date') ?? '');
  const minutes = minutesOf(element(part, 'Time')) ?? 0;
  const dayOfWeek = Number(element(part, 'DayOfWeek') ?? 0) || 0;
  return { year: 0, month: Number(date?.[1] ?? 0), dayOfWeek, day: Number(date?.[2] ?? 0), hour: Math.floor(minutes / 60), minute: minutes % 60, second: 0, milliseconds: 0 };
}
