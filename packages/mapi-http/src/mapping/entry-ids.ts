import { binary, type Binary } from '@fauxchange/properties';
import type { FolderId, ItemId, Mailbox } from '@fauxchange/mailbox';
import { encode, folderEntryId, gid, guid, messageEntryId, publicProviderUid, storeEntryId, storeObjectType, wrappedProviderUid, wrappedType, xid, predecessorChangeList, type Xid } from '@fauxchange/mapi-wire';

/** What a mailbox looks like to ids. */
export type IdOwner = Pick<Mailbox, 'guid' | 'replicaGuid' | 'isPublic' | 'owner'>;

const providerOf = ({ guid, isPublic }: IdOwner): string => (isPublic ? publicProviderUid : guid);

/** PidTagEntryId of a folder: 46 bytes. */
export function folderEntryIdOf(owner: IdOwner, id: FolderId): Binary {
  const FolderType = owner.isPublic ? storeObjectType.PublicFolder : storeObjectType.PrivateFolder;
  return binary.from(encode(folderEntryId, { ProviderUid: providerOf(owner), FolderType, DatabaseGuid: owner.replicaGuid, GlobalCounter: BigInt(id) }));
}

/** PidTagEntryId of a message: 70 bytes. */
export function messageEntryIdOf(owner: IdOwner, folder: FolderId, id: ItemId): Binary {
  const MessageType = owner.isPublic ? storeObjectType.PublicMessage : storeObjectType.PrivateMessage;
  const { replicaGuid } = owner;
  return binary.from(encode(messageEntryId, {
    ProviderUid: providerOf(owner), MessageType, FolderDatabaseGuid: replicaGuid, FolderGlobalCounter: BigInt(folder), MessageDatabaseGuid: replicaGuid, MessageGlobalCounter: BigInt(id),
  }));
}

/** PidTagSourceKey, [MS-OXCFXICS] 2.2.1.2.5: 22 bytes. */
export const sourceKeyOf = ({ replicaGuid }: IdOwner, id: number): Binary => binary.from(encode(gid, { DatabaseGuid: replicaGuid, GlobalCounter: BigInt(id) }));

const counterBytes = 6;
/** An XID of this store: a change number in its namespace. */
export function ownXid({ replicaGuid }: IdOwner, cn: number): Xid {
  const LocalId = Buffer.alloc(counterBytes);
  LocalId.writeUIntBE(cn, 0, counterBytes);
  return { NamespaceGuid: replicaGuid, LocalId };
}
/** PidTagChangeKey, [MS-OXCFXICS] 2.2.1.2.7. */
export const changeKeyOf = (owner: IdOwner, cn: number): Binary => binary.from(encode(xid, ownXid(owner, cn)));
/** PidTagPredecessorChangeList of what only this store has changed, [MS-OXCFXICS] 2.2.1.2.8. */
export const changeListOf = (owner: IdOwner, cn: number): Binary => binary.from(encode(predecessorChangeList, [ownXid(owner, cn)]));

/** PidTagStoreEntryId, [MS-OXCDATA] 2.2.4.3; the server's short name is that of its legacy DN. */
export function storeEntryIdOf({ isPublic, owner, guid }: IdOwner): Binary {
  const { primarySmtpAddress, legacyExchangeDN } = owner;
  const ServerShortname = `${guid}@${primarySmtpAddress.replace(/^.*@/, '')}`;
  const wrapped = isPublic ? { WrappedProviderUid: wrappedProviderUid.PublicFolders, WrappedType: wrappedType.PublicFolders } : { WrappedProviderUid: wrappedProviderUid.Mailbox, WrappedType: wrappedType.Mailbox, MailboxDn: legacyExchangeDN };
  return binary.from(encode(storeEntryId, { ServerShortname, ...wrapped, Extension: new Uint8Array(0) }));
}

/** A GUID as 16 bytes, the first three groups turned round: [MS-DTYP] 2.3.4.2. */
export const guidBytes = (text: string): Binary => binary.from(encode(guid, text));
