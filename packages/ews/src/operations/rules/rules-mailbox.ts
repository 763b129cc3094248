import type { FolderId, Item, MailboxSession } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { openMailbox, ownSession } from '../../resolve.ts';

/** The mailbox whose rules are meant; rules are the business of who has the whole mailbox. */
export function rulesSession(address: string | undefined, context: EwsContext): MailboxSession {
  const session = address ? openMailbox(context.organization.mailboxByAddress(address), context) : ownSession(context);
  if (!session.accessor.hasFullAccess) throw new EwsError('ErrorAccessDenied');
  return session;
}

/** Outlook's own rules, which run in the client: one hidden item of the inbox. */
export async function outlookBlob(session: MailboxSession): Promise<Item | undefined> {
  const inbox = session.mailbox.wellKnown('inbox') as FolderId;
  const page = await session.query([inbox], { table: 'associated', limit: 1, restriction: { kind: 'compare', property: 'PidTagMessageClass', operator: 'eq', value: 'IPM.RuleOrganizer' } });
  return page.items[0];
}
