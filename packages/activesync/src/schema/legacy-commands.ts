import { document, integer, repeated, struct, text } from '@fauxchange/wbxml';
import { HttpStatusError, httpStatusInstead } from '../errors.ts';

/** Neither has a document in its request; the answer of GetAttachment is bytes. */
export const NoRequest = document('FolderHierarchy:Folders', struct('FolderHierarchy', {}));

/** [MS-ASCMD] 2.2.1.8. */
export const GetHierarchyResponse = document('FolderHierarchy:Folders', struct('FolderHierarchy', {
  Folder: repeated(struct('FolderHierarchy', { DisplayName: text(), ServerId: text(), Type: integer(), ParentId: text() })),
}));

/** These commands are older than statuses, and have no place for one in their answers. */
export function refuseByHttp(status: number): never {
  throw new HttpStatusError(httpStatusInstead(status), `Status ${status}.`);
}
