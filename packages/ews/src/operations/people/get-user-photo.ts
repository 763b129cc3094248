import { photoOf } from '@fauxchange/mailbox';
import { EwsError } from '../../errors.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';

/** An address of nobody is answered with HTTP 500, a mailbox without photo with ErrorItemNotFound ([K] that code). @see GetUserPhoto, EWS reference */
export const getUserPhoto: Operation<'GetUserPhoto'> = defineOperation('GetUserPhoto', async ({ Email }, context) => {
  const mailbox = context.organization.mailboxByAddress(Email);
  if (!mailbox) throw new EwsError('ErrorNonExistentMailbox');
  return answerAlone(context, (head) => ({ ...head, HasChanged: false }), async () => {
    const photo = await photoOf(mailbox);
    if (!photo) throw new EwsError('ErrorItemNotFound');
    return { ...success, HasChanged: true, PictureData: photo.bytes };
  });
});
