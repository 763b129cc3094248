import { rights, roles, type Delegate, type Delegation, type Directory, type DirectoryEntry, type DistinguishedFolderName, type FolderId, type MailboxSession } from '@fauxchange/mailbox';
import { EwsError } from '../errors.ts';
import type { DelegateFolderPermissionLevelType, DelegatePermissionsType, DelegateUserType, DeliverMeetingRequestsType, UserIdType } from '../schema/types.generated.ts';

export const deliveries = { DelegatesOnly: 'delegatesOnly', DelegatesAndMe: 'delegatesAndMe', DelegatesAndSendInformationToMe: 'delegatesAndInformMe', NoForward: 'noForward' } as const;

export function encodeDelivery({ meetingRequests }: Delegation): DeliverMeetingRequestsType {
  return (Object.keys(deliveries) as DeliverMeetingRequestsType[]).find((name) => deliveries[name] === meetingRequests) ?? 'DelegatesAndMe';
}

const folders: readonly (readonly [element: keyof DelegatePermissionsType, name: DistinguishedFolderName])[] = [
  ['CalendarFolderPermissionLevel', 'calendar'], ['TasksFolderPermissionLevel', 'tasks'], ['InboxFolderPermissionLevel', 'inbox'],
  ['ContactsFolderPermissionLevel', 'contacts'], ['NotesFolderPermissionLevel', 'notes'], ['JournalFolderPermissionLevel', 'journal'],
];
const levels = ['None', 'Editor', 'Reviewer', 'Author'] as const;
const freeBusy = rights.freeBusySimple | rights.freeBusyDetailed;

/**
 * The user that an id means: ErrorDelegateNoUser for nobody, or nobody with a mailbox. Everybody and strangers are no delegates
 * (ErrorDistinguishedUserNotSupported), and an id that names none is none (ErrorInvalidDelegateUserId).
 */
export function delegateUser({ PrimarySmtpAddress, SID, DistinguishedUser }: UserIdType, directory: Directory): DirectoryEntry {
  if (DistinguishedUser !== undefined) throw new EwsError('ErrorDistinguishedUserNotSupported');
  if (PrimarySmtpAddress === undefined && SID === undefined) throw new EwsError('ErrorInvalidDelegateUserId');
  if (SID !== undefined && !/^S-1(-\d+)+$/i.test(SID)) throw new EwsError('ErrorInvalidUserSid');
  const entry = SID === undefined ? (PrimarySmtpAddress === undefined ? undefined : directory.byAddress(PrimarySmtpAddress)) : directory.bySid(SID);
  if (!entry?.mailboxGuid) throw new EwsError('ErrorDelegateNoUser');
  return entry;
}

export async function encodeDelegate({ entry, viewsPrivate, receivesCopies }: Delegate, session: MailboxSession, withPermissions: boolean): Promise<DelegateUserType> {
  return {
    UserId: { SID: entry.sid, PrimarySmtpAddress: entry.primarySmtpAddress, DisplayName: entry.displayName },
    DelegatePermissions: withPermissions ? await readPermissions(entry, session) : undefined,
    ReceiveCopiesOfMeetingMessages: receivesCopies, ViewPrivateItems: viewsPrivate,
  };
}

async function readPermissions({ id }: DirectoryEntry, session: MailboxSession): Promise<DelegatePermissionsType> {
  const found: { [K in keyof DelegatePermissionsType]?: DelegateFolderPermissionLevelType } = {};
  for (const [element, name] of folders) {
    const { permissions } = await session.distinguished(name);
    const own = (permissions.find(({ member }) => typeof member !== 'string' && member.directoryId === id)?.rights ?? 0) & ~freeBusy;
    found[element] = levels.find((level) => roles[level] === own) ?? 'Custom';
  }
  return found;
}

/** ErrorInvalidDelegatePermission: Custom can be read, not set. */
export function checkPermissions(sent: DelegatePermissionsType | undefined): void {
  if (Object.values(sent ?? {}).includes('Custom')) throw new EwsError('ErrorInvalidDelegatePermission');
}

/** Sets what is sent; `undefined` takes every right away. */
export async function writePermissions({ id }: DirectoryEntry, sent: DelegatePermissionsType | undefined, session: MailboxSession): Promise<void> {
  for (const [element, name] of folders) {
    const level = sent ? sent[element] : 'None';
    if (level === undefined || level === 'Custom') continue;
    const folder = await session.distinguished(name);
    const others = folder.permissions.filter(({ member }) => typeof member === 'string' || member.directoryId !== id);
    const permissions = level === 'None' ? others : [...others, { member: { directoryId: id }, rights: roles[level] | (name === 'calendar' ? freeBusy : 0) }];
    if (permissions.length !== folder.permissions.length || level !== 'None') await session.updateFolder(folder.id as FolderId, { permissions });
  }
}
