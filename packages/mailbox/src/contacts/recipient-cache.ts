import type { PropertyName } from '@fauxchange/properties';
import type { Item, Properties, Recipient } from '../items/item.ts';
import type { MailboxSession } from '../session/mailbox-session.ts';
import { Session } from '../session/session.ts';
import { entryOf } from '../transport/expand-recipients.ts';
import { completeContact } from './complete-contact.ts';
import { contactEmail } from './contact-parts.ts';
import { fileAsMappings } from './file-as.ts';

/** How relevant somebody is in the cache: to how many of the newest messages they were a recipient. */
export const recipientRank: PropertyName = '{71035549-0739-4dcb-9163-00f0580dbbdf}:AS:WeightedRank:Integer32';

/** Sent messages that are looked at, and people that are kept. */
const most = { messages: 200, people: 500 } as const;

interface Person {
  readonly name: string;
  readonly address: string;
  readonly rank: number;
}

/**
 * Brings the cache of people to whom the mailbox's owner wrote up to date with Sent Items. It is made when somebody looks,
 * so that sending costs nothing; what did not change is not touched.
 */
export async function refreshRecipientCache(session: MailboxSession): Promise<void> {
  const [cacheId, sentId] = [session.mailbox.wellKnown('recipientcache'), session.mailbox.wellKnown('sentitems')];
  if (cacheId === undefined || sentId === undefined) return;
  const people = rank((await session.query([sentId], { limit: most.messages })).items, session);
  const known = new Map((await session.query([cacheId], { limit: most.people })).items.map((item) => [String(item.bag.get('PidLidEmail1EmailAddress') ?? '').toLowerCase(), item]));
  for (const person of people) {
    const before = known.get(person.address.toLowerCase());
    if (!before) await session.createItem(cacheId, { itemClass: 'IPM.Contact', isRead: true, isAssociated: false, recipients: [], attachments: [], properties: propertiesOf(person) });
    else if (before.bag.get(recipientRank) !== person.rank) await session.updateItem(before.id, { properties: { [recipientRank]: person.rank } });
  }
}

function rank(sent: readonly Item[], session: MailboxSession): readonly Person[] {
  const { directory } = Session.scopeOf(session);
  const people = new Map<string, Person>();
  const named = ({ name, address, addressType }: Recipient): Omit<Person, 'rank'> | undefined => {
    const entry = entryOf(directory, { address, addressType });
    if (!entry && addressType.toUpperCase() !== 'SMTP') return undefined;
    return { name: entry?.displayName ?? (name || address), address: entry?.primarySmtpAddress ?? address };
  };
  for (const { recipients } of sent) {
    for (const recipient of recipients) {
      const person = named(recipient);
      const key = person?.address.toLowerCase();
      if (person && key !== undefined) people.set(key, { ...person, rank: (people.get(key)?.rank ?? 0) + 1 });
    }
  }
  return [...people.values()].slice(0, most.people);
}

function propertiesOf({ name, address, rank: ofPerson }: Person): Properties {
  const said: Properties = { PidTagDisplayName: name, PidLidFileUnder: name, PidLidFileUnderId: fileAsMappings.None, ...contactEmail(1, { address, name }) };
  return { ...completeContact(said, undefined), [recipientRank]: ofPerson };
}
