import type { Accessor } from '../permissions/accessor.ts';
import type { ItemDraft } from '../items/item.ts';
import type { Mailbox } from '../mailbox.ts';

/** A message that a mailbox gives to transport. */
export interface OutgoingMessage {
  /** The mailbox that it is sent from: its owner is the sender unless the message says otherwise (PidTagSentRepresenting…). */
  readonly mailbox: Mailbox;
  /** Who is sending. */
  readonly accessor: Accessor;
  readonly draft: ItemDraft;
}

/** What a session needs of transport. */
export interface Transport {
  /**
   * Takes a message over: checks who may send as whom, stamps what Exchange stamps (sender, from, message id, times) and
   * begins to deliver. Resolves, when the message is accepted, with the message as it was sent, for the copy in Sent Items.
   * Throws MailboxError SendAsDenied, MissingRecipients, InvalidRecipients, MessageTooLarge.
   */
  submit(message: OutgoingMessage): Promise<ItemDraft>;
}
