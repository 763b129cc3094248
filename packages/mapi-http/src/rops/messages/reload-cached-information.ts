import { openedMessage } from '../../mapping/opened-message.ts';
import { MessageObject } from '../../objects/message-object.ts';
import { defineRop } from '../../rop/define-rop.ts';

/** [MS-OXCMSG] 3.2.5.7. */
export const reloadCachedInformation = defineRop('RopReloadCachedInformation', [MessageObject], async (_asked, context) => ({ body: openedMessage(context.object, context) }));
