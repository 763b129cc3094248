import type { DirectoryEntry } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';
import type { GetSearchableMailboxesType, SearchableMailboxType } from '../../schema/types.generated.ts';

/** For members of the role group Discovery Management: ErrorAccessDenied for everybody else ([K] that code). @see GetSearchableMailboxes, EWS reference */
export const getSearchableMailboxes: Operation<'GetSearchableMailboxes'> = defineOperation('GetSearchableMailboxes', (request, context) =>
  answerAlone(context, (head) => ({ ...head, SearchableMailboxes: {} }), () => {
    const { directory } = context.organization;
    const mayDiscover = [...directory.memberships(context.caller.id)].some((id) => directory.byId(id)?.displayName === 'Discovery Management');
    if (!mayDiscover) throw new EwsError('ErrorAccessDenied');
    return { ...success, SearchableMailboxes: { SearchableMailbox: searchable(request, context).map(describe) } };
  }));

const most = 5_000;

function searchable({ SearchFilter, ExpandGroupMembership }: GetSearchableMailboxesType, { organization: { directory } }: EwsContext): readonly DirectoryEntry[] {
  const found = SearchFilter ? directory.resolve(SearchFilter) : directory.list();
  const members = (entry: DirectoryEntry): readonly DirectoryEntry[] => directory.members(entry.id).flatMap((member) => ('recipientType' in member ? [member] : []));
  const all = ExpandGroupMembership ? found.flatMap((entry) => (entry.members ? members(entry) : [entry])) : found;
  const isSearchable = ({ mailboxGuid, members: isGroup, recipientType }: DirectoryEntry): boolean => recipientType !== 'PublicFolderMailbox' && (mailboxGuid !== undefined || isGroup !== undefined);
  return [...new Set(all)].filter(isSearchable).slice(0, most);
}

function describe(entry: DirectoryEntry): SearchableMailboxType {
  return {
    Guid: entry.mailboxGuid ?? entry.id, PrimarySmtpAddress: entry.primarySmtpAddress, IsExternalMailbox: false, ExternalEmailAddress: '', DisplayName: entry.displayName,
    IsMembershipGroup: entry.members !== undefined, ReferenceId: entry.legacyExchangeDN,
  };
}
