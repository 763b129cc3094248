import { MailboxError, setPhoto } from '@fauxchange/mailbox';
import { EwsError } from '../../errors.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { openMailbox } from '../../resolve.ts';
import { success } from '../../response-messages.ts';

/** The schema wants a message and has none of this operation: that of GetUserPhoto tells of success, and what goes wrong is a fault ([K]). @see SetUserPhoto, schema of Exchange SE */
export const setUserPhoto: Operation<'SetUserPhoto'> = defineOperation('SetUserPhoto', async ({ Email, Content }, context) => {
  const session = openMailbox(context.organization.mailboxByAddress(Email), context);
  if (!session.accessor.hasFullAccess) throw new EwsError('ErrorAccessDenied');
  if (/[^A-Za-z0-9+/=\s]/.test(Content)) throw new EwsError('ErrorInvalidArgument');
  try {
    await setPhoto(session, Buffer.from(Content, 'base64'));
  } catch (thrown) {
    if (thrown instanceof MailboxError && thrown.code === 'InvalidProperty') throw new EwsError('ErrorInvalidArgument', 'The photo is no picture.');
    throw thrown;
  }
  return { ResponseMessages: [['GetUserPhotoResponseMessage', { ...success, HasChanged: true }]] };
});
