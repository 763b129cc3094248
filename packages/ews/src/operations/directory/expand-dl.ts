import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { getItem } from '../../items.ts';
import { mailboxElement } from '../../mapping/address.ts';
import { entryMailbox } from '../../mapping/directory-contact.ts';
import { expandedMembers } from '../../mapping/distribution-list-fields.ts';
import { kindOfClass } from '../../mapping/item-kind.ts';
import { viewOf } from '../../mapping/item-view.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { resolveItemId } from '../../resolve.ts';
import { forEachEntry, success } from '../../response-messages.ts';
import type { EmailAddressType, ExpandDLResponseMessageType } from '../../schema/types.generated.ts';

/** One level at a time: a group in the group stays a group. @see [MS-OXWSDLIST] 3.1.4.1 ExpandDL */
export const expandDL: Operation<'ExpandDL'> = defineOperation('ExpandDL', async ({ Mailbox }, context) => ({
  ResponseMessages: await forEachEntry(context, 'ExpandDLResponseMessage', [Mailbox], (head) => head, async (sent) => expand(sent, context)),
}));

async function expand(sent: EmailAddressType, context: EwsContext): Promise<ExpandDLResponseMessageType> {
  const members = sent.ItemId ? await privateMembers(sent, context) : publicMembers(sent, context);
  return { ...success, DLExpansion: { TotalItemsInView: members.length, IncludesLastItemInRange: true, Mailbox: members } };
}

/** A private list is known by its item alone. */
async function privateMembers({ ItemId }: EmailAddressType, context: EwsContext): Promise<EmailAddressType[]> {
  const { session, itemId } = resolveItemId(ItemId as NonNullable<typeof ItemId>, context);
  const item = await getItem(session, itemId);
  if (kindOfClass(item.itemClass) !== 'DistributionList') throw new EwsError('ErrorInvalidItemForOperationExpandDL');
  return expandedMembers(viewOf(item, session, { BaseShape: 'IdOnly' }, context));
}

function publicMembers({ EmailAddress, RoutingType }: EmailAddressType, { organization: { directory } }: EwsContext): EmailAddressType[] {
  if (!EmailAddress) throw new EwsError('ErrorInvalidMailbox', 'The mailbox is invalid.');
  const group = RoutingType?.toUpperCase() === 'EX' ? directory.byLegacyDN(EmailAddress) : directory.byAddress(EmailAddress);
  if (group?.recipientType !== 'MailUniversalDistributionGroup') throw new EwsError('ErrorNameResolutionNoResults');
  return directory.members(group.id).map((member) => ('address' in member ? mailboxElement(undefined, member.address, 'SMTP', 'OneOff') : entryMailbox(member)));
}
