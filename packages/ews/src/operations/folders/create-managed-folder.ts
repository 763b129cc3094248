import { addManagedFolder, managedFoldersRoot, type Folder, type MailboxSession, type ManagedFolder } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { asEwsError, EwsError, instead } from '../../errors.ts';
import { folderIdShape } from '../../mapping/folder-shape.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { openMailbox, ownSession } from '../../resolve.ts';
import { forEachEntry, success } from '../../response-messages.ts';
import type { CreateManagedFolderRequestType } from '../../schema/types.generated.ts';

/**
 * Puts managed folders that the organization defines into a mailbox, for whoever has full access to it. Of several that do not all
 * succeed each that fails is a partial completion.
 *
 * @see [MS-OXWSFOLD] 3.1.4.3 CreateManagedFolder
 */
export const createManagedFolder: Operation<'CreateManagedFolder'> = defineOperation('CreateManagedFolder', async ({ FolderNames, Mailbox }, context) => {
  const names = FolderNames.FolderName;
  let isAnyMade = false;
  const entries: readonly (string | undefined)[] = hasTwins(names) ? [undefined] : names;
  const ResponseMessages = await forEachEntry(context, 'CreateManagedFolderResponseMessage', entries, (head) => ({ ...head, Folders: [] }), async (name) => {
    if (name === undefined) throw new EwsError('ErrorDuplicateInputFolderNames');
    try {
      const session = mailboxFor(Mailbox, context);
      const folder = await create(session, definitionOf(name, context));
      isAnyMade = true;
      return { ...success, Folders: [folderIdShape.render({ folder, session, context })] };
    } catch (thrown) {
      throw isAnyMade && asEwsError(thrown) ? new EwsError('ErrorCreateManagedFolderPartialCompletion') : thrown;
    }
  });
  return { ResponseMessages };
});

/** Names are those of folders: without regard to case. */
const hasTwins = (names: readonly string[]): boolean => new Set(names.map((name) => name.toLowerCase())).size < names.length;

/** ErrorNonExistentMailbox for an address that is empty or nobody's: documentation of the code. */
function mailboxFor(mailbox: CreateManagedFolderRequestType['Mailbox'], context: EwsContext): MailboxSession {
  const { organization } = context;
  if (!mailbox && !organization.mailboxOf(context.caller)) throw new EwsError('ErrorMissingEmailAddressForManagedFolder');
  const session = mailbox ? openMailbox(organization.mailboxByAddress(mailbox.EmailAddress ?? ''), context) : ownSession(context);
  if (!session.accessor.hasFullAccess) throw new EwsError('ErrorAccessDenied');
  return session;
}

function definitionOf(name: string, { organization }: EwsContext): ManagedFolder {
  const found = organization.managedFolders.find((folder) => folder.name.toLowerCase() === name.toLowerCase());
  if (!found) throw new EwsError('ErrorManagedFolderNotFound');
  return found;
}

async function create(session: MailboxSession, definition: ManagedFolder): Promise<Folder> {
  const root = await managedFoldersRoot(session).catch(instead('FolderExists', () => new EwsError('ErrorManagedFoldersRootFailure')));
  return addManagedFolder(session, root, definition).catch(instead('FolderExists', () => new EwsError('ErrorManagedFolderAlreadyExists')));
}
