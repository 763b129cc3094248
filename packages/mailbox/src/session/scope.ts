import type { Clock, IdSource } from '@fauxchange/kernel';
import type { EventRing, NewEvent } from '../changes/event-ring.ts';
import type { MailboxEvent } from '../changes/events.ts';
import type { Directory, DirectoryEntry } from '../directory/directory.ts';
import { MailboxError } from '../errors.ts';
import type { WellKnownFolderName } from '../folders/distinguished.ts';
import type { Folder } from '../folders/folder.ts';
import type { FolderId } from '../ids.ts';
import type { FinishContext } from '../items/finish.ts';
import type { Item } from '../items/item.ts';
import type { Mailbox } from '../mailbox.ts';
import type { Accessor } from '../permissions/accessor.ts';
import { isVisible, rightsIn } from '../permissions/check.ts';
import { rights } from '../permissions/rights.ts';
import type { MailboxStore } from '../store/mailbox-store.ts';
import type { Transport } from '../transport/transport.ts';
import type { SearchFolderCounts } from './search-folder.ts';

/** What the sessions of one mailbox share. */
export interface MailboxCore {
  readonly mailbox: Mailbox;
  readonly store: MailboxStore;
  readonly events: EventRing;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly directory: Directory;
  readonly transport: Transport;
  readonly maxMessageBytes: number;
  readonly counts: SearchFolderCounts;
  /** Which items a hold keeps; undefined where none is on the mailbox. */
  hold(): ((item: Item) => boolean) | undefined;
  /** The folder of a well-known name that was made after the mailbox. */
  addWellKnown(name: WellKnownFolderName, id: FolderId): void;
}

/** One accessor at one mailbox: what every action of a session works with. */
export interface Scope extends MailboxCore {
  readonly accessor: Accessor;
}

export const folderNotFound = (id: FolderId | string): MailboxError => new MailboxError('FolderNotFound', 'The folder does not exist, or the accessor may not see it.', String(id));
export const accessDenied = (what: string): MailboxError => new MailboxError('AccessDenied', `The accessor has no right to ${what}.`);

/** In whose name things are written: the owner's of the mailbox; public folders have none, so theirs who write. */
export const whoseWords = ({ isPublic, owner }: Mailbox, { entry }: Accessor): DirectoryEntry => (isPublic && entry ? entry : owner);

/** Fresh each time: the author is the accessor, unless that is the system or the item has its author already. */
export function finishContext({ accessor, clock, ids, mailbox }: Scope, { isRestored = false, isImported = false }: { readonly isRestored?: boolean | undefined; readonly isImported?: boolean | undefined } = {}): FinishContext {
  return { now: clock.now(), ids, author: isRestored ? undefined : accessor.entry, owner: whoseWords(mailbox, accessor), isImported };
}

/** The folder with the accessor's rights in it. FolderNotFound where it is not there or not visible. */
export async function visibleFolder(scope: Scope, id: FolderId): Promise<{ readonly folder: Folder; readonly granted: number }> {
  const folder = await scope.store.folder(id);
  const granted = folder ? rightsIn(folder, scope.accessor) : 0;
  if (folder === undefined || !isVisible(granted)) throw folderNotFound(id);
  return { folder, granted };
}

/** The same for a folder whose items are to be read: AccessDenied where they may not be. */
export async function readableFolder(scope: Scope, id: FolderId, what = 'read the folder'): ReturnType<typeof visibleFolder> {
  const found = await visibleFolder(scope, id);
  if ((found.granted & rights.readAny) === 0) throw accessDenied(what);
  return found;
}

/** FolderNotFound as above; AccessDenied where the folder may be seen but the right lacks. */
export async function folderWith(scope: Scope, id: FolderId, right: number, what: string): Promise<Folder> {
  const folder = await scope.store.folder(id);
  const granted = folder ? rightsIn(folder, scope.accessor) : 0;
  // A right to create is enough to find the folder, even unseen: a drop box.
  if (folder === undefined || (!isVisible(granted) && (granted & right) === 0)) throw folderNotFound(id);
  if ((granted & right) === 0) throw accessDenied(what);
  return folder;
}

/** A folder that can hold items: no search folder, which only shows those of others. */
export async function folderToFill(scope: Scope, id: FolderId): Promise<Folder> {
  const folder = await folderWith(scope, id, rights.create, 'create items in the folder');
  if (folder.kind === 'search') throw new MailboxError('InvalidFolderType', 'A search folder holds no items of its own.', String(id));
  return folder;
}

export function wellKnownId({ mailbox }: MailboxCore, name: WellKnownFolderName): FolderId {
  const id = mailbox.wellKnown(name);
  if (id === undefined) throw folderNotFound(name);
  return id;
}

export function publish({ events, clock, accessor }: MailboxCore & Partial<Pick<Scope, 'accessor'>>, happened: readonly NewEvent[]): void {
  const time = clock.now();
  events.publish(happened.map((event) => ({ ...event, time }) as MailboxEvent), accessor);
}
