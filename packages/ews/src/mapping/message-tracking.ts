import type { TrackedMessage, TrackedParty, TrackingEvent } from '@fauxchange/mailbox';
import type { EwsContext } from '../context.ts';
import type { EmailAddressType, FindMessageTrackingSearchResultType, RecipientTrackingEventType } from '../schema/types.generated.ts';
import { mailboxElement } from './address.ts';
import { formatDateTime } from './date-time.ts';

export const trackedMailbox = ({ name, address }: TrackedParty): EmailAddressType => mailboxElement(name, address);

/** The address that a request names, folded. */
export const addressElement = ({ EmailAddress }: EmailAddressType): string => (EmailAddress ?? '').toLowerCase();

const isMine = ({ address }: TrackedParty, { caller }: EwsContext): boolean => caller.proxyAddresses.includes(address.toLowerCase());

/** Whether the caller sent or received the message. */
export function isParty(message: TrackedMessage, context: EwsContext): boolean {
  return isSender(message, context) || message.events.some((event) => isMine(event, context));
}

const isSender = ({ sender, representing }: TrackedMessage, context: EwsContext): boolean => isMine(sender, context) || isMine(representing, context);

/** Who did not send it sees only how it came to them. */
export function visibleEvents(message: TrackedMessage, context: EwsContext): readonly TrackingEvent[] {
  return isSender(message, context) ? message.events : message.events.filter((event) => isMine(event, context));
}

/** Blind copies are for the sender to see. */
export function visibleRecipients(message: TrackedMessage, context: EwsContext): TrackedMessage['recipients'] {
  return isSender(message, context) ? message.recipients : message.recipients.filter(({ isBcc }) => !isBcc);
}

/** Message id, server, and the number by which it is found again: the page of MessageTrackingReportId ([K] how they are written). */
function reportId({ messageId, server, id, sender }: TrackedMessage, { organization }: EwsContext): string {
  return `Message-Id=${messageId},Server=${server},Internal-Id=${id},Sender=${sender.address},Domain=${organization.domain}`;
}

/** The message of an id that was told; undefined for any other text. */
export function openReportId(text: string, context: EwsContext): TrackedMessage | undefined {
  const id = /,Internal-Id=(\d{1,15}),/.exec(text)?.[1];
  const message = id === undefined ? undefined : context.organization.messageTracking.byId(Number(id));
  return message && reportId(message, context) === text ? message : undefined;
}

export function searchResult(message: TrackedMessage, context: EwsContext): FindMessageTrackingSearchResultType {
  return {
    Subject: message.subject, Sender: trackedMailbox(message.sender), PurportedSender: trackedMailbox(message.representing),
    Recipients: { Mailbox: visibleRecipients(message, context).map(trackedMailbox) },
    SubmittedTime: formatDateTime(message.time), MessageTrackingReportId: reportId(message, context), FirstHopServer: message.server,
  };
}

export function eventElement(event: TrackingEvent, at: number, { server }: TrackedMessage): RecipientTrackingEventType {
  return {
    Date: formatDateTime(event.time), Recipient: trackedMailbox(event), DeliveryStatus: event.status, EventDescription: event.step, Server: server, InternalId: at,
    BccRecipient: event.isBcc, HiddenRecipient: false, UniquePathId: event.root, RootAddress: event.root,
  };
}
