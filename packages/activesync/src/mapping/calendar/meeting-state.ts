import { isMeeting, isOrganizer, responseStatuses, stateFlags, valueOf, type Item, type Properties } from '@fauxchange/mailbox';
import { conversionError } from '../conversion-error.ts';
import { formatCompact } from '../date-time.ts';

/** MeetingStatus, [MS-ASCAL] 2.2.2.28: the flags of PidLidAppointmentStateFlags; those from 9 on say nothing more. */
const statuses: ReadonlySet<number> = new Set([0, 1, 3, 5, 7, 9, 11, 13, 15]);
const knownFlags = stateFlags.meeting | stateFlags.received | stateFlags.canceled;

export function encodeMeetingStatus(item: Item): number {
  if (!isMeeting(item)) return 0;
  return stateFlags.meeting | (Number(valueOf(item, 'PidLidAppointmentStateFlags') ?? 0) & knownFlags);
}

/** @throws EasStatusError 6 */
export function decodeMeetingStatus(status: number): Properties {
  if (!statuses.has(status)) conversionError(`There is no meeting status ${status}.`);
  return { PidLidAppointmentStateFlags: status & knownFlags };
}

export const responseTypeOf = (item: Item): number => Number(valueOf(item, 'PidLidResponseStatus') ?? responseStatuses.none);

/** When the user answered; undefined where they have not, which must not be told ([MS-ASCAL] 3.2.5). */
export function replyTimeOf(item: Item): string | undefined {
  const at = valueOf(item, 'PidLidAppointmentReplyTime');
  const status = responseTypeOf(item);
  const isAnswered = status === responseStatuses.tentative || status === responseStatuses.accepted || status === responseStatuses.declined;
  return typeof at === 'number' && isAnswered && !isOrganizer(item) ? formatCompact(at) : undefined;
}
