import type { NewEntry } from '../../directory/directory.ts';

type Account = Omit<NewEntry, 'primarySmtpAddress' | 'members' | 'owners' | 'manager'> & { readonly name: string; readonly members?: readonly string[] | undefined; readonly owners?: readonly string[] | undefined; readonly manager?: string | undefined };

/** Everybody of the default organization; `name` stands before the @ of its domain, a name with an @ is outside. */
export const defaultAccounts: readonly Account[] = [
  {
    recipientType: 'UserMailbox', name: 'alice', displayName: 'Alice Archer', password: 'alice-pass', givenName: 'Alice', surname: 'Archer',
    proxyAddresses: ['a.archer'], hasArchive: true, jobTitle: 'Head of Stations', department: 'Field', company: 'Example Weather', officeLocation: 'Lighthouse 2', businessPhone: '+44 20 7946 0101', mobilePhone: '+44 7700 900101',
  },
  {
    recipientType: 'UserMailbox', name: 'bob', displayName: 'Bob Baker', password: 'bob-pass', givenName: 'Bob', surname: 'Baker',
    jobTitle: 'Technician', department: 'Field', company: 'Example Weather', officeLocation: 'Workshop', businessPhone: '+44 20 7946 0102', manager: 'alice',
  },
  {
    recipientType: 'UserMailbox', name: 'carol', displayName: 'Carol Chaudhry', password: 'carol-pass', givenName: 'Carol', surname: 'Chaudhry',
    jobTitle: 'Assistant', department: 'Office', company: 'Example Weather', officeLocation: 'Lighthouse 1', businessPhone: '+44 20 7946 0103', manager: 'alice',
  },
  {
    recipientType: 'UserMailbox', name: 'dave', displayName: 'Dave Dürrenmatt', password: 'dave-pass', givenName: 'Dave', surname: 'Dürrenmatt',
    jobTitle: 'Meteorologist', department: 'Forecast', company: 'Example Weather', officeLocation: 'Lighthouse 3', businessPhone: '+44 20 7946 0104',
  },
  { recipientType: 'UserMailbox', name: 'svc', displayName: 'Service Account', password: 'svc-pass', isHiddenFromAddressLists: true },
  { recipientType: 'SharedMailbox', name: 'support', displayName: 'Support', department: 'Office' },
  { recipientType: 'RoomMailbox', name: 'room1', displayName: 'Board Room', officeLocation: 'Lighthouse 1', roomCapacity: 12 },
  { recipientType: 'RoomMailbox', name: 'room2', displayName: 'Barometer Room', officeLocation: 'Lighthouse 2', roomCapacity: 4 },
  { recipientType: 'EquipmentMailbox', name: 'projector', displayName: 'Projector', officeLocation: 'Lighthouse 1' },
  { recipientType: 'MailContact', name: 'frank@contoso.test', alias: 'frank', displayName: 'Frank Fischer', givenName: 'Frank', surname: 'Fischer', company: 'Contoso', businessPhone: '+49 30 23125 106' },
  { recipientType: 'MailContact', name: 'grace@contoso.test', alias: 'grace', displayName: 'Grace Giordano', givenName: 'Grace', surname: 'Giordano', company: 'Contoso' },
  { recipientType: 'MailUniversalDistributionGroup', name: 'team', displayName: 'Stations Team', members: ['alice', 'bob', 'carol'], owners: ['alice'] },
  { recipientType: 'MailUniversalDistributionGroup', name: 'everyone', displayName: 'Everyone', members: ['team', 'dave', 'frank@contoso.test'] },
  { recipientType: 'MailUniversalDistributionGroup', name: 'alarms', displayName: 'Alarms', isHiddenFromAddressLists: true, members: ['dave', 'support'] },
  { recipientType: 'MailUniversalDistributionGroup', name: 'rooms', displayName: 'Lighthouse Rooms', isRoomList: true, members: ['room1', 'room2'] },
  // The primary hierarchy mailbox: the first of an organization of Exchange 2013 and later.
  { recipientType: 'PublicFolderMailbox', name: 'publicfolders', displayName: 'Public Folders' },
  // The role group of that name lets its members look for mailboxes to search.
  { recipientType: 'MailUniversalDistributionGroup', name: 'discovery', displayName: 'Discovery Management', isHiddenFromAddressLists: true, members: ['svc'] },
];

/** Who may do what with whose mailbox or name: owner, grantee, grant. */
export const defaultGrants = [
  ['support', 'bob', 'fullAccess'],
  ['support', 'bob', 'sendAs'],
  ['support', 'carol', 'sendOnBehalf'],
  ['alice', 'carol', 'sendOnBehalf'],
] as const;

/** The account with the ApplicationImpersonation role. */
export const impersonator = 'svc';

/** Delegates by folder: owner, folder, delegate, role. */
export const defaultPermissions = [
  ['alice', 'inbox', 'carol', 'Reviewer'],
  ['alice', 'calendar', 'carol', 'Editor'],
  ['publicfolders', 'publicfoldersroot', 'alice', 'Owner'],
] as const;

/** The address of a name in these tables. */
export function addressIn(domain: string, name: string): string {
  return name.includes('@') ? name : `${name}@${domain}`;
}
