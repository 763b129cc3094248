import type { Mailbox } from '@fauxchange/mailbox';
import { NamedProperties } from './named-properties.ts';

/** Named properties of every mailbox: they are the mailbox's, whoever logs on to it. Forgotten with a reset. */
export class MailboxNames {
  #names = new WeakMap<Mailbox, NamedProperties>();

  of(mailbox: Mailbox): NamedProperties {
    const known = this.#names.get(mailbox);
    if (known) return known;
    const names = new NamedProperties();
    this.#names.set(mailbox, names);
    return names;
  }

  clear(): void {
    this.#names = new WeakMap();
  }
}
