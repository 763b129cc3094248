import { MailboxError, folderId, type Folder, type FolderDraft, type FolderId, type MailboxSession } from '@fauxchange/mailbox';
import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { FolderObject } from '../../objects/folder-object.ts';
import { defineRop } from '../../rop/define-rop.ts';

const folderTypes: ReadonlyMap<number, NonNullable<FolderDraft['kind']>> = new Map([[1, 'generic'], [2, 'search']]);

/** [MS-OXCFOLD] 3.2.5.2. IsExistingFolder is always FALSE, of public folders too (note 3). */
export const createFolder = defineRop('RopCreateFolder', [FolderObject], async ({ FolderType, OpenExisting, DisplayName, Comment }, { object, logon }) => {
  const kind = folderTypes.get(FolderType);
  if (!kind) throw new RopError(errorCode.InvalidParameter, `There is no type of folder ${FolderType}.`);
  if (kind === 'search' && logon.isPublic) throw new RopError(errorCode.NotSupported, 'Public folders have no search folders.');
  const draft: FolderDraft = { displayName: DisplayName, kind, ...(Comment !== '' && { properties: { PidTagComment: Comment } }) };
  const folder = await madeOrFound(logon.session, object.id, draft, OpenExisting);
  return { opens: new FolderObject(logon, folder), body: { FolderId: logon.wireId(folder.id), IsExistingFolder: false } };
});

async function madeOrFound(session: MailboxSession, parentId: FolderId, draft: FolderDraft, opensExisting: boolean): Promise<Folder> {
  try {
    return await session.createFolder(parentId, draft);
  } catch (thrown) {
    const existing = thrown instanceof MailboxError && thrown.code === 'FolderExists' && opensExisting ? thrown.subject : undefined;
    if (existing === undefined) throw thrown;
    return session.folder(folderId(Number(existing)));
  }
}
