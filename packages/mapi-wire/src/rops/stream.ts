import { i64, u16, u32, u64, u8 } from '../layout/numbers.ts';
import { blob } from '../layout/sequences.ts';
import { when } from '../layout/struct.ts';
import { copyingFailure } from './parts.ts';
import { alike, copying, nothing, opening, rop } from './rop.ts';

/** Where a size stands that is larger than two bytes can say: [MS-OXCROPS] 2.2.9.2.1. */
export const sizeIsElsewhere = 0xbabe;
const copied = { ReadByteCount: u64, WrittenByteCount: u64 } as const;
const region = { RegionOffset: u64, RegionSize: u64, LockFlags: u32 } as const;

/** [MS-OXCROPS] 2.2.9. */
export const streamRops = {
  RopOpenStream: opening(0x2b, { PropertyTag: u32, OpenModeFlags: u8 }, { StreamSize: u32 }),
  RopReadStream: alike(0x2c, { ByteCount: u16, MaximumByteCount: when(({ ByteCount }) => ByteCount === sizeIsElsewhere, u32) }, { Data: blob(u16) }),
  RopWriteStream: alike(0x2d, { Data: blob(u16) }, { WrittenSize: u16 }),
  RopWriteStreamExtended: alike(0xa3, { Data: blob(u16) }, { WrittenSize: u32 }),
  RopWriteAndCommitStream: alike(0x90, { Data: blob(u16) }, { WrittenSize: u16 }),
  RopCommitStream: rop(0x5d, nothing, nothing),
  RopGetStreamSize: rop(0x5e, nothing, { StreamSize: u32 }),
  RopSetStreamSize: rop(0x2f, { StreamSize: u64 }, nothing),
  RopSeekStream: rop(0x2e, { Origin: u8, Offset: i64 }, { NewPosition: u64 }),
  RopCopyToStream: copying(0x3a, { ByteCount: u64 }, copied, copyingFailure(copied)),
  RopLockRegionStream: rop(0x5b, region, nothing),
  RopUnlockRegionStream: rop(0x5c, region, nothing),
  RopCloneStream: opening(0x3b, nothing, nothing),
} as const;
