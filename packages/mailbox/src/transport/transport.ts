import type { DirectoryEntry } from '../directory/directory.ts';
import type { Item, ItemDraft, Recipient } from '../items/item.ts';
import type { Mailbox } from '../mailbox.ts';

/** A message that a session has checked and finished, on its way out of a mailbox. */
export interface OutgoingMessage {
  /** The mailbox it was sent from: where a non-delivery report goes. */
  readonly mailbox: Mailbox;
  /** Who really sent it: PidTagSender…; equal to `representing` unless sent on behalf. */
  readonly sender: DirectoryEntry;
  /** In whose name: PidTagSentRepresenting…, the From header. */
  readonly representing: DirectoryEntry;
  /**
   * What to deliver: properties complete (sender, submit time, message id, conversation), recipients with their
   * types (bcc among them: transport hides those), `mime` only if it is still true.
   */
  readonly content: ItemDraft;
  /** Whom it is delivered to, if not the recipients that it names: redirected mail. */
  readonly envelope?: readonly Pick<Recipient, 'address' | 'addressType'>[] | undefined;
}

/** Takes messages over from the sessions. Expanding groups, delivery, rules and reports are its business. */
export interface RefusedMessage {
  /** Who refuses it. */
  readonly mailbox: Mailbox;
  readonly item: Item;
  readonly why: 'tooLarge' | 'cannotBeDisplayed' | 'denied';
}

export interface Transport {
  /** Resolves once the message is accepted, not once it is delivered. */
  submit(message: OutgoingMessage): Promise<void>;
  /** Tells the sender of a message that has arrived why its receiver does not take it. Resolves as `submit` does. */
  refuse(message: RefusedMessage): Promise<void>;
}
