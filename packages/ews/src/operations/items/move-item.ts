import { isOccurrence, type Destination, type Item, type ItemId, type MailboxSession, type PerItem } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { openItem } from '../../calendar-items.ts';
import { EwsError } from '../../errors.ts';
import { idOnly, oneOf } from '../../items.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { refusePublicRoot } from '../../public-folders.ts';
import { resolveTarget } from '../../resolve.ts';
import { forEachEntry, success } from '../../response-messages.ts';
import type { BaseMoveCopyItemType, ItemInfoResponseMessageType } from '../../schema/types.generated.ts';

type Transfer = (session: MailboxSession, ids: readonly ItemId[], to: Destination) => Promise<PerItem<Item>>;

/** @see [MS-OXWSCORE] 3.1.4.7 MoveItem */
export const moveItem: Operation<'MoveItem'> = defineOperation('MoveItem', async (request, context) => ({
  ResponseMessages: await transferItems('MoveItemResponseMessage', request, context, (session, ids, to) => session.moveItems(ids, to)),
}));

/** @see [MS-OXWSCORE] 3.1.4.1 CopyItem */
export const copyItem: Operation<'CopyItem'> = defineOperation('CopyItem', async (request, context) => ({
  ResponseMessages: await transferItems('CopyItemResponseMessage', request, context, (session, ids, to) => session.copyItems(ids, to)),
}));

/** New ids are told unless the request says otherwise, and never across mailboxes ([MS-OXWSCORE] 3.1.4.7.3.1 ReturnNewItemIds). */
function transferItems<Name extends 'MoveItemResponseMessage' | 'CopyItemResponseMessage'>(name: Name, { ToFolderId, ItemIds, ReturnNewItemIds }: BaseMoveCopyItemType, context: EwsContext, transfer: Transfer): Promise<(readonly [Name, ItemInfoResponseMessageType])[]> {
  return forEachEntry(context, name, ItemIds, (head) => ({ ...head, Items: [] }), async (entry) => {
    const to = await resolveTarget(ToFolderId, context, 'ErrorToFolderNotFound');
    refusePublicRoot(to.folder);
    const { session, item: found } = await openItem(entry, context);
    if (isOccurrence(found)) throw new EwsError('ErrorCalendarCannotMoveOrCopyOccurrence');
    const item = oneOf(await transfer(session, [found.id], to));
    const isTold = (ReturnNewItemIds ?? true) && to.session.mailbox === session.mailbox;
    return { ...success, Items: isTold ? [idOnly(item, to.session)] : [] };
  });
}
