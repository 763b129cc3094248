import { flag, integer, list, optional, repeated, struct, text } from '@fauxchange/wbxml';
import { Attachments, Body, Location } from './airsyncbase.ts';

/*
 * Values are loose: what a client may not say is judged by the class, whose answer is status 6 for the one item
 * ([MS-ASCAL] 3.2.5.3), where a broken shape would end the whole request.
 */

/** [MS-ASCAL] 2.2.2.3. */
const Attendee = struct('Calendar', {
  Email: text(),
  Name: text(),
  AttendeeStatus: optional(integer()),
  AttendeeType: optional(integer()),
  'MeetingResponse:ProposedStartTime': optional(text(), { since: '16.1' }),
  'MeetingResponse:ProposedEndTime': optional(text(), { since: '16.1' }),
});

/** [MS-ASCAL] 2.2.2.37. */
export const CalendarRecurrence = struct('Calendar', {
  Type: optional(integer()),
  Occurrences: optional(integer()),
  Interval: optional(integer()),
  WeekOfMonth: optional(integer()),
  DayOfWeek: optional(integer()),
  MonthOfYear: optional(integer()),
  Until: optional(text()),
  DayOfMonth: optional(integer()),
  CalendarType: repeated(integer()),
  IsLeapMonth: optional(integer()),
  FirstDayOfWeek: optional(integer()),
});

const Attendees = list('Calendar', 'Attendee', Attendee);
const Categories = list('Calendar', 'Category', text());

/** [MS-ASCAL] 2.2.2.21. An empty element takes away what the series has. */
export const Exception = struct('Calendar', {
  Deleted: optional(integer()),
  ExceptionStartTime: optional(text()),
  Subject: optional(text()),
  StartTime: optional(text()),
  EndTime: optional(text()),
  'AirSyncBase:Body': optional(Body, { since: '12.0' }),
  Body: optional(text()),
  BodyTruncated: optional(flag()),
  Location: optional(text()),
  'AirSyncBase:Location': optional(Location, { since: '16.0' }),
  'AirSyncBase:Attachments': optional(Attachments, { since: '16.0' }),
  Categories: optional(Categories),
  Sensitivity: optional(integer()),
  BusyStatus: optional(integer()),
  AllDayEvent: optional(integer()),
  Reminder: optional(text()),
  DtStamp: optional(text()),
  'AirSyncBase:InstanceId': optional(text(), { since: '16.0' }),
  MeetingStatus: optional(integer()),
  Attendees: optional(Attendees, { since: '14.0' }),
  AppointmentReplyTime: optional(text()),
  ResponseType: optional(integer()),
  OnlineMeetingConfLink: optional(text()),
  OnlineMeetingExternalLink: optional(text()),
});

/** Class Calendar, [MS-ASCAL] 2.2.2. */
export const calendarMembers = {
  'Calendar:Timezone': optional(text()),
  'Calendar:AllDayEvent': optional(integer()),
  'Calendar:Body': optional(text()),
  'Calendar:BodyTruncated': optional(flag()),
  'Calendar:BusyStatus': optional(integer()),
  'Calendar:OrganizerName': optional(text()),
  'Calendar:OrganizerEmail': optional(text()),
  'Calendar:DtStamp': optional(text()),
  'Calendar:EndTime': optional(text()),
  'Calendar:Location': optional(text()),
  'Calendar:Reminder': optional(text()),
  'Calendar:Sensitivity': optional(integer()),
  'Calendar:Subject': optional(text()),
  'Calendar:StartTime': optional(text()),
  'Calendar:UID': optional(text({ maxLength: 300 })),
  'Calendar:ClientUid': optional(text({ maxLength: 300 })),
  'Calendar:MeetingStatus': optional(integer()),
  'Calendar:Attendees': optional(Attendees),
  'Calendar:Categories': optional(Categories),
  'Calendar:Recurrence': optional(CalendarRecurrence),
  'Calendar:Exceptions': optional(list('Calendar', 'Exception', Exception)),
  'Calendar:ResponseRequested': optional(flag()),
  'Calendar:AppointmentReplyTime': optional(text()),
  'Calendar:ResponseType': optional(integer()),
  'Calendar:DisallowNewTimeProposal': optional(flag()),
  'Calendar:OnlineMeetingConfLink': optional(text()),
  'Calendar:OnlineMeetingExternalLink': optional(text()),
};
