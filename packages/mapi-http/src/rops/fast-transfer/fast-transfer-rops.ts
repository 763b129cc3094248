import type { RopHandler } from '../../rop/define-rop.ts';
import { sourceGetBuffer } from './source-get-buffer.ts';
import { tellVersion } from './tell-version.ts';

/** [MS-OXCROPS] 2.2.12. */
export const fastTransferRops: readonly RopHandler[] = [sourceGetBuffer, tellVersion];
