import type { RopHandler } from '../../rop/define-rop.ts';
import { openStream } from './open-stream.ts';
import { commitStream, copyToStream, getStreamSize, readStream, seekStream, setStreamSize, writeStream, writeStreamExtended } from './streams.ts';

/**
 * [MS-OXCROPS] 2.2.9. Exchange 2010 and above know no RopLockRegionStream, RopUnlockRegionStream, RopWriteAndCommitStream and RopCloneStream:
 * [MS-OXCPRPT] notes 15 to 18.
 */
export const streamRops: readonly RopHandler[] = [openStream, readStream, writeStream, writeStreamExtended, commitStream, getStreamSize, setStreamSize, seekStream, copyToStream];
