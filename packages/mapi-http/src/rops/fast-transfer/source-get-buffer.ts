import { DownloadObject, transferStatus } from '../../objects/download-object.ts';
import { BufferTooSmallError, defineRop } from '../../rop/define-rop.ts';

/** A BufferSize that leaves the size to the server, [MS-OXCFXICS] 2.2.3.1.1.5.1. */
const sizeOfServer = 0xbabe;
/** TransferStatus, InProgressCount, TotalStepCount, Reserved, TransferBufferSize. */
const headSize = 9;
const mostBuffer = 0xffff;

/** [MS-OXCFXICS] 3.2.5.8.1.5. */
export const sourceGetBuffer = defineRop('RopFastTransferSourceGetBuffer', [DownloadObject], async ({ BufferSize, MaximumBufferSize }, { object, room }) => {
  const left = room - headSize;
  const isOfServer = BufferSize === sizeOfServer;
  const wanted = isOfServer ? (MaximumBufferSize ?? mostBuffer) : BufferSize;
  if (isOfServer ? left <= 0 : wanted > left) throw new BufferTooSmallError(headSize + wanted);
  const size = Math.min(wanted, left);
  const { bytes, isDone, inProgress, total } = await object.next(size);
  return { body: { TransferStatus: isDone ? transferStatus.Done : transferStatus.Partial, InProgressCount: inProgress, TotalStepCount: total, TransferBuffer: bytes } };
});
