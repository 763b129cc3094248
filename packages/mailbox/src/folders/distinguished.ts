/** EWS's names for well-known folders (DistinguishedFolderIdNameType of the schema), which the whole model uses. */
export const distinguishedFolderNames = [
  'root', 'msgfolderroot', 'inbox', 'drafts', 'outbox', 'sentitems', 'deleteditems', 'junkemail',
  'calendar', 'contacts', 'tasks', 'notes', 'journal',
  'searchfolders', 'voicemail', 'syncissues', 'conflicts', 'localfailures', 'serverfailures',
  'quickcontacts', 'imcontactlist', 'recipientcache', 'favorites', 'mycontacts', 'peopleconnect',
  'conversationhistory', 'todosearch', 'directory', 'adminauditlogs',
  'recoverableitemsroot', 'recoverableitemsdeletions', 'recoverableitemsversions', 'recoverableitemspurges', 'recoverableitemsdiscoveryholds',
  'archiveroot', 'archivemsgfolderroot', 'archiveinbox', 'archivedeleteditems',
  'archiverecoverableitemsroot', 'archiverecoverableitemsdeletions', 'archiverecoverableitemsversions', 'archiverecoverableitemspurges', 'archiverecoverableitemsdiscoveryholds',
  'publicfoldersroot',
] as const;
export type DistinguishedFolderName = (typeof distinguishedFolderNames)[number];

/** Folders of the public folder hierarchy that EWS has no names for: those of a public logon, [MS-OXCSTOR] 2.2.1.1.4, and where its deletions go. */
export type PublicFolderName = 'publicroot' | 'publicnonipmsubtree' | 'publiceformsregistry' | 'publicdumpsterroot';
export type WellKnownFolderName = DistinguishedFolderName | PublicFolderName;

export function isDistinguished(name: string): name is DistinguishedFolderName {
  return (distinguishedFolderNames as readonly string[]).includes(name);
}
