import { ropHandlers, type RopHandlers } from '../rop/define-rop.ts';
import { attachmentRops } from './attachments/attachment-rops.ts';
import { fastTransferRops } from './fast-transfer/fast-transfer-rops.ts';
import { folderRops } from './folders/folder-rops.ts';
import { logonRops } from './logon/logon-rops.ts';
import { messageRops } from './messages/message-rops.ts';
import { notificationRops } from './notifications/notification-rops.ts';
import { permissionRops } from './permissions/permission-rops.ts';
import { propertyRops } from './properties/property-rops.ts';
import { recipientRops } from './recipients/recipient-rops.ts';
import { ruleRops } from './rules/rule-rops.ts';
import { streamRops } from './streams/stream-rops.ts';
import { synchronizationRops } from './synchronization/synchronization-rops.ts';
import { tableRops } from './tables/table-rops.ts';
import { transportRops } from './transport/transport-rops.ts';

/** Every ROP that is carried out. */
export const ropTable: RopHandlers = ropHandlers(
  logonRops, folderRops, messageRops, recipientRops, attachmentRops, transportRops, tableRops, propertyRops, streamRops, permissionRops, ruleRops, notificationRops, fastTransferRops, synchronizationRops,
);
