import { MailboxError, type Disposal, type FolderId, type MailboxSession } from '@fauxchange/mailbox';
import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { FolderObject } from '../../objects/folder-object.ts';
import { defineRop, type RopHandler } from '../../rop/define-rop.ts';

const page = 1_000;

/** [MS-OXCFOLD] 3.2.5.9: neither the root nor search folders are emptied; of public folders no server since 2013 does it (notes 6 and 7). */
function emptying(name: 'RopEmptyFolder' | 'RopHardDeleteMessagesAndSubfolders', disposal: Disposal): RopHandler {
  return defineRop(name, [FolderObject], async ({ WantDeleteAssociated }, { object, logon }) => {
    const { id, kind } = await object.folder();
    if (logon.isPublic || kind !== 'generic') throw new RopError(errorCode.NotSupported, 'The folder cannot be emptied.');
    const areFoldersLeft = await removeFolders(logon.session, id, disposal);
    const areMessagesLeft = await removeMessages(logon.session, id, disposal, WantDeleteAssociated);
    return { body: { PartialCompletion: areFoldersLeft || areMessagesLeft } };
  });
}

export const emptyFolder = emptying('RopEmptyFolder', 'soft');
/** [MS-OXCFOLD] 3.2.5.10. */
export const hardDeleteMessagesAndSubfolders = emptying('RopHardDeleteMessagesAndSubfolders', 'hard');

/** Whether one is left. */
async function removeFolders(session: MailboxSession, id: FolderId, disposal: Disposal): Promise<boolean> {
  let isOneLeft = false;
  for (const child of await session.folders(id, 'shallow')) isOneLeft = (await isRefused(() => session.removeFolder(child.id, disposal))) || isOneLeft;
  return isOneLeft;
}

async function removeMessages(session: MailboxSession, id: FolderId, disposal: Disposal, withAssociated: boolean): Promise<boolean> {
  let left = 0;
  const refused = await isRefused(async () => {
    for (;;) {
      const { items } = await session.query([id], { table: withAssociated ? 'both' : 'normal', offset: left, limit: page });
      if (items.length === 0) return;
      const removed = await session.removeItems(items.map((item) => item.id), disposal);
      left += removed.filter((one) => one instanceof MailboxError).length;
    }
  });
  return refused || left > 0;
}

async function isRefused(act: () => Promise<void>): Promise<boolean> {
  try {
    await act();
    return false;
  } catch (thrown) {
    if (thrown instanceof MailboxError) return true;
    throw thrown;
  }
}
