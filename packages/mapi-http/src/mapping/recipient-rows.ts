import { property as propertyNamed, type Binary, type Property, type PropertyName, type PropertyValue, binary } from '@fauxchange/properties';
import { addressBookEntryId, type AttendeeResponse, type Directory, type Properties, type Recipient } from '@fauxchange/mailbox';
import { encode, oneOffEntryId, oneOffFlag, recipientFlag, recipientKind, type Cell, type RecipientRow } from '@fauxchange/mapi-wire';
import type { NamedProperties } from '../logon/named-properties.ts';
import { cellOf } from './cells.ts';
import { propertyOfTag, tagOfProperty } from './property-tags.ts';
import { fromWire } from './wire-values.ts';

/** PidTagRecipientType: the low bits say how it is addressed, one says that it did not get an earlier try. [MS-OXCMSG] 2.2.3.1.2 */
const types: readonly (Recipient['type'] | undefined)[] = [undefined, 'to', 'cc', 'bcc'];
const typeMask = 0xf;
/** PidTagObjectType and PidTagDisplayType of users and of lists. */
const mailUser = { object: 6, display: 0 } as const;
const distributionList = { object: 8, display: 1 } as const;
/** PidTagRecipientFlags, [MS-OXOCAL] 2.2.4.10.1: somebody to whom mail goes. */
const sendable = 1;

/** What the other members of a row say already: no columns, [MS-OXCMSG] 2.2.3.1.2. */
const inRow: ReadonlySet<PropertyName> = new Set<PropertyName>([
  'PidTagAddressType', 'PidTagDisplayName', 'PidTagEmailAddress', 'PidTagEntryId', 'PidTagInstanceKey', 'PidTagRecipientType', 'PidTagSearchKey', 'PidTagSendRichInfo', 'PidTagTransmittableDisplayName', 'PidTagRowid',
]);
/** Columns of every message. */
const usualColumns: readonly PropertyName[] = [
  'PidTagObjectType', 'PidTagDisplayType', 'PidTagAddressBookDisplayNamePrintable', 'PidTagSmtpAddress', 'PidTagRecipientDisplayName', 'PidTagRecipientOrder', 'PidTagRecipientFlags', 'PidTagRecipientEntryId', 'PidTagRecipientTrackStatus',
];

const isX500 = ({ addressType }: Recipient): boolean => addressType.toUpperCase() === 'EX';
const isSmtp = ({ addressType }: Recipient): boolean => addressType.toUpperCase() === 'SMTP' || addressType === '';
const isGroup = (recipient: Recipient, directory: Directory): boolean => isX500(recipient) && directory.byLegacyDN(recipient.address)?.recipientType === 'MailUniversalDistributionGroup';

/** PidTagRecipientEntryId: that of the address book, or one that stands for the address. */
function entryIdOf(recipient: Recipient): Binary {
  if (isX500(recipient)) return addressBookEntryId(recipient.address);
  const { name, address, addressType } = recipient;
  return binary.from(encode(oneOffEntryId, { Flags: oneOffFlag.Unicode | oneOffFlag.Mime, DisplayName: name || address, AddressType: addressType || 'SMTP', EmailAddress: address }));
}

interface Row {
  readonly id: number;
  readonly recipient: Recipient;
  readonly directory: Directory;
}
type Compute = (row: Row) => PropertyValue | undefined;
const smtpOf: Compute = ({ recipient, directory }) => (isSmtp(recipient) ? recipient.address : isX500(recipient) ? directory.byLegacyDN(recipient.address)?.primarySmtpAddress : undefined);

