import type { RopHandler } from '../../rop/define-rop.ts';
import { registerNotification } from './register-notification.ts';

/** [MS-OXCROPS] 2.2.14. */
export const notificationRops: readonly RopHandler[] = [registerNotification];
