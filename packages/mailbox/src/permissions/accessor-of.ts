import type { Directory, DirectoryEntry } from '../directory/directory.ts';
import type { Accessor } from './accessor.ts';

/** Somebody of the directory as accessor of the owner's mailbox; in public folders nobody is more than their permissions say. */
export function accessorOf(directory: Directory, owner: DirectoryEntry, entry: DirectoryEntry): Accessor {
  const memberships = directory.memberships(entry.id);
  const isPublic = owner.recipientType === 'PublicFolderMailbox';
  const hasFullAccess = !isPublic && (entry.id === owner.id || [...memberships].some((id) => directory.grants(owner.id, id).includes('fullAccess')));
  const viewsPrivate = !isPublic && directory.grants(owner.id, entry.id).includes('viewPrivate');
  return { entry, memberships, hasFullAccess, viewsPrivate };
}
