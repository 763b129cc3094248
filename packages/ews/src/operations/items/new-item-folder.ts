import type { Destination, DistinguishedFolderName } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import type { ItemKind } from '../../mapping/item-kind.ts';
import { refusePublicRoot } from '../../public-folders.ts';
import { ownSession, resolveTarget } from '../../resolve.ts';
import type { CreateItemType, ResponseCodeType } from '../../schema/types.generated.ts';

interface Home {
  readonly folder: DistinguishedFolderName;
  readonly folderClass: string;
  /** The error for a folder of another class. */
  readonly otherwise: ResponseCodeType;
}
/** Where items of a kind go, and the only folders that take them. */
const homes: { readonly [K in ItemKind]?: Home } = {
  CalendarItem: { folder: 'calendar', folderClass: 'IPF.Appointment', otherwise: 'ErrorCannotCreateCalendarItemInNonCalendarFolder' },
  Contact: { folder: 'contacts', folderClass: 'IPF.Contact', otherwise: 'ErrorCannotCreateContactInNonContactFolder' },
  DistributionList: { folder: 'contacts', folderClass: 'IPF.Contact', otherwise: 'ErrorCannotCreateContactInNonContactFolder' },
  Task: { folder: 'tasks', folderClass: 'IPF.Task', otherwise: 'ErrorCannotCreateTaskInNonTaskFolder' },
  PostItem: { folder: 'inbox', folderClass: 'IPF.Note', otherwise: 'ErrorCannotCreatePostItemInNonMailFolder' },
};

function isOfClass(folderClass: string, wanted: string): boolean {
  const [folded, prefix] = [folderClass.toLowerCase(), wanted.toLowerCase()];
  return folded === prefix || folded.startsWith(`${prefix}.`);
}

/** The folder asked for, else the one that Exchange takes for that kind. */
export async function folderForNew(kind: ItemKind, { SavedItemFolderId }: CreateItemType, context: EwsContext): Promise<Destination> {
  if (SavedItemFolderId) {
    const { session, folderId, folder } = await resolveTarget(SavedItemFolderId, context, 'ErrorSavedItemFolderNotFound');
    refusePublicRoot(folder);
    const home = homes[kind];
    if (home && !isOfClass(folder.folderClass ?? 'IPF.Note', home.folderClass)) throw new EwsError(home.otherwise);
    return { session, folderId };
  }
  const session = ownSession(context);
  const folderId = session.mailbox.wellKnown(homes[kind]?.folder ?? 'drafts');
  if (folderId === undefined) throw new EwsError('ErrorSavedItemFolderNotFound');
  return { session, folderId };
}
