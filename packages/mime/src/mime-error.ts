/** Bounds on one message; nested messages are not opened, so they have none of their own. */
export interface MimeLimits {
  /** Size of the whole, in bytes. */
  readonly bytes?: number | undefined;
  /** Multiparts inside each other. */
  readonly depth?: number | undefined;
  readonly parts?: number | undefined;
  /** Header fields of all parts together, in bytes. */
  readonly headerBytes?: number | undefined;
}

export const defaultLimits: { readonly [K in keyof MimeLimits]-?: number } = {
  bytes: 150 * 1024 * 1024,
  depth: 64,
  parts: 10_000,
  headerBytes: 2 * 1024 * 1024,
};

export type MimeErrorReason = 'TooLarge' | 'TooDeep' | 'TooManyParts' | 'HeadersTooLarge' | 'Unreadable';

/** Why a message was refused. */
export class MimeError extends Error {
  override readonly name = 'MimeError';
  readonly reason: MimeErrorReason;

  constructor(reason: MimeErrorReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
