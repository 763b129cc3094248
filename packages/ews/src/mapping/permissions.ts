import { rights, roles, type Directory, type FolderPermission } from '@fauxchange/mailbox';
import type { EwsContext } from '../context.ts';
import { EwsError } from '../errors.ts';
import type {
  BasePermissionType, CalendarPermissionLevelType, CalendarPermissionReadAccessType, CalendarPermissionSetType, CalendarPermissionType, PermissionActionType,
  PermissionLevelType, PermissionSetType, PermissionType, UserIdType,
} from '../schema/types.generated.ts';
import type { FolderKind } from './folder-fields.ts';

const freeBusy = rights.freeBusySimple | rights.freeBusyDetailed;

/** Levels and the rights they stand for; `NoneditingAuthor` is spelt as the schema spells it. */
const levels: readonly (readonly [PermissionLevelType, number])[] = [
  ['None', roles.None], ['Owner', roles.Owner], ['PublishingEditor', roles.PublishingEditor], ['Editor', roles.Editor], ['PublishingAuthor', roles.PublishingAuthor],
  ['Author', roles.Author], ['NoneditingAuthor', roles.NonEditingAuthor], ['Reviewer', roles.Reviewer], ['Contributor', roles.Contributor],
];
const calendarLevels: readonly (readonly [CalendarPermissionLevelType, number])[] = [
  ...(levels as readonly (readonly [CalendarPermissionLevelType, number])[]),
  ['FreeBusyTimeOnly', rights.freeBusySimple], ['FreeBusyTimeAndSubjectAndLocation', freeBusy],
];
const calendarReads: readonly (readonly [CalendarPermissionReadAccessType, number])[] = [
  ['FullDetails', rights.readAny], ['TimeAndSubjectAndLocation', rights.freeBusyDetailed], ['TimeOnly', rights.freeBusySimple], ['None', 0],
];

/** What is left when the permissions are taken away: nobody but the owner. */
export const noPermissions: readonly FolderPermission[] = [{ member: 'default', rights: roles.None }, { member: 'anonymous', rights: roles.None }];

/** Those who are not in the directory any more are told apart, by their security identifiers (UnknownEntries, [MS-OXWSFOLD] 2.2.4.14). */
export function encodePermissionSet(permissions: readonly FolderPermission[], isCalendar: boolean, directory: Directory): PermissionSetType | CalendarPermissionSetType {
  const gone = permissions.flatMap(({ member }) => (typeof member === 'string' || directory.byId(member.directoryId) ? [] : [directory.sidOf(member.directoryId) ?? member.directoryId]));
  const known = gone.length === 0 ? permissions : permissions.filter(({ member }) => typeof member === 'string' || directory.byId(member.directoryId));
  const UnknownEntries = gone.length === 0 ? undefined : { UnknownEntry: gone };
  return isCalendar
    ? { CalendarPermissions: { CalendarPermission: known.map((one) => encodeCalendarPermission(one, directory)) }, UnknownEntries }
    : { Permissions: { Permission: known.map((one) => encodePermission(one, directory)) }, UnknownEntries };
}

function encodePermission(permission: FolderPermission, directory: Directory): PermissionType {
  const level = levels.find(([, sum]) => sum === permission.rights)?.[0] ?? 'Custom';
  return { ...encodeBase(permission, directory), ReadItems: permission.rights & rights.readAny ? 'FullDetails' : 'None', PermissionLevel: level };
}

function encodeCalendarPermission(permission: FolderPermission, directory: Directory): CalendarPermissionType {
  const own = permission.rights & ~freeBusy;
  const level = calendarLevels.find(([, sum]) => sum === permission.rights || (own !== 0 && sum === own))?.[0] ?? 'Custom';
  const read = calendarReads.find(([, bit]) => bit === 0 || (permission.rights & bit) !== 0)?.[0] ?? 'None';
  return { ...encodeBase(permission, directory), ReadItems: read, CalendarPermissionLevel: level };
}

function encodeBase({ member, rights: sum }: FolderPermission, directory: Directory): BasePermissionType {
  const has = (bit: number): boolean => (sum & bit) !== 0;
  const reach = (any: number, owned: number): PermissionActionType => (has(any) ? 'All' : has(owned) ? 'Owned' : 'None');
  return {
    UserId: encodeUser(member, directory),
    CanCreateItems: has(rights.create), CanCreateSubFolders: has(rights.createSubfolder), IsFolderOwner: has(rights.folderOwner),
    IsFolderVisible: has(rights.folderVisible), IsFolderContact: has(rights.folderContact),
    EditItems: reach(rights.editAny, rights.editOwned), DeleteItems: reach(rights.deleteAny, rights.deleteOwned),
  };
}

