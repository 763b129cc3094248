import { folderTest, type Restriction, type Traversal } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { lazily } from '../../lazily.ts';
import { compileFolderShape, type FolderShape } from '../../mapping/folder-shape.ts';
import { FindCount, pageOf } from '../../mapping/paging.ts';
import { decodeRestriction } from '../../mapping/restriction.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { getFolder, type FolderIdEntry } from '../../resolve.ts';
import { forEachEntry, success } from '../../response-messages.ts';
import type { FindFolderParentType, FindFolderType, FolderQueryTraversalType } from '../../schema/types.generated.ts';

const traversals: Readonly<Record<FolderQueryTraversalType, Traversal>> = { Shallow: 'shallow', Deep: 'deep', SoftDeleted: 'softDeleted' };

/** @see [MS-OXWSSRCH] 3.1.4.1 FindFolder */
export const findFolder: Operation<'FindFolder'> = defineOperation('FindFolder', async (request, context) => {
  const shape = lazily(() => compileFolderShape(request.FolderShape));
  const restriction = lazily(() => request.Restriction && decodeRestriction(request.Restriction, context));
  return {
    ResponseMessages: await forEachEntry(context, 'FindFolderResponseMessage', request.ParentFolderIds, (head) => head, async (entry) => ({
      ...success,
      RootFolder: await search(entry, request, restriction(), shape(), context),
    })),
  };
});

async function search(entry: FolderIdEntry, request: FindFolderType, restriction: Restriction | undefined, shape: FolderShape, context: EwsContext): Promise<FindFolderParentType> {
  const { session, folderId } = await getFolder(entry, context);
  if (session.mailbox.isPublic && request.Traversal === 'Deep') throw new EwsError('ErrorInvalidOperation', 'Deep traversal queries are not allowed on public folders.');
  const below = await session.folders(folderId, traversals[request.Traversal]);
  const found = restriction ? below.filter(folderTest(restriction)) : below;
  const views = { indexed: request.IndexedPageFolderView, fractional: request.FractionalPageFolderView };
  const count = new FindCount((views.indexed ?? views.fractional)?.MaxEntriesReturned, restriction !== undefined, context);
  const page = pageOf(found, views, count.rows);
  count.check(page.attributes.IncludesLastItemInRange ?? true);
  return { ...page.attributes, Folders: page.items.map((folder) => shape.render({ folder, session, context })) };
}
