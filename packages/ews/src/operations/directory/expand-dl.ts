import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { mailboxElement } from '../../mapping/address.ts';
import { entryMailbox } from '../../mapping/directory-contact.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { forEachEntry, success } from '../../response-messages.ts';
import type { EmailAddressType, ExpandDLResponseMessageType } from '../../schema/types.generated.ts';

/** One level at a time: a group in the group stays a group. @see [MS-OXWSDLIST] 3.1.4.1 ExpandDL */
export const expandDL: Operation<'ExpandDL'> = defineOperation('ExpandDL', async ({ Mailbox }, context) => ({
  ResponseMessages: await forEachEntry('ExpandDLResponseMessage', [Mailbox], (head) => head, async (sent) => expand(sent, context)),
}));

function expand({ EmailAddress, RoutingType }: EmailAddressType, { organization: { directory } }: EwsContext): ExpandDLResponseMessageType {
  if (!EmailAddress) throw new EwsError('ErrorInvalidMailbox', 'The mailbox is invalid.');
  const group = RoutingType?.toUpperCase() === 'EX' ? directory.byLegacyDN(EmailAddress) : directory.byAddress(EmailAddress);
  if (group?.recipientType !== 'MailUniversalDistributionGroup') throw new EwsError('ErrorNameResolutionNoResults');
  const members = directory.members(group.id).map((member) => ('address' in member ? mailboxElement(undefined, member.address, 'SMTP', 'OneOff') : entryMailbox(member)));
  return { ...success, DLExpansion: { TotalItemsInView: members.length, IncludesLastItemInRange: true, Mailbox: members } };
}
