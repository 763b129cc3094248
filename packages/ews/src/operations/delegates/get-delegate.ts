import { delegationOf } from '@fauxchange/mailbox';
import { EwsError } from '../../errors.ts';
import { delegateUser, encodeDelegate, encodeDelivery } from '../../mapping/delegates.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';
import { delegatesSession, forEachUser } from './delegates-of.ts';

/** Where nothing was ever said of delegates: ErrorDelegateMissingConfiguration. @see [MS-OXWSDLGM] 3.1.4.2 GetDelegate */
export const getDelegate: Operation<'GetDelegate'> = defineOperation('GetDelegate', ({ Mailbox, UserIds, IncludePermissions }, context) =>
  answerAlone(context, (head) => head, async () => {
    const { directory } = context.organization;
    const session = delegatesSession(Mailbox, context);
    const delegation = await delegationOf(session.mailbox, directory);
    if (!delegation) throw new EwsError('ErrorDelegateMissingConfiguration');
    const asked = UserIds?.UserId ?? delegation.delegates.map(({ entry }) => ({ PrimarySmtpAddress: entry.primarySmtpAddress }));
    const ResponseMessages = await forEachUser(asked, async (id) => {
      const user = delegateUser(id, directory);
      const delegate = delegation.delegates.find(({ entry }) => entry.id === user.id);
      if (!delegate) throw new EwsError('ErrorNotDelegate');
      return { ...success, DelegateUser: await encodeDelegate(delegate, session, IncludePermissions) };
    });
    return { ...success, ResponseMessages, DeliverMeetingRequests: encodeDelivery(delegation) };
  }));
