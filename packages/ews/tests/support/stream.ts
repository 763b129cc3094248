import type { EwsClient } from './client.ts';
import { envelope } from './soap.ts';
import { allBelow, below, readXml, textAt, type XmlElement } from './xml.ts';
import { expectValid } from './xsd.ts';

/** A GetStreamingEvents connection: every envelope is read on its own, as it comes, and validated. */
export class EventStream {
  readonly response: Response;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #decoder = new TextDecoder();
  #rest = '';
  /** Every envelope as text, for those who look for literal tags. */
  readonly texts: string[] = [];

  private constructor(response: Response) {
    this.response = response;
    this.#reader = (response.body as ReadableStream<Uint8Array>).getReader();
  }

  static async open(client: EwsClient, ids: readonly string[], minutes = 1): Promise<EventStream> {
    const body = `<m:GetStreamingEvents><m:SubscriptionIds>${ids.map((id) => `<t:SubscriptionId>${id}</t:SubscriptionId>`).join('')}</m:SubscriptionIds><m:ConnectionTimeout>${minutes}</m:ConnectionTimeout></m:GetStreamingEvents>`;
    return new EventStream(await client.fetch(envelope(body)));
  }

  /** The message of the next envelope; undefined at the end of the stream. */
  async next(): Promise<XmlElement | undefined> {
    for (;;) {
      const match = /<\/(?:\w+:)?Envelope>/.exec(this.#rest);
      if (match) {
        const text = this.#rest.slice(0, match.index + match[0].length);
        this.#rest = this.#rest.slice(text.length);
        this.texts.push(text);
        expectValid(text.trim());
        return below(readXml(text.trim()), 'GetStreamingEventsResponseMessage');
      }
      const { done, value } = await this.#reader.read();
      if (done) return undefined;
      this.#rest += this.#decoder.decode(value, { stream: true });
    }
  }

  async cancel(): Promise<void> {
    await this.#reader.cancel();
  }
}

/** The kinds of events in a message, in order. */
export function eventsOf(message: XmlElement | undefined): string[] {
  if (!message) return [];
  const notifications = message.name === 'Notification' ? [message] : allBelow(message, 'Notification');
  return notifications.flatMap(({ children }) => children.map(({ name }) => name)).filter((name) => name.endsWith('Event'));
}

export function connectionOf(message: XmlElement | undefined): string | undefined {
  return message && textAt(message, 'ConnectionStatus');
}
