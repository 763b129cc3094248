import { MessageObject } from '../../objects/message-object.ts';
import { defineRop } from '../../rop/define-rop.ts';

/** SaveFlags, [MS-OXCMSG] 2.2.3.3.1. Exchange 2010 and above take no notice of KeepOpenReadOnly (note 13). */
export const saveFlag = { keepOpenReadOnly: 0x1, keepOpenReadWrite: 0x2, forceSave: 0x4 } as const;

/** [MS-OXCMSG] 3.2.5.3. */
export const saveChangesMessage = defineRop('RopSaveChangesMessage', [MessageObject], async ({ InputHandleIndex, SaveFlags }, { object, logon }) => {
  const item = await object.save({ isForced: (SaveFlags & saveFlag.forceSave) !== 0 });
  return { body: { InputHandleIndex, MessageId: item ? logon.wireId(item.id) : 0n } };
});
