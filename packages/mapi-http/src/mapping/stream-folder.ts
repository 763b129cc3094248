import type { PropertyName } from '@fauxchange/properties';
import type { Folder } from '@fauxchange/mailbox';

/** What the server makes of a folder, beside what is in its bag. What its contents say changes without a new version of the folder: [MS-OXCFXICS] 3.1.5.3. */
const computed: readonly PropertyName[] = [
  'PidTagDisplayName', 'PidTagContainerClass', 'PidTagFolderType', 'PidTagSubfolders', 'PidTagCreationTime', 'PidTagLastModificationTime', 'PidTagLocalCommitTimeMax', 'PidTagDeletedCountTotal', 'PidTagDefaultPostMessageClass',
  'PidTagAttributeHidden', 'PidTagIpmAppointmentEntryId', 'PidTagIpmContactEntryId', 'PidTagIpmJournalEntryId', 'PidTagIpmNoteEntryId', 'PidTagIpmTaskEntryId', 'PidTagIpmDraftsEntryId', 'PidTagAdditionalRenEntryIds',
];
const notContent: ReadonlySet<PropertyName> = new Set<PropertyName>(['PidTagSourceKey', 'PidTagParentSourceKey', 'PidTagChangeKey', 'PidTagPredecessorChangeList']);

/** Names of what a folder has of its own, for a stream. */
export function folderContentNames({ bag }: Folder): ReadonlySet<PropertyName> {
  const names = new Set<PropertyName>(computed);
  for (const [name] of bag.entries()) if (!notContent.has(name)) names.add(name);
  return names;
}
