import { exportItem } from '@fauxchange/mailbox';
import { getItem, itemIdElement } from '../../items.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { resolveItemId } from '../../resolve.ts';
import { forEachEntry, success } from '../../response-messages.ts';

/** The stream is opaque to clients; ours is docs/export-format.md. @see [MS-OXWSBTRF] 3.1.4.1 ExportItems */
export const exportItems: Operation<'ExportItems'> = defineOperation('ExportItems', async ({ ItemIds }, context) => ({
  ResponseMessages: await forEachEntry(context, 'ExportItemsResponseMessage', ItemIds.ItemId, (head) => head, async (id) => {
    const { session, itemId } = resolveItemId(id, context);
    const item = await getItem(session, itemId);
    return { ...success, ItemId: itemIdElement(item, session), Data: await exportItem(item) };
  }),
}));
