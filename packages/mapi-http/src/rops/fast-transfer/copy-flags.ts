import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { areSendOptions } from '../../mapping/stream-properties.ts';

/** CopyFlags, [MS-OXCFXICS] 2.2.3.1.1: each ROP has its own. Those that are not named here are not used any more, and let through. */
export const copyFlag = { Move: 0x1, SendEntryId: 0x20, CopySubfolders: 0x10 } as const;
export const knownCopyFlags = { copyTo: 0x260f, copyProperties: 0x200f, copyMessages: 0x3f, copyFolder: 0x1f, destination: 0x1 } as const;

/** @throws RopError ecInvalidParameter */
export function checkFlags(CopyFlags: number, known: number, SendOptions = 0): void {
  if ((CopyFlags & ~known) !== 0) throw new RopError(errorCode.InvalidParameter, `CopyFlags 0x${CopyFlags.toString(16)} has unknown bits.`);
  if (!areSendOptions(SendOptions)) throw new RopError(errorCode.InvalidParameter, `SendOptions 0x${SendOptions.toString(16)} cannot be.`);
}
