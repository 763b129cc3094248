import { displayTypeOf, type BookLink, type Directory, type DirectoryEntry } from '@fauxchange/mailbox';
import { displayType } from '@fauxchange/mapi-wire';
import { defineOperation, needed } from './define-operation.ts';
import { entryOfId } from './entry-ids.ts';
import { changed, NspiError } from './nspi-error.ts';

/** [MS-OXNSPI] 2.2.1.15. */
const deleteFlag = 1;

/** A link that may be changed: on what, by whom, and how. */
interface WritableLink {
  readonly displayType: number;
  mayChange(entry: DirectoryEntry, caller: DirectoryEntry): boolean;
  change(entry: DirectoryEntry, values: readonly DirectoryEntry[], isRemoval: boolean, directory: Directory): void;
}

const writable: ReadonlyMap<BookLink, WritableLink> = new Map<BookLink, WritableLink>([
  // Owners by name; not those of a group that is the owner, as since Exchange 2010 ([K]).
  ['PidTagAddressBookMember', {
    displayType: displayType.DistributionList,
    mayChange: ({ owners }, caller) => owners?.includes(caller.id) ?? false,
    change: ({ id, members = [] }, values, isRemoval, directory) => {
      const names = values.flatMap(({ id: member, proxyAddresses }) => [member, ...proxyAddresses]);
      directory.update(id, { members: isRemoval ? members.filter((member) => !names.includes(member)) : [...members, ...values.map((value) => value.id)] });
    },
  }],
  ['PidTagAddressBookPublicDelegates', {
    displayType: displayType.MailUser,
    mayChange: ({ id }, caller) => id === caller.id,
    change: ({ id }, values, isRemoval, directory) => {
      for (const value of values) directory[isRemoval ? 'revoke' : 'grant'](id, value.id, 'sendOnBehalf');
    },
  }],
]);

/**
 * [MS-OXCMAPIHTTP] 2.2.5.10, [MS-OXNSPI] 3.1.4.1.15: members of a group, and who may send on somebody's behalf.
 *
 * @NOTE Outlook changes both so with Exchange 2016, where the caller may, whatever [MS-OXNSPI] note <8> says.
 */
export const modLinkAtt = defineOperation('ModLinkAtt', () => ({}), ({ Flags, PropertyTag, MinimalId, EntryIds }, { server, caller }) => {
  const name = server.columns.linkOf(PropertyTag);
  const link = name && writable.get(name);
  if (!link) throw new NspiError('NotFound');
  const entry = server.entryOf(MinimalId);
  if (!entry) throw new NspiError('InvalidParameter');
  if (displayTypeOf(entry) !== link.displayType || !link.mayChange(entry, caller)) throw new NspiError('AccessDenied');
  const values = needed(EntryIds).map((bytes) => entryOfId(bytes, server) ?? refuse());
  changed(() => link.change(entry, values, (Flags & deleteFlag) !== 0, server.directory));
  return {};
});

function refuse(): never {
  throw new NspiError('AccessDenied');
}
