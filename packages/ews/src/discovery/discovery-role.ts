import type { DirectoryEntry, Mailbox } from '@fauxchange/mailbox';
import type { EwsContext } from '../context.ts';
import { EwsError } from '../errors.ts';

/** For members of the role group Discovery Management: ErrorAccessDenied for everybody else ([K] that code). */
export function checkMayDiscover({ organization: { directory }, caller }: EwsContext): void {
  const mayDiscover = [...directory.memberships(caller.id)].some((id) => directory.byId(id)?.displayName === 'Discovery Management');
  if (!mayDiscover) throw new EwsError('ErrorAccessDenied');
}

/** A mailbox that can be searched or held, by the legacy distinguished name that GetSearchableMailboxes gives as ReferenceId; no group is one. */
export function discoveredMailbox(legacyDN: string, { organization }: EwsContext): { readonly entry: DirectoryEntry; readonly mailbox: Mailbox } | undefined {
  const entry = organization.directory.byLegacyDN(legacyDN);
  const mailbox = entry && organization.mailboxOf(entry);
  return entry && mailbox && !mailbox.isPublic ? { entry, mailbox } : undefined;
}
