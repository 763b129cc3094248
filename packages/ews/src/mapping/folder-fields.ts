import { isDistinguished, managedFolderFacts, type EffectiveRights, type Folder, type FolderPermission, type Mailbox, type MailboxSession, type SearchCriteria } from '@fauxchange/mailbox';
import type { EwsContext } from '../context.ts';
import { EwsError } from '../errors.ts';
import { bareChangeKey, encodeChangeKey, type ChangeKeyKind } from '../ids/change-key.ts';
import type { IdOwner } from '../ids/entry-id.ts';
import { encodeFolderId } from '../ids/ews-id.ts';
import type { EffectiveRightsType, ManagedFolderInformationType, PermissionSetType } from '../schema/types.generated.ts';
import type { MutableProperties } from './fields.ts';
import { folderTag } from './retention-fields.ts';
import { decodePermissionSet, encodePermissionSet, noPermissions } from './permissions.ts';

export type FolderKind = 'Folder' | 'CalendarFolder' | 'ContactsFolder' | 'TasksFolder' | 'SearchFolder';

const kindsByClass: readonly (readonly [prefix: string, kind: FolderKind, changeKey: ChangeKeyKind])[] = [
  ['IPF.Appointment', 'CalendarFolder', 'calendarFolder'],
  ['IPF.Contact', 'ContactsFolder', 'contactsFolder'],
  ['IPF.Task', 'TasksFolder', 'tasksFolder'],
];

export function kindOfFolder({ kind, folderClass }: Folder): FolderKind {
  return kind === 'search' ? 'SearchFolder' : (rowOf(folderClass)?.[1] ?? 'Folder');
}

/** The class that a typed folder element stands for. */
export function classOfFolderKind(kind: FolderKind): string | undefined {
  return kindsByClass.find(([, name]) => name === kind)?.[0];
}

export function changeKeyOf(folder: Folder, owner: IdOwner): string {
  const kind = folder.kind === 'search' ? 'searchFolder' : (rowOf(folder.folderClass)?.[2] ?? 'folder');
  return encodeChangeKey(kind, owner, folder.cn);
}

function rowOf(folderClass: string | undefined): (typeof kindsByClass)[number] | undefined {
  const folded = folderClass?.toLowerCase();
  return kindsByClass.find(([prefix]) => folded === prefix.toLowerCase() || folded?.startsWith(`${prefix.toLowerCase()}.`));
}

export interface FolderView {
  readonly folder: Folder;
  readonly session: MailboxSession;
  readonly context: EwsContext;
}

export interface FolderTarget {
  readonly context: EwsContext;
  readonly kind: FolderKind;
  displayName?: string | undefined;
  folderClass?: string | undefined;
  permissions?: readonly FolderPermission[] | undefined;
  searchCriteria?: SearchCriteria | undefined;
  /** Whose folders a search folder looks in. */
  searched?: Mailbox | undefined;
  readonly properties: MutableProperties;
}

export interface FolderField {
  readonly uri: string;
  readonly element: string;
  readonly kinds?: readonly FolderKind[] | undefined;
  readonly shape: 'id' | 'default' | 'all' | 'asked';
  read(view: FolderView): unknown;
  readonly set?: ((value: never, target: FolderTarget) => void) | undefined;
  /** Absent: ErrorInvalidPropertyDelete. */
  readonly remove?: ((target: FolderTarget) => void) | undefined;
}

/** Folders of the mailbox's root have no parent of their own: the root names itself, as Exchange answers it. */
const parentOf = ({ folder, session }: FolderView): { Id: string; ChangeKey: string } => ({
  Id: encodeFolderId(session.mailbox, folder.parentId === 0 ? folder.id : folder.parentId),
  ChangeKey: bareChangeKey('folder'),
});

/**
 * [MS-OXWSFOLD] 2.2.4.13. The root of managed folders is protected up to Exchange 2013; what is below may be renamed, moved and
 * deleted (Microsoft's test suite).
 */
