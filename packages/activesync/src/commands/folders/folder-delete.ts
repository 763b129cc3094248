import { defineCommand } from '../../command.ts';
import { EasStatusError } from '../../errors.ts';
import { recipientInformation } from '../../folders/folder-state.ts';
import { FolderDeleteRequest, FolderDeleteResponse } from '../../schema/folder-hierarchy.ts';
import { advanceOwn, asFolderStatus, folderStatus, generationAt } from './folder-status.ts';

/** [MS-ASCMD] 2.2.1.4 FolderDelete: the folder goes for good, whatever is in it. */
export const folderDelete = defineCommand({
  request: FolderDeleteRequest,
  response: FolderDeleteResponse,
  statusOfViolation: () => folderStatus.incorrectFormat,
}, async ({ SyncKey, ServerId }, context) => {
  const { state, from } = generationAt(SyncKey, context);
  if (ServerId === recipientInformation.serverId) throw new EasStatusError(folderStatus.isSpecial, 'The recipient information cache cannot be deleted.');
  const id = state.folderIdOf(ServerId);
  if (id === undefined) throw new EasStatusError(folderStatus.notFound, `There is no folder ${ServerId}.`);
  try {
    await context.session.removeFolder(id, 'hard');
  } catch (thrown) {
    throw asFolderStatus(thrown);
  }
  context.device.collections.delete(ServerId);
  return { Status: folderStatus.success, SyncKey: await advanceOwn(state, from, undefined, context) };
});
