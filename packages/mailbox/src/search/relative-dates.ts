import { lookup } from '@fauxchange/kernel';

/** A stretch of time in ms since 1970 UTC, the end excluded. */
export interface DayRange {
  readonly start: number;
  readonly end: number;
}
const day = 86_400_000;

/** The days that a date of a query means: `2026-01-05`, `1/5/2026`, `2026-01-01..2026-01-31`, `today`, `last week` … in UTC. */
export function dayRange(text: string, now: number): DayRange | undefined {
  const ends = text.split('..');
  if (ends.length === 2) {
    const [first, last] = ends.map((end) => singleRange(end.trim(), now));
    return first && last ? { start: first.start, end: last.end } : undefined;
  }
  return singleRange(text.trim(), now);
}

function singleRange(text: string, now: number): DayRange | undefined {
  const today = Math.floor(now / day) * day;
  const relative = lookup(relativeRanges, text.toLowerCase().replaceAll(/\s+/g, ''));
  if (relative) return relative(today);
  const parts = /^(\d{4})-(\d{1,2})-(\d{1,2})/.exec(text) ?? reorder(/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text));
  if (!parts) return undefined;
  const start = Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));
  return Number.isNaN(start) ? undefined : { start, end: start + day };
}

/** month/day/year as year, month, day. */
function reorder(match: RegExpExecArray | null): readonly (string | undefined)[] | undefined {
  return match ? [match[0], match[3], match[1], match[2]] : undefined;
}

const month = (today: number, shift: number): DayRange => {
  const date = new Date(today);
  const at = (more: number): number => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + shift + more, 1);
  return { start: at(0), end: at(1) };
};
const year = (today: number, shift: number): DayRange => {
  const first = new Date(today).getUTCFullYear() + shift;
  return { start: Date.UTC(first, 0, 1), end: Date.UTC(first + 1, 0, 1) };
};
const week = (today: number, shift: number): DayRange => {
  const sunday = today - new Date(today).getUTCDay() * day + shift * 7 * day;
  return { start: sunday, end: sunday + 7 * day };
};

const relativeRanges: Readonly<Record<string, (today: number) => DayRange>> = {
  today: (today) => ({ start: today, end: today + day }),
  yesterday: (today) => ({ start: today - day, end: today }),
  tomorrow: (today) => ({ start: today + day, end: today + 2 * day }),
  thisweek: (today) => week(today, 0),
  lastweek: (today) => week(today, -1),
  nextweek: (today) => week(today, 1),
  thismonth: (today) => month(today, 0),
  lastmonth: (today) => month(today, -1),
  nextmonth: (today) => month(today, 1),
  thisyear: (today) => year(today, 0),
  lastyear: (today) => year(today, -1),
  nextyear: (today) => year(today, 1),
};
