import { setDelegation, type Delegate } from '@fauxchange/mailbox';
import { EwsError } from '../../errors.ts';
import { checkPermissions, delegateUser, deliveries, encodeDelegate, writePermissions } from '../../mapping/delegates.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';
import { currentDelegation, delegatesSession, forEachUser } from './delegates-of.ts';

/** @see [MS-OXWSDLGM] 3.1.4.1 AddDelegate */
export const addDelegate: Operation<'AddDelegate'> = defineOperation('AddDelegate', ({ Mailbox, DelegateUsers, DeliverMeetingRequests }, context) =>
  answerAlone(context, (head) => head, async () => {
    const { directory } = context.organization;
    const session = delegatesSession(Mailbox, context);
    let delegation = await currentDelegation(session, context);
    if (DeliverMeetingRequests) delegation = { ...delegation, meetingRequests: deliveries[DeliverMeetingRequests] };
    const ResponseMessages = await forEachUser(DelegateUsers.DelegateUser, async (sent) => {
      const entry = delegateUser(sent.UserId, directory);
      if (entry.id === session.mailbox.owner.id) throw new EwsError('ErrorDelegateCannotAddOwner');
      if (delegation.delegates.some((one) => one.entry.id === entry.id)) throw new EwsError('ErrorDelegateAlreadyExists');
      checkPermissions(sent.DelegatePermissions);
      const delegate: Delegate = { entry, viewsPrivate: sent.ViewPrivateItems ?? false, receivesCopies: sent.ReceiveCopiesOfMeetingMessages ?? false };
      await writePermissions(entry, sent.DelegatePermissions ?? {}, session);
      delegation = { ...delegation, delegates: [...delegation.delegates, delegate] };
      return { ...success, DelegateUser: await encodeDelegate(delegate, session, true) };
    });
    await setDelegation(session, delegation, directory);
    return { ...success, ResponseMessages };
  }));
