import { isOccurrence, removeOccurrence } from '@fauxchange/mailbox';
import { EwsError } from '../../errors.ts';
import { openItem } from '../../calendar-items.ts';
import { oneOf } from '../../items.ts';
import { kindOfClass } from '../../mapping/item-kind.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { forEachEntry, success } from '../../response-messages.ts';
import { isReceiptPending, sendReadReceipt } from '../../responses/read-receipt.ts';
import { deleteOccurrence } from '../../task-occurrences.ts';
import { cancelBeforeDeletion } from './meeting-sending.ts';
import { disposals } from '../folders/delete-folder.ts';

/** @see [MS-OXWSCORE] 3.1.4.3 DeleteItem */
export const deleteItem: Operation<'DeleteItem'> = defineOperation('DeleteItem', async ({ DeleteType, ItemIds, SendMeetingCancellations, AffectedTaskOccurrences, SuppressReadReceipts }, context) => ({
  ResponseMessages: await forEachEntry(context, 'DeleteItemResponseMessage', ItemIds, (head) => head, async (entry) => {
    const { session, item } = await openItem(entry, context);
    const kind = kindOfClass(item.itemClass);
    if (kind === 'CalendarItem' && SendMeetingCancellations === undefined) throw new EwsError('ErrorSendMeetingCancellationsRequired');
    if (kind === 'Task' && AffectedTaskOccurrences === undefined) throw new EwsError('ErrorAffectedTaskOccurrencesRequired');
    // An associated item has no way back: documentation of ErrorInvalidOperation.
    if (item.isAssociated && DeleteType !== 'HardDelete') throw new EwsError('ErrorInvalidOperation');
    if (kind === 'Task' && AffectedTaskOccurrences === 'SpecifiedOccurrenceOnly' && (await deleteOccurrence(item, session, context))) return success;
    if (kind === 'CalendarItem') await cancelBeforeDeletion(item, session, SendMeetingCancellations, context);
    if (isOccurrence(item)) await removeOccurrence(session, item);
    else oneOf(await session.removeItems([item.id], disposals[DeleteType]));
    if (!item.isRead && !SuppressReadReceipts && isReceiptPending(item)) await sendReadReceipt(item, session, false, context);
    return success;
  }),
}));
