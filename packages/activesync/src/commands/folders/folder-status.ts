import { MailboxError } from '@fauxchange/mailbox';
import type { CommandContext } from '../../context.ts';
import { EasStatusError } from '../../errors.ts';
import { compareHierarchies, FolderState, visibleFolders, type Generation } from '../../folders/folder-state.ts';

/** [MS-ASCMD] 2.2.3.177.3 to 2.2.3.177.6: what the four folder commands share. */
export const folderStatus = {
  success: 1, exists: 2, isSpecial: 3, notFound: 4, parentNotFound: 5, serverError: 6, invalidSyncKey: 9, incorrectFormat: 10, unknownError: 11, codeUnknown: 12,
} as const;

/** The hierarchy that the client names, which a change of it builds on. @throws EasStatusError 9 */
export function generationAt(syncKey: string, { device }: CommandContext): { readonly state: FolderState; readonly from: Generation } {
  const state = device.folders;
  const from = syncKey === '0' ? undefined : state?.at(syncKey);
  if (!state || !from) throw new EasStatusError(folderStatus.invalidSyncKey, `The synchronization key ${syncKey} is not the last one.`);
  return { state, from };
}

/**
 * The key after a change that the client made itself: it knows of its own change, and of nothing else that happened
 * meanwhile. The cursor stays, so that FolderSync looks again.
 */
export async function advanceOwn(state: FolderState, from: Generation, own: string | undefined, context: CommandContext): Promise<string> {
  const now = await visibleFolders(context.session, state, context.isAtLeast('14.0'));
  const known = new Map(from.known);
  const { deleted } = compareHierarchies(from.known, now);
  const folder = own === undefined ? undefined : now.get(own);
  if (folder) known.set(folder.serverId, folder);
  // What stood below a folder that the client deleted went with it.
  else for (const serverId of deleted) known.delete(serverId);
  return state.advance(known, from.cursor, from).key;
}

/** What the model refuses of a folder, in the words of these commands. */
export function asFolderStatus(thrown: unknown, overrides: Partial<Readonly<Record<string, number>>> = {}): unknown {
  if (!(thrown instanceof MailboxError)) return thrown;
  const status = overrides[thrown.code] ?? byCode[thrown.code];
  return status === undefined ? thrown : new EasStatusError(status, thrown.message);
}

const byCode: Partial<Readonly<Record<string, number>>> = {
  FolderExists: folderStatus.exists,
  FolderIsDistinguished: folderStatus.isSpecial,
  FolderNotFound: folderStatus.notFound,
  ParentFolderNotFound: folderStatus.parentNotFound,
  InvalidFolderName: folderStatus.incorrectFormat,
  FolderCycle: folderStatus.serverError,
  AccessDenied: folderStatus.serverError,
};
