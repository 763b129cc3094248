import { parseMinutes } from '@fauxchange/calendar';
import { EwsError } from '../../errors.ts';
import { readDateTime } from '../../mapping/date-time.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { success } from '../../response-messages.ts';
import { candidateCount, candidates, defaults } from './meeting-time-candidates.ts';
import { meetingTimes, minute, type MeetingWanted } from './meeting-times.ts';

/** @see FindAvailableMeetingTimes of the schema; findMeetingTimes, Microsoft Graph reference */
export const findAvailableMeetingTimes: Operation<'FindAvailableMeetingTimes'> = defineOperation('FindAvailableMeetingTimes', async (request, context) => {
  const from = readDateTime(request.SearchWindowStart, context.localOffset);
  const minutes = parseMinutes(request.SearchWindowDuration);
  if (from === undefined || minutes === undefined) throw new EwsError('ErrorInvalidTimeInterval');
  const wanted: MeetingWanted = {
    attendees: request.Attendees?.SmtpAddress ?? [], windows: [{ from, to: from + minutes * minute }], durationMinutes: request.MeetingDurationInMinutes ?? defaults.durationMinutes,
    domain: request.ActivityDomain ?? defaults.domain, mostCandidates: candidateCount(request.MaxCandidates), isOrganizerOptional: false, leastConfidence: defaults.leastConfidence,
    places: request.Location ? [{ address: '', name: request.Location, isFreeOnly: false }] : [], isPlaceRequired: false,
  };
  return { ...success, MeetingTimeCandidates: candidates(await meetingTimes(wanted, context), wanted, true) };
});
