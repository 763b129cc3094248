import type { MailboxSession } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { openMailbox } from '../../resolve.ts';
import type { EmailAddress } from '../../schema/types.generated.ts';

/** The mailbox whose absence is meant: ErrorMailRecipientNotFound ([K]) for nobody's, ErrorAccessDenied without the whole of it. */
export function oofSession({ Address }: EmailAddress, context: EwsContext): MailboxSession {
  const mailbox = context.organization.mailboxByAddress(Address);
  if (!mailbox) throw new EwsError('ErrorMailRecipientNotFound');
  const session = openMailbox(mailbox, context);
  if (!session.accessor.hasFullAccess) throw new EwsError('ErrorAccessDenied');
  return session;
}

export const oofStates = { disabled: 'Disabled', enabled: 'Enabled', scheduled: 'Scheduled' } as const;
export const audiences = { none: 'None', known: 'Known', all: 'All' } as const;
