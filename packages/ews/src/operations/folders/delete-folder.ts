import type { Disposal } from '@fauxchange/mailbox';
import { defineOperation, type Operation } from '../../operation.ts';
import { refusePublicRoot } from '../../public-folders.ts';
import { getFolder } from '../../resolve.ts';
import { forEachEntry, success } from '../../response-messages.ts';
import type { DisposalType } from '../../schema/types.generated.ts';

export const disposals: Readonly<Record<DisposalType, Disposal>> = { HardDelete: 'hard', SoftDelete: 'soft', MoveToDeletedItems: 'moveToDeletedItems' };

/** @see [MS-OXWSFOLD] 3.1.4.3 DeleteFolder */
export const deleteFolder: Operation<'DeleteFolder'> = defineOperation('DeleteFolder', async ({ DeleteType, FolderIds }, context) => ({
  ResponseMessages: await forEachEntry(context, 'DeleteFolderResponseMessage', FolderIds, (head) => head, async (entry) => {
    const { session, folderId, folder } = await getFolder(entry, context);
    refusePublicRoot(folder);
    await session.removeFolder(folderId, disposals[DeleteType]);
    return success;
  }),
}));
