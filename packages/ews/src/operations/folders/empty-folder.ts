import { defineOperation, type Operation } from '../../operation.ts';
import { inMailboxes, refusePublic } from '../../public-folders.ts';
import { getFolder } from '../../resolve.ts';
import { forEachEntry, success } from '../../response-messages.ts';
import { disposals } from './delete-folder.ts';

/** @see [MS-OXWSFOLD] 3.1.4.4 EmptyFolder */
export const emptyFolder: Operation<'EmptyFolder'> = defineOperation('EmptyFolder', async ({ DeleteType, DeleteSubFolders, FolderIds }, context) => ({
  ResponseMessages: await forEachEntry(context, 'EmptyFolderResponseMessage', FolderIds, (head) => head, async (entry) => {
    const { session, folderId } = await getFolder(entry, context);
    if (inMailboxes(context)) refusePublic(session, 'EmptyFolder');
    await session.emptyFolder(folderId, disposals[DeleteType], { withSubfolders: DeleteSubFolders });
    return success;
  }),
}));
