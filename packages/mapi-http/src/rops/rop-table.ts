import { ropHandlers, type RopHandlers } from '../rop/define-rop.ts';
import { folderRops } from './folders/folder-rops.ts';
import { logonRops } from './logon/logon-rops.ts';
import { notificationRops } from './notifications/notification-rops.ts';
import { permissionRops } from './permissions/permission-rops.ts';
import { propertyRops } from './properties/property-rops.ts';
import { ruleRops } from './rules/rule-rops.ts';
import { tableRops } from './tables/table-rops.ts';

/** Every ROP that is carried out. */
export const ropTable: RopHandlers = ropHandlers(logonRops, folderRops, tableRops, propertyRops, permissionRops, ruleRops, notificationRops);
