import { contactAddresses, valueOf, type Item, type MailboxSession } from '@fauxchange/mailbox';
import type { PropertyName } from '@fauxchange/properties';
import type { EwsContext } from './context.ts';
import { idOf, viewOf } from './mapping/item-view.ts';
import type { ItemShape } from './mapping/item-shape.ts';
import { kindOfClass } from './mapping/item-kind.ts';
import type { ContactItemType, EmailAddressType, ResolutionType } from './schema/types.generated.ts';

/** The addresses by which a contact can be written to, each a candidate of its own; a list is one. */
export async function contactResolutions(item: Item, session: MailboxSession, shape: ItemShape | undefined, context: EwsContext): Promise<ResolutionType[]> {
  const name = valueOf(item, 'PidTagDisplayName') as string | undefined;
  const ItemId = { Id: idOf(item, session.mailbox) };
  const Contact = shape && ((await shape.render(viewOf(item, session, { BaseShape: 'IdOnly' }, context)))[1] as ContactItemType);
  if (kindOfClass(item.itemClass) === 'DistributionList') {
    return [{ Mailbox: { Name: name, RoutingType: 'MAPIPDL', MailboxType: 'PrivateDL', ItemId } }];
  }
  const mailboxes = contactAddresses.flatMap((property, index): EmailAddressType[] => {
    const address = valueOf(item, property) as string | undefined;
    const type = valueOf(item, `PidLidEmail${index + 1}AddressType` as PropertyName) as string | undefined;
    return address ? [{ Name: name ?? address, EmailAddress: address, RoutingType: type ?? 'SMTP', MailboxType: 'Contact', ItemId }] : [];
  });
  return mailboxes.map((Mailbox) => (Contact ? { Mailbox, Contact } : { Mailbox }));
}
