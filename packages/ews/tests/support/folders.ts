import { folderRef, shape } from './soap.ts';

/** What the tests of folders say again and again: requests as clients write them. */
export const createFolders = (parent: string, ...folders: string[]): string =>
  `<m:CreateFolder><m:ParentFolderId>${folderRef(parent)}</m:ParentFolderId><m:Folders>${folders.join('')}</m:Folders></m:CreateFolder>`;
/** `more`: elements before the name. */
export const named = (name: string, kind = 'Folder', more = '', after = ''): string => `<t:${kind}>${more}<t:DisplayName>${name}</t:DisplayName>${after}</t:${kind}>`;
export const folderChange = (folder: string, ...updates: string[]): string => `<t:FolderChange>${folderRef(folder)}<t:Updates>${updates.join('')}</t:Updates></t:FolderChange>`;
export const updateFolders = (...changes: string[]): string => `<m:UpdateFolder><m:FolderChanges>${changes.join('')}</m:FolderChanges></m:UpdateFolder>`;
export const updateFolder = (folder: string, ...updates: string[]): string => updateFolders(folderChange(folder, ...updates));
export const setFolderField = (uri: string, element: string, kind = 'Folder'): string =>
  `<t:SetFolderField>${uri.startsWith('<') ? uri : `<t:FieldURI FieldURI="${uri}"/>`}<t:${kind}>${element}</t:${kind}></t:SetFolderField>`;
export const findFolder = (parent: string, traversal: string, more = '', base = 'IdOnly'): string =>
  `<m:FindFolder Traversal="${traversal}"><m:FolderShape>${shape(base, ['folder:DisplayName'])}</m:FolderShape>${more}<m:ParentFolderIds>${folderRef(parent)}</m:ParentFolderIds></m:FindFolder>`;
export const transferFolder = (operation: 'MoveFolder' | 'CopyFolder', to: string, ...folders: string[]): string =>
  `<m:${operation}><m:ToFolderId>${folderRef(to)}</m:ToFolderId><m:FolderIds>${folders.map(folderRef).join('')}</m:FolderIds></m:${operation}>`;
export const deleteFolder = (type: string, ...folders: string[]): string => `<m:DeleteFolder DeleteType="${type}"><m:FolderIds>${folders.map(folderRef).join('')}</m:FolderIds></m:DeleteFolder>`;
export const emptyFolder = (type: string, withSubfolders: boolean, ...folders: string[]): string =>
  `<m:EmptyFolder DeleteType="${type}" DeleteSubFolders="${withSubfolders}"><m:FolderIds>${folders.map(folderRef).join('')}</m:FolderIds></m:EmptyFolder>`;
/** Parameters of a search folder over `base`: what is unread below. */
export const unreadBelow = (base: string): string =>
  `<t:SearchParameters Traversal="Deep"><t:Restriction><t:IsEqualTo><t:FieldURI FieldURI="message:IsRead"/><t:FieldURIOrConstant><t:Constant Value="false"/></t:FieldURIOrConstant></t:IsEqualTo></t:Restriction><t:BaseFolderIds>${folderRef(base)}</t:BaseFolderIds></t:SearchParameters>`;
