import type { Folder } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { describedPath, describedProperty, extendedName } from '../../mapping/change-description.ts';
import { classOfFolderKind, folderFieldOfUri, kindOfFolder, refuseProtected, type FolderTarget } from '../../mapping/folder-fields.ts';
import { folderIdShape } from '../../mapping/folder-shape.ts';
import { refuseOtherMailbox, setFolderElement } from '../../mapping/folder-write.ts';
import { pathDetails, type Path } from '../../mapping/paths.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { refusePublicRoot } from '../../public-folders.ts';
import { getFolder, targetEntry } from '../../resolve.ts';
import { forEachEntry, success } from '../../response-messages.ts';
import type { NonEmptyArrayOfFolderChangeDescriptionsType } from '../../schema/types.generated.ts';

/** @see [MS-OXWSFOLD] 3.1.4.8 UpdateFolder */
export const updateFolder: Operation<'UpdateFolder'> = defineOperation('UpdateFolder', async ({ FolderChanges }, context) => ({
  ResponseMessages: await forEachEntry(context, 'UpdateFolderResponseMessage', FolderChanges.FolderChange, (head) => ({ ...head, Folders: [] }), async (change) => {
    const { session, folderId, folder } = await getFolder(targetEntry(change), context);
    refusePublicRoot(folder);
    refuseProtected(folder, context);
    const changes = gatherChanges(change.Updates, folder, context);
    refuseOtherMailbox(changes, session.mailbox);
    const updated = await session.updateFolder(folderId, changes);
    return { ...success, Folders: [folderIdShape.render({ folder: updated, session, context })] };
  }),
}));

function gatherChanges(descriptions: NonEmptyArrayOfFolderChangeDescriptionsType, folder: Folder, context: EwsContext): FolderTarget {
  const kind = kindOfFolder(folder);
  const target: FolderTarget = { kind, context, properties: {} };
  for (const [change, description] of descriptions) {
    if (change === 'AppendToFolderField') throw new EwsError('ErrorInvalidPropertyAppend', undefined, pathDetails(describedPath(description)));
    if (change === 'DeleteFolderField') remove(describedPath(description), target);
    else {
      const { holder, element, value } = describedProperty(description, folderElementOf);
      // Permissions of the wrong kind have codes of their own.
      if (holder !== kind && holder !== 'Folder' && element !== 'PermissionSet') throw new EwsError('ErrorUpdatePropertyMismatch');
      setFolderElement(element, value, target);
    }
  }
  // A mail folder stays one too (seen on real servers: the suite of exchangelib).
  const implied = classOfFolderKind(kind) ?? /^IPF\.Note\b/i.exec(folder.folderClass ?? '')?.[0];
  if (target.folderClass !== undefined && implied !== undefined && !target.folderClass.startsWith(implied)) throw new EwsError('ErrorObjectTypeChanged');
  return target;
}

/** Elements of folders are named as their paths. */
function folderElementOf(path: Path): string | undefined {
  return path[0] === 'FieldURI' ? /^folder:(.+)$/.exec(path[1].FieldURI)?.[1] : undefined;
}

function remove(path: Path, target: FolderTarget): void {
  const name = extendedName(path);
  if (name !== undefined) {
    target.properties[name] = undefined;
    return;
  }
  const field = path[0] === 'FieldURI' ? folderFieldOfUri(path[1].FieldURI) : undefined;
  if (!field?.remove) throw new EwsError('ErrorInvalidPropertyDelete', undefined, pathDetails(path));
  field.remove(target);
}
