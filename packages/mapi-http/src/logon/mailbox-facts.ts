import type { Mailbox } from '@fauxchange/mailbox';
import { LocalIds } from './local-ids.ts';
import { NamedProperties } from './named-properties.ts';
import { ReplicaIds } from './replica-ids.ts';

/** What all logons to one mailbox share: which numbers stand for names and for replicas. */
export interface MailboxFacts {
  readonly names: NamedProperties;
  readonly replicas: ReplicaIds;
  /** What clients have said of ids that they made up. */
  readonly localIds: LocalIds;
}

/** The facts of every mailbox that somebody has logged on to. Forgotten with a reset. */
export class AllMailboxFacts {
  #facts = new WeakMap<Mailbox, MailboxFacts>();

  of(mailbox: Mailbox): MailboxFacts {
    const known = this.#facts.get(mailbox);
    if (known) return known;
    const facts = { names: new NamedProperties(), replicas: new ReplicaIds(mailbox.replicaGuid), localIds: new LocalIds() };
    this.#facts.set(mailbox, facts);
    return facts;
  }

  clear(): void {
    this.#facts = new WeakMap();
  }
}
