import { MailboxError, type Folder } from '@fauxchange/mailbox';
import { folderIdShape } from '../../mapping/folder-shape.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { refusePublic } from '../../public-folders.ts';
import { resolveTarget } from '../../resolve.ts';
import { forEachEntry, success } from '../../response-messages.ts';
import { folderDraft } from './create-folder.ts';

/** Each folder is made inside the one before; those that exist are used. @see CreateFolderPath of the EWS reference */
export const createFolderPath: Operation<'CreateFolderPath'> = defineOperation('CreateFolderPath', async ({ ParentFolderId, RelativeFolderPath }, context) => {
  let parent: Folder | undefined;
  return {
    ResponseMessages: await forEachEntry(context, 'CreateFolderPathResponseMessage', RelativeFolderPath, (head) => ({ ...head, Folders: [] }), async (entry) => {
      const { session, folder } = await resolveTarget(ParentFolderId, context, 'ErrorParentFolderNotFound');
      refusePublic(session, 'CreateFolderPath');
      const draft = folderDraft(entry, session.mailbox, context);
      const parentId = (parent ?? folder).id;
      parent = await session.createFolder(parentId, draft).catch(async (thrown: unknown) => {
        if (!(thrown instanceof MailboxError) || thrown.code !== 'FolderExists') throw thrown;
        const siblings = await session.folders(parentId, 'shallow');
        return siblings.find(({ displayName }) => displayName.toLowerCase() === draft.displayName.toLowerCase());
      });
      if (!parent) throw new MailboxError('FolderExists', draft.displayName);
      return { ...success, Folders: [folderIdShape.render({ folder: parent, session, context })] };
    }),
  };
});