/** What the model says itself. */
const facts: { readonly [N in PropertyName]?: Compute } = {
  PidTagRowid: ({ id }) => id,
  PidTagRecipientType: ({ recipient }) => recipientTypeOf(recipient),
  PidTagDisplayName: ({ recipient: { name, address } }) => name || address,
  PidTagEmailAddress: ({ recipient }) => recipient.address,
  PidTagAddressType: ({ recipient }) => recipient.addressType || 'SMTP',
  PidTagRecipientTrackStatus: ({ recipient }) => recipient.response?.status ?? recipient.properties?.PidTagRecipientTrackStatus ?? 0,
  PidTagRecipientTrackStatusTime: ({ recipient }) => recipient.response?.time,
  PidTagRecipientProposedStartTime: ({ recipient }) => recipient.response?.proposedStart,
  PidTagRecipientProposedEndTime: ({ recipient }) => recipient.response?.proposedEnd,
};
/** What follows unless a client has said otherwise. */
const fallbacks: { readonly [N in PropertyName]?: Compute } = {
  PidTagObjectType: ({ recipient, directory }) => (isGroup(recipient, directory) ? distributionList : mailUser).object,
  PidTagDisplayType: ({ recipient, directory }) => (isGroup(recipient, directory) ? distributionList : mailUser).display,
  PidTagAddressBookDisplayNamePrintable: ({ recipient: { name, address } }) => name || address,
  PidTagRecipientDisplayName: ({ recipient: { name, address } }) => name || address,
  PidTagSmtpAddress: smtpOf,
  PidTagRecipientOrder: ({ id }) => id,
  PidTagRecipientFlags: () => sendable,
  PidTagRecipientEntryId: ({ recipient }) => entryIdOf(recipient),
  PidTagEntryId: ({ recipient }) => entryIdOf(recipient),
  PidTagSearchKey: ({ recipient: { addressType, address } }) => binary.from(Buffer.from(`${addressType || 'SMTP'}:${address}\0`.toUpperCase())),
};

/** Of everything that a recipient has, PidTagRowid first. */
export const recipientNames = ({ properties = {} }: Recipient): Iterable<PropertyName> => new Set([...Object.keys(facts), ...Object.keys(fallbacks), ...Object.keys(properties)] as PropertyName[]);

export function recipientValue(row: Row, { name }: Pick<Property, 'name'>): PropertyValue | undefined {
  return facts[name]?.(row) ?? row.recipient.properties?.[name] ?? fallbacks[name]?.(row);
}

/** The byte of a row: 1 To, 2 Cc, 3 Bcc, or what a client has said beyond that. */
export function recipientTypeOf({ type, properties }: Recipient): number {
  const told = properties?.PidTagRecipientType;
  return typeof told === 'number' ? told : types.indexOf(type);
}

/** The columns that these recipients need: the usual ones, and whatever a client has set. */
export function columnsOf(recipients: Iterable<Recipient>, names: NamedProperties): readonly number[] {
  const all = new Set<PropertyName>(usualColumns);
  for (const { properties, response } of recipients) {
    for (const name of Object.keys(properties ?? {}) as PropertyName[]) if (!inRow.has(name)) all.add(name);
    if (response) all.add('PidTagRecipientTrackStatusTime').add('PidTagRecipientProposedStartTime').add('PidTagRecipientProposedEndTime');
  }
  return [...all].flatMap((name) => {
    const property = propertyNamed(name);
    return (property && tagOfProperty(property, names)) ?? [];
  });
}

const empty = new Uint8Array(0);

/** A recipient as a row of those columns, [MS-OXCDATA] 2.8.3.2. */
export function rowOfRecipient(row: Row, columns: readonly number[], names: NamedProperties): RecipientRow {
  const { recipient } = row;
  const name = recipient.name || recipient.address;
  const transmittable = recipient.properties?.PidTagTransmittableDisplayName;
  const isSame = transmittable === undefined || transmittable === name;
  const simple = recipient.properties?.PidTagAddressBookDisplayNamePrintable;
  const isSimple = typeof simple === 'string' && simple !== name;
  const flags = recipientFlag.Unicode | (isSimple ? recipientFlag.SimpleDisplayName : 0) | recipientFlag.DisplayName | (isSame ? recipientFlag.SameAsDisplayName : recipientFlag.TransmittableDisplayName) | (recipient.properties?.PidTagSendRichInfo === false ? recipientFlag.NonRich : 0)
    | (recipient.properties?.PidTagResponsibility === true ? recipientFlag.Responsible : 0);
  const RecipientProperties: readonly Cell[] = columns.map((tag) => cellOf(tag, (property) => recipientValue(row, property), { names }));
  const common = { DisplayName: name, SimpleDisplayName: isSimple ? simple : undefined, TransmittableDisplayName: isSame ? undefined : String(transmittable), RecipientProperties };
  if (isX500(recipient)) {
    const DisplayType = Number(recipientValue(row, { name: 'PidTagDisplayType' })) & 0xff;
    return { RecipientFlags: flags | recipientKind.X500Dn, AddressPrefixUsed: 0, DisplayType, X500DN: recipient.address, ...common } as RecipientRow;
  }
  if (isSmtp(recipient)) return { RecipientFlags: flags | recipientKind.Smtp | recipientFlag.Email, EmailAddress: recipient.address, ...common } as RecipientRow;
  if (recipient.addressType === listType) {
    const bytesOf = (value: unknown): Uint8Array => (value === undefined ? empty : binary.toBytes(value as Binary));
    return { RecipientFlags: flags | recipientKind.PersonalDistributionList1, EntryId: bytesOf(recipient.properties?.PidTagEntryId), SearchKey: bytesOf(recipient.properties?.PidTagSearchKey), ...common } as RecipientRow;
  }
  return { RecipientFlags: flags | recipientFlag.Other | recipientFlag.Email, AddressType: recipient.addressType, EmailAddress: recipient.address, ...common } as RecipientRow;
}

