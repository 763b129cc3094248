import type { Mailbox } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import type { OutOfOfficeMailTip } from '../../schema/types.generated.ts';

/** The reply that a sender would get; empty while nobody is away. */
export async function outOfOfficeTip(_mailbox: Mailbox, _context: EwsContext): Promise<OutOfOfficeMailTip> {
  return { ReplyBody: { Message: '' } };
}
