import { MailboxError, type Folder } from '@fauxchange/mailbox';
import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { FolderObject } from '../../objects/folder-object.ts';
import { defineRop } from '../../rop/define-rop.ts';

/** DeleteFolderFlags, [MS-OXCFOLD] 2.2.1.3.1; other bits are ignored since 2010 (note 15). */
const flag = { DelMessages: 0x1, DelFolders: 0x4, DeleteHardDelete: 0x10 } as const;

/**
 * [MS-OXCFOLD] 3.2.5.3. A folder that is not empty stays, unless the flags say otherwise; so does one that its client has no right to
 * delete: the answer is a success then, with PartialCompletion set. Of a soft deleted folder its messages are kept, in recoverable items.
 */
export const deleteFolder = defineRop('RopDeleteFolder', [FolderObject], async ({ DeleteFolderFlags, FolderId }, { logon }) => {
  const { session } = logon;
  const has = (bit: number): boolean => (DeleteFolderFlags & bit) !== 0;
  const folder = await session.folder(logon.folderId(FolderId));
  if (folder.kind === 'root') throw new RopError(errorCode.NotSupported, 'The root folder cannot be deleted.');
  if ((holdsMessages(folder) && !has(flag.DelMessages)) || (folder.childFolderCount > 0 && !has(flag.DelFolders))) return { body: { PartialCompletion: true } };
  try {
    await session.removeFolder(folder.id, has(flag.DeleteHardDelete) ? 'hard' : 'soft');
  } catch (thrown) {
    if (!(thrown instanceof MailboxError) || thrown.code !== 'AccessDenied') throw thrown;
    return { body: { PartialCompletion: true } };
  }
  return { body: { PartialCompletion: false } };
});

/** What a search folder shows is not in it. */
const holdsMessages = ({ kind, totalCount, associatedCount }: Folder): boolean => kind !== 'search' && totalCount + associatedCount > 0;
