import { document, integer, optional, repeated, struct, text } from '@fauxchange/wbxml';

/** Neither has a document in its request; the answer of GetAttachment is bytes, unless it is a refusal. */
export const NoRequest = document('FolderHierarchy:Folders', struct('FolderHierarchy', { Status: optional(integer()) }));

/** [MS-ASCMD] 2.2.1.8. */
export const GetHierarchyResponse = document('FolderHierarchy:Folders', struct('FolderHierarchy', {
  // Of refusals that every command has.
  Status: optional(integer()),
  Folder: repeated(struct('FolderHierarchy', { DisplayName: text(), ServerId: text(), Type: integer(), ParentId: text() })),
}));