const kindMask = 0x7;
/** PidTagAddressType of a personal distribution list. */
const listType = 'MAPIPDL';
const namesOfKind: Readonly<Record<number, string>> = {
  [recipientKind.X500Dn]: 'EX', [recipientKind.MsMail]: 'MS', [recipientKind.Smtp]: 'SMTP', [recipientKind.Fax]: 'FAX', [recipientKind.ProfessionalOfficeSystem]: 'PROFS',
  [recipientKind.PersonalDistributionList1]: listType, [recipientKind.PersonalDistributionList2]: listType,
};

/** The recipient of a row that a client sent. Its columns that the model has no member for are kept as they are. */
export function recipientOfRow(RecipientType: number, row: RecipientRow, columns: readonly number[], names: NamedProperties): Recipient {
  const properties: { -readonly [N in keyof Properties]: Properties[N] } = {};
  for (const [at, cell] of row.RecipientProperties.entries()) {
    const property = propertyOfTag(columns[at] ?? 0, names);
    if (property && 'value' in cell) properties[property.name] = fromWire(property.type, cell.value);
  }
  if (row.EntryId) properties.PidTagEntryId = binary.from(row.EntryId);
  if (row.SearchKey) properties.PidTagSearchKey = binary.from(row.SearchKey);
  if (row.TransmittableDisplayName !== undefined) properties.PidTagTransmittableDisplayName = row.TransmittableDisplayName;
  if (row.SimpleDisplayName !== undefined) properties.PidTagAddressBookDisplayNamePrintable ??= row.SimpleDisplayName;
  if ((row.RecipientFlags & recipientFlag.NonRich) !== 0) properties.PidTagSendRichInfo = false;
  if ((row.RecipientFlags & recipientFlag.Responsible) !== 0) properties.PidTagResponsibility = true;
  const take = (name: PropertyName): string | undefined => {
    const value = properties[name];
    delete properties[name];
    return typeof value === 'string' ? value : undefined;
  };
  const [toldType, toldAddress, toldName] = [take('PidTagAddressType'), take('PidTagEmailAddress'), take('PidTagDisplayName')];
  const smtp = typeof properties.PidTagSmtpAddress === 'string' ? properties.PidTagSmtpAddress : undefined;
  const addressType = row.AddressType ?? namesOfKind[row.RecipientFlags & kindMask] ?? toldType ?? 'SMTP';
  const address = row.X500DN ?? row.EmailAddress ?? toldAddress ?? (addressType.toUpperCase() === 'SMTP' ? smtp : undefined) ?? '';
  const name = row.DisplayName ?? toldName ?? (properties.PidTagRecipientDisplayName as string | undefined) ?? row.SimpleDisplayName ?? '';
  const type = types[RecipientType & typeMask] ?? 'to';
  delete properties.PidTagRowid;
  if (RecipientType === types.indexOf(type)) delete properties.PidTagRecipientType;
  else properties.PidTagRecipientType = RecipientType;
  const response = responseOf(properties);
  return { type, name, address, addressType, ...(response && { response }), ...(Object.keys(properties).length > 0 && { properties }) };
}

/** What an organizer notes of an attendee, [MS-OXOCAL] 2.2.4.10. */
function responseOf(properties: { -readonly [N in keyof Properties]: Properties[N] }): AttendeeResponse | undefined {
  const status = properties.PidTagRecipientTrackStatus;
  if (typeof status !== 'number' || status === 0) return undefined;
  const timeOf = (name: 'PidTagRecipientTrackStatusTime' | 'PidTagRecipientProposedStartTime' | 'PidTagRecipientProposedEndTime'): number | undefined => {
    const value = properties[name];
    delete properties[name];
    return typeof value === 'number' ? value : undefined;
  };
  delete properties.PidTagRecipientTrackStatus;
  return { status, time: timeOf('PidTagRecipientTrackStatusTime'), proposedStart: timeOf('PidTagRecipientProposedStartTime'), proposedEnd: timeOf('PidTagRecipientProposedEndTime') };
}

