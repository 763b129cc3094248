import { MailboxError, type Folder } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { folderIdShape } from '../../mapping/folder-shape.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { getFolder, resolveTarget, type FolderReference } from '../../resolve.ts';
import { forEachEntry, success } from '../../response-messages.ts';
import type { BaseMoveCopyFolderType, FolderInfoResponseMessageType } from '../../schema/types.generated.ts';

type Transfer = (from: FolderReference, to: FolderReference) => Promise<Folder>;

/** @see [MS-OXWSFOLD] 3.1.4.7 MoveFolder */
export const moveFolder: Operation<'MoveFolder'> = defineOperation('MoveFolder', async (request, context) => ({
  ResponseMessages: await transferFolders('MoveFolderResponseMessage', request, context, ({ session, folderId }, to) => session.moveFolder(folderId, to)),
}));

/** @see [MS-OXWSFOLD] 3.1.4.1 CopyFolder */
export const copyFolder: Operation<'CopyFolder'> = defineOperation('CopyFolder', async (request, context) => ({
  ResponseMessages: await transferFolders('CopyFolderResponseMessage', request, context, ({ session, folderId }, to) => session.copyFolder(folderId, to)),
}));

function transferFolders<Name extends 'MoveFolderResponseMessage' | 'CopyFolderResponseMessage'>(name: Name, { ToFolderId, FolderIds }: BaseMoveCopyFolderType, context: EwsContext, transfer: Transfer): Promise<(readonly [Name, FolderInfoResponseMessageType])[]> {
  return forEachEntry(name, FolderIds, (head) => ({ ...head, Folders: [] }), async (entry) => {
    const to = await resolveTarget(ToFolderId, context, 'ErrorToFolderNotFound');
    const from = await getFolder(entry, context);
    try {
      const folder = await transfer(from, to);
      return { ...success, Folders: [folderIdShape.render({ folder, session: to.session, context })] };
    } catch (thrown) {
      if (thrown instanceof MailboxError && thrown.code === 'FolderIsDistinguished') throw new EwsError('ErrorMoveDistinguishedFolder');
      throw thrown;
    }
  });
}
