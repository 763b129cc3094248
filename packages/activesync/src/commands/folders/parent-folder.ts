import type { FolderId } from '@fauxchange/mailbox';
import type { CommandContext } from '../../context.ts';
import { EasStatusError } from '../../errors.ts';
import type { FolderState } from '../../folders/folder-state.ts';
import { folderStatus } from './folder-status.ts';

/** The folder that a ParentId names; `0` is the top. @throws EasStatusError 5 */
export async function parentFolder(parentId: string, state: FolderState, { session }: CommandContext): Promise<FolderId> {
  if (parentId === '0') return (await session.distinguished('msgfolderroot')).id;
  const id = state.folderIdOf(parentId);
  if (id === undefined) throw new EasStatusError(folderStatus.parentNotFound, `There is no folder ${parentId}.`);
  return id;
}
