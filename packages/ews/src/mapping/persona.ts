import { bagOf, type DirectoryEntry, type EmbeddedItem, type Item, type MailboxSession, type Properties } from '@fauxchange/mailbox';
import type { PropertyName } from '@fauxchange/properties';
import { encodeFolderId } from '../ids/ews-id.ts';
import { encodeContactPersona, encodeDirectoryPersona } from '../ids/persona-id.ts';
import { itemIdElement } from '../items.ts';
import type { ArrayOfStringAttributedValuesType, EmailAddressType, NonEmptyArrayOfPathsToElementType, PersonaAttributionType, PersonaType } from '../schema/types.generated.ts';
import { mailboxElement } from './address.ts';
import { formatDateTime } from './date-time.ts';
import { entryMailbox } from './directory-contact.ts';

/** Somebody as FindPeople and GetPersona show them, wherever they come from. */
export interface Persona {
  readonly id: string;
  /** What is searched and sorted: a contact, or an entry of the directory as if it were one. */
  readonly item: EmbeddedItem;
  readonly emails: readonly EmailAddressType[];
  readonly type: 'Person' | 'DistributionList' | 'Room';
  readonly attribution: PersonaAttributionType;
}

export function directoryPersona(entry: DirectoryEntry): Persona {
  const properties: Properties = {
    PidTagDisplayName: entry.displayName, PidTagGivenName: entry.givenName, PidTagSurname: entry.surname, PidTagTitle: entry.jobTitle, PidTagDepartmentName: entry.department,
    PidTagCompanyName: entry.company, PidTagOfficeLocation: entry.officeLocation, PidTagBusinessTelephoneNumber: entry.businessPhone, PidTagMobileTelephoneNumber: entry.mobilePhone,
    PidTagSmtpAddress: entry.primarySmtpAddress,
  };
  const id = encodeDirectoryPersona(entry.id);
  return {
    id, emails: [entryMailbox(entry)],
    item: { itemClass: 'IPM.Contact', recipients: [], attachments: [], bag: bagOf(properties) },
    type: entry.members ? 'DistributionList' : entry.recipientType === 'RoomMailbox' ? 'Room' : 'Person',
    attribution: { Id: '0', SourceId: { Id: id }, DisplayName: 'GAL', IsWritable: false, IsQuickContact: false, IsHidden: false },
  };
}

export function contactPersona(item: Item, session: MailboxSession): Persona {
  const text = (name: PropertyName): string | undefined => item.bag.get(name) as string | undefined;
  const emails = ([1, 2, 3] as const).flatMap((n) => {
    const address = text(`PidLidEmail${n}EmailAddress`);
    return address ? [mailboxElement(text(`PidLidEmail${n}DisplayName`) ?? text('PidTagDisplayName'), address, text(`PidLidEmail${n}AddressType`) ?? 'SMTP')] : [];
  });
  const FolderId = { Id: encodeFolderId(session.mailbox, item.folderId) };
  return {
    id: encodeContactPersona(session.mailbox, item.id), emails, type: item.itemClass.toLowerCase().startsWith('ipm.distlist') ? 'DistributionList' : 'Person',
    item: { ...item, bag: bagOf({ PidTagSmtpAddress: emails[0]?.EmailAddress }, item.bag) },
    attribution: { Id: '0', SourceId: itemIdElement(item, session), DisplayName: 'Outlook', IsWritable: true, IsQuickContact: false, IsHidden: false, FolderId },
  };
}

type PersonaField = { readonly [K in keyof PersonaType]-?: { readonly element: K; readonly isDefault?: boolean; readonly isFull?: boolean; read(persona: Persona): PersonaType[K] } }[keyof PersonaType];

const text = (persona: Persona, name: PropertyName): string | undefined => persona.item.bag.get(name) as string | undefined;
const plain = <K extends 'GivenName' | 'Surname' | 'Title' | 'Department' | 'CompanyName' | 'Location' | 'Nickname' | 'MiddleName' | 'HomeCity' | 'WorkCity' | 'DisplayName'>(element: K, name: PropertyName, isDefault = false) =>
  ({ element, isDefault, isFull: true, read: (persona: Persona) => text(persona, name) }) as unknown as PersonaField;
const attributed = (element: 'DisplayNames' | 'GivenNames' | 'Surnames' | 'Titles' | 'Departments' | 'CompanyNames' | 'OfficeLocations' | 'FileAses', read: (persona: Persona) => string | undefined) =>
  ({ element, isFull: true, read: (persona: Persona): ArrayOfStringAttributedValuesType | undefined => {
    const value = read(persona);
    return value ? { StringAttributedValue: [{ Value: value, Attributions: { Attribution: ['0'] } }] } : undefined;
  } }) as unknown as PersonaField;
const phones = (element: 'BusinessPhoneNumbers' | 'HomePhones' | 'MobilePhones', name: PropertyName, Type: string) =>
  ({ element, isFull: true, read: (persona: Persona) => {
    const value = text(persona, name);
    return value ? { PhoneNumberAttributedValue: [{ Value: { Number: value, Type }, Attributions: { Attribution: ['0'] } }] } : undefined;
  } }) as unknown as PersonaField;
