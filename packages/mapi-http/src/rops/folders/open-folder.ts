import { inboxRules } from '@fauxchange/mailbox';
import { Logon } from '../../logon/logon.ts';
import { FolderObject } from '../../objects/folder-object.ts';
import { defineRop } from '../../rop/define-rop.ts';

/** [MS-OXCFOLD] 3.2.5.1. No folder here is ghosted: there is one server. */
export const openFolder = defineRop('RopOpenFolder', [Logon, FolderObject], async ({ FolderId }, { logon }) => {
  const folder = await logon.session.folder(logon.folderId(FolderId));
  const HasRules = folder.wellKnown === 'inbox' && logon.session.accessor.hasFullAccess && (await inboxRules(logon.session)).length > 0;
  return { opens: new FolderObject(logon, folder), body: { HasRules, IsGhosted: false } };
});
