import { meetingKindOf, valueOf, type EmbeddedItem, type Mailbox, type MailboxSession } from '@fauxchange/mailbox';
import type { EwsContext } from './context.ts';
import { openMailbox } from './resolve.ts';

/**
 * The mailbox whose meeting a delegate's copy of a message is about: of whom the message represents. Undefined for a
 * message that its owner got for themselves.
 */
export function principalSession(mailbox: Mailbox, item: EmbeddedItem, context: EwsContext): MailboxSession | undefined {
  const address = meetingKindOf(item.itemClass) === undefined ? undefined : valueOf(item, 'PidTagReceivedRepresentingSmtpAddress');
  const principal = typeof address === 'string' ? context.organization.directory.byAddress(address) : undefined;
  const theirs = principal && principal.id !== mailbox.owner.id ? context.organization.mailboxOf(principal) : undefined;
  return theirs && openMailbox(theirs, context);
}
