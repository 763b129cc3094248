import { MailboxError, type Folder } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { refuseProtected } from '../../mapping/folder-fields.ts';
import { folderIdShape } from '../../mapping/folder-shape.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { inMailboxes, isPublicRoot, refusePublic } from '../../public-folders.ts';
import { getFolder, resolveTarget, type FolderReference } from '../../resolve.ts';
import { forEachEntry, success } from '../../response-messages.ts';
import type { BaseMoveCopyFolderType, FolderInfoResponseMessageType } from '../../schema/types.generated.ts';

type Transfer = (from: FolderReference, to: FolderReference) => Promise<Folder>;
type Check = (from: FolderReference, to: FolderReference) => void;

/** @see [MS-OXWSFOLD] 3.1.4.7 MoveFolder */
export const moveFolder: Operation<'MoveFolder'> = defineOperation('MoveFolder', async (request, context) => ({
  ResponseMessages: await transferFolders('MoveFolderResponseMessage', request, context, checkMove, ({ session, folderId }, to) => session.moveFolder(folderId, to)),
}));

/** @see [MS-OXWSFOLD] 3.1.4.1 CopyFolder */
export const copyFolder: Operation<'CopyFolder'> = defineOperation('CopyFolder', async (request, context) => ({
  ResponseMessages: await transferFolders('CopyFolderResponseMessage', request, context, checkCopy, ({ session, folderId }, to) => session.copyFolder(folderId, to)),
}));

/** Notes 12 and 13 of [MS-OXWSFOLD], and Microsoft's "Public folder access with EWS in Exchange": moved only from one place of the hierarchy to another, and not copied. */
function checkMove(from: FolderReference, to: FolderReference): void {
  if (from.session.mailbox.isPublic !== to.session.mailbox.isPublic) throw new EwsError('ErrorInvalidOperation', 'Folders cannot be moved between mailboxes and public folders.');
}

function checkCopy(from: FolderReference, to: FolderReference): void {
  refusePublic(from.session, 'CopyFolder');
  refusePublic(to.session, 'CopyFolder');
}

function transferFolders<Name extends 'MoveFolderResponseMessage' | 'CopyFolderResponseMessage'>(name: Name, { ToFolderId, FolderIds }: BaseMoveCopyFolderType, context: EwsContext, check: Check, transfer: Transfer): Promise<(readonly [Name, FolderInfoResponseMessageType])[]> {
  return forEachEntry(context, name, FolderIds, (head) => ({ ...head, Folders: [] }), async (entry) => {
    const to = await resolveTarget(ToFolderId, context, 'ErrorToFolderNotFound');
    const from = await getFolder(entry, context);
    if (isPublicRoot(from.folder)) throw new EwsError('ErrorInvalidOperation', 'The public folder root cannot be moved or copied.');
    if (inMailboxes(context)) check(from, to);
    if (name === 'MoveFolderResponseMessage') refuseProtected(from.folder, context);
    try {
      const folder = await transfer(from, to);
      return { ...success, Folders: [folderIdShape.render({ folder, session: to.session, context })] };
    } catch (thrown) {
      if (thrown instanceof MailboxError && thrown.code === 'FolderIsDistinguished') throw new EwsError('ErrorMoveDistinguishedFolder');
      throw thrown;
    }
  });
}
