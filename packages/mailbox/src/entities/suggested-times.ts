const months = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
const dateForm = new RegExp(`\\b(${months.join('|')}) (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})\\b`, 'i');
const clock = '(\\d{1,2})(?::(\\d{2}))? ?(am|pm)?';
const rangeForm = new RegExp(`\\bfrom ${clock} (?:to|until) ${clock}\\b`, 'i');
const timeForm = new RegExp(`\\bat ${clock}\\b`, 'i');

export interface SuggestedTime {
  /** ms since 1970, as if what was written were UTC: nothing in a text tells its time zone. */
  readonly start: number;
  readonly end: number;
}

/** Half an hour, where no end is told: Microsoft's example of an extracted meeting. */
const halfHour = 1_800_000;

/** Minutes of the day; who says "at 7" for a meeting means the evening, as in that example. */
function minutesOf(hour: string, minute: string | undefined, half: string | undefined): number | undefined {
  const said = Number(hour);
  if (said > 23 || Number(minute ?? 0) > 59 || (half !== undefined && (said < 1 || said > 12))) return undefined;
  const isEvening = half === undefined ? said >= 1 && said <= 7 : half.toLowerCase() === 'pm';
  const hours = half === undefined ? said + (isEvening ? 12 : 0) : (said % 12) + (isEvening ? 12 : 0);
  return hours * 60 + Number(minute ?? 0);
}

/** The time of a sentence that tells a whole date; days that are told from today (`this Friday`) have none here. */
export function timeIn(sentence: string): SuggestedTime | undefined {
  const date = dateForm.exec(sentence);
  if (!date) return undefined;
  const day = Date.UTC(Number(date[3]), months.indexOf((date[1] ?? '').toLowerCase()), Number(date[2]));
  const range = rangeForm.exec(sentence);
  const [hour, minute, half] = (range ?? timeForm.exec(sentence) ?? []).slice(1, 4);
  const from = hour === undefined ? undefined : minutesOf(hour, minute, half);
  if (from === undefined) return undefined;
  const start = day + from * 60_000;
  const to = range ? minutesOf(range[4] ?? '', range[5], range[6]) : undefined;
  return { start, end: to !== undefined && to > from ? day + to * 60_000 : start + halfHour };
}
