import type { RopHandler } from '../../rop/define-rop.ts';
import { logon } from './logon.ts';

/** [MS-OXCROPS] 2.2.3. */
export const logonRops: readonly RopHandler[] = [logon];
