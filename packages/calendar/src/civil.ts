/** A wall clock's reading: month 1 to 12, day 1 to 31. */
export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour?: number | undefined;
  readonly minute?: number | undefined;
  readonly second?: number | undefined;
  readonly millisecond?: number | undefined;
}

/** A whole reading. */
export type WallTime = { readonly [K in keyof LocalTime]-?: number };

export const minute = 60_000;
export const hour: number = 60 * minute;
export const day: number = 24 * hour;

/** Days since 1970 of a date of the Gregorian calendar; months and days beyond their range run over. */
export function daysOf(year: number, month: number, dayOfMonth: number): number {
  const over = Math.floor((month - 1) / 12);
  const m = month - 12 * over;
  const y = year + over - (m <= 2 ? 1 : 0);
  const era = Math.floor(y / 400);
  const ofEra = y - era * 400;
  const ofYear = Math.floor((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5) + dayOfMonth - 1;
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
}

/** The reading as if the clock showed UTC: milliseconds since 1970. */
export function wallMilliseconds(local: LocalTime): number {
  const { year, month, day: ofMonth, hour: h = 0, minute: m = 0, second: s = 0, millisecond: ms = 0 } = local;
  return daysOf(year, month, ofMonth) * day + h * hour + m * minute + s * 1000 + ms;
}

/** The other way: what a clock shows that is at so many milliseconds. */
export function wallTime(milliseconds: number): WallTime {
  const days = Math.floor(milliseconds / day);
  const rest = milliseconds - days * day;
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const ofEra = z - era * 146_097;
  const y = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365);
  const ofYear = ofEra - (365 * y + Math.floor(y / 4) - Math.floor(y / 100));
  const mp = Math.floor((5 * ofYear + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  return {
    year: y + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: ofYear - Math.floor((153 * mp + 2) / 5) + 1,
    hour: Math.floor(rest / hour),
    minute: Math.floor(rest / minute) % 60,
    second: Math.floor(rest / 1000) % 60,
    millisecond: rest % 1000,
  };
}

/** 0 is Sunday. */
export function weekdayOf(days: number): number {
  return (((days + 4) % 7) + 7) % 7;
}

/** Days since 1970 of the nth (1 to 4, from the end: -1 and on) weekday of a month. */
export function nthWeekday(year: number, month: number, weekday: number, occurrence: number): number {
  if (occurrence > 0) {
    const first = daysOf(year, month, 1);
    return first + ((weekday - weekdayOf(first) + 7) % 7) + (occurrence - 1) * 7;
  }
  const last = daysOf(year, month + 1, 1) - 1;
  return last - ((weekdayOf(last) - weekday + 7) % 7) + (occurrence + 1) * 7;
}
