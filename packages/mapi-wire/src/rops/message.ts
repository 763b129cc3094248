import type { Layout } from '../layout/layout.ts';
import { bool8, u16, u32, u64, u8 } from '../layout/numbers.ts';
import { blob, counted, fixed, scoped } from '../layout/sequences.ts';
import { depending, reserved, struct, when, type Dependent } from '../layout/struct.ts';
import { modifyRecipientRow, openRecipientRow } from '../properties/recipient-row.ts';
import { typedString } from '../properties/typed-string.ts';
import { isTrue, messageIds } from './parts.ts';
import { alike, nothing, opening, responding, rop } from './rop.ts';

/** [MS-OXCROPS] 2.2.6.6.2.1. Only the message knows its columns: each `RecipientRow` is the bytes of a `recipientRow` in them. */
const readRecipientRow = struct({ RowId: u32, RecipientType: u8, CodePageId: u16, Reserved: reserved(u16, 0), RecipientRow: blob(u16) });
/** Rows of the RecipientColumns that stand before them. */
const inColumns = <T>(rows: Layout<T>): Dependent<T> => depending(({ RecipientColumns }) => scoped({ columns: RecipientColumns as readonly number[] }, rows));
/** What is told of a message that is opened: [MS-OXCROPS] 2.2.6.1.2. */
const opened = {
  HasNamedProperties: bool8, SubjectPrefix: typedString, NormalizedSubject: typedString, RecipientCount: u16, RecipientColumns: counted(u16, u32), RecipientRows: inColumns(counted(u8, openRecipientRow)),
} as const;
const messageStatus = { MessageStatusFlags: u32 } as const;

/** [MS-OXCROPS] 2.2.6. */
export const messageRops = {
  RopOpenMessage: opening(0x03, { CodePageId: u16, FolderId: u64, OpenModeFlags: u8, MessageId: u64 }, opened),
  RopReloadCachedInformation: rop(0x10, { Reserved: reserved(u16, 0) }, opened),
  RopOpenEmbeddedMessage: opening(0x46, { CodePageId: u16, OpenModeFlags: u8 }, { Reserved: reserved(u8, 0), MessageId: u64, ...opened }),
  RopCreateMessage: opening(0x06, { CodePageId: u16, FolderId: u64, AssociatedFlag: bool8 }, { HasMessageId: bool8, MessageId: when(isTrue('HasMessageId'), u64) }),
  RopSaveChangesMessage: responding(0x0c, { SaveFlags: u8 }, { InputHandleIndex: u8, MessageId: u64 }),
  RopRemoveAllRecipients: rop(0x0d, { Reserved: reserved(u32, 0) }, nothing),
  RopModifyRecipients: rop(0x0e, { RecipientColumns: counted(u16, u32), RecipientRows: inColumns(counted(u16, modifyRecipientRow)) }, nothing),
  RopReadRecipients: rop(0x0f, { RowId: u32, Reserved: reserved(u16, 0) }, { RecipientRows: counted(u8, readRecipientRow) }),
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
