import { document, integer, optional, repeated, struct, text } from '@fauxchange/wbxml';
import { Body } from './airsyncbase.ts';
import { id64 } from './values.ts';

/** [MS-ASCMD] 2.2.3.163: an answer is sent when it stands there, even empty. */
const SendResponse = struct('MeetingResponse', {
  'AirSyncBase:Body': optional(Body),
  ProposedStartTime: optional(text(), { since: '16.1' }),
  ProposedEndTime: optional(text(), { since: '16.1' }),
});

/** [MS-ASCMD] 2.2.1.11. */
export const MeetingResponseRequest = document('MeetingResponse:MeetingResponse', struct('MeetingResponse', {
  Request: repeated(struct('MeetingResponse', {
    UserResponse: integer(),
    CollectionId: optional(id64()),
    RequestId: optional(id64()),
    'Search:LongId': optional(text({ maxLength: 256 })),
    InstanceId: optional(text()),
    SendResponse: optional(SendResponse),
  }), { min: 1 }),
}));

/** In this order, which clients rely on. */
export const MeetingResponseResponse = document('MeetingResponse:MeetingResponse', struct('MeetingResponse', {
  Result: repeated(struct('MeetingResponse', {
    RequestId: optional(id64()),
    Status: integer(),
    CalendarId: optional(id64()),
    InstanceId: optional(text()),
  })),
}));
