import type { FolderDraft, Mailbox } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError, instead } from '../../errors.ts';
import { folderIdShape, type FolderElement } from '../../mapping/folder-shape.ts';
import { classOfFolderKind } from '../../mapping/folder-fields.ts';
import { gatherFolder, refuseOtherMailbox } from '../../mapping/folder-write.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { resolveTarget } from '../../resolve.ts';
import { forEachEntry, success } from '../../response-messages.ts';

/** @see [MS-OXWSFOLD] 3.1.4.2 CreateFolder */
export const createFolder: Operation<'CreateFolder'> = defineOperation('CreateFolder', async ({ ParentFolderId, Folders }, context) => ({
  ResponseMessages: await forEachEntry(context, 'CreateFolderResponseMessage', Folders, (head) => ({ ...head, Folders: [] }), async (entry) => {
    const parent = await resolveTarget(ParentFolderId, context, 'ErrorParentFolderNotFound');
    // What is found in a search folder lies elsewhere: documentation of the code.
    if (parent.folder.kind === 'search') throw new EwsError('ErrorInvalidParentFolder');
    // The documentation of the code has this very case.
    if (entry[0] === 'SearchFolder' && parent.session.mailbox.isPublic) throw new EwsError('ErrorInvalidFolderTypeForOperation');
    const draft = folderDraft(entry, parent.session.mailbox, context);
    const folder = await parent.session.createFolder(parent.folderId, draft)
      .catch(instead('AccessDenied', () => new EwsError('ErrorCreateSubfolderAccessDenied')))
      .catch(instead('FolderExists', () => nameTaken(draft.displayName)));
    return { ...success, Folders: [folderIdShape.render({ folder, session: parent.session, context })] };
  }),
}));

/** The text is that of real servers (the suite of exchangelib compares it). */
const nameTaken = (name: string): EwsError => new EwsError('ErrorFolderExists', `A folder with the specified name already exists., Could not create folder '${name}'.`);

/** A draft from a folder element; the class of a typed folder is implied and cannot be set (ErrorNoFolderClassOverride). */
export function folderDraft([kind, sent]: FolderElement, mailbox: Mailbox, context: EwsContext): FolderDraft {
  const target = gatherFolder(kind, sent, context);
  refuseOtherMailbox(target, mailbox);
  const implied = classOfFolderKind(kind);
  if (implied !== undefined && target.folderClass !== undefined) throw new EwsError('ErrorNoFolderClassOverride');
  if (!target.displayName) throw new EwsError('ErrorFolderSave', 'The folder save operation failed due to invalid property values.');
  return {
    displayName: target.displayName,
    folderClass: implied ?? target.folderClass,
    kind: kind === 'SearchFolder' ? 'search' : 'generic',
    properties: target.properties,
    permissions: target.permissions,
    searchCriteria: target.searchCriteria,
  };
}
