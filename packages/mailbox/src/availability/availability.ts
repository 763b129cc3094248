import type { BusyInterval, WorkingHours } from '@fauxchange/calendar';
import type { DirectoryEntry } from '../directory/directory.ts';
import { hasMailbox, normalizeAddress } from '../directory/new-entry.ts';
import type { Mailbox } from '../mailbox.ts';
import type { Organization } from '../organization.ts';
import { accessorOf } from '../permissions/accessor-of.ts';
import { rightsIn } from '../permissions/check.ts';
import { rights } from '../permissions/rights.ts';
import { expandRecipients } from '../transport/expand-recipients.ts';
import { calendarEntries, type CalendarEntry } from './calendar-entries.ts';
import { workingHoursOf } from './working-hours.ts';

/** How much of a calendar somebody may know, [MS-OXCPERM] 2.2.7: nothing, when, when and what and where, everything. */
export type BusyAccess = 'none' | 'time' | 'subjectAndLocation' | 'details';

/** Why there is no answer for somebody. */
export type NoAvailability =
  /** Nobody here has the address. */
  | 'recipientNotFound'
  /** There is no calendar behind the address: a contact, a public folder. */
  | 'noCalendar'
  | 'noAccess'
  | 'groupTooBig';

export interface MailboxAvailability {
  readonly kind: 'mailbox';
  readonly entry: DirectoryEntry;
  readonly access: Exclude<BusyAccess, 'none'>;
  readonly entries: readonly CalendarEntry[];
  readonly workingHours: WorkingHours;
}
/** A distribution group: only what its members are together. */
export interface GroupAvailability {
  readonly kind: 'group';
  readonly entry: DirectoryEntry;
  readonly members: readonly GroupMember[];
}
export interface GroupMember {
  /** `NoData` all the time for a member whose calendar cannot be read. */
  readonly times: readonly BusyInterval[];
  readonly workingHours?: WorkingHours | undefined;
}
export interface UnknownAvailability {
  readonly kind: 'none';
  readonly reason: NoAvailability;
}
export type Availability = MailboxAvailability | GroupAvailability | UnknownAvailability;

export interface AvailabilityWindow {
  /** ms since 1970 UTC. */
  readonly from: number;
  readonly to: number;
}

/** Groups with as many members or more are not looked into: documentation of GetUserAvailability. */
const MOST_MEMBERS = 100;

/**
 * When somebody is busy, as far as the asker may know.
 *
 * @example
 * const answer = await availabilityOf(organization, alice, 'bob@example.test', { from, to });
 * if (answer.kind === 'mailbox') console.log(answer.entries.length, answer.workingHours.days);
 */
export async function availabilityOf(organization: Organization, asker: DirectoryEntry, address: string, window: AvailabilityWindow): Promise<Availability> {
  const normal = normalizeAddress(address);
  const entry = normal === undefined ? organization.directory.byLegacyDN(address) : organization.directory.byAddress(normal);
  if (!entry) return none('recipientNotFound');
  if (entry.recipientType === 'MailUniversalDistributionGroup') return availabilityOfGroup(organization, asker, entry, window);
  const mailbox = hasMailbox(entry.recipientType) ? organization.mailboxOf(entry) : undefined;
  return mailbox ? availabilityOfMailbox(organization, asker, mailbox, window) : none('noCalendar');
}

const none = (reason: NoAvailability): UnknownAvailability => ({ kind: 'none', reason });

async function availabilityOfMailbox({ directory }: Organization, asker: DirectoryEntry, mailbox: Mailbox, window: AvailabilityWindow): Promise<MailboxAvailability | UnknownAvailability> {
  const calendarId = mailbox.wellKnown('calendar');
  const folder = calendarId === undefined ? undefined : await mailbox.store.folder(calendarId);
  if (calendarId === undefined || !folder) return none('noCalendar');
  const access = accessFrom(rightsIn(folder, accessorOf(directory, mailbox.owner, asker)));
  if (access === 'none') return none('noAccess');
  // Free/busy is told by the server: the asker need not be able to open the folder.
  const session = mailbox.openAsSystem();
  return { kind: 'mailbox', entry: mailbox.owner, access, entries: await calendarEntries(session, calendarId, window), workingHours: await workingHoursOf(session, calendarId) };
}

function accessFrom(granted: number): BusyAccess {
  if ((granted & (rights.readAny | rights.folderOwner)) !== 0) return 'details';
  if ((granted & rights.freeBusyDetailed) !== 0) return 'subjectAndLocation';
  return (granted & rights.freeBusySimple) !== 0 ? 'time' : 'none';
}

async function availabilityOfGroup(organization: Organization, asker: DirectoryEntry, group: DirectoryEntry, window: AvailabilityWindow): Promise<GroupAvailability | UnknownAvailability> {
  const { mailboxes, external, unknown } = expandRecipients(organization.directory, [{ address: group.primarySmtpAddress, addressType: 'SMTP' }]);
  if (mailboxes.length + external.length + unknown.length >= MOST_MEMBERS) return none('groupTooBig');
  const noData: GroupMember = { times: [{ start: window.from, end: window.to, status: 'NoData' }] };
  const members: GroupMember[] = [];
  for (const member of mailboxes) {
    const mailbox = organization.mailboxOf(member);
    const answer = mailbox ? await availabilityOfMailbox(organization, asker, mailbox, window) : undefined;
    members.push(answer?.kind === 'mailbox' ? { times: answer.entries, workingHours: answer.workingHours } : noData);
  }
  return { kind: 'group', entry: group, members: [...members, ...[...external, ...unknown].map(() => noData)] };
}
