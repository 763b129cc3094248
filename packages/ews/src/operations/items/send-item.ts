import type { Destination, Item } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { getItem } from '../../items.ts';
import { kindOfClass } from '../../mapping/item-kind.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { refusePublic } from '../../public-folders.ts';
import { ownSession, resolveItem, resolveTarget } from '../../resolve.ts';
import { forEachEntry, success } from '../../response-messages.ts';
import { forgetAnswer } from '../../responses/last-verb.ts';
import type { CreateItemType, TargetFolderIdType } from '../../schema/types.generated.ts';

/** @see [MS-OXWSCORE] 3.1.4.8 SendItem */
export const sendItem: Operation<'SendItem'> = defineOperation('SendItem', async ({ SaveItemToFolder, SavedItemFolderId, ItemIds }, context) => ({
  ResponseMessages: await forEachEntry(context, 'SendItemResponseMessage', ItemIds, (head) => head, async (entry) => {
    if (!SaveItemToFolder && SavedItemFolderId) throw new EwsError('ErrorInvalidSendItemSaveSettings');
    const { session, itemId, cn } = resolveItem(entry, context);
    if (cn === undefined) throw new EwsError('ErrorChangeKeyRequired');
    const saveIn = SaveItemToFolder ? await sentItemsFolder(SavedItemFolderId, context) : undefined;
    const item = await getItem(session, itemId);
    checkSendable(item, cn);
    const answered = await forgetAnswer(session, item, context.clock.now());
    await session.submit(itemId, { saveIn });
    await answered();
    return success;
  }),
}));

function checkSendable(item: Item, cn: number): void {
  if (item.cn !== cn) throw new EwsError('ErrorStaleObject');
  const kind = kindOfClass(item.itemClass);
  // An answer to a meeting that was saved may be sent like any message.
  if (kind !== 'Message' && kind !== 'Item' && kind !== 'MeetingResponse') throw new EwsError('ErrorInvalidItemForOperationSendItem');
  if (item.recipients.length === 0) throw new EwsError('ErrorMissingRecipients');
}

/** Where the copy of what is sent goes: the folder asked for, else the caller's Sent Items. */
export async function sentItemsFolder(asked: TargetFolderIdType | undefined, context: EwsContext): Promise<Destination> {
  if (asked) {
    const { session, folderId } = await resolveTarget(asked, context, 'ErrorSavedItemFolderNotFound');
    refusePublic(session, 'Saving a copy of what is sent');
    return { session, folderId };
  }
  const session = ownSession(context);
  const folderId = session.mailbox.wellKnown('sentitems');
  if (folderId === undefined) throw new EwsError('ErrorSavedItemFolderNotFound');
  return { session, folderId };
}

/** Where the copy of what is sent goes; undefined: none is kept. */
export async function keptIn({ MessageDisposition, SavedItemFolderId }: Pick<CreateItemType, 'MessageDisposition' | 'SavedItemFolderId'>, context: EwsContext): Promise<Destination | undefined> {
  if (MessageDisposition === undefined) throw new EwsError('ErrorMessageDispositionRequired');
  return MessageDisposition === 'SendAndSaveCopy' ? sentItemsFolder(SavedItemFolderId, context) : undefined;
}
