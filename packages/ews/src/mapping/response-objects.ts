import { isCanceled, isMeeting, isOrganizer, meetingTypes, messageFlags } from '@fauxchange/mailbox';
import type { NonEmptyArrayOfResponseObjectsType } from '../schema/types.generated.ts';
import { kindOfClass } from './item-kind.ts';
import { get, type ItemView } from './item-view.ts';

const answerable: NonEmptyArrayOfResponseObjectsType = [['AcceptItem', {}], ['TentativelyAcceptItem', {}], ['DeclineItem', {}]];
const mailed: NonEmptyArrayOfResponseObjectsType = [['ReplyToItem', {}], ['ReplyAllToItem', {}], ['ForwardItem', {}]];

/** New times can be proposed since Exchange 2013. */
function proposals({ context }: ItemView): NonEmptyArrayOfResponseObjectsType {
  return /^Exchange20(07|09|10)/.test(context.version) ? [] : [['ProposeNewTime', {}]];
}

/** Of a meeting its organizer may call it off, and who was invited may answer until then. */
function meetingObjects(view: ItemView): NonEmptyArrayOfResponseObjectsType {
  const { placed } = view;
  if (!placed || !isMeeting(placed)) return [['ForwardItem', {}]];
  if (isOrganizer(placed)) return [['CancelCalendarItem', {}], ['ForwardItem', {}]];
  return isCanceled(placed) ? [['RemoveItem', {}], ...mailed] : [...answerable, ...mailed, ...proposals(view)];
}

/** What one may answer an item with, [MS-OXWSCORE] 2.2.4.36 ResponseObjects. */
export function responseObjects(view: ItemView): NonEmptyArrayOfResponseObjectsType | undefined {
  const kind = kindOfClass(view.item.itemClass);
  const isDraft = ((get(view, 'PidTagMessageFlags') ?? 0) & messageFlags.unsent) !== 0;
  if (kind === 'PostItem') return [['PostReplyItem', {}], ['ReplyToItem', {}], ['ReplyAllToItem', {}], ['ForwardItem', {}]];
  if (kind === 'CalendarItem') return meetingObjects(view);
  if (kind === 'MeetingRequest') return [...(get(view, 'PidLidMeetingType') === meetingTypes.outOfDate ? [] : answerable), ...mailed, ...proposals(view)];
  if (kind === 'MeetingCancellation') return [['RemoveItem', {}], ...mailed];
  if (kind === 'MeetingResponse') return mailed;
  if (kind !== 'Message') return [['ForwardItem', {}]];
  if (isDraft) return [['ForwardItem', {}]];
  const isReceiptPending = get(view, 'PidTagReadReceiptRequested') === true && get(view, 'PidTagReceiptTime') === undefined;
  return [['ReplyToItem', {}], ['ReplyAllToItem', {}], ['ForwardItem', {}], ...(isReceiptPending ? ([['SuppressReadReceipt', {}]] as const) : [])];
}
