import { addressParts, addressProperties, contactEmail } from '@fauxchange/mailbox';
import type { PropertyName } from '@fauxchange/properties';
import { mailboxTypeOf } from './address.ts';
import type { ItemField, ItemTarget } from './fields.ts';
import { getAny, type ItemView } from './item-view.ts';

/** An entry of a dictionary: its key, and what it has to tell. */
export interface DictionaryEntry {
  readonly Key: string;
  readonly [part: string]: unknown;
}

/** One member of a dictionary: a phone number, a street. It has a path of its own, an IndexedFieldURI. */
export interface IndexedField {
  /** DictionaryURIType: `contacts:PhysicalAddress:Street`. */
  readonly uri: string;
  /** FieldIndex: `Business`. */
  readonly index: string;
  /** The element of the dictionary: `PhysicalAddresses`. */
  readonly element: string;
  /** Where the value stands in its entry: `$` for the text. */
  readonly part: string;
  readonly property: PropertyName;
  /** The entry with this member alone; undefined where it is not there. */
  read(view: ItemView): DictionaryEntry | undefined;
  /** Writes what the entry says of this member; without an entry it is removed. */
  write(entry: DictionaryEntry | undefined, target: ItemTarget): void;
}

const phones: Readonly<Record<string, PropertyName>> = {
  AssistantPhone: 'PidTagAssistantTelephoneNumber', BusinessFax: 'PidTagBusinessFaxNumber', BusinessPhone: 'PidTagBusinessTelephoneNumber',
  BusinessPhone2: 'PidTagBusiness2TelephoneNumber', Callback: 'PidTagCallbackTelephoneNumber', CarPhone: 'PidTagCarTelephoneNumber',
  CompanyMainPhone: 'PidTagCompanyMainTelephoneNumber', HomeFax: 'PidTagHomeFaxNumber', HomePhone: 'PidTagHomeTelephoneNumber',
  HomePhone2: 'PidTagHome2TelephoneNumber', Isdn: 'PidTagIsdnNumber', MobilePhone: 'PidTagMobileTelephoneNumber', OtherFax: 'PidTagPrimaryFaxNumber',
  OtherTelephone: 'PidTagOtherTelephoneNumber', Pager: 'PidTagPagerTelephoneNumber', PrimaryPhone: 'PidTagPrimaryTelephoneNumber',
  RadioPhone: 'PidTagRadioTelephoneNumber', Telex: 'PidTagTelexNumber', TtyTddPhone: 'PidTagTelecommunicationsDeviceForDeafTelephoneNumber',
};
const ims: Readonly<Record<string, PropertyName>> = {
  ImAddress1: 'PidLidInstantMessagingAddress', ImAddress2: 'PidNameInstantMessagingAddress2', ImAddress3: 'PidNameInstantMessagingAddress3',
};

function textMember(uri: string, element: string, index: string, part: string, property: PropertyName): IndexedField {
  return {
    uri, index, element, part, property,
    read: (view) => {
      const value = getAny(view, property);
      return value === undefined ? undefined : { Key: index, [part]: value };
    },
    write: (entry, target) => void (target.properties[property] = entry?.[part] as string | undefined),
  };
}

/** An address by the properties that [MS-OXOCNTC] 2.2.1.2 gives to each of the three. */
function emailMember(number: 1 | 2 | 3): IndexedField {
  const name = (suffix: string): PropertyName => `PidLidEmail${number}${suffix}` as PropertyName;
  const index = `EmailAddress${number}`;
  return {
    uri: 'contacts:EmailAddress', index, element: 'EmailAddresses', part: '$', property: name('EmailAddress'),
    read: (view) => {
      const address = getAny(view, name('EmailAddress')) as string | undefined;
      if (!address) return undefined;
      const entry = view.context.organization.directory.byAddress(address);
      return { Key: index, Name: getAny(view, name('DisplayName')) ?? address, RoutingType: getAny(view, name('AddressType')) ?? 'SMTP', MailboxType: entry ? mailboxTypeOf(entry) : 'Contact', $: address };
    },
    write: (entry, target) => {
      const address = (entry?.['$'] as string | undefined) || undefined;
      Object.assign(target.properties, contactEmail(number, address === undefined ? undefined : { address, name: entry?.['Name'] as string | undefined, addressType: entry?.['RoutingType'] as string | undefined }));
    },
  };
}

const emailMembers = ([1, 2, 3] as const).map(emailMember);
const imMembers = Object.entries(ims).map(([key, property]) => textMember('contacts:ImAddress', 'ImAddresses', key, '$', property));
const phoneMembers = Object.entries(phones).map(([key, property]) => textMember('contacts:PhoneNumber', 'PhoneNumbers', key, '$', property));
const addressMembers = Object.entries(addressProperties).flatMap(([key, properties]) =>
  addressParts.map((part) => textMember(`contacts:PhysicalAddress:${part}`, 'PhysicalAddresses', key, part, properties[part])));

const members = new Map([...emailMembers, ...imMembers, ...phoneMembers, ...addressMembers].map((member) => [`${member.uri} ${member.index}`, member]));

export function indexedField({ FieldURI, FieldIndex }: { readonly FieldURI: string; readonly FieldIndex: string }): IndexedField | undefined {
  return members.get(`${FieldURI} ${FieldIndex}`);
}

/** The element of the dictionary with what was found of its members; parts of one entry are put together. */
export function dictionaryOf(entries: readonly (DictionaryEntry | undefined)[]): { readonly Entry: readonly DictionaryEntry[] } | undefined {
  const byKey = new Map<string, DictionaryEntry>();
  for (const entry of entries) if (entry) byKey.set(entry.Key, { ...byKey.get(entry.Key), ...entry });
  return byKey.size > 0 ? { Entry: [...byKey.values()] } : undefined;
}

/** A dictionary as one field. It is set whole with a new contact only; later each member by its own path, as the EWS Managed API does it. */
function dictionary(uri: string, list: readonly IndexedField[]): ItemField {
  const element = uri.slice('contacts:'.length);
  return {
    uri, element, kinds: ['Contact'], shape: 'default',
    read: (view) => dictionaryOf(list.map((member) => member.read(view))),
    onlyNew: true,
    set: ({ Entry }: { readonly Entry?: readonly DictionaryEntry[] | undefined }, target) => {
      for (const entry of Entry ?? []) {
        for (const member of list) if (member.index === entry.Key && entry[member.part] !== undefined) member.write(entry, target);
      }
    },
  };
}

export const dictionaries: { readonly emails: ItemField; readonly addresses: ItemField; readonly phones: ItemField; readonly ims: ItemField } = {
  emails: dictionary('contacts:EmailAddresses', emailMembers),
  addresses: dictionary('contacts:PhysicalAddresses', addressMembers),
  phones: dictionary('contacts:PhoneNumbers', phoneMembers),
  ims: dictionary('contacts:ImAddresses', imMembers),
};