const lastFirst = (persona: Persona): string | undefined => {
  const [given, surname] = [text(persona, 'PidTagGivenName'), text(persona, 'PidTagSurname')];
  return given && surname ? `${surname} ${given}` : text(persona, 'PidTagDisplayName');
};
const fileAs = (persona: Persona): string | undefined => {
  const [given, surname] = [text(persona, 'PidTagGivenName'), text(persona, 'PidTagSurname')];
  return text(persona, 'PidLidFileUnder') ?? (given && surname ? `${surname}, ${given}` : text(persona, 'PidTagDisplayName'));
};
const emailOf = (persona: Persona, n: 0 | 1 | 2) => {
  const email = persona.emails[n];
  return email && { EmailAddressAttributedValue: [{ Value: email, Attributions: { Attribution: ['0'] } }] };
};

/** In the order of PersonaType. `isDefault`: told by FindPeople unasked; `isFull`: by GetPersona. */
const fields: readonly PersonaField[] = [
  { element: 'PersonaType', isFull: true, read: ({ type }) => type },
  { element: 'CreationTime', isDefault: true, isFull: true, read: ({ item }) => { const at = item.bag.get('PidTagCreationTime'); return typeof at === 'number' ? formatDateTime(at) : undefined; } },
  plain('DisplayName', 'PidTagDisplayName', true),
  { element: 'DisplayNameFirstLast', isDefault: true, isFull: true, read: (persona) => text(persona, 'PidTagDisplayName') },
  { element: 'DisplayNameLastFirst', isDefault: true, isFull: true, read: lastFirst },
  { element: 'FileAs', isDefault: true, isFull: true, read: fileAs },
  plain('GivenName', 'PidTagGivenName', true), plain('MiddleName', 'PidTagMiddleName'), plain('Surname', 'PidTagSurname', true), plain('Nickname', 'PidTagNickname'),
  plain('Title', 'PidTagTitle'), plain('Department', 'PidTagDepartmentName'), plain('CompanyName', 'PidTagCompanyName'), plain('Location', 'PidTagOfficeLocation'),
  { element: 'EmailAddress', isDefault: true, isFull: true, read: ({ emails }) => emails[0] },
  { element: 'EmailAddresses', isDefault: true, isFull: true, read: ({ emails }) => (emails.length > 0 ? { Address: emails } : undefined) },
  { element: 'PhoneNumber', read: (persona) => { const number = text(persona, 'PidTagBusinessTelephoneNumber'); return number ? { Number: number, Type: 'Business' } : undefined; } },
  plain('HomeCity', 'PidTagHomeAddressCity'), plain('WorkCity', 'PidLidWorkAddressCity'),
  { element: 'RelevanceScore', isDefault: true, read: () => 2_147_483_647 },
  { element: 'Attributions', isFull: true, read: ({ attribution }) => ({ Attribution: [attribution] }) },
  attributed('DisplayNames', (persona) => text(persona, 'PidTagDisplayName')), attributed('FileAses', fileAs), attributed('GivenNames', (persona) => text(persona, 'PidTagGivenName')), attributed('Surnames', (persona) => text(persona, 'PidTagSurname')),
  phones('BusinessPhoneNumbers', 'PidTagBusinessTelephoneNumber', 'Business'), phones('HomePhones', 'PidTagHomeTelephoneNumber', 'Home'), phones('MobilePhones', 'PidTagMobileTelephoneNumber', 'Mobile'),
  { element: 'Emails1', isFull: true, read: (persona) => emailOf(persona, 0) }, { element: 'Emails2', isFull: true, read: (persona) => emailOf(persona, 1) }, { element: 'Emails3', isFull: true, read: (persona) => emailOf(persona, 2) },
  attributed('OfficeLocations', (persona) => text(persona, 'PidTagOfficeLocation')), attributed('Titles', (persona) => text(persona, 'PidTagTitle')),
  attributed('Departments', (persona) => text(persona, 'PidTagDepartmentName')), attributed('CompanyNames', (persona) => text(persona, 'PidTagCompanyName')),
];

/** The persona in a base shape with what is asked besides. */
export function personaElement(persona: Persona, base: 'IdOnly' | 'Default' | 'Full', paths: NonEmptyArrayOfPathsToElementType | undefined): PersonaType {
  const asked = new Set<string>((paths ?? []).flatMap(([name, path]) => (name === 'FieldURI' ? [path.FieldURI] : [])));
  const isTold = ({ element, isDefault, isFull }: PersonaField): boolean => asked.has(`persona:${element}`) || (base === 'Default' && isDefault === true) || (base === 'Full' && isFull === true);
  const told = fields.filter(isTold).map((field) => [field.element, field.read(persona)] as const).filter(([, value]) => value !== undefined);
  return { PersonaId: { Id: persona.id }, ...Object.fromEntries(told) };
}

/** The properties behind persona paths, by tag: what restrictions and orders may name. */
const tags: Readonly<Record<string, readonly [tag: string, type: string]>> = {
  'persona:DisplayName': ['0x3001', 'String'], 'persona:GivenName': ['0x3A06', 'String'], 'persona:Surname': ['0x3A11', 'String'], 'persona:CompanyName': ['0x3A16', 'String'],
  'persona:Title': ['0x3A17', 'String'], 'persona:EmailAddress': ['0x39FE', 'String'], 'persona:HomeCity': ['0x3A59', 'String'], 'persona:CreationTime': ['0x3007', 'SystemTime'],
};

/** A restriction or an order whose persona paths are those of the properties: the search of items does the rest. */
export function withPropertyPaths<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withPropertyPaths) as T;
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) {
    const tag = name === 'FieldURI' ? tags[(inner as { FieldURI?: string } | undefined)?.FieldURI ?? ''] : undefined;
    if (tag) copy['ExtendedFieldURI'] = { PropertyTag: tag[0], PropertyType: tag[1] };
    else copy[name] = withPropertyPaths(inner);
  }
  return copy as T;
}
