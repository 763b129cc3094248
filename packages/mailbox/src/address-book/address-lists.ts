import type { IdSource } from '@fauxchange/kernel';
import type { DirectoryEntry, RecipientType } from '../directory/directory.ts';

/** One list of the address book: which of the entries that are not hidden it shows. */
export interface AddressList {
  /** Its GUID, lower-case. */
  readonly id: string;
  readonly name: string;
  readonly isGlobal: boolean;
  /** The GUID of the list that it stands under. */
  readonly parentId?: string | undefined;
  holds(entry: DirectoryEntry): boolean;
}

const users: readonly RecipientType[] = ['UserMailbox', 'SharedMailbox', 'RoomMailbox', 'EquipmentMailbox', 'PublicFolderMailbox'];
/** The address lists of a new organization, below All Address Lists, and whom they hold ([K], their recipient filters). */
const kinds: readonly (readonly [string, readonly RecipientType[]])[] = [
  ['All Contacts', ['MailContact']],
  ['All Groups', ['MailUniversalDistributionGroup']],
  ['All Rooms', ['RoomMailbox']],
  ['All Users', users],
  ['Public Folders', ['PublicFolder']],
];

/** The lists of an organization, each parent before its children. The global one has no name: clients call it in their own language. */
export function addressLists(ids: IdSource): readonly AddressList[] {
  const guid = (name: string): string => ids.fork(`address list ${name}`).uuid();
  const root = guid('All Address Lists');
  return [
    { id: guid('Global Address List'), name: '', isGlobal: true, holds: () => true },
    { id: root, name: 'All Address Lists', isGlobal: false, holds: () => false },
    ...kinds.map(([name, types]) => ({ id: guid(name), name, isGlobal: false, parentId: root, holds: ({ recipientType }: DirectoryEntry) => types.includes(recipientType) })),
  ];
}
