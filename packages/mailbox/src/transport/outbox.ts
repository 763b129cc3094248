/** What left the organization: kept for tests to read, bounded. */
export interface OutboundMessage {
  /** ms since 1970 UTC. */
  readonly time: number;
  readonly from: string;
  readonly to: readonly string[];
  readonly mime: Uint8Array;
}
export interface Outbox {
  messages(): readonly OutboundMessage[];
  clear(): void;
}
