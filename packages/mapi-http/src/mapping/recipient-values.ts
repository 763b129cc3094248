import { binary, type Property, type PropertyName, type PropertyValue } from '@fauxchange/properties';
import { addressBookEntryId, type AttendeeResponse, type Properties, type Recipient } from '@fauxchange/mailbox';
import { encode, oneOffEntryId, oneOffFlag } from '@fauxchange/mapi-wire';

/** PidTagRecipientType, [MS-OXCMSG] 2.2.3.1.2; the higher bits say how far it has come. */
const types = ['to', 'cc', 'bcc'] as const;
const typeMask = 0xf;
/** PidTagObjectType of who can be written to, and PidTagDisplayType of somebody. */
const mailUser = 6;
/** recipSendable of PidTagRecipientFlags, [MS-OXOCAL] 2.2.3.9.1. */
const sendable = 0x1;

const entryIdOf = ({ name, address, addressType }: Recipient): PropertyValue => (addressType === 'EX'
  ? addressBookEntryId(address)
  : binary.from(encode(oneOffEntryId, { Flags: oneOffFlag.Unicode | oneOffFlag.DoNotLookUp | oneOffFlag.Mime, DisplayName: name, AddressType: addressType, EmailAddress: address })));

type Compute = (recipient: Recipient, row: number) => PropertyValue | undefined;
/** What the model says itself of a recipient. */
const facts: { readonly [N in PropertyName]?: Compute } = {
  PidTagRowid: (_recipient, row) => row,
  PidTagRecipientType: ({ type }) => types.indexOf(type) + 1,
  PidTagDisplayName: ({ name, address }) => name || address,
  PidTagAddressType: ({ addressType }) => addressType,
  PidTagEmailAddress: ({ address }) => address,
  PidTagRecipientTrackStatus: ({ response }) => response?.status ?? 0,
  PidTagRecipientTrackStatusTime: ({ response }) => response?.time,
  PidTagRecipientProposedStartTime: ({ response }) => response?.proposedStart,
  PidTagRecipientProposedEndTime: ({ response }) => response?.proposedEnd,
};
/** What follows unless a client has said otherwise. */
const fallbacks: { readonly [N in PropertyName]?: Compute } = {
  PidTagSmtpAddress: ({ address, addressType }) => (addressType === 'SMTP' ? address : undefined),
  PidTagEntryId: entryIdOf,
  PidTagRecipientEntryId: entryIdOf,
  PidTagRecipientDisplayName: ({ name, address }) => name || address,
  PidTagSearchKey: ({ address, addressType }) => binary.from(Buffer.from(`${addressType}:${address}\0`.toUpperCase(), 'latin1')),
  PidTagObjectType: () => mailUser,
  PidTagDisplayType: () => 0,
  PidTagRecipientFlags: () => sendable,
  PidTagResponsibility: () => false,
  PidTagSendRichInfo: () => false,
};

/** Reads any property of a recipient. */
export function recipientValue(recipient: Recipient, row: number, { name }: Pick<Property, 'name'>): PropertyValue | undefined {
  const fact = facts[name];
  return fact ? fact(recipient, row) : (recipient.properties?.[name] ?? fallbacks[name]?.(recipient, row));
}

/** PidTagRowid is the first. */
export const recipientNames = ({ properties = {} }: Recipient): Iterable<PropertyName> => new Set([...Object.keys(facts), ...Object.keys(fallbacks), ...Object.keys(properties)] as PropertyName[]);

/** The recipient that properties describe. */
export function recipientOf(properties: Properties): Recipient {
  const { PidTagRecipientType: type, PidTagDisplayName: name, PidTagRecipientDisplayName: shown, PidTagAddressType: addressType, PidTagEmailAddress: address, PidTagSmtpAddress: smtp } = properties;
  const others = Object.entries(properties).filter(([key, value]) => !(key in facts) && value !== undefined);
  return {
    type: types[(Number(type ?? 1) & typeMask) - 1] ?? 'to',
    name: String(name ?? shown ?? ''), address: String(address ?? smtp ?? ''), addressType: String(addressType ?? 'SMTP'),
    response: responseOf(properties),
    ...(others.length > 0 && { properties: Object.fromEntries(others) as Properties }),
  };
}

function responseOf({ PidTagRecipientTrackStatus: status, PidTagRecipientTrackStatusTime: time, PidTagRecipientProposedStartTime: start, PidTagRecipientProposedEndTime: end }: Properties): AttendeeResponse | undefined {
  if (Number(status ?? 0) === 0 && time === undefined) return undefined;
  return { status: Number(status ?? 0), time: time as number | undefined, proposedStart: start as number | undefined, proposedEnd: end as number | undefined };
}
