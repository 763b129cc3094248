import { EwsError } from '../../errors.ts';
import { getItem, itemIdElement, oneOf } from '../../items.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { resolveItem } from '../../resolve.ts';
import { forEachEntry, success } from '../../response-messages.ts';

/** Junk goes to Junk Email, what is not junk back to the Inbox. @see [MS-OXWSCORE] 3.1.4.6 MarkAsJunk */
export const markAsJunk: Operation<'MarkAsJunk'> = defineOperation('MarkAsJunk', async ({ IsJunk, MoveItem, ItemIds }, context) => ({
  ResponseMessages: await forEachEntry(context, 'MarkAsJunkResponseMessage', ItemIds, (head) => head, async (entry) => {
    const { session, itemId } = resolveItem(entry, context);
    const item = await getItem(session, itemId);
    if (!MoveItem) return success;
    const folderId = session.mailbox.wellKnown(IsJunk ? 'junkemail' : 'inbox');
    if (folderId === undefined) throw new EwsError('ErrorFolderNotFound');
    const moved = item.folderId === folderId ? item : oneOf(await session.moveItems([itemId], { session, folderId }));
    return { ...success, MovedItemId: itemIdElement(moved, session) };
  }),
}));