function encodeUser(member: FolderPermission['member'], directory: Directory): UserIdType {
  if (member === 'default') return { DistinguishedUser: 'Default' };
  if (member === 'anonymous') return { DistinguishedUser: 'Anonymous' };
  const entry = directory.byId(member.directoryId);
  return { SID: entry?.sid, PrimarySmtpAddress: entry?.primarySmtpAddress, DisplayName: entry?.displayName };
}

/**
 * What a request sets; a level that is not Custom stands for its rights. ErrorCannotSetCalendarPermissionOnNonCalendarFolder and its
 * counterpart, ErrorCannotSetPermissionUnknownEntries, ErrorDuplicateUserIdsSpecified, ErrorInvalidPermissionSettings.
 */
export function decodePermissionSet(set: PermissionSetType | CalendarPermissionSetType, kind: FolderKind, context: Pick<EwsContext, 'organization' | 'profile'>): FolderPermission[] {
  const { organization: { directory }, profile: { behaviour } } = context;
  const isCalendar = kind === 'CalendarFolder';
  if (!('Permissions' in set) && !isCalendar) throw new EwsError('ErrorCannotSetCalendarPermissionOnNonCalendarFolder');
  if ('Permissions' in set && isCalendar) throw new EwsError('ErrorCannotSetNonCalendarPermissionOnCalendarFolder');
  if (set.UnknownEntries?.UnknownEntry?.length) throw new EwsError('ErrorCannotSetPermissionUnknownEntries');
  const sent = 'Permissions' in set ? (set.Permissions.Permission ?? []) : (set.CalendarPermissions.CalendarPermission ?? []);
  if (behaviour.permissionLevelsStandAlone && sent.some(contradictsItself)) throw new EwsError('ErrorInvalidPermissionSettings');
  const decoded = sent.map((one) => ({ member: decodeUser(one.UserId, directory), rights: decodeRights(one) }));
  const members = new Set(decoded.map(({ member }) => (typeof member === 'string' ? member : member.directoryId)));
  if (members.size < decoded.length) throw new EwsError('ErrorDuplicateUserIdsSpecified');
  return decoded;
}

/** Rights of its own beside a level that says them all. */
function contradictsItself(sent: PermissionType | CalendarPermissionType): boolean {
  const level = 'PermissionLevel' in sent ? sent.PermissionLevel : sent.CalendarPermissionLevel;
  const others = Object.entries(sent).filter(([name, value]) => value !== undefined && !['UserId', 'PermissionLevel', 'CalendarPermissionLevel'].includes(name));
  return level !== 'Custom' && others.length > 0;
}

/** ErrorInvalidUserInfo for what contradicts itself or names nobody, ErrorMissingUserIdInformation for what does not say who. */
function decodeUser(user: UserIdType, directory: Directory): FolderPermission['member'] {
  if (user.DistinguishedUser !== undefined) {
    if (user.SID !== undefined || user.PrimarySmtpAddress !== undefined) throw new EwsError('ErrorInvalidUserInfo');
    return user.DistinguishedUser === 'Default' ? 'default' : 'anonymous';
  }
  if (user.SID === undefined && user.PrimarySmtpAddress === undefined) throw new EwsError('ErrorMissingUserIdInformation');
  const entry = user.SID !== undefined ? directory.bySid(user.SID) : user.PrimarySmtpAddress !== undefined ? directory.byAddress(user.PrimarySmtpAddress) : undefined;
  if (!entry) throw new EwsError('ErrorInvalidUserInfo', 'The user could not be found.');
  return { directoryId: entry.id };
}

function decodeRights(sent: PermissionType | CalendarPermissionType): number {
  const level = 'PermissionLevel' in sent ? sent.PermissionLevel : sent.CalendarPermissionLevel;
  const known = calendarLevels.find(([name]) => name === level);
  if (known) return known[1];
  const reads = calendarReads.find(([name]) => name === sent.ReadItems)?.[1] ?? 0;
  return (
    reads |
    (sent.CanCreateItems ? rights.create : 0) | (sent.CanCreateSubFolders ? rights.createSubfolder : 0) | (sent.IsFolderOwner ? rights.folderOwner : 0) |
    (sent.IsFolderVisible ? rights.folderVisible : 0) | (sent.IsFolderContact ? rights.folderContact : 0) |
    reach(sent.EditItems, rights.editAny, rights.editOwned) | reach(sent.DeleteItems, rights.deleteAny, rights.deleteOwned)
  );
}

function reach(action: PermissionActionType | undefined, any: number, owned: number): number {
  return action === 'All' ? any | owned : action === 'Owned' ? owned : 0;
}
