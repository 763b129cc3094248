import type { RopHandler } from '../../rop/define-rop.ts';
import { destinationConfigure } from './destination-configure.ts';
import { destinationPutBuffer, destinationPutBufferExtended } from './destination-put-buffer.ts';
import { sourceCopyFolder, sourceCopyMessages } from './source-copy-messages.ts';
import { sourceCopyProperties, sourceCopyTo } from './source-copy-to.ts';
import { sourceGetBuffer } from './source-get-buffer.ts';
import { tellVersion } from './tell-version.ts';

/** [MS-OXCROPS] 2.2.12. */
export const fastTransferRops: readonly RopHandler[] = [
  sourceCopyTo, sourceCopyProperties, sourceCopyMessages, sourceCopyFolder, sourceGetBuffer, tellVersion, destinationConfigure, destinationPutBuffer, destinationPutBufferExtended,
];
