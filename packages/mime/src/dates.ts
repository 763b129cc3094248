const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const shownMonths = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const shownDays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
// RFC 5322 4.3; the military letters are there said to mean nothing: UTC.
const zones: Readonly<Record<string, number>> = { est: -300, edt: -240, cst: -360, cdt: -300, mst: -420, mdt: -360, pst: -480, pdt: -420 };

const form = /^(?:[a-z]{3,9}\.?\s*,?\s*)?(\d{1,2})[\s-]+([a-z]{3})[a-z]*[\s-]+(\d{2,4})\s+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\.\d+)?\s*([+-]\d{4}|[a-z]{1,5})?/i;

function fullYear(text: string): number {
  const year = Number(text);
  // RFC 5322 4.3: two digits below 50 are of this century, all others of the last.
  if (text.length === 2) return year < 50 ? 2000 + year : 1900 + year;
  return text.length === 3 ? 1900 + year : year;
}

function offsetMinutes(zone: string | undefined): number {
  if (!zone) return 0;
  if (!/^[+-]/.test(zone)) return zones[zone.toLowerCase()] ?? 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3));
  return zone.startsWith('-') ? -minutes : minutes;
}

/** Milliseconds since 1970 UTC of a date header; undefined for what is none. Old forms of RFC 5322 4.3 included. */
export function parseDate(header: string): number | undefined {
  const match = form.exec(header.slice(0, 200).replace(/\([^()]*\)/g, ' ').trim());
  if (!match) return undefined;
  const [, day, monthName = '', year = '', hour, minute, second, zone] = match;
  const month = months.indexOf(monthName.toLowerCase()) + 1;
  if (month === 0 || Number(day) < 1 || Number(day) > 31 || Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 60) return undefined;
  // Not Date.UTC, which takes years below 100 for those of the last century.
  const midnight = new Date(0).setUTCFullYear(fullYear(year), month - 1, Number(day));
  return midnight + (Number(hour) * 60 + Number(minute) - offsetMinutes(zone)) * 60_000 + Number(second ?? 0) * 1000;
}

/**
 * A date header in UTC.
 *
 * @example
 * formatDate(0); // 'Thu, 1 Jan 1970 00:00:00 +0000'
 */
export function formatDate(milliseconds: number): string {
  const date = new Date(Math.floor(milliseconds));
  const two = (value: number): string => String(value).padStart(2, '0');
  const time = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  return `${shownDays[date.getUTCDay()]}, ${date.getUTCDate()} ${shownMonths[date.getUTCMonth()]} ${String(date.getUTCFullYear()).padStart(4, '0')} ${time} +0000`;
}
