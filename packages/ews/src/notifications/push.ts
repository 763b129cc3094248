import type { EwsContext } from '../context.ts';
import { success } from '../response-messages.ts';
import type { NotificationType, SendNotificationResponseType } from '../schema/types.generated.ts';
import { EventFeed } from './event-feed.ts';
import { eventElement } from './events.ts';
import type { Subscription } from './subscription.ts';
import { encodeWatermark } from './watermark.ts';

export interface PushTarget {
  readonly subscription: Subscription;
  readonly url: string;
  /** ms between status events when nothing happens; also how long failing deliveries are retried. */
  readonly frequency: number;
}
/** Delivers a notification and gives the client's answer; `failed` for anything that is no answer. */
export type SendNotification = (url: string, message: SendNotificationResponseType) => Promise<'OK' | 'Unsubscribe' | 'failed'>;

const firstRetryMs = 30_000;

/**
 * Posts events to the client's URL until it says Unsubscribe, or does not answer for as long as the status frequency:
 * [MS-OXWSPSNTIF] 3.1.
 */
export function startPushing(target: PushTarget, context: EwsContext): void {
  const pusher = new Pusher(target, context);
  context.background(pusher.run());
}

class Pusher {
  readonly #target: PushTarget;
  readonly #context: EwsContext;
  #previous: number;
  #isOver = false;
  #wake: (() => void) | undefined;
  #due: 'events' | 'status' | undefined;

  constructor(target: PushTarget, context: EwsContext) {
    this.#target = target;
    this.#context = context;
    this.#previous = target.subscription.place;
  }

  async run(): Promise<void> {
    const { subscription, frequency } = this.#target;
    const { clock, subscriptions, closing } = this.#context;
    const feed = new EventFeed([subscription], () => this.#signal('events'));
    const letGo = subscriptions.hold(subscription.id, () => this.#end());
    const status = clock.setInterval(() => this.#signal('status'), frequency);
    const onClose = (): void => this.#end();
    closing.addEventListener('abort', onClose, { once: true });
    try {
      // The first thing a listener hears is a status event.
      if (!(await this.#deliver([]))) return;
      this.#signal('events');
      while (!this.#isOver) {
        await this.#next();
        if (this.#isOver) return;
        const due = this.#due;
        this.#due = undefined;
        const events = feed.take().flatMap((fed) => fed.events.map((event) => eventElement(event, subscription.mailbox, true)));
        if ((events.length > 0 || due === 'status') && !(await this.#deliver(events))) return;
      }
    } finally {
      closing.removeEventListener('abort', onClose);
      status.cancel();
      letGo();
      feed.close();
      subscriptions.drop(subscription.id);
    }
  }

  /** False: the subscription is over. */
  async #deliver(events: NotificationType): Promise<boolean> {
    const { subscription, url, frequency } = this.#target;
    const { mailbox, place } = subscription;
    const Notification: NotificationType = [
      ['SubscriptionId', subscription.id],
      ['PreviousWatermark', encodeWatermark(mailbox, this.#previous)],
      ['MoreEvents', false],
      ...(events.length > 0 ? events : [['StatusEvent', { Watermark: encodeWatermark(mailbox, place) }] as const]),
    ];
    const message: SendNotificationResponseType = { ResponseMessages: [['SendNotificationResponseMessage', { ...success, Notification }]] };
    for (let waited = 0, pause = firstRetryMs; !this.#isOver; waited += pause, pause *= 2) {
      const answer = await this.#context.sendNotification(url, message);
      if (answer === 'OK') {
        this.#previous = place;
        return true;
      }
      if (answer === 'Unsubscribe' || waited + pause > frequency) return false;
      await this.#context.clock.sleep(pause, this.#context.closing).catch(() => this.#end());
    }
    return false;
  }

  #signal(due: 'events' | 'status'): void {
    this.#due = this.#due ?? due;
    this.#wake?.();
  }

  #end(): void {
    this.#isOver = true;
    this.#wake?.();
  }

  async #next(): Promise<void> {
    if (this.#due || this.#isOver) return;
    await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#wake = undefined;
  }
}
