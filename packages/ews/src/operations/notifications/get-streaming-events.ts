import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { EventFeed } from '../../notifications/event-feed.ts';
import { eventElement } from '../../notifications/events.ts';
import { isSubscriptionId } from '../../notifications/subscriptions.ts';
import type { Subscription } from '../../notifications/subscription.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { failure, success } from '../../response-messages.ts';
import type { GetStreamingEventsResponseMessageType, NotificationType } from '../../schema/types.generated.ts';

/** Heartbeats come a little more often than the shortest idle time-out that proxies have. */
const heartbeatMs = 45_000;
const mostSubscriptions = 200;

/** Events as they happen, on a response that stays open. @see [MS-OXWSNTIF] 3.1.4.4 GetStreamingEvents */
export const getStreamingEvents: Operation<'GetStreamingEvents'> = defineOperation('GetStreamingEvents', async ({ SubscriptionIds, ConnectionTimeout }, context) => {
  const ids = SubscriptionIds.SubscriptionId;
  if (ids.length > mostSubscriptions) throw new EwsError('ErrorInvalidRequest');
  const opened = open(ids, context);
  if (opened.bad.length > 0) {
    const message = { ...failure(opened.error ?? new EwsError('ErrorSubscriptionNotFound')), ErrorSubscriptionIds: { SubscriptionId: opened.bad }, ConnectionStatus: 'Closed' } as const;
    return { ResponseMessages: [['GetStreamingEventsResponseMessage', message]] };
  }
  const leave = context.subscriptions.connect(context.caller, context.limits.hangingConnections);
  try {
    await new Connection(opened.subscriptions, Number(ConnectionTimeout) * 60_000, context).run();
  } finally {
    leave();
  }
  return undefined;
});

/** Opens all of them; one that cannot be had spoils the connection, and is named. */
function open(ids: readonly string[], context: EwsContext): { subscriptions: Subscription[]; bad: string[]; error?: EwsError } {
  const subscriptions: Subscription[] = [];
  const bad: string[] = [];
  let error: EwsError | undefined;
  for (const id of new Set(ids)) {
    try {
      // What no server gave out is no subscription at all (seen on real servers: the suite of exchangelib).
      if (!isSubscriptionId(id)) throw new EwsError('ErrorInvalidSubscription');
      const subscription = context.subscriptions.get(id, context.caller);
      if (subscription.kind !== 'streaming') throw new EwsError('ErrorInvalidSubscription');
      subscriptions.push(subscription);
    } catch (thrown) {
      if (!(thrown instanceof EwsError)) throw thrown;
      bad.push(id);
      error ??= thrown;
    }
  }
  return error ? { subscriptions, bad, error } : { subscriptions, bad };
}

type Wake = 'events' | 'heartbeat' | 'timeout' | 'released' | 'aborted';

class Connection {
  readonly #subscriptions: readonly Subscription[];
  readonly #timeoutMs: number;
  readonly #context: EwsContext;
  readonly #due = new Set<Wake>();
  #wake: (() => void) | undefined;

  constructor(subscriptions: readonly Subscription[], timeoutMs: number, context: EwsContext) {
    this.#subscriptions = subscriptions;
    this.#timeoutMs = timeoutMs;
    this.#context = context;
  }

  async run(): Promise<void> {
    const { clock, subscriptions, signal } = this.#context;
    const feed = new EventFeed(this.#subscriptions, () => this.#signal('events'));
    const letGo = this.#subscriptions.map(({ id }) => subscriptions.hold(id, () => this.#signal('released')));
    const timers = [clock.setTimeout(() => this.#signal('timeout'), this.#timeoutMs), clock.setInterval(() => this.#signal('heartbeat'), heartbeatMs)];
    const onAbort = (): void => this.#signal('aborted');
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      await this.#send({ ...success, ConnectionStatus: 'OK' });
      this.#signal('events');
      await this.#loop(feed);
    } finally {
      signal.removeEventListener('abort', onAbort);
      for (const timer of timers) timer.cancel();
      for (const release of letGo) release();
      feed.close();
    }
  }

  async #loop(feed: EventFeed): Promise<void> {
    while (!this.#context.signal.aborted) {
      await this.#next();
      if (this.#context.signal.aborted) return;
      if (this.#due.delete('events')) await this.#tell(feed);
      if (this.#due.delete('heartbeat')) await this.#notify(this.#subscriptions.map(({ id }) => [['SubscriptionId', id], ['StatusEvent', {}]]));
      if (this.#due.has('released')) return this.#send(this.#lost());
      if (this.#due.has('timeout')) return this.#send({ ...success, ConnectionStatus: 'Closed' });
    }
  }

  async #tell(feed: EventFeed): Promise<void> {
    const fed = feed.take();
    const notifications = fed.filter(({ events }) => events.length > 0).map(({ subscription, events }): NotificationType => [
      ['SubscriptionId', subscription.id],
      ...events.map((event) => eventElement(event, subscription.mailbox, false)),
    ]);
    await this.#notify(notifications);
    const missed = fed.filter((one) => one.missed).map(({ subscription }) => subscription.id);
    if (missed.length > 0) await this.#send({ ...failure(new EwsError('ErrorMissedNotificationEvents')), ErrorSubscriptionIds: { SubscriptionId: missed } });
  }

  async #notify(notifications: readonly NotificationType[]): Promise<void> {
    if (notifications.length > 0) await this.#send({ ...success, Notifications: { Notification: notifications } });
  }

  /** A subscription that was taken over by another connection, or is gone. */
  #lost(): GetStreamingEventsResponseMessageType {
    const gone = this.#subscriptions.filter(({ id }) => !this.#context.subscriptions.has(id)).map(({ id }) => id);
    if (gone.length === 0) return { ...failure(new EwsError('ErrorNewEventStreamConnectionOpened', 'Another connection was opened for the subscription.')), ConnectionStatus: 'Closed' };
    return { ...failure(new EwsError('ErrorSubscriptionUnsubscribed')), ErrorSubscriptionIds: { SubscriptionId: gone }, ConnectionStatus: 'Closed' };
  }

  #send(message: GetStreamingEventsResponseMessageType): Promise<void> {
    return this.#context.stream.write('GetStreamingEvents', { ResponseMessages: [['GetStreamingEventsResponseMessage', message]] });
  }

  #signal(why: Wake): void {
    this.#due.add(why);
    this.#wake?.();
  }

  async #next(): Promise<void> {
    if (this.#due.size > 0) return;
    await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#wake = undefined;
  }
}
