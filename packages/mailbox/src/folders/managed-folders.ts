import type { IdSource } from '@fauxchange/kernel';
import { MailboxError } from '../errors.ts';
import type { Properties } from '../items/item.ts';
import type { MailboxSession } from '../session/mailbox-session.ts';
import type { Folder } from './folder.ts';

/** A managed custom folder as an administrator defines it (New-ManagedFolder). */
export interface NewManagedFolder {
  readonly name: string;
  readonly comment?: string | undefined;
  /** Clients must show the comment. */
  readonly mustDisplayComment?: boolean | undefined;
  /** Kilobytes. */
  readonly quota?: number | undefined;
  readonly homePage?: string | undefined;
}
export interface ManagedFolder extends NewManagedFolder {
  /** objectGUID, lower-case. */
  readonly id: string;
}

/** What a folder of a mailbox tells of the definition that it was made of. */
export interface ManagedFolderFacts {
  readonly isRoot: boolean;
  readonly mustDisplayComment: boolean;
  readonly id: string | undefined;
  readonly comment: string | undefined;
  readonly quota: number | undefined;
  readonly homePage: string | undefined;
}

/** 0x6732 is named by the documentation of ErrorMissingManagedFolderId; the others stand beside it ([K], bits of the first too). */
const tags = { flags: '0x672d:Integer32', quota: '0x672e:Integer32', comment: '0x6731:String', id: '0x6732:String', homePage: '0x6733:String' } as const;
const bits = { mustDisplayComment: 0x4, hasQuota: 0x8, isRoot: 0x10 } as const;

/** Where the folders of a mailbox come under, [MS-OXWSFOLD] 2.2.4.13. */
const ROOT_NAME = 'Managed Folders';

export function managedFolders(defined: readonly NewManagedFolder[], ids: IdSource): readonly ManagedFolder[] {
  return defined.map((folder) => ({ ...folder, id: ids.fork(`managed folder ${folder.name}`).uuid() }));
}

/** Undefined for a folder that is not managed. */
export function managedFolderFacts({ bag }: Folder): ManagedFolderFacts | undefined {
  const flags = bag.get(tags.flags) as number | undefined;
  if (flags === undefined) return undefined;
  const text = (tag: 'comment' | 'id' | 'homePage'): string | undefined => bag.get(tags[tag]) as string | undefined;
  return {
    isRoot: (flags & bits.isRoot) !== 0, mustDisplayComment: (flags & bits.mustDisplayComment) !== 0,
    id: text('id'), comment: text('comment'), quota: bag.get(tags.quota) as number | undefined, homePage: text('homePage'),
  };
}

/** The folder that holds the managed ones, made with the first of them. MailboxError FolderExists where another folder has its name. */
export async function managedFoldersRoot(session: MailboxSession): Promise<Folder> {
  const top = await session.distinguished('msgfolderroot');
  const known = (await session.folders(top.id, 'shallow')).find(({ displayName }) => displayName.toLowerCase() === ROOT_NAME.toLowerCase());
  if (!known) return session.createFolder(top.id, { displayName: ROOT_NAME, folderClass: 'IPF.Note', properties: { [tags.flags]: bits.isRoot } });
  if (managedFolderFacts(known)?.isRoot !== true) throw new MailboxError('FolderExists', 'Another folder has the name of the root of managed folders.', ROOT_NAME);
  return known;
}

/** Puts a managed folder into the mailbox, below that root. MailboxError FolderExists. */
export async function addManagedFolder(session: MailboxSession, root: Folder, { name, id, comment, mustDisplayComment = false, quota, homePage }: ManagedFolder): Promise<Folder> {
  const properties: Properties = {
    [tags.flags]: (mustDisplayComment ? bits.mustDisplayComment : 0) | (quota === undefined ? 0 : bits.hasQuota),
    [tags.id]: id, [tags.comment]: comment, [tags.quota]: quota, [tags.homePage]: homePage,
  };
  return session.createFolder(root.id, { displayName: name, folderClass: 'IPF.Note', properties });
}
