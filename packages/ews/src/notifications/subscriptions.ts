import type { Clock, IdSource, Timer } from '@fauxchange/kernel';
import type { DirectoryEntry } from '@fauxchange/mailbox';
import { EwsError } from '../errors.ts';
import type { Subscription } from './subscription.ts';

interface Held {
  readonly subscription: Subscription;
  /** Idle for this long, it is dropped. */
  readonly lifetimeMs: number;
  timer: Timer;
  /** Ends the connection that is streaming it, or the push loop. */
  release: (() => void) | undefined;
}

const server = 'EX01.example.test';

/** The subscriptions of one emulator. They die by the clock, and with the emulator. */
export class Subscriptions {
  readonly #held = new Map<string, Held>();
  /** Open streams by who opened them. */
  readonly #connections = new Map<string, number>();
  readonly #clock: Clock;
  readonly #ids: IdSource;

  constructor(clock: Clock, ids: IdSource) {
    this.#clock = clock;
    this.#ids = ids;
  }

  /** Ids name the server that holds the subscription, as real ones do; nobody may look inside. */
  newId(mailboxGuid: string): string {
    const name = Buffer.from(server);
    const length = Buffer.alloc(2);
    length.writeUInt16LE(name.length);
    const guids = Buffer.from(this.#ids.uuid().replaceAll('-', '') + mailboxGuid.replaceAll('-', ''), 'hex');
    const mark = Buffer.alloc(4);
    mark.writeUInt32LE(16);
    return Buffer.concat([length, name, mark, guids]).toString('base64');
  }

  /** ErrorExceededSubscriptionCount */
  add(subscription: Subscription, lifetimeMs: number, most: number = Infinity): void {
    let own = 0;
    for (const held of this.#held.values()) if (held.subscription.ownerId === subscription.ownerId) own++;
    if (own >= most) throw new EwsError('ErrorExceededSubscriptionCount');
    this.#held.set(subscription.id, { subscription, lifetimeMs, timer: this.#expiry(subscription.id, lifetimeMs), release: undefined });
  }

  /** ErrorSubscriptionNotFound, ErrorSubscriptionAccessDenied. Looking at it keeps it alive. */
  get(id: string, caller: DirectoryEntry): Subscription {
    const held = this.#own(id, caller);
    this.touch(id);
    return held.subscription;
  }

  has(id: string): boolean {
    return this.#held.has(id);
  }

  /** Starts its idle time anew; what is held has none. */
  touch(id: string): void {
    const held = this.#held.get(id);
    if (!held || held.release) return;
    held.timer.cancel();
    held.timer = this.#expiry(id, held.lifetimeMs);
  }

  /** As long as something holds on to it, it does not expire; a second holder puts out the first. Returns the way to let go. */
  hold(id: string, onRelease: () => void): () => void {
    const held = this.#held.get(id);
    if (!held) return () => undefined;
    held.release?.();
    held.timer.cancel();
    held.release = onRelease;
    return () => {
      if (held.release !== onRelease) return;
      held.release = undefined;
      if (this.#held.has(id)) held.timer = this.#expiry(id, held.lifetimeMs);
    };
  }

  /** One more stream of the caller; ErrorExceededConnectionCount. Returns the way to say that it has ended. */
  connect({ id }: DirectoryEntry, most: number = Infinity): () => void {
    const open = this.#connections.get(id) ?? 0;
    if (open >= most) throw new EwsError('ErrorExceededConnectionCount');
    this.#connections.set(id, open + 1);
    return () => {
      const left = (this.#connections.get(id) ?? 1) - 1;
      if (left > 0) this.#connections.set(id, left);
      else this.#connections.delete(id);
    };
  }

  remove(id: string, caller: DirectoryEntry): void {
    this.#own(id, caller);
    this.drop(id);
  }

  drop(id: string): void {
    const held = this.#held.get(id);
    this.#held.delete(id);
    held?.timer.cancel();
    held?.release?.();
  }

  /** Forgets all; whoever holds one is released. */
  clear(): void {
    for (const id of [...this.#held.keys()]) this.drop(id);
  }

  #own(id: string, caller: DirectoryEntry): Held {
    const held = this.#held.get(id);
    if (!held) throw new EwsError('ErrorSubscriptionNotFound');
    if (held.subscription.ownerId !== caller.id) throw new EwsError('ErrorSubscriptionAccessDenied');
    return held;
  }

  #expiry(id: string, lifetimeMs: number): Timer {
    return this.#clock.setTimeout(() => this.drop(id), lifetimeMs);
  }
}

/** Whether a text has the form of the ids that `Subscriptions.newId` makes. */
export function isSubscriptionId(text: string): boolean {
  const bytes = /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : Buffer.alloc(0);
  return bytes.length > 2 && bytes.length === 2 + bytes.readUInt16LE(0) + 4 + 32;
}
