import type { MailboxSession } from '@fauxchange/mailbox';
import { binary, type Binary } from '@fauxchange/properties';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { openId, openMailbox } from '../../resolve.ts';
import type { ItemIdType } from '../../schema/types.generated.ts';

/** The conversation that an id means: ErrorInvalidIdMalformed for the id of anything else. */
export function resolveConversation({ Id }: ItemIdType, context: EwsContext): { readonly session: MailboxSession; readonly id: Binary } {
  const opened = openId(Id);
  if (opened.kind !== 'conversation') throw new EwsError('ErrorInvalidIdMalformed');
  return { session: openMailbox(context.organization.mailboxByGuid(opened.mailboxGuid), context), id: binary.from(opened.conversation) };
}
