import { MailboxError, type Accessor, type Mailbox, type MailboxEvent } from '@fauxchange/mailbox';
import type { TableObject } from '../objects/table-object.ts';
import { NotificationQueue, type Notification } from './notification-queue.ts';
import type { SubscriptionObject } from './subscription-object.ts';
import { TableWatcher } from './table-watcher.ts';

/** Who hears of what happens in a mailbox. */
export interface Listener {
  /** @param isOwn it happened because of this session's own logon */
  hear(events: readonly MailboxEvent[], isOwn: boolean): Promise<void>;
}

interface Heard {
  readonly listeners: Set<Listener>;
  readonly stop: () => void;
}

/** What a session is to be told: [MS-OXCNOTIF] 3.1.1. */
export class Notifications {
  readonly queue = new NotificationQueue();
  /** Of 8-bit texts in rows. */
  readonly codePage: number;
  readonly #reportBug: (error: unknown) => void;
  readonly #mailboxes = new Map<Mailbox, Heard>();
  readonly #waiters = new Set<() => void>();
  /** Who the session's logons are: what they do is its own doing. */
  readonly #own = new WeakSet<Accessor>();
  /** What has happened is looked at in its order, behind the commit that made it happen. */
  #work: Promise<void> = Promise.resolve();
  #isEnded = false;

  constructor(codePage: number, reportBug: (error: unknown) => void) {
    this.codePage = codePage;
    this.#reportBug = reportBug;
  }

  /** A logon of the session begins. */
  owns(accessor: Accessor): void {
    this.#own.add(accessor);
  }

  listen(mailbox: Mailbox, listener: Listener): () => void {
    const heard = this.#mailboxes.get(mailbox) ?? this.#start(mailbox);
    heard.listeners.add(listener);
    return () => {
      heard.listeners.delete(listener);
      if (heard.listeners.size > 0 || this.#mailboxes.get(mailbox) !== heard) return;
      heard.stop();
      this.#mailboxes.delete(mailbox);
    };
  }

  /** A table tells of its changes as soon as it is read. */
  watch(table: TableObject, options: { readonly suppressesOwn: boolean }): void {
    const watcher = new TableWatcher(table, this, options);
    table.watch = watcher;
  }

  subscribe(subscription: SubscriptionObject): void {
    subscription.stop = this.listen(subscription.logon.mailbox, subscription);
  }

  tell(notification: Notification): void {
    if (this.#isEnded) return;
    this.queue.push(notification);
    for (const wake of [...this.#waiters]) wake();
  }

  /** Everything that has happened so far is in the queue. */
  async settled(): Promise<void> {
    for (let work; work !== this.#work;) {
      work = this.#work;
      await work;
    }
  }

  /** Resolves when there is something to tell, or when the signal aborts. */
  async pending(signal: AbortSignal): Promise<boolean> {
    await this.settled();
    if (!this.queue.isEmpty || signal.aborted || this.#isEnded) return !this.queue.isEmpty;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        this.#waiters.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiters.add(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
    return !this.queue.isEmpty;
  }

  end(): void {
    this.#isEnded = true;
    for (const { stop } of this.#mailboxes.values()) stop();
    this.#mailboxes.clear();
    this.queue.clear();
    for (const wake of [...this.#waiters]) wake();
  }

  #start(mailbox: Mailbox): Heard {
    const listeners = new Set<Listener>();
    const stop = mailbox.events.subscribe((events, by) => {
      const isOwn = by !== undefined && this.#own.has(by);
      this.#work = this.#work.then(() => this.#hear([...listeners], events, isOwn));
    });
    const heard = { listeners, stop };
    this.#mailboxes.set(mailbox, heard);
    return heard;
  }

  async #hear(listeners: readonly Listener[], events: readonly MailboxEvent[], isOwn: boolean): Promise<void> {
    for (const listener of listeners) {
      if (this.#isEnded) return;
      try {
        await listener.hear(events, isOwn);
      } catch (thrown) {
        // What is gone by now, or not to be seen any more, has nothing to tell.
        if (!(thrown instanceof MailboxError)) this.#reportBug(thrown);
      }
    }
  }
}
