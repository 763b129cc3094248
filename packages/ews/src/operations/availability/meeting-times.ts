import { workingIntervals, type BusyInterval, type BusyStatus, type WorkingHours, type Weekday } from '@fauxchange/calendar';
import { availabilityOf, type Availability, type AvailabilityWindow } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import type { ActivityDomainType, AvailabilityStatusType, EmptySuggestionReason } from '../../schema/types.generated.ts';

/** A place where the meeting may be; looked at only where its calendar counts. */
export interface PlaceWanted {
  readonly address: string;
  readonly name: string;
  readonly isFreeOnly: boolean;
}
export interface MeetingWanted {
  readonly attendees: readonly string[];
  readonly windows: readonly AvailabilityWindow[];
  readonly durationMinutes: number;
  readonly domain: ActivityDomainType;
  readonly mostCandidates: number;
  readonly isOrganizerOptional: boolean;
  /** Percent. */
  readonly leastConfidence: number;
  readonly places: readonly PlaceWanted[];
  readonly isPlaceRequired: boolean;
}
export interface MeetingTime {
  readonly start: number;
  readonly confidence: number;
  readonly organizer: AvailabilityStatusType;
  readonly attendees: readonly { readonly address: string; readonly status: AvailabilityStatusType }[];
  readonly places: readonly PlaceWanted[];
}

export const minute = 60_000;
const step = 30 * minute;
/** Bounds of ours: slots that are looked at, one by one; and who is asked, as GetUserAvailability has it. */
const mostSlots = 20_000;
const mostPeople = 100;
const mostDays = 62;

/**
 * When a meeting could be. EWS's two operations are nowhere documented but in the schema; Microsoft Graph's findMeetingTimes asks for the same and
 * gets the same, so that its reference tells what counts: free is a chance of 100 %, unknown 49 %, busy none; the average of the attendees is the
 * confidence, 50 % by default; best first, then by time. Tentative is taken for unknown ([K]), and an organizer who is tentative can come (its example).
 */
export async function meetingTimes(wanted: MeetingWanted, context: EwsContext): Promise<readonly MeetingTime[] | EmptySuggestionReason> {
  checkBounds(wanted);
  const all = { from: Math.min(...wanted.windows.map(({ from }) => from)), to: Math.max(...wanted.windows.map(({ to }) => to)) };
  const ask = (address: string): Promise<Availability> => availabilityOf(context.organization, context.caller, address, all);
  const organizer = await ask(context.caller.primarySmtpAddress);
  const attendees = await inTurn(wanted.attendees, async (address) => ({ address, answer: await ask(address) }));
  const places = await inTurn(wanted.places, async (place) => ({ place, answer: place.isFreeOnly ? await ask(place.address) : undefined }));
  const isWorkTime = workTime([...(wanted.isOrganizerOptional ? [] : [organizer]), ...attendees.map(({ answer }) => answer)], wanted.domain, all);
  const missing = new Set<EmptySuggestionReason>();
  const found: MeetingTime[] = [];
  for (const start of starts(wanted.windows, wanted.durationMinutes)) {
    const end = start + wanted.durationMinutes * minute;
    if (!isWorkTime(start, end)) continue;
    const statusOf = (answer: Availability): AvailabilityStatusType => statusIn(answer, start, end);
    const own = statusOf(organizer);
    if (!wanted.isOrganizerOptional && (own === 'Busy' || own === 'Oof')) { missing.add('OrganizerUnavailable'); continue; }
    const told = attendees.map(({ address, answer }) => ({ address, status: statusOf(answer) }));
    const confidence = told.length === 0 ? chanceOf(own) : told.reduce((sum, { status }) => sum + chanceOf(status), 0) / told.length;
    if (confidence < wanted.leastConfidence) { missing.add(told.some(({ status }) => status === 'Unknown') ? 'AttendeesUnavailableOrUnknown' : 'AttendeesUnavailable'); continue; }
    const free = places.filter(({ answer }) => !answer || chanceOf(statusOf(answer)) === 100).map(({ place }) => place);
    if (wanted.isPlaceRequired && free.length === 0) { missing.add('LocationsUnavailable'); continue; }
    found.push({ start, confidence, organizer: own, attendees: told, places: free });
  }
  if (found.length === 0) return reasons.find((reason) => missing.has(reason)) ?? 'Unknown';
  return found.sort((a, b) => b.confidence - a.confidence || a.start - b.start).slice(0, wanted.mostCandidates);
}

