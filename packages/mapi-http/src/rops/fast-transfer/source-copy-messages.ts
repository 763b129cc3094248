import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { messageListSteps, topFolderSteps } from '../../mapping/stream-folder.ts';
import { ContentDownload } from '../../objects/content-download.ts';
import { FolderObject } from '../../objects/folder-object.ts';
import { defineRop } from '../../rop/define-rop.ts';
import { checkFlags, copyFlag, knownCopyFlags } from './copy-flags.ts';
import { copyOptions } from './source-content.ts';

/** [MS-OXCFXICS] 3.2.5.8.1.3. */
export const sourceCopyMessages = defineRop('RopFastTransferSourceCopyMessages', [FolderObject], async ({ MessageIds, CopyFlags, SendOptions }, context) => {
  checkFlags(CopyFlags, knownCopyFlags.copyMessages, SendOptions);
  const { object, logon, session: { codePage } } = context;
  const folder = await object.folder();
  const ids = MessageIds.map((mid) => logon.itemId(mid));
  const options = copyOptions(context, SendOptions, (CopyFlags & copyFlag.Move) !== 0);
  return { opens: new ContentDownload(logon, codePage, { steps: () => messageListSteps(ids, folder, options, (CopyFlags & copyFlag.SendEntryId) !== 0), count: ids.length }) };
});

/** [MS-OXCFXICS] 3.2.5.8.1.4. Move takes the folders below along; which ones the caller may delete does not matter (note 6). */
export const sourceCopyFolder = defineRop('RopFastTransferSourceCopyFolder', [FolderObject], async ({ CopyFlags, SendOptions }, context) => {
  checkFlags(CopyFlags, knownCopyFlags.copyFolder, SendOptions);
  const { object, logon, session: { codePage } } = context;
  const folder = await object.folder();
  if (!logon.session.folderRights(folder).read) throw new RopError(errorCode.AccessDenied, 'The folder may not be read.');
  const hasSubfolders = (CopyFlags & (copyFlag.Move | copyFlag.CopySubfolders)) !== 0;
  const options = copyOptions(context, SendOptions);
  return { opens: new ContentDownload(logon, codePage, { steps: () => topFolderSteps(folder, options, { hasSubobjects: true, hasSubfolders, isFiltered: false, isHierarchyFiltered: true }), count: folder.totalCount + folder.associatedCount + 1 }) };
});
