import { minute, wallMilliseconds, wallTime } from '../civil.ts';
import { present } from '../present.ts';
import { dayNumber } from '../recurrence/recurrence.ts';
import { createSeries } from '../recurrence/series.ts';
import type { OccurrenceException, Series } from '../recurrence/series.ts';
import type { TimeZone } from '../time-zone.ts';
import type { AppointmentRecur, ExceptionInfo, ExtendedException } from './appointment-recur.ts';
import { dayOfMinutes, fieldsOfRecurrence, midnightOf, recurrenceOfFields } from './recurrence-fields.ts';

const msOf1601 = midnightOf(0) * minute;
/** Minutes since 1601 on the zone's clock. */
const localMinutes = (zone: TimeZone, at: number): number => Math.floor((wallMilliseconds(zone.toLocal(at)) + msOf1601) / minute);
const instantOf = (zone: TimeZone, minutes: number): number => zone.toUtc(wallTime(minutes * minute - msOf1601));

function exceptionOf(info: ExceptionInfo, extended: ExtendedException | undefined, zone: TimeZone): OccurrenceException {
  const flag = (value: number | undefined): boolean | undefined => (value === undefined ? undefined : value !== 0);
  const all = {
    originalStart: instantOf(zone, info.originalStartDate),
    start: instantOf(zone, info.startDateTime),
    end: instantOf(zone, info.endDateTime),
    // The narrow texts are of a code page that nobody tells; the wide ones are meant where they are.
    subject: extended?.subject ?? info.subject,
    location: extended?.location ?? info.location,
    busyStatus: info.busyStatus,
    isReminderSet: flag(info.reminderSet),
    reminderMinutes: info.reminderDelta,
    isAllDay: flag(info.subType),
    meetingState: info.meetingType,
    hasAttachments: flag(info.attachment),
    hasOwnBody: info.hasExceptionalBody,
    color: info.appointmentColor,
  };
  return present(all);
}

/**
 * The series that PidLidAppointmentRecur means in a zone. DeletedInstanceDates name changed occurrences too:
 * these are no deletions.
 *
 * @throws RecurrenceError, SeriesError
 */
export function seriesOfRecur(recur: AppointmentRecur, zone: TimeZone): Series {
  const recurrence = recurrenceOfFields(recur.pattern);
  const midnight = recur.pattern.startDate;
  const changedDays = new Set(recur.exceptions.map(({ originalStartDate }) => dayOfMinutes(originalStartDate)));
  return createSeries({
    recurrence,
    zone,
    start: instantOf(zone, midnight + recur.startTimeOffset),
    end: instantOf(zone, midnight + recur.endTimeOffset),
    exceptions: recur.exceptions.map((each, i) => exceptionOf(each, recur.extendedExceptions[i], zone)),
    deleted: recur.pattern.deletedInstanceDates.filter((each) => !changedDays.has(dayOfMinutes(each))).map((each) => instantOf(zone, each + recur.startTimeOffset)),
  });
}

/** One byte a character; what does not fit is a question mark, as in a code page that lacks it. */
const narrow = (text: string | undefined): string | undefined => text?.slice(0, 0xfffe).replace(/[^\0-\xff]/g, '?');
const wide = (text: string | undefined): string | undefined => text?.slice(0, 0xfffe);
const number = (value: boolean | undefined): number | undefined => (value === undefined ? undefined : Number(value));

function infoOf(exception: OccurrenceException, zone: TimeZone): ExceptionInfo {
  return {
    startDateTime: localMinutes(zone, exception.start),
    endDateTime: localMinutes(zone, exception.end),
    originalStartDate: localMinutes(zone, exception.originalStart),
    subject: narrow(exception.subject),
    meetingType: exception.meetingState,
    reminderDelta: exception.reminderMinutes,
    reminderSet: number(exception.isReminderSet),
    location: narrow(exception.location),
    busyStatus: exception.busyStatus,
    attachment: number(exception.hasAttachments),
    subType: number(exception.isAllDay),
    appointmentColor: exception.color,
    hasExceptionalBody: exception.hasOwnBody,
  };
}

/** PidLidAppointmentRecur of a series, as Outlook 2007 and later write it (WriterVersion2 0x3009). */
export function recurOfSeries(series: Series): AppointmentRecur {
  const { zone, exceptions } = series;
  const dayOf = (at: number): number => midnightOf(dayNumber(zone.toLocal(at)));
  const ascending = (days: readonly number[]): readonly number[] => [...days].sort((a, b) => a - b);
  const start = localMinutes(zone, series.start);
  const startTimeOffset = start % 1440;
  const ordered = [...exceptions].sort((a, b) => a.start - b.start);
  return {
    pattern: {
      ...fieldsOfRecurrence(series.recurrence),
      deletedInstanceDates: ascending([...series.deleted, ...exceptions.map(({ originalStart }) => originalStart)].map(dayOf)),
      modifiedInstanceDates: ascending(exceptions.map(({ start: at }) => dayOf(at))),
    },
    readerVersion2: 0x3006,
    writerVersion2: 0x3009,
    startTimeOffset,
    endTimeOffset: startTimeOffset + localMinutes(zone, series.end) - start,
    exceptions: ordered.map((each) => infoOf(each, zone)),
    reservedBlock1: new Uint8Array(0),
    extendedExceptions: ordered.map(({ subject, location }) => ({ changeHighlight: new Uint8Array(4), reservedBlock1: new Uint8Array(0), subject: wide(subject), location: wide(location) })),
    reservedBlock2: new Uint8Array(0),
  };
}
