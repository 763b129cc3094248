import type { LayoutValue } from '../layout/layout.ts';
import { u16, u32, u64, u8 } from '../layout/numbers.ts';
import { rest } from '../layout/sequences.ts';
import { constant, reserved, struct, when } from '../layout/struct.ts';
import { astr, guid, hex } from '../layout/text.ts';
import { globalCounter } from './object-id.ts';

/** [MS-OXCDATA] 2.2.4: `FolderType` and `MessageType` of EntryIDs. */
export const storeObjectType = { PrivateFolder: 0x1, PublicFolder: 0x3, MappedPublicFolder: 0x5, PrivateMessage: 0x7, PublicMessage: 0x9, MappedPublicMessage: 0xb, PublicNewsgroupFolder: 0xc } as const;
/** [MS-OXCDATA] 2.2.4.1: `ProviderUid` of the EntryIDs in public folders. In a mailbox it is its GUID. */
export const publicProviderUid = '9073441a-66aa-cd11-9bc8-00aa002fc45a';

const longTerm = constant(u32, 0);

/** [MS-OXCDATA] 2.2.4.1: 46 bytes. */
export const folderEntryId = struct({ Flags: longTerm, ProviderUid: guid, FolderType: u16, DatabaseGuid: guid, GlobalCounter: globalCounter, Pad: reserved(u16, 0) });
export type FolderEntryId = LayoutValue<typeof folderEntryId>;

/** [MS-OXCDATA] 2.2.4.2: 70 bytes. */
export const messageEntryId = struct({
  Flags: longTerm,
  ProviderUid: guid,
  MessageType: u16,
  FolderDatabaseGuid: guid,
  FolderGlobalCounter: globalCounter,
  FolderPad: reserved(u16, 0),
  MessageDatabaseGuid: guid,
  MessageGlobalCounter: globalCounter,
  MessagePad: reserved(u16, 0),
});
export type MessageEntryId = LayoutValue<typeof messageEntryId>;

/** [MS-OXCDATA] 2.2.4.3: `WrappedType` of a store's EntryID. */
export const wrappedType = { Mailbox: 0x0c, PublicFolders: 0x06 } as const;
/** [MS-OXCDATA] 2.2.4.3: `WrappedProviderUid` of a store's EntryID, as bytes. */
export const wrappedProviderUid = { Mailbox: '1b55fa20aa6611cd9bc800aa002fc45a', PublicFolders: '1c830210aa6611cd9bc800aa002fc45a' } as const;

/**
 * [MS-OXCDATA] 2.2.4.3: what clients keep of a store, wrapped for their library.
 *
 * @NOTE What newer clients append to it is kept as it is, in `Extension`.
 */
export const storeEntryId = struct({
  Flags: longTerm,
  ProviderUid: constant(hex(16), '38a1bb1005e5101aa1bb08002b2a56c2'),
  Version: constant(u8, 0),
  Flag: constant(u8, 0),
  DllFileName: constant(hex(14), '454d534d44422e444c4c00000000'),
  WrappedFlags: constant(u32, 0),
  WrappedProviderUid: hex(16),
  WrappedType: u32,
  ServerShortname: astr,
  MailboxDn: when(({ WrappedType }) => WrappedType === wrappedType.Mailbox, astr),
  Extension: rest,
});
export type StoreEntryId = LayoutValue<typeof storeEntryId>;

/** [MS-OXCDATA] 2.11.1.4: 21 bytes, a value of ServerId; also the folder of a rule's Move and Copy, [MS-OXORULE] 2.2.5.1.2.1.1. */
export const serverEid = struct({ Ours: constant(u8, 1), FolderId: u64, MessageId: u64, Instance: u32 });
export type ServerEid = LayoutValue<typeof serverEid>;
