import { document, integer, optional, repeated, struct, text } from '@fauxchange/wbxml';
import { id64 } from './values.ts';

/** [MS-ASCMD] 2.2.1.5. */
export const FolderSyncRequest = document('FolderHierarchy:FolderSync', struct('FolderHierarchy', { SyncKey: id64() }));

const Folder = struct('FolderHierarchy', { ServerId: id64(), ParentId: id64(), DisplayName: text(), Type: integer() });
export const FolderSyncResponse = document('FolderHierarchy:FolderSync', struct('FolderHierarchy', {
  Status: integer(),
  SyncKey: optional(id64()),
  Changes: optional(struct('FolderHierarchy', {
    Count: integer({ min: 0 }),
    Update: repeated(Folder),
    Delete: repeated(struct('FolderHierarchy', { ServerId: id64() })),
    Add: repeated(Folder),
  })),
}));

/** [MS-ASCMD] 2.2.1.3. */
export const FolderCreateRequest = document('FolderHierarchy:FolderCreate', struct('FolderHierarchy', { SyncKey: id64(), ParentId: id64(), DisplayName: text({ maxLength: 256 }), Type: integer() }));
export const FolderCreateResponse = document('FolderHierarchy:FolderCreate', struct('FolderHierarchy', { Status: integer(), SyncKey: optional(id64()), ServerId: optional(id64()) }));

/** [MS-ASCMD] 2.2.1.6. */
export const FolderUpdateRequest = document('FolderHierarchy:FolderUpdate', struct('FolderHierarchy', { SyncKey: id64(), ServerId: id64(), ParentId: id64(), DisplayName: text({ maxLength: 256 }) }));
export const FolderUpdateResponse = document('FolderHierarchy:FolderUpdate', struct('FolderHierarchy', { Status: integer(), SyncKey: optional(id64()) }));

/** [MS-ASCMD] 2.2.1.4. */
export const FolderDeleteRequest = document('FolderHierarchy:FolderDelete', struct('FolderHierarchy', { SyncKey: id64(), ServerId: id64() }));
export const FolderDeleteResponse = document('FolderHierarchy:FolderDelete', struct('FolderHierarchy', { Status: integer(), SyncKey: optional(id64()) }));
