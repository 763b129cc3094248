import { Logon } from '../../logon/logon.ts';
import { FolderObject } from '../../objects/folder-object.ts';
import { defineRop } from '../../rop/define-rop.ts';

/**
 * [MS-OXCFOLD] 3.2.5.1. Servers since 2013 ignore every bit of OpenModeFlags, OpenSoftDeleted too (note 1), and say of no folder
 * that it has rules (note 2). No folder here is ghosted: there is one server.
 */
export const openFolder = defineRop('RopOpenFolder', [Logon, FolderObject], async ({ FolderId }, { logon }) => {
  const folder = await logon.session.folder(logon.folderId(FolderId));
  return { opens: new FolderObject(logon, folder), body: { HasRules: false, IsGhosted: false } };
});