/** What came closest to a meeting is the reason why there is none. */
const reasons = ['LocationsUnavailable', 'AttendeesUnavailableOrUnknown', 'AttendeesUnavailable', 'OrganizerUnavailable'] as const;

function checkBounds({ attendees, places, windows, durationMinutes }: MeetingWanted): void {
  if (attendees.length + places.length > mostPeople) throw new EwsError('ErrorMailboxDataArrayTooBig');
  if (durationMinutes < 1 || durationMinutes > 1440) throw new EwsError('ErrorInvalidArgument');
  if (windows.some(({ from, to }) => !(from < to))) throw new EwsError('ErrorInvalidTimeInterval');
  const [from, to] = [Math.min(...windows.map((one) => one.from)), Math.max(...windows.map((one) => one.to))];
  if (to - from > mostDays * 1440 * minute) throw new EwsError('ErrorTimeIntervalTooBig');
}

async function inTurn<T, R>(all: readonly T[], act: (one: T) => Promise<R>): Promise<readonly R[]> {
  const done: R[] = [];
  for (const one of all) done.push(await act(one));
  return done;
}

/** Half hours of the clock inside the windows, each once; from a window's own beginning where it is at none. */
function starts(windows: readonly AvailabilityWindow[], durationMinutes: number): readonly number[] {
  const found = new Set<number>();
  for (const { from, to } of windows) {
    for (let start = Math.ceil(from / step) * step; start + durationMinutes * minute <= to && found.size < mostSlots; start += step) found.add(start);
  }
  return [...found].sort((a, b) => a - b);
}

/** Working hours of all whose hours are known; for what is personal, their hours on Saturdays and Sundays too. */
function workTime(people: readonly Availability[], domain: ActivityDomainType, window: AvailabilityWindow): (start: number, end: number) => boolean {
  const hours = people.flatMap((answer) => (answer.kind === 'mailbox' ? [answer.workingHours] : [])).map((own) => (domain === 'Personal' ? withWeekends(own) : own));
  const intervals = hours.map((own) => workingIntervals(own, window));
  return (start, end) => intervals.every((own) => own.some((period) => period.start <= start && period.end >= end));
}

const weekend: readonly Weekday[] = ['Saturday', 'Sunday'];

function withWeekends({ zone, periods }: WorkingHours): WorkingHours {
  return { zone, periods: periods.map((period) => ({ ...period, days: [...new Set([...period.days, ...weekend])] })) };
}

const strengths: readonly BusyStatus[] = ['Free', 'WorkingElsewhere', 'NoData', 'Tentative', 'Busy', 'OOF'];
const names: Readonly<Record<BusyStatus, AvailabilityStatusType>> = { Free: 'Free', WorkingElsewhere: 'WorkingElsewhere', NoData: 'Unknown', Tentative: 'Tentative', Busy: 'Busy', OOF: 'Oof' };

function statusIn(answer: Availability, start: number, end: number): AvailabilityStatusType {
  if (answer.kind === 'none') return 'Unknown';
  if (answer.kind === 'mailbox') return names[strongestIn(answer.entries, start, end)];
  // A group can come if all of it can.
  return names[answer.members.map(({ times }) => strongestIn(times, start, end)).reduce<BusyStatus>(stronger, 'Free')];
}

const stronger = (a: BusyStatus, b: BusyStatus): BusyStatus => (strengths.indexOf(a) >= strengths.indexOf(b) ? a : b);
const strongestIn = (times: readonly BusyInterval[], start: number, end: number): BusyStatus =>
  times.filter((one) => one.start < end && one.end > start).map(({ status }) => status).reduce<BusyStatus>(stronger, 'Free');

function chanceOf(status: AvailabilityStatusType): number {
  if (status === 'Free' || status === 'WorkingElsewhere') return 100;
  return status === 'Unknown' || status === 'Tentative' ? 49 : 0;
}
