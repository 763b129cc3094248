import { rights, type Directory, type Folder, type FolderPermission } from '@fauxchange/mailbox';
import { errorCode, type RopRequestValue } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { entryOfId, freeBusyRights, memberId, memberIdOf, permissionChange, type PermissionChange } from '../../mapping/permission-rows.ts';
import { FolderObject } from '../../objects/folder-object.ts';
import { defineRop } from '../../rop/define-rop.ts';

/** ModifyFlags, [MS-OXCPERM] 2.2.2.1. */
const modifyFlag = { ReplaceRows: 0x1, IncludeFreeBusy: 0x2 } as const;
/** PermissionDataFlags, [MS-OXCPERM] 2.2.2.1.1. */
const rowFlag = { AddRow: 0x1, ModifyRow: 0x2, RemoveRow: 0x4 } as const;

type Member = FolderPermission['member'];

/** [MS-OXCPERM] 3.2.5.2: all of it, or nothing. */
export const modifyPermissions = defineRop('RopModifyPermissions', [FolderObject], async (asked, { object, logon: { session }, environment: { organization: { directory } } }) => {
  const folder = await object.folder();
  await session.updateFolder(object.id, { permissions: changed(folder, asked, directory) });
  return {};
});

/** A list of permissions while rows change it; the default entry comes first, the anonymous one behind it. */
class PermissionList {
  readonly #granted: Map<bigint, FolderPermission>;
  /** Whether rows say what of free and busy may be seen. */
  readonly #setsFreeBusy: boolean;
  readonly #isCalendar: boolean;

  constructor(permissions: readonly FolderPermission[], { setsFreeBusy, isCalendar }: { readonly setsFreeBusy: boolean; readonly isCalendar: boolean }) {
    this.#granted = new Map(permissions.map((one) => [memberIdOf(one.member), one]));
    this.#setsFreeBusy = setsFreeBusy;
    this.#isCalendar = isCalendar;
  }

  get permissions(): readonly FolderPermission[] {
    return [...this.#granted.values()];
  }

  member(id: bigint): Member | undefined {
    return this.#granted.get(id)?.member;
  }

  set(member: Member, granted: number): void {
    const id = memberIdOf(member);
    this.#granted.set(id, { member, rights: (granted & ~freeBusyRights) | this.#freeBusy(member, granted, this.#granted.get(id)) });
  }

  /** The two entries that every list has only lose their rights. */
  remove(id: bigint): void {
    const member = this.member(id);
    if (member === undefined) return;
    if (typeof member === 'string') this.#granted.set(id, { member, rights: 0 });
    else this.#granted.delete(id);
  }

  /** What a client does not say of the calendar, the server knows: [MS-OXCPERM] 2.2.7, note 5. */
  #freeBusy(member: Member, granted: number, before: FolderPermission | undefined): number {
    if (!this.#isCalendar) return 0;
    if (this.#setsFreeBusy) return granted & freeBusyRights;
    if (member === 'anonymous') return (before?.rights ?? 0) & freeBusyRights;
    const known = before ? before.rights & freeBusyRights : rights.freeBusySimple;
    return known | ((granted & rights.readAny) === 0 ? 0 : freeBusyRights);
  }
}

function changed({ permissions, wellKnown, folderClass }: Folder, { ModifyFlags, PermissionsData }: RopRequestValue<'RopModifyPermissions'>, directory: Directory): readonly FolderPermission[] {
  const replaces = (ModifyFlags & modifyFlag.ReplaceRows) !== 0;
  // The anonymous entry goes on to be there, with no rights until a row gives it some.
  const before = replaces ? permissions.flatMap((one): FolderPermission[] => (typeof one.member === 'string' ? [one.member === 'default' ? one : { ...one, rights: 0 }] : [])) : permissions;
  const isCalendar = wellKnown === 'calendar' || /^ipf\.appointment\b/i.test(folderClass ?? '');
  const list = new PermissionList(before, { setsFreeBusy: (ModifyFlags & modifyFlag.IncludeFreeBusy) !== 0, isCalendar });
  for (const { PermissionDataFlags, PropertyValues } of PermissionsData) {
    const row = permissionChange(PropertyValues);
    if (PermissionDataFlags === rowFlag.AddRow) list.set(newMember(row, directory), needed(row));
    else if (replaces) throw new RopError(errorCode.InvalidParameter, 'A list that is replaced is made of rows that are added.');
    else if (PermissionDataFlags === rowFlag.RemoveRow) list.remove(row.memberId ?? refuse('A row says by PidTagMemberId whom it means.'));
    else if (PermissionDataFlags === rowFlag.ModifyRow) modify(list, row);
    else refuse(`There is no change of a list of permissions 0x${PermissionDataFlags.toString(16)}.`);
  }
  return list.permissions;
}

/** Somebody who is not in the list is passed over: [MS-OXCPERM] 3.2.5.2. */
function modify(list: PermissionList, row: PermissionChange): void {
  const member = list.member(row.memberId ?? refuse('A row says by PidTagMemberId whom it means.'));
  if (member !== undefined) list.set(member, needed(row));
}

function newMember({ entryId, memberId: id }: PermissionChange, directory: Directory): Member {
  if (entryId === undefined) {
    if (id === memberId.default) return 'default';
    return id === memberId.anonymous ? 'anonymous' : refuse('Who is added is named by PidTagEntryId.');
  }
  const entry = entryOfId(entryId, directory);
  if (!entry) throw new RopError(errorCode.NotFound, 'The directory knows nobody of that entry id.');
  return { directoryId: entry.id };
}

const needed = ({ rights: granted }: PermissionChange): number => granted ?? refuse('A row says by PidTagMemberRights what is allowed.');

function refuse(message: string): never {
  throw new RopError(errorCode.InvalidParameter, message);
}
