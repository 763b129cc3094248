import type { DirectoryEntry } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { entryContact, entryMailbox } from '../../mapping/directory-contact.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { getFolder } from '../../resolve.ts';
import { forEachEntry, success, warning } from '../../response-messages.ts';
import type { ResolveNamesResponseMessageType, ResolveNamesType, ResolutionType } from '../../schema/types.generated.ts';

/** More candidates than these are not told, [MS-OXWSRSLNM] 3.1.4.1. */
const mostCandidates = 100;

/** @see [MS-OXWSRSLNM] 3.1.4.1 ResolveNames */
export const resolveNames: Operation<'ResolveNames'> = defineOperation('ResolveNames', async (request, context) => ({
  ResponseMessages: await forEachEntry('ResolveNamesResponseMessage', [request], (head) => head, (one) => resolve(one, context)),
}));

async function resolve(request: ResolveNamesType, context: EwsContext): Promise<ResolveNamesResponseMessageType> {
  for (const folder of request.ParentFolderIds ?? []) await getFolder(folder, context);
  const found = request.SearchScope === 'Contacts' ? [] : candidates(request.UnresolvedEntry, context);
  if (found.length === 0) throw new EwsError('ErrorNameResolutionNoResults');
  const told = found.slice(0, mostCandidates);
  const ResolutionSet = { TotalItemsInView: told.length, IncludesLastItemInRange: found.length <= mostCandidates, Resolution: told.map((entry) => resolution(entry, request)) };
  return found.length === 1 ? { ...success, ResolutionSet } : { ...warning(new EwsError('ErrorNameResolutionMultipleResults')), ResolutionSet };
}

function candidates(text: string, { organization }: EwsContext): readonly DirectoryEntry[] {
  return organization.directory.resolve(text);
}

function resolution(entry: DirectoryEntry, { ReturnFullContactData, ContactDataShape }: ResolveNamesType): ResolutionType {
  const Mailbox = entryMailbox(entry);
  return ReturnFullContactData && ContactDataShape !== 'IdOnly' ? { Mailbox, Contact: entryContact(entry) } : { Mailbox };
}
