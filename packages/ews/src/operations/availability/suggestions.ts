import { suggestTimes, type BusyStatus, type Suggestion, type SuggestionAttendee, type SuggestionDay, type TimeZone } from '@fauxchange/calendar';
import type { Availability, AvailabilityWindow } from '@fauxchange/mailbox';
import { EwsError } from '../../errors.ts';
import { success } from '../../response-messages.ts';
import type { ArrayOfAttendeeConflictData, MailboxData, SuggestionDayResult, SuggestionsResponseType, SuggestionsViewOptionsType } from '../../schema/types.generated.ts';
import { localText } from './free-busy-view.ts';

/** A mailbox of the request with what is known of it. */
export interface Invited {
  readonly data: MailboxData;
  readonly answer: Availability;
}

/** Limits of SuggestionsViewOptions: least, most, default. */
const ranges = {
  GoodThreshold: [0, 50, 25], MaximumResultsByDay: [0, 48, 10], MaximumNonWorkHourResultsByDay: [0, 48, 0], MeetingDurationInMinutes: [30, 1440, 30],
} as const;

function numberOf(options: SuggestionsViewOptionsType, name: keyof typeof ranges): number {
  const [least, most, byDefault] = ranges[name];
  const value = options[name] ?? byDefault;
  if (value < least || value > most) throw new EwsError('ErrorInvalidArgument', `SuggestionsViewOptions.${name} has to be from ${least} to ${most}.`);
  return value;
}

/** @see [MS-OXWAVLS] 2.2.4.29 SuggestionsResponseType */
export function suggestionsResponse(invited: readonly Invited[], options: SuggestionsViewOptionsType, window: AvailabilityWindow, { zone, now }: { readonly zone: TimeZone; readonly now: number }): SuggestionsResponseType {
  const parts = invited.map(({ answer }) => attendeesOf(answer));
  const mostResults = numberOf(options, 'MaximumResultsByDay');
  const mostOutside = numberOf(options, 'MaximumNonWorkHourResultsByDay');
  const excluding = invited.map(({ data }) => data.ExcludeConflicts === true);
  const isFiltered = excluding.includes(true);
  const days = suggestTimes(parts.flat(), {
    zone, now, ...window,
    durationMinutes: numberOf(options, 'MeetingDurationInMinutes'),
    goodThreshold: numberOf(options, 'GoodThreshold'),
    minimumQuality: options.MinimumSuggestionQuality,
    // Where times are left out for somebody's sake the others move up: all are wanted, and counted below.
    maximumResults: isFiltered ? 1440 : mostResults,
    maximumOutsideWorkingHours: isFiltered ? 1440 : mostOutside,
  });
  const sizes = parts.map(({ length }) => length);
  const groupsOf = (conflicts: readonly BusyStatus[]): readonly (readonly BusyStatus[])[] => {
    let from = 0;
    return sizes.map((size) => conflicts.slice(from, (from += size)));
  };
  const kept = isFiltered ? days.map((day) => withoutConflicts(day, (each) => groupsOf(each.conflicts).every((own, at) => !excluding[at] || own.every(isAvailable)), mostResults, mostOutside)) : days;
  return { ResponseMessage: success, SuggestionDayResultArray: { SuggestionDayResult: kept.map((day) => dayElement(day, zone, (each) => conflictData(invited, groupsOf(each.conflicts)))) } };
}

const isAvailable = (status: BusyStatus): boolean => status === 'Free' || status === 'WorkingElsewhere' || status === 'NoData';

function withoutConflicts(day: SuggestionDay, isFitting: (each: Suggestion) => boolean, mostResults: number, mostOutside: number): SuggestionDay {
  let outside = 0;
  const suggestions = day.suggestions.filter((each) => isFitting(each) && (each.isWorkTime || outside++ < mostOutside)).slice(0, mostResults);
  return { ...day, suggestions, quality: suggestions[0]?.quality ?? 'Poor' };
}

/** A group is everybody in it. */
function attendeesOf(answer: Availability): readonly SuggestionAttendee[] {
  if (answer.kind === 'mailbox') return [{ intervals: answer.entries, workingHours: answer.workingHours }];
  return answer.kind === 'group' ? answer.members.map(({ times, workingHours }) => ({ intervals: times, workingHours })) : [{}];
}

function dayElement({ date, quality, suggestions }: SuggestionDay, zone: TimeZone, conflictsOf: (suggestion: Suggestion) => ArrayOfAttendeeConflictData): SuggestionDayResult {
  return {
    Date: localText(zone.toUtc(date), zone),
    DayQuality: quality,
    SuggestionArray: suggestions.length === 0 ? undefined : {
      Suggestion: suggestions.map((each) => ({ MeetingTime: localText(each.start, zone), IsWorkTime: each.isWorkTime, SuggestionQuality: each.quality, AttendeeConflictDataArray: conflictsOf(each) })),
    },
  };
}

function conflictData(invited: readonly Invited[], groups: readonly (readonly BusyStatus[])[]): ArrayOfAttendeeConflictData {
  return invited.map(({ answer }, at): ArrayOfAttendeeConflictData[number] => {
    const statuses = groups[at] ?? [];
    if (answer.kind === 'mailbox') return ['IndividualAttendeeConflictData', { BusyType: statuses[0] ?? 'NoData' }];
    if (answer.kind === 'none') return [answer.reason === 'groupTooBig' ? 'TooBigGroupAttendeeConflictData' : 'UnknownAttendeeConflictData', {}];
    const noData = statuses.filter((each) => each === 'NoData').length;
    const available = statuses.filter((each) => each === 'Free' || each === 'WorkingElsewhere').length;
    return ['GroupAttendeeConflictData', { NumberOfMembers: statuses.length, NumberOfMembersAvailable: available, NumberOfMembersWithConflict: statuses.length - available - noData, NumberOfMembersWithNoData: noData }];
  });
}
