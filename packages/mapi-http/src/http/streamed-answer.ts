import type { HttpExchange } from '@fauxchange/emulator';
import type { Clock, Timer } from '@fauxchange/kernel';

type Headers = Readonly<Record<string, string | readonly string[]>>;
const line = (text: string): Uint8Array => Buffer.from(`${text}\r\n`);

/**
 * An answer in its parts, [MS-OXCMAPIHTTP] 2.2.7: that the request was taken at once, that it is still worked on from time to time, and
 * at the end headers that were not known before, with the body.
 */
export class StreamedAnswer {
  readonly #exchange: HttpExchange;
  readonly #clock: Clock;
  readonly #elapsed: () => number;
  readonly #startTime: string;
  readonly #pending: Timer;

  constructor(exchange: HttpExchange, clock: Clock, headers: Headers, pendingPeriod: number) {
    this.#exchange = exchange;
    this.#clock = clock;
    this.#elapsed = clock.stopwatch();
    this.#startTime = new Date(clock.now()).toUTCString();
    exchange.begin(200, headers);
    this.#write([line('PROCESSING')]);
    this.#pending = this.#clock.setInterval(() => this.#write([line('PENDING')]), pendingPeriod);
  }

  /** @param more headers that were not known at the beginning */
  async end(body: Uint8Array, more: Readonly<Record<string, string>> = {}): Promise<void> {
    this.#pending.cancel();
    const headers = { 'X-ElapsedTime': String(Math.round(this.#elapsed())), 'X-StartTime': this.#startTime, ...more };
    await this.#exchange.write([line('DONE'), ...Object.entries(headers).map(([name, value]) => line(`${name}: ${value}`)), line(''), body]);
    this.#exchange.end();
  }

  /** The client has gone. */
  abandon(): void {
    this.#pending.cancel();
    this.#exchange.end();
  }

  #write(chunks: readonly Uint8Array[]): void {
    this.#exchange.write(chunks).catch(() => undefined);
  }
}
