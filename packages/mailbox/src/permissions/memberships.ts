import type { Directory, DirectoryEntry, MailboxGrant } from '../directory/directory.ts';
import type { Accessor } from './accessor.ts';

/** The entry and every group it is in, through groups in groups. */
function membershipsOf(directory: Directory, entry: DirectoryEntry): ReadonlySet<string> {
  const found = new Set([entry.id]);
  const groups = directory.list().filter(({ members }) => members !== undefined);
  for (let grew = true; grew; ) {
    grew = false;
    for (const { id, members } of groups) {
      if (found.has(id) || !members?.some((member) => found.has(member) || found.has(directory.byAddress(member)?.id ?? ''))) continue;
      found.add(id);
      grew = true;
    }
  }
  return found;
}

/** Somebody of the directory as accessor of the owner's mailbox. Groups are looked up only when the owner itself is not the one. */
export function accessorOf(directory: Directory, owner: DirectoryEntry, entry: DirectoryEntry): Accessor {
  if (entry.id === owner.id) return { entry, memberships: new Set([entry.id]), hasFullAccess: true };
  const memberships = membershipsOf(directory, entry);
  const isGranted = (grant: MailboxGrant): boolean => [...memberships].some((id) => directory.grants(owner.id, id).includes(grant));
  return { entry, memberships, hasFullAccess: isGranted('fullAccess') };
}

export const systemAccessor: Accessor = Object.freeze({ entry: undefined, memberships: new Set<string>(), hasFullAccess: true });
