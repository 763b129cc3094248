import type { RopHandler } from '../../rop/define-rop.ts';
import { synchronizationConfigure } from './configure.ts';
import { getTransferState } from './get-transfer-state.ts';
import { openCollector } from './open-collector.ts';
import { uploadStateStreamBegin, uploadStateStreamContinue, uploadStateStreamEnd } from './upload-state.ts';

/** [MS-OXCROPS] 2.2.13. */
export const synchronizationRops: readonly RopHandler[] = [synchronizationConfigure, getTransferState, openCollector, uploadStateStreamBegin, uploadStateStreamContinue, uploadStateStreamEnd];
