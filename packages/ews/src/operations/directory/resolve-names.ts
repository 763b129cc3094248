import { contactsNamed, type DirectoryEntry } from '@fauxchange/mailbox';
import { contactResolutions } from '../../contacts-search.ts';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { entryContact, entryMailbox } from '../../mapping/directory-contact.ts';
import { kindOfFolder } from '../../mapping/folder-fields.ts';
import { compileItemShape } from '../../mapping/item-shape.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { getFolder } from '../../resolve.ts';
import { forEachEntry, success, warning } from '../../response-messages.ts';
import type { ResolveNamesResponseMessageType, ResolveNamesType, ResolutionType } from '../../schema/types.generated.ts';

/** More candidates than these are not told, [MS-OXWSRSLNM] 3.1.4.1. */
const mostCandidates = 100;

type Source = 'directory' | 'contacts';
/** Where each scope looks, and what it tells first. */
const sources: Readonly<Record<NonNullable<ResolveNamesType['SearchScope']>, readonly Source[]>> = {
  ActiveDirectory: ['directory'], Contacts: ['contacts'], ActiveDirectoryContacts: ['directory', 'contacts'], ContactsActiveDirectory: ['contacts', 'directory'],
};

/** @see [MS-OXWSRSLNM] 3.1.4.1 ResolveNames */
export const resolveNames: Operation<'ResolveNames'> = defineOperation('ResolveNames', async (request, context) => ({
  ResponseMessages: await forEachEntry(context, 'ResolveNamesResponseMessage', [request], (head) => head, (one) => resolve(one, context)),
}));

async function resolve(request: ResolveNamesType, context: EwsContext): Promise<ResolveNamesResponseMessageType> {
  if ((request.ParentFolderIds ?? []).length > 1) throw new EwsError('ErrorResolveNamesOnlyOneContactsFolderAllowed');
  if (!context.organization.mailboxOf(context.caller)) throw new EwsError('ErrorNameResolutionNoMailbox');
  // A blank, a comma, a dash: documentation of the code.
  if (/^[\s,-]*$/.test(request.UnresolvedEntry)) throw new EwsError('ErrorInvalidNameForNameResolution');
  const found: ResolutionType[] = [];
  for (const source of sources[request.SearchScope ?? 'ActiveDirectoryContacts']) {
    const more = source === 'directory' ? inDirectory(request, context) : await inContacts(request, context);
    found.push(...more);
  }
  if (found.length === 0) throw new EwsError('ErrorNameResolutionNoResults');
  const told = found.slice(0, mostCandidates);
  const ResolutionSet = { TotalItemsInView: told.length, IncludesLastItemInRange: found.length <= mostCandidates, Resolution: told };
  return found.length === 1 ? { ...success, ResolutionSet } : { ...warning(new EwsError('ErrorNameResolutionMultipleResults')), ResolutionSet };
}

function inDirectory({ UnresolvedEntry, ReturnFullContactData, ContactDataShape }: ResolveNamesType, context: EwsContext): ResolutionType[] {
  const withContact = ReturnFullContactData && ContactDataShape !== 'IdOnly';
  return candidates(UnresolvedEntry, context).map((entry) => (withContact ? { Mailbox: entryMailbox(entry), Contact: entryContact(entry) } : { Mailbox: entryMailbox(entry) }));
}

/** `smtp:` and the beginning of an address finds by address alone: proxy addresses are stored with it, and are part of name resolution. */
function candidates(text: string, { organization: { directory } }: EwsContext): readonly DirectoryEntry[] {
  const [, address] = /^\s*smtp:\s*(.+)$/is.exec(text) ?? [];
  // One more than are told says that there are more.
  if (address === undefined) return directory.resolve(text, mostCandidates + 1);
  const start = address.trim().toLowerCase();
  return directory.resolve(start).filter(({ proxyAddresses }) => proxyAddresses.some((one) => one.toLowerCase().startsWith(start)));
}

/** In the folder asked for, else in the caller's Contacts; contacts in the shape of ContactDataShape (default: all properties). */
async function inContacts({ UnresolvedEntry, ReturnFullContactData, ContactDataShape, ParentFolderIds }: ResolveNamesType, context: EwsContext): Promise<ResolutionType[]> {
  const [asked] = ParentFolderIds ?? [];
  const { session, folderId, folder } = await getFolder(asked ?? ['DistinguishedFolderId', { Id: 'contacts' }], context);
  if (kindOfFolder(folder) !== 'ContactsFolder') throw new EwsError('ErrorResolveNamesInvalidFolderType');
  const shape = ReturnFullContactData ? compileItemShape({ BaseShape: ContactDataShape ?? 'AllProperties' }, 'find') : undefined;
  const items = await contactsNamed(UnresolvedEntry, session, folderId, mostCandidates + 1);
  const found: ResolutionType[] = [];
  for (const item of items) found.push(...(await contactResolutions(item, session, shape, context)));
  return found;
}
