import { defineOperation, type Operation } from '../../operation.ts';
import { getFolder } from '../../resolve.ts';
import { forEachEntry, success } from '../../response-messages.ts';

/** @see [MS-OXWSCORE] 3.1.4.5 MarkAllItemsAsRead */
export const markAllItemsAsRead: Operation<'MarkAllItemsAsRead'> = defineOperation('MarkAllItemsAsRead', async ({ ReadFlag, FolderIds }, context) => ({
  ResponseMessages: await forEachEntry('MarkAllItemsAsReadResponseMessage', FolderIds, (head) => head, async (entry) => {
    const { session, folderId } = await getFolder(entry, context);
    await session.markAllAsRead(folderId, ReadFlag);
    return success;
  }),
}));
