import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { openedMessage } from '../../mapping/opened-message.ts';
import { AttachmentObject } from '../../objects/attachment-object.ts';
import { MessageObject } from '../../objects/message-object.ts';
import { defineRop } from '../../rop/define-rop.ts';
import { codePageOf, openMode } from '../messages/open-mode.ts';

/** [MS-OXCMSG] 3.2.5.16. Exchange 2010 and above open for writing where only reading is asked for (note 17), as far as the attachment is open for that. */
export const openEmbeddedMessage = defineRop('RopOpenEmbeddedMessage', [AttachmentObject], async ({ CodePageId, OpenModeFlags }, context) => {
  const { object, environment: { clock }, session: { lcidString: localeId } } = context;
  const codePage = codePageOf(CodePageId);
  const { embedded } = object;
  if (!embedded) {
    if ((OpenModeFlags & openMode.create) === 0) throw new RopError(errorCode.NotFound, 'The attachment holds no message.');
    object.checkWritable();
  }
  const access = object.message.access === 'readOnly' ? 'readOnly' : object.access;
  const opens = MessageObject.ofAttachment(object, embedded, { access, codePage, now: clock.now(), localeId });
  return { opens, body: { MessageId: 0n, ...openedMessage(opens, context) } };
});
