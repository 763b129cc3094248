import type { MailboxEvent } from '@fauxchange/mailbox';
import { wants, type Subscription } from './subscription.ts';

export interface FedEvents {
  readonly subscription: Subscription;
  readonly events: readonly MailboxEvent[];
  /** Some were lost: the reader was too slow. */
  readonly missed: boolean;
}

/** What happened in the mailboxes of some subscriptions since their places; calls `wake` when there is something new. */
export class EventFeed {
  readonly #subscriptions: readonly Subscription[];
  readonly #stops: (() => void)[] = [];

  constructor(subscriptions: readonly Subscription[], wake: () => void) {
    this.#subscriptions = subscriptions;
    for (const mailbox of new Set(subscriptions.map((one) => one.mailbox))) this.#stops.push(mailbox.events.subscribe(wake));
  }

  /** The new events that each subscription wants, whose places move on; those with none are left out. */
  take(): FedEvents[] {
    return this.#subscriptions.flatMap((subscription) => {
      const { events: happened } = subscription.mailbox;
      const isSetBack = subscription.generation !== happened.generation;
      const { events, missed } = isSetBack ? { events: [], missed: true } : happened.since(subscription.place, Number.MAX_SAFE_INTEGER);
      Object.assign(subscription, { place: happened.latest, generation: happened.generation });
      const wanted = events.filter((event) => wants(subscription, event));
      return wanted.length > 0 || missed ? [{ subscription, events: wanted, missed }] : [];
    });
  }

  close(): void {
    for (const stop of this.#stops) stop();
  }
}
