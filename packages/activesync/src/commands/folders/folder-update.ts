import { defineCommand } from '../../command.ts';
import { EasStatusError } from '../../errors.ts';
import { recipientInformation } from '../../folders/folder-state.ts';
import { FolderUpdateRequest, FolderUpdateResponse } from '../../schema/folder-hierarchy.ts';
import { advanceOwn, asFolderStatus, folderStatus, generationAt } from './folder-status.ts';
import { parentFolder } from './parent-folder.ts';

/** [MS-ASCMD] 2.2.1.6 FolderUpdate: a new name, a new place, or both. */
export const folderUpdate = defineCommand({
  request: FolderUpdateRequest,
  response: FolderUpdateResponse,
  statusOfViolation: () => folderStatus.incorrectFormat,
}, async ({ SyncKey, ServerId, ParentId, DisplayName }, context) => {
  const { session } = context;
  const { state, from } = generationAt(SyncKey, context);
  if (ServerId === recipientInformation.serverId) throw new EasStatusError(folderStatus.isSpecial, 'The recipient information cache cannot be changed.');
  const id = state.folderIdOf(ServerId);
  if (id === undefined) throw new EasStatusError(folderStatus.notFound, `There is no folder ${ServerId}.`);
  const parent = await parentFolder(ParentId, state, context);
  try {
    const folder = await session.folder(id);
    // Special folders keep name and place, [MS-ASCMD] 2.2.3.177.6: 2.
    if (folder.wellKnown) throw new EasStatusError(folderStatus.exists, `${folder.displayName} is a special folder.`);
    if (folder.parentId !== parent) await session.moveFolder(id, { session, folderId: parent });
    if (folder.displayName !== DisplayName) await session.updateFolder(id, { displayName: DisplayName });
    return { Status: folderStatus.success, SyncKey: await advanceOwn(state, from, ServerId, context) };
  } catch (thrown) {
    throw asFolderStatus(thrown, { FolderCycle: folderStatus.parentNotFound });
  }
});
