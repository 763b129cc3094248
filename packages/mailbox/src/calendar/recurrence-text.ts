import type { CivilDate, Recurrence, RecurrencePattern } from '@fauxchange/calendar';

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const every = (interval: number, unit: string): string => (interval === 1 ? `every ${unit}` : `every ${interval} ${unit}s`);
const date = ({ year, month, day }: CivilDate): string => `${month}/${day}/${year}`;

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

function patternText(pattern: RecurrencePattern): string {
  const which = 'index' in pattern ? `the ${pattern.index.toLowerCase()} ${pattern.day}` : '';
  switch (pattern.kind) {
    case 'daily': return every(pattern.interval, 'day');
    case 'weekly': return pattern.interval === 1 ? `every ${listed(pattern.days)}` : `${every(pattern.interval, 'week')} on ${listed(pattern.days)}`;
    case 'absoluteMonthly': return `day ${pattern.dayOfMonth} of ${every(pattern.interval, 'month')}`;
    case 'relativeMonthly': return `${which} of ${every(pattern.interval, 'month')}`;
    case 'absoluteYearly': return `every ${months[pattern.month - 1] ?? ''} ${pattern.dayOfMonth}`;
    case 'relativeYearly': return `${which} of ${months[pattern.month - 1] ?? ''}`;
    case 'regenerating': return `${every(pattern.interval, pattern.unit.toLowerCase())} after completion`;
  }
}

/** PidLidRecurrencePattern: for people, in English. */
export function recurrenceText({ pattern, start, range }: Recurrence): string {
  return `Occurs ${patternText(pattern)} effective ${date(start)}${range.kind === 'endDate' ? ` until ${date(range.end)}` : ''}`;
}

/** PidLidRecurrenceType, [MS-OXOCAL] 2.2.1.45: 1 daily, 2 weekly, 3 monthly, 4 yearly. */
export function recurrenceType({ pattern }: Recurrence): number {
  if (pattern.kind === 'daily' || pattern.kind === 'regenerating') return 1;
  if (pattern.kind === 'weekly') return 2;
  return pattern.kind.endsWith('Monthly') ? 3 : 4;
}
