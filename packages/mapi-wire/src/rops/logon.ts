import { bool8, u16, u32, u64, u8 } from '../layout/numbers.ts';
import { blob, counted, repeated } from '../layout/sequences.ts';
import { reserved, struct, when } from '../layout/struct.ts';
import { astr, guid } from '../layout/text.ts';
import { longTermId } from '../ids/object-id.ts';
import { bits, isTrue, repeatedBy, rowOf, serversBy, sizedText } from './parts.ts';
import { nothing, rop } from './rop.ts';

const isPrivate = bits('LogonFlags', 1);
const isPublic = (before: Parameters<typeof isPrivate>[0]): boolean => !isPrivate(before);
/** [MS-OXCROPS] 2.2.3.1.2.1. */
const logonTime = struct({ Seconds: u8, Minutes: u8, Hour: u8, DayOfWeek: u8, Day: u8, Month: u8, Year: u16 });
/** ecWrongServer, [MS-OXCROPS] 2.2.3.1.4. */
const wrongServer = 0x478;
const redirect = struct({ LogonFlags: u8, ServerName: sizedText(u8) });

/** PidTagFolderId, PidTagMessageClass, PidTagLastModificationTime: [MS-OXCROPS] 2.2.3.4.2. */
export const receiveFolderColumns = [0x6748_0014, 0x001a_001e, 0x3008_0040] as const;

/** [MS-OXCROPS] 2.2.3. */
export const logonRops = {
  /** 2.2.3.1; the response of a logon to public folders has fewer members. */
  RopLogon: {
    ...rop(0xfe, { LogonFlags: u8, OpenFlags: u32, StoreState: u32, Essdn: sizedText(u16) }, {
      LogonFlags: u8, FolderIds: repeated(13, u64), ResponseFlags: when(isPrivate, u8), MailboxGuid: when(isPrivate, guid), ReplId: u16, ReplGuid: guid, PerUserGuid: when(isPublic, guid),
      LogonTime: when(isPrivate, logonTime), GwartTime: when(isPrivate, u64), StoreState: when(isPrivate, u32),
    }, (returnValue) => (returnValue === wrongServer ? redirect : undefined)),
    requestHead: 'OutputHandleIndex', responseHead: 'OutputHandleIndex',
  },
  RopGetReceiveFolder: rop(0x27, { MessageClass: astr }, { FolderId: u64, ExplicitMessageClass: astr }),
  RopSetReceiveFolder: rop(0x26, { FolderId: u64, MessageClass: astr }, nothing),
  RopGetReceiveFolderTable: rop(0x68, nothing, { Rows: counted(u32, rowOf(receiveFolderColumns)) }),
  RopGetStoreState: rop(0x7b, nothing, { StoreState: u32 }),
  RopGetOwningServers: rop(0x42, { FolderId: u64 }, { OwningServersCount: u16, CheapServersCount: u16, OwningServers: repeatedBy('OwningServersCount', astr) }),
  RopPublicFolderIsGhosted: rop(0x45, { FolderId: u64 }, {
    IsGhosted: bool8, ServersCount: when(isTrue('IsGhosted'), u16), CheapServersCount: when(isTrue('IsGhosted'), u16), Servers: serversBy('ServersCount'),
  }),
  RopLongTermIdFromId: rop(0x43, { ObjectId: u64 }, { LongTermId: longTermId }),
  RopIdFromLongTermId: rop(0x44, { LongTermId: longTermId }, { ObjectId: u64 }),
  RopGetPerUserLongTermIds: rop(0x60, { DatabaseGuid: guid }, { LongTermIds: counted(u16, longTermId) }),
  RopGetPerUserGuid: rop(0x61, { LongTermId: longTermId }, { DatabaseGuid: guid }),
  RopReadPerUserInformation: rop(0x63, { FolderId: longTermId, Reserved: reserved(u8, 0), DataOffset: u32, MaxDataSize: u16 }, { HasFinished: bool8, Data: blob(u16) }),
  RopWritePerUserInformation: rop(0x64, {
    FolderId: longTermId, HasFinished: bool8, DataOffset: u32, Data: blob(u16), ReplGuid: when(({ DataOffset }, scope) => DataOffset === 0 && scope.isPublic !== true, guid),
  }, nothing),
} as const;
