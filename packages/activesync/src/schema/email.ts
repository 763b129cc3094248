import { binary, emptyTag, flag, integer, list, optional, repeated, struct, text } from '@fauxchange/wbxml';
import { Location } from './airsyncbase.ts';
import { dashedDate } from './values.ts';

/** [MS-ASEMAIL] 2.2.2.61. */
const Recurrence = struct('Email', {
  Type: integer({ min: 0 }), Interval: integer({ min: 0 }), Until: optional(text()), Occurrences: optional(integer({ min: 0 })), WeekOfMonth: optional(integer()),
  DayOfMonth: optional(integer()), DayOfWeek: optional(integer()), MonthOfYear: optional(integer()),
  'Email2:CalendarType': optional(integer(), { since: '14.0' }), 'Email2:IsLeapMonth': optional(integer(), { since: '14.0' }), 'Email2:FirstDayOfWeek': optional(integer(), { since: '14.1' }),
});

/** [MS-ASEMAIL] 2.2.2.48. */
const MeetingRequest = struct('Email', {
  AllDayEvent: optional(integer({ min: 0 })),
  StartTime: optional(dashedDate()),
  DtStamp: dashedDate(),
  EndTime: optional(dashedDate()),
  InstanceType: optional(integer({ min: 0 })),
  Location: optional(text(), { until: '14.1' }),
  'AirSyncBase:Location': optional(Location, { since: '16.0' }),
  Organizer: optional(text()),
  RecurrenceId: optional(dashedDate()),
  Reminder: optional(integer({ min: 0 })),
  ResponseRequested: optional(integer({ min: 0 })),
  Recurrences: optional(list('Email', 'Recurrence', Recurrence)),
  Sensitivity: optional(integer()),
  BusyStatus: optional(integer()),
  TimeZone: text(),
  GlobalObjId: optional(text(), { until: '14.1' }),
  DisallowNewTimeProposal: optional(integer({ min: 0 }), { since: '14.0' }),
  'Email2:MeetingMessageType': optional(integer({ min: 0 }), { since: '14.1' }),
  'Calendar:UID': optional(text(), { since: '16.0' }),
  'MeetingResponse:ProposedStartTime': optional(text(), { since: '16.1' }),
  'MeetingResponse:ProposedEndTime': optional(text(), { since: '16.1' }),
});

/** [MS-ASEMAIL] 2.2.2.34: empty takes the flag away. What stands several times is no error, [MS-ASEMAIL] 7; values are judged by the class. */
export const Flag = struct('Email', {
  'Tasks:Subject': optional(text()),
  Status: repeated(integer()),
  FlagType: optional(text()),
  'Tasks:DateCompleted': optional(dashedDate()),
  CompleteTime: optional(dashedDate()),
  'Tasks:StartDate': repeated(dashedDate()),
  'Tasks:DueDate': repeated(dashedDate()),
  'Tasks:UtcStartDate': repeated(dashedDate()),
  'Tasks:UtcDueDate': repeated(dashedDate()),
  'Tasks:ReminderSet': repeated(flag()),
  'Tasks:ReminderTime': repeated(dashedDate()),
  'Tasks:OrdinalDate': repeated(dashedDate()),
  'Tasks:SubOrdinalDate': repeated(text()),
});

/** Attachments before 12.0. */
const LegacyAttachment = struct('Email', { AttName: text(), AttSize: integer({ min: 0 }), AttMethod: integer({ min: 0 }), DisplayName: optional(text()) });

/** Class Email, [MS-ASEMAIL] 2.2.1. */
export const emailMembers = {
  'Email:To': optional(text()),
  'Email:Cc': optional(text()),
  'Email:From': optional(text()),
  'Email:Subject': optional(text()),
  'Email:ReplyTo': optional(text()),
  'Email:DateReceived': optional(dashedDate()),
  'Email:DisplayTo': optional(text()),
  'Email:ThreadTopic': optional(text()),
  'Email:Importance': optional(integer({ min: 0, max: 2 })),
  'Email:Read': optional(flag()),
  'Email:Attachments': optional(list('Email', 'Attachment', LegacyAttachment), { until: '2.5' }),
  'Email:MIMETruncated': optional(flag(), { until: '2.5' }),
  'Email:MIMEData': optional(text(), { until: '2.5' }),
  'Email:MIMESize': optional(integer(), { until: '2.5' }),
  'Email:BodyTruncated': optional(flag(), { until: '2.5' }),
  'Email:BodySize': optional(integer(), { until: '2.5' }),
  'Email:Body': optional(text(), { until: '2.5' }),
  'Email:MessageClass': optional(text()),
  'Email:MeetingRequest': optional(MeetingRequest),
  'Email:InternetCPID': optional(text()),
  'Email:Flag': optional(Flag, { since: '12.0' }),
  'Email:ContentClass': optional(text(), { since: '12.0' }),
  'Email:Categories': optional(list('Email', 'Category', text(), { max: 300 }), { since: '14.0' }),
  'Email2:UmCallerID': optional(text(), { since: '14.0' }),
  'Email2:UmUserNotes': optional(text(), { since: '14.0' }),
  'Email2:ConversationId': optional(binary(), { since: '14.0' }),
  'Email2:ConversationIndex': optional(binary(), { since: '14.0' }),
  'Email2:LastVerbExecuted': optional(integer(), { since: '14.0' }),
  'Email2:LastVerbExecutionTime': optional(dashedDate(), { since: '14.0' }),
  'Email2:ReceivedAsBcc': optional(flag(), { since: '14.0' }),
  'Email2:Sender': optional(text(), { since: '14.0' }),
  'Email2:AccountId': optional(text(), { since: '14.1' }),
  'Email2:Bcc': optional(text(), { since: '16.0' }),
  'Email2:IsDraft': optional(flag(), { since: '16.0' }),
  'Email2:Send': optional(emptyTag(), { since: '16.0' }),
};
