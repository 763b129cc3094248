import type { Folder, MailboxSession } from '@fauxchange/mailbox';
import type { EwsContext } from './context.ts';
import { EwsError } from './errors.ts';

export const inMailboxes = ({ profile }: Pick<EwsContext, 'profile'>): boolean => profile.behaviour.publicFoldersInMailboxes;

/**
 * Refuses what EWS does not do with public folders. Which operations these are is in Microsoft's "Public folder access with EWS
 * in Exchange" and in notes 11 to 13 of [MS-OXWSFOLD]; the code is that of a deep traversal, where none is documented ([K]).
 */
export function refusePublic({ mailbox }: MailboxSession, what: string): void {
  if (mailbox.isPublic) throw new EwsError('ErrorInvalidOperation', `${what} is not supported for public folders.`);
}

export const isPublicRoot = ({ wellKnown }: Folder): boolean => wellKnown === 'publicfoldersroot';

/** The root holds folders and nothing else, and is nobody's to change: documentation of the code ([K] for which operations). */
export function refusePublicRoot(folder: Folder): void {
  if (isPublicRoot(folder)) throw new EwsError('ErrorOperationNotAllowedWithPublicFolderRoot');
}
