/** Somebody of the organization by the name before the @, or anybody by name and address: `bob`, `Ada <ada@elsewhere.test>`. */
export type SeedParty = string;

export interface SeedAttachment {
  readonly name: string;
  readonly contentType: string;
  /** Text, or bytes in base64, or a message within the message. */
  readonly text?: string | undefined;
  readonly base64?: string | undefined;
  readonly mail?: SeedMail | undefined;
  /** Shown in the HTML body under this cid. */
  readonly contentId?: string | undefined;
}

/** One message of a seed, in the fewest words. */
export interface SeedMail {
  /** Hours between its arrival and the last moment of the seed. */
  readonly hoursAgo: number;
  readonly from: SeedParty;
  /** Separated by semicolons. */
  readonly to: string;
  readonly cc?: string | undefined;
  readonly bcc?: string | undefined;
  readonly subject: string;
  readonly text?: string | undefined;
  readonly html?: string | undefined;
  readonly isUnread?: boolean | undefined;
  /** Messages of one conversation have the same name here; `reply` is how deep in it this one stands. */
  readonly thread?: string | undefined;
  readonly reply?: number | undefined;
  readonly categories?: readonly string[] | undefined;
  readonly flag?: 'flagged' | 'complete' | undefined;
  readonly importance?: 'low' | 'high' | undefined;
  readonly sensitivity?: 'personal' | 'private' | 'confidential' | undefined;
  readonly asksReadReceipt?: boolean | undefined;
  readonly replyTo?: SeedParty | undefined;
  readonly unsubscribe?: string | undefined;
  readonly isDraft?: boolean | undefined;
  readonly answered?: 'reply' | 'forward' | undefined;
  readonly itemClass?: string | undefined;
  readonly attachments?: readonly SeedAttachment[] | undefined;
  /** The message as it came over the wire, one character a byte; the rest of the fields say what is in it. */
  readonly mime?: string | undefined;
}

/** Messages by folder: a distinguished name, or a path below the mailbox's visible root (`Projects/Alpha`). */
export type SeedMailbox = Readonly<Record<string, readonly SeedMail[]>>;
