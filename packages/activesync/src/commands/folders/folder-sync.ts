import { defineCommand } from '../../command.ts';
import type { CommandContext } from '../../context.ts';
import { EasStatusError } from '../../errors.ts';
import { compareHierarchies, FolderState, visibleFolders, type Generation, type KnownFolder } from '../../folders/folder-state.ts';
import { restartHeaders } from '../../http/headers.ts';
import { FolderSyncRequest, FolderSyncResponse } from '../../schema/folder-hierarchy.ts';
import { folderStatus } from './folder-status.ts';

/** [MS-ASCMD] 2.2.1.5 FolderSync */
export const folderSync = defineCommand({
  request: FolderSyncRequest,
  response: FolderSyncResponse,
  statusOfViolation: () => folderStatus.incorrectFormat,
}, async ({ SyncKey }, context) => {
  const state = (context.device.folders ??= new FolderState());
  if (SyncKey === '0') return start(state, context);
  const from = state.at(SyncKey);
  if (!from) throw new EasStatusError(folderStatus.invalidSyncKey, `The synchronization key ${SyncKey} is not the last one.`);
  const page = await context.session.hierarchyChanges(from.cursor, 1);
  if (!('expired' in page) && page.changes.length === 0) return answer(state.current?.key === from.key ? from : state.advance(from.known, from.cursor, from), [], [], []);
  const known = await visibleFolders(context.session, state, context.isAtLeast('14.0'));
  const { added, updated, deleted } = compareHierarchies(from.known, known);
  const isSame = added.length + updated.length + deleted.length === 0;
  return answer(isSame && state.current?.key === from.key ? from : state.advance(known, await context.session.latest(), from), added, updated, deleted);
});

/** The hierarchy anew, at any point, [MS-ASCMD] 3.1.5.3: folders keep their ids and their collections the keys that the client has of them. */
async function start(state: FolderState, context: CommandContext): ReturnType<typeof answer> {
  state.restart();
  Object.assign(context.responseHeaders, restartHeaders(context.profile));
  const known = await visibleFolders(context.session, state, context.isAtLeast('14.0'));
  return answer(state.advance(known, await context.session.latest(), undefined), [...known.values()], [], []);
}

const element = ({ serverId: ServerId, parentId: ParentId, displayName: DisplayName, type: Type }: KnownFolder) => ({ ServerId, ParentId, DisplayName, Type });

async function answer({ key }: Generation, added: readonly KnownFolder[], updated: readonly KnownFolder[], deleted: readonly string[]) {
  return {
    Status: folderStatus.success,
    SyncKey: key,
    Changes: { Count: added.length + updated.length + deleted.length, Update: updated.map(element), Delete: deleted.map((ServerId) => ({ ServerId })), Add: added.map(element) },
  };
}
