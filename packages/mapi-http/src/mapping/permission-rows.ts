import { binary, property as propertyNamed, type Property, type PropertyName, type PropertyValue } from '@fauxchange/properties';
import { addressBookEntryId, rights, type Directory, type DirectoryEntry, type FolderPermission } from '@fauxchange/mailbox';
import { decode, permanentEntryId, WireError, type PropertyValue as WireValue, type TaggedValue } from '@fauxchange/mapi-wire';

/** PidTagMemberId of the two entries that every list has, [MS-OXCPERM] 2.2.5. */
export const memberId = { default: 0n, anonymous: -1n } as const;
export const freeBusyRights = rights.freeBusySimple | rights.freeBusyDetailed;
/** [MS-OXCPERM] 2.2.7: there are no other flags. */
const allRights = Object.values(rights).reduce<number>((sum, one) => sum | one, 0);

const noEntryId = binary.from(new Uint8Array(0));
const idDigits = 12;

/** A number that stays the same as long as there is the user: made of the directory's id. */
export function memberIdOf(member: FolderPermission['member']): bigint {
  if (typeof member === 'string') return memberId[member];
  return BigInt(`0x${member.directoryId.replaceAll('-', '').slice(0, idDigits)}`) + 1n;
}

type Facts = { readonly [N in PropertyName]?: (permission: FolderPermission, entry: DirectoryEntry | undefined) => PropertyValue };
const facts: Facts = {
  PidTagMemberId: ({ member }) => memberIdOf(member),
  PidTagEntryId: (_permission, entry) => (entry ? addressBookEntryId(entry.legacyExchangeDN) : noEntryId),
  PidTagMemberName: ({ member }, entry) => (typeof member === 'string' ? { default: '', anonymous: 'Anonymous' }[member] : (entry?.displayName ?? member.directoryId)),
  PidTagMemberRights: ({ rights: granted }) => granted,
};
export const permissionColumns: readonly Property[] = (Object.keys(facts) as PropertyName[]).map((name) => propertyNamed(name) as Property);

/** A row of a permissions table. */
export function permissionValue(permission: FolderPermission, { name }: Pick<Property, 'name'>, directory: Directory): PropertyValue | undefined {
  const { member } = permission;
  return facts[name]?.(permission, typeof member === 'string' ? undefined : directory.byId(member.directoryId));
}

/** What a row of RopModifyPermissions says. */
export interface PermissionChange {
  readonly memberId: bigint | undefined;
  /** Of the address book; undefined for none, or for one that is empty. */
  readonly entryId: Uint8Array | undefined;
  readonly rights: number | undefined;
}

const tags = { entryId: 0x0fff_0102, memberId: 0x6671_0014, rights: 0x6673_0003 } as const;

export function permissionChange(values: readonly TaggedValue[]): PermissionChange {
  const value = (tag: number): WireValue | undefined => values.find((one) => one.tag === tag)?.value;
  const entryId = value(tags.entryId) as Uint8Array | undefined;
  const granted = value(tags.rights) as number | undefined;
  return { memberId: value(tags.memberId) as bigint | undefined, entryId: entryId?.length ? entryId : undefined, rights: granted === undefined ? undefined : granted & allRights };
}

/** Whom an entry id of the address book names; undefined for what is none, or nobody. */
export function entryOfId(entryId: Uint8Array, directory: Directory): DirectoryEntry | undefined {
  try {
    return directory.byLegacyDN(decode(entryId, permanentEntryId).DistinguishedName);
  } catch (thrown) {
    if (thrown instanceof WireError) return undefined;
    throw thrown;
  }
}
