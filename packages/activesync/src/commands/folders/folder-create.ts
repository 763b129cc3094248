import { defineCommand } from '../../command.ts';
import { EasStatusError } from '../../errors.ts';
import { recipientInformation } from '../../folders/folder-state.ts';
import { classOfNewFolder } from '../../folders/folder-type.ts';
import { FolderCreateRequest, FolderCreateResponse } from '../../schema/folder-hierarchy.ts';
import { advanceOwn, asFolderStatus, folderStatus, generationAt } from './folder-status.ts';
import { parentFolder } from './parent-folder.ts';

/** [MS-ASCMD] 2.2.1.3 FolderCreate */
export const folderCreate = defineCommand({
  request: FolderCreateRequest,
  response: FolderCreateResponse,
  statusOfViolation: () => folderStatus.incorrectFormat,
}, async ({ SyncKey, ParentId, DisplayName, Type }, context) => {
  const { state, from } = generationAt(SyncKey, context);
  const made = classOfNewFolder(Type);
  if (!made || DisplayName === '') throw new EasStatusError(folderStatus.incorrectFormat, `A client cannot create a folder of type ${Type}.`);
  if (ParentId === recipientInformation.serverId) throw new EasStatusError(folderStatus.isSpecial, 'The recipient information cache has no folders.');
  const parent = await parentFolder(ParentId, state, context);
  try {
    const folder = await context.session.createFolder(parent, { displayName: DisplayName, folderClass: made.folderClass });
    const ServerId = state.serverIdOf(folder.id);
    return { Status: folderStatus.success, SyncKey: await advanceOwn(state, from, ServerId, context), ServerId };
  } catch (thrown) {
    throw asFolderStatus(thrown);
  }
});
