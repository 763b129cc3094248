import { EwsError } from '../../errors.ts';
import { formatDateTime } from '../../mapping/date-time.ts';
import type { ArrayOfMeetingTimeCandidate, EmptySuggestionReason } from '../../schema/types.generated.ts';
import type { MeetingTime, MeetingWanted } from './meeting-times.ts';

/** Of the reference of findMeetingTimes. */
export const defaults = { durationMinutes: 30, leastConfidence: 50, domain: 'Work' } as const;
/** As many as are told unasked ([K]). */
export const defaultCandidates = 20;

export function candidateCount(asked: number | undefined): number {
  if (asked !== undefined && asked < 1) throw new EwsError('ErrorInvalidArgument');
  return asked ?? defaultCandidates;
}

/** The text is that of the example of findMeetingTimes. */
const hintOfAll = 'Suggested because it is one of the nearest times when all attendees are available.';

/**
 * The schema has a reason for no candidates, and no answer without one: a fault until it is known which of the two Exchange breaks.
 * What the score counts is not known; it rises with the confidence ([K]).
 */
export function candidates(found: readonly MeetingTime[] | EmptySuggestionReason, { durationMinutes }: MeetingWanted, withHints: boolean): ArrayOfMeetingTimeCandidate {
  if (typeof found === 'string') throw new EwsError('ErrorMeetingSuggestionGenerationFailed', undefined, { values: { EmptySuggestionsHint: found } });
  return {
    MeetingTimeCandidate: found.map(({ start, confidence, organizer, attendees, places }) => ({
      MeetingTimeslot: { StartTime: formatDateTime(start), DurationInMinutes: durationMinutes },
      Confidence: confidence, Score: Math.round(confidence), OrganizerAvailability: organizer,
      AttendeeAvailabilities: { AttendeeAvailability: attendees.map(({ address, status }) => ({ EmailAddress: address, Availability: status })) },
      Locations: { MeetingLocation: places.map(({ address, name }) => ({ EmailAddress: address, DisplayName: name })) },
      SuggestionHint: withHints && confidence === 100 ? hintOfAll : '',
    })),
  };
}
