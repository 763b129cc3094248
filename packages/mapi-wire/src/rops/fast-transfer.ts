import { u16, u32, u8 } from '../layout/numbers.ts';
import { blob, repeated } from '../layout/sequences.ts';
import { reserved, struct, when } from '../layout/struct.ts';
import { messageIds, propertyTags } from './parts.ts';
import { alike, nothing, opening, rop } from './rop.ts';
import { sizeIsElsewhere } from './stream.ts';

/** ecServerBusy, [MS-OXCROPS] 2.2.12.4.2. */
const serverBusy = 0x480;
const sourceBuffer = { TransferStatus: u16, InProgressCount: u16, TotalStepCount: u16, Reserved: reserved(u8, 0), TransferBuffer: blob(u16) } as const;
const sourceFailure = (returnValue: number) => struct({ ...sourceBuffer, BackoffTime: when(() => returnValue === serverBusy, u32) });

/** [MS-OXCROPS] 2.2.12. */
export const fastTransferRops = {
  RopFastTransferDestinationConfigure: opening(0x53, { SourceOperation: u8, CopyFlags: u8 }, nothing),
  RopFastTransferDestinationPutBuffer: alike(0x54, { TransferData: blob(u16) }, { TransferStatus: u16, InProgressCount: u16, TotalStepCount: u16, Reserved: reserved(u8, 0), BufferUsedSize: u16 }),
  RopFastTransferDestinationPutBufferExtended: alike(0x9d, { TransferData: blob(u16) }, { TransferStatus: u16, InProgressCount: u32, TotalStepCount: u32, Reserved: reserved(u8, 0), BufferUsedSize: u16 }),
  RopFastTransferSourceGetBuffer: rop(0x4e, { BufferSize: u16, MaximumBufferSize: when(({ BufferSize }) => BufferSize === sizeIsElsewhere, u16) }, sourceBuffer, sourceFailure),
  RopFastTransferSourceCopyFolder: opening(0x4c, { CopyFlags: u8, SendOptions: u8 }, nothing),
  RopFastTransferSourceCopyMessages: opening(0x4b, { MessageIds: messageIds, CopyFlags: u8, SendOptions: u8 }, nothing),
  RopFastTransferSourceCopyTo: opening(0x4d, { Level: u8, CopyFlags: u32, SendOptions: u8, PropertyTags: propertyTags }, nothing),
  RopFastTransferSourceCopyProperties: opening(0x69, { Level: u8, CopyFlags: u8, SendOptions: u8, PropertyTags: propertyTags }, nothing),
  RopTellVersion: rop(0x86, { Version: repeated(3, u16) }, nothing),
} as const;
