export type { LocalTime, WallTime } from './civil.ts';
export { customTimeZone, TimeZoneError } from './custom-time-zone.ts';
export { weekdays } from './definition.ts';
export type { GroupTransition, PeriodTransition, TimeZoneDefinition, TimeZonePeriod, TransitionsGroup, Weekday } from './definition.ts';
export { formatMinutes, parseMinutes } from './duration.ts';
export { timeZone, timeZoneOfIana, windowsTimeZones } from './time-zone.ts';
export type { TimeZone, WindowsTimeZone } from './time-zone.ts';
export { checkRecurrence, civilDate, dayIndexes, dayKinds, dayNumber, RecurrenceError, regenerationUnits } from './recurrence/recurrence.ts';
export type { CivilDate, DayIndex, DayKind, Recurrence, RecurrenceFault, RecurrencePattern, RecurrenceRange, RegenerationUnit } from './recurrence/recurrence.ts';
export { dateSequence, regeneratedDate } from './recurrence/date-sequence.ts';
export type { DateSequence } from './recurrence/date-sequence.ts';
export { createSeries, firstOccurrence, indexOf, lastOccurrence, occurrenceAt, occurrenceCount, occurrences, SeriesError } from './recurrence/series.ts';
export type { ExceptionOverrides, Occurrence, OccurrenceException, Series, SeriesFault, SeriesOptions } from './recurrence/series.ts';
export { originalStartOf, wholeDays, withException, withoutException, withoutOccurrence } from './recurrence/exceptions.ts';
export { formatRecurrenceRule, parseRecurrenceRule } from './recurrence/recurrence-rule.ts';
export type { RuleContext, RuleOptions } from './recurrence/recurrence-rule.ts';
export { decodeAppointmentRecur, decodeTaskRecurrence, encodeAppointmentRecur, encodeTaskRecurrence } from './binary/appointment-recur.ts';
export type { AppointmentRecur, ExceptionInfo, ExtendedException, RecurrencePatternFields } from './binary/appointment-recur.ts';
export { CalendarBytesError } from './binary/bytes.ts';
export { fieldsOfRecurrence, recurrenceOfFields } from './binary/recurrence-fields.ts';
export { recurOfSeries, seriesOfRecur } from './binary/series-fields.ts';
export {
  decodeActiveSyncTimeZone,
  decodeTimeZoneDefinition,
  decodeTimeZoneStruct,
  encodeActiveSyncTimeZone,
  encodeTimeZoneDefinition,
  encodeTimeZoneStruct,
  fieldsOfTimeZone,
  timeZoneOfFields,
} from './binary/time-zone-blobs.ts';
export type { NamedZoneRule, TimeZoneDefinitionFields, TimeZoneRuleFields } from './binary/time-zone-blobs.ts';
export { timeZoneOfRule, zoneRuleOf } from './binary/time-zone-rule.ts';
export type { SystemTime, ZoneRule } from './binary/time-zone-rule.ts';
export { cleanGlobalObjectId, decodeGlobalObjectId, encodeGlobalObjectId, globalObjectIdOfUid, uidOfGlobalObjectId } from './binary/global-object-id.ts';
export type { GlobalObjectId } from './binary/global-object-id.ts';
export type { CalendarAddress, CalendarComponent, CalendarEvent, CalendarText, CalendarTodo } from './icalendar/calendar-event.ts';
export { CalendarTextError } from './icalendar/components.ts';
export type { CalendarLimits } from './icalendar/components.ts';
export { parseCalendar } from './icalendar/parse-calendar.ts';
export type { ParseOptions } from './icalendar/parse-calendar.ts';
export { renderCalendar } from './icalendar/render-calendar.ts';
export type { RenderOptions } from './icalendar/render-calendar.ts';
export { seriesOfEvents } from './icalendar/series-of-events.ts';
export { busyStatuses, mergeBusy, mergedFreeBusy } from './availability/free-busy.ts';
export type { BusyInterval, BusyStatus, MergedOptions } from './availability/free-busy.ts';
export { suggestionQualities, suggestionQuality, suggestTimes } from './availability/suggestions.ts';
export type { Suggestion, SuggestionAttendee, SuggestionDay, SuggestionOptions, SuggestionQuality } from './availability/suggestions.ts';
export { defaultWorkingHours, isWorkingTime, workingIntervals } from './availability/working-hours.ts';
export type { WorkingHours, WorkingPeriod } from './availability/working-hours.ts';
