import { findMeeting, invited, isCanceled, isMeeting, isOccurrence, isOrganizer, removeOccurrence, sendCancellations } from '@fauxchange/mailbox';
import type { Item, MailboxSession } from '@fauxchange/mailbox';
import type { EwsContext } from '../context.ts';
import { EwsError } from '../errors.ts';
import { idOnly } from '../items.ts';
import { kindOfClass } from '../mapping/item-kind.ts';
import type { ItemElement } from '../mapping/item-shape.ts';
import { keptIn } from '../operations/items/send-item.ts';
import { ownSession } from '../resolve.ts';
import type { CancelCalendarItemType, CreateItemType, MessageType, RemoveItemType } from '../schema/types.generated.ts';
import { discard, openMeetingReference, wordsOf } from './meeting-answer.ts';

/** The organizer calls a meeting off: who was asked hears of it, the appointment goes, and the copy of the message is the answer. @see [MS-OXWSMTGS] 2.2.4.8 CancelCalendarItemType */
export async function cancelCalendarItem({ ReferenceItemId, NewBodyContent, ...fields }: CancelCalendarItemType, request: CreateItemType, context: EwsContext): Promise<ItemElement[]> {
  const saveIn = await keptIn(request, context);
  const { session, item } = await openMeetingReference(ReferenceItemId, context);
  if (kindOfClass(item.itemClass) !== 'CalendarItem' || !isMeeting(item)) throw new EwsError('ErrorInvalidItemForOperationCancelItem');
  if (!isOrganizer(item)) throw new EwsError('ErrorCalendarIsNotOrganizer');
  // The message would go to nobody (seen on real servers: the suite of exchangelib, whose organizer asks only herself).
  if (invited(session, item.recipients).length === 0) throw new EwsError('ErrorInvalidRecipients');
  const sender = ownSession(context);
  const { Subject: _subject, ...words } = fields;
  const { body } = await wordsOf({ ...(words as MessageType), ...(NewBodyContent && { Body: NewBodyContent }) }, sender, context);
  const kept = await sendCancellations(session, item, { sender, saveIn, body });
  const gone = await take(item, session);
  // One item: exchangelib, tested against Exchange, takes no more. Where no copy was kept it is the appointment ([K]).
  if (kept && saveIn) return [idOnly(kept, saveIn.session)];
  return gone ? [idOnly(gone, session)] : [];
}

async function take(item: Item, session: MailboxSession): Promise<Item | undefined> {
  if (!isOccurrence(item)) return discard(item, session);
  await removeOccurrence(session, item);
  return undefined;
}

/** Takes out of the calendar what was called off, and the message that said so. @see [MS-OXWSMTGS] 2.2.4.31 RemoveItemType */
export async function removeItem({ ReferenceItemId }: RemoveItemType, _request: CreateItemType, context: EwsContext): Promise<ItemElement[]> {
  const { session, item, home } = await openMeetingReference(ReferenceItemId, context);
  const kind = kindOfClass(item.itemClass);
  if (kind === 'CalendarItem') {
    if (!isMeeting(item)) throw new EwsError('ErrorInvalidItemForOperationRemoveItem');
    if (isOrganizer(item)) throw new EwsError('ErrorCalendarIsOrganizerForRemove');
    if (!isCanceled(item)) throw new EwsError('ErrorInvalidItemForOperationRemoveItem');
    const gone = await take(item, session);
    return gone ? [idOnly(gone, session)] : [];
  }
  if (kind !== 'MeetingCancellation') throw new EwsError('ErrorInvalidItemForOperationRemoveItem');
  const meeting = await findMeeting(session, item);
  if (meeting && isOrganizer(meeting)) throw new EwsError('ErrorCalendarIsOrganizerForRemove');
  const gone = meeting && (await take(meeting, session));
  const moved = await discard(item, home);
  return [gone && idOnly(gone, session), moved && idOnly(moved, home)].filter((one) => one !== undefined);
}
