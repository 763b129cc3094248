import { bool8, u16, u32, u64, u8 } from '../layout/numbers.ts';
import { blob, sized } from '../layout/sequences.ts';
import { depending, reserved, when } from '../layout/struct.ts';
import { astr } from '../layout/text.ts';
import { manyOf, propertyValues } from './parts.ts';
import { nothing, rop } from './rop.ts';

/** [MS-OXCROPS] 2.2.7. */
export const transportRops = {
  RopSubmitMessage: rop(0x32, { SubmitFlags: u8 }, nothing),
  RopAbortSubmit: rop(0x34, { FolderId: u64, MessageId: u64 }, nothing),
  /** 2.2.7.3; the texts have a count, and a size together. */
  RopGetAddressTypes: rop(0x49, nothing, { AddressTypeCount: u16, AddressTypes: depending(({ AddressTypeCount }) => sized(u16, manyOf(Number(AddressTypeCount), astr))) }),
  RopSetSpooler: rop(0x47, nothing, nothing),
  RopSpoolerLockMessage: rop(0x48, { MessageId: u64, LockState: u8 }, nothing),
  RopTransportSend: rop(0x4a, nothing, { NoPropertiesReturned: bool8, PropertyValues: when(({ NoPropertiesReturned }) => NoPropertiesReturned === false, propertyValues) }),
  RopTransportNewMail: rop(0x51, { MessageId: u64, FolderId: u64, MessageClass: astr, MessageFlags: u32 }, nothing),
  RopGetTransportFolder: rop(0x6d, nothing, { FolderId: u64 }),
  RopOptionsData: rop(0x6f, { AddressType: astr, WantWin32: bool8 }, {
    Reserved: reserved(u8, 0), OptionsInfo: blob(u16), HelpFile: blob(u16), HelpFileName: when(({ HelpFile }) => (HelpFile as Uint8Array).length > 0, astr),
  }),
} as const;
