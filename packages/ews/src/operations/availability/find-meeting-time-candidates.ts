import type { AvailabilityWindow } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { readDateTime } from '../../mapping/date-time.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { success } from '../../response-messages.ts';
import type { FindMeetingTimesLocationConstraints, FindMeetingTimesSearchConstraints } from '../../schema/types.generated.ts';
import { candidateCount, candidates, defaults } from './meeting-time-candidates.ts';
import { meetingTimes, minute, type MeetingWanted, type PlaceWanted } from './meeting-times.ts';

/** @see FindMeetingTimeCandidates of the schema; findMeetingTimes, Microsoft Graph reference */
export const findMeetingTimeCandidates: Operation<'FindMeetingTimeCandidates'> = defineOperation('FindMeetingTimeCandidates', async (request, context) => {
  const { AttendeeConstraints, LocationConstraints, SearchConstraints, Constraints } = request;
  const wanted: MeetingWanted = {
    attendees: (AttendeeConstraints?.AttendeeEntries?.AttendeeItem ?? []).flatMap((entry) => entry?.Email ?? []),
    windows: windowsOf(SearchConstraints, context), durationMinutes: SearchConstraints?.MeetingDurationInMinutes ?? defaults.durationMinutes,
    domain: SearchConstraints?.ActivityDomain ?? defaults.domain, mostCandidates: candidateCount(Constraints?.MaxCandidates), isOrganizerOptional: Constraints?.IsOrganizerOptional === true,
    leastConfidence: percentOf(Constraints?.MinimumAttendeePercentage), places: placesOf(LocationConstraints, context), isPlaceRequired: LocationConstraints?.IsRequired === true,
  };
  return { ...success, MeetingTimeCandidates: candidates(await meetingTimes(wanted, context), wanted, Constraints?.ReturnSuggestionHints === true) };
});

const mostWindows = 100;
/** Where none is given: a week from now ([K]). */
const week = 7 * 1440 * minute;

function windowsOf(constraints: FindMeetingTimesSearchConstraints | undefined, { clock, localOffset }: EwsContext): readonly AvailabilityWindow[] {
  const slots = constraints?.SearchWindows?.TimeSlot ?? [];
  if (slots.length > mostWindows) throw new EwsError('ErrorInvalidArgument');
  if (slots.length === 0) return [{ from: clock.now(), to: clock.now() + week }];
  return slots.map(({ StartTime, DurationInMinutes }) => {
    const from = readDateTime(StartTime, localOffset);
    if (from === undefined || !Number.isFinite(DurationInMinutes)) throw new EwsError('ErrorInvalidTimeInterval');
    return { from, to: from + DurationInMinutes * minute };
  });
}

function percentOf(asked: number | undefined): number {
  if (asked !== undefined && !(asked >= 0 && asked <= 100)) throw new EwsError('ErrorInvalidArgument');
  return asked ?? defaults.leastConfidence;
}

const mostRooms = 20;

/** Those that the request names; to be suggested are rooms of the organization that are free ([K] which). */
function placesOf(constraints: FindMeetingTimesLocationConstraints | undefined, { organization: { directory } }: EwsContext): readonly PlaceWanted[] {
  const named = (constraints?.LocationEntries?.LocationItem ?? []).map((item) => (
    { address: item?.Email ?? '', name: item?.Name ?? '', isFreeOnly: item?.ResolveAvailability === true && item.Email !== undefined }));
  if (named.length > 0 || !constraints?.SuggestLocation) return named;
  const rooms = directory.list().filter(({ recipientType, isHiddenFromAddressLists }) => recipientType === 'RoomMailbox' && !isHiddenFromAddressLists);
  return rooms.slice(0, mostRooms).map(({ primarySmtpAddress, displayName }) => ({ address: primarySmtpAddress, name: displayName, isFreeOnly: true }));
}
