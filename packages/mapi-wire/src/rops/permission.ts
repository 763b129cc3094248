import { u16, u8 } from '../layout/numbers.ts';
import { counted } from '../layout/sequences.ts';
import { struct } from '../layout/struct.ts';
import { propertyValues } from './parts.ts';
import { nothing, opening, rop } from './rop.ts';

/** [MS-OXCPERM] 2.2.2.1. */
export const permissionData = struct({ PermissionDataFlags: u8, PropertyValues: propertyValues });

/** [MS-OXCROPS] 2.2.10. */
export const permissionRops = {
  RopModifyPermissions: rop(0x40, { ModifyFlags: u8, PermissionsData: counted(u16, permissionData) }, nothing),
  RopGetPermissionsTable: opening(0x3e, { TableFlags: u8 }, nothing),
} as const;
