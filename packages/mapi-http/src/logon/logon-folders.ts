import type { FolderId, MailboxSession, WellKnownFolderName } from '@fauxchange/mailbox';

/** A folder of the mailbox: by its well-known name, or by its name below the root. */
type Place = { readonly wellKnown: WellKnownFolderName } | { readonly name: string };

/** FolderIds of RopLogon in their order: [MS-OXCSTOR] 2.2.1.1.3. */
const privateFolders: readonly Place[] = [
  { wellKnown: 'root' }, { name: 'Deferred Action' }, { name: 'Spooler Queue' }, { wellKnown: 'msgfolderroot' }, { wellKnown: 'inbox' }, { wellKnown: 'outbox' }, { wellKnown: 'sentitems' },
  { wellKnown: 'deleteditems' }, { name: 'Common Views' }, { name: 'Schedule' }, { wellKnown: 'searchfolders' }, { name: 'Views' }, { name: 'Shortcuts' },
];
/** [MS-OXCSTOR] 2.2.1.1.4: servers since 2013 have none of the others. */
const publicFolders: readonly Place[] = [{ wellKnown: 'publicroot' }, { wellKnown: 'publicfoldersroot' }, { wellKnown: 'publicnonipmsubtree' }, { wellKnown: 'publiceformsregistry' }];
const logonFolderCount = 13;

/** The model's ids of the folders that a logon tells; 0 where there is none. */
export async function logonFolders({ mailbox }: MailboxSession): Promise<readonly number[]> {
  const root = mailbox.wellKnown(mailbox.isPublic ? 'publicroot' : 'root');
  // Whoever has no right to see the root is told of its folders all the same.
  const children = root === undefined ? [] : await mailbox.openAsSystem().folders(root, 'shallow');
  const idOf = (place: Place): FolderId | undefined => ('wellKnown' in place ? mailbox.wellKnown(place.wellKnown) : children.find(({ displayName }) => displayName === place.name)?.id);
  const ids = (mailbox.isPublic ? publicFolders : privateFolders).map((place) => idOf(place) ?? 0);
  return [...ids, ...Array<number>(logonFolderCount - ids.length).fill(0)];
}
