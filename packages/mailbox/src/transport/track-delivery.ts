import type { PropertyName } from '@fauxchange/properties';
import type { Directory } from '../directory/directory.ts';
import type { ItemDraft, Recipient } from '../items/item.ts';
import { entryOf, expandRecipients } from './expand-recipients.ts';
import type { DeliveryStatus, TrackedMessage, TrackedParty, TrackingEvent, TrackingStep } from './message-tracking.ts';

type Envelope = readonly Pick<Recipient, 'address' | 'addressType'>[];

/** What the record says of a message when transport takes it. */
export function trackedMessage(directory: Directory, draft: ItemDraft, envelope: Envelope, { time, server, from }: { readonly time: number; readonly server: string; readonly from: TrackedParty | undefined }): Omit<TrackedMessage, 'id' | 'events'> {
  const text = (name: PropertyName): string => String(draft.properties[name] ?? '');
  const representing = { name: text('PidTagSentRepresentingName'), address: text('PidTagSentRepresentingSmtpAddress') };
  return {
    time, server, representing,
    messageId: text('PidTagInternetMessageId'), subject: text('PidTagSubject'),
    sender: from ?? { name: text('PidTagSenderName') || representing.name, address: text('PidTagSenderSmtpAddress') || representing.address },
    recipients: envelope.map((recipient) => ({ ...partyOf(directory, recipient), isBcc: draft.recipients.some(({ type, address }) => type === 'bcc' && address === recipient.address) })),
  };
}

function partyOf(directory: Directory, recipient: Envelope[number]): TrackedParty {
  const entry = entryOf(directory, recipient);
  return { name: entry?.displayName ?? recipient.address, address: entry?.primarySmtpAddress ?? recipient.address };
}

/** The way of one message: who gets it through whom. */
export class DeliveryTrail {
  readonly #message: Pick<TrackedMessage, 'recipients' | 'time'>;
  readonly #roots = new Map<string, { readonly root: string; readonly isBcc: boolean }>();
  readonly #groups: TrackedParty[] = [];

  constructor(directory: Directory, message: Pick<TrackedMessage, 'recipients' | 'time'>) {
    this.#message = message;
    for (const { address, name, isBcc } of message.recipients) {
      const isGroup = directory.byAddress(address)?.recipientType === 'MailUniversalDistributionGroup';
      if (isGroup) this.#groups.push({ name, address });
      const expansion = isGroup ? expandRecipients(directory, [{ address, addressType: 'SMTP' }]) : undefined;
      const reached = expansion ? [...expansion.mailboxes.map(({ primarySmtpAddress }) => primarySmtpAddress), ...expansion.external, ...expansion.unknown] : [address];
      for (const one of reached) if (!this.#roots.has(one)) this.#roots.set(one, { root: address, isBcc });
    }
  }

  /** It has been taken from those who sent it. */
  taken(step: 'Submitted' | 'SmtpReceive'): readonly TrackingEvent[] {
    return this.#message.recipients.map((party) => this.#event(party, step, 'Pending', party.address, party.isBcc));
  }
  expanded(): readonly TrackingEvent[] {
    return this.#groups.map((group) => this.#event(group, 'Expanded', 'Pending', group.address, this.#message.recipients.some(({ address, isBcc }) => address === group.address && isBcc)));
  }
  reached(parties: readonly TrackedParty[], step: TrackingStep, status: DeliveryStatus): readonly TrackingEvent[] {
    return parties.map((party) => {
      const way = this.#roots.get(party.address);
      return this.#event(party, step, status, way?.root ?? party.address, way?.isBcc ?? false);
    });
  }

  #event({ name, address }: TrackedParty, step: TrackingStep, status: DeliveryStatus, root: string, isBcc: boolean): TrackingEvent {
    return { time: this.#message.time, name, address, step, status, root, isBcc };
  }
}
