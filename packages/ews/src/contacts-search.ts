import { valueOf, type FolderId, type Item, type MailboxSession, type Restriction } from '@fauxchange/mailbox';
import type { PropertyName } from '@fauxchange/properties';
import type { EwsContext } from './context.ts';
import { idOf, viewOf } from './mapping/item-view.ts';
import type { ItemShape } from './mapping/item-shape.ts';
import { kindOfClass } from './mapping/item-kind.ts';
import type { ContactItemType, EmailAddressType, ResolutionType } from './schema/types.generated.ts';

/** What ambiguous names are looked for in; each by its beginning, or the beginning of one of its words. */
const names: readonly PropertyName[] = ['PidTagDisplayName', 'PidTagGivenName', 'PidTagSurname', 'PidTagNickname', 'PidLidFileUnder', 'PidTagCompanyName'];
const addresses = ['PidLidEmail1EmailAddress', 'PidLidEmail2EmailAddress', 'PidLidEmail3EmailAddress'] as const satisfies readonly PropertyName[];

/** Contacts and lists of a folder whose name or address begins so. `smtp:` looks at addresses alone. */
export async function contactsNamed(text: string, session: MailboxSession, folderId: FolderId, limit: number): Promise<readonly Item[]> {
  const [, scheme, rest = ''] = /^(smtp:)?=?(.*)$/is.exec(text.trim()) ?? [];
  if (rest === '') return [];
  const begins = (property: PropertyName): Restriction => ({ kind: 'contains', property, text: rest, mode: 'prefixOnWords', ignoreCase: true, ignoreNonSpacing: true });
  const restrictions = [...(scheme ? [] : names), ...addresses].map(begins);
  const page = await session.query([folderId], { restriction: { kind: 'or', restrictions }, order: [{ property: 'PidTagDisplayName', descending: false }], limit });
  return page.items.filter(({ itemClass }) => ['Contact', 'DistributionList'].includes(kindOfClass(itemClass)));
}

/** The addresses by which a contact can be written to, each a candidate of its own; a list is one. */
export async function contactResolutions(item: Item, session: MailboxSession, shape: ItemShape | undefined, context: EwsContext): Promise<ResolutionType[]> {
  const name = valueOf(item, 'PidTagDisplayName') as string | undefined;
  const ItemId = { Id: idOf(item, session.mailbox) };
  const Contact = shape && ((await shape.render(viewOf(item, session, { BaseShape: 'IdOnly' }, context)))[1] as ContactItemType);
  if (kindOfClass(item.itemClass) === 'DistributionList') {
    return [{ Mailbox: { Name: name, RoutingType: 'MAPIPDL', MailboxType: 'PrivateDL', ItemId } }];
  }
  const mailboxes = addresses.flatMap((property, index): EmailAddressType[] => {
    const address = valueOf(item, property) as string | undefined;
    const type = valueOf(item, `PidLidEmail${index + 1}AddressType` as PropertyName) as string | undefined;
    return address ? [{ Name: name ?? address, EmailAddress: address, RoutingType: type ?? 'SMTP', MailboxType: 'Contact', ItemId }] : [];
  });
  return mailboxes.map((Mailbox) => (Contact ? { Mailbox, Contact } : { Mailbox }));
}
