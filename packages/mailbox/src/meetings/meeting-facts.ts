import type { PropertyName } from '@fauxchange/properties';
import { placeProperties } from '../calendar/place.ts';

/** PidLidResponseStatus and PidTagRecipientTrackStatus, [MS-OXOCAL] 2.2.1.11. */
export const responseStatuses = { none: 0, organized: 1, tentative: 2, accepted: 3, declined: 4, notResponded: 5 } as const;

/** PidLidAppointmentStateFlags, [MS-OXOCAL] 2.2.1.10. */
export const stateFlags = { meeting: 0x1, received: 0x2, canceled: 0x4 } as const;

/** PidLidMeetingType, [MS-OXOCAL] 2.2.6.5. */
export const meetingTypes = { empty: 0, request: 0x1, fullUpdate: 0x10000, informationalUpdate: 0x20000, outOfDate: 0x80000, delegatorCopy: 0x100000 } as const;

export const busy = { free: 0, tentative: 1, busy: 2, outOfOffice: 3 } as const;

export type MeetingMessageKind = 'request' | 'cancellation' | 'accepted' | 'tentative' | 'declined';
export type MeetingAnswer = Extract<MeetingMessageKind, 'accepted' | 'tentative' | 'declined'>;

/** Message classes, [MS-OXOCAL] 2.2.6 to 2.2.9. */
export const meetingClasses: Readonly<Record<MeetingMessageKind, string>> = {
  request: 'IPM.Schedule.Meeting.Request', cancellation: 'IPM.Schedule.Meeting.Canceled',
  accepted: 'IPM.Schedule.Meeting.Resp.Pos', tentative: 'IPM.Schedule.Meeting.Resp.Tent', declined: 'IPM.Schedule.Meeting.Resp.Neg',
};
const kinds = new Map(Object.entries(meetingClasses).map(([kind, itemClass]) => [itemClass.toLowerCase(), kind as MeetingMessageKind]));

/** What a message says about a meeting; undefined for other messages. */
export function meetingKindOf(itemClass: string): MeetingMessageKind | undefined {
  return kinds.get(itemClass.toLowerCase());
}

/** The answers as PidLidResponseStatus has them, and the words before the subject ([MS-OXOCAL] 2.2.7.2, in English). */
export const answers: Readonly<Record<MeetingAnswer, { readonly status: number; readonly prefix: string; readonly participation: string }>> = {
  accepted: { status: responseStatuses.accepted, prefix: 'Accepted: ', participation: 'ACCEPTED' },
  tentative: { status: responseStatuses.tentative, prefix: 'Tentative: ', participation: 'TENTATIVE' },
  declined: { status: responseStatuses.declined, prefix: 'Declined: ', participation: 'DECLINED' },
};
export const canceledPrefix = 'Canceled: ';

/** What a meeting message and the appointment share, [MS-OXOCAL] 2.2.4 and 2.2.5; everything else is the owner's own affair. */
export const sharedProperties: readonly PropertyName[] = [
  'PidTagSubject', 'PidTagSensitivity', 'PidTagImportance', 'PidTagConversationTopic', 'PidLidLocation', 'PidLidWhere',
  'PidLidGlobalObjectId', 'PidLidCleanGlobalObjectId', 'PidTagOwnerAppointmentId', 'PidLidAppointmentSequence', 'PidLidOwnerCriticalChange',
  'PidLidAppointmentStartWhole', 'PidLidAppointmentEndWhole', 'PidLidCommonStart', 'PidLidCommonEnd', 'PidTagStartDate', 'PidTagEndDate', 'PidLidClipStart', 'PidLidClipEnd',
  'PidLidAppointmentDuration', 'PidLidAppointmentSubType', 'PidLidRecurring', 'PidLidIsRecurring', 'PidLidAppointmentRecur', 'PidLidRecurrenceType', 'PidLidRecurrencePattern',
  'PidLidExceptionReplaceTime', 'PidLidTimeZoneDescription', 'PidLidTimeZoneStruct', 'PidLidAppointmentTimeZoneDefinitionRecur',
  'PidLidAppointmentTimeZoneDefinitionStartDisplay', 'PidLidAppointmentTimeZoneDefinitionEndDisplay', 'PidLidReminderSet', 'PidLidReminderDelta',
  'PidTagResponseRequested', 'PidTagReplyRequested', 'PidLidAppointmentNotAllowPropose', 'PidLidConferencingCheck', 'PidLidConferencingType', 'PidLidMeetingWorkspaceUrl', 'PidLidNetShowUrl',
  // [MS-OXWSMTGS] 2.2.4.14 to 2.2.4.17: messages tell of the place in all its parts.
  ...Object.values(placeProperties),
];
