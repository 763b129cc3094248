import { MailboxError } from '@fauxchange/mailbox';
import { collectionPlace } from '../../collections.ts';
import type { CommandContext } from '../../context.ts';
import type { Operation } from '../../schema/item-operations.ts';
import { operationStatus } from './operation-status.ts';

type EmptyFolderContents = Extract<Operation, readonly ['EmptyFolderContents', unknown]>[1];

/** Deletes everything in a folder; folders below it stay unless the client says otherwise, [MS-ASCMD] 2.2.3.58. */
export async function emptyFolderContents({ 'AirSync:CollectionId': collectionId, Options }: EmptyFolderContents, context: CommandContext): Promise<number> {
  const place = await collectionPlace(collectionId, context);
  if (!place) return operationStatus.notFound;
  if (place.isRecipientInformation) return operationStatus.accessDenied;
  try {
    await context.session.emptyFolder(place.folderId, 'soft', { withSubfolders: Options?.DeleteSubFolders === true });
    return operationStatus.success;
  } catch (thrown) {
    if (!(thrown instanceof MailboxError)) throw thrown;
    return thrown.code === 'AccessDenied' ? operationStatus.accessDenied : operationStatus.serverError;
  }
}
