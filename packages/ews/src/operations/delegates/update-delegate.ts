import { setDelegation, type Delegate } from '@fauxchange/mailbox';
import { EwsError } from '../../errors.ts';
import { checkPermissions, delegateUser, deliveries, encodeDelegate, writePermissions } from '../../mapping/delegates.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';
import { currentDelegation, delegatesSession, forEachUser } from './delegates-of.ts';

/** What is not sent stays as it is. @see [MS-OXWSDLGM] 3.1.4.4 UpdateDelegate */
export const updateDelegate: Operation<'UpdateDelegate'> = defineOperation('UpdateDelegate', ({ Mailbox, DelegateUsers, DeliverMeetingRequests }, context) =>
  answerAlone(context, (head) => head, async () => {
    const { directory } = context.organization;
    const session = delegatesSession(Mailbox, context);
    let delegation = await currentDelegation(session, context);
    if (DeliverMeetingRequests) delegation = { ...delegation, meetingRequests: deliveries[DeliverMeetingRequests] };
    const ResponseMessages = await forEachUser(DelegateUsers?.DelegateUser ?? [], async (sent) => {
      const user = delegateUser(sent.UserId, directory);
      const before = delegation.delegates.find(({ entry }) => entry.id === user.id);
      if (!before) throw new EwsError('ErrorNotDelegate');
      checkPermissions(sent.DelegatePermissions);
      await writePermissions(user, sent.DelegatePermissions ?? {}, session);
      const after: Delegate = { entry: user, viewsPrivate: sent.ViewPrivateItems ?? before.viewsPrivate, receivesCopies: sent.ReceiveCopiesOfMeetingMessages ?? before.receivesCopies };
      delegation = { ...delegation, delegates: delegation.delegates.map((one) => (one === before ? after : one)) };
      return { ...success, DelegateUser: await encodeDelegate(after, session, true) };
    });
    await setDelegation(session, delegation, directory);
    return { ...success, ResponseMessages };
  }));
