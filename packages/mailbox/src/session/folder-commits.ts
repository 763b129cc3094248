import type { NewEvent } from '../changes/event-ring.ts';
import { MailboxError } from '../errors.ts';
import type { Folder } from '../folders/folder.ts';
import type { FolderId } from '../ids.ts';
import type { FolderCommitResult, FolderOp } from '../store/mailbox-store.ts';
import { folderNotFound, publish, type Scope } from './scope.ts';

export function checkNotFixed(folder: Folder): void {
  if (folder.wellKnown !== undefined || folder.kind === 'root') {
    throw new MailboxError('FolderIsDistinguished', 'A distinguished folder can be neither moved, renamed nor removed.', folder.wellKnown ?? String(folder.id));
  }
}

/** Throws what the store refused; what it did goes to those who watch. */
export async function commitFolder(scope: Scope, op: FolderOp, event: (cn: number, folder: Folder | undefined) => readonly NewEvent[]): Promise<Folder | undefined> {
  const result: FolderCommitResult = await scope.store.commitFolders([op]);
  if ('missing' in result) {
    if ('parentId' in op && result.missing === op.parentId) throw new MailboxError('ParentFolderNotFound', 'The parent folder does not exist.', String(op.parentId));
    throw folderNotFound(result.missing);
  }
  if ('conflict' in result) throw new MailboxError('ItemChanged', 'The folder has been changed since.', String(op.id));
  const [folder] = result.folders;
  publish(scope, event(result.cn, folder));
  return folder;
}

/** Moves without asking for rights; under another name where given. */
export function placeFolder(scope: Scope, folder: Folder, parentId: FolderId, displayName: string | undefined): Promise<Folder | undefined> {
  const { id, parentId: oldParentId } = folder;
  return commitFolder(scope, { op: 'move', id, parentId, displayName }, (cn) => [{ subject: 'folder', kind: 'moved', cn, id, oldId: id, parentId, oldParentId }]);
}

/** With everything in it, for good, and without asking for rights. */
export async function removeWholeFolder(scope: Scope, { id, parentId }: Folder): Promise<void> {
  await commitFolder(scope, { op: 'remove', id }, (cn) => [{ subject: 'folder', kind: 'deleted', cn, id, parentId }]);
}
