import { ropHandlers, type RopHandlers } from '../rop/define-rop.ts';
import { fastTransferRops } from './fast-transfer/fast-transfer-rops.ts';
import { folderRops } from './folders/folder-rops.ts';
import { logonRops } from './logon/logon-rops.ts';
import { attachmentRops } from './attachments/attachment-rops.ts';
import { messageRops } from './messages/message-rops.ts';
import { recipientRops } from './recipients/recipient-rops.ts';
import { propertyRops } from './properties/property-rops.ts';
import { synchronizationRops } from './synchronization/synchronization-rops.ts';

/** Every ROP that is carried out. */
export const ropTable: RopHandlers = ropHandlers(logonRops, folderRops, messageRops, recipientRops, attachmentRops, propertyRops, fastTransferRops, synchronizationRops);
