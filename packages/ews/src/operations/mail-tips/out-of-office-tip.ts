import { isAway, oofSettings, type Mailbox } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { formatDateTime } from '../../mapping/date-time.ts';
import type { OutOfOfficeMailTip } from '../../schema/types.generated.ts';

/** The reply that a sender of this organization would get; empty while nobody is away. */
export async function outOfOfficeTip(mailbox: Mailbox, { clock }: EwsContext): Promise<OutOfOfficeMailTip> {
  const settings = await oofSettings(mailbox.openAsSystem());
  if (!isAway(settings, clock.now())) return { ReplyBody: { Message: '' } };
  const { state, from, until, internalReply } = settings;
  const hasEnd = state === 'scheduled' && from !== undefined && until !== undefined;
  return { ReplyBody: { Message: internalReply }, Duration: hasEnd ? { StartTime: formatDateTime(from), EndTime: formatDateTime(until) } : undefined };
}
