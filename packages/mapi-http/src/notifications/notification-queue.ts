import { notificationType, tableEvent, type LayoutValue, type notificationData } from '@fauxchange/mapi-wire';
import type { ServerObject } from '../objects/server-object.ts';
import { TableObject } from '../objects/table-object.ts';

export type NotificationData = LayoutValue<typeof notificationData>;

/** Something that a client is to be told. */
export interface Notification {
  /** The table or the subscription that it is about. */
  readonly about: ServerObject;
  readonly data: NotificationData;
  /** A later one of the same name says all that this one said. */
  readonly name?: string | undefined;
}

/** So many wait for each table: then the table has changed, and that is all that is said. */
const mostOfTable = 64;
/** So many wait for each subscription: then the oldest are forgotten. */
const mostOfSubscription = 1_000;

export const tableChanged: NotificationData = { NotificationFlags: notificationType.TableModified, TableEventType: tableEvent.TableChanged } as NotificationData;

/** What waits for a client, in the order in which it happened. Bounded: who never asks costs no more than who asks late. */
export class NotificationQueue {
  readonly #waiting = new Map<number, Notification>();
  readonly #counts = new Map<ServerObject, number>();
  #last = 0;

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  /** Whether nothing more is to be said of a table than that it has changed. */
  hasChanged(table: TableObject): boolean {
    return [...this.#waiting.values()].some(({ about, data }) => about === table && data.TableEventType === tableEvent.TableChanged);
  }

  push(notification: Notification): void {
    const { about, name } = notification;
    if (name !== undefined) this.#forget((one) => one.about === about && one.name === name, 1);
    const count = this.#counts.get(about) ?? 0;
    if (about instanceof TableObject && (count >= mostOfTable || notification.data === tableChanged)) {
      this.drop(about);
      return this.#add({ about, data: tableChanged });
    }
    if (count >= mostOfSubscription) this.#forget((one) => one.about === about, 1);
    this.#add(notification);
  }

  first(): Notification | undefined {
    const [first] = this.#waiting.values();
    return first;
  }

  /** What was shifted is not told yet: it comes first again. */
  putBack(notification: Notification): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    this.#add(notification);
    for (const [number, one] of waiting) this.#waiting.set(number, one);
  }

  shift(): void {
    this.#forget(() => true, 1);
  }

  /** Forgets everything about an object. */
  drop(about: ServerObject): void {
    if (this.#counts.has(about)) this.#forget((one) => one.about === about, Number.POSITIVE_INFINITY);
  }

  clear(): void {
    this.#waiting.clear();
    this.#counts.clear();
  }

  #add(notification: Notification): void {
    this.#waiting.set(++this.#last, notification);
    this.#counts.set(notification.about, (this.#counts.get(notification.about) ?? 0) + 1);
  }

  #forget(isMeant: (one: Notification) => boolean, most: number): void {
    let left = most;
    for (const [number, one] of this.#waiting) {
      if (left === 0) return;
      if (!isMeant(one)) continue;
      left -= 1;
      this.#waiting.delete(number);
      const count = (this.#counts.get(one.about) ?? 1) - 1;
      if (count === 0) this.#counts.delete(one.about);
      else this.#counts.set(one.about, count);
    }
  }
}
