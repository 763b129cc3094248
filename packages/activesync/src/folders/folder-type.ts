import type { Folder } from '@fauxchange/mailbox';

/** [MS-ASCMD] 2.2.3.186.3. */
export const folderTypes = {
  userGeneric: 1, inbox: 2, drafts: 3, deletedItems: 4, sentItems: 5, outbox: 6, tasks: 7, calendar: 8, contacts: 9, notes: 10, journal: 11,
  userMail: 12, userCalendar: 13, userContacts: 14, userTasks: 15, userJournal: 16, userNotes: 17, unknown: 18, recipientInformation: 19,
} as const;

const byWellKnown: Partial<Readonly<Record<NonNullable<Folder['wellKnown']>, number>>> = {
  inbox: folderTypes.inbox, drafts: folderTypes.drafts, deleteditems: folderTypes.deletedItems, sentitems: folderTypes.sentItems, outbox: folderTypes.outbox,
  tasks: folderTypes.tasks, calendar: folderTypes.calendar, contacts: folderTypes.contacts, notes: folderTypes.notes, journal: folderTypes.journal,
};

/** Container classes with the types of folders that users make of them. */
const byClass: readonly (readonly [folderClass: string, type: number])[] = [
  ['IPF.Note', folderTypes.userMail], ['IPF.Appointment', folderTypes.userCalendar], ['IPF.Contact', folderTypes.userContacts], ['IPF.Task', folderTypes.userTasks],
  ['IPF.Journal', folderTypes.userJournal], ['IPF.StickyNote', folderTypes.userNotes],
];

export function folderType({ wellKnown, folderClass = '' }: Folder): number {
  const special = wellKnown && byWellKnown[wellKnown];
  return special ?? byClass.find(([prefix]) => folderClass === prefix || folderClass.startsWith(`${prefix}.`))?.[1] ?? folderTypes.userGeneric;
}

/** The container class of a folder that a client makes; undefined for types that it cannot make. A generic folder is a mail folder without a class. */
export function classOfNewFolder(type: number): { readonly folderClass: string | undefined } | undefined {
  if (type === folderTypes.userGeneric) return { folderClass: 'IPF.Note' };
  const found = byClass.find(([, one]) => one === type);
  return found && { folderClass: found[0] };
}

/** Classes of ActiveSync; what a collection's items are. */
export type ClassName = 'Email' | 'Calendar' | 'Contacts' | 'Tasks' | 'Notes';

/** The class of a folder's items; journals are not synchronized. */
export function classOfFolder(folder: Folder): ClassName | undefined {
  const type = folderType(folder);
  if (type === folderTypes.calendar || type === folderTypes.userCalendar) return 'Calendar';
  if (type === folderTypes.contacts || type === folderTypes.userContacts) return 'Contacts';
  if (type === folderTypes.tasks || type === folderTypes.userTasks) return 'Tasks';
  if (type === folderTypes.notes || type === folderTypes.userNotes) return 'Notes';
  return type === folderTypes.journal || type === folderTypes.userJournal ? undefined : 'Email';
}
