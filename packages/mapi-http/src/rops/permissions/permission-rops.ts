import type { RopHandler } from '../../rop/define-rop.ts';
import { getPermissionsTable } from './get-permissions-table.ts';
import { modifyPermissions } from './modify-permissions.ts';

/** [MS-OXCROPS] 2.2.10. */
export const permissionRops: readonly RopHandler[] = [getPermissionsTable, modifyPermissions];
