import type { AttendeeResponse, Properties, Recipient } from '@fauxchange/mailbox';

/** PidTagRecipientType, [MS-OXCMSG] 2.2.3.1.2; the higher bits say how far it has come. */
const types = ['to', 'cc', 'bcc'] as const;
const typeMask = 0xf;
/** What the model has members for, and what says where the row stands. */
const members: ReadonlySet<string> = new Set([
  'PidTagRowid', 'PidTagRecipientType', 'PidTagDisplayName', 'PidTagAddressType', 'PidTagEmailAddress', 'PidTagRecipientTrackStatus', 'PidTagRecipientTrackStatusTime', 'PidTagRecipientProposedStartTime', 'PidTagRecipientProposedEndTime',
]);

/** The recipient that properties describe, as streams have them. */
export function recipientOf(properties: Properties): Recipient {
  const { PidTagRecipientType: type, PidTagDisplayName: name, PidTagRecipientDisplayName: shown, PidTagAddressType: addressType, PidTagEmailAddress: address, PidTagSmtpAddress: smtp } = properties;
  const others = Object.entries(properties).filter(([key, value]) => !members.has(key) && value !== undefined);
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
