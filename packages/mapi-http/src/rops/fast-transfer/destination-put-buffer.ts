import { UploadObject } from '../../objects/upload-object.ts';
import { transferStatus } from '../../objects/download-object.ts';
import { defineRop } from '../../rop/define-rop.ts';

/** Nobody counts the steps of an upload: [MS-OXCFXICS] 2.2.3.1.2.2.2 and its notes. */
const progress = { TransferStatus: transferStatus.Done, InProgressCount: 0, TotalStepCount: 1 } as const;

/** [MS-OXCFXICS] 3.2.5.8.2.2. */
export const destinationPutBuffer = defineRop('RopFastTransferDestinationPutBuffer', [UploadObject], async ({ TransferData }, { object }) => {
  await object.put(TransferData);
  return { body: { ...progress, BufferUsedSize: TransferData.length } };
});

/** [MS-OXCFXICS] 3.2.5.8.2.3. */
export const destinationPutBufferExtended = defineRop('RopFastTransferDestinationPutBufferExtended', [UploadObject], async ({ TransferData }, { object }) => {
  await object.put(TransferData);
  return { body: { ...progress, BufferUsedSize: TransferData.length } };
});
