import { valueOf } from '@fauxchange/mailbox';
import { FolderObject } from '../../objects/folder-object.ts';
import { defineRop } from '../../rop/define-rop.ts';
import { itemAt } from './open-message.ts';

const statusOf = (item: Parameters<typeof valueOf>[0]): number => Number(valueOf(item, 'PidTagMessageStatus') ?? 0) >>> 0;

/** [MS-OXCMSG] 3.2.5.8: what was set is told as it was before. */
export const setMessageStatus = defineRop('RopSetMessageStatus', [FolderObject], async ({ MessageId, MessageStatusFlags, MessageStatusMask }, { object, logon }) => {
  const item = await itemAt(logon, object.id, MessageId);
  const before = statusOf(item);
  const PidTagMessageStatus = ((before & ~MessageStatusMask) | (MessageStatusFlags & MessageStatusMask)) | 0;
  await logon.session.updateItem(item.id, { marks: { PidTagMessageStatus } });
  return { body: { MessageStatusFlags: before } };
});

/** [MS-OXCMSG] 3.2.5.9. */
export const getMessageStatus = defineRop('RopGetMessageStatus', [FolderObject], async ({ MessageId }, { object, logon }) => ({ body: { MessageStatusFlags: statusOf(await itemAt(logon, object.id, MessageId)) } }));
