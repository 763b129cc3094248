import type { Directory, DirectoryEntry } from '../directory/directory.ts';
import { displayTypeOf } from './display-types.ts';

/** What links are looked up in. */
export interface LinkSource {
  readonly directory: Directory;
  /** Ids of those whose manager this is. */
  reportsOf(id: string): readonly string[];
  /** Ids of the groups whose owner this is. */
  ownedBy(id: string): readonly string[];
}

export type BookLink =
  | 'PidTagAddressBookManager' | 'PidTagAddressBookReports' | 'PidTagAddressBookIsMemberOfDistributionList' | 'PidTagAddressBookMember' | 'PidTagAddressBookOwner' | 'PidTagAddressBookOwnerBackLink'
  | 'PidTagAddressBookPublicDelegates';
type Links = (entry: DirectoryEntry, source: LinkSource) => readonly string[];

/** Properties whose values are other entries, to the ids of those: [MS-OXOABK] 2.2.5 and 2.2.6. */
const links: Readonly<Record<BookLink, Links>> = {
  PidTagAddressBookManager: ({ manager }) => (manager === undefined ? [] : [manager]),
  PidTagAddressBookReports: ({ id }, source) => source.reportsOf(id),
  PidTagAddressBookIsMemberOfDistributionList: ({ id }, { directory }) => directory.groupsOf(id),
  PidTagAddressBookMember: ({ id }, { directory }) => directory.members(id).flatMap((member) => ('id' in member ? [member.id] : [])),
  PidTagAddressBookOwner: ({ owners }) => owners ?? [],
  PidTagAddressBookOwnerBackLink: ({ id }, source) => source.ownedBy(id),
  // Who may send on somebody's behalf: the attribute publicDelegates, [MS-OXODLGT] 2.2.1.
  PidTagAddressBookPublicDelegates: (entry, { directory }) => (displayTypeOf(entry) === 0 ? directory.grantees(entry.id, 'sendOnBehalf') : []),
};

export const bookLinks: readonly BookLink[] = Object.keys(links) as BookLink[];
export const isBookLink = (name: string): name is BookLink => Object.hasOwn(links, name);

/** The entries that a property of an entry leads to; those that were removed since, and those hidden from address lists, are not seen. */
export function linkedEntries(entry: DirectoryEntry, link: BookLink, source: LinkSource): readonly DirectoryEntry[] {
  return links[link](entry, source).flatMap((id) => {
    const found = source.directory.byId(id);
    return found && !found.isHiddenFromAddressLists ? [found] : [];
  });
}
