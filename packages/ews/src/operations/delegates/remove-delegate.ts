import { setDelegation } from '@fauxchange/mailbox';
import { EwsError } from '../../errors.ts';
import { delegateUser, writePermissions } from '../../mapping/delegates.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';
import { currentDelegation, delegatesSession, forEachUser } from './delegates-of.ts';

/** Takes the rights in the six folders along. @see [MS-OXWSDLGM] 3.1.4.3 RemoveDelegate */
export const removeDelegate: Operation<'RemoveDelegate'> = defineOperation('RemoveDelegate', ({ Mailbox, UserIds }, context) =>
  answerAlone(context, (head) => head, async () => {
    const { directory } = context.organization;
    const session = delegatesSession(Mailbox, context);
    let delegation = await currentDelegation(session, context);
    const ResponseMessages = await forEachUser(UserIds.UserId, async (id) => {
      const user = delegateUser(id, directory);
      if (!delegation.delegates.some(({ entry }) => entry.id === user.id)) throw new EwsError('ErrorNotDelegate');
      await writePermissions(user, undefined, session);
      delegation = { ...delegation, delegates: delegation.delegates.filter(({ entry }) => entry.id !== user.id) };
      return success;
    });
    await setDelegation(session, delegation, directory);
    return { ...success, ResponseMessages };
  }));
