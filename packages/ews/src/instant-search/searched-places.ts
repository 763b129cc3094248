import { MailboxError, type Folder, type FolderId, type MailboxSession } from '@fauxchange/mailbox';
import type { EwsContext } from '../context.ts';
import { EwsError } from '../errors.ts';
import { openMailbox, ownSession, targetEntry, getFolder } from '../resolve.ts';
import type { ArrayOfSearchScopeType, SearchFolderScopeType } from '../schema/types.generated.ts';
import { foldersBelow } from '../searched-folders.ts';

/** Folders of one mailbox that are searched. */
export interface SearchedPlace {
  readonly session: MailboxSession;
  readonly folderIds: readonly FolderId[];
}

/** The places of a scope. Groups, OneDrive and Delve are services that an organization without them finds nothing in. */
export async function searchedPlaces(scope: ArrayOfSearchScopeType, withDeleted: boolean, context: EwsContext): Promise<readonly SearchedPlace[]> {
  const places: SearchedPlace[] = [];
  const { PrimaryMailboxSearchScope: primary, LargeArchiveSearchScope: archive, SingleLargeArchiveSearchScope: single, CustomSearchScope: custom = [] } = scope;
  if (primary) places.push(primary.FolderScope ? await folderPlace(primary.FolderScope, primary.IsDeepTraversal === true, context) : await wholeMailbox('msgfolderroot', withDeleted, context));
  // There is one archive, the main one.
  if (archive && archive.ArchiveTypes.some((type) => type !== 'AuxArchive')) places.push(await wholeMailbox('archivemsgfolderroot', withDeleted, context));
  for (const { MailboxGuid, FolderScope, IsDeepTraversal } of [...custom, ...(single ? [single] : [])]) {
    const owner = MailboxGuid === undefined ? context.caller : openMailbox(context.organization.mailboxByGuid(MailboxGuid), context).mailbox.owner;
    const named = FolderScope.WellKnownFolder && { Mailbox: { EmailAddress: owner.primarySmtpAddress }, ...FolderScope.WellKnownFolder };
    places.push(await folderPlace({ ...FolderScope, WellKnownFolder: named }, IsDeepTraversal, context));
  }
  return places;
}

export async function folderPlace({ FolderId, WellKnownFolder }: SearchFolderScopeType, isDeep: boolean, context: EwsContext): Promise<SearchedPlace> {
  const { session, folder } = await getFolder(targetEntry({ FolderId, DistinguishedFolderId: WellKnownFolder }), context);
  if (!session.folderRights(folder).read) throw new EwsError('ErrorAccessDenied');
  return { session, folderIds: [folder.id, ...(isDeep ? await foldersBelow(session, folder.id, () => true) : [])] };
}

/** What is in Deleted Items is left out unless it is wanted ([K]: IncludeDeleted is documented by its name). */
async function wholeMailbox(root: 'msgfolderroot' | 'archivemsgfolderroot', withDeleted: boolean, context: EwsContext): Promise<SearchedPlace> {
  const session = ownSession(context);
  const rootId = session.mailbox.wellKnown(root);
  if (rootId === undefined) return { session, folderIds: [] };
  const isWanted = ({ wellKnown }: Folder): boolean => withDeleted || (wellKnown !== 'deleteditems' && wellKnown !== 'archivedeleteditems');
  return { session, folderIds: [rootId, ...(await foldersBelow(session, rootId, isWanted))] };
}

/** ErrorUnsupportedUserForExecuteSearch for whoever has no mailbox to search. */
export function checkSearcher({ organization, caller }: EwsContext): void {
  if (!organization.mailboxOf(caller)) throw new EwsError('ErrorUnsupportedUserForExecuteSearch');
}

/** ErrorInstantSearchFailed for a query that cannot be read ([K] that code). */
export function searchable<T>(read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    throw thrown instanceof MailboxError && thrown.code === 'RestrictionTooComplex' ? new EwsError('ErrorInstantSearchFailed') : thrown;
  }
}
