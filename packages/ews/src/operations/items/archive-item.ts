import { MailboxError, type Folder, type FolderId, type MailboxSession, type WellKnownFolderName } from '@fauxchange/mailbox';
import { EwsError } from '../../errors.ts';
import { oneOf } from '../../items.ts';
import { lazily } from '../../lazily.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { getFolder, resolveItem, targetEntry } from '../../resolve.ts';
import { forEachEntry, success } from '../../response-messages.ts';

/** Items go to the folder of the same path in the archive, which is made where it is missing. @see ArchiveItem, EWS reference */
export const archiveItem: Operation<'ArchiveItem'> = defineOperation('ArchiveItem', async ({ ArchiveSourceFolderId, ItemIds }, context) => {
  const destination = lazily(async () => {
    const { session, folder } = await getFolder(targetEntry(ArchiveSourceFolderId), context);
    if (folder.kind === 'search') throw new EwsError('ErrorCannotSpecifySearchFolderAsSourceFolder');
    if (session.mailbox.isPublic) throw new EwsError('ErrorCannotArchiveItemsInPublicFolders');
    return { session, folderId: await archiveFolderFor(session, folder) };
  });
  return {
    ResponseMessages: await forEachEntry(context, 'ArchiveItemResponseMessage', ItemIds, (head) => ({ ...head, Items: [] }), async (entry) => {
      const to = await destination();
      const { session, itemId } = resolveItem(entry, context);
      if (session.mailbox !== to.session.mailbox) throw new EwsError('ErrorItemNotFound');
      oneOf(await session.moveItems([itemId], to));
      return { ...success, Items: [] };
    }),
  };
});

const counterparts: { readonly [N in WellKnownFolderName]?: WellKnownFolderName } = {
  msgfolderroot: 'archivemsgfolderroot', inbox: 'archiveinbox', deleteditems: 'archivedeleteditems', recoverableitemsdeletions: 'archiverecoverableitemsdeletions',
};
/** Of these the archive takes nothing. */
const refusedClasses = /^IPF\.(Appointment|Contact|Task)/i;
/** No hierarchy of ours is deeper. */
const deepest = 300;

async function archiveFolderFor(session: MailboxSession, folder: Folder): Promise<FolderId> {
  const { mailbox } = session;
  const root = mailbox.wellKnown('archivemsgfolderroot');
  if (root === undefined) throw new EwsError('ErrorInvalidOperation', 'Archive mailbox is not enabled for this user.');
  if (refusedClasses.test(folder.folderClass ?? '')) throw new EwsError('ErrorCannotArchiveCalendarContactTaskFolderException');
  const path: Folder[] = [];
  for (let at = folder; ; at = await session.folder(at.parentId)) {
    if (at.wellKnown?.startsWith('archive')) throw new EwsError('ErrorCannotArchiveItemsInArchiveMailbox');
    const name = at.wellKnown && counterparts[at.wellKnown];
    const known = name && mailbox.wellKnown(name);
    if (known !== undefined) return makePath(session, known, path.reverse());
    // Above the visible folders there is nothing to archive.
    if (at.kind === 'root' || at.parentId === 0 || path.length > deepest) throw new EwsError('ErrorInvalidOperation');
    path.push(at);
  }
}

async function makePath(session: MailboxSession, top: FolderId, path: readonly Folder[]): Promise<FolderId> {
  let parent = top;
  for (const { displayName, folderClass } of path) {
    const known = (await session.folders(parent, 'shallow')).find((one) => one.displayName.toLowerCase() === displayName.toLowerCase());
    try {
      parent = known?.id ?? (await session.createFolder(parent, { displayName, folderClass })).id;
    } catch (thrown) {
      if (thrown instanceof MailboxError && thrown.code !== 'AccessDenied') throw new EwsError('ErrorArchiveFolderPathCreation');
      throw thrown;
    }
  }
  return parent;
}
