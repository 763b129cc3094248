import { defineCommand } from '../command.ts';
import { HttpStatusError } from '../errors.ts';
import { FolderState, visibleFolders } from '../folders/folder-state.ts';
import { folderTypes } from '../folders/folder-type.ts';
import { GetHierarchyResponse, NoRequest, refuseByHttp } from '../schema/legacy-commands.ts';

const mailTypes: ReadonlySet<number> = new Set([folderTypes.inbox, folderTypes.drafts, folderTypes.deletedItems, folderTypes.sentItems, folderTypes.outbox, folderTypes.userMail, folderTypes.userGeneric]);

/** [MS-ASCMD] 2.2.1.8 GetHierarchy, which FolderSync replaces: folders of mail alone. */
export const getHierarchy = defineCommand({ request: NoRequest, response: GetHierarchyResponse, mayBeEmpty: true, refusal: refuseByHttp }, async (_request, context) => {
  if (context.isAtLeast('14.0')) throw new HttpStatusError(501, 'GetHierarchy ended with 12.1.');
  const state = (context.device.folders ??= new FolderState());
  const known = [...(await visibleFolders(context.session, state, false)).values()].filter(({ type }) => mailTypes.has(type));
  return { Folder: known.map(({ displayName: DisplayName, serverId: ServerId, type: Type, parentId: ParentId }) => ({ DisplayName, ServerId, Type, ParentId })) };
});
