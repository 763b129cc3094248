import type { RopHandler } from '../../rop/define-rop.ts';
import { openFolder } from './open-folder.ts';

/** [MS-OXCROPS] 2.2.4. */
export const folderRops: readonly RopHandler[] = [openFolder];
