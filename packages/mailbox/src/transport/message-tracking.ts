/** What has become of a message for one recipient, in the words of Exchange's delivery reports. */
export type DeliveryStatus = 'Unsuccessful' | 'Pending' | 'Delivered' | 'Transferred';
export type TrackingStep = 'Submitted' | 'SmtpReceive' | 'Expanded' | 'Delivered' | 'FailedGeneral' | 'TransferredToForeignOrg';

export interface TrackingEvent {
  readonly time: number;
  readonly name: string;
  readonly address: string;
  readonly step: TrackingStep;
  readonly status: DeliveryStatus;
  /** The recipient of the message through whom this one gets it: a group, or itself. */
  readonly root: string;
  readonly isBcc: boolean;
}
export interface TrackedParty {
  readonly name: string;
  readonly address: string;
}
export interface TrackedMessage {
  /** Number in the log, from 1. */
  readonly id: number;
  /** PidTagInternetMessageId. */
  readonly messageId: string;
  readonly subject: string;
  readonly sender: TrackedParty;
  /** In whose name it was sent. */
  readonly representing: TrackedParty;
  readonly recipients: readonly (TrackedParty & { readonly isBcc: boolean })[];
  readonly time: number;
  /** Server that took it first. */
  readonly server: string;
  readonly events: readonly TrackingEvent[];
}

/** Transport's record of messages on their way, bounded: the oldest make room for the newest. */
export interface MessageTracking {
  /** Oldest first. */
  messages(): readonly TrackedMessage[];
  byId(id: number): TrackedMessage | undefined;
}

export interface MessageTrackingLog extends MessageTracking {
  /** The number under which its events are added. */
  begin(message: Omit<TrackedMessage, 'id' | 'events'>): number;
  /** What is told of a message that has made room already is lost. */
  add(id: number, events: readonly TrackingEvent[]): void;
  snapshot(): TrackingSnapshot;
  restore(snapshot: TrackingSnapshot): void;
  clear(): void;
}
export interface TrackingSnapshot {
  readonly messages: readonly TrackedMessage[];
  readonly lastId: number;
}

const most = { messages: 10_000, eventsOfMessage: 5_000, events: 200_000 } as const;

export function createMessageTracking(): MessageTrackingLog {
  return new BoundedTracking();
}

class BoundedTracking implements MessageTrackingLog {
  /** In the order of their numbers; a message is replaced on change, so that snapshots may share it. */
  #messages = new Map<number, TrackedMessage>();
  #lastId = 0;
  #eventCount = 0;

  messages(): readonly TrackedMessage[] { return [...this.#messages.values()]; }

  byId(id: number): TrackedMessage | undefined { return this.#messages.get(id); }

  begin(message: Omit<TrackedMessage, 'id' | 'events'>): number {
    const id = ++this.#lastId;
    this.#messages.set(id, { ...message, id, events: [] });
    this.#makeRoom();
    return id;
  }

  add(id: number, events: readonly TrackingEvent[]): void {
    const message = this.#messages.get(id);
    if (!message) return;
    const fitting = events.slice(0, Math.max(0, most.eventsOfMessage - message.events.length));
    this.#messages.set(id, { ...message, events: [...message.events, ...fitting] });
    this.#eventCount += fitting.length;
    this.#makeRoom();
  }

  #makeRoom(): void {
    for (const [id, { events }] of this.#messages) {
      if (this.#messages.size <= most.messages && this.#eventCount <= most.events) return;
      this.#messages.delete(id);
      this.#eventCount -= events.length;
    }
  }

  snapshot(): TrackingSnapshot { return { messages: this.messages(), lastId: this.#lastId }; }

  restore({ messages, lastId }: TrackingSnapshot): void {
    this.#messages = new Map(messages.map((message) => [message.id, message]));
    this.#lastId = lastId;
    this.#eventCount = messages.reduce((sum, { events }) => sum + events.length, 0);
  }

  clear(): void { this.restore({ messages: [], lastId: this.#lastId }); }
}
