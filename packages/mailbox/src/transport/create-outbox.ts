import type { Outbox, OutboundMessage } from './outbox.ts';

/** An outbox that transport fills and an organization takes back to its snapshots. */
export interface RestorableOutbox extends Outbox {
  add(message: OutboundMessage): void;
  snapshot(): readonly OutboundMessage[];
  restore(messages: readonly OutboundMessage[]): void;
}

const MOST_MESSAGES = 1_000;
const MOST_BYTES = 64 * 1024 * 1024;

/** Makes an outbox of at most 1,000 messages and 64 MiB: the oldest make room for the newest. */
export function createOutbox(limits: { readonly messages?: number | undefined; readonly bytes?: number | undefined } = {}): RestorableOutbox {
  return new BoundedOutbox(limits.messages ?? MOST_MESSAGES, limits.bytes ?? MOST_BYTES);
}

class BoundedOutbox implements RestorableOutbox {
  readonly #mostMessages: number;
  readonly #mostBytes: number;
  #messages: readonly OutboundMessage[] = [];
  #bytes = 0;

  constructor(mostMessages: number, mostBytes: number) {
    this.#mostMessages = mostMessages;
    this.#mostBytes = mostBytes;
  }

  messages(): readonly OutboundMessage[] { return this.#messages; }

  clear(): void { this.restore([]); }

  add(message: OutboundMessage): void {
    let first = 0;
    let bytes = this.#bytes + message.mime.length;
    // The newest stays even when it alone is too large: a test that sent it wants to see it.
    while (first < this.#messages.length && (bytes > this.#mostBytes || this.#messages.length - first >= this.#mostMessages)) {
      bytes -= this.#messages[first]?.mime.length ?? 0;
      first += 1;
    }
    // A new array each time: what messages() and snapshot() gave out never changes.
    this.#messages = [...this.#messages.slice(first), message];
    this.#bytes = bytes;
  }

  snapshot(): readonly OutboundMessage[] { return this.#messages; }

  restore(messages: readonly OutboundMessage[]): void {
    this.#messages = messages;
    this.#bytes = messages.reduce((sum, { mime }) => sum + mime.length, 0);
  }
}