function managedFolderInformation({ folder, context }: FolderView): ManagedFolderInformationType | undefined {
  const facts = managedFolderFacts(folder);
  if (!facts) return undefined;
  const isFree = !isProtected(folder, context);
  return {
    CanDelete: isFree, CanRenameOrMove: isFree, MustDisplayComment: facts.mustDisplayComment, HasQuota: facts.quota !== undefined, IsManagedFoldersRoot: facts.isRoot,
    ManagedFolderId: facts.id, Comment: facts.isRoot ? undefined : (facts.comment ?? ''), HomePage: facts.homePage,
    StorageQuota: facts.quota, FolderSize: facts.quota === undefined ? undefined : Math.ceil(folder.size / 1024),
  };
}

/** Whether it is a folder that this version lets nobody rename or move. */
function isProtected(folder: Folder, { profile }: Pick<EwsContext, 'profile'>): boolean {
  return profile.behaviour.fixesManagedFoldersRoot && managedFolderFacts(folder)?.isRoot === true;
}

/** ErrorAccessDenied for such a folder ([K] the code). */
export function refuseProtected(folder: Folder, context: Pick<EwsContext, 'profile'>): void {
  if (isProtected(folder, context)) throw new EwsError('ErrorAccessDenied');
}

/** In the order of BaseFolderType and FolderType. PermissionSet and UnreadCount change places in the typed folders; the encoder puts them right. */
export const folderFields: readonly FolderField[] = [
  field('folder:FolderId', 'id', ({ folder, session }) => ({ Id: encodeFolderId(session.mailbox, folder.id), ChangeKey: changeKeyOf(folder, session.mailbox) })),
  field('folder:ParentFolderId', 'all', parentOf),
  { ...field('folder:FolderClass', 'all', ({ folder }) => folder.folderClass), set: (value: string, target) => void (target.folderClass = value) },
  { ...field('folder:DisplayName', 'default', ({ folder }) => folder.displayName), set: (value: string, target) => void (target.displayName = value) },
  field('folder:TotalCount', 'default', ({ folder }) => folder.totalCount),
  field('folder:ChildFolderCount', 'default', ({ folder }) => folder.childFolderCount),
  field('folder:ManagedFolderInformation', 'all', managedFolderInformation),
  field('folder:EffectiveRights', 'all', ({ folder, session }) => encodeRights(session.folderRights(folder))),
  field('folder:DistinguishedFolderId', 'all', ({ folder: { wellKnown } }) => (wellKnown && isDistinguished(wellKnown) ? wellKnown : undefined)),
  folderTag('PolicyTag'),
  folderTag('ArchiveTag'),
  // [MS-OXWSFOLD] 2.2.4.5: the replicas of a public folder, of which there is one, the mailbox that has it ([K] in this form).
  field('folder:ReplicaList', 'asked', ({ session: { mailbox } }) => (mailbox.isPublic ? { String: [mailbox.guid] } : undefined)),
  {
    ...field('folder:PermissionSet', 'asked', ({ folder, context }) => encodePermissionSet(folder.permissions, kindOfFolder(folder) === 'CalendarFolder', context.organization.directory)),
    kinds: ['Folder', 'CalendarFolder', 'ContactsFolder', 'TasksFolder'],
    set: (value: PermissionSetType, target) => void (target.permissions = decodePermissionSet(value, target.kind, target.context)),
    remove: (target) => void (target.permissions = noPermissions),
  },
  { ...field('folder:UnreadCount', 'default', ({ folder }) => folder.unreadCount), kinds: ['Folder', 'TasksFolder', 'SearchFolder'] },
];

const byUri = new Map(folderFields.map((one) => [one.uri, one]));
export function folderFieldOfUri(uri: string): FolderField | undefined {
  return byUri.get(uri);
}

function field(uri: string, shape: FolderField['shape'], read: FolderField['read']): FolderField {
  return { uri, element: uri.slice('folder:'.length), shape, read };
}

/** What the caller may do, with a folder or an item. */
export function encodeRights(rights: EffectiveRights): EffectiveRightsType {
  return {
    CreateAssociated: rights.createAssociated, CreateContents: rights.createContents, CreateHierarchy: rights.createHierarchy,
    Delete: rights.delete, Modify: rights.modify, Read: rights.read, ViewPrivateItems: rights.viewPrivateItems,
  };
}
