import { bool8, u16, u32, u64, u8 } from '../layout/numbers.ts';
import { counted, sizedOrNull } from '../layout/sequences.ts';
import { reserved, when } from '../layout/struct.ts';
import { restriction } from '../properties/restriction.ts';
import { copyingFailure, ghost, isTrue, messageIds, textBy } from './parts.ts';
import { alike, copying, nothing, opening, rop } from './rop.ts';

const partial = { PartialCompletion: bool8 } as const;
const partialFailure = copyingFailure(partial);

/** [MS-OXCROPS] 2.2.4. */
export const folderRops = {
  RopOpenFolder: opening(0x02, { FolderId: u64, OpenModeFlags: u8 }, { HasRules: bool8, IsGhosted: bool8, ...ghost }),
  RopCreateFolder: opening(0x1c, {
    FolderType: u8, UseUnicodeStrings: bool8, OpenExisting: bool8, Reserved: reserved(u8, 0), DisplayName: textBy('UseUnicodeStrings'), Comment: textBy('UseUnicodeStrings'),
  }, { FolderId: u64, IsExistingFolder: bool8, HasRules: when(isTrue('IsExistingFolder'), bool8), IsGhosted: when(isTrue('IsExistingFolder'), bool8), ...ghost }),
  RopDeleteFolder: alike(0x1d, { DeleteFolderFlags: u8, FolderId: u64 }, partial),
  RopSetSearchCriteria: rop(0x30, { RestrictionData: sizedOrNull(u16, restriction), FolderIds: counted(u16, u64), SearchFlags: u32 }, nothing),
  RopGetSearchCriteria: rop(0x31, { UseUnicode: bool8, IncludeRestriction: bool8, IncludeFolders: bool8 }, { RestrictionData: sizedOrNull(u16, restriction), LogonId: u8, FolderIds: counted(u16, u64), SearchFlags: u32 }),
  RopMoveCopyMessages: copying(0x33, { MessageIds: messageIds, WantAsynchronous: bool8, WantCopy: bool8 }, partial, partialFailure),
  RopMoveFolder: copying(0x35, { WantAsynchronous: bool8, UseUnicode: bool8, FolderId: u64, NewFolderName: textBy('UseUnicode') }, partial, partialFailure),
  RopCopyFolder: copying(0x36, { WantAsynchronous: bool8, WantRecursive: bool8, UseUnicode: bool8, FolderId: u64, NewFolderName: textBy('UseUnicode') }, partial, partialFailure),
  RopEmptyFolder: alike(0x58, { WantAsynchronous: bool8, WantDeleteAssociated: bool8 }, partial),
  RopHardDeleteMessagesAndSubfolders: alike(0x92, { WantAsynchronous: bool8, WantDeleteAssociated: bool8 }, partial),
  RopDeleteMessages: alike(0x1e, { WantAsynchronous: bool8, NotifyNonRead: bool8, MessageIds: messageIds }, partial),
  RopHardDeleteMessages: alike(0x91, { WantAsynchronous: bool8, NotifyNonRead: bool8, MessageIds: messageIds }, partial),
  RopGetHierarchyTable: opening(0x04, { TableFlags: u8 }, { RowCount: u32 }),
  RopGetContentsTable: opening(0x05, { TableFlags: u8 }, { RowCount: u32 }),
} as const;
