import type { Item, MailboxSession } from '@fauxchange/mailbox';
import { valueOf } from '@fauxchange/mailbox';
import type { PropertyName } from '@fauxchange/properties';
import { contactsOfGroup, nameOfGroup, type ImList } from '../im-list.ts';
import { bareChangeKey } from '../ids/change-key.ts';
import { encodeItemId } from '../ids/ews-id.ts';
import { encodeContactPersona } from '../ids/persona-id.ts';
import { itemIdElement } from '../items.ts';
import type { ArrayOfStringAttributedValuesType, ExtendedPropertyType, ImGroupType, NonEmptyArrayOfExtendedFieldURIs, PathToExtendedFieldType, PersonaType } from '../schema/types.generated.ts';
import { mailboxElement } from './address.ts';
import { formatDateTime } from './date-time.ts';
import { encodeExtendedProperty, pathOfRequest, propertyOfPath } from './extended-property.ts';

/** Further properties that a request asks of every group and contact; undefined where it asks none. */
export type AskedProperties = (item: Item) => readonly ExtendedPropertyType[] | undefined;

/** ErrorInvalidExtendedProperty, … for paths that mean no property. */
export function askedProperties(asked: NonEmptyArrayOfExtendedFieldURIs | undefined): AskedProperties {
  const wanted = (asked?.ExtendedProperty ?? []).map((path: PathToExtendedFieldType) => ({ path: pathOfRequest(path), name: propertyOfPath(path).name }));
  return (item) => {
    const told = wanted.flatMap(({ path, name }) => {
      const value = valueOf(item, name);
      return value === undefined ? [] : [encodeExtendedProperty(path, value)];
    });
    return told.length > 0 ? told : undefined;
  };
}

/** A group as the IM list shows it. Ids come with the kind of change key that tells no state, as in Microsoft's examples. */
export function imGroupElement(group: Item, { session: { mailbox }, contactsIn }: ImList, asked: AskedProperties = () => undefined): ImGroupType {
  const members = contactsOfGroup(group).map((id) => ({ Id: encodeItemId(mailbox, contactsIn, id), ChangeKey: bareChangeKey('contact') }));
  const extended = asked(group);
  return {
    DisplayName: nameOfGroup(group) || group.itemClass,
    GroupType: group.itemClass,
    ExchangeStoreId: { Id: encodeItemId(mailbox, group.folderId, group.id), ChangeKey: bareChangeKey('distributionList') },
    MemberCorrelationKey: members.length > 0 ? { ItemId: members } : undefined,
    ExtendedProperties: extended && { ExtendedProperty: extended },
    SmtpAddress: textOf(group, 'PidTagSmtpAddress'),
  };
}

const textOf = ({ bag }: Item, name: PropertyName): string | undefined => bag.get(name) as string | undefined;
const first = { Attribution: ['0'] } as const;
const attributed = (value: string | undefined): ArrayOfStringAttributedValuesType | undefined => (value ? { StringAttributedValue: [{ Value: value, Attributions: first }] } : undefined);

/** An IM contact as the examples of GetImItems, AddNewImContactToGroup and AddNewTelUriContactToGroup show one. */
export function imPersona(contact: Item, session: MailboxSession, asked: AskedProperties = () => undefined): PersonaType {
  const [name, phone] = [textOf(contact, 'PidTagDisplayName'), textOf(contact, 'PidTagOtherTelephoneNumber')];
  const [im, address] = [textOf(contact, 'PidLidInstantMessagingAddress'), textOf(contact, 'PidLidEmail1EmailAddress')];
  const email = address === undefined ? undefined : mailboxElement(textOf(contact, 'PidLidEmail1DisplayName') ?? name, address);
  const created = contact.bag.get('PidTagCreationTime');
  const extended = asked(contact);
  return {
    PersonaId: { Id: encodeContactPersona(session.mailbox, contact.id) },
    PersonaType: 'Person',
    CreationTime: typeof created === 'number' ? formatDateTime(created) : undefined,
    DisplayName: name ?? '',
    DisplayNameFirstLast: name ?? phone,
    DisplayNameLastFirst: name ?? phone,
    FileAs: '',
    FileAsId: 'None',
    EmailAddress: email,
    EmailAddresses: email && { Address: [email] },
    ImAddress: im,
    RelevanceScore: 2_147_483_647,
    Attributions: { Attribution: [{ Id: '0', SourceId: itemIdElement(contact, session), DisplayName: 'Lync Contacts', IsWritable: false, IsQuickContact: true, IsHidden: false }] },
    DisplayNames: attributed(name),
    FileAsIds: attributed('None'),
    OtherTelephones: phone === undefined ? undefined : { PhoneNumberAttributedValue: [{ Value: { Number: phone, Type: 'Other' }, Attributions: first }] },
    Emails1: email && { EmailAddressAttributedValue: [{ Value: email, Attributions: first }] },
    ImAddresses: attributed(im),
    ExtendedProperties: extended && { ExtendedPropertyAttributedValue: extended.map((Value) => ({ Value, Attributions: first })) },
  };
}
