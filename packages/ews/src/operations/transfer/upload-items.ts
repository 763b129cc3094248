import { importItem, MailboxError, replaceItem, type FolderId, type Item, type MailboxSession } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { getItem, itemIdElement } from '../../items.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { refusePublicRoot } from '../../public-folders.ts';
import { resolveItemId, resolveTarget } from '../../resolve.ts';
import { forEachEntry, success } from '../../response-messages.ts';
import type { UploadItemsResponseMessageType, UploadItemType } from '../../schema/types.generated.ts';

/** @see [MS-OXWSBTRF] 3.1.4.2 UploadItems */
export const uploadItems: Operation<'UploadItems'> = defineOperation('UploadItems', async ({ Items }, context) => {
  const items = Items.Item;
  // An update of nothing is a SOAP fault, not the answer of one entry: [MS-OXWSBTRF] 3.1.4.2.4.1; which one is [K].
  if (items.some(({ CreateAction, ItemId }) => CreateAction !== 'CreateNew' && ItemId === undefined)) throw new EwsError('ErrorInvalidRequest');
  return { ResponseMessages: await forEachEntry(context, 'UploadItemsResponseMessage', items, (head) => head, (one) => upload(one, context)) };
});

async function upload({ CreateAction, ItemId, ParentFolderId, IsAssociated, Data }: UploadItemType, context: EwsContext): Promise<UploadItemsResponseMessageType> {
  const { session, folderId, folder } = await resolveTarget({ FolderId: ParentFolderId }, context, 'ErrorFolderNotFound');
  refusePublicRoot(folder);
  const target = CreateAction === 'CreateNew' || !ItemId ? undefined : await itemIn(session, folderId, ItemId, context);
  if (CreateAction === 'Update' && !target) throw new EwsError('ErrorItemNotFound');
  const item = target ? await replaceItem(session, target, Data) : await importItem(session, folderId, Data, { isAssociated: IsAssociated ?? false });
  return { ...success, ItemId: itemIdElement(item, session) };
}

/** The item, if it is in that folder. */
async function itemIn(session: MailboxSession, folderId: FolderId, id: NonNullable<UploadItemType['ItemId']>, context: EwsContext): Promise<Item | undefined> {
  const reference = resolveItemId(id, context);
  if (reference.session.mailbox !== session.mailbox) return undefined;
  try {
    const item = await getItem(session, reference.itemId);
    return item.folderId === folderId ? item : undefined;
  } catch (thrown) {
    if (thrown instanceof MailboxError && thrown.code === 'ItemNotFound') return undefined;
    throw thrown;
  }
}
