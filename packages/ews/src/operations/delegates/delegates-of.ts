import { delegationOf, type Delegation, type MailboxSession } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { openMailbox } from '../../resolve.ts';
import { attempt } from '../../response-messages.ts';
import type { DelegateUserResponseMessageType, EmailAddressType } from '../../schema/types.generated.ts';

/** The mailbox whose delegates are meant: ErrorNonExistentMailbox, ErrorAccessDenied without the whole of it. */
export function delegatesSession({ EmailAddress }: EmailAddressType, context: EwsContext): MailboxSession {
  const session = openMailbox(EmailAddress === undefined ? undefined : context.organization.mailboxByAddress(EmailAddress), context);
  if (!session.accessor.hasFullAccess) throw new EwsError('ErrorAccessDenied');
  return session;
}

export const noDelegation: Delegation = { delegates: [], meetingRequests: 'delegatesAndMe' };

export async function currentDelegation(session: MailboxSession, { organization }: EwsContext): Promise<Delegation> {
  return (await delegationOf(session.mailbox, organization.directory)) ?? noDelegation;
}

/** One message a user; a user who fails leaves the others alone. */
export async function forEachUser<T>(users: readonly T[], answer: (user: T) => Promise<DelegateUserResponseMessageType>): Promise<{ readonly DelegateUserResponseMessageType: readonly DelegateUserResponseMessageType[] } | undefined> {
  const messages: DelegateUserResponseMessageType[] = [];
  for (const user of users) messages.push(await attempt<DelegateUserResponseMessageType>((head) => head, () => answer(user)));
  return messages.length > 0 ? { DelegateUserResponseMessageType: messages } : undefined;
}
