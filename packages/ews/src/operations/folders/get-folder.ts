import { lazily } from '../../lazily.ts';
import { compileFolderShape } from '../../mapping/folder-shape.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { getFolder as findFolderById } from '../../resolve.ts';
import { forEachEntry, success } from '../../response-messages.ts';

/** @see [MS-OXWSFOLD] 3.1.4.6 GetFolder */
export const getFolder: Operation<'GetFolder'> = defineOperation('GetFolder', async ({ FolderShape, FolderIds }, context) => {
  const shape = lazily(() => compileFolderShape(FolderShape));
  return {
    ResponseMessages: await forEachEntry(context, 'GetFolderResponseMessage', FolderIds, (head) => ({ ...head, Folders: [] }), async (entry) => {
      const { session, folder } = await findFolderById(entry, context);
      return { ...success, Folders: [shape().render({ folder, session, context })] };
    }),
  };
});
