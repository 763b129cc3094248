import type { DirectoryEntry } from '../directory/directory.ts';
import type { Folder } from '../folders/folder.ts';
import { addressBookEntryId } from '../items/entry-id.ts';
import type { Item } from '../items/item.ts';
import type { Accessor } from './accessor.ts';
import { rights, type EffectiveRights } from './rights.ts';

const ALL = Object.values(rights).reduce((sum, right) => sum | right, 0);

/**
 * Rights of an accessor in a folder, as a sum of `rights`: an entry of its own decides; else those of its groups
 * together; else what everybody has ([MS-OXCPERM] 3.2.5).
 */
export function rightsIn(folder: Pick<Folder, 'permissions'>, { entry, memberships, hasFullAccess }: Accessor): number {
  if (hasFullAccess) return ALL;
  const rightsOf = (member: 'default' | 'anonymous'): number => folder.permissions.find((one) => one.member === member)?.rights ?? 0;
  if (entry === undefined) return rightsOf('anonymous');
  let fromGroups: number | undefined;
  for (const permission of folder.permissions) {
    if (typeof permission.member === 'string') continue;
    if (permission.member.directoryId === entry.id) return permission.rights;
    if (memberships.has(permission.member.directoryId)) fromGroups = (fromGroups ?? 0) | permission.rights;
  }
  return fromGroups ?? rightsOf('default');
}

/** Whoever may read a folder sees it, even without the right named so. */
export const isVisible = (granted: number): boolean => (granted & (rights.folderVisible | rights.readAny | rights.folderOwner)) !== 0;

/** Private items are for the owner; a delegate has to be allowed to see them, and owners of the folder are. */
export const viewsPrivate = (granted: number, { hasFullAccess, viewsPrivate: isTrusted }: Accessor): boolean => hasFullAccess || isTrusted || (granted & rights.folderOwner) !== 0;

/** What the rights say; that a distinguished folder stays whoever asks is not a matter of rights, as Microsoft's examples show. */
export function folderRights(granted: number, accessor: Accessor): EffectiveRights {
  const has = (right: number): boolean => (granted & right) !== 0;
  return {
    createAssociated: has(rights.folderOwner),
    createContents: has(rights.create),
    createHierarchy: has(rights.createSubfolder),
    delete: has(rights.folderOwner),
    modify: has(rights.folderOwner),
    read: has(rights.readAny) || has(rights.folderOwner),
    viewPrivateItems: viewsPrivate(granted, accessor),
  };
}

function isCreator(item: Item, entry: DirectoryEntry | undefined): boolean {
  return entry !== undefined && item.bag.get('PidTagCreatorEntryId') === addressBookEntryId(entry.legacyExchangeDN);
}

/** Of a right over every item of a folder and one over the accessor's own, one is enough. */
const hasOver = (item: Item, granted: number, { entry }: Accessor, any: number, owned: number): boolean => (granted & any) !== 0 || ((granted & owned) !== 0 && isCreator(item, entry));

/** Of what other people made, only those read that have the right to; one's own is always readable ([MS-OXCPERM] 2.2.7, ReadAny). */
export const mayRead = (item: Item, granted: number, { entry }: Accessor): boolean => (granted & rights.readAny) !== 0 || isCreator(item, entry);
export const mayEdit = (item: Item, granted: number, accessor: Accessor): boolean => hasOver(item, granted, accessor, rights.editAny, rights.editOwned);
export const mayDelete = (item: Item, granted: number, accessor: Accessor): boolean => hasOver(item, granted, accessor, rights.deleteAny, rights.deleteOwned);

export function itemRights(item: Item, granted: number, accessor: Accessor): EffectiveRights {
  return {
    createAssociated: false,
    createContents: false,
    createHierarchy: false,
    delete: mayDelete(item, granted, accessor),
    modify: mayEdit(item, granted, accessor),
    read: mayRead(item, granted, accessor),
    viewPrivateItems: viewsPrivate(granted, accessor),
  };
}
