import type { MailboxEvent } from '@fauxchange/mailbox';
import { wants, type Subscription } from './subscription.ts';

export interface FedEvents {
  readonly subscription: Subscription;
  readonly events: readonly MailboxEvent[];
  /** Some were lost: the reader was too slow. */
  readonly missed: boolean;
}

/** What happened in the mailboxes of some subscriptions since the last look; calls `wake` when there is something new. */
export class EventFeed {
  readonly #places = new Map<Subscription, number>();
  readonly #stops: (() => void)[] = [];

  constructor(subscriptions: readonly Subscription[], wake: () => void, from: (subscription: Subscription) => number = ({ mailbox }) => mailbox.events.latest) {
    for (const subscription of subscriptions) this.#places.set(subscription, from(subscription));
    for (const mailbox of new Set(subscriptions.map((one) => one.mailbox))) this.#stops.push(mailbox.events.subscribe(wake));
  }

  /** The new events that each subscription wants; those with none are left out. */
  take(): FedEvents[] {
    return [...this.#places].flatMap(([subscription, place]) => {
      const { events, missed } = subscription.mailbox.events.since(place, Number.MAX_SAFE_INTEGER);
      this.#places.set(subscription, subscription.mailbox.events.latest);
      const wanted = events.filter((event) => wants(subscription, event));
      return wanted.length > 0 || missed ? [{ subscription, events: wanted, missed }] : [];
    });
  }

  /** Forgets one that was dropped. */
  forget(subscription: Subscription): void {
    this.#places.delete(subscription);
  }

  close(): void {
    for (const stop of this.#stops) stop();
  }
}
