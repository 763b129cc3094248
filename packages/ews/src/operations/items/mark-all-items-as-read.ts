import type { FolderId, Item, MailboxSession, Restriction } from '@fauxchange/mailbox';
import type { PropertyName } from '@fauxchange/properties';
import { defineOperation, type Operation } from '../../operation.ts';
import { getFolder } from '../../resolve.ts';
import { isReceiptPending, receiptDone, sendReadReceipt } from '../../responses/read-receipt.ts';
import { forEachEntry, success } from '../../response-messages.ts';

/** @see [MS-OXWSCORE] 3.1.4.5 MarkAllItemsAsRead */
export const markAllItemsAsRead: Operation<'MarkAllItemsAsRead'> = defineOperation('MarkAllItemsAsRead', async ({ ReadFlag, SuppressReadReceipts, FolderIds }, context) => ({
  ResponseMessages: await forEachEntry(context, 'MarkAllItemsAsReadResponseMessage', FolderIds, (head) => head, async (entry) => {
    const { session, folderId } = await getFolder(entry, context);
    const waiting = ReadFlag ? await awaitingReceipts(session, folderId) : [];
    await session.markAllAsRead(folderId, ReadFlag);
    for (const item of waiting) {
      await session.updateItem(item.id, { properties: receiptDone(context.clock.now()) });
      if (!SuppressReadReceipts) await sendReadReceipt(item, session, true, context);
    }
    return success;
  }),
}));

const mostReceipts = 10_000;

async function awaitingReceipts(session: MailboxSession, folderId: FolderId): Promise<readonly Item[]> {
  const is = (property: PropertyName, value: boolean): Restriction => ({ kind: 'compare', property, operator: 'eq', value });
  const { items } = await session.query([folderId], { restriction: { kind: 'and', restrictions: [is('PidTagRead', false), is('PidTagReadReceiptRequested', true)] }, limit: mostReceipts });
  return items.filter(isReceiptPending);
}
