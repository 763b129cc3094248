import { binary, type PropertyName, type PropertyValue } from '@fauxchange/properties';
import type { Folder, WellKnownFolderName } from '@fauxchange/mailbox';
import type { Logon } from '../logon/logon.ts';
import { folderEntryIdOf } from './entry-ids.ts';

/** Properties of the root and of the inbox by which clients find special folders: [MS-OXOSFLD] 2.2.2 and 2.2.3. */
const single: { readonly [N in PropertyName]?: WellKnownFolderName } = {
  PidTagIpmAppointmentEntryId: 'calendar', PidTagIpmContactEntryId: 'contacts', PidTagIpmJournalEntryId: 'journal', PidTagIpmNoteEntryId: 'notes', PidTagIpmTaskEntryId: 'tasks', PidTagIpmDraftsEntryId: 'drafts',
};
/** PidTagAdditionalRenEntryIds in its order: [MS-OXOSFLD] 2.2.3. */
const additional: readonly WellKnownFolderName[] = ['conflicts', 'syncissues', 'localfailures', 'serverfailures', 'junkemail'];

const entryId = ({ mailbox }: Logon, name: WellKnownFolderName) => {
  const id = mailbox.wellKnown(name);
  return id === undefined ? undefined : folderEntryIdOf(mailbox, id);
};

/** Undefined for folders that do not tell of others, and for other properties. */
export function specialFolderValue({ wellKnown }: Folder, logon: Logon, name: PropertyName): PropertyValue | undefined {
  if (wellKnown !== 'root' && wellKnown !== 'inbox') return undefined;
  const folder = single[name];
  if (folder) return entryId(logon, folder);
  return name === 'PidTagAdditionalRenEntryIds' ? additional.map((one) => entryId(logon, one) ?? binary.from(new Uint8Array(0))) : undefined;
}
