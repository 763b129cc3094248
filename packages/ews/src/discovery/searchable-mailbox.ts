import type { DirectoryEntry } from '@fauxchange/mailbox';
import type { EwsContext } from '../context.ts';
import type { SearchableMailboxType } from '../schema/types.generated.ts';

/** Entries as discovery offers them: groups as themselves, or as who is in them. */
export function searchableOf(found: readonly DirectoryEntry[], expandsGroups: boolean, { organization: { directory } }: EwsContext): readonly DirectoryEntry[] {
  const members = (entry: DirectoryEntry): readonly DirectoryEntry[] => directory.members(entry.id).flatMap((member) => ('recipientType' in member ? [member] : []));
  const all = expandsGroups ? found.flatMap((entry) => (entry.members ? members(entry) : [entry])) : found;
  const isSearchable = ({ mailboxGuid, members: isGroup, recipientType }: DirectoryEntry): boolean => recipientType !== 'PublicFolderMailbox' && (mailboxGuid !== undefined || isGroup !== undefined);
  return [...new Set(all)].filter(isSearchable);
}

export function searchableMailbox(entry: DirectoryEntry): SearchableMailboxType {
  return {
    Guid: entry.mailboxGuid ?? entry.id, PrimarySmtpAddress: entry.primarySmtpAddress, IsExternalMailbox: false, ExternalEmailAddress: '', DisplayName: entry.displayName,
    IsMembershipGroup: entry.members !== undefined, ReferenceId: entry.legacyExchangeDN,
  };
}
