import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { FolderObject } from '../../objects/folder-object.ts';
import { defineRop } from '../../rop/define-rop.ts';
import { destinationFolder, withPartialCompletion } from './destination-folder.ts';

/** [MS-OXCFOLD] 3.2.5.7. Always done at once; all that is in it goes with it, or nothing does. */
export const moveFolder = defineRop('RopMoveFolder', [FolderObject], async ({ DestHandleIndex, FolderId, NewFolderName }, context) => {
  const { logon } = context;
  const target = destinationFolder(context, DestHandleIndex);
  await withPartialCompletion(() => logon.session.moveFolder(logon.folderId(FolderId), { session: target.logon.session, folderId: target.id }, { displayName: NewFolderName }));
  return { body: { PartialCompletion: false } };
});

/** [MS-OXCFOLD] 3.2.5.8. No server since 2013 copies public folders (note 5). */
export const copyFolder = defineRop('RopCopyFolder', [FolderObject], async ({ DestHandleIndex, FolderId, NewFolderName, WantRecursive }, context) => {
  const { logon } = context;
  const target = destinationFolder(context, DestHandleIndex);
  if (logon.isPublic || target.logon.isPublic) throw new RopError(errorCode.NotSupported, 'Public folders are not copied.');
  await logon.session.copyFolder(logon.folderId(FolderId), { session: target.logon.session, folderId: target.id }, { displayName: NewFolderName, isShallow: !WantRecursive });
  return { body: { PartialCompletion: false } };
});
