import { folderId as toFolderId, type FolderId, type MailboxSession } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { bareChangeKey } from '../../ids/change-key.ts';
import { encodeFolderId } from '../../ids/ews-id.ts';
import { compileFolderShape } from '../../mapping/folder-shape.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { refusePublic } from '../../public-folders.ts';
import { ownSession, resolveTarget } from '../../resolve.ts';
import { answerAlone, success } from '../../response-messages.ts';
import type { SyncFolderHierarchyChangesType, SyncFolderHierarchyResponseMessageType, SyncFolderHierarchyType } from '../../schema/types.generated.ts';
import { decodeSyncState, encodeSyncState, type SyncScope } from './sync-state.ts';

const changesAPage = 512;

/** As with items, errors carry an empty state and the end mark. @see [MS-OXWSSYNC] 3.1.4.1 SyncFolderHierarchy */
export const syncFolderHierarchy: Operation<'SyncFolderHierarchy'> = defineOperation('SyncFolderHierarchy', async (request, context) => ({
  ResponseMessages: [['SyncFolderHierarchyResponseMessage', await answerAlone<SyncFolderHierarchyResponseMessageType>(context, (head) => ({ ...head, SyncState: '', IncludesLastFolderInRange: true }), () => sync(request, context))]],
}));

async function sync({ FolderShape, SyncFolderId, SyncState }: SyncFolderHierarchyType, context: EwsContext): Promise<SyncFolderHierarchyResponseMessageType> {
  const { session, rootId } = await rootToSync(SyncFolderId, context);
  const scope: SyncScope = { kind: 'hierarchy', mailboxGuid: session.mailbox.guid, folderId: SyncFolderId ? rootId : 0 };
  const cursor = SyncState ? decodeSyncState(SyncState, scope) : undefined;
  const page = await session.hierarchyChanges(cursor, changesAPage);
  if ('expired' in page) throw new EwsError('ErrorInvalidSyncStateData');
  const shape = compileFolderShape(FolderShape);
  const below = new Map((await session.folders(rootId, 'deep')).map((folder) => [folder.id, folder]));
  const changes: SyncFolderHierarchyChangesType[number][] = [];
  for (const { kind, id } of page.changes) {
    const folder = below.get(id);
    if (folder) changes.push([kind === 'created' ? 'Create' : 'Update', Object.fromEntries([shape.render({ folder, session, context })])]);
    // A folder that has left the tree is gone for this client; one that was never in it is told as gone too, which clients ignore.
    else if (cursor && id !== rootId) changes.push(['Delete', { FolderId: { Id: encodeFolderId(session.mailbox, id), ChangeKey: bareChangeKey('folder') } }]);
  }
  return { ...success, SyncState: encodeSyncState(scope, page.cursor), IncludesLastFolderInRange: !page.more, Changes: changes };
}

/** Without SyncFolderId: everything below the top of the mailbox. */
async function rootToSync(target: SyncFolderHierarchyType['SyncFolderId'], context: EwsContext): Promise<{ session: MailboxSession; rootId: FolderId }> {
  if (!target) {
    const session = ownSession(context);
    return { session, rootId: session.mailbox.wellKnown('msgfolderroot') ?? toFolderId(0) };
  }
  const { session, folder } = await resolveTarget(target, context, 'ErrorSyncFolderNotFound');
  refusePublic(session, 'SyncFolderHierarchy');
  return { session, rootId: folder.id };
}
