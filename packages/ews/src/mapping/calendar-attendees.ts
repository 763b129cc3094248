import type { Recipient } from '@fauxchange/mailbox';
import type { AttendeeType, NonEmptyArrayOfAttendeesType, ResponseTypeType } from '../schema/types.generated.ts';
import { recipientElement, recipientOf } from './address.ts';
import { formatDateTime } from './date-time.ts';
import type { ItemField, ItemTarget } from './fields.ts';
import type { ItemKind } from './item-kind.ts';
import type { ItemView } from './item-view.ts';

/** PidLidResponseStatus and PidTagRecipientTrackStatus, [MS-OXOCAL] 2.2.1.11 and 2.2.4.10.2. */
export const responseTypes: Readonly<Record<ResponseTypeType, number>> = { Unknown: 0, Organizer: 1, Tentative: 2, Accept: 3, Decline: 4, NoResponseReceived: 5 };
export const responseNames: ReadonlyMap<number, ResponseTypeType> = new Map<number, ResponseTypeType>(Object.entries(responseTypes).map(([name, value]) => [value, name as ResponseTypeType]));

function attendee(recipient: Recipient, { context }: ItemView): AttendeeType {
  const { response } = recipient;
  const time = (at: number | undefined): string | undefined => (at === undefined ? undefined : formatDateTime(at, context.precision));
  return {
    Mailbox: recipientElement(recipient, context.organization.directory),
    ResponseType: responseNames.get(response?.status ?? 0) ?? 'Unknown',
    LastResponseTime: time(response?.time), ProposedStart: time(response?.proposedStart), ProposedEnd: time(response?.proposedEnd),
  };
}

function recipientsFrom(type: Recipient['type'], { Attendee }: NonEmptyArrayOfAttendeesType, old: readonly Recipient[]): Recipient[] {
  const known = new Map(old.map((one) => [one.address.toLowerCase(), one.response]));
  // An attendee who stays has answered what they have answered.
  return Attendee.map(({ Mailbox }) => {
    const made = recipientOf(type, Mailbox);
    const response = known.get(made.address.toLowerCase());
    return response ? { ...made, response } : made;
  });
}

/** Attendees are the recipients of an appointment: required To, optional Cc, resources Bcc ([MS-OXOCAL] 2.2.4.10.5). */
export function attendees(uri: string, type: Recipient['type'], kinds: readonly ItemKind[]): ItemField {
  const before = (target: ItemTarget): readonly Recipient[] => target.view?.item.recipients ?? [];
  return {
    uri, element: uri.slice('calendar:'.length), kinds, shape: 'allGet',
    read: (view) => {
      const shown = view.item.recipients.filter((one) => one.type === type);
      return shown.length > 0 ? { Attendee: shown.map((one) => attendee(one, view)) } : undefined;
    },
    set: (value: NonEmptyArrayOfAttendeesType, target) => void (target.recipients[type] = recipientsFrom(type, value, before(target))),
    append: (value: NonEmptyArrayOfAttendeesType, target) => {
      const old = target.recipients[type] ?? before(target).filter((one) => one.type === type);
      target.recipients[type] = [...old, ...recipientsFrom(type, value, before(target))];
    },
    remove: (target) => void (target.recipients[type] = []),
  };
}
