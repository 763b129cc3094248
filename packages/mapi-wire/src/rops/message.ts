import { bool8, u16, u32, u64, u8 } from '../layout/numbers.ts';
import { blob, counted, fixed } from '../layout/sequences.ts';
import { struct, when } from '../layout/struct.ts';
import { isTrue, messageIds } from './parts.ts';
import { alike, nothing, opening, responding, rop } from './rop.ts';

/** [MS-OXCROPS] 2.2.6.5.1.1. */
const modifyRecipientRow = struct({ RowId: u32, RecipientType: u8, RecipientRow: blob(u16) });
/** [MS-OXCROPS] 2.2.6.6.2.1. */
const readRecipientRow = struct({ RowId: u32, RecipientType: u8, CodePageId: u16, Reserved: u16, RecipientRow: blob(u16) });
const messageStatus = { MessageStatusFlags: u32 } as const;

/** [MS-OXCROPS] 2.2.6. */
export const messageRops = {
  RopCreateMessage: opening(0x06, { CodePageId: u16, FolderId: u64, AssociatedFlag: bool8 }, { HasMessageId: bool8, MessageId: when(isTrue('HasMessageId'), u64) }),
  RopSaveChangesMessage: responding(0x0c, { SaveFlags: u8 }, { InputHandleIndex: u8, MessageId: u64 }),
  RopRemoveAllRecipients: rop(0x0d, { Reserved: u32 }, nothing),
  RopModifyRecipients: rop(0x0e, { RecipientColumns: counted(u16, u32), RecipientRows: counted(u16, modifyRecipientRow) }, nothing),
  RopReadRecipients: rop(0x0f, { RowId: u32, Reserved: u16 }, { RecipientRows: counted(u8, readRecipientRow) }),
  RopSetMessageStatus: rop(0x20, { MessageId: u64, MessageStatusFlags: u32, MessageStatusMask: u32 }, messageStatus),
  /** 2.2.6.9: answered as RopSetMessageStatus is, with the RopId of that. */
  RopGetMessageStatus: { ...rop(0x1f, { MessageId: u64 }, messageStatus), responseId: 0x20 },
  RopSetReadFlags: alike(0x66, { WantAsynchronous: bool8, ReadFlags: u8, MessageIds: messageIds }, { PartialCompletion: bool8 }),
  /** 2.2.6.11; ClientData is there for a logon to public folders. */
  RopSetMessageReadFlag: responding(0x11, { ReadFlags: u8, ClientData: when((_before, { isPublic }) => isPublic === true, fixed(24)) }, {
    ReadStatusChanged: bool8, LogonId: when(isTrue('ReadStatusChanged'), u8), ClientData: when(isTrue('ReadStatusChanged'), fixed(24)),
  }),
  RopOpenAttachment: opening(0x22, { OpenAttachmentFlags: u8, AttachmentID: u32 }, nothing),
  RopCreateAttachment: opening(0x23, nothing, { AttachmentID: u32 }),
  RopDeleteAttachment: rop(0x24, { AttachmentID: u32 }, nothing),
  RopSaveChangesAttachment: responding(0x25, { SaveFlags: u8 }, nothing),
  RopGetAttachmentTable: opening(0x21, { TableFlags: u8 }, nothing),
  RopGetValidAttachments: rop(0x52, nothing, { AttachmentIdArray: counted(u32, u32) }),
} as const;
